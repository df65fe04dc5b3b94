"""A seeded search for larger shattered sets of small networks: proposals in floating point, answers exact.

searched    a LowerBound better than a given one, or None
            features: the last layer is linear, so points with independent features are shattered by it alone;
            beyond: for every labelling one of many hidden configurations and, by linear programming, a last layer
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

import numpy as np
from flint import fmpq, fmpq_mat

from ldrtheory.bounds.activations import Activation
from ldrtheory.bounds.layers import Linear
from ldrtheory.bounds.network import Network
from ldrtheory.bounds.vc.forward import blocks, forward, listed
from ldrtheory.bounds.vc.lower import LowerBound, labellings, short
from ldrtheory.bounds.vc.program import Program, program_of
from ldrtheory.bounds.vc.shattering import Shattering
from ldrtheory.families import Dense, TridiagonalLDR
from ldrtheory.rings import QQ

WIDTH: Final = 12  # inputs and units up to which a network is searched
NARROW: Final = 6  # inputs and units up to which every labelling is looked for
BEYOND: Final = 8  # points up to which it is
HIDDEN: Final = 60  # hidden configurations tried
PROGRAMS: Final = 20  # linear programs for one labelling


@dataclass(frozen=True)
class _Hidden:
    values: list[Any]  # the parameters before those of the last layer
    features: list[list[Any]]  # for every point the last layer's inputs, and 1 if it has a bias


def searched(network: Network, best: int, seed: int = 0) -> LowerBound | None:
    """Return a shattered set of more than `best` points, None if the search finds none or the network is too large.

    Cost: about a second; the same seed gives the same answer.
    """
    if not _small(network) or not short(network):
        return None
    program = program_of(network)
    if program is None:
        return None
    source = random.Random(seed)
    last = network.layers[-1]
    width = last.shape[1] + last.bias
    points = [_point(source, network.inputs) for _ in range(3 * width)]
    found: LowerBound | None = None
    free = all(isinstance(layer.family, Dense) for layer in network.layers)
    tries = 1 if len(network.layers) == 1 else 24 if free else 6
    hidden = [_configuration(network, source, points) for _ in range(tries)]
    rank, config = max(((_rank(h.features), k) for k, h in enumerate(hidden)), key=lambda x: (x[0], -x[1]))
    if rank > best:
        shattering = _by_features(hidden[config], points, rank)
        if shattering.holds(program, labellings(rank, len(program.steps))):
            words = f"{rank} points with independent features in the last layer, found with seed {seed}"
            found = LowerBound(rank, words, shattering, program)
    narrow = (
        len(network.layers) > 1
        and max(network.inputs, *(layer.outputs for layer in network.layers)) <= NARROW
    )
    for m in range(max(rank, best) + 1, BEYOND + 1 if narrow else 0):
        table = _every_labelling(network, source, m, program)
        if table is None:
            break
        found = LowerBound(
            m, f"{m} points, each labelling by parameters of its own, found with seed {seed}", table, program
        )
    return found


def _small(network: Network) -> bool:
    plain = all(
        isinstance(layer, Linear)
        and layer.positions == layer.repeat == 1
        and layer.share is None
        and layer.f.known
        for layer in network.layers
    )
    if not plain or len(network.layers) > 5:
        return False
    sides = [network.inputs, *(layer.outputs for layer in network.layers)]
    slow = any(isinstance(layer.family, TridiagonalLDR) and layer.family.n > 3 for layer in network.layers)
    return max(sides) <= WIDTH and not slow and isinstance(network.layers[-1].family, Dense)


def _point(source: random.Random, n: int) -> tuple[Fraction, ...]:
    return tuple(Fraction(source.randint(-12, 12)) for _ in range(n))


def _apply(f: Activation, y: Any) -> Any:
    return QQ(f(Fraction(int(y.p), int(y.q))))


def _configuration(network: Network, source: random.Random, points: Sequence[Sequence[Fraction]]) -> _Hidden:
    """Random parameters of the layers before the last, and the features of the points."""
    values: dict[str, list[Any]] = {}
    names = list(blocks(network).items())
    last = network.name(len(network.layers) - 1)
    scale = source.choice((1, 3, 10, 40))
    for name, (family, size) in names:
        if name.startswith(f"{last} "):
            continue
        if family is None:
            values[name] = [QQ(Fraction(source.randint(-12 * scale, 12 * scale), 2)) for _ in range(size)]
        elif isinstance(family, Dense):
            values[name] = [QQ(source.randint(-5, 5)) for _ in range(size)]
        else:
            values[name] = listed(family, family.example(source.randrange(10**6)))
    one = [QQ.one] if network.layers[-1].bias else []
    features = [
        forward(network, values, [QQ(x) for x in point], QQ, _apply, len(network.layers) - 1) + one
        for point in points
    ]
    return _Hidden([x for part in values.values() for x in part], features)


def _matrix(rows: Sequence[Sequence[Any]]) -> fmpq_mat:
    return fmpq_mat(len(rows), len(rows[0]), [fmpq(x) for row in rows for x in row])


def _rank(rows: Sequence[Sequence[Any]]) -> int:
    return int(_matrix(rows).rank())


def _fractions(values: Sequence[Any]) -> tuple[Fraction, ...]:
    return tuple(Fraction(int(x.p), int(x.q)) for x in values)


def _by_features(hidden: _Hidden, points: Sequence[tuple[Fraction, ...]], rank: int) -> Shattering:
    """Points with independent features F: the last layer F^-1 v, on independent columns, gives v_k at point k."""
    rows, _ = _matrix(hidden.features).transpose().rref()
    chosen = [next(j for j in range(rows.ncols()) if rows[i, j] != 0) for i in range(rank)]
    kept = _matrix([hidden.features[k] for k in chosen])
    echelon, _ = kept.rref()
    columns = [next(j for j in range(echelon.ncols()) if echelon[i, j] != 0) for i in range(rank)]
    inverse = fmpq_mat(rank, rank, [kept[i, j] for i in range(rank) for j in columns]).inv()
    start, width = len(hidden.values), len(hidden.features[0])
    linear = tuple(
        (start + columns[a], k, Fraction(int(inverse[a, k].p), int(inverse[a, k].q)))
        for a in range(rank)
        for k in range(rank)
        if inverse[a, k] != 0
    )
    base = (*_fractions(hidden.values), *[Fraction(0)] * width)
    return Shattering(tuple(points[k] for k in chosen), base, linear)


def _every_labelling(network: Network, source: random.Random, m: int, program: Program) -> Shattering | None:
    """m points and for each labelling parameters, or None if some labelling is not found."""
    points = tuple(_point(source, network.inputs) for _ in range(m))
    found: dict[int, tuple[Fraction, ...]] = {}
    drawing = np.random.default_rng(source.randrange(2**32))
    weights = 1 << np.arange(m)
    hidden = []
    for _ in range(HIDDEN):
        config = _configuration(network, source, points)
        F = np.array([[float(x) for x in row] for row in config.features])
        F = F / np.maximum(np.abs(F).max(axis=0), 1)
        hidden.append((config, F))
        # a last layer with one free value at each of some points: signs of F theta for theta near the cells' corners
        theta = drawing.integers(-200, 201, (F.shape[1], 400))
        F_exact = config.features
        codes = ((F @ theta > 0).T * weights).sum(axis=1)
        for code, column in {int(c): j for j, c in enumerate(codes)}.items():
            for sign, key in ((1, code), (-1, (1 << m) - 1 - code)):
                if key not in found:
                    scaled = _unscaled(theta[:, column] * sign, F_exact)
                    _keep(found, key, config, scaled, m)
    for key in range(1 << m):
        for config, F in hidden[:PROGRAMS] if key not in found else ():
            solution = _last_layer(F, key, m)
            if solution is not None and _keep(found, key, config, _unscaled(solution, config.features), m):
                break
        if key not in found:
            return None
    shattering = Shattering(points, table=tuple(found[key] for key in range(1 << m)))
    return shattering if shattering.holds(program, labellings(m, len(program.steps))) else None


def _unscaled(theta: np.ndarray, features: Sequence[Sequence[Any]]) -> list[Fraction]:
    """The weights of unscaled features, as short rationals."""
    tops = [max(1.0, *(abs(float(row[j])) for row in features)) for j in range(len(features[0]))]
    return [Fraction(round(float(t) * 2**20 / top), 2**20) for t, top in zip(theta, tops)]


def _keep(found: dict[int, Any], key: int, config: _Hidden, theta: Sequence[Fraction], m: int) -> bool:
    """Store the parameters if, exactly, they give the labelling."""
    for k in range(m):
        y = sum((Fraction(int(x.p), int(x.q)) * t for x, t in zip(config.features[k], theta)), Fraction(0))
        if (y > 0) != bool(key >> k & 1):
            return False
    found[key] = (*_fractions(config.values), *theta)
    return True


def _last_layer(F: np.ndarray, key: int, m: int) -> np.ndarray | None:
    """Weights with sign v_k at point k with a margin, by linear programming in floating point."""
    from scipy.optimize import linprog

    v = np.array([1.0 if key >> k & 1 else -1.0 for k in range(m)])
    answer = linprog(
        np.zeros(F.shape[1]), A_ub=-v[:, None] * F, b_ub=-np.ones(m), bounds=[(-1e4, 1e4)] * F.shape[1]
    )
    return answer.x if answer.status == 0 else None
