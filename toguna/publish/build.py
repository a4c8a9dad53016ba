"""From a text to files: read, resolve, check, draw, write. Nothing is written half: files appear when all are made."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from toguna.kernel.api import Language, Problem, Refused, digest, errors
from toguna.kernel.core.languages import ByLanguage
from toguna.publish import problems as fault
from toguna.publish.core.checks import Draft, PackWords, Printed, Report, Waiver, check_draft
from toguna.publish.core.data_file import write_figures
from toguna.publish.core.figure_source import FigureSource
from toguna.publish.core.front import Front, read_front
from toguna.publish.core.notes import date_words
from toguna.publish.core.parse import Parsed, parse_update
from toguna.publish.core.resolve import Resolution, resolve
from toguna.publish.core.resolved import Resolved
from toguna.publish.core.tree import Update
from toguna.publish.core.update_text import UpdateText
from toguna.publish.pages.block_layout import Laid
from toguna.publish.pages.figure_page import write_figure_page
from toguna.publish.pages.html import write_html
from toguna.publish.pages.layout import lay_out
from toguna.publish.pages.look import Look
from toguna.publish.pages.pdf import PdfWriter
from toguna.publish.refresh import Refreshed, refresh
from toguna.publish.surroundings import Illustrations, Surroundings, illustrate
from toguna.publish.word.write import write_docx

FORMATS = ("pdf", "html", "docx")
DATA_FILE = "figures.csv"
#: What the data file is called where a reader sees it, per language.
_DATA_WORDS = ByLanguage({"en": "The figures of this update", "fr": "Les chiffres de cette mise à jour"})


def _now(_: Front) -> int | None:
    return None


@dataclass(frozen=True, kw_only=True)
class Desk:
    """What stands around a text when it is compiled: where figures, pictures, waivers and earlier editions come from."""

    figures: FigureSource
    around: Surroundings
    #: A folder of ours: drawings by content, the Word files that may come back.
    kept: Path
    today: date
    waivers: Mapping[str, Waiver] = field(default_factory=dict)
    previous: Mapping[str, Printed] = field(default_factory=dict)
    terms: tuple[str, ...] = ()
    #: What the pack says of words, names and sources.
    pack: PackWords = field(default_factory=PackWords)
    #: Keys of barred findings that two persons released together.
    released: frozenset[str] = frozenset()
    #: The digest of the pack's revision from which all of this was read; empty where there is none.
    revision: str = ""
    #: The journal's sequence as of which a text is computed: its cut-off. None is now.
    as_of: Callable[[Front], int | None] = _now


@dataclass(frozen=True, kw_only=True)
class Compiled:
    """One language's text, resolved and checked."""

    text: UpdateText
    parsed: Parsed
    resolution: Resolution
    report: Report
    #: The text that this one translates, when the update has one.
    original: Update | None = None

    @property
    def file(self) -> str:
        """What the text is called."""
        return self.text.name

    @property
    def front(self) -> Front:
        return self.resolution.front


@dataclass(frozen=True, kw_only=True)
class Built:
    """The files of one language, by what they are, and what a refresh would change in the source."""

    compiled: Compiled
    files: Mapping[str, Path]
    refreshed: Refreshed


def compile_text(text: UpdateText, desk: Desk, *, is_within_plan: bool = True) -> Compiled:
    """Read, resolve and check one text. Refuses what leaves no text to check.

    `is_within_plan` is off where an edition is computed again, to compare: what was printed then may stand in no plan of today.
    """
    parsed = parse_update(text.source, text.name)
    front = read_front(parsed.update)
    resolution = resolve(parsed.update, desk.figures, as_of=desk.as_of(front), is_within_plan=is_within_plan)
    first = front.languages[0]
    other = text.in_language(first) if first != front.language else None
    original = parse_update(other.source, other.name).update if other is not None else None
    draft = Draft(
        resolution=resolution,
        source=desk.figures,
        today=front.cut_off.date() if front.cut_off else desk.today,
        original=original,
        previous=desk.previous,
        photos=desk.around.photos,
        terms=desk.terms,
        pack=desk.pack,
    )
    report = check_draft(draft, desk.waivers, parsed.problems, desk.released)
    return Compiled(text=text, parsed=parsed, resolution=resolution, report=report, original=original)


def build(
    text: UpdateText,
    desk: Desk,
    out: Path,
    formats: Sequence[str] = FORMATS,
    *,
    written: datetime | None = None,
    draft: bool = True,
    banner: str = "",
) -> Built:
    """Write one language's files into a folder. `written` is the files' own date; without it, the text's cut-off.

    Refuses a text with faults of its language, a figure that does not resolve, a picture that cannot be drawn.
    """
    unknown = [name for name in formats if name not in FORMATS]
    if unknown:
        raise Refused(*(fault.FORMAT_UNKNOWN.at(name=name) for name in unknown))
    compiled = compile_text(text, desk)
    return render(compiled, desk, out, formats, written=written, draft=draft, banner=banner)


