"""Conjectures of the calculus of displacement ranks: what products, blocks, inverses and other operators can cost.

rk is the rank for the pair (Z_1, Z_-1), rk' for the pair (Z_-1, Z_1).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from ldrtheory.elimination import rank as rank_of
from ldrtheory.hunting.conjecture import conjecture
from ldrtheory.hunting.conjectures.ranks import SWAPPED, pseudo_inverse
from ldrtheory.hunting.domains import (
    Domain,
    choices,
    indices,
    lower_toeplitz,
    matrices,
    nonsingular,
    scalars,
    several,
    square,
    toeplitz,
    triangular,
    vectors,
)
from ldrtheory.hunting.predicates import assume, inverse, is_bijective, matrix_rank, product, rank
from ldrtheory.linalg import Array, diagonal_matrix, identity, matmul
from ldrtheory.operators.banded import shift, subdiagonal
from ldrtheory.operators.composed import dense
from ldrtheory.operators.displacement import Displacement, Stein, Sylvester
from ldrtheory.operators.krylov import krylov_form
from ldrtheory.rings import Ring

KINDS = choices(Sylvester, Stein)
PAIR = matrices(lambda n: n, lambda n: 2)
Kind = Callable[[Any, Any], Displacement]


@conjecture(X=square(), Y=square(), aliases="T1")
def product_costs_one(X: Array, Y: Array) -> bool:
    """rk(X Y) is at most rk(X) + rk(Y) + 1."""
    return rank(product(X, Y)) <= rank(X) + rank(Y) + 1


@conjecture(X=nonsingular(), aliases="T2")
def inverse_swaps(X: Array) -> bool:
    """rk'(X^-1) = rk(X), and rk(X^-1) is at most rk(X) + 2."""
    Y = inverse(X)
    return bool(rank(Y, SWAPPED) == rank(X)) and bool(rank(Y) <= rank(X) + 2)


@conjecture(kind=KINDS, A=square(), B=square(), X=square(), aliases="T3")
def transpose_swaps(kind: Kind, A: Array, B: Array, X: Array) -> bool:
    """The displacement rank of X^T for (B^T, A^T) is that of X for (A, B)."""
    return rank(X.T, kind(dense(B.T), dense(A.T))) == rank(X, kind(dense(A), dense(B)))


@conjecture(A=square(), B=square(), A1=square(), B1=square(), X=square(), aliases="T4")
def operators_change(A: Array, B: Array, A1: Array, B1: Array, X: Array) -> bool:
    """Other operators change the displacement rank by at most rank(A - A') + rank(B - B')."""
    other = rank(X, Sylvester(dense(A1), dense(B1)))
    return rank(X, Sylvester(dense(A), dense(B))) <= other + matrix_rank(A - A1) + matrix_rank(B - B1)


@conjecture(
    X=square(), rows=indices(), height=indices(), columns=indices(), width=indices(), e=scalars(), f=scalars(),
    aliases="T5",
)  # fmt: skip
def submatrix_costs_two(
    X: Array, rows: int, height: int, columns: int, width: int, e: Any, f: Any, n: int
) -> bool:
    """A submatrix of adjacent rows and columns has displacement rank at most rk(X) + 2, for any corners."""
    assume(rows + height < n and columns + width < n)
    Y = X[rows : rows + height + 1, columns : columns + width + 1]
    return rank(Y, Sylvester(shift(f=e), shift(f=f))) <= rank(X) + 2


@conjecture(T=several(toeplitz(), 4), e=scalars(), f=scalars(), aliases="T6")
def products_of_toeplitz(T: list[Array], e: Any, f: Any) -> bool:
    """A product of k Toeplitz matrices has displacement rank at most 2 k, for any corners."""
    return rank(product(*T), Sylvester(shift(f=e), shift(f=f))) <= 2 * len(T)


