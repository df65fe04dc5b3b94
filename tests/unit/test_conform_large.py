"""What a kernel is allowed at large sizes: formulas by hand, majorants by numpy, and what is said of each size."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest
import scipy.linalg

from ldrtheory import FCirculant, Householder, Pick, parse_family
from ldrtheory.conform import Adapter, run
from ldrtheory.conform.arithmetic import arithmetic
from ldrtheory.conform.bench import Bench
from ldrtheory.conform.laws.large import drawn, roundings
from ldrtheory.conform.reflections import reflected
from ldrtheory.conform.stages import OWN, Convolved, Scaled, Signal, reach, spread, stages_of
from ldrtheory.conform.tolerance import denoted
from tests.kernels.correct import cauchy, circulant_fft, dense, diagonal_circulant, reflections
from tests.kernels.large import f_circulant_dense, f_circulant_scaled, powers

U = 2.0**-53
DOUBLE = arithmetic("float64")
# A bound may exceed its formula: by OWN = 2^-36 of a size, which enters at most 8 times, by terms of second order,
# smaller by the errors, below 2^-38 here, and by fewer than 2^6 roundings of 2^-53 each.
CLOSE = 2.0**-32


def signal(z, n=None):
    z = np.asarray(z, dtype=float)
    return Signal(z, float(np.linalg.norm(z)), 0.0, n or len(z), DOUBLE)


def said(family, kernel, dtype="float64", algorithm=None, sizes=None, **options):
    adapter = Adapter(family, kernel, dtype, algorithm, sizes, **options)
    answer = run(adapter, laws=("large",))
    return answer.conforms, answer.laws[0].words


class TestStages:
    def test_a_convolution_of_unit_vectors(self):
        """c = 3 e_0, z = 4 e_1, n = 4: max|C| = 3 and max|Z| = 4, times 1.1; e = 7 u (2 + 4)."""
        after = spread(Convolved(np.array([3.0, 0, 0, 0]), 4, 1), signal([0, 4, 0, 0]))
        e, top, seen = 42 * U, 3.3, 4.4
        wanted = e * top * 4 + e * 3 * seen + 3 * U * top * 4 + e * top * 4
        assert (
            abs(after.z - np.array([0, 12, 0, 0])) <= OWN * 12
        ).all()  # what stages.py says of its own floats
        assert after.error == pytest.approx(wanted, rel=CLOSE)
        assert after.size == pytest.approx(12, rel=CLOSE)

    def test_an_error_before_a_convolution_is_carried_by_its_norm(self):
        before = Signal(np.zeros(4), 0.0, 1.0, 4, DOUBLE)
        after = spread(Convolved(np.array([3.0, 0, 0, 0]), 4, 1), before)
        assert after.error == pytest.approx(3.3, rel=CLOSE)

    def test_a_diagonal_takes_its_largest_entry_for_the_error_and_its_own_for_the_vector(self):
        before = Signal(np.array([1.0, 0]), 1.0, 1e-3, 2, DOUBLE)
        after = spread(Scaled(np.array([2.0, 100.0]), 5), before)
        assert after.error == pytest.approx(100 * 1e-3, rel=CLOSE)
        assert 2 <= after.size <= 2 + 101 * OWN  # OWN of the largest entry 100, and roundings
        assert spread(Scaled(np.array([2.0, 100.0]), 5), signal([1, 0])).error == pytest.approx(
            8 * U * 2, rel=CLOSE
        )

    def test_the_condition_of_the_scaling_enters(self):
        """f = 4, n = 2: d = (1, 2), c * d = (3, 8), max d * sqrt(2) ||c * d|| * max 1/d, or padded sqrt(3) ||t||."""
        padded, scaled = stages_of(FCirculant(2, 4), {"c": np.array([3.0, 4.0])})
        assert reach(scaled, 2, DOUBLE)[0] == pytest.approx(2 * math.sqrt(2) * math.hypot(3, 8), rel=CLOSE)
        assert reach(padded, 2, DOUBLE)[0] == pytest.approx(
            math.sqrt(3) * math.sqrt(16**2 + 3**2 + 4**2), rel=CLOSE
        )

    def test_in_a_product_norms_are_multiplied_and_transforms_added(self):
        family, p = parse_family("DiagonalCirculant(2, 2)"), {
            "d": np.array([[0.0, 1.0], [-5.0, 0.0]]),
            "c": np.array([[3.0, 4.0], [1.0, 0.0]]),
        }  # fmt: skip
        R, g = reach(stages_of(family, p)[0], 2, DOUBLE)
        assert pytest.approx(1 * math.sqrt(2) * 5 * 5 * math.sqrt(2) * 1, rel=CLOSE) == R
        assert g == pytest.approx((2 * 3 * 7 * (1 + 4) + 2 * 3) * U, rel=CLOSE)

    def test_periodic_diagonals_are_circulants(self):
        (way,) = stages_of(parse_family("Circulant(3)"), {"c": np.array([1.0, 2.0, 2.0])})
        assert reach(way, 3, DOUBLE)[0] == pytest.approx(math.sqrt(3) * 3, rel=CLOSE)

    @pytest.mark.parametrize("f", [2, -3, 0.125, 1000])
    def test_the_bound_is_never_below_the_error_in_single_precision(self, f):
        """Random and adversarial (impulses, ones, alternating) c and x; M x in doubles errs 2^-29 as much."""
        single, family = arithmetic("float32"), FCirculant(64, str(f))
        rng, n = np.random.default_rng(5), 64
        special = [np.eye(n)[0], np.eye(n)[n - 1], np.ones(n), (-1.0) ** np.arange(n), rng.standard_normal(n)]
        for c in special:
            M = scipy.linalg.toeplitz(c, np.r_[c[:1], f * c[:0:-1]])
            for x in special:
                c32, x32 = c.astype("float32"), x.astype("float32")
                M = f_circulant_dense(f, {"c": c32.astype(float)}, np.eye(n)).T
                norm = float(np.linalg.norm(x32.astype(float)))  # 66 roundings
                start = Signal(x32.astype(float), norm * (1 + 2.0**-46), 0.0, n, single)
                allowed = max(spread(w, start).error for w in stages_of(family, {"c": c32.astype(float)}))
                got = f_circulant_scaled(f, powers, {"c": c32}, x32).astype(float)
                error = np.linalg.norm(got - M @ x32.astype(float))
                assert error <= allowed + 2.0**-24 * (np.linalg.norm(got) + allowed)


class TestSmallSizes:
    def test_an_error_between_two_factors_is_allowed_where_their_product_is_zero(self):
        """D_1 C_1 D_2 C_2 = 0, but what C_1 rounds in one entry is not multiplied by zero."""
        d = np.array([[0.0, 1, 1], [1, 0, 0]])
        c = np.array([[1.0, 0, 0], [1, 0, 0]])
        M = denoted(parse_family("DiagonalCirculant(3, 2)"), {"d": d, "c": c}, DOUBLE, "transform")
        # 16 products or fewer may each lose 2^-1022 / u below the normal range
        assert M.bound.max() <= 2.0**-965
        assert M.allowance(np.array([0.1, 0.2, 0.3])).min() > U * 0.3  # one rounding of the largest entry

    def test_scaling_by_a_large_f_is_allowed_its_condition(self):
        """c = e_0, M = I: the transform errs by u ||D x||, and D^-1 takes that back to entry 0."""
        given = {"c": np.eye(8)[0]}
        near, far = (denoted(FCirculant(8, f), given, DOUBLE, "transform") for f in (-1, 10**6))
        x = np.ones(8)
        error = np.abs(f_circulant_scaled(10**6, powers, given, x) - x).max()
        assert near.allowance(x).max() < error <= far.allowance(x).max()

    def test_an_f_beyond_all_floats_has_no_stages(self):
        """The allowance is infinite, and no size counts."""
        assert stages_of(FCirculant(4, 10**400), {"c": np.ones(4)}) == []
        assert said(FCirculant(100, 10**400), circulant_fft, sizes=[100])[0] is None


class TestDirect:
    def subject(self, family, **options):
        bench = Bench(Adapter(family, dense, algorithm="direct", sizes=[200], **options), 0)
        return drawn(bench.adapter.family, bench), roundings(bench.adapter.family, bench)

    def close(self, found, wanted):
        """Both are sums of at most 2^8 positive terms with a few roundings each: 2^9 roundings in all."""
        assert (abs(found - wanted) <= 2.0**-44 * wanted).all()

    def test_cauchy_entries_are_as_good_as_their_own_absolute_values(self):
        """s - t and 1 / . round once each, the product with x and 199 sums 200 times."""
        subject, counted = self.subject(parse_family("Cauchy(200)"))
        p = subject.numbers
        self.close(subject.sums, np.abs(1 / (p["s"][:, None] - p["t"])) @ np.abs(subject.wide))
        assert counted[0] == 202

    def test_a_negative_f_does_not_cancel(self):
        subject, counted = self.subject(FCirculant(200, -3))
        M = f_circulant_dense(-3, subject.numbers, np.eye(200)).T
        self.close(subject.sums, np.abs(M) @ np.abs(subject.wide))
        assert counted[0] == 201

    def test_reflections_take_absolute_values_one_after_the_other(self):
        """Each: 200 roundings of v^T x, 201 of 1 / v^T v, two products, a doubling and a difference."""
        subject, counted = self.subject(Householder(200, 3))
        x = np.abs(subject.wide)
        for v in np.abs(subject.numbers["v"][::-1]):
            x = x + 2 * v * (v @ x) / (v @ v)
        self.close(subject.sums, x)
        assert counted[0] == 3 * (200 + 201 + 4)

    def test_entries_that_cancel_have_no_bound(self):
        """1 - z_i z_j is divided by: its own absolute value is not what bounds its error."""
        assert self.subject(Pick(200))[1] is None
        assert said("Pick(4)", dense, sizes=[100, 200]) == (None, "no bound at n = 100, 200")

    def test_complex_reflections_have_none(self):
        """v^T v may cancel."""
        assert said("Householder(4, 1)", reflections, "complex128", "direct", [100]) == (
            None,
            "no bound at n = 100",
        )
        assert said("Householder(4, 1)", reflections, "complex128", "normwise", [100])[0] is None

    def test_nodes_of_short_formats_are_drawn_apart(self):
        conforms, words = said("Cauchy(4)", cauchy, "bfloat16", sizes=[80], accumulate="float32")
        assert (conforms, words) == (True, "n = 80")


class TestReflections:
    def test_one_reflection(self):
        """b = 1: 3/2 (7 g_(n+8) + 10 g_4)."""
        assert reflected(100, 1, U) == pytest.approx(1.5 * (7 * 108 + 10 * 4) * U, rel=CLOSE)

    def test_blocks_of_64_at_most(self):
        assert reflected(100, 128, U) == pytest.approx(2 * reflected(100, 64, U), rel=CLOSE)

    def test_it_exceeds_what_one_reflection_after_the_other_may_err(self):
        """(4 n + 21) u each."""
        for n, k in ((8, 1), (100, 3), (1024, 64), (1024, 1000)):
            assert reflected(n, k, U) >= k * (4 * n + 21) * U

    def test_nothing_is_said_where_terms_of_second_order_count(self):
        assert reflected(256, 1, 2.0**-11) is None
        assert reflected(256, 64, 2.0**-24) is None
        assert said("Householder(4, 64)", reflections, "float32", "normwise", [256]) == (
            None,
            "the allowance is above the result at n = 256",
        )


class TestWhatIsSaid:
    def test_the_sizes_that_were_judged(self):
        assert said("Householder", reflections) == (True, "n = 200, 256")
        assert said("Householder", reflections, algorithm="normwise") == (True, "n = 200, 256")
        assert said("DiagonalCirculant", diagonal_circulant) == (True, "n = 1000, 1024")
        assert said("Circulant", circulant_fft, sizes=[3, 65, 300]) == (True, "n = 65, 300")
        assert said("Circulant", circulant_fft, sizes=[3]) == (None, "no size above 64")

    def test_table_and_json_say_them(self):
        answer = run(Adapter("Circulant", circulant_fft, sizes=[3, 300]), laws=("large",))
        assert any(line.startswith("large") and line.endswith("n = 300") for line in answer.lines())
        assert json.loads(answer.json())["laws"][0]["words"] == "n = 300"

    def test_a_coarse_allowance_does_not_count(self):
        """Sums in float16: 256 u is an eighth, and |M| |x| is about 13 times as large as M x."""
        words = "the allowance is above an eighth of the result at n = 256"
        assert said("Dense(4, 4)", dense, "float16", sizes=[256]) == (None, words)
        assert said("Dense(4, 4)", lambda p, x: 0 * dense(p, x), "float16", sizes=[256])[0] is not True

    def test_long_sums_count(self):
        conforms, words = said("Dense(4, 4)", dense, "float16", sizes=[256], accumulate="float32")
        assert (conforms, words) == (True, "n = 256")

    def test_zero_is_refused_wherever_a_size_is_judged(self):
        for family, algorithm in (
            ("Cauchy(4)", "direct"),
            ("Householder(4, 3)", "direct"),
            ("Householder(4, 3)", "normwise"),
            ("DiagonalCirculant(4, 3)", "transform"),
            ("FCirculant(4, 1000)", "transform"),
            ("ToeplitzProduct(4, 3)", "transform"),
            ("ACDC(4)", "transform"),
        ):
            assert said(family, lambda p, x: 0 * x, algorithm=algorithm, sizes=[256])[0] is False
