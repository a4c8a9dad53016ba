"""The room `pack`: see README.md beside this file."""
