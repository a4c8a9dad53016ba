"""``python -m bench.publish``: how long an update takes to be made, on the Mali operation's December text. Prints a Markdown table.

Figures are asked once and then held, so that what is measured is the compiler; the whole command on an instance is measured too.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

from toguna.instance.api import configure, open_instance

HOME = next((Path(after) for word, after in pairwise(sys.argv) if word == "--home"), Path("no-instance"))
configure(HOME)


from tests.publish.memory import PACK, MemoryFigures, desk  # noqa: E402
from toguna.access.api import acting  # noqa: E402
from toguna.publish.build import build, build_all, compile_text, date_of  # noqa: E402
from toguna.publish.core.data_file import write_figures  # noqa: E402
from toguna.publish.core.figure_source import FigureSource  # noqa: E402
from toguna.publish.core.front import read_front  # noqa: E402
from toguna.publish.core.parse import parse_update  # noqa: E402
from toguna.publish.instance_figures import instance_desk  # noqa: E402
from toguna.publish.pages.html import write_html  # noqa: E402
from toguna.publish.pages.layout import lay_out  # noqa: E402
from toguna.publish.pages.pdf import PdfWriter  # noqa: E402
from toguna.publish.surroundings import illustrate  # noqa: E402
from toguna.publish.texts import draft_text, instance_text  # noqa: E402

Taken = tuple[float, float]


def median(run: Callable[[], object], times: int) -> Taken:
    """The medians of so many runs: seconds of the clock, and of both processors together, which a busy machine does not inflate."""
    taken, used = [], []
    for _ in range(times):
        began, busy = time.perf_counter(), processor_seconds()
        run()
        taken.append(time.perf_counter() - began)
        used.append(processor_seconds() - busy)
    return statistics.median(taken), statistics.median(used)


def processor_seconds() -> float:
    """What this process and those it started have used."""
    both = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in both)


class Held:
    """Figures asked once and then held, so that what is measured is the compiler."""

    def __init__(self, source: FigureSource) -> None:
        self.source, self.answers, self.tables = source, {}, {}

    def facts(self, references, asked):
        key = (tuple(references), asked)
        if key not in self.answers:
            self.answers[key] = self.source.facts(references, asked)
        return self.answers[key]

    def cells(self, reference, by, asked):
        key = (reference, tuple(by), asked)
        if key not in self.tables:
            self.tables[key] = self.source.cells(reference, by, asked)
        return self.tables[key]

    def __getattr__(self, name):
        return getattr(self.source, name)


def rows(folder: Path, home: Path | None) -> list[tuple[str, Taken, str]]:
    if home is None:
        source, desk_ = draft_text(PACK / "updates" / "2016-12.en.md"), desk(folder, MemoryFigures())
    else:
        source = instance_text("2016-12.en").text
        own = instance_desk(acting(None), read_front(parse_update(source.source, source.name).update))
        desk_ = replace(own, figures=Held(own.figures), kept=folder / "kept")
        build_all(source, desk_, folder / "first", ("pdf",))
    compiled = compile_text(source, desk_)
    pages = folder / "pages"
    pages.mkdir()
    drawn = illustrate(compiled.resolution.resolved, desk_.around, pages)
    laid = lay_out(compiled.resolution.resolved, drawn.pictures, drawn.sketches, drawn.months)
    laid |= {"draft": True, "banner": "", "data_file": "figures.csv"}
    (pages / "figures.csv").write_text(write_figures(compiled.resolution), encoding="utf-8")
    written, carried = date_of(compiled.front), {"figures.csv": "The figures of this update"}
    writer = PdfWriter(pages, desk_.around.look, desk_.kept / "drawings")
    (pages / "update.pdf").write_bytes(writer.write(laid, written, carried))
    (pages / "update.html").write_text(write_html(laid, pages), encoding="utf-8")

    def process() -> None:
        subprocess.run([sys.executable, "-m", "toguna.publish.pages.pdf", str(pages)], check=True)

    def edit() -> None:
        sentence = next(node for node in laid["body"] if node["t"] in {"paragraph", "list"})
        inlines = sentence["inlines"] if sentence["t"] == "paragraph" else sentence["items"][0][0]["inlines"]
        next(inline for inline in inlines if inline["t"] == "text")["text"] = f"Edited {time.perf_counter_ns()}."
        writer.write(laid, written, carried)

    def nothing() -> None:
        shutil.rmtree(folder / "kept", ignore_errors=True)
        build_all(source, desk_, folder / "out", ("pdf", "html"))

    found = [
        ("PDF as a whole process, figures resolved, charts kept", median(process, 7), "0.35"),
        ("PDF again after an edit, in a running process", median(edit, 9), "0.06"),
        ("resolve and all checks", median(lambda: compile_text(source, desk_), 5), ""),
        ("web page", median(lambda: write_html(laid, pages), 9), ""),
        ("PDF, web page, Word and data, charts kept", median(lambda: build(source, desk_, folder / "o2"), 3), ""),
        ("both languages in PDF, web page and data, from nothing, in one process", median(nothing, 3), "3"),
    ]
    found += _others(pages)
    if home is not None:
        command = [sys.executable, "-m", "toguna", "update", "build", "2016-12.en", "--all"]
        run = [*command, "--to", "pdf,html", "-o", str(folder / "o3"), "--home", str(home)]
        took = median(lambda: subprocess.run(run, check=True, capture_output=True), 3)
        found.append(("the command on the instance: both languages, figures computed", took, ""))
    return found


def _others(pages: Path) -> list[tuple[str, Taken, str]]:
    """The same web page made a PDF by others, where they are installed."""
    found = []
    page, out = pages / "update.html", pages / "other.pdf"
    if find_spec("weasyprint"):
        script = (
            "import sys; from weasyprint import HTML; HTML(sys.argv[1]).write_pdf(sys.argv[2], pdf_variant='pdf/ua-1')"
        )
        took = median(
            lambda: subprocess.run(
                [sys.executable, "-c", script, str(page), str(out)], check=True, capture_output=True
            ),
            3,
        )
        found.append(("beside: WeasyPrint on our page, whole process", took, ""))
    chromium = shutil.which("chromium")
    if chromium:
        words = [chromium, "--headless", "--no-sandbox", "--disable-gpu", f"--print-to-pdf={out}", page.as_uri()]
        took = median(lambda: subprocess.run(words, check=True, capture_output=True), 3)
        found.append(("beside: headless Chromium on our page, whole process", took, ""))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, help="an instance of the Mali operation, to measure the whole command")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    if given.home is not None:
        open_instance(given.home)
    with TemporaryDirectory() as name:
        found = rows(Path(name), given.home)
    if given.json:
        print(json.dumps([{"what": what, "seconds": took, "aim": aim} for what, took, aim in found]))
        return
    print(f"Measured {date.today()}, Python {sys.version.split()[0]}.\n")
    print("| what | seconds | processor seconds | aim |\n| --- | --- | --- | --- |")
    for what, (took, used), aim in found:
        print(f"| {what} | {took:.3f} | {used:.3f} | {aim} |")


if __name__ == "__main__":
    main()
