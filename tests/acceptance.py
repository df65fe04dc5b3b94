"""Run the long form of every law and keep the outcome in docs/acceptance.md: `make accept`.

With paths, as in `python -m tests.acceptance tests/laws/test_vc.py`, only those are run and their rows renewed.  Every
row names the commit at which its law was seen; a law without a row is listed as not run.
"""

from __future__ import annotations

import platform
import subprocess
import sys
import tempfile
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "acceptance.md"
PYTEST = [sys.executable, "-m", "pytest", "-m", "accept"]
Law = tuple[str, str]  # module, name
Row = tuple[str, str, str, str]  # what was covered, seconds, outcome, commit


def _output(*command: str) -> str:
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False).stdout


def _laws() -> list[Law]:
    """The laws there are."""
    lines = _output(*PYTEST, "--collect-only").splitlines()
    places = (line.partition("::") for line in lines if "::" in line)
    return [
        (path.removeprefix("tests/").removesuffix(".py").replace("/", "."), name.replace("::", "."))
        for path, _, name in places
    ]


def _kept() -> dict[Law, Row]:
    """The rows of the page as it is."""
    rows: dict[Law, Row] = {}
    for line in PAGE.read_text().splitlines():
        cells = line.strip("| ").split(" | ")
        if line.startswith("| ") and len(cells) == 6 and cells[0] != "where":
            rows[cells[0], cells[1]] = (cells[2].strip(), cells[3], cells[4], cells[5])
    return rows


def _seen(log: Path, commit: str) -> dict[Law, Row]:
    """The rows of a run."""
    rows: dict[Law, Row] = {}
    for case in ElementTree.parse(log).getroot().iter("testcase"):
        failed = case.find("failure") is not None or case.find("error") is not None
        outcome = "failed" if failed else "skipped" if case.find("skipped") is not None else "passed"
        notes = "; ".join(f"{p.get('name')}: {p.get('value')}" for p in case.iter("property"))
        where, _, group = str(case.get("classname")).removeprefix("tests.").partition(".Test")
        name = f"Test{group}.{case.get('name')}" if group else str(case.get("name"))
        rows[where, name] = (notes, f"{float(case.get('time', 0)):.1f}", outcome, commit)
    return rows


def main() -> int:
    """Return pytest's exit status; write the page whatever the outcome."""
    changed = "+" if _output("git", "status", "--porcelain", "--", "ldrtheory", "tests", "proofs") else ""
    commit = _output("git", "rev-parse", "--short", "HEAD").strip() + changed
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "accept.xml"
        code = subprocess.run([*PYTEST, "-n", "2", f"--junitxml={log}", *sys.argv[1:]], cwd=ROOT).returncode
        rows = (_kept() if sys.argv[1:] else {}) | (_seen(log, commit) if log.exists() else {})
    missing = ("", "", "not run", "")
    laws = {law: rows.get(law, missing) for law in sorted(_laws())}
    passed = sum(row[2] == "passed" for row in laws.values())
    lines = [
        "# The laws in full",
        "",
        "The output of `make accept`: every law that `make test` samples, run in full. The last column is the commit",
        "at which the law was seen.",
        "",
        f"Python {platform.python_version()}, {platform.machine()}, two test processes; "
        f"{len(laws)} laws, {passed} passed.",
        "",
        "| where | law | what was covered | seconds | outcome | commit |",
        "|---|---|---|--:|---|---|",
        *(f"| {where} | {name} | {' | '.join(row)} |" for (where, name), row in laws.items()),
        "",
    ]
    PAGE.write_text("\n".join(lines))
    return code


if __name__ == "__main__":
    sys.exit(main())
