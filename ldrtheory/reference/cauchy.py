"""Cauchy matrices of real nodes, M[i, j] = 1 / (s_i - t_j), by a fast multipole method in one dimension.

cauchy_sums     the map for real nodes, or None
CauchySums      the map
Tree            sorted nodes halved again and again, and what interpolation needs at each box
pairs           which boxes are summed term by term, and which by interpolation
lagrange        the Lagrange polynomials of the Chebyshev nodes
ORDER           how many Chebyshev nodes stand for a box

Truncation.  The zeros z_1 ... z_p of the Chebyshev polynomial T_p, p = ORDER, with Lagrange polynomials L_l:
    sum over l of L_l(y) / (x - z_l) = (1 - T_p(y) / T_p(x)) / (x - y),
for the right side is a polynomial of degree p - 1 in y with the right values.  Boxes [c - r, c + r] are far from each
other where the gap between them is at least both diameters: then |x| >= 3 in the coordinates of the other box, and
|T_p(y) / T_p(x)| <= h = 1 / T_p(3) < 2^-60 for p = 24.  Interpolated on both sides, M[i, j] becomes
M[i, j] (1 + e), |e| <= h + 2 h L < 2^-57, L = 1 + 2 / pi log p < 3.1 the Lebesgue constant, and 2 since |x - y| is at
most twice |x - z_l|.  Passing polynomials of degree p - 1 from the nodes of a box to those of its halves is exact.
Where the gap is at least the diameter of one of the boxes only, interpolation is on that side only.

Rounding, to first order, u = 2^-53.  An error on the way is that of a charge at a node inside a box, or of a potential
there; it meets only boxes that are far, by the quotients themselves, so errors of different levels add up and are not
amplified.  A level errs on each side by (512 + 2 p + p F) u of what it passes on: 512 u are the sum of the errors of
L_l(y) as computed, 2 p terms are added, and p for each of the F boxes that one box meets, which are 8 or fewer unless
nodes are placed to have more.  With L on both sides and quotients that differ by 2 at most over a box,
    |y - M x| <= (2^-57 + 2^14 u (levels + 2)) |M| |x|,  entry by entry, levels = log2(n / LEAF);
observed are 20 u |M| |x|.  x_j = 0 or |x_j| >= 2^-1000: smaller weights underflow before small gaps divide them.  About
a kilobyte is kept for each node.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import numpy as np

from ldrtheory.reference.convolution import unit_circle
from ldrtheory.reference.kinds import Kind, Plain, Wide
from ldrtheory.reference.maps import LinearMap
from ldrtheory.reference.numbers import WideNumbers, joined

ORDER = 24
LEAF = 48  # boxes of at most so many nodes are not halved
GAP = 2 + 2.0**-40  # in radii; the excess covers what is lost in deciding by floats
LARGEST = 2.0**400  # of a node, and of an entry: no overflow or underflow in reciprocals
FORMED = 1 << 18  # entries formed in double-double at a time


@lru_cache(maxsize=1)
def _chebyshev() -> tuple[np.ndarray, np.ndarray]:
    """Return the zeros of T_ORDER, and the matrix that takes T_0(y), T_1(y), ... to L_0(y), L_1(y), ..."""
    k, odd = np.arange(ORDER)[:, None], 2 * np.arange(ORDER) + 1
    cosines = unit_circle((k * odd).reshape(-1), 4 * ORDER).high.real.reshape(ORDER, ORDER)
    return cosines[1].copy(), cosines * np.where(k == 0, 1, 2) / ORDER


def lagrange(y: np.ndarray) -> np.ndarray:
    """Return L_0(y), ..., L_(ORDER-1)(y) in a last axis."""
    T = np.ones((*y.shape, ORDER))
    T[..., 1] = y
    for k in range(2, ORDER):
        T[..., k] = 2 * y * T[..., k - 1] - T[..., k - 2]
    return T @ _chebyshev()[1]


class Tree:
    """Sorted nodes in boxes: box 0 is all, the halves of box b are first[b] and the next one, and -1 for a leaf.

    ranges, centers, radii: what box b holds and covers.  leaves[j]: L at node j of its leaf.
    steps[b, k]: the L of the box that was halved, at the Chebyshev node k of its half b.
    """

    def __init__(self, nodes: np.ndarray) -> None:
        self.nodes = nodes
        ranges, first, above = [(0, len(nodes))], [], [0]
        for b, (start, stop) in enumerate(ranges):  # the list grows
            middle = (start + stop) // 2
            first.append(len(ranges) if stop - start > LEAF else -1)
            if stop - start > LEAF:
                ranges += [(start, middle), (middle, stop)]
                above += [b, b]
        self.ranges, self.first = np.array(ranges), np.array(first)
        low, high = nodes[self.ranges[:, 0]], nodes[self.ranges[:, 1] - 1]
        self.centers = (low + high) / 2
        self.radii = np.maximum(high - self.centers, self.centers - low) * (1 + 2.0**-50)
        over = np.where(self.radii > 0, self.radii, 1)
        box = np.zeros(len(nodes), dtype=np.int64)
        for leaf in np.flatnonzero(self.first < 0):
            box[slice(*self.ranges[leaf])] = leaf
        self.leaves = lagrange((nodes - self.centers[box]) / over[box])
        moved = (self.centers - self.centers[above])[:, None] + self.radii[:, None] * _chebyshev()[0]
        self.steps = lagrange(moved / over[above][:, None])

    def arrays(self, transposed: bool) -> Sequence[np.ndarray]:
        """Return what the kernel takes of a tree."""
        leaves, steps = self.leaves, self.steps
        if transposed:
            leaves, steps = (np.ascontiguousarray(np.swapaxes(v, -1, -2)) for v in (leaves, steps))
        return self.nodes, self.ranges, self.first, self.centers, self.radii, leaves, steps


def pairs(rows: Tree, columns: Tree) -> list[np.ndarray]:
    """Return the pairs (box of rows, box of columns), each entry in one: near, far, from boxes to the rows of a leaf,
    and from the columns of a leaf to boxes."""
    boxes = [
        list(zip(t.centers.tolist(), t.radii.tolist(), t.first.tolist(), np.diff(t.ranges)[:, 0].tolist()))
        for t in (rows, columns)
    ]
    near, far, outward, inward, todo = [], [], [], [], [(0, 0)]
    while todo:
        a, b = pair = todo.pop()
        (c, r, half, many), (other_c, other_r, other_half, others) = boxes[0][a], boxes[1][b]
        gap = abs(c - other_c) - r - other_r
        if many * others > ORDER**2 and gap > GAP * max(r, other_r):
            far.append(pair)
        elif half < 0 and others >= 2 * ORDER and gap > GAP * other_r:
            outward.append(pair)
        elif other_half < 0 and many >= 2 * ORDER and gap > GAP * r:
            inward.append(pair)
        elif half < 0 and other_half < 0:
            near.append(pair)
        elif other_half < 0 or (half >= 0 and r >= other_r):
            todo += [(half, b), (half + 1, b)]
        else:
            todo += [(a, other_half), (a, other_half + 1)]
    return [np.array(sorted(v), dtype=np.int64).reshape(-1, 2) for v in (near, far, outward, inward)]


@dataclass(frozen=True, eq=False)
class CauchySums(LinearMap):
    """M[i, j] = sign / (rows[i] - columns[j]), real: in floats by interpolation, in double-double term by term."""

    rows: np.ndarray
    columns: np.ndarray
    sign: int = 1

    by_rows = True

    @property
    def shape(self) -> tuple[int, int]:
        return len(self.rows), len(self.columns)

    @cached_property
    def _prepared(self) -> tuple[np.ndarray, np.ndarray, tuple[np.ndarray, ...]]:
        """The order of the columns, the place of each row, and the arrays of the kernel."""
        order, back = np.argsort(self.rows, kind="stable"), np.argsort(self.columns, kind="stable")
        rows, columns = Tree(self.rows[order]), Tree(self.columns[back])
        arrays = (
            *rows.arrays(transposed=True),
            *columns.arrays(transposed=False),
            *pairs(rows, columns),
            _chebyshev()[0],
        )
        return back, np.argsort(order), arrays

    def apply(self, kind: Kind, x: Any) -> Any:
        if isinstance(kind, Wide):
            m, n = self.shape
            step = max(1, FORMED // n)
            parts = [kind.dense(self._entries(slice(i, i + step)), x) for i in range(0, m, step)]
            found = parts[0] if len(parts) == 1 else kind.concatenate(parts)
            return found if self.sign > 0 else -found
        if not isinstance(kind, Plain):
            raise TypeError(
                "sums by interpolation have no running error bound; it is bounded against double-double"
            )
        if np.iscomplexobj(x):
            return joined(*(self.apply(kind, np.ascontiguousarray(part)) for part in (x.real, x.imag)))
        from ldrtheory.reference.kernels.cauchy import sums

        order, places, arrays = self._prepared
        y = np.empty((len(x), self.shape[0]))
        sums(*arrays, np.ascontiguousarray(x[:, order], dtype=np.float64), y)
        return (self.sign * y[:, places]).astype(x.dtype, copy=False)

    def _entries(self, rows: slice) -> WideNumbers:
        """Return some columns of M^T but for the sign."""
        from ldrtheory.reference.kernels.cauchy import reciprocals

        s = self.rows[rows]
        high, low = (np.empty((len(self.columns), len(s))) for _ in range(2))
        reciprocals(s, self.columns, high, low)
        return WideNumbers(high, low)

    def magnitude(self, x: np.ndarray) -> np.ndarray:
        """Return at least |M| |x| for every row x, for vectors of at most 2^30 numbers."""
        m, n = self.shape
        step = max(1, FORMED // n)
        parts = []
        for i in range(0, m, step):
            gaps = np.abs(self.rows[None, i : i + step] - self.columns[:, None])
            parts.append(np.abs(x) @ (1 / gaps))
        return np.concatenate(parts, axis=1) * (1 + 2.0**-20)

    def transpose(self) -> CauchySums:
        return CauchySums(self.columns, self.rows, -self.sign)


def cauchy_sums(p: Mapping[str, np.ndarray]) -> CauchySums | None:
    """Return the map for real nodes; None for complex ones, and where a node or an entry exceeds LARGEST."""
    if any(np.iscomplexobj(v) for v in p.values()):
        return None
    s, t = p["s"].astype(np.float64), p["t"].astype(np.float64)
    sorted_t = np.sort(t)
    place = np.searchsorted(sorted_t, s)
    neighbours = sorted_t[np.clip([place - 1, place], 0, len(t) - 1)]
    with np.errstate(all="ignore"):
        least = np.abs(neighbours - s).min()
    if not (least >= 1 / LARGEST and max(np.abs(s).max(), np.abs(t).max()) <= LARGEST):
        return None
    return CauchySums(s, t)
