"""Another operation is another folder and no code: an invented country with two forms and three indicators (docs/new-operation.md)."""

from __future__ import annotations

import json
import re
import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tests.house.code import ROOT
from toguna.cli import main
from toguna.collect.core.forms import read_form
from toguna.pack.core.generate import Delivery, Filled, written
from toguna.pack.reading import read_pack

PACK = Path(__file__).parent / "savania"


def returned(folder: Path, month: date, *rows: dict[str, object]) -> Path:
    """The partner's return of a month, filled in French."""
    schema = read_form(PACK / "forms" / "monthly_return.md").schema
    assert schema is not None
    header = {"organisation": "wellwater", "month": month, "nil": "no" if rows else "yes"}
    filled = Filled(form="monthly_return", header=header, rows={"result": rows} if rows else {})
    delivery = Delivery(
        received_at=datetime(2020, 5, 2, tzinfo=UTC), name=f"{month}", form="monthly_return", filled=(filled,), how="xlsx", language="fr"
    )  # fmt: skip
    [(name, content)] = written(delivery, schema)
    (folder / name).write_bytes(content)
    return folder / name


def test_the_pack_has_no_fault() -> None:
    pack, problems = read_pack(PACK)
    assert not problems, problems[0].written()
    assert pack is not None
    assert (len(pack.forms), len(pack.indicators)) == (2, 3)


@pytest.mark.slow
def test_it_is_made_and_counts_what_its_partner_sends(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home = str(tmp_path / "var")
    assert main(["new", "--pack", str(PACK), "--home", home]) == 0
    hygiene = {"activity": "hygiene_session", "population": "HST", "place": "XS0101", "sessions": 2}
    meals = {"activity": "school_meal", "population": "REF", "place": "XS0201", "items": 340}
    april = returned(tmp_path, date(2020, 4, 1), {**hygiene, "women": 12, "men": 5, "children": 9}, meals)
    march = returned(tmp_path, date(2020, 3, 1))
    assert main(["load", str(april), str(march), "--home", home]) == 0

    def value(*words: str) -> object:
        capsys.readouterr()
        assert main(["figures", *words, "--home", home, "--format", "json"]) == 0
        [figure] = json.loads(capsys.readouterr().out)
        return figure["value"] if figure["status"] == "value" else figure["status"]

    assert value("hygiene_participants", "--period", "2020-04") == 26
    assert value("hygiene_participants?sex=unknown", "--period", "2020-04") == 9
    assert value("hygiene_participants?place=north", "--period", "2020-04") == 26
    assert value("hygiene_participants", "--period", "2020-03") == "nil"
    assert value("hygiene_participants", "--period", "2020-02") == "not_reported"
    assert value("hygiene_participants", "--period", "2019-02") == "not_expected"
    assert value("school_meals?place=XS02", "--period", "2020-04") == 340
    assert value("refugees", "--period", "2020-04") == 41207
    assert value("refugees", "--period", "2020-02") == "not_reported"


@pytest.mark.slow
def test_the_first_step_of_the_guide_leaves_a_pack_without_faults(tmp_path: Path) -> None:
    guide = (ROOT / "docs" / "new-operation.md").read_text(encoding="utf-8")
    step = guide[guide.index("1. **Copy**") : guide.index("2. **`operation.toml`")].partition("Take out")[2]
    folder = Path(shutil.copytree(ROOT / "operations" / "mali", tmp_path / "mali"))
    taken = re.findall(r"`([^`]+)`", step)
    assert len(taken) == 9
    for name in taken:
        path = folder / name
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    _, problems = read_pack(folder)
    assert [problem.written() for problem in problems if problem.is_error] == []
