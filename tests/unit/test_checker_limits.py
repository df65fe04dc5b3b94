"""Certificates that ask for too much work are unreadable, and soon: each limit of the checker, just passed."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import Any

import pytest

from tests.laws import corpus

C = corpus.load()
LONG = "0x1" + "0" * 5000  # 20001 bits
HUGE = "0x1" + "0" * ((1 << 18) - 3)  # as long as a number may be: 2^20 - 11 bits, in a row of 2^17 bytes
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


def test_numbers_of_too_many_digits(tmp_path: Path) -> None:
    assert C.number(HUGE)[0] == 16 ** ((1 << 18) - 3)
    for text in (HUGE + "0", "0x1/" + HUGE, f"0x1+{HUGE}i"):
        with pytest.raises(C.Refusal, match=f"a number has {len(text)} characters, more than 262144"):
            C.number(text)
    digits = "123456789abcdef" * 300_000  # Euclid's algorithm for these would take minutes
    reason = refused(tmp_path, {"entries": [[f"0x{digits}1/0x1{digits}"]]})
    assert "a number has 9000007 characters" in reason


def test_files_beyond_two_gibibytes(tmp_path: Path) -> None:
    path = tmp_path / "x.cert.json"
    path.touch()
    os.truncate(path, (1 << 31) + 1)  # a hole: nothing is written
    assert "is too large: more than 2147483648 bytes" in C.check(str(path))["reason"]


def test_denominators_of_a_matrix(tmp_path: Path) -> None:
    ones = [[f"0x1/0x{p:x}{'0' * 1200}1" for p in PRIMES[:600]]]
    assert "too long" in refused(tmp_path, {"entries": ones * 5})


def test_products_of_many_large_factors(tmp_path: Path) -> None:
    zero = {"shape": [4096, 4096], "nonzeros": []}
    reason = refused(tmp_path, {"product": [zero] * 300}, other=zero)
    assert "a product is too large" in reason


def test_products_whose_middle_is_large(tmp_path: Path) -> None:
    thin = {"shape": [8200, 1], "nonzeros": [[0, 0, HUGE]]}
    reason = refused(
        tmp_path, {"product": [{"shape": [1, 8200], "nonzeros": []}, thin]}, other={"entries": [[0]]}
    )
    assert "a product is too large" in reason


def answered(folder: Path, claim: Any, evidence: Any) -> tuple[str, str]:
    """The verdict on a claim, and why."""
    path = folder / "x.cert.json"
    statements = [{"claim": {"field": "Q"} | claim, "evidence": evidence}]
    path.write_text(json.dumps({"format": "ldrtheory-certificate/1", "statements": statements}))
    C.read_file.cache_clear()
    result = C.check(str(path))
    return str(result["verdict"]), str(result["reason"])


def residual(folder: Path, shape: list[int], left: Any, right: Any, field: str = "Q") -> str:
    """The reason why nothing is said about the residual of a zero matrix."""
    operators = {"kind": "sylvester", "left": left, "right": right}
    subject = {"shape": shape, "nonzeros": []}
    claim = {"kind": "displacement-rank", "relation": "at most", "rank": 1, "subject": subject}
    kernel = {"method": "kernel", "side": "right", "vectors": [], "free": []}
    verdict, reason = answered(folder, claim | {"operators": operators, "field": field}, {"at_most": kernel})
    assert verdict == "unreadable", reason
    return reason


ZERO = {"op": "zero"}


def test_matrices_of_many_rows(tmp_path: Path) -> None:
    assert "too large" in refused(tmp_path, {"shape": [(1 << 20) + 1, 1], "nonzeros": []})
    assert "too large" in refused(tmp_path, {"permutation": [*range(5000)]}, "Q(zeta_997)")


def test_rows_of_a_circuit_that_no_output_needs(tmp_path: Path) -> None:
    long = circuit([[HUGE[: 1 << 13], 0, 0, 0]], 1 << 13, [0])
    assert "too many rows, or too long ones" in refused(tmp_path, long)
    many = circuit([[HUGE, 0, 0, 0]] + [[1, k, 1, 0] for k in range(1, 5000)], 1, [0])
    assert "the numbers of a program are too long" in refused(tmp_path, many)


def test_blocks_of_long_numbers(tmp_path: Path) -> None:
    entry = [LONG[: 3000 + k] for k in range(996)]
    sides = {"left": {"entries": [[entry]]}, "right": {"entries": [[0]]}}
    claim = {"kind": "matrices-differ", "field": "Q(zeta_997)"} | sides
    assert "too long" in answered(tmp_path, claim, {"row": 0, "column": 0})[1]
    diagonal = {"op": "diagonal", "values": [entry]}
    assert "too long" in residual(tmp_path, [1, 1], diagonal, ZERO, "Q(zeta_997)")


def test_products_of_long_numbers(tmp_path: Path) -> None:
    rows = [[f"0x1/{HUGE[:100000]}1"] + [1] * 31] + [[1] * 32] * 31
    assert "a product is too large" in refused(tmp_path, {"product": [{"entries": rows}] * 2})


def test_operators_inside_each_other(tmp_path: Path) -> None:
    deep: Any = {"op": "path", "first": 0, "last": 0}
    for _ in range(9):
        deep = {"op": "transpose", "of": deep}
    assert "inside too many others" in residual(tmp_path, [2, 1], deep, ZERO)


def test_residuals_of_many_steps(tmp_path: Path) -> None:
    dense = {"op": "dense", "entries": [[1] * 300] * 300}
    few = {"op": "blocks", "blocks": [dense, ZERO], "sizes": [300, 3796]}
    assert "too long" in residual(tmp_path, [4096, 4096], ZERO, few)
    dense = {"op": "dense", "entries": [[1] * 9] * 9}
    wide = {"op": "blocks", "blocks": [dense, ZERO], "sizes": [9, (1 << 20) - 9]}
    assert "too many diagonals" in residual(tmp_path, [1, 1 << 20], ZERO, wide)


def test_determinants_of_many_rows(tmp_path: Path) -> None:
    operators = {"kind": "sylvester", "left": {"op": "identity"}, "right": ZERO}
    claim = {"kind": "displacement-rank", "relation": "at least", "rank": 4096, "operators": operators}
    all_of_them = [*range(4096)]
    minor = {"prime": 2**61 - 1, "rows": all_of_them, "columns": all_of_them}
    claim |= {"subject": {"permutation": all_of_them}}
    verdict, reason = answered(tmp_path, claim, {"at_least": minor})
    assert verdict == "unreadable"
    assert "the submatrix is too large" in reason


def test_rows_of_a_matrix_with_one_long_number(tmp_path: Path) -> None:
    shape = {"shape": [8200, 1]}
    left, right = shape | {"nonzeros": [[0, 0, HUGE]]}, shape | {"nonzeros": []}
    claim = {"kind": "matrices-differ", "left": left, "right": right}
    verdict, reason = answered(tmp_path, claim, {"row": 0, "column": 0})
    assert verdict == "unreadable"
    assert "the numbers of a matrix are too long" in reason


def test_polynomials_of_high_degree_at_many_points(tmp_path: Path) -> None:
    activation = {"breaks": [], "pieces": [[0] * 63 + [1]]}
    program = {"parameters": 1, "inputs": 0, "steps": [["piecewise", 0, 0]], "activations": [activation]}
    claim = {"kind": "shatters", "points": [[]] * 33, "program": program | {"output": 1}}
    assert "the program is too long" in answered(tmp_path, claim, {"base": [1], "linear": []})[1]


def test_many_layers_of_huge_numbers(tmp_path: Path) -> None:
    names = ("units", "breakpoints", "degree", "numerator", "constant", "denominator")
    last = dict.fromkeys(names, 1) | {"breakpoints": 0, "parameters": [0]}
    layer = last | {"units": str(2**250), "breakpoints": str(2**250), "denominator": 0}
    claim = {"kind": "vc-upper", "bound": 9, "parameters": [1024], "layers": [layer] * 100 + [last]}
    assert "the layers take too long" in answered(tmp_path, claim, {})[1]


def test_matrices_of_different_shapes_differ_anywhere(tmp_path: Path) -> None:
    claim = {"kind": "matrices-differ", "left": {"entries": [[0]]}, "right": {"entries": [[0, 0]]}}
    assert answered(tmp_path, claim, {"row": 7, "column": 1 << 53})[0] == "accepted"


@pytest.mark.parametrize("name", ["kaleidoscope", "circuit", "permutation"])
def test_deep_nesting(tmp_path: Path, name: str) -> None:
    deep: Any = []
    for _ in range(900):
        deep = [deep]
    refused(tmp_path, {name: deep})


def test_files_that_are_named_again_and_again(tmp_path: Path) -> None:
    """Two files by turns, 257 times; the same file as often as one likes."""
    subjects = []
    for name, rows in (("a.json", [[1]]), ("b.json", [[2]])):
        data = json.dumps(rows).encode()
        (tmp_path / name).write_bytes(data)
        subjects.append({"file": name, "sha256": hashlib.sha256(data).hexdigest(), "shape": [1, 1]})

    def verdict(turns: list[int]) -> str:
        statements = [
            {"claim": {"kind": "matrices-equal", "left": x, "right": x, "field": "Q"}, "evidence": {}}
            for x in (subjects[k] for k in turns)
        ]
        path = tmp_path / "x.cert.json"
        path.write_text(json.dumps({"format": "ldrtheory-certificate/1", "statements": statements}))
        C.read_file.cache_clear()
        return str(C.check(str(path))["verdict"])

    assert verdict([0] * 400) == "accepted"
    assert verdict([k % 2 for k in range(256)]) == "accepted"
    assert verdict([k % 2 for k in range(257)]) == "unreadable"
