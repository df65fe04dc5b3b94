"""Executable theorems: files of proofs/, whose status is computed by the checker and never typed.

discover        the theorem files, by id
load            one theorem by id; read_theorem, from a file
run             run one: generate its claims, let the checker decide, report; run_all: many at once
Theorem         what a file says; Necessity, which of its hypotheses are needed
TheoremReport   what came of running it; Need, what came of one hypothesis

A theorem file is named after its id and holds
    statement   one sentence (or a few)             hypotheses  what is assumed
    source      where it comes from                 depends     ids it rests on (optional)
    largest     the size run by default (optional)  claims      claims(max_n, seed): statements, smallest first
    necessity   which hypotheses are needed: {hypothesis: counterexample}, or words: "none ..." or "not known ..."
    size        the n of a claim, where it is not the largest side of a matrix in it (optional)
A statement is a claim with evidence, made by ldrtheory.certify.equality or ldrtheory.certify.kaleidoscopes.
A counterexample is a function that yields statements: for objects that lack this one hypothesis the conclusion fails.
It may also be the id of a theorem file whose claims say so, or the words "not known".
A published form that is false is the theorem "... fails at n = k" whose claims are the counterexample; its id begins
with false_. Files whose id begins with open_ state open questions; cited_: what no finite computation decides.
Theorem files do not import one another.
"""

from ldrtheory.theorems.files import Necessity, Theorem, discover, folder, load, read_theorem
from ldrtheory.theorems.running import SEED, Need, TheoremReport, run, run_all, run_theorem, size

__all__ = [
    "SEED",
    "Necessity",
    "Need",
    "Theorem",
    "TheoremReport",
    "discover",
    "folder",
    "load",
    "read_theorem",
    "run",
    "run_all",
    "run_theorem",
    "size",
]
