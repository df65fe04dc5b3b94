"""When the supports of two deformable butterfly factors chain."""

from itertools import product

from ldrtheory.certify.equality import differ, product_equals
from ldrtheory.kaleidoscopes import DeformablePattern
from ldrtheory.rings import QQ

statement = """Let S(a, b, c, d) = I_a (x) (all ones, b x c) (x) I_d. If r = a c / a' = b' d' / d is an
integer, a divides a' and d' divides d, then S(a, b, c, d) S(a', b', c', d') = r S(a, b d / d', a' c' / a,
d'): the entries count the paths. The neighbours of B, and the two factors of Monarch, chain with r = 1."""
hypotheses = """All patterns with a, b, c, d and a', b', c', d' at most 3 (4 for a' and d) of inner size at
most the given one."""
source = """The deformable butterflies of Lin, Ran, Chen and Wong, and Le, Zheng, Riccietti and Gribonval
(arXiv 2411.04506); the factor r was computed here."""
largest = 8


def claims(max_n, seed):
    for inner in range(1, max_n + 1):
        for a, b, c, d in product((1, 2, 3), (1, 2), (1, 2, 3), (1, 2, 4)):
            if a * c * d != inner:
                continue
            left = DeformablePattern(a, b, c, d)
            for a2, b2, c2, d2 in product((1, 2, 3, 4, 6), (1, 2, 3, 4), (1, 2), (1, 2)):
                if a2 * b2 * d2 != inner:
                    continue
                right = DeformablePattern(a2, b2, c2, d2)
                r = left.paths(right)
                if r is not None:
                    total = left.chain(right).support() * r
                    yield product_equals([left.support(), right.support()], total, QQ)


def without_divisibility():
    left, right = (
        DeformablePattern(2, 1, 1, 1),
        DeformablePattern(1, 2, 2, 1),
    )  # r = 2, but 2 does not divide 1
    yield product_equals([left.support(), right.support()], [[1, 1], [1, 1]], QQ)
    yield differ(
        [[1, 1], [1, 1]], DeformablePattern(2, 1, 1, 1).support() * 2, QQ
    )  # r S(a, b d/d', a' c'/a, d')


necessity = {"a divides a'": without_divisibility}
