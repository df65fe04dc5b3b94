"""The compiled kernels of the reference multiplies; numba is loaded when one of the modules is imported.

errorfree   sums and products of two doubles without error, and double-double numbers made of them
dense       matrices times vectors: floats, floats with a running error bound, double-double
elementwise         sums and products of double-double numbers
vectors     short vectors of numbers, for what the compiler does not vectorise by itself
lines       arrays of numbers, read and written a vector at a time, and sums in the order of `dense`
fourier     cyclic convolutions by transforms of length 2^k
butterflies         butterfly factors, the Walsh-Hadamard transform
cauchy      sums of quotients
recurrences         sums of powers of operators with three cyclic diagonals
reflections         Householder reflections

Never fastmath: the error-free transformations and the bounds hold for the operations in the order written.
"""
# mypy: disable-error-code="no-untyped-def,assignment,no-untyped-call"
