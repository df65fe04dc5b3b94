"""The generic dimension of a structured class, bounded from both sides.

answer          dimension(family): the answer with what each side rests on
formulas        the dimension as a formula in the sizes
recording       the parametrisation as a straight-line program
modular         its Jacobian at a point modulo a prime
certificate     the lower bound as a certificate
gauges          directions that change no entry; reflections and words hold identities behind some of them
symbolic        proofs that a direction changes no entry
upper           upper bounds
learned         the Jacobian of classes given by generators at size
"""

from ldrtheory.bounds.dimension.answer import DimensionAnswer, Redundancy, dimension
from ldrtheory.bounds.dimension.formulas import formula

__all__ = ["DimensionAnswer", "Redundancy", "dimension", "formula"]
