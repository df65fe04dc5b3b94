"""Points that structured layers shatter."""

from ldrtheory.bounds.layers import Linear
from ldrtheory.bounds.network import Network
from ldrtheory.bounds.vc.certificate import lower_statement
from ldrtheory.bounds.vc.lower import lower_bound
from ldrtheory.families import Circulant, Dense, Hankel, SubdiagonalLDR, Toeplitz, ToeplitzLike

statement = """A network of a structured layer of size n in which every vector is a row, an activation relu,
and one output has VC dimension at least n + 1: circulant, Toeplitz, Hankel, Toeplitz-like and learned
subdiagonal layers."""
hypotheses = """Real parameters, biases; generators of every displacement rank r >= 1, here 1."""
source = """Derived here: every row vector is attained (approximation_every_row). No matching upper bound is
claimed."""
depends = ("approximation_every_row",)
necessity = "not known: layers in which some vector is no row may shatter as many points by other means"
largest = 5


def size(claim):
    return claim["program"]["inputs"]


def claims(max_n, seed):
    for n in range(1, max_n + 1):
        for family in (Circulant(n), Toeplitz(n), Hankel(n), ToeplitzLike(n, 1), SubdiagonalLDR(n, 1)):
            lower = lower_bound(Network(n, (Linear(family, activation="relu"), Linear(Dense(1, n)))), False)
            if lower.value < n + 1:
                raise AssertionError("n + 1 points were to be shattered")
            yield lower_statement(lower)
