from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Loaded',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64)),
            ],
            options={
                'db_table': 'places_loaded',
            },
        ),
        migrations.CreateModel(
            name='PlaceRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=40)),
                ('slug', models.CharField(max_length=70)),
                ('name_en', models.CharField(max_length=200)),
                ('name_fr', models.CharField(max_length=200)),
                ('level', models.SmallIntegerField()),
                ('kind', models.CharField(max_length=60)),
                ('parent', models.CharField(max_length=40, null=True)),
                ('valid_from', models.DateField(null=True)),
                ('valid_to', models.DateField(null=True)),
                ('aliases', models.TextField()),
                ('lat', models.DecimalField(decimal_places=8, max_digits=12, null=True)),
                ('lon', models.DecimalField(decimal_places=8, max_digits=12, null=True)),
            ],
            options={
                'db_table': 'places_place',
                'constraints': [models.UniqueConstraint(fields=('code', 'valid_from'), name='places_place_once')],
            },
        ),
    ]
