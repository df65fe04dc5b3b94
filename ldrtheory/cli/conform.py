"""`ldrtheory conform MODULE:CALLABLE`: judge another implementation's multiply."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from ldrtheory.cli.options import (
    Json,
    option,
    output,
    placed,
    positive,
    progress,
    whole,
)
from ldrtheory.errors import BadInput, LdrTheoryError

Target = Annotated[
    str,
    typer.Argument(
        metavar="MODULE:CALLABLE", help="A function of (parameters, x) that returns M x, x of shape (..., n)"
    ),
]
Found = Annotated[
    Path | None,
    option("OUT.json", "Where to write a counterexample (default: CALLABLE.counterexample.cert.json)"),
]


def conform(
    target: Target,
    family: Annotated[
        str, option("NAME", "The class that it multiplies by, e.g. Toeplitz or 'FCirculant(8, -1)'")
    ],
    dtype: Annotated[
        str, option("D", "Of x: float16 bfloat16 tf32 float32 float64 complex64 complex128")
    ] = "float64",
    sizes: Annotated[
        str | None, option("1,2,3,8", "The sizes n that it supports (default: from 1 to 31)")
    ] = None,
    algorithm: Annotated[
        str | None,
        option("A", "How it computes, which decides what error is allowed: direct, transform or normwise"),
    ] = None,
    convention: Annotated[
        str | None, option("C", "Judge it by another convention: adjoint, scale:n, ...")
    ] = None,
    accumulate: Annotated[
        str | None, option("D", "The type that it adds in (default: that of --dtype)")
    ] = None,
    library: Annotated[str, option("L", "Whose arrays it takes: numpy, torch, jax or cupy")] = "numpy",
    device: Annotated[str | None, option("DEVICE", "Where torch puts them, e.g. cuda")] = None,
    seconds: Annotated[
        str | None, option("S", "Stop a call that takes more than S seconds (default 10)")
    ] = None,
    seed: Annotated[str | None, option("S", "The seed of all random cases (default 0)")] = None,
    certificate: Found = None,
    as_json: Json = False,
) -> int:
    """Judge another implementation's multiply: is it right, as accurate as it should be, and if not, why?

    Example: ldrtheory conform mykernels:circulant --family Circulant
    """
    from ldrtheory.conform.adapter import Adapter, imported
    from ldrtheory.conform.suite import run

    placed(certificate=certificate)
    start = 0 if seed is None else whole("--seed", seed, 0)
    wanted = None if sizes is None else [whole("--sizes", n, 1) for n in sizes.split(",")]

    def adapter(call: object) -> Adapter:
        return Adapter(
            family,
            call,  # type: ignore[arg-type]
            dtype,
            algorithm,
            wanted,
            accumulate,
            library=library,
            device=device,
            convention=convention,
            name=target,
            seconds=10.0 if seconds is None else positive("--seconds", seconds),
        )

    adapter(print)  # what is wrong with the request is said before anything is imported
    try:
        call = imported(target)
    except LdrTheoryError:
        raise
    except Exception as error:
        raise BadInput(
            f"{target} cannot be imported: {type(error).__name__}: {error} (modules of the current folder are found)"
        ) from error
    with progress(as_json) as advance, _own_output():
        try:
            answer = run(
                adapter(call),
                seed=start,
                certificate=certificate or Path(f"{target.rpartition(':')[2]}.counterexample.cert.json"),
                progress=advance,
            )
        except ImportError as error:
            raise BadInput(f"the library {library} cannot be imported: {error}") from error
    output(answer.json() if as_json else str(answer))
    return answer.status


@contextlib.contextmanager
def _own_output() -> Iterator[None]:
    """Send what compiled code of the kernel writes to standard output to standard error: the answer stands alone."""
    try:
        kept = os.dup(1)
    except OSError:  # closed
        yield
        return
    sys.stdout.flush()
    try:
        os.dup2(2, 1)
        yield
    finally:
        os.dup2(kept, 1)
        os.close(kept)
