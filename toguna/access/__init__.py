"""The room `access`: see README.md beside this file."""
