"""The judge in pytest: `pytest --conform MODULE:CALLABLE --family NAME`, one test for every law.

pytest_addoption, pytest_ignore_collect, pytest_collection_modifyitems, pytest_terminal_summary     the hooks
ConformItem                             one law; its id is conform::NAME::LAW, stable for JUnit files

The kernel runs in a process of its own, so that a call that ends or blocks its process is a failing test.
A law that fails leaves CALLABLE.LAW.counterexample.cert.json where pytest was started.
In a test suite of your own, one function call does the same: `assert conform.run(Adapter(...)).conforms`.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

_OPTIONS = {
    "--conform": "judge the multiply MODULE:CALLABLE, one test for each law",
    "--family": "the class it multiplies by (with --conform)",
    "--conform-dtype": "its dtype (default float64)",
    "--conform-sizes": "the sizes that it supports, 1,2,3,...",
    "--conform-algorithm": "how it computes: direct, transform or normwise",
    "--conform-convention": "read its output under this convention",
    "--conform-accumulate": "the type that it adds in (default: its dtype)",
    "--conform-library": "of its arrays: numpy, torch, jax or cupy",
    "--conform-device": "where torch puts them, such as cuda",
    "--conform-seconds": "end a call that takes longer (default 10)",
    "--conform-seed": "the seed of all cases (default 0)",
}

JUDGED = pytest.StashKey[dict[str, list[Any]]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options."""
    group = parser.getgroup("conform", "judge a multiply of a structured class (ldrtheory)")
    for name, words in _OPTIONS.items():
        group.addoption(name, default=None, help=words)


class ConformItem(pytest.Item):
    """One law of one kernel, which runs in a process of its own."""

    def __init__(self, *, law: str, watched: Any, **rest: Any) -> None:
        super().__init__(**rest)
        self.law, self.watched = law, watched

    def runtest(self) -> None:
        from ldrtheory.conform.answer import LawResult
        from ldrtheory.conform.watch import Ended

        if self.watched.ended:
            pytest.skip("not tried: the process of the kernel has ended")
        kernel = self.watched.request["target"].rpartition(":")[2]
        place = self.config.invocation_params.dir / f"{kernel}.{self.law}.counterexample.cert.json"
        try:
            done = self.watched.ask({"do": "law", "law": self.law, "certificate": str(place)})
        except Ended as ended:
            self._judged(LawResult(self.law, "", False, 0, float("inf"), str(ended)))
            raise NotConforming(f"{self.law}: {ended}") from None
        if (r := done["result"]) is not None:
            ratio = float("inf") if r["worst_ratio"] is None else r["worst_ratio"]
            self._judged(LawResult(self.law, done["says"], r["passed"], r["cases"], ratio, r["words"]))
        if done["lines"] is not None:
            raise NotConforming("\n".join(done["lines"]))
        if r is None or r["passed"] is None:
            pytest.skip(done["words"] or "nothing to try")

    def _judged(self, result: Any) -> None:
        kernel = self.watched.request["target"]
        self.config.stash.setdefault(JUDGED, {}).setdefault(kernel, []).append(result)

    def repr_failure(self, excinfo: Any, style: Any = None) -> Any:
        if isinstance(excinfo.value, NotConforming):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Any, int | None, str]:
        return self.path, None, self.name


class NotConforming(Exception):
    """A law does not hold."""


class ConformCollector(pytest.Collector):
    """All laws of one kernel."""

    def __init__(self, *, watched: Any, **rest: Any) -> None:
        super().__init__(**rest)
        self.watched = watched

    def collect(self) -> list[pytest.Item]:
        from ldrtheory.conform.laws import LAWS

        return [
            ConformItem.from_parent(self, name=law.name, law=law.name, watched=self.watched) for law in LAWS
        ]


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    """Print the laws of each kernel as a table."""
    judged = config.stash.get(JUDGED, {})
    for kernel, results in judged.items():
        from ldrtheory.conform.answer import table

        terminalreporter.section(f"conform: {kernel}")
        for line in table(results):
            terminalreporter.line(line)


def _alone(config: pytest.Config) -> bool:
    """Whether a kernel is to be judged and no other tests were named."""
    named = config.args_source == pytest.Config.ArgsSource.ARGS
    return config.getoption("--conform") is not None and not named


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Collect nothing else where no other tests were named."""
    return True if _alone(config) else None


def pytest_collection_modifyitems(
    session: pytest.Session, config: pytest.Config, items: list[pytest.Item]
) -> None:
    """Put the laws of the kernel in front of whatever else was collected."""
    target = config.getoption("--conform")
    if target is None:
        return
    from ldrtheory.conform.watch import Ended, Watched
    from ldrtheory.errors import LdrTheoryError

    def given(name: str) -> Any:
        return config.getoption(name)

    if not given("--family"):
        raise pytest.UsageError(f"--conform {target} wants --family NAME, the class that it multiplies by.")
    try:
        sizes = given("--conform-sizes")
        request = {
            "target": target,
            "seed": int(given("--conform-seed") or 0),
            "adapter": {
                "family": given("--family"),
                "dtype": given("--conform-dtype") or "float64",
                "algorithm": given("--conform-algorithm"),
                "sizes": None if sizes is None else [int(n) for n in sizes.split(",")],
                "accumulate": given("--conform-accumulate"),
                "convention": given("--conform-convention"),
                "library": given("--conform-library") or "numpy",
                "device": given("--conform-device"),
                "name": target,
                "seconds": float(given("--conform-seconds") or 10),
            },
        }
        watched = Watched(request)
        config.add_cleanup(watched.close)
        watched.start()
    except (LdrTheoryError, ValueError, Ended) as error:
        raise pytest.UsageError(f"--conform {target}: {error}") from error
    name = f"conform::{target}"
    collector = ConformCollector.from_parent(session, name=name, nodeid=name, watched=watched)
    items[:0] = collector.collect()
