"""``toguna update check|refresh|build|import|issue|...``: from a source to its published files."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import cast

from toguna.access.api import Actor, acting, require_permit
from toguna.cli.findings import print_findings
from toguna.cli.printing import print_rows
from toguna.cli.words import UPDATE, said
from toguna.kernel.api import Place, Refused
from toguna.kernel.core.messages import translatable
from toguna.publish import clearing, editions
from toguna.publish import problems as fault
from toguna.publish.build import (
    FORMATS,
    Built,
    Compiled,
    Desk,
    build,
    build_all,
    compile_text,
    read_source,
    replace_source,
)
from toguna.publish.core.following import draft_following
from toguna.publish.core.front import beside, read_front
from toguna.publish.core.sections import TOPICS, Topic
from toguna.publish.instance_figures import instance_desk
from toguna.publish.issuing import Nature, issue, rebuild
from toguna.publish.products.making import make_all_products, make_products
from toguna.publish.refresh import clean_pictures, mark_translated, refresh, told
from toguna.publish.word.bring import bring_docx, write_changes

_SOURCE = translatable("the source of one language, such as operations/mali/updates/2016-12.en.md")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The words after ``update``, each with its own options."""
    words = parser.add_subparsers(dest="word", required=True, metavar="|".join(_VERBS))
    for name, (add, _) in _VERBS.items():
        add(words.add_parser(name, help=UPDATE[name], description=UPDATE[name]))


def run(arguments: argparse.Namespace) -> int:
    actor = acting(arguments.actor)
    require_permit(actor, "figure.computed")
    return int(_VERBS[arguments.word][1](arguments, actor))


def _source(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("source", type=Path, metavar="SOURCE", help=_SOURCE)


def _desk(path: Path, actor: Actor) -> Desk:
    return instance_desk(path, actor, read_front(read_source(path).update))


def _compiled(path: Path, actor: Actor) -> tuple[Compiled, Desk]:
    desk = _desk(path, actor)
    return compile_text(path, desk), desk


def _check(arguments: argparse.Namespace, actor: Actor) -> int:
    """Prints each finding with its key and weight; 1 when one of them stops an issue."""
    compiled, _ = _compiled(arguments.source, actor)
    print_findings(compiled, arguments)
    return 1 if compiled.report.stopping else 0


def _refresh_options(parser: argparse.ArgumentParser) -> None:
    _source(parser)
    parser.add_argument(
        "--translated", action="store_true", help="mark each paragraph as translating the one in its place"
    )


def _refresh(arguments: argparse.Namespace, actor: Actor) -> int:
    """Rewrites shown values in the source, takes positions out of its photos, prints what changed."""
    path = arguments.source
    compiled, desk = _compiled(path, actor)
    done = refresh(compiled.resolution)
    source = done.source
    for change in done.changes:
        print(f"{path.name}, {told(change, arguments.language)}")
    replace_source(path, source)
    for name in clean_pictures(compiled.parsed.update, desk.around.photos):
        print(said("picture_cleaned", arguments.language, name=name))
    if arguments.translated:
        original = beside(path, compiled.front.languages[0])
        marked = mark_translated(read_source(path).update, read_source(original).update)
        if marked is None:
            raise Refused(fault.NOT_ALIGNED.at(Place(file=path.name), other=original.name))
        replace_source(path, marked)
        print(said("marked_translated", arguments.language, file=path.name, original=original.name))
    print(said("refreshed", arguments.language, count=len(done.changes)))
    return 0


def _build_options(parser: argparse.ArgumentParser) -> None:
    _source(parser)
    parser.add_argument(
        "--to", default=",".join(FORMATS), metavar="FORMATS", help="pdf, html, docx; several with commas"
    )
    parser.add_argument(
        "-o", "--out", type=Path, metavar="DIR", help="where the files go; build/ and the text's period otherwise"
    )
    parser.add_argument("--all", action="store_true", help="every language of the update")


def _build(arguments: argparse.Namespace, actor: Actor) -> int:
    """Writes the files and prints where they lie, and what a refresh would change."""
    path, formats = arguments.source, [each for each in arguments.to.split(",") if each]
    desk = _desk(path, actor)
    out = arguments.out or Path("build") / path.name.split(".")[0]
    built: Mapping[str, Built]
    built = build_all(path, desk, out, formats) if arguments.all else {"": build(path, desk, out, formats)}
    for each in built.values():
        for change in each.refreshed.changes:
            print(f"{each.compiled.path.name}, {told(change, arguments.language)}")
        for file in each.files.values():
            print(file)
        stopping = len(each.compiled.report.stopping)
        if stopping:
            print(said("issue_stopped", arguments.language, file=each.compiled.path.name, count=stopping))
    return 0


def _products_options(parser: argparse.ArgumentParser) -> None:
    _source(parser)
    parser.add_argument(
        "-o", "--out", type=Path, metavar="DIR", help="where the files go; build/ and the text's period otherwise"
    )
    parser.add_argument("--all", action="store_true", help="every language of the update")


def _products(arguments: argparse.Namespace, actor: Actor) -> int:
    """Writes the by-products and prints where they lie."""
    path = arguments.source
    out = arguments.out or Path("build") / path.name.split(".")[0]
    make = make_all_products if arguments.all else make_products
    for file in make(path, _desk(path, actor), out):
        print(file)
    return 0


def _import_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="the Word file that came back")
    parser.add_argument("source", type=Path, metavar="SOURCE", help=_SOURCE)
    parser.add_argument(
        "-o", "--out", type=Path, metavar="FILE", help="where the new source goes; over SOURCE otherwise"
    )


