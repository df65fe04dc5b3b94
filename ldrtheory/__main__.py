"""The program: `ldrtheory`, or `python -m ldrtheory`.

main        the command line, which Ctrl-C leaves with status 130 from its first moment on
"""

from __future__ import annotations

import os
import signal


def main() -> None:
    """Load the command line and run it."""
    if signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
        signal.signal(signal.SIGINT, lambda number, frame: os._exit(130))  # until the command line takes over
    from ldrtheory.cli import main as run

    run()


if __name__ == "__main__":
    main()
