"""Named transforms as exact kaleidoscopes, over the field that each of them needs.

fourier         DFT, circulants, Toeplitz matrices, linear convolution, A F D F^-1
trigonometric   cosine and sine transforms, A C D C^-1
hadamard        Hadamard, Haar, Fastfood, (HD)^3, bit reversal, diagonals
definitions     the same matrices entry by entry
catalogue       NAMES, and `named`: from "DFT(8)" to the matrix and its kaleidoscope
entry, makers   what an entry is, and how each is built
grammar         how such texts are read
fields          the root of unity that is needed, and the fields that have it

Every constructor returns a KaleidoscopeProduct and takes `field`, the name of a field that has the root of unity;
without it the smallest cyclotomic field found sufficient is taken.
"""

from ldrtheory.synthesis.gallery.catalogue import NAMES, named
from ldrtheory.synthesis.gallery.entry import Entry, Named
from ldrtheory.synthesis.gallery.fourier import (
    afdf,
    circulant,
    dft,
    inverse_dft,
    linear_convolution,
    toeplitz,
)
from ldrtheory.synthesis.gallery.hadamard import bit_reversal, diagonal, fastfood, haar, hadamard, hd3
from ldrtheory.synthesis.gallery.trigonometric import acdc, dct, dst

__all__ = [
    "NAMES",
    "Entry",
    "Named",
    "acdc",
    "afdf",
    "bit_reversal",
    "circulant",
    "dct",
    "dft",
    "diagonal",
    "dst",
    "fastfood",
    "haar",
    "hadamard",
    "hd3",
    "inverse_dft",
    "linear_convolution",
    "named",
    "toeplitz",
]
