"""From a source to its files: what is written, what is refused, what a refresh changes."""

import csv
import shutil
from pathlib import Path

import pytest

from tests.publish.memory import PACK, MemoryFigures, desk
from toguna.kernel.api import Refused
from toguna.publish.build import build, build_all, compile_text
from toguna.publish.core.parse import parse_update
from toguna.publish.core.translation import paragraphs
from toguna.publish.core.tree import bound
from toguna.publish.refresh import clean_pictures, mark_translated, refresh
from toguna.publish.surroundings import read_terms
from toguna.publish.texts import draft_text
from toguna.revisions.api import FolderFiles

DECEMBER = PACK / "updates" / "2016-12.en.md"


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    """A copy of the example pack that a test may edit."""
    return Path(shutil.copytree(PACK, tmp_path / "pack"))


def edited(pack: Path, *changes: tuple[str, str]) -> Path:
    source = pack / "updates" / "2016-12.en.md"
    text = source.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    source.write_text(text, encoding="utf-8")
    return source


def test_both_languages_are_built_with_their_data(tmp_path: Path) -> None:
    built = build_all(draft_text(DECEMBER), desk(tmp_path), tmp_path / "out")
    names = {str(path.relative_to(tmp_path / "out")) for each in built.values() for path in each.files.values()}
    assert names == {
        f"{folder}{name}"
        for folder in ("", "fr/")
        for name in ("update.pdf", "update.html", "update.docx", "figures.csv")
    }
    assert not [path for path in (tmp_path / "out").iterdir() if path.name.startswith(".build")]


SPANISH = """---
product: operational_update
title: Informe de situación
place: ML
covers: 2016-12
language: es
---

```key-figures
- [94](fig:people_repatriated) personas repatriadas
```

# Protección

- **Dinero:** [962](fig:cash_recipients?place=ML07) refugiados retornados cobraron en Gao, y [708](fig:cash_recipients?place=ML06) en Tombuctú.

```chart
of: cash_recipients
by: place@1
title: Retornados que cobraron
```
"""


def test_a_text_in_a_language_without_sentences_has_its_own_labels_and_english_words(
    tmp_path: Path, pack: Path
) -> None:
    source = pack / "updates" / "2016-12.es.md"
    source.write_text(SPANISH, encoding="utf-8")
    built = build(draft_text(source), desk(tmp_path, pack=pack), tmp_path / "out", ("html", "docx"))
    page = built.files["html"].read_text(encoding="utf-8")
    assert '<html lang="es"' in page and "How each number is known" in page and "counted from records" in page
    assert "ersonas repatriadas" in page and "efugiados retornados que cobraron" in page and "diciembre" in page
    assert "publish.check.language_unread" in {each.problem.id for each in built.compiled.report.findings}
    assert "personas repatriadas" in built.files["data"].read_text(encoding="utf-8")


def test_a_language_that_nobody_knows_is_refused_in_a_sentence(tmp_path: Path, pack: Path) -> None:
    source = edited(pack, ("language: en\n", "language: xx\n"))
    with pytest.raises(Refused, match="such as en, fr, es or ar"):
        build(draft_text(source), desk(tmp_path, pack=pack), tmp_path / "out", ("html",))


def test_the_data_file_has_values_and_owners_and_no_way_to_a_query(tmp_path: Path) -> None:
    built = build(draft_text(DECEMBER), desk(tmp_path), tmp_path / "out", ("html",))
    rows = list(csv.DictReader(built.files["data"].open(encoding="utf-8")))
    assert rows[0]["value"] == "#value"
    by_name = {(row["figure"], row["place"], row["categories"]): row for row in rows}
    assert by_name["IDP returnees", "Mali", ""]["owner"] == "CMP"
    assert by_name["people repatriated", "Mali", "sex f"]["value"] == "39"
    text = built.files["data"].read_text(encoding="utf-8")
    assert "fig:" not in text and "digest of" not in text and "?" not in text


def test_the_data_file_says_no_more_of_a_sensitive_figure_than_the_text(pack: Path, tmp_path: Path) -> None:
    """Rounding is a way to print safely: a file that gave the exact number beside it would undo it."""
    old = "[74](fig:incidents)"
    source = edited(pack, (old, "[70](fig:incidents?show=digits=-1) and [60](fig:incidents?type=extortion)"))
    figures = MemoryFigures()
    figures.indicators["incidents"]["sensitive"] = True
    built = build(draft_text(source), desk(tmp_path, figures, pack), tmp_path / "out", ("html",))
    rows = [row for row in csv.DictReader(built.files["data"].open(encoding="utf-8")) if "incident" in row["figure"]]
    assert {(row["categories"], row["value"], row["shown"]) for row in rows} == {
        ("", "", "70"),
        ("type extortion", "60", "60"),
    }


