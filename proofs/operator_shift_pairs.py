"""When shift pairs are invertible."""

from ldrtheory.certify.equality import operator_is, rank_exactly
from ldrtheory.certify.instances import instances
from ldrtheory.operators import Stein, Sylvester, shift
from ldrtheory.rings import QQ

statement = """For square matrices the Sylvester pair (Z_e, Z_f) is a bijection exactly for e != f, and
the Stein pairs (Z_e, Z_f) and (Z_e, Z_f^T) exactly for e f != 1."""
hypotheses = """Any field."""
source = """Classical: chi of Z_f is x^n - f."""
largest = 6


def claims(max_n, seed):
    for s in instances(max_n, seed):
        e, f = s.element(), s.nonzero()
        cases = [
            (Sylvester(shift(f=e), shift(f=f)), e == f),
            (Sylvester(shift(f=f), shift(f=f)), True),
            (Stein(shift(f=e), shift(f=f).T), e * f == s.ring.one),
            (Stein(shift(f=s.ring.inverse(f)), shift(f=f)), True),
        ]
        for d, singular in cases:
            found = operator_is(d, (s.n, s.n), s.ring)
            wanted = "operator-singular" if singular else "operator-invertible"
            if (
                found["claim"]["kind"] != wanted
            ):  # then the opposite was decided: state the theorem, and be refused
                found = {"claim": {**found["claim"], "kind": wanted}, "evidence": found["evidence"]}
            yield found


def of_other_shapes():
    pair = Sylvester(shift(f=1), shift(f=-1))
    yield rank_exactly([[1], [-1]], 0, pair, QQ)  # e != f, and singular
    yield operator_is(pair, (2, 1), QQ)


necessity = {"square matrices": of_other_shapes}
