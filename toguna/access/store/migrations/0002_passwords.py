"""Passwords as Django's Argon2 hasher writes them: its name before what Argon2 itself writes."""

from django.db import migrations
from django.db.models import F, Value
from django.db.models.functions import Concat, Substr


def to_django(apps, schema_editor):
    bare = apps.get_model("access", "Account").objects.filter(password__startswith="$argon2")
    bare.update(password=Concat(Value("argon2"), F("password")))


def from_django(apps, schema_editor):
    named = apps.get_model("access", "Account").objects.filter(password__startswith="argon2$argon2")
    named.update(password=Substr("password", len("argon2") + 1))


class Migration(migrations.Migration):

    dependencies = [
        ("access", "0001_initial"),
    ]

    operations = [
        migrations.RunPython(to_django, from_django),
    ]
