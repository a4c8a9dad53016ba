"""A laid-out update as HTML and PDF: what a reader, a screen reader and an archive get."""

import re
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest
from lxml import html as lxml_html

from toguna.kernel.api import Refused
from toguna.publish.core.front import read_front
from toguna.publish.core.parse import parse_update
from toguna.publish.core.resolved import Basis, BlockFigures, Resolved, Row, Shown
from toguna.publish.core.tree import Fenced, bound, walk
from toguna.publish.pages.block_layout import Laid
from toguna.publish.pages.html import write_html
from toguna.publish.pages.layout import lay_out
from toguna.publish.pages.pdf import PdfWriter
from toguna.publish.pages.sketches import chart_sketch

STORY = """---
product: operational_update
title: Operational update
subtitle: Mali, December 2016
place: MLI
covers: 2016-12
language: en
---
```key-figures
- [730](fig:certificates) birth certificates <b
```

```funding
funded: funded_share
[USD 49.2 million](fig:requested) requested
```

```population
title: Population of concern
- [474,231](fig:idp_returnees) IDP returnees
- [36,690](fig:idps) IDPs
```

# Update on achievements

## Protection

- **Returns:** [94](fig:repatriated) Ivorian refugees ([39](fig:repatriated?sex=f) female) during the [16](text:) Days; again [94](fig:repatriated).

```chart
of: cash
by: place@1
```

| Region | Persons |
| --- | --- |
| Gao | [962](fig:cash?place=ML07) |
"""
BASES: dict[str, Basis] = {"fig": "counted", "stated": "stated", "text": "text"}
NIGHT = datetime(2017, 1, 15, tzinfo=UTC)


def shown(text: str, note: str) -> Shown:
    return Shown(text=text, basis="counted", note=note, value=Decimal(re.sub(r"[^\d.]", "", text) or 0))


def laid_out(folder: Path, source: str = STORY) -> Laid:
    update = parse_update(source, "u.md").update
    cash = BlockFigures(
        title="Paid",
        unit="persons",
        by=("place",),
        rows={"of": (Row(labels=("Gao",), codes=("ML07",), shown=shown("962", "")),)},
    )
    share = BlockFigures(
        title="",
        unit="percent",
        rows={"funded": (Row(labels=("f",), codes=("f",), shown=shown("5%", "Funded share.")),)},
    )
    resolved = Resolved(
        update=update,
        front=read_front(update),
        shown={
            number.span: Shown(text=number.shown, basis="text")
            if number.binding == "text"
            else shown(number.shown, f"Note on {number.reference}.")
            for number in bound(update)
        },
        blocks={
            node.line: share if node.kind == "funding" else cash
            for node in walk(update.blocks)
            if isinstance(node, Fenced)
        },
    )
    sketches = {
        node.line: chart_sketch(cash, "bar", "en")
        for node in walk(update.blocks)
        if isinstance(node, Fenced) and node.kind == "chart"
    }
    return lay_out(resolved, {}, sketches)


def pdf_of(folder: Path, laid: Laid) -> bytes:
    (folder / "figures.csv").write_text("label,value\npaid,962\n")
    return PdfWriter(folder).write(laid, NIGHT, {"figures.csv": "The figures of this update"})


def words_of(pdf: bytes) -> str:
    return "\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf))


def test_one_note_for_one_fact_and_a_way_there_and_back(tmp_path: Path) -> None:
    laid = laid_out(tmp_path)
    assert len(laid["notes"]) == 8
    page = lxml_html.fromstring(write_html(laid, tmp_path))
    links = page.xpath("//a/@href")
    assert (
        links.count("#n" + str(next(row["index"] for row in laid["notes"] if row["note"] == "Note on repatriated.")))
        == 2
    )
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {target.lstrip("#") for target in page.xpath("//a/@href") if target.startswith("#")} <= set(ids)


def test_the_page_asks_nobody_and_says_what_an_author_wrote_as_words(tmp_path: Path) -> None:
    text = write_html(laid_out(tmp_path), tmp_path)
    assert "<script" not in text and "http://" not in text.replace("http://www.w3.org", "")
    assert "birth certificates &lt;b" in text
    assert not re.search(
        r"repatriated\?|sex=f|place=ML07",
        text.replace("Note on repatriated?sex=f.", "").replace("Note on cash?place=ML07.", ""),
    )
    page = lxml_html.fromstring(text)
    assert [heading.tag for heading in page.xpath("//h1|//h2|//h3")].count("h1") == 1
    assert all(image.get("alt") for image in page.xpath("//img"))


def test_the_pdf_is_tagged_carries_its_data_and_reads_in_order(tmp_path: Path) -> None:
    pdf = pdf_of(tmp_path, laid_out(tmp_path))
    with pikepdf.open(BytesIO(pdf)) as document:
        assert document.Root.MarkInfo.Marked and str(document.Root.Lang) == "en"
        assert list(document.attachments) == ["figures.csv"]
        metadata = document.open_metadata()
        assert (metadata.get("pdfaid:part"), metadata.get("pdfuaid:part")) == ("3", "1")
    words = words_of(pdf)
    order = [
        words.index(part)
        for part in ("OPERATIONAL UPDATE", "730", "Update on achievements", "Returns:", "figures are noted here")
    ]
    assert order == sorted(order)


def test_the_same_layout_gives_the_same_bytes(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    assert pdf_of(tmp_path / "a", laid_out(tmp_path / "a")) == pdf_of(tmp_path / "b", laid_out(tmp_path / "b"))


def test_an_authors_words_are_never_template_code(tmp_path: Path) -> None:
    hostile = STORY.replace("birth certificates <b", '#panic("x") $x$ `code` \\#eval *b* @ref <label> //')
    hostile = hostile.replace("`code`", "code")
    assert '#panic("x")' in words_of(pdf_of(tmp_path, laid_out(tmp_path, hostile)))


def test_a_picture_without_words_is_refused_by_the_standard(tmp_path: Path) -> None:
    laid: dict[str, Any] = laid_out(tmp_path)
    laid["body"].append(
        {
            "t": "photo",
            "slot": "side",
            "words": [],
            "credit": "",
            "focus": [0, 0],
            "picture": {"file": "x.svg", "alt": None, "width": 10, "height": 10},
        }
    )
    (tmp_path / "x.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"/>', encoding="utf-8")
    with pytest.raises(Refused) as refused:
        pdf_of(tmp_path, laid)
    assert [problem.id for problem in refused.value.problems] == ["publish.pdf_refused"]
