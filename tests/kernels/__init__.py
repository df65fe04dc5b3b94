"""Multiplies for the judge: correct ones, and mutants of them, each with one planted defect.

correct         CORRECT: kernels that conform
misread         MISREAD: kernels that conform under another convention, and which
conventional    EXPLAINED: the same for what libraries ship and for two conventions at once; NEAR: kernels near these
large           LARGE: kernels that conform at large sizes; BEYOND: kernels that are wrong beyond 64
mistaken        MISTAKEN: kernels that no convention explains, and a law that fails
"""
