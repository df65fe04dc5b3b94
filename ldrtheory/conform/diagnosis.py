"""Under which convention would it be right?

diagnose        the conventions under which a failing kernel conforms, from its matrices
reading         which reading of one convention fits a kernel
Diagnosis       a name and its sentence
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from flint import ctx

from ldrtheory.conform.arithmetic import rounded
from ldrtheory.conform.bench import Bench, Prepared
from ldrtheory.conform.conventions import CONVENTIONS, Convention, applicable
from ldrtheory.conform.kernel import Fault, Unsupported
from ldrtheory.conform.tolerance import BITS, Denoted, majorants, read_parameters
from ldrtheory.errors import LdrTheoryError, unknown_name

PROBES = 6


@dataclass(frozen=True)
class Diagnosis:
    """The names of the conventions (together, where there are two) and the sentence."""

    names: tuple[str, ...]
    sentence: str

    @property
    def name(self) -> str:
        """The names, joined."""
        return " and ".join(self.names)


@dataclass(frozen=True)
class _Probe:
    """A member, the matrix that the kernel has for it, and whether that is the right one."""

    prepared: Prepared
    columns: np.ndarray
    right: bool

    def fits(self, rows: np.ndarray, bench: Bench) -> bool:
        """Whether the kernel's columns are those of the matrix, within what it is allowed."""
        n = self.prepared.shape[1]
        if rows.shape != self.prepared.shape:
            return False
        read = majorants(bench.arithmetic).read
        table = np.empty(rows.shape, dtype=object)
        for at in np.ndindex(rows.shape):
            table[at] = read(rows[at])
        M = Denoted(table, max(self.prepared.matrix.added, n), bench.arithmetic, bench.how, True)
        allowed = M.allowance(np.eye(n)) + 2.0**-51 * np.abs(M.values.T)
        if np.all(np.abs(M.values.T - self.prepared.matrix.values.T) <= allowed):
            return False  # the family's own matrix once more
        return bool(np.all(np.abs(self.columns - M.values.T) <= allowed))


def _probes(bench: Bench) -> list[_Probe]:
    out: list[_Probe] = []
    pool = [p for p in bench.up_to(8) if max(p.shape) > 1]
    sizes = sorted({max(p.shape) for p in pool}, reverse=True)
    chosen: list[Prepared] = []
    for k in range(3):  # the largest sizes first, then other members of the same sizes
        for n in sizes:
            of_size = [p for p in pool if max(p.shape) == n]
            if k < len(of_size) and len(chosen) < PROBES:
                chosen.append(of_size[-1 - k])
    for prepared in chosen:
        eye = rounded(np.eye(prepared.shape[1]), bench.arithmetic.store)
        try:
            columns = bench.multiply(prepared, eye)
        except (Fault, Unsupported):
            continue
        if np.isfinite(columns).all() and np.isfinite(prepared.matrix.bound).all():
            exact, allowed = prepared.matrix.exact(eye), prepared.matrix.allowance(eye)
            out.append(_Probe(prepared, columns, bool(np.all(exact.error(columns) <= allowed))))
    return out


def _readings(convention: Convention, probe: _Probe, ring: Any) -> list[tuple[str, np.ndarray]]:
    prepared = probe.prepared
    p = read_parameters(prepared.family, prepared.parameters, ring)
    try:
        return list(convention.readings(prepared.family, p, ring))
    except LdrTheoryError:
        return []


_SCALES = ("scale:n", "scale:sqrt(n)", "scale:2", "scale:-1")


def diagnose(bench: Bench) -> list[Diagnosis]:
    """Return the conventions under which the kernel conforms; pairs with a scale where there is no single one.

    The kernel's matrix is asked for at a few generic members; a convention explains it if it fits wherever the
    family's own reading does not, and that is somewhere.
    """
    if bench.kernel.hung:
        return []
    probes = _probes(bench)
    if all(probe.right for probe in probes):
        return []
    with ctx.workprec(BITS):
        ring = majorants(bench.arithmetic)
        every = {
            name: [_readings(convention, probe, ring) for probe in probes]
            for name, convention in CONVENTIONS.items()
        }
        found = [
            Diagnosis((name,), CONVENTIONS[name].sentence(which))
            for name, readings in every.items()
            if (which := _explains(probes, readings, bench)) is not None
        ]
        if found:
            return found
        return [
            Diagnosis((name, scale), f"{CONVENTIONS[name].sentence(which)}, and {CONVENTIONS[scale].words}")
            for scale in _SCALES
            for name, readings in every.items()
            if name not in _SCALES
            and (which := _explains(probes, _scaled(readings, scale, ring), bench)) is not None
        ][:3]


def _scaled(
    readings: list[list[tuple[str, np.ndarray]]], scale: str, ring: Any
) -> list[list[tuple[str, np.ndarray]]]:
    def factors(n: int) -> list[Any]:
        size = {"scale:n": Fraction(n), "scale:2": Fraction(2), "scale:-1": Fraction(-1)}.get(scale)
        if size is None:
            return [ring.square_root(Fraction(n)), ring.square_root(Fraction(1, n))]
        return [ring(size), ring(1 / size)]

    return [[(which, M * c) for which, M in some for c in factors(max(M.shape))] for some in readings]


def _explains(probes: list[_Probe], readings: list[list[tuple[str, np.ndarray]]], bench: Bench) -> str | None:
    """The reading that explains every probe; "" if it is not the same for all, None if there is none."""
    which: set[str] = set()
    for probe, some in zip(probes, readings):
        if probe.right:
            continue
        fitting = [name for name, M in some if probe.fits(M, bench)]
        if not fitting:
            return None
        which = set(fitting) if not which else which & set(fitting) or {""}
    return min(which) if which else None


def reading(bench: Bench, convention: Convention) -> str:
    """Return the reading of a convention that fits the kernel; "" where none does.

    Raises UnknownName, with those that apply, where the family has no such convention.
    """
    probes = _probes(bench)
    with ctx.workprec(BITS):
        ring = majorants(bench.arithmetic)
        readings = [_readings(convention, probe, ring) for probe in probes]
        if probes and not any(readings):
            subject = probes[0].prepared
            p = read_parameters(subject.family, subject.parameters, ring)
            known = applicable(subject.family, p, ring)
            raise unknown_name(f"convention of {type(subject.family).__name__}", convention.name, known)
        return _explains(probes, readings, bench) or ""
