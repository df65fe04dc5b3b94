"""The error bound of structured networks."""

statement = """If f has a Fourier representation with C_f finite and mu is a probability measure on the ball
of radius rho, then for every k some network of k blocks of displacement rank 1 and a constant has mean
squared error at most (2 rho C_f)^2 / k."""
hypotheses = """Sigmoidal activation; k counts blocks of n neurons, not neurons; mu of mass 1; the constant
is part of the network."""
source = """Barron 1993; for structured blocks Zhao et al. 2017, third theorem (to be checked against the
papers)."""
depends = ("approximation_network",)


def claims(max_n, seed):
    yield from ()
