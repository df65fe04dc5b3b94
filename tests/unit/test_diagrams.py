"""Pictures: every switch, line and label is there, nothing overlaps, nothing comes from outside."""

from __future__ import annotations

import itertools
import random
import re
import xml.etree.ElementTree as ET
from fractions import Fraction

import pytest

from ldrtheory import GAUSSIAN, GF, QQ, BadInput, ButterflyFactor, Cyclotomic, KaleidoscopeProduct
from ldrtheory.kaleidoscopes import bit_pattern
from ldrtheory.report.canvas import WORD
from ldrtheory.report.circuits import circuit_diagram, layout
from ldrtheory.report.diagrams import factor_diagram, show
from ldrtheory.synthesis import (
    Circuit,
    compile_circuit,
    from_matrix,
    from_sparse_product,
    orthogonal_sparse,
    permutation,
    reflection,
    sparse,
)

SVG = "{http://www.w3.org/2000/svg}"


def drawn(kind="BB*", width=1, size=8, ring=QQ, m=None, n=None, seed=1, choices=(0, 1, 1, 2, -3)):
    draw = random.Random(seed)
    factors = tuple(
        ButterflyFactor(bit, *([ring(draw.choice(choices)) for _ in range(size)] for _ in range(2)))
        for bit in bit_pattern(kind, width, size)
    )
    return KaleidoscopeProduct(m or size, n or size, size, width, ring, kind, factors)


def of_class(root, name, tag="*"):
    return [
        e for e in root.iter() if name in e.get("class", "").split() and (tag == "*" or e.tag == SVG + tag)
    ]


def boxes(root):
    """The rectangle of every text: its width from the number of characters of a monospaced font."""
    found = []
    for e in root.iter(SVG + "text"):
        x, y, size = (float(e.get(name)) for name in ("x", "y", "font-size"))
        wide = WORD * size * len(e.text)
        left = x - {"start": 0, "middle": wide / 2, "end": wide}[e.get("text-anchor")]
        found.append((left, y - 0.8 * size, left + wide, y + 0.2 * size, e.text))
    return found


def sound(picture):
    """Parse a picture and check what holds of all: words apart, all inside, a description, nothing from outside."""
    root = ET.fromstring(picture)
    width, height = (float(root.get(name)) for name in ("width", "height"))
    assert root.get("viewBox") == f"0 0 {root.get('width')} {root.get('height')}"
    assert root.get("role") == "img"
    assert root.find(SVG + "title").text
    assert root.find(SVG + "desc").text == root.get("aria-label")
    words = boxes(root)
    for a in words:
        assert a[0] >= 0, a
        assert a[1] >= 0, a
        assert a[2] <= width, a
        assert a[3] <= height, a
    for a, b in itertools.combinations(words, 2):
        assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1], (a, b)
    for line in root.iter(SVG + "line"):
        assert all(0 <= float(line.get(n)) <= width for n in ("x1", "x2"))
        assert all(0 <= float(line.get(n)) <= height for n in ("y1", "y2"))
    outside = re.sub(r'xmlns="[^"]*"', "", picture)
    assert not re.search(r"https?:|href|url\(|<script|<image|@import", outside)
    assert "prefers-color-scheme" in picture
    return root


PRODUCTS = {
    "permutation 8": permutation([3, 1, 4, 0, 5, 7, 2, 6]),
    "permutation 16": permutation(random.Random(1).sample(range(16), 16)),
    "sparse": sparse([[0, 2, 0], [0, 3, "1/2"]]),
    "reflection": reflection([1, 2, 3, 4, 5, 6, 7, 8]),
    "B": drawn("B", size=16),
    "B*": drawn("B*", size=8),
    "B*B": drawn("B*B", size=8),
    "size 2": drawn(size=2),
    "width 3": drawn(width=3, size=8, m=5, n=6),
    "width 9": drawn(width=9, size=4),
    "32 wires": drawn(size=32),
    "long entries": drawn(size=8, choices=(Fraction(-12345, 67890123), 0, 1)),
    "complex": drawn(ring=GAUSSIAN, size=4, choices=("i", "2-1/3i", 0, 1, -1)),
    "cyclotomic": drawn(ring=Cyclotomic(8), size=4, choices=([0, 1], [1, 2, 3, 4], [0], [1])),
    "residues": drawn(ring=GF(7), size=8),
    "huge": drawn(size=4, choices=(10**400, -(10**400), 0, 1)),
    "64 wires": drawn(size=64),
    "256 wires": permutation(random.Random(2).sample(range(256), 256)),
    "1000 wires, deep": compile_circuit(from_matrix([[k % 5 for k in range(70)]])),
}


@pytest.mark.parametrize("name", PRODUCTS)
def test_factor_diagrams_are_sound(name):
    sound(factor_diagram(PRODUCTS[name]))


