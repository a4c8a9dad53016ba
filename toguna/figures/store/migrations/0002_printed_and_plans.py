from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("figures", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="PrintedFigure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("edition", models.CharField(max_length=200)),
                ("reference", models.CharField(max_length=1000)),
                ("indicator", models.CharField(max_length=100)),
                ("definition", models.CharField(max_length=64)),
                ("start", models.DateField(null=True)),
                ("end", models.DateField()),
                ("places", models.JSONField()),
                ("categories", models.JSONField()),
                ("sequence", models.BigIntegerField()),
                ("low", models.CharField(max_length=60)),
                ("high", models.CharField(max_length=60)),
                ("listed", models.JSONField(null=True)),
            ],
            options={
                "db_table": "figures_printed",
                "indexes": [models.Index(fields=["edition"], name="figures_printed_edition")],
            },
        ),
        migrations.CreateModel(
            name="PublicationPlan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("start", models.DateField()),
                ("end", models.DateField()),
                ("indicator", models.CharField(max_length=100)),
                ("sequence", models.BigIntegerField()),
                ("cells", models.JSONField()),
                ("act", models.BigIntegerField()),
            ],
            options={
                "db_table": "figures_publication_plan",
                "indexes": [models.Index(fields=["indicator", "end", "act"], name="figures_plan_of")],
                "constraints": [models.UniqueConstraint(fields=("indicator", "act"), name="figures_plan_once")],
            },
        ),
    ]
