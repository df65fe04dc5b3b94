"""Lower bounds of the VC dimension of a network, by sets of points that it shatters.

LowerBound      the bound, how it was found, and the shattering where it is explicit
lower_bound     the best of: one row passed through, features of the last layer, a seeded search
path_bound      n (+ 1 with a bias): one unit reads an arbitrary row, the layers above pass it on
stairs_bound    k (+ 1 with a bias): the k units of the last hidden layer switch on one after the other along a line
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from ldrtheory.bounds.derived import describe
from ldrtheory.bounds.layers import Linear
from ldrtheory.bounds.network import Network
from ldrtheory.bounds.vc.path import carries, path_of
from ldrtheory.bounds.vc.program import Program, program_of
from ldrtheory.bounds.vc.rows import every_row, has_ones
from ldrtheory.bounds.vc.shattering import Shattering, explicit
from ldrtheory.bounds.vc.steps import no_patterns

STAIRS: Final = "the units of the last hidden layer switch on one after the other along a line"
STEPPED: Final = ("relu", "hard_tanh", "threshold")
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
    found = max(path_bound(network), stairs_bound(network), key=lambda bound: bound.value)
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


def stairs_bound(network: Network) -> LowerBound:
    """Return k, or k + 1 with a bias at the output, for k units of the last hidden layer; 0 where this does not apply.

    Inputs (t, 0, ..., 0): the layers before carry t on as g(t), and the last hidden layer has ones as its matrix and
    the biases -b_j with b_1 < b_2 < ... between values of c g at points t_0 < t_1 < ...: unit j is at its lower end up
    to t_(j-1) and above it from t_j on. So the features, with 1 for the bias, form a matrix that elimination makes
    triangular, and the last row takes any value at every point.

    >>> from ldrtheory.bounds.layers import Linear
    >>> from ldrtheory.families import Dense
    >>> hidden = Linear(Dense(50, 3), activation="relu")
    >>> stairs_bound(Network(3, (hidden, Linear(Dense(1, 50))))).value
    51
    """
    none = LowerBound(0, "no layer whose units switch on one after the other")
    if len(network.layers) < 2 or any(network.layers[k].share for k in (-1, -2)):
        return none
    before, last = network.layers[-2:]
    plain = isinstance(before, Linear) and before.positions == before.repeat == 1
    apart = len({network.name(k) for k in range(len(network.layers))}) == len(network.layers)
    fits = before.bias and before.f.name in STEPPED and has_ones(before.family) and every_row(last.family)
    if not (plain and apart and fits and carries(network, len(network.layers) - 2)):
        return none
    value = before.outputs + last.bias
    return LowerBound(value, f"{before.outputs} units{' and a bias' if last.bias else ''}: {STAIRS}")


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
        (d.multiplications + d.additions + d.divisions) * w.applications + d.preparation
        for layer in network.layers
        for w in layer.weights()
        for d in (describe(w.family),)
    )
    return steps <= LONGEST
