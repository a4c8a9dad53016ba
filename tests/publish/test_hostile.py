"""Bad input: a clear fault at its place, nothing half written, no traceback."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from tests.publish.memory import PACK, TODAY, MemoryFigures, desk
from toguna.kernel.api import Refused
from toguna.publish.build import build
from toguna.publish.core.checks import Draft, check_draft
from toguna.publish.core.following import draft_following
from toguna.publish.core.frozen import freeze
from toguna.publish.core.parse import parse_update
from toguna.publish.core.resolve import resolve
from toguna.publish.core.tree import bound
from toguna.publish.refresh import refresh
from toguna.publish.texts import draft_text
from toguna.revisions.api import FolderFiles

FRONT = "---\nproduct: operational_update\ntitle: Update\nplace: ML\ncovers: 2016-12\nlanguage: en\n---\n"


def refused(source: str, folder: Path) -> list[str]:
    path = folder / "2016-12.en.md"
    path.write_text(source, encoding="utf-8")
    with pytest.raises(Refused) as raised:
        build(draft_text(path), desk(folder), folder / "out")
    assert not (folder / "out").exists()
    assert not [each for each in folder.iterdir() if each.name.startswith(".build")]
    return [problem.id for problem in raised.value.problems]


def test_a_text_of_five_megabytes(tmp_path: Path) -> None:
    assert refused(FRONT + "word " * 1_000_000, tmp_path) == ["publish.source_too_large"]


def test_lists_nested_ten_thousand_deep(tmp_path: Path) -> None:
    nested = "\n".join(" " * (2 * depth) + "- x" for depth in range(600))
    assert refused(FRONT + nested, tmp_path) == ["publish.nested_too_deep"]
    assert refused(FRONT + "- " * 10_000 + "x", tmp_path) == ["publish.nested_too_deep"]
    assert refused(FRONT + "> " * 10_000 + "x", tmp_path)[0] in {
        "publish.nested_too_deep",
        "publish.construct_not_allowed",
    }


def test_a_picture_of_a_hundred_megapixels(tmp_path: Path) -> None:
    desk_ = desk(tmp_path)
    pack = tmp_path / "pack"
    (pack / "photos").mkdir(parents=True)
    Image.new("1", (10_000, 10_000)).save(pack / "photos" / "large.png")
    path = tmp_path / "2016-12.en.md"
    path.write_text(FRONT + "```photo\nfile: large.png\ncredit: o\nalt: a\nA\n```\n", encoding="utf-8")
    with pytest.raises(Refused) as raised:
        build(draft_text(path), desk(tmp_path, pack=pack), tmp_path / "out")
    assert [problem.id for problem in raised.value.problems] == ["publish.picture_too_large"]
    assert desk_.today == TODAY and not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    "reference",
    ["nothing", "certificates?sex=zz&show=", "?a=b", "a" * 5_000],
)
def test_a_reference_to_nothing(reference: str, tmp_path: Path) -> None:
    assert refused(FRONT + f"There are [1](fig:{reference}) things.\n", tmp_path)


PIECES = ["[7](fig:certificates)", "[x](fig:", "```map", "```", "- ", "  - ", "| a | b |", "| --- | --- |", "**", "<!-- moved -->", "\n", " ", "5", "[](text:)",
          "[3](stated:ab?source=n)", "of:", "by: place@1", "[94](fig:people_repatriated?sex=f)", "[39](fig:people_repatriated)", "# ", "é", "\u202f", "![a](b)"]  # fmt: skip


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(PIECES), max_size=25))
def test_no_text_lets_anything_but_a_refusal_out(pieces: list[str]) -> None:
    try:
        parsed = parse_update(FRONT + "".join(pieces) + "\n", "u.en.md")
        figures = MemoryFigures()
        resolution = resolve(parsed.update, figures)
        report = check_draft(
            Draft(resolution=resolution, source=figures, today=TODAY, photos=FolderFiles(PACK / "photos"))
        )
        freeze(resolution, report)
        refreshed = parse_update(refresh(resolution).source, "u.en.md")
        assert [each.reference for each in bound(refreshed.update)] == [each.reference for each in bound(parsed.update)]
        draft_following(resolution, figures)
    except Refused:
        pass
