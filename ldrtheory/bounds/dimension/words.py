"""Matrix identities in non-commuting letters, which hold at every size: the gauges of the learned classes.

Words           sums of words: word -> coefficient
derivative      by the product rule, letters replaced by what they move by
matrix_gauges   the gauges of a class given by generators with their numbers, each shown as such an identity
determined      whether generators determine the member, as the argument for the Sylvester form asks
"""

from __future__ import annotations

from ldrtheory.errors import LdrTheoryError
from ldrtheory.families import LowRank, ToeplitzLike
from ldrtheory.families.ldr import LearnedOperators, TridiagonalLDR
from ldrtheory.operators.invertibility import is_invertible
from ldrtheory.rings import GF

Words = dict[str, int]


def _sum(*terms: tuple[str, int]) -> Words:
    out: Words = {}
    for word, c in terms:
        out[word] = out.get(word, 0) + c
    return {word: c for word, c in out.items() if c}


def derivative(of: Words, motion: dict[str, Words]) -> Words:
    """Return the derivative of a sum of words, letters without motion standing still.

    >>> derivative({"GK": 1}, {"G": {"GX": 1}, "K": {"XK": -1}})
    {}
    """
    return _sum(
        *(
            (word[:i] + replaced + word[i + 1 :], c * d)
            for word, c in of.items()
            for i, letter in enumerate(word)
            for replaced, d in motion.get(letter, {}).items()
        )
    )


def matrix_gauges(family: LearnedOperators | ToeplitzLike | LowRank) -> list[tuple[str, int]]:
    """Return (name, number of independent directions) of the gauges of a class given by generators, at any size.

    The letters: A, B, M, G, K = H^T, X any r x r matrix.  Sylvester: A M - M B - G K moves by a multiple of itself.
    krylov: G K stands still, and so does A N B if N does, hence every partial sum N -> G K + A N B.
    Independent where G has full rank and A is not a multiple of I, as is generic.

    >>> from ldrtheory.families import SubdiagonalLDR
    >>> matrix_gauges(SubdiagonalLDR(64, 15))
    [('GL_15 on G, H', 225), ('scaling (A, B, G) -> (c A, c B, c G)', 1)]
    """
    equation = {"AM": 1, "MB": -1, "GK": -1}
    linear: dict[str, Words] = {"G": {"GX": 1}, "K": {"XK": -1}}
    scaling: dict[str, Words] = {"A": {"A": 1}, "B": {"B": 1}, "G": {"G": 1}}
    shift: dict[str, Words] = {"A": {"": 1}, "B": {"": 1}}
    inverse_scaling: dict[str, Words] = {"A": {"A": 1}, "B": {"B": -1}}
    shown = not derivative({"GK": 1}, linear) and not derivative({"ANB": 1}, inverse_scaling)
    shown = shown and derivative(equation, scaling) == equation and not derivative(equation, shift)
    if not shown:
        raise LdrTheoryError(
            "an identity of the learned classes does not hold: a bug of ours, please report it."
        )
    found = [(f"GL_{family.rank} on {'U, V' if isinstance(family, LowRank) else 'G, H'}", family.rank**2)]
    if not isinstance(family, LearnedOperators):
        return found
    if family.krylov:
        return [*found, ("scaling (A, B) -> (c A, B / c)", 1)]
    found.append(("scaling (A, B, G) -> (c A, c B, c G)", 1))
    if isinstance(family, TridiagonalLDR):
        found.append(("shift (A, B) -> (A + c I, B + c I)", 1))
    return found


def determined(family: LearnedOperators) -> bool:
    """Whether A M - M B is invertible for generic parameters: it is at a point modulo a 61-bit prime."""
    ring = GF(2**61 - 1)
    p = family.random(1, ring)
    return is_invertible(family.structures(p, ring)[0].displacement(), family.shape, ring)
