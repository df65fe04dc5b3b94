"""What a call may not do to others.

fresh_results       a result is the caller's: later calls do not write into it
"""

from __future__ import annotations

from ldrtheory.conform.bench import Bench, Tally


def fresh_results(bench: Bench, tally: Tally) -> None:
    """Later calls do not write into the result of an earlier one; every call of every law is looked at."""
    for prepared in bench.some(4):
        with bench.supported(prepared):
            for shape in ((), (2,)):
                for salt in (20, 21, 22):
                    bench.multiply(prepared, bench.vectors(prepared, shape, salt))
                tally.cases += 1
