"""The parametrisation of a class as a straight-line program, by running the class on recording elements.

Program     parameters, steps, outputs; its JSON is that of the claim "generic-dimension"
Recording   the ring whose elements write down what is done with them
program_of  the program of a family
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ldrtheory.claims.numbers import encode_number
from ldrtheory.errors import NotInRing, NotInvertible, Undecided
from ldrtheory.families import Family
from ldrtheory.rings import Ring
from ldrtheory.rings.opaque import Opaque

Step = tuple[Any, ...]
TOO_LONG = 2 * 10**6  # steps; a longer program is nothing to differentiate in seconds


@dataclass(frozen=True)
class Program:
    """A straight-line program: values 0, ..., parameters - 1 are the parameters, then one value for each step.

    steps       ("constant", c) or (op, i, j) with op of add, sub, mul, div and i, j earlier values
    outputs     numbers of values
    field       the smallest field that holds the constants
    """

    parameters: int
    steps: tuple[Step, ...]
    outputs: tuple[int, ...]
    field: Ring

    def json(self) -> dict[str, Any]:
        """Return the program as the claim holds it."""
        steps = [["constant", encode_number(s[1])] if s[0] == "constant" else list(s) for s in self.steps]
        return {"parameters": self.parameters, "steps": steps, "outputs": list(self.outputs)}


class Recorded(Opaque):
    """A value of the program, or a constant not yet written down."""

    __slots__ = ("constant", "number", "tape")

    def __init__(self, tape: Recording, number: int | None, constant: Any = None) -> None:
        self.tape, self.number, self.constant = tape, number, constant

    def __add__(self, other: Any) -> Recorded:
        return self.tape.combine("add", self, self.tape(other))

    __radd__ = __add__

    def __sub__(self, other: Any) -> Recorded:
        return self.tape.combine("sub", self, self.tape(other))

    def __rsub__(self, other: Any) -> Recorded:
        return self.tape.combine("sub", self.tape(other), self)

    def __mul__(self, other: Any) -> Recorded:
        return self.tape.combine("mul", self, self.tape(other))

    __rmul__ = __mul__

    def __truediv__(self, other: Any) -> Recorded:
        return self.tape.combine("div", self, self.tape(other))

    def __rtruediv__(self, other: Any) -> Recorded:
        return self.tape.combine("div", self.tape(other), self)

    def __neg__(self) -> Recorded:
        return self.tape.combine("sub", self.tape.zero, self)


@dataclass(repr=False)
class Recording(Ring):
    """The ring of recording elements over a field of constants; what is done twice is written once.

    >>> from ldrtheory.rings import QQ
    >>> tape = Recording(QQ)
    >>> x, y = tape.parameter(), tape.parameter()
    >>> (x * y + y * x).number, tape.steps
    (3, [('mul', 0, 1), ('add', 2, 2)])
    """

    constants: Ring
    name: str = field(default="recording", init=False)
    exact: bool = field(default=False, init=False)

    def __post_init__(self) -> None:
        self.parameters = 0
        self.steps: list[Step] = []
        self._known: dict[Any, int] = {}

    @property
    def zero(self) -> Recorded:
        return Recorded(self, None, self.constants.zero)

    @property
    def one(self) -> Recorded:
        return Recorded(self, None, self.constants.one)

    def __call__(self, value: Any) -> Recorded:
        return value if isinstance(value, Recorded) else Recorded(self, None, self.constants(value))

    def parameter(self) -> Recorded:
        """Return a new parameter; all parameters come before the first step."""
        if self.steps:
            raise NotInRing("a parameter is asked for after the first step; make all parameters first.")
        self.parameters += 1
        return Recorded(self, self.parameters - 1)

    def inverse(self, x: Any) -> Recorded:
        return self.one / self(x)

    def is_zero(self, x: Any) -> bool:
        raise NotInRing(
            "a recording element has no truth value: constructions branch on shapes, never on entries."
        )

    def root_of_unity(self, n: int) -> Recorded:
        return Recorded(self, None, self.constants.root_of_unity(n))

    def _constant(self, x: Recorded, value: int) -> bool:
        return x.number is None and bool(x.constant == self.constants(value))

    def combine(self, op: str, x: Recorded, y: Recorded) -> Recorded:
        """Return x op y; constants are computed, and what changes nothing is not written."""
        if x.number is None and y.number is None:
            a, b = x.constant, y.constant
            if op == "div":
                return Recorded(self, None, a * self.constants.inverse(b))
            return Recorded(self, None, a + b if op == "add" else a - b if op == "sub" else a * b)
        if op == "mul" and (self._constant(x, 0) or self._constant(y, 0)):
            return self.zero
        if op == "div" and self._constant(y, 0):
            raise NotInvertible("0 has no inverse.")
        if self._constant(y, {"add": 0, "sub": 0, "mul": 1, "div": 1}[op]) or (
            op == "div" and self._constant(x, 0)
        ):
            return x
        if op in ("add", "mul") and self._constant(x, 0 if op == "add" else 1):
            return y
        i, j = self.number(x), self.number(y)
        if op in ("add", "mul") and j < i:
            i, j = j, i
        return Recorded(self, self._write((op, i, j), (op, i, j)))

    def number(self, x: Recorded) -> int:
        """Return the number of the value; a constant is written down."""
        return (
            self._write(("constant", x.constant), ("constant", str(x.constant)))
            if x.number is None
            else x.number
        )

    def _write(self, step: Step, key: Any) -> int:
        if key not in self._known:
            if len(self.steps) >= TOO_LONG:
                raise Undecided(
                    f"the parametrisation takes more than {TOO_LONG} operations; ask for smaller sizes."
                )
            self._known[key] = self.parameters + len(self.steps)
            self.steps.append(step)
        return self._known[key]


def program_of(family: Family) -> Program:
    """Return the program from the parameters, slot by slot, to the entries, row by row.

    >>> from ldrtheory.families import Cauchy
    >>> program = program_of(Cauchy(1))
    >>> program.parameters, program.steps, program.outputs
    (2, (('sub', 0, 1), ('constant', 1), ('div', 3, 2)), (4,))
    """
    tape = Recording(family.field())
    entries = family.entries(family.filled(tape.parameter), tape)
    outputs = tuple(tape.number(tape(x)) for x in entries.flat)
    return _used(Program(tape.parameters, tuple(tape.steps), outputs, tape.constants))


def _used(program: Program) -> Program:
    """The program without the steps that no output needs."""
    P = program.parameters
    needed = set(program.outputs)
    for k in range(len(program.steps) - 1, -1, -1):
        if P + k in needed and program.steps[k][0] != "constant":
            needed |= {*program.steps[k][1:]}
    names = {i: i for i in range(P)}
    steps: list[Step] = []
    for k, step in enumerate(program.steps):
        if P + k in needed:
            names[P + k] = P + len(steps)
            steps.append(step if step[0] == "constant" else (step[0], names[step[1]], names[step[2]]))
    return Program(P, tuple(steps), tuple(names[i] for i in program.outputs), program.field)
