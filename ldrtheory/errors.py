"""Every exception ldrtheory raises; each message says what, the value, what was wanted, what to do.

LdrTheoryError      the common ancestor: `except LdrTheoryError` catches everything we raise on purpose
BadInput            a file, string or argument is not what the grammar allows (exit status 2)
UnknownName         BadInput: a name is not known; the nearest known names are offered
ShapeMismatch       BadInput: two shapes do not fit
NotInRing           BadInput: a value cannot be read as an element of the ring
NotInvertible       an element, a matrix or a displacement operator has no inverse
Undecided           the limits given (time, size) ran out before an answer (exit status 3)
CheckerRefused      the checker did not accept a certificate that we produced ourselves (exit status 3)
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class LdrTheoryError(Exception):
    """Common ancestor of every exception that ldrtheory raises on purpose."""


class BadInput(LdrTheoryError, ValueError):
    """A file, string or argument is not what the documented grammar allows: change the input."""


class UnknownName(BadInput, LookupError):
    """A name is not known: use one of the names the message offers."""


class ShapeMismatch(BadInput):
    """Two shapes do not fit: the message names both and what was wanted."""


class NotInRing(BadInput, TypeError):
    """A value cannot be read, without loss, as an element of the ring: convert it or choose another ring."""


class NotInvertible(LdrTheoryError, ArithmeticError):
    """An element, a matrix or a displacement operator has no inverse: the message says what is singular."""


class Undecided(LdrTheoryError):
    """The given limits ran out before an answer: allow more time, or ask a smaller question."""


class CheckerRefused(LdrTheoryError):
    """Our own checker did not accept our own certificate: a bug to report, never a result to use."""


def unknown_name(what: str, value: str, known: Iterable[str]) -> UnknownName:
    """Return an UnknownName that offers the nearest known names.

    >>> print(unknown_name("operator", "toeplits", ["toeplitz", "hankel"]))
    unknown operator 'toeplits'; did you mean 'toeplitz'? Known: hankel, toeplitz.
    """
    names = sorted(set(known))
    lowered = {name.lower(): name for name in names}
    near = [lowered[key] for key in difflib.get_close_matches(value.lower(), lowered, n=3, cutoff=0.5)]
    hint = f"; did you mean {' or '.join(repr(name) for name in near)}?" if near else "."
    return UnknownName(f"unknown {what} {value!r}{hint} Known: {', '.join(names)}.")
