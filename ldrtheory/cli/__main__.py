"""`python -m ldrtheory.cli`: the same as the command `ldrtheory`."""

from ldrtheory.cli import main

if __name__ == "__main__":
    main()