def test_the_same_source_gives_the_same_bytes(tmp_path: Path) -> None:
    first = build(draft_text(DECEMBER), desk(tmp_path / "a"), tmp_path / "a" / "out")
    second = build(draft_text(DECEMBER), desk(tmp_path / "b"), tmp_path / "b" / "out")
    for kind in ("pdf", "html", "data"):
        assert first.files[kind].read_bytes() == second.files[kind].read_bytes()


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("(fig:certificates)", "(fig:certificats)", "memory.unknown"),
        ("file: road.svg", "file: rode.svg", "publish.picture_missing"),
        ("file: road.svg", "file: ../places.csv", "publish.picture_missing"),
        ("offices: bamako", "offices: bamakoo", "publish.office_unknown"),
        ("```highlights", "```hilights", "publish.block_unknown"),
        ("- [Portal](", "- [Portal](ftp:", "publish.link_scheme_unknown"),
    ],
)
def test_a_faulty_source_leaves_nothing_behind(tmp_path: Path, pack: Path, old: str, new: str, fault: str) -> None:
    source = edited(pack, (old, new))
    with pytest.raises(Refused) as refused:
        build(draft_text(source), desk(tmp_path, pack=pack), tmp_path / "out")
    problem = next(problem for problem in refused.value.problems if problem.id == fault)
    assert problem.place.line is not None
    assert not (tmp_path / "out").exists()


def test_an_unknown_format_and_a_missing_source(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="no format 'odt'"):
        build(draft_text(DECEMBER), desk(tmp_path), tmp_path / "out", ("odt",))
    with pytest.raises(Refused, match="no file"):
        build(draft_text(tmp_path / "x.en.md"), desk(tmp_path), tmp_path / "out")


def test_a_refresh_rewrites_shown_values_alone_and_tells_them(tmp_path: Path) -> None:
    figures = MemoryFigures({"certificates": 741, "cash_recipients@2016": 8460})
    compiled = compile_text(draft_text(DECEMBER), desk(tmp_path, figures))
    done = refresh(compiled.resolution)
    assert [(change.was, change.now) for change in done.changes] == [
        ("730", "741"),
        ("USD 49.2 million", "49.2 million"),
        ("8,453", "8,460"),
        ("8,453", "8,460"),
    ]
    before = DECEMBER.read_text(encoding="utf-8")
    assert done.source.replace("741", "730").replace("[49.2", "[USD 49.2").replace("8,460", "8,453") == before
    again = parse_update(done.source, "u.en.md").update
    assert [number.reference for number in bound(again)] == [
        number.reference for number in bound(compiled.parsed.update)
    ]


def test_all_figures_of_a_text_are_asked_in_one_call(tmp_path: Path) -> None:
    figures = MemoryFigures()
    compile_text(draft_text(DECEMBER), desk(tmp_path, figures))
    assert figures.asked == 1


def test_a_translation_is_marked_in_place_and_the_marks_are_not_words(tmp_path: Path) -> None:
    original = parse_update("---\na: b\n---\nOne [94](fig:a).\n\n- Two\n- Three\n", "o.md").update
    ours = parse_update(
        "---\na: b\n---\nUn [94](fig:a).\n\n- Deux\n- Trois <!-- translates 0123456789 -->\n", "t.md"
    ).update
    marked = mark_translated(ours, original)
    assert marked is not None
    update = parse_update(marked, "t.md").update
    assert [each.translates for each in paragraphs(update)] == [
        line.split("translates ")[1].split(" ")[0] for line in marked.split("\n") if "translates" in line
    ]
    assert mark_translated(update, original) == marked
    assert mark_translated(parse_update("---\na: b\n---\nUn.\n", "t.md").update, original) is None


def test_pictures_lose_what_the_camera_wrote(tmp_path: Path, pack: Path) -> None:
    update = parse_update("---\na: b\n---\n```photo\nfile: tagged.jpg\ncredit: o\nalt: a\nA\n```\n", "u.md").update
    cleaned = clean_pictures(update, FolderFiles(pack / "photos"))
    assert list(cleaned) == ["tagged.jpg"]
    assert clean_pictures(update, cleaned) == {}


def test_a_packs_own_terms_are_read(tmp_path: Path) -> None:
    assert read_terms(FolderFiles(tmp_path)) == ()
    (tmp_path / "protected_terms.txt").write_text("# never printed\nOperation Secret\n\n", encoding="utf-8")
    assert read_terms(FolderFiles(tmp_path)) == ("Operation Secret",)
