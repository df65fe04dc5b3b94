"""Random instances for executable theorems: fields, sizes, operators and matrices from a written seed.

FIELDS      Q, GF(2), GF(7), Q(i), Q(zeta_5): where a rule about any field is tried
instances   one Instance for every size up to a limit and every field, smallest first
Instance    draws elements, matrices, operators, pairs and Generated values of one field
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ldrtheory.elimination import rank
from ldrtheory.linalg import Array, identity, matmul, matrix, zeros
from ldrtheory.operators import (
    Displacement,
    Operator,
    Stein,
    Sylvester,
    blocks,
    dense,
    diagonal,
    path,
    shift,
    subdiagonal,
    tridiagonal,
    zero,
)
from ldrtheory.operators import identity as identity_operator
from ldrtheory.operators.generator import Generated, generated
from ldrtheory.operators.invertibility import is_invertible
from ldrtheory.operators.recover import recover
from ldrtheory.rings import GAUSSIAN, GF, QQ, Cyclotomic, CyclotomicField, Ring

FIELDS: tuple[Ring, ...] = (QQ, GF(2), GF(7), GAUSSIAN, Cyclotomic(5))


@dataclass(frozen=True)
class Instance:
    """A source of random objects over one field.

    n       the largest size to draw; ring the field; draw the source of randomness
    """

    n: int
    ring: Ring
    draw: random.Random

    def size(self, least: int = 1) -> int:
        """Return a size from `least` to n."""
        return self.draw.randint(min(least, self.n), self.n)

    def element(self) -> Any:
        """Return a small element."""
        x = self.ring(self.draw.randint(-3, 3))
        if isinstance(self.ring, CyclotomicField) and self.ring.degree > 1:
            return x + self.ring.zeta * self.draw.randint(-2, 2)
        return x

    def nonzero(self) -> Any:
        """Return a small element other than 0."""
        while True:
            x = self.element()
            if not self.ring.is_zero(x):
                return x

    def matrix(self, m: int, n: int) -> Array:
        """Return an m x n matrix of small elements."""
        return matrix(m, n, lambda i, j: self.element())

    def nonsingular(self, n: int) -> Array:
        """Return a nonsingular n x n matrix: unit lower times unit upper triangular, rows shuffled."""
        lower, upper = identity(self.ring, n), identity(self.ring, n)
        for i in range(n):
            for j in range(i):
                lower[i, j], upper[j, i] = self.element(), self.element()
        return (lower @ upper)[self.draw.sample(range(n), n)]

    def toeplitz(self, m: int, n: int) -> Array:
        """Return an m x n Toeplitz matrix."""
        t = [self.element() for _ in range(m + n - 1)]
        return matrix(m, n, lambda i, j: t[i - j + n - 1])

    def operator(self, n: int) -> Operator:
        """Return an operator of any kind, singular ones and transposes among them."""
        x, xs = self.element, lambda k: [self.element() for _ in range(k)]
        split = self.draw.randint(1, n)
        makers = [
            lambda: shift(f=x()),
            lambda: shift(f=self.ring.zero),
            lambda: diagonal(xs(n)),
            lambda: subdiagonal(xs(n)),
            lambda: tridiagonal(xs(n - 1), xs(n), xs(n - 1), *(xs(2) if n > 2 else [])),
            lambda: path(x(), x()),
            lambda: dense(self.matrix(n, n)),
            lambda: self.draw.choice([identity_operator(), zero()]),
            lambda: blocks([shift(f=x()), path(x(), x())], [split, n - split]) if split < n else shift(f=x()),
        ]
        op = self.draw.choice(makers)()
        return op.T if self.draw.random() < 0.3 else op

    def pair(self, m: int, n: int, kind: str | None = None) -> Displacement:
        """Return a Sylvester or Stein pair for m x n matrices, any operators."""
        kind = self.draw.choice(["sylvester", "stein"]) if kind is None else kind
        make = Sylvester if kind == "sylvester" else Stein
        return make(self.operator(m), self.operator(n))

    def structured(self, d: Displacement, m: int, n: int, r: int = 1) -> Generated:
        """Return an m x n matrix of displacement rank at most r where d is invertible, any matrix otherwise."""
        if is_invertible(d, (m, n), self.ring):
            G, H = self.matrix(m, r), self.matrix(n, r)
            return generated(recover(G, H, d, self.ring), d, self.ring)
        return generated(self.matrix(m, n), d, self.ring)

    def invertible(self, d: Displacement, n: int, r: int = 1) -> Generated:
        """Return a nonsingular n x n matrix, of displacement rank at most r if a few draws find one."""
        for _ in range(8):
            x = self.structured(d, n, n, r)
            if rank(x.matrix, self.ring) == n:
                return x
        return generated(self.nonsingular(n), d, self.ring)

    def of_rank(self, m: int, n: int, k: int) -> Array:
        """Return an m x n matrix of rank exactly min(k, m, n)."""
        k = min(k, m, n)
        core = zeros(self.ring, m, n)
        core[:k, :k] = identity(self.ring, k)
        return matmul(self.ring, self.nonsingular(m), core, self.nonsingular(n))


def instances(
    max_n: int, seed: int, fields: Sequence[Ring] = FIELDS, repeat: int = 2, least: int = 1
) -> Iterator[Instance]:
    """Yield instances for n = least, ..., max_n, over every field, `repeat` times each; the seed decides all draws.

    >>> [(s.n, s.ring) for s in instances(2, 0, fields=(QQ,), repeat=1)]
    [(1, Q), (2, Q)]
    """
    for n in range(least, max_n + 1):
        for ring in fields:
            for k in range(repeat):
                yield Instance(n, ring, random.Random(f"{seed} {n} {ring.name} {k}"))
