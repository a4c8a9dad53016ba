"""The room `organisations`: see README.md beside this file."""
