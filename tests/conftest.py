"""Settings shared by all tests: reproducible examples, no deadline on a shared machine, and a clock of work done."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from types import SimpleNamespace

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "reproducible",
    derandomize=True,
    deadline=None,
    max_examples=50,
    suppress_health_check=[HealthCheck.too_slow],
    database=None,
)
settings.load_profile("reproducible")


@pytest.fixture
def unit_clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[int, int, str], None]:
    """A clock for hunts on which every finished unit of work takes a second, and the progress that moves it."""
    now = [0.0]
    clock = SimpleNamespace(perf_counter=lambda: now[0])
    monkeypatch.setattr(import_module("ldrtheory.hunting.hunt"), "time", clock)

    def progress(done: int, total: int, what: str) -> None:
        now[0] += 1

    return progress
