"""``toguna pack``: check, pages; diff, apply, export, history of the opened instance's own."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path

from toguna.access.api import acting, require_permit
from toguna.cli.printing import print_problems, print_rows
from toguna.cli.words import said
from toguna.instance.api import current, open_instance
from toguna.kernel.api import Refused, errors
from toguna.pack.api import PackDiff, apply_pack, diff_pack, review_pack, system_pages
from toguna.pack.problems import FOLDER_TAKEN
from toguna.revisions.api import RevisionFiles, head, history, revision, settle, write_folder

_SHORT = 12


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The words after ``pack``, each with its own options."""
    words = parser.add_subparsers(dest="word", required=True, metavar="|".join(_WORDS))
    for name, (does, add, _) in _WORDS.items():
        add(words.add_parser(name, help=does, description=does[0].upper() + does[1:] + "."))


def run(arguments: argparse.Namespace) -> int:
    return _WORDS[arguments.word][2](arguments)


def _folder(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, metavar="FOLDER", help="the operation pack")


def _check(arguments: argparse.Namespace) -> int:
    """Prints everything that a reviewer would find, in one run; 1 when there is a fault."""
    reviewed = review_pack(arguments.folder)
    print_problems(reviewed.problems, arguments.language, arguments.format)
    if arguments.format == "table":
        faults = len(errors(reviewed.problems))
        remarks = len(reviewed.problems) - faults
        print(said("pack_checked", arguments.language, folder=arguments.folder, faults=faults, remarks=remarks))
    return 1 if errors(reviewed.problems) else 0


def _pages_options(parser: argparse.ArgumentParser) -> None:
    _folder(parser)
    parser.add_argument("-o", "--output", type=Path, default=Path("docs"), metavar="DIR", help="where the pages go")


def _pages(arguments: argparse.Namespace) -> int:
    """Writes one page a kind of work."""
    reviewed = review_pack(arguments.folder)
    print_problems(reviewed.problems, arguments.language, arguments.format)
    if errors(reviewed.problems):
        return 1
    arguments.output.mkdir(parents=True, exist_ok=True)
    pages = system_pages(reviewed)
    for name, text in pages.items():
        (arguments.output / name).write_text(text, encoding="utf-8")
    print(said("pages_written", arguments.language, pages=len(pages), folder=arguments.output))
    return 0


def _diff_options(parser: argparse.ArgumentParser) -> None:
    _folder(parser)
    parser.add_argument(
        "--replace", action="store_true", help="take out files that the folder does not have; they stay otherwise"
    )


def _diff(arguments: argparse.Namespace) -> int:
    """Prints how the folder differs from the instance's pack, and what a reviewer finds in the result; 1 when there is a fault."""
    _open(arguments)
    require_permit(acting(arguments.actor), "internal.read")
    found = diff_pack(arguments.folder, replace_all=arguments.replace)
    _print_problems(found, arguments)
    _print_files(found, found.indicators, arguments)
    return 1 if errors(found.problems) else 0


def _apply_options(parser: argparse.ArgumentParser) -> None:
    _diff_options(parser)
    parser.add_argument("--check-only", action="store_true", help="try everything, keep nothing")
    parser.add_argument(
        "--base", metavar="REVISION", help="the revision that you exported: a pack that was changed since is refused"
    )
    parser.add_argument("--why", default="", metavar="WORDS", help="why; kept with the revision")


def _apply(arguments: argparse.Namespace) -> int:
    """Brings the folder into the instance, all or nothing; prints what each file brought."""
    _open(arguments)
    actor = acting(arguments.actor)
    base = revision(arguments.base).digest if arguments.base else None
    done = apply_pack(
        arguments.folder,
        actor,
        replace_all=arguments.replace,
        base=base,
        why=arguments.why,
        commits=not arguments.check_only,
    )
    _print_problems(done.diff, arguments)
    _print_files(done.diff, done.effects, arguments)
    if arguments.format == "table":
        same = done.revision.digest == done.diff.base.digest
        told = "pack_tried" if arguments.check_only else "pack_same" if same else "pack_applied"
        print(said(told, arguments.language, digest=done.revision.digest[:_SHORT], count=len(done.diff.changes)))
    return 0


def _export_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("folder", type=Path, metavar="DIR", help="a folder that is empty or not there")
    parser.add_argument("--revision", metavar="DIGEST", help="an earlier revision, as `toguna pack history` lists it")


def _export(arguments: argparse.Namespace) -> int:
    """Writes the pack's files as they were brought in. Refuses a folder that holds something."""
    _open(arguments)
    require_permit(acting(arguments.actor), "internal.read")
    folder = arguments.folder
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise Refused(FOLDER_TAKEN.at(path=folder))
    wanted = revision(arguments.revision) if arguments.revision else head()
    write_folder(RevisionFiles(wanted), folder)
    print(
        said("pack_exported", arguments.language, files=len(wanted.files), folder=folder, digest=wanted.digest[:_SHORT])
    )
    return 0


def _history_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("path", nargs="?", metavar="PATH", help="one file of the pack; every file otherwise")


def _history(arguments: argparse.Namespace) -> int:
    """Prints which revision changed what, the newest first."""
    _open(arguments)
    require_permit(acting(arguments.actor), "internal.read")
    zone = current().operation.time_zone
    rows = [
        {
            "revision": change.revision.digest[:_SHORT],
            "at": f"{change.revision.at.astimezone(zone):%Y-%m-%d %H:%M}" if change.revision.at else "",
            "actor": change.revision.actor,
            "file": change.path,
            "state": said(f"state_{change.state}", arguments.language),
            "why": change.revision.why,
        }
        for change in history(arguments.path)
    ]
    print_rows(rows, arguments.format, ("revision", "at", "actor", "file", "state", "why"))
    return 0


def _open(arguments: argparse.Namespace) -> None:
    open_instance(arguments.home)
    settle()


def _print_problems(found: PackDiff, arguments: argparse.Namespace) -> None:
    """Faults always, remarks where something changes."""
    if arguments.format != "json":
        print_problems(errors(found.problems) if found.comparison.is_same else found.problems, arguments.language)


def _print_files(found: PackDiff, effects: Mapping[str, str], arguments: argparse.Namespace) -> None:
    """Each file that differs with its state and what it brought; then how many are unchanged."""
    stays = () if arguments.replace else found.comparison.gone
    rows = [
        {
            "file": path,
            "state": said("state_kept" if path in stays else f"state_{state}", arguments.language),
            "brought": effects.get(path, ""),
        }
        for path, state in found.comparison.states().items()
        if state != "unchanged"
    ]
    print_rows(rows, arguments.format, ("file", "state", "brought"))
    if arguments.format == "table":
        print(said("pack_unchanged", arguments.language, count=len(found.comparison.unchanged)))


_WORDS: Mapping[str, tuple[str, Callable[[argparse.ArgumentParser], None], Callable[[argparse.Namespace], int]]] = {
    "check": ("reviews a pack: everything a reviewer would find, in one run", _folder, _check),
    "pages": ("writes one page for each kind of work of a pack", _pages_options, _pages),
    "diff": ("compares a folder with the pack of the instance and reviews the result", _diff_options, _diff),
    "apply": (
        "brings a folder into the instance as the next revision of its pack, all or nothing",
        _apply_options,
        _apply,
    ),
    "export": ("writes the pack of the instance to a folder", _export_options, _export),
    "history": ("lists the revisions of the pack, and what each changed", _history_options, _history),
}
