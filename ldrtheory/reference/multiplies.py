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

from ldrtheory.errors import BadInput
from ldrtheory.families import Family
from ldrtheory.reference.arguments import (
    complex_dtype,
    read_algorithm,
    read_dtype,
    read_family,
    read_parameters,
    read_side,
    read_vectors,
    real_dtype,
)
from ldrtheory.reference.batches import by_parts, rows_in_cache
from ldrtheory.reference.butterflies import Hadamard
from ldrtheory.reference.direct import direct_map
from ldrtheory.reference.kinds import WIDE, Plain, Running, Wide
from ldrtheory.reference.maps import DenseMap, LinearMap, Toeplitz
from ldrtheory.reference.numbers import LEAST, RunningNumbers, WideNumbers

KEPT = 8
SINGLE = (DenseMap, Toeplitz, Hadamard)  # maps of one step, whose running bound is close
TERMS = 1 << 14  # kinds.WIDE is enough for sums of so many terms, real or complex
DIRECT = 1 << 16  # up to so many entries a member is multiplied directly unless transforms are asked for


class Reference:
    """The matrix M of a family and float parameters, ready to multiply vectors.

    family: an instance, or a text such as "Toeplitz(8)".  parameters: slot name -> array.
    dtype: parameters and vectors are first rounded to its precision; without it they are taken as they are, and
    results have the precision of parameters and vectors together.
    algorithm: "direct" or "transform"; without it, transforms where the family has them and M has over 2^16 entries.
    Raises UnknownName, BadInput, ShapeMismatch.

    >>> C = Reference("Circulant(3)", {"c": [1, 2, 3]})
    >>> C.multiply([1, 0, 0]), C.multiply([1, 0, 0], side="T")
    (array([1., 2., 3.]), array([1., 3., 2.]))
    """

    def __init__(
        self,
        family: Family | str,
        parameters: Mapping[str, Any],
        *,
        dtype: Any = None,
        algorithm: str | None = None,
    ) -> None:
        self.family = read_family(family)
        self.wanted = None if algorithm is None else read_algorithm(algorithm)
        self.dtype = None if dtype is None else read_dtype(dtype)
        self.parameters = read_parameters(self.family, parameters, self.dtype)
        self._prepared: dict[str, Any] = {}

    @cached_property
    def map(self) -> LinearMap:
        """M as a composition of linear maps."""
        m, n = self.family.shape
        if self.wanted == "transform" or (self.wanted is None and m * n > DIRECT):
            from ldrtheory.reference.transforms import transform_map

            found = transform_map(self.family, self.parameters)
            if found is not None:
                self._algorithm = "transform"
                return found
            if self.wanted == "transform":
                raise BadInput(
                    f"{self.family} has no stable multiply by transforms with these parameters; ask for 'direct'."
                )
        self._algorithm = "direct"
        return direct_map(self.family, self.parameters)

    @property
    def algorithm(self) -> str:
        """How the multiply computes: "direct" sums of products, or "transform"."""
        _ = self.map
        return self._algorithm

    def _side(self, side: str) -> tuple[LinearMap, bool, int, int, np.dtype | None]:
        """Return the map, whether its products are complex, the lengths of x and of the product, and the usual dtype.

        Vectors of the usual dtype are multiplied as they are.
        """
        if side not in self._prepared:
            m, n = self.family.shape
            length, out = (n, m) if read_side(side) == "M" else (m, n)
            chosen = self.map.side(side)
            is_complex = chosen.is_complex or (self.dtype is not None and self.dtype.kind == "c")
            floats = [real_dtype(p.dtype) for p in self.parameters.values() if p.size]
            real = (
                real_dtype(self.dtype)
                if self.dtype is not None
                else np.result_type(*floats)
                if floats
                else None
            )
            usual = real and (complex_dtype(real) if is_complex else real)
            self._prepared[side] = chosen, is_complex, length, out, usual
        return self._prepared[side]

    def _rows(self, x: Any, side: str) -> tuple[LinearMap, np.ndarray, tuple[int, ...]]:
        """Return the map of the side, x as rows (batch, length) of the working dtype, and the shape of the answer."""
        chosen, is_complex, length, out, usual = self._side(side)
        if type(x) is not np.ndarray or x.dtype != usual or x.ndim == 0 or x.shape[-1] != length:
            x = read_vectors(x, length, f"{self.family}, side {side}")
            real = real_dtype(x.dtype)
            if self.dtype is not None:
                real = real_dtype(self.dtype)
            elif usual is not None:
                real = np.result_type(real, real_dtype(usual))
            x = x.astype(complex_dtype(real) if is_complex or np.iscomplexobj(x) else real)
        return chosen, np.ascontiguousarray(x.reshape(-1, length)), (*x.shape[:-1], out)

    def multiply(self, x: Any, side: str = "M", *, threads: int = 1) -> np.ndarray:
        """Return M x, M^T x or M^H x in floats, for x of shape (..., n).

        The dtype is that of parameters and vectors together (complex where M is).  threads: a batch is cut into so
        many parts, which are multiplied at once; the products are the same bit for bit but for Householder's.
        Raises BadInput, ShapeMismatch.
        """
        chosen, rows, shape = self._rows(x, side)
        if isinstance(threads, bool) or not isinstance(threads, int) or threads < 1:
            raise BadInput(f"threads is {threads!r}; wanted a whole number of at least 1.")
        kind = Plain(rows.dtype)
        if len(rows) == 1:
            with np.errstate(all="ignore"):
                return chosen.apply(kind, rows).reshape(shape)
        some = rows_in_cache(*self.family.shape) if chosen.by_rows else len(rows)
        return by_parts(lambda part: chosen.apply(kind, part), rows, some, threads).reshape(shape)

    def truth(self, x: Any, side: str = "M") -> tuple[np.ndarray, np.ndarray]:
        """Return (high, low), float64 or complex128, whose sum is the product of the same parameters and vectors.

        Directly, M = F_L ... F_1 factor by factor: to 2^-95 |F_L| ... |F_1| |x| entry by entry, by transforms to 2^-95
        of the norms; and numbers inside below about 2^-970 lose bits to underflow (docs/reference.md, Double-double).
        """
        chosen, rows, shape = self._rows(x, side)
        high = rows.astype(complex_dtype(np.dtype(np.float64)) if np.iscomplexobj(rows) else np.float64)
        with np.errstate(all="ignore"):
            found = chosen.apply(Wide(), WideNumbers(high, np.zeros_like(high)))
        return found.high.reshape(shape), found.low.reshape(shape)

    def bound(self, x: Any, side: str = "M") -> np.ndarray:
        """Return float64 bounds: |multiply - the exact product| is at most this, entry by entry; infinite if unknown.

        Complex products: of the modulus.  x is the same array, on one thread: BLAS (Householder) depends on the batch.
        """
        chosen, rows, shape = self._rows(x, side)
        with np.errstate(all="ignore"):
            if self.algorithm == "direct" and isinstance(chosen, SINGLE):
                error = _running(chosen, rows)
            else:
                error = _against_truth(chosen, rows, self.algorithm)
        return np.where(np.isfinite(error), error, np.inf).reshape(shape)

    def running_bound(self, x: Any, side: str = "M") -> np.ndarray:
        """Return the bounds of the running error analysis alone, without a look at the truth; only direct multiplies.

        It costs a few float multiplies.  Through a chain of n x n factors it grows by about sqrt(n) a factor against
        the error, because it cannot know the signs of errors; `bound` therefore looks at the truth there.
        """
        chosen, rows, shape = self._rows(x, side)
        if self.algorithm != "direct":
            raise BadInput(
                f"{self.family}: a multiply by transforms has no running error bound; ask for `bound`."
            )
        with np.errstate(all="ignore"):
            error = _running(chosen, rows)
        return np.where(np.isfinite(error), error, np.inf).reshape(shape)

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


