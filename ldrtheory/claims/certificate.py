"""A certificate: statements (claim + evidence), and where the subject came from.

FORMAT          the format name that the checker accepts
Certificate     write it with `json()`; docs/certificate-format.md is normative
sentences_of    the claims of an accepted certificate file in words
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ldrtheory.claims.statements import Json, sentence
from ldrtheory.files import read_text

FORMAT = "ldrtheory-certificate/1"


@dataclass(frozen=True)
class Certificate:
    """Statements with evidence; whether they hold is for the checker to say.

    statements  claims with evidence, all of which must be accepted
    origin      where the subject came from (source name, sha256, producer); not part of the claim
    """

    statements: tuple[Json, ...]
    origin: Json = field(default_factory=dict)

    def json(self) -> str:
        """Return the certificate as JSON text (UTF-8 when written)."""
        data: dict[str, Any] = {"format": FORMAT, "statements": list(self.statements)}
        if self.origin:
            data["origin"] = self.origin
        return json.dumps(data, separators=(",", ":"), allow_nan=False) + "\n"

    @property
    def sentences(self) -> tuple[str, ...]:
        """The claims in words."""
        return tuple(sentence(s["claim"]) for s in self.statements)


def sentences_of(path: Path) -> tuple[str, ...]:
    """Return the claims of a certificate file in words; meant for files that the checker has accepted."""
    text, _ = read_text(path)
    data = json.loads(text)
    return tuple(sentence(s["claim"]) for s in data["statements"])
