"""The Jacobian of classes given by generators at size, as products of float64 matrices modulo a small prime.

PRIME           below 2^22, so that a product of n <= 256 balanced residues is exact in float64
Generated       the classes: learned operators, fixed shifts, low rank
generated_rank  the rank of the Jacobian at a random point: a lower bound of the dimension

krylov: M = sum of A^k G H^T B^k is differentiated by prefixes and suffixes of the powers.  Sylvester: the
derivatives of A M - M B = G H^T are dG H^T + G dH^T - dA M + M dB, which has the rank of dM because the operator is
invertible (with fixed operators the first two remain, with none they are the derivatives themselves).
"""

from __future__ import annotations

import numpy as np
from flint import nmod_mat

from ldrtheory.certify.rank.large import eliminate
from ldrtheory.certify.rank.limits import Budget, primes_below
from ldrtheory.errors import Undecided
from ldrtheory.families import LowRank, ToeplitzLike
from ldrtheory.families.ldr import LearnedOperators
from ldrtheory.rings import QQ

Generated = LearnedOperators | ToeplitzLike | LowRank
PRIME = next(primes_below(2**22))
Matrix = np.ndarray


def balanced(X: Matrix) -> Matrix:
    """Return X modulo PRIME with entries of absolute value at most PRIME / 2."""
    return X - PRIME * np.rint(X / PRIME)


def times(X: Matrix, Y: Matrix) -> Matrix:
    """Return X Y modulo PRIME; exact, because n (PRIME / 2)^2 < 2^53."""
    return balanced(X @ Y)


def _flint(X: Matrix) -> nmod_mat:
    return nmod_mat(*X.shape, [int(x) % PRIME for x in X.flat], PRIME)


def _array(X: nmod_mat) -> Matrix:
    n = X.ncols()
    return balanced(np.array([int(x) for x in X.entries()], dtype=np.float64).reshape(-1, n))


def positions(family: LearnedOperators) -> dict[str, list[tuple[int, int]]]:
    """Return, for each slot of an operator, the places of its entries, read from a numbered instance."""
    names = [s for s in family.slots() if s.name not in "GH"]
    p: dict[str, np.ndarray] = {}
    out: dict[str, list[tuple[int, int]]] = {}
    start = 1
    for slot in names:
        p[slot.name] = np.arange(start, start + slot.size)
        start += slot.size
    for letter, operator in zip("AB", family.operators(p)):
        table = operator.matrix(QQ, family.n)
        where = {int(QQ(table[i, j]).p): (i, j) for i, j in np.ndindex(table.shape) if table[i, j] != 0}
        for slot in names:
            if slot.name.startswith(letter):
                out[slot.name] = [where[int(k)] for k in p[slot.name]]
    return out


def generated_rank(family: Generated, seed: int = 1, budget: Budget | None = None) -> int:
    """Return the rank modulo PRIME of the Jacobian of the entries at a random point: dimension >= rank.

    Cost: n^4 (r + 6) multiplications by dgemm for the krylov form, then an elimination of n^2 x P.
    Raises Undecided for n > 256.
    """
    (m, n), r = family.shape, family.rank
    if max(m, n) > 256:
        raise Undecided(f"{family}: a side is above 256; the Jacobian would take too much memory.")
    source = np.random.default_rng(seed)

    def draw(*shape: int) -> Matrix:
        return balanced(source.integers(0, PRIME, shape).astype(np.float64))

    G, H = draw(m, r), draw(n, r)
    if not isinstance(family, LearnedOperators):
        return _rank(_generators(G, H), 0, m * r, r, source, budget or Budget())
    places = positions(family)
    A, B = np.zeros((n, n)), np.zeros((n, n))
    for name, where in places.items():
        for i, j in where:
            (A if name.startswith("A") else B)[i, j] = draw(1)[0]
    form = _krylov if family.krylov else _sylvester
    left, right = ([w for k, ws in places.items() if k[0] == side for w in ws] for side in "AB")
    J = form(A, B, G, H, left, right)
    return _rank(J, len(left) + len(right), n * r, r, source, budget or Budget())


def _rank(
    J: Matrix, operators: int, generator: int, r: int, source: np.random.Generator, budget: Budget
) -> int:
    """The rank of J: without the r^2 parameters H[:r] that GL_r normalises, and first in so many random entries."""
    kept = np.delete(J, range(operators + generator, operators + generator + r * r), axis=0)
    some = source.permutation(J.shape[1])[: len(kept) + 64]
    found, _ = eliminate(np.ascontiguousarray(kept[:, some]), PRIME, budget)
    if len(found) >= min(len(kept), J.shape[1]) - 2:  # scaling and shift are left
        return len(found)
    return len(eliminate(J, PRIME, budget)[0])


