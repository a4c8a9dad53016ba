"""The room `places`: see README.md beside this file."""
