"""What this room reads and writes of the database. Only here Django is imported."""
