"""The corpus catches every mutant of the checker: one comparison, connective or guard changed at a time."""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.laws import corpus
from tests.laws.mutants import mutants

# Mutants that decide nothing differently, with the reason.
EQUIVALENT = {
    "integers: shift < 1023 [0 -> LtE]": "2.0^1023 is finite, and the products stay below 2^1023",
    "integers: max(map(abs, x)) < 2.0 ** (1023 - shift) [0 -> LtE]": "a product of exactly 2^1023 is finite",
    "read_file: os.path.getsize(path) <= MAX_FILE [0 -> Lt]": "a file of exactly 2^31 bytes is refused too",
    "distance: gap > 0 [0 -> GtE]": "gap = 0 fails the second condition, gap^2 > a number that is not negative",
    "__init__: len(left) <= 4 * m [0 -> Lt]": "how many rows are kept in memory",
    "__init__: len(left) <= 4 * m [0 -> Gt]": "how many rows are kept in memory",
    "separation: f < 0 [0 -> LtE]": "f is 1 or -1 there",
    "separation: e < 0 [0 -> LtE]": "e is 1 or -1 there",
    "__init__: n * self.size <= 4 * MAX_WORK [0 -> Lt]": "a limit of work, one less",
    "common: den.bit_length() * entries <= MAX_FILE [0 -> Lt]": "a limit of work, one less",
    "fits: m * n * field.phi ** 2 <= MAX_WORK [0 -> Lt]": "a limit of work, one less",
    "fits: max(m, n) * field.phi <= MAX_ROWS [0 -> Lt]": "a limit of work, one less",
    "operator: n * field.phi <= MAX_ROWS [0 -> Lt]": "a limit of work, one less",
    "operator: inside <= 8 [0 -> Lt]": "a limit of work, one less",
    "vc_upper: n <= 1024 [0 -> Lt]": "a limit of work",
    "matrix: self.held * n <= MAX_HELD [0 -> Lt]": "a limit of work, one less",
    "sign_vectors: n <= 1024 [0 -> Lt]": "which of two bounds is used",
    "sign_vectors: 2 * n >= M [0 -> Gt]": "which of two bounds is used",
    "sign_vectors: n < 1 << 17 [0 -> LtE]": "which of two bounds is used",
    "power: base.denominator > 1 [0 -> GtE]": "an integer by more digits, and as many fewer in the exponent",
    "vc_upper: 0 < len(layers) <= 1024 [1 -> Lt]": "a limit of work, one less",
    "vc_upper: top < 1 << 4096 [0 -> LtE]": "a limit of work, one more",
    "piecewise: max(map(len, pieces)) <= 64 [0 -> Lt]": "a limit of work, one less",
    "shatters: work <= MAX_WORK >> 2 [0 -> Lt]": "a limit of work, one less",
    "subject: self.named <= 256 [0 -> Lt]": "a limit of work, one less",
    "subject: form == 'file' or (type(spec[form]) is dict and 'file' in spec[form]) [0 -> And]": "what is remembered",
    "subject: type(spec[form]) is dict and 'file' in spec[form] [0 -> Or]": "which matrices are remembered and counted",
    "subject: 'file' in spec[form] [0 -> NotIn]": "which matrices are remembered and counted",
    "subject: form == 'file' [0 -> NotEq]": "which matrices are remembered and counted",
    "subject: type(spec[form]) is dict [0 -> IsNot]": "which matrices are remembered and counted",
    "shatters: m <= 12 [0 -> Lt]": "a limit of work, one less",
    "run: long < 1 << 4096 [0 -> LtE]": "a limit of work, one more",
    "generic_dimension: work <= 4 * MAX_WORK [0 -> Lt]": "a limit of work, one less",
    "generic_dimension: 0 < c < 1 << 20 [0 -> LtE]": "2^61 is not a prime",
    "generic_dimension: 0 < c < 1 << 20 [1 -> LtE]": "2^61 - 2^20 is not a prime",
    "charpoly: n <= 512 [0 -> Lt]": "a limit of work, one less",
    "line: self.field.phi > 1 [0 -> GtE]": "in degree 1 the block of an element is the element",
    "combine: bound > max(p, 1 << 16) ** 4 [0 -> GtE]": "when rows are reduced modulo p",
    "combine: bound > max(p, 1 << 16) ** 4 [0 -> LtE]": "when rows are reduced modulo p",
}

