"""Universal approximation by networks of low displacement rank, as far as a program can decide it.

universality    every vector as a column of a matrix of displacement rank at most 1: the construction
columns         its values, and what certifies them
exhaustion      one column over a small finite field, decided by running through all h
hypotheses      the hypotheses of the published theorem, decided for given operators
verdicts        what a verdict is, and its level
embedding       a one-hidden-layer network inside a network of structured blocks, certified equal
error_bounds    the constants of the cited error bounds, and parameter counts
experiment      observed: a target fitted by blocks, its error beside the bound
forms           how many eigenvalues are real and positive, from traces of powers
polynomials     divisors and power series that the constructions ask for
"""
