"""Tolerances, cases, conventions, faults and certificates of the judge, against values by hand."""

from __future__ import annotations

import json
import math
import threading
from fractions import Fraction

import numpy as np
import pytest
from flint import arb, ctx

from ldrtheory import QQ, Cauchy, Circulant, Dense, FCirculant, Householder, LowRank, Toeplitz, check
from ldrtheory.conform import CONVENTIONS, Adapter, run
from ldrtheory.conform.arithmetic import FORMATS, arithmetic, rounded
from ldrtheory.conform.bench import Bench, ratios, times_power, usual
from ldrtheory.conform.cases import generic, instances
from ldrtheory.conform.conventions import convention_named, matrix_of
from ldrtheory.conform.tolerance import denoted
from ldrtheory.errors import BadInput, UnknownName
from ldrtheory.families.catalogue import FAMILIES
from tests.enclosures import enclosed
from tests.kernels.correct import circulant_fft, dense, toeplitz_fft


def matrix(family, parameters, algorithm="direct", dtype="float64", accumulate=None):
    arrays = {k: np.asarray(v, dtype=float) for k, v in parameters.items()}
    return denoted(family, arrays, arithmetic(dtype, accumulate), algorithm)


class TestFormats:
    def test_the_unit_roundoffs_are_those_of_the_formats(self):
        for name, kind in (("float16", np.float16), ("float32", np.float32), ("float64", np.float64)):
            assert FORMATS[name].unit == np.finfo(kind).eps / 2
            assert 2.0 ** FORMATS[name].least == np.finfo(kind).smallest_normal

    def test_rounding_to_bfloat16_keeps_eight_bits_and_ties_to_even(self):
        x = np.array([1 + 2**-8, 1 + 3 * 2**-8, -3.0, 2.0**-130])
        assert rounded(x, FORMATS["bfloat16"]).tolist() == [1.0, 1 + 2**-6, -3.0, 2.0**-130]

    def test_a_short_accumulation_is_refused(self):
        with pytest.raises(BadInput, match="fewer digits"):
            arithmetic("float64", "float32")

    def test_an_unknown_dtype_offers_the_nearest(self):
        with pytest.raises(UnknownName, match="float32"):
            arithmetic("flaot32")


def assert_allows(allowed, units, size, lost=0):
    """The allowance is at least (p - 1) size, p the product of all 1 + u: what the roundings can reach; and at most
    gamma size, gamma = s / (1 - s) >= p - 1 for s the sum of the units (Higham, lemma 3.1), but for the judge's own
    factor 1 + 2^-20, fewer than 2^10 roundings of at most 2^-53 each in working it out, and `lost`, what all
    roundings below the normal range may lose.
    """
    s = sum(map(Fraction, units))
    reached = math.prod(1 + Fraction(u) for u in units) - 1
    most = (s / (1 - s) * size + Fraction(lost)) * (1 + Fraction(1, 2**20)) * (1 + Fraction(1, 2**43))
    assert reached * size <= Fraction(float(allowed)) <= most


