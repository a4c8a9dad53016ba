"""The room `instance`: see README.md beside this file."""
