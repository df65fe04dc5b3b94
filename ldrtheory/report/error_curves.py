"""The picture of an approximation experiment: observed errors beside the cited bound, over the number of blocks.

error_curves    an SVG that follows the page's colours; both axes logarithmic
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from ldrtheory.report.pictures import _GREY, _LIMIT, _NEGATIVE, _POSITIVE, _STYLE, _figure, _svg

if TYPE_CHECKING:
    from ldrtheory.bounds.approximation.experiment import Experiment


def error_curves(experiment: Experiment, name: str = "errors") -> str:
    """Return an SVG of the observed mean squared errors and of the bound (2 rho C)^2 / k, against k.

    name: the prefix of the ids inside, one for each picture of a page.

    >>> from ldrtheory import Sylvester, shift
    >>> from ldrtheory.bounds.approximation.experiment import fit_blocks, gaussian
    >>> svg = error_curves(fit_blocks(gaussian(2), Sylvester(shift(f=1), shift(f=-1)), (1, 2)))
    >>> svg.startswith("<svg"), "for the infimum: cited" in svg, "verified" in svg
    (True, True, False)
    """
    from matplotlib import rc_context

    ks = experiment.blocks
    with rc_context(_STYLE):
        figure = _figure(6.4, 3.9)
        axes = figure.add_axes((0.11, 0.13, 0.86, 0.72))
        axes.set_xscale("log", base=2)
        axes.set_yscale("log")
        bounds = [float(b) for b in experiment.bounds]
        tiny = 1e-32  # errors of exactly fitted targets stay on the logarithmic scale
        axes.plot(ks, bounds, color=_LIMIT, label="bound (2ρC)²/k for the infimum: cited")
        curves = (
            (experiment.one_neuron, "o", _NEGATIVE, "one neuron of each block: observed"),
            (experiment.all_neurons, "s", _POSITIVE, "all neurons of each block: observed"),
        )
        for errors, marker, colour, words in curves:
            shown = [max(e, tiny) for e in errors]
            axes.plot(ks, shown, marker=marker, markersize=4, color=colour, label=words)
        axes.set_xticks(list(ks), [str(k) for k in ks])
        axes.set_xticks([], minor=True)
        axes.set_xlabel("blocks k")
        axes.set_ylabel("mean squared error")
        axes.grid(True, axis="y", color=_GREY, alpha=0.25, linewidth=0.5)
        axes.spines[["top", "right"]].set_visible(False)
        figure.legend(
            loc="upper left", bbox_to_anchor=(0.1, 1.0), ncols=2, frameon=False, fontsize=8, borderaxespad=0.2
        )
        alt = f"Errors observed and the cited bound against the number of blocks: {experiment.words}."
        return _svg(figure, escape(name), alt)
