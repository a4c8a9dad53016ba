"""The laid-out update as one web page: no script, no outside request, readable on a phone, at a desk, in darkness and on paper.

The template escapes every word (jinja2, autoescape); only drawings, which our own module makes, and the page's style enter it as they are.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import DictLoader, Environment
from markupsafe import Markup

from toguna.publish.pages.block_layout import Laid
from toguna.publish.pages.drawings import signs
from toguna.publish.pages.drawings.svg import PAGE, Pen
from toguna.publish.pages.look import Look
from toguna.publish.pages.sketches import Sketch

_TYPES = {".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg"}


def write_html(
    laid: Laid, pictures: Path, look: Look | None = None, *, data_file: str = "figures.csv", kept: Path | None = None
) -> str:
    """The page as text. `pictures` is the folder of the files that the layout names; they go into the page.

    `data_file` is the name of the public data file beside the page; `kept` holds drawings that take long.
    """
    look = look or Look()
    title = ", ".join(filter(None, (laid["title"], laid["subtitle"])))
    given = {"draft": False, "banner": "", "issued": "", "numbered": True, "demonstration": look.demonstration}
    return _template().render(
        **{**given, **{key: value for key, value in laid.items() if key not in {"legend", "data_file"}}},
        legend_words=laid["legend"],
        full_title=title,
        style=Markup(look.css() + _style()),
        logo=Markup(_logo(look, laid["words"]["mark_alt"])),
        favicon=Markup(_favicon(look)),
        signs={
            basis: Markup(signs.mark(basis, PAGE, laid["bases"][basis], "currentColor").svg) for basis in signs.MARKED
        },
        icons={name: Markup(signs.icon(name, PAGE).svg) for name in signs.ICONS},
        draw=_drawer(kept),
        source=lambda picture: Markup(_source(pictures / picture["file"])),
        data_file=data_file,
        pages={row["index"]: row["page"] for row in laid["notes"] if row.get("page")},
    )


@cache
def _template() -> Any:
    own = files("toguna.publish.pages").joinpath("page.html").read_text(encoding="utf-8")
    loader = DictLoader({"page.html": own})
    environment = Environment(loader=loader, autoescape=True)
    return environment.get_template("page.html")


@cache
def _style() -> str:
    return files("toguna.publish.pages").joinpath("page.css").read_text(encoding="utf-8")


def _drawer(kept: Path | None) -> Callable[[Sketch, float, float], Markup]:
    def draw(sketch: Sketch, width: float, size: float) -> Markup:
        """A drawing inline, in the page's own colours, so that it is dark where the page is."""
        drawing = sketch.drawn(Pen(palette=PAGE, size=size), width, kept)
        return Markup(drawing.labelled())

    return draw


def _logo(look: Look, alt: str) -> str:
    if look.mark:
        return f'<img src="{_inlined(".svg", look.mark.encode())}" alt="{Markup.escape(alt)}" width="58" height="46">'
    return signs.toguna(PAGE, alt).svg


def _favicon(look: Look) -> str:
    return _inlined(".svg", (look.mark or signs.toguna(look.light).svg).encode())


def _source(path: Path) -> str:
    return _inlined(path.suffix, path.read_bytes())


def _inlined(suffix: str, content: bytes) -> str:
    """The file within the page: a drawing as percent-escaped text, a third smaller than base64."""
    if suffix == ".svg":
        text = " ".join(content.decode().replace('"', "'").split())
        return f"data:{_TYPES[suffix]}," + quote(text, safe=" ()*,-./:;=@_~+?!$|")
    return f"data:{_TYPES[suffix]};base64,{b64encode(content).decode()}"
