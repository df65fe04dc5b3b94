"""How many samples a class of VC dimension d needs."""

from math import comb

from ldrtheory.certify.equality import product_equals
from ldrtheory.rings import QQ

statement = """That learning with accuracy e and failure probability 1/8 needs 8 d/e^2 samples is false: it
fails at d = 1 (n = 1 point), e = 1/16, where 2048 would be needed and 401 are enough. What the argument
shows is d/(512 e^2)."""
hypotheses = """One point, two constant labellings, the majority vote; label 1 has probability 1/2 + b, and
a wrong vote costs 2 b, which matters from b = 1/32 on, where it is most likely: it fails with less than
1/8, exactly."""
source = """A heading in Shalev-Shwartz and Ben-David 2014, chapter 28; the text proves the smaller
constant. Found here."""


def size(claim):
    return 1


def claims(max_n, seed):
    m, p = 401, QQ(17) / QQ(32)
    terms = [QQ(comb(m, k)) * p**k * (1 - p) ** (m - k) for k in range(m // 2 + 1)]
    fails = sum(terms, QQ(0))
    rest = QQ(1) / QQ(8) - fails
    if not rest > 0:
        raise AssertionError("the majority vote was to fail with less than 1/8")
    yield product_equals([[terms], [[1]] * len(terms)], [[fails]], QQ)
    yield product_equals([[[fails, rest]], [[1], [1]]], [["1/8"]], QQ)  # rest is a positive number
    yield product_equals([[[8]], [[16]], [[16]]], [[2048]], QQ)
