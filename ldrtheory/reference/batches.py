"""Batches multiplied by parts: some rows at a time, on several threads.

by_parts        the rows that a function makes of rows, part by part
rows_in_cache   how many rows are worked on at a time where that costs nothing
"""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

IN_CACHE = 1 << 15  # numbers that stay in the second cache, with what lies between the steps of a product
LEAST = 4  # as many rows share one reading of butterfly factors


def rows_in_cache(m: int, n: int) -> int:
    """Return how many rows of n numbers, of which rows of m are made, are worked on at a time."""
    return max(LEAST, IN_CACHE // max(1, m, n))


def by_parts(
    apply: Callable[[np.ndarray], np.ndarray], rows: np.ndarray, some: int, threads: int
) -> np.ndarray:
    """Return apply(rows) for a function of each row: `some` rows at a time, on this thread and threads - 1 others."""
    some = max(1, min(some, -(-len(rows) // threads)))
    with np.errstate(all="ignore"):
        if len(rows) <= some:
            return apply(rows)
        first = apply(rows[:1])  # what is made once is made before the threads start
        out = np.empty((len(rows), first.shape[1]), dtype=first.dtype)
    starts = iter(range(0, len(rows), some))

    def work() -> None:
        with np.errstate(all="ignore"):
            for start in starts:  # the threads take turns at the next part
                out[start : start + some] = apply(rows[start : start + some])

    others = [_workers(threads - 1, os.getpid()).submit(work) for _ in range(threads - 1)]
    work()
    for other in others:
        other.result()
    return out


@lru_cache(maxsize=1)
def _workers(count: int, process: int) -> ThreadPoolExecutor:
    """Return threads of this process that wait for work; a forked one has none of them, so it starts its own."""
    from concurrent.futures import ThreadPoolExecutor

    return ThreadPoolExecutor(count, thread_name_prefix="multiply")
