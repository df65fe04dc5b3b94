"""Lower bounds of the VC dimension of a network, by sets of points that it shatters.

LowerBound      the bound, how it was found, and the shattering where it is explicit
lower_bound     the best of: one row passed through, features of the last layer, a seeded search
path_bound      n (+ 1 with a bias): one unit reads an arbitrary row, the layers above pass it on
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from ldrtheory.bounds.derived import describe
from ldrtheory.bounds.network import Network
from ldrtheory.bounds.vc.path import path_of
from ldrtheory.bounds.vc.program import Program, program_of
from ldrtheory.bounds.vc.rows import every_row
from ldrtheory.bounds.vc.shattering import Shattering, explicit
from ldrtheory.bounds.vc.steps import no_patterns

PATH: Final = "one unit reads every row, the layers above pass its sign on"
EXPLICIT_TO: Final = 2000  # parameters and inputs up to which a shattering is written out
LONGEST: Final = 8000  # operations of a network up to which it is
EVALUATIONS: Final = 200_000  # steps of programs that are evaluated to be sure of a construction


@dataclass(frozen=True)
class LowerBound:
    """VC dimension at least `value`.

    method      how the shattered set was found, in words
    shattering  the points with the parameters of all labellings, None where the set is known by a proof only
    program     the network as the program that the shattering is about
    """

    value: int
    method: str
    shattering: Shattering | None = None
    program: Program | None = None


def lower_bound(network: Network, search: bool = True) -> LowerBound:
    """Return the best lower bound found; with search, small networks are searched for more, with a fixed seed.

    Every explicit shattering is evaluated exactly before it is returned.
    """
    if network.output != "binary" or no_patterns(network) is not None:
        return LowerBound(0, "no binary output, or a layer that is counted only")
    found = path_bound(network)
    if search:
        from ldrtheory.bounds.vc.search import searched

        other = searched(network, found.value)
        if other is not None and other.value > found.value:
            return other
    return found


def path_bound(network: Network) -> LowerBound:
    """Return n, or n + 1 with a bias, for n inputs that one unit reads; 1 or 0 where no row passes.

    Points 0 (with a bias) and e_1, ..., e_n: the row w and bias b with w_k + b = v_k, b = v_0 label them by v, and
    every layer above hands on one unit, which keeps "positive" apart from "not positive".

    >>> from ldrtheory.families import Dense
    >>> from ldrtheory.bounds.layers import Linear
    >>> path_bound(Network(3, (Linear(Dense(1, 3)),))).value
    4
    """
    path = path_of(network)
    if path is None:
        last = network.layers[-1]
        if last.bias and every_row(last.family):
            return LowerBound(1, "the output's bias decides the label of one point")
        return LowerBound(0, "no row of the first layer is known to pass to the output")
    bias = network.layers[0].bias
    value = len(path.places) + bias
    words = f"{len(path.places)} inputs{' and a bias' if bias else ''}: {PATH}"
    program = program_of(network) if short(network) else None
    if program is None:
        return LowerBound(value, words)
    shattering = explicit(network, path)
    if not shattering.holds(program, labellings(len(shattering.points), len(program.steps))):
        return LowerBound(0, "a construction of ours failed its exact evaluation; please report it")
    return LowerBound(value, words, shattering, program)


def labellings(m: int, steps: int) -> list[list[int]] | None:
    """Return as many labellings as can be evaluated soon: all (None) or some, at least one."""
    if (m << m) * steps <= EVALUATIONS:
        return None
    some = range(1, 1 + min(max(EVALUATIONS // (m * steps), 1), 12))
    return [[1 if (k * j + j) % 3 else -1 for k in range(m)] for j in some]


def short(network: Network) -> bool:
    """Return whether the network's program is short enough to be run at every point."""
    if network.parameters + network.inputs > EXPLICIT_TO:
        return False
    steps = sum(
        (d.multiplications + d.additions + d.divisions) * w.applications
        for layer in network.layers
        for w in layer.weights()
        for d in (describe(w.family),)
    )
    return steps <= LONGEST
