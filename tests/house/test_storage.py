"""What rooms store: migrations are the schema, foreign keys are indexed, every room that stores says so to the instance."""

from __future__ import annotations

from io import StringIO

from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection

from tests.house.code import HOUSE
from toguna.instance.api import Instance
from toguna.instance.settings import ROOMS


def test_migrations_are_the_schema(instance: Instance) -> None:
    out = StringIO()
    try:
        call_command("makemigrations", "--check", "--dry-run", stdout=out)
    except (SystemExit, CommandError):
        raise AssertionError(f"make the migration that is missing:\n{out.getvalue()}") from None


def test_every_room_with_models_is_an_app() -> None:
    storing = {path.parent.name for path in HOUSE.glob("*/models.py")}
    assert storing <= set(ROOMS), f"name these in toguna/instance/settings.py ROOMS: {storing - set(ROOMS)}"
    assert {config.label for config in apps.get_app_configs()} == storing


def test_every_foreign_key_is_indexed(instance: Instance) -> None:
    """A key without an index makes each deletion and each join read the whole table."""
    missing = []
    with connection.cursor() as cursor:
        for model in apps.get_models():
            table = model._meta.db_table
            constraints = connection.introspection.get_constraints(cursor, table).values()
            leading = {one["columns"][0] for one in constraints if one["index"] or one["unique"] or one["primary_key"]}
            for column in (field.column for field in model._meta.fields if field.is_relation):
                if column not in leading:
                    missing.append(f"CREATE INDEX ON {table} ({column});")
    assert missing == [], "\n".join(missing)


def test_tables_are_named_after_their_room() -> None:
    wrong = [
        model._meta.db_table
        for model in apps.get_models()
        if not model._meta.db_table.startswith(f"{model._meta.app_label}_")
    ]
    assert wrong == []
