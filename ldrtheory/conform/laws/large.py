"""Values at sizes where whole matrices are too many, against the double-double reference multiply.

large           the sizes above 64 that the adapter supports, or 200 and 256 (direct), 1000 and 1024 (transforms)
sharp_norm      the allowed ||error|| of transforms, from the spectra themselves
roundings       the depth at a large size, from those at small ones

At these sizes an error that grows like n u, as twiddles by repeated multiplication make, exceeds the allowance of
transforms, which grows like log n.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from ldrtheory.conform.arithmetic import rounded
from ldrtheory.conform.bench import WHOLE, Bench, Broken, Failure, Tally, ratios
from ldrtheory.conform.cases import Case, Parameters, generic, instances
from ldrtheory.conform.kernel import Unsupported
from ldrtheory.conform.tolerance import Exact, denoted
from ldrtheory.families import Family, FCirculant

USUAL = {"direct": (200, 256), "transform": (1000, 1024)}
CONVOLUTIONS = ("Circulant", "FCirculant", "Toeplitz", "Hankel", "ToeplitzPlusHankel")


def _numbers(source: np.random.Generator, shape: tuple[int, ...], bench: Bench) -> np.ndarray:
    values = source.standard_normal(shape)
    if bench.arithmetic.complex:
        return rounded(values + 1j * source.standard_normal(shape), bench.arithmetic.store)
    return rounded(values, bench.arithmetic.store)


def roundings(family: Family, bench: Bench) -> int | None:
    """Return the depth at the size of the family: affine in n or in log2 n through the depths at 8 and 16.

    None where |M| is not the matrix of the absolute values of the parameters, which is what bounds the error here.
    """
    depths = []
    for n in (4, 8, 16):
        small = next(iter(instances(_template(family, bench), n, 1)), None)
        parameters = None if small is None else generic(small, bench.arithmetic, 0)
        if small is None or parameters is None:
            return None
        M = denoted(small, parameters, bench.arithmetic, "direct")
        absolute = {k: np.abs(v).astype(v.dtype) for k, v in parameters.items()}
        same = np.abs(denoted(small, absolute, bench.arithmetic, "direct").values)
        if small.slots() and not np.allclose(
            same, M.bound, rtol=1e-3, atol=0
        ):  # otherwise they differ by far more
            return None
        depths.append(M.depth)
    first, second = depths[1] - depths[0], depths[2] - depths[1]
    n = max(family.shape)
    if second >= 1.5 * first > 0:
        return None if second > 2.2 * first else depths[2] + -(-second * (n - 16) // 8)
    return depths[2] + second * (int(np.ceil(np.log2(n))) - 4)


def _template(family: Family, bench: Bench) -> Any:
    return bench.adapter.family if isinstance(bench.adapter.family, Family) else family


def sharp_norm(family: Family, parameters: Parameters, x: np.ndarray, unit: float) -> float | None:
    """Return the allowed ||error|| of a product by transforms; None for classes that are no convolutions.

    With y = F^-1 (C * X), C = F c, X = F x, each transform within t eta relative to its norm, t eta = 7 u (log2 n + 4):
    ||error|| <= t eta (||c|| max|X| + 2 ||x|| max|C|) + 3 u ||x|| max|C|, added up over the parameters; the maxima
    over a grid four times finer than any that is used, times 1.1 for what lies between its points.  A transform alone:
    t eta ||M|| ||x|| with ||M|| <= sqrt(2 n), the cosines and sines being corners of transforms of twice the length.
    """
    n = max(family.shape)
    each = 7 * unit * (np.log2(n) + 4)
    norm = float(np.linalg.norm(x))
    if not family.slots():
        return each * np.sqrt(2 * n) * norm
    if type(family).__name__ not in CONVOLUTIONS or (isinstance(family, FCirculant) and abs(family.f) != 1):  # type: ignore[arg-type]
        return None
    length = 8 << int(np.ceil(np.log2(n)))
    top = 1.1 * float(np.max(np.abs(np.fft.fft(x.astype(complex), length))))
    total = 0.0
    for c in parameters.values():
        wide = c.astype(complex)
        most = 1.1 * float(np.max(np.abs(np.fft.fft(wide, length))))
        total += each * (float(np.linalg.norm(wide)) * top + 2 * norm * most) + 3 * unit * norm * most
    return total


def large(bench: Bench, tally: Tally) -> None:
    """At large sizes the result is M x within an allowance that grows like log n for transforms."""
    adapter = bench.adapter
    if adapter.convention is not None or bench.how not in USUAL:
        tally.notes.append("not under a convention" if adapter.convention else f"not for {bench.how} kernels")
        return
    sizes = USUAL[bench.how] if adapter.sizes is None else [n for n in adapter.sizes if n > WHOLE]
    for n in sizes:
        for family in instances(adapter.family, n, 1):  # type: ignore[arg-type]
            try:
                _judge(bench, tally, family)
            except Unsupported as said:
                bench.unsupported[str(family)] = str(said)
    if not tally.cases and not tally.notes:
        tally.notes.append("no size above 64")


def _judge(bench: Bench, tally: Tally, family: Family) -> None:
    from ldrtheory.reference import multiply, truth

    source = np.random.default_rng([bench.seed, *family.shape])
    parameters = {s.name: _numbers(source, s.shape, bench) for s in family.slots()}
    x = _numbers(source, (family.shape[1],), bench)
    kind = complex if bench.arithmetic.complex else float
    wide = {k: v.astype(kind) for k, v in parameters.items()}
    direct = bench.how == "direct"
    if direct:
        depth = roundings(family, bench)
        if depth is None:
            tally.notes.append(f"no bound at size {max(family.shape)}")
            return
        growth = bench.arithmetic.growth(depth, 2 + int(np.log2(max(family.shape))))
        sums = np.full(family.shape[0], float(np.sum(np.abs(x.astype(kind)))))
        if family.slots():
            sums = np.abs(multiply(family, {k: np.abs(v) for k, v in wide.items()}, np.abs(x.astype(kind))))
        allowed = growth * sums * (1 + 2.0**-20)
        if not np.max(sums) < 2.0 ** (bench.arithmetic.store.most - 2):
            tally.notes.append(f"overflows at size {max(family.shape)}")
            return
    else:
        norm = sharp_norm(family, parameters, x, bench.arithmetic.store.unit)
        if norm is None:
            tally.notes.append(f"no bound at size {max(family.shape)}")
            return
        allowed = np.full(family.shape[0], norm)
    bench.last = family
    got = bench.kernel(parameters, x, family.shape[0])
    exact = Exact(*truth(family, wide, x.astype(kind)))
    if np.iscomplexobj(got) and not np.iscomplexobj(exact.high):
        exact = Exact(exact.high.astype(complex), exact.low.astype(complex))
    error = exact.error(got)
    bench.large.add(max(family.shape))
    ratio = (
        float(np.max(ratios(error, allowed))) if direct else float(np.linalg.norm(error)) / float(allowed[0])
    )
    tally.cases += 1
    tally.worst = max(tally.worst, ratio)
    if not ratio <= 1:
        words = f"{family}: the allowed error is exceeded {ratio:.3g} times"
        raise Broken(Failure(tally.law, words, Case(family, parameters, x)))
