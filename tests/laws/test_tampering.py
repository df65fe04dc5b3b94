"""Nothing that was tampered with is accepted, unless the changed statement is still true (decided by brute force)."""

from __future__ import annotations

import copy
import json
import random
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.corpus import brute
from tests.laws import corpus

Json = Any
# operators of hundreds of rows: beyond the reach of the brute-force evaluator, which forms the Kronecker matrix
LARGE = {
    f"{name}.cert.json" for name in ("singular-largest", "invertible-large", "invertible-large-transposed")
}
NAMES = [path.name for path in sorted(corpus.ACCEPT.glob("*.cert.json")) if path.name not in LARGE]


def paths(data: Json, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the places of all values below the top."""
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in items:
        yield (*at, key)
        yield from paths(value, (*at, key))


def values(x: Json, chance: random.Random) -> list[Json]:
    """Other values to put in the place of x: changed and retyped."""
    retyped = [None, True, [], {}, [x], {"x": x}, 0.5, str(x)]
    if isinstance(x, bool) or x is None:
        return retyped
    if isinstance(x, int):
        return [*retyped, x + 1, x - 1, -x, 0, 2 * x + 3, x + 2**40, hex(x + 1), chance.randrange(-9, 9)]
    if isinstance(x, str):
        return [
            *retyped,
            x + "0",
            x[:-1],
            x[1:],
            "1",
            "-1/3",
            "Q",
            "at most",
            "at least",
            "not within",
            3,
            "",
        ]
    if isinstance(x, list):
        return [*retyped, x + x[:1], x[1:], x[::-1], x + x, x[1:] + x[:1]]
    return retyped


def tampered(certificate: Json, chance: random.Random, share: int) -> Iterator[str]:
    """Yield changed certificates as text: a seeded share of all."""
    for path in list(paths(certificate)):
        if path[0] == "origin":
            continue  # not part of the claim
        for k in range(24):
            if chance.randrange(share):
                continue
            other = copy.deepcopy(certificate)
            spot = other
            for key in path[:-1]:
                spot = spot[key]
            new = values(spot[path[-1]], chance)
            if k < len(new):
                spot[path[-1]] = new[k]
                yield json.dumps(other)
            elif k == len(new):
                del spot[path[-1]]
                yield json.dumps(other)
            elif k == len(new) + 1:
                text = json.dumps(other)
                if isinstance(spot, list):
                    spot.insert(path[-1], copy.deepcopy(spot[path[-1]]))
                    yield json.dumps(other)
                else:  # the key twice
                    key, value = json.dumps(path[-1]), json.dumps(spot[path[-1]])
                    spot.clear()
                    yield text.replace(f"{key}: {value}", f"{key}: {value}, {key}: {value}")


def still_true(text: str, folder: Path) -> bool:
    """Whether all claims of a certificate are true."""
    statements = json.loads(text)["statements"]
    return all(brute.holds(x["claim"], x["evidence"], folder) for x in statements)


def attack(name: str, folder: Path, share: int) -> tuple[int, int]:
    """Tamper with one certificate; return how many changes were tried and how many were accepted, and true."""
    checker, chance = corpus.load(), random.Random(name)
    certificate = json.loads((folder / name).read_text())
    tried = accepted = 0
    target = folder / "tampered.cert.json"
    for text in tampered(certificate, chance, share):
        target.write_text(text)
        checker.read_file.cache_clear()
        tried += 1
        if checker.check(str(target))["verdict"] == "accepted":
            accepted += 1
            assert still_true(text, folder), text
    return tried, accepted


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the accepted corpus."""
    return Path(shutil.copytree(corpus.ACCEPT, tmp_path / "accept"))


def test_a_sample_of_changed_leaves(folder: Path) -> None:
    found = [attack(name, folder, 60) for name in NAMES]
    assert sum(tried for tried, _ in found) > 1000
    assert (
        sum(accepted for _, accepted in found) > 0
    )  # some changed statements are true: the other branch is tested


@pytest.mark.accept
@pytest.mark.parametrize("name", NAMES)
def test_every_leaf(name: str, folder: Path) -> None:
    tried, _ = attack(name, folder, 1)
    assert tried > 100


def with_file() -> Iterator[tuple[str, str]]:
    """The certificates about files, and the files."""
    for name in NAMES:
        text = (corpus.ACCEPT / name).read_text()
        for path in sorted(corpus.ACCEPT.iterdir()):
            if f'"{path.name}"' in text and not path.name.endswith(".cert.json"):
                yield name, path.name


@pytest.mark.parametrize(("name", "file"), list(with_file()))
def test_a_changed_subject_is_never_accepted(name: str, file: str, folder: Path) -> None:
    checker, chance = corpus.load(), random.Random(name)
    data = (folder / file).read_bytes()
    flips = [chance.randrange(8 * len(data)) for _ in range(20)]
    changed = [data[: k // 8] + bytes([data[k // 8] ^ 1 << k % 8]) + data[k // 8 + 1 :] for k in flips]
    changed += [data[:-1], data + b"\0", b"", data[: len(data) // 2]]
    changed += [path.read_bytes() for path in sorted(folder.iterdir()) if path.name != file][:10]
    for other in changed:
        (folder / file).write_bytes(other)
        checker.read_file.cache_clear()
        assert checker.check(str(folder / name))["verdict"] != "accepted"
    (folder / file).unlink()
    checker.read_file.cache_clear()
    result = checker.check(str(folder / name))
    assert result["verdict"] == "unreadable"
    assert "is not in" in result["reason"]
