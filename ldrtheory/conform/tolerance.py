"""What M x is, enclosed, and how far a correct kernel of a given arithmetic may be from it.

Denoted         the matrix of a member, and the error that is allowed for each entry of M x
denoted         the member of a family with stored parameters, read under a convention
Exact           M x as unevaluated sums high + low of two float64
ALGORITHMS      how a kernel computes, which decides the form of the allowed error
TRANSFORMS      the families whose fast multiplication is by transforms

* `direct`: sums of products, in any order.  |y' - y| <= g (|M| |x|), entry by entry; |M| is the matrix of absolute
  values, for a product of factors |F_L| ... |F_1|, and g = (1 + u)^k - 1, k the depth of the roundings, both read off
  the family by running it over majorants.
  Source: Higham, Accuracy and Stability of Numerical Algorithms, 2002, 3.1, 3.5.
* `transform`: by fast Fourier transforms.  ||y' - y|| <= (e^g - 1) R ||x||, g and R added and multiplied over the
  stages of the family (stages.py).  One convolution: g = 3 * 7 u (log2 max(m, n) + 4), three transforms (of the
  parameters, of x, and back), each with the relative error t eta, eta = mu + gamma_4 (sqrt 2 + mu) < 7 u (Higham,
  theorem 24.2), and t = log2 N <= log2 max(m, n) + 4 for embeddings in circulants and Bluestein's chirps; R = sqrt(l)
  ||c||, as large as the spectrum of l parameters can be, which is || |M| ||_F for a circulant matrix.
  Where the stages are not known, R = || |M| ||_F, and g once for each product.
  Without parameters there is one transform, and the norm is the spectral norm of M.
* `normwise`: a product of which only the norm is controlled, as of blocked reflections:
  ||y' - y|| <= g || |M| ||_F ||x|| (Higham, lemma 19.3).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
from flint import acb, acb_mat, arb, ctx

from ldrtheory.conform.arithmetic import Arithmetic
from ldrtheory.conform.majorant import Majorants
from ldrtheory.families import Family

BITS: Final = 256
ALGORITHMS: Final = ("direct", "transform", "normwise")
_FAST = (
    "Circulant FCirculant Toeplitz Hankel ToeplitzPlusHankel DFT DCT DST ACDC ToeplitzLike DiagonalCirculant"
)
TRANSFORMS: Final = frozenset([*_FAST.split(), "ToeplitzProduct", "TriangularToeplitzProduct"])
_SLACK = 1 + 2.0**-20  # the bounds themselves are float64 sums of at most 2^20 terms

Matrix = Callable[[Family, Mapping[str, Any], Any], np.ndarray]


@dataclass(frozen=True)
class Exact:
    """M x for vectors as rows: high + low encloses it to 2^-104 of its absolute value."""

    high: np.ndarray
    low: np.ndarray

    def error(self, computed: np.ndarray) -> np.ndarray:
        """Return |computed - exact|; infinite where the computed value is not finite."""
        with np.errstate(all="ignore"):  # an imaginary part is an error like any other
            difference = np.abs((np.asarray(computed) - self.high) - self.low)
        return np.where(np.isfinite(difference), difference, np.inf)


def dense(family: Family, p: Mapping[str, Any], ring: Any) -> np.ndarray:
    """Return the entries as the family's own multiply obtains them, column by column where it has one."""
    if type(family).multiply is Family.multiply:
        return family.entries(p, ring)
    n = family.shape[1]
    unit = np.empty((n, n), dtype=object)
    for i, j in np.ndindex(n, n):
        unit[i, j] = ring.parameter(int(i == j)) if isinstance(ring, Majorants) else ring(int(i == j))
    return family.multiply(p, unit, ring)


