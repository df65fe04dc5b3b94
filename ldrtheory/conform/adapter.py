"""A kernel as its author describes it.

Adapter         family, callable, dtype, algorithm, sizes, accumulation, gradients, library
Gradients       derivatives that the kernel offers
imported        the callable that "MODULE:CALLABLE" names
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

from ldrtheory.conform.arithmetic import Arithmetic, arithmetic
from ldrtheory.conform.conventions import convention_named
from ldrtheory.conform.kernel import Kernel
from ldrtheory.conform.libraries import LIBRARIES, library_named
from ldrtheory.conform.tolerance import ALGORITHMS, TRANSFORMS
from ldrtheory.errors import BadInput, unknown_name
from ldrtheory.families import Family, family_named, parse_family

Call = Callable[..., Any]


@dataclass(frozen=True)
class Gradients:
    """Derivatives that a kernel offers, each a callable or None.

    jvp(parameters, x, parameter_steps, x_step) -> the derivative of the result along the steps, shape (..., m)
    vjp(parameters, x, g) -> (gradients by slot, gradient of x) of the sum of g * result
    second(parameters, x, parameter_steps, x_step) -> the second derivative along the steps, shape (..., m)
    """

    jvp: Call | None = None
    vjp: Call | None = None
    second: Call | None = None


@dataclass(frozen=True)
class Adapter:
    """A kernel as its author describes it; `call(parameters, x)`, x of shape (..., n), returns M x, shape (..., m).

    family: a class, an instance (its other sizes are kept) or a name such as "Toeplitz" or "FCirculant(8, -1)".
    parameters maps the names of the family's slots to arrays.  dtype: of parameters, x and result: float16,
    bfloat16, tf32, float32, float64, complex64, complex128.  algorithm: direct, transform or normwise, which decides
    the form of the allowed error (default: transform where the family has a fast transform).
    sizes: the sizes that it supports.
    accumulate: the type that it adds in, where longer than dtype.  transpose, adjoint: callables for M^T x and M^H x.
    library: of the arrays; device: of torch.  convention: read its result under this convention.
    seconds: the time limit of one call.  operands of dtype bfloat16 come to numpy kernels as float32.

    >>> import numpy as np
    >>> str(Adapter("Dense", lambda p, x: x @ p["M"].T).kind.__name__)
    'Dense'
    """

    family: str | type[Family] | Family
    call: Call
    dtype: str = "float64"
    algorithm: str | None = None
    sizes: Sequence[int] | None = None
    accumulate: str | None = None
    gradients: Gradients = field(default_factory=Gradients)
    transpose: Call | None = None
    adjoint: Call | None = None
    library: str = "numpy"
    device: str | None = None
    convention: str | None = None
    name: str | None = None
    seconds: float = 10.0

    def __post_init__(self) -> None:
        for what in ("call", "transpose", "adjoint"):
            value = getattr(self, what)
            if not callable(value) and (value is not None or what == "call"):
                raise BadInput(f"Adapter wants {what} to be a callable; got {value!r}.")
        if self.algorithm is not None and self.algorithm not in ALGORITHMS:
            raise unknown_name("algorithm", str(self.algorithm), ALGORITHMS)
        if self.convention is not None:
            convention_named(self.convention)
        if self.library not in LIBRARIES:
            raise unknown_name("library", str(self.library), LIBRARIES)
        if not self.seconds > 0:
            raise BadInput(f"Adapter wants seconds to be positive; got {self.seconds!r}.")
        if self.sizes is not None:
            sizes = tuple(self.sizes)
            if not sizes or any(isinstance(n, bool) or not isinstance(n, int) or n < 1 for n in sizes):
                raise BadInput(f"Adapter wants sizes to be integers of at least 1; got {list(sizes)}.")
            object.__setattr__(self, "sizes", sizes)
        arithmetic(self.dtype, self.accumulate)
        if isinstance(self.family, str):
            family = parse_family(self.family) if "(" in self.family else family_named(self.family)
            object.__setattr__(self, "family", family)

    @property
    def kind(self) -> type[Family]:
        """The class of the family."""
        return type(self.family) if isinstance(self.family, Family) else self.family  # type: ignore[return-value]

    @property
    def arithmetic(self) -> Arithmetic:
        """How the kernel computes."""
        return arithmetic(self.dtype, self.accumulate)

    @property
    def how(self) -> str:
        """The algorithm, as stated or by default."""
        return self.algorithm or ("transform" if self.kind.__name__ in TRANSFORMS else "direct")

    @property
    def title(self) -> str:
        """The name of the kernel."""
        return str(self.name or getattr(self.call, "__qualname__", type(self.call).__name__))

    def kernel(self, call: Call | None = None) -> Kernel:
        """Return the callable, guarded."""
        library = library_named(self.library, self.device)
        return Kernel(call or self.call, library, self.arithmetic.store, self.seconds)


def imported(target: str) -> Any:
    """Return what "MODULE:CALLABLE" names; modules of the working directory count.

    Raises BadInput for another form or a missing name; an ImportError, or whatever the module raises, is its own.
    """
    module, colon, name = target.partition(":")
    if not colon or not module or not name:
        raise BadInput(f"{target!r} names no callable; wanted MODULE:CALLABLE, such as mykernels:toeplitz.")
    if os.getcwd() not in sys.path:
        sys.path.insert(0, os.getcwd())
    found: Any = import_module(module)
    for part in name.split("."):
        if not hasattr(found, part):
            known = [k for k in vars(found) if not k.startswith("_") and callable(getattr(found, k))]
            raise unknown_name(f"name in {module}", part, known)
        found = getattr(found, part)
    if not callable(found):
        raise BadInput(
            f"{target} is {type(found).__name__}, not callable; wanted a function (parameters, x)."
        )
    return found
