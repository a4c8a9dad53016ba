"""The ledger of the shipped instance, and what moves it."""

from __future__ import annotations

import csv
import shutil
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.pack.mali import PACK, drawn, plan, schemas, table
from tests.pack.thinned import thin
from toguna.access.api import acting
from toguna.figures.api import Context, cutoff_of, figures
from toguna.instance.api import Instance, open_instance
from toguna.kernel.api import parse_period
from toguna.pack import new as making
from toguna.pack.ledger import Ledger, ledger
from toguna.pack.new import Made, new

pytestmark = pytest.mark.slow

DECEMBER = parse_period("2016-12")


@pytest.fixture(scope="module")
def whole(made: Made) -> Ledger:
    open_instance(made.home)
    return ledger(acting(None))


def figure(reference: str, **context: Any) -> Any:
    own = Context(**{"period": DECEMBER, "actor": acting(None), **context})
    computed = figures([reference], own)
    assert not computed.problems, computed.problems[0].written()
    return computed.figures[0]


def test_every_line_is_equal_withheld_stated_or_explained(whole: Ledger) -> None:
    assert not whole.problems, whole.problems[0].written()
    assert len(whole.lines) == 152
    told = {judged.line.id: judged.as_json() for judged in whole.lines if judged.status == "differs"}
    assert set(told) == {"protection_incident_regions", "wash_mopti_participants"}, told
    assert all("check" in line["reason"] for line in told.values())
    assert not whole.unexplained


def test_what_would_point_at_persons_is_withheld(whole: Ledger) -> None:
    withheld = {judged.line.id: judged for judged in whole.lines if judged.status == "withheld"}
    assert {
        "sgbv_survivors_income_support_gao",
        "students_school_kits_timbuktu",
        "students_school_kits_sgbv_survivors",
        "students_school_kits_vulnerable_returnees",
    } <= set(withheld)
    assert all(judged.as_json()["computed"] is None and judged.shown == "withheld" for judged in withheld.values())


def test_late_records_change_what_is_known_now_and_not_what_was_known_then(mali: Instance) -> None:
    payments = plan().payments
    assert payments is not None
    cutoff = cutoff_of(DECEMBER)
    assert cutoff is not None
    then = figure("cash_persons", as_of=cutoff.sequence)
    now = figure("cash_persons")
    assert now.value - then.value == sum(late.persons for late in payments.late)
    assert then.provisional, "December is paid and not yet reconciled"
    adds = [version.add for returns in plan().returns for version in returns.versions if version.add]
    change = next(add.by for add in adds if add.row["activity"] == "health_agent_session")
    agents = [figure("health_agent_participants", as_of=at).value for at in (cutoff.sequence, None)]
    assert agents[1] - agents[0] == change


def test_a_november_of_before_the_late_return(mali: Instance) -> None:
    november = parse_period("2016-11")
    cutoff = cutoff_of(november)
    assert cutoff is not None
    then = figure("income_support_persons", period=november, as_of=cutoff.sequence)
    assert (then.status, then.missing) == ("not_reported", ("acted",))
    assert figure("income_support_persons", period=november).status == "value"


def test_none_is_not_silence(mali: Instance) -> None:
    november = parse_period("2016-11")
    none = figure("births_declared", period=november)
    assert (none.status, none.value) == ("nil", 0)
    assert figure("births_declared", period=parse_period("2015-03")).status == "not_expected"


def test_who_never_reports_is_named(mali: Instance) -> None:
    silent = figure("pupils_supported")
    assert (silent.status, silent.missing) == ("not_reported", ("asd",))


@pytest.fixture(scope="module")
def moved(tmp_path_factory: pytest.TempPathFactory, whole: Ledger) -> Ledger:
    """The ledger of the same pack with a tenth of its records gone and every source replaced."""
    folder = tmp_path_factory.mktemp("thinned") / "pack"
    shutil.copytree(PACK, folder)
    _replace_sources(folder / "sources.csv")
    _drop_agreements(folder / "agreements.csv")
    payments = plan().payments
    assert payments is not None
    keys = {form: tuple(schema.settings.get("tg:key", "").split()) for form, schema in schemas().items()}
    regions = {place: region for region, places in payments.places.items() for place in places}
    thinned = thin(drawn(), Random(20170108), regions, keys)
    sources = making.draw_pack(making.read_pack(folder)[0])  # type: ignore[arg-type]
    steps = [step for step in thinned.steps if getattr(step, "form", "") not in ("source_register", "funding_update")]
    steps += [step for step in sources.steps if getattr(step, "form", "") == "source_register"]
    steps += [_richer(step) for step in drawn().deliveries if step.form == "funding_update"]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(making, "draw_pack", lambda pack: making.Drawn(steps=tuple(sorted(steps, key=making._moment))))
        made = new(folder, folder.parent / "home")
    open_instance(made.home)
    return ledger(acting(None))


def test_every_counted_reported_and_quoted_figure_moves(whole: Ledger, moved: Ledger) -> None:
    before = {judged.line.id: judged for judged in whole.lines}
    still = [
        judged.line.id
        for judged in moved.lines
        if judged.line.basis in ("counted", "reported", "quoted", "estimated")
        and judged.status != "withheld"
        and before[judged.line.id].status != "withheld"
        and judged.as_json()["computed"] == before[judged.line.id].as_json()["computed"]
    ]
    assert not still, "these are written down somewhere"
    planned = [judged for judged in moved.lines if judged.line.basis == "planned"]
    assert planned and all(judged.status == "equal" for judged in planned)


def _replace_sources(path: Path) -> None:
    rows = table("sources.csv")
    with path.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.DictWriter(stream, rows[0], lineterminator="\n")
        writer.writeheader()
        for row in rows:
            raised = {name: str(int(row[name]) + 3) for name in ("value", "high") if row[name]}
            writer.writerow({**row, **raised})


def _drop_agreements(path: Path) -> None:
    """One of each kind of selection."""
    seen: set[tuple[str, str, str]] = set()
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = []
    for line, row in zip(lines[1:], table("agreements.csv"), strict=True):
        kind = (row["year"], row["kind"], row["selection"])
        if row["year"] == "2017" and kind not in seen:
            seen.add(kind)
        else:
            kept.append(line)
    path.write_text("".join([lines[0], *kept]), encoding="utf-8")


def _richer(delivery: Any) -> Any:
    """A funding update with other amounts, another gap, and a donor less of each kind."""
    [filled] = delivery.filled
    header = {
        **filled.header,
        "requested": filled.header["requested"] + 7,
        "gap_percent": filled.header["gap_percent"] - 1,
    }
    rows = [
        {**row, **({"amount": row["amount"] + 7} if "amount" in row else {})} for row in filled.rows["contribution"]
    ]
    last = {row["earmarking"]: number for number, row in enumerate(rows) if "amount" not in row}
    kept = [row for number, row in enumerate(rows) if number not in last.values()]
    changed = replace(filled, header=header, rows={"contribution": kept})
    return replace(delivery, filled=(changed,))
