"""Membership in B, B* and BB*: hand-made matrices, and every answer against brute force over small fields."""

from __future__ import annotations

import itertools
import json
import math
import random
from fractions import Fraction

import numpy as np
import pytest

from ldrtheory import FLOAT64, GAUSSIAN, GF, QQ, ButterflyFactor, Cyclotomic, KaleidoscopeProduct
from ldrtheory.errors import BadInput, ShapeMismatch, UnknownName
from ldrtheory.judge import check
from ldrtheory.kaleidoscopes import bit_pattern
from ldrtheory.linalg import array, equal, identity
from ldrtheory.synthesis.interleaved import with_invariant
from ldrtheory.synthesis.membership import Membership, bb_star_membership_4, butterfly_membership
from ldrtheory.synthesis.quadratic import cyclotomic_order, square_root, squarefree_part


def written(tmp_path, found):
    """The paths of certificates of the given answers."""
    paths = []
    for k, one in enumerate(found):
        path = tmp_path / f"{k}.json"
        path.write_text(json.dumps({"format": "ldrtheory-certificate/1", "statements": [one.statement]}))
        paths.append(path)
    return paths


def member(draw, kind, size, ring):
    """A random member with many zeros."""
    factors = [
        ButterflyFactor(bit, *([ring(draw.choice([0, 0, 1, 2, -1])) for _ in range(size)] for _ in range(2)))
        for bit in bit_pattern(kind, 1, size)
    ]
    return KaleidoscopeProduct(size, size, size, 1, ring, kind, tuple(factors)).entries()


def holds(found, M, ring, kind):
    """An answer that is yes shows factors of the right kind, width 1, no expansion, with the right product."""
    K = found.product
    assert (found.answer, K.kind, K.width, K.size) == (True, kind, 1, len(M))
    assert equal(K.entries(), array(ring, M))
    assert found.evidence == {"kaleidoscope": K.data()}
    return True


# B and B*


@pytest.mark.parametrize("ring", [QQ, GF(5), GAUSSIAN], ids=str)
@pytest.mark.parametrize("size", [2, 4, 8, 16])
def test_random_members_are_members(ring, size):
    draw = random.Random(size)
    for kind in ("B", "B*"):
        M = member(draw, kind, size, ring)
        assert holds(butterfly_membership(M, kind, ring), M, ring, kind)
        assert holds(butterfly_membership(M, "BB*", ring), M, ring, "BB*")


def test_refusals_show_a_minor_that_has_to_vanish():
    draw = random.Random(8)
    for size in (4, 8):
        for _ in range(20):
            M = np.array([[draw.randint(-1, 1) for _ in range(size)] for _ in range(size)])
            for kind in ("B", "B*"):
                found = butterfly_membership(M, kind)
                if found.answer:
                    assert holds(found, M, QQ, kind)
                    continue
                (r1, r2), (c1, c2) = found.evidence["rows"], found.evidence["columns"]
                assert M[r1, c1] * M[r2, c2] != M[r1, c2] * M[r2, c1]
                one, other = ((r1, r2), (c1, c2)) if kind == "B" else ((c1, c2), (r1, r2))
                wires = [
                    t
                    for t in range(1, size.bit_length() - 1)
                    if one[0] % 2**t == one[1] % 2**t and other[0] >> t == other[1] >> t
                ]
                assert wires


def test_all_zero_one_matrices_of_size_2():
    for bits in itertools.product([0, 1], repeat=4):
        for kind in ("B", "B*", "BB*"):
            assert butterfly_membership(np.array(bits).reshape(2, 2), kind).answer is True


def test_larger_sizes_of_bb_star_are_undecided_unless_a_form_is_known():
    M = np.random.default_rng(1).integers(-5, 6, (8, 8))
    found = butterfly_membership(M, "BB*")
    assert (found.answer, found.statement, found.product) == (None, None, None)
    assert "n = 8" in found.why
    p = np.random.default_rng(2).permutation(8)
    P = np.eye(8, dtype=int)[p]
    assert holds(butterfly_membership(P, "BB*"), P, QQ, "BB*")


# BB* at n = 4


def factor_codes(bit):
    """All 2^8 factors of size 4 over GF(2) as rows of bit masks: (256, 4) arrays of 4-bit integers."""
    codes = np.arange(256)
    d, o = [(codes >> i) & 1 for i in range(4)], [(codes >> (4 + i)) & 1 for i in range(4)]
    return np.stack([d[i] << i | o[i] << (i ^ (1 << bit)) for i in range(4)], axis=1)