class TestAllowances:
    def test_a_dot_product_of_n_terms_has_n_roundings(self):
        M = matrix(Dense(1, 5), {"M": [[1, -2, 3, 4, 5]]})
        assert M.depth == 5  # one product and four sums
        allowed = M.allowance(np.array([1.0, 1, -1, 1, 1]))
        assert_allows(allowed[0], [2.0**-53] * 5, 15)  # |M| |x| = 15

    def test_a_product_of_two_matrices_multiplies_absolute_values(self):
        M = matrix(LowRank(1, 1), {"U": [[-3]], "V": [[5]]})
        assert (M.depth, float(M.bound[0, 0])) == (2, 15.0)

    def test_a_cauchy_entry_has_a_relative_error(self):
        """1 / (s - t) rounds twice and the product once, however close s and t are."""
        M = matrix(Cauchy(1), {"s": [1.0], "t": [1 - 2.0**-20]})
        assert M.depth == 3
        # 1 / (|s - t| - e), e <= |s - t| (exp(u) - 1) the error of the computed difference: 2^20 / (1 - 2 u) at most,
        # and fewer than 6 roundings of u = 2^-53 in working it out: 8 u = 2^-50 in all
        assert 2**20 <= Fraction(float(M.bound[0, 0])) <= 2**20 * (1 + Fraction(1, 2**50))

    def test_complex_products_count_three(self):
        M = denoted(Dense(1, 1), {"M": np.array([[1j]])}, arithmetic("complex128"), "direct")
        assert_allows(M.allowance(np.array([1.0 + 0j]))[0], [2.0**-53] * 3, 1)

    def test_long_sums_leave_one_rounding_of_the_dtype(self):
        """Below the normal range of float16 a rounding loses half of 2^-24, absolutely: 100 of them, of 1 and of M."""
        M = matrix(Dense(1, 100), {"M": [[1] * 100]}, dtype="float16", accumulate="float32")
        assert_allows(
            M.allowance(np.ones(100))[0], [2.0**-24] * 100 + [2.0**-11], 100, lost=100 * 2.0**-25 * 2
        )

    def test_tf32_rounds_both_operands(self):
        M = matrix(Dense(1, 1), {"M": [[1]]}, dtype="tf32")
        assert_allows(M.allowance(np.ones(1))[0], [2.0**-24, 2.0**-11, 2.0**-11], 1)

    def test_transforms_are_allowed_a_norm(self):
        """3 transforms of log2 4 + 4 steps of 7 u each; || |M| ||_F = sqrt(4) * 5 and ||x|| = 2."""
        M = matrix(Circulant(4), {"c": [3, 0, 4, 0]}, "transform")
        allowed = M.allowance(np.array([0.0, 2, 0, 0])).tolist()
        assert len(allowed) == 4
        for each in allowed:
            assert_allows(each, [3 * 6 * 7 * 2.0**-53], 10 * 2)

    def test_only_underflow_is_allowed_where_the_product_is_empty(self):
        """Two roundings, each of which may flush a number below 2^-1022 to zero."""
        assert_allows(
            matrix(Dense(1, 2), {"M": [[0, 0]]}).allowance(np.ones(2))[0], [], 0, lost=2 * 2.0**-1022
        )

    def test_exact_values_have_a_second_half(self):
        exact = matrix(Dense(1, 2), {"M": [[1, 2.0**-70]]}).exact(np.ones(2))
        assert (exact.high[0], exact.low[0]) == (1.0, 2.0**-70)
        assert exact.error(np.array([1.0]))[0] == 2.0**-70
        assert exact.error(np.array([np.nan]))[0] == np.inf

    @pytest.mark.parametrize("name", sorted(FAMILIES))
    def test_every_family_is_enclosed(self, name):
        """The enclosed matrix holds the exact one, as closely as `Exact` promises, and stays below its majorant."""
        family = next(f for f in FAMILIES[name].up_to(4) if max(f.shape) >= 2)
        given = arithmetic("float64")
        parameters = generic(family, given, 3) or {}
        M = denoted(family, parameters, given, "direct")
        ring = family.field()
        p = {k: np.vectorize(ring, otypes=[object])(v) for k, v in parameters.items()}
        p = {k: v[()] if v.shape == () else v for k, v in p.items()}
        with ctx.workprec(256):
            for (i, j), x in np.ndenumerate(family.entries(p, ring)):
                truth, found = enclosed(x), M.balls[int(i), int(j)]
                # a bound of a member of size at most 4 is worked out in fewer than 2^10 roundings of 2^-53 each
                bound = arb(float(M.bound[i, j])) * (1 + arb(2) ** -43)
                assert found.overlaps(truth), (i, j)
                assert (found - truth).abs_upper() <= bound * arb(2) ** -104, (i, j)
                assert truth.abs_lower() <= bound, (i, j)


class TestCases:
    @pytest.mark.parametrize("name", sorted(FAMILIES))
    def test_every_family_has_cases(self, name):
        found = [n for n in (2, 4, 12, 16) if instances(FAMILIES[name], n)]
        assert 4 in found
        assert 16 in found

    def test_instances_keep_the_other_sizes(self):
        assert [str(f) for f in instances(FCirculant(4, -1), 7)] == ["FCirculant(n=7, f=-1)"]
        assert instances(Toeplitz(rows=3, columns=5), 5) == [Toeplitz(rows=3, columns=5)]

    def test_parameters_meet_the_constraints(self):
        for seed in range(5):
            p = generic(Householder(3, 2), arithmetic("float16"), seed)
            assert p is not None
            assert all(v @ v != 0 for v in p["v"].astype(float))

    def test_powers_of_two_do_not_overflow_on_the_way(self):
        assert times_power(np.array([2.0**1000]), -2000).tolist() == [2.0**-1000]

    def test_ratios(self):
        error, allowed = np.array([0, 1, 1, np.inf, np.nan]), np.array([0, 2, 0, 1, 1.0])
        assert ratios(error, allowed).tolist() == [0, 0.5, np.inf, np.inf, np.inf]


