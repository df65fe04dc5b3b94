"""Products of butterfly factors, over any ring.

factor      ButterflyFactor(bit, diagonal, offdiagonal): two vectors; identity_factor
pattern     the order of the bits in B, B*, BB* and B*B
product     KaleidoscopeProduct: a list of factors in order of application, with the corner that is read
document    the JSON form of a product
"""

from ldrtheory.kaleidoscopes.factor import ButterflyFactor, identity_factor
from ldrtheory.kaleidoscopes.pattern import KINDS, bit_pattern, levels, power_of_two
from ldrtheory.kaleidoscopes.product import KaleidoscopeProduct

__all__ = [
    "KINDS",
    "ButterflyFactor",
    "KaleidoscopeProduct",
    "bit_pattern",
    "identity_factor",
    "levels",
    "power_of_two",
]