def _import(arguments: argparse.Namespace, actor: Actor) -> int:
    """Writes the new source and one page of changes beside the Word file; 1 when something asks for a decision."""
    path = arguments.source
    desk = _desk(path, actor)
    brought = bring_docx(arguments.file, path, desk.kept)
    out = arguments.out or path
    if brought.source_moved_on and arguments.out is None:
        out = path.with_name(path.name.removesuffix(".md") + ".returned.md")
        print(said("source_moved", arguments.language, file=path.name, out=out.name))
    replace_source(out, brought.returned.source)
    page = arguments.file.with_suffix(".changes.html")
    page.write_text(write_changes(brought.returned, arguments.file.name, arguments.language), encoding="utf-8")
    rows = [vars(change) for change in brought.returned.changes]
    print_rows(rows, arguments.format, ("line", "kind", "was", "now"))
    undecided = len(brought.returned.open)
    print(said("imported", arguments.language, changes=len(rows), open=undecided, out=out, page=page))
    return 1 if brought.returned.open else 0


def _issue_options(parser: argparse.ArgumentParser) -> None:
    _source(parser)
    why = parser.add_mutually_exclusive_group()
    why.add_argument(
        "--restated", dest="nature", action="store_const", const="restated", help="a new edition for late data"
    )
    why.add_argument(
        "--replaced", dest="nature", action="store_const", const="replaced", help="a new edition for an error of ours"
    )
    parser.add_argument("--reason", default="", help="what the first page of a restated or replaced edition says")
    parser.set_defaults(nature="first")


def _issue(arguments: argparse.Namespace, actor: Actor) -> int:
    path = arguments.source
    nature = cast(Nature, arguments.nature)
    issued = issue(path, _desk(path, actor), actor, nature=nature, reason=arguments.reason)
    count = len(issued.files)
    print(said("issued", arguments.language, edition=issued.edition, count=count, folder=issued.folder))
    return 0


def _edition_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("edition", metavar="EDITION", help="its id, as `toguna update editions` lists it")
    _pack_option(parser)


def _pack_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--pack", type=Path, default=Path("operations/mali"), metavar="DIR", help="the pack of the edition's pictures"
    )


