"""``toguna forms``: check, template, export, publish."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import cast

from toguna.access.api import acting
from toguna.cli.printing import print_problems
from toguna.cli.words import said
from toguna.collect.api import publish_form, schema_of
from toguna.collect.core.forms import read_form
from toguna.collect.core.forms.export import export_xlsx
from toguna.collect.core.forms.listfiles import read_lists
from toguna.collect.core.forms.problems import CANNOT_OPEN
from toguna.collect.core.forms.reading import read_book
from toguna.collect.core.forms.template import Lists, write_csv_template, write_template
from toguna.collect.core.schema import Schema
from toguna.collect.lists import lists_of
from toguna.instance.api import open_instance
from toguna.kernel.api import Language, Place, Problem, Refused, errors


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "word",
        choices=("check", "template", "export", "publish"),
        help="check: every fault, with its place; template: a spreadsheet to fill (.csv with --format csv); export: as .xlsx; "
        "publish: into the instance, each all or not at all; a new version never breaks submissions of the old",
    )
    parser.add_argument(
        "files",
        nargs="+",
        metavar="FILE",
        help="forms as .md, .xlsx or .xls; of template also the id of a published form",
    )
    parser.add_argument("-o", "--output", type=Path, default=Path(), metavar="DIR", help="the folder to write to")
    parser.add_argument(
        "--lists", type=Path, metavar="DIR", help="a folder with places.csv and the like; the form's own pack otherwise"
    )


def run(arguments: argparse.Namespace) -> int:
    return {"check": _check, "template": _template, "export": _export, "publish": _publish}[arguments.word](arguments)


def _check(arguments: argparse.Namespace) -> int:
    found: list[Problem] = []
    for path in map(Path, arguments.files):
        try:
            read = read_form(path)
        except OSError as error:
            found.append(_cannot_open(path, error))
            continue
        found += read.problems
        if read.schema is not None and arguments.format != "json":
            count = sum(1 for _ in read.schema.columns())
            form, version = read.schema.form_id, read.schema.version or "-"
            print(
                said("form_read", arguments.language, file=path.name, form=form, version=version, questions=count),
                file=sys.stderr if arguments.format == "csv" else sys.stdout,
            )
    print_problems(found, arguments.language, arguments.format)
    return 1 if errors(found) else 0


def _publish(arguments: argparse.Namespace) -> int:
    """Each form that has no fault; 1 when one had."""
    open_instance(arguments.home)
    actor, faulty = acting(arguments.actor), False
    for path in map(Path, arguments.files):
        try:
            done = publish_form(path, actor)
        except Refused as refused:
            faulty = True
            print_problems(refused.problems, arguments.language)
            continue
        except OSError as error:
            faulty = True
            print_problems([_cannot_open(path, error)], arguments.language)
            continue
        print_problems(done.problems, arguments.language)
        print(said("form_published", arguments.language, form=done.form_id, version=done.version))
    return 1 if faulty else 0


def _template(arguments: argparse.Namespace) -> int:
    as_csv = arguments.format == "csv"
    for form in arguments.files:
        schema, lists = _schema_and_lists(form, arguments)
        written = write_csv_template(schema) if as_csv else write_template(schema, lists, arguments.language)
        _write(arguments.output / f"{schema.slug}.{'csv' if as_csv else 'xlsx'}", written)
    return 0


def _export(arguments: argparse.Namespace) -> int:
    for path in map(Path, arguments.files):
        try:
            content = path.read_bytes()
        except OSError as error:
            raise Refused(_cannot_open(path, error)) from error
        _write(arguments.output / f"{path.stem}.xlsx", export_xlsx(read_book(content, path.name)))
    return 0


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    print(path)


def _schema_and_lists(form: str, arguments: argparse.Namespace) -> tuple[Schema, Lists]:
    """The form and its lists: of a file with those of its pack, or as published with those of the instance."""
    path, language = Path(form), cast(Language, arguments.language)
    if not path.is_file():
        return _published(form, arguments, language)
    read = read_form(path)
    if read.schema is None:
        raise Refused(*errors(read.problems))
    folders = (arguments.lists, path.parent, path.parent.parent)
    folder = next((near for near in folders if near and (near / "places.csv").is_file()), arguments.lists)
    return read.schema, read_lists(folder, read.schema, language) if folder else {}


def _published(form: str, arguments: argparse.Namespace, language: Language) -> tuple[Schema, Lists]:
    """Opens the instance only here: forms are checked without one."""
    open_instance(arguments.home)
    schema = schema_of(form)
    if arguments.lists:
        return schema, read_lists(arguments.lists, schema, language)
    return schema, lists_of(schema, language)


def _cannot_open(path: Path, error: OSError) -> Problem:
    return CANNOT_OPEN.at(Place(file=str(path)), reason=error.strerror or type(error).__name__)
