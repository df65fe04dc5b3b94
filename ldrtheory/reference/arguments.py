"""What a reference multiply is asked for, read and checked before anything is computed.

SIDES           "M", "T", "H": M x, M^T x, M^H x
ALGORITHMS      "direct", "transform"
DTYPES          float32, float64, complex64, complex128
Question        a family, its parameters as float arrays, vectors of one dtype, a side
read_family     an instance, or a text such as "Toeplitz(8)", as an instance
read_parameters the parameters as float arrays without loss, or rounded to a dtype
read_vectors    x as rows of the right length
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import numpy as np

from ldrtheory.errors import BadInput, ShapeMismatch, unknown_name
from ldrtheory.families import Family, parse_family

SIDES = ("M", "T", "H")
ALGORITHMS = ("direct", "transform")
DTYPES = ("float32", "float64", "complex64", "complex128")
_REAL32, _REAL64, _COMPLEX32, _COMPLEX64 = map(np.dtype, DTYPES)


def read_side(side: str) -> str:
    """Return the side, after checking that it is one."""
    if side not in SIDES:
        raise unknown_name("side", str(side), SIDES)
    return side


def read_algorithm(algorithm: str) -> str:
    """Return the algorithm, after checking that it is one."""
    if algorithm not in ALGORITHMS:
        raise unknown_name("algorithm", str(algorithm), ALGORITHMS)
    return algorithm


def read_family(family: Family | str) -> Family:
    """Return the instance; a text is parsed.  Raises UnknownName or BadInput."""
    if isinstance(family, str):
        return parse_family(family)
    if not isinstance(family, Family):
        raise BadInput(
            f"{family!r} is not a family with sizes; give an instance such as Toeplitz(8), or the text 'Toeplitz(8)'."
        )
    return family


def read_dtype(dtype: Any) -> np.dtype:
    """Return one of the four dtypes; raise BadInput for any other."""
    try:
        found = np.dtype(dtype)
    except TypeError:
        raise BadInput(f"{dtype!r} is not a dtype; wanted one of {', '.join(DTYPES)}.") from None
    if found.name not in DTYPES:
        raise BadInput(
            f"dtype {found.name} has no reference multiply; wanted one of {', '.join(DTYPES)}: convert the arrays "
            "(float16 and bfloat16 go into float32 without loss)."
        )
    return found


def real_dtype(dtype: np.dtype) -> np.dtype:
    """Return float32 for float32 and complex64, float64 for the others."""
    return _REAL32 if dtype in (_REAL32, _COMPLEX32) else _REAL64


def complex_dtype(dtype: np.dtype) -> np.dtype:
    """Return complex64 for float32 and complex64, complex128 for the others."""
    return _COMPLEX32 if dtype in (_REAL32, _COMPLEX32) else _COMPLEX64


def read_array(values: Any, what: str) -> np.ndarray:
    """Return the values as an array of one of the four dtypes; whole numbers and rationals only if exact."""
    try:
        given = np.asarray(values)
    except ValueError:
        raise ShapeMismatch(f"{what} is no array: its rows have different lengths.") from None
    if given.dtype.name in DTYPES:
        return given
    if given.size == 0:
        return np.zeros(given.shape)
    if given.dtype.kind in "iub" or given.dtype == object:
        return _without_loss(given, what)
    raise BadInput(
        f"{what} has dtype {given.dtype.name}, which has no reference multiply; wanted one of {', '.join(DTYPES)} "
        "or whole numbers: convert it (float16 goes into float32 without loss)."
    )


def _without_loss(given: np.ndarray, what: str) -> np.ndarray:
    try:
        floats = given.astype(np.float64)
        same = all(
            Fraction(x) == Fraction(y) for x, y in zip(given.ravel().tolist(), floats.ravel().tolist())
        )
    except (TypeError, ValueError, OverflowError):
        raise BadInput(
            f"{what} holds values that are no doubles; wanted an array of one of {', '.join(DTYPES)}."
        ) from None
    if not same:
        raise BadInput(f"{what} holds numbers that doubles do not hold exactly; round them to floats first.")
    return floats


def read_parameters(
    family: Family, parameters: Mapping[str, Any], dtype: np.dtype | None = None
) -> dict[str, np.ndarray]:
    """Return slot name -> float array, complex if one is; with a dtype, rounded to its precision.

    Raises BadInput (missing or unknown slot, not finite, dtype), ShapeMismatch.
    """
    slots = {slot.name: slot for slot in family.slots()}
    if not isinstance(parameters, Mapping):
        raise BadInput(
            f"{family} wants parameters as a mapping with the keys {', '.join(slots) or '(none)'}."
        )
    missing, extra = [k for k in slots if k not in parameters], [k for k in parameters if k not in slots]
    if missing or extra:
        raise BadInput(
            f"{family} wants {', '.join(slots) or 'no parameters'}; missing: {', '.join(missing) or 'none'}; "
            f"unknown: {', '.join(map(str, extra)) or 'none'}."
        )
    out = {}
    for name, slot in slots.items():
        found = read_array(parameters[name], f'{family}: params["{name}"]')
        if found.shape != slot.shape and not (found.size == 0 and slot.size == 0):
            hint = " It looks transposed." if found.T.shape == slot.shape else ""
            raise ShapeMismatch(
                f'{family} wants params["{name}"] of shape {slot.shape}, {slot.description}; got {found.shape}.{hint}'
            )
        if not np.isfinite(found).all():
            raise BadInput(
                f'{family}: params["{name}"] holds NaN or infinity, and denotes no matrix; remove them.'
            )
        if dtype is not None:
            found = found.astype(complex_dtype(dtype) if np.iscomplexobj(found) else real_dtype(dtype))
        out[name] = np.ascontiguousarray(found).reshape(slot.shape)
    return out


def read_vectors(x: Any, length: int, what: str) -> np.ndarray:
    """Return x, of shape (..., length), as an array of one of the four dtypes."""
    found = read_array(x, f"{what}: x")
    if found.ndim == 0 or found.shape[-1] != length:
        raise ShapeMismatch(
            f"{what} wants x of shape (..., {length}), one vector in the last axis; got {found.shape}."
        )
    return found
