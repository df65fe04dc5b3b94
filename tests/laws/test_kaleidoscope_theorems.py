"""Theorems about kaleidoscopes: every gap has its two files, no claim holds with its opposite, brute force agrees."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from ldrtheory.certify.equality import negation
from ldrtheory.certify.kaleidoscopes import (
    circuit_is,
    circuit_is_not,
    corner_is,
    corner_is_not,
    in_class,
    is_product,
    shape,
    subject,
    value,
)
from ldrtheory.claims import Certificate, Level, decode_number, encode_number
from ldrtheory.errors import BadInput, NotInRing
from ldrtheory.judge import check
from ldrtheory.kaleidoscopes import ButterflyFactor, KaleidoscopeProduct
from ldrtheory.linalg import array
from ldrtheory.rings import FLOAT64, GAUSSIAN, GF, QQ, ring_named
from ldrtheory.synthesis import (
    Circuit,
    compile_circuit,
    is_modular_balanced,
    permutation,
    read_entries,
    sparse,
)
from ldrtheory.synthesis.membership import bb_star_membership_4, butterfly_membership
from ldrtheory.theorems import discover, load, read_theorem, run_theorem

Json = dict[str, Any]

# the published form that fails, and the corrected form
GAPS = {
    "depth 0": ("false_kaleidoscope_depth_zero", "kaleidoscope_circuits"),
    "no entries": ("false_kaleidoscope_no_entries", "kaleidoscope_sparse"),
    "powers of two": ("false_kaleidoscope_integer_expansion", "kaleidoscope_permutations"),
    "strictness": ("false_kaleidoscope_strict_inclusion", "kaleidoscope_two_coordinates"),
    "the field": ("false_kaleidoscope_real_convolution", "kaleidoscope_circulant"),
    "real parts": ("false_kaleidoscope_cosine_real_part", "kaleidoscope_cosine"),
    "closed forms": ("false_kaleidoscope_sine_formula", "kaleidoscope_cosine"),
    "the middle permutation": ("false_kaleidoscope_middle_permutation", "kaleidoscope_sparse_unexpanded"),
    "the parameter count": ("false_kaleidoscope_parameter_count", "kaleidoscope_butterfly_criterion"),
    "products with expansion": ("false_kaleidoscope_concatenation", "kaleidoscope_products"),
    "limits": ("false_kaleidoscope_closed", "kaleidoscope_four_criterion"),
    "inverses with expansion": ("false_kaleidoscope_corner_inverse", "kaleidoscope_inverse"),
}
OURS = sorted(id for id in discover() if "kaleidoscope" in id)


def accepted(tmp_path: Path, *statements: Json) -> list[bool]:
    """The checker's verdict on each statement, each in a certificate of its own."""
    files = []
    for k, s in enumerate(statements):
        files.append(tmp_path / f"{k}.cert.json")
        files[-1].write_text(Certificate((s,)).json(), encoding="utf-8")
    return [verdict.accepted for verdict in check(files).results]


@pytest.mark.parametrize("gap", GAPS)
def test_every_gap_has_the_form_that_fails_and_the_form_that_holds(gap: str) -> None:
    published, corrected = map(load, GAPS[gap])
    assert " n = " in published.statement or " one input" in published.statement
    assert "found here" in published.source or "corrected here" in published.source
    assert corrected.id not in ("", published.id)


def opposite(s: Json) -> Json | None:
    """The statement that contradicts s; for a membership the same with the relation turned round."""
    claim = s["claim"]
    if claim["kind"] != "butterfly-membership":
        return negation(claim)
    turned = "not in" if claim["relation"] == "in" else "in"
    return {"claim": {**claim, "relation": turned}, "evidence": s["evidence"]}