def _restate(arguments: argparse.Namespace, actor: Actor) -> int:
    """Prints each sentence of an edition whose number would now differ; 1 when there is one."""
    desk = instance_desk(arguments.pack / "updates" / "x.md", actor)
    found = editions.restatements(arguments.edition, desk)
    print_rows([vars(each) for each in found], arguments.format, ("line", "was", "now", "why", "sentence"))
    if arguments.format == "table":
        print(said("would_differ", arguments.language, count=len(found), edition=arguments.edition))
    return 1 if found else 0


def _rebuild(arguments: argparse.Namespace, actor: Actor) -> int:
    """Makes an edition again and says which likeness was checked; 1 when it differs."""
    again = rebuild(arguments.edition, instance_desk(arguments.pack / "updates" / "x.md", actor))
    for difference in again.differences:
        print(difference)
    told_as = "rebuilt_differs" if again.differences else "rebuilt_same"
    print(said(told_as, arguments.language, edition=arguments.edition, checked=again.checked))
    return 1 if again.differences else 0


def _next_options(parser: argparse.ArgumentParser) -> None:
    _source(parser)
    parser.add_argument("-o", "--out", type=Path, metavar="FILE", help="where the draft goes; beside SOURCE otherwise")


def _next(arguments: argparse.Namespace, actor: Actor) -> int:
    """Writes the following period's draft; refuses to write over one that is there."""
    path = arguments.source
    compiled, desk = _compiled(path, actor)
    drafted = draft_following(compiled.resolution, desk.figures, _earlier(path))
    out = arguments.out or path.with_name(f"{drafted.covers.written().replace('..', '_')}.{compiled.front.language}.md")
    if out.exists():
        raise Refused(fault.DRAFT_THERE.at(Place(file=out.name)))
    replace_source(out, drafted.source)
    marks = [each.mark for each in drafted.sentences]
    print_rows([vars(each) for each in drafted.sentences], arguments.format, ("line", "mark", "since", "words"))
    if arguments.format == "table":
        print(f"{out}: " + ", ".join(f"{marks.count(mark)} {mark}" for mark in dict.fromkeys(marks)))
    return 0


def _earlier(path: Path) -> list[tuple[str, str]]:
    """Earlier updates of the same language in the same folder, the latest first."""
    language = read_front(read_source(path).update).language
    files = sorted(path.parent.glob(f"*.{language}.md"), reverse=True)
    return [(file.name.split(".")[0], file.read_text(encoding="utf-8")) for file in files if file.name < path.name]


def _waive_options(parser: argparse.ArgumentParser) -> None:
    _source(parser)
    parser.add_argument("finding", metavar="FINDING", help="its ten letters, as `toguna update check` prints them")
    parser.add_argument("--by", required=True, metavar="NAME", help="who waives it")
    parser.add_argument("--reason", required=True, help="why it may be printed in spite of the finding")


def _waive(arguments: argparse.Namespace, actor: Actor) -> int:
    compiled, _ = _compiled(arguments.source, actor)
    finding = clearing.waive(compiled, arguments.finding, arguments.by, arguments.reason, actor)
    what = finding.problem.what(arguments.language)
    print(said("waived", arguments.language, by=arguments.by, what=what))
    return 0


def _release_options(parser: argparse.ArgumentParser) -> None:
    _source(parser)
    parser.add_argument("finding", metavar="FINDING", help="its ten letters, as `toguna update check` prints them")
    parser.add_argument("--reason", required=True, help="why the sentence may be printed all the same")


def _release(arguments: argparse.Namespace, actor: Actor) -> int:
    """Keeps one of the two words that release a barred sentence, and says whether the other is still missing."""
    compiled, _ = _compiled(arguments.source, actor)
    finding, done = clearing.release_sentence(compiled, arguments.finding, arguments.reason, actor)
    told = "sentence_released" if done else "sentence_half_released"
    print(said(told, arguments.language, by=actor.name, what=finding.problem.what(arguments.language)))
    return 0


