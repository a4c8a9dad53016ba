from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Consumer',
            fields=[
                ('name', models.CharField(max_length=100, primary_key=True, serialize=False)),
                ('sequence', models.BigIntegerField()),
            ],
            options={
                'db_table': 'journal_consumer',
            },
        ),
        migrations.CreateModel(
            name='Act',
            fields=[
                ('sequence', models.BigIntegerField(primary_key=True, serialize=False)),
                ('kind', models.CharField(max_length=100)),
                ('subject', models.CharField(max_length=255)),
                ('detail', models.TextField()),
                ('at', models.DateTimeField()),
                ('actor', models.CharField(max_length=100)),
                ('previous', models.CharField(max_length=64)),
                ('digest', models.CharField(max_length=64)),
            ],
            options={
                'db_table': 'journal_act',
                'indexes': [models.Index(fields=['at', 'sequence'], name='journal_act_at'), models.Index(fields=['kind', 'sequence'], name='journal_act_kind'), models.Index(fields=['subject', 'sequence'], name='journal_act_subject')],
            },
        ),
    ]
