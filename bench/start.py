"""How long a verb takes to start: CPU seconds of whole processes, beside a bare ``django.setup()`` of the same apps in the same run.

``python -m bench.start``: the least of five runs each, since other processes only add. The compiled modules are kept, as in an installed Toguna.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

RUNS = 5
_SETUP = "import os, django; os.environ['DJANGO_SETTINGS_MODULE'] = 'toguna.project.settings'; django.setup()"
#: What is measured: its name, and a program.
PROGRAMS = {
    "python": "pass",
    "django.setup() of the same apps": _SETUP,
    **{
        f"toguna {verb} --help": f"from toguna.cli import main\ntry: main([{verb!r}, '--help'])\nexcept SystemExit: pass"
        for verb in (
            "user",
            "review",
            "backup",
            "load",
            "forms",
            "cutoff",
            "figures",
            "trace",
            "update",
            "verify",
            "check",
        )
    },
}


#: What `toguna check` may take beyond bare Python.
MOST_OF_CHECK = 0.25
_CHECK = "from toguna.cli import main\nmain(['check', {file!r}])"


def cpu_seconds(program: str, cache: str) -> float:
    """User and system time of one process that runs the program."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": cache}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    subprocess.run([sys.executable, "-c", program], stdout=subprocess.DEVNULL, check=True, env=environment)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    bare = python = 0.0
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "update.txt"
        file.write_text("At Mopti 193 persons (87 men, 28 women, 78 children) took part.\n", encoding="utf-8")
        checking = "toguna check FILE"
        for name, program in {**PROGRAMS, checking: _CHECK.format(file=str(file))}.items():
            least = min(cpu_seconds(program, folder) for _ in range(RUNS))
            bare = least if "setup" in name else bare
            python = least if name == "python" else python
            beyond = f"  {least - bare:+.2f} s" if bare and "setup" not in name else ""
            if "check" in name:
                beyond = f"  {least - python:+.2f} s beyond bare Python, {MOST_OF_CHECK} s allowed"
            print(f"{name:<34} {least:5.2f} s CPU{beyond}")


if __name__ == "__main__":
    main()
