"""Pictures of kaleidoscopes and circuits: wires, switches and gates.

factor_diagram      the factors of a product as columns of 2 x 2 switches on N wires
circuit_diagram     a linear circuit as a layered graph (from ldrtheory.report.circuits)
show                the picture of a product or a circuit, for a notebook

A factor is drawn between two columns of points. A line from point j on its left to point i on its right says that
output i takes input j; it is black where the weight is 1, and coloured by the sign of the weight otherwise.
"""

from __future__ import annotations

import re
from fractions import Fraction
from typing import Any, Final

import numpy as np

from ldrtheory.errors import BadInput
from ldrtheory.kaleidoscopes import ButterflyFactor, KaleidoscopeProduct, levels
from ldrtheory.report.canvas import Canvas, Picture, text_width
from ldrtheory.report.circuits import circuit_diagram

WIRES: Final = 32  # more wires than this are drawn as a map of blocks
STRIPS: Final = 8  # at most so many BB* are drawn, one below the other
LABELS: Final = 96  # at most so many weights are written out
_ROW: Final = 22.0
_LEFT: Final = 44.0
_HEAD: Final = 52.0
_FONT: Final = 8.0


def show(source: Any) -> Picture:
    """Return the picture of a product (anything with one: `product`) or a circuit (`gates`).

    >>> from ldrtheory.synthesis import permutation
    >>> show(permutation([1, 0])).startswith("<svg")
    True
    """
    if isinstance(source, KaleidoscopeProduct):
        return factor_diagram(source)
    if hasattr(source, "gates"):
        return circuit_diagram(source)
    product = getattr(source, "product", None)
    product = product() if callable(product) else product
    if isinstance(product, KaleidoscopeProduct):
        return factor_diagram(product)
    raise BadInput(f"{type(source).__name__} has no picture; wanted a KaleidoscopeProduct or a Circuit.")


def factor_diagram(product: KaleidoscopeProduct) -> Picture:
    """Return an SVG of the factors in order of application, left to right, each BB* in a row of its own.

    Every 2 x 2 switch is a group of class `switch` and one of `identity`, `swap`, `diagonal`, `zero`, `general`, with
    its exact block as words under the pointer; its lines are of class `straight` or `cross`.  Weights are written out
    where at most LABELS of them are neither 0 nor 1.  Wires that the corner does not use are dashed.
    Beyond WIRES wires: a map of blocks of wires, blue for the share of diagonal entries that are not zero, orange for
    off-diagonal ones.  Beyond STRIPS repetitions: the first STRIPS, and a note.

    >>> from ldrtheory.synthesis import permutation
    >>> factor_diagram(permutation([1, 0, 2, 3])).count('class="switch swap"')
    1
    """
    if product.size > WIRES:
        return _map(product)
    per = len(product.factors) // product.width
    chosen = product.factors[: per * min(product.width, STRIPS)]
    weights = [_nontrivial(factor) for factor in chosen]
    labelled = sum(map(len, weights)) <= LABELS
    longest = max((len(_label(x)) for found in weights for x in found), default=0) if labelled else 0
    column = max(54.0, 2 * text_width("0" * longest, _FONT) + 24)
    canvas = Canvas(f"The factors of {product!r}", _words(product))
    height = _HEAD + _ROW * (product.size - 1) + 34
    strips = len(chosen) // per
    for strip in range(strips):
        _strip(canvas, product, strip, per, column, strip * height, labelled)
    notes = [
        "A line takes an input (left) to an output (right): black with weight 1, orange positive,",
        "blue negative, purple other. No line: 0." + ("" if labelled else " Paler lines: smaller weights."),
    ]
    if labelled and product.field.name.startswith("Q(zeta"):
        notes.append(f"z = {product.field.name[2:-1]}, a primitive root of unity.")
    if strips < product.width:
        notes.append(f"Too long to draw: the first {strips} of {product.width} BB* are shown.")
    bottom = strips * height + 6
    for k, note in enumerate(notes):
        canvas.text(_LEFT, bottom + 12 * k, note, "caption", _FONT)
    width = max(2 * _LEFT + column * per, _LEFT + max(text_width(note, _FONT) for note in notes) + 8)
    return canvas.svg(width, bottom + 12 * len(notes))


