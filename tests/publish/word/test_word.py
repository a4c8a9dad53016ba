"""Word and back: what officers do to the file, and what the source says after it."""

import shutil
import subprocess
from collections import Counter
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from docx import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from toguna.kernel.api import Refused
from toguna.publish.core.front import read_front
from toguna.publish.core.parse import parse_update
from toguna.publish.core.resolved import BlockFigures, Resolved, Row, Shown
from toguna.publish.core.tree import Fenced, Update, bound, walk
from toguna.publish.word.read import read_docx
from toguna.publish.word.returned import Returned, bring_back
from toguna.publish.word.write import write_docx

STORY = """---
product: operational_update
title: Operational update
place: MLI
covers: 2016-12
language: en
---

```key-figures
- [730](fig:certificates) birth certificates
- [about 300](fig:children) children
```

```funding
funded: share
[USD 49.2 million](fig:requested) requested
```

# Update on achievements

## Protection

The number of people in need of help
rose in *some* places, with **[135,834](fig:refugees)** Malian refugees abroad; see the [portal](https://example.org/portal).

- **Returns:** [94](fig:repatriated) Ivorian refugees ([39](fig:repatriated?sex=f) female, [55](fig:repatriated?sex=m) male).
- **Cash:** [2,437](fig:cash) returnees were paid in four regions
  and were content.
  - Gao: [962](fig:cash?place=ML07)

<!-- translates 1f3a99aa -->
The monitors visited every site of the region during the month.

| Region | Persons |
| --- | --- |
| Gao | [962](fig:cash?place=ML07) |

## Health

Eight sessions were held with the help of the community workers.
"""
WRITTEN = datetime(2017, 1, 15, tzinfo=UTC)


class Officer:
    """Holds the Word file of the story, edits it, sends it back."""

    def __init__(self, folder: Path) -> None:
        self.update: Update = parse_update(STORY, "u.md").update
        share = Row(labels=("f",), codes=("f",), shown=Shown(text="5%", basis="quoted", value=Decimal(5)))
        resolved = Resolved(
            update=self.update,
            front=read_front(self.update),
            shown={
                number.span: Shown(text=number.shown, basis="counted", note=f"Note {number.line}")
                for number in bound(self.update)
            },
            blocks={
                n.line: BlockFigures(title="", unit="percent", rows={"funded": (share,)})
                for n in walk(self.update.blocks)
                if isinstance(n, Fenced)
            },
        )
        self.file = folder / "update.docx"
        self.file.write_bytes(write_docx(resolved, {}, folder, WRITTEN))
        self.base = read_docx(self.file)
        self.document = Document(str(self.file))

    def paragraph(self, words: str):  # type: ignore[no-untyped-def]
        return next(p for p in self.document.paragraphs if words in "".join(t.text or "" for t in p._p.iter(qn("w:t"))))

    def replace(self, old: str, new: str) -> None:
        """Type over some words, wherever they stand."""
        text = next(t for t in self.document.element.body.iter(qn("w:t")) if old in (t.text or ""))
        text.text = text.text.replace(old, new)

    def save(self) -> None:
        self.document.save(str(self.file))

    def returns(self) -> Returned:
        self.save()
        return bring_back(self.update, self.base, read_docx(self.file))


@pytest.fixture
def officer(tmp_path: Path) -> Officer:
    return Officer(tmp_path)


def kinds(returned: Returned) -> Counter[str]:
    return Counter(change.kind for change in returned.changes)


def numbers(source: str) -> list[tuple[str, str]]:
    result = parse_update(source, "u.md")
    assert result.problems == ()
    return [(number.shown, number.reference) for number in bound(result.update)]


ALL = numbers(STORY)


def test_an_untouched_file_gives_the_source_to_the_letter(officer: Officer) -> None:
    returned = officer.returns()
    assert returned.source == STORY
    assert returned.changes == ()


def test_a_sentence_is_edited_and_its_figures_stay_bound(officer: Officer) -> None:
    officer.replace(" Ivorian refugees (", " refugees from Côte d'Ivoire (")
    returned = officer.returns()
    assert kinds(returned) == {"edited": 1}
    assert numbers(returned.source) == ALL
    assert "[94](fig:repatriated) refugees from Côte d'Ivoire ([39](fig:repatriated?sex=f) female" in returned.source
    assert len(set(returned.source.split("\n")) ^ set(STORY.split("\n"))) == 2


def test_a_number_typed_over_is_named_and_does_not_replace_the_figure(officer: Officer) -> None:
    officer.replace("2,437", "2,440")
    returned = officer.returns()
    assert [(change.was, change.now) for change in returned.open] == [("2,437", "2,440")]
    assert numbers(returned.source) == ALL
    assert "typed over: 2,440 over 2,437" in returned.source


def test_a_new_number_is_a_to_do(officer: Officer) -> None:
    officer.replace("visited every site", "visited 17 sites")
    returned = officer.returns()
    assert [(change.kind, change.now) for change in returned.open] == [("new_number", "17")]
    assert "<!-- translates 1f3a99aa -->\nThe monitors visited 17 sites" in returned.source


def test_a_paragraph_is_added_with_its_marks(officer: Officer) -> None:
    added = officer.paragraph("The monitors")._p
    new = parse_xml(
        f"<w:p {nsdecls('w')}><w:r><w:t xml:space='preserve'>A new *starred* sentence with </w:t></w:r>"
        "<w:r><w:rPr><w:b/></w:rPr><w:t>bold words</w:t></w:r><w:r><w:t>.</w:t></w:r></w:p>"
    )
    added.addnext(new)
    returned = officer.returns()
    assert kinds(returned) == {"added": 1}
    assert "\n\nA new \\*starred\\* sentence with **bold words**.\n\n" in returned.source
    assert numbers(returned.source) == ALL


