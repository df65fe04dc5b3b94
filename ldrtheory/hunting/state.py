"""The state file of a hunt: what has been searched, so that a hunt can go on where it was stopped.

State       the results of finished units, in a JSON file that is replaced as a whole
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from ldrtheory.errors import BadInput
from ldrtheory.files import write_text
from ldrtheory.hunting.conjecture import Conjecture
from ldrtheory.hunting.stages import Unit

Json = dict[str, Any]
VERSION: Final = "ldrtheory-hunt/1"


@dataclass
class State:
    """Results by the key of their unit; `path` None keeps them in memory only."""

    heading: Json
    path: Path | None = None
    done: dict[str, Json] = field(default_factory=dict)

    def result(self, unit: Unit) -> Json | None:
        """Return the result of a finished unit."""
        return self.done.get(unit.key)

    def add(self, unit: Unit, result: Json) -> None:
        """Keep the result of a unit."""
        self.done[unit.key] = result

    def save(self) -> None:
        """Write the file, if there is one."""
        if self.path is not None:
            write_text(self.path, json.dumps({**self.heading, "done": self.done}))


def heading(c: Conjecture, over: str, seed: int) -> Json:
    """Return what a state file must agree with: version, conjecture, field and seed."""
    return {"format": VERSION, "conjecture": c.id, "sha256": c.digest, "field": over, "seed": seed}


def opened(path: Path | None, c: Conjecture, over: str, seed: int) -> State:
    """Return the state in a file, or an empty one; raise BadInput if the file belongs to another hunt."""
    wanted = heading(c, over, seed)
    if path is None or not path.exists():
        return State(wanted, path)
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        found = {key: data[key] for key in wanted}
        done = data["done"]
        sound = isinstance(done, dict) and all(_is_result(x) for x in done.values())
    except (ValueError, KeyError, TypeError, UnicodeDecodeError) as error:
        raise BadInput(
            f"{path} is no state file of a hunt ({type(error).__name__}: {error}); delete it or name another file."
        ) from error
    for key, value in wanted.items():
        if found[key] != value:
            raise BadInput(
                f"{path} belongs to another hunt: its {key} is {str(found[key])!r:.60}, wanted {str(value)!r:.60}; "
                "delete it or name another file."
            )
    if not sound:
        raise BadInput(
            f"{path} is no state file of a hunt: a result is malformed; delete it or name another file."
        )
    return State(wanted, path, done)


def _is_result(x: Any) -> bool:
    return (
        isinstance(x, dict)
        and all(isinstance(x.get(key), int) for key in ("cases", "tried"))
        and (x.get("point") is None or isinstance(x["point"], dict))
    )
