"""The residual of a matrix as exact integers times one positive rational, ready for exact products.

Stencil          an integer matrix kept as its diagonals, with the denominator that was cleared
stencil          the Stencil of an operator given in the certificate's JSON notation
ExactMatrix      scale * N with N an integer matrix: exact products with integer matrices, exact Frobenius norm
residual         the ExactMatrix of A M - M B or M - A M B, and the exact value of ||M||_F^2

Every stored float is the dyadic rational it stores. Two representations of N are used and both are exact:
python-flint integers, and (large matrices of moderate exponent range) digits in base 2^20 held as float64
arrays,
whose matrix products stay below 2^53 and are therefore exact whatever the order of summation.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any

import numpy as np
from flint import fmpz_mat

from ldrtheory.certify.distance.entries import (
    DIGIT,
    digits_of,
    floats_of,
    integers_of,
    split_integers,
    to_flint,
    to_ints,
)
from ldrtheory.certify.rank.operators import sparse_operator
from ldrtheory.errors import BadInput, ShapeMismatch
from ldrtheory.rings import QQ

LARGE = 1 << 18


@dataclass(frozen=True)
class Stencil:
    """An n x n matrix C / denominator, C integer and kept by diagonals: C[i, i - d] = diagonals[d][i]."""

    n: int
    denominator: int
    diagonals: dict[int, np.ndarray]

    def times(self, X: np.ndarray) -> np.ndarray:
        """Return C @ X exactly (X: object array of ints, or float64 digits when `reach` is small)."""
        return self._left(X, self.diagonals)

    def rtimes(self, X: np.ndarray) -> np.ndarray:
        """Return X @ C exactly, as (C^T @ X^T)^T."""
        flipped = {-d: np.roll(c, -d) for d, c in self.diagonals.items()}
        return self._left(X.T, flipped).T

    def _left(self, X: np.ndarray, diagonals: dict[int, np.ndarray]) -> np.ndarray:
        if len(diagonals) > 16 and X.dtype == object:
            return self._dense_left(X, diagonals)
        out = np.zeros_like(X)
        for d, coefficients in diagonals.items():
            rows = slice(max(d, 0), self.n + min(d, 0))
            source = slice(max(-d, 0), self.n - max(d, 0))
            out[rows] += coefficients[rows].astype(X.dtype)[:, None] * X[source]
        return out

    def _dense_left(self, X: np.ndarray, diagonals: dict[int, np.ndarray]) -> np.ndarray:
        C = np.zeros((self.n, self.n), dtype=object)
        for d, coefficients in diagonals.items():
            for i in range(max(d, 0), self.n + min(d, 0)):
                C[i, i - d] = coefficients[i]
        return to_ints(to_flint(C) * to_flint(X))

    @property
    def reach(self) -> int:
        """Return an integer at least max(||C||_1, ||C||_inf) and the denominator."""
        return max(
            1, self.denominator, sum(max(abs(int(c)) for c in column) for column in self.diagonals.values())
        )


def stencil(op: dict[str, Any], n: int) -> Stencil:
    """Return the n x n operator `op` (certificate notation) as a Stencil.

    >>> stencil({"op": "shift", "corner": "-0x1/0x2"}, 2).times(np.array([[1, 0], [0, 1]], dtype=object))
    array([[0, -1],
           [2, 0]], dtype=object)
    """
    collected = {(i, j): coefficients[0] for i, j, coefficients in sparse_operator(op, n, QQ).entries}
    denominator = int(np.lcm.reduce([value.denominator for value in collected.values()] + [1], dtype=object))
    diagonals: dict[int, np.ndarray] = {}
    for (i, j), value in collected.items():
        diagonal = diagonals.setdefault(i - j, np.zeros(n, dtype=object))
        diagonal[i] = int(value * denominator)
    return Stencil(n, denominator, diagonals)


@dataclass(frozen=True)
class ExactMatrix:
    """The rational matrix scale * N, N an m x n integer matrix; exactly one of `flint` and `digits` holds N.

    digits[s] is a float64 array of small integers, N = sum of 2^s digits[s].
    """

    shape: tuple[int, int]
    scale: Fraction
    flint: fmpz_mat | None = None
    digits: dict[int, np.ndarray] | None = None

    def times(self, V: fmpz_mat, *, transposed: bool = False) -> fmpz_mat:
        """Return N @ V (or N^T @ V) exactly, V an integer matrix."""
        if self.flint is not None:
            return (self.flint.transpose() if transposed else self.flint) * V
        digits = self.digits or {}
        inner, outer = (self.shape[0], self.shape[1]) if transposed else (self.shape[1], self.shape[0])
        if V.nrows() != inner:
            raise ShapeMismatch(
                f"a product with a {self.shape} residual wants {inner} rows; got {V.nrows()}."
            )
        total = np.zeros((outer, V.ncols()), dtype=object)
        if not digits or V.ncols() == 0:
            return to_flint(total) if V.ncols() else fmpz_mat(outer, 0)
        width = 52 - self._digit_bits - inner.bit_length()
        pieces = split_integers(to_ints(V), width)
        for s, D in digits.items():
            left = D.T if transposed else D
            for t, piece in pieces.items():
                total += (left @ piece).astype(np.int64).astype(object) << (s + t)
        return to_flint(total)

    @cached_property
    def frobenius_squared(self) -> int:
        """Return ||N||_F^2 exactly."""
        if self.flint is not None:
            return sum(int(x) * int(x) for x in self.flint.entries())
        total = 0
        items = list((self.digits or {}).items())
        step = 1 << max(0, 52 - 2 * self._digit_bits)  # a sum of so many products stays below 2^53
        for a, (s, D) in enumerate(items):
            for t, E in items[a:]:
                rows = np.zeros(self.shape[0], dtype=np.int64)
                for k in range(0, self.shape[1], step):
                    rows += np.einsum("ij,ij->i", D[:, k : k + step], E[:, k : k + step]).astype(np.int64)
                total += (sum(rows.tolist()) << (s + t)) * (1 if s == t else 2)
        return total

    @cached_property
    def _digit_bits(self) -> int:
        return int(
            max((max(D.max(), -D.min()) for D in (self.digits or {}).values()), default=0)
        ).bit_length()

    @property
    def narrow(self) -> bool:
        """Whether the digits are small enough: products below 2^53, sums of squares of a row below 2^62."""
        bits, size = self._digit_bits, max(self.shape).bit_length()
        return 2 * bits + size <= 62 and bits + size <= 44

    def floats(self) -> tuple[np.ndarray, int]:
        """Return (Y, e): float64 approximation Y of N / 2^e, relative accuracy 2^-50 of each entry, max|Y| about 1."""
        if self.flint is not None:
            return floats_of(to_ints(self.flint))
        items = sorted((self.digits or {}).items())
        top = max((s for s, _ in items), default=0) + 2 * DIGIT
        out = np.zeros(self.shape)
        for s, D in items:
            out += D * 2.0 ** (s - top)
        return out, top


def residual(array: np.ndarray, operators: dict[str, Any]) -> tuple[ExactMatrix, Fraction]:
    """Return (L, ||M||_F^2): the residual of M under `operators` (certificate notation) and ||M||_F^2, exactly.

    array: m x n, integers, floats, or exact rationals.  Cost: O(mn) per diagonal of the operators.
    Errors: BadInput for complex or non-rational entries, ShapeMismatch where an operator does not fit.

    >>> identity = {"kind": "sylvester", "left": {"op": "identity"}, "right": {"op": "zero"}}
    >>> L, square = residual(np.array([[1, 2], [3, 1]]), identity)
    >>> L.frobenius_squared * L.scale**2, square
    (Fraction(15, 1), Fraction(15, 1))
    """
    if array.ndim != 2 or 0 in array.shape:
        raise ShapeMismatch(
            f"a distance needs a matrix with at least one entry; got an array of shape {array.shape}."
        )
    if np.iscomplexobj(array):
        raise BadInput(
            "a tolerance was asked for a complex matrix; distances are certified for real matrices only. "
            "Ask without a tolerance, or split the matrix into its real and imaginary part."
        )
    m, n = array.shape
    left, right = stencil(operators["left"], m), stencil(operators["right"], n)
    digits = digits_of(array) if array.size >= LARGE and left.reach * right.reach <= 16 else None
    if digits is not None:
        unit, parts = digits
        whole = ExactMatrix((m, n), unit, digits=parts)
        narrow = whole.narrow
        square = whole.frobenius_squared * unit**2
        combined = {s: _combine(parts.pop(s), operators["kind"], left, right) for s in list(parts)}
        combined = {s: D for s, D in combined.items() if D.any()}
        L = ExactMatrix((m, n), unit / (left.denominator * right.denominator), digits=combined)
        if narrow and L.narrow:
            return L, square
    unit, integers = integers_of(array)
    square = sum(x * x for x in integers.ravel().tolist()) * unit**2
    combined_ints = _combine(integers, operators["kind"], left, right)
    return ExactMatrix(
        (m, n), unit / (left.denominator * right.denominator), flint=to_flint(combined_ints)
    ), square


def _combine(X: np.ndarray, kind: str, left: Stencil, right: Stencil) -> np.ndarray:
    if kind == "sylvester":
        out: np.ndarray = left.times(X) * right.denominator - right.rtimes(X) * left.denominator
        return out
    if kind == "stein":
        stein: np.ndarray = X * (left.denominator * right.denominator) - right.rtimes(left.times(X))
        return stein
    raise BadInput(f"operator kind {kind!r} is not known; use 'sylvester' or 'stein'.")
