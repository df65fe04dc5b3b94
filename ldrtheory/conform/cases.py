"""What a kernel is tried on: members with stored parameters, and vectors.

Case            family, parameters and x, as the kernel gets them
instances       the members of a family class of a given size, its other sizes varied
wider           the same with larger other dimensions
generic         seeded parameters of full length
drawn           a Hypothesis strategy for cases, from the families' own strategies
stored          ring elements as arrays of the kernel's format
"""

from __future__ import annotations

import contextlib
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from itertools import islice
from typing import Any

import numpy as np
from hypothesis import strategies as st

from ldrtheory.conform.arithmetic import Arithmetic, rounded
from ldrtheory.conform.tolerance import read_parameters
from ldrtheory.errors import LdrTheoryError
from ldrtheory.families import Family
from ldrtheory.rings import GAUSSIAN, QQ, Ring
from ldrtheory.strategies import members, vectors

Parameters = dict[str, np.ndarray]
SMALL = 8  # up to here every instance is listed and every constraint is decided exactly


@dataclass(frozen=True)
class Case:
    """One call: parameters and x in the carrier of the kernel's format, x of shape (..., n)."""

    family: Family
    parameters: Parameters
    x: np.ndarray

    @property
    def weight(self) -> tuple[float, ...]:
        """Smaller means simpler."""
        arrays = [*self.parameters.values(), self.x]
        length = sum(float(np.sum(np.abs(a) != 0)) for a in arrays)
        odd = sum(float(np.sum((np.abs(a) != 0) & (a != 1))) for a in arrays)
        with np.errstate(all="ignore"):
            return sum(self.family.shape), length, odd, sum(float(np.sum(np.abs(a))) for a in arrays)


