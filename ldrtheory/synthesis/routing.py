"""Permutations as kaleidoscopes: Benes routing, and copies along unique paths.

permutation         p -> a member of BB* with 0/1 entries whose matrix has its ones in row p[i], column i
permutation_middle  the same permutation in B*B form: two half-chains that meet at the highest bit
routes              copy wires: one path from each chosen input to each chosen output
Switches            which rows of which factor are crossed, one row of booleans per bit

Sizes are powers of two, N = 2^L; bit 0 is the least significant one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ldrtheory.errors import BadInput
from ldrtheory.kaleidoscopes import ButterflyFactor, KaleidoscopeProduct, levels
from ldrtheory.linalg import Array
from ldrtheory.rings import QQ, Ring
from ldrtheory.synthesis.chains import from_masks, product_of, refuse_beyond_memory, size_for


def read_permutation(p: Iterable[Any]) -> Array:
    """Return p as an array of int64; raise BadInput that names a repeated and a missing value.

    >>> read_permutation([2, 0, 1]).tolist()
    [2, 0, 1]
    """
    values = list(p)
    n = len(values)
    if n == 0:
        raise BadInput("an empty permutation moves nothing; wanted a list of the numbers 0..n-1 with n >= 1.")
    for position, value in enumerate(values):
        whole = isinstance(value, int | np.integer) and not isinstance(value, bool)
        if not whole or not 0 <= value < n:
            raise BadInput(
                f"entry {position} of the permutation is {value!r}; wanted each of 0..{n - 1} exactly once."
            )
    out = np.array(values, dtype=np.int64)
    counts = np.bincount(out, minlength=n)
    if counts.max() > 1:
        repeated, missing = int(np.argmax(counts > 1)), int(np.argmin(counts))
        raise BadInput(
            f"not a permutation: {repeated} is repeated and {missing} is missing; "
            f"wanted each of 0..{n - 1} exactly once."
        )
    return out


@dataclass(frozen=True, eq=False)
class Switches:
    """The crossed rows of a Benes network of size N = 2^L.

    first   (L, N) booleans: first[b, i] if row i of the star factor of bit b is crossed
    second  (L, N) booleans: the same for the factors of the B part
    """

    first: Array
    second: Array


def _orbit_minima(step: Array, rounds: int) -> Array:
    """Return the least element of the orbit of every i under the permutation `step`, by pointer doubling."""
    least = np.arange(len(step), dtype=step.dtype)
    for _ in range(rounds):
        np.minimum(least, least[step], out=least)
        step = step[step]
    return least


def benes(p: Array) -> Switches:
    """Return switches that route the permutation p of 2^L points, L >= 1: out[p[i]] = in[i].

    At each bit b, partners i and i ^ 2^b must enter different halves, and so must the inputs whose outputs are
    partners. Two such steps lead from i to inverse[p[i ^ 2^b] ^ 2^b], an input of the same half; the half of an
    orbit is 0 where it holds the least element of its cycle. All blocks of one bit are treated at once.
    Cost: O(L) array operations of length 2^L for each bit.
    """
    L = levels(len(p))
    index = np.arange(len(p), dtype=np.int32)
    first = np.zeros((L, len(p)), dtype=bool)
    second = np.zeros_like(first)
    at, to = index, p.astype(np.int32)  # wire number k has come to position at[k] and must reach to[k]
    for b in range(L - 1, -1, -1):
        target = np.empty_like(index)
        target[at] = to
        half = index.dtype.type(1 << b)
        if b == 0:
            side = target & half
        else:
            inverse = np.empty_like(index)
            inverse[target] = index
            least = _orbit_minima(inverse[target[index ^ half] ^ half], b)
            side = np.where(least < least[index ^ half], 0, half).astype(index.dtype)
        first[b] = side != (index & half)
        second[b, target] = side != (target & half)
        at = (index & ~half) | side
        to = (target & ~half) | side
    return Switches(first, second)


def _padded(p: Iterable[Any], size: int | None) -> tuple[int, Array]:
    """Return (n, p extended by the identity to `size`, or to the least size possible)."""
    given = read_permutation(p)
    N = size_for(len(given), size)
    return len(given), np.concatenate([given, np.arange(len(given), N)])


def permutation_factors(p: Iterable[Any], ring: Ring = QQ, size: int | None = None) -> list[ButterflyFactor]:
    """Return the 2L factors of BB* (bits L-1..0, then 0..L-1) of the permutation extended to N = 2^L points."""
    _, full = _padded(p, size)
    switches = benes(full)
    bits = range(len(switches.first))
    down = [from_masks(b, ~switches.first[b], switches.first[b], ring) for b in reversed(bits)]
    return down + [from_masks(b, ~switches.second[b], switches.second[b], ring) for b in bits]


def permutation(p: Iterable[Any], ring: Ring = QQ, size: int | None = None) -> KaleidoscopeProduct:
    """Return the permutation matrix with ones in row p[i], column i, as a member of BB*.

    (w, e) = (1, pow2(max(2, n))/n); all entries are 0 or 1, one nonzero in each row of each factor: 2NL of them.
    The factor of bit 0 of the second half is the identity.  Raises BadInput for what is no permutation.
    Source: Dao et al., Kaleidoscope (ICLR 2020), Theorem 2; the routing is the looping algorithm of Benes.

    >>> permutation([2, 0, 1]).entries().tolist()
    [[0, 1, 0], [0, 0, 1], [1, 0, 0]]
    """
    n, full = _padded(p, size)
    refuse_beyond_memory(1, len(full), f"a permutation of {n}")
    return product_of(permutation_factors(full, ring), n, n, ring)


def _reversed_bits(L: int) -> Array:
    """Return rev, the numbers 0..2^L - 1 with their bits in reverse order."""
    out = np.zeros(1, dtype=np.int64)
    for _ in range(L):
        out = np.concatenate([2 * out, 2 * out + 1])
    return out


def permutation_middle(p: Iterable[Any], ring: Ring = QQ, size: int | None = None) -> list[ButterflyFactor]:
    """Return the 2L factors of B*B (bits 0..L-1, then L-1..0) of the permutation extended to N = 2^L points.

    The switches are those of rev p rev, with rows relabelled by the reversal rev of the bits.
    """
    _, full = _padded(p, size)
    L = levels(len(full))
    rev = _reversed_bits(L)
    switches = benes(rev[full[rev]])
    first, second = switches.first[:, rev], switches.second[:, rev]
    up = [from_masks(b, ~first[L - 1 - b], first[L - 1 - b], ring) for b in range(L)]
    return up + [from_masks(b, ~second[L - 1 - b], second[L - 1 - b], ring) for b in reversed(range(L))]


def routes(
    inputs: Sequence[int] | Array, outputs: Sequence[int] | Array, size: int, ring: Ring = QQ
) -> list[ButterflyFactor]:
    """Return the L factors of bits L-1..0 of the matrix with ones at (outputs[t], inputs[t]), a member of B*.

    Each path is unique: the factor of bit b replaces bit b of the position by bit b of the output. It exists
    when no wire carries two inputs; in particular for outputs 0, 1, 2, ... and inputs that start at 0 and stay
    or grow by one. Rows and columns of unused wires are zero.  Raises BadInput where two inputs meet.
    """
    source, goal = np.asarray(inputs, dtype=np.int64), np.asarray(outputs, dtype=np.int64)
    position = source.copy()
    factors = []
    for b in range(levels(size) - 1, -1, -1):
        moved = (position & ~(1 << b)) | (goal & (1 << b))
        owner = np.full(size, -1, dtype=np.int64)
        owner[moved] = source
        if (owner[moved] != source).any():
            t = int(np.argmax(owner[moved] != source))
            raise BadInput(
                f"inputs {owner[moved[t]]} and {source[t]} meet on wire {moved[t]} behind bit {b}; wanted "
                "outputs 0, 1, 2, ... and inputs from 0 that stay or grow by one."
            )
        straight, crossed = np.zeros(size, dtype=bool), np.zeros(size, dtype=bool)
        straight[moved[moved == position]] = True
        crossed[moved[moved != position]] = True
        factors.append(from_masks(b, straight, crossed, ring))
        position = moved
    return factors


def is_modular_balanced(p: Iterable[Any]) -> bool:
    """Whether the permutation matrix is in B: p[i] mod 2^t differ within each aligned chunk of 2^t inputs, all t.

    >>> is_modular_balanced([1, 0, 2, 3]), is_modular_balanced([0, 2, 1, 3])
    (True, False)
    """
    given = read_permutation(p)
    return all(
        (np.sort(given.reshape(-1, 1 << t) % (1 << t), axis=1) == np.arange(1 << t)).all()
        for t in range(1, levels(len(given)) + 1)
    )
