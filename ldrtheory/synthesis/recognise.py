"""Which exact form of a matrix stores the fewest numbers, and why.

recognise       the cheapest of the forms below, built, with the reason and what the others would store
forms           all forms that a matrix has over its field, cheapest first, none of them built
forms_over_roots    the forms whose factors need a larger field, one with roots of unity
to_kaleidoscope a matrix, a circuit or a kaleidoscope as a kaleidoscope

The forms: butterfly and its transpose; weighted permutation; 2 x 2 block; reflection; orthogonal; low rank; circulant
and Toeplitz; sparse, with and without expansion; general. The transforms of the gallery are built by name and not
looked for here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from math import lcm
from typing import Any, Final

import numpy as np
from flint import fmpz, fmpz_mat, nmod_mat

from ldrtheory.elimination import echelon
from ldrtheory.errors import NotInRing
from ldrtheory.kaleidoscopes import KaleidoscopeProduct, levels
from ldrtheory.linalg import equal, identity
from ldrtheory.rings import GF, QQ, Ring
from ldrtheory.synthesis.butterfly import factor_butterfly
from ldrtheory.synthesis.chains import constant, parameters, product_of, refuse_beyond_memory, size_for
from ldrtheory.synthesis.circuit import Circuit
from ldrtheory.synthesis.entries import Entries, read_entries
from ldrtheory.synthesis.gallery.diagonals import constant_diagonals
from ldrtheory.synthesis.hierarchy import compile_circuit
from ldrtheory.synthesis.low_rank import general, low_rank
from ldrtheory.synthesis.orthogonal import mirrors, orthogonal, reflection
from ldrtheory.synthesis.routing import permutation_factors
from ldrtheory.synthesis.sparse import sparse, sparse_unexpanded
from ldrtheory.synthesis.two_by_two import embedded

DENSE_LIMIT: Final = 1 << 22  # ranks are computed for at most so many entries, m * n
ORTHOGONAL_LIMIT: Final = 128  # Q^T Q is multiplied out for at most so many rows
_PRIME: Final = (1 << 61) - 1
_FEW: Final = 64  # so many different denominators have a common one of moderate length


@dataclass(frozen=True, eq=False)
class Form:
    """One way to write a matrix: its name, the reason it applies, width, size and stored numbers, and its builder.

    field: the name of the field of the factors where it is larger than that of the matrix.
    """

    name: str
    why: str
    width: int
    size: int
    parameters: int
    build: Callable[[], KaleidoscopeProduct]
    rank: int | None = None  # where the form rests on it
    field: str | None = None


@dataclass(frozen=True, eq=False)
class Recognition:
    """The cheapest form of a matrix, built, and all forms that were considered, cheapest first.

    over_roots: forms whose factors need a larger field; never chosen, since they would change the field.
    """

    product: KaleidoscopeProduct
    forms: tuple[Form, ...]
    over_roots: tuple[Form, ...] = ()

    @property
    def form(self) -> str:
        """The name of the form that was built."""
        return self.forms[0].name

    @property
    def why(self) -> str:
        """The reason in one sentence, with the next cheapest form and a cheaper one over a larger field."""
        best = self.forms[0]
        others = [f"as {f.name} {f.parameters}" for f in self.forms[1:2]]
        cheaper = [f for f in self.over_roots if f.parameters < best.parameters]
        others += [f"over {f.field}, as {f.name}, {f.parameters}" for f in cheaper[:1]]
        return "; ".join([f"{best.why}: {best.parameters} stored numbers", *others]) + "."


def _form(name: str, why: str, width: int, size: int, build: Callable[[], KaleidoscopeProduct]) -> Form:
    return Form(name, why, width, size, parameters(width, size), build)


def _butterflies(entries: Entries) -> Iterator[Form]:
    N = size_for(max(entries.shape))
    half = 2 * N * levels(N)
    found = factor_butterfly(entries)
    if found is not None:
        yield Form("butterfly", "every wire carries rank 1, so it is in B", 1, N, half, lambda: found)
        return
    turned = factor_butterfly(entries.transpose())
    if turned is not None:
        why = "every wire of the transpose carries rank 1, so it is in B*"
        yield Form("transposed butterfly", why, 1, N, half, turned.transpose)


def _permutations(entries: Entries) -> Iterator[Form]:
    rows, columns, (m, n) = entries.rows, entries.columns, entries.shape
    if entries.count > min(m, n) or any(len(np.unique(k)) < entries.count for k in (rows, columns)):
        return
    N, ring = size_for(max(m, n)), entries.ring
    plain = m == n == len(rows) and all(x == 1 for x in entries.values)

    def build() -> KaleidoscopeProduct:
        p = np.full(N, -1)
        p[columns] = rows
        p[p < 0] = np.setdiff1d(np.arange(N), rows)
        chain = permutation_factors(p, ring)
        if not plain:
            weights = constant(ring.zero, N)
            weights[rows] = entries.values
            chain[-1] = chain[-1].rows_scaled(weights)
        return product_of(chain, m, n, ring)

    name = "permutation" if plain else "weighted permutation"
    yield _form(name, "no row and no column has two nonzero entries", 1, N, build)


def _minus_identity(entries: Entries) -> Entries:
    """Return M - I for a square matrix M."""
    ring, off = entries.ring, entries.rows != entries.columns
    diagonal = constant(-ring.one, entries.shape[0])
    diagonal[entries.rows[~off]] = entries.values[~off] - ring.one
    changed = np.flatnonzero(diagonal != 0)
    rows, columns = (np.concatenate([k[off], changed]) for k in (entries.rows, entries.columns))
    return Entries(
        rows, columns, np.concatenate([entries.values[off], diagonal[changed]]), entries.shape, ring
    )


def _near_identity(entries: Entries) -> Iterator[Form]:
    """A 2 x 2 block on two coordinates, a reflection, and products of reflections."""
    n, ring = entries.shape[1], entries.ring
    if entries.shape[0] != n or n < 2:
        return
    N = size_for(n)
    D = _minus_identity(entries)
    where = np.union1d(D.rows, D.columns).tolist()
    if 1 <= len(where) <= 2:
        i, j = (where + [k for k in range(3) if k not in where])[:2]
        here = {(r, c): x for r, c, x in zip(D.rows, D.columns, D.values)}
        block = [
            [here.get((r, c), ring.zero) + (ring.one if r == c else ring.zero) for c in (i, j)]
            for r in (i, j)
        ]
        why = f"the identity outside coordinates {i} and {j}"
        yield _form("2 x 2 block", why, 1, N, lambda: embedded(block, i, j, n, ring))
    if where and ring is QQ and D.count == len(where) ** 2:
        u = constant(ring.zero, n)
        first = D.columns == where[0]
        u[D.rows[first]] = D.values[first]
        scale = -2 / (u @ u)
        if all(x == scale * u[r] * u[c] for r, c, x in zip(D.rows, D.columns, D.values)):
            yield _form("reflection", "the identity minus 2 u u^T / (u^T u)", 1, N, lambda: reflection(u))
    if ring is QQ and n <= ORTHOGONAL_LIMIT:
        M = entries.dense()
        if equal(M.T @ M, identity(ring, n)):
            count = max(1, len(mirrors(M)))
            yield _form("orthogonal", f"orthogonal, {count} reflections", count, N, lambda: orthogonal(M))


def _rank_below(entries: Entries) -> int:
    """Return a lower bound for the rank: the rank modulo a prime over Q, the rank itself over other fields."""
    ring, (m, n) = entries.ring, entries.shape
    if ring is not QQ and not ring.name.startswith("GF("):
        return len(echelon(entries.dense(), ring)[2])
    at = (entries.rows * n + entries.columns).tolist()
    if ring is QQ and len(denominators := {int(x.q) for x in entries.values}) <= _FEW:
        scale, whole = fmpz(lcm(*denominators)), [fmpz(0)] * (m * n)
        for k, x in zip(at, entries.values):
            whole[k] = x.p if x.q == scale else x.p * (scale // x.q)
        return int(nmod_mat(fmpz_mat(m, n, whole), _PRIME).rank())
    field: Ring = GF(_PRIME) if ring is QQ else ring
    residues = [0] * (m * n)
    try:
        for k, x in zip(at, entries.values):
            residues[k] = int(field(x))
    except NotInRing:  # a denominator is divisible by the prime
        return 1
    return int(nmod_mat(m, n, residues, field.characteristic).rank())


def _low_ranks(entries: Entries) -> Iterator[Form]:
    m, n = entries.shape
    N0, least = size_for(max(m, n)), min(m, n)
    full = 1 << (least - 1).bit_length()
    why = f"{least} {'columns' if n <= m else 'rows'} times unit vectors"
    yield _form("general", why, 1, full * N0, lambda: general(entries))
    if m * n <= DENSE_LIMIT:
        r = max(1, _rank_below(entries))
        copies = 1 << (r - 1).bit_length()
        if copies < full:
            form = _form("low rank", f"rank {r}", 1, copies * N0, lambda: low_rank(entries))
            yield replace(form, rank=r)


def _shifts(entries: Entries, larger: bool) -> Iterator[Form]:
    """The corner of a circulant, over the field of the matrix, or over a larger one with the roots of unity."""
    found = constant_diagonals(entries)
    if found is None or (found.field != found.ring) != larger:
        return
    name = "circulant" if found.circulant else "Toeplitz"
    expanded = "" if found.size == max(entries.shape) else f", in a circulant of size {found.size}"
    why = f"{'a circulant' if found.circulant else 'constant along diagonals'}{expanded}"
    form = _form(name, why, 1, found.size, found.build)
    yield replace(form, field=found.field.name) if larger else form


def forms_over_roots(source: Any, ring: Ring | None = None) -> list[Form]:
    """Return the forms over a larger field than that of the matrix, one with roots of unity; none for prime fields.

    A circulant over Q has rational entries and cyclotomic factors.  `field` of the form names the field; it is found by
    `forms` too when that field is given.

    >>> C = [[1, 2, 3, 4], [4, 1, 2, 3], [3, 4, 1, 2], [2, 3, 4, 1]]
    >>> [(form.name, form.field, form.parameters) for form in forms_over_roots(C)]
    [('circulant', 'Q(zeta_4)', 32)]
    >>> from ldrtheory import GAUSSIAN
    >>> forms(C, GAUSSIAN)[0].name
    'circulant'
    """
    return list(_shifts(read_entries(source, ring), larger=True))


def forms(source: Any, ring: Ring | None = None) -> list[Form]:
    """Return the forms that a matrix has over its field, those with the fewest stored numbers first.

    Nothing large is built.
    A rank over Q is found modulo one prime; where that prime were unlucky the form would cost more than said.
    """
    entries = read_entries(source, ring)
    m, n = entries.shape
    refuse_beyond_memory(1, size_for(max(m, n)), f"a matrix of shape {m} x {n}")
    s = entries.count
    N, unexpanded = size_for(entries.slots), size_for(max(*entries.shape, s))
    found = [
        *_butterflies(entries),
        *_permutations(entries),
        *_near_identity(entries),
        *_low_ranks(entries),
        *_shifts(entries, larger=False),
        _form("sparse", f"{s} nonzero entries in {entries.slots} slots", 2, N, lambda: sparse(entries)),
        _form(
            "sparse without expansion",
            f"{s} nonzero entries, between two permutations",
            4,
            unexpanded,
            lambda: sparse_unexpanded(entries),
        ),
    ]
    return sorted(found, key=lambda form: form.parameters)


def recognise(source: Any, ring: Ring | None = None) -> Recognition:
    """Return the exact form of a matrix that stores the fewest numbers over its own field, built, and why.

    >>> found = recognise([[0, 0, 3], [0, 0, 0], [5, 0, 0]])
    >>> found.form, found.product.width, found.product.size
    ('butterfly', 1, 4)
    >>> recognise([[1, 0, 0, 0], [0, 0, 1, 0], [0, 1, 0, 0], [0, 0, 0, 1]]).form
    'permutation'
    """
    entries = read_entries(source, ring)
    found = forms(entries)
    return Recognition(found[0].build(), tuple(found), tuple(forms_over_roots(entries)))


def to_kaleidoscope(source: Any, ring: Ring | None = None) -> KaleidoscopeProduct:
    """Return a circuit, compiled, or a matrix in its cheapest form, as a kaleidoscope; a kaleidoscope as it is.

    A circuit of depth d comes out in (2 max(1, d), N/n); for a matrix see `recognise`.

    >>> to_kaleidoscope(Circuit(2, [(1, 0, 1, 1)], [2, 2])).entries().tolist()
    [[1, 1], [1, 1]]
    """
    if isinstance(source, KaleidoscopeProduct):
        return source
    return compile_circuit(source) if isinstance(source, Circuit) else recognise(source, ring).product
