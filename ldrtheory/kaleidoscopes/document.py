"""The JSON form of a product of butterfly factors: exact strings only, read strictly.

field_name      the name of a field
document        m, n, size, width, field, kind and factors as a JSON object
parsed          a JSON object as the arguments of a product
NAMES           the names of the object
"""

from __future__ import annotations

from typing import Any, Final

from ldrtheory.errors import BadInput
from ldrtheory.exactstrings import shortened
from ldrtheory.kaleidoscopes.factor import ButterflyFactor
from ldrtheory.rings import CyclotomicField, PrimeField, RationalField, Ring, ring_named
from ldrtheory.subjects.json_files import json_entry
from ldrtheory.subjects.writing import exact_entry

NAMES: Final = ("m", "n", "size", "width", "field", "kind", "factors")
_OPTIONAL: Final = ("field", "kind")
_FACTOR: Final = ("bit", "diagonal", "offdiagonal")


def field_name(ring: Ring) -> str:
    """Return the name of a field in certificates and documents: Q(zeta_1) and Q(zeta_2) are Q."""
    return "Q" if isinstance(ring, CyclotomicField) and ring.degree == 1 else ring.name


def document(sizes: dict[str, Any], ring: Ring, factors: tuple[ButterflyFactor, ...]) -> dict[str, Any]:
    """Return the JSON object of a product with the given m, n, size, width and kind; raise BadInput over floats."""
    if not isinstance(ring, RationalField | PrimeField | CyclotomicField):
        raise BadInput(f"a product over {ring.name} has no exact form; wanted Q, Q(zeta_N) or GF(p).")
    rational = isinstance(ring, CyclotomicField) and ring.degree == 1

    def written(x: Any) -> Any:
        return exact_entry(ring(x).coefficients()[0] if rational else ring(x))

    return {
        "m": sizes["m"],
        "n": sizes["n"],
        "size": sizes["size"],
        "width": sizes["width"],
        "field": field_name(ring),
        "kind": sizes["kind"],
        "factors": [
            {
                "bit": factor.bit,
                "diagonal": [written(x) for x in factor.diagonal],
                "offdiagonal": [written(x) for x in factor.offdiagonal],
            }
            for factor in factors
        ],
    }


def _names(value: Any, wanted: tuple[str, ...], optional: tuple[str, ...], where: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise BadInput(f"{where}: {shortened(value)}; wanted an object with {', '.join(wanted)}: correct it.")
    missing = [name for name in wanted if name not in value and name not in optional]
    unknown = [shortened(name) for name in value if name not in wanted]
    if missing or unknown:
        what = [f"{', '.join(missing)} missing"] * bool(missing) + [f"{', '.join(unknown)} unknown"] * bool(
            unknown
        )
        raise BadInput(f"{where}: {' and '.join(what)}; wanted {', '.join(wanted)}: correct the names.")
    return value


def _moderate(found: dict[str, Any], names: tuple[str, ...], where: str) -> None:
    """Refuse sizes that are no integers or too long to be printed; their ranges are checked later."""
    for name in names:
        value = found[name]
        if type(value) is not int or abs(value) >= 2**63:
            shown = "a number of more than 63 bits" if type(value) is int else shortened(value)
            raise BadInput(f"{where}: {name} is {shown}; wanted a whole number: correct it.")


def parsed(data: Any, where: str = "kaleidoscope") -> dict[str, Any]:
    """Return the arguments of KaleidoscopeProduct from a JSON object; `field` is Q and `kind` BB* where absent.

    Raises BadInput naming the place: missing or unknown names, sizes that are no integers, entries outside the
    field, floats (an exact form has none).  What the sizes and bits must satisfy is checked by the product.
    """
    found = _names(data, NAMES, _OPTIONAL, where)
    _moderate(found, ("m", "n", "size", "width"), where)
    name = found.get("field", "Q")
    read, _ = json_entry(name if isinstance(name, str) else str(name), where)
    ring = ring_named(str(name))

    def vector(given: Any, at: str) -> list[Any]:
        if not isinstance(given, list):
            raise BadInput(f"{at}: {shortened(given)}; wanted a list of entries: correct it.")
        out = []
        for k, value in enumerate(given):
            try:
                if isinstance(value, float):
                    raise BadInput(
                        f"the float {value!r}; wanted an exact number: write it as an exact string"
                    )
                out.append(ring(read(value)))
            except BadInput as error:
                raise type(error)(f"{at}: the entry {k} (counting from 0): {error}") from error
        return out

    if not isinstance(found["factors"], list):
        raise BadInput(f"{where}: factors is {shortened(found['factors'])}; wanted a list: correct it.")
    factors = []
    for t, item in enumerate(found["factors"]):
        at = f"{where}: factor {t} (counting from 0)"
        pieces = _names(item, _FACTOR, (), at)
        _moderate(pieces, ("bit",), at)
        d, o = (vector(pieces[k], f"{at}, {k}") for k in _FACTOR[1:])
        try:
            factors.append(ButterflyFactor(pieces["bit"], d, o))
        except BadInput as error:
            raise type(error)(f"{at}: {error}") from error
    sizes = {k: found[k] for k in ("m", "n", "size", "width")}
    return {**sizes, "field": ring, "kind": found.get("kind", "BB*"), "factors": tuple(factors)}
