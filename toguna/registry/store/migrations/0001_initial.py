from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Approval',
            fields=[
                ('sequence', models.BigIntegerField(primary_key=True, serialize=False)),
                ('list_name', models.CharField(db_index=True, max_length=100)),
                ('required', models.BooleanField()),
            ],
            options={
                'db_table': 'registry_approval',
            },
        ),
        migrations.CreateModel(
            name='Held',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('list_name', models.CharField(max_length=100)),
                ('entity_id', models.CharField(max_length=255)),
                ('instance_id', models.CharField(max_length=255)),
                ('sequence', models.BigIntegerField()),
                ('reason', models.CharField(max_length=20)),
                ('due', models.DateTimeField(null=True)),
            ],
            options={
                'db_table': 'registry_held',
                'indexes': [models.Index(fields=['list_name', 'entity_id'], name='registry_held_entity'), models.Index(fields=['due'], name='registry_held_due')],
            },
        ),
        migrations.CreateModel(
            name='Resolution',
            fields=[
                ('sequence', models.BigIntegerField(primary_key=True, serialize=False)),
                ('list_name', models.CharField(max_length=100)),
                ('entity_id', models.CharField(max_length=255)),
                ('label', models.TextField(blank=True)),
                ('properties', models.TextField()),
                ('happened', models.DateField()),
                ('at', models.DateTimeField()),
            ],
            options={
                'db_table': 'registry_resolution',
                'indexes': [models.Index(fields=['list_name', 'entity_id'], name='registry_resolution_entity')],
            },
        ),
        migrations.CreateModel(
            name='VersionSpan',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('list_name', models.CharField(max_length=100)),
                ('entity_id', models.CharField(max_length=255)),
                ('number', models.IntegerField()),
                ('label', models.TextField()),
                ('properties', models.TextField()),
                ('happened', models.DateField()),
                ('instance_id', models.CharField(max_length=255)),
                ('base', models.IntegerField(null=True)),
                ('branch_id', models.CharField(max_length=255, null=True)),
                ('forced', models.BooleanField()),
                ('conflict', models.CharField(max_length=4)),
                ('conflicting', models.TextField()),
                ('settled', models.BooleanField()),
                ('seq_from', models.BigIntegerField()),
                ('seq_to', models.BigIntegerField(null=True)),
            ],
            options={
                'db_table': 'registry_version_span',
                'indexes': [models.Index(fields=['list_name', 'entity_id'], name='registry_span_entity'), models.Index(fields=['list_name', 'seq_from'], name='registry_span_from'), models.Index(fields=['list_name', 'seq_to'], name='registry_span_to')],
            },
        ),
    ]
