"""Conjectures with general operators."""

from __future__ import annotations

from typing import Any

import numpy as np

from ldrtheory.hunting.conjecture import conjecture
from ldrtheory.hunting.domains import (
    choices,
    indices,
    scalars,
    square,
    tridiagonal,
    vectors,
)
from ldrtheory.hunting.predicates import assume, is_bijective, matrix_rank, product, rank
from ldrtheory.linalg import Array, array, zeros
from ldrtheory.operators.banded import shift
from ldrtheory.operators.composed import dense
from ldrtheory.operators.displacement import Stein, Sylvester, displacement_rank
from ldrtheory.operators.krylov import krylov
from ldrtheory.rings import GF, Ring

SHIFTS = [shift(f=0), shift(f=0).T]


@conjecture(A=square(), B=square(), X=square(), aliases="F4b")
def order_of_general_operators(A: Array, B: Array, X: Array) -> bool:
    """rank(A X - X B) does not change when A and B are exchanged."""
    return rank(X, Sylvester(dense(A), dense(B))) == rank(X, Sylvester(dense(B), dense(A)))


@conjecture(A=square(), B=square(), X=square(), aliases="F8")
def sylvester_is_stein(A: Array, B: Array, X: Array) -> bool:
    """The Sylvester and the Stein displacement rank of a matrix for the same operators are equal."""
    return rank(X, Sylvester(dense(A), dense(B))) == rank(X, Stein(dense(A), dense(B)))


@conjecture(A=square(), B=square(), M=square(), aliases="F9")
def rank_zero_is_zero(A: Array, B: Array, M: Array) -> bool:
    """A matrix of displacement rank 0 is zero."""
    assume(rank(M, Sylvester(dense(A), dense(B))) == 0)
    return matrix_rank(M) == 0


@conjecture(A=square(), B=square(), C=square(), M=square(), N=square(), aliases="F10")
def stein_product(A: Array, B: Array, C: Array, M: Array, N: Array) -> bool:
    """Stein displacement ranks add in products with a common inner operator."""
    both = rank(M, Stein(dense(A), dense(B))) + rank(N, Stein(dense(B), dense(C)))
    return rank(product(M, N), Stein(dense(A), dense(C))) <= both


@conjecture(A=choices(*SHIFTS), B=choices(*SHIFTS), C=choices(*SHIFTS), aliases="F10b")
def stein_product_of_shifts(A: Any, B: Any, C: Any, n: int, ring: Ring) -> bool:
    """Stein displacement ranks for Z_0 and its transpose add in products, already for the identity."""
    one = np.array(zeros(ring, n, n))
    one[np.diag_indices(n)] = ring.one
    return rank(one, Stein(A, C)) <= rank(one, Stein(A, B)) + rank(one, Stein(B, C))


@conjecture(A=square(), B=square(), g=vectors(), h=vectors(), aliases="F16")
def krylov_sums(A: Array, B: Array, g: Array, h: Array, ring: Ring) -> bool:
    """K(A, g) K(B^T, h)^T has Stein displacement rank at most 1."""
    M = product(krylov(A, g, ring=ring), krylov(B.T, h, ring=ring).T)
    return rank(M, Stein(dense(A), dense(B))) <= 1


def integral(*arrays: Array) -> bool:
    """Return whether all entries are integers."""
    return all(x.q == 1 for X in arrays for x in X.flat)


def modular_rank(A: Array, B: Array, M: Array, p: int) -> int:
    """Return the displacement rank modulo p of a matrix of integers."""
    reduced = [array(GF(p), [[int(x.p) for x in row] for row in X]) for X in (A, B, M)]
    return displacement_rank(reduced[2], Sylvester(dense(reduced[0]), dense(reduced[1])), GF(p))


@conjecture(A=square(), B=square(), M=square(), p=choices(2, 3, 5), aliases="F31", lifts=False)
def rank_modulo_a_prime(A: Array, B: Array, M: Array, p: int) -> bool:
    """The displacement rank of a matrix of integers is the same modulo every prime."""
    assume(integral(A, B, M))
    return modular_rank(A, B, M, p) == rank(M, Sylvester(dense(A), dense(B)))


@conjecture(T=tridiagonal(irreducible=True), c=scalars(nonzero=True), j=indices(), aliases="F33")
def perturbed_anywhere(T: Array, c: Any, j: int, ring: Ring, n: int) -> bool:
    """A tridiagonal matrix without zeros beside its diagonal shares no eigenvalue with it plus c e_j e_j^T."""
    return _apart(T, c, j, ring, n)


@conjecture(T=tridiagonal(irreducible=True), c=scalars(nonzero=True), j=choices(0, -1), aliases=("C2", "T15"))
def perturbed_at_an_end(T: Array, c: Any, j: int, ring: Ring, n: int) -> bool:
    """A tridiagonal matrix without zeros beside its diagonal shares no eigenvalue with it plus c e_0 e_0^T."""
    return _apart(T, c, j % n, ring, n)


def _apart(T: Array, c: Any, j: int, ring: Ring, n: int) -> bool:
    P = T.copy()
    P[j, j] = P[j, j] + c
    return is_bijective(Sylvester(dense(P), dense(T)), (n, n))
