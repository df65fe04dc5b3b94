"""Transforms with entries +1, -1 and 0, and products of them with diagonals; over every field.

hadamard        H[i, j] = (-1)^(number of binary digits 1 that i and j share), in B
haar            sums and differences of neighbours, scale by scale, in (BB*)^2
fastfood        A H G P H D, in (BB*)^2
hd3             H D3 H D2 H D1, in (BB*)^2
bit_reversal    the permutation that reverses the L bits, in BB*
diagonal        a diagonal matrix, in B
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from ldrtheory.errors import ShapeMismatch
from ldrtheory.kaleidoscopes import ButterflyFactor, KaleidoscopeProduct, levels
from ldrtheory.linalg import Array, array
from ldrtheory.rings import Ring
from ldrtheory.synthesis.chains import Factors, constant, identities, product_of, size_for
from ldrtheory.synthesis.gallery.fields import FieldName, affordable, field_for, power_sizes, whole_size
from ldrtheory.synthesis.routing import permutation, permutation_factors, permutation_middle

Vector = Sequence[Any] | Array


def _hadamard_factors(size: int, ring: Ring, falling: bool = False) -> Factors:
    """H in the order of B, bits 0..L-1, or of B*: the factors commute."""
    i, signs = np.arange(size), np.array([ring.one, -ring.one], dtype=object)
    out = [
        ButterflyFactor(bit, signs[(i >> bit) & 1], constant(ring.one, size)) for bit in range(levels(size))
    ]
    return out[::-1] if falling else out


def hadamard(n: int, field: FieldName = None) -> KaleidoscopeProduct:
    """Return H with H[i, j] = (-1)^(binary digits 1 that i and j share), n = 2^L, as a member of B; any field.

    >>> K = hadamard(4)
    >>> K.kind, K.parameters, K.entries()[3].tolist()
    ('B', 16, [1, -1, -1, 1])
    """
    what = f"Hadamard({n})"
    power_sizes(what, n)
    ring = field_for(what, 1, field=field)
    size = size_for(n)
    affordable(what, 1, size, ring)
    return KaleidoscopeProduct(n, n, size, 1, ring, "B", tuple(_hadamard_factors(size, ring)))


def diagonal(d: Vector, field: FieldName = None) -> KaleidoscopeProduct:
    """Return diag(d) as a member of B, of any size n: e = pow2(max(2, n)) / n.

    >>> diagonal([1, "1/2", 3]).entries().tolist()
    [[1, 0, 0], [0, 1/2, 0], [0, 0, 3]]
    """
    n = len(d)
    whole_size("a diagonal matrix", n)
    ring = field_for(f"Diagonal({n})", 1, d, field)
    size = size_for(n)
    extended = constant(ring.one, size)
    extended[:n] = array(ring, d)
    chain = identities(range(levels(size)), size, ring)
    chain[-1] = chain[-1].rows_scaled(extended)
    return KaleidoscopeProduct(n, n, size, 1, ring, "B", tuple(chain))


def reversed_bits(n: int) -> list[int]:
    """Return rev(0), ..., rev(n - 1) for n = 2^L, rev reversing the L binary digits.

    >>> reversed_bits(8)
    [0, 4, 2, 6, 1, 5, 3, 7]
    """
    power_sizes("a bit reversal", n)
    out = [0]
    while len(out) < n:
        out = [2 * k for k in out] + [2 * k + 1 for k in out]
    return out


def bit_reversal(n: int, field: FieldName = None) -> KaleidoscopeProduct:
    """Return R with ones at (rev(i), i), n = 2^L, as a member of BB*; not in B for n >= 4.

    >>> bit_reversal(4).entries()[1].tolist()
    [0, 0, 1, 0]
    """
    return permutation(reversed_bits(n), field_for(f"BitReversal({n})", 1, field=field))


def haar(n: int, field: FieldName = None) -> KaleidoscopeProduct:
    """Return the unnormalised Haar matrix, n = 2^L, as a member of (BB*)^2, (w, e) = (2, 1); any field.

    Row 0 is all ones; row 2^s + q, q < 2^s, has +1 in the first and -1 in the second half of the columns
    q n/2^s, ..., (q + 1) n/2^s - 1, and zeros elsewhere.  Sums and differences in place are a member of B (bit b acts
    on positions divisible by 2^b); a permutation in BB* then sorts position 2^b (2q + 1) to row n/2^(b+1) + q.
    At n = 4, e = 1 one BB* is enough over Q(sqrt 2), but not over Q.

    >>> haar(4).entries().tolist()
    [[1, 1, 1, 1], [1, 1, -1, -1], [1, -1, 0, 0], [0, 0, 1, -1]]
    """
    what = f"Haar({n})"
    power_sizes(what, n)
    ring = field_for(what, 1, field=field)
    size = size_for(n)
    affordable(what, 2, size, ring)
    i, L = np.arange(size), levels(size)
    steps = []
    for bit in range(L):
        live, second = i % (1 << bit) == 0, (i >> bit) & 1 == 1
        d = np.where(live & second, -ring.one, ring.one)
        steps.append(ButterflyFactor(bit, d, np.where(live, ring.one, ring.zero)))
    rows = [0] + [size // (2 * (k & -k)) + k // (2 * (k & -k)) for k in range(1, size)]
    if n <= 2:
        return KaleidoscopeProduct(n, n, size, 1, ring, "B", tuple(steps))
    chain = [*identities(reversed(range(L)), size, ring), *steps, *permutation_factors(rows, ring)]
    return product_of(chain, n, n, ring)


def _diagonals(what: str, field: FieldName, *given: Vector) -> tuple[int, Ring, list[Array]]:
    """The size, the field and the diagonals read into it, padded to the size of the factors."""
    n = len(given[0])
    power_sizes(what, n)
    for k, values in enumerate(given):
        if len(values) != n:
            raise ShapeMismatch(
                f"{what}: diagonals of {n} and {len(values)} entries (numbers 0 and {k}); wanted one length."
            )
    ring = field_for(what, 1, [x for values in given for x in values], field)
    size = size_for(n)
    affordable(what, 2, size, ring)
    out = []
    for values in given:
        padded = constant(ring.zero, size)
        padded[:n] = array(ring, values)
        out.append(padded)
    return n, ring, out


def fastfood(
    a: Vector, g: Vector, p: Iterable[Any], d: Vector, field: FieldName = None
) -> KaleidoscopeProduct:
    """Return diag(a) H diag(g) P H diag(d), n = 2^L, as a member of (BB*)^2; P has ones at (p[i], i); any field.

    H in falling order | P through the highest bit, B*B | H in rising order; (w, e) = (2, 1).

    >>> fastfood([1, 1], [1, 2], [1, 0], [1, 1]).entries().tolist()
    [[3, 1], [-1, -3]]
    """
    n, ring, (left, middle, right) = _diagonals("Fastfood", field, a, g, d)
    order = list(p)
    if len(order) != n:
        raise ShapeMismatch(
            f"Fastfood: a permutation of {len(order)} beside diagonals of {n}; wanted one size."
        )
    size = len(left)
    first, last = _hadamard_factors(size, ring, falling=True), _hadamard_factors(size, ring)
    route = permutation_middle(order, ring)
    first[0] = first[0].columns_scaled(right)
    route[-1] = route[-1].rows_scaled(middle)
    last[-1] = last[-1].rows_scaled(left)
    return product_of([*first, *route, *last], n, n, ring)


def hd3(d1: Vector, d2: Vector, d3: Vector, field: FieldName = None) -> KaleidoscopeProduct:
    """Return H D3 H D2 H D1, n = 2^L, as a member of (BB*)^2, (w, e) = (2, 1); any field.

    >>> hd3([1, 1], [1, 1], [1, 1]).entries().tolist()
    [[2, 2], [2, -2]]
    """
    n, ring, (one, two, three) = _diagonals("(HD)^3", field, d1, d2, d3)
    size = len(one)
    first, second, third = (_hadamard_factors(size, ring, falling) for falling in (True, False, True))
    first[0] = first[0].columns_scaled(one)
    first[-1] = first[-1].rows_scaled(two)
    second[-1] = second[-1].rows_scaled(three)
    return product_of([*first, *second, *third, *identities(range(levels(size)), size, ring)], n, n, ring)
