"""Every door to figures and rows, walked by every role with its own and with others' organisation and place."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from itertools import product

import pytest

from tests.collect.storage.conftest import OWNER
from tests.collect.submissions.forms import NOW
from tests.revised import revise
from toguna.access.api import OWNER as OWNER_ROLE
from toguna.access.api import Actor, permits, rights
from toguna.cli.command import main
from toguna.collect.api import load_reference, publish_form, review
from toguna.collect.loading import load
from toguna.collect.seen import submission_as_seen
from toguna.figures.api import Context, cutoff, figures, indicators, table, trace
from toguna.figures.cutoff import late_rows_seen
from toguna.figures.releasing import release
from toguna.instance.api import Instance
from toguna.journal import api as journal
from toguna.kernel.api import Refused, parse_period
from toguna.kernel.core import clock
from toguna.organisations.api import load_organisations
from toguna.pack.consumers import catch_up
from toguna.places.api import load_places

FORM = """
# Payment

| survey | | | | | |
| | type | name | label::English (en) | label::Français (fr) | bind::tg:sensitivity |
| | date | day | Day | Jour | internal |
| | select_one_from_file organisations.csv | organisation | Partner | Partenaire | internal |
| | select_one_from_file places.csv | place | Place | Lieu | internal |
| | select_one sex | sex | Sex | Sexe | confidential |
| | integer | amount | Amount | Montant | confidential |
| choices | | | | |
| | list_name | name | label::English (en) | label::Français (fr) |
| | sex | f | F | F |
| | sex | m | M | H |
| settings | | | | |
| | form_id | form_title | version | default_language | tg:date |
| | payment | Payment | 1 | English (en) | day |
"""
INDICATORS = """
paid:
  label: {en: cash paid, fr: montant payé}
  unit: XOF
  basis: counted
  kind: flow
  from: payment
  measure: sum amount
  date: day
  place: place
  disaggregate: {organisation: organisation}
survivors:
  label: {en: survivors helped, fr: survivantes aidées}
  unit: persons
  persons: served
  basis: counted
  kind: flow
  from: payment
  measure: count
  where: sex is not null
  date: day
  place: place
  disaggregate: {organisation: organisation, sex: sex}
  release: {by: protection_officer, reason: small_but_harmless}
"""
DECEMBER = parse_period("2016-12")
ORGANISATIONS, PLACES = ("mercycorps", "stopsahel"), ("ML07", "ML05")
#: Three payments of each organisation in each place: below the threshold of 5 there, 12 in all.
EACH = 3


@pytest.fixture
def paid(instance: Instance, tmp_path_factory: pytest.TempPathFactory) -> Instance:
    folder = tmp_path_factory.mktemp("paid")
    with clock.at(NOW - timedelta(days=40)):
        places = [("ML", "Mali", "0", "country", ""), ("ML07", "Gao", "1", "region", "ML")]
        places.append(("ML05", "Mopti", "1", "region", "ML"))
        keys = ("pcode", "name_en", "level", "kind", "parent")
        rows = [{**dict(zip(keys, one, strict=True)), "slug": one[1].lower()} for one in places]
        load_places(rows)
        load_organisations([{"code": code, "name_en": code} for code in ORGANISATIONS])
        load_reference("places", [{"code": row["pcode"], "name_en": row["name_en"]} for row in rows], OWNER)
        load_reference("organisations", [{"code": code, "name_en": code} for code in ORGANISATIONS], OWNER)
        (folder / "payment.md").write_text(FORM, encoding="utf-8")
        publish_form(folder / "payment.md", OWNER)
        revise({"indicators/paid.yaml": INDICATORS})
    lines = [
        f"2016-12-{day + 1:02},{organisation},{place},f,{1000 + day}"
        for organisation, place in product(ORGANISATIONS, PLACES)
        for day in range(EACH)
    ]
    (folder / "payment.csv").write_text("\n".join(["day,organisation,place,sex,amount", *lines]), encoding="utf-8")
    with clock.at(NOW):
        assert load([folder / "payment.csv"], OWNER, form_id="payment").refused == 0
    catch_up()
    return instance


def actor(role: str, organisation: str | None = None, place: str | None = None) -> Actor:
    return Actor(name="x", roles=(role,), organisation=organisation, places=(place,) if place else ())


def context(asking: Actor) -> Context:
    return Context(period=DECEMBER, actor=asking)


def reference(indicator: str, organisation: str, place: str) -> str:
    return f"{indicator}?organisation={organisation}&place={place}"


@pytest.mark.slow
def test_role_by_verb_by_organisation_by_place(paid: Instance) -> None:
    """In every cell that is not the actor's own, nothing that print would not tell; in his own, what his role reads."""
    roles = [role for role in rights().roles if role != OWNER_ROLE and permits(actor(role), "figure.computed")]
    scopes = list(product((None, ORGANISATIONS[0]), (None, PLACES[0])))
    for role, (own_organisation, own_place) in product(roles, scopes):
        asking = actor(role, own_organisation, own_place)
        reads = permits(asking, "internal.read")
        for organisation, place in product(ORGANISATIONS, PLACES):
            own = own_organisation in (None, organisation) and own_place in (None, place)
            where = (role, own_organisation, own_place, organisation, place)
            (figure,) = figures([reference("survivors", organisation, place)], context(asking)).figures
            assert figure is not None
            assert figure.value == (EACH if own and reads else None), where
            assert (figure.records is None) == (figure.value is None), where
            split = table(reference("survivors", organisation, place), ["sex"], context(asking))
            assert {one.value for _, one in split.rows} == ({EACH} if own and reads else {None}), where
            found, _ = trace(reference("survivors", organisation, place), context(asking))
            assert found is not None
            assert len(found.rows) == (EACH if own and reads else 0), where
            assert found.withheld_rows == (0 if own and reads else None), where
            (money,) = figures([reference("paid", organisation, place)], context(asking)).figures
            assert money is not None
            assert (money.value is not None) == (own and permits(asking, "confidential.read")), where
            rows, _ = trace(reference("paid", organisation, place), context(asking))
            assert rows is not None
            assert {row.contribution for row in rows.rows} <= {None}, where


