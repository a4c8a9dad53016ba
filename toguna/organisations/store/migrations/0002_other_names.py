"""Names in further languages beside English and French."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("organisations", "0001_initial")]

    operations = [
        migrations.AddField(model_name="organisationrow", name="other_names", field=models.TextField(default="")),
    ]
