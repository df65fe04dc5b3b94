"""The field a transform needs, and what all constructions of the gallery share.

smallest        the smallest cyclotomic field with a root of unity of the given order that holds the given numbers
field_for       the field asked for, or the smallest one; refused where the root is missing
whole_size, power_sizes     refuse what is no size, and a size that is no power of two
is_power_of_two    whether a number is 1, 2, 4, 8, ...
affordable      refuses what would store too many rational numbers
of_two          a matrix of at most 2 x 2 as one butterfly factor
powers          1, x, x^2, ...

The smallest field here is the smallest one found sufficient for the factors; the entries may lie in a smaller one.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import lcm
from typing import Any, Final

from flint import fmpz

from ldrtheory.errors import BadInput, NotInRing
from ldrtheory.exactstrings import shortened
from ldrtheory.kaleidoscopes import ButterflyFactor, KaleidoscopeProduct
from ldrtheory.linalg import Array
from ldrtheory.rings import QQ, Cyclotomic, CyclotomicField, PrimeField, Ring, ring_named, ring_of
from ldrtheory.synthesis.chains import PARAMETER_LIMIT, constant, parameters

FieldName = str | Ring | None

ORDER_LIMIT: Final = 1 << 18  # of the roots of unity of a field that is made without being asked for


def smallest(order: int, over: Ring = QQ) -> Ring:
    """Return the smallest Q(zeta_N) that contains `over` and a root of unity of the given order; Q for N <= 2.

    >>> smallest(2), smallest(6), smallest(8)
    (Q, Q(zeta_3), Q(zeta_8))
    """
    N = lcm(order, over.order if isinstance(over, CyclotomicField) else 1)
    N = N // 2 if N % 4 == 2 else N
    if N > ORDER_LIMIT:
        raise BadInput(
            f"a root of unity of order {N} in a cyclotomic field: every number has up to {N - 1} coefficients; wanted "
            f"an order of at most {ORDER_LIMIT}: take a smaller size, or a prime field GF(p) with p = 1 mod {N}."
        )
    return QQ if N == 1 else Cyclotomic(N)


def _first_prime(order: int) -> int:
    """The least prime p = 1 mod order."""
    p = order + 1
    while not fmpz(p).is_prime():
        p += order
    return p


def field_for(what: str, order: int, values: Sequence[Any] | Array = (), field: FieldName = None) -> Ring:
    """Return the field in which `what` is built: `field` itself, or the smallest one that suffices.

    order: the root of unity that the factors need; values: numbers that the field must hold.
    Raises NotInRing naming the missing root, its order and the fields that have it.

    >>> field_for("a circulant", 8, [1, 2])
    Q(zeta_8)
    """
    own = ring_of(values) if len(values) else QQ
    if field is None:
        home = own if isinstance(own, PrimeField) else smallest(order, own)
    else:
        home = ring_named(field) if isinstance(field, str) else field
    if not isinstance(home, PrimeField | CyclotomicField) and home is not QQ:
        raise BadInput(f"{what} over {home.name}; wanted Q, Q(zeta_N) or GF(p): choose one of them.")
    try:
        home.root_of_unity(order)
    except NotInRing:
        base = QQ if isinstance(own, PrimeField) else own
        enough = smallest(lcm(order, home.order if isinstance(home, CyclotomicField) else 1), base)
        raise NotInRing(
            f"{what} over {home.name}: the factors need a primitive root of unity of order {order}, which "
            f"{home.name} does not have; {smallest(order, base).name} is the smallest cyclotomic field with one"
            + (f" ({enough.name} holds {home.name} too)" if enough != smallest(order, base) else "")
            + f", GF(p) has one for the primes p = 1 mod {order}, such as {_first_prime(order)}: choose another field."
        ) from None
    return home


def is_power_of_two(n: int) -> bool:
    """Whether n is 1, 2, 4, 8, ..."""
    return n & (n - 1) == 0


def power_sizes(what: str, n: int) -> None:
    """Raise BadInput unless n is 1, 2, 4, 8, ..."""
    whole_size(what, n)
    if not is_power_of_two(n):
        below = 1 << (n.bit_length() - 1)
        raise BadInput(f"{what} has the sizes 1, 2, 4, 8, 16, ...; got {n}: take {below} or {2 * below}.")


def whole_size(what: str, n: Any) -> None:
    """Raise BadInput unless n is a whole number of at least 1."""
    if isinstance(n, bool) or not isinstance(n, int) or n < 1:
        raise BadInput(
            f"{what} wants a whole number of at least 1 as its size; got {shortened(n)}: correct it."
        )


def affordable(what: str, width: int, size: int, field: Ring) -> None:
    """Raise BadInput where more than PARAMETER_LIMIT rational numbers would be stored, about 2 GiB."""
    degree = field.degree if isinstance(field, CyclotomicField) else 1
    count, limit = parameters(width, size) * degree, PARAMETER_LIMIT
    if count > limit:
        raise BadInput(
            f"{what} over {field.name} needs width {width} at size {size}: {parameters(width, size)} numbers of "
            f"{degree} rational coefficients each, at least {8 * count / 2**30:.1f} GiB; at most {limit} "
            "coefficients are built: take a smaller size, or a prime field with the root of unity."
        )


def of_two(M: Array, field: Ring) -> KaleidoscopeProduct:
    """Return an m x n matrix, m, n <= 2, as one butterfly factor of size 2: it is in B."""
    m, n = M.shape
    d, o = constant(field.zero, 2), constant(field.zero, 2)
    for i in range(m):
        for j in range(n):
            (d if i == j else o)[i] = field(M[i, j])
    return KaleidoscopeProduct(m, n, 2, 1, field, "B", (ButterflyFactor(0, d, o),))


def powers(x: Any, count: int, field: Ring) -> Array:
    """Return the vector 1, x, ..., x^(count - 1)."""
    out = constant(field.one, count)
    for k in range(1, count):
        out[k] = out[k - 1] * x
    return out
