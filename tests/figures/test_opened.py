"""Figures of an opened instance: submissions come, are corrected and rejected, and what is told follows; the lake may be deleted."""

from __future__ import annotations

import json
import shutil
import stat
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import connections

from tests.collect.storage import conftest
from tests.collect.storage.conftest import OWNER, xml
from tests.collect.submissions.forms import MONTHLY, NOW
from tests.revised import revise
from toguna.access.api import Actor, acting, add_account
from toguna.cli.command import main
from toguna.collect.api import load_reference, publish_form, review
from toguna.figures.api import (
    Context,
    cutoff,
    cutoff_of,
    figures,
    indicators,
    late_rows,
    table,
    trace,
    trace_as_json,
    verify,
)
from toguna.instance.api import Instance
from toguna.journal import api as journal
from toguna.kernel.api import Refused, parse_period
from toguna.kernel.core import clock
from toguna.pack.consumers import catch_up
from toguna.places.api import load_places

INDICATORS = """
attended:
  label: {en: attendances, fr: présences}
  unit: persons
  basis: counted
  kind: flow
  from: monthly
  measure: sum women + men
  where: activity = 'wash'
  date: report_date
  place: place
  persons: attendances
  disaggregate: {sex: {women: f, men: m}}
forms_received:
  label: {en: forms, fr: formulaires}
  unit: forms
  basis: counted
  kind: flow
  from: monthly
  measure: count
  date: report_date
  place: place
"""
PLACES = [
    {
        "pcode": "ML",
        "slug": "mali",
        "name_en": "Mali",
        "name_fr": "Mali",
        "level": "0",
        "kind": "country",
        "parent": "",
    },
    *(
        {
            "pcode": code,
            "slug": name.lower(),
            "name_en": name,
            "name_fr": name,
            "level": "1",
            "kind": "region",
            "parent": "ML",
        }
        for code, name in (("ML07", "Gao"), ("ML05", "Mopti"), ("ML06", "Timbuktu"))
    ),
]
DECEMBER = parse_period("2016-12")


@pytest.fixture
def opened(instance: Instance) -> Instance:
    """An instance with a form, places and two indicators; its clock stands where the records say."""
    with clock.at(NOW - timedelta(days=30)):
        load_places(
            [{**dict.fromkeys(("valid_from", "valid_to", "aliases", "lat", "lon"), ""), **row} for row in PLACES]
        )
        load_reference("places", [{"code": row["pcode"], "name_en": row["name_en"]} for row in PLACES], OWNER)
        publish_form(MONTHLY.encode(), OWNER, name="monthly.md")
        revise({"indicators/test.yaml": INDICATORS})
    return instance


def take(*raws: bytes, at: datetime = NOW) -> None:
    """Received at that instant."""
    with clock.at(at):
        assert not conftest.take(*raws, at=at).problems


def context(**given: object) -> Context:
    """For figures as of the journal's end, or of the act given: what follows the journal has caught up."""
    assert [outcome.error for outcome in catch_up()] == [None, None]
    return Context(period=DECEMBER, actor=OWNER, **given)  # type: ignore[arg-type]


def value(reference: str = "attended", **given: object) -> Decimal | None:
    computed = figures([reference], context(**given))
    assert computed.figures[0] is not None, [problem.written() for problem in computed.problems]
    return computed.figures[0].value


def test_the_figure_moves_at_once_and_then_is_still_known(opened: Instance) -> None:
    assert value() == 0
    take(xml("uuid:1", women=3), xml("uuid:2", women=5, place="ML05"))
    first = journal.head().sequence
    assert value() == 16
    assert value("attended?sex=f&place=gao") == 3
    take(xml("uuid:3", women=30, corrects="uuid:1"), at=NOW + timedelta(hours=1))
    with clock.at(NOW + timedelta(hours=1)):
        corrected = journal.head().sequence
        assert value() == 43
        review(["uuid:3"], "rejected", "duplicate", OWNER)
    assert value() == 9
    assert value(as_of=corrected) == 43
    assert value(f"attended?as_of={first}") == 16
    assert value("forms_received") == 1


