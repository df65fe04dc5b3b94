"""Observed: a target on [0, 1]^n fitted by k blocks of displacement rank 1, its error beside the cited bound.

Target              a function on [0, 1]^n with an upper bound of its Fourier moment C
cosines, gaussian   two kinds of targets
fit_blocks          the experiment: greedy blocks, output weights by least squares, errors on fresh points
Experiment          its numbers; level OBSERVED, never more

Floating point and sampling.  A small observed error proves nothing about the infimum, and neither does a large one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from ldrtheory.bounds.approximation.error_bounds import (
    barron,
    cosine_moment,
    cube_radius_squared,
    gaussian_moment,
)
from ldrtheory.bounds.approximation.universality import column_map, universal_columns
from ldrtheory.claims import Level
from ldrtheory.errors import BadInput, NotInvertible
from ldrtheory.linalg import identity
from ldrtheory.operators import Displacement
from ldrtheory.rings import QQ

Points = np.ndarray
FITTED, TESTED = 2000, 4000  # points the weights are fitted to, and fresh points the errors are measured on
CANDIDATES, STEEPNESS = (
    200,
    30.0,
)  # random neurons tried for each block; the largest length of a weight vector
MOST_BLOCKS, MOST_NEURONS = 256, 1000


@dataclass(frozen=True, eq=False)
class Target:
    """A function on [0, 1]^n.

    function    of points (N, n), returns (N,).  moment: an upper bound of C, see error_bounds
    """

    name: str
    n: int
    function: Callable[[Points], Points]
    moment: Fraction


def cosines(amplitudes: Sequence[Any], frequencies: Sequence[Sequence[Any]]) -> Target:
    """Return x -> sum_j a_j cos(w_j^T x).

    >>> cosines([1, 2], [[3, 4], [0, 2]]).moment
    Fraction(9, 1)
    """
    moment = cosine_moment(amplitudes, frequencies)
    lengths = {len(w) for w in frequencies}
    if len(lengths) != 1 or 0 in lengths:
        raise BadInput(f"frequencies of one length are wanted; got lengths {sorted(lengths)}.")
    a, w = (
        np.array([float(x) for x in amplitudes]),
        np.array([[float(x) for x in row] for row in frequencies]),
    )
    return Target(f"{len(a)} cosines", w.shape[1], lambda x: np.cos(x @ w.T) @ a, moment)


def gaussian(n: int, width: Any = Fraction(1, 4)) -> Target:
    """Return x -> exp(-|x - c|^2 / (2 width^2)), c the centre of the cube.

    >>> gaussian(4).moment
    Fraction(8, 1)
    """
    moment, scale = gaussian_moment(n, width), 2 * float(width) ** 2
    name = f"Gaussian of width {width}"
    return Target(name, n, lambda x: np.exp(-((x - 0.5) ** 2).sum(axis=1) / scale), moment)


@dataclass(frozen=True, eq=False)
class Experiment:
    """What was observed, for each number k of blocks.

    one_neuron      mean squared error on fresh points, using the universal column of every block only
    all_neurons     the same, using all n neurons of every block
    bounds          (2 rho C)^2 / k, cited, for the infimum over all networks with k blocks
    index           the universal column.  samples: fresh points behind every error
    """

    target: Target
    displacement: Displacement
    blocks: tuple[int, ...]
    one_neuron: tuple[float, ...]
    all_neurons: tuple[float, ...]
    bounds: tuple[Fraction, ...]
    index: int
    seed: int
    samples: int = TESTED
    level: Level = Level.OBSERVED

    @property
    def words(self) -> str:
        """What was done, in one sentence."""
        return (
            f"{self.target.name} on [0, 1]^{self.target.n}, blocks of displacement rank 1 for {self.displacement}, "
            f"column {self.index}, seed {self.seed}"
        )

    def __str__(self) -> str:
        lines = [self.words, f"{'blocks':>8}{'one neuron':>13}{'all neurons':>13}{'bound':>11}"]
        rows = zip(self.blocks, self.one_neuron, self.all_neurons, self.bounds)
        lines += [f"{k:>8}{one:>13.2e}{every:>13.2e}{float(bound):>11.2e}" for k, one, every, bound in rows]
        lines.append(f"errors: observed in {self.samples} samples; bound: cited ({barron(1, 1, 1).source})")
        return "\n".join(lines)


def fit_blocks(
    target: Target, d: Displacement, blocks: Sequence[int] = (1, 2, 4, 8, 16, 32), *, seed: int = 0
) -> Experiment:
    """Return the observed errors of networks of k logistic blocks for every k in `blocks`.

    For each block the best of 200 random neurons is taken, by its correlation with what is not yet fitted; it becomes
    column i of the block (`column_map`), whose other columns follow and get biases of their own.  Output weights
    and the constant are fitted by least squares to 2000 points; errors are measured on 4000 others, all uniform.
    Cost: about half a second for 32 blocks.

    >>> from ldrtheory import Sylvester, shift
    >>> found = fit_blocks(gaussian(4), Sylvester(shift(f=1), shift(f=-1)), (1, 4), seed=1)
    >>> found.level, len(found.one_neuron), found.bounds
    (<Level.OBSERVED: 'observed'>, 2, (Fraction(256, 1), Fraction(64, 1)))
    """
    counts = _counts(blocks, target.n)
    index, parts = _parts(d, target.n)
    random = np.random.default_rng(seed)
    x, fresh = random.random((FITTED, target.n)), random.random((TESTED, target.n))
    y, truth = target.function(x), target.function(fresh)
    if not (np.isfinite(y).all() and np.isfinite(truth).all()):
        raise BadInput(
            f"the target {target.name!r} is not finite everywhere on the cube; give another target."
        )
    features = [np.ones((len(p), 1)) for p in (x, fresh)]
    every = [f.copy() for f in features]
    one: dict[int, float] = {}
    full: dict[int, float] = {}
    for k in range(1, counts[-1] + 1):
        left = y - features[0] @ _fitted(features[0], y)
        w, bias = _best_neuron(x, left, random)
        W = np.tensordot(w, parts, axes=1)  # n x n, column `index` is w
        biases = -np.einsum("jc,cj->j", random.random((target.n, target.n)), W)
        biases[index] = bias
        for place, p in enumerate((x, fresh)):
            neurons = _logistic(p @ W + biases)
            features[place] = np.hstack([features[place], neurons[:, [index]]])
            every[place] = np.hstack([every[place], neurons])
        if k in counts:
            one[k] = float(np.mean((truth - features[1] @ _fitted(features[0], y)) ** 2))
            full[k] = float(np.mean((truth - every[1] @ _fitted(every[0], y)) ** 2))
    bounds = tuple(barron(k, cube_radius_squared(target.n), target.moment).value for k in counts)
    first, second = (tuple(values[k] for k in counts) for values in (one, full))
    return Experiment(target, d, counts, first, second, bounds, index, seed)


def _counts(blocks: Sequence[int], n: int) -> tuple[int, ...]:
    counts = tuple(sorted(set(blocks)))
    most = min(MOST_BLOCKS, MOST_NEURONS // n)
    if not counts or any(not isinstance(k, int) or not 1 <= k <= most for k in counts):
        raise BadInput(f"blocks wants whole numbers from 1 to {most} (n = {n}); got {list(blocks)!r}.")
    return counts


def _parts(d: Displacement, n: int) -> tuple[int, np.ndarray]:
    """The universal column, and the blocks for the unit vectors, (n, n, n) in float64: everything is linear in w."""
    rules = universal_columns(d, n, QQ)
    index = next((i for i, rule in enumerate(rules) if rule is not None), None)
    if index is None:
        raise NotInvertible(f"no column of {n} x {n} matrices is universal for {d} by a rule of ours.")
    found = column_map(index, d, n, QQ)
    exact = [found.at(v).matrix for v in identity(QQ, n)]
    return index, np.array([[[int(t.p) / int(t.q) for t in row] for row in M] for M in exact])


def _best_neuron(x: Points, left: Points, random: np.random.Generator) -> tuple[np.ndarray, float]:
    """The weights and bias, of CANDIDATES random ones, whose neuron correlates most with what is left."""
    w = random.standard_normal((CANDIDATES, x.shape[1]))
    w *= (STEEPNESS * random.random(CANDIDATES) / np.linalg.norm(w, axis=1))[:, None]
    biases = -np.einsum("cj,cj->c", w, random.random((CANDIDATES, x.shape[1])))
    values = _logistic(x @ w.T + biases)
    values -= values.mean(axis=0)
    sizes = np.linalg.norm(values, axis=0)
    scores = np.abs(left @ values) / np.where(sizes > 0, sizes, np.inf)
    best = int(np.argmax(scores))
    return w[best], float(biases[best])


def _fitted(features: np.ndarray, y: Points) -> np.ndarray:
    return np.linalg.lstsq(features, y, rcond=1e-10)[0]


def _logistic(t: np.ndarray) -> np.ndarray:
    """1 / (1 + exp(-t)), without overflow."""
    return 0.5 * (1 + np.tanh(0.5 * t))
