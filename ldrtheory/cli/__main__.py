"""`python -m ldrtheory.cli`: the same as the command `ldrtheory`."""

from ldrtheory.cli import main

main()
