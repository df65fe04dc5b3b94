"""Products, scalings, direct sums and Kronecker products of kaleidoscopes, as kaleidoscopes.

in_hierarchy    a product of kind B, B* or B*B as one of kind BB*
aligned         several products over one field, brought to one size and one width
scaled          D1 M D2                 (w, e)
multiplied      M1 M2 ... Mk            (w1 + ... + wk, max e)
direct_sum      diag(M1, M2)            (max w, max e) at size 2n, n a power of two
kronecker       M1 (x) M2               (max w, e1 e2), both sizes powers of two
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from ldrtheory.errors import BadInput, ShapeMismatch
from ldrtheory.kaleidoscopes import ButterflyFactor, KaleidoscopeProduct, bit_pattern, levels
from ldrtheory.linalg import Array
from ldrtheory.rings import Ring
from ldrtheory.synthesis.chains import Factors, constant, identities, lifted, product_of, restricted, widened


def in_hierarchy(product: KaleidoscopeProduct) -> KaleidoscopeProduct:
    """Return the same matrix as a product of kind BB*: width 1 from B and B*, width 2 from B*B."""
    if product.kind == "BB*":
        return product
    rising, falling = (bit_pattern(kind, 1, product.size) for kind in ("B", "B*"))
    before = identities(falling if product.kind in ("B", "B*B") else (), product.size, product.field)
    after = identities(rising if product.kind in ("B*", "B*B") else (), product.size, product.field)
    return product_of([*before, *product.factors, *after], product.m, product.n, product.field)


def aligned(products: Sequence[KaleidoscopeProduct], width: bool = True) -> tuple[Ring, int, list[Factors]]:
    """Return (field, size, chains) of products brought to one size and, unless told otherwise, to one width.

    Raises BadInput for no product at all and for products over different fields.
    """
    given = [in_hierarchy(product) for product in products]
    if not given:
        raise BadInput("no kaleidoscope was given; wanted at least one.")
    ring = given[0].field
    for product in given:
        if product.field != ring:
            raise BadInput(
                f"kaleidoscopes over {ring.name} and {product.field.name}; wanted one field: convert one of them."
            )
    size, w = max(product.size for product in given), max(product.width for product in given)
    chains = [lifted(product.factors, product.size, size, ring) for product in given]
    return ring, size, [widened(chain, size, w, ring) for chain in chains] if width else chains


def scaled(
    product: KaleidoscopeProduct,
    rows: Sequence[Any] | Array | None = None,
    columns: Sequence[Any] | Array | None = None,
) -> KaleidoscopeProduct:
    """Return diag(rows) M diag(columns): the same size, width and kind; None stands for the identity."""
    ring, factors = product.field, list(product.factors)
    for values, length, place, scale in (
        (columns, product.n, 0, ButterflyFactor.columns_scaled),
        (rows, product.m, -1, ButterflyFactor.rows_scaled),
    ):
        if values is None:
            continue
        if len(values) != length:
            raise ShapeMismatch(
                f"{len(values)} scale factors for {length} rows or columns; wanted one for each."
            )
        extended = constant(ring.one, product.size)
        extended[:length] = [ring(x) for x in values]
        factors[place] = scale(factors[place], extended)
    return KaleidoscopeProduct(
        product.m, product.n, product.size, product.width, ring, product.kind, tuple(factors)
    )


def multiplied(*products: KaleidoscopeProduct) -> KaleidoscopeProduct:
    """Return the matrix product, the leftmost applied last: widths add, the size is the largest.

    Between two neighbours the positions beyond the inner dimension hold what the corner does not show; a projector
    absorbed in the next factor removes them.  Raises ShapeMismatch naming both shapes.

    >>> from ldrtheory.synthesis import sparse
    >>> multiplied(sparse([[1, 2]]), sparse([[3], [4]])).entries().tolist()
    [[11]]
    """
    ring, size, chains = aligned(products, width=False)
    for k, (left, right) in enumerate(pairwise(products)):
        if left.n != right.m:
            raise ShapeMismatch(
                f"kaleidoscope {k} is {left.m} x {left.n} and kaleidoscope {k + 1} is {right.m} x {right.n}; "
                "wanted as many columns of the one as rows of the other."
            )
    out: Factors = list(chains[-1])
    for product, chain in zip(products[-2::-1], chains[-2::-1]):
        out += [restricted(chain[0], product.n, ring) if product.n < size else chain[0], *chain[1:]]
    return product_of(out, products[0].m, products[-1].n, ring)


def _square_power(product: KaleidoscopeProduct, what: str) -> int:
    """Return l for a product of shape 2^l x 2^l; raise BadInput for any other shape."""
    n = product.n
    if product.m != n or n & (n - 1):
        raise BadInput(
            f"a {what} with a kaleidoscope of shape {product.m} x {n}; wanted square shapes that are powers of two."
        )
    return n.bit_length() - 1


def _rearranged(
    width: int, size: int, ring: Ring, factor: Callable[[int, int], ButterflyFactor | None]
) -> Factors:
    """Return the chain whose factor of bit b in part number k is factor(k, b); None stands for the identity."""
    out: Factors = []
    for t, bit in enumerate(bit_pattern("BB*", width, size)):
        found = factor(t // levels(size), bit)
        out += identities([bit], size, ring) if found is None else [found]
    return out


def _by_part(chain: Sequence[ButterflyFactor]) -> dict[tuple[int, int], ButterflyFactor]:
    """The factors of a chain by (part, bit)."""
    L = levels(chain[0].size)
    return {(t // L, factor.bit): factor for t, factor in enumerate(chain)}


def direct_sum(first: KaleidoscopeProduct, second: KaleidoscopeProduct) -> KaleidoscopeProduct:
    """Return diag(M1, M2) for two n x n kaleidoscopes, n = 2^l: bit l of the position selects the summand.

    >>> from ldrtheory.synthesis import permutation
    >>> direct_sum(permutation([1, 0]), permutation([0, 1])).entries().tolist()
    [[0, 1, 0, 0], [1, 0, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]]
    """
    low = _square_power(first, "direct sum")
    if _square_power(second, "direct sum") != low:
        raise ShapeMismatch(
            f"a direct sum of sizes {first.n} and {second.n}; wanted equal sizes: pad the smaller one."
        )
    ring, size, chains = aligned([first, second])
    parts = [_by_part(chain) for chain in chains]
    i = np.arange(2 * size)
    selected = (i >> low) & 1 == 0
    old = (i & ((1 << low) - 1)) | (i >> (low + 1) << low)

    def factor(part: int, bit: int) -> ButterflyFactor | None:
        if bit == low:
            return None
        one, other = (found[part, bit - (bit > low)] for found in parts)
        return ButterflyFactor(
            bit,
            np.where(selected, one.diagonal[old], other.diagonal[old]),
            np.where(selected, one.offdiagonal[old], other.offdiagonal[old]),
        )

    width = len(chains[0]) // (2 * levels(size))
    return product_of(_rearranged(width, 2 * size, ring, factor), 2 * first.n, 2 * first.n, ring)


def kronecker(first: KaleidoscopeProduct, second: KaleidoscopeProduct) -> KaleidoscopeProduct:
    """Return M1 (x) M2 with entry M1[i, j] M2[k, l] in row i n2 + k, column j n2 + l; n1 and n2 are powers of two.

    Size N1 N2; each bit of the position belongs to one of the two, and their factors commute.

    >>> from ldrtheory.synthesis import permutation
    >>> kronecker(permutation([1, 0]), permutation([0, 1])).entries()[0].tolist()
    [0, 0, 1, 0]
    """
    l1, l2 = _square_power(first, "Kronecker product"), _square_power(second, "Kronecker product")
    ring, _, _ = aligned([first, second])
    pair = [in_hierarchy(first), in_hierarchy(second)]
    width = max(product.width for product in pair)
    L1, L2 = (levels(product.size) for product in pair)
    parts = [_by_part(widened(product.factors, product.size, width, ring)) for product in pair]
    owners = [(1, q) for q in range(l2)] + [(0, q) for q in range(l1)]
    owners += [(1, q) for q in range(l2, L2)] + [(0, q) for q in range(l1, L1)]
    i = np.arange(1 << (L1 + L2))
    old = [np.zeros_like(i), np.zeros_like(i)]
    for bit, (owner, q) in enumerate(owners):
        old[owner] |= ((i >> bit) & 1) << q

    def factor(part: int, bit: int) -> ButterflyFactor:
        owner, q = owners[bit]
        found = parts[owner][part, q]
        return ButterflyFactor(bit, found.diagonal[old[owner]], found.offdiagonal[old[owner]])

    n = first.n * second.n
    return product_of(_rearranged(width, 1 << (L1 + L2), ring, factor), n, n, ring)
