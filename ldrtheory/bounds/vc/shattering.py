"""Points of which a class shows every labelling.

Shattering  points, and for every labelling the parameters: affine in the labels, or one list for each labelling
explicit    the shattering of a path through a network
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from ldrtheory.bounds.layers import Recurrent
from ldrtheory.bounds.network import Network
from ldrtheory.bounds.vc.forward import blocks, listed
from ldrtheory.bounds.vc.path import Path
from ldrtheory.bounds.vc.program import Program
from ldrtheory.bounds.vc.rows import witness_of
from ldrtheory.rings import QQ


@dataclass(frozen=True)
class Shattering:
    """Parameters for each labelling v of the points, v in {1, -1}^m; label 1 means that the output is positive.

    base, linear    the parameters are base + sum of c v_k e_i over (i, k, c) in linear
    table           or: the parameters of labelling number sum of 2^k [v_k = 1], one list each
    """

    points: tuple[tuple[Fraction, ...], ...]
    base: tuple[Fraction, ...] = ()
    linear: tuple[tuple[int, int, Fraction], ...] = ()
    table: tuple[tuple[Fraction, ...], ...] = ()

    def parameters(self, v: Sequence[int]) -> list[Fraction]:
        """Return the parameters of the labelling v."""
        if self.table:
            return list(self.table[sum(1 << k for k, label in enumerate(v) if label > 0)])
        out = list(self.base)
        for i, k, c in self.linear:
            out[i] += c * v[k]
        return out

    def holds(self, program: Program, labellings: Sequence[Sequence[int]] | None = None) -> bool:
        """Return whether the program has the sign v_k at point k for all given labellings (all 2^m if None)."""
        m = len(self.points)
        for v in itertools.product((1, -1), repeat=m) if labellings is None else labellings:
            theta = self.parameters(v)
            if any((program.run(theta, x) > 0) != (label > 0) for x, label in zip(self.points, v)):
                return False
        return True


def explicit(network: Network, path: Path) -> Shattering:
    """The points of a path and the parameters that label them by v, affine in v."""
    biased = network.layers[0].bias
    zero = [Fraction(0)] * network.inputs
    points = [tuple(zero)] if biased else []
    for place in path.places:
        point = list(zero)
        point[place] = Fraction(1)
        points.append(tuple(point))
    one, starts, total = QQ.one, {}, 0
    for name, (_, size) in blocks(network).items():
        starts[name], total = total, total + size
    base = [Fraction(0)] * total
    linear: list[tuple[int, int, Fraction]] = []

    def row(name: str, family: Any, w: Sequence[Any]) -> list[Any]:
        found = witness_of(family)
        if found is None:  # the identity: its first row passes on the first unit
            return _identity(family)
        return listed(family, found.at(family, w, QQ.zero))

    def put(name: str, values: Sequence[Any]) -> None:
        for i, x in enumerate(values):
            base[starts[name] + i] = Fraction(int(x.p), int(x.q))

    for k, (layer, step) in enumerate(zip(network.layers, path.layers)):
        name, width = network.name(k), layer.shape[1]
        if step.unit is not None:
            put(
                f"{name} weights",
                row(name, layer.family, [one if j == step.unit else QQ.zero for j in range(width)]),
            )
        else:
            reading, where = layer.family, f"{name} weights"
            if isinstance(layer, Recurrent):
                if layer.repeat > 1:
                    put(where, row(name, layer.family, [QQ.zero] * width))
                reading, where, width = (
                    layer.input_matrix,
                    f"{name} input weights",
                    layer.input_matrix.shape[1],
                )
            still = row(where, reading, [QQ.zero] * width)
            put(where, still)
            for k_point, column in enumerate(path.columns):
                moved = row(where, reading, [one if j == column else QQ.zero for j in range(width)])
                for i, (x, y) in enumerate(zip(moved, still)):
                    if x != y:
                        c = Fraction(int((x - y).p), int((x - y).q))
                        linear.append((starts[where] + i, k_point + biased, c))
                        if biased:
                            linear.append((starts[where] + i, 0, -c))
        if layer.bias:
            base[starts[f"{name} bias"]] = step.bias
    if biased:
        linear.append((starts[f"{network.name(0)} bias"], 0, Fraction(1)))
    merged: dict[tuple[int, int], Fraction] = {}
    for i, k, c in linear:
        merged[i, k] = merged.get((i, k), Fraction(0)) + c
    return Shattering(
        tuple(points), tuple(base), tuple((i, k, c) for (i, k), c in sorted(merged.items()) if c)
    )


def _identity(family: Any) -> list[Any]:
    """Parameters of a member with the first row (1, 0, ..., 0), for the classes of `keeps_first` without a witness."""
    from ldrtheory import families as F

    p = family.filled(lambda: QQ.zero)
    if isinstance(family, F.Householder):
        p["v"][:, min(1, family.n - 1)] = QQ.one
    elif isinstance(family, F.OrthogonalKaleidoscope):
        p["d"][...] = QQ.one
    elif isinstance(family, F.BlockButterfly):
        for i in range(family.block):
            p["diagonal"][..., i, i] = QQ.one
    elif isinstance(family, F.TriangularToeplitzProduct):
        for name in p:
            p[name][0] = QQ.one
    return listed(family, p)
