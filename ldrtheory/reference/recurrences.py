"""Maps that multiply by recurrences.

Cyclic          an operator with three diagonals that go round: below, main and above
PowerSum        the sum of A^k G H^T B^k over k < n, or of A^k G H^T B^(n-1-k)
Reflections     a product of Householder reflections, one after the other
BlockedReflections      the same in floats by products of matrices, BLOCK reflections at a time
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from ldrtheory.reference.enclosures import Coefficients
from ldrtheory.reference.kinds import Kind, Plain, Wide
from ldrtheory.reference.maps import LinearMap
from ldrtheory.reference.numbers import WideNumbers, joined

BLOCK = 32


@dataclass(frozen=True)
class Cyclic(LinearMap):
    """(M x)[i] = below[i] x[i-1] + main[i] x[i] + above[i] x[i+1], indices modulo n; a missing diagonal is zero."""

    below: Coefficients
    main: Coefficients | None = None
    above: Coefficients | None = None

    @property
    def shape(self) -> tuple[int, int]:
        return (*self.below.shape, *self.below.shape)  # type: ignore[return-value]

    def apply(self, kind: Kind, x: Any) -> Any:
        n = self.shape[0]
        total = x[:, np.arange(-1, n - 1)] * kind.coefficients(self.below)
        if self.main is not None:
            total = total + x * kind.coefficients(self.main)
        if self.above is not None:
            total = total + x[:, np.arange(1, n + 1) % n] * kind.coefficients(self.above)
        return total

    def transpose(self) -> LinearMap:
        below = self.below.through(lambda v: np.roll(v, -1))
        above = None if self.above is None else self.above.through(lambda v: np.roll(v, 1))
        if above is None:
            return Cyclic(below.through(np.zeros_like), self.main, below)
        return Cyclic(above, self.main, below)


@dataclass(frozen=True)
class PowerSum(LinearMap):
    """The sum over k < n of A^k G H^T B^k; reverse: of A^k G H^T B^(n-1-k).  G, H: (n, r).

    Cost: 2 n products with an operator and 2 n r n multiplications, by Horner's rule in A.
    """

    A: LinearMap
    B: LinearMap
    G: Coefficients
    H: Coefficients
    reverse: bool = False

    @property
    def shape(self) -> tuple[int, int]:
        return self.A.shape[0], self.B.shape[0]

    def apply(self, kind: Kind, x: Any) -> Any:
        n = self.shape[1]
        H, G = kind.coefficients(self.H), kind.coefficients(self.G.through(np.transpose))
        seen = []
        for k in range(n):
            seen.append(kind.dense(H, x))
            x = self.B.apply(kind, x) if k + 1 < n else x
        total = None
        for s in seen if self.reverse else reversed(seen):
            added = kind.dense(G, s)
            total = added if total is None else self.A.apply(kind, total) + added
        return total

    def transpose(self) -> PowerSum:
        return PowerSum(self.B.transpose(), self.A.transpose(), self.H, self.G, self.reverse)


@dataclass(frozen=True)
class Reflections(LinearMap):
    """H_1 ... H_k with H_l = I - scale[l] v_l v_l^T; vectors: (k, n).  added: + instead of -."""

    vectors: Coefficients
    scales: Coefficients
    added: bool = False

    @property
    def shape(self) -> tuple[int, int]:
        return self.vectors.shape[1], self.vectors.shape[1]

    def apply(self, kind: Kind, x: Any) -> Any:
        if isinstance(kind, Wide) and not (self.added or self.is_complex):
            return self._reflected(x)
        v, scales = kind.coefficients(self.vectors), kind.coefficients(self.scales)
        for k in reversed(range(self.vectors.shape[0])):
            row = v[k : k + 1]
            along = kind.dense(row.reshape(-1, 1), x) * scales[k : k + 1]
            moved = kind.dense(row, along)
            x = x + moved if self.added else x - moved
        return x

    def _reflected(self, x: WideNumbers) -> WideNumbers:
        """Return the product in double-double, compiled; real and imaginary parts one after the other."""
        from ldrtheory.reference.kernels.reflections import CHAINS, LANES, reflect

        if x.is_complex:
            real, imaginary = self._reflected(x.real), self._reflected(x.imag)
            return WideNumbers(joined(real.high, imaginary.high), joined(real.low, imaginary.low))
        n = self.shape[0]
        width = -(-n // (CHAINS * LANES)) * CHAINS * LANES

        def filled(c: Coefficients | WideNumbers) -> np.ndarray:
            out = np.zeros((2, c.shape[0], width))
            out[0, :, :n], out[1, :, :n] = c.high, c.low
            return out

        rows = filled(x)
        reflect(rows, filled(self.vectors), np.stack([self.scales.high, self.scales.low]))
        return WideNumbers(rows[0, :, :n], rows[1, :, :n])

    def transpose(self) -> Reflections:
        return replace(
            self,
            vectors=self.vectors.through(lambda v: v[::-1]),
            scales=self.scales.through(lambda s: s[::-1]),
        )

    def absolute(self) -> Reflections:
        return Reflections(self.vectors.modulus(), self.scales.modulus(), True)


@dataclass(frozen=True)
class BlockedReflections(LinearMap):
    """Reflections whose floats are computed blockwise: H_1 ... H_b = I - V T V^T, columns v_l of V.

    T is the inverse of the upper triangle with 1 / scale[l] on and v_k^T v_l above the diagonal (compact WY form,
    Schreiber and Van Loan 1989).  In double-double the reflections are applied one after the other.
    """

    exact: Reflections

    @property
    def shape(self) -> tuple[int, int]:
        return self.exact.shape

    @cached_property
    def blocks(self) -> list[tuple[slice, np.ndarray, np.ndarray]]:
        """Of each block, from the left of M to the right: the coordinates where not all v_l are 0, V^T and (T V^T)^T.

        Vectors as LAPACK's dgeqrf leaves them, v_l zero before place l, so take half the work.
        """
        out = []
        rows, scales = self.exact.vectors.high, self.exact.scales.high
        for start in range(0, len(rows), BLOCK):
            V = rows[start : start + BLOCK]
            taken = np.flatnonzero(V.any(axis=0))
            place = slice(int(taken[0]), int(taken[-1]) + 1)
            V = np.ascontiguousarray(V[:, place])
            triangle = np.triu(V @ V.T, 1) + np.diag(1 / scales[start : start + BLOCK])
            out.append((place, V, np.ascontiguousarray(np.linalg.solve(triangle, V).T)))
        return out

    def apply(self, kind: Kind, x: Any) -> Any:
        if isinstance(kind, Wide):
            return self.exact.apply(kind, x)
        if not isinstance(kind, Plain):
            raise TypeError("blocked reflections have no running error bound; ask for the direct algorithm")
        y = x.astype(np.complex128 if np.iscomplexobj(x) else np.float64)
        for place, V, TV in reversed(self.blocks):
            part = y[:, place]
            part -= (part @ TV) @ V
        return y.astype(x.dtype, copy=False)

    def transpose(self) -> BlockedReflections:
        return BlockedReflections(self.exact.transpose())
