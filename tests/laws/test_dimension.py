"""Laws of the generic dimension, for every family: the program, the Jacobian, the gauges, the formula."""

from __future__ import annotations

import json
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
import sympy
from flint import nmod

from ldrtheory.bounds.dimension import dimension, formula
from ldrtheory.bounds.dimension.certificate import jacobian_rank, statement_of
from ldrtheory.bounds.dimension.gauges import gauges
from ldrtheory.bounds.dimension.learned import generated_rank
from ldrtheory.bounds.dimension.modular import Point, jacobian
from ldrtheory.bounds.dimension.recording import Program, program_of
from ldrtheory.bounds.dimension.symbolic import Polynomial
from ldrtheory.bounds.dimension.upper import directions, is_gauge, polynomials, upper_bounds
from ldrtheory.families import FAMILIES, parse_family
from ldrtheory.families.family import Family
from ldrtheory.linalg import equal
from ldrtheory.rings import GF, RationalFunctions, Ring

LARGER = [
    "SubdiagonalLDR(8, 3)",
    "SubdiagonalLDR(7, 2, true)",
    "TridiagonalLDR(6, 2)",
    "TridiagonalLDR(6, 2, true)",
    "ToeplitzLike(8, 3)",
    "LowRank(rows=7, columns=5, rank=3)",
    "Butterfly(16)",
    "BlockButterfly(12, 3)",
    "Kaleidoscope(8, 2)",
    "OrthogonalKaleidoscope(8, 2)",
    "Monarch(12, 4)",
    "DiagonalCirculant(7, 2)",
    "Householder(6, 4)",
    "Householder(3, 5)",
    "ToeplitzProduct(6, 3)",
    "Pick(6)",
    "Loewner(rows=5, columns=4)",
    "PolynomialVandermonde(5)",
    "Bezoutian(6)",
    "ACDC(5)",
]
SMALL = [family for cls in FAMILIES.values() for family in cls.up_to(3)]
P = 2**61 - 1


class Dual:
    """a + b eps with eps^2 = 0 over a prime field: a Jacobian of its own, for these tests only."""

    def __init__(self, a: Any, b: Any) -> None:
        self.a, self.b = a, b

    def __add__(self, other: Any) -> Dual:
        other = self._read(other)
        return Dual(self.a + other.a, self.b + other.b)

    __radd__ = __add__

    def __sub__(self, other: Any) -> Dual:
        other = self._read(other)
        return Dual(self.a - other.a, self.b - other.b)

    def __rsub__(self, other: Any) -> Dual:
        return self._read(other) - self

    def __neg__(self) -> Dual:
        return Dual(-self.a, -self.b)

    def __mul__(self, other: Any) -> Dual:
        other = self._read(other)
        return Dual(self.a * other.a, self.a * other.b + self.b * other.a)

    __rmul__ = __mul__

    def _read(self, other: Any) -> Dual:
        if isinstance(other, Dual):
            return other
        x = Fraction(other)
        return Dual(self.a * 0 + x.numerator * (self.a * 0 + x.denominator) ** -1, self.a * 0)


class Duals(Ring):
    """The ring of dual numbers."""

    name, exact = "duals", False

    def __init__(self, field: Ring) -> None:
        self.base = field

    zero = property(lambda self: Dual(self.base.zero, self.base.zero))
    one = property(lambda self: Dual(self.base.one, self.base.zero))

    def __call__(self, value: Any) -> Dual:
        return value if isinstance(value, Dual) else Dual(self.base(value), self.base.zero)

    def inverse(self, x: Any) -> Dual:
        up = self.base.inverse(self(x).a)
        return Dual(up, -(up * up) * self(x).b)

    def root_of_unity(self, n: int) -> Dual:
        return self(self.base.root_of_unity(n))


def motions(family: Family, point: Point, field: Callable[..., Any]) -> list[dict[str, Any]]:
    """The directions of a gauge at a point, one for each coefficient."""
    names: list[Polynomial] = []

    def free() -> Polynomial:
        names.append(Polynomial.symbol(len(names) + 1))
        return names[-1]

    moved = field(polynomials(family, [Polynomial.constant(x) for x in point.values]), free)
    return [
        {
            name: np.array([x.terms.get((k + 1,), 0) % point.prime for x in table.flat], dtype=object)
            for name, table in moved.items()
        }
        for k in range(len(names))
    ]


@pytest.mark.parametrize("family", [*SMALL, *map(parse_family, LARGER)], ids=str)
def test_no_entry_moves_along_a_gauge(family: Family) -> None:
    """By dual numbers over a prime field, at a random point; and the symbolic proof says so too."""
    program = program_of(family)
    point = Point.random(program, family.order, 5)
    ring = Duals(GF(point.prime))
    for one in gauges(family):
        assert is_gauge(family, one), one.name
        for motion in motions(family, point, one.field)[:6]:
            values = iter(point.values)
            p = family.filled(lambda: ring.base(next(values)))  # noqa: B023
            for slot in family.slots():
                speed = motion.get(slot.name, [0] * slot.size)
                flat = [
                    Dual(a, ring.base(int(b)))
                    for a, b in zip(np.asarray(p[slot.name]).flat, speed, strict=True)
                ]
                p[slot.name] = np.empty(slot.shape, dtype=object)
                p[slot.name].flat = flat
            assert all(ring(x).b == 0 for x in family.entries(p, ring).flat), one.name


@pytest.mark.parametrize("family", SMALL, ids=str)
def test_bounds_meet_and_agree_with_the_formula(family: Family) -> None:
    program = program_of(family)
    lower = jacobian_rank(program, family.order, 3)
    upper = upper_bounds(family, program, directions(family, program, lower.point))[0]
    assert lower.rank == upper.bound
    assert upper.shown
    assert formula(family) in (None, lower.rank)


