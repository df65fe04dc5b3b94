"""The exact displacement rank of a matrix, with evidence.

decide                                      rank_evidence, quick_rank: the public calls, and which route answers
flint_route, modular_route, lll_route       the routes that can be forced
large, kernel_vectors                       full and nearly full rank
entries, operators, residual, prepare       the matrix, the operators and L as integers or modulo a prime
decision, evidence, limits, quick           what was decided, what a certificate needs, time limits, random primes
kernels                                     compiled code: the only modules that load numba
"""