class TestConventions:
    def read(self, name, family, parameters, which=""):
        p = {k: np.array([QQ(x) for x in v] + [None], dtype=object)[:-1] for k, v in parameters.items()}
        return matrix_of(convention_named(name), which)(family, p, QQ).tolist()

    def test_readings_by_hand(self):
        c = {"c": [1, 2, 3]}
        assert self.read("transpose", Circulant(3), c) == [[1, 2, 3], [3, 1, 2], [2, 3, 1]]
        assert self.read("negate_f", Circulant(3), c) == [[1, -3, -2], [2, 1, -3], [3, 2, 1]]
        assert self.read("linear", Circulant(3), c) == [[1, 0, 0], [2, 1, 0], [3, 2, 1]]
        assert self.read("invert_f", FCirculant(2, 2), {"c": [1, 2]}) == [[1, 1], [2, 1]]
        assert self.read("scale:n", Circulant(2), {"c": [1, 2]}) == [[2, 4], [4, 2]]
        assert self.read("twin_pair", Toeplitz(2), {"t": [1, 2, 3]}) == [[1, 2], [2, 3]]
        assert self.read("swap_generators", Toeplitz(2), {"t": [1, 2, 3]}) == [[2, 3], [1, 2]]
        assert self.read("bit_reversed", Circulant(4), {"c": [1, 2, 3, 4]})[1] == [3, 2, 1, 4]
        assert self.read("scale:2", Circulant(1), {"c": [3]}, "divided") == [[QQ("3/2")]]

    def test_the_contract_names_them(self):
        wanted = (
            "transpose conjugate adjoint swap_generators negate_f invert_f reverse_factors bit_reversed orthonormal "
            "scale:n scale:sqrt(n) scale:2 linear kron_order index_order twin_pair"
        )
        assert set(wanted.split()) <= set(CONVENTIONS)

    def test_an_unknown_one_offers_the_nearest(self):
        with pytest.raises(UnknownName, match="'adjoint'"):
            Adapter("Circulant", circulant_fft, convention="adjiont")

    def test_one_that_the_family_does_not_have_is_refused(self):
        with pytest.raises(UnknownName, match="transpose"):
            run(Adapter("Circulant", circulant_fft, convention="index_order"))


class TestFaults:
    def said(self, kernel, **options):
        answer = run(Adapter("Dense", kernel, sizes=[2], **options), laws=("values",))
        assert answer.conforms is False
        return answer.laws[0].words

    def test_each_is_one_clear_line(self):
        def raises(p, x):
            raise ValueError("no  such\nsize")

        assert "Dense(rows=1, columns=2): the kernel raised ValueError: no such size" in self.said(raises)
        assert "the kernel returned list; wanted an array of numpy" in self.said(lambda p, x: x.tolist())
        assert "the kernel returned shape (9,); wanted (1,)" in self.said(lambda p, x: np.zeros(9))
        assert "returned dtype <U1" in self.said(lambda p, x: np.full((*x.shape[:-1], len(p["M"])), "a"))

    def test_a_kernel_that_hangs_is_left_behind(self):
        """The answer comes while the one call is still waiting: nobody waited for it, and nobody called again."""
        begun, ended, released = [], [], threading.Event()

        def hangs(p, x):
            begun.append(x.shape)
            released.wait(120)  # long enough that a judge who waits for the kernel finds it ended
            ended.append(x.shape)

        words = self.said(hangs, seconds=0.2)
        assert (len(begun), ended) == (1, [])
        assert "did not return within 0.2 s" in words
        released.set()

    def test_printing_is_told_and_goes_nowhere(self, capsys):
        def chatty(p, x):
            print("hello from the kernel")  # noqa: T201
            return dense(p, x)

        answer = run(Adapter("Dense", chatty, sizes=[2]))
        assert answer.conforms is True
        assert any("the kernel prints: 'hello from the kernel'" in line for line in answer.lines())
        assert capsys.readouterr().out == ""

    def test_an_unsupported_size_is_reported_and_no_failure(self):
        def even(p, x):
            if x.shape[-1] % 2:
                raise NotImplementedError("even sizes only")
            return circulant_fft(p, x)

        answer = run(Adapter("Circulant", even, sizes=[2, 3, 4]))
        assert answer.conforms is True
        assert answer.unsupported == {"Circulant(n=3)": "even sizes only"}

    def test_inputs_that_a_kernel_spoils_are_restored(self):
        def spoils(p, x):
            y = dense(p, x)
            p["M"][...] = 0
            if x.flags.writeable:
                x[...] = 0
            return y

        answer = run(Adapter("Dense", spoils, sizes=[2, 3]))
        failed = [law.law for law in answer.laws if law.passed is False]
        assert failed == ["layouts", "inputs-untouched"]  # it cannot write into read-only parameters

    def test_nothing_to_try_is_a_wrong_request(self):
        with pytest.raises(BadInput, match="no member of the sizes"):
            run(Adapter("Butterfly", dense, sizes=[3]))

    @pytest.mark.parametrize(
        "options",
        [{"dtype": "int8"}, {"algorithm": "magic"}, {"library": "numpyy"}, {"sizes": [0]}, {"seconds": 0}],
        ids=str,
    )
    def test_a_wrong_adapter_is_refused(self, options):
        with pytest.raises(BadInput):
            Adapter("Dense", dense, **options)

    def test_values_that_nothing_can_tell_apart_are_undecided(self):
        """k u is about 1: every vector is allowed."""
        answer = run(Adapter("Circulant", lambda p, x: x, "bfloat16", sizes=[16]), laws=("values",))
        assert (answer.conforms, answer.status) == (None, 3)


