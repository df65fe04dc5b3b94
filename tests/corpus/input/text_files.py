"""Malformed JSON, CSV and Matrix Market files.

JSON, CSV, MTX      tuples of Case
"""

from __future__ import annotations

from tests.corpus.input.cases import Case, stored


def _json(name: str, data: bytes | str, *fragments: str) -> Case:
    return Case(f"json {name}", "W.json", stored("W.json", data), fragments)


def _csv(name: str, data: bytes | str, *fragments: str) -> Case:
    return Case(f"csv {name}", "W.csv", stored("W.csv", data), fragments)


def _mtx(name: str, banner: str, body: str, *fragments: str) -> Case:
    return Case(f"mtx {name}", "W.mtx", stored("W.mtx", f"%%MatrixMarket matrix {banner}\n{body}"), fragments)


JSON = (
    _json("empty file", "", "not JSON at line 1, column 1"),
    _json("broken", "[[1, 2],\n [3 4]]", "not JSON at line 2, column 5"),
    _json("two documents", "[[1]] [[2]]", "not JSON at line 1, column 7", "Extra data"),
    _json("nested a million deep", "[" * 10**6, "nested too deeply"),
    _json(
        "integer of ten million digits",
        "[[" + "7" * 10**7 + "]]",
        "10000000 digits",
        "at most 1000000",
        "row 0",
    ),
    _json(
        "fraction of a million digits", '[["1/' + "7" * 1_000_001 + '"]]', "1000001 digits", "row 0, column 0"
    ),
    _json("no UTF-8", b'[["1"], ["\xe9"]]', "byte 0xe9 at offset 10 is not UTF-8"),
    _json("UTF-16", "[[1]]".encode("utf-16"), "is not UTF-8"),
    _json("byte order mark", b"\xef\xbb\xbf[[1]]", "byte order mark"),
    _json("nan", "[[1, NaN]]", "row 0, column 1 (counting from 0)", "NaN is not finite"),
    _json("infinity", "[[-Infinity]]", "-Infinity is not finite"),
    _json("overflow", "[[1e400]]", "'1e400' overflows float64", "put it in quotes"),
    _json("truth value", "[[1, true]]", "row 0, column 1", "true; wanted a number"),
    _json("null", "[[null]]", "null; wanted a number"),
    _json("object entry", '[[{"re": 1}]]', '{"re": 1}; wanted a number'),
    _json("ragged", "[[1, 2], [3, 4], [5]]", "row 2 (counting from 0) has 1 entries, row 0", "has 2"),
    _json("row of no list", "[[1, 2], 3]", "row 1 (counting from 0) is 3; wanted a list"),
    _json("no rows", "[]", "no rows"),
    _json("no columns", "[[], []]", "rows without entries"),
    _json("flat list", "[1, 2, 3]", "1-d of shape (3,)"),
    _json("cube", "[[[1]]]", "row 0, column 0", "a list [1]; wanted a number"),
    _json("number", "7", "7 where a list of rows was wanted"),
    _json("string", '"[[1]]"', "where a list of rows was wanted"),
    _json("a name twice", '{"entries": [[1]], "entries": [[2]]}', "the name 'entries' occurs twice"),
    _json("unknown name", '{"rows": [[1]]}', "the names 'rows'", 'wanted "entries"'),
    _json("no number", '[["1", "one"]]', "row 0, column 1", "'one' is not an exact number"),
    _json("spaces", '[["1 /2"]]', "'1 /2' is not an exact number"),
    _json("division by zero", '[["1/0"]]', "'1/0' divides by zero"),
    _json("huge exponent", '[["1e1000000000"]]', "'1e1000000000' is too large", "at most 10000"),
    _json("other digits", '[["٣"]]', "'٣' is not an exact number"),
    _json("underscores", '[["1_000"]]', "'1_000' is not an exact number"),
    _json("unknown field", '{"field": "R", "entries": [[1]]}', "the field 'R'", '"Q(zeta_N)"'),
    _json("field of no string", '{"field": 7, "entries": [[1]]}', "the field 7"),
    _json("field null", '{"field": null, "entries": [[1]]}', "the field null"),
    _json("composite modulus", '{"field": "GF(91)", "entries": [[1]]}', "the field 'GF(91)'", "prime p"),
    _json("large prime", '{"field": "GF(18446744073709551629)", "entries": [[1]]}', "below 2^64"),
    _json("large order", '{"field": "Q(zeta_9999)", "entries": [[1]]}', "at most 1024"),
    _json("residue too large", '{"field": "GF(7)", "entries": [[0, 7]]}', "row 0, column 1", "from 0 to 6"),
    _json(
        "fraction for a residue",
        '{"field": "GF(7)", "entries": [["1/2"]]}',
        "'1/2'; wanted an integer from 0 to 6",
    ),
    _json("i in Q", '{"field": "Q", "entries": [["1+2i"]]}', "'1+2i' is complex", "Q(zeta_4)"),
    _json("i in Q(zeta_3)", '{"field": "Q(zeta_3)", "entries": [["i"]]}', "which has no i"),
    _json("one coefficient short", '{"field": "Q(zeta_8)", "entries": [[["1", "2", "3"]]]}', "phi(8) = 4"),
    _json(
        "coefficient of no string",
        '{"field": "Q(zeta_3)", "entries": [[["1", 0.5]]]}',
        "coefficient 0.5",
        "quote it",
    ),
    _json("coefficients without a field", '[[["1", "2"]]]', "row 0, column 0", "needs {"),
)

