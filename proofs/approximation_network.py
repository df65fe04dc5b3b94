"""One hidden layer inside a network of structured blocks."""

from ldrtheory.bounds.approximation.embedding import HiddenLayer, embed_network
from ldrtheory.certify.instances import instances
from ldrtheory.rings import QQ

statement = """Every network with one hidden layer of k neurons equals, as a function and for every
activation, a network of k blocks of size n x n and displacement rank at most 1 for a fixed pair: one column
of each block carries the weights, and the other neurons have output weight 0."""
hypotheses = """Over Q; any pair of operators, with a column that is universal for it."""
source = """Zhao et al. 2017, second theorem, with weaker hypotheses."""
depends = ("approximation_every_column", "approximation_some_column")
largest = 4
necessity = "none: every pair of operators has a universal column (approximation_some_column)"


def claims(max_n, seed):
    for s in instances(max_n, seed, fields=(QQ,), repeat=3):
        k = s.draw.randint(1, 3)
        net = HiddenLayer(s.matrix(k, s.n), s.matrix(1, k)[0], s.matrix(1, k)[0], s.element())
        yield from embed_network(net, s.pair(s.n, s.n)).statements()
