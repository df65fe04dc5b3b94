"""Python values as subjects: numpy, scipy.sparse, sympy, flint, torch and other arrays, nested lists.

python_content  the Content of a value, copied, so that later changes of the value do not reach it
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ldrtheory.errors import BadInput, NotInRing, ShapeMismatch
from ldrtheory.exactstrings import shortened
from ldrtheory.subjects.entries import assembled, python_number
from ldrtheory.subjects.numpy_files import DTYPES
from ldrtheory.subjects.subject import ENTRY_LIMIT, Content, finite, ragged

WHERE = "array"
_WANTED = "wanted a file name, an array, a sparse matrix or a list of rows"


def _module(value: Any) -> str:
    return type(value).__module__.partition(".")[0]


def _masked(value: Any) -> np.ndarray:
    mask = np.ma.getmaskarray(value)
    if mask.any():
        index = tuple(int(k) for k in np.argwhere(mask)[0])
        raise BadInput(
            f"{WHERE}: the entry {index} is masked; wanted a complete matrix: fill it with .filled(x)"
        )
    return np.ma.getdata(value)


def _sparse(value: Any) -> np.ndarray:
    shape = tuple(int(k) for k in value.shape)
    if len(shape) == 2 and shape[0] * shape[1] > ENTRY_LIMIT:
        raise ShapeMismatch(
            f"{WHERE}: a sparse matrix of shape {shape}; wanted at most {ENTRY_LIMIT} entries in all: "
            "take a submatrix"
        )
    coordinates = value.tocoo()
    places = np.stack([np.asarray(k, dtype=np.int64) for k in coordinates.coords])
    if np.unique(places, axis=1).shape[1] < places.shape[1]:
        raise BadInput(
            f"{WHERE}: a sparse matrix with several values for one place; wanted one each: "
            "call .sum_duplicates() first (this may round)"
        )
    return np.asarray(value.toarray())


def _torch(value: Any) -> np.ndarray:
    value = value.detach().resolve_conj().resolve_neg()
    if getattr(value, "is_sparse", False):
        value = value.to_dense()
    value = value.cpu()
    if str(value.dtype) == "torch.bfloat16":
        return np.asarray(value.float().numpy())
    return np.asarray(value.numpy())


def _foreign(value: Any) -> Any:
    """Return an array for a value with __array__ or __dlpack__; refuse what would be read with loss."""
    if hasattr(value, "to_numpy") and hasattr(
        value, "dtypes"
    ):  # a table: columns of several types stay exact
        return value.to_numpy(dtype=object)
    if hasattr(value, "__array__"):
        return np.asarray(value)
    return np.from_dlpack(value)


def _numeric(array: np.ndarray, dtype: str) -> Content:
    if array.dtype.kind + str(array.dtype.itemsize) not in DTYPES:
        raise NotInRing(
            f"{WHERE}: number format {array.dtype}; wanted bool, int, uint, float16/32/64, complex64/128 "
            "or objects: convert it with .astype"
        )
    field = "Q(zeta_4)" if array.dtype.kind == "c" else "Q"
    return Content(finite(np.array(array, order="C"), WHERE), field, dtype)


def _rows(value: list[Any] | tuple[Any, ...]) -> Content:
    rows = [list(row) if isinstance(row, list | tuple | np.ndarray) else row for row in value]
    nested = [isinstance(row, list) for row in rows]
    if not rows:
        raise ShapeMismatch(f"{WHERE}: no rows; wanted at least one entry: check the source")
    if not any(nested):
        return assembled(rows, (len(rows),), WHERE, python_number)
    for i, row in enumerate(rows):
        if not isinstance(row, list):
            raise BadInput(
                f"{WHERE}: row {i} (counting from 0) is {shortened(row)}; wanted a list of entries"
            )
    ragged(WHERE, [len(row) for row in rows])
    if not rows[0]:
        raise ShapeMismatch(f"{WHERE}: rows without entries; wanted at least one column: check the source")
    return assembled(
        [entry for row in rows for entry in row], (len(rows), len(rows[0])), WHERE, python_number
    )


def _array(value: Any) -> Any:
    if isinstance(value, np.ma.MaskedArray):
        return _masked(value)
    if isinstance(value, np.ndarray):
        return np.asarray(value)
    if _module(value) == "scipy" and hasattr(value, "tocoo"):
        return _sparse(value)
    if _module(value) == "torch" and hasattr(value, "detach"):
        return _torch(value)
    if _module(value) == "flint" and hasattr(value, "tolist"):
        return value.tolist()
    return _foreign(value)


def python_content(value: Any) -> Content:
    """Return the Content of a numpy, sparse, object or foreign array, or of nested lists, without loss.

    Entries of object arrays and lists: int, float, Fraction, Decimal, exact strings, sympy rationals, flint
    numbers, elements of our rings.  A bfloat16 array comes as float32, which is exact.  Raises BadInput.
    """
    if isinstance(value, list | tuple):
        return _rows(value)
    if not any(hasattr(value, name) for name in ("__array__", "__dlpack__", "tolist", "tocoo", "detach")):
        raise BadInput(f"{shortened(value)} is a {type(value).__name__}; {_WANTED}: convert it")
    try:
        array = _array(value)
    except BadInput:
        raise
    except Exception as error:  # foreign code: whatever it raises, the value cannot be read
        raise BadInput(
            f"a {type(value).__name__} that gives no array ({type(error).__name__}: {error}); {_WANTED}: "
            "move it to the CPU or convert it with numpy"
        ) from error
    if isinstance(array, list):
        return _rows(array)
    if array.dtype.name == "bfloat16":  # of ml_dtypes, as jax uses it
        return _numeric(array.astype(np.float32), "bfloat16")
    if array.dtype.kind == "O":
        if array.size == 0:
            raise ShapeMismatch(f"{WHERE}: empty, of shape {array.shape}; wanted at least one entry")
        return assembled(list(array.reshape(-1)), array.shape, WHERE, python_number)
    torch_bfloat = str(getattr(value, "dtype", "")) == "torch.bfloat16"
    return _numeric(array, "bfloat16" if torch_bfloat else array.dtype.newbyteorder("=").name)
