"""What a conjecture speaks of: objects of size n that are made of numbers and of choices.

Domain                      how many numbers and which choices an object of size n takes, and how it is made
Point                       the numbers and the choices of all objects of one case: what is enumerated, drawn and shrunk
matrices, square, nonsingular, singular         matrices without structure
toeplitz, circulants, lower_toeplitz, tridiagonal, triangular        matrices of a form
vectors, scalars            columns and numbers
members                     members of a family of the package
choices, indices, several   one of a few values; a position; a list of objects

A domain is a rule of its own: a user adds one by calling Domain.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from random import Random
from typing import Any

import numpy as np

from ldrtheory.elimination import determinant
from ldrtheory.errors import BadInput
from ldrtheory.families import Family
from ldrtheory.linalg import Array, zeros
from ldrtheory.rings import Ring

Number = int | Fraction  # exact; what ring(x) reads in every field
Size = Callable[[int], int]


@dataclass(frozen=True)
class Point:
    """The numbers and the choices of one case of size n.

    Points are ordered by n, then the number of nonzero numbers, then their size, then the choices: the smallest first.
    """

    n: int
    numbers: tuple[Number, ...]
    choices: tuple[int, ...]

    def weight(self) -> tuple[Any, ...]:
        """Return the key of the order."""
        sizes = [abs(x.numerator) + x.denominator - 1 for x in self.numbers]
        signs = tuple((s, x < 0) for s, x in zip(sizes, self.numbers))
        return self.n, sum(s > 0 for s in sizes), sum(sizes), sum(self.choices), self.choices, signs

    def data(self) -> dict[str, Any]:
        """Return the point as JSON data."""
        return {"n": self.n, "numbers": [str(x) for x in self.numbers], "choices": list(self.choices)}

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Point:
        """Return the point that JSON data denote."""
        numbers = [Fraction(x) for x in data["numbers"]]
        exact = tuple(x.numerator if x.denominator == 1 else x for x in numbers)
        return cls(int(data["n"]), exact, tuple(int(x) for x in data["choices"]))


@dataclass(frozen=True)
class Domain:
    """Objects of size n.

    text        what they are called
    make        (n, numbers, choices, ring) -> the object, or None where these numbers give none
    numbers     n -> how many ring elements an object takes
    choices     n -> the number of values of each choice it takes; a 0 among them: no object of this size
    structured  (n, random source) -> the numbers of an object of a special form, such as a circulant
    """

    text: str
    make: Callable[[int, list[Any], tuple[int, ...], Ring], Any]
    numbers: Size = lambda n: 0
    choices: Callable[[int], tuple[int, ...]] = lambda n: ()
    structured: Callable[[int, Random], list[Number]] | None = None


def _rows(values: Sequence[Any], m: int, n: int) -> Array:
    out = np.empty(m * n, dtype=object)
    out[:] = values
    return out.reshape(m, n)


def _structured(m: int, n: int, draw: Random) -> list[Number]:
    """Small integers: circulant, skew-circulant, Toeplitz, of rank one, a permutation, or the sum of two of these."""
    few = [0, 1] if draw.random() < 0.5 else [0, 1, -1]
    kind = draw.choice(
        ["circulant", "circulant", "skew", "skew", "toeplitz", "rank one", "permutation", "sum"]
    )
    if kind == "sum":
        return [x + y for x, y in zip(_structured(m, n, draw), _structured(m, n, draw))]
    places = [(i, j) for i in range(m) for j in range(n)]
    t = draw.choices(few, k=m + n)
    if kind == "permutation":
        order = draw.sample(range(max(m, n)), max(m, n))
        return [int(order[i] == j) for i, j in places]
    if kind == "rank one":
        return [t[i] * t[m + j] for i, j in places]
    if kind == "toeplitz":
        return [t[i - j + n - 1] for i, j in places]
    sign = -1 if kind == "skew" else 1
    return [t[i - j] if i >= j else sign * t[i - j + n] for i, j in places]


def matrices(rows: Size, columns: Size) -> Domain:
    """Return the domain of all matrices with rows(n) rows and columns(n) columns."""
    return Domain(
        "matrices",
        lambda n, values, _, ring: _rows(values, rows(n), columns(n)),
        lambda n: rows(n) * columns(n),
        structured=lambda n, draw: _structured(rows(n), columns(n), draw),
    )


def square() -> Domain:
    """Return the domain of all n x n matrices."""
    return matrices(lambda n: n, lambda n: n)


def _with_determinant(text: str, zero: bool) -> Domain:
    def make(n: int, values: list[Any], _: Any, ring: Ring) -> Array | None:
        M = _rows(values, n, n)
        return M if ring.is_zero(determinant(M, ring)) == zero else None

    return Domain(text, make, lambda n: n * n, structured=lambda n, draw: _structured(n, n, draw))


def nonsingular() -> Domain:
    """Return the domain of n x n matrices with a determinant that is not zero."""
    return _with_determinant("nonsingular matrices", False)


def singular() -> Domain:
    """Return the domain of n x n matrices of determinant zero."""
    return _with_determinant("singular matrices", True)


def unimodular() -> Domain:
    """Return the domain of n x n matrices of determinant 1 or -1."""

    def make(n: int, values: list[Any], _: Any, ring: Ring) -> Array | None:
        M = _rows(values, n, n)
        return M if determinant(M, ring) in (ring.one, -ring.one) else None

    return Domain(
        "matrices of determinant 1 or -1",
        make,
        lambda n: n * n,
        structured=lambda n, draw: _structured(n, n, draw),
    )


def toeplitz() -> Domain:
    """Return the domain of n x n Toeplitz matrices; the numbers are t_(1-n), ..., t_(n-1)."""

    def make(n: int, t: list[Any], _: Any, ring: Ring) -> Array:
        return _rows([t[i - j + n - 1] for i in range(n) for j in range(n)], n, n)

    return Domain("Toeplitz matrices", make, lambda n: 2 * n - 1)


def circulants() -> Domain:
    """Return the domain of n x n circulants; the numbers are the first column."""

    def make(n: int, c: list[Any], _: Any, ring: Ring) -> Array:
        return _rows([c[(i - j) % n] for i in range(n) for j in range(n)], n, n)

    return Domain("circulants", make, lambda n: n)


def lower_toeplitz() -> Domain:
    """Return the domain of n x n lower triangular Toeplitz matrices; the numbers are the first column."""

    def make(n: int, c: list[Any], _: Any, ring: Ring) -> Array:
        return _rows([c[i - j] if i >= j else ring.zero for i in range(n) for j in range(n)], n, n)

    return Domain("lower triangular Toeplitz matrices", make, lambda n: n)


def triangular(upper: bool) -> Domain:
    """Return the domain of n x n upper, or lower, triangular matrices."""

    def make(n: int, values: list[Any], _: Any, ring: Ring) -> Array:
        out = zeros(ring, n, n)
        places = [(i, j) for i in range(n) for j in range(i + 1)]
        for (i, j), x in zip(places, values):
            out[(j, i) if upper else (i, j)] = x
        return out

    return Domain(f"{'upper' if upper else 'lower'} triangular matrices", make, lambda n: n * (n + 1) // 2)


def tridiagonal(irreducible: bool = False) -> Domain:
    """Return the domain of n x n tridiagonal matrices; irreducible: no entry beside the diagonal is zero."""

    def make(n: int, values: list[Any], _: Any, ring: Ring) -> Array | None:
        out = zeros(ring, n, n)
        main, below, above = values[:n], values[n : 2 * n - 1], values[2 * n - 1 :]
        if irreducible and any(ring.is_zero(x) for x in [*below, *above]):
            return None
        for k in range(n):
            out[k, k] = main[k]
        for k in range(n - 1):
            out[k + 1, k], out[k, k + 1] = below[k], above[k]
        return out

    return Domain("tridiagonal matrices", make, lambda n: 3 * n - 2)


def vectors(length: Size = lambda n: n) -> Domain:
    """Return the domain of vectors with length(n) entries."""
    return Domain("vectors", lambda n, values, _, ring: _rows(values, 1, length(n))[0], length)


def scalars(nonzero: bool = False) -> Domain:
    """Return the domain of numbers, or of numbers that are not zero."""

    def make(n: int, values: list[Any], _: Any, ring: Ring) -> Any:
        return None if nonzero and ring.is_zero(values[0]) else values[0]

    return Domain("nonzero numbers" if nonzero else "numbers", make, lambda n: 1)


def members(family: type[Family], sizes: Callable[[int], dict[str, int]] | None = None) -> Domain:
    """Return the domain of the members of a family; sizes(n) are its sizes, by default {"n": n}."""

    def instance(n: int) -> Family | None:
        try:
            return family(**(sizes(n) if sizes else {"n": n}))
        except BadInput:
            return None

    def make(n: int, values: list[Any], _: Any, ring: Ring) -> Any:
        from ldrtheory.families import Member

        found = instance(n)
        if found is None or not found.lives_in(ring):
            return None
        stream = iter(values)
        p = found.filled(lambda: next(stream))
        return None if found.refusal(p, ring) else Member(found, p, ring)

    def count(n: int) -> int:
        found = instance(n)
        return sum(slot.size for slot in found.slots()) if found else 0

    return Domain(f"members of {family.__name__}", make, count)


def choices(*values: Any) -> Domain:
    """Return the domain of the given values."""
    return Domain(
        f"one of {values}", lambda n, _, chosen, ring: values[chosen[0]], choices=lambda n: (len(values),)
    )


def indices(first: int = 0, end: Size = lambda n: n) -> Domain:
    """Return the domain of the integers first, ..., end(n) - 1."""
    return Domain(
        "indices",
        lambda n, _, chosen, ring: first + chosen[0],
        choices=lambda n: (max(0, end(n) - first),),
    )


def several(domain: Domain, most: int) -> Domain:
    """Return the domain of lists of 1 to `most` objects of a domain without choices."""

    def make(n: int, values: list[Any], chosen: tuple[int, ...], ring: Ring) -> list[Any] | None:
        each = domain.numbers(n)
        parts = [values[k * each : (k + 1) * each] for k in range(chosen[0] + 1)]
        if any(not ring.is_zero(x) for x in values[(chosen[0] + 1) * each :]):
            return None  # numbers of objects that are not there count once, as zeros
        found = [domain.make(n, part, (), ring) for part in parts]
        return None if any(x is None for x in found) else found

    return Domain(f"lists of {domain.text}", make, lambda n: most * domain.numbers(n), lambda n: (most,))
