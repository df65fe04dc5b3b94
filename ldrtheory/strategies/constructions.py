"""What kaleidoscopes are built from, and matrices that keep lengths.

permutations        lists p with out[p[i]] = in[i]
circuits            linear circuits
sparse_products     sparse matrices of which each multiplies the next
orthogonal_matrices rational matrices with Q^T Q = I: reflections, Cayley transforms, signed permutations
unitary_matrices    Gaussian rational matrices with Q^H Q = I
"""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from itertools import pairwise
from typing import Any

import numpy as np
from hypothesis import strategies as st

from ldrtheory.elimination import inverse
from ldrtheory.linalg import Array, adjoint, identity, zeros
from ldrtheory.rings import GAUSSIAN, QQ, Ring
from ldrtheory.strategies.elements import elements, made, matrices, vectors
from ldrtheory.synthesis.circuit import Circuit


def permutations(n: int) -> st.SearchStrategy[list[int]]:
    """Return a strategy for permutations of 0, ..., n-1 as lists, shrinking to the identity."""
    return st.permutations(range(n))


@st.composite
def circuits(
    draw: Callable[..., Any], ring: Ring = QQ, max_inputs: int = 4, max_gates: int = 8, max_outputs: int = 4
) -> Circuit:
    """Return a strategy for linear circuits: repeated outputs, inputs as outputs and unused gates all occur.

    >>> from hypothesis import find
    >>> find(circuits(), lambda circuit: len(circuit.gates) == 1).matrix().tolist()
    [[1]]
    """
    n = draw(st.integers(1, max_inputs))
    coefficient = elements(ring)
    gates = []
    for k in range(draw(st.integers(0, max_gates))):
        i, j = draw(st.integers(0, n + k - 1)), draw(st.integers(0, n + k - 1))
        gates.append((draw(coefficient), i, draw(coefficient), j))
    outputs = draw(st.lists(st.integers(0, n + len(gates) - 1), min_size=1, max_size=max_outputs))
    return Circuit(n, gates, outputs, ring)


@st.composite
def sparse_products(
    draw: Callable[..., Any], ring: Ring = QQ, max_size: int = 5, max_factors: int = 3
) -> list[Array]:
    """Return a strategy for lists of matrices that chain, leftmost applied last, with a few nonzero entries each."""
    sizes = draw(st.lists(st.integers(1, max_size), min_size=2, max_size=max_factors + 1))
    factors = []
    for m, n in pairwise(sizes):
        M = zeros(ring, m, n)
        places = st.tuples(st.integers(0, m - 1), st.integers(0, n - 1))
        for place, x in draw(st.dictionaries(places, elements(ring), max_size=m + n)).items():
            M[place] = x
        factors.append(M)
    return factors


def _cayley(K: Array, ring: Ring) -> Array:
    """(I - S)(I + S)^-1 for S = K - K^H: I + S is invertible, its Hermitian part being I."""
    S, one = K - adjoint(K, ring), identity(ring, len(K))
    return (one - S) @ inverse(one + S, ring)


def _reflection(u: Array, ring: Ring) -> Array:
    """I - 2 u u^H / (u^H u), and I for u = 0."""
    bar = np.array([ring.conjugate(x) for x in u], dtype=object)
    length = sum((x * y for x, y in zip(bar, u)), ring.zero)
    if ring.is_zero(length):
        return identity(ring, len(u))
    return identity(ring, len(u)) - np.multiply.outer(u, bar) * (ring(2) * ring.inverse(length))


def _phased(order: list[int], phases: list[Any], ring: Ring) -> Array:
    M = zeros(ring, len(order), len(order))
    for j, (i, x) in enumerate(zip(order, phases)):
        M[i, j] = x
    return M


def _length_preserving(n: int, ring: Ring, units: list[Any]) -> st.SearchStrategy[Array]:
    phases = st.lists(st.sampled_from(units), min_size=n, max_size=n)
    phased = made(st.tuples(permutations(n), phases), lambda drawn: _phased(drawn[0], drawn[1], ring))
    mirrors = made(
        st.lists(vectors(n, ring), min_size=1, max_size=3),
        lambda us: reduce(np.matmul, [_reflection(u, ring) for u in us]),
    )
    return phased | mirrors | made(matrices((n, n), ring), lambda K: _cayley(K, ring))


def orthogonal_matrices(n: int) -> st.SearchStrategy[Array]:
    """Return a strategy for rational n x n matrices with Q^T Q = I, exactly.

    Signed permutations, products of reflections, and Cayley transforms (I - S)(I + S)^-1 of skew matrices S.

    >>> from hypothesis import find
    >>> find(orthogonal_matrices(2), lambda Q: Q[0, 0] not in (-1, 0, 1)).shape
    (2, 2)
    """
    return _length_preserving(n, QQ, [QQ(1), QQ(-1)])


def unitary_matrices(n: int) -> st.SearchStrategy[Array]:
    """Return a strategy for n x n matrices over Q(i) with Q^H Q = I, exactly, in the same three forms."""
    i = GAUSSIAN.root_of_unity(4)
    return _length_preserving(n, GAUSSIAN, [GAUSSIAN.one, -GAUSSIAN.one, i, -i])
