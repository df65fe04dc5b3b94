"""Whether the claims of certificates are true.

holds       whether a claim is true; for distances, whether float64 leaves it possible
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.corpus.brute.distances import possible
from tests.corpus.brute.fields import Field
from tests.corpus.brute.matrices import chain, rank
from tests.corpus.brute.membership import member
from tests.corpus.brute.operators import kronecker, residual
from tests.corpus.brute.subjects import subject


def holds(claim: dict[str, Any], evidence: dict[str, Any], folder: Path) -> bool:
    """Return whether a claim is true; for distances, whether it is possible."""
    field = Field(claim["field"])
    kind = claim["kind"]
    if kind in ("matrices-equal", "matrices-differ"):
        same = subject(claim["left"], field, folder) == subject(claim["right"], field, folder)
        return same == (kind == "matrices-equal")
    if kind == "vc-upper":
        from tests.corpus import vc_bounds

        return vc_bounds.true(claim)
    if kind == "shatters":
        from tests.corpus import shattering

        return shattering.true(claim, evidence)
    if kind == "generic-dimension":
        from tests.corpus import programs

        return programs.true(claim)
    if kind == "butterfly-membership":
        return member(claim, evidence, field, folder)
    if kind == "product-equals":
        product = chain([subject(x, field, folder) for x in claim["factors"]][::-1], field)
        return product == subject(claim["matrix"], field, folder)
    if kind in ("operator-invertible", "operator-singular"):
        m, n = claim["shape"]
        full = rank(kronecker(claim["operators"], m, n, field), field) == m * n
        return full == (kind == "operator-invertible")
    M, r = subject(claim["subject"], field, folder), claim["rank"]
    L = residual(M, claim["operators"], field)
    if kind == "displacement-rank":
        found = rank(L, field)
        return {"at most": found <= r, "at least": found >= r, "exactly": found == r}[claim["relation"]]
    return possible(claim, evidence, M, L, field, folder)
