"""Conjectures about the displacement rank rk(X) = rank(Z_1 X - X Z_-1); rk' is that of the pair the other way round."""

from __future__ import annotations

from typing import Final

from ldrtheory.elimination import inverse as inverse_of
from ldrtheory.elimination import rank as rank_of
from ldrtheory.hunting.conjecture import conjecture
from ldrtheory.hunting.domains import (
    indices,
    nonsingular,
    singular,
    square,
    toeplitz,
    unimodular,
)
from ldrtheory.hunting.predicates import assume, inverse, product, rank
from ldrtheory.linalg import Array, matmul, zeros
from ldrtheory.operators.banded import shift
from ldrtheory.operators.displacement import Sylvester
from ldrtheory.rings import Ring

SWAPPED: Final = Sylvester(shift(f=-1), shift(f=1))


def is_toeplitz(X: Array) -> bool:
    """Return whether X is constant along its diagonals."""
    return bool((X[1:, 1:] == X[:-1, :-1]).all())


def pseudo_inverse(X: Array, ring: Ring) -> Array:
    """Return the Moore-Penrose inverse over Q: W (W^T W)^-1 (U^T U)^-1 U^T for X = U W^T of full column ranks."""
    from ldrtheory.operators.generator import factorised

    if rank_of(X, ring) == 0:
        return zeros(ring, X.shape[1], X.shape[0])
    U, W = factorised(X, ring)
    return matmul(ring, W, inverse_of(W.T @ W, ring), inverse_of(U.T @ U, ring), U.T)


@conjecture(T1=toeplitz(), T2=toeplitz(), aliases="F1")
def product_of_toeplitz(T1: Array, T2: Array) -> bool:
    """The product of two Toeplitz matrices has displacement rank at most 2."""
    return rank(product(T1, T2)) <= 2


@conjecture(X=square(), S=unimodular(), aliases="F2")
def similarity_keeps_rank(X: Array, S: Array) -> bool:
    """Similar matrices have the same displacement rank."""
    return rank(product(S, X, inverse(S))) == rank(X)


@conjecture(X=square(), Y=square(), aliases="F3")
def ranks_add(X: Array, Y: Array) -> bool:
    """The displacement rank of a sum is the sum of the displacement ranks."""
    return rank(X + Y) == rank(X) + rank(Y)


@conjecture(X=square(), Y=square(), aliases="F3b")
def rank_one_is_linear(X: Array, Y: Array) -> bool:
    """The matrices of displacement rank at most 1 are a linear space."""
    assume(rank(X) <= 1)
    assume(rank(Y) <= 1)
    return rank(X + Y) <= 1


@conjecture(X=square(), aliases="F4")
def order_of_operators(X: Array) -> bool:
    """The displacement rank does not depend on which of the two shifts stands on the left."""
    return rank(X, SWAPPED) == rank(X)


@conjecture(X=square(), aliases="F5")
def transpose_keeps_rank(X: Array) -> bool:
    """A matrix and its transpose have the same displacement rank, for the same operators."""
    return rank(X.T) == rank(X)


@conjecture(X=nonsingular(), aliases="F6")
def inverse_keeps_rank(X: Array) -> bool:
    """A matrix and its inverse have the same displacement rank, for the same operators."""
    return rank(inverse(X)) == rank(X)


@conjecture(X=singular(), aliases="F7")
def pseudo_inverse_swaps(X: Array, ring: Ring) -> bool:
    """The Moore-Penrose inverse of X has for the swapped pair the displacement rank of X, as the inverse has."""
    P = pseudo_inverse(X, ring)
    product(X, P, X), product(P, X, P)
    return rank(P, SWAPPED) == rank(X)


@conjecture(X=square(), Y=square(), aliases="F11")
def product_adds_ranks(X: Array, Y: Array) -> bool:
    """The displacement rank of a product is at most the sum of the displacement ranks."""
    return rank(product(X, Y)) <= rank(X) + rank(Y)


@conjecture(X=square(), aliases="F12")
def square_of_rank_one(X: Array) -> bool:
    """The square of a matrix of displacement rank 1 has displacement rank at most 2."""
    assume(rank(X) == 1)
    return rank(product(X, X)) <= 2


@conjecture(X=square(), k=indices(1), aliases="F13", smallest=2)
def leading_block(X: Array, k: int) -> bool:
    """A leading block has at most the displacement rank of the matrix."""
    return rank(X[:k, :k]) <= rank(X)


@conjecture(X=square(), aliases="F14")
def rank_two_is_toeplitz(X: Array) -> bool:
    """A matrix of displacement rank at most 2 is a Toeplitz matrix."""
    assume(rank(X) <= 2)
    return is_toeplitz(X)


@conjecture(T=toeplitz(), aliases="F14b")
def inverse_is_toeplitz(T: Array) -> bool:
    """The inverse of a nonsingular Toeplitz matrix is a Toeplitz matrix."""
    return is_toeplitz(inverse(T))


@conjecture(T=toeplitz(), aliases="F15")
def triangular_factors(T: Array, ring: Ring, n: int) -> bool:
    """The triangular factors of a Toeplitz matrix have displacement rank at most 2."""
    L, U = zeros(ring, n, n), T.copy()
    for k in range(n):
        L[k, k] = ring.one
        assume(k == n - 1 or not ring.is_zero(U[k, k]))
        for i in range(k + 1, n):
            L[i, k] = U[i, k] * ring.inverse(U[k, k])
            U[i] = U[i] - L[i, k] * U[k]
    product(L, U)
    return bool(rank(L) <= 2) and bool(rank(U) <= 2)