def _running(chosen: LinearMap, rows: np.ndarray) -> np.ndarray:
    found = chosen.apply(Running(rows.dtype), RunningNumbers(rows))
    error = np.zeros(found.shape) if found.error is None else found.error
    return np.where(np.isfinite(found.value), error, np.inf)


def _against_truth(chosen: LinearMap, rows: np.ndarray, algorithm: str) -> np.ndarray:
    """Return |multiply - double-double| and what the double-double product may err: a bound a posteriori."""
    got = chosen.apply(Plain(rows.dtype), rows)
    wide = rows.astype(np.complex128 if np.iscomplexobj(rows) else np.float64)
    true = chosen.apply(Wide(), WideNumbers(wide, np.zeros_like(wide)))
    # of a real part the first difference is exact, or `low` is 2^-53 of it; a modulus may lose the least double
    seen = np.abs((got - true.high) - true.low) * (1 + 2.0**-49) + 2 * LEAST
    if algorithm == "direct":
        found = chosen.apply(Running(wide.dtype, wide=True), RunningNumbers(wide))
        own = np.zeros(found.shape) if found.error is None else found.error
        terms = max(1.0, max(chosen.shape) / TERMS)
        return seen + np.where(np.isfinite(found.value), WIDE * terms * own, np.inf)
    from ldrtheory.reference.wide_error import wide_limit

    return seen + wide_limit(chosen, wide)


