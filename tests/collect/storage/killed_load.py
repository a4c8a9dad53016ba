"""Loads a folder in small portions and says so after each: the process that `test_kill` kills."""

from __future__ import annotations

import sys
from pathlib import Path

from toguna.instance.api import configure, open_instance

if __name__ == "__main__":
    home, folder = map(Path, sys.argv[1:])
    configure(home)
    open_instance(home)
    from toguna.access.api import acting
    from toguna.collect import loading

    loading.PORTION = 20
    loading.load([folder], acting(None), progress=lambda done: print("portion", flush=True))
    print("done", flush=True)
