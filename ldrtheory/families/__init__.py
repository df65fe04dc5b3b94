"""Structured classes: each a frozen dataclass of sizes, written once.

toeplitz            Toeplitz, Hankel, ToeplitzPlusHankel
circulant           Circulant, FCirculant
vandermonde         Vandermonde, ConfluentVandermonde, PolynomialVandermonde, ChebyshevVandermonde
cauchy              Cauchy, Loewner, Pick
polynomials         Bezoutian, Resultant, Companion
low_rank            Dense, LowRank
transforms          DFT, WalshHadamard
trigonometric       DCT, DST
toeplitz_like       ToeplitzLike
ldr                 SubdiagonalLDR, TridiagonalLDR
toeplitz_algebra    InverseToeplitz, ToeplitzProduct, TriangularToeplitzProduct
acdc                ACDC
butterfly           Butterfly, BlockButterfly
kaleidoscope        Kaleidoscope, OrthogonalKaleidoscope
monarch             Monarch
diagonal_circulant  DiagonalCirculant
householder         Householder
family, structure   what a family supplies, and its displacement structures
member              a family with parameters
catalogue           families by name
derived             parameter_count, degree, support, cost

A new family is one file, its import here, and a page of the documentation.
"""

from inspect import isabstract

from ldrtheory.families.acdc import ACDC
from ldrtheory.families.butterfly import BlockButterfly, Butterfly
from ldrtheory.families.catalogue import FAMILIES, family_named, parse_family
from ldrtheory.families.cauchy import Cauchy, Loewner, Pick
from ldrtheory.families.circulant import Circulant, FCirculant
from ldrtheory.families.derived import cost, degree, parameter_count, support
from ldrtheory.families.diagonal_circulant import DiagonalCirculant
from ldrtheory.families.family import Family, Rectangular, Slot, Square
from ldrtheory.families.householder import Householder
from ldrtheory.families.kaleidoscope import Kaleidoscope, OrthogonalKaleidoscope
from ldrtheory.families.ldr import SubdiagonalLDR, TridiagonalLDR
from ldrtheory.families.low_rank import Dense, LowRank
from ldrtheory.families.member import Member
from ldrtheory.families.monarch import Monarch
from ldrtheory.families.polynomials import Bezoutian, Companion, Resultant
from ldrtheory.families.structure import Structure
from ldrtheory.families.toeplitz import Hankel, Toeplitz, ToeplitzPlusHankel
from ldrtheory.families.toeplitz_algebra import InverseToeplitz, ToeplitzProduct, TriangularToeplitzProduct
from ldrtheory.families.toeplitz_like import ToeplitzLike
from ldrtheory.families.transforms import DFT, WalshHadamard
from ldrtheory.families.trigonometric import DCT, DST
from ldrtheory.families.vandermonde import (
    ChebyshevVandermonde,
    ConfluentVandermonde,
    PolynomialVandermonde,
    Vandermonde,
)

for _value in list(globals().values()):
    if isinstance(_value, type) and issubclass(_value, Family) and not isabstract(_value):
        FAMILIES[_value.__name__] = _value

__all__ = [
    "ACDC",
    "DCT",
    "DFT",
    "DST",
    "FAMILIES",
    "Bezoutian",
    "BlockButterfly",
    "Butterfly",
    "Cauchy",
    "ChebyshevVandermonde",
    "Circulant",
    "Companion",
    "ConfluentVandermonde",
    "Dense",
    "DiagonalCirculant",
    "FCirculant",
    "Family",
    "Hankel",
    "Householder",
    "InverseToeplitz",
    "Kaleidoscope",
    "Loewner",
    "LowRank",
    "Member",
    "Monarch",
    "OrthogonalKaleidoscope",
    "Pick",
    "PolynomialVandermonde",
    "Rectangular",
    "Resultant",
    "Slot",
    "Square",
    "Structure",
    "SubdiagonalLDR",
    "Toeplitz",
    "ToeplitzLike",
    "ToeplitzPlusHankel",
    "ToeplitzProduct",
    "TriangularToeplitzProduct",
    "TridiagonalLDR",
    "Vandermonde",
    "WalshHadamard",
    "cost",
    "degree",
    "family_named",
    "parameter_count",
    "parse_family",
    "support",
]
