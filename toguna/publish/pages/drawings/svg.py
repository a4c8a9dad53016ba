"""SVG by hand: elements, words with a halo, the frame of a drawing. Colours come from a palette: of paper, or CSS variables of a page.

A drawing is made at its printed width, one unit a point: what it writes at 8 is 8 points on the page, and the templates never scale it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape

from toguna.publish.pages.look import LIGHT, SANS, width_of

#: Colour by name of token.
Palette = Mapping[str, str]
PAPER: Palette = LIGHT
#: A page's drawings follow its variables, in daylight and in darkness.
PAGE: Palette = {name: f"var(--{name})" for name in LIGHT}
#: Nothing that is printed is smaller.
SMALLEST = 8.0
HALO = 2.4


@dataclass(frozen=True, kw_only=True)
class Drawing:
    """A finished drawing and what it says in words. One unit of its size is a point on paper."""

    svg: str
    alt: str
    width: float
    height: float

    def labelled(self) -> str:
        """The drawing with its words inside, for a page that holds it inline."""
        start, _, rest = self.svg.partition(">")
        named = f'role="img" aria-label="{escape(self.alt)}"' if self.alt else 'aria-hidden="true"'
        return re.sub(r' (role="img" aria-label="[^"]*"|aria-hidden="true")$', "", start) + f" {named}>{rest}"


@dataclass(frozen=True, kw_only=True)
class Pen:
    """How a drawing is made: its palette and the size of its words."""

    palette: Palette = field(default_factory=lambda: PAPER)
    size: float = SMALLEST

    def __getitem__(self, token: str) -> str:
        return self.palette[token]


def framed(width: float, height: float, body: str, alt: str) -> Drawing:
    """The drawing's root. Its words for those who do not see it go into `aria-label`, where every sign is escaped."""
    name = f' role="img" aria-label="{escape(alt)}"' if alt else ' aria-hidden="true"'
    return Drawing(
        svg=f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {number(width)} {number(height)}" '
        f'width="{number(width)}" height="{number(height)}"{name}>{body}</svg>',
        alt=alt,
        width=width,
        height=height,
    )


def number(value: float) -> str:
    """A coordinate to a hundredth, without zeros that say nothing."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def styled(**properties: str | float) -> str:
    """A `style` attribute: presentation attributes do not take variables everywhere."""
    written = ";".join(
        f"{name.replace('_', '-')}:{number(value) if isinstance(value, float) else value}"
        for name, value in properties.items()
    )
    return f'style="{written}"'


def box(x: float, y: float, width: float, height: float, fill: str, **more: str | float) -> str:
    return (
        f'<rect x="{number(x)}" y="{number(y)}" width="{number(max(width, 0))}" height="{number(max(height, 0))}" '
        f"{styled(fill=fill, **more)}/>"
    )


def path(d: str, **properties: str | float) -> str:
    return f'<path d="{d}" {styled(**properties)}/>'


def rule(x: float, y: float, length: float, stroke: str, width: float = 0.7) -> str:
    """A horizontal hairline."""
    return path(f"M{number(x)} {number(y)}h{number(length)}", fill="none", stroke=stroke, stroke_width=width)


def words(
    text: str,
    x: float,
    y: float,
    fill: str,
    size: float,
    *,
    weight: int = 400,
    anchor: str = "start",
    italic: bool = False,
    halo: str = "",
) -> str:
    """A line of words with its baseline at `y`; `halo` is the colour of a border around the letters, drawn first."""
    style: dict[str, str | float] = {
        "font-family": f"'{SANS}',sans-serif",
        "font-size": f"{number(size)}px",
        "font-weight": str(weight),
    }
    if italic:
        style["font-style"] = "italic"
    at = f'x="{number(x)}" y="{number(y)}" text-anchor="{anchor}"'
    around: dict[str, str | float] = {"fill": halo, "stroke": halo, "stroke-width": HALO, "stroke-linejoin": "round"}
    # The border is not read aloud or copied a second time.
    first = (
        f'<text aria-hidden="true" {at} {styled(**style, **around)}>{escape(text, quote=False)}</text>' if halo else ""
    )
    return f"{first}<text {at} {styled(**style, fill=fill)}>{escape(text, quote=False)}</text>"


def measure(text: str, size: float, weight: int = 400) -> float:
    """The width of a line of words."""
    return width_of(text, size, weight)
