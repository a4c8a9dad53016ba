"""How long `toguna check` takes over long PDFs, as a whole process, and how much memory: ``python -m bench.check [PAGES...]``.

The PDFs are set by typst: a side column of key figures beside prose, lists, tables with and without rules, running heads.
"""

from __future__ import annotations

import csv
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import typst

REGIONS = ("Gao", "Kayes", "Kidal", "Ménaka", "Mopti", "Ségou", "Sikasso", "Taoudéni", "Timbuktu")
DEEDS = (
    "received shelter kits", "took part in hygiene sessions", "were vaccinated against measles", "were trained in first aid",
    "received seeds and tools", "were enrolled in school", "received cash for food", "were screened for malnutrition",
    "obtained birth certificates", "were given legal aid", "drew water from new wells", "received blankets and mats",
)  # fmt: skip
#: Pages: seconds that are allowed.
ALLOWED = {60: 2.0, 500: 20.0}
MOST_MEGABYTES = 500

_HEAD = """#set page(paper: "a4", margin: 2cm, header: [Operational update], footer: context [#counter(page).display()])
#set par(justify: true)
#set text(size: 9.5pt)
"""


def source(pages: int, seed: int = 7) -> str:
    """An update of so many pages; its figures agree, but for one sentence in fifty."""
    chance = random.Random(seed)
    return _HEAD + "\n#pagebreak()\n".join(_page(chance, number) for number in range(1, pages + 1))


def _page(chance: random.Random, number: int) -> str:
    items = "\n".join(f"- {_sentence(chance)}" for _ in range(5))
    prose = "\n\n".join(" ".join(_sentence(chance) for _ in range(3)) for _ in range(2))
    keys = "\n\n".join(
        f"#text(size: 20pt)[{chance.randint(20, 9_000):,}] \\\npersons of ward {chance.randint(1, 9_999)} {chance.choice(DEEDS)}"
        for _ in range(5)
    )
    return (
        f"= Sector {number}\n#grid(columns: (4cm, 1fr), gutter: 0.8cm, [*KEY FIGURES*\n\n{keys}], [{items}\n\n{prose}])\n"
        f"{_table(chance, ruled=number % 2 == 0)}\n"
    )


def _sentence(chance: random.Random) -> str:
    women, men, children = (chance.randint(2, 4_000) for _ in range(3))
    total = women + men + children + (chance.randint(1, 9) if chance.random() < 0.02 else 0)
    return (
        f"In ward {chance.randint(1, 9_999)} of {chance.choice(REGIONS)}, with the regional services of social development, "
        f"{total:,} persons ({women:,} women, {men:,} men, {children:,} children) {chance.choice(DEEDS)}."
    )


def _table(chance: random.Random, *, ruled: bool) -> str:
    rows = [(region, chance.randint(1, 5_000), chance.randint(1, 5_000)) for region in REGIONS]
    total = sum(row[1] for row in rows), sum(row[2] for row in rows)
    cells = "".join(
        f"[{name}],[{women:,}],[{men:,}],[{women + men:,}]," for name, women, men in [*rows, ("Total", *total)]
    )
    stroke = "" if ruled else "stroke: none, "
    return f"#table(columns: 4, {stroke}[Region],[Women],[Men],[Total],{cells})"


def measured(path: Path) -> tuple[float, float, float, int]:
    """Seconds, those of the processor, and megabytes of one run of the command, and how many findings it printed."""
    with tempfile.TemporaryFile("w+") as printed:
        start = time.perf_counter()
        command = [sys.executable, "-m", "toguna", "check", str(path), "--format", "csv"]
        process = subprocess.Popen(command, stdout=printed)
        _, _, used = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = 0
        printed.seek(0)
        return seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, sum(1 for _ in csv.reader(printed)) - 1


def make(pages: int, path: Path) -> None:
    """Write the PDF from a process of its own: a child's peak of memory counts what its parent held."""
    words = [sys.executable, "-m", "bench.check", "--make", str(pages), str(path)]
    subprocess.run(words, check=True)


def main(words: list[str]) -> int:
    if words[:1] == ["--make"]:
        Path(words[2]).write_bytes(typst.compile(source(int(words[1])).encode()))
        return 0
    late = 0
    with tempfile.TemporaryDirectory() as folder:
        for pages in [int(word) for word in words] or list(ALLOWED):
            path = Path(folder) / f"{pages}.pdf"
            make(pages, path)
            seconds, busy, megabytes, found = measured(path)
            allowed = ALLOWED.get(pages, pages * 0.04)
            late += seconds > allowed or megabytes > MOST_MEGABYTES
            print(
                f"{pages} pages: {seconds:.2f} s (allowed {allowed:.0f}), {busy:.2f} s of the processor, "
                f"{megabytes:.0f} MB, {found} findings"
            )
    return 1 if late else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
