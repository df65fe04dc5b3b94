"""Which bits the factors of a butterfly product have, in order of application.

KINDS           B, B*, BB*, B*B
bit_pattern     the bits of one of them
check_width     whether a kind may be repeated so often
TRANSPOSED      the kind of the transpose, the adjoint and the inverse
levels          L for a size 2^L
power_of_two    the least power of two that is at least x and at least 2
"""

from __future__ import annotations

from typing import Final

from ldrtheory.errors import BadInput
from ldrtheory.exactstrings import shortened

TRANSPOSED: Final = {"BB*": "BB*", "B": "B*", "B*": "B", "B*B": "B*B"}
KINDS: Final = tuple(TRANSPOSED)


def levels(size: int) -> int:
    """Return L for size = 2^L of at least 2; raise BadInput for any other size.

    >>> levels(8)
    3
    """
    if isinstance(size, bool) or not isinstance(size, int) or size < 2 or size & (size - 1):
        raise BadInput(f"butterfly factors have a power of two of at least 2 as their size; got {size!r}.")
    return size.bit_length() - 1


def power_of_two(x: int) -> int:
    """Return the least power of two that is at least x, and at least 2.

    >>> [power_of_two(x) for x in (1, 2, 3, 8, 9)]
    [2, 2, 4, 8, 16]
    """
    return 1 << max(1, (x - 1).bit_length())


def bit_pattern(kind: str, width: int, size: int) -> tuple[int, ...]:
    """Return the bits of the factors in order of application: B* falls from L-1 to 0, B rises from 0 to L-1.

    kind: read right to left, as a product of matrices is applied; width: how often the pattern is repeated,
    1 for every kind but BB*.  Raises BadInput.

    >>> bit_pattern("BB*", 2, 4)
    (1, 0, 0, 1, 1, 0, 0, 1)
    >>> bit_pattern("B", 1, 8), bit_pattern("B*B", 1, 4)
    ((0, 1, 2), (0, 1, 1, 0))
    """
    rising = tuple(range(levels(size)))
    falling = rising[::-1]
    patterns = {"BB*": falling + rising, "B": rising, "B*": falling, "B*B": rising + falling}
    if kind not in patterns:
        raise BadInput(f"the kind {shortened(kind)}; wanted one of {', '.join(KINDS)}: correct it.")
    check_width(kind, width)
    return patterns[kind] * width


def check_width(kind: str, width: int) -> None:
    """Raise BadInput for a width that is no whole number of at least 1, or not 1 for a kind but BB*."""
    if isinstance(width, bool) or not isinstance(width, int) or width < 1:
        raise BadInput(f"the width {shortened(width)}; wanted a whole number of at least 1: correct it.")
    if kind != "BB*" and width != 1:
        raise BadInput(f"the width {width} with the kind {kind}; wanted 1: only BB* is repeated.")
