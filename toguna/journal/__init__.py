"""The room `journal`: see README.md beside this file."""
