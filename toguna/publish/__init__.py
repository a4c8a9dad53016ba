"""The room `publish`: see README.md beside this file."""