def render(
    compiled: Compiled,
    desk: Desk,
    out: Path,
    formats: Sequence[str] = FORMATS,
    *,
    written: datetime | None = None,
    draft: bool = True,
    banner: str = "",
    imprint: str = "",
    address: Callable[[str], str] | None = None,
    name: str = "update",
) -> Built:
    """Write a compiled text's files; refuses as `build` does.

    `name` is what the files are called; a product's figures stand in a data file of that name. `imprint` follows the account of figures. `address` gives the opaque name of a note's static page; such pages are written into ``figures/`` beside the others.
    """
    _refuse_faulty(compiled)
    resolved = compiled.resolution.resolved
    instant = written or date_of(compiled.front)
    out.parent.mkdir(parents=True, exist_ok=True)
    data_file = DATA_FILE if name == "update" else f"{name}.csv"
    with TemporaryDirectory(prefix=".build-", dir=out.parent) as working:
        folder = Path(working)
        drawn = illustrate(resolved, desk.around, folder)
        if drawn.problems:
            raise Refused(*drawn.problems)
        laid = lay_out(resolved, drawn.pictures, drawn.sketches, drawn.months)
        issued = date_words(instant.date(), resolved.front.language) if not draft else ""
        account = f"{laid['account']} {imprint}".rstrip()
        laid |= {"draft": draft, "banner": banner, "issued": issued, "data_file": data_file, "account": account}
        pages = _figure_pages(laid, address, compiled.front.address, desk.around.look) if address else {}
        (folder / data_file).write_text(write_figures(compiled.resolution), encoding="utf-8")
        made = _files(compiled, desk, laid, drawn, folder, instant, formats, name, data_file, imprint)
        out.mkdir(parents=True, exist_ok=True)
        files = {kind: Path(shutil.move(folder / file, out / file)) for kind, file in made.items()}
        for file, text in pages.items():
            (out / "figures").mkdir(exist_ok=True)
            (out / file).write_text(text, encoding="utf-8")
    return Built(compiled=compiled, files=files, refreshed=refresh(compiled.resolution))


def build_all(text: UpdateText, desk: Desk, out: Path, formats: Sequence[str] = FORMATS) -> dict[str, Built]:
    """Every language of an update: the first into the folder itself, the others into folders named after them."""
    return {
        each.language: build(each.text, desk, out if each.is_first else out / each.language, formats)
        for each in each_language(text)
    }


@dataclass(frozen=True, kw_only=True)
class LanguageText:
    """One of the texts of an update."""

    language: Language
    text: UpdateText
    is_first: bool


def each_language(text: UpdateText) -> list[LanguageText]:
    """The texts of an update that there are, in the order of its languages."""
    languages = read_front(parse_update(text.source, text.name).update).languages
    found = [(language, text.in_language(language) if len(languages) > 1 else text) for language in languages]
    return [
        LanguageText(language=language, text=each, is_first=index == 0)
        for index, (language, each) in enumerate(found)
        if each is not None
    ]


def date_of(front: Front) -> datetime:
    """A draft's files carry the cut-off, else the last day of the text's period: the same source gives the same bytes."""
    return (front.cut_off or datetime.combine(front.covers.end, time(12))).replace(tzinfo=UTC)


def _refuse_faulty(compiled: Compiled) -> None:
    """Faults of the language, and links that do not resolve unless waived: a draft with them would mislead."""
    waived = {finding.problem.place for finding in compiled.report.waived}
    problems: list[Problem] = [*compiled.parsed.problems, *compiled.resolution.resolved.problems]
    stopping = [problem for problem in errors(problems) if problem.place not in waived]
    if stopping:
        raise Refused(*stopping, fault.NOTHING_TO_BUILD.at(file=compiled.file, count=len(stopping)))


def _figure_pages(laid: Laid, address: Callable[[str], str], web: str, look: Look) -> dict[str, str]:
    """The static page of each note, by file; each note learns where its page is, on the web where that is known."""
    pages = {}
    for row in laid["notes"]:
        file = f"figures/{address(row['key'])}"
        row["page"], row["web"] = file, f"{web}/{file}" if web else ""
        pages[file] = write_figure_page(laid, row, look)
    return pages


def _files(
    compiled: Compiled,
    desk: Desk,
    laid: Laid,
    drawn: Illustrations,
    folder: Path,
    instant: datetime,
    formats: Sequence[str],
    name: str,
    data_file: str,
    imprint: str,
) -> dict[str, str]:
    """Write each format into the working folder; returns their names."""
    made = {"data": data_file}
    language = compiled.front.language
    if "pdf" in formats:
        writer = PdfWriter(folder, desk.around.look, desk.kept / "drawings")
        content = writer.write(laid, instant, {data_file: _DATA_WORDS[language]})
        made["pdf"] = f"{name}.pdf"
        (folder / made["pdf"]).write_bytes(content)
    if "html" in formats:
        made["html"] = f"{name}.html"
        page = write_html(laid, folder, desk.around.look, data_file=data_file, kept=desk.kept / "drawings")
        (folder / made["html"]).write_text(page, encoding="utf-8")
    if "docx" in formats:
        identity = keep_build(compiled.resolution.resolved, drawn, folder, instant, desk, imprint)
        made["docx"] = f"{name}.docx"
        shutil.copyfile(desk.kept / "builds" / identity / "update.docx", folder / made["docx"])
    return made


def keep_build(
    resolved: Resolved, drawn: Illustrations, folder: Path, instant: datetime, desk: Desk, imprint: str
) -> str:
    """Write the Word file and keep it with its source under an id that travels in the file, for its way back."""
    shown: list[Any] = [each.text for _, each in resolved.numbers()]
    identity = digest([resolved.update.source, shown])[:16]
    place = desk.kept / "builds" / identity
    place.mkdir(parents=True, exist_ok=True)
    (place / "source.md").write_text(resolved.update.source, encoding="utf-8")
    look = desk.around.look
    content = write_docx(resolved, drawn.pictures, folder, instant, identity, drawn.sketches, look, imprint)
    part = place / "update.part"
    part.write_bytes(content)
    part.replace(place / "update.docx")
    return identity


def kept_source(kept: Path, identity: str, file: str) -> Parsed | None:
    """The source of a kept build; None when it is not kept here."""
    place = kept / "builds" / identity / "source.md"
    return parse_update(place.read_text(encoding="utf-8"), file) if place.is_file() else None
