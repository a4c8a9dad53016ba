"""A schema survives being stored."""

import json

from toguna.collect.core.schema import (
    Choice,
    Column,
    EntityDeclaration,
    Schema,
    Table,
    highest,
    schema_as_json,
    schema_from_json,
    text_in,
)
from toguna.kernel.api import canonical_json

HOUSEHOLD = Schema(
    form_id="household",
    version="3",
    title={"en": "Household"},
    languages=("en", "fr"),
    default_language="en",
    tables=(
        Table(
            name="",
            columns=(
                Column(name="visited_on", type="date", path=("visited_on",), sensitivity="internal", row=2),
                Column(name="site", type="select_one", path=("where", "site"), reference="places", row=4),
            ),
        ),
        Table(
            name="member",
            path=("member",),
            parent="",
            columns=(Column(name="sex", type="select_one", path=("member", "sex"), choice_list="sex", row=7),),
            repeat_count="${size}",
        ),
    ),
    choices={"sex": (Choice(name="f", label={"en": "female", "fr": "femme"}, filters={"age": "adult"}),)},
    date_column="visited_on",
    place_columns=(("", "site"),),
    entities=(EntityDeclaration(list_name="household", label="${site}"),),
)


def test_json_gives_the_same_schema_and_digest_back() -> None:
    read = schema_from_json(json.loads(canonical_json(schema_as_json(HOUSEHOLD))))
    assert read == HOUSEHOLD
    assert read.digest == HOUSEHOLD.digest


def test_columns_are_found_by_table_and_name() -> None:
    assert HOUSEHOLD.column("member", "sex") is HOUSEHOLD.table("member").columns[0]
    assert HOUSEHOLD.column("", "sex") is None
    assert [(table.name, column.name) for table, column in HOUSEHOLD.columns()] == [
        ("", "visited_on"),
        ("", "site"),
        ("member", "sex"),
    ]


def test_sensitivities_are_ordered_and_texts_fall_back() -> None:
    assert highest("internal", "confidential", "public") == "confidential"
    assert highest() == "public"
    assert text_in({"en": "female"}, "fr") == "female"
    assert text_in({}, "fr", "sex") == "sex"
