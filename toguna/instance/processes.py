"""Processes of this machine."""

from __future__ import annotations

import os


def process_runs(process: int) -> bool:
    """Whether a process of this number is alive; one of another user counts as alive."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
