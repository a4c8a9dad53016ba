"""The digest of the e-mail by which something was cleared; clearances of before have none."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies: ClassVar = [("publish", "0001_initial")]

    operations: ClassVar = [
        migrations.AddField(
            model_name="clearance",
            name="letter",
            field=models.CharField(default="", max_length=64),
        ),
    ]