def times(A, B):
    """The products of 4 x 4 matrices over GF(2) given as rows of bit masks, with broadcasting."""
    out = np.zeros(np.broadcast_shapes(A.shape, B.shape), dtype=np.int64)
    for j in range(4):
        out ^= ((A >> j) & 1) * B[..., j : j + 1]
    return out


def packed(A):
    return A[..., 0] | A[..., 1] << 4 | A[..., 2] << 8 | A[..., 3] << 12


def test_the_criterion_is_brute_force_over_gf2():
    """All 2^24 products of a factor of bit 1, one of bit 0 and one of bit 1: the members of BB* over GF(2)."""
    middle, outer = factor_codes(0), factor_codes(1)
    codes = np.unique(packed(times(middle[:, None], outer[None])))
    right = np.stack([codes >> (4 * k) & 15 for k in range(4)], axis=1)
    members = np.zeros(1 << 16, dtype=bool)
    for left in outer:
        members[packed(times(left[None], right))] = True
    F = GF(2)
    units = [K for K in itertools.product([0, 1], repeat=4) if K[0] * K[3] != K[1] * K[2]]
    checked = [0, 0]
    for blocks in itertools.product(units, repeat=4):
        M = np.zeros((4, 4), dtype=int)
        for (i, j), K in zip(itertools.product(range(2), repeat=2), blocks):
            M[i::2, j::2] = np.array(K).reshape(2, 2)
        code = int(packed(np.array([sum(int(x) << j for j, x in enumerate(row)) for row in M])))
        answer = bb_star_membership_4(M, F).answer
        assert answer == bool(members[code])
        checked[answer] += 1
    assert min(checked) > 100


@pytest.mark.parametrize(("p", "count"), [(3, 60), (5, 25)])
def test_the_criterion_is_brute_force_over_small_fields(p, count):
    """K_ij = D_i Lam_ij E_j with Lam_ij diagonal: tried for all invertible D_0, D_1, E_0, E_1, as U = D^-1, V = E^-1.

    U K V is diagonal for a pair: a boolean matrix for each (i, j); D_0, E_0, D_1, E_1 fit together along a cycle.
    """
    every = np.array(list(itertools.product(range(p), repeat=4))).reshape(-1, 2, 2)
    every = every[(every[:, 0, 0] * every[:, 1, 1] - every[:, 0, 1] * every[:, 1, 0]) % p != 0]
    draw = random.Random(p)
    answers = []
    for _ in range(count):
        K = {at: every[draw.randrange(len(every))] for at in itertools.product(range(2), repeat=2)}
        fits = {}
        for at, block in K.items():
            UK = every @ block % p
            upper = UK[:, 0, :] @ every[:, :, 1].T % p
            lower = UK[:, 1, :] @ every[:, :, 0].T % p
            fits[at] = ((upper == 0) & (lower == 0)).astype(np.float32)
        along = (fits[0, 0] @ fits[1, 0].T > 0).astype(np.float32)  # D_0 - E_0 - D_1
        back = (fits[1, 1] @ fits[0, 1].T > 0).astype(np.float32)  # D_1 - E_1 - D_0
        expected = bool((along * back.T).any())
        M = np.zeros((4, 4), dtype=int)
        for (i, j), block in K.items():
            M[i::2, j::2] = block
        found = bb_star_membership_4(M, GF(p))
        assert found.answer is expected
        if expected:
            assert holds(found, M, GF(p), "BB*")
        answers.append(expected)
    assert any(answers)
    assert not all(answers)


def test_random_members_with_invertible_blocks_are_found():
    draw = random.Random(4)
    for ring in (QQ, GF(7), GAUSSIAN, Cyclotomic(5)):
        decided = 0
        for _ in range(12):
            factors = [
                ButterflyFactor(bit, *([ring(draw.randint(-3, 3)) for _ in range(4)] for _ in range(2)))
                for bit in (1, 0, 0, 1)
            ]
            M = KaleidoscopeProduct(4, 4, 4, 1, ring, "BB*", tuple(factors)).entries()
            found = bb_star_membership_4(M, ring)
            assert found.answer is not False
            decided += found.answer is True
            assert found.answer is None or holds(found, M, ring, "BB*")
        assert decided


