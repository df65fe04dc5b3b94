"""What the laws try: wrong kernels of every kind that a narrower choice of cases would accept, and correct ones."""

from __future__ import annotations

import numpy as np
import pytest

from ldrtheory import parse_family
from ldrtheory.conform import Adapter, Gradients, run
from ldrtheory.conform.bench import Bench, usual
from ldrtheory.conform.cases import instances, wider
from ldrtheory.families.catalogue import FAMILIES
from tests.kernels.correct import (
    CORRECT,
    cauchy,
    circulant_adjoint,
    circulant_fft,
    circulant_jvp,
    circulant_second,
    circulant_transpose,
    circulant_vjp,
    dense,
)


def corrupt(y):
    """The last entry of every vector is too large by a half."""
    y = y.copy()
    y[..., -1:] *= 1.5
    return y


def failed(adapter, *laws, seed=0):
    """The laws that fail, by name, with their words."""
    answer = run(adapter, seed=seed, laws=laws or None)
    return {law.law: law.words for law in answer.laws if law.passed is False}


class TestSizes:
    @pytest.mark.parametrize("n", [6, 9, 10, 11, 24, 32, 64])
    def test_a_defect_at_one_size_is_caught(self, n):
        kernel = lambda p, x: corrupt(circulant_fft(p, x)) if x.shape[-1] == n else circulant_fft(p, x)  # noqa: E731
        assert "values" in failed(Adapter("Circulant", kernel), "values")

    def test_some_seed_draws_every_size_up_to_64(self):
        seed = next(s for s in range(100) if 43 in usual(s))
        kernel = lambda p, x: corrupt(dense(p, x)) if x.shape[-1] == 43 else dense(p, x)  # noqa: E731
        assert "values" in failed(Adapter("Dense", kernel), "values", seed=seed)

    def test_stated_sizes_are_the_only_ones(self):
        assert {p.shape[0] for p in Bench(Adapter("Circulant", circulant_fft, sizes=[2, 5]), 0).generic} == {
            2,
            5,
        }

    def test_other_dimensions_grow(self):
        found = {
            str(f) for seed in range(5) for n in (8, 12, 16) for f in wider(FAMILIES["LowRank"], n, seed)
        }
        assert any(parse_family(f).rank > 6 for f in found)
        assert all(parse_family(f).factors >= 3 for f in map(str, wider(FAMILIES["DiagonalCirculant"], 8, 0)))
        oblong = [f.shape for f in wider(FAMILIES["Toeplitz"], 12, 0)]
        assert any(m > 2 * n for m, n in oblong)
        assert any(n > 2 * m for m, n in oblong)

    @pytest.mark.parametrize("name", sorted(FAMILIES))
    def test_wider_members_have_the_size(self, name):
        for n in (4, 9, 16):
            for f in wider(FAMILIES[name], n, 3):
                assert max(f.shape) == n
                assert type(f) is FAMILIES[name]

    def test_an_instance_keeps_its_dimensions(self):
        assert wider(parse_family("LowRank(4, 2)"), 8, 0) == []
        assert [str(f) for f in instances(parse_family("Householder(4, 2)"), 8)] == [
            "Householder(n=8, reflectors=2)"
        ]

    @pytest.mark.parametrize(
        ("family", "slot", "axis"),
        [("Householder", "v", 0), ("DiagonalCirculant", "d", 0), ("LowRank", "U", 1)],
    )
    def test_a_defect_at_more_than_two_factors_is_caught(self, family, slot, axis):
        def kernel(p, x):
            y = RIGHT[family](p, x)
            return corrupt(y) if p[slot].shape[axis] > 2 else y

        assert "values" in failed(Adapter(family, kernel), "values")


def reflections(p, x):
    for v in p["v"][::-1]:
        x = x - np.multiply.outer(x @ v, 2 * v / (v @ v))
    return x


def diagonal_circulant(p, x):
    for d, c in zip(p["d"][::-1], p["c"][::-1]):
        x = d * circulant_fft({"c": c}, x)
    return x


