"""Products of butterfly factors, over any ring.

factor      ButterflyFactor(bit, diagonal, offdiagonal): two vectors; identity_factor
pattern     the order of the bits in B, B*, BB* and B*B
product     KaleidoscopeProduct: a list of factors in order of application, with the corner that is read
document    the JSON form of a product
deformable  supports I_a (x) 1_(b x c) (x) I_d and their chaining rule
"""

from ldrtheory.kaleidoscopes.deformable import DeformablePattern, butterfly_pattern, monarch_patterns
from ldrtheory.kaleidoscopes.factor import ButterflyFactor, identity_factor
from ldrtheory.kaleidoscopes.pattern import KINDS, bit_pattern, levels, power_of_two
from ldrtheory.kaleidoscopes.product import KaleidoscopeProduct

__all__ = [
    "KINDS",
    "ButterflyFactor",
    "DeformablePattern",
    "KaleidoscopeProduct",
    "bit_pattern",
    "butterfly_pattern",
    "identity_factor",
    "levels",
    "monarch_patterns",
    "power_of_two",
]
