"""The demonstration clears only what it made, and types commands that exist."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from tests.pack.mali import PACK
from toguna.cli.command import VERBS
from toguna.figures.core.reference import check_reference, parse_reference
from toguna.pack.demo import MARK, SHOWN, SPLIT, Demonstration, make
from toguna.pack.reading import read_pack


@pytest.fixture
def demonstration(tmp_path: Path) -> Demonstration:
    return Demonstration(pack=PACK, home=tmp_path / "var", build=tmp_path / "build" / "mali")


def test_it_types_verbs_that_exist(demonstration: Demonstration) -> None:
    typed = [command[0] for command in demonstration.commands()]
    assert typed[0] == "new"
    assert set(typed) <= set(VERBS)


def test_it_builds_every_update_and_the_by_products_of_its_month(demonstration: Demonstration) -> None:
    typed = [command[1:3] + command[-3:-2] for command in demonstration.commands() if command[0] == "update"]
    folder = demonstration.build / "2016-12"
    built = [text for word, text, _ in typed if word == "build"]
    assert built == ["2016-11.en", "2016-12.en"]
    assert [(word, text, out) for word, text, out in typed if word == "products"] == [
        ("products", "2016-12.en", str(folder))
    ]


def test_it_asks_for_figures_that_there_are(demonstration: Demonstration) -> None:
    pack, _ = read_pack(PACK)
    assert pack is not None
    for written in (*(reference for references in SHOWN for reference in references), SPLIT):
        reference, problems = parse_reference(written)
        assert reference is not None
        assert not [*problems, *check_reference(reference, pack.indicators)], written
    plan = pack.plan
    assert plan is not None
    assert (demonstration.period, datetime.fromisoformat(demonstration.closed)) in {
        (c.period, c.at) for c in plan.cutoffs
    }


def test_a_folder_of_somebody_else_is_left_alone(
    demonstration: Demonstration, capsys: pytest.CaptureFixture[str]
) -> None:
    demonstration.home.mkdir()
    precious = demonstration.home / "toguna.sqlite3"
    precious.write_text("years of work")
    assert make(demonstration) == 2
    assert precious.read_text() == "years of work"
    assert "was not made by this demonstration" in capsys.readouterr().err


def test_an_empty_folder_is_nobodys(demonstration: Demonstration) -> None:
    demonstration.home.mkdir()
    assert not demonstration.foreign()


def test_what_it_made_it_takes_away(demonstration: Demonstration) -> None:
    demonstration.mark()
    (demonstration.home / "lake").mkdir()
    assert not demonstration.foreign()
    demonstration.clear()
    assert not demonstration.home.exists()
    assert not demonstration.build.exists()
    assert demonstration.build.parent.exists()
    assert MARK.startswith(".")


def test_a_pack_that_cannot_be_made_ends_it(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    nothing = Demonstration(pack=tmp_path, home=tmp_path / "var", build=tmp_path / "build")
    assert make(nothing) == 2
    assert "no operation pack" in capfd.readouterr().err
    assert not nothing.home.exists()
