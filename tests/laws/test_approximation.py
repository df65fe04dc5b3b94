"""Universality as laws: every column for bijective operators, some column for all of them, over every field."""

from __future__ import annotations

import itertools
import random

import numpy as np
import pytest

from ldrtheory.bounds.approximation.columns import ColumnMap, Embedded
from ldrtheory.bounds.approximation.exhaustion import NoSuchMatrix, exhaust
from ldrtheory.bounds.approximation.universality import (
    column_map,
    embed_row,
    universal_columns,
)
from ldrtheory.certify.instances import Instance, instances
from ldrtheory.elimination import rank
from ldrtheory.errors import NotInvertible, Undecided
from ldrtheory.linalg import array
from ldrtheory.operators import Stein, Sylvester, dense, is_invertible, recover
from ldrtheory.rings import GF, QQ, Ring
from tests.laws.residuals import residual

kinds = pytest.mark.parametrize("kind", [Sylvester, Stein])


def _holds(x: Embedded) -> None:
    assert (residual(x.matrix, x.value.displacement, x.value.ring) == np.outer(x.g, x.h)).all()
    line = x.matrix[:, x.index] if x.side == "column" else x.matrix[x.index]
    assert (line == x.vector).all()


def _map_holds(found: ColumnMap, s: Instance) -> None:
    x = found.at([s.element() for _ in range(found.shape[0])])
    _holds(x)
    assert (x.h == found.h).all()
    if found.rule == "invertible":  # then M is what its generators determine, by another algorithm
        assert (recover(x.value.G, x.value.H, found.displacement, found.ring) == x.matrix).all()


@pytest.mark.parametrize("seed", range(3))
def test_columns_and_rows_of_random_pairs_over_every_field(seed: int) -> None:
    seen = set()
    for s in instances(5, seed, repeat=3):
        m, n = s.size(), s.n
        d = s.pair(m, n)
        for i in range(n):
            try:
                found = column_map(i, d, (m, n), s.ring)
            except (NotInvertible, Undecided):
                assert not is_invertible(d, (m, n), s.ring)
                continue
            seen.add(found.rule)
            _map_holds(found, s)
        if is_invertible(d, (m, n), s.ring):
            x = embed_row([s.element() for _ in range(n)], s.draw.randrange(m), d, m, s.ring)
            assert x.side == "row"
            _holds(x)
    assert seen == {"invertible", "missed", "coprime"}


@kinds
def test_every_pair_of_two_by_two_matrices_over_gf2_by_brute_force(kind: type) -> None:
    """A column has a rule only if every v is reached by one of the 16 matrices M; bijective: every column does."""
    F = GF(2)
    tables = [array(F, [[a, b], [c, d]]) for a, b, c, d in itertools.product(range(2), repeat=4)]
    unexplained = 0
    for A, B in itertools.product(tables, repeat=2):
        d = kind(dense(A), dense(B))
        residuals = [A @ M - M @ B if kind is Sylvester else M - A @ M @ B for M in tables]
        low = [M for M, L in zip(tables, residuals) if L[0, 0] * L[1, 1] == L[0, 1] * L[1, 0]]
        rules = universal_columns(d, 2, F)
        assert any(rules)
        for i, rule in enumerate(rules):
            universal = len({(int(M[0, i]), int(M[1, i])) for M in low}) == 4
            assert universal or rule is None
            unexplained += universal and rule is None
        if is_invertible(d, 2, F):
            assert rules == ["invertible", "invertible"]
    assert unexplained > 0  # the rules are sufficient, not necessary


@kinds
@pytest.mark.parametrize("p", [2, 3])
def test_exhaustion_agrees_with_brute_force(kind: type, p: int) -> None:
    F, draw = GF(p), random.Random(p)
    tables = [array(F, np.reshape(t, (2, 2))) for t in itertools.product(range(p), repeat=4)]
    answers = set()
    for _ in range(40):
        A, B = draw.choice(tables), draw.choice(tables)
        d, i, v = kind(dense(A), dense(B)), draw.randrange(2), array(F, [draw.randrange(p) for _ in range(2)])
        fits = [M for M in tables if (M[:, i] == v).all()]
        residuals = [A @ M - M @ B if kind is Sylvester else M - A @ M @ B for M in fits]
        exists = any(rank(L, F) <= 1 for L in residuals)
        found = exhaust(v, i, d, ring=F)
        assert isinstance(found, Embedded) == exists
        answers.add(exists)
        if isinstance(found, Embedded):
            _holds(found)
        else:
            assert len(found.refutations) == p + 1  # the lines through 0 of the plane
            for _, N, y in found.refutations:
                assert [int(x) for x in y @ N] == [0] * (N.shape[1] - 1) + [1]
    assert answers == {True, False} or p == 3


@pytest.mark.accept
@kinds
def test_every_pair_of_two_by_two_matrices_over_gf3(kind: type) -> None:
    F = GF(3)
    tables = [array(F, np.reshape(t, (2, 2))) for t in itertools.product(range(3), repeat=4)]
    for A, B in itertools.product(tables, repeat=2):
        d = kind(dense(A), dense(B))
        rules = universal_columns(d, 2, F)
        assert any(rules)
        for i, rule in enumerate(rules):
            if rule is not None:
                _map_holds(column_map(i, d, 2, F), Instance(2, F, random.Random(0)))


@kinds
def test_a_column_that_the_rules_miss_is_decided_by_exhaustion(kind: type) -> None:
    F = GF(2)
    nilpotent = dense([[0, 1], [0, 0]])
    d = (
        Sylvester(nilpotent, nilpotent)
        if kind is Sylvester
        else Stein(dense([[1, 1], [0, 1]]), dense([[1, 1], [0, 1]]))
    )
    assert universal_columns(d, 2, F)[0] is None
    assert isinstance(exhaust([0, 1], 0, d, ring=F), NoSuchMatrix)


def test_the_map_is_linear_in_the_vector() -> None:
    for s in instances(4, 9, fields=(QQ, GF(7)), repeat=2):
        ring: Ring = s.ring
        d = s.pair(s.n, s.n)
        i = next(k for k, rule in enumerate(universal_columns(d, s.n, ring)) if rule)
        found = column_map(i, d, s.n, ring)
        v, w = ([s.element() for _ in range(s.n)] for _ in range(2))
        c = s.element()
        both = [c * x + y for x, y in zip(v, w)]
        assert (found.at(both).matrix == found.at(v).matrix * c + found.at(w).matrix).all()