@pytest.mark.parametrize("name", ["permutation 8", "permutation 16", "B", "B*B", "sparse", "residues"])
def test_every_switch_is_drawn_as_what_it_is(name):
    product = PRODUCTS[name]
    root = sound(factor_diagram(product))
    switches = of_class(root, "switch")
    assert len(switches) == len(product.factors) * product.size // 2
    counted = {"identity": 0, "swap": 0, "diagonal": 0, "zero": 0, "general": 0}
    straight = cross = 0
    for factor in product.factors:
        dense = factor.dense(product.field).tolist()
        for i in range(product.size):
            j = i ^ (1 << factor.bit)
            straight += dense[i][i] != 0
            cross += dense[i][j] != 0
            if i < j:
                block = [[dense[i][i], dense[i][j]], [dense[j][i], dense[j][j]]]
                if block == [[1, 0], [0, 1]]:
                    counted["identity"] += 1
                elif block == [[0, 1], [1, 0]]:
                    counted["swap"] += 1
                elif block == [[0, 0], [0, 0]]:
                    counted["zero"] += 1
                elif block[0][1] == block[1][0] == 0:
                    counted["diagonal"] += 1
                else:
                    counted["general"] += 1
    assert {kind: len(of_class(root, kind)) for kind in counted} == counted
    assert len(of_class(root, "straight", "line")) == straight
    assert len(of_class(root, "cross", "line")) == cross
    assert len(of_class(root, "bit", "text")) == len(product.factors)


def test_a_swap_by_hand():
    root = sound(factor_diagram(permutation([1, 0])))
    (swap,) = of_class(root, "swap")
    assert swap.find(SVG + "title").text == "bit 0, wires 0 and 1: [[0, 1], [1, 0]]"
    lines = [[float(line.get(n)) for n in ("x1", "y1", "x2", "y2")] for line in swap.iter(SVG + "line")]
    (a, b) = lines
    assert (a[1], a[3]) == (b[3], b[1])  # they cross
    assert a[1] != a[3]
    assert [e.text for e in of_class(root, "part", "text")] == ["star part B*", "B part"]
    assert [e.text for e in of_class(root, "wire-in", "text")] == ["0", "1"]


def test_a_line_leads_from_the_input_to_the_output():
    """d = (1, 0), o = (0, 1): output 0 takes input 0 and output 1 takes input 0."""
    K = KaleidoscopeProduct(2, 2, 2, 1, QQ, "B", (ButterflyFactor(0, [1, 0], [0, 1]),))
    (switch,) = of_class(sound(factor_diagram(K)), "general")
    straight, cross = switch.iter(SVG + "line")
    assert straight.get("y1") == straight.get("y2") == cross.get("y1")
    assert float(cross.get("y2")) > float(cross.get("y1"))
    assert float(cross.get("x2")) > float(cross.get("x1"))


def test_weights_are_written_where_they_are_few_and_shaded_where_many():
    few = drawn("B", size=4, choices=(0, 1, 2, -3))
    root = sound(factor_diagram(few))
    expected = sorted(
        str(x) for f in few.factors for v in (f.diagonal, f.offdiagonal) for x in v if x not in (0, 1)
    )
    assert sorted(e.text for e in of_class(root, "weight")) == expected
    assert not [e for e in root.iter(SVG + "line") if e.get("stroke-opacity")]
    many = drawn("BB*", size=32, choices=(2, -3, 5))
    crowded = sound(factor_diagram(many))
    assert not of_class(crowded, "weight")
    shades = {e.get("stroke-opacity") for e in of_class(crowded, "plus", "line")}
    assert shades == {"0.61", None}  # 0.35 + 0.65 * 2/5, and 5/5
    assert {e.get("stroke-opacity") for e in of_class(crowded, "minus", "line")} == {"0.74"}


def test_wires_outside_the_corner_are_dashed():
    root = sound(factor_diagram(drawn(size=8, m=5, n=6)))
    assert len(of_class(root, "faint", "line")) == 2 + 3
    assert [e.text for e in of_class(root, "wire-in")][-2:] == ["6=0", "7=0"]
    assert [e.text for e in of_class(root, "wire-out")].count("cut") == 3


def test_large_products_become_maps_and_say_so():
    root = sound(factor_diagram(PRODUCTS["256 wires"]))
    assert "256 wires are too many to draw" in "".join(root.itertext())
    shares = of_class(root, "cell", "rect")
    assert 0 < len(shares) <= 16 * 64
    assert not of_class(root, "switch")
    many = sound(factor_diagram(PRODUCTS["width 9"]))
    assert "the first 8 of 9 BB*" in "".join(many.itertext())
    assert len(of_class(many, "switch")) == 8 * 4 * 2


# circuits


def strassen_like():
    draw = random.Random(6)
    return from_sparse_product(
        [[[draw.choice([0, 0, 1, -1, 3]) for _ in range(8)] for _ in range(8)] for _ in range(3)]
    )


