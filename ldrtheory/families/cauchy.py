"""Quotients of differences of nodes.

Cauchy      M[i, j] = 1 / (s_i - t_j)
Loewner     M[i, j] = (u_i - v_j) / (s_i - t_j)
Pick        M[i, j] = (x_i x_j - y_i y_j) / (1 - z_i z_j)
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ldrtheory.families.family import CORNERS, Parameters, Rectangular, Slot, Square
from ldrtheory.families.structure import Structure, columns
from ldrtheory.linalg import Array, matrix
from ldrtheory.operators.banded import diagonal
from ldrtheory.operators.displacement import Stein, Sylvester
from ldrtheory.rings import Ring


def _first_outside(taken: Iterable[Any], ring: Ring) -> Any:
    """Return the first of 0, 1, -1, 2, -2, ... of the ring that differs from all of `taken`; None if none does."""
    used = list(taken)
    for k in range(2 * len(used) + 2):
        candidate = ring((k + 1) // 2 * (1 if k % 2 else -1))
        if not any(ring.is_zero(candidate - x) for x in used):
            return candidate
    return None


def _coincidence(p: Mapping[str, Any], ring: Ring) -> str | None:
    for i, s in enumerate(p["s"]):
        for j, t in enumerate(p["t"]):
            if ring.is_zero(s - t):
                return f"the nodes s[{i}] and t[{j}] coincide (both are {s}); move one of them."
    return None


def _separated(p: Parameters, ring: Ring) -> Parameters:
    """Move nodes t that equal some s; in a field that s exhausts, first let all s be equal."""
    if _first_outside(p["s"], ring) is None:
        p["s"][:] = p["s"][0]
    for j, t in enumerate(p["t"]):
        if any(ring.is_zero(s - t) for s in p["s"]):
            p["t"][j] = _first_outside(p["s"], ring)
    return p


@dataclass(frozen=True, repr=False)
class Cauchy(Rectangular):
    """M[i, j] = 1 / (s[i] - t[j]); no s[i] may equal a t[j].

    >>> from ldrtheory import QQ
    >>> Cauchy(2).entries({"s": [1, 2], "t": [0, 5]}, QQ).tolist()
    [[1, -1/4], [1/2, -1/3]]
    """

    def slots(self) -> tuple[Slot, ...]:
        m, n = self.shape
        return Slot("s", (m,), "the nodes of the rows"), Slot("t", (n,), "the nodes of the columns")

    def refusal(self, p: Mapping[str, Any], ring: Ring) -> str | None:
        return _coincidence(p, ring)

    def repaired(self, p: Parameters, ring: Ring) -> Parameters:
        return _separated(p, ring)

    def entries(self, p: Mapping[str, Any], ring: Ring) -> Array:
        return matrix(*self.shape, lambda i, j: ring.inverse(ring(p["s"][i] - p["t"][j])))

    def structures(
        self, p: Mapping[str, Any], ring: Ring, corners: tuple[Any, Any] = CORNERS
    ) -> tuple[Structure, ...]:
        m, n = self.shape
        ones = columns(ring, n, [ring.one] * n)
        return (
            Structure(
                "Sylvester (D_s, D_t)",
                1,
                lambda: Sylvester(diagonal(p["s"]), diagonal(p["t"])),
                lambda: (columns(ring, m, [ring.one] * m), ones),
            ),
            Structure(
                "Stein (D_s^-1, D_t)",
                1,
                lambda: Stein(diagonal([ring.inverse(s) for s in p["s"]]), diagonal(p["t"])),
                lambda: (columns(ring, m, [ring.inverse(s) for s in p["s"]]), ones),
                requires="s_i != 0",
            ),
        )


@dataclass(frozen=True, repr=False)
class Loewner(Rectangular):
    """M[i, j] = (u[i] - v[j]) / (s[i] - t[j]); no s[i] may equal a t[j].

    >>> from ldrtheory import QQ
    >>> Loewner(2).entries({"s": [1, 2], "t": [0, 3], "u": [1, 4], "v": [0, 9]}, QQ).tolist()
    [[1, 4], [2, 5]]
    """

    def slots(self) -> tuple[Slot, ...]:
        m, n = self.shape
        return (
            Slot("s", (m,), "the nodes of the rows"),
            Slot("t", (n,), "the nodes of the columns"),
            Slot("u", (m,), "the values at the nodes of the rows"),
            Slot("v", (n,), "the values at the nodes of the columns"),
        )

    def refusal(self, p: Mapping[str, Any], ring: Ring) -> str | None:
        return _coincidence(p, ring)

    def repaired(self, p: Parameters, ring: Ring) -> Parameters:
        return _separated(p, ring)

    def entries(self, p: Mapping[str, Any], ring: Ring) -> Array:
        return matrix(
            *self.shape, lambda i, j: (p["u"][i] - p["v"][j]) * ring.inverse(ring(p["s"][i] - p["t"][j]))
        )

    def structures(
        self, p: Mapping[str, Any], ring: Ring, corners: tuple[Any, Any] = CORNERS
    ) -> tuple[Structure, ...]:
        m, n = self.shape
        return (
            Structure(
                "Sylvester (D_s, D_t)",
                2,
                lambda: Sylvester(diagonal(p["s"]), diagonal(p["t"])),
                lambda: (
                    columns(ring, m, p["u"], [ring.one] * m),
                    columns(ring, n, [ring.one] * n, [-v for v in p["v"]]),
                ),
            ),
        )


@dataclass(frozen=True, repr=False)
class Pick(Square):
    """M[i, j] = (x[i] x[j] - y[i] y[j]) / (1 - z[i] z[j]); no z[i] z[j] may be 1 (i = j included).

    >>> from ldrtheory import QQ
    >>> Pick(2).entries({"x": [1, 2], "y": [0, 1], "z": [0, 2]}, QQ).tolist()
    [[1, 2], [2, -1]]
    """

    def slots(self) -> tuple[Slot, ...]:
        return (
            Slot("x", (self.n,), "the first generator"),
            Slot("y", (self.n,), "the second generator"),
            Slot("z", (self.n,), "the nodes, with no product equal to 1"),
        )

    def refusal(self, p: Mapping[str, Any], ring: Ring) -> str | None:
        for i, z in enumerate(p["z"]):
            for j in range(i + 1):
                if ring.is_zero(z * p["z"][j] - ring.one):
                    return f"z[{j}] z[{i}] = 1 (z[{j}] = {p['z'][j]}, z[{i}] = {z}); move one of these nodes."
        return None

    def repaired(self, p: Parameters, ring: Ring) -> Parameters:
        z = p["z"]
        for i in range(self.n):
            if any(ring.is_zero(z[i] * z[j] - ring.one) for j in range(i + 1)):
                z[i] = ring.zero
        return p

    def entries(self, p: Mapping[str, Any], ring: Ring) -> Array:
        x, y, z = p["x"], p["y"], p["z"]
        return matrix(
            self.n,
            self.n,
            lambda i, j: (x[i] * x[j] - y[i] * y[j]) * ring.inverse(ring(ring.one - z[i] * z[j])),
        )

    def structures(
        self, p: Mapping[str, Any], ring: Ring, corners: tuple[Any, Any] = CORNERS
    ) -> tuple[Structure, ...]:
        n = self.n
        return (
            Structure(
                "Stein (D_z, D_z)",
                2,
                lambda: Stein(diagonal(p["z"]), diagonal(p["z"])),
                lambda: (
                    columns(ring, n, p["x"], p["y"]),
                    columns(ring, n, p["x"], [-y for y in p["y"]]),
                ),
            ),
        )
