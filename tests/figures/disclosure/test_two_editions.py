"""An office's story: what November has printed bars December, by the verbs alone."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tests.figures.disclosure.office import Office
from toguna.access.api import acting
from toguna.figures.core.disclosure.prints import PrintedFigure
from toguna.figures.disclosure_ledger import disclosed_by, printed_before
from toguna.figures.planned import planned_figures
from toguna.figures.store import models
from toguna.journal import api as journal
from toguna.kernel.api import parse_period
from toguna.kernel.core import clock
from toguna.publish.build import compile_text
from toguna.publish.core.checks.withheld import printed_facts
from toguna.publish.core.front import read_front
from toguna.publish.core.parse import parse_update
from toguna.publish.instance_figures import InstanceFigures, instance_desk
from toguna.publish.products import dashboard, factsheet
from toguna.publish.texts import draft_text

pytestmark = pytest.mark.slow

#: Between the cut-off of November and its edition.
DRAFTED = datetime(2016, 12, 8, 19, tzinfo=UTC)
SINCE = "- AMSS recorded [{}](fig:protection_incidents?period=2016-01..{}) protection incidents in the country since January."


def rows(*counts: tuple[str, str, int]) -> list[dict[str, object]]:
    return [{"incident_type": kind, "region": region, "incidents": n} for kind, region, n in counts]


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """108 incidents from January to November, 4 more in December."""
    found = Office(tmp_path)
    found.receive(
        date(2016, 10, 1), rows(("theft", "ML06", 40), ("extortion", "ML07", 38)), datetime(2016, 11, 2, 9, tzinfo=UTC)
    )
    found.receive(
        date(2016, 11, 1), rows(("theft", "ML06", 15), ("extortion", "ML07", 15)), datetime(2016, 12, 2, 9, tzinfo=UTC)
    )
    found.close("2016-11", datetime(2016, 12, 8, 18, tzinfo=UTC))
    return found


EDITION = "operational_update-ML-2016-11-en-1"


def given_away(office: Office, path: Path, capsys: pytest.CaptureFixture[str]) -> list[dict[str, str]]:
    return [one for one in office.findings(path, capsys) if one["id"] == "publish.check.withheld_derivable"]


def test_two_counters_that_differ_by_a_small_month_are_barred(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    office.plan("2016-11", "protection_incidents?period=2016-01..2016-11", DRAFTED)
    november = office.write("2016-11", SINCE.format(0, "2016-11"))
    assert "[108]" in november.read_text()
    assert not given_away(office, november, capsys)
    office.issue(november, datetime(2016, 12, 9, 9, tzinfo=UTC))
    office.receive(date(2016, 12, 1), rows(("theft", "ML06", 4)), datetime(2017, 1, 3, 9, tzinfo=UTC))
    office.close("2016-12", datetime(2017, 1, 8, 18, tzinfo=UTC))
    office.plan(
        "2016-12", "protection_incidents?period=2016-01..2016-12", datetime(2017, 1, 8, 19, tzinfo=UTC), status=2
    )
    december = office.write("2016-12", SINCE.format(0, "2016-12"))
    assert "[112]" not in december.read_text()
    [found] = given_away(office, december, capsys)
    assert EDITION in found["message"] and "2016-12" in found["message"] and found["weight"] == "barred"
    assert found["cure"] == "Round protection_incidents?period=2016-01..2016-12: show=about,digits=-1."
    office.issue(december, datetime(2017, 1, 9, 9, tzinfo=UTC), status=2)
    # The cure that the finding proposes is one: rounded, the text goes out.
    rounded = "2016-12&show=about,digits=-1"
    [outside] = [one for one in office.findings(office.write("2016-12", SINCE.format(0, rounded)), capsys) if one["weight"] == "barred"]  # fmt: skip
    assert outside["id"] == "publish.check.outside_plan"
    office.plan("2016-12", f"protection_incidents?period=2016-01..{rounded}", datetime(2017, 1, 9, 8, tzinfo=UTC))
    cured = office.write("2016-12", SINCE.format(0, rounded))
    assert not [one for one in office.findings(cured, capsys) if one["weight"] == "barred"]
    office.issue(cured, datetime(2017, 1, 9, 9, tzinfo=UTC))


def test_asking_before_the_text_bars_nothing(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    """A question writes nothing: not to the journal, not to the ledger, not to the plans."""

    def kept() -> tuple[int, int, int]:
        return journal.head().sequence, models.PrintedFigure.objects.count(), models.PublicationPlan.objects.count()

    before = kept()
    for by in ("month", "region", "incident_type"):
        for public in ((), ("--public",)):
            office.run("figures", "protection_incidents?period=2016-10..2016-11", "--by", by, *public)
    office.run("publication", "2016-11")
    assert kept() == before
    assert not given_away(office, office.write("2016-11", SINCE.format(0, "2016-11")), capsys)


def test_what_the_plan_answers_bars_a_text_that_completes_it(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    """`figures --public` tells regions and types of December; one region's extortion would give the other's away."""
    counted = rows(("theft", "ML06", 15), ("extortion", "ML06", 3), ("theft", "ML07", 9), ("extortion", "ML07", 15))
    office.receive(date(2016, 12, 1), counted, datetime(2017, 1, 3, 9, tzinfo=UTC))
    office.close("2016-12", datetime(2017, 1, 8, 18, tzinfo=UTC))
    planned = {one.reference for one in planned_figures(parse_period("2016-12"))}
    assert {"protection_incidents", "protection_incidents?incident_type=extortion"} <= planned
    asked = "- AMSS recorded [0](fig:extortion_incidents?place=ML07) incidents of extortion in the region of Gao in December."
    found = given_away(office, office.write("2016-12", asked), capsys)
    assert found and all("the publication plan" in one["message"] and EDITION not in one["message"] for one in found)


def test_the_protection_officer_coarsens_the_plan_before_drafting(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    """What he takes out is answered nowhere and barred in a text, by its own name or another; what would not help is refused."""
    extortion = "protection_incidents?incident_type=extortion"
    asked = "- AMSS recorded [0](fig:extortion_incidents) incidents of extortion in the country in November."
    text = office.write("2016-11", asked)
    assert not given_away(office, text, capsys)
    # Extortion is the total less theft: to take it out alone changes nothing.
    office.run("publication", "2016-11", "--without", extortion, status=2)
    assert "extortion" in capsys.readouterr().err
    taken = [one.reference for one in planned_figures(parse_period("2016-11")) if "theft" in one.reference or "extortion" in one.reference or "place" in one.reference]  # fmt: skip
    office.run("publication", "2016-11", *(word for one in taken for word in ("--without", one)))
    assert not {one.reference for one in planned_figures(parse_period("2016-11"))} & set(taken)
    capsys.readouterr()
    office.run("figures", extortion, "--period", "2016-11", "--public", "--format", "json")
    assert '"withheld"' in capsys.readouterr().out
    found = given_away(office, text, capsys)
    assert [one["cure"] for one in found] == ["Leave out extortion_incidents."] and found[0]["weight"] == "barred"
    office.run("publication", "2016-11", "--without", "protection_incidents?incident_type=piracy", status=2)


def test_every_figure_of_every_product_stands_in_the_ledger(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    """Update, factsheet, dashboard: what they print of the sensitive table is in the ledger once issued, and gives nothing away with it."""
    block = "```key-figures\n- [0](fig:protection_incidents) protection incidents recorded by AMSS\n```\n\n"
    listed = " They were recorded in [0](fig:incident_regions?show=list)."
    office.plan("2016-11", "protection_incidents?period=2016-01..2016-11", DRAFTED)
    source = office.write("2016-11", block + SINCE.format(0, "2016-11") + listed)
    office.issue(source, datetime(2016, 12, 9, 9, tzinfo=UTC))
    kept = {(one.reference.partition("show=")[0].rstrip("&?"), one.period.written()) for one in printed_before()}
    draft = draft_text(source)
    desk = instance_desk(acting(None), read_front(parse_update(draft.source, draft.name).update))
    compiled = compile_text(draft, desk)
    update, front = compiled.resolution.update, compiled.front
    products = {"update": update.source, "factsheet": factsheet(update, front), "dashboard": dashboard(update, front)}
    printed: list[PrintedFigure] = []
    for name, text in products.items():
        cut = compile_text(draft.named(f"{name}.en.md", text), desk)
        assert isinstance(desk.figures, InstanceFigures)
        own = [one for one, _ in desk.figures._prints(printed_facts(cut.resolution)).values()]
        assert own, name
        for one in own:
            assert (one.reference.partition("show=")[0].rstrip("&?"), one.period.written()) in kept, (name, one)
        printed += own
    assert not disclosed_by(printed)


def test_what_a_text_binds_is_chosen_first_when_its_month_is_closed(office: Office, tmp_path: Path) -> None:
    """A text that the instance has at the cut-off is bound to its figures, whatever their days and manner of showing; one put later is not."""
    since, share = "protection_incidents?period=2016-01..2016-12", "extortion_share?show=digits=-1,over,percent"
    text = office.write(
        "2016-12",
        f"- AMSS recorded [0](fig:{since}) incidents since January, [0](fig:{share}) of those of December extortion.",
    )
    office.receive(
        date(2016, 12, 1), rows(("theft", "ML06", 15), ("extortion", "ML07", 25)), datetime(2017, 1, 3, 9, tzinfo=UTC)
    )
    with clock.at(datetime(2017, 1, 3, 10, tzinfo=UTC)):
        office.run("update", "put", str(text))
    office.close("2016-12", datetime(2017, 1, 8, 18, tzinfo=UTC))
    planned = {(one.reference, one.period.written()): one for one in planned_figures(parse_period("2016-12"))}
    year = "protection_incidents?period=2016"
    assert planned[year, "2016"].low == 148
    bound = planned["extortion_share", "2016-12"]
    assert (bound.low, bound.high) == (60, 70), "planned as it is printed, no more exact"
    office.run("update", "refresh", str(text))
    assert "[148]" in text.read_text() and "[over 60%]" in text.read_text()
    # Closed again, the same text keeps its figures; what the protection officer takes out meanwhile stays out.
    with clock.at(datetime(2017, 1, 9, 9, tzinfo=UTC)):
        office.run("publication", "2016-12", "--without", since, "--without", "incident_regions")
        office.run("cutoff", "2016-12", "--at", "2017-01-08T18:00+00:00")
    left = {one.reference for one in planned_figures(parse_period("2016-12"))}
    assert {"protection_incidents", "extortion_share"} <= left and not left & {year, "incident_regions"}


def test_figures_that_may_not_be_added_to_a_plan_are_refused(
    office: Office, capsys: pytest.CaptureFixture[str]
) -> None:
    for reference, status, word in (
        ("protection_incidents?place=ML08", 2, "may not be published"),
        ("protection_incident", 2, "protection_incident"),
        ("protection_incidents?period=2016-10", 0, "1 figure added"),
        ("protection_incidents?period=2016-10", 0, "0 figures added"),
    ):
        capsys.readouterr()
        office.plan("2016-11", reference, DRAFTED, status)
        told = capsys.readouterr()
        assert word in told.out + told.err, reference
    office.plan("2016-12", "protection_incidents", DRAFTED, 2)
    assert "not closed" in capsys.readouterr().err