@pytest.mark.parametrize("text", LARGER)
def test_bounds_meet_at_larger_sizes(text: str) -> None:
    test_bounds_meet_and_agree_with_the_formula(parse_family(text))


@pytest.mark.accept
@pytest.mark.parametrize("name", FAMILIES)
def test_bounds_meet_up_to_eight(name: str) -> None:
    for family in FAMILIES[name].up_to(8):
        if getattr(family, "rank", 1) <= 4 and str(family) != "Kaleidoscope(n=7, width=1, expansion=8/7)":
            test_bounds_meet_and_agree_with_the_formula(family)


@pytest.mark.parametrize(
    "name", [k for k in FAMILIES if k not in ("DFT", "DCT", "DST", "ACDC", "WalshHadamard")]
)
def test_the_rank_is_that_of_sympys_derivatives(name: str) -> None:
    """The entries as rational functions of the parameters, n <= 2, differentiated by sympy; ranks over Q at a point."""
    for family in FAMILIES[name].up_to(2):
        count = sum(slot.size for slot in family.slots())
        if count > 10:
            continue  # sympy's quotients get long
        ring = RationalFunctions(*(f"p{k}" for k in range(count)))
        M = family.entries(family.filled(iter(ring.variables).__next__), ring)
        names = [sympy.Symbol(f"p{k}") for k in range(count)]
        at = dict(zip(names, sympy.primerange(5, 500), strict=False))
        J = sympy.Matrix([[ring(x).as_expr().diff(s).subs(at) for s in names] for x in M.flat])
        exact = J.rank() if count else 0
        assert jacobian_rank(program_of(family), 1, 3).rank == exact, family


@pytest.mark.parametrize("family", SMALL, ids=str)
def test_the_program_computes_the_entries(family: Family) -> None:
    """The program evaluated step by step, against the family over the field itself."""
    ring, program = family.field(), program_of(family)
    p = family.example(4)
    values = [x for slot in family.slots() for x in np.asarray(p[slot.name], dtype=object).flat]
    for op, *rest in program.steps:
        if op == "constant":
            values.append(ring(rest[0]))
            continue
        a, b = (values[i] for i in rest)
        values.append(
            a + b if op == "add" else a - b if op == "sub" else a * (b if op == "mul" else ring.inverse(b))
        )
    out = np.array([None] * len(program.outputs), dtype=object)
    out[:] = [ring(values[i]) for i in program.outputs]
    entries = np.array([None] * out.size, dtype=object)
    entries[:] = [ring(x) for x in family.entries(p, ring).flat]
    assert equal(out, entries)


@pytest.mark.parametrize(
    "text", ["SubdiagonalLDR(4, 2)", "TridiagonalLDR(3, 1)", "Householder(3, 2)", "ACDC(3)"]
)
def test_the_jacobian_is_that_of_dual_numbers(text: str) -> None:
    family = parse_family(text)
    program = program_of(family)
    point = Point.random(program, family.order, 9)
    J = np.array(jacobian(program, point), dtype=object)

    class Field(type(GF(point.prime))):  # type: ignore[misc]
        """The prime field with the root of unity of the point."""

        def root_of_unity(self, n: int) -> nmod:
            return nmod(point.root, point.prime) if n == family.order > 2 else super().root_of_unity(n)

    ring = Duals(Field(point.prime))
    for k in range(program.parameters):
        numbers = iter(range(program.parameters))
        p = family.filled(lambda: Dual(ring.base(point.values[i := next(numbers)]), ring.base(int(i == k))))  # noqa: B023
        column = [int(ring(x).b) for x in family.entries(p, ring).flat]
        assert column == [int(x) for x in J[:, k]]


@pytest.mark.parametrize(
    "text",
    [
        "SubdiagonalLDR(5, 2)",
        "SubdiagonalLDR(6, 1, true)",
        "TridiagonalLDR(5, 1)",
        "TridiagonalLDR(6, 2, true)",
    ],
)
def test_the_jacobian_at_size_has_the_rank_of_the_program(text: str) -> None:
    family = parse_family(text)
    assert generated_rank(family) == jacobian_rank(program_of(family), 1, 3).rank  # type: ignore[arg-type]


@pytest.mark.parametrize("columns", [None, [2], [3, 0]])
def test_chosen_columns_are_those_of_all(columns: list[int] | None) -> None:
    program = Program(
        4, (("mul", 0, 1), ("sub", 4, 2), ("div", 5, 3), ("mul", 6, 6)), (4, 6, 7), program_of_field()
    )
    point = Point(P, 1, (3, 5, 7, 11))
    full = jacobian(program, point)
    up = pow(11, -1, P)
    q = 8 * up % P  # (3 * 5 - 7) / 11
    assert full[0] == [5, 3, 0, 0]
    assert full[1] == [5 * up % P, 3 * up % P, -up % P, -q * up % P]
    assert full[2] == [2 * q * x % P for x in full[1]]
    if columns is not None:
        assert jacobian(program, point, columns) == [[row[j] for j in columns] for row in full]


def program_of_field() -> Ring:
    """The field Q."""
    return parse_family("Dense(1, 1)").field()


def test_statements_are_plain_data() -> None:
    lower = jacobian_rank(program_of(parse_family("Cauchy(3)")), 1, 3)
    data = statement_of(lower)
    assert json.loads(json.dumps(data)) == data
    assert data["claim"]["dimension"] == lower.rank == 5


def test_the_answer_has_both_sides_and_the_checker_has_accepted() -> None:
    answer = dimension("OrthogonalKaleidoscope(4, 1)")
    assert (answer.lower, answer.dimension, answer.upper, str(answer.level)) == (12, 12, 12, "verified")
    assert answer.checked
    assert answer.certificate is None
