"""The factors of a product as numpy arrays and as scipy sparse matrices.

FactorArrays    bits, diagonal and offdiagonal of all factors as three arrays
to_numpy        a product as FactorArrays
to_scipy        a product as a list of scipy.sparse.csr_array in order of application
product_from    the product that is meant: of a product itself or of a member of a family of products
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from ldrtheory.errors import BadInput
from ldrtheory.kaleidoscopes.layouts.floats import rounded
from ldrtheory.kaleidoscopes.product import KaleidoscopeProduct


@dataclass(frozen=True, eq=False)
class FactorArrays:
    """Factor t is y[i] = diagonal[t, i] x[i] + offdiagonal[t, i] x[i ^ 2^bits[t]], t in order of application.

    bits                    (T,) integers
    diagonal, offdiagonal   (T, N), both indexed by the output position i
    m, n                    the corner: x is padded from n to N, y cut from N to m
    """

    bits: np.ndarray
    diagonal: np.ndarray
    offdiagonal: np.ndarray
    m: int
    n: int

    def multiply(self, x: np.ndarray) -> np.ndarray:
        """Return the corner times x of shape (n,) or (n, k), in the arithmetic of the arrays."""
        size = self.diagonal.shape[1]
        y = np.concatenate([x, np.zeros((size - self.n, *x.shape[1:]), dtype=x.dtype)])
        shape = (size,) + (1,) * (x.ndim - 1)
        for bit, d, o in zip(self.bits, self.diagonal, self.offdiagonal):
            y = d.reshape(shape) * y + o.reshape(shape) * y[np.arange(size) ^ (1 << int(bit))]
        return y[: self.m]


def product_from(source: Any) -> KaleidoscopeProduct:
    """Return `source` if it is a product, or the product of a member (family, params, ring) of a factored family."""
    if isinstance(source, KaleidoscopeProduct):
        return source
    family = getattr(source, "family", None)
    if family is not None and hasattr(family, "product"):
        return family.product(source.params, source.ring)
    raise BadInput(
        f"{type(source).__name__} is no product of butterfly factors; wanted a KaleidoscopeProduct or a member of "
        "Butterfly, Kaleidoscope or OrthogonalKaleidoscope."
    )


def to_numpy(source: Any, dtype: Any = None) -> FactorArrays:
    """Return the factors as arrays; every entry is the float nearest to the exact one, ties to the even one.

    source: a product, or a member of Butterfly, Kaleidoscope or OrthogonalKaleidoscope over an exact field.
    dtype: float64 over Q, complex128 over Q(zeta_N), int64 residues over GF(p) where None; float16, float32 and
    complex64 (rounded once, from the exact entries), int64 and object (both exact) where asked for.
    Raises BadInput: overflow, fractions as int64, non-real entries as floats, residues as floats.

    >>> from ldrtheory.kaleidoscopes import ButterflyFactor
    >>> from ldrtheory import QQ
    >>> half = KaleidoscopeProduct(2, 2, 2, 1, QQ, "B", (ButterflyFactor(0, [QQ("1/2"), 1], [0, 3]),))
    >>> to_numpy(half).diagonal.tolist(), to_numpy(half).offdiagonal.tolist()
    ([[0.5, 1.0]], [[0.0, 3.0]])
    """
    product = product_from(source)
    exact = [np.stack([getattr(f, name) for f in product.factors]) for name in ("diagonal", "offdiagonal")]
    d, o = (rounded(array, product.field, dtype) for array in exact)
    return FactorArrays(np.array([f.bit for f in product.factors]), d, o, product.m, product.n)


def to_scipy(source: Any, dtype: Any = None) -> list[Any]:
    """Return scipy.sparse.csr_array factors in order of application; their product is the m x n corner.

    The first has its n first columns only, the last its m first rows, so that F[T-1] @ ... @ F[0] is the corner (with
    floats: up to the rounding of entries and of the products). Zeros are not stored.  dtype: as in to_numpy, but
    object, of which scipy has no products. Products of int64 factors wrap around beyond 2^63, as numpy's do.
    """
    from scipy.sparse import csr_array

    if dtype is not None and np.dtype(dtype) == object:
        raise BadInput(
            "scipy has no products of objects; wanted float64, complex128 or int64: take to_numpy."
        )
    arrays = to_numpy(source, dtype)
    size = arrays.diagonal.shape[1]
    rows = np.arange(size)
    found = []
    for bit, d, o in zip(arrays.bits.tolist(), arrays.diagonal, arrays.offdiagonal):
        values = np.concatenate([d, o])
        columns = np.concatenate([rows, rows ^ (1 << bit)])
        kept = values != 0
        places = (np.concatenate([rows, rows])[kept], columns[kept])
        found.append(csr_array((values[kept], places), shape=(size, size)))
    found[0] = found[0][:, : arrays.n]
    found[-1] = found[-1][: arrays.m]
    return found
