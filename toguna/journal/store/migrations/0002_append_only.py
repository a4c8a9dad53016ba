from pathlib import Path

from django.db import migrations

from toguna.instance.store.sql import run_sql


class Migration(migrations.Migration):

    dependencies = [("journal", "0001_initial")]

    operations = [run_sql(Path(__file__).parents[1] / "sql", "append_only")]
