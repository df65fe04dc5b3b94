"""The order of the VC dimension of structured networks."""

statement = """Networks of piecewise linear activation whose weights are polynomials, or rational functions,
of degree polynomial in the number W of parameters have VC dimension O(L W log W), L the number of
layers."""
hypotheses = """A bounded number of pieces; one output without activation."""
source = """Bartlett, Harvey, Liaw and Mehrabian 2019; Thomas et al. 2018 for structured weights (to be
checked against the papers)."""
depends = ("bounds_krylov_degree",)


def claims(max_n, seed):
    yield from ()
