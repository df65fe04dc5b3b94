"""The gallery by name: "DFT(8)", "DCT(8, 2)", "Circulant(FILE.json)".

NAMES       name -> Entry, in the order of the documentation
named       what a text denotes: the matrix of the definition, the kaleidoscope, why, and what is published

A size alone chooses small whole numbers as parameters; the statement of the entry says which.
"""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Final

from ldrtheory.synthesis.gallery.entry import Entry, Named, Published
from ldrtheory.synthesis.gallery.fields import FieldName, is_power_of_two
from ldrtheory.synthesis.gallery.grammar import given
from ldrtheory.synthesis.gallery.makers import MAKERS

_K = "Dao et al., Kaleidoscope (ICLR 2020)"
_M = "Dao et al., Monarch (2022), quoting Kaleidoscope"
_REAL = ", up to a real part at the end, which is not linear over the field"
_EVERY, _POWERS = "every n >= 1", "n = 1, 2, 4, 8, ..."


def _stated(width: int, expansion: int, source: str) -> Published:
    return width, Fraction(expansion), source


def _entry(
    signature: str,
    statement: str,
    published: Published | None,
    ours: str,
    needs: str = "any field",
    sizes: str = _EVERY,
    parameters: tuple[str, ...] = ("n",),
    defaults: tuple[int, ...] = (),
    aliases: tuple[str, ...] = (),
) -> Entry:
    name = signature.partition("(")[0]
    return Entry(
        name=name,
        signature=signature,
        statement=statement,
        published=published,
        ours=ours,
        sizes=sizes,
        needs=needs,
        parameters=parameters,
        defaults=defaults,
        vector="(Vector)" in signature,
        make=MAKERS[name],
        aliases=aliases,
    )


