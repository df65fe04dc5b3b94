"""Producers of evidence: they may be clever and fast, for the checker decides.

rank        exact displacement rank with pivots, generators or kernel vectors as evidence
distance    two-sided proofs for a tolerance, and the distance to a displacement class
equality    equalities, products and operator claims
kaleidoscopes   equalities of kaleidoscopes, circuits and permutations; membership in B, B*, BB*
structures  the structures of families, at random members
instances   seeded random instances for theorem files
"""