RIGHT = {
    "Householder": reflections,
    "DiagonalCirculant": diagonal_circulant,
    "LowRank": lambda p, x: (x @ p["V"]) @ p["U"].T,
}


@pytest.mark.parametrize("family", RIGHT)
def test_members_of_larger_dimensions_conform(family):
    answer = run(Adapter(family, RIGHT[family]), laws=("values", "batch", "probes"))
    assert answer.conforms, str(answer)


class TestBatches:
    @pytest.mark.parametrize("most", [20, 64])
    def test_more_vectors_than_a_block(self, most):
        def kernel(p, x):
            y = dense(p, x)
            if x.size // x.shape[-1] > most:
                y.reshape(-1, y.shape[-1])[most:] = 0
            return y

        assert "batch" in failed(Adapter("Dense", kernel, sizes=[2, 3, 5]), "batch")

    def test_a_square_batch_is_not_transposed(self):
        kernel = lambda p, x: dense(p, x.T if x.ndim == 2 and len(x) == x.shape[1] > 2 else x)  # noqa: E731
        assert "batch" in failed(Adapter("Dense", kernel, sizes=[3, 4, 7]), "batch")

    def test_three_axes_of_length_two(self):
        def kernel(p, x):
            y = circulant_fft(p, x)
            return y.swapaxes(0, 2).reshape(y.shape) if x.ndim == 4 else y

        assert "batch" in failed(Adapter("Circulant", kernel, sizes=[2, 5]), "batch")

    def test_an_empty_batch_with_the_empty_axis_first(self):
        def kernel(p, x):
            if x.ndim == 3 and not len(x):
                raise ValueError("nothing to do")
            return dense(p, x)

        assert "nothing to do" in failed(Adapter("Dense", kernel, sizes=[2]), "empty-batch")["empty-batch"]


class TestSides:
    def transposed(self, transpose, *laws, dtype="float64"):
        return failed(
            Adapter("Circulant", circulant_fft, dtype, sizes=[1, 2, 3, 8, 20], transpose=transpose), *laws
        )

    def test_batches_of_the_transpose(self):
        wrong = lambda p, y: circulant_transpose(p, y) if y.ndim == 1 else circulant_fft(p, y)  # noqa: E731
        assert set(self.transposed(wrong, "values", "batch", "transpose")) == {"transpose", "batch"}

    def test_sizes_of_the_transpose(self):
        wrong = lambda p, y: circulant_transpose(p, y) if y.shape[-1] <= 16 else circulant_fft(p, y)  # noqa: E731
        assert "Circulant(n=20), M^T: entry" in self.transposed(wrong, "transpose")["transpose"]

    def test_an_empty_batch_of_the_adjoint(self):
        def wrong(p, y):
            if not y.size:
                raise ValueError("empty")
            return circulant_adjoint(p, y)

        adapter = Adapter("Circulant", circulant_fft, "complex128", sizes=[2, 3], adjoint=wrong)
        assert "M^H: the kernel raised ValueError: empty" in failed(adapter, "empty-batch")["empty-batch"]

    def test_the_failing_case_is_of_the_side(self):
        adapter = Adapter("Circulant", circulant_fft, transpose=lambda p, y: 2 * circulant_transpose(p, y))
        answer = run(adapter)
        assert answer.failure.side == "M^T"


def test_powers_of_two_are_compared_bitwise():
    """Sums of 1/8, ..., 8 times integers are exact: the last bit counts."""

    def kernel(p, x):
        y = dense(p, x)
        fine = np.any(x != np.rint(x), axis=-1) & np.all(np.frexp(x)[0] == 0.5, axis=-1)
        return np.where(fine[..., None], np.nextafter(y, 9), y)

    assert "probes" in failed(Adapter("Dense", kernel), "probes")


@pytest.mark.parametrize("factor", [1j, 1e-9j])
def test_an_imaginary_part_is_an_error(factor):
    words = failed(Adapter("Circulant", lambda p, x: circulant_fft(p, x) * (1 + factor)), "values", "probes")
    assert set(words) == {"values", "probes"}


