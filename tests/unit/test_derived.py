"""Counts of classes: closed forms against the run, known counts by hand, torch's counter, refusals."""

from __future__ import annotations

import random
from fractions import Fraction
from typing import Any, ClassVar

import numpy as np
import pytest
from flint import nmod_poly

from ldrtheory.bounds.closed_forms import figures
from ldrtheory.bounds.derived import derive, describe
from ldrtheory.errors import BadInput, Undecided, UnknownName
from ldrtheory.families import FAMILIES, Family, degree
from ldrtheory.rings import Ring

P = 2**61 - 1

# sizes of which the counts are polynomials: beside all instances up to 5, one with every size far from the others
LARGER = [
    "Toeplitz(rows=12, columns=7)",
    "Hankel(rows=7, columns=12)",
    "ToeplitzPlusHankel(rows=12, columns=5)",
    "Circulant(12)",
    "FCirculant(12, 3)",
    "FCirculant(11, 0)",
    "FCirculant(12, -1)",
    "Vandermonde(rows=12, columns=9)",
    "ConfluentVandermonde(rows=9, columns=12)",
    "ConfluentVandermonde(rows=12, columns=9)",
    "PolynomialVandermonde(rows=12, columns=9)",
    "ChebyshevVandermonde(rows=9, columns=12)",
    "Cauchy(rows=12, columns=9)",
    "Loewner(rows=9, columns=12)",
    "Pick(12)",
    "Bezoutian(12)",
    "Resultant(7, 5)",
    "Companion(12)",
    "Dense(12, 7)",
    "LowRank(rows=12, columns=11, rank=5)",
    "DFT(12)",
    "DFT(11)",
    "DCT(12, 1)",
    "DCT(11, 2)",
    "DCT(12, 3)",
    "DCT(7, 4)",
    "DST(12, 1)",
    "DST(11, 2)",
    "DST(12, 3)",
    "DST(7, 4)",
    "WalshHadamard(8)",
    "ToeplitzLike(12, 5)",
    "SubdiagonalLDR(12, 5)",
    "SubdiagonalLDR(11, 3, true)",
    "TridiagonalLDR(12, 5)",
    "TridiagonalLDR(11, 4)",
    "TridiagonalLDR(12, 3, true)",
    "InverseToeplitz(12)",
    "ToeplitzProduct(12, 4)",
    "TriangularToeplitzProduct(12)",
    "ACDC(12)",
    "Butterfly(8)",
    "BlockButterfly(12, 3)",
    "Kaleidoscope(8, 3)",
    "Kaleidoscope(5, 2, 8/5)",
    "Kaleidoscope(3, 1, 16/3)",
    "OrthogonalKaleidoscope(8, 3)",
    "Monarch(12, 3)",
    "DiagonalCirculant(12, 4)",
    "Householder(12, 5)",
]


@pytest.mark.parametrize("name", FAMILIES)
def test_closed_forms_equal_the_run(name: str) -> None:
    for family in FAMILIES[name].up_to(5):
        closed = figures(family)
        assert closed in (None, derive(family)), family


@pytest.mark.parametrize("text", LARGER)
def test_closed_forms_equal_the_run_at_larger_sizes(text: str) -> None:
    family = describe(text).family
    assert figures(family) == derive(family)


@pytest.mark.accept
@pytest.mark.parametrize("name", FAMILIES)
def test_closed_forms_equal_the_run_up_to_twelve(name: str) -> None:
    for family in FAMILIES[name].up_to(12):
        if max(getattr(family, "width", 1), getattr(family, "rank", 1)) <= 4:
            assert figures(family) in (None, derive(family)), family


@pytest.mark.parametrize("name", FAMILIES)
def test_a_count_says_whether_it_is_derived_or_a_closed_form(name: str) -> None:
    """Below 13 always derived; above, the closed form if the class has one, else the run."""
    for family in FAMILIES[name].up_to(16):
        side = max(family.shape)
        if side in (12, 16) and getattr(family, "rank", 1) == 1:
            known = side > 12 and figures(family) is not None
            assert describe(family).exactness == ("closed form" if known else "derived"), family


