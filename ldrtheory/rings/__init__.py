"""Where numbers live. A ring makes and describes elements; the elements carry `+ - *` themselves.

exact               QQ, GF(p), BOOL (the Boolean semiring)
cyclotomic          Cyclotomic(N), GAUSSIAN = Cyclotomic(4)
rational_functions  RationalFunctions("f", ...), over sympy
numeric             FLOAT64, Balls(bits)
degrees, counting, support, roundings      facts derived from a construction: DEGREES, Counts(counter), ...
fields              ring_named("Q(zeta_8)"), ring_of(array)
"""

from ldrtheory.rings.counting import Counter, Counts
from ldrtheory.rings.cyclotomic import GAUSSIAN, Cyclotomic, CyclotomicField, CyclotomicNumber
from ldrtheory.rings.degrees import DEGREES, Degree
from ldrtheory.rings.exact import BOOL, GF, QQ, BooleanSemiring, PrimeField, RationalField
from ldrtheory.rings.fields import ring_named, ring_of
from ldrtheory.rings.numeric import FLOAT64, Balls
from ldrtheory.rings.rational_functions import RationalFunctions
from ldrtheory.rings.ring import Ring
from ldrtheory.rings.roundings import ROUNDINGS, Rounding
from ldrtheory.rings.support import SUPPORT, Support

__all__ = [
    "BOOL",
    "DEGREES",
    "FLOAT64",
    "GAUSSIAN",
    "GF",
    "QQ",
    "ROUNDINGS",
    "SUPPORT",
    "Balls",
    "BooleanSemiring",
    "Counter",
    "Counts",
    "Cyclotomic",
    "CyclotomicField",
    "CyclotomicNumber",
    "Degree",
    "PrimeField",
    "RationalField",
    "RationalFunctions",
    "Ring",
    "Rounding",
    "Support",
    "ring_named",
    "ring_of",
]
