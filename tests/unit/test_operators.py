"""Operators and displacements: entries by hand, products against numpy, the grammar and its refusals."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ldrtheory.errors import BadInput, UnknownName
from ldrtheory.linalg import array, equal
from ldrtheory.operators import (
    Stein,
    Sylvester,
    blocks,
    dense,
    diagonal,
    displace,
    displacement_rank,
    from_spec,
    generators,
    identity,
    named_displacement,
    parse_operator,
    path,
    shift,
    subdiagonal,
    tridiagonal,
    zero,
)
from ldrtheory.rings import GF, QQ, RationalFunctions

OPERATORS = {
    "shift": shift(f=5),
    "shift transposed": shift(f=5).T,
    "identity": identity(),
    "zero": zero(),
    "diagonal": diagonal([1, 2, 3]),
    "subdiagonal": subdiagonal([2, 3, 7]),
    "subdiagonal without corner": subdiagonal([2, 3], n=3),
    "tridiagonal": tridiagonal([1, 2], [3, 4, 5], [6, 7], top_right=8, bottom_left=9),
    "path": path(2, 3),
    "dense": dense([[1, 2, 3], [4, 5, 6], [7, 8, 9]]),
    "blocks": blocks([shift(f=2), identity()], [2, 1]),
    "blocks transposed": blocks([shift(f=2), identity()], [2, 1]).T,
}
BY_HAND = {
    "shift": [[0, 0, 5], [1, 0, 0], [0, 1, 0]],
    "shift transposed": [[0, 1, 0], [0, 0, 1], [5, 0, 0]],
    "identity": [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
    "zero": [[0, 0, 0], [0, 0, 0], [0, 0, 0]],
    "diagonal": [[1, 0, 0], [0, 2, 0], [0, 0, 3]],
    "subdiagonal": [[0, 0, 7], [2, 0, 0], [0, 3, 0]],
    "subdiagonal without corner": [[0, 0, 0], [2, 0, 0], [0, 3, 0]],
    "tridiagonal": [[3, 6, 8], [1, 4, 7], [9, 2, 5]],
    "path": [[2, 1, 0], [1, 0, 1], [0, 1, 3]],
    "dense": [[1, 2, 3], [4, 5, 6], [7, 8, 9]],
    "blocks": [[0, 2, 0], [1, 0, 0], [0, 0, 1]],
    "blocks transposed": [[0, 1, 0], [2, 0, 0], [0, 0, 1]],
}


@pytest.mark.parametrize("name", OPERATORS)
def test_entries_are_those_written_by_hand(name):
    assert OPERATORS[name].matrix(QQ, 3).tolist() == BY_HAND[name]


@pytest.mark.parametrize("name", OPERATORS)
@pytest.mark.parametrize("shape", [(3, 3), (3, 5), (5, 3), (3, 1)])
def test_products_agree_with_numpy(name, shape):
    table, M = np.array(BY_HAND[name]), np.arange(1, shape[0] * shape[1] + 1).reshape(shape) ** 2
    if shape[0] == 3:
        assert np.array_equal(OPERATORS[name].times(array(QQ, M), QQ).astype(int), table @ M)
    if shape[1] == 3:
        assert np.array_equal(OPERATORS[name].rtimes(array(QQ, M), QQ).astype(int), M @ table)


@pytest.mark.parametrize("name", OPERATORS)
def test_certificate_data_describe_the_same_operator(name):
    spec = json.loads(json.dumps(OPERATORS[name].spec()))
    assert from_spec(spec, QQ).matrix(QQ, 3).tolist() == BY_HAND[name]


@pytest.mark.parametrize("n", [1, 2])
def test_small_sizes_by_hand(n):
    corner = {1: [[5]], 2: [[0, 5], [1, 0]]}
    ends = {1: [[5]], 2: [[2, 1], [1, 3]]}
    assert shift(f=5).matrix(QQ, n).tolist() == corner[n]
    assert path(2, 3).matrix(QQ, n).tolist() == ends[n]
    assert subdiagonal([7] * n).matrix(QQ).tolist() == {1: [[7]], 2: [[0, 7], [7, 0]]}[n]


def test_the_shift_satisfies_its_power_law_symbolically():
    field = RationalFunctions("f")
    f = field.variable("f")
    Z = shift(3, f=f).matrix(field)
    assert equal(Z @ Z @ Z, identity(3).matrix(field) * f)


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: shift(3).matrix(QQ, 4), "has size 3, but meets a matrix that wants size 4"),
        (lambda: shift().matrix(QQ), "has no size of its own"),
        (lambda: diagonal([]), "at least one value"),
        (lambda: subdiagonal([1, 2], n=5), "wants 4 values, or 5"),
        (lambda: tridiagonal([1], [1, 2, 3], [1, 2]), "wants 2 below and above; got 1 and 2"),
        (lambda: tridiagonal([1], [1, 2], [1], top_right=1), "corners of a tridiagonal operator need n >= 3"),
        (lambda: dense([[1, 2]]), "wants a square matrix"),
        (lambda: blocks([shift()], [2, 3]), "one positive size for each operator"),
        (lambda: blocks([diagonal([1, 2])], [3]), "has size 2"),
        (lambda: Sylvester("shift(1)", shift()), "wants an operator or a square array"),
        (lambda: displace([[1, 2]], Sylvester(shift(2), shift())), "has size 2"),
        (lambda: displace([], Sylvester(shift(), shift())), "at least one row and column"),
    ],
)
def test_refusals_say_what_was_wanted(make, message):
    with pytest.raises(BadInput, match=message):
        make()


def test_residuals_by_hand():
    M = [[1, 2], [3, 4]]  # Z_1 M swaps the rows; M Z_-1 is [[2, -1], [4, -3]]
    assert displace(M, Sylvester(shift(f=1), shift(f=-1))).tolist() == [[1, 5], [-3, 5]]
    # Z_0 M Z_0^T = [[0, 0], [0, 1]]
    assert displace(M, Stein(shift(), shift().T)).tolist() == [[1, 2], [3, 3]]


def test_the_identity_tells_sylvester_from_stein():
    eye = np.eye(4, dtype=int)
    assert displacement_rank(eye, Sylvester(shift(), shift())) == 0
    assert displacement_rank(eye, Stein(shift(), shift())) == 4


@given(st.integers(1, 5), st.integers(1, 5), st.data())
def test_generators_multiply_back_and_are_shortest(m, n, data):
    rows = data.draw(st.lists(st.lists(st.integers(-2, 2), min_size=n, max_size=n), min_size=m, max_size=m))
    for ring in (QQ, GF(2)):
        d = Sylvester(shift(f=1), shift(f=0))
        G, H = generators(array(ring, rows), d, ring)
        assert G.shape[1] == H.shape[1] == displacement_rank(array(ring, rows), d, ring)
        if G.shape[1]:
            assert equal(G @ H.T, displace(array(ring, rows), d, ring))


def test_a_toeplitz_matrix_of_floats_has_exactly_rank_two_and_one_ulp_shows():
    column = np.array([0.1, 0.7, -1.3, 2.9])
    M = column[np.abs(np.subtract.outer(np.arange(4), np.arange(4)))]
    d = named_displacement("toeplitz")
    assert displacement_rank(M, d) == 2
    M[2, 1] = np.nextafter(M[2, 1], 9)
    assert displacement_rank(M, d) == 4


@pytest.mark.parametrize(
    "text",
    [
        "shift(1)",
        "shift(-7/5)",
        "identity",
        "zero",
        "path(0,1)",
        "shift(1)^T",
        "blocks(shift(1), path(0,1); 3, 5)^T",
    ],
)
def test_the_grammar_round_trips(text):
    assert parse_operator(text).text() == text


def test_operators_from_files(tmp_path):
    (tmp_path / "s.json").write_text('["1/3", 2, "0.5"]')
    (tmp_path / "t.json").write_text('{"sub": [1, 2], "main": [3, 4, 5], "super": [6, 7], "top_right": 8}')
    (tmp_path / "d.csv").write_text("1,2\n3,4\n")
    assert [str(x) for x in parse_operator(f"diag:{tmp_path}/s.json").values()] == ["1/3", "2", "1/2"]
    assert parse_operator(f"subdiag:{tmp_path}/s.json").matrix(QQ).tolist()[0][2] == QQ("1/2")
    assert parse_operator(f"tridiag:{tmp_path}/t.json").matrix(QQ).tolist() == [
        [3, 6, 8],
        [1, 4, 7],
        [0, 2, 5],
    ]
    assert parse_operator(f"dense:{tmp_path}/d.csv^T").matrix(QQ).tolist() == [[1, 3], [2, 4]]
    assert len(parse_operator(f"diag:{tmp_path}/s.json").source[1]) == 64


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("shft(1)", r"did you mean 'shift\(f\)'"),
        ("", "unknown operator ''"),
        ("shift", "wants its values in parentheses"),
        ("shift(1,2)", r"wants shift\(1\)"),
        ("shift(pi)", "exact number"),
        ("path(1)", r"wants path\(0,1\)"),
        ("identity(3)", "takes nothing after its name"),
        ("diag", "wants a file"),
        ("blocks(shift(1))", "a semicolon, and sizes"),
        ("blocks(shift(1); x)", "positive whole sizes"),
        ("blocks(shift(1); 0)", "positive size"),
        ("__import__('os')", "unknown operator"),
    ],
)
def test_the_grammar_refuses(text, message):
    with pytest.raises(BadInput, match=message):
        parse_operator(text)


def test_named_pairs_refuse_and_suggest(tmp_path):
    with pytest.raises(UnknownName, match="did you mean 'toeplitz'"):
        named_displacement("teoplitz")
    (tmp_path / "s.json").write_text('["1", "2"]')
    (tmp_path / "t.json").write_text('["5", "2.0"]')
    with pytest.raises(BadInput, match=r"s\[1\] of .* equals t\[1\]"):
        named_displacement(f"cauchy:{tmp_path}/s.json,{tmp_path}/t.json")
    with pytest.raises(BadInput, match="want two node files"):
        named_displacement("cauchy:s.json")
    with pytest.raises(BadInput, match="want a node file"):
        named_displacement("vandermonde")


def test_parameters_may_be_exact_strings():
    assert shift(f="-1/2").spec() == {"op": "shift", "corner": "-0x1/0x2"}
    assert diagonal(["2", "1-i"]).spec()["values"][0] == 2
    assert Sylvester(diagonal(["2", "i"]), shift()).ring().name == "Q(zeta_4)"
    assert dense([["1/3"]]).matrix(QQ)[0, 0] == QQ("1/3")
    with pytest.raises(BadInput, match="exact number"):
        shift(f="half")
