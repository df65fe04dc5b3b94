"""A linear circuit as a picture: inputs on the left, gates by depth, outputs on the right.

circuit_diagram     the layered graph, or a bar for each depth where it is too large
Layout              which value stands in which place of which layer

A value that a later layer still reads is carried from layer to layer, without a circle: every line leads from one layer
to the next.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from ldrtheory.report.canvas import Canvas, Picture, text_width

PLACES: Final = 48  # more values than this in one layer, or
LAYERS: Final = 40  # more layers, are drawn as bars
_ROW: Final = 36.0
_RADIUS: Final = 10.0
_FONT: Final = 8.0
_HEAD: Final = 30.0


@dataclass(frozen=True)
class Layout:
    """layers[k] lists the ids held in layer k, in order from the top; the outputs follow the last layer."""

    layers: list[list[int]]
    outputs: list[int]

    @property
    def places(self) -> int:
        """The number of rows the picture needs."""
        return max(len(self.outputs), *(len(layer) for layer in self.layers))


def layout(circuit: Any) -> Layout:
    """Return which ids stand in which layer: gates at their depth, values carried while a later layer reads them.

    Each layer is sorted by the mean place of what it reads in the layer before.
    """
    graph = circuit.graph()
    depth = dict(graph.nodes(data="depth"))
    last = max(depth.values())
    until = {g: max([depth[v] for v in graph.successors(g)], default=depth[g]) for g in graph}
    for out in circuit.outputs:
        until[out] = last + 1
    layers: list[list[int]] = [sorted(g for g in graph if depth[g] == 0)]
    for k in range(1, last + 1):
        place = {g: r for r, g in enumerate(layers[-1])}
        means = {}
        for g in graph:
            if depth[g] < k < until[g]:
                means[g] = float(place[g])
            elif depth[g] == k:
                read = [place[u] for u in graph.predecessors(g) if graph.edges[u, g]["weight"] != 0]
                means[g] = sum(read) / len(read) if read else 0.0
        layers.append(sorted(means, key=lambda g: (means[g], g)))
    return Layout(layers, list(circuit.outputs))


def circuit_diagram(circuit: Any) -> Picture:
    """Return an SVG of a linear circuit; gates that no output depends on are left out.

    Inputs x0, x1, ... on the left, outputs y0, y1, ... on the right, gates as circles with their id, one column for
    each depth.  A coefficient other than 1 stands beside the gate, at its operand's line; -1 is written "−".
    Classes: `gate`, `input`, `output`, `edge`, `carry`, `coefficient`.  Too large a circuit: the gates of each depth
    as bars, and a note.

    >>> from ldrtheory.synthesis import Circuit
    >>> circuit_diagram(Circuit(2, [(1, 0, -2, 1)], [2])).count('class="gate"')
    1
    """
    used = circuit.pruned()
    gates, dropped = len(used.gates), len(circuit.gates) - len(used.gates)
    words = (
        f"Linear circuit over {used.field}: {used.inputs} inputs, {gates} gates, {len(used.outputs)} outputs, depth "
        f"{used.depth}."
    )
    canvas = Canvas("A linear circuit", words)
    placed = layout(used) if used.depth < LAYERS and used.size <= PLACES * LAYERS else None
    if placed is None or placed.places > PLACES:
        return _bars(canvas, used, words)
    graph = used.graph()
    labels = {(u, v): _coefficient(w) for u, v, w in graph.edges(data="weight") if w != 0}
    longest = max((text_width(text, _FONT) for text in labels.values()), default=0.0)
    column = max(74.0, longest + 2 * _RADIUS + 36)
    tall = placed.places
    left = 24 + text_width(f"x{used.inputs}", 9)

    def y(row: int, count: int) -> float:
        return _HEAD + _ROW * (row + (tall - count) / 2)

    at = [
        {g: (left + column * k, y(r, len(layer))) for r, g in enumerate(layer)}
        for k, layer in enumerate(placed.layers)
    ]
    for k, here in enumerate(at[1:], 1):
        for g, (x1, y1) in here.items():
            if graph.nodes[g]["depth"] < k:
                canvas.line(*at[k - 1][g], x1, y1, "carry faint")
            else:
                _edges(canvas, graph, labels, at[k - 1], g, x1, y1)
    end = left + column * len(at)
    for r, g in enumerate(placed.outputs):
        height = y(r, len(placed.outputs))
        canvas.line(*at[-1][g], end - 6, height, "carry")
        canvas.text(end, height + 3, f"y{r}", "output")
    for k, here in enumerate(at):
        title = "inputs" if k == 0 else f"depth {k}"
        canvas.text(left + column * k, 12, title, "part", _FONT, "middle")
        for g, (x1, y1) in here.items():
            if graph.nodes[g]["depth"] == k:
                _node(canvas, used, g, x1, y1)
    bottom = _HEAD + _ROW * (tall - 1) + 34
    note = "A line carries a value; a number beside a gate multiplies it; a gate adds. Dashed: carried on."
    if dropped:
        note += f" {dropped} unused gates are left out."
    lines = _wrapped(note, max(end + 30, 420.0))
    for k, line in enumerate(lines):
        canvas.text(8, bottom + 12 * k, line, "caption", _FONT)
    width = max(end + 30, 16 + max(text_width(line, _FONT) for line in lines), 16 + left)
    return canvas.svg(width, bottom + 12 * len(lines))


def _wrapped(words: str, width: float) -> list[str]:
    """Words in lines of at most the given width."""
    lines = [""]
    for word in words.split():
        longer = f"{lines[-1]} {word}".strip()
        if text_width(longer, _FONT) > width - 16 and lines[-1]:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def _coefficient(w: Any) -> str:
    """A coefficient beside a gate; nothing for 1."""
    if w == 1:
        return ""
    if w == -1 and not hasattr(w, "modulus"):
        return "−"
    words = str(w).replace(" ", "").replace("*", "").replace("-", "−")
    return words if len(words) <= 10 else words[:9] + "…"


def _edges(
    canvas: Canvas, graph: Any, labels: dict[tuple[int, int], str], before: dict[int, tuple[float, float]], g: int,
    x: float, y: float,
) -> None:  # fmt: skip
    """Draw the lines into a gate; the upper operand's coefficient stands above its end, the lower one's below."""
    read = sorted((u for u in graph.predecessors(g) if (u, g) in labels), key=lambda u: before[u][1])
    for number, u in enumerate(read):
        canvas.open("edge", f"{graph.edges[u, g]['weight']} times value {u} into gate {g}")
        canvas.line(*before[u], x, y)
        canvas.close()
        if labels[u, g]:
            height = y - 6 if number == 0 else y + 13
            canvas.text(x - _RADIUS - 4, height, labels[u, g], "coefficient", _FONT, "end")


def _node(canvas: Canvas, circuit: Any, g: int, x: float, y: float) -> None:
    if g < circuit.inputs:
        canvas.text(x - 6, y + 3, f"x{g}", "input", anchor="end")
        canvas.circle(x, y, 2.2, "point")
        return
    alpha, i, beta, j = circuit.gates[g - circuit.inputs]
    canvas.open("gate", f"gate {g}: {alpha} * value {i} + {beta} * value {j}")
    canvas.circle(x, y, _RADIUS)
    canvas.close()
    size = _FONT if len(str(g)) < 4 else 6.0
    canvas.text(x, y + 3, str(g), "id", size, "middle")


def _bars(canvas: Canvas, circuit: Any, words: str) -> Picture:
    """Too large a circuit: how many gates there are at each depth, at most 200 bars."""
    counts: dict[int, int] = {}
    for depth in circuit.depths:
        counts[depth] = counts.get(depth, 0) + 1
    deep = max(counts) + 1
    step = -(-deep // 200)
    totals = [sum(counts.get(k, 0) for k in range(b, min(b + step, deep))) for b in range(0, deep, step)]
    width = max(4.0, 480 / len(totals))
    top = max(totals)
    for k, total in enumerate(totals):
        height = 120 * total / top
        canvas.box(12 + width * k, 150 - height, width * 0.8, height, "cell")
    canvas.text(12, 16, f"too large to draw: {words}"[:78], "part", _FONT)
    each = "depth" if step == 1 else f"{step} depths"
    note = f"A bar for each {each}, from the inputs on; the highest stands for {top} values."
    canvas.text(12, 168, note, "caption", _FONT)
    room = max(text_width(note, _FONT), text_width("0" * 78, _FONT), width * len(totals))
    return canvas.svg(24 + room, 178)
