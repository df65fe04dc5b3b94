"""Under which convention a failing kernel is right: named where it is, alone or with another, not where it is near."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import scipy.fft

from ldrtheory import DCT, DFT, DST, QQ, FCirculant, Hankel, SubdiagonalLDR, Toeplitz, ToeplitzPlusHankel
from ldrtheory.conform import CONVENTIONS, Adapter, run
from ldrtheory.conform.conventions import PAIRS, convention_named, matrix_of
from ldrtheory.conform.diagnosis import diagnose
from ldrtheory.conform.suite import prepared
from ldrtheory.errors import BadInput, UnknownName
from ldrtheory.rings import Balls
from tests.kernels.conventional import EXPLAINED, NEAR
from tests.kernels.misread import MISREAD, circulant_transposed

NAMED_ALONE = [
    "DCT(4, 1): backward",
    "SubdiagonalLDR(4, 2, true): inverse of B",
    "Toeplitz: padded one short sum",
]
NAMED_TOGETHER = ["DCT(4, 2): inverse ortho", "FCirculant(4, 2): minus inverse of f"]


QUICK = set(
    {convention: name for name, (_, convention) in reversed(EXPLAINED.items())}.values()
)  # one of each


@pytest.mark.parametrize(
    "name", [name if name in QUICK else pytest.param(name, marks=pytest.mark.accept) for name in EXPLAINED]
)
def test_the_convention_is_named(name):
    adapter, convention = EXPLAINED[name]
    assert convention in [d.name for d in diagnose(prepared(adapter))]


@pytest.mark.parametrize("name", NEAR)
def test_what_is_near_a_convention_has_no_diagnosis(name):
    adapter, convention = NEAR[name]
    convention_named(convention)
    bench = prepared(adapter)
    assert diagnose(bench) == []
    assert run(adapter, laws=("values",)).conforms is False


def test_every_new_reading_has_a_kernel_and_one_near_it():
    wanted = {"weights", "inverse", "invert_f", "padding", "negate_f", "transpose", "orthonormal"}
    for table in (EXPLAINED, NEAR):
        assert wanted <= {part for _, convention in table.values() for part in convention.split("+")}


def keeps_its_promise(adapter, name):
    answer = run(replace(adapter, convention=name))
    assert answer.conforms, str(answer)


@pytest.mark.parametrize("name", NAMED_ALONE + NAMED_TOGETHER)
def test_it_conforms_under_the_convention(name):
    adapter, convention = EXPLAINED[name]
    assert run(replace(adapter, convention=None), laws=("values",)).conforms is False
    keeps_its_promise(adapter, convention)


@pytest.mark.accept
@pytest.mark.parametrize("name", EXPLAINED | MISREAD)
def test_it_conforms_under_every_convention_that_is_named(name):
    adapter, _ = (EXPLAINED | MISREAD)[name]
    for found in diagnose(prepared(adapter)):
        if "but under it" not in found.sentence:
            keeps_its_promise(adapter, found.name)


class TestReadings:
    """Against matrices by hand, or those of scipy."""

    def read(self, name, family, parameters, *which, ring=QQ):
        def element(x):
            return ring(x)

        p = {k: np.vectorize(element, otypes=[object])(np.array(v)) for k, v in parameters.items()}
        return matrix_of(convention_named(name), *which)(family, p, ring).tolist()

    def numbers(self, name, family, *which):
        return np.array(
            [[complex(x) for x in row] for row in self.read(name, family, {}, *which, ring=Balls(64))]
        )

    def test_padding(self):
        t = [1, 2, 3, 4, 5]
        assert self.read("padding", Toeplitz(3), {"t": t}, "their sum in both") == [
            [3, 2, 6],
            [4, 3, 2],
            [6, 4, 3],
        ]
        assert self.read("padding", Toeplitz(3), {"t": t}, "the first in both") == [
            [3, 2, 1],
            [4, 3, 2],
            [1, 4, 3],
        ]
        assert self.read("padding", Toeplitz(3), {"t": t}, "the last in both") == [
            [3, 2, 5],
            [4, 3, 2],
            [5, 4, 3],
        ]
        assert self.read("padding", Toeplitz(rows=2, columns=3), {"t": t[:4]}, "their sum in both") == [
            [3, 2, 5],
            [5, 3, 2],
        ]
        assert self.read("padding", Hankel(2), {"h": [1, 2, 3]}, "their sum in both") == [[4, 2], [2, 4]]
        both = {"t": [1, 0, 2], "h": [3, 0, 4]}
        assert self.read("padding", ToeplitzPlusHankel(2), both, "the last in both") == [[4, 2], [2, 4]]
        assert self.read("padding", FCirculant(3, 0), {"c": [1, 2, 3]}) == [[1, 0, 3], [2, 1, 0], [3, 2, 1]]

    def test_padding_of_one_row_or_one_column_is_as_it_is(self):
        assert self.read("padding", Toeplitz(rows=1, columns=3), {"t": [1, 2, 3]}) == [[3, 2, 1]]
        assert self.read("padding", Toeplitz(1), {"t": [7]}) == [[7]]

    def test_the_inverse_of_f(self):
        """By hand: A = [[0, a], [1, 0]], G H^T = e_0 e_0^T: M = e_0 e_0^T + A e_0 e_0^T B, B = [[0, b], [1, 0]]."""
        family = SubdiagonalLDR(2, 1, True)
        p = {"A": [3, 4], "B": [1, 5], "G": [[1], [0]], "H": [[1], [0]]}
        assert self.read("invert_f", family, p, "B") == [[1, 0], [0, QQ("3/5")]]
        assert self.read("invert_f", family, p, "A") == [[1, 0], [0, 15]]
        p["G"] = [[0], [1]]  # A e_1 = a e_0
        assert self.read("invert_f", family, p, "A and B") == [[0, QQ("1/20")], [1, 0]]
        assert self.read("negate_f+invert_f", family, p, "A", "B") == [[0, QQ("-4/5")], [1, 0]]
        assert self.read("negate_f+invert_f", FCirculant(2, 2), {"c": [1, 2]}) == [[1, -1], [2, 1]]

    @pytest.mark.parametrize("kind", [1, 2, 3, 4])
    @pytest.mark.parametrize("n", [2, 3, 5])
    def test_transforms_against_scipy(self, n, kind):
        """At most 3 n roundings of 2^-53 of numbers below 2 n each on scipy's side."""
        for family, transform in ((DCT(n, kind), scipy.fft.dct), (DST(n, kind), scipy.fft.dst)):
            plain = np.array([[complex(x) for x in row] for row in family.entries({}, Balls(64))])
            np.testing.assert_allclose(
                self.numbers("inverse", family) @ plain, np.eye(n), rtol=0, atol=n**2 * 2.0**-45
            )
            ortho = transform(np.eye(n), kind, norm="ortho", axis=0)
            np.testing.assert_allclose(
                self.numbers("orthonormal", family), ortho, rtol=0, atol=n**2 * 2.0**-45
            )

    def test_weights_by_hand(self):
        """Of [[1, 1], [1, -1]]."""
        said = "times 2, first and last columns times 1/2"
        assert np.array_equal(self.numbers("weights", DCT(2, 1), said), [[1, 1], [1, -1]])
        said = "first and last rows times 1/2, first and last columns times 2"
        assert np.array_equal(self.numbers("weights", DCT(2, 1), said), [[1, 1], [1, -1]])
        said = "first and last columns times 2"
        assert np.array_equal(self.numbers("weights", DCT(2, 1), said), [[2, 2], [2, -2]])

    def test_the_inverse_of_the_Fourier_transform(self):
        assert np.array_equal(self.numbers("inverse", DFT(2)), [[0.5, 0.5], [0.5, -0.5]])
        assert np.array_equal(self.numbers("inverse", DFT(4))[1], [0.25, 0.25j, -0.25, -0.25j])


