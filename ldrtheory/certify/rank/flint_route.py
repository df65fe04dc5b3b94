"""Exact rank by python-flint: the route for moderate sizes, every field, and no compiled kernels.

pivots_modulo    pivot rows and columns of a matrix modulo a prime
decide           the rank of a residual with its pivots, exactly

Over Q: pivots modulo a 61-bit prime; then D L = L[:,J] (adj U) L[I,:] over Z for small rank, or rank <= r modulo
primes whose product exceeds the bordered minors.  Over Q(zeta_N): rank <= r modulo every prime ideal above primes
p = 1 mod N; a minor is an element x of Z[zeta] with x = 0 mod P = prod p, and |sigma(x)| < P for all embeddings forces
x = 0, since x/P is an algebraic integer whose norm is below 1.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from math import lcm

import numpy as np
from flint import fmpz_mat, nmod_mat

from ldrtheory.certify.rank.decision import Decision, integer_matrix
from ldrtheory.certify.rank.kernel_vectors import FEW_VECTORS, kernel_over_q
from ldrtheory.certify.rank.limits import Budget, primes_below, roots_of_unity
from ldrtheory.certify.rank.residual import Residual, clear_rows
from ldrtheory.errors import Undecided

EXACT_PRODUCT = 24  # up to this rank the identity over Z is cheaper than many primes
WORD = 2**62


def pivots_modulo(L: nmod_mat) -> tuple[list[int], list[int]]:
    """Return (rows, columns) of a largest nonsingular minor of L, by two reduced echelon forms.

    >>> pivots_modulo(nmod_mat(2, 3, [0, 1, 2, 0, 2, 4], 7))
    ([0], [1])
    """
    m, n = L.nrows(), L.ncols()
    if m == n == L.rank():  # a third of the price of a reduced echelon form, and no second one
        return list(range(m)), list(range(n))
    columns = _leading_columns(*L.rref())
    if not columns:
        return [], []
    transposed = nmod_mat(len(columns), m, [L[i, j] for j in columns for i in range(m)], int(L.modulus()))
    return _leading_columns(*transposed.rref()), columns


def _leading_columns(R: nmod_mat, rank: int) -> list[int]:
    columns: list[int] = []
    j = 0
    for i in range(rank):
        while int(R[i, j]) == 0:
            j += 1
        columns.append(j)
        j += 1
    return columns


def decide(L: Residual, budget: Budget, at_most: int | None = None) -> Decision:
    """Return the exact rank of the residual with pivots.

    at_most: stop as soon as the rank is known to exceed this number.
    Cost: O(m n r) operations modulo a word for each of about (r+1)(bits of L)/61 primes, after forming L.
    Errors: Undecided when the budget's deadline passes.
    """
    p = L.ring.characteristic
    if p:
        if p >= 2**64:
            raise Undecided(f"GF(p) is decided for p below 2^64; got {p}.")
        rows, columns = pivots_modulo(_reduced(L, p, 1))
        return Decision(len(rows), rows, columns, p)
    return _decide_rational(L, budget, at_most) if L.degree == 1 else _decide_cyclotomic(L, budget, at_most)


def _reduced(L: Residual, p: int, root: int) -> nmod_mat:
    m, n = L.shape
    return nmod_mat(m, n, L.modulo(p, root).ravel().tolist(), p)


def _bits(rows: list[int], r: int, sizes: list[int]) -> int:
    """Return b with every bordered minor on `rows` and one more row below 2^b in absolute value (Leibniz)."""
    order = r + 1
    largest = max(sizes, default=0)
    return sum(sizes[i] for i in rows) + largest + order * order.bit_length() + 1


def _decide_rational(L: Residual, budget: Budget, at_most: int | None) -> Decision:
    budget.spend(0, 1, "forming the residual")
    scaled = clear_rows(L.scaled())
    Z = integer_matrix(scaled)
    sizes = [max(abs(x) for x in row).bit_length() for row in scaled.tolist()]
    full = min(L.shape)
    supply = (p for p in primes_below(WORD) if L.usable(p))
    best = Decision(-1, [], [], 0)
    for p in supply:
        rows, columns = pivots_modulo(nmod_mat(Z, p))
        if len(rows) <= best.rank:
            continue
        best = Decision(len(rows), rows, columns, p)
        budget.established = f"the rank is at least {best.rank}"
        if best.rank == full:
            return best
        if at_most is not None and best.rank > at_most:
            return Decision(best.rank, rows, columns, p, proved_above=False)
        budget.spend(0, 1, f"proving rank at most {best.rank}")
        if best.rank <= EXACT_PRODUCT:
            if _all_minors_vanish(scaled, Z, rows, columns):
                return best
        elif full - best.rank <= FEW_VECTORS:
            upper = kernel_over_q(L, best)
            if upper is not None:
                return replace(best, upper=upper)
        elif _rank_at_most(Z, best, sizes, supply, budget):
            return best
    raise Undecided(f"the primes ran out; {budget.established}. Report this matrix.")


def _all_minors_vanish(scaled: np.ndarray, Z: fmpz_mat, rows: list[int], columns: list[int]) -> bool:
    """Whether L[:,J] U^-1 L[I,:] = L over Q, U = L[I,J] nonsingular: rank exactly r."""
    if not rows:
        return not scaled.any()
    U = integer_matrix(scaled[np.ix_(rows, columns)])
    numerator, denominator = U.solve(integer_matrix(scaled[rows])).numer_denom()
    return bool(integer_matrix(scaled[:, columns]) * numerator == Z * denominator)


def _rank_at_most(
    Z: fmpz_mat, found: Decision, sizes: list[int], supply: Iterator[int], budget: Budget
) -> bool:
    """Whether the rank is at most r modulo primes whose product exceeds every bordered minor."""
    wanted = _bits(found.rows, found.rank, sizes)
    product = found.prime
    for q in supply:
        if product.bit_length() > wanted:
            return True
        if nmod_mat(Z, q).rank() > found.rank:
            return False
        product *= q
        budget.spend(product.bit_length(), wanted, f"proving rank at most {found.rank}")
    return False


def magnitude_bits(L: Residual) -> list[int]:
    """Return for each row i a bound b_i on the bits of every conjugate of every entry of row i of L'.

    Where M kept its own denominators, row i of L' is also scaled by the denominators of the rows of M it uses.
    """
    m = L.shape[0]
    height = [0] * m
    denominators = [1] * m
    for k in range(L.degree):
        for i, row in enumerate(L.entries.take(k, None, None)):
            height[i] += int(max(abs(x) for x in row)) + (L.entries.kind == "rational")
            if L.entries.kind == "rational":
                denominators[i] = lcm(denominators[i], *(int(x.q) for x in row))
    a, b = L.row_scales, L.column_scales
    rows, shared = [0] * m, list(denominators)
    for i, k, v in L.left.entries:
        rows[i] += int(sum(abs(c) for c in v) * a[i]) * height[k]
        shared[i] = lcm(shared[i], denominators[k])
    columns = [0] * L.shape[1]
    for _, j, v in L.right.entries:
        columns[j] += int(sum(abs(c) for c in v) * b[j])
    top, widest = max(columns), max(b)
    if L.kind == "sylvester":
        sizes = [widest * rows[i] + a[i] * height[i] * top for i in range(m)]
    else:
        sizes = [a[i] * widest * height[i] + rows[i] * top for i in range(m)]
    return [(size * scale).bit_length() for size, scale in zip(sizes, shared)]


def _decide_cyclotomic(L: Residual, budget: Budget, at_most: int | None) -> Decision:
    order = int(L.ring.order)  # type: ignore[attr-defined]
    sizes = magnitude_bits(L)
    full = min(L.shape)
    best = Decision(-1, [], [], 0)
    product, wanted = 1, 0
    for p in (q for q in primes_below(WORD, order) if L.usable(q)):
        for root in roots_of_unity(order, p):
            reduced = _reduced(L, p, root)
            if reduced.rank() > best.rank:
                rows, columns = pivots_modulo(reduced)
                best = Decision(len(rows), rows, columns, p, root)
                product, wanted = 1, _bits(rows, len(rows), sizes)
                budget.established = f"the rank is at least {best.rank}"
                if best.rank == full:
                    return best
                if at_most is not None and best.rank > at_most:
                    return Decision(best.rank, rows, columns, p, root, proved_above=False)
        product *= p  # every root of this prime gave a rank of at most best.rank
        budget.spend(product.bit_length(), wanted, f"proving rank at most {best.rank}")
        if product.bit_length() > wanted:
            return best
    raise Undecided(f"the primes ran out; {budget.established}. Report this matrix.")
