"""The compiled kernels: the only package that loads numba, and only when one of its modules is imported.

compile_cache   machine code that is never stale
streaming       residual rows modulo 29-bit primes, and the test of bordered minors
blocks          blocked elimination modulo small primes

Modules here import numpy, numba and each other, nothing else of ours: the cache is named by a hash of this folder.
"""
