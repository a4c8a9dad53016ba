"""``toguna update check|refresh|build|import|issue|...``: from a text to its published files."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import cast

from toguna.access.api import Actor, acting, require_permit
from toguna.cli import drafting
from toguna.cli.findings import print_findings
from toguna.cli.printing import print_rows
from toguna.cli.texts import add_text, choose_text, desk_for, require_kept
from toguna.cli.words import said
from toguna.publish import clearing, editions
from toguna.publish.api import (
    FORMATS,
    Built,
    Compiled,
    Desk,
    Nature,
    build,
    build_all,
    compile_text,
    instance_desk,
    issue,
    make_all_products,
    make_products,
    rebuild,
)
from toguna.publish.core.sections import TOPICS, Topic
from toguna.publish.refresh import told


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The words after ``update``, each with its own options."""
    words = parser.add_subparsers(dest="word", required=True, metavar="|".join(_VERBS))
    for name, (does, add, _) in _VERBS.items():
        add(words.add_parser(name, help=does, description=does[0].upper() + does[1:] + "."))


def run(arguments: argparse.Namespace) -> int:
    actor = acting(arguments.actor)
    require_permit(actor, "figure.computed")
    return int(_VERBS[arguments.word][2](arguments, actor))


def _compiled(arguments: argparse.Namespace, actor: Actor) -> tuple[Compiled, Desk]:
    text = choose_text(arguments).text
    desk = desk_for(text, actor)
    return compile_text(text, desk), desk


def _check(arguments: argparse.Namespace, actor: Actor) -> int:
    """Prints each finding with its key and weight; 1 when one of them stops an issue."""
    compiled, _ = _compiled(arguments, actor)
    print_findings(compiled, arguments)
    return 1 if compiled.report.stopping else 0


def _build_options(parser: argparse.ArgumentParser) -> None:
    add_text(parser)
    parser.add_argument(
        "--to", default=",".join(FORMATS), metavar="FORMATS", help="pdf, html, docx; several with commas"
    )
    parser.add_argument(
        "-o", "--out", type=Path, metavar="DIR", help="where the files go; build/ and the text's period otherwise"
    )
    parser.add_argument("--all", action="store_true", help="every language of the update")


def _build(arguments: argparse.Namespace, actor: Actor) -> int:
    """Writes the files and prints where they lie, and what a refresh would change."""
    text, formats = choose_text(arguments).text, [each for each in arguments.to.split(",") if each]
    desk = desk_for(text, actor)
    out = arguments.out or Path("build") / text.period
    built: Mapping[str, Built]
    built = build_all(text, desk, out, formats) if arguments.all else {"": build(text, desk, out, formats)}
    for each in built.values():
        for change in each.refreshed.changes:
            print(f"{each.compiled.file}, {told(change, arguments.language)}")
        for file in each.files.values():
            print(file)
        stopping = len(each.compiled.report.stopping)
        if stopping:
            print(said("issue_stopped", arguments.language, file=each.compiled.file, count=stopping))
    return 0


def _products_options(parser: argparse.ArgumentParser) -> None:
    add_text(parser)
    parser.add_argument(
        "-o", "--out", type=Path, metavar="DIR", help="where the files go; build/ and the text's period otherwise"
    )
    parser.add_argument("--all", action="store_true", help="every language of the update")


def _products(arguments: argparse.Namespace, actor: Actor) -> int:
    """Writes the by-products and prints where they lie."""
    text = choose_text(arguments).text
    out = arguments.out or Path("build") / text.period
    make = make_all_products if arguments.all else make_products
    for file in make(text, desk_for(text, actor), out):
        print(file)
    return 0


def _issue_options(parser: argparse.ArgumentParser) -> None:
    add_text(parser)
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
    text = require_kept(choose_text(arguments))
    nature = cast(Nature, arguments.nature)
    issued = issue(text, desk_for(text, actor), actor, nature=nature, reason=arguments.reason)
    count = len(issued.files)
    print(said("issued", arguments.language, edition=issued.edition, count=count, folder=issued.folder))
    return 0


