"""Arrays of other libraries, exchanged through DLPack; a library is imported only when an adapter names it.

Library         how arrays go in and come out
library_named   numpy, torch, jax or cupy
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Final

import numpy as np

from ldrtheory.errors import BadInput, unknown_name

LIBRARIES: Final = ("numpy", "torch", "jax", "cupy")


@dataclass(frozen=True)
class Library:
    """How arrays go into a library and come out of it.

    give: a numpy array and the name of a dtype as an array of the library; take: the way back, None for what is not
    an array of it; dtype_of: the name of the dtype of such an array; strided: whether strides go in as they are.
    """

    name: str
    give: Callable[[np.ndarray, str], Any]
    take: Callable[[Any], np.ndarray | None]
    dtype_of: Callable[[Any], str]
    strided: bool = False


def _carried(dtype: str) -> str:
    """The name under which a library knows arrays of this dtype."""
    return "float32" if dtype == "tf32" else dtype


def _numpy() -> Library:
    def take(y: Any) -> np.ndarray | None:
        if isinstance(y, np.ma.MaskedArray) or not isinstance(y, np.ndarray | np.generic):
            return None  # a mask hides entries
        return np.asarray(y)

    return Library("numpy", lambda x, dtype: x, take, lambda y: str(np.asarray(y).dtype), True)


def _torch(device: str | None) -> Library:
    torch = import_module("torch")
    place = device or "cpu"

    def give(x: np.ndarray, dtype: str) -> Any:
        wanted = getattr(torch, _carried(dtype))
        if any(s < 0 for s in x.strides) or not x.flags.writeable:
            x = x.copy()
        return torch.from_dlpack(x).to(device=place, dtype=wanted)

    def take(y: Any) -> np.ndarray | None:
        if not isinstance(y, torch.Tensor):
            return None
        if y.layout != torch.strided or y.device.type == "meta":
            raise TypeError(f"layout {y.layout}, device {y.device}; wanted a dense tensor with entries")
        y = y.detach().to("cpu").resolve_conj().resolve_neg()
        return (y.to(torch.float32) if y.dtype == torch.bfloat16 else y).numpy().copy()

    return Library("torch", give, take, lambda y: str(y.dtype).removeprefix("torch."), place == "cpu")


def _jax() -> Library:
    jax = import_module("jax")

    def give(x: np.ndarray, dtype: str) -> Any:
        if dtype in ("float64", "complex128") and not jax.config.read("jax_enable_x64"):
            raise BadInput(
                f"JAX has {dtype} only after jax.config.update('jax_enable_x64', True); set it first."
            )
        return jax.numpy.asarray(np.ascontiguousarray(x)).astype(_carried(dtype))

    def take(y: Any) -> np.ndarray | None:
        if not isinstance(y, jax.Array):
            return None
        return np.asarray(y.astype("float32") if str(y.dtype) == "bfloat16" else y)

    return Library("jax", give, take, lambda y: str(y.dtype))


def _cupy() -> Library:
    cupy = import_module("cupy")

    def take(y: Any) -> np.ndarray | None:
        return cupy.asnumpy(y) if isinstance(y, cupy.ndarray) else None

    return Library("cupy", lambda x, dtype: cupy.asarray(x), take, lambda y: str(y.dtype))


def library_named(name: str, device: str | None = None) -> Library:
    """Return the library of this name, importing it.

    Raises UnknownName, or the library's own ImportError where it is not installed.

    >>> library_named("numpy").dtype_of(np.zeros(2, dtype="float32"))
    'float32'
    """
    if name == "torch":
        return _torch(device)
    makers = {"numpy": _numpy, "jax": _jax, "cupy": _cupy}
    if name not in makers:
        raise unknown_name("library", name, LIBRARIES)
    if device is not None:
        raise BadInput(f"device={device!r} is for library='torch'; got library={name!r}: leave it out.")
    return makers[name]()
