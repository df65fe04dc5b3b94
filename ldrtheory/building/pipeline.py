"""From a source to a kaleidoscope with a certificate that the checker has accepted.

build       the public call
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from typing import Any, Final

from ldrtheory.building.answers import BuildAnswer
from ldrtheory.building.certificates import certified, places
from ldrtheory.building.sources import read_source
from ldrtheory.rings import Ring

Progress = Callable[[int, int, str], None]
STAGES: Final = ("reading the source", "choosing and building factors", "counting operations", "checking")


def build(
    source: Any,
    *,
    kind: str | None = None,
    field: Ring | str | None = None,
    inputs: int | None = None,
    out: str | os.PathLike[str] | None = None,
    certificate: str | os.PathLike[str] | None = None,
    progress: Progress | None = None,
) -> BuildAnswer:
    """Return a source written as a kaleidoscope, exactly, with a certificate that the checker has accepted.

    source: a matrix, a permutation, a linear circuit, a product of sparse matrices, or a name such as "DFT(8)"; as a
        file name or a Python value, see `ldrtheory.building.read_source`.
    kind: "matrix", "permutation", "circuit" or "sparse-product", where the source could be read in several ways.
    field: "Q", "Q(zeta_N)", "GF(p)" or a ring; by default the smallest field that holds the entries.
    inputs: the number of inputs, for a Python function that is traced.
    out: where to write the kaleidoscope as JSON; by default nowhere.
    certificate: where to write the certificate; by default beside `out`, else beside the source's file as
        STEM.kaleidoscope.cert.json; for names and Python values nowhere.

    Raises BadInput for what cannot be read or is too large to build; then nothing is left behind.

    >>> from ldrtheory import build
    >>> answer = build([2, 0, 1])
    >>> answer.width, str(answer.expansion), answer.parameters, answer.product.entries().tolist()
    (1, '4/3', 32, [[0, 1, 0], [0, 0, 1], [1, 0, 0]])
    """
    start = time.monotonic()

    def stage(number: int) -> None:
        if progress is not None:
            progress(number, len(STAGES), STAGES[number])

    stage(0)
    read = read_source(source, kind, field, inputs)
    where = places(read, out, certificate)
    stage(1)
    made = read.construct()
    stage(2)
    counter = made.product.operations()
    operations = {"kaleidoscope": (counter.multiplications, counter.additions), **read.costs()}
    stage(3)
    checked = certified(read, made.product, where)
    return BuildAnswer(
        read,
        made.product,
        made.form,
        made.why,
        made.bound,
        operations,
        checked.certificate,
        where.certificate,
        checked.accepted,
        checked.reason,
        where.out,
        checked.recheck,
        time.monotonic() - start,
    )