@dataclass(frozen=True)
class Denoted:
    """The matrix of a member and what a kernel may differ by.

    rows: the entries as majorants, (m, n); added: how many roundings the product with a vector adds to their depth.
    reaches: (R, g) of every way to multiply by transforms, for `transform`.
    """

    rows: np.ndarray
    added: int
    arithmetic: Arithmetic
    algorithm: str
    parametrised: bool = True
    reaches: tuple[tuple[float, float], ...] = ()

    @property
    def shape(self) -> tuple[int, int]:
        """(m, n)."""
        return self.rows.shape  # type: ignore[return-value]

    @cached_property
    def bound(self) -> np.ndarray:
        """|M|, an upper bound, float64."""
        return np.array([[x.bound for x in row] for row in self.rows], dtype=float)

    @cached_property
    def depth(self) -> int:
        """k, over all entries."""
        return max(x.depth for x in self.rows.flat) + self.added

    @cached_property
    def stages(self) -> int:
        """How many products follow each other."""
        return max(x.stages for x in self.rows.flat) + (1 if self.added else 0)

    @cached_property
    def whole(self) -> bool:
        """Whether every entry is an integer polynomial of integer parameters."""
        return all(x.whole for x in self.rows.flat)

    @cached_property
    def balls(self) -> acb_mat:
        """M, enclosed."""
        return acb_mat([[x.value for x in row] for row in self.rows])

    @cached_property
    def values(self) -> np.ndarray:
        """M rounded to complex128."""
        return np.array([[complex(x.value) for x in row] for row in self.rows])

    def transposed(self, conjugate: bool = False) -> Denoted:
        """Return the same for M^T, or M^H."""
        rows = self.rows.T.copy()
        for i, j in np.ndindex(rows.shape) if conjugate else ():
            element: Any = rows[i, j]
            rows[i, j] = element.ring.conjugate(element)
        return Denoted(rows, self.shape[0], self.arithmetic, self.algorithm, self.parametrised, self.reaches)

    def exact(self, x: np.ndarray) -> Exact:
        """Return M x for x of shape (..., n), of shape (..., m); x must be finite."""
        m, n = self.shape
        flat = np.asarray(x).reshape(-1, n)
        out = np.zeros((flat.shape[0], m), dtype=complex)
        low = out.copy()
        if flat.size:
            with ctx.workprec(BITS):
                columns = acb_mat([[acb(complex(c)) for c in row] for row in flat.T.tolist()])
                product = self.balls * columns
                for i, b in np.ndindex(m, flat.shape[0]):
                    z = product[i, b]
                    re, im = _two(z.real), (0.0, 0.0) if z.imag.contains(0) else _two(z.imag)
                    out[b, i], low[b, i] = complex(re[0], im[0]), complex(re[1], im[1])
        if not self.arithmetic.complex and not np.any(out.imag):
            out, low = out.real.copy(), low.real.copy()
        shape = (*np.shape(x)[:-1], m)
        return Exact(out.reshape(shape), low.reshape(shape))

    def allowance(self, x: np.ndarray) -> np.ndarray:
        """Return the allowed |error| of every entry of M x, float64, of shape (..., m)."""
        with np.errstate(all="ignore"):
            size = np.abs(np.asarray(x).astype(complex))
            lost = self.depth * self.arithmetic.store.underflow * (1 + float(np.max(self.bound, initial=0)))
            if self.algorithm == "direct":
                return (self._direct * (size @ self.bound.T) + lost) * _SLACK
            norm = np.sqrt(np.sum(size**2, axis=-1, keepdims=True))
            each = self._reach * norm + lost
            return np.broadcast_to(each * _SLACK, (*np.shape(x)[:-1], self.shape[0])).copy()

    @cached_property
    def _direct(self) -> float:
        return self.arithmetic.growth(self.depth, self.stages)

    @cached_property
    def _reach(self) -> float:
        """The allowed ||error|| / ||x||."""
        whole = float(np.linalg.norm(self.bound))
        if self.algorithm == "normwise":
            return self._direct * whole
        if self.reaches:
            return max(float(np.expm1(g)) * R for R, g in self.reaches)
        each = self.arithmetic.transformed(max(self.shape))
        if self.parametrised:
            return float(np.expm1(3 * each * max(1, self.stages))) * whole
        return float(np.expm1(each)) * float(np.linalg.norm(self.values, 2)) * _SLACK

    def sharp(self, x: np.ndarray, exact: Exact) -> np.ndarray:
        """Return, for each vector, whether the allowance is below an eighth of the largest entry of M x."""
        size = np.max(np.abs(exact.high), axis=-1, initial=0)
        return (np.max(self.allowance(x), axis=-1, initial=0) <= size / 8) | (size == 0)


def _two(x: arb) -> tuple[float, float]:
    middle = x.mid()
    high = float(middle)
    return high, float((middle - arb(high)).mid()) if np.isfinite(high) else 0.0


def majorants(arithmetic: Arithmetic) -> Majorants:
    """Return the ring in which members are read for kernels of this arithmetic."""
    unit = arithmetic.store.unit * (3 if arithmetic.complex else 1)
    return Majorants(BITS, unit, arithmetic.store.underflow / arithmetic.store.unit)


def read_parameters(family: Family, parameters: Mapping[str, Any], ring: Any) -> dict[str, Any]:
    """Return stored parameters as elements, each exactly the number that it stores."""

    def read(value: Any) -> Any:
        if isinstance(ring, Majorants):
            return ring.parameter(value)
        return ring(value.real if value.imag == 0 else value)

    out: dict[str, Any] = {}
    for slot in family.slots():
        stored = np.asarray(parameters[slot.name])
        wide = stored.astype(complex if stored.dtype.kind == "c" else float)
        if slot.shape == ():
            out[slot.name] = read(wide[()].item())
            continue
        table = np.empty(slot.shape, dtype=object)
        for at in np.ndindex(slot.shape):
            table[at] = read(wide[at].item())
        out[slot.name] = table
    return out


def denoted(
    family: Family,
    parameters: Mapping[str, Any],
    arithmetic: Arithmetic,
    algorithm: str,
    matrix: Matrix = dense,
) -> Denoted:
    """Return the matrix that stored parameters denote, read by `matrix` (a convention; the family itself by default).

    >>> from ldrtheory import Toeplitz
    >>> from ldrtheory.conform.arithmetic import arithmetic
    >>> M = denoted(Toeplitz(2), {"t": np.array([1.0, 2.0, 3.0])}, arithmetic("float64"), "direct")
    >>> M.exact(np.array([1.0, 1.0])).high.tolist(), M.depth
    ([3.0, 5.0], 2)
    """
    with ctx.workprec(BITS):
        ring = majorants(arithmetic)
        rows = matrix(family, read_parameters(family, parameters, ring), ring)
        table = np.empty(rows.shape, dtype=object)
        for at in np.ndindex(rows.shape):
            table[at] = ring.read(rows[at])
    added = family.shape[1] if type(family).multiply is Family.multiply or matrix is not dense else 0
    reaches = _reaches(family, parameters, arithmetic) if algorithm == "transform" and matrix is dense else ()
    return Denoted(table, added, arithmetic, algorithm, bool(family.slots()), reaches)


def _reaches(
    family: Family, parameters: Mapping[str, Any], arithmetic: Arithmetic
) -> tuple[tuple[float, float], ...]:
    from ldrtheory.conform.stages import reach, stages_of  # the reference multiplies load with it

    kind = complex if arithmetic.complex else float
    ways = stages_of(family, {k: np.asarray(v).astype(kind) for k, v in parameters.items()})
    return tuple(reach(way, max(family.shape), arithmetic) for way in ways)
