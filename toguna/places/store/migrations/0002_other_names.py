"""Names in further languages beside English and French."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("places", "0001_initial")]

    operations = [
        migrations.AddField(model_name="placerow", name="other_names", field=models.TextField(default="")),
    ]
