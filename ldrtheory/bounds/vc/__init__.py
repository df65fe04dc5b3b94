"""Vapnik-Chervonenkis dimension of planned networks, bounded from both sides.

growth      sign patterns of polynomials, in integers
steps       a network as the counting of sign patterns sees it
upper       upper bounds
"""
