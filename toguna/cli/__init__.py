"""The command ``toguna``: a table of verbs; each names a module and loads it only when it runs."""

from toguna.cli.command import main

__all__ = ["main"]