def test_an_integer_matrix_of_determinant_1_in_bb_star_over_no_field_of_odd_or_zero_characteristic():
    """X = [[2, 1], [0, 2]] stays a Jordan block wherever 2 is invertible; det M = det(X - I) = 1."""
    M = with_invariant([[2, 1], [0, 2]])
    assert round(np.linalg.det(M.astype(int).astype(float))) == 1
    for ring in (QQ, GAUSSIAN, Cyclotomic(5), GF(3), GF(5), GF(7), GF(101), GF(2**61 - 1)):
        found = bb_star_membership_4(M, ring)
        assert (found.answer, found.extension, found.evidence) == (False, None, {})
    assert bb_star_membership_4(M, GF(2)).answer is None


def test_a_matrix_in_bb_star_over_the_gaussian_numbers_only():
    M = with_invariant([[0, -1], [1, 0]])
    found = bb_star_membership_4(M)
    assert (found.answer, found.extension, found.evidence) == (
        False,
        "Q(sqrt(-1)), in Q(zeta_4)",
        {"prime": 3},
    )
    assert "not in BB* over the real numbers" in found.why
    assert holds(bb_star_membership_4(M, GAUSSIAN), M, GAUSSIAN, "BB*")
    assert bb_star_membership_4(M, GF(5)).answer is True  # -1 = 2^2
    assert bb_star_membership_4(M, GF(7)).extension == "GF(7^2)"