def test_a_field_office_gets_no_figure_of_another_beyond_the_printable(paid: Instance) -> None:
    gao = actor("field_office", place="ML07")
    asked = [
        "survivors?place=gao",
        "survivors?place=mopti",
        "survivors",
        "survivors?place=gao,mopti&organisation=mercycorps",
    ]
    found = figures(asked, context(gao)).figures
    assert [figure.value if figure else None for figure in found] == [6, None, None, None], "no plan, nothing printable"
    later = NOW + timedelta(days=20)
    with clock.at(later):
        cutoff(DECEMBER, later - timedelta(days=1), OWNER)
    catch_up()
    found = figures(asked, context(gao)).figures
    assert [figure.value if figure else None for figure in found[::2]] == [6, 12], "the total is in the plan"
    reader = figures(asked, context(actor("reader"))).figures
    planned = figures(asked, replace(context(OWNER), public=True, planned=True)).figures
    assert [figure and figure.value for figure in reader] == [figure and figure.value for figure in planned]
    small = figures(["survivors?place=mopti&organisation=mercycorps"], context(gao)).figures
    assert [figure.status if figure else None for figure in small] == ["withheld"]
    split = table("survivors?organisation=mercycorps", ["region"], context(gao))
    assert [figure.value for _, figure in split.rows] == [None, None], "its own row would tell the other"


def test_what_a_row_adds_is_read_with_right_and_reason_and_journalled(paid: Instance) -> None:
    before = journal.head().sequence
    manager, officer = actor("information_manager"), actor("protection_officer")
    found, _ = trace("paid?place=ML05", context(manager))
    assert found is not None
    assert {row.contribution for row in found.rows} == {None}
    with pytest.raises(Refused, match="not_permitted"):
        trace("paid?place=ML05", context(manager), "audit")
    with pytest.raises(Refused, match="reason_broken"):
        trace("paid?place=ML05", context(officer), "an audit of payments")
    with pytest.raises(Refused, match="reason_broken"):
        trace("paid?place=ML05", context(officer), "")
    unasked, _ = trace("paid?place=ML05", context(officer))
    assert unasked is not None
    assert {row.contribution for row in unasked.rows} == {None}
    assert journal.head().sequence == before, "nothing confidential was read"
    read, _ = trace("paid?place=ML05", context(officer), "audit")
    assert read is not None
    assert sorted(int(row.contribution or 0) for row in read.rows) == [1000, 1000, 1001, 1001, 1002, 1002]
    (act,) = journal.acts(after=before)
    assert (act.kind, act.detail["rows"], act.detail["reason"]) == ("confidential.read", 6, "audit")


def test_a_release_is_for_the_whole_operation(paid: Instance) -> None:
    survivors = indicators()["survivors"]
    for narrowed in (actor("protection_officer", place="ML07"), actor("protection_officer", "mercycorps")):
        with pytest.raises(Refused, match="release_scope"):
            release(survivors, narrowed)
    assert not list(journal.acts(kinds=("figure.released",)))
    release(survivors, actor("protection_officer"))


def test_late_records_and_submissions_are_their_owners(
    paid: Instance, capsys: pytest.CaptureFixture[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    later = NOW + timedelta(days=20)
    late = tmp_path_factory.mktemp("late") / "payment.csv"
    late.write_text(
        "day,organisation,place,sex,amount\n2016-12-20,mercycorps,ML07,f,5\n2016-12-21,stopsahel,ML07,f,6\n"
        "2016-12-22,mercycorps,ML05,f,7\n",
        encoding="utf-8",
    )
    with clock.at(later):
        cutoff(DECEMBER, later - timedelta(days=1), OWNER)
        assert load([late], OWNER, form_id="payment").refused == 0
    catch_up()
    every, none = late_rows_seen(DECEMBER, actor("information_manager"))
    assert (len(every), none) == (3, 0)
    partner = actor("data_manager", "mercycorps")
    seen, hidden = late_rows_seen(DECEMBER, partner)
    assert (len(seen), hidden) == (2, 1)
    (own,), hidden = late_rows_seen(DECEMBER, actor("data_manager", "mercycorps", "ML07"))
    assert hidden == 2
    foreign = next(row for row in every if row not in seen)
    assert submission_as_seen(own.instance_id, partner).instance_id == own.instance_id
    with pytest.raises(Refused, match="out_of_scope"):
        submission_as_seen(foreign.instance_id, partner)
    before = journal.head()
    with pytest.raises(Refused, match="out_of_scope"):
        review([foreign.instance_id], "rejected", "duplicate", actor("field_office", "mercycorps"))
    assert journal.head() == before
    with pytest.raises(Refused, match="not_permitted"):
        late_rows_seen(DECEMBER, actor("enumerator"))
    home = ["--home", str(paid.home)]
    assert main(["cutoff", "2016-12", "--late", "--format", "json", *home]) == 0
    assert len(json.loads(capsys.readouterr().out)) == 3