def prefix_sums(n):
    gates = [(1, 0, 1, 1), *((1, n + k, 1, k + 2) for k in range(n - 2))]
    return Circuit(n, gates, [0, *range(n, 2 * n - 1)])


def hadamard(levels):
    n, gates, wires = 1 << levels, [], list(range(1 << levels))
    for b in range(levels):
        gates += [(1, wires[i & ~(1 << b)], -1 if i >> b & 1 else 1, wires[i | 1 << b]) for i in range(n)]
        wires = list(range(n + b * n, n + (b + 1) * n))
    return Circuit(n, gates, wires)


CIRCUITS = {
    "one input": Circuit(1, [], [0]),
    "repeated outputs": Circuit(3, [(1, 0, 2, 1)], [3, 3, 2, 0]),
    "equal operands": Circuit(1, [(2, 0, 3, 0), ("1/2", 1, 0, 1)], [2]),
    "no operand": Circuit(2, [(0, 0, 0, 1)], [2]),
    "unused gates": Circuit(2, [(1, 0, 1, 1), (5, 2, 7, 0)], [2]),
    "prefix sums 8": prefix_sums(8),
    "prefix sums 16": prefix_sums(16),
    "hadamard 8": hadamard(3),
    "hadamard 16": hadamard(4),
    "sparse product": strassen_like(),
    "long coefficients": from_matrix([["12345/6789012", "-3/7", 2, 0, 0, 0, 1, "5/9"]] * 2),
    "complex": Circuit(2, [("i", 0, "-1/2+3i", 1)], [2], GAUSSIAN),
    "residues": Circuit(2, [(3, 0, 6, 1)], [2], GF(7)),
    "wide": from_matrix([[1] * 60]),
    "deep": prefix_sums(120),
    "very deep": prefix_sums(500),
}


@pytest.mark.parametrize("name", CIRCUITS)
def test_circuit_diagrams_are_sound(name):
    sound(circuit_diagram(CIRCUITS[name]))


@pytest.mark.parametrize("name", [name for name in CIRCUITS if name not in ("wide", "deep", "very deep")])
def test_every_gate_edge_and_coefficient_is_drawn(name):
    circuit = CIRCUITS[name].pruned()
    root = sound(circuit_diagram(CIRCUITS[name]))
    assert len(of_class(root, "gate")) == len(circuit.gates)
    assert len(of_class(root, "input", "text")) == circuit.inputs
    assert [e.text for e in of_class(root, "output")] == [f"y{k}" for k in range(len(circuit.outputs))]
    edges = coefficients = 0
    for alpha, i, beta, j in circuit.gates:
        weights = [alpha + beta] if i == j else [alpha, beta]
        edges += sum(w != 0 for w in weights)
        coefficients += sum(w not in (0, 1) for w in weights)
    assert len(of_class(root, "edge")) == edges
    assert len(of_class(root, "coefficient")) == coefficients


def test_nodes_of_one_column_keep_their_distance():
    root = sound(circuit_diagram(hadamard(4)))
    places = [(float(e.get("cx")), float(e.get("cy")), float(e.get("r"))) for e in root.iter(SVG + "circle")]
    for a, b in itertools.combinations(places, 2):
        assert (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 > (a[2] + b[2]) ** 2
    for x, y, r in places:  # no coefficient lies on a gate
        for left, top, right, bottom, words in boxes(root):
            if words in ("−", "3"):
                assert right < x - r or left > x + r or bottom < y - r or top > y + r


def test_values_are_carried_to_where_they_are_read():
    found = layout(Circuit(2, [(1, 0, 1, 1), (1, 2, 1, 2), (1, 3, 1, 0)], [4, 2]))
    assert [sorted(layer) for layer in found.layers] == [[0, 1], [0, 2], [0, 2, 3], [2, 4]]


def test_large_circuits_become_bars():
    assert "too large to draw" in circuit_diagram(CIRCUITS["wide"])
    root = sound(circuit_diagram(CIRCUITS["very deep"]))
    assert len(of_class(root, "cell")) == 167  # 500 depths, three to a bar
    assert not of_class(root, "gate")


def test_show_draws_what_it_is_given():
    K = permutation([1, 0])
    assert show(K) == factor_diagram(K)
    assert show(K)._repr_svg_() == str(factor_diagram(K))
    assert show(hadamard(1)) == circuit_diagram(hadamard(1))
    orthogonal = orthogonal_sparse([[1, 1]])
    assert show(orthogonal) == factor_diagram(orthogonal.product())
    with pytest.raises(BadInput, match="list has no picture"):
        show([1, 0])


def test_names_are_escaped():
    K = drawn(size=2)
    assert "<repr" not in factor_diagram(K)
    ET.fromstring(factor_diagram(K))
