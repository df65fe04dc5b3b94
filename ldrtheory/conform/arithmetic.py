"""The floating point formats that kernels compute in, as the adapter states them.

Format          unit roundoff, range and carrier of float16, bfloat16, tf32, float32, float64 and their complex forms
Arithmetic      what a kernel does with a format: how it stores, multiplies and accumulates
arithmetic      the Arithmetic of a dtype and an accumulation type
rounded         numbers rounded to a format, in its carrier
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from ldrtheory.errors import BadInput, unknown_name


@dataclass(frozen=True)
class Format:
    """A binary floating point format with rounding to nearest.

    digits: significant bits, so that the unit roundoff is 2^-digits; least: the smallest exponent of a normal
    number (as in 2^least); most: numbers are below 2^most; carrier: the numpy type whose values hold them;
    gradual: whether every unit in use keeps subnormal numbers (of the others many flush to zero).
    """

    name: str
    digits: int
    least: int
    most: int
    carrier: str
    complex: bool = False
    gradual: bool = False

    @property
    def unit(self) -> float:
        """The unit roundoff."""
        return 2.0**-self.digits

    @property
    def underflow(self) -> float:
        """The largest absolute error of one operation whose result is below the normal range."""
        return 2.0 ** (self.least - self.digits) if self.gradual else 2.0**self.least


_REAL = (
    Format("float16", 11, -14, 16, "float16", gradual=True),
    Format("bfloat16", 8, -126, 128, "float32"),
    Format("tf32", 11, -126, 128, "float32"),
    Format("float32", 24, -126, 128, "float32"),
    Format("float64", 53, -1022, 1024, "float64"),
)
FORMATS: Final[dict[str, Format]] = {f.name: f for f in _REAL} | {
    "complex64": Format("complex64", 24, -126, 128, "complex64", True),
    "complex128": Format("complex128", 53, -1022, 1024, "complex128", True),
}


def format_named(name: str) -> Format:
    """Return the format called `name`; raise UnknownName with the nearest names for any other."""
    if name not in FORMATS:
        raise unknown_name("dtype", str(name), FORMATS)
    return FORMATS[name]


@dataclass(frozen=True)
class Arithmetic:
    """What a kernel of one dtype does: `store` holds inputs, results and whatever it writes down between stages,
    `accumulate` is what it adds in, `operands` what it rounds factors to before multiplying (tf32), or None.
    """

    store: Format
    accumulate: Format
    operands: Format | None = None

    @property
    def carrier(self) -> np.dtype:
        """The numpy type of the arrays that carry the values."""
        return np.dtype(self.store.carrier)

    @property
    def complex(self) -> bool:
        """Whether the values are complex."""
        return self.store.complex

    @property
    def exact_digits(self) -> int:
        """Integers of at most this many bits go through every step unchanged."""
        return min(f.digits for f in (self.store, self.accumulate, self.operands) if f is not None)

    @property
    def longest(self) -> float:
        """The largest relative error of one operation, whatever it is done or stored in."""
        return max(f.unit for f in (self.store, self.accumulate, self.operands) if f is not None)

    def transformed(self, n: int) -> float:
        """Return the relative error, in norm, of one transform of vectors of length n: 7 u log2(16 n).

        Every transform is stored once, where it is not stored in what it is computed in.
        """
        computes = max(f.unit for f in (self.accumulate, self.operands) if f is not None)
        stored = 0.0 if self.store.unit == self.accumulate.unit else self.store.unit
        return float(7 * computes * (np.log2(n) + 4) + stored)

    def growth(self, depth: int, stages: int) -> float:
        """Return the g with |computed - exact| <= g * (sum of the absolute values of the terms).

        A term carries at most `depth` factors 1 + d, |d| <= the unit of accumulation, one rounding to storage for
        each of its `stages` products, and two for the rounded operands of each in tf32; all at once
        exp(sum of the units) - 1 bounds the product minus 1, (1 + u)^k - 1 <= exp(k u) - 1.  A rounding in
        complex arithmetic counts as three: fl(x y) = x y (1 + d), |d| <= sqrt(2) gamma_2 < 3 u
        (Higham, Accuracy and Stability of Numerical Algorithms, 2002, lemma 3.5).
        """
        units = depth * self.accumulate.unit * (3 if self.complex else 1)
        if self.accumulate.unit != self.store.unit:
            units += stages * self.store.unit
        if self.operands is not None:
            units += 2 * stages * self.operands.unit
        return float(np.expm1(units))


def arithmetic(dtype: str, accumulate: str | None = None) -> Arithmetic:
    """Return the arithmetic of a kernel of the given dtype that adds in `accumulate` (its own dtype by default).

    "tf32" stores and adds in float32 and multiplies operands rounded to 11 bits.

    >>> arithmetic("float16", "float32").accumulate.digits
    24
    """
    store = format_named(dtype)
    if dtype == "tf32":
        single = FORMATS["float32"]
        return Arithmetic(single, single if accumulate is None else format_named(accumulate), store)
    adds = store if accumulate is None else format_named(accumulate)
    if adds.digits < store.digits:
        raise BadInput(
            f"accumulate={accumulate} has fewer digits than dtype={dtype}; wanted the type that sums are kept "
            "in, at least as long as the dtype."
        )
    return Arithmetic(store, adds)


def rounded(values: np.ndarray, store: Format) -> np.ndarray:
    """Return the values rounded to nearest, as an array of the format's carrier.

    >>> float(rounded(np.array(1 + 2.0**-7 + 2.0**-9), FORMATS["bfloat16"]))
    1.0078125
    """
    if store.name != "bfloat16":
        return np.asarray(values).astype(store.carrier)
    mantissa, exponent = np.frexp(np.asarray(values, dtype="float64"))  # |mantissa| in [1/2, 1)
    return np.ldexp(np.rint(np.ldexp(mantissa, store.digits)), exponent - store.digits).astype("float32")
