"""The laws of a multiply, each a function (bench, tally) that raises Broken where it fails.

values          the results against the exact ones: drawn, generic, special and integer cases
structure       linearity, batch equals loop, empty batch, transpose and adjoint
inputs          layouts, untouched inputs, dtype
numbers         scales, NaN and infinity
repeated        determinism, also where arrays change in place
calls           results that later calls leave alone
gradients       derivatives that the adapter offers
large           the results at sizes of hundreds
"""

from ldrtheory.conform.laws.law import LAWS, Law

__all__ = ["LAWS", "Law"]
