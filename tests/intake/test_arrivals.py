"""A month by file: what came is kept, mapped once, looked at, taken in; the next month asks nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.intake.conftest import OWNER, table, workbook
from toguna.access.api import acting
from toguna.collect.store import models
from toguna.instance.api import Instance
from toguna.intake import api as intake
from toguna.intake.core.editing import with_columns
from toguna.intake.core.mapping import FormMapping
from toguna.journal.api import acts
from toguna.kernel.api import Refused

LAST_YEAR = workbook(
    ["RAPPORT MENSUEL - décembre 2016"],
    [],
    ["Jour de distribution", "Localité", "Type de kit", "Bénéficiaires", None, "Visa du chef"],
    [None, None, None, "Femmes", "Hommes", None],
    ["5 décembre 2016", "Tombouctou", "Kit d’hygiene", "1 200", 30, "ok"],
    ["06/12/2016", "MENAKA", "kit scolaire", "~120", "néant", None],
    ["2016-12-07", "Tombouktou", "Kit scolaire", 7, 8, None],
    [],
    ["TOTAL", None, None, 1327, 39, None],
    ["Fait à Gao, signature :"],
    title="Déc",
    merged=["A1:F1", "D3:E3", "A3:A4", "B3:B4", "C3:C4"],
    first="Notice",
)


def keep(arrival: intake.Arrival, form: str = "", **changes: object) -> intake.Understood:
    """Keep what is proposed for the arrival."""
    found = intake.understand(arrival.id, OWNER, form_id=form)
    layout = replace(found.proposal.layout, **changes)  # type: ignore[arg-type]
    mapping = intake.mapping_of(arrival.organisation, found.questions.schema.form_id).with_layout(layout)
    intake.keep_mapping(arrival.organisation, mapping, OWNER)
    return found


def test_last_years_file_is_mapped_looked_at_and_taken_in(home: Instance) -> None:
    one = intake.arrive(LAST_YEAR, "retour.xlsx", OWNER, organisation="amss")
    found = keep(one)
    assert found.questions.schema.form_id == "kits"
    assert dict(found.proposal.layout.columns) == {
        "Jour de distribution": "given_on",
        "Localité": "place",
        "Type de kit": "kit",
        "Bénéficiaires / Femmes": "women",
        "Bénéficiaires / Hommes": "men",
    }
    assert found.proposal.layout.constants == {"organisation": "{organisation}"}
    assert found.proposal.layout.notes == ("Visa du chef",)
    seen = intake.preview_arrival(one.id, OWNER)
    assert dict(seen.counts) == {"new": 2, "changed": 0, "unchanged": 0, "gone": 0, "nil": 0, "wrong": 1, "ignored": 2}
    assert [(asked.text, asked.lines, asked.options[0]) for asked in seen.asked] == [
        ("Tombouktou", (7,), ("ML06", "Timbuktu"))
    ]
    assert {(shown.text, shown.value) for shown in seen.shown} == {
        ("5 décembre 2016", "2016-12-05"),
        ("06/12/2016", "2016-12-06"),
        ("~120", "120"),
        ("néant", "0"),
    }
    assert [one.id for one in seen.problems if one.id.startswith("intake.total")] == ["intake.total_differs"]
    assert [(row.line, row.kind, row.why) for row in seen.rows] == [
        (7, "wrong", ""),
        (9, "ignored", "total"),
        (10, "ignored", "signature"),
    ]
    intake.keep_word("amss", "kits", "places", "Tombouktou", "ML06", OWNER)
    receipt = intake.take_arrival(intake.preview_arrival(one.id, OWNER), OWNER)
    assert (len(receipt.received), receipt.refused) == (3, 0)
    assert intake.arrival(one.id, OWNER).state == "taken"
    assert [act.kind for act in acts(kinds=("arrival.received", "mapping.kept", "arrival.taken"))] == [
        "arrival.received", "mapping.kept", "mapping.kept", "arrival.taken",
    ]  # fmt: skip
    assert list(intake.verify()) == []


def test_the_next_month_asks_nothing_and_the_same_bytes_are_known(home: Instance) -> None:
    first = intake.arrive(LAST_YEAR, "retour.xlsx", OWNER, organisation="amss")
    keep(first)
    intake.keep_word("amss", "kits", "places", "Tombouktou", "ML06", OWNER)
    assert intake.arrive(LAST_YEAR, "other name.xlsx", OWNER, organisation="amss").known
    assert len(list(acts(kinds=("arrival.received",)))) == 1
    january = table(
        "Jour de distribution;Localité;Type de kit;Bénéficiaires / Femmes;Bénéficiaires / Hommes;Visa du chef",
        "03/01/2017;TOMBOUKTOU;KIT D'HYGIÈNE;5;6;ok",
    )
    again = intake.arrive(january, "janvier 2017.csv", OWNER, organisation="amss")
    seen = intake.preview_arrival(again.id, OWNER)
    assert seen.understood.is_kept
    assert (seen.asked, seen.counts["new"], seen.counts["wrong"]) == ((), 1, 0)


def test_nothing_is_taken_in_by_a_mapping_that_nobody_has_kept(home: Instance) -> None:
    one = intake.arrive(table("Jour;Lieu", "03/01/2017;Gao"), "x.csv", OWNER, organisation="amss", form_id="kits")
    seen = intake.preview_arrival(one.id, OWNER)
    with pytest.raises(Refused) as refused:
        intake.take_arrival(seen, OWNER)
    assert [problem.id for problem in refused.value.problems] == ["intake.mapping_needed"]
    assert not models.Submission.objects.exists()


def test_a_near_guess_is_shown_and_never_taken(home: Instance) -> None:
    one = intake.arrive(table("Day;Plaice;Kit;Women", "2016-12-01;Gao;school;3"), "x.csv", OWNER, organisation="amss")
    found = intake.understand(one.id, OWNER)
    assert found.proposal.near == {"Plaice": ("place", 'near "place"')}
    assert "Plaice" not in found.proposal.layout.columns
    layout = with_columns(found.proposal.layout, ["Plaice=place"], found.questions, found.header.columns)
    assert layout.columns["Plaice"] == "place"
    assert "Plaice" not in layout.notes


def test_wide_columns_become_rows_of_the_return(home: Instance) -> None:
    sheet = workbook(
        ["Activité", "Lieu", "Réfugiés", None, "Communauté hôte", None],
        [None, None, "Femmes", "Hommes", "Femmes", "Hommes"],
        ["Séance d'hygiène", "Gao", 10, 11, 12, 13],
        ["Appui a l’ecole", "Mopti", 5, None, None, None],
        merged=["C1:D1", "E1:F1"],
    )
    one = intake.arrive(sheet, "AMSS décembre 2016.xlsx", OWNER, organisation="amss", form_id="monthly")
    keep(one)
    seen = intake.preview_arrival(one.id, OWNER)
    assert seen.tables is not None
    rows = seen.tables.tables["result"].select("_line", "activity", "place", "population", "women", "men").rows()
    assert rows == [
        (3, "hygiene", "ML07", "REF", "10", "11"),
        (3, "hygiene", "ML07", "HST", "12", "13"),
        (4, "school", "ML05", "REF", "5", None),
    ]
    assert seen.tables.tables[""].select("organisation", "month", "nil").rows() == [("amss", "2016-12-01", "no")]
    receipt = intake.take_arrival(seen, OWNER)
    assert (len(receipt.received), receipt.refused) == (1, 0)
    corrected = workbook(
        ["Activité", "Lieu", "Réfugiés", None, "Communauté hôte", None],
        [None, None, "Femmes", "Hommes", "Femmes", "Hommes"],
        ["Séance d'hygiène", "Gao", 10, 11, 12, 14],
        merged=["C1:D1", "E1:F1"],
    )
    again = intake.arrive(corrected, "AMSS décembre 2016 v2.xlsx", OWNER, organisation="amss", form_id="monthly")
    seen = intake.preview_arrival(again.id, OWNER)
    (correction,) = seen.receipt.corrections
    assert [(change.kind, change.key) for change in correction.changes if change.table] == [
        ("unchanged", "hygiene, ML07, REF"), ("changed", "hygiene, ML07, HST"), ("gone", "school, ML05, REF"),
    ]  # fmt: skip
    assert seen.counts["gone"] == 1


def test_a_partner_sees_and_sends_its_own_alone(home: Instance) -> None:
    awa, moussa = acting("awa"), acting("moussa")
    one = intake.arrive(LAST_YEAR, "retour.xlsx", awa)
    assert one.organisation == "amss"
    assert intake.arrivals(moussa) == []
    for call in (
        lambda: intake.arrival(one.id, moussa),
        lambda: intake.understand(one.id, moussa),
        lambda: intake.preview_arrival(one.id, moussa),
        lambda: intake.discard(one.id, moussa, "late_return"),
        lambda: intake.arrive(LAST_YEAR, "retour.xlsx", moussa, organisation="amss"),
        lambda: intake.keep_mapping("amss", FormMapping(form_id="kits"), moussa),
    ):
        with pytest.raises(Refused) as refused:
            call()
        assert [problem.id for problem in refused.value.problems] == ["access.not_permitted"]


def test_what_is_discarded_stays_and_is_not_taken_in(home: Instance) -> None:
    one = intake.arrive(LAST_YEAR, "retour.xlsx", OWNER, organisation="amss")
    keep(one)
    seen = intake.preview_arrival(one.id, OWNER)
    assert intake.discard(one.id, OWNER, "late_return").state == "discarded"
    assert intake.content_of(one) == LAST_YEAR
    with pytest.raises(Refused) as refused:
        intake.take_arrival(seen, OWNER)
    assert [problem.id for problem in refused.value.problems] == ["intake.arrival_closed"]


def test_bytes_changed_on_the_disk_are_found(home: Instance) -> None:
    one = intake.arrive(LAST_YEAR, "retour.xlsx", OWNER, organisation="amss")
    path = home.files.path(one.sha256)
    path.chmod(0o600)
    path.write_bytes(LAST_YEAR + b" ")
    assert [problem.id for problem in intake.verify()] == ["intake.arrival_untold"]
    with pytest.raises(Refused):
        intake.preview_arrival(one.id, OWNER)


def test_a_day_that_could_be_two_is_asked_and_its_row_is_not_taken_in(home: Instance) -> None:
    rows = table(
        "Jour de distribution;Localité;Type de kit;Femmes",
        "9/7/2014;Gao;Kit scolaire;3",
        "2014-07-01;Gao;Kit scolaire;4",
    )
    one = intake.arrive(rows, "x.csv", OWNER, organisation="amss", form_id="kits")
    keep(one)
    seen = intake.preview_arrival(one.id, OWNER)
    assert [(asked.kind, asked.text, [day for day, _ in asked.options]) for asked in seen.asked] == [
        ("date", "9/7/2014", ["2014-07-09", "2014-09-07"])
    ]
    assert (seen.counts["wrong"], seen.counts["new"]) == (1, 1)
    keep(one, dates="month-day")
    seen = intake.preview_arrival(one.id, OWNER)
    assert (seen.asked, seen.counts["new"]) == ((), 2)
    assert seen.tables is not None
    assert seen.tables.tables[""]["given_on"].to_list() == ["2014-09-07", "2014-07-01"]
