"""The room `collect`: see README.md beside this file."""
