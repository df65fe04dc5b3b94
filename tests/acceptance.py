"""Run the long form of every law and keep the outcome in docs/acceptance.md: `make accept`."""

from __future__ import annotations

import platform
import subprocess
import sys
import tempfile
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "acceptance.md"


def main() -> int:
    """Return pytest's exit status; write the page whatever the outcome."""
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "accept.xml"
        command = [
            sys.executable,
            "-m",
            "pytest",
            "-m",
            "accept",
            "-n",
            "2",
            f"--junitxml={log}",
            *sys.argv[1:],
        ]
        code = subprocess.run(command, cwd=ROOT).returncode
        suite = ElementTree.parse(log).getroot().find("testsuite")
    if suite is None:
        return code or 1
    rows = []
    for case in suite.findall("testcase"):
        failed = case.find("failure") is not None or case.find("error") is not None
        outcome = "failed" if failed else "skipped" if case.find("skipped") is not None else "passed"
        place = str(case.get("classname")).removeprefix("tests.")
        notes = "; ".join(f"{p.get('name')}: {p.get('value')}" for p in case.iter("property"))
        rows.append((place, str(case.get("name")), notes, f"{float(case.get('time', 0)):.1f}", outcome))
    lines = [
        "# The laws in full",
        "",
        "The last output of `make accept`: every law that `make test` samples, run in full.",
        "",
        f"Python {platform.python_version()}, {platform.machine()}, two test processes; "
        f"{len(rows)} laws, {sum(r[4] == 'passed' for r in rows)} passed.",
        "",
        "| where | law | what was covered | seconds | outcome |",
        "|---|---|---|--:|---|",
        *(f"| {a} | {b} | {c} | {d} | {e} |" for a, b, c, d, e in sorted(rows)),
        "",
    ]
    PAGE.write_text("\n".join(lines))
    return code


if __name__ == "__main__":
    sys.exit(main())
