"""Write tests/corpus/accept and tests/corpus/reject: `python -m tests.corpus.make_certificates`, from the root.

Evidence is found by plain elimination over Fractions (brute) and, for distances, by rounding a float64 SVD; nothing
of ldrtheory is used. The seeds are fixed: running this again writes the same files.

SUBJECTS    the modules, one for each subject: ACCEPTED (name -> function that returns the statements) and CHANGED
accept      write the certificates that must be accepted
reject      write those that must be refused, and expected.json: name -> [verdict, fragment of the reason]
"""

from __future__ import annotations

import copy
import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

from tests.corpus import (
    brute,
    circuits,
    class_distances,
    computed,
    equalities,
    formats,
    invertibility,
    kaleidoscopes,
    malformed,
    membership,
    programs,
    ranks,
    residual_distances,
    shattering,
    vc_bounds,
)
from tests.corpus.changes import U
from tests.corpus.subjects import ACCEPT

REJECT = ACCEPT.with_name("reject")
Json = Any

SUBJECTS = (
    formats,
    ranks,
    residual_distances,
    class_distances,
    invertibility,
    equalities,
    computed,
    kaleidoscopes,
    circuits,
    membership,
    programs,
    vc_bounds,
    shattering,
)


def write(folder: Path, name: str, statements: Json, origin: Json = None) -> None:
    """Write a certificate."""
    data = {"format": "ldrtheory-certificate/1", "statements": statements}
    if origin is not None:
        data["origin"] = origin
    (folder / f"{name}.cert.json").write_text(json.dumps(data) + "\n")


def accept() -> None:
    """Write the certificates that must be accepted; every claim is checked by brute force first."""
    for name, make in ((name, make) for subject in SUBJECTS for name, make in subject.ACCEPTED.items()):
        statements = make()
        for entry in statements:
            small = max(entry["claim"].get("shape", [1])) < 20  # beyond, the Kronecker matrix is too large
            if small and not brute.holds(entry["claim"], entry["evidence"], ACCEPT):
                raise SystemExit(f"{name}: the claim is false")
        write(ACCEPT, name, statements, {"source": "x", "version": 0.5} if name == "differ" else None)


def reject(accepted: dict[str, Json], source: Path, folder: Path) -> None:
    """Write the refused certificates, the subjects they need, and expected.json."""
    expected = {}
    for name, base, change, verdict, reason in (row for subject in SUBJECTS for row in subject.CHANGED):
        certificate = copy.deepcopy(accepted[base])
        change(certificate)
        (folder / f"{name}.cert.json").write_text(json.dumps(certificate) + "\n")
        expected[name] = [verdict, reason]
        text = json.dumps(accepted[base])
        for path in source.iterdir():
            if f'"{path.name}"' in text and not path.name.endswith(".cert.json"):
                shutil.copy(path, folder / path.name)
    shutil.copy(source / "mod5.json", folder / "mod5.json")
    for file, (data, verdict, reason) in malformed.SUBJECTS.items():
        (folder / file).write_bytes(data)
        subject = {"file": file, "sha256": hashlib.sha256(data).hexdigest(), "shape": [1, 2]}
        certificate = copy.deepcopy(accepted["cauchy"])
        claim = certificate["statements"][0]["claim"]
        claim["subject"] = subject | ({"tensor": "x"} if "safetensors" in file else {})
        claim["field"] = malformed.FIELDS.get(file, "Q")
        name = file.replace(".", "-")
        (folder / f"{name}.cert.json").write_text(json.dumps(certificate) + "\n")
        expected[name] = [verdict, reason]
    expected["absent"] = [U, "absent.cert.json is not there"]  # a certificate that is not there
    for name, data, verdict, reason in malformed.RAW:
        (folder / f"{name}.cert.json").write_bytes(data)
        expected[name] = [verdict, reason]
    (folder / "expected.json").write_text(json.dumps(expected, indent=1) + "\n")


def main() -> None:
    """Write both folders."""
    for folder in (ACCEPT, REJECT):
        folder.mkdir(exist_ok=True)
        for path in folder.iterdir():
            path.unlink()
    accept()
    made = {
        path.name[: -len(".cert.json")]: json.loads(path.read_text()) for path in ACCEPT.glob("*.cert.json")
    }
    reject(copy.deepcopy(made), ACCEPT, REJECT)


if __name__ == "__main__":
    main()
