"""Conjectures: functions that say for which objects something should hold.

conjecture      the decorator: names the domain of every argument
Conjecture      a function with its domains
find            a conjecture by id of the corpus, by file, or as FILE:function
Outcome, evaluate       what became of one case
certificate_of          the statements that certify a case

    @conjecture(X=square(), Y=square())
    def ranks_add(X, Y):
        '''The displacement rank of a product is at most the sum of the ranks.'''
        return rank(product(X, Y)) <= rank(X) + rank(Y)

An argument called n, or ring, gets the size, or the field.  The function returns whether the statement holds.
"""

from __future__ import annotations

import hashlib
import importlib.util
import inspect
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from importlib.abc import SourceLoader
from pathlib import Path
from typing import Any

from ldrtheory.errors import BadInput, unknown_name
from ldrtheory.files import was_read
from ldrtheory.hunting.domains import Domain, Point
from ldrtheory.hunting.predicates import Ledger, OutsideDomain
from ldrtheory.rings import Ring, ring_named

Json = dict[str, Any]


@dataclass(frozen=True)
class Conjecture:
    """A statement about all objects of some domains.

    id          its name; `aliases` are other names
    statement   the docstring of the function
    fields      the fields over which it is stated, the first one by default
    smallest    the least n for which it says something
    lifts       whether it makes sense modulo a prime too, so that counterexamples there may be lifted
    source      the text of its file, which is how it travels to another process
    """

    id: str
    statement: str
    predicate: Callable[..., Any]
    domains: dict[str, Domain]
    fields: tuple[str, ...] = ("Q",)
    smallest: int = 1
    aliases: tuple[str, ...] = ()
    lifts: bool = True
    source: str = field(default="", repr=False)
    function: str = ""

    @property
    def digest(self) -> str:
        """The sha256 of its source and name: what a state file must agree with."""
        return hashlib.sha256(f"{self.function}\0{self.source}".encode()).hexdigest()

    @cached_property
    def asks(self) -> frozenset[str]:
        """Which of n and ring the function wants."""
        return frozenset({"n", "ring"} & inspect.signature(self.predicate).parameters.keys())

    def numbers(self, n: int) -> int:
        """Return how many numbers a case of size n takes."""
        return sum(domain.numbers(n) for domain in self.domains.values())

    def choices(self, n: int) -> tuple[int, ...]:
        """Return the number of values of every choice of a case of size n."""
        return tuple(k for domain in self.domains.values() for k in domain.choices(n))

    def objects(self, point: Point, ring: Ring) -> dict[str, Any] | None:
        """Return the objects of a case by name, or None where the point makes none."""
        numbers, chosen, out = [ring(x) for x in point.numbers], point.choices, {}
        for name, domain in self.domains.items():
            count, kinds = domain.numbers(point.n), len(domain.choices(point.n))
            made = domain.make(point.n, numbers[:count], chosen[:kinds], ring)
            if made is None:
                return None
            out[name], numbers, chosen = made, numbers[count:], chosen[kinds:]
        return out


def conjecture(
    *,
    fields: tuple[str, ...] | str = ("Q",),
    smallest: int = 1,
    aliases: tuple[str, ...] | str = (),
    lifts: bool = True,
    **domains: Domain,
) -> Callable[[Callable[..., Any]], Conjecture]:
    """Return the decorator that makes a conjecture of a function; every argument but n and ring has a domain.

    fields      where the statement is claimed: "Q", "GF(2)", ...
    smallest    the least n for which the statement says something
    lifts       whether the function makes sense modulo a prime too; then it is also searched there, which is quick
    """

    def made(function: Callable[..., Any]) -> Conjecture:
        wanted = [name for name in inspect.signature(function).parameters if name not in ("n", "ring")]
        if sorted(wanted) != sorted(domains):
            raise BadInput(
                f"conjecture {function.__name__} takes {', '.join(wanted) or 'nothing'} but domains are given for "
                f"{', '.join(domains) or 'nothing'}; name one domain for each argument."
            )
        for name, domain in domains.items():
            if not isinstance(domain, Domain):
                raise BadInput(
                    f"conjecture {function.__name__}: the domain of {name} is {domain!r}; wanted a domain, as "
                    "toeplitz() gives one: call it."
                )
        return Conjecture(
            id=function.__name__,
            statement=" ".join((inspect.getdoc(function) or function.__name__).split()),
            predicate=function,
            domains={name: domains[name] for name in wanted},
            fields=(fields,) if isinstance(fields, str) else tuple(fields),
            smallest=smallest,
            aliases=(aliases,) if isinstance(aliases, str) else tuple(aliases),
            lifts=lifts,
            source=_source(function),
            function=function.__name__,
        )

    return made


def _source(function: Callable[..., Any]) -> str:
    given = function.__globals__.get("__conjecture_source__")
    if given is not None:
        return str(given)
    try:
        return Path(inspect.getfile(function)).read_text(encoding="utf-8")
    except (OSError, TypeError):
        return ""


class _Text(SourceLoader):
    """Loads a module from its text, as it travelled here."""

    def __init__(self, text: str, where: str) -> None:
        self.text, self.where = text, where

    def get_filename(self, fullname: str) -> str:
        return self.where

    def get_data(self, path: str | bytes) -> bytes:
        return self.text.encode() if path == self.where else b""


