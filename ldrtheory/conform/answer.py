"""What the judge says.

LawResult       one law: passed or not, cases, worst ratio
Answer          all laws, the failure, its diagnosis and certificate: lines to read, JSON, exit status
table, written  the laws, and the line about a certificate
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import numpy as np

from ldrtheory.claims import Level
from ldrtheory.conform.bench import Failure
from ldrtheory.conform.diagnosis import Diagnosis
from ldrtheory.exactstrings import decimal_string, exact_string, rounded_string
from ldrtheory.rings import CyclotomicNumber


@dataclass(frozen=True)
class LawResult:
    """One law: passed (None: nothing could be tried), how many results were judged, the largest error / allowance."""

    law: str
    says: str
    passed: bool | None
    cases: int
    worst_ratio: float
    words: str = ""

    def json(self) -> dict[str, Any]:
        """Return {law, passed, cases, worst_ratio} and the words; a ratio that is not finite is null."""
        ratio = self.worst_ratio if math.isfinite(self.worst_ratio) else None
        return {
            "law": self.law,
            "passed": self.passed,
            "cases": self.cases,
            "worst_ratio": ratio,
            "words": self.words,
        }


@dataclass(frozen=True)
class Answer:
    """The judge's answer: `conforms` (None where nothing sharp could be tried), the laws, and what went wrong.

    failure: the first law that failed, with its simplest case.  exact: M x there, exactly.  diagnosis: the conventions
    under which it would conform.  certificate: the file written, checked: whether the checker confirmed it, exceeds:
    whether it says that the error is more than allowed, not only that the result is another one.
    """

    kernel: str
    family: str
    dtype: str
    algorithm: str
    seed: int
    laws: tuple[LawResult, ...]
    failure: Failure | None = None
    exact: tuple[Any, ...] | None = None
    diagnosis: tuple[Diagnosis, ...] = ()
    certificate: str | None = None
    checked: bool | None = None
    exceeds: bool = False
    convention: str | None = None
    sizes: tuple[int, ...] = ()
    unsupported: dict[str, str] = field(default_factory=dict)
    printed: str = ""

    @property
    def conforms(self) -> bool | None:
        """Whether every law that could be tried holds; None if the values could not be judged."""
        if any(law.passed is False for law in self.laws):
            return False
        return True if any(law.passed and law.law in ("values", "large") for law in self.laws) else None

    @property
    def level(self) -> Level:
        """Conforming is observed; a failure is refuted where the checker confirmed that the error is too large."""
        return Level.REFUTED if self.conforms is False and self.checked and self.exceeds else Level.OBSERVED

    @property
    def status(self) -> int:
        """The exit status."""
        return {True: 0, False: 1, None: 3}[self.conforms]

    def json(self) -> str:
        """Return the JSON of the command line."""
        data: dict[str, Any] = {
            "conforms": self.conforms,
            "laws": [law.json() for law in self.laws],
            "failure": self._failure(),
            "diagnosis": [d.name for d in self.diagnosis] or None,
            "sentences": [d.sentence for d in self.diagnosis],
            "kernel": self.kernel,
            "family": self.family,
            "dtype": self.dtype,
            "algorithm": self.algorithm,
            "convention": self.convention,
            "seed": self.seed,
            "sizes": list(self.sizes),
            "unsupported": self.unsupported,
            "printed": self.printed,
            "certificate": self.certificate,
            "checked": self.checked,
            "level": str(self.level),
        }
        return json.dumps(data, ensure_ascii=False, allow_nan=False)

    def _failure(self) -> dict[str, Any] | None:
        f = self.failure
        if f is None:
            return None
        out: dict[str, Any] = dict.fromkeys(
            ("size", "family", "parameters", "input", "got", "exact", "allowance")
        )
        out |= {"law": f.law, "words": f.words, "side": f.side}
        if f.case is not None:
            out |= {"family": str(f.case.family), "size": max(f.case.family.shape)}
            out["parameters"] = {k: _strings(v) for k, v in f.case.parameters.items()}
            out["input"] = _strings(f.case.x)
        if f.got is not None:
            out["got"] = _strings(f.got)
        if f.exact is not None:
            out["exact"] = _strings(f.exact) if self.exact is None else [_exact(x) for x in self.exact]
        if f.allowance is not None:
            out["allowance"] = [_upward(x) for x in np.ravel(f.allowance)]
        return out

    def lines(self) -> list[str]:
        """Return the answer for reading: verdict, table, failure, diagnosis, certificate."""
        words = {True: "conforms to", False: "does not conform to", None: "undecided for"}[self.conforms]
        under = f", read under {self.convention}" if self.convention else ""
        sizes = f"sizes {', '.join(map(str, self.sizes))}" if self.sizes else "no size judged"
        first = f"{self.kernel} {words} {self.family} ({self.dtype}, {self.algorithm}{under}; {sizes})"
        return [first, "", *table(self.laws), *self._after()]

    def _after(self) -> list[str]:
        out: list[str] = []
        if self.failure is not None and self.failure.case is not None:
            case, f = self.failure.case, self.failure
            side = "" if f.side == "M" else f", {f.side} x"
            out += ["", f"simplest failure ({f.law}): {case.family}{side}"]
            given = [*case.parameters.items(), ("x", case.x)]
            if f.got is not None:
                given.append(("got", f.got))
            out += [f"  {name} = {_short(value)}" for name, value in given]
            if f.exact is not None:
                told = _strings(f.exact) if self.exact is None else [_digits(x) for x in self.exact]
                out += [
                    f"  exact = {_cut(told)}",
                    f"  allowed = {_cut([_upward(x) for x in np.ravel(f.allowance)])}",
                ]
            else:
                out.append(f"  {f.words}")
        if self.diagnosis:
            out += ["", *(f"{d.sentence} [{d.name}]" for d in self.diagnosis)]
        elif self.failure is not None and self.failure.got is not None and self.failure.side == "M":
            out += ["", f"no convention that we know explains it{_precision(self.failure)}"]
        if self.unsupported:
            out.append(f"not supported by the kernel, not judged: {', '.join(self.unsupported)}")
        if self.printed:
            out.append(f"the kernel prints: {self.printed.splitlines()[0][:80]!r}")
        if self.certificate is not None:
            out.append(written(self.certificate, bool(self.checked), self.exceeds))
        return out

    def __str__(self) -> str:
        return "\n".join(self.lines())


def table(laws: Iterable[LawResult]) -> list[str]:
    """Return the laws as lines: law, result, cases, the largest error as a part of what is allowed, words."""
    rows = [("law", "result", "cases", "worst", "")]
    for law in laws:
        result = {True: "passed", False: "FAILED", None: "-"}[law.passed]
        ratio = f"{law.worst_ratio:.2g}" if law.passed is not None else ""
        rows.append((law.law, result, str(law.cases) if law.cases else "", ratio, law.words))
    a, b, c, d = (max(len(row[k]) for row in rows) for k in range(4))
    return [f"{r[0]:<{a}}  {r[1]:<{b}}  {r[2]:>{c}}  {r[3]:>{d}}  {r[4]}".rstrip() for r in rows]


def written(place: str, checked: bool, exceeds: bool) -> str:
    """Return the line about a certificate that was written."""
    told = "the checker did not confirm it"
    if checked:
        told = "the checker confirmed the counterexample"
        if not exceeds:
            told = "the checker confirmed that the result is another one; by how much, is observed"
    return f"counterexample: {place}: {told}"


def _string(z: Any) -> str:
    """A stored number exactly; nan, inf as they are called."""
    if isinstance(z, complex | np.complexfloating):
        if z.imag == 0:
            return _string(float(z.real))
        imaginary = _string(float(z.imag))
        return f"{_string(float(z.real))}{'' if imaginary.startswith('-') else '+'}{imaginary}i"
    value = float(z)
    return decimal_string(Fraction(value)) if math.isfinite(value) else str(value)


def _strings(values: Any) -> Any:
    array = np.asarray(values)
    return _string(array[()]) if array.ndim == 0 else [_strings(v) for v in array]


def _exact(x: Any) -> str:
    if isinstance(x, CyclotomicNumber):
        return repr(x)
    return exact_string(Fraction(int(x.p), int(x.q)))


def _digits(x: Any) -> str:
    """An exact number for reading: itself where it is short, else its first 17 digits, marked by three dots."""
    if isinstance(x, CyclotomicNumber) and x.order == 4:
        real, imaginary = (_digits(c) for c in x.coefficients())
        return real if imaginary == "0" else f"{real}{'' if imaginary.startswith('-') else '+'}{imaginary}i"
    text = _exact(x)
    if len(text) <= 20 or isinstance(x, CyclotomicNumber):
        return text
    value = Fraction(int(x.p), int(x.q))
    shown = rounded_string(abs(value), up=False, digits=17)
    return f"{'-' if value < 0 else ''}{shown}{'' if Fraction(shown) == abs(value) else '...'}"


def _precision(failure: Failure) -> str:
    """How many bits of the largest entry are right, where that looks like arithmetic of a lower precision."""
    if failure.got is None or failure.exact is None or np.shape(failure.got) != np.shape(failure.exact):
        return ""
    exact = np.asarray(failure.exact, dtype=complex)
    top, error = np.max(np.abs(exact)), np.max(np.abs(np.asarray(failure.got, dtype=complex) - exact))
    if not (0 < error < top * 2.0**-8 and math.isfinite(error)):
        return ""
    return (
        f"; about {int(-math.log2(error / top))} bits of the largest entry are right, as in a lower precision"
    )


def _upward(x: Any) -> str:
    value = float(x)
    return rounded_string(Fraction(value), up=True, digits=4) if math.isfinite(value) else "inf"


def _cut(strings: Any) -> str:
    text = "[" + ", ".join(strings) + "]" if isinstance(strings, list) else str(strings)
    return text if len(text) <= 110 else text[:107] + "..."


def _short(values: Any) -> str:
    array = np.asarray(values)
    text = " ".join(np.array2string(array, precision=17, separator=", ", threshold=20).split())
    return text if len(text) <= 110 else text[:107] + "..."
