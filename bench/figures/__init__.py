"""Figures measured beside their peers, on records of one shape. No instance is needed: Django gets settings and no database."""

from pathlib import Path

from toguna.instance.api import configure

configure(Path("no-instance"))
