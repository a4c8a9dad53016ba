"""The room `check`: see README.md beside this file."""
