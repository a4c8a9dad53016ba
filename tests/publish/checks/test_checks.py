"""Each check is a document and the findings it must give: no more, no fewer. After ``=== finds`` each line is ``line fault words``."""

from pathlib import Path

import pytest

from tests.publish.memory import PACK, TODAY, MemoryFigures
from toguna.kernel.api import LANGUAGES
from toguna.publish.core.checks import Draft, PackWords, Printed, check_draft
from toguna.publish.core.parse import parse_update
from toguna.publish.core.resolve import resolve
from toguna.revisions.api import FolderFiles

HERE = Path(__file__).parent
DOCUMENTS = sorted(HERE.glob("*.md"))
FRONT = "---\nproduct: operational_update\ntitle: Update\nplace: ML\ncovers: 2016-12\nlanguage: {language}\n---\n"
#: What the November edition printed.
NOVEMBER = {"cash_recipients?period=2016-09..2016-11": Printed(edition="2016-11", value=None, text="2,000")}


def found(path: Path) -> tuple[list[str], list[str]]:
    """Findings as ``line fault`` with the words the document expects in them, and those it expects."""
    language = "fr" if path.name.endswith(".fr.md") else "en"
    text, _, expected = path.read_text(encoding="utf-8").partition("=== finds\n")
    text, _, original = text.partition("=== original\n")
    front = FRONT.format(language=language)
    parsed = parse_update(front + text, path.name)
    source = MemoryFigures()
    draft = Draft(
        resolution=resolve(parsed.update, source),
        source=source,
        today=TODAY,
        original=parse_update(FRONT.format(language="en") + original, "original.md").update if original else None,
        previous=NOVEMBER,
        photos=FolderFiles(PACK / "photos"),
        terms=("Operation Secret",),
        pack=PackWords(names=("16 Days of Activism", "Group of 7")),
    )
    report = check_draft(draft, syntax=parsed.problems)
    lines = front.count("\n")
    told = []
    for finding in report.findings:
        place = (finding.problem.place.line or 0) - lines
        told.append(
            f"{place} {finding.problem.id.removeprefix('publish.').removeprefix('check.')} {finding.problem.what(language)}"
        )
        assert all(finding.problem.cure(each) for each in LANGUAGES)
    return told, [line for line in expected.splitlines() if line.strip()]


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_a_document_gives_its_findings(path: Path) -> None:
    told, expected = found(path)
    rest = list(told)
    for line in expected:
        where, fault, *words = line.split(" ", 2)
        match = next(
            (each for each in rest if each.startswith(f"{where} {fault} ") and all(word in each for word in words)),
            None,
        )
        assert match is not None, f"expected {line!r}; found\n" + "\n".join(told)
        rest.remove(match)
    assert not rest, "unexpected:\n" + "\n".join(rest)