@pytest.mark.parametrize(
    ("text", "expected"),  # by hand: parameters, numerator, denominator, multiplications, additions, nonzeros
    [
        ("Dense(2, 3)", (6, 1, 0, 6, 4, 6)),
        ("LowRank(n=4, rank=2)", (16, 2, 0, 16, 2 * 3 + 4, 16)),
        ("Butterfly(8)", (48, 3, 0, 48, 24, 64)),
        ("Companion(4)", (4, 1, 0, 4, 3, 7)),
        ("WalshHadamard(1024)", (0, 0, 0, 0, 10240, 1048576)),
        ("Monarch(16, 4)", (128, 2, 0, 128, 96, 256)),
        ("Cauchy(n=5)", (10, 0, 1, 25, 20, 25)),
    ],
)
def test_counts_by_hand(text: str, expected: tuple[int, ...]) -> None:
    d = describe(text)
    assert (
        d.parameters,
        d.degree_numerator,
        d.degree_denominator,
        d.multiplications,
        d.additions,
        d.nonzeros,
    ) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Toeplitz(5)", 0),  # entries are parameters
        ("Cauchy(n=5)", 50),  # a subtraction and a division for each entry
        ("Vandermonde(n=4)", 8),  # x^2, x^3 of 4 nodes
        ("FCirculant(4, 3)", 6),  # f c_k above the diagonal
        ("DFT(8)", 0),  # no parameters: known beforehand
    ],
)
def test_what_is_done_with_the_weights_alone_is_preparation(text: str, expected: int) -> None:
    assert describe(text).preparation == expected


@pytest.mark.parametrize("name", FAMILIES)
def test_large_sizes_are_answered_by_the_closed_form_or_not_at_all(name: str) -> None:
    """Running a class at n = 4096 would take hours."""
    sizes = {"n": 4096, "m": 4096, "rows": 4096, "columns": 4096, "rank": 2, "type": 2, "f": 2, "factors": 2}
    sizes |= {"width": 1, "block": 64, "reflectors": 2, "expansion": 1}
    wanted = [k for k in FAMILIES[name].__dataclass_fields__ if k in sizes]
    if "n" in wanted:
        wanted = [k for k in wanted if k not in ("rows", "columns")]
    family = FAMILIES[name](**{k: sizes[k] for k in wanted})
    if figures(family) is None:
        with pytest.raises(Undecided, match="no closed form"):
            describe(family)
    else:
        assert describe(family).exactness == "closed form"


def test_dense_layers_equal_torch() -> None:
    torch = pytest.importorskip("torch", reason="torch's counter of operations is the other system here")
    from torch.utils.flop_counter import FlopCounterMode

    with FlopCounterMode(display=False) as counter:
        torch.nn.Linear(7, 5, bias=False)(torch.zeros(1, 7))
    d = describe("Dense(5, 7)")
    assert counter.get_total_flops() == 2 * 5 * 7 == 2 * d.multiplications


class Tally:
    """A number that tallies the multiplications and additions done with it."""

    done: ClassVar[dict[str, int]] = {"*": 0, "+": 0}

    def __mul__(self, other: object) -> Tally:
        Tally.done["*"] += 1
        return self

    def __add__(self, other: object) -> Tally:
        Tally.done["+"] += 1
        return self


def test_dense_product_counted_by_numpy_itself() -> None:
    """numpy's product of object arrays does m n multiplications and m (n - 1) additions."""
    Tally.done = {"*": 0, "+": 0}
    M, x = np.full((3, 5), Tally(), dtype=object), np.full(5, Tally(), dtype=object)
    M @ x
    d = describe("Dense(3, 5)")
    assert (Tally.done["*"], Tally.done["+"]) == (d.multiplications, d.additions)


def test_spaces_and_case_do_not_matter() -> None:
    assert describe("sub diagonal ldr( N = 4, Rank=1)").family == describe("SubdiagonalLDR(4,1)").family


