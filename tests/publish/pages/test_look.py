"""The look: contrasts, an operation's accent and mark, the typefaces."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from toguna.kernel.api import Refused
from toguna.publish.pages.look import DARK, LIGHT, Look, contrast, folder_of_fonts, read_look, web_faces, width_of
from toguna.revisions.api import FolderFiles

VENDOR = Path(__file__).parents[3] / "vendor" / "source-fonts"


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_words_are_read_on_every_ground_that_they_stand_on(tokens: dict[str, str]) -> None:
    for word in ("ink", "slate", "blue"):
        for ground in ("ground", "tint", "country"):
            assert contrast(tokens[word], tokens[ground]) >= 4.5, (word, ground)
    assert contrast(tokens["ochre"], tokens["opale"]) >= 4.5
    # What is only drawn needs three to one.
    assert contrast(tokens["mid"], tokens["ground"]) >= 3.0


def pack(folder: Path, section: str) -> Path:
    (folder / "operation.toml").write_text(f'[operation]\nid = "x"\n[look]\n{section}\n', encoding="utf-8")
    return folder


def test_an_accent_that_is_not_read_is_refused_with_its_ratio(tmp_path: Path) -> None:
    with pytest.raises(Refused) as refused:
        read_look(FolderFiles(pack(tmp_path, 'accent = "#7FB6E6"')), tmp_path)
    (problem,) = refused.value.problems
    assert problem.id == "publish.look.accent_too_light" and "2.2" in problem.what("en")
    assert read_look(FolderFiles(pack(tmp_path, 'accent = "#0072BC"')), tmp_path).accent == "#0072BC"


@pytest.mark.parametrize("accent", ["blue", "#12", "#GGGGGG"])
def test_what_is_no_colour_is_refused(tmp_path: Path, accent: str) -> None:
    with pytest.raises(Refused):
        read_look(FolderFiles(pack(tmp_path, f'accent = "{accent}"')), tmp_path)


@pytest.mark.parametrize("accent", ["#0072BC", "#8A1538", "#005A2B", "#000000"])
def test_any_accent_gives_colours_that_are_told_apart(accent: str) -> None:
    look = Look(accent=accent)
    assert contrast(look.light["mid"], "#FFFFFF") >= 3.0 and contrast(look.dark["blue"], DARK["ground"]) >= 4.5
    assert look.light["mid"] != look.light["blue"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("mark.svg", "<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>"),
        ("mark.svg", "<html/>"),
        ("../x.svg", ""),
    ],
)
def test_a_mark_that_does_more_than_draw_is_refused(tmp_path: Path, name: str, content: str) -> None:
    (tmp_path / "theme").mkdir()
    (tmp_path / "theme" / "mark.svg").write_text(content, encoding="utf-8")
    with pytest.raises(Refused):
        read_look(FolderFiles(pack(tmp_path, f'mark = "{name}"')), tmp_path)


def test_a_typeface_needs_its_files(tmp_path: Path) -> None:
    with pytest.raises(Refused):
        read_look(FolderFiles(pack(tmp_path, 'text = "Lato"')), tmp_path)


def test_the_faces_are_the_makers_files_and_know_malian_letters_and_french_spaces() -> None:
    for line in (VENDOR / "digests.txt").read_text().splitlines():
        digest, name = line.split()
        assert hashlib.sha256((folder_of_fonts() / name).read_bytes()).hexdigest() == digest
    missing = width_of("n", 10)
    assert all(width_of(letter, 10) not in {0, missing} or letter in "ɛɔ" for letter in "\u202f→")
    assert len(web_faces()) < 120_000
