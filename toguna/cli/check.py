"""``toguna check``: figures in any document that do not agree. Needs no instance."""

from __future__ import annotations

import argparse
import contextlib
import gc
import sys
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from toguna.check import api as checker
from toguna.check.core.ignored import Ignored, ids_of_run, ignore_file, ignored_text, read_ignored, without
from toguna.check.problems import IGNORE_UNKNOWN, NO_FILE
from toguna.cli.checked_files import copy_name, require_other_file, write_whole
from toguna.cli.printing import print_problems, print_rows, progress
from toguna.cli.words import said
from toguna.kernel.api import Language, Place, Problem, Refused

if TYPE_CHECKING:
    from toguna.check.api import Checked, Finding

_CSV = ("id", "file", "kind", "quote", "page", "line", "expected", "found", "confidence", "message", "cure", "sheet")
_NONE = {"en": "No figures were found that do not agree.", "fr": "Aucun chiffre discordant n'a été trouvé."}
_MORE = {
    "en": "{count} more that are only possible; --all shows them.",
    "fr": "{count} de plus, seulement possibles ; --all les montre.",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "files",
        nargs="*",
        type=Path,
        metavar="FILE",
        help="documents: .docx, .pdf (text layer), .xlsx, .pptx, .odt, .html, .md, .txt",
    )
    parser.add_argument("--all", action="store_true", help="show what is only possible and what is ignored, too")
    parser.add_argument(
        "--html",
        type=Path,
        metavar="OUT",
        help="write the documents' text with the findings marked in it, as a web page",
    )
    parser.add_argument(
        "--comment",
        action="store_true",
        help="write a copy beside each document (update.checked.docx): findings as comments in Word, as highlights in PDF",
    )
    parser.add_argument(
        "--since", type=Path, metavar="RUN.json", help="show only what this earlier run (--format json) did not"
    )
    parser.add_argument(
        "--ignore",
        action="append",
        default=[],
        metavar="ID",
        help="note in FILE.toguna-ignore that this finding of the one FILE is to be left; with --name and --reason",
    )
    parser.add_argument(
        "--serve",
        action="store_true",
        help="show a page on this computer (127.0.0.1) on which documents can be dropped; nothing is stored",
    )
    parser.add_argument(
        "--port", type=int, default=8765, help="the port of --serve (now 8765); 0 takes any that is free"
    )
    parser.add_argument("--name", default="", help="who decided to leave it")
    parser.add_argument("--reason", default="", help="why it is left")


def run(arguments: argparse.Namespace) -> int:
    """1 when something is shown, 0 when nothing is, 2 when a file could not be read or one not be written."""
    language: Language = arguments.language
    if arguments.serve:
        return _serve(arguments.port, language)
    if not arguments.files:
        raise Refused(NO_FILE.at())
    if arguments.html is not None:
        require_other_file(arguments.html, arguments.files)
    known = ids_of_run(arguments.since) if arguments.since is not None else frozenset()
    run_ = _Run(arguments, known)
    with progress(said("check", language), len(arguments.files)) as step:
        for path in arguments.files:
            try:
                run_.take(path)
            except Refused as refused:
                run_.problems.extend(refused.problems)
            step()
    found = [finding for one in run_.checked for finding in one.findings]
    _print(found, run_.hidden, arguments, some_read=bool(run_.checked))
    for note in run_.notes:
        print(note, file=sys.stdout if arguments.format == "table" else sys.stderr)
    print_problems(run_.problems, language)
    if arguments.html is not None and run_.checked:
        write_whole(arguments.html, checker.render_html(run_.checked, language).encode())
    return 2 if run_.problems else 1 if found else 0


def _serve(port: int, language: Language) -> int:
    """Runs until it is stopped."""
    with import_module("toguna.check.server").DropServer(port) as server:
        print(said("check_serves", language, address=server.address), flush=True)
        with contextlib.suppress(KeyboardInterrupt):
            server.serve_forever()
    return 0


class _Run:
    """The documents of one call: what is shown of each, and what is to be said besides."""

    def __init__(self, arguments: argparse.Namespace, known: frozenset[str]) -> None:
        self._arguments = arguments
        self._language: Language = arguments.language
        self._known = known
        self.checked: list[Checked] = []
        self.problems: list[Problem] = []
        self.notes: list[str] = []
        self.hidden = 0

    def take(self, path: Path) -> None:
        """Check one document. Refuses (`Refused`) what cannot be read or written."""
        arguments = self._arguments
        with _uncollected():
            document = checker.read_file(path)
            findings = checker.check(document)
        if arguments.ignore:
            self._ignore(path, findings)
        left = self._new(path, self._left(path, findings))
        shown = [finding for finding in left if arguments.all or finding.confidence != "low"]
        self.hidden += len(left) - len(shown)
        self.checked.append(checker.Checked(document, shown))
        if arguments.comment and shown:
            copy = copy_name(path)
            write_whole(copy, checker.annotated(path.read_bytes(), document, shown, self._language))
            self._note("check_copy", path=copy)

    def _ignore(self, path: Path, findings: Sequence[Finding]) -> None:
        arguments = self._arguments
        ids = {finding.id for finding in findings}
        unknown = [one for one in arguments.ignore if one not in ids or len(arguments.files) > 1]
        if unknown:
            raise Refused(*(IGNORE_UNKNOWN.at(Place(file=path.name), id=one) for one in unknown))
        added = [Ignored(id=one, name=arguments.name, reason=arguments.reason) for one in arguments.ignore]
        write_whole(ignore_file(path), ignored_text(path, added).encode())

    def _left(self, path: Path, findings: Sequence[Finding]) -> Sequence[Finding]:
        """Without those that somebody decided to leave."""
        ignored = [one.id for one in read_ignored(path)]
        ids = {finding.id for finding in findings}
        for one in ignored:
            if one not in ids:
                self._note("check_ignored_gone", file=ignore_file(path).name, id=one)
        left = without(findings, ignored)
        if self._arguments.all or len(left) == len(findings):
            return findings
        self._note("check_ignored", count=len(findings) - len(left), file=ignore_file(path).name)
        return left

    def _new(self, path: Path, findings: Sequence[Finding]) -> Sequence[Finding]:
        """Without those that the earlier run had."""
        new = without(findings, self._known)
        if len(new) < len(findings):
            self._note("check_known", count=len(findings) - len(new), file=self._arguments.since.name)
        return new

    def _note(self, name: str, **details: object) -> None:
        self.notes.append(said(name, self._language, **details))


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
