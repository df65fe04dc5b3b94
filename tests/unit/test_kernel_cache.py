"""Compiled kernels are never stale, never taken from a folder others can write, and work without any cache."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import ldrtheory
from ldrtheory.compile_cache import cache_folder, source_key

PACKAGE = Path(ldrtheory.__file__).parent
KERNELS = PACKAGE / "certify" / "rank" / "kernels"
FOLDERS = {
    "ldrtheory.certify.rank.kernels": KERNELS,
    "ldrtheory.reference.kernels": PACKAGE / "reference" / "kernels",
}

CALLER = """
from pathlib import Path
from mini.compile_cache import compiler
compiled = compiler(Path(__file__).parent)
from mini.callee import step

@compiled
def run(x):
    return step(x) + 1

@compiled
def hits(x):
    return x
"""

CALLEE = """
from pathlib import Path
from mini.compile_cache import compiler
compiled = compiler(Path(__file__).parent)

@compiled
def step(x):
    return {body}
"""

MAIN = "from mini.caller import run; print(run(10), sum(run.stats.cache_hits.values()))"


def mini_package(place: Path) -> Path:
    package = place / "mini"
    package.mkdir()
    (package / "__init__.py").write_text("")
    shutil.copy(PACKAGE / "compile_cache.py", package / "compile_cache.py")
    (package / "caller.py").write_text(CALLER)
    (package / "callee.py").write_text(CALLEE.format(body="2 * x"))
    return package


def run(place: Path, cache: Path) -> list[int]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("NUMBA_")}
    environment |= {"XDG_CACHE_HOME": str(cache), "PYTHONPATH": str(place), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, "-c", MAIN],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
        cwd=place,
        timeout=120,
    )
    return [int(x) for x in done.stdout.split()]


@pytest.mark.skipif(sys.platform != "linux", reason="the cache folder is moved by XDG_CACHE_HOME")
def test_an_edited_callee_gives_the_new_result(tmp_path: Path) -> None:
    package = mini_package(tmp_path)
    cache = tmp_path / "cache"
    assert run(tmp_path, cache) == [21, 0]
    assert run(tmp_path, cache) == [21, 1]  # the second process took the machine code from the cache
    callee = package / "callee.py"
    before = callee.stat()
    callee.write_text(CALLEE.format(body="3 * x"))  # the same length and, below, the same time stamp
    os.utime(callee, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert run(tmp_path, cache) == [31, 0]


@pytest.mark.skipif(sys.platform != "linux", reason="the cache folder is moved by XDG_CACHE_HOME")
def test_damaged_and_unwritable_caches_cost_time_only(tmp_path: Path) -> None:
    mini_package(tmp_path)
    cache = tmp_path / "cache"
    run(tmp_path, cache)
    for file in cache.rglob("*.nb?"):
        file.write_bytes(b"damaged")
    assert run(tmp_path, cache)[0] == 21
    blocked = tmp_path / "file"
    blocked.write_text("a file stands where the cache folder would be")
    assert run(tmp_path, blocked) == [21, 0]


def test_the_key_depends_on_sources_and_options(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("x = 1\n")
    first = source_key(tmp_path)
    assert source_key(tmp_path) == first
    assert source_key(tmp_path, {"fastmath": True}) != first
    (tmp_path / "a.py").write_text("x = 2\n")
    assert source_key(tmp_path) != first


@pytest.mark.skipif(sys.platform != "linux", reason="the cache folder is moved by XDG_CACHE_HOME")
def test_a_folder_that_others_can_write_is_not_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    folder = cache_folder(KERNELS)
    assert folder is not None
    folder.chmod(0o777)
    assert cache_folder(KERNELS) is None


@pytest.mark.parametrize("name", FOLDERS)
def test_kernels_use_nothing_of_ours_outside_their_folder_and_no_fastmath(name: str) -> None:
    for path in FOLDERS[name].glob("*.py"):
        text = path.read_text()
        assert "fastmath=True" not in text
        assert "cache=True" not in text.replace("`cache=True`", "")
        for node in ast.walk(ast.parse(text)):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            ours = [module for module in names if module.split(".")[0] == "ldrtheory"]
            allowed = (f"{name}.", "ldrtheory.compile_cache")
            assert all(module.startswith(allowed) for module in ours), (path, ours)


def test_the_rank_producer_loads_numba_only_for_large_matrices() -> None:
    code = (
        "import sys, numpy as np\n"
        "from ldrtheory.certify.rank.decide import rank_evidence, quick_rank\n"
        "d = {'kind': 'sylvester', 'left': {'op': 'identity'}, 'right': {'op': 'zero'}}\n"
        "rank_evidence(np.eye(256), 'Q', d); quick_rank(np.eye(9), 'Q', d)\n"
        "print('numba' in sys.modules, 'sympy' in sys.modules, 'scipy' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=120
    )
    assert done.stdout.split() == ["False", "False", "False"]
