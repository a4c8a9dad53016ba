"""A built Word file goes out, is edited, and is brought back to the build that it came from."""

import shutil
import subprocess
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn

from tests.publish.memory import PACK, desk
from toguna.kernel.api import Refused
from toguna.publish.build import build
from toguna.publish.texts import draft_text
from toguna.publish.word.bring import bring_docx, write_changes

DECEMBER = PACK / "updates" / "2016-12.en.md"


def sent_out(folder: Path) -> Path:
    return build(draft_text(DECEMBER), desk(folder), folder / "out", ("docx",)).files["docx"]


def typed(path: Path, old: str, new: str) -> None:
    document = Document(str(path))
    text = next(t for t in document.element.body.iter(qn("w:t")) if old in (t.text or ""))
    text.text = text.text.replace(old, new)
    document.save(str(path))


def test_an_untouched_file_brings_the_source_back(tmp_path: Path) -> None:
    brought = bring_docx(sent_out(tmp_path), draft_text(DECEMBER), tmp_path / "kept")
    assert brought.returned.source == DECEMBER.read_text(encoding="utf-8")
    assert (brought.returned.changes, brought.source_moved_on) == ((), False)


def test_an_edited_file_tells_its_changes_on_one_page(tmp_path: Path) -> None:
    file = sent_out(tmp_path)
    typed(file, "after talks held", "after long talks held, for <17> families,")
    typed(file, "8,453", "8,500")
    brought = bring_docx(file, draft_text(DECEMBER), tmp_path / "kept")
    page = write_changes(brought.returned, file.name, "en")
    assert {change.kind for change in brought.returned.open} == {"typed_over", "new_number"} or {
        change.kind for change in brought.returned.open
    } == {"block_edited", "new_number"}
    assert "17" in page and "8,500" in page and "<17>" not in page


def test_a_source_that_has_moved_on_is_told(tmp_path: Path) -> None:
    source = tmp_path / "2016-12.en.md"
    shutil.copyfile(DECEMBER, source)
    file = sent_out(tmp_path)
    source.write_text(source.read_text(encoding="utf-8") + "\nA later sentence.\n", encoding="utf-8")
    assert bring_docx(file, draft_text(source), tmp_path / "kept").source_moved_on


def test_a_file_of_another_house_is_refused(tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("Hello")
    document.save(str(tmp_path / "x.docx"))
    with pytest.raises(Refused, match="build -"):
        bring_docx(tmp_path / "x.docx", draft_text(DECEMBER), tmp_path / "kept")


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not on this machine")
def test_the_id_survives_libreoffice(tmp_path: Path) -> None:
    file = sent_out(tmp_path)
    saved = tmp_path / "saved"
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "docx"]
    subprocess.run([*command, "--outdir", str(saved), str(file)], check=True, capture_output=True, timeout=120)
    brought = bring_docx(saved / file.name, draft_text(DECEMBER), tmp_path / "kept")
    assert brought.returned.source == DECEMBER.read_text(encoding="utf-8")