class TestLayouts:
    @pytest.mark.parametrize(
        ("seen", "where"),
        [
            (lambda p, x: x.ndim == 1 and x.strides[0] < 0, "negative strides"),
            (lambda p, x: x.ndim == 1 and x.strides[0] > x.itemsize, "non-contiguous"),
            (
                lambda p, x: (
                    x.ndim == 3 and 0 < 2 * x.itemsize <= 2 * x.strides[2] < x.strides[0] < x.strides[1]
                ),
                "permuted axes",
            ),
            (lambda p, x: x.ndim == 1 and not x.flags.writeable, "read-only"),
            (lambda p, x: not x.flags.aligned, "unaligned"),
            (lambda p, x: not p["c"].flags.writeable, "parameters: read-only"),
            (lambda p, x: not p["c"].flags.aligned, "parameters: unaligned"),
            (lambda p, x: np.shares_memory(x, p["c"]), "x is the parameter c"),
            (
                lambda p, x: p["c"].strides == (0,) and p["c"].flags.writeable is False,
                "parameters: broadcast",
            ),
        ],
        ids=lambda value: value if isinstance(value, str) else "",
    )
    def test_each_is_tried(self, seen, where):
        def kernel(p, x):
            y = circulant_fft(p, x)
            return y + 1 if x.size and x.shape[-1] > 1 and seen(p, x) else y

        assert where in failed(Adapter("Circulant", kernel), "layouts")["layouts"]

    def test_a_kernel_that_raises_is_told_for_which(self):
        def kernel(p, x):
            if not x.flags.writeable:
                raise ValueError("read-only")
            return dense(p, x)

        words = failed(Adapter("Dense", kernel, sizes=[3]), "layouts")["layouts"]
        assert "read-only: the kernel raised ValueError: read-only" in words

    def test_a_strided_vector_of_the_transpose(self):
        wrong = lambda p, y: circulant_transpose(p, y) if y.flags.c_contiguous else 0 * y  # noqa: E731
        words = failed(Adapter("Circulant", circulant_fft, sizes=[2, 3], transpose=wrong), "layouts")
        assert "M^T" in words["layouts"]


class TestUntouched:
    @pytest.mark.parametrize(
        "seen",
        [
            lambda x: x.ndim == 1,
            lambda x: x.ndim == 3,
            lambda x: x.ndim == 4,
            lambda x: x.shape[-1] >= 17,
            lambda x: not x.flags.c_contiguous,
        ],
    )
    @pytest.mark.parametrize("what", ["x", "c"])
    def test_every_form_of_x(self, seen, what):
        def kernel(p, x):
            y = circulant_fft(p, x)
            if seen(x):
                (x if what == "x" else p["c"])[...] = 0
            return y

        assert "was modified" in failed(Adapter("Circulant", kernel), "inputs-untouched")["inputs-untouched"]

    def test_a_parameter_that_is_exchanged(self):
        def kernel(p, x):
            y = circulant_fft(p, x)
            p["c"] = None
            return y

        words = failed(Adapter("Circulant", kernel, sizes=[2]), "inputs-untouched")["inputs-untouched"]
        assert "the parameter c was modified" in words

    def test_the_transpose(self):
        def wrong(p, y):
            z = circulant_transpose(p, y)
            y[...] = 0
            return z

        words = failed(Adapter("Circulant", circulant_fft, sizes=[2], transpose=wrong), "inputs-untouched")
        assert "M^T" in words["inputs-untouched"]