@pytest.mark.parametrize("id", OURS)
def test_no_claim_of_a_theorem_stands_beside_its_opposite(tmp_path: Path, id: str) -> None:
    theorem = load(id)
    made = list(theorem.claims(min(theorem.largest, 5), 1))
    chosen = made[:: max(1, len(made) // 8)][:8]
    turned = [s for s in map(opposite, chosen) if s is not None]
    assert turned
    verdicts = accepted(tmp_path, *chosen, *turned)
    assert all(verdicts[: len(chosen)])
    assert not any(verdicts[len(chosen) :])


@pytest.mark.parametrize("id", OURS)
def test_one_changed_entry_of_a_source_is_refused(tmp_path: Path, id: str) -> None:
    """A claim with a matrix given by value does not survive 1 added to its last entry."""
    changed = []
    for s in load(id).claims(4, 2):
        claim, key = (
            s["claim"],
            {"matrices-equal": "right", "product-equals": "matrix"}.get(s["claim"]["kind"]),
        )
        if key and "entries" in claim[key]:
            ring = ring_named(claim["field"])
            rows = [list(row) for row in claim[key]["entries"]]
            rows[-1][-1] = encode_number(decode_number(rows[-1][-1], ring) + ring.one)
            changed.append({**s, "claim": {**claim, key: {"entries": rows}}})
    if changed:
        assert not any(accepted(tmp_path, *changed[:: max(1, len(changed) // 4)]))


def test_statements_are_accepted_exactly_when_true(tmp_path: Path) -> None:
    # [[0, 2, 0], [0, 3, 1/2]] times [[1], [2], [4]] is [[4], [8]]; the circuit has rows x0 + 2 x1 and x0
    M, right, wrong = [[0, 2, 0], [0, 3, "1/2"]], [[4], [8]], [[4], [7]]
    K, v = sparse(M), [[1], [2], [4]]
    circuit = Circuit(2, [(1, 0, 2, 1)], [2, 0])
    swap = permutation([1, 0])
    true = [
        corner_is(K, M),
        corner_is(K, read_entries(M)),
        corner_is_not(K, [[0, 2, 0], [0, 3, 1]]),
        circuit_is(circuit, [[1, 2], [1, 0]]),
        circuit_is(circuit, compile_circuit(circuit)),
        circuit_is_not(circuit, [[1, 2], [0, 1]]),
        is_product(right, [K, v]),
        is_product([[1, 0], [0, 1]], [swap, [1, 0]]),
        in_class(swap),
        in_class(swap, [1, 0]),
        corner_is(swap, [1, 0]),
    ]
    false = [
        corner_is(K, [[0, 2, 0], [0, 3, 1]]),
        corner_is_not(K, M),
        corner_is(K, [[0, 2], [0, 3]]),
        circuit_is(circuit, [[1, 2], [0, 1]]),
        circuit_is_not(circuit, [[1, 2], [1, 0]]),
        is_product(wrong, [K, v]),
        is_product([[1, 0], [0, 1]], [swap, [0, 1]]),
        in_class(swap, [0, 1]),
        in_class(sparse([[0, 1], [1, 0]])),  # width 2
        in_class(permutation([1, 0, 2])),  # a corner
        corner_is(swap, [0, 1]),
    ]
    assert accepted(tmp_path, *true) == [True] * len(true)
    assert accepted(tmp_path, *false) == [False] * len(false)
    for s in (*true[:8], false[0], false[1], false[5]):
        other = negation(s["claim"])
        assert other is not None
        assert accepted(tmp_path, other) != accepted(tmp_path, s)


FALSE = '''
"""A false statement."""
from ldrtheory.certify.kaleidoscopes import circuit_is, corner_is, in_class, is_product
from ldrtheory.kaleidoscopes import KaleidoscopeProduct
from ldrtheory.rings import QQ
from ldrtheory.synthesis import Circuit, permutation
statement = "False."
hypotheses = "None."
source = "Made up."
def claims(max_n, seed):
    for n in range(1, max_n + 1):
        p = [*range(1, n), 0]
        K = permutation(p)
        yield {claim}
'''


@pytest.mark.parametrize(
    ("claim", "n"),
    [
        ("corner_is(K, [p.index(i) for i in range(n)])", 3),  # a cycle is not its inverse
        ("circuit_is(Circuit(n, [], p, QQ), list(range(n)))", 2),
        ("is_product(list(range(n)), [K, K])", 3),
    ],
)
def test_a_false_statement_about_kaleidoscopes_is_refuted_at_its_smallest_instance(
    tmp_path: Path, claim: str, n: int
) -> None:
    file = tmp_path / "false.py"
    file.write_text(FALSE.format(claim=claim), encoding="utf-8")
    report = run_theorem(read_theorem(file), 4)
    assert (report.status, report.level) == (f"refuted at n = {n}", Level.REFUTED)
    assert report.refuted_by is not None
    assert accepted(tmp_path, report.refuted_by) == [True]


def test_a_refused_membership_is_undecided_never_refuted(tmp_path: Path) -> None:
    file = tmp_path / "sloppy.py"
    file.write_text(FALSE.format(claim="in_class(permutation([0, 1]), [1, 0])"), encoding="utf-8")
    report = run_theorem(read_theorem(file), 1)
    assert report.level is Level.OBSERVED
    assert report.status.startswith("undecided")


def test_subjects_denote_what_numpy_computes() -> None:
    given = [[1, 2], [3, 4]]
    eye = {"permutation": [0, 1]}
    cases: list[tuple[Json, list[list[int]]]] = [
        (subject(given, QQ), given),
        (subject([2, 0, 1], QQ), np.eye(3, dtype=int)[[1, 2, 0]].tolist()),  # out[p[i]] = in[i]
        (subject(read_entries([[0, 5, 0]]), QQ), [[0, 5, 0]]),
        (subject(sparse([[0, 5, 0]]), QQ), [[0, 5, 0]]),
        (subject(Circuit(2, [(3, 0, 4, 0), (1, 2, 1, 1)], [3, 3]), QQ), [[7, 1], [7, 1]]),
        ({"product": [subject(given, QQ), subject([[5], [6]], QQ)]}, [[17], [39]]),
        ({"product": [eye, eye]}, [[1, 0], [0, 1]]),
    ]
    for s, rows in cases:
        assert value(s, QQ).tolist() == rows
        assert shape(s) == (len(rows), len(rows[0]))
    assert shape({"file": "M.npy", "sha256": "0", "shape": [2, 3]}) == (2, 3)


def test_what_has_no_certificate_is_refused() -> None:
    factor = ButterflyFactor(0, [1.0, 1.0], [0.0, 0.0])
    K = KaleidoscopeProduct(2, 2, 2, 1, FLOAT64, "B", (factor,))
    with pytest.raises(BadInput, match="Q, Q\\(zeta_N\\)"):
        corner_is(K, [[1, 0], [0, 1]])
    with pytest.raises(NotInRing, match="convert the factors"):
        circuit_is(Circuit(1, [], [0], QQ), [[1]], FLOAT64)
    with pytest.raises(BadInput, match="given by value"):
        value({"file": "M.npy", "sha256": "0", "shape": [2, 3]}, QQ)


def test_the_4_x_4_criterion_agrees_with_brute_force_over_gf2() -> None:
    """All 1296 matrices whose four interleaved blocks are invertible, against all products of nonsingular factors."""
    blocks = [np.array(x).reshape(2, 2) for x in itertools.product((0, 1), repeat=4)]
    units = [x for x in blocks if (x[0, 0] * x[1, 1] - x[0, 1] * x[1, 0]) % 2]
    members = set()
    for D0, D1, E0, E1 in itertools.product(units, repeat=4):
        members.add(tuple((D @ E % 2).tobytes() for D in (D0, D1) for E in (E0, E1)))
    assert len(members) == 216  # 1296 choices of the outer factors, 6 to each: a common D -> D g, E -> g^-1 E
    for K in itertools.product(units, repeat=4):
        M = np.zeros((4, 4), dtype=int)
        for k, (i, j) in enumerate(itertools.product((0, 1), repeat=2)):
            M[i::2, j::2] = K[k]
        found = bb_star_membership_4(array(GF(2), M), GF(2))
        assert found.answer is (tuple(x.tobytes() for x in K) in members)


def test_the_balanced_permutations_are_the_settings_of_the_switches() -> None:
    """16 of the 24 permutations of 4 points: two switches on each bit, all free; and the counts are 2^(n L / 2)."""
    for n, L in ((2, 1), (4, 2), (8, 3)):
        reached = {tuple(range(n))}
        for b in range(L):
            pairs, steps = [i for i in range(n) if not i >> b & 1], []
            for crossed in itertools.product((0, 1), repeat=len(pairs)):
                swapped = {i for i, c in zip(pairs, crossed) if c}
                steps.append([i ^ (1 << b) if i & ~(1 << b) in swapped else i for i in range(n)])
            reached = {tuple(step[x] for x in p) for p in reached for step in steps}
        assert len(reached) == 2 ** (n * L // 2)
        if n <= 4:
            assert reached == {p for p in itertools.permutations(range(n)) if is_modular_balanced(p)}
        else:
            assert all(is_modular_balanced(p) for p in itertools.islice(reached, 200))


def test_a_negacyclic_matrix_is_a_member_over_the_gaussian_numbers_only(tmp_path: Path) -> None:
    # x^4 + 1 splits into x^2 - i and x^2 + i: the product with 1 + x modulo x^4 + 1 is a member over Q(i), not over Q
    M = [[1, 0, 0, -1], [1, 1, 0, 0], [0, 1, 1, 0], [0, 0, 1, 1]]
    no, yes = bb_star_membership_4(array(QQ, M), QQ), bb_star_membership_4(array(GAUSSIAN, M), GAUSSIAN)
    assert (no.answer, yes.answer) == (False, True)
    assert accepted(tmp_path, no.statement, yes.statement) == [True, True]
    assert butterfly_membership(array(QQ, M), "B", QQ).answer is False
