from django.db import migrations, models


class Migration(migrations.Migration):
    """An act on several months makes a plan of an indicator for each of them."""

    dependencies = [("figures", "0002_printed_and_plans")]

    operations = [
        migrations.RemoveConstraint(model_name="publicationplan", name="figures_plan_once"),
        migrations.AddConstraint(
            model_name="publicationplan",
            constraint=models.UniqueConstraint(fields=["indicator", "start", "end", "act"], name="figures_plan_once"),
        ),
    ]
