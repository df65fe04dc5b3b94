"""Under which convention would it be right?

diagnose        the conventions under which a failing kernel conforms: found by its matrices, then judged
reading         which reading of one convention fits a kernel
Diagnosis       names and a sentence
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

import numpy as np
from flint import ctx

from ldrtheory.conform.arithmetic import rounded
from ldrtheory.conform.bench import Bench, Broken, Prepared, Tally
from ldrtheory.conform.conventions import (
    CONVENTIONS,
    PAIRS,
    Combination,
    applicable,
    combined,
    matrix_of,
)
from ldrtheory.conform.kernel import Fault, Unsupported
from ldrtheory.conform.laws import LAWS
from ldrtheory.conform.tolerance import BITS, Denoted, majorants, read_parameters
from ldrtheory.errors import LdrTheoryError, unknown_name

PROBES = 6
MOST = 3  # pairs of conventions that are named
SIZE = 16  # up to here a kernel is judged under a convention
_DECIDING = ("values", "constants", "probes")  # what a convention is about; it must hold under it


@dataclass(frozen=True)
class Diagnosis:
    """The names of the conventions (together, where there are two) and the sentence."""

    names: tuple[str, ...]
    sentence: str

    @property
    def name(self) -> str:
        """The names, joined, as `Adapter(convention=...)` takes them."""
        return "+".join(self.names)


@dataclass(frozen=True)
class _Probe:
    """A member, the matrix that the kernel has for it, and whether that is the right one."""

    prepared: Prepared
    columns: np.ndarray
    right: bool

    def fits(self, rows: np.ndarray, bench: Bench) -> bool:
        """Whether the kernel's columns are those of the matrix, within what it is allowed."""
        n, own = self.prepared.shape[1], self.prepared.matrix
        if rows.shape != self.prepared.shape:
            return False
        read = majorants(bench.arithmetic).read
        table = np.empty(rows.shape, dtype=object)
        for at in np.ndindex(rows.shape):
            table[at] = read(rows[at])
        M = Denoted(table, max(own.added, n), bench.arithmetic, bench.how, True)
        error = np.abs(self.columns - M.values.T)
        if not np.max(error) <= np.max(np.abs(self.columns)) / 2:
            return False  # within what is allowed only if that tells nothing
        allowed = M.allowance(np.eye(n)) + 2.0**-51 * np.abs(M.values.T)
        if np.all(np.abs(M.values.T - own.values.T) <= allowed):
            return False  # the family's own matrix once more
        return bool(np.all(error <= allowed))

    def fitting(self, convention: Combination, bench: Bench) -> set[tuple[str, ...]]:
        """The readings of a convention that fit."""
        family, ring = self.prepared.family, majorants(bench.arithmetic)
        p = read_parameters(family, self.prepared.parameters, ring)
        try:
            return {which for which, M in convention.readings(family, p, ring) if self.fits(M, bench)}
        except LdrTheoryError:
            return set()


def _probes(bench: Bench) -> list[_Probe]:
    """The kernel at a few generic members, those of size 3 and more first, from small ones to large ones."""
    out: list[_Probe] = []
    pool = [p for p in bench.up_to(8) if max(p.shape) > 1]
    sizes = sorted({max(p.shape) for p in pool}, reverse=True)
    chosen: list[Prepared] = []
    for k in range(3):  # the largest sizes first, then other members of the same sizes
        for n in sizes:
            of_size = [p for p in pool if max(p.shape) == n]
            if k < len(of_size) and len(chosen) < PROBES:
                chosen.append(of_size[-1 - k])
    for prepared in sorted(chosen, key=lambda p: (max(p.shape) < 3, max(p.shape))):
        eye = rounded(np.eye(prepared.shape[1]), bench.arithmetic.store)
        try:
            columns = bench.multiply(prepared, eye)
        except (Fault, Unsupported):
            continue
        if np.isfinite(columns).all() and np.isfinite(prepared.matrix.bound).all():
            exact, allowed = prepared.matrix.exact(eye), prepared.matrix.allowance(eye)
            out.append(_Probe(prepared, columns, bool(np.all(exact.error(columns) <= allowed))))
    return out


def diagnose(bench: Bench) -> list[Diagnosis]:
    """Return the conventions under which the kernel conforms; pairs of them where there is no single one.

    The kernel's matrix is asked for at a few generic members; a convention explains it if it fits wherever the
    family's own reading does not, and that is somewhere.  Then the kernel is judged under it: a convention is named if
    the values are right, and the laws that fail even so are named with it.
    """
    if bench.kernel.hung:
        return []
    probes = _probes(bench)
    if all(probe.right for probe in probes):
        return []
    single = list(_judged(bench, probes, (combined(convention) for convention in CONVENTIONS.values())))
    pairs = (p for p in PAIRS if bench.arithmetic.complex or not {"conjugate", "adjoint"} & set(p.names))
    return single or list(islice(_judged(bench, probes, pairs), MOST))


def _judged(bench: Bench, probes: list[_Probe], conventions: Iterable[Combination]) -> Iterator[Diagnosis]:
    """Those conventions that explain the probes and under which the kernel's values are right."""
    for convention in conventions:
        with ctx.workprec(BITS):
            which = _explains(probes, convention, bench)
        if which is None:
            continue
        found = Diagnosis(convention.names, convention.sentence(which))
        sizes = [n for n in bench.found if n <= SIZE] or [min(bench.found)]
        adapter = replace(bench.adapter, convention=found.name, sizes=sizes)
        failing = _failing(Bench(adapter, bench.seed, matrix_of(convention, *which)))
        if not failing:
            yield found
        elif not set(failing) & set(_DECIDING):
            words = f"{found.sentence}; but under it {', '.join(failing)} fail{'s' * (len(failing) == 1)}"
            yield replace(found, sentence=words)


def _failing(bench: Bench) -> list[str]:
    """The laws that fail; "values" alone where generic members do."""
    from ldrtheory.conform.suite import judge_law  # which diagnoses

    try:
        for prepared in bench.generic:
            with bench.supported(prepared):
                x = bench.vectors(prepared)
                Tally("values").compare(prepared, x, bench.multiply(prepared, x))
    except (Broken, Fault):
        return ["values"]
    passed = {law.name: judge_law(bench, law)[0].passed for law in LAWS if law.name != "large"}
    return [name for name, holds in passed.items() if holds is False or (name == "values" and not holds)]


def _explains(probes: list[_Probe], convention: Combination, bench: Bench) -> tuple[str, ...] | None:
    """The reading that explains every probe; () if it is not the same for all, None if there is none."""
    which: set[tuple[str, ...]] = set()
    for probe in probes:
        if probe.right:
            continue
        fitting = probe.fitting(convention, bench)
        if not fitting:
            return None
        which = fitting if not which else which & fitting or {()}
    return min(which) if which else None


def reading(bench: Bench, convention: Combination) -> tuple[str, ...]:
    """Return the reading of a convention, of each of its parts, that fits the kernel; () where none does.

    Raises UnknownName, with those that apply, where the family has no such convention.
    """
    probes = _probes(bench)
    with ctx.workprec(BITS):
        ring = majorants(bench.arithmetic)
        members = [(probe.prepared.family, probe.prepared.parameters) for probe in probes]
        known = [applicable(f, read_parameters(f, p, ring), ring) for f, p in members]
        for name in convention.names if known else ():
            if not any(name in names for names in known):
                raise unknown_name(f"convention of {type(members[0][0]).__name__}", name, known[0])
        return _explains(probes, convention, bench) or ()
