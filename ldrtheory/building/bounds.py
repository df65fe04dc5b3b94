"""Published widths and expansions, made comparable with what was built.

Bound               width w, size N and where it is published; 4 w N log2 N numbers are stored at them
permutation_bound, sparse_bound, low_rank_bound, shift_bounds, circuit_bound, product_bound     what is published
cheapest            the bound that stores the fewest numbers
traded              what was traded for what, in a sentence

Where the printed statement fails in a border case (no nonzero entry, depth 0, sizes that are no powers of two, repeated
outputs) the corrected reading is taken: a factor max(1, .), sizes rounded up, a copy gate for each repetition.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from ldrtheory.kaleidoscopes import KaleidoscopeProduct, power_of_two
from ldrtheory.synthesis import Circuit
from ldrtheory.synthesis.chains import parameters

PAPER = "Dao et al., Kaleidoscope (ICLR 2020)"


@dataclass(frozen=True)
class Bound:
    """A published width w and size N for an m x n matrix, and its source.

    >>> Bound(4, 32, (8, 8), "Theorem 3").data()
    {'width': 4, 'expansion': '4/1', 'parameters': 2560, 'source': 'Theorem 3'}
    """

    width: int
    size: int
    shape: tuple[int, int]
    source: str

    @property
    def expansion(self) -> Fraction:
        """N / max(m, n)."""
        return Fraction(self.size, max(self.shape))

    @property
    def parameters(self) -> int:
        """4 w N log2 N, the numbers stored at this width and size."""
        return parameters(self.width, self.size)

    def data(self) -> dict[str, Any]:
        """Return width, expansion, parameters and source for JSON."""
        return {
            "width": self.width,
            "expansion": ratio(self.expansion),
            "parameters": self.parameters,
            "source": self.source,
        }


def ratio(x: Fraction) -> str:
    """Return "p/q", also for whole numbers."""
    return f"{x.numerator}/{x.denominator}"


def _pow2(x: int) -> int:
    """The least power of two that is at least x."""
    return 1 << (x - 1).bit_length()


def permutation_bound(n: int) -> Bound:
    """Return (1, 1) at n = 2^L: a permutation is in BB*; other n are extended by the identity."""
    return Bound(1, power_of_two(n), (n, n), f"{PAPER}, Theorem 2: (1, 1)")


def _pieces(s: int, n: int) -> int:
    """max(1, ceil(s / n)), the number of n-sparse summands."""
    return max(1, -(-s // n))


def sparse_bound(s: int, shape: tuple[int, int]) -> Bound:
    """Return (4 max(1, ceil(s/n)), 4) for s nonzero entries, n the larger side.

    >>> sparse_bound(0, (8, 8)).width, sparse_bound(17, (8, 8)).width, str(sparse_bound(1, (6, 6)).expansion)
    (4, 12, '16/3')
    """
    n = max(shape)
    return Bound(4 * _pieces(s, n), 4 * _pow2(n), shape, f"{PAPER}, Theorem 3: (4 ceil(s/n), 4)")


def low_rank_bound(r: int, shape: tuple[int, int]) -> Bound:
    """Return (max(1, r), 4): r outer products, each of width 1, added one after the other."""
    source = f"{PAPER}, sum of r outer products by Lemma H.5: (r, 4)"
    return Bound(max(1, r), 4 * _pow2(max(shape)), shape, source)


def shift_bounds(form: str, shape: tuple[int, int]) -> list[Bound]:
    """Return (1, 1) for a circulant and (1, 2) for a Toeplitz matrix, square and of size 2^L; nothing for others."""
    n = max(shape)
    expansion = {"circulant": 1, "toeplitz": 2}.get(form.lower())
    if expansion is None or min(shape) < n or n < 2 or n & (n - 1):
        return []
    return [
        Bound(1, expansion * n, shape, f"{PAPER}, a {form} matrix over the complex numbers: (1, {expansion})")
    ]


def circuit_bound(circuit: Circuit) -> Bound:
    """Return (8 max(1, d), 4 s'/n), s' = pow2(s), s the inputs, the gates and a copy for each repeated output."""
    s = circuit.size + len(circuit.outputs) - len(set(circuit.outputs))
    source = f"{PAPER}, Theorem 1 with the constants of its proof: (8 d, 4 s'/n)"
    return Bound(8 * max(1, circuit.depth), 4 * _pow2(s), circuit.shape, source)


def product_bound(shapes: Sequence[tuple[int, int]], counts: Sequence[int], shape: tuple[int, int]) -> Bound:
    """Return (the sum of 4 max(1, ceil(s_k/n)), 4) for a product of sparse matrices, n the largest side."""
    n = max(max(side) for side in shapes)
    width = sum(4 * _pieces(s, n) for s in counts)
    source = f"{PAPER}, Theorem 3 for each factor: (sum of 4 ceil(s_k/n), 4)"
    return Bound(width, 4 * _pow2(n), shape, source)


def cheapest(bounds: Sequence[Bound]) -> Bound:
    """Return the bound that stores the fewest numbers."""
    return min(bounds, key=lambda bound: bound.parameters)


def _compared(what: str, ours: Any, theirs: Any) -> str:
    return f"{what} {ours} as published" if ours == theirs else f"{what} {ours} instead of {theirs}"


def traded(product: KaleidoscopeProduct, bound: Bound) -> str:
    """Return a sentence: width and expansion beside the published ones, and which was traded for which."""
    w, e = product.width - bound.width, product.expansion - bound.expansion
    if w > 0 and e > 0:
        verdict = "both larger"
    elif w == 0 and e == 0:
        verdict = "nothing was traded"
    elif w <= 0 and e <= 0:
        verdict = "nothing was traded, neither is larger"
    else:
        more, less = ("expansion", "width") if e > 0 else ("width", "expansion")
        verdict = f"more {more} was traded for less {less}"
    relation = "at most" if product.parameters <= bound.parameters else "more than"
    return (
        f"{_compared('width', product.width, bound.width)} and "
        f"{_compared('expansion', product.expansion, bound.expansion)}: {verdict}; {product.parameters} stored "
        f"numbers, {relation} the {bound.parameters} (4 w N log2 N) of the published form"
    )