_prepared: OrderedDict[Any, Reference] = OrderedDict()


def reference(
    family: Family | str, parameters: Mapping[str, Any], *, dtype: Any = None, algorithm: str | None = None
) -> Reference:
    """Return the prepared member; one of the last eight with equal sizes and parameters is used again."""
    fresh = Reference(family, parameters, dtype=dtype, algorithm=algorithm)
    key = (
        type(fresh.family),
        fresh.family,
        fresh.dtype,
        fresh.wanted,
        tuple((k, v.dtype.str, v.tobytes()) for k, v in fresh.parameters.items()),
    )
    found = _prepared.pop(key, fresh)
    _prepared[key] = found
    while len(_prepared) > KEPT:
        _prepared.popitem(last=False)
    return found


def multiply(
    family: Family | str,
    parameters: Mapping[str, Any],
    x: Any,
    side: str = "M",
    *,
    dtype: Any = None,
    algorithm: str | None = None,
) -> np.ndarray:
    """Return M x, M^T x or M^H x in floats (see Reference.multiply).

    >>> multiply("Toeplitz(2)", {"t": [1, 2, 3]}, [1, 10])
    array([12., 23.])
    """
    return reference(family, parameters, dtype=dtype, algorithm=algorithm).multiply(x, side)


def truth(
    family: Family | str,
    parameters: Mapping[str, Any],
    x: Any,
    side: str = "M",
    *,
    dtype: Any = None,
    algorithm: str | None = None,
) -> tuple[np.ndarray, np.ndarray]:
    """Return the product in double-double as (high, low) (see Reference.truth).

    >>> high, low = truth("Dense(1, 2)", {"M": [[1, 2**-80]]}, [1, 1])
    >>> high[0], low[0] == 2**-80
    (np.float64(1.0), np.True_)
    """
    return reference(family, parameters, dtype=dtype, algorithm=algorithm).truth(x, side)


def bound(
    family: Family | str,
    parameters: Mapping[str, Any],
    x: Any,
    side: str = "M",
    *,
    dtype: Any = None,
    algorithm: str | None = None,
) -> np.ndarray:
    """Return rigorous bounds of |multiply - exact| (see Reference.bound).

    >>> bool(2**-80 <= bound("Dense(1, 2)", {"M": [[1, 2**-80]]}, [1, 1])[0] < 2**-50)
    True
    """
    return reference(family, parameters, dtype=dtype, algorithm=algorithm).bound(x, side)
