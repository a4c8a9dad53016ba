"""By which act a file came. Of what came before this is not known: `maintenance` attests it as it is.

Acts of receipts hold from now on the digest of the organisation, the sender, the channel, the places and the files too; an instance has to
pass here once, so that what its older acts do not hold is attested.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("collect", "0002_belonging")]

    operations = [
        migrations.AddField("attachment", "came_at", models.BigIntegerField(null=True)),
        migrations.AddIndex("attachment", models.Index(fields=["came_at"], name="collect_attachment_came")),
    ]
