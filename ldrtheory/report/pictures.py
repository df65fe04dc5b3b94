"""Pictures as inline SVG that follows the page's colours, light or dark; the only module that loads matplotlib.

heat_map        a matrix by colour, diverging around zero; zero is transparent, so it shows the page
spectrum        singular values on a logarithmic scale, with what is certified drawn in
Bound           a certified statement "T_rank <= value" or "T_rank > value" to draw in
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from io import StringIO
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from ldrtheory.report.numbers import Drawn, coarse

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_INK, _GREY = "#010203", "#040506"  # stand for the page's text colours; replaced after drawing
_PAGE = {_INK: "currentColor", _GREY: "var(--faint)"}
_POSITIVE, _NEGATIVE, _CERTIFIED, _LIMIT = "#d9480f", "#1c7ed6", "#2b8a3e", "#c2255c"
_STYLE = {
    "svg.fonttype": "none",
    "svg.hashsalt": "ldrtheory",
    "font.family": "sans-serif",
    "font.sans-serif": ["DejaVu Sans"],
    "font.size": 9,
    "text.color": _INK,
    "axes.edgecolor": _GREY,
    "axes.labelcolor": _INK,
    "xtick.color": _INK,
    "ytick.color": _INK,
    "axes.linewidth": 0.6,
    "xtick.major.width": 0.6,
    "ytick.major.width": 0.6,
    "figure.facecolor": "none",
    "axes.facecolor": "none",
    "savefig.facecolor": "none",
    "mathtext.default": "regular",
}


@dataclass(frozen=True)
class Bound:
    """A certified statement about the Frobenius tail T_rank of the residual: at most, or above, `value`."""

    rank: int
    value: float
    holds: bool


def heat_map(matrix: Drawn, name: str, alt: str) -> str:
    """Return an SVG: the matrix by colour, with axes, colour bar, and the scale (linear or logarithmic) said."""
    from matplotlib import rc_context
    from matplotlib.colors import LinearSegmentedColormap

    cells = coarse(matrix.shown)
    m, n = matrix.values.shape
    top = float(np.abs(cells).max()) or 1.0
    signed = bool((cells < 0).any()) or (matrix.kind == "real" and not (cells > 0).any())
    position, ticks = _scale(cells, top, signed)
    fade = np.linspace(-1, 1, 257)
    colours = [(*_rgb(_NEGATIVE if t < 0 else _POSITIVE), abs(t) ** 0.8) for t in fade]
    cmap = LinearSegmentedColormap.from_list("zero is clear", colours, N=513)
    with rc_context(_STYLE):
        figure = _figure(4.6, 3.9)
        axes = figure.add_axes((0.12, 0.13, 0.66, 0.83))
        shape: Literal["equal", "auto"] = "equal" if max(m, n) <= 6 * min(m, n) else "auto"
        extent = (-0.5, n - 0.5, m - 0.5, -0.5)
        axes.imshow(position(cells), cmap, vmin=-1, vmax=1, interpolation="none", extent=extent, aspect=shape)
        axes.set_xlabel("column")
        axes.set_ylabel("row")
        for axis, size in ((axes.xaxis, n), (axes.yaxis, m)):
            axis.set_ticks(_indices(size))
        axes.set_anchor("C")
        axes.apply_aspect()
        box = axes.get_position()
        bar = figure.add_axes((box.x1 + 0.03, box.y0, 0.035, box.height))
        low = -1.0 if signed else 0.0
        ramp = np.linspace(low, 1, 256)[:, None]
        bar.imshow(ramp, cmap, vmin=-1, vmax=1, aspect="auto", origin="lower", extent=(0, 1, low, 1))
        bar.set_xticks([])
        bar.yaxis.tick_right()
        bar.set_yticks([float(position(np.array(t))) for t in ticks], [_number(t) for t in ticks])
        return _svg(figure, name, alt)


def _scale(cells: np.ndarray, top: float, signed: bool) -> tuple[Any, list[float]]:
    """Return the map from values to [-1, 1] and the ticks: linear, or logarithmic beyond a gap around zero."""
    sizes = np.abs(cells[cells != 0])
    low = float(np.quantile(sizes, 0.1)) if sizes.size else top
    if low >= top * 1e-3:
        positive = [top / 2, top]
        return (lambda x: x / top), [*([-t for t in reversed(positive)] if signed else []), 0.0, *positive]
    first = int(np.floor(np.log10(max(float(np.quantile(sizes, 0.02)), top * 1e-300))))
    last = int(np.ceil(np.log10(top) - 1e-9))
    gap = 0.15  # the share of the colours below 10^first

    def position(x: np.ndarray) -> np.ndarray:
        size = np.maximum(np.abs(x), np.finfo(float).tiny)
        decades = (np.log10(size) - first) / (last - first)
        return np.where(x == 0, 0.0, np.sign(x) * (gap + (1 - gap) * np.clip(decades, 0, 1)))

    step = max(1, -(-(last - first) // 5))
    powers = [10.0**k for k in range(last, first - 1, -step)][::-1]
    return position, [*([-t for t in reversed(powers)] if signed else []), 0.0, *powers]


def spectrum(
    values: np.ndarray,
    complete: bool,
    noise: float,
    name: str,
    alt: str,
    *,
    rank: int,
    cut: str | None,
    tolerance: float | None = None,
    bounds: tuple[Bound, ...] = (),
    size: int,
) -> str:
    """Return an SVG of singular values, largest first, on a logarithmic scale.

    cut: the words at a line after the rank-th value (None: no line).  tolerance: a level line EPS ||M||_F, with the
    Frobenius tails T_k that it is about.  noise: what float64 cannot tell from zero; values below it are hollow.
    """
    from matplotlib import rc_context

    index = np.arange(1, len(values) + 1)
    with rc_context(_STYLE):
        figure = _figure(9.2, 3.9)
        axes = figure.add_axes((0.085, 0.125, 0.895, 0.76))
        axes.set_yscale("log")
        positive = values[values > 0]
        tails = np.sqrt(np.cumsum(values[::-1] ** 2))[::-1]
        levels = [
            *positive.tolist(),
            *(t for t in (tolerance, noise) if t),
            *(b.value for b in bounds if b.value),
        ]
        if tolerance is not None:
            levels += [t for t in tails.tolist() if t]
        floor, ceiling = max(min(levels), noise * 1e-4), max(levels)
        bottom = floor / (ceiling / floor) ** 0.08 / 2
        axes.set_ylim(bottom, ceiling * (ceiling / floor) ** 0.08 * 2)
        if size > 64:
            axes.set_xscale("log")
            axes.set_xlim(0.8, size * 1.25)
        else:
            axes.set_xlim(-0.6 if tolerance is not None else 0.2, size + 0.8)
        dots: dict[str, Any] = {
            "linestyle": "none",
            "marker": "o",
            "markersize": 3.2 if size > 64 else 4.5,
            "zorder": 3,
        }
        solid = values > noise
        if solid.any():
            axes.plot(
                index[solid],
                values[solid],
                color=_NEGATIVE,
                label="singular value, observed in float64",
                **dots,
            )
        hollow = (values <= noise) & (values >= floor)
        if hollow.any():
            open_dots: dict[str, Any] = {
                **dots,
                "markerfacecolor": "none",
                "markeredgecolor": _GREY,
                "markeredgewidth": 0.8,
            }
            axes.plot(index[hollow], values[hollow], label="below float64's resolution", **open_dots)
        lost = values < floor
        if lost.any():
            axes.plot(
                index[lost], np.full(lost.sum(), bottom * 1.25), linestyle="none", marker="x", markersize=4,
                color=_GREY, label="0 or off the scale in float64", zorder=3,
            )  # fmt: skip
        axes.axhline(
            noise, color=_GREY, linewidth=0.8, linestyle=":", label="float64's resolution (not a bound)"
        )
        if tolerance is not None:
            order = np.arange(len(values)) if size <= 64 else np.arange(1, len(values))
            axes.plot(
                order, tails[order], color=_NEGATIVE, linewidth=1.0, alpha=0.7, drawstyle="default",
                label="distance T$_k$ to rank k, observed in float64",
            )  # fmt: skip
            axes.axhline(tolerance, color=_LIMIT, linewidth=1.2, label="tolerance EPS ||M||$_F$")
        kinds = ((True, "v", "T$_k$ at most this: verified"), (False, "^", "T$_k$ above this: verified"))
        for holds, marker, words in kinds:
            chosen = [b for b in bounds if b.holds is holds and (b.rank > 0 or size <= 64)]
            if chosen:
                axes.plot(
                    [b.rank for b in chosen], [b.value for b in chosen], linestyle="none", marker=marker,
                    markersize=9, color=_CERTIFIED, label=words, zorder=4,
                )  # fmt: skip
        if cut is not None:
            place = (rank * (rank + 1)) ** 0.5 if size > 64 and rank else rank + 0.5
            axes.axvline(place, color=_CERTIFIED, linewidth=1.4, label=cut)
        if not complete:
            axes.axvspan(len(values), size * 1.25, color=_GREY, alpha=0.12, linewidth=0, label="not computed")
        axes.set_xlabel("index k" + (" (logarithmic)" if size > 64 else ""))
        if size > 64:
            marks = sorted({10**k for k in range(5) if 10**k <= size} | {size})
            axes.set_xticks(marks, [str(k) for k in marks])
            axes.set_xticks([], minor=True)
        else:
            axes.set_xticks([k + 1 for k in _indices(size)] + ([0] if tolerance is not None else []))
        axes.set_ylabel("size")
        axes.grid(True, axis="y", color=_GREY, alpha=0.25, linewidth=0.5)
        axes.spines[["top", "right"]].set_visible(False)
        figure.legend(
            loc="upper left", bbox_to_anchor=(0.075, 1.0), ncols=3, frameon=False, fontsize=8, borderaxespad=0.2,
            columnspacing=1.6, handlelength=1.6,
        )  # fmt: skip
        return _svg(figure, name, alt)


def _figure(width: float, height: float) -> Figure:
    from matplotlib.figure import Figure

    return Figure(figsize=(width, height))


def _indices(size: int) -> list[int]:
    """A few round indices below `size`, the first and the last among them."""
    if size <= 10:
        return list(range(size))
    step = next(s for k in range(9) for s in (10**k, 2 * 10**k, 5 * 10**k) if size / s <= 6)
    inner = [k for k in range(0, size - 1, step) if size - 1 - k > step / 2]
    return [*inner, size - 1]


def _rgb(colour: str) -> tuple[float, ...]:
    return tuple(int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5))


def _number(x: float) -> str:
    """A tick's label, short."""
    if x == 0:
        return "0"
    text = f"{x:.3g}"
    if "e" in text or not 1e-3 <= abs(x) < 1e5:
        mantissa, power = f"{x:.2e}".split("e")
        mantissa = mantissa.rstrip("0").rstrip(".")
        text = f"{mantissa}e{int(power)}"
    return text.replace("-", "−", 1) if text.startswith("-") else text


def _svg(figure: Figure, name: str, alt: str) -> str:
    """The figure as an SVG element for a page: no outside names, ids of its own, the page's colours, a description."""
    from html import escape

    out = StringIO()
    figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    text = out.getvalue()
    text = text[text.index("<svg") :]
    text = re.sub(r"<metadata>.*?</metadata>", "", text, flags=re.S)
    text = re.sub(r"<!--.*?-->", "", text, flags=re.S)
    text = re.sub(r'\sxmlns(:xlink)?="[^"]*"', "", text).replace("xlink:href", "href")
    text = re.sub(r'\bid="', f'id="{name}-', text)
    text = text.replace("url(#", f"url(#{name}-").replace('href="#', f'href="#{name}-')
    for drawn_in, shown_as in _PAGE.items():
        text = text.replace(drawn_in, shown_as)
    start, rest = (
        re.sub(r'\s(width|height)="[0-9.]+pt"', "", text[: text.index(">")]),
        text[text.index(">") :],
    )
    return f'{start} role="img" aria-label="{escape(alt)}"{rest}'.strip()
