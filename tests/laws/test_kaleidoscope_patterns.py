"""Laws of the patterns of sparse factors: which chain, and what the chain is."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from ldrtheory.errors import BadInput, ShapeMismatch
from ldrtheory.families import Monarch, parameter_count
from ldrtheory.kaleidoscopes import ButterflyFactor, DeformablePattern, butterfly_pattern, monarch_patterns
from ldrtheory.rings import QQ

SMALL = [DeformablePattern(*t) for t in itertools.product((1, 2, 3, 4), repeat=4) if np.prod(t) <= 24]


def test_the_chaining_rule_on_all_small_patterns() -> None:
    chained = redundant = 0
    for left, right in itertools.product(SMALL, repeat=2):
        r = left.paths(right)
        if r is None:
            continue
        assert left.shape[1] == right.shape[0]
        assert (left.support() @ right.support() == r * left.chain(right).support()).all(), (left, right)
        chained, redundant = chained + 1, redundant + (r > 1)
    assert chained > 900
    assert redundant > 100


def test_patterns_that_do_not_chain_are_refused() -> None:
    """Bit 0 left of bit 1: the product is full for n = 4, but bit 0 left of itself has two paths in each place."""
    low, high = butterfly_pattern(0, 4), butterfly_pattern(1, 4)
    assert high.paths(low) == 1
    assert low.paths(high) is None
    assert low.paths(low) == 2
    with pytest.raises(ShapeMismatch, match="do not chain"):
        low.chain(high)
    one_name, another = DeformablePattern(1, 1, 1, 2), DeformablePattern(2, 1, 1, 1)  # both are I_2
    assert one_name.paths(another) is None  # the rule is sufficient, not necessary
    with pytest.raises(BadInput, match="b=0"):
        DeformablePattern(1, 0, 1, 1)


@pytest.mark.parametrize("n", [2, 4, 8, 16])
def test_butterfly_and_monarch_patterns(n: int) -> None:
    L = n.bit_length() - 1
    chain = None
    for b in reversed(range(L)):
        pattern = butterfly_pattern(b, n)
        factor = ButterflyFactor(b, [1] * n, [1] * n)
        assert (factor.dense(QQ) == pattern.support()).all()
        assert pattern.nonzeros == factor.nonzeros == 2 * n
        assert chain is None or chain.paths(pattern) == 1
        chain = pattern if chain is None else chain.chain(pattern)
    assert chain == DeformablePattern(1, n, n, 1)
    for m in (1, 2, n // 2, n):
        left, right = monarch_patterns(n, m)
        assert left.paths(right) == 1
        assert left.chain(right) == chain
        family = Monarch(n, m)
        assert left.nonzeros + right.nonzeros == parameter_count(family)