def _words(product: KaleidoscopeProduct) -> str:
    bits = ", ".join(str(factor.bit) for factor in product.factors[:24])
    more = ", ..." if len(product.factors) > 24 else ""
    return (
        f"{len(product.factors)} butterfly factors of size {product.size} in order of application, of the bits "
        f"{bits}{more}: the {product.m} x {product.n} corner of {product.name} over {product.field}; "
        f"{product.nonzeros} of {product.parameters} stored numbers are not zero."
    )


def _nontrivial(factor: ButterflyFactor) -> list[Any]:
    """The stored entries that are neither 0 nor 1."""
    return [x for v in (factor.diagonal, factor.offdiagonal) for x in v if not (x == 0 or x == 1)]


def _label(x: Any) -> str:
    """A weight in at most nine characters; z is the root of unity of the field."""
    words = re.sub(r"zeta_[0-9]+", "z", str(x).replace(" ", "").replace("*", ""))
    return words if len(words) <= 9 else words[:8] + "…"


def _parts(product: KaleidoscopeProduct) -> list[tuple[str, int, int]]:
    """Name the star and B parts of one strip: (name, first column, number of columns)."""
    L = levels(product.size)
    names = {"BB*": ("star part B*", "B part"), "B*B": ("B part", "star part B*"), "B": ("B",), "B*": ("B*",)}
    return [(name, k * L, L) for k, name in enumerate(names[product.kind])]


def _strip(
    canvas: Canvas,
    product: KaleidoscopeProduct,
    strip: int,
    per: int,
    column: float,
    top: float,
    labelled: bool,
) -> None:
    """Draw one BB* (or B, B*, B*B) with its wire numbers, bits and parts."""
    size, last = product.size, strip == product.width - 1
    y = [top + _HEAD + _ROW * i for i in range(size)]
    if product.width > 1:
        canvas.text(2, top + 12, f"BB* {strip + 1} of {product.width}", "part")
    for name, first, count in _parts(product):
        x = _LEFT + column * first
        canvas.box(x + 2, top + 17, column * count - 4, _HEAD + _ROW * (size - 1) + 1)
        canvas.text(x + column * count / 2, top + 26, name, "part", anchor="middle")
    canvas.open("factors")
    for t in range(per):
        factor = product.factors[strip * per + t]
        x = _LEFT + column * t
        canvas.text(x + column / 2, top + 36, f"bit {factor.bit}", "bit", _FONT, "middle")
        _factor(canvas, factor, x, column, y, labelled)
    canvas.close()
    for i in range(size):
        unused_in, unused_out = strip == 0 and i >= product.n, last and i >= product.m
        canvas.line(_LEFT - 12, y[i], _LEFT, y[i], "faint" if unused_in else "wire")
        end = _LEFT + column * per
        canvas.line(end, y[i], end + 12, y[i], "faint" if unused_out else "wire")
        canvas.text(_LEFT - 16, y[i] + 3, f"{i}=0" if unused_in else str(i), "wire-in", _FONT, "end")
        canvas.text(end + 16, y[i] + 3, "cut" if unused_out else str(i), "wire-out", _FONT)


def _kind(d: list[Any], o: list[Any]) -> str:
    """What a 2 x 2 switch does."""
    if all(x == 0 for x in o):
        return "zero" if all(x == 0 for x in d) else "identity" if all(x == 1 for x in d) else "diagonal"
    return "swap" if all(x == 0 for x in d) and all(x == 1 for x in o) else "general"


