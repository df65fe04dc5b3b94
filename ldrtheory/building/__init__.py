"""Build a matrix, permutation, linear circuit, sparse product or named transform as a kaleidoscope, exactly.

pipeline        build: read the source, construct, write, have the certificate checked
sources         from a file, a name or a Python value to one of the kinds
documents       the JSON forms of permutations, circuits and sparse products
named           transforms by name
kinds           what can be built: each kind knows its construction, its published bound, its cost and its claim
matrices, circuits      the kinds
bounds          the published widths and expansions, and what was traded for what
certificates    "the product of these factors is that source", checked in a process of its own
answers         BuildAnswer: what `build` returns
"""

from ldrtheory.building.answers import BuildAnswer
from ldrtheory.building.bounds import Bound
from ldrtheory.building.pipeline import build
from ldrtheory.building.sources import KINDS, read_source

__all__ = ["KINDS", "Bound", "BuildAnswer", "build", "read_source"]
