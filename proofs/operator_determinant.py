"""The determinant of a shift operator."""

from ldrtheory.certify.equality import product_equals
from ldrtheory.certify.instances import instances
from ldrtheory.linalg import identity, kron
from ldrtheory.operators import Stein, Sylvester, shift
from ldrtheory.operators.invertibility import power_of

statement = """The determinant of M -> Z_e M - M Z_f on n x n matrices is (e - f)^n, and that of M -> M -
Z_e M Z_f^T is (1 - e f)^n."""
hypotheses = """Any field. Verified by triangular factors of the n^2 x n^2 matrix of the map, where they
exist without pivoting, and by the product of their diagonal."""
source = """Classical: the resultant of x^n - e and x^n - f."""
necessity = "none"
largest = 4


def size(claim):
    return round(len(claim["matrix"]["entries"]) ** 0.5) if len(claim["matrix"]["entries"]) > 1 else 1


def _factors(K, ring):
    """L with unit diagonal and U with L U = K; None where a pivot is 0."""
    L, U = identity(ring, len(K)), K.copy()
    for k in range(len(K)):
        if ring.is_zero(U[k, k]):
            return None
        for i in range(k + 1, len(K)):
            L[i, k] = U[i, k] * ring.inverse(U[k, k])
            U[i] = U[i] - U[k] * L[i, k]
    return L, U


def claims(max_n, seed):
    for s in instances(max_n, seed):
        n, one = s.n, identity(s.ring, s.n)
        e, f = s.element(), s.element()
        for make in (Sylvester, Stein):
            d = make(shift(f=e), shift(f=f) if make is Sylvester else shift(f=f).T)
            A, B = d.left.matrix(s.ring, n), d.right.matrix(s.ring, n)
            K = kron(A, one) - kron(one, B.T) if make is Sylvester else kron(one, one) - kron(A, B.T)
            value = power_of(e - f if make is Sylvester else s.ring.one - e * f, n, s.ring)
            if (
                make is Sylvester
            ):  # the rows of M moved by one, an even permutation, bring ones to the diagonal
                K = K[[((i + 1) % n) * n + j for i in range(n) for j in range(n)]]
            found = _factors(K, s.ring)
            if found is None:
                continue
            L, U = found
            yield product_equals([L, U], K, s.ring)
            diagonal = [[[U[k, k]]] for k in range(n * n)]
            yield product_equals(diagonal, [[value]], s.ring)