@conjecture(kind=KINDS, A=square(), B=square(), g=PAIR, h=PAIR, aliases="T7")
def twice_the_rank(kind: Kind, A: Array, B: Array, g: Array, h: Array) -> bool:
    """The displacement rank is at most twice the rank; for Stein it is too."""
    X = product(g, h.T)
    return rank(X, kind(dense(A), dense(B))) <= 2 * matrix_rank(X)


@conjecture(
    A=square(), B=square(), G=PAIR, H=PAIR, nilpotent=choices(False, True), aliases="T8",
)  # fmt: skip
def krylov_twice(A: Array, B: Array, G: Array, H: Array, nilpotent: bool, ring: Ring) -> bool:
    """A Krylov sum of r terms has Stein displacement rank at most 2 r, and at most r where A is nilpotent."""
    A = np.array(
        [[x if i > j or not nilpotent else ring.zero for j, x in enumerate(row)] for i, row in enumerate(A)]
    )
    d = Stein(dense(A), dense(B))
    M = krylov_form(G, H, d.left, d.right, ring)
    return rank(M, d) <= (2 if nilpotent else 4)


def _blocks(of: Domain) -> Domain:
    """k x l block matrices, k, l <= 3, of blocks of a domain."""

    def make(n: int, values: list[Any], chosen: tuple[int, ...], ring: Ring) -> Any:
        each, (rows, columns) = of.numbers(n), (chosen[0] + 1, chosen[1] + 1)
        parts = [of.make(n, values[b * each : (b + 1) * each], (), ring) for b in range(rows * columns)]
        return [parts[i * columns : (i + 1) * columns] for i in range(rows)]

    return Domain(f"block matrices of {of.text}", make, lambda n: 9 * of.numbers(n), lambda n: (3, 3))


@conjecture(blocks=_blocks(toeplitz()), aliases="T9")
def toeplitz_blocks(blocks: list[list[Array]]) -> bool:
    """A k x l block matrix of Toeplitz blocks has displacement rank at most k + l."""
    return rank(np.block(blocks)) <= len(blocks) + len(blocks[0])


@conjecture(blocks=_blocks(square()), aliases="T10")
def blocks_of_rank(blocks: list[list[Array]], ring: Ring) -> bool:
    """A k x l block matrix of square blocks of rk <= r has rk at most r k l + (k - 1) + (l - [l odd])."""
    k, columns = len(blocks), len(blocks[0])
    r = max(int(rank(X)) for row in blocks for X in row)
    return rank(np.block(blocks)) <= r * k * columns + k - 1 + columns - columns % 2


@conjecture(
    kind=KINDS, A=triangular(upper=False), B=triangular(upper=True), X=square(), k=indices(1),
    aliases="T11", smallest=2,
)  # fmt: skip
def schur_complement(kind: Kind, A: Array, B: Array, X: Array, k: int) -> bool:
    """For A lower and B upper triangular a Schur complement has at most the displacement rank of X."""
    inner = inverse(X[:k, :k])
    S = X[k:, k:] - product(X[k:, :k], inner, X[:k, k:])
    return rank(S, kind(dense(A[k:, k:]), dense(B[k:, k:]))) <= rank(X, kind(dense(A), dense(B)))


@conjecture(A=square(), B=square(), X=nonsingular(), aliases="T12")
def stein_inverse(A: Array, B: Array, X: Array) -> bool:
    """rank(X - A X B) = rank(X^-1 - B X^-1 A)."""
    return rank(X, Stein(dense(A), dense(B))) == rank(inverse(X), Stein(dense(B), dense(A)))


def _column_is_universal(d: Displacement, v: Array, i: int, ring: Ring) -> bool:
    from ldrtheory.bounds.approximation.universality import embed_column

    M = embed_column(v, i, d, ring=ring).matrix
    unit = identity(ring, len(v))[:, [i]]
    return bool(rank(M, d) <= 1) and bool((product(M, unit)[:, 0] == v).all())


