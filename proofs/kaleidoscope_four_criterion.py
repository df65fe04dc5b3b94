"""The 4 x 4 matrices of BB*."""

from itertools import product

from ldrtheory.certify.instances import instances
from ldrtheory.linalg import zeros
from ldrtheory.rings import GAUSSIAN, GF, QQ, Cyclotomic
from ldrtheory.synthesis.interleaved import with_invariant
from ldrtheory.synthesis.membership import bb_star_membership_4

statement = """Let K_ij[a, b] = M[i + 2 a, j + 2 b] and let all four be nonsingular. The 4 x 4 matrix M is
in BB* if and only if X = K_00 K_10^-1 K_11 K_01^-1 is diagonalisable over the field. So membership depends
on the field: X = [[0, -1], [1, 0]] is excluded over Q and GF(3), not over Q(i) and GF(5); X = [[0, 2], [1,
0]] over Q, not over Q(zeta_8). An integer matrix of determinant 1, with X = [[2, 1], [0, 2]], is excluded
over every field of characteristic other than 2."""
hypotheses = """Any field. All nonsingular X over GF(2) and GF(3) with the other blocks the identity; random
blocks over GF(3), GF(5) and GF(7); the last sentence over seven fields. A singular block leaves membership
open."""
source = """Derived here: the two factors of bit 0 merge, and the last factor makes X diagonal."""
largest = 4
necessity = "not known: for a singular block X does not exist"


def claims(max_n, seed):
    for p in (2, 3):
        for a, b, c, d in product(range(p), repeat=4):
            if (a * d - b * c) % p:
                yield bb_star_membership_4(with_invariant([[a, b], [c, d]], GF(p)), GF(p)).statement
    for s in instances(4, seed, fields=(GF(3), GF(5), GF(7)), repeat=10, least=4):
        M = zeros(s.ring, 4, 4)
        for i, j in product((0, 1), repeat=2):
            M[i::2, j::2] = s.nonsingular(2)
        yield bb_star_membership_4(M, s.ring).statement
    for X, fields in (
        ([[0, -1], [1, 0]], (QQ, GF(3), GAUSSIAN, GF(5))),
        ([[0, 2], [1, 0]], (QQ, Cyclotomic(8))),
        ([[2, 1], [0, 2]], (QQ, GAUSSIAN, Cyclotomic(5), GF(3), GF(5), GF(7), GF(11))),
    ):
        for ring in fields:
            yield bb_star_membership_4(with_invariant(X, ring), ring).statement
