"""A form in each of its three writings gives the same schema; faults carry their place."""

from pathlib import Path

import pytest
from lxml import etree

from toguna.collect.core.forms import ReadForm, read_form
from toguna.collect.core.schema import Schema

WATER_POINT = """
# Water points

| survey |                              |          |                   |                          |          |          |          |              |             |           |
|        | type                         | name     | label::English (en) | label::Français (fr)   | required | relevant | save_to  | bind::tg:sensitivity | bind::tg:lake | choice_filter |
|        | date                         | seen_on  | Date of the visit | Date de la visite        | yes      |          |          | internal     |             |           |
|        | select_one_from_file places.csv | site  | Site              | Site                     | yes      |          | site     | internal     |             |           |
|        | begin_group                  | point    | The point         | Le point                 |          | ${seen_on} != '' | | public   |             |           |
|        | select_one kind              | type     | Type              | Type                     |          |          | type     |              |             |           |
|        | select_one status            | status   | Status            | État                     |          | ${type} != '' | status |           |             |           |
|        | text                         | remark   | Remark            | Remarque                 |          |          |          |              | yes         |           |
|        | note                         | thanks   | Thank you         | Merci                    |          |          |          |              |             |           |
|        | end_group                    |          |                   |                          |          |          |          |              |             |           |
|        | begin_repeat                 | flow     | Measures          | Mesures                  |          |          |          | internal     |             |           |
|        | decimal                      | litres   | Litres a minute   | Litres par minute        |          |          |          |              |             |           |
|        | date                         | status   | Measured on       | Mesuré le                |          |          |          |              |             |           |
|        | end_repeat                   |          |                   |                          |          |          |          |              |             |           |

| choices |           |           |                     |                      |
|         | list_name | name      | label::English (en) | label::Français (fr) |
|         | kind      | borehole  | borehole            | forage               |
|         | kind      | well      | well                | puits                |
|         | status    | works     | works               | marche               |
|         | status    | delayed   | delayed             | en retard            |

| entities |           |         |
|          | list_name | label   |
|          | water_point | ${site} |

| settings |             |            |                  |         |
|          | form_id     | form_title | default_language | version |
|          | water_point | Water point | English (en)    | 1       |
"""


def read(text: str, name: str = "form.md") -> ReadForm:
    return read_form(text.encode(), name)


def good(text: str) -> Schema:
    form = read(text)
    assert [problem.written() for problem in form.problems if problem.is_error] == []
    assert form.schema is not None
    return form.schema


def test_a_schema_says_what_the_sheets_say() -> None:
    schema = good(WATER_POINT)
    assert (schema.form_id, schema.version, schema.languages) == ("water_point", "1", ("en", "fr"))
    assert [(t.name, t.parent, [c.name for c in t.columns]) for t in schema.tables] == [
        ("", None, ["seen_on", "site", "type", "status", "remark"]),
        ("flow", "", ["litres", "status"]),
    ]
    assert schema.date_column == "seen_on"
    assert schema.place_columns == (("", "site"),)
    site, status = schema.column("", "site"), schema.column("", "status")
    assert site and status
    assert (site.type, site.reference, site.choice_list, site.required) == ("select_one", "places", None, "true()")
    assert (status.path, status.relevant) == (("point", "status"), "(${seen_on} != '') and (${type} != '')")
    assert (status.sensitivity, status.saveto, status.saveto_list) == ("public", "status", "water_point")
    assert [choice.label["fr"] for choice in schema.choices["status"]] == ["marche", "en retard"]
    assert [(each.list_name, each.table) for each in schema.entities] == [("water_point", "")]
    assert schema.sensitivity == "internal"


def test_every_column_stands_in_the_xform_where_its_path_says() -> None:
    form = read(WATER_POINT)
    assert form.schema and form.xform
    instance = etree.fromstring(form.xform.encode()).find(".//{*}instance")[0]
    for _, column in form.schema.columns():
        assert instance.find("/".join(f"{{*}}{step}" for step in column.path)) is not None, column.name
    assert 'tg:sensitivity="public"' in form.xform


def test_absent_sensitivity_is_confidential() -> None:
    schema = good(
        """
        | survey   |         |          |       |
        |          | type    | name     | label |
        |          | integer | children | Children |
        | settings |         |          |       |
        |          | form_id | version  |       |
        |          | small   | 1        |       |
        """
    )
    assert schema.sensitivity == "confidential"


def test_a_form_read_before_is_not_read_again() -> None:
    assert read(WATER_POINT) is read(WATER_POINT)


@pytest.mark.parametrize(
    "content", [b"", b"\0\1\2", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"no table", "é".encode("latin-1")]
)
def test_what_is_no_form_is_refused_with_one_fault(content: bytes) -> None:
    form = read_form(content, "file")
    assert form.schema is None
    assert len(form.problems) == 1
    assert form.problems[0].what("fr")


def test_a_path_is_read(tmp_path: Path) -> None:
    (tmp_path / "water_point.md").write_text(WATER_POINT, "utf-8")
    assert read_form(tmp_path / "water_point.md").is_good
