"""Issuing: to freeze source, values, definitions' digests, waivers, clearances and the rendered files in one act. And rebuilding what was issued."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

from toguna.access.api import Actor, require_permit
from toguna.instance.api import current, flush_file, flush_folder, process_runs, writing
from toguna.journal import api as journal
from toguna.journal.witness import keep_head
from toguna.kernel.api import Place, Problem, Refused, digest
from toguna.kernel.core import clock
from toguna.publish import problems as fault
from toguna.publish.build import Compiled, Desk, compile_text, render
from toguna.publish.clearing import clearances_of, cleared_of, duties_done, imprint_of, to_clear
from toguna.publish.core.checks.withheld import printed_facts
from toguna.publish.core.duties import meetings
from toguna.publish.core.frozen import freeze, same_values
from toguna.publish.core.notes import date_words
from toguna.publish.core.sections import lacking, text_id
from toguna.publish.core.tree import Fenced, walk
from toguna.publish.core.update_text import UpdateText
from toguna.publish.editions import find, folder_of, latest, recompute
from toguna.publish.pages.words import WORDS
from toguna.publish.row_digests import row_digest
from toguna.publish.store import models
from toguna.publish.surroundings import Surroundings
from toguna.revisions.api import FolderFiles

Nature = Literal["first", "restated", "replaced"]
_ACTS: Mapping[Nature, str] = {
    "first": "edition.issued",
    "restated": "edition.restated",
    "replaced": "edition.replaced",
}
_TOOLS = ("typst", "Jinja2", "Pillow", "python-docx")
#: Before the process number, in the name of the folder in which an edition is made.
_MAKING = ".issue-"
_PAGES = Path(__file__).parent / "pages"
#: Letters of the opaque address of a figure's page.
_ADDRESS = 20


@dataclass(frozen=True, kw_only=True)
class Issued:
    edition: str
    folder: Path
    files: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class _Next:
    """The edition that is being made, and the one that it follows."""

    edition: str
    number: int
    nature: Nature
    before: models.Edition | None


@dataclass(frozen=True, kw_only=True)
class Rebuilt:
    """Whether an edition could be made again, and which likeness was checked: bytes with the same toolchain, else values and sentences."""

    checked: Literal["bytes", "values and sentences"]
    differences: tuple[str, ...]


def issue(text: UpdateText, desk: Desk, actor: Actor, *, nature: Nature = "first", reason: str = "") -> Issued:
    """Issue one language of an update. Refuses, with everything at once, a text that is not fit or not cleared.

    A second edition of the text is `restated` (late data) or `replaced` (our error), with a reason that its first page prints.
    """
    require_permit(actor, _ACTS[nature])
    compiled = compile_text(text, desk)
    before = latest(text_id(compiled.front))
    problems = not_issuable(compiled) + _order_faults(compiled, before, nature, reason) + _meetings(compiled, actor)
    if problems:
        raise Refused(*problems)
    number = (models.Edition.objects.filter(text=text_id(compiled.front)).count()) + 1
    front = compiled.front
    edition = f"{front.product}-{front.place}-{front.slug}-{front.language}-{number}"
    editions = current().home / "editions"
    editions.mkdir(mode=0o700, exist_ok=True)
    _sweep(editions)
    with TemporaryDirectory(prefix=f"{_MAKING}{os.getpid()}-", dir=editions) as name:
        folder = Path(name) / edition
        written = clock.now().replace(microsecond=0)
        banner = _banner(compiled, before, nature, reason)
        imprint = imprint_of(compiled, actor)
        _write_files(compiled, desk, folder, edition, written, banner, imprint)
        record = {**_record(compiled, desk, folder, edition, written, banner), "imprint": imprint}
        _keep(
            compiled, desk, folder, record, _Next(edition=edition, number=number, nature=nature, before=before), actor
        )
    return Issued(edition=edition, folder=folder_of(edition), files=tuple(record["files"]))


def not_issuable(compiled: Compiled) -> list[Problem]:
    """Everything that stops an issue: findings, numbers not refreshed, words not cleared, an embargo."""
    here = Place(file=compiled.file)
    found: list[Problem] = [finding.problem for finding in compiled.report.stopping]
    if found:
        found.append(fault.OPEN_FINDINGS.at(here, count=len(found)))
    stale = sum(
        number.shown != shown.text
        for number, shown in compiled.resolution.resolved.numbers()
        if number.span in compiled.resolution.facts
    )
    if stale:
        found.append(fault.NOT_REFRESHED.at(here, count=stale))
    cleared = cleared_of(text_id(compiled.front))
    paragraphs, whole = lacking(compiled.parsed.update, cleared)
    wanted = [each for each in to_clear(compiled) if f"{each.topic}:{each.digest}" not in cleared]
    for each in dict.fromkeys((*paragraphs, *wanted)):
        place = Place(file=compiled.file, line=each.line)
        found.append(fault.PARAGRAPH_NOT_CLEARED.at(place, topic=each.topic, words=each.words[:80], line=each.line))
    if not whole:
        found.append(fault.NOT_CLEARED.at(here))
    until = compiled.front.embargo
    zone = current().operation.time_zone
    if until is not None and clock.now() < until.replace(tzinfo=until.tzinfo or zone):
        found.append(fault.EMBARGOED.at(here, until=until.isoformat(sep=" ", timespec="minutes")))
    return found


def rebuild(edition: str, desk: Desk) -> Rebuilt:
    """Make an edition again from its frozen source, as of its sequence, and compare. Refuses a withdrawn one."""
    kept = find(edition)
    if kept.state == "withdrawn":
        raise Refused(fault.EDITION_WITHDRAWN.at(edition=edition))
    folder = folder_of(edition)
    own = replace(desk, around=_kept_around(folder))
    compiled = recompute(kept, own, kept.sequence)
    told = same_values(kept.record, compiled.resolution)
    if told or kept.record["toolchain"] != toolchain():
        return Rebuilt(checked="values and sentences", differences=tuple(told))
    with TemporaryDirectory(prefix="rebuild-") as name:
        again = Path(name) / edition
        written = datetime.fromisoformat(kept.record["written"])
        _write_files(compiled, own, again, edition, written, kept.record["banner"], kept.record.get("imprint", ""))
        differ = [
            file
            for file in ("update.pdf", "update.html", "figures.csv")
            if (again / file).read_bytes() != (folder / file).read_bytes()
        ]
    return Rebuilt(checked="bytes", differences=tuple(differ))


def toolchain() -> dict[str, str]:
    """What writes the files: with the same, the same bytes come out. Our own templates and writers are told by their digest."""
    kinds = {".py", ".typ", ".css", ".html", ".otf", ".woff2"}
    own = sorted(path for path in _PAGES.rglob("*") if path.suffix in kinds)
    pages = digest([hashlib.sha256(path.read_bytes()).hexdigest() for path in own])
    return {**{name: version(name) for name in _TOOLS}, "pages": pages[:16]}


def _order_faults(compiled: Compiled, before: models.Edition | None, nature: Nature, reason: str) -> list[Problem]:
    here = Place(file=compiled.file)
    if nature == "first":
        return [fault.ISSUED_BEFORE.at(here, edition=before.id)] if before is not None else []
    found = [] if before is not None else [fault.NOT_ISSUED_BEFORE.at(here)]
    return found + ([] if reason.strip() else [fault.REASON_NEEDED.at(here)])


def _meetings(compiled: Compiled, actor: Actor) -> list[Problem]:
    """The duties that the operation keeps apart and that one person would have for this text."""
    here = Place(file=compiled.file)
    done = [*duties_done(compiled), ("issue", frozenset((actor.name,)))]
    return [fault.DUTIES_MEET.at(here, **vars(each)) for each in meetings(current().operation.apart, done)]


def _banner(compiled: Compiled, before: models.Edition | None, nature: Nature, reason: str) -> str:
    """What the first page says of an edition that follows another."""
    if nature == "first" or before is None:
        return ""
    language = compiled.front.language
    return WORDS[language][nature].format(day=date_words(before.issued_at.date(), language), note=reason).strip()


def _write_files(
    compiled: Compiled, desk: Desk, folder: Path, edition: str, written: datetime, banner: str, imprint: str
) -> None:
    """The edition's folder: pages, Word, data, a static page for each noted figure, the source and what its pictures were drawn from."""
    secret = current().secret("editions")

    def address(note: str) -> str:
        return hmac.new(secret, f"{edition}\x1f{note}".encode(), hashlib.sha256).hexdigest()[:_ADDRESS] + ".html"

    render(compiled, desk, folder, written=written, draft=False, banner=banner, imprint=imprint, address=address)
    (folder / "source.md").write_text(compiled.parsed.update.source, encoding="utf-8")
    photos = folder / "photos"
    photos.mkdir(exist_ok=True)
    for node in walk(compiled.parsed.update.blocks):
        if isinstance(node, Fenced) and node.options.get("file"):
            (photos / node.options["file"]).write_bytes(desk.around.photos[node.options["file"]])
    around = desk.around.as_json()
    (folder / "around.json").write_text(json.dumps(around, ensure_ascii=False, sort_keys=True), encoding="utf-8")


