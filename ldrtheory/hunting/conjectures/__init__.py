"""The conjectures of the package: statements about displacement ranks that are easy to believe.

ranks           sums, products, inverses, transposes, submatrices for the pair of shifts
operators       statements with general operators, Krylov sums, singular operators, reduction modulo a prime
calculus        rules that hold: products, blocks, Schur complements, changes of operators
CONJECTURES     all of them by id

Nothing here says which are true: that is what a hunt is for.  The letters after `aliases` number the statements.
"""

from types import ModuleType

from ldrtheory.hunting.conjecture import Conjecture
from ldrtheory.hunting.conjectures import calculus, operators, ranks


def _of(*modules: ModuleType) -> dict[str, Conjecture]:
    return {c.id: c for module in modules for c in vars(module).values() if isinstance(c, Conjecture)}


CONJECTURES: dict[str, Conjecture] = _of(ranks, operators, calculus)
