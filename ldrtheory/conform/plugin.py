"""The judge in pytest: `pytest --conform MODULE:CALLABLE --family NAME`, one test for every law.

pytest_addoption, pytest_ignore_collect, pytest_collection_modifyitems, pytest_terminal_summary     the hooks
ConformItem                             one law; its id is conform::NAME::LAW, stable for JUnit files

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
    "--conform-seed": "the seed of all cases (default 0)",
}

JUDGED = pytest.StashKey[dict[str, list[Any]]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options."""
    group = parser.getgroup("conform", "judge a multiply of a structured class (ldrtheory)")
    for name, words in _OPTIONS.items():
        group.addoption(name, default=None, help=words)


class ConformItem(pytest.Item):
    """One law of one kernel."""

    def __init__(self, *, law: Any, bench: Any, **rest: Any) -> None:
        super().__init__(**rest)
        self.law, self.bench = law, bench

    def runtest(self) -> None:
        from ldrtheory.conform.suite import judge_law

        result, failure = judge_law(self.bench, self.law)
        self.config.stash.setdefault(JUDGED, {}).setdefault(self.bench.adapter.title, []).append(result)
        if failure is not None:
            said = [f"{self.law.name}: {self.law.says}", failure.words, *self._explained(failure)]
            raise NotConforming("\n".join(said))
        if result.passed is None:
            pytest.skip(result.words or "nothing to try")

    def _explained(self, failure: Any) -> list[str]:
        """The conventions under which the kernel would be right, and where the counterexample was written."""
        from ldrtheory.conform.answer import written
        from ldrtheory.conform.diagnosis import diagnose
        from ldrtheory.conform.suite import certify

        said = [d.sentence for d in diagnose(self.bench)]
        kernel = self.bench.adapter.title.rpartition(":")[2]
        place = self.config.invocation_params.dir / f"{kernel}.{self.law.name}.counterexample.cert.json"
        kept = certify(self.bench, failure, place)
        return said if kept is None else [*said, written(place.name, *kept)]

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

    def __init__(self, *, bench: Any, **rest: Any) -> None:
        super().__init__(**rest)
        self.bench = bench

    def collect(self) -> list[pytest.Item]:
        from ldrtheory.conform.laws import LAWS

        return [ConformItem.from_parent(self, name=law.name, law=law, bench=self.bench) for law in LAWS]


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
    from ldrtheory.conform.adapter import Adapter, imported
    from ldrtheory.conform.suite import prepared
    from ldrtheory.errors import LdrTheoryError

    def given(name: str) -> Any:
        return config.getoption(name)

    try:
        sizes = given("--conform-sizes")
        adapter = Adapter(
            given("--family") or "",
            imported(target),
            given("--conform-dtype") or "float64",
            given("--conform-algorithm"),
            None if sizes is None else [int(n) for n in sizes.split(",")],
            given("--conform-accumulate"),
            convention=given("--conform-convention"),
            library=given("--conform-library") or "numpy",
            device=given("--conform-device"),
            name=target,
        )
        bench = prepared(adapter, int(given("--conform-seed") or 0))
    except (LdrTheoryError, ImportError, ValueError) as error:
        raise pytest.UsageError(f"--conform {target}: {error}") from error
    name = f"conform::{target}"
    collector = ConformCollector.from_parent(session, name=name, nodeid=name, bench=bench)
    items[:0] = collector.collect()
