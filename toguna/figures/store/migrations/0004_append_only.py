from pathlib import Path

from django.db import migrations

from toguna.instance.store.sql import run_sql


class Migration(migrations.Migration):

    dependencies = [("figures", "0003_plans_by_period")]

    operations = [run_sql(Path(__file__).parents[1] / "sql", "append_only")]
