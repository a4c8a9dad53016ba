"""What rooms store: migrations are the schema, foreign keys are indexed, every room that stores says so to the instance."""

from __future__ import annotations

from collections.abc import Callable
from io import StringIO

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import Model

from tests.house.code import HOUSE
from toguna.instance.api import Instance


def test_migrations_are_the_schema(instance: Instance) -> None:
    out = StringIO()
    try:
        call_command("makemigrations", "--check", "--dry-run", stdout=out)
    except (SystemExit, CommandError):
        raise AssertionError(f"make the migration that is missing:\n{out.getvalue()}") from None


#: Apps of Django and of django-allauth that accounts and pages need.
DJANGO_APPS = {"auth", "contenttypes", "sessions", "messages", "humanize", "staticfiles", "allauth", "account", "mfa"}


def ours() -> list[type[Model]]:
    return [model for model in apps.get_models() if model._meta.app_label not in DJANGO_APPS]


def test_every_room_with_models_is_an_app() -> None:
    storing = {path.parents[1].name for path in HOUSE.glob("*/store/models.py")}
    named = {config.label for config in apps.get_app_configs()} - DJANGO_APPS
    assert named == storing, f"name each store in toguna/project/settings.py INSTALLED_APPS: {named ^ storing}"


def test_accounts_are_the_users_of_django(instance: Instance) -> None:
    """Any part of Django that knows users knows ours; when somebody signed in is for the journal to say."""
    assert get_user_model()._meta.label == "access.Account"
    assert "last_login" not in {field.name for field in get_user_model()._meta.get_fields()}
    call_command("check", stdout=StringIO())


def test_each_instance_signs_with_its_own_key(new_instance: Callable[[], Instance]) -> None:
    keys = []
    for _ in range(2):
        instance = new_instance()
        keys.append(settings.SECRET_KEY)
        assert (instance.home / "secrets" / "signing").read_bytes().hex() == settings.SECRET_KEY
    assert len(set(keys)) == 1, "a copied instance keeps its key"


def test_every_foreign_key_is_indexed(instance: Instance) -> None:
    """A key without an index makes each deletion and each join read the whole table."""
    missing = []
    with connection.cursor() as cursor:
        for model in ours():
            table = model._meta.db_table
            constraints = connection.introspection.get_constraints(cursor, table).values()
            leading = {one["columns"][0] for one in constraints if one["index"] or one["unique"] or one["primary_key"]}
            for column in (field.column for field in model._meta.fields if field.is_relation):
                if column not in leading:
                    missing.append(f"CREATE INDEX ON {table} ({column});")
    assert missing == [], "\n".join(missing)


def test_tables_are_named_after_their_room() -> None:
    wrong = [
        model._meta.db_table for model in ours() if not model._meta.db_table.startswith(f"{model._meta.app_label}_")
    ]
    assert wrong == []
