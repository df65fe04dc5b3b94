"""Structured matrices, exactly: displacement ranks, kaleidoscopes, dimensions, bounds, counterexamples, kernels.

verify, check, build, dimension, overview, hunt     what the commands do, in Python
conform, reference, strategies, synthesis, theorems, ...    packages with names of their own

The public names load on first use, so that `import ldrtheory` is cheap; `dir(ldrtheory)` lists them all.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

__version__ = "0.1.0"

_HOME = {
    "ldrtheory.rings": [
        "BOOL", "DEGREES", "FLOAT64", "GAUSSIAN", "GF", "QQ", "ROUNDINGS", "SUPPORT",
        "Balls", "Counter", "Counts", "Cyclotomic", "RationalFunctions", "Ring",
    ],
    "ldrtheory.operators": [
        "Generated", "Operator", "Stein", "Sylvester", "blocks", "dense", "diagonal", "displace",
        "displacement_rank", "generated", "generators", "identity", "invertibility", "is_invertible",
        "kernel_dimension", "kernel_element", "krylov", "krylov_form", "krylov_residual",
        "operator_determinant", "parse_operator", "path", "recover", "shift", "subdiagonal", "to_stein",
        "to_sylvester", "tridiagonal", "zero",
    ],
    "ldrtheory.families": [
        "ACDC", "DCT", "DFT", "DST", "FAMILIES", "Bezoutian", "BlockButterfly", "Butterfly", "Cauchy",
        "ChebyshevVandermonde", "Circulant", "Companion", "ConfluentVandermonde", "Dense",
        "DiagonalCirculant", "FCirculant", "Family", "Hankel", "Householder", "InverseToeplitz",
        "Kaleidoscope", "Loewner", "LowRank", "Member", "Monarch", "OrthogonalKaleidoscope", "Pick",
        "PolynomialVandermonde", "Resultant", "SubdiagonalLDR", "Toeplitz", "ToeplitzLike",
        "ToeplitzPlusHankel", "ToeplitzProduct", "TriangularToeplitzProduct", "TridiagonalLDR", "Vandermonde",
        "WalshHadamard", "cost", "degree", "parameter_count", "parse_family", "support",
    ],
    "ldrtheory.kaleidoscopes": ["ButterflyFactor", "KaleidoscopeProduct"],
    "ldrtheory.claims": ["Certificate", "Level"],
    "ldrtheory.errors": [
        "BadInput", "LdrTheoryError", "NotInRing", "NotInvertible", "ShapeMismatch", "Undecided", "UnknownName",
    ],
    "ldrtheory.subjects": ["Subject", "read_subject"],
    "ldrtheory.judge": ["check"],
    "ldrtheory.bounds.derived": ["describe"],
    "ldrtheory.bounds.dimension": ["dimension"],
    "ldrtheory.verification": ["verify"],
    "ldrtheory.building": ["BuildAnswer", "build"],
    "ldrtheory.bounds.architecture": ["read_architecture"],
    "ldrtheory.bounds.layers": ["LSTM", "Attention", "Convolution", "Layer", "Linear", "Recurrent"],
    "ldrtheory.bounds.network": ["Network"],
    "ldrtheory.bounds.overview": ["overview"],
    "ldrtheory.strategies": ["members"],
    "ldrtheory.hunting": ["HuntAnswer", "conjecture", "hunt"],
}  # fmt: skip
_MODULE = {name: module for module, names in _HOME.items() for name in names}
_PACKAGES = frozenset(
    {
        "bounds", "conform", "families", "hunting", "kaleidoscopes", "operators", "reference", "rings",
        "strategies", "synthesis", "theorems",
    }
)  # fmt: skip

__all__ = sorted([*_MODULE, *_PACKAGES, "__version__"])  # noqa: PLE0605


def __getattr__(name: str) -> Any:
    if name in _PACKAGES:
        return import_module(f"ldrtheory.{name}")
    if name not in _MODULE:
        raise AttributeError(f"module 'ldrtheory' has no attribute {name!r}")
    value = getattr(import_module(_MODULE[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