class TestCombinations:
    def test_they_are_applied_in_one_order_however_they_are_named(self):
        for name in ("transpose+scale:n", "scale:n+transpose"):
            assert convention_named(name).names == ("transpose", "scale:n")
        assert convention_named("scale:2+invert_f+negate_f").names == ("negate_f", "invert_f", "scale:2")

    def test_transpose_and_scale_by_hand(self):
        p = {"t": np.array([QQ(1), QQ(2), QQ(3)])}
        M = matrix_of(convention_named("transpose+scale:n"), "", "multiplied")(Toeplitz(2), p, QQ)
        assert M.tolist() == [[4, 6], [2, 4]]

    def test_every_pair_is_of_two_that_can_hold_together(self):
        names = [pair.names for pair in PAIRS]
        assert len(names) == len(set(names)) == len({frozenset(pair) for pair in names})
        assert ("orthonormal", "transpose") in names
        assert ("transpose", "adjoint") not in names
        assert {name for pair in names for name in pair} == set(CONVENTIONS)

    def test_an_unknown_part_offers_the_nearest(self):
        with pytest.raises(UnknownName, match="'transpose'"):
            Adapter("Circulant", circulant_transposed, convention="transpsoe+scale:n")

    def test_a_name_twice_is_refused(self):
        with pytest.raises(BadInput, match="each once"):
            Adapter("Circulant", circulant_transposed, convention="scale:n+scale:n")

    def test_a_part_that_the_family_does_not_have_is_refused(self):
        with pytest.raises(UnknownName, match="transpose"):
            run(Adapter("Circulant", circulant_transposed, convention="index_order+transpose"))


def test_a_second_mistake_is_told_with_the_convention():
    """Transposed, and of another dtype: right under the transpose but for the dtype."""
    adapter = Adapter(
        "Circulant", lambda p, x: circulant_transposed(p, x).astype("float64"), "float32", sizes=[3, 4]
    )
    found = diagnose(prepared(adapter))
    assert found[0].name == "transpose"
    assert (
        found[0].sentence
        == "conforms if its output is read as the transpose, M^T x; but under it dtype fails"
    )


def test_a_kernel_that_is_right_up_to_its_sizes_is_not_misread():
    """Transposed up to n = 8, where the convention is looked for, and something else at n = 12."""

    def kernel(p, x):
        return circulant_transposed(p, x) if x.shape[-1] <= 8 else x

    assert diagnose(prepared(Adapter("Circulant", kernel, sizes=[3, 5, 8, 12]))) == []
