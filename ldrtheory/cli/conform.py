"""`ldrtheory conform MODULE:CALLABLE`: judge another implementation's multiply."""

from __future__ import annotations

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
        str | None, option("1,2,3,8", "The sizes n that it supports (default: from 1 to 64, and large ones)")
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
    from ldrtheory.conform.watch import Ended, Watched, broken_off

    placed(certificate=certificate)
    place = certificate or Path(f"{target.rpartition(':')[2]}.counterexample.cert.json")
    request = {
        "target": target,
        "seed": 0 if seed is None else whole("--seed", seed, 0),
        "adapter": {
            "family": family,
            "dtype": dtype,
            "algorithm": algorithm,
            "sizes": None if sizes is None else [whole("--sizes", n, 1) for n in sizes.split(",")],
            "accumulate": accumulate,
            "library": library,
            "device": device,
            "convention": convention,
            "name": target,
            "seconds": 10.0 if seconds is None else positive("--seconds", seconds),
        },
    }
    asked = {"do": "judge", "certificate": str(place.absolute()), "shown": str(place)}
    with progress(as_json) as advance, Watched(request, advance) as watched:
        try:
            done = watched.start().ask(asked)
        except Ended as ended:
            answer = broken_off(watched, ended)
            done = {"text": str(answer), "json": answer.json(), "status": answer.status, "certificate": None}
    if as_json:
        output(done["json"])
    else:
        stale = done["certificate"] is None and place.exists()
        output(done["text"] + f"\nno counterexample was written: {place} is older" * stale)
    return int(done["status"])
