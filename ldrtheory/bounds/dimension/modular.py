"""The Jacobian of a straight-line program at a point modulo a prime, all columns at once.

choose_prime    the largest prime 2^61 - c that is 1 modulo the order of the constants' root of unity
Point           a prime, its root of unity, and values of the parameters
jacobian        rows of the Jacobian of the chosen outputs

The derivatives of a value by all parameters are one Python integer with a slot of 128 bits for each parameter.  With
2^61 = c modulo p, a slot v is v mod 2^61 + c (v div 2^61) modulo p, so a few shifts and masks reduce all slots.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from flint import fmpz

from ldrtheory.bounds.dimension.recording import Program
from ldrtheory.certify.rank.limits import roots_of_unity
from ldrtheory.errors import NotInvertible, Undecided
from ldrtheory.rings import CyclotomicNumber

SLOT, FOLD, LARGEST_C = 128, 61, 1 << 20


@lru_cache(maxsize=64)
def choose_prime(order: int) -> tuple[int, int]:
    """Return (p, z): p = 2^61 - c with 0 < c < 2^20 and p = 1 modulo the order, z a primitive root of unity modulo p.

    >>> choose_prime(1)
    (2305843009213693951, 1)
    """
    for c in range(1, LARGEST_C):
        p = 2**FOLD - c
        if (p - 1) % order == 0 and fmpz(p).is_prime():
            return p, roots_of_unity(order, p)[0] if order > 2 else 1
    raise Undecided(f"no prime 2^61 - c with c < 2^20 is 1 modulo {order}; ask for a smaller size.")


@dataclass(frozen=True)
class Point:
    """Where a program is differentiated: parameters modulo the prime, `root` for the constants' root of unity."""

    prime: int
    root: int
    values: tuple[int, ...]

    @classmethod
    def random(cls, program: Program, order: int, seed: int) -> Point:
        """Return a point drawn from the seed, the same on every machine."""
        p, root = choose_prime(order)
        source = random.Random(seed)
        return cls(p, root, tuple(source.randrange(2**53) for _ in range(program.parameters)))

    def residue(self, constant: Any) -> int:
        """Return a constant of the field modulo the prime."""
        p = self.prime
        if isinstance(constant, CyclotomicNumber):
            terms = constant.coefficients()
            return (
                sum(int(c.p) * pow(int(c.q), -1, p) * pow(self.root, k, p) for k, c in enumerate(terms)) % p
            )
        return int(constant.p) * pow(int(constant.q), -1, p) % p


def jacobian(program: Program, point: Point, columns: Sequence[int] | None = None) -> list[list[int]]:
    """Return the derivatives of the outputs by the parameters `columns` (default all), row by row, modulo the prime.

    Raises NotInvertible where a division of the program is by zero at the point.
    """
    p, P = point.prime, program.parameters
    chosen = range(P) if columns is None else columns
    k, c = len(chosen), 2**FOLD - p
    units = sum(1 << SLOT * t for t in range(k))
    low, high = units * (2**FOLD - 1), units * (2 ** (SLOT - FOLD) - 1)
    tangents: dict[int, int] = dict.fromkeys(range(P), 0) | {i: 1 << SLOT * t for t, i in enumerate(chosen)}
    values = list(point.values)
    last = {
        i: P + number for number, step in enumerate(program.steps) if step[0] != "constant" for i in step[1:]
    }
    last |= dict.fromkeys(program.outputs, P + len(program.steps))
    for number, step in enumerate(program.steps, P):
        if step[0] == "constant":
            values.append(point.residue(step[1]))
            tangents[number] = 0
            continue
        op, i, j = step
        a, b = values[i], values[j]
        if op == "add":
            value, x, y = a + b, 1, 1
        elif op == "sub":
            value, x, y = a - b, 1, p - 1
        elif op == "mul":
            value, x, y = a * b, b, a
        else:
            if b == 0:
                raise NotInvertible(f"step {number} divides by zero modulo {p} at this point.")
            x = pow(b, -1, p)
            value = a * x
            y = -value * x % p
        values.append(value % p)
        v = x * tangents[i] + y * tangents[j]
        for _ in range(2):  # below 2^128, then below 2^88, then below 2^62
            v = (v & low) + c * ((v >> FOLD) & high)
        tangents[number] = v
        for used in (i, j):
            if last.get(used) == number:
                tangents.pop(used, None)
    size = SLOT // 8
    out = []
    for i in program.outputs:
        raw = tangents[i].to_bytes(k * size, "little")
        out.append([int.from_bytes(raw[t : t + size], "little") % p for t in range(0, k * size, size)])
    return out
