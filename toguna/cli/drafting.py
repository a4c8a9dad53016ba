"""``toguna update refresh|import|put|next``: what writes a text, in the instance or in a file of a working folder."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from toguna.access.api import Actor
from toguna.cli.printing import print_rows
from toguna.cli.texts import ChosenText, add_text, choose_text, desk_for
from toguna.cli.words import said
from toguna.kernel.api import Language, Place, Refused
from toguna.publish import problems as fault
from toguna.publish.api import Compiled, bring_docx, compile_text, draft_text, replace_source, write_changes
from toguna.publish.core.following import draft_following
from toguna.publish.core.front import beside, read_front
from toguna.publish.core.parse import parse_update
from toguna.publish.refresh import clean_pictures, mark_translated, refresh, told
from toguna.publish.texts import UPDATES, replace_file, text_name
from toguna.revisions.api import compare, head, history, record, revision


def add_refresh_options(parser: argparse.ArgumentParser) -> None:
    add_text(parser)
    parser.add_argument(
        "--translated", action="store_true", help="mark each paragraph as translating the one in its place"
    )


def run_refresh(arguments: argparse.Namespace, actor: Actor) -> int:
    """Rewrites shown values in the text, takes positions out of its photos, prints what changed."""
    chosen = choose_text(arguments)
    text, desk = chosen.text, desk_for(chosen.text, actor)
    compiled = compile_text(text, desk)
    done = refresh(compiled.resolution)
    for change in done.changes:
        print(f"{text.name}, {told(change, arguments.language)}")
    chosen = chosen.write(done.source, actor)
    cleaned = clean_pictures(compiled.parsed.update, desk.around.photos)
    for name in cleaned:
        print(said("picture_cleaned", arguments.language, name=name))
    if cleaned:
        record({f"photos/{name}": content for name, content in cleaned.items()}, actor)
    if arguments.translated:
        _mark_translated(chosen, compiled, actor)
        original = beside(text.name, compiled.front.languages[0])
        print(said("marked_translated", arguments.language, file=text.name, original=original))
    print(said("refreshed", arguments.language, count=len(done.changes)))
    return 0


def _mark_translated(chosen: ChosenText, compiled: Compiled, actor: Actor) -> None:
    """Refuses a text that does not follow the original paragraph by paragraph."""
    original = compiled.original or compiled.parsed.update
    marked = mark_translated(parse_update(chosen.text.source, chosen.text.name).update, original)
    if marked is None:
        raise Refused(fault.NOT_ALIGNED.at(Place(file=chosen.text.name), other=original.file))
    chosen.write(marked, actor)


def add_import_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="the Word file that came back")
    add_text(parser)
    parser.add_argument(
        "-o", "--out", type=Path, metavar="FILE", help="a file for the new text; otherwise TEXT itself is written"
    )


def run_import(arguments: argparse.Namespace, actor: Actor) -> int:
    """Writes the new text and one page of changes beside the Word file; 1 when something asks for a decision."""
    chosen = choose_text(arguments)
    text, out = chosen.text, arguments.out
    brought = bring_docx(arguments.file, text, desk_for(text, actor).kept)
    name = text.name
    if out is not None:
        replace_file(out, brought.returned.source)
    else:
        if brought.source_moved_on:
            name = text.name.removesuffix(".md") + ".returned.md"
            print(said("source_moved", arguments.language, file=text.name, out=name))
        chosen.write(brought.returned.source, actor, name)
    page = arguments.file.with_suffix(".changes.html")
    page.write_text(write_changes(brought.returned, arguments.file.name, arguments.language), encoding="utf-8")
    rows = [vars(change) for change in brought.returned.changes]
    print_rows(rows, arguments.format, ("line", "kind", "was", "now"))
    undecided = len(brought.returned.open)
    print(said("imported", arguments.language, changes=len(rows), open=undecided, out=out or name, page=page))
    return 1 if brought.returned.open else 0


def add_put_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="a text in a working folder")
    parser.add_argument(
        "--name", default="", metavar="NAME", help="what the instance calls it; the file's name otherwise"
    )
    parser.add_argument(
        "--base", metavar="REVISION", help="the revision that you edited: a text that was changed since is refused"
    )
    parser.add_argument("--why", default="", metavar="WORDS", help="why; kept with the revision")


def run_put(arguments: argparse.Namespace, actor: Actor) -> int:
    """Brings a text into the instance, as the next revision."""
    draft = draft_text(arguments.file)
    name = text_name(arguments.name or draft.name)
    read_front(parse_update(draft.source, name).update)
    before = head()
    base = revision(arguments.base).digest if arguments.base else before.digest
    written = replace_source(draft.named(name, draft.source), draft.source, actor, if_match=base, why=arguments.why)
    path = f"{UPDATES}{name}"
    state = compare(before.files, written.files).states().get(path, "unchanged")
    if state == "changed" and not arguments.base:
        _say_replaced(path, name, written.digest, arguments.language)
    told = said(f"state_{state}", arguments.language)
    print(said("text_put", arguments.language, name=name, state=told, digest=written.digest[:12]))
    return 0


def _say_replaced(path: str, name: str, written: str, language: Language) -> None:
    """Whose words the text replaced, where nobody said which revision was edited: they are not lost, and are found by that name."""
    replaced = next(each.revision for each in history(path) if each.revision.digest != written)
    when = f"{replaced.at:%Y-%m-%d %H:%M}" if replaced.at else ""
    note = said("text_replaced", language, name=name, digest=replaced.digest[:12], actor=replaced.actor, at=when)
    print(note, file=sys.stderr)


def add_next_options(parser: argparse.ArgumentParser) -> None:
    add_text(parser)
    parser.add_argument(
        "-o", "--out", type=Path, metavar="FILE", help="a file for the draft; otherwise it lies beside TEXT"
    )


def run_next(arguments: argparse.Namespace, actor: Actor) -> int:
    """Writes the following period's draft; refuses to write over one that is there."""
    chosen = choose_text(arguments)
    desk = desk_for(chosen.text, actor)
    compiled = compile_text(chosen.text, desk)
    language = compiled.front.language
    earlier = [(each.period, each.source) for each in chosen.text.earlier(language)]
    drafted = draft_following(compiled.resolution, desk.figures, earlier)
    name = f"{drafted.covers.written().replace('..', '_')}.{language}.md"
    out = arguments.out
    if out.exists() if out is not None else chosen.has(name):
        raise Refused(fault.DRAFT_THERE.at(Place(file=out.name if out is not None else name)))
    if out is not None:
        replace_file(out, drafted.source)
    else:
        chosen.write(drafted.source, actor, name)
    marks = [each.mark for each in drafted.sentences]
    print_rows([vars(each) for each in drafted.sentences], arguments.format, ("line", "mark", "since", "words"))
    if arguments.format == "table":
        print(f"{out or name}: " + ", ".join(f"{marks.count(mark)} {mark}" for mark in dict.fromkeys(marks)))
    return 0