def _like(template: Family, n: int) -> Family | None:
    """An instance of the template's other sizes, of size n."""
    kind = type(template)
    sizes = {f.name: getattr(template, f.name) for f in fields(template) if f.init}  # type: ignore[arg-type]
    if "m" in sizes:
        sizes |= {"m": max(1, n // 2), "n": max(1, n - n // 2)}
    elif "rows" in sizes:
        m, k = template.shape
        sizes |= {"rows": n + np.sign(m - k), "columns": n} if m != k else {"rows": n, "columns": n}
        sizes |= {name: int(sizes[name]) for name in ("rows", "columns")}
        sizes |= {"n": None} if "n" in sizes else {}
    else:
        sizes["n"] = n
    try:
        return kind(**sizes)
    except LdrTheoryError:
        return None


def instances(family: type[Family] | Family, n: int, limit: int = 6) -> list[Family]:
    """Return members of size n (their larger side; for large n, their columns): the family's other sizes vary.

    family: an instance keeps its other sizes.

    >>> from ldrtheory import FCirculant, Monarch
    >>> [str(f) for f in instances(FCirculant, 3)], instances(Monarch(4, 2), 7)
    (['FCirculant(n=3, f=-1)', 'FCirculant(n=3, f=0)', 'FCirculant(n=3, f=2)'], [])
    """
    if isinstance(family, Family):
        found = _like(family, n)
        return [family] if max(family.shape) == n else [] if found is None else [found]
    if n <= SMALL:
        return list(islice((f for f in family.up_to(n) if max(f.shape) == n), limit))
    out: dict[str, Family] = {}
    for template in family.up_to(4):
        found = _like(template, n)
        if found is not None and max(template.shape) > 1:
            out.setdefault(str(found), found)
    for template in family.up_to(n) if not out else ():  # sizes that small templates do not have
        if max(template.shape) == n:
            return [template]
    return list(out.values())[:limit]


_SIZES = frozenset(["n", "m", "rows", "columns", "f"])


def wider(family: type[Family] | Family, n: int, seed: int, limit: int = 2) -> list[Family]:
    """Return members of size n whose other dimensions (rank, width, block, ...) are larger than in small instances,
    and oblong ones; another choice for each seed.

    family: an instance keeps its other sizes, so it has none.

    >>> from ldrtheory import Monarch, Toeplitz
    >>> wider(Toeplitz, 12, 0), wider(Monarch, 9, 0)
    ([Toeplitz(rows=4, columns=12), Toeplitz(rows=12, columns=4)], [Monarch(n=9, block=3)])
    """
    if isinstance(family, Family) or n <= 3:
        return []
    source = random.Random(f"wider {family.__name__} {n} {seed}")
    template = next(iter(instances(family, n, 1)), None)
    if template is None:
        return []
    sizes = {f.name: getattr(template, f.name) for f in fields(template) if f.init}  # type: ignore[arg-type]
    others = [k for k, v in sizes.items() if type(v) is int and k not in _SIZES]
    out: list[Family] = []
    for name in others if n <= 16 else ():
        few, many = source.sample(range(3, 6), 3), source.sample(range(6, 9), 3)
        values = [*many, *few] if n % 2 == 0 else [*few, *many]
        for value in sorted(values, key=lambda v: v == n):  # a rank or a block as large as n is no other case
            try:
                found = family(**sizes | {name: value})
            except LdrTheoryError:
                continue
            if max(found.shape) == n:
                out.append(found)
                break
    if "rows" in sizes:
        short = max(1, (n - 1) // 2 - source.randrange(max(1, n // 6)))
        for rows, columns in ((short, n), (n, short)):
            shape = {"n": None} if "n" in sizes else {}
            with contextlib.suppress(LdrTheoryError):
                out.append(family(**sizes | shape | {"rows": rows, "columns": columns}))
    return out[:limit]


def field_of(arithmetic: Arithmetic) -> Ring:
    """Return the field that stored numbers of this arithmetic live in."""
    return GAUSSIAN if arithmetic.complex else QQ


def stored(family: Family, p: Mapping[str, Any], arithmetic: Arithmetic) -> Parameters:
    """Return ring elements as arrays, rounded to the kernel's format."""
    kind = complex if arithmetic.complex else float

    def number(x: Any) -> Any:
        return complex(x) if kind is complex else int(x.p) / int(x.q) if hasattr(x, "q") else float(x)

    out = {}
    for slot in family.slots():
        value = p[slot.name]
        if slot.shape == ():
            table = np.array(number(value), dtype=kind)
        else:
            table = np.array([number(x) for x in np.ravel(value)], dtype=kind).reshape(slot.shape)
        out[slot.name] = rounded(table, arithmetic.store)
    return out


def settled(family: Family, parameters: Parameters, arithmetic: Arithmetic) -> Parameters | None:
    """Return parameters that the family does not refuse, repaired where it does; None if rounding undoes that."""
    if not parameters or max(family.shape) > SMALL:
        return parameters
    ring = field_of(arithmetic)
    p = read_parameters(family, parameters, ring)
    if family.refusal(p, ring) is None:
        return parameters
    out = stored(family, family.repaired(p, ring), arithmetic)
    return out if family.refusal(read_parameters(family, out, ring), ring) is None else None


def _uniform(
    source: random.Random, shape: tuple[int, ...], arithmetic: Arithmetic, size: float
) -> np.ndarray:
    """Numbers of full length with absolute values between size / 4 and 5 size / 4 in each part."""
    count = int(np.prod(shape, dtype=int))

    def part() -> np.ndarray:
        values = [source.choice((-1, 1)) * size * (0.25 + source.random()) for _ in range(count)]
        return np.array(values).reshape(shape)

    return rounded(part() + 1j * part() if arithmetic.complex else part(), arithmetic.store)


def generic(family: Family, arithmetic: Arithmetic, seed: int, size: float = 1.0) -> Parameters | None:
    """Return parameters without structure, of full length; None if a few seeds all give refused ones."""
    for attempt in range(4):
        source = random.Random(f"{family} {seed} {attempt} {size}")
        given = {slot.name: _uniform(source, slot.shape, arithmetic, size) for slot in family.slots()}
        found = settled(family, given, arithmetic)
        if found is not None:
            return found
    return None


def vectors_like(
    family: Family, arithmetic: Arithmetic, seed: int, shape: tuple[int, ...] = (), columns: int | None = None
) -> np.ndarray:
    """Return seeded vectors of full length, of shape (*shape, n)."""
    n = family.shape[1] if columns is None else columns
    return _uniform(random.Random(f"x {family} {seed} {shape}"), (*shape, n), arithmetic, 1.0)


def drawn(found: list[Family], arithmetic: Arithmetic, rows: bool = False) -> st.SearchStrategy[Case]:
    """Return a strategy for cases over the given instances, smallest first, from the families' strategies.

    rows: x is as long as a column of the matrix, for its transpose.
    """
    ring = field_of(arithmetic)

    @st.composite
    def cases(draw: Callable[..., Any]) -> Case:
        family = draw(st.sampled_from(found))
        if family.lives_in(ring):
            p = draw(members(family, ring)).params
        else:  # roots of unity are the matrix's own: its parameters are still numbers of the format
            p = {s.name: draw(vectors(s.size, ring)).reshape(s.shape) for s in family.slots()}
        parameters = settled(family, stored(family, p, arithmetic), arithmetic)
        if parameters is None:
            parameters = generic(family, arithmetic, 0)
        x = draw(vectors(family.shape[0 if rows else 1], ring))
        kind = complex if arithmetic.complex else float
        values = np.array([complex(c) if kind is complex else int(c.p) / int(c.q) for c in x], dtype=kind)
        return Case(family, parameters or {}, rounded(values, arithmetic.store))

    return cases()
