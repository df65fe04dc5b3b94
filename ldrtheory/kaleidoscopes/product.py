"""A product of butterfly factors and the corner of it that is meant.

KaleidoscopeProduct     m x n corner of a product of size N: pad with zeros, apply the factors, cut
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from ldrtheory.errors import BadInput, NotInvertible, ShapeMismatch
from ldrtheory.exactstrings import shortened
from ldrtheory.kaleidoscopes.document import document, field_name, parsed
from ldrtheory.kaleidoscopes.factor import ButterflyFactor
from ldrtheory.kaleidoscopes.pattern import TRANSPOSED, bit_pattern, check_width, levels
from ldrtheory.linalg import Array, identity, zeros
from ldrtheory.rings import Counter, Ring, ring_named


@dataclass(frozen=True, repr=False)
class KaleidoscopeProduct:
    """The matrix M with M x = the first m entries of F_T ... F_1 (x, 0, ..., 0), x of length n.

    m, n        the shape of M, both at most size
    size        N, a power of two of at least 2
    width       w: how often BB* is repeated; 1 for the other kinds
    field       the ring of the entries; the name of an exact field is read
    kind        "BB*" (bits L-1, ..., 0, 0, ..., L-1, repeated w times), "B" (rising), "B*" (falling), "B*B"
    factors     F_1, ..., F_T in order of application, the first applied first

    Raises BadInput where sizes, kind or the order of the bits are wrong, ShapeMismatch for a factor of another size.

    >>> from ldrtheory import QQ
    >>> swap = ButterflyFactor(0, [0, 0], [1, 1])
    >>> KaleidoscopeProduct(2, 2, 2, 1, QQ, "B", (swap,)).entries().tolist()
    [[0, 1], [1, 0]]
    """

    m: int
    n: int
    size: int
    width: int
    field: Ring
    kind: str
    factors: tuple[ButterflyFactor, ...]

    def __post_init__(self) -> None:
        if isinstance(self.field, str):
            object.__setattr__(self, "field", ring_named(self.field))
        object.__setattr__(self, "factors", tuple(self.factors))
        levels(self.size)
        for name in ("m", "n"):
            value = getattr(self, name)
            if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= self.size:
                raise BadInput(
                    f"a kaleidoscope with {name} = {shortened(value)} and size {self.size}; wanted a whole number "
                    f"from 1 to {self.size}: correct {name}, or take a larger size."
                )
        bits = bit_pattern(self.kind, 1, self.size)
        check_width(self.kind, self.width)
        wanted = self.width * len(bits)
        if len(self.factors) != wanted:
            raise BadInput(
                f"{len(self.factors)} factors; wanted {wanted} of them for kind {self.kind}, width {self.width} "
                f"and size {self.size}: complete the list, identity factors included."
            )
        for t, factor in enumerate(self.factors):
            if factor.size != self.size:
                raise ShapeMismatch(
                    f"factor {t} (counting from 0) has size {factor.size}; wanted {self.size}: "
                    "lift it or correct it."
                )
            if factor.bit != bits[t % len(bits)]:
                raise BadInput(
                    f"factor {t} (counting from 0) has bit {factor.bit}; wanted bit {bits[t % len(bits)]}: kind "
                    f"{self.kind} of size {self.size} has the bits {', '.join(map(str, bits))} in order of application."
                )

    def __repr__(self) -> str:
        return f"<{self.m} x {self.n} corner of {self.name}, size {self.size}, over {self.field}>"

    @property
    def name(self) -> str:
        """The class: B, B*, B*B or (BB*)^w."""
        return self.kind if self.width == 1 else f"({self.kind})^{self.width}"

    @property
    def shape(self) -> tuple[int, int]:
        """(m, n)."""
        return self.m, self.n

    @property
    def expansion(self) -> Fraction:
        """N / max(m, n)."""
        return Fraction(self.size, max(self.m, self.n))

    @property
    def parameters(self) -> int:
        """The number of stored entries: 4 w N log2 N for BB*."""
        return sum(factor.parameters for factor in self.factors)

    @property
    def nonzeros(self) -> int:
        """The number of stored entries that are not zero."""
        return sum(factor.nonzeros for factor in self.factors)

    def multiply(self, x: Array) -> Array:
        """Return M x for x of shape (n,) or (n, k), by one pass through the factors."""
        if x.shape[0] != self.n:
            raise ShapeMismatch(f"a kaleidoscope of shape {self.shape} times an array of shape {x.shape}.")
        padding = zeros(self.field, self.size - self.n, *x.shape[1:])
        y = np.concatenate([x, padding]) if self.size > self.n else x
        for factor in self.factors:
            y = factor.multiply(y)
        return y[: self.m]

    def _flipped(self, factors: list[ButterflyFactor]) -> KaleidoscopeProduct:
        kind = TRANSPOSED[self.kind]
        return KaleidoscopeProduct(
            self.n, self.m, self.size, self.width, self.field, kind, tuple(factors[::-1])
        )

    def transpose(self) -> KaleidoscopeProduct:
        """Return M^T, of the same width and size."""
        return self._flipped([factor.transpose() for factor in self.factors])

    def adjoint(self) -> KaleidoscopeProduct:
        """Return the conjugate transpose M^H."""
        return self._flipped([factor.adjoint(self.field) for factor in self.factors])

    def inverse(self) -> KaleidoscopeProduct:
        """Return M^-1, for m = n = size; raise NotInvertible where a 2 x 2 block, hence M, is singular.

        A proper corner is refused with BadInput: the corner of an inverse is not the inverse of the corner.
        """
        if not self.m == self.n == self.size:
            raise BadInput(
                f"the {self.m} x {self.n} corner of a product of size {self.size} is not inverted factor by factor; "
                "wanted m = n = size: invert its dense matrix instead."
            )
        inverted = []
        for t, factor in enumerate(self.factors):
            try:
                inverted.append(factor.inverse(self.field))
            except NotInvertible as error:
                raise NotInvertible(
                    f"the product is not invertible: factor {t} (counting from 0): {error}"
                ) from None
        return self._flipped(inverted)

    def entries(self, ring: Ring | None = None) -> Array:
        """Return the dense m x n matrix over `ring`, which may be any ring that reads the entries."""
        home = self.field if ring is None else ring
        if not self.field.exact:
            return self._read(self.multiply(identity(self.field, self.n)), home)
        out = zeros(home, self.m, self.n)
        for i, row in enumerate(self.rows()):
            for j, x in row.items():
                out[i, j] = home(x)
        return out

    def rows(self) -> list[dict[int, Any]]:
        """Return the m rows of M as {column: nonzero entry}, over an exact field.

        Cost: proportional to the nonzeros met on the way, so cheap for permutations and sparse matrices.
        """
        rows: list[dict[int, Any]] = [{i: self.field.one} if i < self.n else {} for i in range(self.size)]
        for factor in self.factors:
            straight, crossed = (_scaled(v) for v in (factor.diagonal, factor.offdiagonal))
            flip = 1 << factor.bit
            rows = [_sum(straight(i, rows[i]), crossed(i, rows[i ^ flip])) for i in range(self.size)]
        return [dict(row) for row in rows[: self.m]]

    def _read(self, table: Array, ring: Ring) -> Array:
        if ring is self.field:
            return table
        out = np.empty(table.shape, dtype=object)
        out.reshape(-1)[:] = [ring(x) for x in table.flat]
        return out

    def operations(self, free_constants: bool = True) -> Counter:
        """Return the operations of one multiply, counted factor by factor along the wires that are not zero.

        free_constants: entries 0, 1 and -1, and the zeros of the padding, cost nothing; otherwise every stored entry
        costs a multiplication: 2 N multiplications and N additions a factor.
        """
        if not free_constants:
            count = len(self.factors) * self.size
            return Counter(additions=count, multiplications=2 * count)
        counter = Counter()
        live = np.arange(self.size) < self.n
        for factor in self.factors:
            reached = []
            for entries, wires in ((factor.diagonal, live), (factor.offdiagonal, live[factor.partner])):
                reached.append(wires & (entries != 0).astype(bool))
                used = entries[reached[-1]]
                counter.multiplications += len(used) - int(np.count_nonzero((used == 1) | (used == -1)))
            counter.additions += int(np.count_nonzero(reached[0] & reached[1]))
            live = reached[0] | reached[1]
        return counter

    @property
    def data_field(self) -> str:
        """The name of the field in `data`: that of `field`, "Q" for Q(zeta_1) and Q(zeta_2)."""
        return field_name(self.field)

    def data(self) -> dict[str, Any]:
        """Return the JSON object of the product: m, n, size, width, field, kind, factors, with exact strings."""
        sizes = {name: getattr(self, name) for name in ("m", "n", "size", "width", "kind")}
        return document(sizes, self.field, self.factors)

    @classmethod
    def from_data(cls, data: Any, where: str = "kaleidoscope") -> KaleidoscopeProduct:
        """Return the product that a JSON object (see `data`) denotes; raise BadInput naming place and reason."""
        found = parsed(data, where)
        try:
            return cls(**found)
        except BadInput as error:
            raise type(error)(f"{where}: {error}") from error


def _scaled(v: Array) -> Callable[[int, dict[int, Any]], dict[int, Any]]:
    """Return (i, row) -> v[i] * row for rows of nonzero entries over a field; never changes the row."""
    live, ones = (v != 0).tolist(), (v == 1).tolist()

    def times(i: int, row: dict[int, Any]) -> dict[int, Any]:
        if not live[i] or not row:
            return {}
        if ones[i]:
            return row
        a = v[i]
        return {j: a * x for j, x in row.items()}

    return times


def _sum(first: dict[int, Any], second: dict[int, Any]) -> dict[int, Any]:
    """Return the sum of two rows, without zeros; neither is changed."""
    if not first or not second:
        return first or second
    out = dict(first)
    for j, x in second.items():
        if j not in out:
            out[j] = x
        elif (total := out[j] + x) != 0:
            out[j] = total
        else:
            del out[j]
    return out
