"""Where the units of a hunt run: in this process, on all cores, or on a Dask cluster.

run_all     yield the results of units as they come; the order says nothing
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from types import TracebackType
from typing import Any, Protocol

from ldrtheory.errors import BadInput, Undecided
from ldrtheory.hunting.stages import Unit, run_unit, task

Json = dict[str, Any]
_RETRIES = 5


class Executor(Protocol):
    """Runs units; every unit may be run again, with the same answer."""

    def run(self, ref: Json, field: str, units: list[Unit]) -> Iterator[tuple[Unit, Json]]:
        """Yield (unit, result) in any order."""
        ...

    def __enter__(self) -> Executor: ...

    def __exit__(
        self, kind: type | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


class ThisProcess:
    """One unit after the other, here."""

    def run(self, ref: Json, field: str, units: list[Unit]) -> Iterator[tuple[Unit, Json]]:
        for unit in units:
            yield unit, run_unit(ref, field, task(unit))

    def __enter__(self) -> ThisProcess:
        return self

    def __exit__(self, *_: object) -> None:
        return None


class Cores:
    """All cores of this machine; a process that dies is replaced and its units run again."""

    def __init__(self, workers: int | None = None) -> None:
        self.workers = workers or os.cpu_count() or 1
        self.pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Cores:
        return self

    def __exit__(self, *_: object) -> None:
        if self.pool is not None:
            self.pool.shutdown(wait=False, cancel_futures=True)

    def _started(self) -> ProcessPoolExecutor:
        if self.pool is None:
            self.pool = ProcessPoolExecutor(self.workers, mp_context=get_context("spawn"))
        return self.pool

    def run(self, ref: Json, field: str, units: list[Unit]) -> Iterator[tuple[Unit, Json]]:
        if len(units) == 1:  # not worth a process
            yield from ThisProcess().run(ref, field, units)
            return
        todo = list(units)
        for _ in range(_RETRIES):
            try:
                futures = {self._started().submit(run_unit, ref, field, task(u)): u for u in todo}
                while futures:
                    done, _pending = wait(futures, return_when=FIRST_COMPLETED)
                    for future in done:
                        unit = futures[future]
                        result = future.result()
                        del futures[future]
                        todo.remove(unit)
                        yield unit, result
                return
            except BrokenProcessPool:
                self.pool = None
        raise Undecided(
            f"{_RETRIES} times a process died with one of {len(todo)} units of work, the first being {todo[0].key}; "
            "the function of the conjecture may end its process, the machine may be out of memory, or the script that "
            "hunts may have no file or no `if __name__ == '__main__':` above the hunt; workers=1 needs no processes."
        )


class Cluster:
    """A Dask cluster; Dask runs the units of a worker that dies on another one."""

    def __init__(self, address: str, seconds: float = 10.0) -> None:
        try:
            from distributed import Client
        except ImportError:
            raise BadInput(
                "--scheduler wants the package distributed; install ldrtheory with its extra `distributed`."
            ) from None
        try:
            self.client = Client(address, timeout=seconds)
        except (OSError, TimeoutError, ValueError) as error:
            raise BadInput(
                f"no scheduler answered at {address} within {seconds:g} s ({type(error).__name__}); wanted the address "
                "of a running Dask scheduler, such as tcp://host:8786."
            ) from error

    def __enter__(self) -> Cluster:
        return self

    def __exit__(self, *_: object) -> None:
        self.client.close()

    def run(self, ref: Json, field: str, units: list[Unit]) -> Iterator[tuple[Unit, Json]]:
        from distributed import as_completed

        futures = {
            self.client.submit(run_unit, ref, field, task(u), pure=False, retries=_RETRIES): u for u in units
        }
        try:
            for future in as_completed(list(futures)):
                yield futures[future], future.result()
        finally:
            self.client.cancel(list(futures))
