"""Everything a planned network is asked: its counts, its dimensions, its VC dimension, the samples it needs.

Row         the counts of one layer
Overview    the answer; it prints, and has the keys of the command line's JSON
overview    the answer for a Network
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from ldrtheory.bounds.derived import describe
from ldrtheory.bounds.layers import Layer, Weights, count
from ldrtheory.bounds.network import Network
from ldrtheory.bounds.samples import Accuracy, SampleSizes, accuracy, probability, sample_sizes
from ldrtheory.bounds.vc.lower import LowerBound, lower_bound
from ldrtheory.bounds.vc.upper import UpperBound, upper_bound
from ldrtheory.claims import Level, weakest
from ldrtheory.errors import BadInput, CheckerRefused, LdrTheoryError
from ldrtheory.families import Family


@dataclass(frozen=True)
class Row:
    """The counts of one layer, biases included in the parameters.

    own             whether its parameters are counted here, or were with an earlier layer of the same name
    dimension       of the set of its matrices and biases; None where no formula and no computation at this size
    degree          (numerator, denominator) of a weight in the layer's parameters, at most
    multiplications, additions      of the reference multiply for one input, all positions and repetitions
    preparation     operations with the weights alone, once for all inputs
    """

    name: str
    shape: tuple[int, int]
    parameters: int
    dense_parameters: int
    dimension: int | None
    degree: tuple[int, int]
    multiplications: int
    additions: int
    preparation: int
    activation: str
    own: bool

    def data(self) -> dict[str, Any]:
        """Return the keys of the command line's JSON."""
        return {
            "family": self.name,
            "shape": list(self.shape),
            "parameters": self.parameters,
            "dense_parameters": self.dense_parameters,
            "dimension": self.dimension,
            "degree": {"numerator": self.degree[0], "denominator": self.degree[1]},
            "multiplications": self.multiplications,
            "additions": self.additions,
            "preparation": self.preparation,
            "activation": self.activation,
            "shared": not self.own,
        }


def dimension_of(family: Family) -> int | None:
    """Return the generic dimension: by its formula, or computed up to 8 x 8; None otherwise."""
    from ldrtheory.bounds.dimension import dimension, formula

    value = formula(family)
    if value is not None or max(family.shape) > 8:
        return value
    try:
        return dimension(family).dimension
    except LdrTheoryError:
        return None


def row(layer: Layer, own: bool) -> Row:
    """Return the counts of a layer."""

    def total(number: str) -> int:
        return sum(w.copies * w.applications * getattr(describe(w.family), number) for w in layer.weights())

    def sizes(of: Any) -> int | None:
        found = [of(w) for w in layer.weights()]
        return None if None in found else sum(found) + layer.biases

    def dimension(w: Weights) -> int | None:
        value = dimension_of(w.family)
        return None if value is None else w.copies * value

    figures = describe(layer.family)
    return Row(
        str(layer),
        layer.shape,
        sizes(lambda w: w.copies * count(w.family)) or 0,
        sizes(lambda w: w.copies * w.family.shape[0] * w.family.shape[1]) or 0,
        sizes(dimension),
        (figures.degree_numerator, figures.degree_denominator),
        total("multiplications"),
        total("additions") + layer.bias_additions,
        sum(w.copies * describe(w.family).preparation for w in layer.weights()),
        layer.nonlinearity,
        own,
    )


