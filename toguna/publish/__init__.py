"""From an update's source to its published files, and editions frozen as they were issued: see README.md beside this file."""

from toguna.publish.build import Built, Compiled, Desk, build, build_all, compile_text
from toguna.publish.editions import list_editions, previous_values, restatements, verify, withdraw
from toguna.publish.issuing import Issued, issue, rebuild
from toguna.publish.refresh import refresh

__all__ = [
    "Built",
    "Compiled",
    "Desk",
    "Issued",
    "build",
    "build_all",
    "compile_text",
    "issue",
    "list_editions",
    "previous_values",
    "rebuild",
    "refresh",
    "restatements",
    "verify",
    "withdraw",
]
