"""Few entries without a permutation in the middle."""

from itertools import combinations, pairwise, permutations

from ldrtheory.certify.kaleidoscopes import corner_is, corner_is_not, in_class
from ldrtheory.kaleidoscopes import ButterflyFactor, identity_factor
from ldrtheory.linalg import diagonal_matrix, matrix, zeros
from ldrtheory.rings import QQ
from ldrtheory.synthesis import sparse_unexpanded
from ldrtheory.synthesis.chains import product_of, transposed
from ldrtheory.synthesis.routing import routes

statement = """A matrix with at most n nonzero entries is not, up to permutations of rows and columns, V
diag(v) H with the two step matrices of the construction, H copying each input as often as its column has
entries and V adding up as many as its row has: it fails at n = 4, for a 2 x 2 block of ones, where V
diag(v) H is diagonal for every v. A permutation between the two is needed there."""
hypotheses = """Over Q, n = 4. That V diag(v) H is diagonal is verified for the four unit vectors v, and it
is linear in v; a permuted diagonal has at most 2 nonzero entries here. With at most 3 entries, hence for n
= 2, the form holds, and with any members of B and B* for V and H it still holds at n = 4: one matrix for
each class of supports is verified. Whether that weaker form fails for a larger n is not known here."""
source = """As quoted from Dao et al., Kaleidoscope (ICLR 2020), appendix; the counterexample was found
here."""
depends = ("kaleidoscope_sparse_unexpanded",)


def _steps(rows, columns, values):
    """V diag(v) H: slot t holds input columns[t] and is added to output rows[t]."""
    weights = zeros(QQ, 4)
    weights[: len(values)] = values
    slots = range(len(values))
    V, H = transposed(routes(rows, slots, 4)), routes(columns, slots, 4)
    return product_of([*H[:-1], H[-1].rows_scaled(weights), *V], 4, 4, QQ)


def _arranged(places):
    """Rows and columns of the places in an order in which both are numbered 0, 1, 2, ... without return; or None."""
    for order in permutations(places):
        lines = []
        for side in zip(*order):
            met = list(dict.fromkeys(side))
            lines.append([met.index(x) for x in side])
        if all(a <= b for line in lines for a, b in pairwise(line)):
            return lines
    return None


def _class(places):
    """The same for two sets of places that differ by permutations of rows and of columns."""
    images = []
    for p in permutations(range(4)):
        images.append(tuple(sorted(tuple(sorted(p[i] for i, j in places if j == c)) for c in range(4))))
    return min(images)


def claims(max_n, seed):
    S = matrix(4, 4, lambda i, j: QQ(int(i < 2 and j < 2)))
    for k in range(4):
        K = _steps([0, 0, 1, 1], [0, 0, 1, 1], [QQ(int(k == t)) for t in range(4)])
        yield corner_is(K, diagonal_matrix([QQ(int(k // 2 == i)) for i in range(4)], QQ))
        yield corner_is_not(K, S)
    yield corner_is(sparse_unexpanded(S), S)
    seen = set()
    for count in range(1, 5):
        for places in combinations([(i, j) for i in range(4) for j in range(4)], count):
            if _class(places) in seen:
                continue
            seen.add(_class(places))
            values = [QQ(k + 1) for k in range(count)]
            M, arranged = zeros(QQ, 4, 4), _arranged(places)
            for i, j, x in zip(*(arranged or zip(*((i, j) for i in (0, 1) for j in (0, 1)))), values):
                M[i, j] = x
            if arranged:
                yield in_class(_steps(*arranged, values), M)
                continue
            block = ButterflyFactor(0, [M[0, 0], M[1, 1], QQ(0), QQ(0)], [M[0, 1], M[1, 0], QQ(0), QQ(0)])
            outer, still = identity_factor(1, 4, QQ), identity_factor(0, 4, QQ)
            yield in_class(product_of([outer, block, still, outer], 4, 4, QQ), M)
