"""What pyxform accepts is accepted: ids, names, references, loops, external choices, in the same places of the XForm."""

from __future__ import annotations

import pytest
from lxml import etree

from tests.collect.forms.test_reading import read
from tests.collect.workbooks import by_xlsxwriter
from toguna.collect.core.forms import read_form
from toguna.collect.core.forms.compiled import MANY_CHOICES, OF_EACH_LIST, compile_book, sampled
from toguna.collect.core.forms.reading import read_book
from toguna.collect.core.schema import Schema

FORM = """
| survey | | | | |
| | type | name | label | calculation |
{rows}
{choices}
| settings | | | | |
| | form_id | version | instance_name | |
| | {form_id} | 1 | {instance_name} | |
"""


def form(rows: str, form_id: str = "small", choices: str = "", instance_name: str = "") -> Schema:
    written = read(FORM.format(rows=rows, form_id=form_id, choices=choices, instance_name=instance_name))
    assert [one.written() for one in written.problems if one.is_error] == []
    assert written.schema is not None and written.xform is not None
    instance = etree.fromstring(written.xform.encode()).find(".//{*}instance")[0]
    for _, column in written.schema.columns():
        assert instance.find("/".join(f"{{*}}{step}" for step in column.path)) is not None, column.name
    assert instance.get("id") == written.schema.form_id
    return written.schema


@pytest.mark.parametrize(
    ("form_id", "slug"),
    [
        ("water-point-v2", "water_point_v2"),
        ("aXq7Bd9KzLm3", "axq7bd9kzlm3"),
        ("Suivi mensuel 2016", "suivi_mensuel_2016"),
        ("2016.returns", "q_2016_returns"),
        ("small_form", "small_form"),
        ("build_Enquête-ménages_1480000000", "build_enquete_menages_1480000000"),
    ],
)
def test_the_form_id_is_kept_and_the_slug_is_beside_it(form_id: str, slug: str) -> None:
    schema = form("| | text | a | A | |", form_id)
    assert (schema.form_id, schema.slug) == (form_id, slug)


@pytest.mark.parametrize("form_id", ["x" * 101, "a/b", "a\\b"])
def test_an_id_that_no_file_could_have_is_refused(form_id: str) -> None:
    problems = read(FORM.format(rows="| | text | a | A | |", form_id=form_id, choices="", instance_name="")).problems
    assert [one.id for one in problems] == ["forms.form_id_invalid"]


def test_names_that_differ_in_capitals_are_two_columns() -> None:
    schema = form("| | text | Q1 | A | |\n| | text | q1 | B | |\n| | text | META | C | |\n| | text | q1_2 | D | |")
    assert [column.name for column in schema.tables[0].columns] == ["Q1", "q1_3", "META", "q1_2"]
    assert [column.path for column in schema.tables[0].columns] == [("Q1",), ("q1",), ("META",), ("q1_2",)]


def test_repeats_that_differ_in_capitals_are_two_tables() -> None:
    rows = "| | begin_repeat | Visit | V | |\n| | text | a | A | |\n| | end_repeat | | | |\n"
    schema = form(rows + rows.replace("Visit", "visit").replace("| a |", "| b |"))
    assert [(table.name, table.path) for table in schema.tables] == [
        ("", ()),
        ("Visit", ("Visit",)),
        ("visit_2", ("visit",)),
    ]


def test_the_instance_id_may_be_referred_to() -> None:
    form("| | text | a | A | |\n| | calculate | id | | ${instanceID} |")
    problems = read(
        FORM.format(rows="| | calculate | id | | ${instanceName} |", form_id="x", choices="", instance_name="")
    ).problems
    assert "forms.reference_unknown" in [one.id for one in problems]


CHOICES = """| choices | | | | |
| | list_name | name | label | |
| | kinds | well | Well | |
| | kinds | pump | Pump | |"""


def test_a_loop_is_a_group_for_each_choice() -> None:
    rows = (
        "| | begin_loop over kinds | each | Of %(label)s | |\n| | integer | number | How many: %(label)s | |\n"
        "| | calculate | half | | ${a} div 2 |\n| | end_loop | | | |\n| | integer | a | A | |"
    )
    columns = form(rows, choices=CHOICES).tables[0].columns
    assert [column.path for column in columns] == [
        ("each", "well", "number"), ("each", "well", "half"), ("each", "pump", "number"), ("each", "pump", "half"), ("a",),
    ]  # fmt: skip
    assert [list(column.label.values()) for column in columns][:3:2] == [["How many: Well"], ["How many: Pump"]]
    assert len({column.name for column in columns}) == len(columns)


