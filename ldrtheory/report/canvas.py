"""Line drawings as SVG text: shapes and words with coordinates, no library, nothing from outside.

Canvas      collects lines, boxes, circles and words, and writes them as one SVG element
Picture     the SVG text; a notebook shows it as a picture
WORD        the width of a character, in units of the font size

The element carries its own colours, for light and for dark, and its own ground, so that it reads the same in a page, as
a file and in a notebook. Words stand in a monospaced font: the room they take is known before they are drawn.
"""

from __future__ import annotations

from html import escape
from typing import Final, Literal

WORD: Final = 0.62
Anchor = Literal["start", "middle", "end"]

_STYLE: Final = (
    ".ldr{--page:#fff;--ink:#1b1e23;--faint:#6b7280;--plus:#c2410c;--minus:#1864ab;--other:#862e9c;--soft:#eef0f3}"
    "@media screen and (prefers-color-scheme:dark){.ldr{--page:#15181d;--ink:#e6e8eb;--faint:#9aa2ad;--plus:#ff922b;"
    "--minus:#74c0fc;--other:#da77f2;--soft:#262b33}}"
    ".ldr .ground{fill:var(--page)}.ldr .panel{fill:var(--soft)}"
    ".ldr text{font-family:ui-monospace,'DejaVu Sans Mono',monospace;fill:var(--ink);stroke:var(--page);"
    "stroke-width:2.5px;paint-order:stroke;stroke-linejoin:round}.ldr .caption,.ldr .part{fill:var(--faint)}"
    ".ldr line{stroke:var(--ink);stroke-width:1.2;stroke-linecap:round}"
    ".ldr .faint{stroke:var(--faint);stroke-dasharray:2 3}"
    ".ldr .plus{stroke:var(--plus)}.ldr .minus{stroke:var(--minus)}.ldr .other{stroke:var(--other)}"
    ".ldr text.plus{fill:var(--plus);stroke:var(--page)}.ldr text.minus{fill:var(--minus);stroke:var(--page)}"
    ".ldr text.other{fill:var(--other);stroke:var(--page)}.ldr circle{fill:var(--page);stroke:var(--ink)}"
    ".ldr .cell{fill:var(--minus)}.ldr .cell.cross{fill:var(--plus)}"
)


class Picture(str):
    """An SVG element as text, which a notebook shows."""

    __slots__ = ()

    def _repr_svg_(self) -> str:
        return str(self)


class Canvas:
    """A drawing in pixels, (0, 0) at the top left; everything drawn later lies on top.

    >>> c = Canvas("a line", "one line")
    >>> c.line(0, 0, 10, 10)
    >>> c.svg(20, 20).count("<line")
    1
    """

    def __init__(self, title: str, description: str) -> None:
        self.title = title
        self.description = description
        self._parts: list[str] = []

    def open(self, classes: str, title: str | None = None, **data: object) -> None:
        """Begin a group of classes, with words shown where the pointer rests, and data- attributes."""
        extra = "".join(f' data-{name}="{escape(str(value))}"' for name, value in data.items())
        self._parts.append(f'<g class="{classes}"{extra}>')
        if title is not None:
            self._parts.append(f"<title>{escape(title)}</title>")

    def close(self) -> None:
        """End the group."""
        self._parts.append("</g>")

    def line(
        self, x1: float, y1: float, x2: float, y2: float, classes: str = "", opacity: float = 1.0
    ) -> None:
        """Draw a line."""
        shade = "" if opacity >= 1 else f' stroke-opacity="{opacity:.2f}"'
        ends = f'x1="{_n(x1)}" y1="{_n(y1)}" x2="{_n(x2)}" y2="{_n(y2)}"'
        self._parts.append(f'<line class="{classes}" {ends}{shade}/>')

    def box(
        self, x: float, y: float, width: float, height: float, classes: str = "panel", opacity: float = 1.0
    ) -> None:
        """Draw a filled box."""
        shade = "" if opacity >= 1 else f' fill-opacity="{opacity:.2f}"'
        size = f'x="{_n(x)}" y="{_n(y)}" width="{_n(width)}" height="{_n(height)}"'
        self._parts.append(f'<rect class="{classes}" {size}{shade}/>')

    def circle(self, x: float, y: float, r: float, classes: str = "") -> None:
        """Draw a circle filled with the ground."""
        self._parts.append(f'<circle class="{classes}" cx="{_n(x)}" cy="{_n(y)}" r="{_n(r)}"/>')

    def text(
        self, x: float, y: float, words: str, classes: str = "", size: float = 9, anchor: Anchor = "start"
    ) -> None:
        """Write words; y is the base line, `anchor` says which end of the words stands at x."""
        where = f'x="{_n(x)}" y="{_n(y)}" font-size="{_n(size)}" text-anchor="{anchor}"'
        self._parts.append(f'<text class="{classes}" {where}>{escape(words)}</text>')

    def svg(self, width: float, height: float) -> Picture:
        """Return the drawing as an SVG element of the given size."""
        head = (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="ldr" viewBox="0 0 {_n(width)} {_n(height)}" '
            f'width="{_n(width)}" height="{_n(height)}" role="img" aria-label="{escape(self.description)}">'
        )
        words = f"<title>{escape(self.title)}</title><desc>{escape(self.description)}</desc>"
        ground = f'<rect class="ground" x="0" y="0" width="{_n(width)}" height="{_n(height)}"/>'
        return Picture("".join([head, words, f"<style>{_STYLE}</style>", ground, *self._parts, "</svg>"]))


def text_width(words: str, size: float = 9) -> float:
    """Return the room that words take in the given font size.

    >>> round(text_width("abc", 10), 6)
    18.6
    """
    return WORD * size * len(words)


def _n(x: float) -> str:
    """A coordinate, short."""
    return f"{x:.2f}".rstrip("0").rstrip(".")