def test_the_lake_deleted_or_damaged_gives_the_same_figures(opened: Instance) -> None:
    take(*(xml(f"uuid:{n}", women=n) for n in range(1, 9)))
    take(xml("uuid:20", women=100, corrects="uuid:1"))
    before = [figures([reference], context()).figures for reference in ("attended", "attended?sex=m")]
    rows = table("attended", ["region", "sex"], context())
    assert verify() == ()
    next(opened.lake.glob("monthly/_month=*/*.parquet")).write_bytes(b"damaged")
    assert [problem.id for problem in verify()] == ["lake.file_changed"]
    shutil.rmtree(opened.lake)
    shutil.rmtree(opened.cache)
    assert [figures([reference], context()).figures for reference in ("attended", "attended?sex=m")] == before
    assert table("attended", ["region", "sex"], context()) == rows
    assert verify() == ()
    # Made anew, both are the owner's alone: the instance opens again.
    assert {(stat.S_IMODE(made.stat().st_mode)) for made in (opened.lake, opened.cache)} == {0o700}


def test_a_cut_off_fixes_what_was_known_and_names_what_is_late(opened: Instance) -> None:
    take(xml("uuid:1", women=3), xml("uuid:2", women=5))
    closing = datetime(2017, 1, 8, 18, tzinfo=UTC)
    with clock.at(closing + timedelta(hours=1)):
        closed = cutoff(DECEMBER, None, OWNER)
        assert closed.at == closing
        catch_up()
        assert late_rows(DECEMBER) == []
    later = closing + timedelta(days=2)
    with clock.at(later):
        take(
            xml("uuid:3", women=7), xml("uuid:4", women=4, corrects="uuid:1"), xml("uuid:5", day="2016-11-05"), at=later
        )
    with clock.at(later):
        review(["uuid:2"], "rejected", "duplicate", OWNER)
    catch_up()
    assert [(row.instance_id, row.change) for row in late_rows(DECEMBER)] == [
        ("uuid:3", "new"),
        ("uuid:4", "corrected"),
        ("uuid:2", "withdrawn"),
    ]
    assert cutoff_of(DECEMBER) == closed
    assert value(as_of=closed.sequence) == 16
    assert value() == 19
    with pytest.raises(Refused, match="cut_off_early"):
        cutoff(DECEMBER, datetime(2016, 12, 31, 12, tzinfo=UTC), OWNER)
    with clock.at(later), pytest.raises(Refused, match="cut_off_ahead"):
        cutoff(parse_period("2017-01"), None, OWNER)


def test_a_trace_holds_the_rows_and_confidential_answers_need_a_reason(opened: Instance) -> None:
    take(xml("uuid:1", women=3), xml("uuid:2", women=5, place="ML05"))
    found, problems = trace("attended?sex=f", context())
    assert found is not None
    # What a row adds is an answer: it is confidential as the answer is.
    assert [(row.instance_id, row.contribution) for row in found.rows] == [("uuid:1", None), ("uuid:2", None)]
    assert [problem.id for problem in problems] == ["lake.reason_needed"]
    assert all("women" not in row.seen for row in found.rows)
    acts = journal.head().sequence
    with_reason, _ = trace("attended?sex=f", context(), "other")
    assert with_reason is not None
    assert [(row.seen["women"], row.contribution) for row in with_reason.rows] == [(3, 3), (5, 5)]
    assert [act.kind for act in journal.acts(after=acts)] == ["confidential.read"]
    written = trace_as_json(with_reason, "8")
    assert set(written) == {"figure", "engines", "rows", "withheld_rows"}
    assert [name.split()[0] for name in written["engines"]] == ["duckdb"]
    assert written["rows"][0]["contribution"] == 3


def test_who_may_see_little_sees_how_many(opened: Instance) -> None:
    take(xml("uuid:1", women=3), xml("uuid:2", women=5, place="ML05"))
    add_account("reader", ["reader"], OWNER)
    add_account("gao", ["field_office"], OWNER, scope=["ML07"])
    catch_up()
    found, _ = trace("attended", Context(period=DECEMBER, actor=acting("reader")))
    assert found is not None
    # How many rows a sensitive figure has is not printed either.
    assert (len(found.rows), found.withheld_rows) == (0, None)
    scoped, _ = trace("attended", Context(period=DECEMBER, actor=acting("gao")))
    assert scoped is not None
    assert ([row.instance_id for row in scoped.rows], scoped.withheld_rows) == (["uuid:1"], None)
    own, _ = trace("attended?place=gao", Context(period=DECEMBER, actor=acting("gao")))
    assert own is not None
    assert ([row.instance_id for row in own.rows], own.withheld_rows) == (["uuid:1"], 0)
    with pytest.raises(Refused):
        figures(["attended"], Context(period=DECEMBER, actor=Actor(name="phone", roles=("enumerator",))))