_ENTRIES = (
    _entry("Identity(n)", "ones on the diagonal", None, "in B"),
    _entry(
        "Diagonal(n), Diagonal(Vector)",
        "d[i] on the diagonal; d = 1, ..., n",
        _stated(1, 1, _K),
        "in B",
    ),
    _entry(
        "BitReversal(n)",
        "1 at (i, j) where the binary digits of i are those of j reversed",
        _stated(1, 1, f"{_K}, Theorem 2"),
        "(1, 1)",
        sizes=_POWERS,
    ),
    _entry(
        "Hadamard(n)",
        "(-1)^(binary digits 1 that i and j share)",
        _stated(1, 1, _K),
        "in B",
        sizes=_POWERS,
        aliases=("WalshHadamard", "WHT"),
    ),
    _entry(
        "Haar(n)",
        "row 0: ones; row 2^s + q: +1, then -1 on the halves of block q of n/2^s columns",
        None,
        "(2, 1); in B for n <= 2",
        sizes=_POWERS,
    ),
    _entry(
        "DFT(n)",
        "zeta_n^(-ij)",
        _stated(2, 1, _K),
        "(1, 1) for n = 2^L, else (1, N/n)",
        "zeta_2n for n = 2^L (zeta_n for n <= 4), else zeta_lcm(n, N)",
        aliases=("FFT",),
    ),
    _entry(
        "InverseDFT(n)",
        "zeta_n^(ij) / n",
        _stated(2, 1, _K),
        "(1, 1) for n = 2^L, else (1, N/n)",
        "as DFT",
        aliases=("IDFT", "IFFT", "DFT^-1"),
    ),
    _entry(
        "Circulant(n), Circulant(Vector)",
        "c[(i - j) mod n]; c = 1, ..., n",
        _stated(1, 1, _K),
        "(1, 1) for n = 2^L, else (1, N/n)",
        "zeta_n for n = 2^L, else zeta_N; any field for n <= 2",
    ),
    _entry(
        "Toeplitz(n), Toeplitz(rows, columns), Toeplitz(Vector)",
        "t[i - j + columns - 1]; the entry is i - j",
        _stated(1, 2, _K),
        "(1, N/n), N = pow2(rows + columns - 1); in B for n <= 2",
        "zeta_N; any field for n <= 2",
        parameters=("n", "columns"),
        defaults=(0,),
    ),
    _entry(
        "LinearConvolution(n), LinearConvolution(Vector)",
        "t[i - j] for 0 <= i - j < n, else 0, (2n - 1) x n; t = 1, ..., n",
        _stated(1, 2, _K),
        "(1, N/(2n - 1))",
        "zeta_N; any field for n = 1",
        aliases=("Convolution",),
    ),
    _entry(
        "AFDF(n)",
        "A F D F^-1, F = DFT(n); a = 1, ..., n, d = n, ..., 1",
        _stated(1, 1, _M),
        "(1, 1) for n = 2^L, else (1, N/n)",
        "zeta_n for n = 2^L, else zeta_lcm(n, N)",
        aliases=("AFDF^-1",),
    ),
    _entry(
        "DCT(n, type=2)",
        "plain cosines of type 1, 2, 3 or 4, without a factor 2",
        _stated(2, 1, _K + _REAL),
        "(2, 2) for n = 2^L and types 2, 3, 4 (types 2, 3 of size 4: (1, 1)); else (1, 2N/n); in B for n <= 2",
        "zeta_4n (type 4: zeta_8n) for n = 2^L, else also zeta_N",
        parameters=("n", "type"),
        defaults=(2,),
    ),
    _entry(
        "DST(n, type=2)",
        "plain sines of type 1, 2, 3 or 4, without a factor 2",
        _stated(2, 1, _K + _REAL),
        "(2, 2) for n = 2^L and types 2, 3, 4 (types 2, 3 of size 4: (1, 1)); else (1, 2N/n); in B for n <= 2",
        "zeta_4n (type 4: zeta_8n) for n = 2^L, else also zeta_N",
        parameters=("n", "type"),
        defaults=(2,),
    ),
    _entry(
        "Fastfood(n)",
        "A H G P H D; a = d = 1, ..., n, g = n, ..., 1, P has ones at ((3i + 1) mod n, i)",
        _stated(2, 1, _M),
        "(2, 1)",
        sizes=_POWERS,
    ),
    _entry(
        "HD3(n)",
        "H D3 H D2 H D1; d1 = d3 = 1, ..., n, d2 = n, ..., 1",
        _stated(2, 1, _M),
        "(2, 1)",
        sizes=_POWERS,
        aliases=("(HD)^3",),
    ),
    _entry(
        "ACDC(n)",
        "A C D C^-1, C = DCT(n, 2); a = 1, ..., n, d = n, ..., 1",
        _stated(2, 1, _M + _REAL),
        "(2, 2) for n = 2^L >= 4, else (2, 2N/n); in B for n <= 2",
        "zeta_4n, for n other than 2^L also zeta_N",
        aliases=("ACDC^-1",),
    ),
)

NAMES: Final[dict[str, Entry]] = {entry.name: entry for entry in _ENTRIES}


def named(text: str, field: FieldName = None, folder: Path | None = None) -> Named:
    """Return what a name of the gallery denotes: "DFT(8)", "DCT(8, 2)", "Circulant(FILE.json)", "(HD)^3(16)".

    Case and spaces do not matter, except in file names; FILE holds a vector, relative to `folder`.
    field: the name of the field of the factors, by default the smallest cyclotomic field found sufficient.
    Raises UnknownName (offering the nearest names), BadInput (a text that cannot be read, sizes that do not work) and
    NotInRing (a field without the root of unity that is needed).

    >>> found = named("dft( 8 )")
    >>> found.name, found.product.width, found.published[0], found.ring
    ('DFT(8)', 1, 2, Q(zeta_16))
    """
    entry, arguments = given(text, NAMES, field, folder)
    made = entry.make(arguments)
    n = made.product.n
    published = entry.published if n >= 2 and is_power_of_two(n) else None
    return Named(f"{entry.name}({arguments.text})", made.product, made.why, published, made.definition)