def from_source(text: str, function: str | None = None, where: str = "conjecture") -> Conjecture:
    """Return the conjecture in the text of a Python file; the only one if no function is named."""
    name = f"ldrtheory_conjecture_{hashlib.sha256(text.encode()).hexdigest()[:16]}"
    spec = importlib.util.spec_from_loader(name, _Text(text, where))
    if spec is None or spec.loader is None:
        raise BadInput(f"{where} cannot be loaded as a Python file.")
    module = importlib.util.module_from_spec(spec)
    vars(module)["__conjecture_source__"] = text
    try:
        spec.loader.exec_module(module)
    except Exception as error:
        raise BadInput(f"{where} cannot be loaded: {type(error).__name__}: {error}.") from error
    found = {value.function: value for value in vars(module).values() if isinstance(value, Conjecture)}
    if function is not None:
        if function not in found:
            raise unknown_name(f"conjecture in {where}", function, found)
        return found[function]
    if len(found) != 1:
        raise BadInput(
            f"{where} holds {len(found)} conjectures ({', '.join(found) or 'none'}); wanted one, or FILE:function. "
            "A conjecture is a function under @conjecture(...)."
        )
    return next(iter(found.values()))


def corpus() -> dict[str, Conjecture]:
    """Return the conjectures of the package, by id.

    >>> "product_of_toeplitz" in corpus()
    True
    """
    from ldrtheory.hunting.conjectures import CONJECTURES

    return CONJECTURES


def find(name: str) -> Conjecture:
    """Return a conjecture by id or alias of the corpus, by file, or as FILE:function.

    Raises UnknownName with the nearest ids, BadInput for a file that is no conjecture.
    """
    path, _, function = name.partition(":")
    if path.endswith(".py"):
        file = Path(path)
        if not file.is_file():
            raise BadInput(f"no file {path}; wanted a Python file with a conjecture, or an id of the corpus.")
        was_read(file)
        return from_source(file.read_text(encoding="utf-8"), function or None, file.name)
    known = corpus()
    aliases = {alias.lower(): c for c in known.values() for alias in c.aliases}
    if name in known:
        return known[name]
    if name.lower() in aliases:
        return aliases[name.lower()]
    raise unknown_name("conjecture", name, known)


@dataclass(frozen=True)
class Outcome:
    """What became of a case: holds is None outside the domain; margin says how near a counterexample it is."""

    holds: bool | None
    margin: int | None = None


def _arguments(c: Conjecture, point: Point, ring: Ring) -> dict[str, Any] | None:
    objects = c.objects(point, ring)
    if objects is None:
        return None
    extra = {"n": point.n, "ring": ring}
    return objects | {name: extra[name] for name in c.asks}


def evaluate(c: Conjecture, point: Point, ring: Ring) -> Outcome:
    """Return whether the statement holds for one case.

    Raises PredicateRaised with the case where the function raises anything.
    """
    arguments = _arguments(c, point, ring)
    if arguments is None:
        return Outcome(None)
    Ledger.margin, Ledger.ring = None, ring
    try:
        answer = c.predicate(**arguments)
    except OutsideDomain:
        return Outcome(None)
    except Exception as error:
        raise PredicateRaised(c, point, ring, error) from error
    finally:
        Ledger.ring = None
    if answer is None:
        raise PredicateRaised(c, point, ring, TypeError("it returned None"))
    return Outcome(bool(answer), Ledger.margin)


class PredicateRaised(BadInput):
    """The function of a conjecture raised an exception: that is no counterexample."""

    def __init__(self, c: Conjecture, point: Point, ring: Ring, error: Exception) -> None:
        super().__init__(
            f"conjecture {c.id} raised {type(error).__name__}: {error} for {described(c, point, ring)}; that is no "
            "counterexample: let the function return True or False, or call assume(...) where it says nothing."
        )

    def __reduce__(self) -> tuple[Any, ...]:
        return BadInput, (str(self),)


def shown(x: Any) -> Any:
    """Return an object of a case as JSON data: exact strings in lists."""
    if hasattr(x, "tolist"):
        return shown(x.tolist())
    if isinstance(x, list | tuple):
        return [shown(y) for y in x]
    return x if isinstance(x, bool | int | str) else str(x)


def described(c: Conjecture, point: Point, ring: Ring) -> str:
    """Return a case in words."""
    objects = c.objects(point, ring) or {}
    return ", ".join([f"n = {point.n}", *(f"{name} = {shown(x)}" for name, x in objects.items())])


def certificate_of(c: Conjecture, point: Point, field: str) -> list[Json]:
    """Return the statements behind the answer for one case: everything that the function asked for, certified."""
    ring = ring_named(field)
    arguments = _arguments(c, point, ring)
    if arguments is None:
        return []
    Ledger.ring = ring
    try:
        with Ledger() as ledger:
            c.predicate(**arguments)
        made = [make() for make in ledger.statements]
    finally:
        Ledger.ring = None
    return [x for k, x in enumerate(made) if x not in made[:k]]
