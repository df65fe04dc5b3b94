"""The kaleidoscope hierarchy and its orthogonal version.

Kaleidoscope            (BB*)^w_e: the n x n corner of w products BB* of size N = e n
OrthogonalKaleidoscope  (OBB)^w: w products U D V^T, U and V butterflies of rotations
rotation_factor         the butterfly factor of rational rotations
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np

from ldrtheory.errors import BadInput, LdrTheoryError
from ldrtheory.families.butterfly import Factored, factors, power_of_two_size
from ldrtheory.families.family import Family, Parameters, Slot
from ldrtheory.kaleidoscopes import ButterflyFactor, KaleidoscopeProduct, bit_pattern, power_of_two
from ldrtheory.linalg import Array, zeros
from ldrtheory.rings import QQ, Ring


@dataclass(frozen=True, repr=False)
class Kaleidoscope(Factored):
    """The n x n corner of a product of 2 w L butterfly factors of size N = expansion * n = 2^L.

    Their bits in order of application are L-1, ..., 0, 0, ..., L-1, repeated w = width times.
    expansion: a rational number (int, Fraction or exact string) for which N is a power of two.

    >>> from ldrtheory import QQ
    >>> K = Kaleidoscope(2, 1)
    >>> K.entries({"diagonal": [[1, 1], [1, 2]], "offdiagonal": [[0, 0], [3, 4]]}, QQ).tolist()
    [[1, 3], [4, 2]]
    >>> Kaleidoscope(3, 1, "4/3").size
    4
    """

    width: int
    expansion: int | Fraction | str = 1

    def __post_init__(self) -> None:
        self._whole("n", 1)
        self._whole("width", 1)
        try:
            value = QQ(self.expansion)
        except LdrTheoryError:
            value = None
        if value is None or isinstance(self.expansion, bool):
            raise BadInput(
                f"Kaleidoscope wants an exact rational expansion such as 2 or '4/3'; got {self.expansion!r}."
            )
        e = Fraction(int(value.p), int(value.q))
        size = e * self.n
        if size.denominator > 1 or size < max(2, self.n) or size.numerator & (size.numerator - 1):
            raise BadInput(
                f"Kaleidoscope wants expansion * n to be a power of two, at least 2 and at least n; got expansion={e}, "
                f"n={self.n}: take expansion={Fraction(power_of_two(self.n), self.n)}, or a power of two times that."
            )
        object.__setattr__(self, "expansion", e)

    @property
    def size(self) -> int:
        """N = expansion * n, the size of the factors."""
        return int(Fraction(self.expansion) * self.n)

    @classmethod
    def up_to(cls, size: int) -> Iterator[Family]:
        for n in range(1, size + 1):
            e = Fraction(power_of_two(n), n)
            yield cls(n, 1, e)
            if n > 1 and e == 1:
                yield cls(n, 2)
                yield cls(n, 1, 2)

    def slots(self) -> tuple[Slot, ...]:
        N = self.size
        shape = (2 * self.width * (N.bit_length() - 1), N)
        return (
            Slot("diagonal", shape, "row t: the diagonal of factor t, in order of application"),
            Slot("offdiagonal", shape, "row t, column i: the entry (i, i XOR 2^bit) of factor t"),
        )

    def product(self, p: Mapping[str, Any], ring: Ring) -> KaleidoscopeProduct:
        bits = bit_pattern("BB*", self.width, self.size)
        return KaleidoscopeProduct(self.n, self.n, self.size, self.width, ring, "BB*", factors(p, bits))


def rotation_factor(bit: int, t: Sequence[Any] | Array, ring: Ring) -> ButterflyFactor:
    """Return the butterfly factor of size 2 len(t) whose block number k, from the top, is the rotation of t[k].

    The rotation of t is [[1 - t^2, -2 t], [2 t, 1 - t^2]] / (1 + t^2), t the tangent of half the angle.
    Raises NotInvertible where t^2 = -1.

    >>> from ldrtheory import QQ
    >>> rotation_factor(0, [QQ("1/2")], QQ).dense(QQ).tolist()
    [[3/5, -4/5], [4/5, 3/5]]
    """
    size = 2 * len(t)
    d, o = zeros(ring, size), zeros(ring, size)
    upper = [i for i in range(size) if not i >> bit & 1]
    for i, x in zip(upper, t):
        j, square = i ^ (1 << bit), x * x
        scale = ring.inverse(ring(square + ring.one))
        d[i] = d[j] = (ring.one - square) * scale
        o[j] = (x + x) * scale
        o[i] = -o[j]
    return ButterflyFactor(bit, d, o)


@dataclass(frozen=True, repr=False)
class OrthogonalKaleidoscope(Factored):
    """M = O_w ... O_1 with O_k = U_k diag(d[k]) V_k^T; U_k and V_k are butterflies of rational rotations.

    u[k, b] and v[k, b] hold the tangents of half the angles of the n/2 rotations of bit b (see rotation_factor);
    1 + t^2 may not vanish.  Every butterfly with orthogonal blocks is such a U times a diagonal of signs, which
    diag(d) absorbs, so the rotations alone reach all of (OBB)^w.

    >>> from ldrtheory import QQ
    >>> family = OrthogonalKaleidoscope(2, 1)
    >>> p = family.read({"u": [[["1/2"]]], "v": [[[0]]], "d": [[5, 10]]}, QQ)
    >>> family.entries(p, QQ).tolist()
    [[3, -8], [4, 6]]
    """

    width: int

    def __post_init__(self) -> None:
        self._whole("n", 2)
        self._whole("width", 1)
        power_of_two_size(self, self.n)

    @property
    def levels(self) -> int:
        """L = log2(n)."""
        return self.n.bit_length() - 1

    @classmethod
    def up_to(cls, size: int) -> Iterator[Family]:
        yield from (cls(2**k, w) for k in range(1, size.bit_length()) for w in (1, 2))

    def slots(self) -> tuple[Slot, ...]:
        shape = (self.width, self.levels, self.n // 2)
        return (
            Slot("u", shape, "[k, b]: the half tangents of the rotations of bit b in U_k"),
            Slot("d", (self.width, self.n), "row k: the diagonal between U_k and V_k^T"),
            Slot("v", shape, "[k, b]: the half tangents of the rotations of bit b in V_k"),
        )

    def refusal(self, p: Mapping[str, Any], ring: Ring) -> str | None:
        for name in ("u", "v"):
            for index in np.ndindex(p[name].shape):
                if ring.is_zero(p[name][index] * p[name][index] + ring.one):
                    return (
                        f"{name}{list(index)} = {p[name][index]} has the square -1, and the rotation divides by "
                        "1 + t^2; change it."
                    )
        return None

    def repaired(self, p: Parameters, ring: Ring) -> Parameters:
        for name in ("u", "v"):
            for index in np.ndindex(p[name].shape):
                if ring.is_zero(p[name][index] * p[name][index] + ring.one):
                    p[name][index] = ring.zero
        return p

    def parts(
        self, p: Mapping[str, Any], ring: Ring
    ) -> list[tuple[list[ButterflyFactor], Array, list[ButterflyFactor]]]:
        """Return (factors of V_k^T, d[k], factors of U_k), in order of application, for k = 1, ..., w."""
        L = range(self.levels)
        return [
            (
                [rotation_factor(b, p["v"][k][b], ring).transpose() for b in reversed(L)],
                p["d"][k],
                [rotation_factor(b, p["u"][k][b], ring) for b in L],
            )
            for k in range(self.width)
        ]

    def product(self, p: Mapping[str, Any], ring: Ring) -> KaleidoscopeProduct:
        """Return the member in (BB*)^w: each diagonal joins the first factor of its U_k."""
        chain: list[ButterflyFactor] = []
        for star, d, (first, *others) in self.parts(p, ring):
            chain += [*star, first.columns_scaled(d), *others]
        return KaleidoscopeProduct(self.n, self.n, self.n, self.width, ring, "BB*", tuple(chain))
