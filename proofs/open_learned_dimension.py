"""The dimensions of the learned classes."""

from ldrtheory.bounds.dimension.certificate import jacobian_rank, statement_of
from ldrtheory.bounds.dimension.recording import program_of
from ldrtheory.families import SubdiagonalLDR, TridiagonalLDR

statement = """Is the generic dimension of the matrices of displacement rank r with learned subdiagonal
operators min(n^2, 2 n r + 2 n - r^2 - 1), and with learned tridiagonal operators min(n^2, 2 n r + 6 n - r^2
- 2), for all n and r? At most this holds by symmetries; at least this is verified by minors of the
Jacobian."""
hypotheses = (
    """Open in general; n >= 2 for subdiagonal, n >= 3 for tridiagonal operators, r <= n, characteristic 0."""
)
source = """Raised here."""
largest = 5


def claims(max_n, seed):
    for n in range(2, min(max_n, 5) + 1):
        for r in range(1, n + 1):
            cases = [(SubdiagonalLDR(n, r), 2 * n * r + 2 * n - r * r - 1)]
            if n >= 3:
                cases.append((TridiagonalLDR(n, r), 2 * n * r + 6 * n - r * r - 2))
            for family, formula in cases:
                lower = jacobian_rank(program_of(family), family.order, seed)
                found = statement_of(lower)
                yield {**found, "claim": {**found["claim"], "dimension": min(n * n, formula)}}
