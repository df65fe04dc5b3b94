"""The VC dimension of a halfspace."""

from ldrtheory.bounds.layers import Linear
from ldrtheory.bounds.network import Network
from ldrtheory.bounds.vc.certificate import lower_statement, upper_statement
from ldrtheory.bounds.vc.lower import lower_bound
from ldrtheory.bounds.vc.upper import upper_bound
from ldrtheory.families import Dense

statement = """The VC dimension of the halfspaces of R^n is n + 1, and n without bias: sign patterns of
affine functions bound it from above, independent points with parameters for every labelling from below."""
hypotheses = """Real parameters; one unit without activation."""
source = """Classical; the bound from above is the count of sign patterns in its form for degree 1."""
largest = 6
necessity = "none: the class is named, nothing else is assumed"


def size(claim):
    """The number of inputs; the bound is n or n + 1 from above."""
    return claim["program"]["inputs"] if "program" in claim else 1


def claims(max_n, seed):
    for n in range(1, max_n + 1):
        for bias in (False, True):
            network = Network(n, (Linear(Dense(1, n), bias=bias),))
            upper, lower = upper_bound(network), lower_bound(network)
            if upper.value != n + bias or lower.value != n + bias:
                raise AssertionError("both bounds were to be n, or n + 1 with bias")
            yield upper_statement(upper)
            yield lower_statement(lower)
