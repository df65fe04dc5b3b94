"""Matrices, permutations and finished kaleidoscopes as sources.

MatrixSource        a matrix by its entries: the cheapest exact form is built
PermutationSource   a permutation, routed
GivenSource         a kaleidoscope that is built already: a named transform, or a Python value
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ldrtheory.building.bounds import (
    Bound,
    cheapest,
    low_rank_bound,
    permutation_bound,
    shift_bounds,
    sparse_bound,
)
from ldrtheory.building.kinds import Construction, Json, Row, Source, affordable, by_value, entry_rows
from ldrtheory.claims import subject_by_permutation
from ldrtheory.kaleidoscopes import KaleidoscopeProduct
from ldrtheory.linalg import Array
from ldrtheory.rings import Ring
from ldrtheory.synthesis import Entries, forms, permutation
from ldrtheory.synthesis.chains import parameters, size_for
from ldrtheory.synthesis.recognise import forms_over_roots


@dataclass(frozen=True, eq=False)
class MatrixSource(Source):
    """A matrix by its nonzero entries: the cheapest exact form is recognised and built."""

    kind = "matrix"
    entries: Entries

    @property
    def ring(self) -> Ring:
        return self.entries.ring

    @property
    def shape(self) -> tuple[int, int]:
        return self.entries.shape

    def construct(self) -> Construction:
        found = forms(self.entries)
        narrow = next(form for form in found if form.width <= 2)
        # more width than any sparse matrix needs is taken only where it halves the stored numbers
        best = next(form for form in found if form is narrow or 2 * form.parameters <= narrow.parameters)
        size = " x ".join(map(str, self.shape))
        affordable(best.parameters, best.width, best.size, f"a matrix of shape {size}")
        others = [form for form in found if form is not best]
        why = f"{best.why}: {best.parameters} stored numbers"
        if others:
            other = others[0]
            why += f"; as {other.name}, in width {other.width} and size {other.size}, {other.parameters}"
        larger = [form for form in forms_over_roots(self.entries) if form.parameters < best.parameters]
        if larger:
            why += f"; over {larger[0].field}, as {larger[0].name}, {larger[0].parameters}"
        bounds = [sparse_bound(self.entries.count, self.shape)]
        if best.rank is not None:
            bounds.append(low_rank_bound(best.rank, self.shape))
        if best.name == "permutation":
            bounds.append(permutation_bound(self.shape[0]))
        bounds += shift_bounds(best.name, self.shape)
        return Construction(best.build(), best.name, f"{why}.", cheapest(bounds))

    def stated(self) -> Json:
        return by_value(self.shape, self.rows())

    def rows(self) -> Sequence[Row]:
        return entry_rows(self.entries)


@dataclass(frozen=True, eq=False)
class PermutationSource(Source):
    """A permutation p, out[p[i]] = in[i]: routed through the switches of BB*."""

    kind = "permutation"
    p: Array
    field: Ring

    @property
    def ring(self) -> Ring:
        return self.field

    @property
    def shape(self) -> tuple[int, int]:
        return len(self.p), len(self.p)

    def construct(self) -> Construction:
        N = size_for(len(self.p))
        affordable(parameters(1, N), 1, N, f"a permutation of {len(self.p)}")
        product = permutation(self.p, self.field)
        why = (
            f"routed through {len(product.factors)} columns of switches: {product.parameters} stored numbers, 0 and 1 "
            f"only; as a sparse matrix {parameters(2, product.size)}."
        )
        return Construction(product, "permutation", why, permutation_bound(len(self.p)))

    def stated(self) -> Json:
        return subject_by_permutation(self.p.tolist())

    def filed(self) -> str | None:
        return "permutation"

    def rows(self) -> Sequence[Row]:
        return [{i: self.field.one} for i in np.argsort(self.p).tolist()]

    def circuit_cost(self) -> tuple[int, int]:
        return 0, 0


@dataclass(frozen=True, eq=False)
class GivenSource(Source):
    """A kaleidoscope that is built already: a Python value, or a named transform.

    entries     the matrix it is claimed to be, by its definition; None: its own corner
    """

    kind = "named"
    product: KaleidoscopeProduct
    form: str
    why: str
    bound: Bound
    entries: Entries | None = None

    @property
    def ring(self) -> Ring:
        return self.product.field

    @property
    def shape(self) -> tuple[int, int]:
        return self.product.shape

    def construct(self) -> Construction:
        return Construction(self.product, self.form, self.why, self.bound)

    def stated(self) -> Json:
        return by_value(self.shape, self.rows())

    def rows(self) -> Sequence[Row]:
        return self.product.rows() if self.entries is None else entry_rows(self.entries)
