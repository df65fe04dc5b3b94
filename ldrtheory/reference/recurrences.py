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
from ldrtheory.reference.kinds import Kind, Plain, Running, Wide
from ldrtheory.reference.lines import LANES, Rows, filled, line, planes
from ldrtheory.reference.maps import LinearMap, scaled

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
        total = scaled(x[:, np.arange(-1, n - 1)], kind.coefficients(self.below))
        if self.main is not None:
            total = total + scaled(x, kind.coefficients(self.main))
        if self.above is not None:
            total = total + scaled(x[:, np.arange(1, n + 1) % n], kind.coefficients(self.above))
        return total

    @property
    def present(self) -> int:
        """Which diagonals there are: 4 below, 2 main, 1 above."""
        return 4 + 2 * (self.main is not None) + (self.above is not None)

    def table(self, kind: Kind) -> np.ndarray:
        """Return the diagonals as the kernels take them: rows below, main and above, their imaginary parts behind."""
        n, parts = self.shape[0], 1 + self.is_complex
        out = np.zeros((1 + isinstance(kind, Wide), 3, parts, filled(n)))
        for row, given in enumerate((self.below, self.main, self.above)):
            if given is not None:
                found = planes(kind, given)
                out = out.astype(found.real.dtype, copy=False)
                out[:, row, 0, :n] = found.real
                if parts == 2:
                    out[:, row, 1, :n] = found.imag
        return line(out, 3 * parts)

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

    @property
    def by_rows(self) -> bool:
        return isinstance(self.A, Cyclic) and isinstance(self.B, Cyclic)

    def _compiled(self, kind: Kind, A: Cyclic, B: Cyclic, x: Any) -> Any:
        """Return the product by the kernel, A and B the operators; all coefficients are real, or all complex."""
        from ldrtheory.reference.kernels.recurrences import power_sum

        (m, n), r, parts = self.shape, self.G.shape[1], 1 + self.is_complex
        rows, columns = filled(m), filled(n)
        if kind not in self.tables:
            G, H = planes(kind, self.G.through(np.transpose), True), planes(kind, self.H, True)
            left = np.zeros((len(G), parts * r, parts, rows), dtype=G.dtype)
            left[..., :m] = G.reshape(len(G), parts * r, parts, m)
            left = left.reshape(len(G), parts * r, -1, LANES).swapaxes(1, 2)
            right = np.zeros((len(H), H[0].size + LANES), dtype=H.dtype)
            right[:, : H[0].size] = H.reshape(len(H), -1)
            self.tables[kind] = A.table(kind), B.table(kind), line(left, 1), line(right, 1)
        given = Rows.of(x, self.is_complex)
        batch = given.shape[0]
        y = np.empty((len(given.planes), batch, parts, rows), dtype=given.planes.dtype)
        room = parts * (max(rows, columns) + 2 * LANES)
        work = tuple(
            line(np.zeros((len(given.planes), k), dtype=y.dtype), 1)
            for k in (room, room, room, room, n * parts * r + LANES)
        )
        sizes = np.array([m, n, rows, columns, parts, parts * r, A.present, B.present, int(self.reverse)])
        power_sum(line(given.widened(columns), batch), line(y, batch), *self.tables[kind], work, sizes)
        return given.numbers(y[..., :m])

    def apply(self, kind: Kind, x: Any) -> Any:
        given = self.of_one_field
        A, B = given.A, given.B
        if isinstance(kind, Running) or not (isinstance(A, Cyclic) and isinstance(B, Cyclic)):
            return given.by_steps(kind, x)
        return given._compiled(kind, A, B, x)

    def by_steps(self, kind: Kind, x: Any) -> Any:
        """Return the product in numbers of any kind, operation by operation; `apply` gives the same, bit for bit."""
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

    by_rows = True

    def apply(self, kind: Kind, x: Any) -> Any:
        given = self.of_one_field
        if isinstance(kind, Running) or self.added:
            return given.by_steps(kind, x)
        return given._compiled(kind, x)

    def _compiled(self, kind: Kind, x: Any) -> Any:
        """Return the product by the kernel; vectors and scales are both real or both complex."""
        from ldrtheory.reference.kernels.reflections import BLOCK, reflect

        count, n = self.vectors.shape
        parts = 1 + self.is_complex
        blocks = -(-parts * n // BLOCK)
        held = filled(blocks)

        def placed(given: np.ndarray) -> np.ndarray:
            """(..., parts n) as (..., BLOCK, held): number 16 b + t at [t, b]."""
            out = np.zeros((*given.shape[:-1], held * BLOCK), dtype=given.dtype)
            out[..., : given.shape[-1]] = given
            return np.swapaxes(out.reshape(*given.shape[:-1], held, BLOCK), -1, -2)

        if kind not in self.tables:
            v, scales = planes(kind, self.vectors), planes(kind, self.scales)
            inner = outer = v[:, :, None]
            if parts == 2:
                # real matrices that take (real parts, imaginary parts) of x to those of v^T x, and of a to those of v a
                a, b, scales = v.real, v.imag, np.stack([scales.real, scales.imag], axis=-1)
                inner = np.stack([np.concatenate([a, -b], axis=2), np.concatenate([b, a], axis=2)], axis=2)
                outer = np.stack([np.concatenate([a, b], axis=2), np.concatenate([-b, a], axis=2)], axis=2)
            rows = count * parts
            first = line(placed(inner), rows)
            second = first if outer is inner else line(placed(outer), rows)
            self.tables[kind] = first, second, line(scales, 1)
        given = Rows.of(x, self.is_complex)
        batch = given.shape[0]
        y = np.ascontiguousarray(placed(given.planes.reshape(*given.planes.shape[:2], parts * n)))
        sums, along = (line(np.zeros((len(y), k), dtype=y.dtype), 1) for k in (held, LANES))
        reflect(line(y, batch), *self.tables[kind], sums, along, np.array([count, parts, blocks, held]))
        taken = np.swapaxes(y, 2, 3).reshape(*y.shape[:2], held * BLOCK)[..., : parts * n]
        return given.numbers(taken.reshape(*y.shape[:2], parts, n))

    def by_steps(self, kind: Kind, x: Any) -> Any:
        """Return the product in numbers of any kind, operation by operation; `apply` gives the same, bit for bit."""
        v, scales = kind.coefficients(self.vectors), kind.coefficients(self.scales)
        for k in reversed(range(self.vectors.shape[0])):
            row = v[k : k + 1]
            along = scaled(kind.dense(row.reshape(-1, 1), x), scales[k : k + 1])
            moved = kind.dense(row, along)
            x = x + moved if self.added else x - moved
        return x

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
