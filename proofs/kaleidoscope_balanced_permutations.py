"""Permutations in B itself."""

import random
from itertools import permutations

from ldrtheory.certify.kaleidoscopes import value
from ldrtheory.rings import QQ
from ldrtheory.synthesis import is_modular_balanced
from ldrtheory.synthesis.membership import butterfly_membership

statement = """A permutation matrix of size n = 2^L is in B if and only if p[i] mod 2^t differ within each
aligned chunk of 2^t inputs, for all t. There are 2^(n L / 2) such permutations: 2 of 2 for n = 2, 16 of 24
for n = 4, 4096 of 40320 for n = 8. The reversal of the bits is not one of them from n = 4 on."""
hypotheses = """Over Q; all permutations for n <= 4, so that the counts 2 and 16 are verified; random ones
and the reversal of the bits above. The inverse permutations are those in B*."""
source = """The condition: Dao et al., Kaleidoscope (ICLR 2020), appendix G. The equivalence and the count
were derived here."""
largest = 16
necessity = "none: an equivalence"


def _decided(p):
    M, relation = value({"permutation": p}, QQ), "in" if is_modular_balanced(p) else "not in"
    for kind, table in (("B", M), ("B*", M.T)):
        found = butterfly_membership(table, kind, QQ).statement
        yield {**found, "claim": {**found["claim"], "relation": relation}}


def claims(max_n, seed):
    for n in (k for k in (2, 4, 8, 16) if k <= max_n):
        L, draw = n.bit_length() - 1, random.Random(f"{seed} {n}")
        if n <= 4:
            for p in permutations(range(n)):
                yield from _decided(list(p))
            continue
        yield from _decided([int(f"{i:0{L}b}"[::-1], 2) for i in range(n)])
        for _ in range(6):
            yield from _decided(draw.sample(range(n), n))
            p = list(range(n))
            for b in range(L):  # switches, all free
                crossed = {i for i in range(n) if not i >> b & 1 and draw.random() < 0.5}
                p = [q ^ (1 << b) if q & ~(1 << b) in crossed else q for q in p]
            yield from _decided(p)
