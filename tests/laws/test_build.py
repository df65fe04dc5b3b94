"""Laws of what is built: the corner is the source, the checker agrees, and no published bound is exceeded.

The expected matrices are computed here, by lists and fractions; the checker decides many statements in one process.
"""

from __future__ import annotations

import itertools
import random
from fractions import Fraction

import numpy as np
import pytest
import scipy.sparse

from ldrtheory import GF, QQ, build
from ldrtheory.building import read_source
from ldrtheory.building.certificates import statement_of
from ldrtheory.claims import Certificate
from ldrtheory.judge import check
from ldrtheory.synthesis import Circuit
from tests.laws.sizes import power_of_two


def permutation_matrix(p):
    M = [[0] * len(p) for _ in p]
    for i, k in enumerate(p):
        M[k][i] = 1
    return M


def times(A, B):
    return [[sum(a * b for a, b in zip(row, column)) for column in zip(*B)] for row in A]


def circuit_matrix(data):
    n = data["inputs"]
    rows = [[Fraction(i == j) for j in range(n)] for i in range(n)]
    for a, i, b, j in data["gates"]:
        rows.append([Fraction(a) * x + Fraction(b) * y for x, y in zip(rows[i], rows[j])])
    return [rows[k] for k in data["outputs"]]


def fractions(M):
    return [[Fraction(int(x.p), int(x.q)) for x in row] for row in M]


class Batch:
    """Sources built one by one, their statements decided by the checker together."""

    def __init__(self, folder):
        self.path, self.statements = folder / "many.cert.json", []

    def add(self, source, matrix, **options):
        """Build a source, compare the corner with a matrix computed otherwise, and return the construction."""
        read = read_source(source, **options)
        made = read.construct()
        product, bound = made.product, made.bound
        if matrix is not None:
            assert fractions(product.entries()) == [[Fraction(x) for x in row] for row in matrix]
        stored = sum(2 * factor.size for factor in product.factors)
        log2 = bound.size.bit_length() - 1
        assert bound.size == 1 << log2
        assert stored == product.parameters <= bound.parameters == 4 * bound.width * bound.size * log2
        self.statements.append(statement_of(read, product))
        return product

    def accepted(self):
        for at in range(0, len(self.statements), 400):
            self.path.write_text(Certificate(tuple(self.statements[at : at + 400])).json())
            verdict = check(self.path).results[0]
            assert verdict.accepted, verdict.reason
        return bool(self.statements)


@pytest.fixture
def batch(tmp_path):
    return Batch(tmp_path)


def permutations(batch, cases):
    for p in cases:
        n = len(p)
        K = batch.add(p, permutation_matrix(p) if n <= 64 else None)
        assert (K.width, K.size) == (1, power_of_two(max(2, n)))
        assert all(x in (0, 1) for f in K.factors for v in (f.diagonal, f.offdiagonal) for x in v)


def test_all_small_permutations_and_some_larger_ones(batch):
    permutations(batch, [list(p) for n in (1, 2, 3, 4) for p in itertools.permutations(range(n))])
    rng = random.Random(1)
    permutations(batch, [rng.sample(range(n), n) for n in (5, 7, 8, 12, 16, 31, 64)])
    assert batch.accepted()


@pytest.mark.accept
def test_random_permutations_to_4096(batch):
    rng = random.Random(2)
    permutations(batch, [rng.sample(range(n), n) for n in (128, 1000, 1024, 2048, 4096)])
    p = batch.add(rng.sample(range(1024), 1024), None)
    x = np.arange(1024)
    assert p.multiply(x).tolist() == np.argsort(read_last(batch)).tolist()
    assert batch.accepted()


def read_last(batch):
    return batch.statements[-1]["claim"]["right"]["permutation"]


def small_zero_one(counts):
    for k in counts:
        for places in itertools.combinations(range(16), k):
            yield [[int(4 * i + j in places) for j in range(4)] for i in range(4)]


def sparse(batch, cases):
    for M in cases:
        m, n = len(M), len(M[0])
        rows = [sum(x != 0 for x in row) for row in M]
        columns = [sum(x != 0 for x in column) for column in zip(*M)]
        K = batch.add(M, M)
        slots = sum(rows) + max(rows.count(0), columns.count(0))
        assert K.width <= 2
        N = power_of_two(max(2, slots, m, n))
        assert K.width * K.size * (K.size.bit_length() - 1) <= 2 * N * (N.bit_length() - 1)


