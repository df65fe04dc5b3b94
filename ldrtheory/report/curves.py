"""Plots of numbers over many orders of magnitude, as SVG that follows the page's colours.

Series      one curve: its points, words, and how it is drawn
curves      lines over a logarithmic vertical axis
bars        groups of bars on a logarithmic scale, each with its number written out
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from ldrtheory.report.pictures import _CERTIFIED, _GREY, _LIMIT, _NEGATIVE, _POSITIVE, _STYLE, _figure, _svg

COLOURS = (_NEGATIVE, _POSITIVE, _CERTIFIED, _LIMIT)


@dataclass(frozen=True)
class Series:
    """Points of a curve; colour: which of four; dashed: for what the curve is compared with."""

    words: str
    x: tuple[float, ...]
    y: tuple[float, ...]
    colour: int = 0
    dashed: bool = False


def curves(
    series: Sequence[Series], name: str, alt: str, x_label: str, y_label: str, ticks: Sequence[int] = ()
) -> str:
    """Return an SVG of the series, both axes logarithmic; every curve has its words in the legend above.

    ticks: where given, the marks of the horizontal axis.
    """
    from matplotlib import rc_context

    with rc_context(_STYLE):
        figure = _figure(4.9, 3.7)
        axes = figure.add_axes((0.16, 0.13, 0.81, 0.66))
        axes.set_xscale("log")
        axes.set_yscale("log")
        for s in series:
            axes.plot(
                s.x, s.y, color=COLOURS[s.colour], label=s.words, linestyle="--" if s.dashed else "-",
                marker="o" if len(s.x) <= 12 else None, markersize=3.5, linewidth=1.4,
            )  # fmt: skip
        if ticks:
            axes.set_xticks(list(ticks), [f"{t:,}" for t in ticks])
            axes.set_xticks([], minor=True)
        axes.set_xlabel(x_label)
        axes.set_ylabel(y_label)
        axes.grid(True, color=_GREY, alpha=0.25, linewidth=0.5)
        axes.spines[["top", "right"]].set_visible(False)
        figure.legend(
            loc="upper left", bbox_to_anchor=(0.13, 1.0), ncols=1, frameon=False, fontsize=8, borderaxespad=0.2,
            labelspacing=0.25,
        )  # fmt: skip
        return _svg(figure, escape(name), alt)


def bars(
    groups: Sequence[tuple[str, Sequence[int | None]]],
    words: Sequence[str],
    name: str,
    alt: str,
    x_label: str,
) -> str:
    """Return an SVG of groups of horizontal bars; None leaves a place empty.

    groups: (words, one number for each of `words`).
    """
    from matplotlib import rc_context

    height = 0.8 / len(words)
    with rc_context(_STYLE):
        figure = _figure(4.9, max(1.6, 0.75 + 0.23 * len(groups) * len(words)))
        size = figure.get_size_inches()[1]
        axes = figure.add_axes((0.25, 0.42 / size, 0.72, 1 - (0.5 + 0.17 * len(words)) / size))
        axes.set_xscale("log")
        known = [v for _, values in groups for v in values if v]
        axes.set_xlim(0.7, max(known, default=1) * 60)
        for k, word in enumerate(words):
            places = [g + (k - (len(words) - 1) / 2) * height for g in range(len(groups))]
            shown = [float(values[k] or 0) for _, values in groups]
            axes.barh(places, shown, height * 0.88, color=COLOURS[k], label=word)
            for place, (_, values) in zip(places, groups):
                value = values[k]
                if value is not None:
                    axes.text(max(value, 0.7) * 1.15, place, _short(value), va="center", fontsize=7.5)
        axes.set_yticks(range(len(groups)), [label for label, _ in groups])
        axes.invert_yaxis()
        axes.set_xlabel(x_label)
        axes.spines[["top", "right"]].set_visible(False)
        axes.tick_params(axis="y", length=0)
        figure.legend(
            loc="upper left", bbox_to_anchor=(0.02, 1.0), ncols=1, frameon=False, fontsize=8, borderaxespad=0.2,
            labelspacing=0.25,
        )  # fmt: skip
        return _svg(figure, escape(name), alt)


def _short(value: int) -> str:
    return f"{value:,}" if value < 10**9 else f"{value:.3g}"
