"""The floating-point shadow of an exact matrix: what a picture can show of it. Nothing here is more than observed.

Drawn           a matrix as floats times a power of two, with what its numbers mean
drawn           the shadow of an exact or stored matrix
drawn_residual  the shadow of the residual: computed exactly and rounded once where that is quick, else in float64
singular_values the singular values of a shadow, all of them or the leading ones
coarse          a matrix reduced to few cells, each showing its entry of largest magnitude
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from ldrtheory.operators import Displacement, displace
from ldrtheory.operators.operator import Operator
from ldrtheory.rings import Ring
from ldrtheory.rings.cyclotomic import CyclotomicNumber
from ldrtheory.rings.numeric import FLOAT64
from ldrtheory.subjects import Subject

Kind = Literal["real", "complex", "residue"]

EXACT_WORK = 400_000  # exact multiplications allowed for a picture: about a second
FULL_SVD = 1024  # beyond this size only the leading singular values are computed
LEADING = 256
_SAFE = 900  # exponents of two at which float64 is neither near overflow nor near underflow


@dataclass(frozen=True)
class Drawn:
    """The matrix 2^exponent * values; exponent is 0 unless the entries are out of float64's range.

    values      float64 or complex128; residues 0 .. p-1 over GF(p)
    rounding    "exact": every value is the true one, rounded once; "float64": computed in floating point
    size        Frobenius norm that the rounding errors are relative to, in units of 2^exponent
    """

    values: np.ndarray
    exponent: int
    kind: Kind
    rounding: Literal["exact", "float64"]
    size: float

    @property
    def shown(self) -> np.ndarray:
        """The real numbers to colour: the values, or their absolute values if complex."""
        return np.abs(self.values) if self.kind == "complex" else self.values

    @property
    def noise(self) -> float:
        """What float64 cannot tell from zero in a singular value of this matrix (a rule of thumb, not a bound)."""
        return max(self.values.shape) * 2.0**-52 * self.size


def drawn(array: np.ndarray) -> Drawn:
    """Return the shadow of a matrix: a numeric array, or an object array of ring elements.

    >>> drawn(np.array([[3.0, -4.0]])).size
    5.0
    """
    values, exponent, kind = _floats(array)
    if kind != "residue":
        values, exponent = _in_range(values, exponent)
    return Drawn(values, exponent, kind, "exact", _norm(values))


def drawn_residual(subject: Subject, displacement: Displacement, ring: Ring) -> Drawn | None:
    """Return the shadow of the residual A M - M B or M - A M B; None where float64 cannot hold the operators."""
    m, n = subject.shape
    terms = [list(op.terms(k)) for op, k in ((displacement.left, m), (displacement.right, n))]
    work = m * n * (1 + len(terms[0]) / m + len(terms[1]) / n)
    if subject.field == "Q" and ring.name == "Q":
        limit = EXACT_WORK
    elif ring.characteristic:
        limit = 40 * EXACT_WORK  # there is no floating-point way
    else:
        limit = EXACT_WORK // 6
    if work <= limit:
        return drawn(displace(subject.array, displacement, ring))
    if ring.characteristic:
        return None
    values, exponent, _ = _floats(subject.array)
    with np.errstate(all="ignore"):
        L = _float_residual(values, displacement)
        size = _norm(values) * (1 + float(np.abs(_dense_norms(displacement, m, n)).max()))
    if not np.isfinite(L).all() or not np.isfinite(size):
        return None
    L, exponent_now = _in_range(L, exponent)
    size *= 2.0 ** (exponent - exponent_now) if abs(exponent - exponent_now) < _SAFE else 1.0
    return Drawn(L, exponent_now, "complex" if L.dtype.kind == "c" else "real", "float64", size)


def _dense_norms(displacement: Displacement, m: int, n: int) -> np.ndarray:
    """The largest absolute entries of both operators: the scale of what is added up in the residual."""
    sizes = ((displacement.left, m), (displacement.right, n))
    return np.array([max((abs(FLOAT64(x)) for _, _, x in op.terms(k)), default=0.0) for op, k in sizes])


def _float_residual(M: np.ndarray, d: Displacement) -> np.ndarray:
    if d.kind == "sylvester":
        return _times(d.left, M) - _times(d.right, M.T, transposed=True).T
    return M - _times(d.right, _times(d.left, M).T, transposed=True).T


def _times(operator: Operator, M: np.ndarray, transposed: bool = False) -> np.ndarray:
    """Return A M (or A^T M) in floating point."""
    n = M.shape[0]
    terms = [(j, i, x) if transposed else (i, j, x) for i, j, x in operator.terms(n)]
    values = np.array([FLOAT64(x) for _, _, x in terms])
    out = np.zeros(M.shape, np.result_type(values, M, np.float64))
    if len(terms) > 8 * n:
        A = np.zeros((n, n), out.dtype)
        for (i, j, _), x in zip(terms, values):
            A[i, j] = x
        return A @ M
    for (i, j, _), x in zip(terms, values):
        out[i] += x * M[j]
    return out


def _floats(array: np.ndarray) -> tuple[np.ndarray, int, Kind]:
    """Return (values, e, kind) with the matrix equal to 2^e values up to rounding, the values at most about 1."""
    if array.dtype.kind == "c":
        return (*_scaled(array.astype(np.complex128)), "complex")
    if array.dtype.kind != "O":
        return (*_scaled(array.astype(np.float64)), "real")
    items = array.ravel().tolist()
    if any(hasattr(x, "modulus") for x in items):
        return np.array([float(int(x)) for x in items]).reshape(array.shape), 0, "residue"
    if not any(isinstance(x, CyclotomicNumber) for x in items):
        values, exponent = _ratios([_pair(x) for x in items])
        return values.reshape(array.shape), exponent, "real"
    order = next(x.order for x in items if isinstance(x, CyclotomicNumber))
    rows = [x.coefficients() if isinstance(x, CyclotomicNumber) else [x] for x in items]
    length = max(map(len, rows))
    pairs = [_pair(c) for row in rows for c in [*row, *([0] * (length - len(row)))]]
    flat, exponent = _ratios(pairs)
    zeta = np.exp(2j * np.pi / order * np.arange(length))
    return (flat.reshape(-1, length) @ zeta).reshape(array.shape), exponent, "complex"


def _pair(x: Any) -> tuple[int, int]:
    """Numerator and denominator of a rational ring element."""
    if isinstance(x, int):
        return x, 1
    if hasattr(x, "p"):
        return int(x.p), int(x.q)
    if hasattr(x, "numerator"):
        return int(x.numerator), int(x.denominator)
    return int(x), 1


def _ratios(pairs: Iterable[tuple[int, int]]) -> tuple[np.ndarray, int]:
    """Return (values, e) with p/q = 2^e value, whatever the size of p and q."""
    pairs = list(pairs)
    e = max((p.bit_length() - q.bit_length() for p, q in pairs if p), default=0)
    out = np.zeros(len(pairs))
    for k, (p, q) in enumerate(pairs):
        if p and p.bit_length() - q.bit_length() - e > -1000:
            out[k] = p / (q << e) if e >= 0 else (p << -e) / q  # true division of integers rounds once
    return out, e


def _scaled(values: np.ndarray) -> tuple[np.ndarray, int]:
    parts = values.view(np.float64) if values.dtype.kind == "c" else values
    e = int(np.frexp(np.abs(parts).max())[1])
    return np.ldexp(parts, -e).view(values.dtype), e


def _in_range(values: np.ndarray, exponent: int) -> tuple[np.ndarray, int]:
    """Take the power of two into the values where they stay clear of overflow and underflow."""
    top = float(np.abs(values).max())
    if not top or abs(exponent + int(np.frexp(top)[1])) > _SAFE or abs(exponent) > _SAFE:
        return values, exponent if top else 0
    return values * 2.0**exponent, 0


def _norm(values: np.ndarray) -> float:
    return float(np.linalg.norm(values))


def singular_values(L: Drawn) -> tuple[np.ndarray, bool]:
    """Return the singular values, largest first, and whether these are all of them.

    Beyond FULL_SVD rows and columns: the LEADING largest, by a range finder with a fixed seed and two power steps.
    """
    Y = L.values
    small = min(Y.shape)
    if small <= FULL_SVD:
        return np.linalg.svd(Y, compute_uv=False), True
    random = np.random.default_rng(20240229).standard_normal((Y.shape[1], LEADING + 16))
    Q = np.linalg.qr(Y @ random)[0]
    for _ in range(2):
        Q = np.linalg.qr(Y @ np.linalg.qr(Y.conj().T @ Q)[0])[0]
    return np.linalg.svd(Q.conj().T @ Y, compute_uv=False)[:LEADING], False


def coarse(values: np.ndarray, cells: int = 256) -> np.ndarray:
    """Return at most cells x cells blocks, each with its entry of largest magnitude, so that thin lines stay visible.

    >>> coarse(np.array([[1, -2, 0, 0], [0, 0, 0, 3]]), 2).tolist()
    [[-2, 0], [0, 3]]
    """
    for axis in (0, 1):
        n = values.shape[axis]
        if n > cells:
            starts = np.arange(cells) * n // cells
            high = np.maximum.reduceat(values, starts, axis=axis)
            low = np.minimum.reduceat(values, starts, axis=axis)
            values = np.where(-low > high, low, high)
    return values