def test_a_paragraph_is_moved(officer: Officer) -> None:
    moved, target = officer.paragraph("The monitors")._p, officer.paragraph("Eight sessions")._p
    target.addnext(moved)
    returned = officer.returns()
    assert kinds(returned) == {"moved": 1}
    assert returned.source.rstrip().endswith(
        "<!-- translates 1f3a99aa -->\nThe monitors visited every site of the region during the month."
    )
    assert sorted(numbers(returned.source)) == sorted(ALL)


def test_a_paragraph_is_removed_and_that_is_told(officer: Officer) -> None:
    gone = officer.paragraph("Eight sessions")._p
    gone.getparent().remove(gone)
    returned = officer.returns()
    assert [(change.kind, change.was) for change in returned.changes] == [
        ("removed", "Eight sessions were held with the help of the community workers.")
    ]


def test_tracked_changes_are_taken_and_what_was_struck_is_told(officer: Officer) -> None:
    paragraph = officer.paragraph("Eight sessions")._p
    run = next(paragraph.iter(qn("w:r")))
    deleted = OxmlElement("w:del")
    run.addprevious(deleted)
    deleted.append(run)
    for text in run.iter(qn("w:t")):
        text.tag = qn("w:delText")
    deleted.addnext(parse_xml(f"<w:ins {nsdecls('w')}><w:r><w:t>Eight sessions were held.</w:t></w:r></w:ins>"))
    returned = officer.returns()
    assert kinds(returned) == {"edited": 1, "struck": 1}
    assert returned.source.rstrip().endswith("\n\nEight sessions were held.")


def test_a_link_that_was_lost_is_bound_again_where_the_number_stands_alone(officer: Officer) -> None:
    link = next(element for element in officer.paragraph("Returns:")._p.iter(qn("w:hyperlink")))
    for run in list(link):
        link.addprevious(run)
    link.getparent().remove(link)
    returned = officer.returns()
    assert kinds(returned) == {"edited": 1, "rebound": 1}
    assert numbers(returned.source) == ALL


def test_a_number_that_was_deleted_is_told(officer: Officer) -> None:
    link = next(element for element in officer.paragraph("Returns:")._p.iter(qn("w:hyperlink")))
    link.getparent().remove(link)
    returned = officer.returns()
    assert [(change.kind, change.was) for change in returned.open] == [("number_lost", "94")]


def test_words_typed_into_a_block_are_told_and_its_source_is_kept(officer: Officer) -> None:
    officer.replace("birth certificates", "documents")
    returned = officer.returns()
    assert returned.source == STORY
    assert [(change.kind, change.was, change.now) for change in returned.changes] == [
        ("block_edited", "birth certificates", "documents")
    ]


def test_a_comment_is_kept_in_the_source(officer: Officer) -> None:
    runs = officer.paragraph("Eight sessions").runs
    officer.document.add_comment(runs, text="Is this still so? -- ask Kayes", author="Reporting officer")
    returned = officer.returns()
    assert kinds(returned) == {"comment": 1}
    assert "<!-- comment (Reporting officer, " in returned.source and "ask Kayes -->" in returned.source
    assert numbers(returned.source) == ALL


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not on this machine")
def test_a_file_edited_and_saved_by_libreoffice(officer: Officer, tmp_path: Path) -> None:
    officer.replace("visited every site", "visited all sites")
    officer.replace("2,437", "2,440")
    officer.save()
    (tmp_path / "saved").mkdir()
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        "docx",
        "--outdir",
        str(tmp_path / "saved"),
        str(officer.file),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    returned = bring_back(officer.update, officer.base, read_docx(tmp_path / "saved" / "update.docx"))
    assert kinds(returned) == {"edited": 2, "typed_over": 1}
    assert numbers(returned.source) == ALL
    assert "The monitors visited all sites of the region" in returned.source


def archive(path: Path, parts: dict[str, bytes]) -> Path:
    with ZipFile(path, "w", ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return path


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


@pytest.mark.parametrize(
    ("parts", "fault"),
    [
        ({"word/document.xml": b"<a/>" + b" " * 300_000_000}, "publish.word_too_large"),
        ({f"word/{index}.xml": b"" for index in range(3_100)}, "publish.word_too_large"),
        ({"word/document.xml": b"<a/>", "word/vbaProject.bin": b"x"}, "publish.word_macros"),
        ({"word/document.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}, "publish.word_unreadable"),
        ({"word/document.xml": f"<w:document {W}>".encode()}, "publish.word_unreadable"),
        ({"word/document.xml": f"<w:document {W}/>".encode()}, "publish.word_unreadable"),
        ({"other.xml": b"<a/>"}, "publish.word_unreadable"),
    ],
)
def test_hostile_files_are_refused_with_a_sentence(tmp_path: Path, parts: dict[str, bytes], fault: str) -> None:
    with pytest.raises(Refused) as refused:
        read_docx(archive(tmp_path / "x.docx", parts))
    assert [problem.id for problem in refused.value.problems] == [fault]


def test_a_file_that_is_no_archive(tmp_path: Path) -> None:
    (tmp_path / "x.docx").write_bytes(b"\xd0\xcf\x11\xe0 an encrypted file looks like this")
    with pytest.raises(Refused, match="password"):
        read_docx(tmp_path / "x.docx")