class TestDtypes:
    @pytest.mark.parametrize(
        "seen",
        [lambda x: x.shape[-1] in (12, 31), lambda x: x.ndim == 3, lambda x: not x.size],
        ids=["sizes", "axes", "empty"],
    )
    def test_every_size_and_shape(self, seen):
        kernel = lambda p, x: circulant_fft(p, x).astype("f8" if seen(x) else "f4")  # noqa: E731
        words = failed(Adapter("Circulant", kernel, "float32"), "dtype")["dtype"]
        assert "dtype float64 for inputs of float32" in words

    def test_the_transpose(self):
        wide = lambda p, y: circulant_transpose({"c": p["c"].astype("f8")}, y.astype("f8"))  # noqa: E731
        words = failed(Adapter("Circulant", circulant_fft, "float32", sizes=[2, 3], transpose=wide), "dtype")
        assert "M^T" in words["dtype"]


class TestScales:
    def householder(self, p, x, eps):
        for v in p["v"][::-1]:
            x = x - np.multiply.outer(x @ v, 2 * v / (v @ v + eps))
        return x

    def test_a_constant_in_a_denominator(self):
        kernel = lambda p, x: self.householder(p, x, 1e-18)  # noqa: E731
        assert "2^-" in failed(Adapter("Householder", kernel), "scales")["scales"]

    @pytest.mark.parametrize(
        "change",
        [
            lambda M: np.where(np.abs(M) < 1e-6, 0, M),
            lambda M: np.clip(M, -1e3, 1e3),
            lambda M: np.clip(M, -10, 10),
        ],
        ids=["small ones dropped", "clipped at 1000", "clipped at 10"],
    )
    def test_thresholds_for_parameters(self, change):
        assert "scales" in failed(Adapter("Dense", lambda p, x: x @ change(p["M"]).T), "scales")

    def test_blocks_of_one_exponent(self):
        """All of a vector, or of the matrix, as multiples of 2^-52 times its largest entry."""

        def grid(a, axis):
            top = np.max(np.abs(a), axis=axis, keepdims=True, initial=0)
            ok = (top > 1e-280) & np.isfinite(top)
            step = np.where(ok, np.exp2(np.floor(np.log2(np.where(ok, top, 1))) - 52), 1)
            return np.where(ok, np.rint(a / step) * step, a)

        assert "scales" in failed(Adapter("Dense", lambda p, x: grid(x, -1) @ p["M"].T), "scales")
        assert "scales" in failed(Adapter("Dense", lambda p, x: x @ grid(p["M"], None).T), "scales")

    def test_tiny_vectors_in_batches(self):
        kernel = lambda p, x: dense(p, np.where(np.abs(x) < 1e-100, 0, x) if x.ndim > 1 else x)  # noqa: E731
        assert "in a batch" in failed(Adapter("Dense", kernel), "scales")["scales"]

    def test_the_transpose_clips(self):
        wrong = lambda p, y: np.clip(circulant_transpose(p, y), -1e6, 1e6)  # noqa: E731
        assert "M^T" in failed(Adapter("Circulant", circulant_fft, transpose=wrong), "scales")["scales"]

    @pytest.mark.parametrize("dtype", ["float16", "float32", "float64", "complex64"])
    def test_right_ones_stay_within_range(self, dtype):
        """Quotients, sums and products of parameters, as far as the format goes."""
        for family, kernel in (("Dense", dense), ("Cauchy", cauchy), ("Householder", RIGHT["Householder"])):
            if (family, dtype) == ("Cauchy", "complex64"):
                continue
            answer = run(Adapter(family, kernel, dtype), seed=2, laws=("scales", "nan-isolation"))
            assert [law.words for law in answer.laws if law.passed is False] == []


