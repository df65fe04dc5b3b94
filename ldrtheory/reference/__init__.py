"""Multiplies that are ground truth: M x, M^T x and M^H x for every family, with a rigorous bound of their error.

multiplies      multiply, truth, bound, Reference: floats, double-double, and a bound of the floats' error
arguments       what may be asked for, read and checked
enclosures      what a family makes of its parameters, to 104 bits, over balls
numbers, kinds  the three kinds of numbers: plain, double-double, with a running error bound
maps, blocks, butterflies, recurrences, convolution     what a multiply is composed of
lines           numbers of a kind as the arrays of compiled code, and back
chirps, progressions, cauchy    Vandermonde and Cauchy matrices of nodes for which there is a stable fast multiply
direct, transforms      which composition a family has, by sums of products and by fast algorithms
wide_error      what the double-double product by transforms may err
kernels         the compiled code; numba is loaded with the first product
"""

from ldrtheory.reference.multiplies import Reference, bound, multiply, reference, truth

__all__ = ["Reference", "bound", "multiply", "reference", "truth"]
