"""Sparse matrices from rotations and diagonals only: the orthogonal hierarchy OBB, exactly and without square roots.

orthogonal_sparse           any sparse matrix in (OBB)^2, N = pow2(max(2, s + z)), rotations by 3/5 and 4/5
orthogonal_sparse_product   a product of d of them in (OBB)^(3d - 1), a projector between neighbours
OrthogonalHierarchy         the m x n corner of a member of OrthogonalKaleidoscope
is_orthogonal_factor        d[i]^2 + o[i]^2 = 1 and d[i] o[j] + o[i] d[j] = 0 for all pairs

OBB = U D V^T with butterflies U, V of orthogonal blocks and a diagonal D. A copy cannot be orthogonal; a rotation
sends (x, 0) to (3x/5, 4x/5), and D divides by the amplitudes. Crossings are rotations by a right angle, signs in D.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ldrtheory.errors import BadInput
from ldrtheory.families import Member, OrthogonalKaleidoscope
from ldrtheory.kaleidoscopes import ButterflyFactor, KaleidoscopeProduct, levels
from ldrtheory.linalg import Array, zeros
from ldrtheory.rings import Ring
from ldrtheory.synthesis.chains import constant, refuse_beyond_memory, size_for
from ldrtheory.synthesis.entries import Entries, read_entries
from ldrtheory.synthesis.routing import permutation_middle
from ldrtheory.synthesis.sparse import read_layers


@dataclass(frozen=True, eq=False)
class OrthogonalHierarchy:
    """The m x n corner of a product of w members U diag(d) V^T of OBB: zeros beyond n go in, rows beyond m are cut.

    member      of OrthogonalKaleidoscope(N, w): half tangents u, v of the rotations, and the diagonals d
    """

    member: Member
    m: int
    n: int

    @property
    def width(self) -> int:
        """w."""
        return len(self.member.params["d"])

    @property
    def size(self) -> int:
        """N."""
        return self.member.shape[0]

    def parts(self) -> list[tuple[list[ButterflyFactor], Array, list[ButterflyFactor]]]:
        """Return (factors of V^T, d, factors of U) in order of application, for each of the w members."""
        return self.member.family.parts(self.member.params, self.member.ring)  # type: ignore[attr-defined]

    def product(self) -> KaleidoscopeProduct:
        """Return the same corner as a product of kind BB*: each diagonal joins the first factor of its U."""
        whole = self.member.family.product(self.member.params, self.member.ring)  # type: ignore[attr-defined]
        return KaleidoscopeProduct(
            self.m, self.n, whole.size, whole.width, whole.field, whole.kind, whole.factors
        )


def is_orthogonal_factor(factor: ButterflyFactor) -> bool:
    """Whether F F^T = I: d[i]^2 + o[i]^2 = 1 and d[i] o[j] + o[i] d[j] = 0 for j = i XOR 2^bit.

    >>> [is_orthogonal_factor(ButterflyFactor(0, [0, 0], [1, x])) for x in (1, 2)]
    [True, False]
    """
    d, o, j = factor.diagonal, factor.offdiagonal, factor.partner
    return bool(((d * d + o * o) == 1).all() and ((d * o[j] + o * d[j]) == 0).all())


class _Rotations:
    """Half tangents t and what they do: the pair (i, i + 2^b) is turned by [[c, -s], [s, c]]."""

    def __init__(self, ring: Ring) -> None:
        if ring.characteristic in (2, 3, 5):
            raise BadInput(
                f"a rotation that splits a wire over {ring.name}; wanted a characteristic other than 2, 3 and 5, where "
                "t = 1/2 has the sine 4/5 and the cosine 3/5, both not zero."
            )
        self.ring = ring
        self.straight, self.crossed, self.split = ring.zero, ring.one, ring("1/2")
        self.cosine, self.sine = ring("3/5"), ring("4/5")


def _walk(source: Array, size: int, turns: _Rotations) -> tuple[Array, Array]:
    """Return (t, amplitudes) of rotations that carry input source[k] to all its slots k, bits L-1, ..., 0.

    t[b] are the half tangents of bit b, one for each pair from the top; amplitudes[k] is what arrives at slot k from an
    input 1.  source: 0, ..., 0, 1, ..., 1, 2, ...: then no wire carries two inputs.
    """
    ring, L, slots = turns.ring, levels(size), np.arange(len(source))
    t = zeros(ring, L, size // 2)
    position, amplitude = source.copy(), constant(ring.one, len(source))
    for b in range(L - 1, -1, -1):
        half, side = 1 << b, (slots >> b) & 1
        wants = np.zeros((2, size), dtype=bool)
        wants[side, position] = True
        upper = np.arange(size)[(np.arange(size) >> b) & 1 == 0]
        lower = upper + half
        both = wants[0] & wants[1]
        if (
            (wants[:, upper] & wants[:, lower]).any(axis=0) | (both[upper] & wants[:, lower].any(axis=0))
        ).any():
            raise BadInput(
                f"two inputs meet on a wire behind bit {b}; wanted inputs from 0 that stay or grow by one."
            )
        crossing = (wants[1] & ~wants[0])[upper] | (wants[0] & ~wants[1])[lower]
        t[b, crossing] = turns.crossed
        t[b, both[upper]], t[b, both[lower]] = turns.split, -turns.split
        moved = (position & ~half) | (side << b)
        for k in slots:
            p, q = position[k], moved[k]
            if both[p]:
                amplitude[k] = amplitude[k] * (turns.cosine if p == q else turns.sine)
            elif p > q:
                amplitude[k] = -amplitude[k]
        position = moved
    return t, amplitude


def _turned(middle: Sequence[ButterflyFactor], size: int, turns: _Rotations) -> tuple[Array, Array, Array]:
    """Return (t of the rising half, t of the falling half, signs) of a permutation, its crossings as rotations.

    signs[p] is the sign with which the permuted value arrives at position p.
    """
    ring, L = turns.ring, levels(size)
    halves = zeros(ring, 2, L, size // 2)
    signs = np.ones(size, dtype=np.int64)
    for number, factor in enumerate(middle):
        upper = np.flatnonzero((np.arange(size) >> factor.bit) & 1 == 0)
        crossed = (factor.offdiagonal != 0).astype(bool)
        halves[number // L, factor.bit, crossed[upper]] = turns.crossed
        signs = np.where(crossed, signs[factor.partner], signs)
        signs[upper] = np.where(crossed[upper], -signs[upper], signs[upper])
    return halves[0], halves[1], signs


def _ranks(major: Array, minor: Array) -> Array:
    """Return the place of each entry when entries are sorted by (major, minor)."""
    return np.argsort(np.lexsort((minor, major)))


def _layer(entries: Entries, size: int, turns: _Rotations) -> list[dict[str, Array]]:
    """Return the slots u, d, v of the two members of OBB of one sparse matrix; empty rows and columns get zeros."""
    ring = entries.ring
    empty_rows, empty_columns = entries.missing()
    z = max(len(empty_rows), len(empty_columns))
    extra = [np.full(z, e[0] if len(e) else 0) for e in (empty_rows, empty_columns)]
    extra[0][: len(empty_rows)], extra[1][: len(empty_columns)] = empty_rows, empty_columns
    rows, columns = np.concatenate([entries.rows, extra[0]]), np.concatenate([entries.columns, extra[1]])
    values = np.concatenate([entries.values, constant(ring.zero, z)])
    by_column, by_row = _ranks(columns, rows), _ranks(rows, columns)
    p = np.arange(size)
    p[by_column] = by_row
    spread, amplitude_in = _walk(np.sort(columns), size, turns)
    gather, amplitude_out = _walk(np.sort(rows), size, turns)
    rising, falling, signs = _turned(permutation_middle(p, ring, size), size, turns)
    first, second = constant(ring.zero, size), constant(ring.zero, size)
    for k, value in enumerate(values):
        first[by_column[k]] = value * ring.inverse(amplitude_in[by_column[k]])
        second[by_row[k]] = ring.inverse(amplitude_out[by_row[k]]) * ring(int(signs[by_row[k]]))
    return [{"v": -spread, "d": first, "u": rising}, {"v": -falling, "d": second, "u": -gather}]


def _hierarchy(layers: Sequence[Entries], size: int | None) -> OrthogonalHierarchy:
    ring = layers[0].ring
    what = f"an orthogonal product of {len(layers)} sparse matrices"
    refuse_beyond_memory(3 * len(layers) - 1, size_for(max(max(layer.shape) for layer in layers)), what)
    N = size_for(max(layer.slots for layer in layers), size)
    refuse_beyond_memory(3 * len(layers) - 1, N, what)
    turns = _Rotations(ring)
    found: list[dict[str, Array]] = []
    for layer in layers:
        if found and layer.shape[1] < N:
            projector = constant(ring.zero, N)
            projector[: layer.shape[1]] = ring.one
            still = zeros(ring, levels(N), N // 2)
            found.append({"v": still, "d": projector, "u": still})
        found += _layer(layer, N, turns)
    family = OrthogonalKaleidoscope(N, len(found))
    params = {name: np.stack([part[name] for part in found]) for name in ("u", "d", "v")}
    return OrthogonalHierarchy(Member.read(family, params, ring), layers[-1].shape[0], layers[0].shape[1])


def orthogonal_sparse(
    source: Any, ring: Ring | None = None, shape: tuple[int, int] | None = None, size: int | None = None
) -> OrthogonalHierarchy:
    """Return any matrix as the corner of a member of (OBB)^2 of size N = pow2(max(2, s + z)), or of a larger size.

    s entries, z the larger of the numbers of empty rows and columns; source as in `read_entries`.  Every rotation is
    by 0, a right angle, or (3/5, 4/5); the diagonals hold the entries over products of 3/5 and 4/5.
    Every field of characteristic other than 2, 3 and 5 (BadInput there).  Cost: O(N log^2 N) array steps.

    >>> K = orthogonal_sparse([[0, 2, 0], [0, 3, "1/2"]])
    >>> K.width, K.size, K.product().entries().tolist()
    (2, 4, [[0, 2, 0], [0, 3, 1/2]])
    """
    return _hierarchy([read_entries(source, ring, shape)], size)


def orthogonal_sparse_product(
    factors: Sequence[Any], ring: Ring | None = None, size: int | None = None
) -> OrthogonalHierarchy:
    """Return a product of d sparse matrices, the leftmost applied last, as the corner of a member of (OBB)^(3d - 1).

    Between two layers the member I D I with D = diag(1, ..., 1, 0, ..., 0) removes what rotations have put beyond the
    inner dimension; it is left out where the inner dimension is N.

    >>> K = orthogonal_sparse_product([[[1, 1]], [[1, 0], [2, 5]]])
    >>> K.width, K.product().entries().tolist()
    (5, [[3, 5]])
    """
    return _hierarchy(read_layers(factors, ring), size)
