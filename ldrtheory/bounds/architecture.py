"""Planned networks in TOML.

read_architecture   a Network from a file; every refusal names the file and the line
parse_architecture  the same from text
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any, Final

from ldrtheory.bounds.derived import describe
from ldrtheory.bounds.layers import (
    LARGEST,
    LSTM,
    Attention,
    Convolution,
    Layer,
    Linear,
    Recurrent,
    whole,
)
from ldrtheory.bounds.network import MOST_LAYERS, OUTPUTS, Network
from ldrtheory.bounds.toml_lines import Lines, at
from ldrtheory.errors import BadInput, LdrTheoryError, Undecided, unknown_name
from ldrtheory.exactstrings import parse_rational, shortened
from ldrtheory.families import Dense, Family, family_named
from ldrtheory.families.catalogue import build, parse_family, size_names
from ldrtheory.files import read_text

COMMON: Final = ("bias", "activation", "share", "repeat")
KINDS: Final[dict[str, tuple[str, ...]]] = {
    "matrix": ("family", "positions"),
    "conv1d": ("family", "channels_in", "channels_out", "kernel", "stride", "padding", "input"),
    "conv2d": ("family", "channels_in", "channels_out", "kernel", "stride", "padding", "input"),
    "recurrent": ("family", "input_family"),
    "lstm": ("family", "input_family"),
    "attention": ("family", "positions"),
}


def read_architecture(path: str | Path) -> Network:
    """Return the network that a TOML file describes (docs/bounds.md has the keys).

    Raises BadInput, UnknownName or ShapeMismatch with the file's name and the line.
    """
    text, _ = read_text(Path(path))
    return parse_architecture(text, Path(path).name)


def parse_architecture(text: str, name: str = "the network") -> Network:
    """Return the network that TOML text describes; `name` is what messages call it.

    >>> text = '''
    ... [network]
    ... inputs = 2
    ... [[layers]]
    ... family = "Dense"
    ... rows = 1
    ... columns = 2
    ... activation = "identity"
    ... '''
    >>> parse_architecture(text).parameters
    3
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadInput(f"{name}: not TOML: {error}; correct that line.") from error
    except RecursionError as error:
        raise BadInput(f"{name}: nested too deeply; wanted [network] and [[layers]].") from error
    lines = Lines(text)
    try:
        return _network(data, lines)
    except LdrTheoryError as error:
        message = str(error)
        raise type(error)(f"{name}: {message}") from error


def _network(data: Mapping[str, Any], lines: Lines) -> Network:
    for key in data:
        if key not in ("network", "layers"):
            with at(lines.of(key) if (key, 0, "") in lines.found else lines.of("", 0, key)):
                raise unknown_name("table", key, ("network", "layers"))
    head = data.get("network")
    if not isinstance(head, dict):
        raise BadInput("line 1: there is no table [network]; wanted one with inputs = ... and output = ...")
    for key in head:
        with at(lines.of("network", 0, key)):
            if key not in ("inputs", "output"):
                raise unknown_name("key of [network]", key, ("inputs", "output"))
    if "inputs" not in head:
        with at(lines.of("network")):
            raise BadInput("[network] has no key inputs; wanted inputs = 784, say.")
    tables = data.get("layers")
    if not isinstance(tables, list) or not tables or not all(isinstance(t, dict) for t in tables):
        with at(lines.of("layers")):
            raise BadInput("there are no layers; wanted at least one table [[layers]] with a family.")
    if len(tables) > MOST_LAYERS:
        raise BadInput(
            f"there are {len(tables)} layers; wanted at most {MOST_LAYERS}; use repeat for equal ones."
        )
    layers: list[Layer] = []
    grid: Any = None
    for k, table in enumerate(tables):
        layer = _layer(table, k, lines, grid)
        grid = layer.grid if isinstance(layer, Convolution) else None
        layers.append(layer)
    for key in ("output", "inputs"):  # what they mean is for Network to say, where they stand is not
        with at(lines.of("network", 0, key)):
            _check_head(key, head)
    return Network(head["inputs"], tuple(layers), head.get("output", "binary"))


def _check_head(key: str, head: Mapping[str, Any]) -> None:
    if key == "inputs":
        whole("inputs", head["inputs"])
    elif "output" in head and head["output"] not in OUTPUTS:
        raise unknown_name("output", shortened(head["output"]).strip("'"), OUTPUTS)


def _layer(table: Mapping[str, Any], k: int, lines: Lines, grid: Any) -> Layer:
    def line(key: str = "") -> int:
        return lines.of("layers", k, key)

    kind = table.get("kind", "matrix")
    with at(line("kind")):
        if not isinstance(kind, str) or kind not in KINDS:
            raise unknown_name("kind of layer", shortened(kind).strip("'"), KINDS)
    known = {*COMMON, *KINDS[kind], "kind"}
    where = f"line {line()}: "
    with at(line("family")):
        given, sizes = _family(table, known, k, lines, "family", kind.startswith("conv"))
    for key in table:
        with at(line(key)):
            if key not in known and key not in sizes:
                raise unknown_name(f"key of a {kind} layer", key, {*known, *sizes})
    for key in ("activation",) if kind not in ("lstm", "attention") else ():
        with at(line()):
            if key not in table:
                raise BadInput('the layer has no activation; wanted activation = "relu", say, or "identity".')
    common: dict[str, Any] = {"place": where}
    for key in COMMON:
        if key in table:
            common[key] = table[key]
    with at(_first_wrong(table, common, line)):
        if kind == "matrix":
            return Linear(_wanted(given), table.get("positions", 1), **common)
        if kind == "attention":
            return Attention(_wanted(given), _required(table, "positions", kind), **common)
        if kind in ("recurrent", "lstm"):
            other = _other_family(table, "input_family")
            return (LSTM if kind == "lstm" else Recurrent)(_wanted(given), other, **common)
        return _convolution(table, kind, given, grid, common)