def _factor(
    canvas: Canvas, factor: ButterflyFactor, x: float, column: float, y: list[float], labelled: bool
) -> None:
    """Draw the switches of one factor between x and x + column."""
    d, o, partner = factor.diagonal, factor.offdiagonal, factor.partner.tolist()
    largest = max((_size(w) for w in _nontrivial(factor)), default=1.0) or 1.0
    left, right = x + 4, x + column - 4
    for i, j in enumerate(partner):
        if i > j:
            continue
        kind = _kind([d[i], d[j]], [o[i], o[j]])
        title = f"bit {factor.bit}, wires {i} and {j}: [[{d[i]}, {o[i]}], [{o[j]}, {d[j]}]]"
        canvas.open(f"switch {kind}", title)
        for row, other in ((i, j), (j, i)):
            for source, weight, way in ((row, d[row], "straight"), (other, o[row], "cross")):
                if weight == 0:
                    continue
                colour = _colour(weight)
                shade = 1.0 if labelled or not colour else 0.35 + 0.65 * min(1.0, _size(weight) / largest)
                canvas.line(left, y[source], right, y[row], f"{way} {colour}".strip(), shade)
        canvas.close()
    for i in range(len(partner)):
        canvas.line(x, y[i], left, y[i], "wire")
        canvas.line(right, y[i], x + column, y[i], "wire")
        if not labelled:
            continue
        for weight, at, anchor in ((d[i], left + 3, "start"), (o[i], right - 3, "end")):
            if not (weight == 0 or weight == 1):
                words = f"weight {_colour(weight)}"
                canvas.text(at, y[i] - 4, _label(weight), words, _FONT, anchor)  # type: ignore[arg-type]


def _number(x: Any) -> Fraction | None:
    """A weight as a rational number, None where it is none (or a residue)."""
    if hasattr(x, "modulus"):
        return None
    if hasattr(x, "coefficients"):
        c = x.coefficients()
        return None if any(c[1:]) else Fraction(int(c[0].p), int(c[0].q))
    if hasattr(x, "p"):
        return Fraction(int(x.p), int(x.q))
    try:
        return Fraction(x)
    except (TypeError, ValueError, OverflowError):
        return None


def _colour(weight: Any) -> str:
    """The class of a line: none for 1, by sign, or "other" for complex numbers and residues."""
    value = _number(weight)
    if weight == 1:
        return ""
    return "other" if value is None else "plus" if value > 0 else "minus"


def _size(weight: Any) -> float:
    """The absolute value, 1 for residues and for what no float holds."""
    value = _number(weight)
    try:
        return (
            abs(complex(weight))
            if value is None and hasattr(weight, "__complex__")
            else abs(float(value or 1))
        )
    except OverflowError:
        return 1.0


def _map(product: KaleidoscopeProduct) -> Picture:
    """Many wires: one cell for each factor and each of 32 blocks of wires, with the shares of nonzero entries."""
    rows, cell, factors = WIRES, 11.0, product.factors
    columns = min(len(factors), 96)
    block = product.size // rows
    canvas = Canvas(f"The factors of {product!r}", _words(product))
    left = 10 + text_width(str(product.size), _FONT) + 6
    for t in range(columns):
        x = left + 2 * cell * t
        if columns <= 40 or t % 4 == 0:
            canvas.text(x + cell, 34, str(factors[t].bit), "bit", _FONT, "middle")
        shares = [np.array(v != 0, dtype=float).reshape(rows, block).mean(axis=1)
                  for v in (factors[t].diagonal, factors[t].offdiagonal)]  # fmt: skip
        for k, (classes, share) in enumerate(zip(("cell", "cell cross"), shares)):
            for r in np.flatnonzero(share).tolist():
                opacity = 0.15 + 0.85 * float(share[r])
                canvas.box(x + k * (cell - 1), 40 + cell * r, cell - 2, cell - 2, classes, opacity)
    for r in range(0, rows, 4):
        canvas.text(left - 6, 40 + cell * r + 8, str(r * block), "wire-in", _FONT, "end")
    notes = [
        f"{product.size} wires are too many to draw: each row is a block of {block} wires, each pair of columns a",
        "factor, its bit above it. Blue: the share of diagonal entries that are not zero. Orange: off-diagonal.",
    ]
    if columns < len(factors):
        notes.append(f"The first {columns} of {len(factors)} factors.")
    canvas.text(left, 16, f"{product.name}, size {product.size}, {len(factors)} factors", "part")
    bottom = 40 + cell * rows + 14
    for k, note in enumerate(notes):
        canvas.text(10, bottom + 12 * k, note, "caption", _FONT)
    width = max(left + 2 * cell * columns + 10, 20 + max(text_width(note, _FONT) for note in notes))
    return canvas.svg(width, bottom + 12 * len(notes))


__all__ = ["Picture", "circuit_diagram", "factor_diagram", "show"]
