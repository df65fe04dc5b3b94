"""Producers of evidence: they may be clever and fast, for the checker decides.

rank            exact displacement rank with pivots, generators or kernel vectors as evidence
rank_*          its parts: entries, operators, residual, and one module per route
distance        numerical rank: two-sided proofs for a tolerance; distance_class: distance to a displacement class
distance_*      their parts: numbers, entries, residual, deflation, spectrum, evidence
separation      bounds on the singular values of a displacement operator, by rules with proofs
kernels         the compiled kernels (the only modules that load numba)
"""