def _first_wrong(table: Mapping[str, Any], common: Mapping[str, Any], line: Any) -> int:
    """The line of the first common key whose value is refused by itself, else that of the layer."""
    for key in COMMON:
        if key in common:
            try:
                value = {key: common[key]} if key != "repeat" else {}
                Linear(Dense(1, 1), **value)
                if key == "repeat" and not (type(common[key]) is int and 1 <= common[key] <= LARGEST):
                    return line(key)
            except LdrTheoryError:
                return line(key)
    for key in ("positions", "channels_in", "channels_out", "kernel", "stride", "padding", "input"):
        value = table.get(key, 1)
        least = 0 if key == "padding" else 1
        numbers = value if isinstance(value, list) else [value]
        if not all(type(x) is int and least <= x <= LARGEST for x in numbers):
            return line(key)
    return line("input_family") if "input_family" in table else line("family")


def _family(
    table: Mapping[str, Any], known: set[str], k: int, lines: Lines, key: str, optional: bool
) -> tuple[Family | None, set[str]]:
    """The family of a layer, and the keys that are its sizes: `family = "Toeplitz"` with n = 8, or "Toeplitz(8)"."""
    if key not in table:
        if optional:
            return None, set()
        raise BadInput('the layer has no family; wanted family = "Dense" with rows and columns, say.')
    text = table[key]
    if not isinstance(text, str):
        raise BadInput(f'family = {shortened(text)} is not a name; wanted "Toeplitz", say, in quotes.')
    if "(" in text:
        return _described(parse_family(text)), set()
    cls = family_named(text)
    names = size_names(cls)
    sizes = {name: table[name] for name in names if name in table and name not in known}
    for name, value in sizes.items():
        with at(lines.of("layers", k, name)):
            sizes[name] = _size(cls, name, value)
    stray = {name for name in table if name not in known and name not in names}
    for name in stray:
        with at(lines.of("layers", k, name)):
            raise unknown_name(f"key of a layer of family {cls.__name__}", name, {*known, *names})
    with at(_worst(sizes, k, lines)):
        return _described(build(cls, sizes)), set(sizes)


def _worst(sizes: Mapping[str, Any], k: int, lines: Lines) -> int:
    """The line of the last size, where a refusal about several sizes is best read."""
    found = [lines.of("layers", k, name) for name in sizes]
    return max(found, default=lines.of("layers", k, "family"))


def _size(cls: type[Family], name: str, value: Any) -> int | bool | Fraction:
    """The size that a TOML value denotes: a number, or an exact string such as "64/49"."""
    if isinstance(value, bool):
        return value
    if isinstance(value, str | float) and value == value and value not in (float("inf"), float("-inf")):
        try:
            number = parse_rational(value if isinstance(value, str) else repr(value))
        except BadInput:
            number = None
        if number is not None:
            x = Fraction(int(number.p), int(number.q))
            value = int(x) if x.denominator == 1 else x
    if isinstance(value, int | Fraction) and max(abs(value.numerator), value.denominator) <= 10**12:
        return value
    if isinstance(value, int | Fraction):
        raise BadInput(f"{cls.__name__}: {name} is {shortened(value)}; wanted at most 10^12.")
    raise BadInput(
        f"{cls.__name__}: {name} = {shortened(value)} is not a size; wanted an integer, true, false or an exact "
        'rational such as "64/49".'
    )


def _described(family: Family) -> Family:
    """The family, once its counts are known to be at hand."""
    try:
        describe(family)
    except Undecided as error:
        raise Undecided(str(error)) from error
    return family


def _other_family(table: Mapping[str, Any], key: str) -> Family:
    text = table.get(key)
    if not isinstance(text, str):
        raise BadInput(
            f'a recurrent layer wants {key} = "Dense(64, 8)", say: the matrix that the inputs meet.'
        )
    return _described(parse_family(text))


def _wanted(family: Family | None) -> Family:
    if family is None:
        raise BadInput('the layer has no family; wanted family = "Dense" with rows and columns, say.')
    return family


def _required(table: Mapping[str, Any], key: str, kind: str) -> Any:
    if key not in table:
        raise BadInput(f"a {kind} layer has no key {key}; wanted {key} = 8, say.")
    return table[key]


def _convolution(
    table: Mapping[str, Any], kind: str, family: Family | None, grid: Any, common: dict[str, Any]
) -> Layer:
    sides = 1 if kind == "conv1d" else 2
    given = table.get("input", grid)
    if given is None:
        raise BadInput(
            f"a {kind} layer after something else has no input; wanted input = [32, 32], say: its sides."
        )
    given = given if isinstance(given, list | tuple) else [given] * sides
    if len(given) != sides:
        raise BadInput(f"input has {len(given)} sides; a {kind} layer wants {sides}.")
    options: dict[str, Any] = {
        key: tuple(table[key]) if isinstance(table[key], list) else table[key]
        for key in ("stride", "padding")
        if key in table
    }
    sizes = [_required(table, key, kind) for key in ("channels_in", "channels_out", "kernel")]
    kernel = tuple(sizes[2]) if isinstance(sizes[2], list) else sizes[2]
    return Convolution(sizes[0], sizes[1], kernel, tuple(given), matrix=family, **options, **common)
