"""Sizes of products of butterfly factors.

power_of_two    the least one that is large enough
"""


def power_of_two(least: int) -> int:
    """Return the least power of two that is not below `least`."""
    return 1 << (least - 1).bit_length()
