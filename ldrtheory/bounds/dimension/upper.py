"""Upper bounds of the dimension: parameters, entries, constant Jacobians, gauge directions.

Upper           a bound with its reason, whether it is shown, and whether it is a mere count
upper_bounds    the bounds of a family, least first
is_gauge        whether a gauge changes no entry, shown as an identity
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from flint import fmpq, fmpq_mat, nmod_mat

from ldrtheory.bounds.dimension.gauges import Gauge, envelope, gauges
from ldrtheory.bounds.dimension.modular import Point
from ldrtheory.bounds.dimension.recording import Program
from ldrtheory.bounds.dimension.symbolic import Directions, Polynomial
from ldrtheory.errors import Undecided
from ldrtheory.families import Family


@dataclass(frozen=True)
class Upper:
    """dimension <= bound; shown: by an identity computed in this run, or by counting parameters or entries."""

    bound: int
    reason: str
    shown: bool
    counted: bool = False


@dataclass(frozen=True)
class Directed:
    """A gauge with the number of independent directions at the point, those of the gauges before it not counted."""

    gauge: Gauge
    count: int
    shown: bool


def polynomials(family: Family, values: list[Polynomial]) -> dict[str, Any]:
    """Return parameters with the given polynomials, slot by slot."""
    source = iter(values)
    return family.filled(lambda: next(source))


def is_gauge(family: Family, one: Gauge) -> bool:
    """Whether the gauge is shown, as an identity in the parameters, to change no entry.

    False says only that it was not shown within the limits.

    >>> from ldrtheory.families import LowRank
    >>> family = LowRank(3, 2)
    >>> is_gauge(family, gauges(family)[0])
    True
    """
    if one.shown is not None:
        return one.shown()
    ring = Directions()
    count = sum(slot.size for slot in family.slots())
    names = [ring.symbol() for _ in range(count)]
    p = polynomials(family, names)
    try:
        moved = one.field(p, ring.symbol)
        motion = [
            x
            for slot in family.slots()
            for x in np.asarray(moved.get(slot.name, [Polynomial({})] * slot.size), dtype=object).flat
        ]
        q = iter([ring.moving(v, dv) for v, dv in zip(names, motion, strict=True)])
        along = family.filled(lambda: next(q))
        return all(ring.still(x) for x in family.entries(along, ring).flat)
    except Undecided:
        return False


UNUSED = Gauge("parameters that no entry depends on", lambda p, free: {}, lambda: True)


def directions(family: Family, program: Program, point: Point) -> list[Directed]:
    """Return the gauges of a family, each with its number of independent directions at a point, and if shown.

    Independent at one point modulo a prime: independent at the generic point.
    """
    p = polynomials(family, [Polynomial.constant(x) for x in point.values])
    P = program.parameters
    idle = sorted(
        {*range(P)} - {i for s in program.steps if s[0] != "constant" for i in s[1:]} - {*program.outputs}
    )
    found, rank = [Directed(UNUSED, len(idle), True)] if idle else [], len(idle)
    rows = [[int(i == j) for j in range(P)] for i in idle]
    for one in gauges(family):
        symbols: list[int] = []

        def free(symbols: list[int] = symbols) -> Polynomial:
            symbols.append(len(symbols) + 1)
            return Polynomial.symbol(symbols[-1])

        moved = one.field(p, free)
        table = [[0] * len(point.values) for _ in symbols]
        column = 0
        for slot in family.slots():
            for x in np.asarray(moved.get(slot.name, [Polynomial({})] * slot.size), dtype=object).flat:
                for monomial, c in x.terms.items():
                    table[monomial[0] - 1][column] = c % point.prime
                column += 1
        rows += table
        flat = [x for row in rows for x in row]
        total = nmod_mat(len(rows), len(point.values), flat, point.prime).rank() if rows else 0
        found.append(Directed(one, total - rank, is_gauge(family, one)))
        rank = total
    return found


def upper_bounds(family: Family, program: Program, found: list[Directed]) -> list[Upper]:
    """Return the upper bounds, least first, those that are shown before the others."""
    P = program.parameters
    bounds = [Upper(P, "the number of parameters", True, True)]
    bounds.append(Upper(len(_varying(program)), "the number of different entries that vary", True, True))
    constant = affine_rank(program)
    if constant is not None:
        bounds.append(
            Upper(constant, "the entries are affine in the parameters: the Jacobian is constant", True)
        )
    around = envelope(family)
    if around is not None:
        bounds.append(Upper(around[0], f"the dimension of the {around[1]}", around[2]))
    shown = sum(d.count for d in found if d.shown)
    if shown:
        reason = "gauge directions: " + ", ".join(f"{d.gauge.name} ({d.count})" for d in found if d.shown)
        bounds.append(Upper(P - shown, reason, True))
    return sorted(bounds, key=lambda b: (b.bound, not b.shown))


def _varying(program: Program) -> set[int]:
    P = program.parameters
    return {i for i in program.outputs if i < P or program.steps[i - P][0] != "constant"}


def affine_rank(program: Program) -> int | None:
    """Return the rank over Q of the Jacobian of a program whose outputs are visibly affine, None for any other."""
    P = program.parameters
    if program.field.name != "Q":
        return None
    slopes: list[dict[int, Any]] = [{i: fmpq(1)} for i in range(P)]
    constants: dict[int, Any] = {}
    for number, step in enumerate(program.steps, P):
        if step[0] == "constant":
            constants[number] = step[1]
            slopes.append({})
            continue
        op, i, j = step
        if op in ("add", "sub"):
            scales = (1, 1 if op == "add" else -1)
        elif op == "mul" and (i in constants or j in constants):
            scales = (constants.get(j, 0), constants.get(i, 0))
        elif op == "div" and j in constants:
            scales = (1 / constants[j], 0)
        else:
            return None
        total: dict[int, Any] = {}
        for scale, operand in zip(scales, (i, j)):
            for k, c in slopes[operand].items():
                total[k] = total.get(k, 0) + scale * c
        slopes.append(total)
    rows = [slopes[i] for i in program.outputs]
    if not P or not rows:
        return 0
    table = [row.get(k, fmpq(0)) for row in rows for k in range(P)]
    return int(fmpq_mat(len(rows), P, table).rank())
