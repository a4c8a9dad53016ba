from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='OrganisationRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=70)),
                ('name_en', models.CharField(max_length=300)),
                ('name_fr', models.CharField(max_length=300)),
                ('acronym', models.CharField(max_length=60)),
                ('kind', models.CharField(max_length=60)),
                ('aliases', models.TextField()),
                ('valid_from', models.DateField(null=True)),
                ('valid_to', models.DateField(null=True)),
            ],
            options={
                'db_table': 'organisations_organisation',
                'constraints': [models.UniqueConstraint(fields=('code', 'valid_from'), name='organisations_once')],
            },
        ),
    ]
