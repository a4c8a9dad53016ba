"""The laid-out update as one web page: no JavaScript, no outside request, readable and printable."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable, Mapping
from html import escape
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import quote

from toguna.publish.pages.layout import Laid

_TYPES = {".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg"}


def write_html(laid: Laid, pictures: Path, *, data_file: str | None = None) -> str:
    """The page as text. `pictures` is the folder of the files that the layout names; they go into the page.

    `data_file` is the name of the public data file beside the page, if there is one.
    """
    return _Writer(laid, pictures).page(data_file)


class _Writer:
    def __init__(self, laid: Laid, pictures: Path) -> None:
        self.laid, self.words, self.pictures = laid, laid["words"], pictures
        self.seen: set[int] = set()

    def page(self, data_file: str | None) -> str:
        laid, words = self.laid, self.words
        style = files("toguna.publish.pages").joinpath("update.css").read_text(encoding="utf-8")
        title = ", ".join(filter(None, (laid["title"], laid["subtitle"])))
        side = f'<div class="side">{self.nodes(laid["side"])}</div>' if laid["side"] else ""
        subtitle = f"<p>{escape(laid['subtitle'])}</p>" if laid["subtitle"] else ""
        data = f' <a href="{escape(data_file)}">{escape(data_file)}</a>' if data_file else ""
        return (
            f'<!DOCTYPE html>\n<html lang="{laid["language"]}">\n<head>\n<meta charset="utf-8">\n'
            f'<meta name="viewport" content="width=device-width, initial-scale=1">\n<title>{escape(title)}</title>\n'
            f"<style>\n{style}</style>\n</head>\n<body>\n"
            f'<a class="skip" href="#text">{words["contents"]}</a>\n'
            f'<header>{self.banner()}<div class="title"><h1>{escape(laid["title"])}</h1>{subtitle}</div></header>\n<main>\n'
            f'<div class="cover{"" if side else " alone"}"><div class="lead">{self.nodes(laid["main"])}</div>{side}</div>\n'
            f'<div id="text" class="text">{self.nodes(laid["body"])}</div>\n</main>\n'
            f"<footer><h2>{words['notes']}</h2>\n<p>{words['account']} {escape(laid['account'])}{data}</p>\n"
            f"<dl>{''.join(map(self.noted, laid['notes']))}</dl></footer>\n</body>\n</html>\n"
        )

    def banner(self) -> str:
        """What a reader must know first: a draft, an edition that replaces another."""
        words = [self.words["draft"]] if self.laid.get("draft") else []
        words += [self.laid["banner"]] if self.laid.get("banner") else []
        return "".join(f'<p class="banner" role="note">{escape(each)}</p>' for each in words)

    def nodes(self, nodes: list[Laid]) -> str:
        return "".join(map(self.node, nodes))

    def node(self, node: Laid) -> str:
        return _WRITERS[node["t"]](self, node)

    def noted(self, row: Laid) -> str:
        back = f'<a href="#f{row["index"]}" aria-label="{self.words["back"]}">{escape(row["text"])}</a>'
        page = f' <a href="{escape(row["page"])}">{self.words["own_page"]}</a>' if row.get("page") else ""
        return f'<div id="n{row["index"]}"><dt>{back}</dt><dd>{escape(row["note"])}{page}</dd></div>'

    def inlines(self, nodes: list[Laid]) -> str:
        return "".join(map(self.inline, nodes))

    def inline(self, node: Laid) -> str:
        match node["t"]:
            case "text":
                return escape(node["text"], quote=False)
            case "break":
                return "<br>"
            case "strong":
                return f"<strong>{self.inlines(node['inlines'])}</strong>"
            case "emphasis":
                return f"<em>{self.inlines(node['inlines'])}</em>"
            case "link":
                return f'<a href="{escape(node["target"])}" rel="noopener">{self.inlines(node["inlines"])}</a>'
        return self.number(node)

    def number(self, node: Laid) -> str:
        """A number and the way to its note; the first number of a note is where the note leads back."""
        index = node.get("note", 0)
        if not index:
            return escape(node["text"])
        mark = "" if index in self.seen else f' id="f{index}"'
        self.seen.add(index)
        return f'<a class="n" href="#n{index}"{mark}>{escape(node["text"])}</a>'

    def picture(self, node: Laid) -> str:
        picture = node["picture"]
        path = self.pictures / picture["file"]
        source = f"data:{_TYPES[path.suffix]}{_inlined(path)}"
        size = f'width="{picture["width"]}" height="{picture["height"]}"'
        return f'<img src="{source}" alt="{escape(picture["alt"])}" {size}>'

    def heading(self, node: Laid) -> str:
        level = min(node["level"] + 1, 6)
        return f'<h{level} id="{escape(node["id"])}">{self.inlines(node["inlines"])}</h{level}>\n'

    def paragraph(self, node: Laid) -> str:
        return f"<p>{self.inlines(node['inlines'])}</p>\n"

    def bullets(self, node: Laid) -> str:
        return "<ul>" + "".join(f"<li>{self.tight(item)}</li>" for item in node["items"]) + "</ul>\n"

    def tight(self, nodes: list[Laid]) -> str:
        """The blocks of a bullet; its first paragraph without a paragraph's space."""
        if nodes and nodes[0]["t"] == "paragraph":
            return self.inlines(nodes[0]["inlines"]) + self.nodes(nodes[1:])
        return self.nodes(nodes)

    def table(self, node: Laid) -> str:
        caption = f"<caption>{escape(node['caption'])}</caption>" if node.get("caption") else ""
        head = "".join(f'<th scope="col">{self.inlines(cell)}</th>' for cell in node["header"])
        rows = "".join(
            "<tr>" + "".join(f"<td>{self.inlines(cell)}</td>" for cell in row) + "</tr>" for row in node["rows"]
        )
        return f'<div class="wide" tabindex="0" role="region" aria-label="{escape(node.get("caption") or self.words["number"])}"><table>{caption}<thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table></div>\n'

    def photo(self, node: Laid) -> str:
        words = " ".join(self.inlines(word["inlines"]) for word in node["words"])
        credit = f"{self.words['credit']} {escape(node['credit'])}"
        return f'<figure class="photo">{self.picture(node)}<figcaption>{words} <small>{credit}</small></figcaption></figure>\n'

    def beside(self, node: Laid) -> str:
        return f'<div class="beside">{self.photo(node["photo"])}{self.node(node["block"])}</div>\n'

    def section(self, node: Laid, inner: str) -> str:
        return f'<section class="{node["t"]}"><h2>{escape(node["title"])}</h2>{inner}</section>\n'

    def numbered(self, node: Laid) -> str:
        drawn = node["t"] == "population"
        rows = []
        for item in node["items"]:
            bar = self.bar(item["share"]) if drawn else ""
            number = f'<span class="big">{self.number(item["number"])}</span>'
            label = f'<span class="label">{self.inlines(item["label"])}</span>'
            rows.append(
                f"<li>{label + bar + number if drawn else number + ' ' + label}{self.nodes(item['under'])}</li>"
            )
        return self.section(node, f"<ul>{''.join(rows)}</ul>")

    @staticmethod
    def bar(share: float) -> str:
        """Drawn for the eye only: the number stands beside it."""
        return f'<svg class="bar" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true"><rect width="{max(share * 100, 0.5):.1f}" height="6"/></svg>'

    def listed(self, node: Laid) -> str:
        return self.section(node, "<ul>" + "".join(f"<li>{self.tight(item)}</li>" for item in node["items"]) + "</ul>")

    def funding(self, node: Laid) -> str:
        bars = "".join(
            f'<li><span class="label">{part["label"]}</span>{self.bar(part["share"])}<span class="big">{self.number(part)}</span></li>'
            for part in node["bar"]
        )
        return self.section(node, f"{self.nodes(node['words'])}<ul>{bars}</ul>")

    def drawing(self, node: Laid) -> str:
        disclaimer = f" <small>{self.words['disclaimer']}</small>" if node["t"] == "map" else ""
        words = " ".join(self.inlines(word["inlines"]) for word in node["words"])
        title = f"<strong>{escape(node['title'])}</strong> " if node["title"] else ""
        return f'<figure class="{node["t"]}">{self.picture(node)}<figcaption>{title}{words}{disclaimer}</figcaption></figure>\n'


def _inlined(path: Path) -> str:
    """The file within the page: a drawing as percent-escaped text, a third smaller than base64."""
    content = path.read_bytes()
    if path.suffix == ".svg":
        return "," + quote(" ".join(content.decode().replace('"', "'").split()), safe=" '()*,-./:;=@_~+?!$&|")
    return f";base64,{b64encode(content).decode()}"


_WRITERS: Mapping[str, Callable[[_Writer, dict[str, Any]], str]] = {
    "heading": _Writer.heading,
    "paragraph": _Writer.paragraph,
    "list": _Writer.bullets,
    "table": _Writer.table,
    "photo": _Writer.photo,
    "beside": _Writer.beside,
    "key-figures": _Writer.numbered,
    "population": _Writer.numbered,
    "priorities": _Writer.numbered,
    "highlights": _Writer.listed,
    "contacts": _Writer.listed,
    "links": _Writer.listed,
    "funding": _Writer.funding,
    "chart": _Writer.drawing,
    "map": _Writer.drawing,
}
