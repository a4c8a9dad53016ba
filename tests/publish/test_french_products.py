"""No English word stands in a French product: words that only the English side of the catalogue and of the pack's labels has."""

from __future__ import annotations

import re
from pathlib import Path

import pypdfium2
import pytest
import yaml
from babel.messages.pofile import read_po
from lxml import html

from toguna.cli import main

ROOT = Path(__file__).parents[2]
PACK = ROOT / "operations" / "mali"
_WORD = re.compile(r"[a-zà-ÿœ]{4,}")
#: Parts of ids of forms in the line sheet, names of products' files, and the link to the other language, which is in that language.
KEPT = frozenset({"payment", "monthly", "dashboard", "factsheet", "also", "english"})


def words(text: str) -> set[str]:
    return set(_WORD.findall(re.sub(r"\{[^}]*\}|`[^`]*`", " ", text).lower()))


def english_alone() -> set[str]:
    """Words of the catalogue's and the labels' English that their French, the French text and names do not have."""
    english: set[str] = set()
    french = words((PACK / "updates" / "2016-12.fr.md").read_text(encoding="utf-8"))
    for names in ("places.csv", "organisations.csv"):
        french |= words((PACK / names).read_text(encoding="utf-8"))
    with (ROOT / "toguna" / "locale" / "fr" / "LC_MESSAGES" / "toguna.po").open("rb") as file:
        for message in read_po(file):
            english |= words(str(message.id))
            french |= words(str(message.string))
    for path in (PACK / "indicators").glob("*.yaml"):
        for spec in yaml.safe_load(path.read_text(encoding="utf-8")).values():
            for key in ("label", "short", "definition"):
                english |= words(spec.get(key, {}).get("en", ""))
                french |= words(spec.get(key, {}).get("fr", ""))
    return english - french - KEPT


def printed(path: Path) -> str:
    """What a reader sees, without ids and names of files."""
    return re.sub(r"\w+_\w*|\w+\.csv", " ", _text(path))


def _text(path: Path) -> str:
    if path.suffix == ".pdf":
        return " ".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(path))
    root = html.parse(str(path)).getroot()
    for element in root.xpath("//script|//style|//*[@lang='en']"):
        element.drop_tree()
    return " ".join([root.text_content(), *root.xpath("//@alt|//@title|//@aria-label")])


def test_english_words_are_known() -> None:
    known = english_alone()
    assert {"counted", "reported", "quoted", "which"} <= known
    assert not known & {"source", "region", "forages", "sessions"}


@pytest.mark.slow
def test_no_french_product_has_an_english_word(tmp_path: Path) -> None:
    home = tmp_path / "var"
    assert main(["new", "--pack", str(PACK), "--home", str(home)]) == 0
    assert walked(home, tmp_path / "out")


def walked(home: Path, out: Path) -> list[Path]:
    """The products of December in French, each read for English words."""
    at = ["-o", str(out), "--home", str(home)]
    assert main(["update", "build", "2016-12.fr", "--to", "pdf,html", *at]) == 0
    assert main(["update", "products", "2016-12.fr", *at]) == 0
    known = english_alone()
    files = sorted(path for path in out.rglob("*") if path.suffix in (".pdf", ".html"))
    assert {path.stem for path in files} >= {"update", "factsheet", "dashboard", "line-sheet"}
    for path in files:
        assert not words(printed(path)) & known, path.name
    return files
