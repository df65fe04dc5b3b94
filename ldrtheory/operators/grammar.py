"""The operator grammar of the command line, and the named pairs.

parse_operator      "shift(1)^T", "diag:nodes.json", "blocks(shift(1), path(0,1); 3, 5)"
named_displacement  "toeplitz", "cauchy:s.csv,t.csv", ...
CATALOGUE           the pairs tried when none is given, in order
"""

from __future__ import annotations

import re

from ldrtheory.errors import BadInput, ShapeMismatch, unknown_name
from ldrtheory.exactstrings import parse_rational, shortened
from ldrtheory.operators.banded import diagonal, path, shift, subdiagonal, tridiagonal
from ldrtheory.operators.composed import blocks, dense, identity, zero
from ldrtheory.operators.displacement import Displacement, Stein, Sylvester
from ldrtheory.operators.operator import Operator
from ldrtheory.subjects import exact_entries, read_subject, read_tridiagonal, read_vector

KINDS = (
    "shift(f)",
    "identity",
    "zero",
    "diag:FILE",
    "subdiag:FILE",
    "tridiag:FILE",
    "path(a,b)",
    "dense:FILE",
    "blocks(...)",
)
NAMES = ("toeplitz", "hankel", "toeplitz-stein", "toeplitz+hankel", "vandermonde:FILE", "cauchy:S,T", "rank")
_WORDS = ("shift", "identity", "zero", "diag", "subdiag", "tridiag", "path", "dense", "blocks")


def parse_operator(text: str) -> Operator:
    """Return the operator written in the grammar: shift(f), identity, zero, diag:FILE, ... each with optional ^T.

    Raises UnknownName (with the nearest kinds) or BadInput naming the part that does not fit.

    >>> parse_operator("shift(-1/2)^T"), parse_operator("blocks(shift(1), zero; 2, 3)")
    (shift(-1/2)^T, blocks(shift(1), zero; 2, 3))
    """
    word = text.strip()
    if word.endswith("^T"):
        return parse_operator(word[:-2]).T
    name = re.split(r"[:(]", word, maxsplit=1)[0].strip()
    if name not in _WORDS:
        raise unknown_name("operator", word if len(word) < 60 else shortened(word), KINDS)
    rest = word[len(name) :].strip()
    if name in ("identity", "zero"):
        if rest:
            raise BadInput(f"operator {name!r} takes nothing after its name; got {word!r}.")
        return identity() if name == "identity" else zero()
    if name in ("shift", "path", "blocks"):
        if not (rest.startswith("(") and rest.endswith(")")):
            raise BadInput(
                f"operator {name!r} wants its values in parentheses, e.g. {_example(name)}; got {word!r}."
            )
        inside = rest[1:-1]
        return _blocks(inside, word) if name == "blocks" else _with_numbers(name, inside, word)
    if not rest.startswith(":") or not rest[1:].strip():
        raise BadInput(f"operator {name!r} wants a file, e.g. {name}:nodes.json; got {word!r}.")
    return _from_file(name, rest[1:].strip())


def _example(name: str) -> str:
    return {"shift": "shift(1)", "path": "path(0,1)", "blocks": "blocks(shift(1), shift(1); 4, 4)"}[name]


def _with_numbers(name: str, inside: str, word: str) -> Operator:
    parts = inside.split(",")
    if len(parts) != (1 if name == "shift" else 2):
        raise BadInput(f"operator {name!r} wants {_example(name)}; got {word!r}.")
    numbers = [parse_rational(p.strip()) for p in parts]
    return shift(f=numbers[0]) if name == "shift" else path(*numbers)


def _split(inside: str, separator: str) -> list[str]:
    """Split at the separator outside parentheses."""
    parts, depth, start = [], 0, 0
    for k, c in enumerate(inside):
        depth += (c == "(") - (c == ")")
        if c == separator and depth == 0:
            parts.append(inside[start:k])
            start = k + 1
    return [*parts, inside[start:]]


def _blocks(inside: str, word: str) -> Operator:
    halves = _split(inside, ";")
    if len(halves) != 2:
        raise BadInput(
            f"operator 'blocks' wants operators, a semicolon, and sizes: {_example('blocks')}; got {word!r}."
        )
    sizes = [s.strip() for s in halves[1].split(",")]
    if not all(re.fullmatch(r"[0-9]{1,9}", s) for s in sizes):
        raise BadInput(
            f"operator 'blocks' wants positive whole sizes after the semicolon; got {halves[1].strip()!r}."
        )
    return blocks([parse_operator(p) for p in _split(halves[0], ",")], [int(s) for s in sizes])


def _from_file(name: str, file: str) -> Operator:
    if name == "tridiag":
        return _tridiagonal(file)
    if name == "dense":
        subject = read_subject(file)
        if subject.shape[0] != subject.shape[1]:
            raise ShapeMismatch(f"dense:{file} wants a square matrix; the file holds shape {subject.shape}.")
        return dense(exact_entries(subject.array)).named((file, str(subject.sha256)))
    nodes = read_vector(file)
    make = diagonal if name == "diag" else subdiagonal
    return make(list(exact_entries(nodes.array))).named((file, str(nodes.sha256)))


def _tridiagonal(file: str) -> Operator:
    read = read_tridiagonal(file)
    made = tridiagonal(list(read.sub), list(read.main), list(read.super_), read.top_right, read.bottom_left)
    return made.named((file, read.sha256))


def named_displacement(name: str) -> Displacement:
    """Return the displacement with a name of the table: toeplitz, hankel, toeplitz-stein, toeplitz+hankel,
    vandermonde:FILE, cauchy:S,T or rank.

    >>> print(named_displacement("hankel"))
    Sylvester(shift(1), shift(-1)^T)
    """
    word = name.strip()
    fixed = {
        "toeplitz": lambda: Sylvester(shift(f=1), shift(f=-1)),
        "hankel": lambda: Sylvester(shift(f=1), shift(f=-1).T),
        "toeplitz-stein": lambda: Stein(shift(f=0), shift(f=0).T),
        "toeplitz+hankel": lambda: Sylvester(path(0, 0), path(1, 1)),
        "rank": lambda: Sylvester(identity(), zero()),
    }
    if word in fixed:
        return fixed[word]()
    head, _, rest = word.partition(":")
    if head == "vandermonde":
        if not rest:
            raise BadInput(f"operators 'vandermonde' want a node file: vandermonde:nodes.json; got {word!r}.")
        return Sylvester(_from_file("diag", rest), shift(f=0))
    if head == "cauchy":
        files = [f.strip() for f in rest.split(",")]
        if len(files) != 2 or not all(files):
            raise BadInput(f"operators 'cauchy' want two node files: cauchy:s.json,t.json; got {word!r}.")
        return _cauchy(*files)
    raise unknown_name("operators", word, NAMES)


def _cauchy(first: str, second: str) -> Displacement:
    left, right = _from_file("diag", first), _from_file("diag", second)
    where = {str(x): j for j, x in enumerate(right.values())}
    for i, x in enumerate(left.values()):
        if str(x) in where:
            raise BadInput(
                f"cauchy nodes coincide: s[{i}] of {first} equals t[{where[str(x)]}] of {second} ({x}); "
                "the nodes of the two files must be distinct."
            )
    return Sylvester(left, right)


CATALOGUE = ("toeplitz", "hankel", "toeplitz-stein", "toeplitz+hankel", "rank")
