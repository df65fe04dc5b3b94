"""The judge catches every planted defect and names what can be named, and accepts every correct kernel."""

from __future__ import annotations

import warnings
from dataclasses import replace

import pytest

from ldrtheory.conform import CONVENTIONS, LAWS, Adapter, run
from tests.kernels.conventional import EXPLAINED
from tests.kernels.correct import CORRECT
from tests.kernels.large import BEYOND, LARGE
from tests.kernels.misread import MISREAD
from tests.kernels.mistaken import MISTAKEN

SEEDS = 20


@pytest.mark.parametrize("name", CORRECT)
def test_a_correct_kernel_conforms(name):
    answer = run(CORRECT[name], seed=1)
    assert answer.conforms, str(answer)


@pytest.mark.accept
@pytest.mark.parametrize("name", CORRECT)
def test_a_correct_kernel_conforms_whatever_the_seed(name, record_property):
    worst = 0.0
    for seed in range(SEEDS):
        answer = run(CORRECT[name], seed=seed)
        assert answer.conforms, str(answer)
        worst = max(worst, *(law.worst_ratio for law in answer.laws))
    record_property("covered", f"{SEEDS} seeds; largest error {worst:.2g} of the allowed one")


@pytest.mark.parametrize("name", MISREAD)
def test_a_misread_class_is_caught_and_named(name):
    adapter, convention = MISREAD[name]
    answer = run(adapter, laws=("values",))
    assert answer.conforms is False
    assert convention in [d.name for d in answer.diagnosis], str(answer)


@pytest.mark.parametrize("name", MISTAKEN)
def test_a_mistake_is_caught(name):
    adapter, law = MISTAKEN[name]
    answer = run(adapter)
    assert answer.conforms is False
    assert law in [result.law for result in answer.laws if result.passed is False], str(answer)


@pytest.mark.parametrize("name", LARGE)
def test_a_correct_kernel_conforms_at_a_large_size(name):
    size = LARGE[name].sizes[0]
    answer = run(replace(LARGE[name], sizes=[size]), seed=1, laws=("large",))
    assert answer.conforms, str(answer)
    assert answer.laws[0].words == f"n = {size}"


@pytest.mark.accept
@pytest.mark.parametrize("name", LARGE)
def test_a_correct_kernel_conforms_at_every_large_size_whatever_the_seed(name, record_property):
    worst, sizes = 0.0, LARGE[name].sizes
    for seed in range(SEEDS):
        answer = run(LARGE[name], seed=seed, laws=("large",))
        assert answer.conforms, str(answer)
        assert answer.laws[0].words == f"n = {', '.join(map(str, sizes))}"
        worst = max(worst, answer.laws[0].worst_ratio)
    record_property(
        "covered", f"{SEEDS} seeds, {len(sizes)} sizes; largest error {worst:.2g} of the allowed one"
    )


SCALED = [
    name for name, adapter in LARGE.items() if adapter.how == "transform" and adapter.dtype == "float64"
]


@pytest.mark.parametrize("name", SCALED)
def test_a_product_of_stages_conforms_at_small_sizes(name):
    """Zero factors, impulses and large f: what one stage errs passes through the others."""
    answer = run(replace(LARGE[name], sizes=[1, 2, 3, 5]), laws=("values", "constants", "probes"))
    assert answer.conforms, str(answer)


@pytest.mark.parametrize("name", BEYOND)
def test_a_mistake_beyond_small_sizes_is_caught_there_and_nowhere_else(name):
    answer = run(BEYOND[name], laws=("values", "constants", "probes", "large"))
    assert [law.law for law in answer.laws if law.passed is False] == ["large"], str(answer)


def test_there_are_enough_defects_of_every_kind():
    assert len(MISREAD) + len(MISTAKEN) >= 40
    assert len(MISREAD) >= 30
    assert {convention for _, convention in (MISREAD | EXPLAINED).values()} >= set(CONVENTIONS)
    assert {law for _, law in MISTAKEN.values()} == {law.name for law in LAWS}


def accepted_under_the_convention(name):
    adapter, convention = MISREAD[name]
    answer = run(replace(adapter, convention=convention), laws=("values", "constants", "probes"))
    assert answer.conforms, str(answer)


@pytest.mark.parametrize("name", ["Circulant: transposed", "Monarch(6, 2): grid by columns"])
def test_the_named_convention_makes_it_conform(name):
    """A diagnosis is a promise: read like that, the suite accepts the kernel."""
    accepted_under_the_convention(name)


@pytest.mark.accept
@pytest.mark.parametrize("name", MISREAD)
def test_every_named_convention_makes_it_conform(name):
    accepted_under_the_convention(name)


TORCH = "torch is not installed: the torch kernels are not judged"
JAX = "jax is not installed: the JAX kernels are not judged"


def test_torch_kernels_conform():
    torch = pytest.importorskip("torch", reason=TORCH)

    def circulant(p, x):
        if not x.numel():  # torch refuses to transform an empty batch
            return torch.empty_like(x)
        y = torch.fft.ifft(torch.fft.fft(p["c"]) * torch.fft.fft(x))
        return y if x.is_complex() else y.real

    def reflections(p, x):
        M = torch.eye(x.shape[-1], dtype=x.dtype)
        for v in p["v"]:
            M = M - 2 * torch.outer(M @ v, v) / (v @ v)
        packed, tau = torch.geqrf(M)
        return x @ (torch.linalg.householder_product(packed, tau) @ torch.triu(packed)).T

    def dense(p, x):
        return x @ p["M"].T

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for dtype in ("float32", "float64", "complex64", "complex128"):
            answer = run(Adapter("Circulant", circulant, dtype, library="torch"))
            assert answer.conforms, str(answer)
        for dtype in ("float16", "bfloat16", "float32"):
            answer = run(Adapter("Dense", dense, dtype, accumulate="float32", library="torch"))
            assert answer.conforms, str(answer)
        sizes = [1, 2, 3, 5]
        answer = run(Adapter("Householder", reflections, algorithm="normwise", library="torch", sizes=sizes))
        assert answer.conforms, str(answer)
        wrong = run(Adapter("Circulant", lambda p, x: 2 * circulant(p, x), "float32", library="torch"))
        assert [d.name for d in wrong.diagnosis] == ["scale:2"]
        listed = run(Adapter("Dense", lambda p, x: dense(p, x).numpy(), library="torch"), laws=("values",))
        assert "wanted an array of torch" in listed.laws[0].words


def test_jax_kernels_conform():
    jax = pytest.importorskip("jax", reason=JAX)

    def circulant(p, x):
        return jax.numpy.fft.ifft(jax.numpy.fft.fft(p["c"]) * jax.numpy.fft.fft(x)).real.astype(x.dtype)

    answer = run(Adapter("Circulant", circulant, "float32", library="jax"))
    assert answer.conforms, str(answer)
