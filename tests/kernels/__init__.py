"""Multiplies for the judge: correct ones, and mutants of them, each with one planted defect.

correct         CORRECT: kernels that conform
misread         MISREAD: kernels that conform under another convention, and which
mistaken        MISTAKEN: kernels that no convention explains, and a law that fails
"""
