"""Dimensions known by hand, refusals, levels, certificates and the command line."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from ldrtheory.bounds.dimension import answer as module
from ldrtheory.bounds.dimension import dimension, formula
from ldrtheory.bounds.dimension.gauges import Gauge, gauges
from ldrtheory.bounds.dimension.recording import Recording, program_of
from ldrtheory.bounds.dimension.symbolic import Directions, Polynomial
from ldrtheory.bounds.dimension.upper import Upper, affine_rank, is_gauge, upper_bounds
from ldrtheory.bounds.dimension.words import derivative
from ldrtheory.claims import sentence
from ldrtheory.cli import status
from ldrtheory.errors import BadInput, CheckerRefused, NotInRing, NotInvertible, Undecided, UnknownName
from ldrtheory.families import FAMILIES, parse_family
from ldrtheory.judge import check
from ldrtheory.rings import QQ
from tests.pages import DOCS, program

TABLE = program("dimension_table")

KNOWN = {  # class -> dimension, by counting or by a published count
    "Dense(3, 4)": 12,
    "Toeplitz(6)": 11,
    "Toeplitz(rows=2, columns=5)": 6,
    "Hankel(5)": 9,
    "ToeplitzPlusHankel(5)": 16,  # the two share a + b (-1)^(i+j)
    "Circulant(7)": 7,
    "FCirculant(4, 0)": 4,
    "LowRank(rows=5, columns=4, rank=2)": 2 * (5 + 4 - 2),
    "ToeplitzLike(5, 2)": 2 * (10 - 2),  # a bijection with the matrices of rank 2
    "Cauchy(4)": 7,
    "Vandermonde(4)": 4,
    "Companion(4)": 4,
    "Bezoutian(4)": 7,  # inverses of Hankel matrices
    "InverseToeplitz(4)": 7,
    "Butterfly(8)": 8 * (3 + 1),
    "Kaleidoscope(8, 1)": 2 * 8 * 3,
    "Kaleidoscope(4, 1)": 16,
    "Monarch(9, 3)": 9 * 5,
    "Householder(4, 1)": 3,  # a line
    "Householder(4, 3)": 6,  # open in the orthogonal matrices of determinant -1
    "Householder(3, 5)": 3,
    "DiagonalCirculant(4, 1)": 7,
    "ToeplitzProduct(2, 2)": 4,
    "DFT(4)": 0,
    "WalshHadamard(4)": 0,
    "TridiagonalLDR(9, 1)": 2 * (3 * 9 - 2 + 2) + 2 * 9 - 1 - 2,
    "TridiagonalLDR(9, 1, true)": 2 * (3 * 9 - 2 + 2) + 2 * 9 - 1 - 1,
    "SubdiagonalLDR(8, 1)": 4 * 8 - 1 - 1,
}


@pytest.mark.parametrize(("text", "expected"), KNOWN.items())
def test_known_dimensions(text: str, expected: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_accepted", lambda *given: True)  # the checker has tests of its own
    answer = dimension(text)
    assert (answer.lower, answer.upper) == (expected, expected)
    counted = expected in (answer.parameters, answer.ambient) or "number of" in answer.upper_reason
    assert str(answer.upper_level) == ("verified" if counted else "probable")
    assert formula(parse_family(text)) == expected
    assert answer.redundancy == answer.parameters - expected


def test_certificates_are_written_and_checked(tmp_path: Path) -> None:
    path = tmp_path / "c.json"
    answer = dimension("SubdiagonalLDR(n=4, rank=1)", certificate=path)
    assert answer.certificate == path
    assert check(path).accepted
    claim = json.loads(path.read_text())["statements"][0]["claim"]
    assert sentence(claim).startswith("the image of the given program (16 parameters, ")
    assert "has dimension at least 14 over Q" in sentence(claim)
    for spot, value in (("dimension", 15), ("field", "GF(7)")):
        data = json.loads(path.read_text())
        data["statements"][0]["claim"][spot] = value
        (tmp_path / "other.json").write_text(json.dumps(data))
        assert not check(tmp_path / "other.json").accepted


def test_an_answer_is_printed_as_on_the_command_line() -> None:
    assert str(dimension("LowRank(n=3, rank=1)")).startswith(
        "LowRank(n=3, rank=1): dimension 5 of 9 (3 x 3 matrices)\n"
    )


def test_cyclotomic_constants_are_certified(tmp_path: Path) -> None:
    answer = dimension("ACDC(3)", certificate=tmp_path / "c.json")
    assert (answer.dimension, str(answer.lower_level), str(answer.upper_level)) == (5, "verified", "probable")
    assert '"field":"Q(zeta_12)"' in (tmp_path / "c.json").read_text()


def test_a_refusing_checker_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    honest = module.jacobian_rank

    def one_more(*given: Any) -> Any:
        found = honest(*given)
        return type(found)(
            found.program, found.point, found.rank, (*found.rows[:-1], found.rows[0]), found.columns
        )

    monkeypatch.setattr(module, "jacobian_rank", one_more)
    with pytest.raises(CheckerRefused, match="not distinct"):
        dimension("Toeplitz(2)")


def test_without_identities_the_upper_bound_is_only_probable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "directions", lambda *given: [])
    answer = dimension("LowRank(n=3, rank=2)")
    assert (answer.lower, answer.upper, str(answer.upper_level), str(answer.level)) == (
        8,
        8,
        "probable",
        "probable",
    )
    assert "error <= 2^-" in answer.upper_reason
    assert "shown in this run: at most 9" in answer.upper_reason


def test_a_point_that_is_not_generic_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    honest, seeds = module.jacobian_rank, []

    def unlucky(program: Any, order: int, seed: int) -> Any:
        seeds.append(seed)
        found = honest(program, order, seed)
        short = found.rows[:-1], found.columns[:-1]
        return found if len(seeds) > 1 else type(found)(program, found.point, found.rank - 1, *short)

    monkeypatch.setattr(module, "jacobian_rank", unlucky)
    monkeypatch.setattr(module, "directions", lambda *given: [])
    assert dimension("Butterfly(4)").dimension == 12
    assert len(set(seeds)) == len(seeds) > 2


def test_what_is_no_gauge_is_not_taken_for_one() -> None:
    family = parse_family("Cauchy(3)")
    (translation,) = gauges(family)

    def one_sided(p: Any, free: Any) -> Any:
        return {"s": translation.field(p, free)["s"]}

    assert is_gauge(family, translation)
    assert not is_gauge(family, Gauge("only the rows", one_sided))


@pytest.mark.parametrize(
    ("of", "motion"),
    [
        ({"GK": 1}, {"G": {"GX": 1}, "K": {"XK": 1}}),
        ({"AM": 1, "MB": -1}, {"A": {"": 1}}),
        ({"ANB": 1}, {"A": {"A": 1}, "B": {"B": -2}}),
    ],
)
def test_what_is_no_identity_of_words_is_noticed(of: Any, motion: Any) -> None:
    assert derivative(of, motion) != {}


def test_letters_do_not_commute() -> None:
    assert derivative({"AB": 1}, {"A": {"B": 1}}) == {"BB": 1}
    assert derivative({"AB": 1, "BA": -1}, {"A": {"C": 1}}) == {"CB": 1, "BC": -1}


def test_forgetting_is_only_for_multiples() -> None:
    """x + y with dx = x, dy = -y is not still; (x + y) / (x + y) with dx = x, dy = y is, and 1 / x is not."""
    ring = Directions()
    u, v = ring.symbol(), ring.symbol()
    x, y, z = ring.moving(u, u), ring.moving(v, -v), ring.moving(v, v)
    assert not ring.still((x + y) * (x + y))
    assert ring.still((x + z) / (x + z))
    assert not ring.still(ring.inverse(x))
    assert ring.still(x * ring.inverse(x + z))
    assert not ring.still(ring.inverse(x + y))
    assert not ring.still(ring.moving(u, v * v) * 0 + x)
    with pytest.raises(NotInvertible):
        ring.inverse(ring.zero)


def test_division_of_polynomials() -> None:
    x, y = Polynomial.symbol(1), Polynomial.symbol(2)
    q = ((x + y) * (x - y) * (x + x + y)).over(x + y)
    assert q is not None
    assert not (q - (x - y) * (x + x + y)).terms
    assert (x * x + y).over(x) is None
    assert (x * y + Polynomial.constant(1)).over(x + y) is None


def test_affine_programs_have_a_constant_jacobian() -> None:
    assert affine_rank(program_of(parse_family("ToeplitzPlusHankel(4)"))) == 12
    assert affine_rank(program_of(parse_family("FCirculant(3, 1/2)"))) == 3
    assert affine_rank(program_of(parse_family("LowRank(n=2, rank=1)"))) is None
    assert affine_rank(program_of(parse_family("Cauchy(2)"))) is None


def test_recording_elements_refuse_to_be_looked_at() -> None:
    tape = Recording(QQ)
    x = tape.parameter()
    with pytest.raises(NotInRing):
        bool(x)
    with pytest.raises(NotInRing):
        tape.is_zero(x)
    with pytest.raises(NotInvertible):
        x / 0
    _ = x + x
    with pytest.raises(NotInRing, match="first step"):
        tape.parameter()


def test_constants_and_repetitions_cost_nothing() -> None:
    tape = Recording(QQ)
    x, y = tape.parameter(), tape.parameter()
    assert (x + 0).number == (1 * x).number == (x - 0).number == (x / 1).number == x.number
    assert (x * 0).constant == 0
    assert (x * y).number == (y * x).number
    assert (x - y).number != (y - x).number
    assert tape.steps == [("mul", 0, 1), ("sub", 0, 1), ("sub", 1, 0)]


def test_learned_classes_at_size_say_what_was_not_checked() -> None:
    answer = dimension("SubdiagonalLDR(n=64, rank=2)")
    assert (answer.lower, answer.upper) == (2 * 64 + 4 * 64 - 5, 379)
    assert (str(answer.lower_level), str(answer.upper_level), str(answer.level)) == (
        "observed",
        "observed",
        "observed",
    )
    assert "verified" not in answer.lower_reason


@pytest.mark.parametrize(
    ("text", "error", "words"),
    [
        ("Toeplits(4)", UnknownName, "did you mean 'Toeplitz'"),
        ("LowRank(n=4, rank=5)", BadInput, "at most 4"),
        ("Toeplitz(n=-1)", BadInput, "at least 1"),
        ("Toeplitz(n=100000)", Undecided, "formula gives 199999"),
        ("Dense(1000000000, 1000000000)", Undecided, "wanted at most"),
        ("TridiagonalLDR(n=1000, rank=3)", Undecided, "ask for smaller sizes"),
        ("DiagonalCirculant(100, 30)", Undecided, "ask for smaller sizes"),
        ("DFT(2000)", Undecided, "wanted at most"),
        ("Toeplitz", BadInput, "n"),
        ("", BadInput, "not a family"),
    ],
)
def test_refusals(text: str, error: type[Exception], words: str) -> None:
    with pytest.raises(error, match=words):
        dimension(text)


def test_certificates_too_long_for_the_checker_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ldrtheory.bounds.dimension.certificate.CHECKER_STEPS", 1000)
    with pytest.raises(BadInput, match="ask without a certificate"):
        dimension("SubdiagonalLDR(n=8, rank=1)", certificate=tmp_path / "c.json")
    assert not (tmp_path / "c.json").exists()


def test_the_least_shown_bound_wins() -> None:
    family = parse_family("Pick(2)")  # 6 parameters, 3 different entries, 2 gauge directions
    found = upper_bounds(family, program_of(family), [])
    assert found[0] == Upper(3, "the number of different entries that vary", True, True)


def test_the_table_of_the_page_is_fresh_for_small_sizes() -> None:
    page, sizes = (DOCS / "dimensions.md").read_text(encoding="utf-8"), (1, 2, 3)
    written = TABLE.small_columns(page, sizes)
    for name, *cells, _ in TABLE.rows(sizes):
        assert written[name] == cells, "run `python docs/dimension_table.py`"


def test_the_whole_table_is_certified_and_agrees_with_the_formulas() -> None:
    """No question mark, no exclamation mark; every family, up to n = 16."""
    page = (DOCS / "dimensions.md").read_text(encoding="utf-8")
    cells = TABLE.small_columns(page, TABLE.SIZES)
    assert {re.sub(r"[(`].*", "", name.strip("`")) for name in cells} == set(FAMILIES)
    assert all(re.fullmatch(r"(\d+/\d+)?", cell) for row in cells.values() for cell in row)
    assert all(row[-1] for name, row in cells.items() if "block=3" not in name)


def test_command_line(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert (
        status(["dimension", "lowrank(n=3, rank=1)", "--json", "--certificate", str(tmp_path / "c.json")])
        == 0
    )
    data = json.loads(capsys.readouterr().out)
    assert {k: data[k] for k in ("parameters", "dimension", "lower", "upper", "redundancy", "ambient")} == {
        "parameters": 6,
        "dimension": 5,
        "lower": 5,
        "upper": 5,
        "redundancy": 1,
        "ambient": 9,
    }
    assert (data["lower_level"], data["upper_level"], data["level"]) == ("verified", "probable", "probable")
    assert check(data["certificate"]).accepted
    assert status(["dimension", "Butterfly(4)"]) == 0
    shown = capsys.readouterr().out
    assert "dimension 12 of 16" in shown
    assert "4 by diagonals between the factors" in shown


def test_a_refused_certificate_decides_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    honest = module.jacobian_rank

    def one_more(*given: Any) -> Any:
        found = honest(*given)
        return type(found)(found.program, found.point, found.rank + 1, found.rows, found.columns)

    monkeypatch.setattr(module, "jacobian_rank", one_more)
    assert status(["dimension", "LowRank(n=2, rank=1)", "--json"]) == 3
    out = capsys.readouterr()
    assert out.out == ""
    assert "did not accept" in out.err
    monkeypatch.setattr(module, "jacobian_rank", honest)
    missing = tmp_path / "nowhere" / "c.json"
    assert status(["dimension", "LowRank(n=2, rank=1)", "--certificate", str(missing)]) == 2
    assert "Traceback" not in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "code"),
    [("Toeplits(4)", 2), ("LowRank(n=4, rank=9)", 2), ("Butterfly(6)", 2), ("Toeplitz(100000)", 3), ("8", 2)],
)
def test_bad_input_has_a_message_and_a_status(
    text: str, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert status(["dimension", text]) == code
    out = capsys.readouterr()
    assert out.out == ""
    assert out.err.startswith("ldrtheory: ")
    assert "Traceback" not in out.err
