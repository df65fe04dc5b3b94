"""Reference multiplies: floats, double-double truth, and a rigorous bound of the difference.

Reference       a member prepared once: multiply, truth, bound, linear_operator
multiply, truth, bound      the same in one call; the last members prepared are kept
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping
from functools import cached_property
from typing import Any

import numpy as np

from ldrtheory.families import Family
from ldrtheory.reference.arguments import (
    complex_dtype,
    read_dtype,
    read_family,
    read_parameters,
    read_side,
    read_vectors,
    real_dtype,
)
from ldrtheory.reference.direct import direct_map
from ldrtheory.reference.maps import LinearMap
from ldrtheory.reference.numbers import Plain, Running, RunningNumbers, Wide, WideNumbers

KEPT = 8


class Reference:
    """The matrix M of a family and float parameters, ready to multiply vectors.

    family: an instance, or a text such as "Toeplitz(8)".  parameters: slot name -> array.
    dtype: parameters and vectors are first rounded to its precision; without it they are taken as they are, and
    results have the precision of parameters and vectors together.
    Raises UnknownName, BadInput, ShapeMismatch.

    >>> C = Reference("Circulant(3)", {"c": [1, 2, 3]})
    >>> C.multiply([1, 0, 0]), C.multiply([1, 0, 0], side="T")
    (array([1., 2., 3.]), array([1., 3., 2.]))
    """

    def __init__(self, family: Family | str, parameters: Mapping[str, Any], *, dtype: Any = None) -> None:
        self.family = read_family(family)
        self.dtype = None if dtype is None else read_dtype(dtype)
        self.parameters = read_parameters(self.family, parameters, self.dtype)

    @cached_property
    def map(self) -> LinearMap:
        """M as a composition of linear maps."""
        return direct_map(self.family, self.parameters)

    def _rows(self, x: Any, side: str) -> tuple[LinearMap, np.ndarray, tuple[int, ...]]:
        """Return the map of the side, x as rows (batch, length) of the working dtype, and the shape of the answer."""
        side = read_side(side)
        m, n = self.family.shape
        out, length = (m, n) if side == "M" else (n, m)
        vectors = read_vectors(x, length, f"{self.family}, side {side}")
        if self.dtype is not None:
            vectors = vectors.astype(
                complex_dtype(self.dtype) if np.iscomplexobj(vectors) else real_dtype(self.dtype)
            )
            precision = self.dtype
        else:
            given = [vectors, *(p for p in self.parameters.values() if p.size)]
            precision = np.result_type(*(real_dtype(a.dtype) for a in given))
        chosen = self.map.side(side)
        is_complex = np.iscomplexobj(vectors) or chosen.is_complex
        if self.dtype is not None and self.dtype.kind == "c":
            is_complex = True
        target = complex_dtype(precision) if is_complex else real_dtype(precision)
        rows = np.ascontiguousarray(vectors.reshape(-1, length).astype(target))
        return chosen, rows, (*vectors.shape[:-1], out)

    def multiply(self, x: Any, side: str = "M") -> np.ndarray:
        """Return M x, M^T x or M^H x in floats, for x of shape (..., n).

        The dtype is that of parameters and vectors together (complex where M is).  Raises BadInput, ShapeMismatch.
        """
        chosen, rows, shape = self._rows(x, side)
        with np.errstate(all="ignore"):
            return chosen.apply(Plain(rows.dtype), rows).reshape(shape)

    def truth(self, x: Any, side: str = "M") -> tuple[np.ndarray, np.ndarray]:
        """Return (high, low), float64 or complex128: the product of the same parameters and vectors to 106 bits."""
        chosen, rows, shape = self._rows(x, side)
        high = rows.astype(complex_dtype(np.dtype(np.float64)) if np.iscomplexobj(rows) else np.float64)
        with np.errstate(all="ignore"):
            found = chosen.apply(Wide(), WideNumbers(high, np.zeros_like(high)))
        return found.high.reshape(shape), found.low.reshape(shape)

    def bound(self, x: Any, side: str = "M") -> np.ndarray:
        """Return float64 bounds: |multiply - the exact product| is at most this, entry by entry; infinite if unknown.

        For complex products the bound is one of the modulus.
        """
        chosen, rows, shape = self._rows(x, side)
        with np.errstate(all="ignore"):
            found = chosen.apply(Running(rows.dtype), RunningNumbers(rows))
        error = np.zeros(found.shape) if found.error is None else found.error
        unknown = ~(np.isfinite(error) & np.isfinite(found.value))
        return np.where(unknown, np.inf, error).reshape(shape)

    def linear_operator(self) -> Any:
        """Return M as a scipy.sparse.linalg.LinearOperator, of complex dtype where M is complex."""
        from scipy.sparse.linalg import LinearOperator

        class Operator(LinearOperator):  # type: ignore[misc]
            def __init__(self, of: Reference, dtype: np.dtype) -> None:
                super().__init__(dtype, of.family.shape)
                self.of = of

            def _matvec(self, x: np.ndarray) -> np.ndarray:
                return self.of.multiply(np.asarray(x).reshape(-1))

            def _rmatvec(self, x: np.ndarray) -> np.ndarray:
                return self.of.multiply(np.asarray(x).reshape(-1), "H")

            def _matmat(self, X: np.ndarray) -> np.ndarray:
                return self.of.multiply(np.asarray(X).T).T

            def _rmatmat(self, X: np.ndarray) -> np.ndarray:
                return self.of.multiply(np.asarray(X).T, "H").T

        return Operator(self, self.multiply(np.zeros((0, self.family.shape[1]))).dtype)


_prepared: OrderedDict[Any, Reference] = OrderedDict()


def reference(family: Family | str, parameters: Mapping[str, Any], *, dtype: Any = None) -> Reference:
    """Return the prepared member; one of the last eight with equal sizes and parameters is used again."""
    fresh = Reference(family, parameters, dtype=dtype)
    key = (
        type(fresh.family),
        fresh.family,
        fresh.dtype,
        tuple((k, v.dtype.str, v.tobytes()) for k, v in fresh.parameters.items()),
    )
    found = _prepared.pop(key, fresh)
    _prepared[key] = found
    while len(_prepared) > KEPT:
        _prepared.popitem(last=False)
    return found


def multiply(
    family: Family | str, parameters: Mapping[str, Any], x: Any, side: str = "M", *, dtype: Any = None
) -> np.ndarray:
    """Return M x, M^T x or M^H x in floats (see Reference.multiply).

    >>> multiply("Toeplitz(2)", {"t": [1, 2, 3]}, [1, 10])
    array([12., 23.])
    """
    return reference(family, parameters, dtype=dtype).multiply(x, side)


def truth(
    family: Family | str, parameters: Mapping[str, Any], x: Any, side: str = "M", *, dtype: Any = None
) -> tuple[np.ndarray, np.ndarray]:
    """Return the product to 106 bits as (high, low) (see Reference.truth).

    >>> high, low = truth("Dense(1, 2)", {"M": [[1, 2**-80]]}, [1, 1])
    >>> high[0], low[0] == 2**-80
    (np.float64(1.0), np.True_)
    """
    return reference(family, parameters, dtype=dtype).truth(x, side)


def bound(
    family: Family | str, parameters: Mapping[str, Any], x: Any, side: str = "M", *, dtype: Any = None
) -> np.ndarray:
    """Return rigorous bounds of |multiply - exact| (see Reference.bound).

    >>> bool(2**-80 <= bound("Dense(1, 2)", {"M": [[1, 2**-80]]}, [1, 1])[0] < 2**-50)
    True
    """
    return reference(family, parameters, dtype=dtype).bound(x, side)