@conjecture(
    kind=KINDS,
    A=square(),
    B=square(),
    v=vectors(),
    i=indices(),
    fields=("Q", "GF(2)", "GF(3)"),
    aliases="T13",
)
def every_column(kind: Kind, A: Array, B: Array, v: Array, i: int, n: int, ring: Ring) -> bool:
    """For a bijective operator every vector is column i of a matrix of displacement rank at most 1."""
    d = kind(dense(A), dense(B))
    assume(is_bijective(d, (n, n)))
    return _column_is_universal(d, v, i, ring)


@conjecture(
    kind=KINDS, A=square(), B=square(), v=vectors(), fields=("Q", "GF(2)", "GF(3)"), aliases=("C1", "T14")
)
def some_column(kind: Kind, A: Array, B: Array, v: Array, n: int, ring: Ring) -> bool:
    """For any operators some column can be every vector, in a matrix of displacement rank at most 1."""
    from ldrtheory.bounds.approximation.universality import universal_columns

    d = kind(dense(A), dense(B))
    found = [i for i, rule in enumerate(universal_columns(d, (n, n), ring)) if rule is not None]
    return bool(found) and _column_is_universal(d, v, found[0], ring)


@conjecture(g=lower_toeplitz(), h=lower_toeplitz(), aliases="T17")
def triangular_toeplitz_product(g: Array, h: Array) -> bool:
    """L(g) L(h)^T has Stein displacement rank at most 1 for (Z_0, Z_0^T)."""
    return rank(product(g, h.T), Stein(shift(f=0), shift(f=0).T)) <= 1


@conjecture(u=vectors(), v=vectors(), aliases="T18")
def pseudo_inverse_of_rank_one(u: Array, v: Array, ring: Ring) -> bool:
    """rk'(X^+) = rk(X) for X of rank 1."""
    X = np.multiply.outer(u, v)
    assume(rank_of(X, ring) == 1)
    P = pseudo_inverse(X, ring)
    product(X, P, X), product(P, X, P)
    return rank(P, SWAPPED) == rank(X)


@conjecture(T=toeplitz(), e=scalars(), f=scalars(), aliases="T19")
def inverse_of_toeplitz(T: Array, e: Any, f: Any) -> bool:
    """The inverse of a Toeplitz matrix has displacement rank at most 2, for any corners."""
    return rank(inverse(T), Sylvester(shift(f=e), shift(f=f))) <= 2


@conjecture(
    s=vectors(lambda n: n - 1),
    t=vectors(lambda n: n - 1),
    c=scalars(),
    d=scalars(),
    M=square(),
    aliases="T20",
)
def learned_subdiagonals(s: Array, t: Array, c: Any, d: Any, M: Array, ring: Ring, n: int) -> bool:
    """For subdiagonal operators without zeros below the diagonal the rank is that of D^-1 M E for shifts."""
    assume(not any(ring.is_zero(x) for x in [*s, *t]))
    D, E = ([np.prod(v[:k], initial=ring.one) for k in range(n)] for v in (s, t))
    a, b = c * D[-1], d * E[-1]
    assume(a != b)
    scaled = matmul(ring, diagonal_matrix([ring.inverse(x) for x in D], ring), M, diagonal_matrix(E, ring))
    learned = Sylvester(subdiagonal([*s, c], n), subdiagonal([*t, d], n))
    return rank(M, learned) == rank(scaled, Sylvester(shift(f=a), shift(f=b)))


@conjecture(A=square(), B=square(), M=square(), p=choices(3, 5, 7), aliases="T16", lifts=False)
def rank_falls_modulo_primes(A: Array, B: Array, M: Array, p: int, ring: Ring) -> bool:
    """The displacement rank of an integer matrix modulo a prime is at most that over Q."""
    from ldrtheory.hunting.conjectures.operators import integral, modular_rank

    assume(integral(A, B, M))
    return bool(modular_rank(A, B, M, p) <= rank(M, Sylvester(dense(A), dense(B))))
