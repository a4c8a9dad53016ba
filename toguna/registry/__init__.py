"""The room `registry`: see README.md beside this file."""
