"""The map by which a family multiplies directly: registered for the family, or its entries.

direct_map      the map of a family with float parameters
direct          registers the map of a family

A family without a map of its own is multiplied by its entries, so every family has a reference multiply at once.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

import numpy as np
from flint import acb_mat

from ldrtheory import families as f
from ldrtheory.errors import NotInvertible
from ldrtheory.families import Family
from ldrtheory.families.butterfly import Factored
from ldrtheory.linalg import Array, matmul, transpose
from ldrtheory.reference import maps
from ldrtheory.reference.blocks import Blocks
from ldrtheory.reference.butterflies import Couple, Couples, Hadamard
from ldrtheory.reference.enclosures import Coefficients, enclosed, enclosed_entries
from ldrtheory.reference.maps import Chain, DenseMap, Diagonal, LinearMap, Total
from ldrtheory.reference.recurrences import Cyclic, PowerSum, Reflections
from ldrtheory.rings import Ring

Parameters = Mapping[str, np.ndarray]
Maker = Callable[[Any, Parameters], LinearMap]
_DIRECT: dict[type[Family], Maker] = {}


def direct(*classes: type[Family]) -> Callable[[Maker], Maker]:
    """Return a decorator that registers the map of the classes."""

    def register(maker: Maker) -> Maker:
        _DIRECT.update(dict.fromkeys(classes, maker))
        return maker

    return register


def direct_map(family: Family, parameters: Parameters) -> LinearMap:
    """Return the map of the member."""
    return _DIRECT.get(type(family), entries_map)(family, parameters)


def entries_map(family: Family, parameters: Parameters) -> DenseMap:
    """Return the member as a dense matrix, its entries made over balls."""
    return DenseMap(enclosed_entries(family, parameters).through(np.transpose))


def _vectors(*arrays: Any) -> list[Array]:
    return [np.asarray(a, dtype=object) for a in arrays]


@direct(f.Toeplitz)
def _toeplitz(family: f.Toeplitz, p: Parameters) -> LinearMap:
    return maps.Toeplitz(Coefficients(p["t"]), family.shape[1])


@direct(f.Hankel)
def _hankel(family: f.Hankel, p: Parameters) -> LinearMap:
    n = family.shape[1]
    return Chain((maps.reversal(n), maps.Toeplitz(Coefficients(p["h"]), n)))


@direct(f.ToeplitzPlusHankel)
def _toeplitz_plus_hankel(family: f.ToeplitzPlusHankel, p: Parameters) -> LinearMap:
    return Total((_toeplitz(family, p), _hankel(family, p)))  # type: ignore[arg-type]


@direct(f.Circulant)
def _circulant(family: f.Circulant, p: Parameters) -> LinearMap:
    return circulant(p["c"])


def circulant(c: np.ndarray) -> maps.Toeplitz:
    """Return the circulant with the first column c."""
    return maps.Toeplitz(Coefficients(np.concatenate([c[1:], c])), len(c))


@direct(f.FCirculant)
def _f_circulant(family: f.FCirculant, p: Parameters) -> LinearMap:
    (t,) = enclosed(
        family, p, lambda q, ring: _vectors([c * ring(family.f) for c in q["c"][1:]] + list(q["c"]))
    )
    return maps.Toeplitz(t, family.n)


@direct(f.LowRank)
def _low_rank(family: f.LowRank, p: Parameters) -> LinearMap:
    return Chain((DenseMap(Coefficients(p["V"])), DenseMap(Coefficients(p["U"].T.copy()))))


@direct(f.Dense)
def _dense(family: f.Dense, p: Parameters) -> LinearMap:
    return DenseMap(Coefficients(np.ascontiguousarray(p["M"].T)))


@direct(f.ToeplitzProduct)
def _toeplitz_product(family: f.ToeplitzProduct, p: Parameters) -> LinearMap:
    names = [slot.name for slot in family.slots()]
    return Chain(tuple(maps.Toeplitz(Coefficients(p[name]), family.n) for name in reversed(names)))


@direct(f.TriangularToeplitzProduct)
def _triangular_toeplitz_product(family: f.TriangularToeplitzProduct, p: Parameters) -> LinearMap:
    zeros = np.zeros(family.n - 1)
    U = Coefficients(np.concatenate([p["u"][::-1], zeros]))
    L = Coefficients(np.concatenate([zeros, p["l"]]))
    return Chain((maps.Toeplitz(U, family.n), maps.Toeplitz(L, family.n)))


@direct(f.Bezoutian)
def _bezoutian(family: f.Bezoutian, p: Parameters) -> LinearMap:
    """M = L_b U_a - L_a U_b, L_b[i, k] = b[i - k] for k <= i, U_a[k, j] = a[j + k + 1] for j + k < n."""
    n, a, b = family.n, p["a"], p["b"]
    zeros = np.zeros(n - 1)

    def product(lower: np.ndarray, upper: np.ndarray) -> LinearMap:
        hankel = maps.Toeplitz(Coefficients(np.concatenate([upper[1:], zeros])), n)
        return Chain(
            (maps.reversal(n), hankel, maps.Toeplitz(Coefficients(np.concatenate([zeros, lower[:n]])), n))
        )

    return Total((product(b, a), product(-a, b)))


@direct(f.DiagonalCirculant)
def _diagonal_circulant(family: f.DiagonalCirculant, p: Parameters) -> LinearMap:
    steps: list[LinearMap] = []
    for k in reversed(range(family.factors)):
        steps += [circulant(p["c"][k]), Diagonal(Coefficients(p["d"][k]))]
    return Chain(tuple(steps))


@direct(f.DFT)
def _dft(family: f.DFT, p: Parameters) -> LinearMap:
    M = enclosed_entries(family, p)  # symmetric, and complex also for n = 1 and 2
    return DenseMap(Coefficients(M.high.astype(np.complex128), M.low.astype(np.complex128), M.absolute))


@direct(f.WalshHadamard)
def _walsh_hadamard(family: f.WalshHadamard, p: Parameters) -> LinearMap:
    return Hadamard(family.n)


@direct(f.ACDC)
def _acdc(family: f.ACDC, p: Parameters) -> LinearMap:
    C = entries_map(f.DCT(family.n, 2), {})
    return acdc_chain(family, p, C)


def acdc_chain(family: f.ACDC, p: Parameters, C: LinearMap) -> Chain:
    """Return diag(a) C diag(d) C^T diag(1/n, 2/n, ..., 2/n) with the given cosine transform C."""
    n, weights = family.n, (Fraction(1, family.n), Fraction(2, family.n))
    (w,) = enclosed(family, {}, lambda q, ring: _vectors([ring(weights[i > 0]) for i in range(n)]))
    d, a = (Diagonal(Coefficients(p[name])) for name in "da")
    return Chain((Diagonal(w), C.transpose(), d, C, a))


@direct(f.InverseToeplitz)
def _inverse_toeplitz(family: f.InverseToeplitz, p: Parameters) -> LinearMap:
    """The entries, the inverse taken by elimination over balls."""

    def make(q: Mapping[str, Any], ring: Ring) -> list[Array]:
        T = f.Toeplitz(family.n).entries(q, ring)
        try:
            inverse = acb_mat(T.tolist()).inv()
        except ZeroDivisionError:
            raise NotInvertible("the balls do not exclude a singular matrix") from None
        return _vectors(inverse.tolist())

    (M,) = enclosed(family, p, make)
    return DenseMap(M.through(np.transpose))


@direct(f.Butterfly, f.Kaleidoscope, f.OrthogonalKaleidoscope)
def _factored(family: Factored, p: Parameters) -> LinearMap:
    if isinstance(family, f.OrthogonalKaleidoscope):
        bits: list[int] = []

        def make(q: Mapping[str, Any], ring: Ring) -> list[Array]:
            product = family.product(q, ring)
            bits[:] = [factor.bit for factor in product.factors]
            return [v for factor in product.factors for v in (factor.diagonal, factor.offdiagonal)]

        made = enclosed(family, p, make)
        return Couples(tuple(Couple(b, d, o) for b, d, o in zip(bits, made[::2], made[1::2])))
    depth = p["diagonal"].shape[0]
    if isinstance(family, f.Kaleidoscope):
        levels = family.size.bit_length() - 1
        pattern = [*reversed(range(levels)), *range(levels)] * family.width
        size = family.size
    else:
        pattern, size = list(range(depth)), family.shape[0]
    product = Couples(
        tuple(
            Couple(b, Coefficients(p["diagonal"][t]), Coefficients(p["offdiagonal"][t]))
            for t, b in enumerate(pattern)
        )
    )
    n = family.shape[0]
    return product if size == n else Chain((maps.resized(size, n), product, maps.resized(n, size)))


@direct(f.BlockButterfly)
def _block_butterfly(family: f.BlockButterfly, p: Parameters) -> LinearMap:
    """Each factor: pairs of groups are brought together, multiplied by blocks of twice the size, and taken back."""
    n, k, groups = family.n, family.block, family.groups
    steps: list[LinearMap] = []
    for b in range(p["diagonal"].shape[0]):
        d, o = p["diagonal"][b], p["offdiagonal"][b]
        upper = [i for i in range(groups) if not i >> b & 1]
        order = [g for i in upper for g in (i, i ^ (1 << b))]
        together = maps.Selection(np.concatenate([np.arange(g * k, (g + 1) * k) for g in order]), n)
        table = np.stack([np.block([[d[i], o[i]], [o[i ^ (1 << b)], d[i ^ (1 << b)]]]).T for i in upper])
        steps += [together, Blocks(Coefficients(table)), together.transpose()]
    return Chain(tuple(steps))


@direct(f.Monarch)
def _monarch(family: f.Monarch, p: Parameters) -> LinearMap:
    m, q = family.block, family.groups
    swap = maps.Selection(np.arange(family.n).reshape(q, m).T.reshape(-1).copy(), family.n)
    return Chain(
        (
            Blocks(Coefficients(np.swapaxes(p["right"], 1, 2).copy())),
            swap,
            Blocks(Coefficients(np.swapaxes(p["left"], 1, 2).copy())),
            swap.transpose(),
        )
    )


@direct(f.Householder)
def _householder(family: f.Householder, p: Parameters) -> LinearMap:
    (scales,) = enclosed(
        family, p, lambda q, ring: _vectors([ring(2) * ring.inverse(sum(x * x for x in v)) for v in q["v"]])
    )
    return Reflections(Coefficients(p["v"]), scales)


@direct(f.ToeplitzLike)
def _toeplitz_like(family: f.ToeplitzLike, p: Parameters) -> LinearMap:
    n = family.n
    A, B = np.ones(n), np.ones(n)
    B[0] = -1
    powers = PowerSum(
        Cyclic(Coefficients(A)),
        Cyclic(Coefficients(B)),
        Coefficients(p["G"]),
        Coefficients(p["H"]),
        reverse=True,
    )
    return Chain((powers, Diagonal(Coefficients(np.full(n, 0.5)))))


@direct(f.SubdiagonalLDR)
def _subdiagonal_ldr(family: f.SubdiagonalLDR, p: Parameters) -> LinearMap:
    A, B = (Cyclic(Coefficients(np.roll(p[name], 1))) for name in "AB")
    powers = PowerSum(A, B, Coefficients(p["G"]), Coefficients(p["H"]), reverse=not family.krylov)
    if family.krylov:
        return powers

    def make(q: Mapping[str, Any], ring: Ring) -> list[Array]:
        a, b = ring.one, ring.one
        for x, y in zip(q["A"], q["B"]):
            a, b = a * x, b * y
        return _vectors([ring.inverse(a - b)] * family.n)

    (scale,) = enclosed(family, p, make)
    return Chain((powers, Diagonal(scale)))


@direct(f.TridiagonalLDR)
def _tridiagonal_ldr(family: f.TridiagonalLDR, p: Parameters) -> LinearMap:
    if not family.krylov:
        return _tridiagonal_sylvester(family, p)

    def operator(side: str) -> LinearMap:
        corners = p[f"{side}_corners"] if family.n >= 3 else np.zeros(2)
        below = np.concatenate([corners[:1], p[f"{side}_sub"]])
        above = np.concatenate([p[f"{side}_super"], corners[1:]])
        return Cyclic(Coefficients(below), Coefficients(p[f"{side}_main"]), Coefficients(above))

    return PowerSum(operator("A"), operator("B"), Coefficients(p["G"]), Coefficients(p["H"]))


def _tridiagonal_sylvester(family: f.TridiagonalLDR, p: Parameters) -> LinearMap:
    """The entries of M = -(sum over k of p_k sum of A^i R B^(k-1-i)) p(B)^-1, p = det(xI - A), in ball matrices."""

    def make(q: Mapping[str, Any], ring: Ring) -> list[Array]:
        A, B = (acb_mat(op.matrix(ring, family.n).tolist()) for op in family.operators(q))
        R = acb_mat(matmul(ring, q["G"], transpose(q["H"])).tolist())
        coefficients = list(A.charpoly().coeffs())
        coefficients += [ring.zero] * (family.n + 1 - len(coefficients))
        n = family.n
        identity = acb_mat([[ring.one if i == j else ring.zero for j in range(n)] for i in range(n)])
        term, total, at_B = R, R * coefficients[1], identity * coefficients[n]
        for c in reversed(coefficients[:n]):
            at_B = at_B * B + identity * c
        for c in coefficients[2:]:
            R = R * B
            term = A * term + R
            total = total + term * c
        try:
            M = -(total * at_B.inv())
        except ZeroDivisionError:
            raise NotInvertible("the balls do not exclude a common eigenvalue") from None
        return _vectors(M.tolist())

    (M,) = enclosed(family, p, make)
    return DenseMap(M.through(np.transpose))
