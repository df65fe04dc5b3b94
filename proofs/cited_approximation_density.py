"""Universal approximation by structured networks."""

statement = """For r >= 1, any operators A and B over the real numbers and any activation that is continuous
and no polynomial, networks with one hidden layer of blocks of displacement rank at most r are dense in the
continuous functions on the unit cube."""
hypotheses = """Continuous activation, not a polynomial; the number of blocks is not bounded."""
source = """Cybenko 1989; Leshno, Lin, Pinkus and Schocken 1993; for structured blocks Zhao et al. 2017,
second theorem. The embedding that reduces it to them is verified: approximation_network."""
depends = ("approximation_network",)


def claims(max_n, seed):
    yield from ()
