"""Kaleidoscopes and circuits with entries drawn from a written seed, and statements about what they compute.

drawn, kaleidoscope, circuit    a number, a kaleidoscope, a circuit
identity_factor, fourier        a factor that changes nothing; the Fourier matrix of size 4 by hand
equal, computed                 statements: two matrices are equal; a subject is the matrix that brute force finds
"""

from __future__ import annotations

import random
from fractions import Fraction
from typing import Any

from tests.corpus import brute
from tests.corpus.subjects import entries, number

Json = Any


def equal(
    left: Json, right: Json, field: str = "Q", kind: str = "matrices-equal", evidence: Json = None
) -> Json:
    """Return the statement that two matrices are equal, or differ."""
    claim = {"kind": kind, "left": left, "right": right, "field": field}
    return [{"claim": claim, "evidence": evidence or {}}]


def computed(subject: Json, field: str = "Q") -> Json:
    """Return the statement that a subject is the matrix that brute force finds."""
    return equal(subject, entries(subject, field), field)


def drawn(field: str, chance: random.Random) -> Json:
    """Return a number: often 0 or 1, else small, a fraction over Q and a list over Q(zeta)."""
    F = brute.Field(field)
    if chance.randrange(4) == 0:
        return chance.randrange(2)
    if F.p:
        return chance.randrange(F.p)
    terms = [number(Fraction(chance.randrange(-9, 10), chance.choice([1, 1, 2, 3]))) for _ in range(F.phi)]
    return terms if F.phi > 1 else terms[0]


def kaleidoscope(
    kind: str, m: int, n: int, size: int, field: str = "Q", width: int = 1, seed: int = 1, least: int = 0
) -> Json:
    """Return a kaleidoscope with drawn entries (over GF(p) at least p - least, if least is given)."""
    chance, up = random.Random(seed), list(range(size.bit_length() - 1))
    bits = {"B": up, "B*": up[::-1], "BB*": up[::-1] + up, "B*B": up + up[::-1]}[kind]
    sizes = {"m": m, "n": n, "size": size, "width": width, "field": field, "kind": kind}

    def vector() -> Json:
        if least:
            return [brute.Field(field).p - chance.randrange(1, least) for _ in range(size)]
        return [drawn(field, chance) for _ in range(size)]

    return sizes | {
        "factors": [{"bit": b, "diagonal": vector(), "offdiagonal": vector()} for b in bits * width]
    }


def identity_factor(bit: int, size: int) -> Json:
    """Return the factor that changes nothing."""
    return {"bit": bit, "diagonal": [1] * size, "offdiagonal": [0] * size}


def fourier() -> Json:
    """Return the Fourier matrix of size 4, i^(jk), in BB*.

    With j = i + 2a and k = j + 2b its entry is i^(ij) (-1)^(aj + ib): wire t = i xor j of the pair of bit 1.
    """
    sizes = {"m": 4, "n": 4, "size": 4, "width": 1, "field": "Q(zeta_4)", "kind": "BB*"}
    first = {"bit": 1, "diagonal": [1, 1, -1, 1], "offdiagonal": [1, -1, 1, 1]}
    middle = {"bit": 0, "diagonal": [1, [0, 1], 0, 0], "offdiagonal": [0, 0, 1, 1]}
    last = {"bit": 1, "diagonal": [1, 1, -1, 1], "offdiagonal": [1, 1, 1, -1]}
    return sizes | {"factors": [first, middle, identity_factor(0, 4), last]}


def circuit(n: int, gates: int, outputs: list[int], field: str = "Q", seed: int = 1) -> Json:
    """Return a circuit with drawn gates."""
    chance = random.Random(seed)
    drawn_gates = [
        [drawn(field, chance), chance.randrange(n + k), drawn(field, chance), chance.randrange(n + k)]
        for k in range(gates)
    ]
    return {"inputs": n, "gates": drawn_gates, "outputs": outputs}
