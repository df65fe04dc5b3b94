"""Certificates that ask for too much work are unreadable, and soon: each limit of the checker, just passed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.laws import corpus

C = corpus.load()
LONG = "0x1" + "0" * 5000  # 20001 bits
HUGE = "0x1" + "0" * (1 << 19)  # 2^21 + 1 bits, a row of one number of 2^18 bytes
PRIMES = [p for p in range(2, 40000) if all(p % q for q in range(2, int(p**0.5) + 1))]


def refused(folder: Path, subject: Any, field: str = "Q", other: Any = None) -> str:
    """The reason why the statement that a subject is itself cannot be read."""
    claim = {"kind": "matrices-equal", "left": subject, "right": other or subject, "field": field}
    path = folder / "x.cert.json"
    statements = [{"claim": claim, "evidence": {}}]
    path.write_text(json.dumps({"format": "ldrtheory-certificate/1", "statements": statements}))
    C.read_file.cache_clear()
    result = C.check(str(path))
    assert result["verdict"] == "unreadable", result
    return str(result["reason"])


def circuit(gates: list[Any], inputs: int = 1, outputs: list[int] | None = None) -> Any:
    """A circuit with its last row as output."""
    return {"circuit": {"inputs": inputs, "gates": gates, "outputs": outputs or [inputs + len(gates) - 1]}}


def test_numbers_that_grow_from_gate_to_gate(tmp_path: Path) -> None:
    assert "too long" in refused(tmp_path, circuit([[LONG, k, 0, k] for k in range(500)]))


def test_denominators_that_grow_from_gate_to_gate(tmp_path: Path) -> None:
    gates = [[f"0x1/{LONG[:-1]}{2 * k + 1:x}", k, "0x1/0x3", 0] for k in range(500)]
    assert "too long" in refused(tmp_path, circuit(gates))


def test_inputs_that_no_gate_needs(tmp_path: Path) -> None:
    assert "too many rows" in refused(tmp_path, circuit([], 1 << 17, [0]))


def test_rows_that_become_long_after_the_sizes_are_known(tmp_path: Path) -> None:
    subject = circuit([[1, 0, HUGE[: 1 << 13], 1]], 1 << 13, [1 << 13])
    assert "too many rows, or too long ones" in refused(tmp_path, subject)


def test_dense_gates_over_a_field_of_high_degree(tmp_path: Path) -> None:
    dense = [1] * 996
    assert "too many rows, or too long ones" in refused(
        tmp_path, circuit([[dense, k, dense, k] for k in range(60)]), "Q(zeta_997)"
    )


def test_denominators_of_a_matrix(tmp_path: Path) -> None:
    ones = [[f"0x1/0x{p:x}{'0' * 1200}1" for p in PRIMES[:600]]]
    assert "too long" in refused(tmp_path, {"entries": ones * 5})


def test_products_of_many_large_factors(tmp_path: Path) -> None:
    zero = {"shape": [4096, 4096], "nonzeros": []}
    reason = refused(tmp_path, {"product": [zero] * 300}, other=zero)
    assert "a product is too large" in reason


def test_products_whose_middle_is_large(tmp_path: Path) -> None:
    thin = {"shape": [4096, 1], "nonzeros": [[0, 0, HUGE]]}
    reason = refused(
        tmp_path, {"product": [{"shape": [1, 4096], "nonzeros": []}, thin]}, other={"entries": [[0]]}
    )
    assert "a product is too large" in reason


def test_rows_of_a_matrix_with_one_long_number(tmp_path: Path) -> None:
    thin = {"shape": [4096, 1], "nonzeros": [[0, 0, HUGE]]}
    claim: Any = {"product": [thin, {"entries": [[1]]}]}
    assert "the numbers of a matrix are too long" in refused(
        tmp_path, claim, other={"shape": [4096, 1], "nonzeros": []}
    )


@pytest.mark.parametrize("name", ["kaleidoscope", "circuit", "permutation"])
def test_deep_nesting(tmp_path: Path, name: str) -> None:
    deep: Any = []
    for _ in range(900):
        deep = [deep]
    refused(tmp_path, {name: deep})
