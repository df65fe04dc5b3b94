"""The lower bound as a certificate: the program, a point and a nonsingular minor of its Jacobian.

Lower           a rank of the Jacobian with the place of a minor
jacobian_rank   the rank at a point, with pivots
statement_of    the claim with its evidence
checked         writes the certificate and has the checker decide it
"""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from flint import nmod_mat

from ldrtheory import __version__
from ldrtheory.bounds.dimension.modular import Point, jacobian
from ldrtheory.bounds.dimension.recording import Program
from ldrtheory.certify.rank.flint_route import pivots_modulo
from ldrtheory.claims import Certificate
from ldrtheory.claims.numbers import encode_number
from ldrtheory.claims.statements import generic_dimension, statement
from ldrtheory.families import Family
from ldrtheory.files import write_text
from ldrtheory.judge import Verdict, check

CHECKER_STEPS = 1 << 26  # steps times columns that the checker takes


@dataclass(frozen=True)
class Lower:
    """The Jacobian of the program at the point has rank `rank`, shown by the minor of these rows and columns."""

    program: Program
    point: Point
    rank: int
    rows: tuple[int, ...]
    columns: tuple[int, ...]

    @property
    def checkable(self) -> bool:
        """Whether the checker takes a certificate of this size."""
        return max(len(self.program.steps), 64 * self.rank) * self.rank <= CHECKER_STEPS


def jacobian_rank(program: Program, order: int, seed: int) -> Lower:
    """Return the rank of the Jacobian at a random point, with the place of a largest nonsingular minor."""
    point = Point.random(program, order, seed)
    J = jacobian(program, point)
    if not program.parameters or not J:
        return Lower(program, point, 0, (), ())
    flat = [x for row in J for x in row]
    rows, columns = pivots_modulo(nmod_mat(len(J), program.parameters, flat, point.prime))
    return Lower(program, point, len(rows), tuple(rows), tuple(columns))


def statement_of(lower: Lower) -> dict[str, Any]:
    """Return the claim "generic-dimension" at least rank, with its evidence."""
    evidence: dict[str, Any] = {
        "prime": encode_number(lower.point.prime),
        "point": list(lower.point.values),
        "rows": list(lower.rows),
        "columns": list(lower.columns),
    }
    field = lower.program.field.name
    if field != "Q":
        evidence["root"] = encode_number(lower.point.root)
    return statement(generic_dimension("at least", lower.rank, lower.program.json(), field), evidence)


def checked(lower: Lower, family: Family, out: Path | None) -> Verdict:
    """Write the certificate to `out` (None: a temporary file) and return the checker's verdict."""
    origin = {"producer": f"ldrtheory {__version__}", "source": str(family)}
    text = Certificate((statement_of(lower),), origin).json()
    if out is not None:
        write_text(out, text)
        return check(out).results[0]
    with tempfile.TemporaryDirectory(prefix="ldrtheory-") as folder:
        path = Path(folder) / "dimension.cert.json"
        write_text(path, text)
        return check(path).results[0]