# Limits that only certificates of megabytes reach; tests/unit/test_checker_limits.py has one beyond each of them.
LIMITS = [
    "number: len(x) <= MAX_NUMBER [0 -> Lt]",
    "number: want(len(x) <= MAX_NUMBER, f'a number has {len(x)} characters, more than {MAX_NUMBER}') [0 -> Pass]",
    "read_file: want(os.path.getsize(path) <= MAX_FILE, f'{path} is too large: more than {MAX_FILE} bytes' [0 -> Pass]",
    "__init__: (n * len(left) + m * held) * each <= MAX_COST >> 1 [0 -> Lt]",
    "__init__: held <= MAX_WORK [0 -> Lt]",
    "__init__: held <= MAX_WORK and (n * len(left) + m * held) * each <= MAX_COST >> 1 [0 -> Or]",
    "__init__: want(good, 'the residual takes too long, or the operator to the right has too many diagona [0 -> Pass]",
    "at_least: slots.length * len(rows) ** 2 <= MAX_COST << 2 [0 -> Lt]",
    "at_least: want(slots.length * len(rows) ** 2 <= MAX_COST << 2, 'the submatrix is too large') [0 -> Pass]",
    "combine: slots or self.spend(64 * (limbs(den) + limbs(bound))) [0 -> And]",
    "operator: n * field.phi <= MAX_ROWS and inside <= 8 [0 -> Or]",
    "operator: want(n * field.phi <= MAX_ROWS and inside <= 8, 'an operator is too large, or inside too m [0 -> Pass]",
    "own: want(math.prod(self.shape) * slots.size <= MAX_HELD, 'the numbers of a matrix are too long [0 -> Pass]",
    "rationals: len(entries) * phi ** 2 * (256 + 4 * limbs(most)) <= MAX_HELD [0 -> Lt]",
    "rationals: want(len(entries) * phi ** 2 * (256 + 4 * limbs(most)) <= MAX_HELD, 'an operator has too l [0 -> Pass]",
    "vc_upper: want(work <= MAX_COST >> 4, 'the layers take too long') [0 -> Pass]",
    "vc_upper: work <= MAX_COST >> 4 [0 -> Lt]",
    "subject: want(self.named <= 256, 'the certificate names too many files') [0 -> Pass]",
    "own: math.prod(self.shape) * slots.size <= MAX_HELD [0 -> Lt]",
    "packed: want(held <= MAX_HELD and work <= MAX_COST << 3, 'a product is too large') [0 -> Pass]",
    "packed: held <= MAX_HELD and work <= MAX_COST << 3 [0 -> Or]",
    "packed: held <= MAX_HELD [0 -> Lt]",
    "packed: work <= MAX_COST << 3 [0 -> Lt]",
    "common: want(cost * 8 <= MAX_COST, 'the denominators are too long') [0 -> Pass]",
    "common: cost * 8 <= MAX_COST [0 -> Lt]",
    "spend: want(self.cost <= MAX_COST, 'the numbers of a program are too long') [0 -> Pass]",
    "spend: self.cost <= MAX_COST [0 -> Lt]",
    "combine: slots or self.spend(math.prod(map(limbs, dens)) + sum((limbs(c[0]) * limbs(x[0]) for c, x  [0 -> And]",
    "packed: want(good, 'a program has too many rows, or too long ones') [0 -> Pass]",
    "packed: self.held * slots.length <= MAX_HELD and self.work * (512 + slots.length) <= MAX_COST [0 -> Or]",
    "packed: self.held * slots.length <= MAX_HELD [0 -> Lt]",
    "packed: self.work * (512 + slots.length) <= MAX_COST [0 -> Lt]",
]
EQUIVALENT |= dict.fromkeys(LIMITS, "a limit of work")


class TooSlow(BaseException):
    """A mutant that does not come to an end: not an Exception, which the checker would turn into a verdict."""


def stop(*_: Any) -> None:
    """Called by the clock."""
    raise TooSlow


@pytest.fixture
def clock() -> Iterator[None]:
    """Let SIGVTALRM, the clock of the processor time, raise TooSlow."""
    old = signal.signal(signal.SIGVTALRM, stop)
    yield
    signal.signal(signal.SIGVTALRM, old)


def survivors(every: int) -> list[str]:
    """The mutants that agree with the whole corpus."""
    files = corpus.expected()
    alive = []
    for description, code in mutants(corpus.CHECKER.read_text(), every):
        signal.setitimer(signal.ITIMER_VIRTUAL, 10)
        try:
            caught = corpus.disagreement(corpus.load(code), files)
        except (TooSlow, Exception):
            continue  # it crashed or did not end
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        if caught is None:
            alive.append(description)
        else:  # what caught one mutant is likely to catch its neighbour
            files = {caught: files[caught]} | files
    return alive


def test_the_checker_itself_agrees_with_the_corpus() -> None:
    assert corpus.disagreement(corpus.load(), corpus.expected()) is None


def test_a_sample_of_mutants_is_caught(clock: None) -> None:
    assert [x for x in survivors(7) if x not in EQUIVALENT] == []


@pytest.mark.accept
def test_every_mutant_is_caught(clock: None, record_property: Callable[[str, object], None]) -> None:
    record_property("mutants", len(list(mutants(corpus.CHECKER.read_text(), 1))))
    record_property("equivalent, each with its reason", len(EQUIVALENT))
    assert sorted(survivors(1)) == sorted(EQUIVALENT)
