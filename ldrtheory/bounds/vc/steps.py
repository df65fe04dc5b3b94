"""A network as the counting of sign patterns sees it.

Step            one layer of the unrolled network: how its units depend on the parameters
steps           the steps of a network, its structured weights kept, or seen as free matrices
cells           the polynomials that the steps add
no_patterns     why a network has no such steps, None where it has
common_degree   degrees of the entries of a family over one common denominator
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from ldrtheory import families as F
from ldrtheory.bounds.derived import DERIVED_TO, describe
from ldrtheory.bounds.layers import Block
from ldrtheory.bounds.network import MOST_STAGES, Network
from ldrtheory.bounds.vc.growth import Cells
from ldrtheory.errors import Undecided
from ldrtheory.families import Family
from ldrtheory.rings import DEGREES


@dataclass(frozen=True)
class Step:
    """Units (N_1 a_1 + ... + N_k a_k + C)/R, then an activation; a_j are the outputs of the step before.

    units                   how many
    breakpoints, degree     of the activation, a piecewise polynomial; (0, 1) for none
    numerator, constant     degrees of the polynomials N_j and C in the parameters, at most; C may contain inputs
    denominator             degree of the polynomial R, which is the same for all units
    blocks                  (name, size) of the parameters in N_j, C and R
    """

    units: int
    breakpoints: int
    degree: int
    numerator: int
    constant: int
    denominator: int
    blocks: tuple[tuple[str, int], ...]


def cells(steps: Sequence[Step]) -> tuple[Cells, ...]:
    """Return the polynomials whose signs fix every activation's piece and the output's sign.

    On a set of parameters where all earlier pieces are fixed, an output of a step is P/Q with one Q for all units:
    Q is the product of the R so far, and deg P <= max(numerator + deg P_before, constant + deg Q_before).  A unit is
    above a breakpoint t if P - tQ and Q have one sign, so the sign of each R that is no constant is needed as well.
    After an activation with constant pieces nothing before is left to depend on.

    >>> cells([Step(2, 1, 1, 1, 1, 0, (("a", 8),)), Step(1, 0, 1, 1, 1, 0, (("b", 3),))])
    (Cells(per_point=2, constant=0, variables=8, degree=1), Cells(per_point=1, constant=0, variables=11, degree=2))
    """
    out = []
    seen: dict[str, int] = {}
    top = bottom = 0  # degrees of P and Q of the outputs of the step before
    for k, step in enumerate(steps):
        seen |= dict(step.blocks)
        top, bottom = max(step.numerator + top, step.constant + bottom), step.denominator + bottom
        per_point = 1 if k == len(steps) - 1 else step.breakpoints * step.units
        signs = 1 if step.denominator else 0
        if per_point or signs:
            out.append(Cells(per_point, signs, sum(seen.values()), max(top, bottom, 1)))
        top, bottom = step.degree * max(top, bottom), step.degree * bottom
        if step.degree == 0:
            seen = {}
    return tuple(out)


_COMMON: Final[dict[type[Family], Any]] = {
    F.SubdiagonalLDR: lambda f: (f.n + 1, f.n),
    F.TridiagonalLDR: lambda f: (f.n * f.n + 1, f.n * f.n),
    F.Householder: lambda f: (2 * f.reflectors, 2 * f.reflectors),
    F.Cauchy: lambda f: (f.shape[0] * f.shape[1] - 1, f.shape[0] * f.shape[1]),
    F.Loewner: lambda f: (f.shape[0] * f.shape[1], f.shape[0] * f.shape[1]),
    F.Pick: lambda f: (2 * f.n * f.n, 2 * f.n * f.n),
    F.InverseToeplitz: lambda f: (f.n - 1, f.n),
}


@lru_cache(maxsize=1024)
def common_degree(family: Family) -> tuple[int, int] | None:
    """Return (numerator, denominator): every entry is a polynomial of degree <= numerator over one of degree <=
    denominator, the same for all entries; None where neither running the family nor a formula tells.

    Up to n = 12 the common denominator is the least common multiple of what the construction inverted.

    >>> common_degree(F.SubdiagonalLDR(4096, 1)), common_degree(F.Cauchy(2)), common_degree(F.Toeplitz(784))
    ((4097, 4096), (3, 4), (1, 0))
    """
    if max(family.shape) > DERIVED_TO:
        try:
            known = describe(family)
        except Undecided:
            return None
        if known.degree_denominator == 0:
            return known.degree_numerator, 0
        return _COMMON[type(family)](family) if type(family) in _COMMON else None
    entries = family.entries(family.filled(lambda: DEGREES.parameter), DEGREES)
    found = [DEGREES(x) for x in entries.flat]
    factors: dict[Any, int] = {}
    for x in found:
        for factor, times in x.factors.items():
            factors[factor] = max(times, factors.get(factor, 0))
    whole = sum(factor.degree * times for factor, times in factors.items())
    top = max(
        ((x.numerator or 0) + whole - x.denominator for x in found if x.numerator is not None), default=0
    )
    return top, whole


def no_patterns(network: Network) -> str | None:
    """Return why signs of polynomials do not describe the network, None where they do."""
    reasons = []
    if network.output != "binary":
        reasons.append('the output is a "vector", and the theory counts the labellings of one sign, 1[y > 0]')
    for k, layer in enumerate(network.layers, 1):
        reason = layer.counted_only()
        for family in [w.family for w in layer.weights()]:
            if reason is None and isinstance(family, F.DFT) and family.n > 2:
                reason = f"the entries of {family} are not real"
        if reason is None and k > 1 and any(stage.direct for stage in itertools.islice(layer.stages(""), 2)):
            reason = "a recurrent layer after another layer is not counted"
        if reason is not None:
            reasons.append(f"layer {k}: {reason}")
    steps = sum(layer.repeat for layer in network.layers)
    if steps > MOST_STAGES:
        reasons.append(f"the network unrolls into {steps} steps, and at most {MOST_STAGES} are counted")
    return "; ".join(reasons) or None


def _degrees(block: Block | None, free: bool) -> tuple[int, int, int]:
    """(parameters, numerator, denominator) of a block of weights: as its family has them, or as a free matrix."""
    if block is None or block.family is None:
        return 0, 0, 0
    m, n = block.family.shape
    degrees = None if free or m * n <= block.parameters else common_degree(block.family)
    if degrees is None:
        return m * n, 1, 0
    return (block.parameters, max(degrees[0], 1), degrees[1]) if block.parameters else (0, 0, 0)


def steps(network: Network, free: bool = False) -> tuple[Step, ...]:
    """Return the steps of a network whose activations are piecewise polynomials.

    free: every weight matrix is seen as a free one; so is, in any case, a matrix with no more entries than parameters.
    Seen so the class only grows, and bounds remain bounds.
    """
    out = []
    for stage in network.stages():
        size, top, bottom = _degrees(stage.weights, free)
        other, other_top, other_bottom = _degrees(stage.direct, free)
        denominator = bottom + other_bottom
        constant = other_top + bottom if stage.direct else 0
        blocks = [(stage.weights.name, size)]
        if stage.direct:
            blocks.append((stage.direct.name, other))
        if stage.bias:
            constant = max(constant, 1 + denominator)
            blocks.append((stage.bias.name, stage.bias.parameters))
        f = stage.activation
        out.append(
            Step(
                stage.units, f.breakpoints or 0, 1 if f.degree is None else f.degree, top + other_bottom, constant,
                denominator, tuple((name, n) for name, n in blocks if n),
            )
        )  # fmt: skip
    return tuple(out)
