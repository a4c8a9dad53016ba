"""The static page of one figure of an edition: what it is, and nothing that leads to a query."""

from __future__ import annotations

from html import escape
from importlib.resources import files

from toguna.publish.pages.block_layout import Laid
from toguna.publish.pages.look import Look


def write_figure_page(laid: Laid, row: Laid, look: Look | None = None) -> str:
    """The page of one note of the laid-out update; its links lead back to the edition beside it. It carries no typeface: it is small."""
    style = (look or Look()).variables() + files("toguna.publish.pages").joinpath("page.css").read_text(
        encoding="utf-8"
    )
    words = laid["words"]
    title = ", ".join(filter(None, (laid["title"], laid["subtitle"])))
    direction = ' dir="rtl"' if laid["right_to_left"] else ""
    return (
        f'<!DOCTYPE html>\n<html lang="{laid["language"]}"{direction}>\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(row['text'])}: {escape(title)}</title>\n<style>\n{style}</style>\n</head>\n<body>\n"
        f'<div class="roof"></div><main class="wrap"><h1>{escape(row["text"])}</h1><p>{escape(row["note"])}</p>\n'
        f'<p><a href="../update.html#n{row["index"]}">{words["back"]}: {escape(title)}</a></p></main>\n</body>\n</html>\n'
    )
