"""What this room stores: models, queries, migrations. Only here Django is imported."""
