"""Multiplies by fast algorithms, whose errors are bounded in norm: transforms, and reflections in blocks.

transform_map   the map of a family by transforms, or None where it has none
transform       registers one that is not the direct map with its Toeplitz factors convolved
chirps          a chirp of roots of unity
Trigonometric   DFT, DCT or DST: scipy.fft in floats, chirps in double-double
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

import numpy as np

from ldrtheory import families as f
from ldrtheory.families import Family
from ldrtheory.reference import maps
from ldrtheory.reference.cauchy import cauchy_sums
from ldrtheory.reference.chirps import RealPart, arc_powers, chirp
from ldrtheory.reference.convolution import by_transforms
from ldrtheory.reference.direct import Parameters, _vectors, acdc_chain, circulant, direct_map
from ldrtheory.reference.enclosures import Coefficients, enclosed
from ldrtheory.reference.kinds import Kind, Plain, Wide
from ldrtheory.reference.maps import Chain, Diagonal, LinearMap, Total
from ldrtheory.reference.progressions import coincidence, progression
from ldrtheory.reference.recurrences import BlockedReflections

MaybeMaker = Callable[[Any, Parameters], LinearMap | None]
_TRANSFORM: dict[type[Family], MaybeMaker] = {}
_CONVOLVED: tuple[type[Family], ...] = (
    f.Toeplitz,
    f.Hankel,
    f.ToeplitzPlusHankel,
    f.Circulant,
    f.FCirculant,
    f.ToeplitzProduct,
    f.TriangularToeplitzProduct,
    f.Bezoutian,
    f.DiagonalCirculant,
)


def transform(*classes: type[Family]) -> Callable[[MaybeMaker], MaybeMaker]:
    """Return a decorator that registers the map of the classes."""

    def register(maker: MaybeMaker) -> MaybeMaker:
        _TRANSFORM.update(dict.fromkeys(classes, maker))
        return maker

    return register


def transform_map(family: Family, parameters: Parameters) -> LinearMap | None:
    """Return the map of the member by transforms; None where there is none, or none that is stable."""
    if type(family) in _CONVOLVED:
        return by_transforms(direct_map(family, parameters))
    maker = _TRANSFORM.get(type(family))
    return None if maker is None else maker(family, parameters)


def has_transform(family: Family) -> bool:
    """Whether the family has a multiply by transforms."""
    return type(family) in _CONVOLVED or type(family) in _TRANSFORM


def chirps(n: int, rows: tuple[int, int], columns: tuple[int, int], period: int, turn: int = 0) -> Chain:
    """Return exp(2 pi i ((s i + a) (t j + b) - turn / 2) / period) for rows = (s, a) and columns = (t, b).

    turn: half of `period` takes the imaginary part to the real part.
    """
    (s, a), (t, b) = rows, columns
    parts = s * t, s * b, a * t, a * b - Fraction(turn, 2)
    return chirp((n, n), *(Fraction(q) / period for q in parts))


PLACES = {
    ("dct", 1): ((1, 0), (1, 0)),
    ("dct", 2): ((1, 0), (2, 1)),
    ("dct", 3): ((2, 1), (1, 0)),
    ("dct", 4): ((2, 1), (2, 1)),
    ("dst", 1): ((1, 1), (1, 1)),
    ("dst", 2): ((1, 1), (2, 1)),
    ("dst", 3): ((2, 1), (1, 1)),
    ("dst", 4): ((2, 1), (2, 1)),
}


@dataclass(frozen=True)
class Trigonometric(LinearMap):
    """The DFT, or a cosine or sine transform of a type; `exact` is the same matrix by chirps."""

    name: str
    type: int
    exact: LinearMap

    @property
    def shape(self) -> tuple[int, int]:
        return self.exact.shape

    @property
    def is_complex(self) -> bool:
        return self.name in ("fft", "ifft")

    def apply(self, kind: Kind, x: Any) -> Any:
        if isinstance(kind, Wide):
            return self.exact.apply(kind, x)
        if not isinstance(kind, Plain):
            raise TypeError(
                "a transform has no running error bound; its error is bounded against double-double"
            )
        import scipy.fft

        if self.name == "fft":
            return scipy.fft.fft(x)
        if self.name == "ifft":
            return scipy.fft.ifft(x, norm="forward")
        y = getattr(scipy.fft, self.name)(x, type=self.type)
        sign = np.where(np.arange(x.shape[1]) % 2, -1, 1).astype(x.real.dtype)
        if (self.name, self.type) in (("dct", 1), ("dct", 3)):  # scipy doubles every column but the first
            y = y + x[:, :1]
        if (self.name, self.type) in (("dct", 1), ("dst", 3)):  # ... and here the last
            y = y + x[:, -1:] * sign
        return y * x.real.dtype.type(0.5)

    def conjugate(self) -> Trigonometric:
        other = {"fft": "ifft", "ifft": "fft"}.get(self.name, self.name)
        return Trigonometric(other, self.type, self.exact.conjugate())

    def transpose(self) -> Trigonometric:
        return replace(self, type={2: 3, 3: 2}.get(self.type, self.type), exact=self.exact.transpose())


@transform(f.DFT)
def _dft(family: f.DFT, p: Parameters) -> LinearMap:
    return Trigonometric("fft", 1, chirps(family.n, (1, 0), (1, 0), family.n).conjugate())


def cosines(family: f.DCT | f.DST) -> Trigonometric:
    """Return a cosine or sine transform."""
    name, period = type(family).__name__.lower(), family._period
    turn = period // 2 if name == "dst" else 0
    return Trigonometric(
        name, family.type, RealPart(chirps(family.n, *PLACES[name, family.type], period, turn))
    )


@transform(f.DCT, f.DST)
def _trigonometric(family: f.DCT | f.DST, p: Parameters) -> LinearMap:
    return cosines(family)


@transform(f.ACDC)
def _acdc(family: f.ACDC, p: Parameters) -> LinearMap:
    return acdc_chain(family, p, cosines(f.DCT(family.n, 2)))


@transform(f.Vandermonde)
def _vandermonde(family: f.Vandermonde, p: Parameters) -> LinearMap | None:
    """By chirps near an arc of the unit circle; scipy.fft in floats where the arc is all roots of unity, in order."""
    found = arc_powers(family, p)
    if found is None:
        return None
    start, step, powers, expanded = found
    m, n = family.shape
    if m == n and start == 0 and abs(step) == Fraction(1, n):
        powers = Trigonometric("fft" if step < 0 else "ifft", 1, powers)
    return expanded(powers)


@transform(f.Cauchy)
def _cauchy(family: f.Cauchy, p: Parameters) -> LinearMap | None:
    """A convolution where the nodes are progressions of one step, or of opposite steps; else sums, for real nodes."""
    coincidence(family, p)
    found = progression(family, p)
    return cauchy_sums(p) if found is None else by_transforms(found)


@transform(f.ToeplitzLike)
def _toeplitz_like(family: f.ToeplitzLike, p: Parameters) -> LinearMap:
    """M = 1/2 sum over j of C(g_j) T(h_j), C a circulant, T[k, i] = h[n-1-k+i] for i <= k and -h[i-k-1] above."""
    n, terms = family.n, []
    for g, h in zip(p["G"].T, p["H"].T):
        T = maps.Toeplitz(Coefficients(np.concatenate([-h[: n - 1][::-1], h[::-1]])), n)
        terms.append(Chain((T, circulant(g))))
    return by_transforms(Chain((Total(tuple(terms)), Diagonal(Coefficients(np.full(n, 0.5))))))


@transform(f.Householder)
def _householder(family: f.Householder, p: Parameters) -> LinearMap:
    return BlockedReflections(direct_map(family, p))  # type: ignore[arg-type]


@transform(f.SubdiagonalLDR)
def _subdiagonal_ldr(family: f.SubdiagonalLDR, p: Parameters) -> LinearMap | None:
    """M = D sum over j of K(Z_a, D^-1 g_j) K(Z_b^T, E h_j)^T E^-1, A = D Z_a D^-1 and B = E Z_b E^-1.

    D[i] = A[0] ... A[i-1], a = A[0] ... A[n-1]; the two Krylov matrices are a Toeplitz and a Hankel matrix.  None
    where a scaling divides by zero or its condition exceeds SCALING.
    """
    n, r = family.n, family.rank
    (condition_D, condition_E) = scaling_conditions(p)
    if not condition_D * condition_E <= SCALING:
        return None

    def make(q: Any, ring: Any) -> list[Any]:
        D, E = [ring.one], [ring.one]
        for i in range(n):
            D.append(D[-1] * q["A"][i])
            E.append(E[-1] * q["B"][i])
        a, b = D.pop(), E.pop()
        scale = ring.one if family.krylov else ring.inverse(a - b)
        made = [[x * scale for x in D], [ring.inverse(x) for x in E]]
        for j in range(r):
            v = [q["G"][i, j] * ring.inverse(D[i]) for i in range(n)]
            w = [q["H"][i, j] * E[i] for i in range(n)]
            made += [[x * a for x in v[1:]] + v, w + [x * b for x in w[: n - 1]]]
        return _vectors(*made)

    left, right, *kernels = enclosed(family, p, make)
    terms = []
    for v, w in zip(kernels[::2], kernels[1::2]):
        # a Hankel matrix is Toeplitz after a reversal; reversed on both sides, a Toeplitz matrix is its transpose
        T = maps.Toeplitz(w, n)
        terms.append(Chain((T if family.krylov else T.transpose(), maps.Toeplitz(v, n))))
    first = (Diagonal(right), maps.reversal(n)) if family.krylov else (Diagonal(right),)
    return by_transforms(Chain((*first, Total(tuple(terms)), Diagonal(left))))


SCALING = 2.0**8  # scalings of this condition together cost up to 8 bits


def scaling_conditions(p: Parameters) -> tuple[float, float]:
    """Return the conditions max |D| / min |D| of the two scalings; infinite where one divides by zero."""
    out = []
    for name in "AB":
        with np.errstate(all="ignore"):
            logs = np.concatenate([[0.0], np.cumsum(np.log2(np.abs(p[name][:-1])))])
            spread = float(logs.max() - logs.min()) if np.isfinite(logs).all() else np.inf
        out.append(2.0**spread if spread < 1000 else np.inf)
    return out[0], out[1]
