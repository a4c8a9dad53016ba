"""The room `figures`: see README.md beside this file."""