CSV = (
    _csv("empty file", "", "empty; wanted at least one row"),
    _csv("header", "a,b\n1,2\n", "line 1, cell 1", "no header line"),
    _csv("ragged", "1,2\n3,4\n5\n", "line 3 has 1 entries, line 1 has 2"),
    _csv("comma at the end", "1,2,\n3,4,\n", "line 1, cell 3", "an empty cell"),
    _csv("blank line", "1,2\n\n3,4\n", "line 2 is blank"),
    _csv("semicolons", "1;2\n3;4\n", "'1;2' is not an exact number", "separated by commas"),
    _csv("quotes", '"1","2"\n', "is not an exact number"),
    _csv("nan", "1,nan\n", "line 1, cell 2", "'nan' is not an exact number"),
    _csv("spreadsheet error", "1,2\n3,#DIV/0!\n", "line 2, cell 2", "'#DIV/0!'"),
    _csv("formula", "1,=1+1\n", "'=1+1' is not an exact number"),
    _csv("Latin-1", b"1,2\n3,\xbd\n", "byte 0xbd at offset 6 is not UTF-8"),
    _csv("zero bytes", b"1,\x002\n", "is not an exact number"),
)

MTX = (
    Case("mtx empty file", "W.mtx", stored("W.mtx", ""), ("line 1 is ''", "%%MatrixMarket matrix")),
    Case(
        "mtx no banner",
        "W.mtx",
        stored("W.mtx", "2 2 1\n1 1 1\n"),
        ("line 1 is '2 2 1'", "correct the banner"),
    ),
    _mtx(
        "unknown field",
        "coordinate quaternion general",
        "1 1 0\n",
        "line 1 is",
        "real|complex|integer|pattern",
    ),
    _mtx("array of a pattern", "array pattern general", "1 1\n", "correct the banner"),
    _mtx("real hermitian", "array real hermitian", "1 1\n1\n", "correct the banner"),
    _mtx("no sizes", "array real general", "% only a comment\n", "ends before its sizes"),
    _mtx("sizes in words", "array real general", "two 2\n", "line 2 is 'two 2'", "rows, columns"),
    _mtx("negative size", "array real general", "-2 2\n", "wanted the sizes"),
    _mtx("no rows", "array real general", "0 2\n", "empty, of shape (0, 2)"),
    _mtx(
        "astronomic size", "coordinate real general", "1000000000 1000000000 0\n", "wanted at most 134217728"
    ),
    _mtx("truncated", "coordinate real general", "2 2 2\n1 1 1\n", "truncated: 1 entries where 2 are stated"),
    _mtx("over-long", "array real general", "1 1\n1\n2\n", "over-long: 2 entries where 1 are stated"),
    _mtx(
        "outside",
        "coordinate real general",
        "2 2 1\n3 1 1\n",
        "line 3: place (3, 1) is outside the 2 x 2 matrix",
    ),
    _mtx("zero index", "coordinate real general", "2 2 1\n0 1 1\n", "place (0, 1) is outside"),
    _mtx("a place twice", "coordinate real general", "2 2 2\n1 1 1\n1 1 2\n", "given on line 3 already"),
    _mtx("upper triangle", "coordinate real symmetric", "2 2 1\n1 2 1\n", "wanted the lower triangle only"),
    _mtx("skew diagonal", "coordinate real skew-symmetric", "2 2 1\n1 1 1\n", "strictly lower triangle"),
    _mtx("complex diagonal", "coordinate complex hermitian", "2 2 1\n1 1 1 2\n", "wanted a real one"),
    _mtx("rectangular symmetric", "array real symmetric", "2 3\n1\n2\n3\n", "wanted a square one"),
    _mtx("fraction of an integer", "array integer general", "1 1\n1.5\n", "line 3: '1.5' is not an integer"),
    _mtx("nan", "array real general", "1 1\nnan\n", "'nan' is not a real number"),
    _mtx("overflow", "array real general", "1 1\n1e400\n", "'1e400' overflows float64"),
    _mtx("one word too many", "coordinate real general", "1 1 1\n1 1 1 1\n", "line 3: 4 words; wanted 3"),
    _mtx("long integer", "array integer general", "1 1\n" + "7" * 1_000_001 + "\n", "1000001 digits"),
)
