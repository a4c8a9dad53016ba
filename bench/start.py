"""How long a verb takes to start: CPU seconds of whole processes, beside a bare ``django.setup()`` of the same apps in the same run.

``python -m bench.start``: the least of five runs each, since other processes only add.
"""

from __future__ import annotations

import resource
import subprocess
import sys

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


def cpu_seconds(program: str) -> float:
    """User and system time of one process that runs the program."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", program], stdout=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    bare = 0.0
    for name, program in PROGRAMS.items():
        least = min(cpu_seconds(program) for _ in range(RUNS))
        bare = least if "setup" in name else bare
        beyond = f"  {least - bare:+.2f} s" if bare and "setup" not in name else ""
        print(f"{name:<34} {least:5.2f} s CPU{beyond}")


if __name__ == "__main__":
    main()