class TestCounterexamples:
    def failing(self, tmp_path, **options):
        def shifted(p, x):
            return np.roll(circulant_fft(p, x), 1, axis=-1)

        place = tmp_path / "c.json"
        return run(Adapter("Circulant", shifted, **options), certificate=place), place

    def test_the_case_is_minimal_and_exact(self, tmp_path):
        answer, place = self.failing(tmp_path)
        case = answer.failure.case
        assert case.family == Circulant(2)
        assert sorted(case.x.tolist()) == [0.0, 1.0]
        assert answer.checked is True
        assert check(place).accepted

    def test_it_says_how_far_off_the_result_is(self, tmp_path):
        _, place = self.failing(tmp_path)
        kinds = [s["claim"]["kind"] for s in json.loads(place.read_text())["statements"]]
        assert kinds == ["product-equals", "matrices-differ", *["product-equals"] * 2, "residual-distance"]

    def test_a_forged_one_is_rejected(self, tmp_path):
        """The same certificate with the kernel's result replaced by the right one."""
        _, place = self.failing(tmp_path)
        data = json.loads(place.read_text())
        product, differ = data["statements"][:2]
        differ["claim"]["left"] = product["claim"]["matrix"]
        place.write_text(json.dumps(data))
        assert not check(place).accepted

    def test_complex_results_are_stated_over_the_gaussian_rationals(self, tmp_path):
        answer, place = self.failing(tmp_path, dtype="complex128")
        assert answer.checked is True
        assert check(place).accepted

    def test_transforms_are_stated_over_their_cyclotomic_field(self, tmp_path):
        place = tmp_path / "dft.json"
        answer = run(Adapter("DFT", lambda p, x: np.fft.ifft(x), "complex128", sizes=[3]), certificate=place)
        assert answer.checked is True
        assert json.loads(place.read_text())["statements"][0]["claim"]["field"].startswith("Q(zeta_")


def test_the_json_has_the_keys_of_the_contract(tmp_path):
    answer = run(
        Adapter("Dense", lambda p, x: 2 * dense(p, x), sizes=[1, 2, 3]), certificate=tmp_path / "c.json"
    )
    data = json.loads(answer.json())
    assert {"conforms", "laws", "failure", "diagnosis"} <= set(data)
    assert set(data["laws"][0]) >= {"law", "passed", "cases", "worst_ratio"}
    assert set(data["failure"]) >= {"law", "size", "parameters", "input", "got", "exact", "allowance"}
    assert data["diagnosis"] == ["scale:2"]
    assert (data["failure"]["got"], data["failure"]["exact"]) == (["2"], ["1"])


def test_large_sizes_alone_are_judged():
    answer = run(Adapter("Toeplitz", toeplitz_fft, sizes=[500]))
    assert (answer.conforms, answer.sizes) == (True, (500,))
    wrong = run(Adapter("Toeplitz", lambda p, x: toeplitz_fft(p, x) * (1 + 1e-12), sizes=[500]))
    assert wrong.conforms is False


def test_equal_seeds_give_equal_answers():
    given = Adapter("Toeplitz", lambda p, x: x, sizes=[2, 3], algorithm="direct")
    first, second = (run(given, seed=5, laws=("values", "probes")) for _ in range(2))
    assert first.json() == second.json()


def test_the_generic_members_cover_the_sizes():
    bench = Bench(Adapter("Circulant", circulant_fft), 0)
    sizes = [p.family.shape[0] for p in bench.generic]
    assert sizes == usual(0)
    assert {*range(1, 13), 16, 31, 32, 64} < set(sizes)
    assert {n for seed in range(200) for n in usual(seed)} == set(range(1, 65))
