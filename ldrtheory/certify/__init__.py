"""Producers of evidence: they may be clever and fast, for the checker decides.

rank            exact displacement rank with pivots, generators or kernel vectors as evidence
rank_*          its parts: entries, operators, residual, and one module per route
kernels         the compiled kernels (the only modules that load numba)
"""