def test_a_loop_without_a_list_has_its_sentence() -> None:
    rows = "| | begin_loop | each | E | |\n| | integer | number | N | |\n| | end_loop | | | |"
    problems = read(FORM.format(rows=rows, form_id="x", choices=CHOICES, instance_name="")).problems
    [loop] = [one for one in problems if one.id == "forms.loop"]
    assert "kinds" in loop.cure("fr")


@pytest.mark.parametrize("header", ["list_name", "LIST_NAME", "list name", "List Name"])
def test_external_choices_are_found_whatever_the_header_writes(header: str) -> None:
    content = by_xlsxwriter(
        {
            "survey": [["TYPE", "NAME", "LABEL", "CHOICE_FILTER"], ["text", "region", "Region", None], ["select_one_external town", "town", "Town", "region=${region}"]],
            "external_choices": [[header, "name", "label", "region"], ["town", "gao", "Gao", "north"]],
            "settings": [["form_id", "version"], ["towns", "1"]],
        }
    )  # fmt: skip
    assert [one.written() for one in read_form(content, "form.xlsx").problems if one.is_error] == []


def refused(rows: str, choices: str = "") -> list[tuple[str, int | None]]:
    """The errors and their rows; pyxform must refuse the same form, and have nothing to add."""
    book = read_book(FORM.format(rows=rows, form_id="x", choices=choices, instance_name="").encode(), "form.md")
    assert compile_book(book, "x").xform is None
    problems = read(FORM.format(rows=rows, form_id="x", choices=choices, instance_name="")).problems
    assert all(one.what("fr") != one.what("en") for one in problems)
    return [(one.id.partition(".")[2], one.place.row) for one in problems if one.is_error]


@pytest.mark.parametrize(
    ("type_", "parameters", "fault"),
    [
        ("image", "max-pixels=640 foo=bar", "parameter_unknown"),
        ("image", "max-pixels=foo", "parameter_value"),
        ("text", "rows=many", "parameter_value"),
        ("audio", "quality=best", "parameter_value"),
        ("range", "start=1 end=xx", "parameter_value"),
        ("range", "start=1 end", "parameters_broken"),
        ("select_one kinds", "randomize=perhaps", "parameter_value"),
        ("select_one kinds", "seed=4", "parameter_missing"),
        ("geopoint", "capture-accuracy=near", "parameter_value"),
        ("geoshape", "incremental=false", "parameter_value"),
    ],
)
def test_parameters_have_their_own_sentence(type_: str, parameters: str, fault: str) -> None:
    rows = f"| | text | first | A | |\n| | {type_} | q | Q | {parameters} |"
    form = FORM.replace("calculation", "parameters")
    written = form.format(rows=rows, form_id="x", choices=CHOICES, instance_name="")
    assert compile_book(read_book(written.encode(), "form.md"), "x").xform is None
    problems = [one for one in read(written).problems if one.is_error]
    assert [(one.id, one.place.row) for one in problems] == [(f"forms.{fault}", 3)]
    assert problems[0].what("fr") != problems[0].what("en")


def test_a_question_without_a_text_has_its_own_sentence() -> None:
    assert refused("| | text | a | A | |\n| | integer | b | | |") == [("label_needed", 3)]


def test_two_sources_of_one_name_have_their_own_sentence() -> None:
    rows = "| | xml-external | kinds | | |\n| | text | a | A | |\n| | calculate | b | | pulldata('kinds', 'x', 'y', ${a}) |"
    assert refused(rows) == [("instance_twice", 4)]
    assert refused("| | select_one_from_file kinds.csv | a | A | |\n| | select_one kinds | b | B | |", CHOICES) == [
        ("instance_twice", 2)
    ]


def test_long_lists_are_checked_wholly_and_compiled_when_the_form_is_asked_for() -> None:
    """Every choice is looked at; pyxform is given the first of each list and those that name a question."""
    many = [["town", f"t{at}", f"Town {at}"] for at in range(MANY_CHOICES + 1)]
    sheets = {
        "survey": [["type", "name", "label"], ["text", "a", "A"], ["select_one town", "town", "Town"]],
        "choices": [["list_name", "name", "label"], *many],
        "settings": [["form_id", "version"], ["towns", "1"]],
    }
    content = by_xlsxwriter(sheets)
    assert len(sampled(read_book(content, "form.xlsx")).sheets["choices"].rows) == OF_EACH_LIST
    form = read_form(content, "form.xlsx")
    assert form.schema is not None and len(form.schema.choices["town"]) == len(many)
    assert form.compiled is None and form.xform is not None and f"<name>t{MANY_CHOICES}</name>" in form.xform
    many[-1][1] = "t7"
    [twice] = read_form(by_xlsxwriter(sheets), "form.xlsx").problems
    assert (twice.id, twice.place.row) == ("forms.choice_twice", MANY_CHOICES + 2)