def test_threads_take_turns(opened: Instance) -> None:
    take(*(xml(f"uuid:{n}", women=n) for n in range(1, 9)))

    def ask(number: int) -> list[Decimal | None]:
        try:
            computed = figures(["attended?sex=f", f"attended?place=gao&period=2016-{number % 12 + 1:02}"], context())
            return [figure.value for figure in computed.figures if figure is not None]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(ask, range(24)))
    assert [values[0] for values in found] == [36] * 24
    assert [values[1] for values in found if values[1]] == [68, 68]


def test_the_command_prints_grammar_7(opened: Instance, capsys: pytest.CaptureFixture[str]) -> None:
    take(xml("uuid:1", women=3))
    home = ["--home", str(opened.home)]
    assert main(["figures", "attended?sex=f", "--period", "2016-12", "--format", "json", *home]) == 0
    (figure,) = json.loads(capsys.readouterr().out)
    assert list(figure)[:9] == [
        "reference", "indicator", "label", "period", "place", "categories", "value", "status", "provisional",
    ]  # fmt: skip
    assert (figure["value"], figure["as_of"]["sequence"]) == (3, journal.head().sequence)
    assert main(["trace", "attended", "--period", "2016-12", "--format", "json", *home]) == 0
    (traced,) = json.loads(capsys.readouterr().out)
    assert traced["rows"][0]["instance_id"] == "uuid:1"
    assert main(["figures", "atended", "--period", "2016-12", *home]) == 1
    assert "attended" in capsys.readouterr().err
    assert main(["figures", "--by", "sex", "--period", "2016-12", "attended", *home]) == 0
    assert "attended?sex=m" in capsys.readouterr().out
    assert sorted(indicators()) == ["attended", "forms_received"]
    assert date(2016, 12, 5) == trace("attended", context())[0].rows[0].happened  # type: ignore[union-attr]


def test_a_read_writes_nothing_and_answers_from_what_was_reached(opened: Instance) -> None:
    take(xml("uuid:1", women=3))
    assert value("attended?sex=f") == 3
    reached = journal.head().sequence
    take(xml("uuid:2", women=5))
    lake = {path: path.stat().st_mtime_ns for path in opened.lake.rglob("*")}
    behind = Context(period=DECEMBER, actor=OWNER)
    (figure,) = figures(["attended?sex=f"], behind).figures
    assert figure is not None and (figure.value, figure.as_of.sequence) == (3, reached)
    assert {path: path.stat().st_mtime_ns for path in opened.lake.rglob("*")} == lake
    assert value("attended?sex=f") == 8


def test_a_missing_lake_is_never_read_as_nothing(opened: Instance) -> None:
    take(xml("uuid:1", women=3))
    assert value() == 7
    shutil.rmtree(opened.lake / "monthly")
    with pytest.raises(Refused, match="lake_missing"):
        figures(["attended"], Context(period=DECEMBER, actor=OWNER))
    assert value() == 7
    shutil.rmtree(opened.lake)
    with pytest.raises(Refused, match="lake_missing"):
        figures(["attended"], Context(period=DECEMBER, actor=OWNER))
    assert value() == 7


def test_columns_that_came_after_the_last_sync_are_read_as_blank(opened: Instance) -> None:
    take(xml("uuid:1", women=3))
    assert value() == 7
    women = "| | integer | women | Women | Femmes"
    later = MONTHLY.replace(women, f"| | integer | girls | Girls | Filles | | | | |\n{women}").replace(
        "2016 |", "2017 |"
    )
    publish_form(later.encode(), OWNER, name="monthly.md")
    further = INDICATORS.partition("forms_received")[0].partition("  disaggregate")[0]
    further = further.replace("attended:", "girls:").replace("women + men", "girls")
    revise({"indicators/more.yaml": further})
    found = figures(["attended", "girls"], Context(period=DECEMBER, actor=OWNER)).figures
    assert [(figure.value, figure.status) for figure in found if figure] == [(7, "value"), (None, "unknown")]
