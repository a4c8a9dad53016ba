"""Reading a pack: the one we ship is good, and a broken one is told of every fault in one run."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.pack.mali import PACK
from toguna.kernel.api import Refused
from toguna.pack.core.generate import parse_plan
from toguna.pack.reading import read_pack
from toguna.pack.rehearsal import plan_faults


@pytest.fixture
def broken(tmp_path: Path) -> Callable[..., Path]:
    """A copy of the pack in which, by file, a text was replaced by another."""

    def copy(**changes: tuple[str, str]) -> Path:
        folder = tmp_path / "pack"
        shutil.copytree(PACK, folder)
        for name, (old, new) in changes.items():
            path = folder / name.replace("__", "/").replace("_DOT_", ".")
            text = path.read_text(encoding="utf-8")
            assert old in text
            path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return folder

    return copy


def test_the_pack_we_ship_has_no_fault() -> None:
    pack, problems = read_pack(PACK)
    assert not problems, problems[0].written()
    assert pack is not None
    assert {
        "monthly_return",
        "source_register",
        "cash_payment",
        "repatriation",
        "water_point",
        "incident_table",
    } <= set(pack.forms)


def test_every_file_is_read_though_one_is_broken(broken: Callable[..., Path]) -> None:
    folder = broken(
        operation_DOT_toml=('place = "ML"', 'plaice = "ML"'),
        places_DOT_csv=("ML0605-TIMBUKTU,timbuktu_commune,Timbuktu commune,Commune de Tombouctou,3,commune,ML0605", "X,x,X,X,9,commune,ML99"),
        agreements_DOT_csv=("stopsahel-2016-hea,ml-2016-stopsahel,stopsahel", "stopsahel-2016-hea,ml-2016-stopsahel,stopsahe"),
        forms__cash_payment_DOT_md=("| date | paid_on |", "| dat | paid_on |"),
        plan_DOT_toml=("seed = 20161231", 'seed = "x"'),
        sources_DOT_csv=("source,owner", "source,ownr"),
        indicators__water_DOT_yaml=("distinct place@3", "distinct plaice@3"),
        ledger_DOT_csv=("hygiene_sessions?place=ML05", "hygiene_sessions?plaice=ML05"),
        accounts_DOT_csv=("gao-office,field_office,,ML07;ML10", "gao-office,field_office,,ML07;ML1O"),
    )  # fmt: skip
    pack, problems = read_pack(folder)
    assert pack is None
    files = {Path(problem.place.file or "").name for problem in problems if problem.is_error}
    assert {
        "operation.toml",
        "places.csv",
        "agreements.csv",
        "cash_payment.md",
        "plan.toml",
        "sources.csv",
        "accounts.csv",
    } <= files
    told = " ".join(problem.written() for problem in problems)
    assert "stopsahe (stopsahel?)" in told
    assert "ML1O (ML10?)" in told
    assert "cash.yaml" not in files, "what only follows from the broken form is not told"


def test_a_folder_that_is_no_pack_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused, match="no operation pack"):
        read_pack(tmp_path)


def test_a_missing_table_is_a_fault(broken: Callable[..., Path]) -> None:
    folder = broken()
    (folder / "organisations.csv").unlink()
    pack, problems = read_pack(folder)
    assert pack is None
    assert "pack.file_missing" in {problem.id for problem in problems}


def test_a_row_that_stands_twice_is_a_fault(broken: Callable[..., Path]) -> None:
    folder = broken(targets_DOT_csv=("cash-2016,", "shelter-2016,"))
    assert [problem.id for problem in read_pack(folder)[1]] == ["pack.code_twice"]


def test_a_list_that_nobody_holds_is_a_fault(broken: Callable[..., Path]) -> None:
    folder = broken(forms__water_point_DOT_md=("water_points.csv", "pumps.csv"))
    assert [problem.id for problem in read_pack(folder)[1] if problem.is_error] == ["pack.form_list"]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("seed = 1 x", "toml_broken"),
        ("seed = 1", "plan_key_missing"),
        ('seed = 1\nforms_published = "2016-01-02T09:00"\nfrom = "2016-01"\nto = "2016-12"\ncolour = 1', "plan_key_unknown"),
        ('seed = 1\nforms_published = "soon"\nfrom = "2016-01"\nto = "2016-12"', "plan_value"),
        ('seed = true\nforms_published = "2016-01-02T09:00"\nfrom = "2016-01"\nto = "2016-12"', "plan_value"),
        ('seed = 1\nforms_published = "2016-01-02T09:00"\nfrom = "2016-01"\nto = "2016-13"', "plan_period"),
        ('seed = 1\nforms_published = "2016-01-02T09:00"\nfrom = "2016-01"\nto = "2016-12"\n[[returns]]\nform = "x"', "plan_key_missing"),
        ('seed = 1\nforms_published = "2016-01-02T09:00"\nfrom = "2016-01"\nto = "2016-12"\n[payments]\nlots = 3', "plan_value"),
    ],
)  # fmt: skip
def test_a_plan_says_what_is_wrong_and_where(text: str, fault: str) -> None:
    plan, problems = parse_plan(text)
    assert plan is None
    assert f"pack.{fault}" in {problem.id for problem in problems}
    assert all(problem.written("fr") for problem in problems)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('form = "repatriation"', 'form = "repatriations"', "plan_form"),
        ('means = "air"', 'meens = "air"', "plan_column"),
        ("weights = { ML05 = 1,", "weights = { ML09 = 1,", "plan_draw"),
        ('on = ["2016-09-12", "2016-09-30"]', 'on = ["2016-09-12", "2016-09-31"]', "plan_draw"),
        ('repeat = "person"', 'repeat = "persons"', "plan_column"),
        ("household_size = [1, 2,", "household_size = [0, 2,", "plan_draw"),
    ],
)
def test_a_plan_that_cannot_be_drawn_says_why(broken: Callable[..., Path], old: str, new: str, fault: str) -> None:
    pack, problems = read_pack(broken(plan_DOT_toml=(old, new)))
    assert pack is not None, problems
    told = plan_faults(pack)
    assert f"pack.{fault}" in {problem.id for problem in told}
    assert all(problem.written(language) for problem in told for language in ("en", "fr"))


def test_the_plan_we_ship_fills_in_only_what_is_asked() -> None:
    pack, _ = read_pack(PACK)
    assert pack is not None
    assert not plan_faults(pack)
