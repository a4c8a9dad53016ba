import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Account',
            fields=[
                ('name', models.CharField(max_length=60, primary_key=True, serialize=False)),
                ('organisation', models.CharField(max_length=70)),
                ('password', models.CharField(max_length=200)),
                ('active', models.BooleanField()),
                ('added_at', models.DateTimeField()),
            ],
            options={
                'db_table': 'access_account',
            },
        ),
        migrations.CreateModel(
            name='Grant',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(max_length=60)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='grants', to='access.account')),
            ],
            options={
                'db_table': 'access_grant',
                'constraints': [models.UniqueConstraint(fields=('account', 'role'), name='access_grant_once')],
            },
        ),
        migrations.CreateModel(
            name='Scope',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.CharField(max_length=40)),
                ('account', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='scopes', to='access.account')),
            ],
            options={
                'db_table': 'access_scope',
                'constraints': [models.UniqueConstraint(fields=('account', 'place'), name='access_scope_once')],
            },
        ),
    ]
