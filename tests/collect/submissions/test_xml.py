"""Filled forms as XML: what is understood, what is refused, and that nothing is dropped in silence (facts/ecosystem.md 1.3, 2.2, 2.3)."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from tests.collect.submissions.forms import GOOD, MOMENT, MONTHLY, NOW, checker_of, filled, schema_of
from toguna.collect.core.submissions.assemble import Sorted, check_filled
from toguna.collect.core.submissions.blocks import read_block, rows_of_instance, write_block
from toguna.collect.core.submissions.xml import parse_xml
from toguna.kernel.api import Refused

SCHEMA = schema_of(MONTHLY)
CHECKER = checker_of(SCHEMA)
FORMS = {"monthly": [SCHEMA]}


def check(*raws: bytes) -> Sorted:
    return check_filled([parse_xml(raw, FORMS, f"{n}.xml") for n, raw in enumerate(raws)], CHECKER, NOW, MOMENT)


def refused_with(raw: bytes) -> list[str]:
    with pytest.raises(Refused) as refusal:
        parse_xml(raw, FORMS, "x.xml")
    return [problem.id for problem in refusal.value.problems]


def test_a_filled_form_becomes_typed_rows() -> None:
    repeats = "<visit><day>2016-12-06</day><needs>food water</needs></visit><visit><day>2016-12-07</day></visit>"
    extra = "<amount/><seen_at>2016-12-05T23:30:00.000+01:00</seen_at><point>16.27 -0.04 250.0 4.9</point>"
    [one] = check(filled(GOOD + extra + repeats)).good
    assert one.instance_id == "uuid:1"
    assert one.happened == date(2016, 12, 5)
    assert one.rows[""] == [
        {
            "_row": "",
            "_parent_row": "",
            "report_date": date(2016, 12, 5),
            "place": "ML07",
            "activity": "wash",
            "women": 3,
            "men": 4,
            "total": "7",
            "seen_at": datetime(2016, 12, 5, 22, 30, tzinfo=UTC),
            "point": "16.27 -0.04 250.0 4.9",
        }
    ]
    assert one.rows["visit"] == [
        {"_row": "0", "_parent_row": "", "day": date(2016, 12, 6), "needs": ["food", "water"]},
        {"_row": "1", "_parent_row": "", "day": date(2016, 12, 7)},
    ]


def test_the_template_and_empty_repeats_are_no_rows() -> None:
    template = '<visit xmlns:jr="http://openrosa.org/javarosa" jr:template=""><day/><needs/></visit>'
    [one] = check(filled(GOOD + template + "<visit><day/><needs/></visit>")).good
    assert "visit" not in one.rows


def test_a_block_gives_back_what_it_was_given() -> None:
    raws = [filled(GOOD + f"<visit><day>2016-12-0{n}</day></visit>", f"uuid:{n}") for n in (6, 7)]
    good = check(*raws).good
    tables = read_block(write_block(SCHEMA, good))
    assert [table.num_rows for table in tables.values()] == [2, 2]
    for one in good:
        assert rows_of_instance(tables, one.instance_id) == {name: list(rows) for name, rows in one.rows.items()}


def test_without_an_instance_id_the_same_bytes_are_the_same_submission() -> None:
    raw = filled(GOOD).replace(b"<orx:instanceID>uuid:1</orx:instanceID>", b"")
    other = raw.replace(b"<men>4</men>", b"<men>5</men>")
    ids = [parse_xml(each, FORMS).instance_id for each in (raw, raw, other)]
    assert ids[0] == ids[1] != ids[2]


def test_an_unknown_node_is_told_and_kept_with_the_bytes() -> None:
    found = check(filled(GOOD + "<remarks>the road was cut</remarks><note/>"))
    assert [problem.id for problem in found.warnings] == ["collect.xml_node_unknown"]
    assert b"the road was cut" in found.good[0].raw


@pytest.mark.parametrize(
    ("values", "column", "fault"),
    [
        (GOOD.replace("2016-12-05", "2016-02-31"), "report_date", "collect.value_not_a_date"),
        (GOOD.replace("2016-12-05", "2017-01-01"), "report_date", "collect.constraint_broken"),
        (GOOD.replace("ML07", "ML99"), "place", "collect.choice_unknown"),
        (GOOD.replace("wash", "wasch"), "activity", "collect.choice_unknown"),
        (GOOD.replace(">3<", ">-3<"), "women", "collect.constraint_broken"),
        (GOOD.replace(">3<", ">3.5<"), "women", "collect.value_not_whole"),
        (GOOD + "<amount>5</amount>", "amount", "collect.value_not_relevant"),
        (GOOD.replace("<place>ML07</place>", "<place/>"), "place", "collect.value_missing"),
        (GOOD + "<visit><day>2016-12-01</day></visit>", "day", "collect.constraint_broken"),
        (GOOD + "<point>96.27 -0.04</point>", "point", "collect.value_not_a_point"),
    ],
)
def test_a_bad_value_is_refused_with_its_place(values: str, column: str, fault: str) -> None:
    found = check(filled(values), filled(GOOD, "uuid:2"))
    assert [one.instance_id for one in found.good] == ["uuid:2"]
    [refusal] = found.refused
    assert refusal.raw == filled(values)
    [problem] = refusal.problems
    assert (problem.id, problem.place.file, problem.place.column) == (fault, "0.xml", column)


def test_amounts_of_cash_are_decimals() -> None:
    [one] = check(filled(GOOD.replace("wash", "cash") + "<amount>1234.5</amount>")).good
    assert one.rows[""][0]["amount"] == Decimal("1234.5")


def test_what_is_no_filled_form_is_refused() -> None:
    good = filled(GOOD)
    assert refused_with(good[:-30]) == ["collect.xml_broken"]
    assert refused_with(b"") == ["collect.xml_broken"]
    bomb = b'<!DOCTYPE d [<!ENTITY a "lol"><!ENTITY b "&a;&a;">]>' + good[21:].replace(b"ML07", b"&b;")
    assert refused_with(bomb) == ["collect.xml_doctype"]
    hidden = '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE data [<!ENTITY a "lol">]><data id="monthly"/>'
    assert refused_with(hidden.encode("utf-16")) == ["collect.xml_doctype"]
    assert refused_with(b"<a>" * 100_000) == ["collect.xml_too_deep"]
    assert refused_with(b"<data>" + b"x" * 10_000_001 + b"</data>") == ["collect.xml_too_large"]
    assert refused_with(good.replace(b'id="monthly"', b'id="weekly"')) == ["collect.form_unknown"]
    assert refused_with(good.replace(b'version="2016"', b'version="2014"')) == ["collect.form_version_unknown"]


@pytest.mark.parametrize(
    ("women", "saved"),
    [("<women>3</women>", {"women": "3"}), ("<women/>", {"women": ""}), ("<women></women>", {"women": ""}), ("", {})],
)
def test_a_question_left_blank_empties_what_it_saves_to_and_one_not_asked_does_not(
    women: str, saved: dict[str, str]
) -> None:
    text = MONTHLY.replace("| calculation |", "| calculation | save_to |").replace(
        "| | integer | women | Women | Femmes | | | . >= 0 | |",
        "| | integer | women | Women | Femmes | | | . >= 0 | | women |",
    )
    text += "| entities | | |\n| | list_name | label |\n| | site | ${place} |\n"
    checker = checker_of(schema_of(text))
    entity = (
        '<entities:entity xmlns:entities="http://www.opendatakit.org/xforms/entities" dataset="site" '
        'id="0b6f1f2a-9f5b-4f6e-8a53-0d1f6a1c2b3d" update="1" baseVersion="1"/>'
    )
    raw = filled(GOOD.replace("<women>3</women>", women), "uuid:1", entity)
    found = check_filled([parse_xml(raw, {"monthly": [checker.schema]})], checker, NOW, MOMENT)
    assert found.good[0].entities[0].properties == saved


def test_entities_are_read_and_a_bad_one_never_costs_the_submission() -> None:
    text = MONTHLY.replace("| calculation |", "| calculation | save_to |").replace(
        "| | integer | women | Women | Femmes | | | . >= 0 | |",
        "| | integer | women | Women | Femmes | | | . >= 0 | | women |",
    )
    text += "| entities | | |\n| | list_name | label |\n| | site | ${place} |\n"
    checker = checker_of(schema_of(text))
    entity = (
        '<entities:entity xmlns:entities="http://www.opendatakit.org/xforms/entities" dataset="site" '
        'id="{id}" create="1" baseVersion="" ><entities:label>Gao</entities:label></entities:entity>'
    )
    good_id = "0b6f1f2a-9f5b-4f6e-8a53-0d1f6a1c2b3d"
    raws = [
        filled(GOOD, "uuid:1", entity.format(id=good_id)),
        filled(GOOD, "uuid:2", entity.format(id="nonsense")),
        filled(GOOD, "uuid:3", entity.format(id=good_id).replace('baseVersion=""', 'baseVersion="²"')),
        filled(GOOD, "uuid:4", entity.format(id=good_id).replace('baseVersion=""', 'trunkVersion="1e9"')),
        filled(GOOD, "uuid:6", entity.format(id=good_id).replace('"site"', '"sites"')),
        filled(GOOD, "uuid:7", entity.format(id=good_id).replace('baseVersion=""', 'branchId="b"')),
        filled(GOOD, "uuid:5", entity.format(id=good_id).replace('baseVersion=""', f'baseVersion="{10**20}"')),
    ]
    parsed = [parse_xml(raw, {"monthly": [checker.schema]}) for raw in raws]
    found = check_filled(parsed, checker, NOW, MOMENT)
    first, *others = found.good
    [operation] = first.entities
    assert (operation.list_name, operation.create, operation.update, operation.label) == ("site", True, False, "Gao")
    assert operation.properties == {"women": "3"}
    assert [one.entities for one in others] == [()] * 6
    assert [problem.id for problem in found.warnings] == ["collect.entity_broken"] * 6