class TestRepeated:
    def test_a_spectrum_that_is_kept_for_an_array(self):
        kept = {}

        def kernel(p, x):
            c = p["c"]
            if id(c) not in kept:
                kept[id(c)] = (c, np.fft.fft(c))
            return np.fft.ifft(kept[id(c)][1] * np.fft.fft(x)).real

        assert (
            "parameters changed in place" in failed(Adapter("Circulant", kernel), "repeatable")["repeatable"]
        )

    def test_a_spectrum_that_is_kept_for_the_first_the_last_and_the_sum(self):
        kept = {}

        def kernel(p, x):
            c = p["c"]
            key = (len(c), c[0], c[-1], round(float(c.sum()), 9))
            return np.fft.ifft(kept.setdefault(key, np.fft.fft(c)) * np.fft.fft(x)).real

        assert (
            "parameters changed in place" in failed(Adapter("Circulant", kernel), "repeatable")["repeatable"]
        )

    def test_a_result_that_is_kept_for_x(self):
        kept = {}

        def kernel(p, x):
            key = id(x)
            return kept.setdefault(key, (x, circulant_fft(p, x)))[1].copy()

        assert "in place" in failed(Adapter("Circulant", kernel), "repeatable")["repeatable"]

    def test_every_other_call(self):
        calls = []

        def kernel(p, x):
            calls.append(1)
            return circulant_fft(p, x) * (1 if len(calls) % 2 else 1 + 1e-15)

        assert (
            "two calls with one input differ"
            in failed(Adapter("Circulant", kernel), "repeatable")["repeatable"]
        )

    def test_single_vectors_too(self):
        source = np.random.default_rng(1)

        def kernel(p, x):
            return circulant_fft(p, x) * (1 + 1e-15 * source.random() if x.ndim == 1 else 1)

        assert "two calls" in failed(Adapter("Circulant", kernel), "repeatable")["repeatable"]


class TestIsolation:
    @pytest.mark.parametrize("b", range(4))
    def test_every_vector_of_a_batch(self, b):
        def kernel(p, x):
            y = dense(p, x)
            return y + np.nan if x.ndim == 2 and len(x) > b and np.isnan(x[b]).any() else y

        assert (
            f"nan in vector {b} changes" in failed(Adapter("Dense", kernel), "nan-isolation")["nan-isolation"]
        )

    def test_an_infinity_that_is_lost_at_one_index(self):
        def kernel(p, x):
            x = x.copy()
            x[..., 1:2] = np.nan_to_num(x[..., 1:2])
            return dense(p, x)

        assert (
            "x[1] = nan does not reach" in failed(Adapter("Dense", kernel), "nan-isolation")["nan-isolation"]
        )

    def test_an_imaginary_infinity(self):
        kernel = lambda p, x: dense(p, np.where(np.isinf(x.imag), x.real, x))  # noqa: E731
        assert "infj" in failed(Adapter("Dense", kernel, "complex128"), "nan-isolation")["nan-isolation"]

    def test_a_parameter_that_is_not_a_number(self):
        kernel = lambda p, x: circulant_fft({"c": np.nan_to_num(p["c"])}, x)  # noqa: E731
        words = failed(Adapter("Circulant", kernel), "nan-isolation")["nan-isolation"]
        assert "c[" in words
        assert "= nan does not reach entry" in words

    def test_a_kernel_may_refuse_such_parameters(self):
        def kernel(p, x):
            if np.isnan(p["c"]).any():
                raise ValueError("c holds NaN")
            return circulant_fft(p, x)

        assert failed(Adapter("Circulant", kernel, sizes=[2, 3]), "nan-isolation") == {}


