"""From a Python function to a linear circuit, by running it once on symbolic inputs.

from_function   f on an array of n symbols -> Circuit
Traced          a symbol: a constant times the value of one input or gate

Sums, differences, multiples and quotients by constants are recorded; everything else is refused by name.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NoReturn

import numpy as np

from ldrtheory.errors import BadInput, NotInRing
from ldrtheory.exactstrings import shortened
from ldrtheory.rings import QQ, Ring
from ldrtheory.synthesis.circuit import Circuit, Gate

_CALLED = [
    "sqrt",
    "cbrt",
    "square",
    "reciprocal",
    "exp",
    "exp2",
    "expm1",
    "log",
    "log2",
    "log10",
    "log1p",
    "sin",
    "cos",
    "tan",
    "arcsin",
    "arccos",
    "arctan",
    "sinh",
    "cosh",
    "tanh",
    "arcsinh",
    "arccosh",
    "arctanh",
    "absolute",
    "fabs",
    "sign",
    "floor",
    "ceil",
    "rint",
    "trunc",
    "hypot",
    "arctan2",
    "maximum",
    "minimum",
    "logical_not",
    "relu",
    "sigmoid",
    "softmax",
]


class _Record:
    """The gates recorded so far."""

    def __init__(self, inputs: int, ring: Ring) -> None:
        self.inputs, self.ring = inputs, ring
        self.gates: list[Gate] = []

    def gate(self, alpha: Any, i: int, beta: Any, j: int) -> int:
        self.gates.append((alpha, i, beta, j))
        return self.inputs + len(self.gates) - 1


def _refuse(operation: str, reason: str) -> NoReturn:
    raise BadInput(
        f"the traced function is not linear: {operation} {reason}; wanted sums and differences of inputs and "
        "products with constants only: leave that operation out."
    )


class Traced:
    """A constant multiple of an input or of a gate; `+ - * /` with constants and sums with other symbols."""

    __slots__ = ("_coefficient", "_id", "_record")
    __hash__ = None  # type: ignore[assignment]

    def __init__(self, record: _Record, coefficient: Any, of: int) -> None:
        self._record, self._coefficient, self._id = record, coefficient, of

    def __repr__(self) -> str:
        kind = "input" if self._id < self._record.inputs else "gate"
        factor = "" if self._coefficient == 1 else f"{self._coefficient} * "
        return f"{factor}{kind} {self._id}"

    def _scaled(self, factor: Any) -> Traced:
        return Traced(self._record, self._coefficient * factor, self._id)

    def _constant(self, value: Any, operation: str) -> Any:
        try:
            return self._record.ring(value)
        except NotInRing:
            _refuse(operation, f"takes {shortened(value)}, which is no constant of {self._record.ring.name}")

    def __add__(self, other: Any) -> Any:
        if isinstance(other, np.ndarray):
            return NotImplemented
        if not isinstance(other, Traced):
            if self._constant(other, f"({self}) + {shortened(other)}") != 0:
                _refuse(f"({self}) + {shortened(other)}", "adds a constant to an input")
            return self
        if self._id == other._id:
            return Traced(self._record, self._coefficient + other._coefficient, self._id)
        if self._coefficient == 0 or other._coefficient == 0:
            return other if self._coefficient == 0 else self
        made = self._record.gate(self._coefficient, self._id, other._coefficient, other._id)
        return Traced(self._record, self._record.ring.one, made)

    __radd__ = __add__

    def __neg__(self) -> Traced:
        return self._scaled(-self._record.ring.one)

    def __pos__(self) -> Traced:
        return self

    def __sub__(self, other: Any) -> Any:
        return NotImplemented if isinstance(other, np.ndarray) else self + (-other)

    def __rsub__(self, other: Any) -> Any:
        return NotImplemented if isinstance(other, np.ndarray) else -self + other

    def __mul__(self, other: Any) -> Any:
        if isinstance(other, np.ndarray):
            return NotImplemented
        if isinstance(other, Traced):
            _refuse(f"({self}) * ({other})", "multiplies two inputs")
        return self._scaled(self._constant(other, f"({self}) * {shortened(other)}"))

    __rmul__ = __mul__

    def __truediv__(self, other: Any) -> Any:
        if isinstance(other, np.ndarray):
            return NotImplemented
        if isinstance(other, Traced):
            _refuse(f"({self}) / ({other})", "divides by an input")
        return self._scaled(
            self._record.ring.inverse(self._constant(other, f"({self}) / {shortened(other)}"))
        )

    def __getattr__(self, name: str) -> Any:
        if name in _CALLED:
            return lambda *_: _refuse(f"{name}({self})", "is no linear function")
        raise AttributeError(name)


def _refusing(symbol: str, reason: str, reflected: bool) -> Callable[..., Any]:
    def method(self: Traced, *other: Any) -> Any:
        if not other:
            shown = f"{symbol}({self})"
        else:
            shown = f"{other[0]!r} {symbol} ({self})" if reflected else f"({self}) {symbol} {other[0]!r}"
        _refuse(shown, reason)

    return method


for _name, _symbol, _reason in [
    ("pow", "**", "is no linear function"),
    ("rpow", "**", "is no linear function"),
    ("rtruediv", "/", "divides by an input"),
    ("floordiv", "//", "is no linear function"),
    ("rfloordiv", "//", "is no linear function"),
    ("mod", "%", "is no linear function"),
    ("rmod", "%", "is no linear function"),
    ("abs", "abs", "is no linear function"),
    ("round", "round", "is no linear function"),
    ("bool", "bool", "branches on an input"),
    ("int", "int", "takes the value of an input"),
    ("float", "float", "takes the value of an input"),
    ("complex", "complex", "takes the value of an input"),
    ("index", "index", "uses an input as an index"),
    ("eq", "==", "compares an input"),
    ("ne", "!=", "compares an input"),
    ("lt", "<", "compares an input"),
    ("le", "<=", "compares an input"),
    ("gt", ">", "compares an input"),
    ("ge", ">=", "compares an input"),
]:
    setattr(Traced, f"__{_name}__", _refusing(_symbol, _reason, _name[0] == "r" and _name != "round"))


def from_function(f: Callable[[Any], Any], inputs: int, ring: Ring = QQ) -> Circuit:
    """Return the circuit that f runs on an array of `inputs` symbols; its value may have any shape, read row by row.

    Constants are read into `ring`, floats as the dyadic rationals they store.  Raises BadInput naming the first
    operation that is not linear.

    >>> from_function(lambda x: [x[0] + 2 * x[1], x[1] / 3], 2).matrix().tolist()
    [[1, 2], [0, 1/3]]
    """
    if isinstance(inputs, bool) or not isinstance(inputs, int) or inputs < 1:
        raise BadInput(f"a circuit with {shortened(inputs)} inputs; wanted a whole number of at least 1.")
    record = _Record(inputs, ring)
    symbols = np.empty(inputs, dtype=object)
    symbols[:] = [Traced(record, ring.one, i) for i in range(inputs)]
    try:
        value = f(symbols)
    except TypeError as error:
        raise BadInput(
            f"the traced function cannot run on symbols: {error}; wanted sums and differences of inputs and "
            "products with constants, in Python or numpy."
        ) from error
    outputs = [_output(record, item) for item in _flat(value)]
    return Circuit(inputs, record.gates, outputs, ring)


def _flat(value: Any) -> list[Any]:
    if isinstance(value, np.ndarray):
        return value.reshape(-1).tolist()
    if isinstance(value, list | tuple):
        return [x for item in value for x in _flat(item)]
    return [value]


def _output(record: _Record, value: Any) -> int:
    if not isinstance(value, Traced):
        if isinstance(value, str) or value is None or not record.ring.is_zero(record.ring(value)):
            _refuse(f"the output {shortened(value)}", "is a constant")
        return record.gate(record.ring.zero, 0, record.ring.zero, 0)
    if value._coefficient == 1:
        return value._id
    return record.gate(value._coefficient, value._id, record.ring.zero, value._id)
