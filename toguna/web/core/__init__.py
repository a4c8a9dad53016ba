"""Plain typed Python: no Django, no files, no database."""
