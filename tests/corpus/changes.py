"""What is done to an accepted certificate so that it must be refused.

put, drop, both, top    changes: a value set, removed, several changes, a change of the certificate itself
C, E, S, O, AM, AL      where things stand in a statement: claim, evidence, subject, operators, at_most, at_least
R, U                    the verdicts
Row                     (name, accepted certificate, change, verdict, fragment of the reason)
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Json = Any
Change = Callable[[Json], None]


def put(*path: Any) -> Change:
    """Return a change that sets the value at path[:-1] of the first statement to path[-1]."""

    def change(certificate: Json) -> None:
        spot = certificate["statements"][0]
        for key in path[:-2]:
            spot = spot[key]
        spot[path[-2]] = path[-1]

    return change


def drop(*path: Any) -> Change:
    """Return a change that removes the value at the path of the first statement."""

    def change(certificate: Json) -> None:
        spot = certificate["statements"][0]
        for key in path[:-1]:
            spot = spot[key]
        del spot[path[-1]]

    return change


def both(*changes: Change) -> Change:
    """Return the changes as one."""

    def change(certificate: Json) -> None:
        for each in changes:
            each(certificate)

    return change


def top(key: str, value: Json) -> Change:
    """Return a change of the certificate itself."""

    def change(certificate: Json) -> None:
        certificate[key] = value

    return change


C, E, S, O = "claim", "evidence", ("claim", "subject"), ("claim", "operators")  # noqa: E741
AM, AL = ("evidence", "at_most"), ("evidence", "at_least")
R, U = "rejected", "unreadable"
Row = tuple[str, str, Change, str, str]
