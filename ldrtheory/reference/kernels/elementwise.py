# mypy: disable-error-code="no-untyped-def,assignment,no-untyped-call"
"""Double-double numbers, entry by entry.

add_wide        a + b
multiply_wide   a b

All arrays are flat and of one length.
"""

from __future__ import annotations

from ldrtheory.reference.kernels.errorfree import compiled, wide_product, wide_sum


@compiled
def add_wide(ah, al, bh, bl, yh, yl):
    """Write a + b into y."""
    for i in range(yh.size):
        yh[i], yl[i] = wide_sum(ah[i], al[i], bh[i], bl[i])


@compiled
def multiply_wide(ah, al, bh, bl, yh, yl):
    """Write a b into y."""
    for i in range(yh.size):
        yh[i], yl[i] = wide_product(ah[i], al[i], bh[i], bl[i])