def _edition_option(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("edition", metavar="EDITION", help="its id, as `toguna update editions` lists it")


def _restate(arguments: argparse.Namespace, actor: Actor) -> int:
    """Prints each sentence of an edition whose number would now differ; 1 when there is one."""
    found = editions.restatements(arguments.edition, instance_desk(actor))
    print_rows([vars(each) for each in found], arguments.format, ("line", "was", "now", "why", "sentence"))
    if arguments.format == "table":
        print(said("would_differ", arguments.language, count=len(found), edition=arguments.edition))
    return 1 if found else 0


def _rebuild(arguments: argparse.Namespace, actor: Actor) -> int:
    """Makes an edition again and says which likeness was checked; 1 when it differs."""
    with editions.built_from(arguments.edition):
        again = rebuild(arguments.edition, instance_desk(actor))
    for difference in again.differences:
        print(difference)
    told_as = "rebuilt_differs" if again.differences else "rebuilt_same"
    print(said(told_as, arguments.language, edition=arguments.edition, checked=again.checked))
    return 1 if again.differences else 0


def _waive_options(parser: argparse.ArgumentParser) -> None:
    add_text(parser)
    parser.add_argument("finding", metavar="FINDING", help="its ten letters, as `toguna update check` prints them")
    parser.add_argument("--by", required=True, metavar="NAME", help="who waives it")
    parser.add_argument("--reason", required=True, help="why it may be printed in spite of the finding")


def _waive(arguments: argparse.Namespace, actor: Actor) -> int:
    compiled, _ = _compiled(arguments, actor)
    finding = clearing.waive(compiled, arguments.finding, arguments.by, arguments.reason, actor)
    what = finding.problem.what(arguments.language)
    print(said("waived", arguments.language, by=arguments.by, what=what))
    return 0


def _release_options(parser: argparse.ArgumentParser) -> None:
    add_text(parser)
    parser.add_argument("finding", metavar="FINDING", help="its ten letters, as `toguna update check` prints them")
    parser.add_argument("--reason", required=True, help="why the sentence may be printed all the same")


def _release(arguments: argparse.Namespace, actor: Actor) -> int:
    """Keeps one of the two words that release a barred sentence, and says whether the other is still missing."""
    compiled, _ = _compiled(arguments, actor)
    finding, done = clearing.release_sentence(compiled, arguments.finding, arguments.reason, actor)
    told = "sentence_released" if done else "sentence_half_released"
    print(said(told, arguments.language, by=actor.name, what=finding.problem.what(arguments.language)))
    return 0


def _clear_options(parser: argparse.ArgumentParser) -> None:
    add_text(parser)
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
    compiled, desk = _compiled(arguments, actor)
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
    compiled, _ = _compiled(arguments, actor)
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
    add_text(parser)
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
_VERBS: Mapping[str, tuple[str, _Options, _Run]] = {
    "check": ("checks a text: what may not go out, what is to be mended or waived, what to know", add_text, _check),
    "refresh": (
        "rewrites shown values in the text and prints what changed",
        drafting.add_refresh_options,
        drafting.run_refresh,
    ),
    "build": ("writes PDF, web page, Word file and data file", _build_options, _build),
    "products": ("writes factsheet, dashboard, who does what where, line sheet", _products_options, _products),
    "import": (
        "brings a Word file back to the text, with one page of changes",
        drafting.add_import_options,
        drafting.run_import,
    ),
    "put": ("brings a text of a working folder into the instance", drafting.add_put_options, drafting.run_put),
    "issue": ("freezes and releases an edition", _issue_options, _issue),
    "restate": ("lists the sentences of an edition whose number would now differ", _edition_option, _restate),
    "next": ("drafts the following period's text", drafting.add_next_options, drafting.run_next),
    "waive": ("keeps somebody's reason to print in spite of a finding", _waive_options, _waive),
    "release": (
        "releases a barred sentence: protection officer and Representative, two persons",
        _release_options,
        _release,
    ),
    "clear": ("records who cleared a text, a section or a paragraph, on which day and how", _clear_options, _clear),
    "sections": ("lists sections with owner, state and what needs clearance", _sections_options, _sections),
    "editions": ("lists what was issued", _nothing, _editions),
    "rebuild": ("makes an edition again and compares it with what was issued", _edition_option, _rebuild),
    "withdraw": ("withdraws an edition for somebody's safety", _withdraw_options, _withdraw),
}
