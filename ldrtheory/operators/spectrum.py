"""What an operator is up to similarity: characteristic polynomial and cyclic parts, in closed form where there is one.

characteristic_polynomial_of    det(xI - A)
cyclic_parts                    F^n as a sum of modules F[x]/(p): the polynomials p with their multiplicities
annihilator                     the least monic p with p(A) e_i = 0
applied                         p(A) V
scalar_power                    (q, a) with A^q = a I, where the kind of operator gives one
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from ldrtheory.elimination import characteristic_polynomial
from ldrtheory.linalg import Array, zeros
from ldrtheory.operators.banded import Diagonal, Path, Shift, Subdiagonal, Tridiagonal
from ldrtheory.operators.composed import Blocks, Identity, Zero
from ldrtheory.operators.operator import Operator, Transpose
from ldrtheory.operators.polynomials import gcd, monomial, polynomial, power, product
from ldrtheory.rings import Ring

Read = Callable[[Any], Any]
Part = tuple[Any, int]


def characteristic_polynomial_of(op: Operator, n: int, ring: Ring, read: Read | None = None) -> Any:
    """Return det(xI - A) over `ring`, A being `op` at size n with its entries read by `read` (default: `ring`).

    Closed forms but for dense operators: x^n - f for shifts, a product of linear factors for diagonals, the
    three-term recurrence (with corners) for tridiagonals and paths.  Cost: O(n^2), dense O(n^3).

    >>> from ldrtheory import QQ, shift
    >>> characteristic_polynomial_of(shift(f=2), 3, QQ).coeffs()
    [-2, 0, 0, 1]
    """
    read = ring if read is None else read
    n = op.sized(n)
    if isinstance(op, Transpose):
        return characteristic_polynomial_of(op.of, n, ring, read)
    if isinstance(op, Blocks):
        parts = zip(op.parts, op.sizes)
        return product((characteristic_polynomial_of(p, k, ring, read) for p, k in parts), ring)
    if isinstance(op, Shift):
        return monomial(ring, n, read(op.f))
    if isinstance(op, Zero):
        return monomial(ring, n, ring.zero)
    if isinstance(op, Identity):
        return power(monomial(ring, 1, ring.one), n, ring)
    if isinstance(op, Diagonal):
        return product((monomial(ring, 1, read(x)) for x in op.entries), ring)
    if isinstance(op, Subdiagonal):
        cycle = read(op.corner)
        for x in op.below:
            cycle = cycle * read(x)
        return monomial(ring, n, cycle)
    if isinstance(op, Path | Tridiagonal):
        return _with_corners(*_bands(op, n, ring, read), ring)
    table = zeros(ring, n, n)
    for i, j, x in op.terms(n):
        table[i, j] = read(x)
    return polynomial(ring, characteristic_polynomial(table, ring))


def _bands(
    op: Path | Tridiagonal, n: int, ring: Ring, read: Read
) -> tuple[list[Any], list[Any], list[Any], Any, Any]:
    """The subdiagonal, diagonal, superdiagonal, top right and bottom left corner."""
    if isinstance(op, Tridiagonal):
        lists = ([read(x) for x in band] for band in (op.sub, op.main, op.super_))
        corners = (read(op.top_right), read(op.bottom_left)) if n >= 3 else (ring.zero, ring.zero)
        return (*lists, *corners)  # type: ignore[return-value]
    main = [ring.zero] * n
    main[0], main[-1] = main[0] + read(op.first), main[-1] + read(op.last)
    if n == 1:
        main = [read(op.first) + read(op.last)]
    return [ring.one] * (n - 1), main, [ring.one] * (n - 1), ring.zero, ring.zero


def _recurrence(sub: Sequence[Any], main: Sequence[Any], super_: Sequence[Any], ring: Ring) -> Any:
    """det(xI - T) of a tridiagonal T by p_(k+1) = (x - d_k) p_k - s_(k-1) u_(k-1) p_(k-1)."""
    before, p = polynomial(ring, []), polynomial(ring, [1])
    for k, d in enumerate(main):
        step = polynomial(ring, [-d, 1]) * p
        if k:
            step = step - before * polynomial(ring, [sub[k - 1] * super_[k - 1]])
        before, p = p, step
    return p


def _with_corners(
    sub: list[Any], main: list[Any], super_: list[Any], top_right: Any, bottom_left: Any, ring: Ring
) -> Any:
    """det(xI - T), T tridiagonal with corners: the corners add one transposition and the two long cycles."""
    p = _recurrence(sub, main, super_, ring)
    if ring.is_zero(top_right) and ring.is_zero(bottom_left):
        return p
    inner = _recurrence(sub[1:-1], main[1:-1], super_[1:-1], ring)
    down, up = top_right, bottom_left
    for s, u in zip(sub, super_):
        down, up = down * s, up * u
    return p - inner * polynomial(ring, [top_right * bottom_left]) - polynomial(ring, [down + up])


def cyclic_parts(op: Operator, n: int, ring: Ring) -> list[Part]:
    """Return [(p, multiplicity), ...] with F^n = sum of F[x]/(p) as a module on which x acts as A.

    The p are monic; they need not divide one another.  Source: the structure theorem for modules over F[x].

    >>> from ldrtheory import QQ, identity, subdiagonal
    >>> [(p.coeffs(), k) for p, k in cyclic_parts(identity(), 3, QQ)]
    [([-1, 1], 3)]
    >>> [(p.coeffs(), k) for p, k in cyclic_parts(subdiagonal([1, 0, 1, 0]), 4, QQ)]
    [([0, 0, 1], 2)]
    """
    n = op.sized(n)
    if isinstance(op, Transpose):
        return cyclic_parts(op.of, n, ring)
    if isinstance(op, Blocks):
        return _collected([part for p, k in zip(op.parts, op.sizes) for part in cyclic_parts(p, k, ring)])
    if isinstance(op, Zero | Identity):
        return [(monomial(ring, 1, ring.one if isinstance(op, Identity) else ring.zero), n)]
    if isinstance(op, Diagonal):
        return _collected([(monomial(ring, 1, ring(x)), 1) for x in op.entries])
    if isinstance(op, Subdiagonal):
        edges = [ring(x) for x in (*op.below, op.corner)]
        cuts = [i for i, x in enumerate(edges) if ring.is_zero(x)]
        if cuts:  # a cycle of n places cut into chains, each nilpotent
            lengths = [(b - a) % n or n for a, b in zip(cuts, cuts[1:] + cuts[:1])]
            return _collected([(monomial(ring, k, ring.zero), 1) for k in lengths])
    if isinstance(op, Tridiagonal):
        return _tridiagonal_parts(op, n, ring)
    if isinstance(op, Shift | Path | Subdiagonal):
        return [(characteristic_polynomial_of(op, n, ring), 1)]
    return _dense_parts(op.matrix(ring, n), ring)


def _collected(parts: list[Part]) -> list[Part]:
    """Equal polynomials brought together."""
    found: dict[str, Any] = {}
    count: Counter[str] = Counter()
    for p, k in parts:
        key = str([str(c) for c in p.coeffs()])
        found[key] = p
        count[key] += k
    return [(found[key], count[key]) for key in found]


def _tridiagonal_parts(op: Tridiagonal, n: int, ring: Ring) -> list[Part]:
    sub, main, super_, top_right, bottom_left = _bands(op, n, ring, ring)
    if not (ring.is_zero(top_right) and ring.is_zero(bottom_left)):
        return _dense_parts(op.matrix(ring, n), ring)
    cuts = [k + 1 for k in range(n - 1) if ring.is_zero(sub[k]) and ring.is_zero(super_[k])]
    parts: list[Part] = []
    for a, b in zip([0, *cuts], [*cuts, n]):
        s, u = sub[a : b - 1], super_[a : b - 1]
        if not any(map(ring.is_zero, s)) or not any(map(ring.is_zero, u)):  # unreduced Hessenberg: cyclic
            parts.append((_recurrence(s, main[a:b], u, ring), 1))
        else:
            parts += _dense_parts(op.matrix(ring, n)[a:b, a:b], ring)
    return _collected(parts)


def _dense_parts(A: Array, ring: Ring) -> list[Part]:
    p = polynomial(ring, characteristic_polynomial(A, ring))
    derivative = polynomial(ring, [c * k for k, c in enumerate(p.coeffs())][1:])
    if gcd(p, derivative, ring).degree() == 0:  # no repeated eigenvalue: cyclic
        return [(p, 1)]
    return _collected([(q, 1) for q in _diagonal_form(A, ring)])


def _diagonal_form(A: Array, ring: Ring) -> list[Any]:
    """The diagonal of a diagonal form of xI - A under row and column operations over F[x], constants left out."""
    n = len(A)
    T = [[polynomial(ring, [-A[i, j], int(i == j)]) for j in range(n)] for i in range(n)]
    out = []
    while T:
        size = len(T)
        places = [(T[i][j].degree(), i, j) for i in range(size) for j in range(size) if T[i][j]]
        _, i, j = min(places)
        T[0], T[i] = T[i], T[0]
        for row in T:
            row[0], row[j] = row[j], row[0]
        scale = polynomial(ring, [ring.inverse(ring(T[0][0].coeffs()[-1]))])
        T[0] = [x * scale for x in T[0]]
        for row in T[1:]:
            if row[0]:
                q = row[0] // T[0][0]
                row[:] = [x - q * y for x, y in zip(row, T[0])]
        for k in range(1, size):
            if T[0][k]:
                q = T[0][k] // T[0][0]
                for row in T:
                    row[k] = row[k] - q * row[0]
        if not any(T[0][1:]) and not any(row[0] for row in T[1:]):
            out.append(T[0][0])
            T = [row[1:] for row in T[1:]]
    return [p for p in out if p.degree() > 0]


def annihilator(op: Operator, n: int, i: int, ring: Ring) -> Any:
    """Return the least monic p with p(A) e_i = 0; closed forms for shifts and diagonals, else by elimination."""
    base = op.of if isinstance(op, Transpose) else op
    if isinstance(base, Shift | Subdiagonal):
        below = [ring.one] * (n - 1) if isinstance(base, Shift) else [ring(x) for x in base.below]
        edges = [*below, ring(base.f if isinstance(base, Shift) else base.corner)]
        edges = [edges[(i + k) % n] for k in range(n)] if base is op else [edges[i - 1 - k] for k in range(n)]
        stop = next((k for k, x in enumerate(edges) if ring.is_zero(x)), None)
        if stop is not None:
            return monomial(ring, stop + 1, ring.zero)
        return characteristic_polynomial_of(base, n, ring)
    if isinstance(op, Diagonal | Identity | Zero):
        value = ring(op.entries[i]) if isinstance(op, Diagonal) else int(isinstance(op, Identity))
        return monomial(ring, 1, value)
    if isinstance(op, Path) and i in (0, n - 1):
        return characteristic_polynomial_of(op, n, ring)
    return _krylov_annihilator(op, n, i, ring)


def _krylov_annihilator(op: Operator, n: int, i: int, ring: Ring) -> Any:
    """The first dependence among e_i, A e_i, A^2 e_i, ..., by elimination that carries the coefficients along."""
    v = zeros(ring, n, 1)
    v[i, 0] = ring.one
    rows: list[tuple[int, Array, list[Any]]] = []  # pivot place, reduced vector, its coefficients
    k = 0
    while True:  # at most n + 1 rounds: n + 1 vectors of length n are dependent
        w, c = v[:, 0].copy(), [ring.zero] * k + [ring.one]
        for place, u, d in rows:
            factor = w[place]
            if not ring.is_zero(factor):
                w = w - u * factor
                c = [x - factor * d[t] if t < len(d) else x for t, x in enumerate(c)]
        place = next((t for t in range(n) if not ring.is_zero(w[t])), -1)
        if place < 0:
            return polynomial(ring, c)
        head = ring.inverse(w[place])
        rows.append((place, w * head, [x * head for x in c]))
        v, k = op.times(v, ring), k + 1


def applied(p: Any, op: Operator, V: Array, ring: Ring) -> Array:
    """Return p(A) V by Horner's rule.  V: (n, k).  Cost: degree(p) products with A."""
    out = zeros(ring, *V.shape)
    for c in reversed(p.coeffs()):
        out = op.times(out, ring) + V * ring(c)
    return out


def scalar_power(op: Operator, n: int, ring: Ring) -> tuple[int, Any] | None:
    """Return (q, a) with A^q = a I, told from the kind of operator alone (never from its entries), or None.

    >>> from ldrtheory import QQ, subdiagonal
    >>> scalar_power(subdiagonal([2, 3, 5]), 3, QQ)
    (3, 30)
    """
    if isinstance(op, Transpose):
        return scalar_power(op.of, n, ring)
    if isinstance(op, Identity):
        return 1, ring.one
    if isinstance(op, Zero):
        return 1, ring.zero
    if isinstance(op, Shift):
        return n, ring(op.f)
    if isinstance(op, Subdiagonal):
        cycle = ring(op.corner)
        for x in op.below:
            cycle = cycle * ring(x)
        return n, cycle
    return None
