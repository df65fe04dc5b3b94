"""Vapnik-Chervonenkis dimension of planned networks, bounded from both sides.

growth      sign patterns of polynomials, in integers
steps       a network as the counting of sign patterns sees it
upper       upper bounds
rows, path  which rows a structured matrix can have; how one number passes through a network
forward, program    the function of a network, over any ring and as a straight-line program
shattering  points of which a class shows every labelling
lower, search       lower bounds, by construction and by a seeded search
"""
