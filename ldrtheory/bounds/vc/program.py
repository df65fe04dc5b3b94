"""A network as a straight-line program with piecewise polynomial steps.

Program     parameters, inputs, steps, activations; `run` evaluates it, its JSON is that of the claim "shatters"
program_of  the program of a network
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final

from ldrtheory.bounds.activations import Activation
from ldrtheory.bounds.dimension.recording import Recorded, Recording
from ldrtheory.bounds.network import Network
from ldrtheory.bounds.vc.forward import blocks, forward
from ldrtheory.claims import encode_number
from ldrtheory.rings import QQ

OPERATIONS: Final[dict[str, Callable[[Any, Any], Any]]] = {
    "add": lambda x, y: x + y,
    "sub": lambda x, y: x - y,
    "mul": lambda x, y: x * y,
    "div": lambda x, y: x / y,
}


@dataclass(frozen=True)
class Program:
    """Values 0, ..., parameters - 1 are the parameters, then come the inputs, then one value for each step.

    steps           ("constant", c), (op, i, j) with op of add, sub, mul, div, or ("piecewise", i, k): activation k
    activations     piecewise polynomials, (breaks, pieces); a breakpoint belongs to the piece before it
    output          the number of the value whose sign classifies
    """

    parameters: int
    inputs: int
    steps: tuple[tuple[Any, ...], ...]
    activations: tuple[Activation, ...]
    output: int

    def run(self, parameters: Sequence[Any], x: Sequence[Any]) -> Any:
        """Return the output at x, over Q."""
        values = [*parameters, *x]
        for step in self.steps:
            if step[0] == "constant":
                values.append(Fraction(int(step[1].p), int(step[1].q)))
            elif step[0] == "piecewise":
                values.append(self.activations[step[2]](values[step[1]]))
            else:
                values.append(OPERATIONS[step[0]](values[step[1]], values[step[2]]))
        return values[self.output]

    def json(self) -> dict[str, Any]:
        """Return the program as the claim "shatters" holds it."""
        return {
            "parameters": self.parameters,
            "inputs": self.inputs,
            "steps": [
                ["constant", encode_number(s[1])] if s[0] == "constant" else list(s) for s in self.steps
            ],
            "activations": [
                {
                    "breaks": [encode_number(b) for b in f.breaks],
                    "pieces": [[encode_number(c) for c in piece] for piece in f.pieces],
                }
                for f in self.activations
            ],
            "output": self.output,
        }


def program_of(network: Network) -> Program | None:
    """Return the program of a binary network with known piecewise activations and rational matrices, else None.

    Parameters are in the order of `blocks`.

    >>> from ldrtheory.bounds.layers import Linear
    >>> from ldrtheory.families import Dense
    >>> program = program_of(Network(1, (Linear(Dense(1, 1)),)))
    >>> program.parameters, program.steps, program.output
    (2, (('mul', 0, 2), ('add', 1, 3)), 4)
    """
    known = all(layer.f.known and layer.family.field() is QQ for layer in network.layers)
    if not known or any(layer.counted_only() for layer in network.layers):
        return None
    tape = Recording(QQ)
    values = {name: [tape.parameter() for _ in range(size)] for name, (_, size) in blocks(network).items()}
    parameters = tape.parameters
    x = [tape.parameter() for _ in range(network.inputs)]
    used: list[Activation] = []

    def apply(f: Activation, y: Any) -> Any:
        y = tape(y)
        if f.name == "identity":
            return y
        if y.number is None:
            return tape(f(Fraction(int(y.constant.p), int(y.constant.q))))
        if f not in used:
            used.append(f)
        step = ("piecewise", y.number, used.index(f))
        return Recorded(tape, tape._write(step, step))

    (out,) = forward(network, values, x, tape, apply)
    output = tape.number(tape(out))
    return _used(Program(parameters, network.inputs, tuple(tape.steps), tuple(used), output))


def _used(program: Program) -> Program:
    """The program without the steps that the output does not need."""
    start = program.parameters + program.inputs
    needed = {program.output}
    for k in range(len(program.steps) - 1, -1, -1):
        step = program.steps[k]
        if start + k in needed and step[0] != "constant":
            needed |= {step[1]} if step[0] == "piecewise" else {*step[1:]}
    names = {i: i for i in range(start)}
    steps: list[tuple[Any, ...]] = []
    for k, step in enumerate(program.steps):
        if start + k in needed:
            names[start + k] = start + len(steps)
            if step[0] == "piecewise":
                step = (step[0], names[step[1]], step[2])
            elif step[0] != "constant":
                step = (step[0], names[step[1]], names[step[2]])
            steps.append(step)
    return Program(
        program.parameters, program.inputs, tuple(steps), program.activations, names[program.output]
    )