@dataclass(frozen=True)
class Overview:
    """What is known of a planned network before it is trained.

    upper       UpperBound, or the reason why there is none
    free        the same network with free matrices: its rows and its bound
    certificate the file of the certificate, None if it was not kept
    arithmetic  VERIFIED if the checker redid the integers of the upper bound in this run, else OBSERVED
    shattered   VERIFIED if the checker accepted the shattered set, OBSERVED if it was only evaluated here,
                CITED if it rests on a proof in the documentation
    """

    network: Network
    name: str
    rows: tuple[Row, ...]
    free_rows: tuple[Row, ...]
    upper: UpperBound | str
    free_upper: UpperBound | str
    lower: LowerBound
    samples: SampleSizes | None
    accuracy: Accuracy | None
    arithmetic: Level
    shattered: Level
    certificate: Path | None
    seconds: float

    @property
    def parameters(self) -> int:
        """Distinct parameters."""
        return sum(r.parameters for r in self.rows if r.own)

    @property
    def dimension(self) -> int | None:
        """The sum of the layers' dimensions; None if one is not known."""
        found = [r.dimension for r in self.rows if r.own]
        return None if None in found else sum(x for x in found if x is not None)

    @property
    def level(self) -> Level:
        """What the upper bound rests on: its theorem is from the literature."""
        return weakest(self.arithmetic, Level.CITED)

    @cached_property
    def answer(self) -> str:
        """The answer as one sentence."""
        free = sum(r.parameters for r in self.free_rows if r.own)
        size = f"{self.parameters:,} parameters (unstructured {free:,})"
        if isinstance(self.upper, str):
            return f"{self.name}: {size}; no VC dimension follows"
        exact = self.upper.value == self.lower.value
        bound = (
            f"exactly {self.upper.value:,}"
            if exact
            else f"at least {self.lower.value:,}, at most {self.upper.value:,}"
        )
        return f"{self.name}: VC dimension {bound}, {size}"

    def data(self) -> dict[str, Any]:
        """Return the answer with the keys of the command line's JSON."""
        bounded = isinstance(self.upper, UpperBound)
        vc: dict[str, Any] = {"upper": None, "lower": None, "reason": self.upper}
        if isinstance(self.upper, UpperBound):
            vc = {
                "upper": self.upper.value,
                "lower": self.lower.value,
                "theorem": self.upper.theorem,
                "level": str(self.level),
                "arithmetic": str(self.arithmetic),
                "certificate": None if self.certificate is None else str(self.certificate),
                "forms": dict(self.upper.forms),
                "weights": self.upper.seen,
                "lower_method": self.lower.method,
                "lower_level": str(self.shattered),
            }
        sizes: dict[str, Any] | None = None
        if self.samples is not None:
            sizes = self.samples.data()
            if self.accuracy is not None:
                sizes["epsilon_at"] = self.accuracy.data()
        return {
            "network": self.name,
            "inputs": self.network.inputs,
            "output": self.network.output,
            "layers": [r.data() for r in self.rows],
            "parameters": self.parameters,
            "dimension": self.dimension,
            "multiplications": sum(r.multiplications for r in self.rows),
            "additions": sum(r.additions for r in self.rows),
            "vc": vc,
            "sample_size": sizes if bounded else None,
            "dense": {
                "parameters": sum(r.parameters for r in self.free_rows if r.own),
                "multiplications": sum(r.multiplications for r in self.free_rows),
                "additions": sum(r.additions for r in self.free_rows),
                "vc": {"upper": None if isinstance(self.free_upper, str) else self.free_upper.value},
            },
            "seconds": round(self.seconds, 3),
        }

    def json(self) -> str:
        """Return `data()` as one JSON object."""
        return json.dumps(self.data())

    def __str__(self) -> str:
        return self.answer

    __repr__ = __str__


def overview(
    network: Network,
    name: str = "the network",
    *,
    epsilon: Any = "0.1",
    delta: Any = "0.05",
    samples: int | None = None,
    certificate: str | Path | None = None,
) -> Overview:
    """Return counts, dimensions, bounds of the VC dimension and sample sizes of a planned network.

    epsilon, delta: exact strings or numbers between 0 and 1.  samples: also answer which epsilon they allow.
    certificate: where to write the certificate of the bounds; they are checked in any case.
    Raises BadInput for what is no such number, or where there is nothing to certify; Undecided for families that cannot
    be counted at their size; CheckerRefused if the checker does not accept our own certificate.

    >>> from ldrtheory.bounds.layers import Linear
    >>> from ldrtheory.families import Dense
    >>> answer = overview(Network(3, (Linear(Dense(1, 3)),)))
    >>> answer.upper.value, answer.lower.value
    (4, 4)
    """
    started = time.monotonic()
    accurate, confident = probability("epsilon", epsilon), probability("delta", delta)
    free = network.dense()
    upper, lower = upper_bound(network), lower_bound(network)
    sizes = reached = None
    if isinstance(upper, UpperBound):
        sizes = sample_sizes(upper.log2_growth, upper.value, lower.value, accurate, confident)
        if samples is not None:
            reached = accuracy(upper.log2_growth, samples, confident)
    path = None if certificate is None else Path(certificate)
    if path is not None and not (isinstance(upper, UpperBound) and upper.steps):
        reason = upper if isinstance(upper, str) else "the bound for sigmoid units has no certificate"
        raise BadInput(f"there is nothing to certify: {reason}; leave out the certificate.")
    arithmetic, shattered = _checked(upper, lower, name, path)
    return Overview(
        network,
        name,
        tuple(row(layer, own) for layer, own in zip(network.layers, network.own())),
        tuple(row(layer, own) for layer, own in zip(free.layers, free.own())),
        upper,
        upper_bound(free),
        lower,
        sizes,
        reached,
        arithmetic,
        shattered,
        path,
        time.monotonic() - started,
    )


def _checked(upper: UpperBound | str, lower: LowerBound, name: str, out: Path | None) -> tuple[Level, Level]:
    """What the integers of the upper bound and the shattered set rest on, after the checker has seen them."""
    shattered = Level.CITED if lower.shattering is None else Level.OBSERVED
    if isinstance(upper, str) or not upper.steps:
        return Level.OBSERVED, shattered
    from ldrtheory.bounds.vc.certificate import checkable, checked, lower_statement, upper_statement

    statements = [upper_statement(upper)]
    if checkable(lower):
        statements.append(lower_statement(lower))
    verdict = checked(statements, name, out)
    if not verdict.accepted:
        raise CheckerRefused(f"{name}: the checker did not accept the bounds: {verdict.reason}")
    return Level.VERIFIED, Level.VERIFIED if len(statements) == 2 else shattered
