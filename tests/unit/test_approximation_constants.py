"""The constants of approximation bounds by hand, and the experiment beside them."""

from __future__ import annotations

from fractions import Fraction
from importlib import import_module
from typing import Any

import numpy as np
import pytest

from ldrtheory import Level, Sylvester, shift
from ldrtheory.bounds.approximation.embedding import HiddenLayer, embed_network
from ldrtheory.bounds.approximation.error_bounds import (
    barron,
    blocks_needed,
    cosine_moment,
    cube_radius_squared,
    gaussian_moment,
    parameter_counts,
)
from ldrtheory.bounds.approximation.experiment import Target, cosines, fit_blocks, gaussian
from ldrtheory.errors import BadInput

TOEPLITZ = Sylvester(shift(f=1), shift(f=-1))


def test_constants_by_hand() -> None:
    bound = barron(10, 2, 3)  # 4 rho^2 C^2 / k = 4 * 2 * 9 / 10
    assert bound.value == Fraction(36, 5)
    assert bound.level is Level.CITED
    assert "theorem: cited (Barron 1993" in str(bound)
    assert "verified" not in str(bound)
    assert cube_radius_squared(3) == Fraction(3, 4)
    assert blocks_needed(Fraction(36, 5), 2, 3) == 10
    assert blocks_needed(Fraction(71, 10), 2, 3) == 11
    assert blocks_needed(10**6, 2, 3) == 1
    root = cosine_moment([1], [[1, 1]])  # sqrt 2 from above, the next multiple of 2^-32
    assert (root - Fraction(1, 2**32)) ** 2 < 2 <= root**2
    assert cosine_moment([-2, 1], [[3, 4], [0, -1]]) == 11
    assert gaussian_moment(9, Fraction(1, 2)) == 6
    assert parameter_counts(4, 3, 1) == {"blocks": 49, "ordinary": 19}  # 4 k n + 1, k (n + 2) + 1
    assert (
        embed_network(HiddenLayer([[1, 2]], [0], [1]), TOEPLITZ).parameters
        == parameter_counts(2, 1)["blocks"]
    )


def test_the_gaussian_moment_is_an_upper_bound() -> None:
    from math import gamma, sqrt

    for n in range(1, 30):  # E|w| = sqrt 2 Gamma((n+1)/2) / Gamma(n/2) for a standard normal w
        assert sqrt(2) * gamma((n + 1) / 2) / gamma(n / 2) < float(gaussian_moment(n))


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (lambda: barron(0, 1, 1), "k wants a whole number"),
        (lambda: barron(2.5, 1, 1), "k wants a whole number"),
        (lambda: barron(1, 0, 1), "radius_squared wants a number above 0"),
        (lambda: barron(1, 1, -1), "moment wants a number of at least 0"),
        (lambda: barron(1, 1, "many"), "exact number"),
        (lambda: blocks_needed(0, 1, 1), "epsilon wants a number above 0"),
        (lambda: cosine_moment([1], []), "one frequency per amplitude"),
        (lambda: parameter_counts(0, 1), "n wants a whole number"),
        (lambda: cosines([1, 2], [[1], [1, 2]]), "of one length"),
        (lambda: fit_blocks(gaussian(2), TOEPLITZ, []), "blocks wants"),
        (lambda: fit_blocks(gaussian(2), TOEPLITZ, [10**9]), "from 1 to 256"),
    ],
)
def test_what_is_no_constant_is_refused(call: Any, words: str) -> None:
    with pytest.raises(BadInput, match=words):
        call()


def test_the_experiment_is_observed_reproducible_and_uses_structured_blocks() -> None:
    first, again, other = (fit_blocks(gaussian(2), TOEPLITZ, (1, 8), seed=s) for s in (1, 1, 2))
    assert first.one_neuron == again.one_neuron != other.one_neuron
    assert first.level is Level.OBSERVED
    assert "observed in 4000 samples" in str(first)
    assert not {"verified", "proved"} & set(str(first).split())
    assert first.bounds[0] == 8 * first.bounds[1]
    with pytest.raises(BadInput, match="not finite"), np.errstate(divide="ignore"):
        fit_blocks(Target("pole", 2, lambda x: 1 / (x[:, 0] * 0), Fraction(1)), TOEPLITZ, (1,))


def test_a_constant_is_fitted_by_the_output_bias(monkeypatch: pytest.MonkeyPatch) -> None:
    """Least squares in float64 solves A + E, ||E|| <= m n u ||A||_F (Higham, theorem 20.3), so that the solution, whose
    residual is 0, is off by at most ||E|| ||x|| / (least singular value), to first order: doubled here.
    """
    experiment, fits = import_module("ldrtheory.bounds.approximation.experiment"), []
    monkeypatch.setattr(
        experiment, "_fitted", lambda A, y, solve=experiment._fitted: fits.append((A, y)) or solve(A, y)
    )
    target = Target("constant", 2, lambda x: np.full(len(x), 3.0), Fraction(0))
    found = fit_blocks(target, TOEPLITZ, (1,)).one_neuron[0]
    A = next(
        A for A, _ in reversed(fits) if A.shape[1] == 2
    )  # the constant, and the neuron of the one column
    assert all(np.array_equal(3 * A[:, 0], y) for A, y in fits)
    singular = np.linalg.svd(A, compute_uv=False)
    off = A.size * 2.0**-53 * np.linalg.norm(A) * 3 / singular[-1]
    # a value is off by at most sqrt(2) of that: columns lie in [0, 1]; its own two products and sums by 4 u more
    assert found <= (2 * (2**0.5 * off + 4 * 2.0**-53 * 3)) ** 2


def test_the_picture_is_drawn_and_says_what_is_what() -> None:
    from ldrtheory.report.error_curves import error_curves

    svg = error_curves(fit_blocks(gaussian(2), TOEPLITZ, (1, 2), seed=1), name="first")
    assert svg.startswith("<svg")
    assert "observed" in svg
    assert "cited" in svg
    assert "verified" not in svg
    assert 'id="first-' in svg
    assert "http" not in svg