def _clear_options(parser: argparse.ArgumentParser) -> None:
    _source(parser)
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--section", metavar="TITLE", help="a section, by its heading; the whole text otherwise")
    what.add_argument("--line", type=int, metavar="N", help="a paragraph, by its line; say --topic")
    parser.add_argument("--topic", choices=TOPICS, help="for what a paragraph is cleared")
    parser.add_argument("--by", required=True, metavar="NAME", help="who cleared it")
    parser.add_argument(
        "--on", type=date.fromisoformat, default=None, metavar="DATE", help="on which day; today otherwise"
    )
    parser.add_argument(
        "--means", choices=("account", "e-mail", "telephone", "meeting"), default="e-mail", help="how it was said"
    )
    parser.add_argument(
        "--letter", type=Path, metavar="FILE", help="the e-mail, as a file: its SHA-256 is kept with the clearance"
    )


def _clear(arguments: argparse.Namespace, actor: Actor) -> int:
    compiled, desk = _compiled(arguments.source, actor)
    letter = sha256(arguments.letter.read_bytes()).hexdigest() if arguments.letter else ""
    word = clearing.Word(by=arguments.by, on=arguments.on or desk.today, means=arguments.means, letter=letter)
    if arguments.section:
        clearing.clear_section(compiled, arguments.section, word, actor)
    elif arguments.line:
        clearing.clear_paragraph(compiled, arguments.line, cast(Topic, arguments.topic or TOPICS[0]), word, actor)
    else:
        clearing.clear_whole(compiled, word, actor)
    details = {"by": word.by, "on": word.on, "means": word.means, "actor": actor.name}
    print(said("cleared", arguments.language, **details))
    return 0


def _sections(arguments: argparse.Namespace, actor: Actor) -> int:
    """Prints each section with its owner and state, and the paragraphs that need clearance of their own."""
    compiled, _ = _compiled(arguments.source, actor)
    if arguments.owner:
        title, _, owner = arguments.owner.partition("=")
        clearing.set_owner(compiled, title, owner, actor)
    rows = [
        {
            "section": each.section.title,
            "line": each.section.line,
            "owner": each.owner,
            "state": each.state,
            "to_clear": [f"line {one.line}: {one.topic}" for one in each.section.sensitive],
        }
        for each in clearing.section_states(compiled)
    ]
    print_rows(rows, arguments.format)
    return 0


def _sections_options(parser: argparse.ArgumentParser) -> None:
    _source(parser)
    parser.add_argument("--owner", metavar="TITLE=NAME", help="say who writes a section")


def _withdraw_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("edition", metavar="EDITION", help="its id, as `toguna update editions` lists it")
    parser.add_argument("--reason", required=True, help="for whose safety, or whose consent ended")


def _withdraw(arguments: argparse.Namespace, actor: Actor) -> int:
    editions.withdraw(arguments.edition, arguments.reason, actor)
    print(said("withdrawn", arguments.language, edition=arguments.edition))
    return 0


def _nothing(parser: argparse.ArgumentParser) -> None:
    """No option of its own."""


def _editions(arguments: argparse.Namespace, actor: Actor) -> int:
    print_rows(editions.list_editions(), arguments.format)
    return 0


_Options = Callable[[argparse.ArgumentParser], None]
_Run = Callable[[argparse.Namespace, Actor], int]
_VERBS: Mapping[str, tuple[_Options, _Run]] = {
    "check": (_source, _check),
    "refresh": (_refresh_options, _refresh),
    "build": (_build_options, _build),
    "products": (_products_options, _products),
    "import": (_import_options, _import),
    "issue": (_issue_options, _issue),
    "restate": (_edition_option, _restate),
    "next": (_next_options, _next),
    "waive": (_waive_options, _waive),
    "release": (_release_options, _release),
    "clear": (_clear_options, _clear),
    "sections": (_sections_options, _sections),
    "editions": (_nothing, _editions),
    "rebuild": (_edition_option, _rebuild),
    "withdraw": (_withdraw_options, _withdraw),
}
