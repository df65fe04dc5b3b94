"""A bound for sign patterns outside its range."""

from ldrtheory.certify.equality import product_equals
from ldrtheory.rings import QQ

statement = """The bound 2 (2 e M d/n)^n for the sign patterns of M polynomials of degree d in n variables
fails for M < n: it fails at n = 6 with M = d = 1, where it is below 2 and one coordinate has both signs.
For M >= n it holds; the integer form 2 (2 d)^n sum C(M, j) holds always."""
hypotheses = (
    """e < 193/71, so that the bound is below 2 (2 . 193/71 / n)^n = 2 - w with w > 0; n = 6, 7, 8."""
)
source = """Warren 1968; Anthony and Bartlett 1999, chapter 8, with M >= n; without it computed here."""
depends = ("bounds_halfspace",)
largest = 8


def size(claim):
    return len(claim["factors"]) - 1 if len(claim["factors"]) > 2 else 1


def claims(max_n, seed):
    for n in range(6, max(6, max_n) + 1):
        base = QQ(386) / QQ(71 * n)
        bound, one = 2 * base**n, QQ(1)
        if not 2 * one - bound > 0:
            raise AssertionError("the bound was to be below 2")
        yield product_equals([[[2]], *[[[base]]] * n], [[bound]], QQ)
        yield product_equals([[[bound, 2 - bound]], [[1], [1]]], [[2]], QQ)  # 2 - bound is a positive number
        for sign in (1, -1):  # the coordinate x_0 at a point where it is positive, and one where it is not
            yield product_equals([[[1] + [0] * (n - 1)], [[sign]] + [[0]] * (n - 1)], [[sign]], QQ)
