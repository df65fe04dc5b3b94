"""Where laws are tried: a kernel, and its cases with what they denote.

usual           the sizes of a seed
Bench           the kernel of an adapter with its prepared members
Prepared, Tally, Failure, Broken    from tally.py
"""

from __future__ import annotations

import contextlib
import random
import time
from collections.abc import Iterator

import numpy as np

from ldrtheory.conform.adapter import Adapter
from ldrtheory.conform.cases import Parameters, generic, instances, vectors_like, wider
from ldrtheory.conform.kernel import Kernel, Unsupported
from ldrtheory.conform.tally import Broken, Failure, Prepared, Tally, ratios, times_power
from ldrtheory.conform.tolerance import Matrix, denoted, dense
from ldrtheory.families import Family

WHOLE = 64  # up to this size the whole matrix is known; beyond, one law uses the reference multiply
LIMIT = 0.4  # seconds: a size is left out where its exact matrix is expected to take longer
PRIMES = (37, 41, 43, 47, 53, 59, 61)


def usual(seed: int) -> list[int]:
    """Return the sizes that are tried: all up to 12, 16, 24, 31, 32, 64, three more by the seed, one of them prime.

    >>> usual(0)
    [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 16, 21, 24, 31, 32, 52, 59, 64]
    """
    source = random.Random(f"sizes {seed}")
    between = [n for n in range(13, 31) if n not in (16, 24)]
    beyond = [n for n in range(33, WHOLE) if n not in PRIMES]
    drawn = {source.choice(between), source.choice(PRIMES), source.choice(beyond)}
    return sorted({*range(1, 13), 16, 24, 31, 32, WHOLE} | drawn)


class Bench:
    """The kernel of an adapter with its prepared members: `generic` ones, a few for every size.

    read: the matrix that parameters denote, the family's own or that of a convention.
    kernels: what multiplies by each side, M and those of M^T and M^H that the adapter offers.
    """

    def __init__(self, adapter: Adapter, seed: int, read: Matrix = dense) -> None:
        self.adapter, self.seed = adapter, seed
        self.arithmetic, self.how = adapter.arithmetic, adapter.how
        self.kernel: Kernel = adapter.kernel()
        self.kernels = {"M": self.kernel} | {
            side: self.kernel.like(call)
            for side, call in (("M^T", adapter.transpose), ("M^H", adapter.adjoint))
            if call is not None
        }
        self.read = read
        self.unsupported: dict[str, str] = {}
        self.large: set[int] = set()  # the sizes at which the reference multiply was asked
        self.last: Family | str | None = None  # what was asked of the kernel last
        self.found: dict[int, list[Family]] = {}
        self.generic: list[Prepared] = []
        self.seconds: dict[str, float] = {}  # what the exact matrix of a member took, by family
        self._collect(sorted({n for n in adapter.sizes or usual(seed) if n <= WHOLE}))

    def _collect(self, sizes: list[int]) -> None:
        """Prepare members of the sizes, larger ones only as far as they do not take too long."""
        kind, last, each = self.adapter.family, 0, 0.0
        for n in sizes:
            families = instances(kind, n)  # type: ignore[arg-type]
            if not families or (last and each * (n / last) ** 3 > LIMIT):
                continue
            known = set(map(str, families))
            wide = [f for f in wider(kind, n, self.seed) if str(f) not in known]  # type: ignore[arg-type]
            few = 6 if n <= 5 or n == 8 else 3 if n <= 16 else 2 if n <= 32 else 1
            self.found[n] = [*families, *wide]
            started = time.thread_time()
            for k, family in enumerate([*families[:few], *wide]):
                taken = time.thread_time() - started
                if k and taken > LIMIT / 2:
                    break
                prepared = self.member(family, self.seed)
                if k == 0 and n >= 4:
                    last, each = n, time.thread_time() - started
                if prepared is not None:
                    self.generic.append(prepared)
                    self.seconds[str(family)] = time.thread_time() - started - taken

    def prepare(self, family: Family, parameters: Parameters) -> Prepared | None:
        """Return the member with what it denotes; None where that cannot be told apart from anything, or overflows."""
        matrix = denoted(family, parameters, self.arithmetic, self.how, self.read)
        top = float(np.max(matrix.bound, initial=0)) * matrix.shape[1] * 64
        return (
            Prepared(family, parameters, matrix)
            if top < 2.0 ** min(self.arithmetic.store.most, 1023)
            else None
        )

    def member(self, family: Family, seed: int) -> Prepared | None:
        """Return a generic member; smaller parameters where the usual ones overflow the format."""
        for size in (1.0, 0.5, 0.125):
            parameters = generic(family, self.arithmetic, seed, size)
            prepared = None if parameters is None else self.prepare(family, parameters)
            if prepared is not None:
                return prepared
        return None

    def up_to(self, n: int) -> list[Prepared]:
        """Return the generic members of at most this size; the smallest there are, if none is."""
        small = [p for p in self.generic if max(p.family.shape) <= n]
        return small or self.generic[:1]

    def some(self, count: int = 4) -> list[Prepared]:
        """Return a few generic members, spread over the sizes up to 16."""
        pool = self.up_to(16)
        step = max(1, len(pool) // count)
        return pool[::-1][::step][:count][::-1]

    def larger(self) -> list[Prepared]:
        """Return one generic member of a size above 16, another for each seed; none if there is none."""
        pool = [p for p in self.generic if max(p.family.shape) > 16]
        return [pool[self.seed % len(pool)]] if pool else []

    def on_every_side(self, members: list[Prepared]) -> list[Prepared]:
        """Return the members, and the same for M^T and M^H where these are offered."""
        return [prepared.turned(side) for side in self.kernels for prepared in members]

    def vectors(self, prepared: Prepared, shape: tuple[int, ...] = (), salt: int = 0) -> np.ndarray:
        """Return seeded vectors for a member."""
        seed = self.seed * 1000 + salt
        return vectors_like(prepared.family, self.arithmetic, seed, shape, prepared.shape[1])

    def multiply(self, prepared: Prepared, x: np.ndarray) -> np.ndarray:
        """Return the result of the kernel of the member's side."""
        self.last = prepared.title
        return self.kernels[prepared.side](prepared.parameters, x, prepared.shape[0])

    def as_given(self, prepared: Prepared, parameters: Parameters, x: np.ndarray, what: str) -> np.ndarray:
        """Return the result for arrays as they lie in memory; the kernel may write into them."""
        self.last = f"{prepared.title}, {what}"
        kernel = self.kernels[prepared.side]
        give, store = kernel.library.give, self.arithmetic.store.name
        given, vector = {k: give(v, store) for k, v in parameters.items()}, give(x, store)
        y = kernel.guarded(lambda: kernel.call(given, vector))
        return kernel.taken(y, (*x.shape[:-1], prepared.shape[0]))

    @contextlib.contextmanager
    def supported(self, prepared: Prepared) -> Iterator[None]:
        """A context that ends quietly where the kernel says that it does not do this size."""
        try:
            yield
        except Unsupported as said:
            self.unsupported[str(prepared.family)] = str(said)


__all__ = ["Bench", "Broken", "Failure", "Prepared", "Tally", "ratios", "times_power", "usual"]
