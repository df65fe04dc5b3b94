"""Upper bounds of the VC dimension of a network.

UpperBound      the least bound, the other forms beside it, and what they rest on
upper_bound     of a network, or None with the reason
closed_form     the bound in closed form
sigmoid_bound   the published bound for sigmoid and tanh units
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from ldrtheory.bounds.activations import IDENTITY
from ldrtheory.bounds.layers import Recurrent
from ldrtheory.bounds.network import Network
from ldrtheory.bounds.vc.growth import (
    E_ABOVE,
    Cells,
    Scaled,
    growth,
    least_failing,
    log2_above,
    scaled,
    warren_patterns,
)
from ldrtheory.bounds.vc.steps import Step, cells, no_patterns, steps

GROWTH: Final = (
    "growth function (layers: Bartlett-Harvey-Liaw-Mehrabian 2019; signs: Warren 1968, Milnor 1964)"
)
SIGMOID: Final = "sigmoid units (Karpinski-Macintyre 1997; Anthony-Bartlett 1999, theorem 8.13)"


@dataclass(frozen=True)
class UpperBound:
    """VC dimension at most `value`.

    theorem     the theorem it rests on
    forms       form -> bound: growth function, Warren's form, closed form, or the one for sigmoid units
    steps       what the growth function was counted from (empty for sigmoid units)
    seen        how structured weights were seen: "structured" or "free"
    """

    value: int
    theorem: str
    forms: dict[str, int]
    steps: tuple[Step, ...] = ()
    seen: str = "structured"

    @property
    def cells(self) -> tuple[Cells, ...]:
        """The polynomials that are counted."""
        return cells(self.steps)

    def log2_growth(self, m: int) -> Fraction:
        """Return a rational at least log2 of the number of labellings of m points, and at most about m."""
        if not self.steps:
            return sauer_log2(self.value, m)
        return min(log2_above(growth(self.cells, m)), sauer_log2(self.value, m))


def sauer_log2(d: int, m: int) -> Fraction:
    """Return a rational at least log2(C(m,0) + ... + C(m,d)), which is m for m <= d (Sauer 1972)."""
    from ldrtheory.bounds.vc.growth import binomial_sum

    return log2_above(binomial_sum(m, d))


def rational(x: Fraction) -> Scaled:
    """Return x > 0 rounded up to 200 bits."""
    shift = 200 + x.denominator.bit_length()
    return scaled(-((-x.numerator << shift) // x.denominator), -shift, 220)


def closed_form(layers: Sequence[Cells]) -> int | None:
    """Return t + w log2(4eR log2(2eR)), rounded down; None where R < 3.

    t: layers with polynomials; w: the sum of their numbers of parameters; R: the sum of (polynomials per point, the
    denominators' signs included) times degree.  Source: Bartlett-Harvey-Liaw-Mehrabian 2019.

    >>> closed_form([Cells(10, 0, 30, 1), Cells(1, 0, 41, 2)])
    684
    """
    used = [c for c in layers if c.variables]
    R = sum((c.per_point + c.constant) * c.degree for c in used)
    if R < 3:
        return None
    w, rho = sum(c.variables for c in used), 2 * E_ABOVE * R
    bits = log2_above(rational(2 * rho * log2_above(rational(rho))))
    return int(len(used) + w * bits)


def sigmoid_bound(W: int, k: int) -> int:
    """Return (Wk)^2 + 11 Wk log2(18 W k^2), rounded down: W parameters, k units, the output's one included.

    >>> sigmoid_bound(1, 1)
    46
    """
    return (W * k) ** 2 + int(11 * W * k * log2_above((18 * W * k * k, 0)))


def upper_bound(network: Network) -> UpperBound | str:
    """Return the least upper bound that this package knows for a binary network, or why there is none.

    Hypotheses: real parameters; breakpoints of activations belong to a neighbouring piece; 1[y > 0] at the output.
    """
    if (reason := no_patterns(network)) is not None:
        return reason
    smooth = {layer.f.name for layer in network.layers if not layer.f.piecewise}
    if smooth:
        return _sigmoid(network, smooth)
    ways = {"structured": steps(network), "free": merged(steps(network, free=True), network.inputs)}
    ways["free, unmerged"] = steps(network, free=True)
    found = {seen: least_failing(cells(way)) - 1 for seen, way in ways.items()}
    seen = min(found, key=found.__getitem__)
    layers = cells(ways[seen])
    forms = {"growth": found[seen], "warren": least_failing(layers, warren_patterns) - 1}
    if (closed := closed_form(layers)) is not None:
        forms["closed"] = closed
    return UpperBound(min(forms.values()), GROWTH, forms, ways[seen], seen.partition(",")[0])


def merged(free: Sequence[Step], inputs: int) -> tuple[Step, ...]:
    """Return the steps with every identity layer merged into the next, which becomes a free matrix with a bias.

    The composition of two affine maps is an affine map, so the class only grows.
    """
    out: list[Step] = []
    width, skipped = inputs, False
    for k, step in enumerate(free):
        last = k == len(free) - 1
        if not last and step.breakpoints == 0 and step.degree == 1:
            skipped = True
            continue
        if skipped:
            name = f"merged {k}"
            step = Step(
                step.units, step.breakpoints, step.degree, 1, 1, 0, ((name, step.units * (width + 1)),)
            )
        out.append(step)
        width, skipped = step.units, False
    return tuple(out)


def _sigmoid(network: Network, smooth: set[str]) -> UpperBound | str:
    """The class as a subclass of the free one: every weight and bias of the unrolled network a parameter."""
    hidden = [layer.f for layer in network.layers[:-1]]
    others = {f.name for f in hidden if f.piecewise and f is not IDENTITY}
    if "softmax" in smooth or others:
        names = ", ".join(sorted(smooth | others))
        return f"no published bound covers a network with the activations {names}"
    width, W, k = network.inputs, 0, 0
    for layer in network.layers:
        for stage in layer.stages(""):
            extra = layer.inputs if isinstance(layer, Recurrent) else 0
            if stage.activation is IDENTITY and layer is not network.layers[-1]:
                continue
            W, k, width = W + stage.units * (width + extra + 1), k + stage.units, stage.units
    bound = sigmoid_bound(W, k)
    return UpperBound(bound, SIGMOID, {"sigmoid": bound}, seen="free")