@pytest.mark.parametrize(
    ("X", "extension", "order"),
    [
        ([[0, -1], [1, 1]], "Q(sqrt(-3)), in Q(zeta_3)", 3),  # over C, not over R
        ([[0, 2], [1, 0]], "Q(sqrt(2)), in Q(zeta_8)", 8),  # over R, not over Q
        ([[0, 1], [1, 1]], "Q(sqrt(5)), in Q(zeta_5)", 5),  # the golden ratio
        ([[0, "3/4"], [1, 0]], "Q(sqrt(3)), in Q(zeta_12)", 12),
        ([[0, -2], [1, 0]], "Q(sqrt(-2)), in Q(zeta_8)", 8),
    ],
)
def test_the_extension_named_holds_the_factors(X, extension, order):
    M = with_invariant(X)
    found = bb_star_membership_4(M)
    assert (found.answer, found.extension) == (False, extension)
    assert ("real numbers" in found.why) == ("-" in extension)
    bigger = bb_star_membership_4(M, Cyclotomic(order))
    assert holds(bigger, M, Cyclotomic(order), "BB*")
    p = found.evidence["prime"]  # Euler's criterion, on integers
    disc = (Fraction(X[0][0]) - Fraction(X[1][1])) ** 2 + 4 * Fraction(X[0][1]) * Fraction(X[1][0])
    residue = disc.numerator * pow(disc.denominator, -1, p) % p
    assert pow(residue, (p - 1) // 2, p) == p - 1


def test_members_that_converge_to_a_non_member():
    """X_k = [[2, 1], [0, 2 + 1/k]] has two eigenvalues, their limit is a Jordan block: BB* is not closed."""
    for k in (1, 2, 10, 1000, 10**30):
        M = with_invariant([[2, 1], [0, Fraction(2 * k + 1, k)]])
        assert holds(bb_star_membership_4(M), M, QQ, "BB*")
    limit = with_invariant([[2, 1], [0, 2]])
    assert bb_star_membership_4(limit).answer is False


def test_a_nonsquare_over_a_cyclotomic_field_shows_a_prime_and_a_root():
    field = GAUSSIAN
    M = with_invariant(array(field, [[0, "i"], [1, 0]]), field)  # disc = 4 i, and i is no square in Q(i)
    found = bb_star_membership_4(M, field)
    assert (found.answer, found.extension) == (False, "Q(zeta_4)(sqrt(4*i))")
    p, z = found.evidence["prime"], found.evidence["root"]
    assert z * z % p == p - 1
    assert pow(4 * z, (p - 1) // 2, p) == p - 1
    assert bb_star_membership_4(
        with_invariant(array(Cyclotomic(8), [["0", "i"], [1, 0]])), Cyclotomic(8)
    ).answer


def test_singular_blocks_leave_the_question_open():
    M = np.array([[1, 2, 3, 4], [0, 1, 1, 5], [2, 1, 6, 1], [1, 1, 2, 1]])
    M[0::2, 0::2] = [[1, 2], [2, 4]]
    found = bb_star_membership_4(M)
    assert (found.answer, found.statement) == (None, None)
    assert "singular" in found.why


# the checker


def test_the_checker_accepts_the_answers_and_not_their_opposites(tmp_path):
    draw = random.Random(3)
    B = member(draw, "B", 8, QQ)
    no = np.random.default_rng(3).integers(-4, 5, (8, 8))
    found = [
        butterfly_membership(B, "B"),
        butterfly_membership(B.T, "B*"),
        butterfly_membership(no, "B"),
        butterfly_membership(no, "B*"),
        butterfly_membership(np.eye(4, dtype=int)[[2, 0, 3, 1]], "BB*"),
        bb_star_membership_4(with_invariant([[2, 1], [0, 2]])),
        bb_star_membership_4(with_invariant([[0, -1], [1, 0]])),
        bb_star_membership_4(with_invariant([[0, -1], [1, 0]]), GAUSSIAN),
        bb_star_membership_4(with_invariant([[0, 3], [1, 0]]), GF(7)),
        bb_star_membership_4(with_invariant(array(GAUSSIAN, [[0, "i"], [1, 0]])), GAUSSIAN),
        bb_star_membership_4(with_invariant([[1, 1], [1, 0]]), GF(2)),
    ]
    assert [v.verdict for v in check(written(tmp_path, found)).results] == ["accepted"] * len(found)
    lies = []
    for one in found:
        claim = dict(one.statement["claim"])
        claim["relation"] = "not in" if one.answer else "in"
        lies.append(Membership(one.kind, not one.answer, "", statement={**one.statement, "claim": claim}))
    assert "accepted" not in [v.verdict for v in check(written(tmp_path, lies)).results]


# square roots, and what is refused


def test_square_roots_by_hand():
    zeta = Cyclotomic(8).zeta
    root2 = zeta + zeta**7
    assert root2 * root2 == 2
    assert square_root(Cyclotomic(8)(2), Cyclotomic(8)) in (root2, -root2)
    assert square_root(Cyclotomic(8)(3), Cyclotomic(8)) is None
    assert square_root(Cyclotomic(5)(5), Cyclotomic(5)) ** 2 == 5
    draw = random.Random(1)
    for order in (3, 4, 5, 7, 8, 12, 15):
        field = Cyclotomic(order)
        r = field([draw.randint(-4, 4) for _ in range(field.degree)])
        assert square_root(r * r, field) in (r, -r)
        assert square_root(field(0), field) == 0
    for p in (2, 3, 5, 7, 11, 13):
        squares = {x * x % p for x in range(p)}
        for x in range(p):
            root = square_root(GF(p)(x), GF(p))
            assert (root is not None) == (x in squares)
            assert root is None or root * root == x
    with pytest.raises(BadInput, match="wanted Q, Q"):
        square_root(2.0, FLOAT64)


def test_squarefree_parts_and_conductors():
    for x in range(-60, 61):
        if x:
            s = squarefree_part(QQ(x))
            assert all(s % (q * q) for q in range(2, 8))
            assert x % s == 0
            assert math.isqrt(x // s) ** 2 == x // s
    assert squarefree_part(QQ(3) * QQ(10) ** 200) is None
    with pytest.raises(BadInput, match="other than 0"):
        squarefree_part(QQ(0))
    for s, order in ((-1, 4), (2, 8), (-2, 8), (3, 12), (-3, 3), (5, 5), (-5, 20), (6, 24), (-7, 7)):
        assert cyclotomic_order(s) == order
        assert square_root(Cyclotomic(order)(s), Cyclotomic(order)) is not None
        smaller = [d for d in range(1, order) if order % d == 0]
        assert all(square_root(Cyclotomic(d)(s), Cyclotomic(d)) is None for d in smaller)


@pytest.mark.parametrize(
    ("build", "error", "message"),
    [
        (lambda: butterfly_membership([[1, 2], [3, 4]], "BB"), UnknownName, "class 'BB'"),
        (lambda: butterfly_membership([[1, 2, 3]]), ShapeMismatch, r"shape \(1, 3\)"),
        (lambda: butterfly_membership(identity(QQ, 3)), BadInput, "size 3"),
        (lambda: butterfly_membership([[1]]), BadInput, "size 1"),
        (lambda: bb_star_membership_4(identity(QQ, 8)), ShapeMismatch, "wanted 4 x 4"),
    ],
)
def test_what_is_refused(build, error, message):
    with pytest.raises(error, match=message):
        build()
