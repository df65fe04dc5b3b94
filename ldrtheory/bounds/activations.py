"""Activations of hidden units.

Activation      a name, and for piecewise polynomials the number of breakpoints and the degree
ACTIVATIONS     those that have a name
activation      the activation that a name or {pieces, degree} denotes
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

from ldrtheory.errors import BadInput, unknown_name
from ldrtheory.exactstrings import shortened

MOST: Final = 10**6  # pieces, and their degree


@dataclass(frozen=True)
class Activation:
    """A function applied to every unit of a layer.

    breakpoints     of a piecewise polynomial, each belonging to the piece before or after it; None for other functions
    degree          of the pieces, at most; None for other functions
    breaks, pieces  the breakpoints and the coefficients (constant first) of the pieces, where the function is known
    """

    name: str
    breakpoints: int | None
    degree: int | None
    breaks: tuple[Fraction, ...] = ()
    pieces: tuple[tuple[Fraction, ...], ...] = ()

    @property
    def piecewise(self) -> bool:
        """Whether it is a piecewise polynomial."""
        return self.breakpoints is not None

    @property
    def known(self) -> bool:
        """Whether its values are known, not only its pieces' number and degree."""
        return bool(self.pieces)

    def __call__(self, x: Fraction) -> Fraction:
        """Return the value at x; a breakpoint belongs to the piece before it."""
        piece = self.pieces[sum(x > b for b in self.breaks)]
        return sum((c * x**k for k, c in enumerate(piece)), Fraction(0))

    def __str__(self) -> str:
        return self.name


def _piecewise(name: str, breaks: tuple[int, ...], *pieces: tuple[Any, ...]) -> Activation:
    exact = tuple(tuple(Fraction(c) for c in piece) for piece in pieces)
    degree = max(len(piece) for piece in pieces) - 1
    return Activation(name, len(breaks), degree, tuple(map(Fraction, breaks)), exact)


ACTIVATIONS: Final[dict[str, Activation]] = {
    a.name: a
    for a in (
        _piecewise("relu", (0,), (0,), (0, 1)),
        _piecewise("leaky_relu", (0,), (0, Fraction(1, 100)), (0, 1)),
        _piecewise("hard_tanh", (-1, 1), (-1,), (0, 1), (1,)),
        _piecewise("identity", (), (0, 1)),
        _piecewise("threshold", (0,), (0,), (1,)),
        Activation("sigmoid", None, None),
        Activation("tanh", None, None),
        Activation("softmax", None, None),
    )
}
IDENTITY: Final = ACTIVATIONS["identity"]


def activation(value: Any) -> Activation:
    """Return the activation that a name, or a mapping with pieces and degree, denotes.

    pieces: the number of polynomial pieces, one more than breakpoints.
    Raises UnknownName, offering the nearest names, or BadInput.

    >>> activation("relu").breakpoints, activation({"pieces": 3, "degree": 2}).breakpoints
    (1, 2)
    """
    if isinstance(value, Activation):
        return value
    if isinstance(value, str):
        name = value.lower().replace("-", "_")
        if name not in ACTIVATIONS:
            raise unknown_name("activation", shortened(value)[1:-1], ACTIVATIONS)
        return ACTIVATIONS[name]
    if not isinstance(value, Mapping) or set(value) != {"pieces", "degree"}:
        raise BadInput(
            f"an activation is {shortened(value)}; wanted one of {', '.join(ACTIVATIONS)}, or "
            "{pieces = 3, degree = 2}."
        )
    for key, least in (("pieces", 1), ("degree", 0)):
        x = value[key]
        if isinstance(x, bool) or not isinstance(x, int) or not least <= x <= MOST:
            raise BadInput(
                f"an activation has {key} = {shortened(x)}; wanted an integer from {least} to {MOST}."
            )
    pieces, degree = value["pieces"], value["degree"]
    return Activation(f"{pieces} pieces of degree {degree}", pieces - 1, degree)