class TestGradients:
    def said(self, dtype="float64", sizes=None, **offered):
        adapter = Adapter("Circulant", circulant_fft, dtype, sizes=sizes, gradients=Gradients(**offered))
        return failed(adapter, "gradients").get("gradients", "")

    @pytest.mark.parametrize("dtype", ["float32", "float64", "complex128"])
    def test_right_ones_conform(self, dtype):
        assert self.said(dtype, jvp=circulant_jvp, vjp=circulant_vjp, second=circulant_second) == ""

    def test_of_a_batch_from_its_first_vector_alone(self):
        def vjp(p, x, g):
            slots, back = circulant_vjp(p, x, g)
            return (slots if x.ndim == 1 else circulant_vjp(p, x[0], g[0])[0]), back

        assert "the gradient of a batch is off" in self.said(vjp=vjp)

    def test_at_sizes_above_8(self):
        def vjp(p, x, g):
            slots, back = circulant_vjp(p, x, g)
            return {"c": slots["c"] * (len(p["c"]) <= 8)}, back

        assert "the gradient is off" in self.said(vjp=vjp)

    def test_where_x_has_zeros(self):
        def vjp(p, x, g):
            slots, back = circulant_vjp(p, x, g)
            return {"c": slots["c"] * bool(x.all())}, back

        assert "is off" in self.said(vjp=vjp)

    def test_steps_are_left_alone(self):
        def jvp(p, x, dp, dx):
            y = circulant_jvp(p, x, dp, dx)
            dx[...] = 0
            return y

        assert "wrote into its arguments" in self.said(jvp=jvp)

    @pytest.mark.parametrize(
        ("result", "words"),
        [
            (lambda c, x: None, "returned NoneType as a gradient; wanted a pair"),
            (lambda c, x: (c, x, x), "returned tuple of 3 as a gradient; wanted a pair"),
            (lambda c, x: ([c], x), "returned list for the gradients by slot; wanted a mapping"),
            (lambda c, x: ({}, x), "returned no gradient of c"),
            (lambda c, x: ({"c": c[:1]}, x), "returned shape (1,); wanted (3,) (the gradient of c)"),
            (lambda c, x: ({"c": c}, x[..., :1]), "returned shape (1,); wanted (3,) (the gradient of x)"),
        ],
        ids=["nothing", "three", "list", "no slot", "shape of c", "shape of x"],
    )
    def test_an_ill_formed_result_is_told(self, result, words):
        assert words in self.said(sizes=[3], vjp=lambda p, x, g: result(p["c"], x))

    def test_the_convention_of_torch_is_named(self):
        def vjp(p, x, g):
            return circulant_vjp({"c": np.conj(p["c"])}, np.conj(x), g)

        assert "conjugated as torch has it" in self.said("complex128", vjp=vjp)
        assert "conjugated" not in self.said("complex128", vjp=lambda p, x, g: ({"c": 0 * p["c"]}, 0 * x))


def test_nothing_sharp_is_undecided_for_the_family():
    answer = run(Adapter("Circulant", lambda p, x: x, "bfloat16", sizes=[16]), laws=("values",))
    assert "undecided for Circulant" in answer.lines()[0]


@pytest.mark.parametrize(
    ("dtype", "special"),
    [
        ("float64", lambda x: x.shape[-1] > 8 and np.ptp(np.abs(x)) == 0),
        ("float64", lambda x: x.shape[-1] > 9 and (x == 0).any()),
        ("complex128", lambda x: x.shape[-1] > 1 and not x.real.any()),
    ],
    ids=["equal", "a zero", "imaginary"],
)
def test_special_vectors_are_tried_alone(dtype, special):
    kernel = lambda p, x: dense(p, x) * (2 if x.ndim == 1 and special(x) else 1)  # noqa: E731
    assert "probes" in failed(Adapter("Dense", kernel, dtype), "probes")


def test_another_formula_with_cancellation_conforms():
    """The Bezoutian as a difference of products: between mixed parameters more cancels than in its entries."""
    answer = run(CORRECT["bezoutian"], seed=1, laws=("scales",))
    assert [law.words for law in answer.laws if law.passed is False] == []


def test_every_member_that_a_law_picks_was_timed():
    for seed in range(20):
        bench = Bench(Adapter("Dense", dense, sizes=[4, 9, 16]), seed)
        assert {str(p.family) for p in bench.generic} == set(bench.seconds)
        assert any(max(p.shape) == 17 for p in bench.generic)


@pytest.mark.parametrize("seed", range(4))
def test_oblong_members_conform(seed):
    """Rectangular families have members beside the sizes: 17 x 16 for 16."""

    def vjp(p, x, g):
        m, n = p["M"].shape
        return {"M": g.reshape(-1, m).T @ x.reshape(-1, n)}, g @ p["M"]

    adapter = Adapter(
        "Dense", dense, sizes=[3, 9, 16, 21], transpose=lambda p, y: y @ p["M"], gradients=Gradients(vjp=vjp)
    )
    answer = run(adapter, seed=seed)
    assert answer.conforms, str(answer)
