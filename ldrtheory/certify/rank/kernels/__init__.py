"""The compiled kernels: the only package that loads numba, and only when one of its modules is imported.

decode          stored numbers as limbs
residues        rows of M and L modulo 29-bit primes
streaming       the test of bordered minors over ranges of rows
blocks          blocked elimination modulo small primes

Modules here import numpy, numba, ldrtheory.compile_cache and each other, nothing else of ours: the cache is named by a
hash of this folder.
"""
