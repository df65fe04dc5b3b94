"""What a law has found: results compared with the exact ones, counted.

Prepared        a member with stored parameters and the matrix it denotes
Tally           cases and worst ratio of one law
Failure         what went wrong, with the case
Broken          raised where a law does not hold
ratios, times_power     error / allowance; 2^k x
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from ldrtheory.conform.cases import Case, Parameters
from ldrtheory.conform.tolerance import Denoted, Exact
from ldrtheory.families import Family


@dataclass(frozen=True)
class Failure:
    """What went wrong: in words, and, where one result is compared with the exact one, the case and the numbers.

    side: "M", "M^T" or "M^H", what was multiplied by.
    """

    law: str
    words: str
    case: Case | None = None
    got: Any = None
    exact: Any = None
    allowance: Any = None
    side: str = "M"


class Broken(Exception):
    """A law does not hold."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.words)
        self.failure = failure


@dataclass(frozen=True)
class Prepared:
    """A member with stored parameters, and the matrix it denotes; side: what of it, "M", "M^T" or "M^H"."""

    family: Family
    parameters: Parameters
    matrix: Denoted
    side: str = "M"

    @property
    def shape(self) -> tuple[int, int]:
        """(m, n) of the matrix as it is read."""
        return self.matrix.shape

    @property
    def title(self) -> str:
        """The family, and the side unless it is M."""
        return str(self.family) if self.side == "M" else f"{self.family}, {self.side}"

    def turned(self, side: str) -> Prepared:
        """Return the same, read as `side`."""
        if side == self.side:
            return self
        return replace(self, matrix=self.matrix.transposed(side == "M^H"), side=side)


@dataclass
class Tally:
    """What one law has seen: how many results were compared, and the largest error over its allowance."""

    law: str
    cases: int = 0
    worst: float = 0.0
    sharp: int = 0
    notes: list[str] = field(default_factory=list)
    _last: tuple[Denoted, np.ndarray, Exact, np.ndarray] | None = field(default=None, repr=False)

    def compare(
        self, prepared: Prepared, x: np.ndarray, got: np.ndarray, what: str = "", shift: int = 0
    ) -> None:
        """Count the results for the vectors x; raise Broken at the worst one that is off by more than allowed.

        shift: got belongs to 2^shift x.
        """
        if not np.size(x):
            self.cases += 1
            return
        exact, allowed = self._known(prepared, np.asarray(x))
        with np.errstate(all="ignore"):
            error = exact.error(times_power(np.asarray(got), -shift))
        ratio = ratios(error, allowed)
        rows = ratio.reshape(-1, ratio.shape[-1]).max(axis=-1)
        self.cases += len(rows)
        self.sharp += int(np.sum(prepared.matrix.sharp(x, exact)))
        times = float(np.max(rows))
        self.worst = max(self.worst, times)
        if not times <= 1:
            b, width = int(np.argmax(rows)), ratio.shape[-1]
            i = int(np.argmax(ratio.reshape(-1, width)[b]))
            vector = np.asarray(x).reshape(-1, x.shape[-1])[b]
            one, true, most = (np.asarray(a).reshape(-1, width)[b] for a in (got, exact.high, allowed))
            if shift:
                vector, true, most = (times_power(a, shift) for a in (vector, true, most))
            case = Case(prepared.family, prepared.parameters, vector)
            words = (
                f"{what + ': ' if what else ''}{prepared.title}: entry {i} is {_number(one[i])}, exactly "
                f"{_number(true[i])}; allowed error {most[i]:.3g}, {times:.3g} times exceeded"
            )
            raise Broken(Failure(self.law, words, case, one, true, most, prepared.side))

    def _known(self, prepared: Prepared, x: np.ndarray) -> tuple[Exact, np.ndarray]:
        """M x and the allowance; kept for the next result, which is often for the same vectors."""
        if self._last is None or self._last[0] is not prepared.matrix or not np.array_equal(self._last[1], x):
            self._last = (prepared.matrix, x.copy(), prepared.matrix.exact(x), prepared.matrix.allowance(x))
        return self._last[2:]

    def require(self, holds: bool, words: str, case: Case | None = None) -> None:
        """Count one case; raise Broken with the words unless it holds."""
        self.cases += 1
        if not holds:
            self.worst = float("inf")
            raise Broken(Failure(self.law, words, case))


def ratios(error: np.ndarray, allowed: np.ndarray) -> np.ndarray:
    """Return error / allowed, 0 where there is no error, infinite where it is not finite or none is allowed."""
    with np.errstate(all="ignore"):
        out = np.where(error == 0, 0.0, error / allowed)
    return np.where(np.isnan(out), np.inf, out)


def times_power(x: np.ndarray, k: int) -> np.ndarray:
    """Return 2^k x in the dtype of x, in two steps so that 2^k itself cannot overflow.

    >>> times_power(np.array([2.0**-1000]), 1023).tolist()
    [8388608.0]
    """
    out = np.asarray(x)
    for step in (k // 2, k - k // 2):
        factor = 2.0 ** (step // 2)
        out = (out * factor * 2.0 ** (step - step // 2)).astype(out.dtype)
    return out


def _number(z: Any) -> str:
    return f"{z.real:.17g}" if not np.iscomplexobj(z) or z.imag == 0 else f"{z:.17g}"
