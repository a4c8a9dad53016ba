"""``python -m toguna.pack.demo``: the Mali operation made from nothing, its figures and its ledger printed, its updates built.

It types the commands that a person would, each printed before it runs. Makes ``var/`` (the instance) and ``build/mali/``. Run again, it
makes both anew, and only what it made itself: a folder without its mark is left alone and told.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from toguna.kernel.api import Problem
from toguna.pack.problems import NOT_OURS

#: What marks a folder as made here.
MARK = ".demonstration"
#: What a visitor sees first: figures of every basis, a split, and what a cut-off is for.
SHOWN = (
    (
        "certificates_handed_over",
        "hygiene_participants?place=ML05",
        "protection_incidents",
        "boreholes_delayed?place=ML10",
    ),
    (
        "idp_returnees",
        "malian_refugees?source=regional-2016-10",
        "funded_share",
        "target_cash",
        "community_event_children",
    ),
)
#: The figure that is split, and asked as of the cut-off and of now.
SPLIT = "cash_persons?period=2016-09..2016-12"


_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Toguna: Mali</title>
<style>body{{font:1rem/1.5 sans-serif;max-width:44rem;margin:2rem auto;padding:0 1rem}}h1,h2{{color:#1c5a96}}</style></head>
<body><main><h1>Toguna: Mali</h1>
<p>A demonstration: public totals, invented records, no real person.
<span lang="fr">Une démonstration : totaux publics, données inventées, aucune personne réelle.</span></p>
{parts}</main></body></html>
"""


@dataclass(frozen=True, kw_only=True)
class Demonstration:
    """Where the pack stands, and where its instance and its files go."""

    pack: Path = Path("operations/mali")
    home: Path = Path("var")
    build: Path = Path("build/mali")
    period: str = "2016-12"
    #: The cut-off of the period, as the pack's plan has it.
    closed: str = "2017-01-08T18:00"

    def foreign(self) -> list[Problem]:
        """Folders in the way that were not made here."""
        there = [folder for folder in (self.home, self.build) if folder.exists() and any(folder.iterdir())]
        return [NOT_OURS.at(path=folder) for folder in there if not (folder / MARK).is_file()]

    def commands(self) -> list[list[str]]:
        """Everything that is typed, in order."""
        home = ["--home", str(self.home)]
        about = ["--period", self.period]
        then = [*about, "--as-of", self.closed]
        figures = [["figures", *references, *then, *home] for references in SHOWN]
        split = [["figures", SPLIT, "--by", "region", *asked, *home] for asked in (then, about)]
        return [
            ["new", "--pack", str(self.pack), *home],
            *figures,
            *split,
            ["cutoff", self.period, "--late", *home],
            ["ledger", "--status", "differs", *home],
            *(
                [*self._built(source.name.removesuffix(".md")), *home]
                for source in sorted((self.pack / "updates").glob("*.en.md"))
            ),
            [*self._products(f"{self.period}.en"), *home],
            ["verify", *home],
        ]

    def _built(self, text: str) -> list[str]:
        return ["update", "build", text, "--all", "--to", "pdf,html,docx", "-o", str(self._folder(text))]

    def _products(self, text: str) -> list[str]:
        """Factsheet, dashboard, who does what where and line sheet, beside the update they are cut out of."""
        return ["update", "products", text, "--all", "-o", str(self._folder(text))]

    def _folder(self, text: str) -> Path:
        return self.build / text.removesuffix(".en")

    def clear(self) -> None:
        """Take away what an earlier run made."""
        for folder in (self.home, self.build):
            if (folder / MARK).is_file():
                shutil.rmtree(folder)

    def mark(self) -> None:
        for folder in (self.home, self.build):
            folder.mkdir(parents=True, exist_ok=True)
            (folder / MARK).write_text(
                "Made by `make demo`, which makes it anew when it runs again.\n", encoding="utf-8"
            )


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit status 0 when everything was made, 2 when a command could not run or a folder is in the way."""
    parser = argparse.ArgumentParser(prog="python -m toguna.pack.demo", description="Makes the demonstration.")
    parser.add_argument("--no-serve", action="store_true", help="end when everything is built")
    given = parser.parse_args(arguments)
    began = time.monotonic()
    demonstration = Demonstration()
    status = make(demonstration)
    if status == 0:
        print(f"\nMade {demonstration.home} and {demonstration.build} in {time.monotonic() - began:.0f} s.")
        if not given.no_serve:
            status = serve(demonstration)
    return status


def make(demonstration: Demonstration) -> int:
    """Make it anew. A command that finds faults is told and goes on; one that cannot run ends it."""
    foreign = demonstration.foreign()
    for problem in foreign:
        print(problem.written(), file=sys.stderr)
    if foreign:
        return 2
    demonstration.clear()
    for number, command in enumerate(demonstration.commands()):
        print(f"\n$ toguna {' '.join(command)}", flush=True)
        status = subprocess.run([sys.executable, "-m", "toguna", *command], check=False).returncode
        if status == 2:
            return 2
        if number == 0:
            demonstration.mark()
    (demonstration.build / "index.html").write_text(contents(demonstration.build), encoding="utf-8")
    return 0


def contents(folder: Path) -> str:
    """A page that leads to everything built, by period and language; in both languages, since it serves both."""
    parts = []
    for period in sorted((path for path in folder.iterdir() if path.is_dir()), reverse=True):
        for language, title, place in (("en", "English", period), ("fr", "Français", period / "fr")):
            files = sorted(path for path in place.glob("*") if path.is_file())
            links = "".join(f'<li><a href="{path.relative_to(folder)}">{path.name}</a></li>' for path in files)
            if links:
                parts.append(f'<section lang="{language}"><h2>{period.name} · {title}</h2><ul>{links}</ul></section>')
    return _PAGE.format(parts="".join(parts))


def serve(demonstration: Demonstration) -> int:
    """Show the application on the instance, with a link for each account and the built files, until somebody stops it."""
    served = ["serve", "--home", str(demonstration.home), "--demonstration", "--built", str(demonstration.build)]
    try:
        return subprocess.run([sys.executable, "-m", "toguna", *served], check=False).returncode
    except KeyboardInterrupt:
        print()
        return 0


if __name__ == "__main__":
    sys.exit(main())
