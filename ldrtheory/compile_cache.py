"""Compiled kernels that are never stale: a cache folder named by a hash of everything that shapes the machine code.

source_key      hash of a package's .py sources, this module, numba, llvmlite, python, the processor and the options
cache_folder    the folder for that key under the user's cache folder, or None where none can be used safely
compiler        a decorator like numba.njit(nogil=True) that stores machine code in that folder

numba's own `cache=True` keeps machine code when a function in another file changes, and lets two closures of one
factory share an entry.  Here any edit of any source of the package names another folder, and kernels are module-level
functions.  Machine code is loaded only from a folder that belongs to the user and that nobody else can write.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import platform
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

OPTIONS: dict[str, Any] = {"nogil": True, "fastmath": False, "error_model": "numpy", "boundscheck": False}


def source_key(root: Path, options: dict[str, Any] = OPTIONS) -> str:
    """Return a hash of all .py files under `root`, the compile options, the compilers and the processor."""
    import llvmlite  # type: ignore[import-untyped]
    import numba
    from llvmlite import binding

    digest = hashlib.sha256(Path(__file__).read_bytes())
    for path in sorted(root.rglob("*.py")):
        digest.update(str(path.relative_to(root)).encode() + b"\0" + path.read_bytes() + b"\0")
    features = binding.get_host_cpu_features().flatten()
    parts = (
        numba.__version__,
        llvmlite.__version__,
        sys.version,
        platform.machine(),
        binding.get_host_cpu_name(),
    )
    settings = (
        sorted(options.items()),
        sorted((k, v) for k, v in os.environ.items() if k.startswith("NUMBA_")),
    )
    digest.update(repr((parts, features, settings)).encode())
    return digest.hexdigest()[:32]


def user_cache() -> Path:
    """Return the folder in which programs of this user keep what they can make again."""
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "ldrtheory"
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", str(Path.home()))) / "ldrtheory" / "Cache"
    return Path(os.environ.get("XDG_CACHE_HOME") or str(Path.home() / ".cache")) / "ldrtheory"


def cache_folder(root: Path, options: dict[str, Any] = OPTIONS) -> Path | None:
    """Return the folder for compiled kernels of the package at `root`; None if it cannot be written or trusted."""
    try:
        folder = user_cache() / "kernels" / source_key(root, options)
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if sys.platform != "win32":
            for place in (folder, folder.parent):
                status = place.stat()
                if status.st_uid != os.getuid() or status.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
                    return None
        probe = folder / f".probe-{os.getpid()}"
        probe.write_bytes(b"")
        probe.unlink()
    except (OSError, RuntimeError):
        return None
    return folder


def compiler(root: Path, options: dict[str, Any] = OPTIONS) -> Callable[[Callable[..., Any]], Any]:
    """Return a decorator that compiles a module-level function, cached safely where that is possible."""
    import numba

    folder = cache_folder(root, options)

    def compiled(function: Callable[..., Any]) -> Any:
        if "<locals>" in function.__qualname__:
            raise TypeError(
                f"{function.__qualname__} is made inside a function; kernels stand at module level."
            )
        dispatcher = numba.njit(**options)(function)
        cache = _cache_in(folder, function) if folder is not None else None
        if cache is not None:
            dispatcher._cache = cache
        return dispatcher

    return compiled


def _cache_in(folder: Path, function: Callable[..., Any]) -> Any:
    """Return numba's function cache, kept in `folder` instead of beside the source."""
    from numba.core import caching

    class Locator(caching._CacheLocator):
        def __init__(self, py_func: Callable[..., Any], py_file: str) -> None:
            self._py_file = py_file
            self._name = f"{py_func.__module__}.{py_func.__qualname__}"

        def get_cache_path(self) -> str:
            return str(folder)

        def get_source_stamp(self) -> str:
            return folder.name

        def get_disambiguator(self) -> str:
            return hashlib.sha256(self._name.encode()).hexdigest()[:10]

        @classmethod
        def from_function(cls, py_func: Callable[..., Any], py_file: str) -> Locator:
            return cls(py_func, py_file)

    class Implementation(caching.CompileResultCacheImpl):
        _locator_classes = (Locator,)

    class Cache(caching.Cache):
        _impl_class = Implementation

        def load_overload(self, sig: Any, target_context: Any) -> Any:
            try:
                return super().load_overload(sig, target_context)
            except Exception:  # a damaged file means: compile again
                return None

        def save_overload(self, sig: Any, data: Any) -> None:
            try:
                super().save_overload(sig, data)
            except Exception:  # a full disk or a damaged index costs speed, never the answer
                with contextlib.suppress(Exception):
                    self.flush()

    cache = Cache(function)
    return cache if isinstance(cache._impl.locator, Locator) else None