@pytest.mark.parametrize(
    ("text", "error", "words"),
    [
        ("Toeplits(4)", UnknownName, "did you mean 'Toeplitz'"),
        ("Toeplitz(n=-3)", BadInput, "at least 1; got n=-3"),
        ("LowRank(n=4, rank=5)", BadInput, "at most 4"),
        ("Toeplitz(4, 5, 6)", BadInput, "one too many"),
        ("Dense(10000000000000, 2)", BadInput, "above 10"),
        ("ToeplitzProduct(3, 1000000000)", BadInput, "10^5 factors"),
        ("Toeplitz(n=2.5)", BadInput, "integer n"),
    ],
)
def test_bad_sizes_are_refused(text: str, error: type[Exception], words: str) -> None:
    with pytest.raises(error, match=words.replace("(", r"\(").replace("^", r"\^")):
        describe(text)


def test_a_class_without_closed_form_is_refused_at_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ldrtheory.bounds.derived.figures", lambda family: None)
    assert describe("Toeplitz(13)").exactness == "derived"
    with pytest.raises(Undecided, match="no closed form"):
        describe("Toeplitz(65)")


def test_only_families_are_described() -> None:
    with pytest.raises(BadInput, match="wanted a family"):
        describe(7)  # type: ignore[arg-type]
    assert isinstance(describe("Toeplitz(3)").family, Family)


class Quotient:
    """A quotient of polynomials in t modulo a prime in lowest terms: what a class is on a line of parameters."""

    def __init__(self, top: Any, bottom: Any) -> None:
        common = top.gcd(bottom)
        self.top, self.bottom = top // common, bottom // common

    def _read(self, other: Any) -> Quotient:
        if isinstance(other, Quotient):
            return other
        x = Fraction(str(other))
        return Quotient(nmod_poly([x.numerator], P) * pow(x.denominator, -1, P), nmod_poly([1], P))

    def __add__(self, other: Any) -> Quotient:
        other = self._read(other)
        return Quotient(self.top * other.bottom + other.top * self.bottom, self.bottom * other.bottom)

    __radd__ = __add__

    def __neg__(self) -> Quotient:
        return Quotient(-self.top, self.bottom)

    def __sub__(self, other: Any) -> Quotient:
        return self + -self._read(other)

    def __rsub__(self, other: Any) -> Quotient:
        return self._read(other) - self

    def __mul__(self, other: Any) -> Quotient:
        other = self._read(other)
        return Quotient(self.top * other.top, self.bottom * other.bottom)

    __rmul__ = __mul__


class Line(Ring):
    """The field of rational functions of t modulo a 61-bit prime."""

    name, exact = "line", False
    zero = property(lambda self: Quotient(nmod_poly([0], P), nmod_poly([1], P)))
    one = property(lambda self: Quotient(nmod_poly([1], P), nmod_poly([1], P)))

    def __call__(self, value: Any) -> Quotient:
        return self.one._read(value)

    def inverse(self, x: Any) -> Quotient:
        return Quotient(self(x).bottom, self(x).top)


# where the true degree is below the derived one, and what cancels
CANCELLATIONS = {"Householder(n=1": "a reflection of the line is -1 whatever its normal is"}


@pytest.mark.parametrize(
    "name", [k for k in FAMILIES if k not in ("DFT", "DCT", "DST", "ACDC", "WalshHadamard")]
)
def test_degrees_on_random_lines(name: str) -> None:
    """On a random line a + t b the degrees in t of reduced entries are the total degrees, n <= 4."""
    source, ring = random.Random(11), Line()
    for family in FAMILIES[name].up_to(4):
        p = family.filled(
            lambda: Quotient(nmod_poly([source.randrange(P), source.randrange(P)], P), nmod_poly([1], P))
        )
        entries = [ring(x) for x in family.entries(p, ring).flat]
        true = (
            max(max(x.top.degree(), 0) for x in entries),
            max(x.bottom.degree() for x in entries),
        )
        derived = degree(family)
        assert all(a <= b for a, b in zip(true, derived, strict=True)), family
        if not any(str(family).startswith(text) for text in CANCELLATIONS):
            assert true == derived, family