def _sylvester(
    A: Matrix, B: Matrix, G: Matrix, H: Matrix, left: list[tuple[int, int]], right: list[tuple[int, int]]
) -> Matrix:
    n = len(G)
    R = times(G, H.T)
    coefficients = [int(c) for c in _flint(A).charpoly().coeffs()]
    total, term, RB = balanced(R * _centred(coefficients[1])), R, R
    for c in coefficients[2:]:
        RB = times(RB, B)
        term = balanced(times(A, term) + RB)
        total = balanced(total + balanced(term * _centred(c)))
    at_B = np.zeros((n, n))
    for c in reversed(coefficients):
        at_B = balanced(times(at_B, B) + np.eye(n) * _centred(c))
    try:
        M = _array(-(_flint(total) * _flint(at_B).inv()))
    except ZeroDivisionError:
        raise Undecided(
            "A and B share an eigenvalue modulo the prime at this point; take another seed."
        ) from None
    J = np.zeros((len(left) + len(right), n, n))
    for k, (i, j) in enumerate(left):
        J[k, i, :] = -M[j, :]
    for k, (i, j) in enumerate(right, len(left)):
        J[k, :, j] = M[:, i]
    return np.concatenate([J.reshape(len(J), n * n), _generators(G, H)])


def _generators(G: Matrix, H: Matrix) -> Matrix:
    """The derivatives dG H^T + G dH^T, row by row of G, then of H."""
    (m, r), n = G.shape, len(H)
    J = np.zeros(((m + n) * r, m, n))
    for i in range(m):
        J[i * r : (i + 1) * r, i, :] = H.T
    for j in range(n):
        J[(m + j) * r : (m + j + 1) * r, :, j] = G.T
    return J.reshape(len(J), m * n)


def _centred(c: int) -> int:
    return c - PRIME if 2 * c > PRIME else c


def _krylov(
    A: Matrix, B: Matrix, G: Matrix, H: Matrix, left: list[tuple[int, int]], right: list[tuple[int, int]]
) -> Matrix:
    n, r = G.shape
    powers_A, powers_B = [np.eye(n)], [np.eye(n)]
    for _ in range(n - 1):
        powers_A.append(times(powers_A[-1], A))
        powers_B.append(times(B, powers_B[-1]))
    PA, PB = np.stack(powers_A), np.stack(powers_B)  # PA[t] = A^t
    partial: list[Matrix] = []
    term = times(G, H.T)  # partial[k] = sum of A^j R B^j over j <= k
    for _ in range(n):
        partial.append(term if not partial else balanced(partial[-1] + term))
        term = times(times(A, term), B)
    W = (
        np.stack([times(times(partial[n - 2 - i], PB[i]), B) for i in range(n - 1)])
        if n > 1
        else np.zeros((0, n, n))
    )
    V = np.stack([times(A, times(PA[i], partial[n - 2 - i])) for i in range(n - 1)]) if n > 1 else W
    J = np.empty((len(left) + len(right) + 2 * n * r, n, n))
    for k, (i, j) in enumerate(left):  # sum of (A^t e_i) (e_j^T S_t B^(t+1))
        J[k] = times(PA[: n - 1, :, i].T, W[:, j, :])
    for k, (i, j) in enumerate(right, len(left)):  # sum of (A^(t+1) S_t e_i) (e_j^T B^t)
        J[k] = times(V[:, :, i].T, PB[: n - 1, j, :])
    start = len(left) + len(right)
    rows = balanced(np.einsum("jc,tjk->tck", H, PB))  # H[:, c]^T B^t
    columns = balanced(np.einsum("tij,jc->tic", PA, G))  # A^t G[:, c]
    wide, tall = rows.reshape(n, r * n), columns.transpose(1, 2, 0).reshape(n * r, n)
    for i in range(n):
        both = times(PA[:, :, i].T, wide).reshape(n, r, n)
        J[start + i * r : start + (i + 1) * r] = both.transpose(1, 0, 2)
        both = times(tall, PB[:, i, :]).reshape(n, r, n)
        J[start + n * r + i * r : start + n * r + (i + 1) * r] = both.transpose(1, 0, 2)
    return J.reshape(len(J), n * n)
