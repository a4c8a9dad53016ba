"""``toguna check``: figures in any document that do not agree. Needs no instance."""

from __future__ import annotations

import argparse
import contextlib
import gc
import os
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from toguna.check.api import Checked, Finding, check, read_file, render_html
from toguna.check.problems import HTML_NOT_WRITTEN, HTML_OVER_DOCUMENT, reasons
from toguna.cli.printing import print_problems, print_rows, progress
from toguna.cli.words import said
from toguna.kernel.api import Language, Place, Problem, Refused

_CSV = ("id", "file", "kind", "quote", "page", "line", "expected", "found", "confidence", "message", "cure")
_NONE = {"en": "No figures were found that do not agree.", "fr": "Aucun chiffre discordant n'a été trouvé."}
_MORE = {
    "en": "{count} more that are only possible; --all shows them.",
    "fr": "{count} de plus, seulement possibles ; --all les montre.",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "files", nargs="+", type=Path, metavar="FILE", help="documents: .txt, .md, .html, .pdf (text layer), .docx"
    )
    parser.add_argument("--all", action="store_true", help="show what is only possible, too")
    parser.add_argument(
        "--html",
        type=Path,
        metavar="OUT",
        help="write the documents' text with the findings marked in it, as a web page",
    )


def run(arguments: argparse.Namespace) -> int:
    """1 when something is shown, 0 when nothing is, 2 when a file could not be read or the page not be written."""
    language: Language = arguments.language
    if arguments.html is not None:
        _require_other_file(arguments.html, arguments.files)
    checked: list[Checked] = []
    problems: list[Problem] = []
    hidden = 0
    with progress(said("check", language), len(arguments.files)) as step:
        for path in arguments.files:
            try:
                with _uncollected():
                    document = read_file(path)
                    findings = check(document)
                shown = [finding for finding in findings if arguments.all or finding.confidence != "low"]
                hidden += len(findings) - len(shown)
                checked.append(Checked(document, shown))
            except Refused as refused:
                problems.extend(refused.problems)
            step()
    found = [finding for one in checked for finding in one.findings]
    _print(found, hidden, arguments, some_read=bool(checked))
    print_problems(problems, language)
    if arguments.html is not None and checked:
        _write(arguments.html, render_html(checked, language))
    return 2 if problems else 1 if found else 0


@contextlib.contextmanager
def _uncollected() -> Iterator[None]:
    """Without the search for cycles: a document has none, and of 500 pages it took a tenth of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _print(found: Sequence[Finding], hidden: int, arguments: argparse.Namespace, *, some_read: bool) -> None:
    language: Language = arguments.language
    rows = [finding.as_json(language) for finding in found]
    if arguments.format != "table":
        print_rows(rows, arguments.format, _CSV)
        return
    if found:
        print_rows([_row(finding, language) for finding in found], "table")
    elif some_read:
        print(_NONE[language])
    if hidden:
        print(_MORE[language].format(count=hidden))


def _row(finding: Finding, language: Language) -> dict[str, Any]:
    """A finding as a person reads it in a terminal."""
    names = {
        "en": ("place", "confidence", "words", "what is wrong, what to do"),
        "fr": ("lieu", "certitude", "mots", "ce qui ne va pas, que faire"),
    }[language]
    sure = {"en": ("high", "medium", "low"), "fr": ("haute", "moyenne", "basse")}[language]
    confidence = dict(zip(("high", "medium", "low"), sure, strict=True))[finding.confidence]
    message = f"{finding.message(language)} {finding.cure(language)} [{finding.id}]"
    return dict(zip(names, (finding.place.written(language), confidence, finding.quote, message), strict=True))


def _require_other_file(out: Path, sources: Sequence[Path]) -> None:
    """Refuses to write the page over one of the documents."""
    for source in sources:
        with contextlib.suppress(OSError):
            if out.exists() and out.samefile(source):
                raise Refused(HTML_OVER_DOCUMENT.at(Place(file=str(out))))


def _write(out: Path, page: str) -> None:
    """The page whole, or the file as it was."""
    try:
        handle, temporary = tempfile.mkstemp(dir=out.parent, prefix=f".{out.name}.")
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
                stream.write(page)
            Path(temporary).chmod(0o644)
            Path(temporary).replace(out)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise Refused(HTML_NOT_WRITTEN.at(Place(file=str(out)), **reasons(error))) from error