def test_small_zero_one_matrices(batch):
    cases = list(small_zero_one(range(6)))
    assert len(cases) == 6885
    sparse(batch, [*cases[:17], *random.Random(3).sample(cases, 150)])
    assert batch.accepted()


@pytest.mark.accept
def test_all_small_zero_one_matrices(batch):
    sparse(batch, small_zero_one(range(6)))
    assert batch.accepted()


def random_sparse(rng, n, s):
    M = [[0] * n for _ in range(n)]
    for at in rng.sample(range(n * n), s):
        M[at // n][at % n] = Fraction(rng.choice([-3, -2, -1, 1, 2, 5]), rng.choice([1, 1, 2, 7]))
    return M


def test_random_sparse_matrices_over_the_rationals(batch):
    rng = random.Random(4)
    sparse(batch, [random_sparse(rng, 4, s) for s in range(17)])
    sparse(batch, [random_sparse(rng, 8, s) for s in range(65)])
    assert batch.accepted()


@pytest.mark.accept
def test_random_sparse_matrices_of_every_number_of_entries(batch):
    rng = random.Random(5)
    for n in (16, 32):
        for s in range(n * n + 1):
            sparse(batch, [random_sparse(rng, n, s)])
            if s % 100 == 99 or s == n * n:
                assert batch.accepted()
                batch.statements.clear()


@pytest.mark.accept
def test_a_sparse_matrix_of_size_1024():
    rng = np.random.default_rng(6)
    at = rng.choice(1024 * 1024, 4096, replace=False)
    S = scipy.sparse.coo_matrix((rng.integers(1, 9, 4096), (at // 1024, at % 1024)), shape=(1024, 1024))
    answer = build(S)
    assert (answer.width, answer.size) == (2, 8192)
    assert answer.checked


@pytest.mark.parametrize("field", [QQ, GF(7)], ids=str)
def test_ranks(batch, field):
    rng = random.Random(7)
    for n, r in itertools.product((4, 8, 16), (1, 2, 3, 4)):
        U = [[rng.choice([-2, -1, 1, 3]) for _ in range(r)] for _ in range(n)]
        V = [[rng.choice([-1, 1, 2]) for _ in range(n)] for _ in range(r)]
        M = times(U, V)
        K = batch.add(M, M if field is QQ else None, field=field)
        assert K.width == 1
        assert K.size <= power_of_two(r) * n
        if field is not QQ:
            assert [[int(x) for x in row] for row in K.entries()] == [[x % 7 for x in row] for row in M]
    assert batch.accepted()


def test_shapes_that_are_no_powers_of_two_and_edges(batch):
    rng = random.Random(8)
    for m, n in [(1, 1), (1, 5), (5, 1), (2, 3), (3, 2), (3, 3), (6, 7), (9, 4), (1, 2), (12, 12)]:
        sparse(batch, [[[0] * n for _ in range(m)]])  # no nonzero at all
        sparse(
            batch, [[[rng.choice([0, 0, 1, -2, 5]) for _ in range(n)] for _ in range(m)] for _ in range(3)]
        )
        sparse(batch, [[[Fraction(1, 1 + i + j) for j in range(n)] for i in range(m)]])
    assert batch.accepted()


def random_circuit(rng, inputs, gates, outputs, window=None):
    made = []
    for k in range(gates):
        total = inputs + k
        lowest = 0 if window is None else max(0, total - window)
        made.append(
            [
                rng.choice([0, 1, 1, -1, 2, "1/3"]), rng.randrange(lowest, total),
                rng.choice([0, 1, -1, 3, "-5/2"]), rng.randrange(lowest, total),
            ]
        )  # fmt: skip
    return {
        "inputs": inputs,
        "gates": made,
        "outputs": [rng.randrange(inputs + gates) for _ in range(outputs)],
    }


def depth(data):
    depths = [0] * data["inputs"]
    for _, i, _, j in data["gates"]:
        depths.append(1 + max(depths[i], depths[j]))
    return max(depths)


def circuits(batch, cases):
    for data in cases:
        K = batch.add(data, circuit_matrix(data))
        s = data["inputs"] + len(data["gates"])
        assert K.width <= 2 * max(1, depth(data))
        if len(set(data["outputs"])) == len(data["outputs"]):
            assert K.size <= max(2, 2 * power_of_two(s))


def test_circuits(batch):
    rng = random.Random(9)
    edges = [
        {"inputs": 1, "gates": [], "outputs": [0]},
        {"inputs": 3, "gates": [], "outputs": [2, 2, 0, 1, 2]},  # a selection: depth 0
        {"inputs": 1, "gates": [], "outputs": [0] * 9},
        {"inputs": 4, "gates": [[1, 3, 2, 3]], "outputs": [4, 3, 4]},  # both operands are one gate
        {"inputs": 2, "gates": [[0, 0, 0, 1]], "outputs": [2]},
        {"inputs": 2, "gates": [[1, 0, 1, 1], [1, 2, 1, 2], [5, 0, 5, 0]], "outputs": [0, 1]},  # none in use
    ]
    circuits(batch, edges)
    circuits(batch, [random_circuit(rng, *rng.choices(range(1, 9), k=3)) for _ in range(60)])
    circuits(batch, [random_circuit(rng, 5, 60, 7), random_circuit(rng, 16, 120, 16)])
    assert batch.accepted()


@pytest.mark.accept
def test_circuits_of_2000_gates(batch):
    rng = random.Random(10)
    circuits(batch, [random_circuit(rng, 32, 2000, 40), random_circuit(rng, 200, 1000, 200)])
    circuits(batch, [random_circuit(rng, 8, 300, 8, window=6)])  # deep
    assert batch.accepted()


def random_factor(rng, m, n, dense=3):
    return [[rng.choice([0] * dense + [1, -1, "1/2", 3]) for _ in range(n)] for _ in range(m)]


def products(batch, cases):
    for factors in cases:
        expected = [[Fraction(x) for x in row] for row in factors[0]]
        for factor in factors[1:]:
            expected = times(expected, [[Fraction(x) for x in row] for row in factor])
        batch.add({"product": factors}, expected)


def test_sparse_products(batch):
    rng = random.Random(11)
    for _ in range(25):
        a, b, c, d = (rng.randint(1, 9) for _ in range(4))
        products(batch, [[random_factor(rng, a, b), random_factor(rng, b, c), random_factor(rng, c, d)]])
    products(batch, [[random_factor(rng, 8, 8)]])
    assert batch.accepted()


def test_one_full_factor_among_many_sparse_ones_is_split(batch):
    rng = random.Random(12)
    identity = permutation_matrix(range(16))
    full = [[rng.choice([1, 2, 5]) for _ in range(16)] for _ in range(16)]
    answer = build({"product": [identity] * 60 + [full]})
    assert answer.form == "product of sums"
    assert answer.parameters <= answer.bound.parameters
    assert answer.checked
    assert answer.product.entries().tolist() == full


def test_named_transforms(batch):
    for name in (
        "DFT(4)",
        "InverseDFT(4)",
        "DCT(4)",
        "DST(4)",
        "Hadamard(8)",
        "Haar(8)",
        "Toeplitz(3)",
        "ACDC(2)",
    ):
        batch.add(name, None)
    for n in (1, 2, 3):
        batch.add(f"DFT({n})", None)
    by_field = {}
    for statement in batch.statements:
        by_field.setdefault(statement["claim"]["field"], []).append(statement)
    for group in by_field.values():
        batch.statements = group
        assert batch.accepted()


@pytest.mark.accept
def test_the_gallery_for_powers_of_two_and_every_size_to_12(batch):
    from ldrtheory.synthesis.gallery import NAMES

    names = [f"{name}({n})" for name in NAMES for n in (2, 4, 8, 16, 32)]
    names += [f"{name}({n})" for name in ("DFT", "Circulant", "Toeplitz") for n in range(1, 13)]
    for name in names:
        batch.statements.clear()
        batch.add(name, None)
        assert batch.accepted()


def test_a_statement_about_another_source_is_refused(batch):
    K = read_source([1, 0, 2]).construct().product
    for other in (
        [0, 1, 2],
        [[0, 1, 0], [1, 0, 0], [0, 0, 2]],
        Circuit(3, [], [1, 0, 0]),
        {"product": [[[1] * 3] * 3]},
    ):
        batch.path.write_text(Certificate((statement_of(read_source(other), K),)).json())
        assert not check(batch.path).accepted