def _kept_around(folder: Path) -> Surroundings:
    around = json.loads((folder / "around.json").read_text(encoding="utf-8"))
    return Surroundings.of_json(FolderFiles(folder / "photos"), around)


def _record(
    compiled: Compiled, desk: Desk, folder: Path, edition: str, written: datetime, banner: str
) -> dict[str, Any]:
    files = {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
    sequence = desk.as_of(compiled.front)
    return {
        **freeze(compiled.resolution, compiled.report),
        "edition": edition,
        "files": files,
        "sequence": journal.head().sequence if sequence is None else sequence,
        "toolchain": toolchain(),
        "written": written.isoformat(),
        "clearances": clearances_of(text_id(compiled.front)),
        "banner": banner,
        "revision": desk.revision,
    }


def _keep(compiled: Compiled, desk: Desk, folder: Path, record: dict[str, Any], next_: _Next, actor: Actor) -> None:
    """The row, the act and the folder's name, all or none."""
    front, before, sealed = compiled.front, next_.before, digest(record)
    detail: dict[str, Any] = {
        "digest": sealed,
        "text": digest(text_id(front)),
        "sequence": record["sequence"],
        "head": journal.head_at(record["sequence"]).written(),
        "covers": front.covers.written(),
        "files": len(record["files"]),
        "supersedes": before.id if before else "",
    }
    of = {"text": text_id(front), "product": front.product, "place": front.place, "language": front.language}
    _flush(folder)
    with writing():
        _clear_way(next_.edition)
        kept = models.Edition.objects.create(
            **of,
            id=next_.edition,
            number=next_.number,
            start=front.covers.start,
            end=front.covers.end,
            state="issued",
            nature=next_.nature,
            issued_at=clock.now(),
            issued_by=actor.name,
            sequence=record["sequence"],
            record=record,
            digest=sealed,
            supersedes=before,
        )
        if before is not None:
            before.state = "superseded"
            before.save(update_fields=["state"])
        detail["row"] = row_digest(kept)
        detail["printed"] = desk.figures.keep_printed(printed_facts(compiled.resolution), next_.edition)
        journal.append([journal.NewAct(kind=_ACTS[next_.nature], subject=next_.edition, detail=detail)], actor.name)
        folder.rename(folder_of(next_.edition))
        flush_folder(folder_of(next_.edition).parent)
    keep_head(journal.head())


def _clear_way(edition: str) -> None:
    """Take away the folder of an issue that was killed after it named its folder and before the edition was kept."""
    if folder_of(edition).exists() and not models.Edition.objects.filter(id=edition).exists():
        shutil.rmtree(folder_of(edition))


def _flush(folder: Path) -> None:
    """Every file and folder on disk, before anything is kept that names them."""
    for path in sorted(folder.rglob("*")):
        if path.is_dir():
            flush_folder(path)
        else:
            flush_file(path)
    flush_folder(folder)


def _sweep(editions: Path) -> None:
    """Take away what killed issues left."""
    for left in editions.glob(f"{_MAKING}*"):
        process = left.name.removeprefix(_MAKING).partition("-")[0]
        if not process.isdigit() or not process_runs(int(process)):
            shutil.rmtree(left)
