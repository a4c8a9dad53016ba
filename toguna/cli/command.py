"""Which verb lives in which module, and how a verb is run.

A module of verbs offers ``add_arguments(parser)`` and ``run(arguments) -> int`` (exit status: 0 done, 1 found faults, 2 could
not run). The table names modules and does not import them: ``toguna check`` works on the small install, and an instance is
opened before a module that reads it is imported.
"""

from __future__ import annotations

import argparse
import logging
import os
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any, Literal

from toguna.cli.logs import start_log
from toguna.cli.parsing import language_of, language_tag, parsers
from toguna.cli.words import said
from toguna.kernel.api import Language, Problem, Refused
from toguna.kernel.core.messages import translatable, translated


@dataclass(frozen=True, kw_only=True)
class Verb:
    """One line of the table. `instance`: the verb needs none, may open one itself, makes one, works on an opened one, or on one whose
    entities and lake are first brought up to the journal's end (fresh)."""

    module: str
    instance: Literal["none", "may", "make", "open", "fresh"]
    does: str
    example: str


#: Every verb of the command. What a verb with several words does stands in its own module.
VERBS: dict[str, Verb] = {
    "new": Verb(
        module="toguna.cli.new",
        instance="make",
        does="makes an instance from an operation pack",
        example="toguna new --pack operations/mali",
    ),
    "forms": Verb(
        module="toguna.cli.forms",
        instance="may",
        does="checks forms, writes their spreadsheet templates, exports them as .xlsx, publishes new versions",
        example="toguna forms check operations/mali/forms/monthly_return.md",
    ),
    "pack": Verb(
        module="toguna.cli.pack",
        instance="may",
        does="reviews an operation pack; compares it with the instance's, brings it in, writes it out, lists its revisions",
        example="toguna pack check operations/mali",
    ),
    "load": Verb(
        module="toguna.cli.load",
        instance="open",
        does="loads submissions: XML, CSV or XLSX of a form's template, a folder of them",
        example="toguna load returns/2016-12/",
    ),
    "arrivals": Verb(
        module="toguna.cli.arrivals",
        instance="open",
        does="keeps what partners send, maps its columns once, shows what it would change, takes it in or sends it back",
        example="toguna arrivals add december.xlsx --organisation stopsahel",
    ),
    "mail": Verb(
        module="toguna.cli.mail",
        instance="open",
        does="makes arrivals of the mails in a mailbox or a folder, and drafts the answers",
        example="toguna mail fetch --imap mail.example.org --user returns --drafts drafts",
    ),
    "pull": Verb(
        module="toguna.cli.pull",
        instance="open",
        does="keeps an export of ActivityInfo as an arrival; makes places and population of a file of HDX",
        example="toguna pull activityinfo export.xlsx --organisation stopsahel",
    ),
    "returns": Verb(
        module="toguna.cli.returns",
        instance="open",
        does="writes each partner's pre-filled return of a month, with a mail and a short message",
        example="toguna returns december --period 2016-12",
    ),
    "missing": Verb(
        module="toguna.cli.missing",
        instance="open",
        does="lists what partners owe of a month: not received, late, nil, sent back; validated by whom",
        example="toguna missing --period 2016-12",
    ),
    "review": Verb(
        module="toguna.cli.review",
        instance="open",
        does="sets the review state of submissions",
        example="toguna review uuid:1f0c... --state rejected --reason duplicate",
    ),
    "cutoff": Verb(
        module="toguna.cli.cutoff",
        instance="fresh",
        does="closes a period for drafting, and names what came late",
        example="toguna cutoff 2016-12 --at 2017-01-08T18:00",
    ),
    "publication": Verb(
        module="toguna.cli.publication",
        instance="open",
        does="lists what may be printed of sensitive tables in a closed period; takes figures out, adds figures",
        example="toguna publication 2016-12 --without 'protection_incidents?place=ML06' --as protection-officer",
    ),
    "figures": Verb(
        module="toguna.cli.figures",
        instance="fresh",
        does="computes figures",
        example="toguna figures cash_recipients --period 2016-09..2016-12 --by region",
    ),
    "release": Verb(
        module="toguna.cli.release",
        instance="fresh",
        does="releases a figure that is small but harmless: it may then be printed below its threshold",
        example="toguna release certificates_handed_over --as protection-officer",
    ),
    "trace": Verb(
        module="toguna.cli.trace",
        instance="fresh",
        does="shows what one figure was made from",
        example="toguna trace 'people_repatriated?period=2016-12&sex=f'",
    ),
    "ledger": Verb(
        module="toguna.cli.ledger",
        instance="fresh",
        does="computes each line of the pack's ledger and compares it with what was printed",
        example="toguna ledger --format csv",
    ),
    "update": Verb(
        module="toguna.cli.update",
        instance="fresh",
        does="checks, refreshes, builds, imports, issues and restates an update, and drafts the next",
        example="toguna update build 2016-12.en --to pdf,html,docx -o build/mali/2016-12",
    ),
    "published": Verb(
        module="toguna.cli.published",
        instance="open",
        does="writes a copy of the issued editions that a web server can read",
        example="toguna published export public",
    ),
    "verify": Verb(
        module="toguna.cli.verify",
        instance="open",
        does="recomputes the journal's chain and the digests of what is kept",
        example="toguna verify --head 1234:9f86d0...",
    ),
    "work": Verb(
        module="toguna.cli.work",
        instance="open",
        does="brings entities and the lake up to the journal's end, once or again and again, and shows what failed",
        example="toguna work --every 5",
    ),
    "backup": Verb(
        module="toguna.cli.backup",
        instance="open",
        does="writes the whole instance to one file, while others work, and reads it back",
        example="toguna backup usb/mali-2016-12-31.zip",
    ),
    "restore": Verb(
        module="toguna.cli.restore",
        instance="make",
        does="makes an instance from a backup, or lists what a backup holds",
        example="toguna restore usb/mali-2016-12-31.zip --home restored",
    ),
    "migrate": Verb(
        module="toguna.cli.migrate",
        instance="may",
        does="brings an instance of an older Toguna forward, after a backup",
        example="toguna migrate --backup usb/before.zip",
    ),
    "doctor": Verb(
        module="toguna.cli.doctor",
        instance="none",
        does="looks at disk, clock, version, engine, permissions and backups; its report is safe to mail",
        example="toguna doctor -o report.json",
    ),
    "serve": Verb(
        module="toguna.cli.serve",
        instance="open",
        does="serves the web application on this computer, or behind a proxy with TLS",
        example="toguna serve --origin https://toguna.example.org",
    ),
    "user": Verb(
        module="toguna.cli.user",
        instance="open",
        does="adds, lists and disables accounts",
        example="toguna user add awa --role reporting_officer",
    ),
    "sign": Verb(
        module="toguna.cli.sign",
        instance="open",
        does="attests with an account's password what was done under its name",
        example="toguna sign --as awa",
    ),
    "check": Verb(
        module="toguna.cli.check",
        instance="none",
        does="finds figures in any document that do not agree",
        example="toguna check update.pdf",
    ),
}


#: The variables that say how much is logged (debug, info, warning, error; nothing otherwise), and to which file instead of standard error.
LOG, LOG_FILE = "TOGUNA_LOG", "TOGUNA_LOG_FILE"
_log = logging.getLogger("toguna.cli")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb; returns the exit status."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    verb = VERBS.get(words[0]) if words else None
    language = language_of(words, os.environ)
    if verb is None:
        return _overview(words, language)
    common = _common_options(language, words[0])
    given, rest = common.parse_known_args(words[1:])
    try:
        try:
            start_log(os.environ.get(LOG, ""), os.environ.get(LOG_FILE, ""))
        except ValueError:
            print(said("log_level", given.language), file=sys.stderr)
            return 2
        with _logged(words[0]) as ended, _named(verb, given.actor):
            _prepare(verb, given.home, given.language, asks_help=bool({"-h", "--help"} & set(rest)))
            module = import_module(verb.module)
            ended["status"] = int(module.run(parser_of(words[0], module, common, language).parse_args(rest, given)))
            return int(ended["status"])
    except Refused as refused:
        for problem in refused.problems:
            print(problem.written(given.language), file=sys.stderr)
        return 2
    except BrokenPipeError:
        return 2
    except OSError as error:
        print(
            said("system", given.language, file=error.filename or "", reason=error.strerror or error), file=sys.stderr
        )
        return 2
    except KeyboardInterrupt:
        print(said("stopped", given.language), file=sys.stderr)
        return 2
    except Exception as error:
        told = _of_database(error)
        if told is None:
            raise
        print(told.written(given.language), file=sys.stderr)
        return 2


def _of_database(error: Exception) -> Problem | None:
    """A fault of the database that no room has told of, as a sentence: a full disk, a file that is busy. None of any other error."""
    opened = sys.modules.get("toguna.instance.store.database")
    return opened.told(error) if opened is not None else None


def _named(verb: Verb, actor: str | None) -> AbstractContextManager[None]:
    """`--as` names and does not authenticate: what is done under the name says so."""
    if verb.instance == "none" or actor in (None, "owner"):
        return nullcontext()
    attesting: AbstractContextManager[None] = import_module("toguna.journal.api").attesting("no")
    return attesting


@contextmanager
def _logged(verb: str) -> Iterator[dict[str, Any]]:
    """Logs how the verb ended: its status, the ids of what it was refused for, or the class of what it raised."""
    began = time.monotonic()
    fields: dict[str, Any] = {"verb": verb}
    _log.info("verb.started", extra={"fields": dict(fields)})
    try:
        yield fields
        _log.info("verb.ended", extra={"fields": _timed(fields, began)})
    except Refused as refused:
        fields |= {"status": 2, "problems": sorted({problem.id for problem in refused.problems})}
        _log.warning("verb.refused", extra={"fields": _timed(fields, began)})
        raise
    except Exception:
        _log.error("verb.failed", extra={"fields": _timed(fields, began)}, exc_info=True)
        raise


def _timed(fields: dict[str, Any], began: float) -> dict[str, Any]:
    return {**fields, "milliseconds": round(1000 * (time.monotonic() - began))}


def parser_of(
    name: str, module: ModuleType, common: argparse.ArgumentParser | None = None, language: Language = "en"
) -> argparse.ArgumentParser:
    """How a verb's words are read, with its help in the language. `module` is the one that the table names for it."""
    verb = VERBS[name]
    parser = parsers(language)(
        prog=f"toguna {name}",
        description=verb.does,
        epilog=f"{translated(translatable('Example:'), language)} {verb.example}",
        parents=[common or _common_options(language, name)],
    )
    module.add_arguments(parser)
    return parser


def _common_options(language: Language, verb: str) -> argparse.ArgumentParser:
    """The options that every verb takes."""
    parser = parsers(language)(prog=f"toguna {verb}", add_help=False, allow_abbrev=False)
    home = Path(os.environ.get("TOGUNA_HOME", "var"))
    parser.add_argument("--home", type=Path, default=home, metavar="DIR", help="the instance folder (now %(default)s)")
    parser.add_argument(
        "--as", dest="actor", metavar="NAME", help="act as this account; the instance's owner otherwise"
    )
    parser.add_argument("--format", choices=("table", "csv", "json"), default="table", help="how rows are printed")
    parser.add_argument(
        "--language", type=language_tag, default=language, metavar="LANGUAGE",
        help="of what a person reads: en, fr, or another of the operation; $TOGUNA_LANG or the locale's otherwise",
    )  # fmt: skip
    return parser


def _prepare(verb: Verb, home: Path, language: Language, *, asks_help: bool) -> None:
    """Configure or open the instance as the verb needs, before the verb's module is imported."""
    if verb.instance == "none":
        return
    instance = import_module("toguna.instance.api")
    instance.configure(home)
    if verb.instance in ("open", "fresh") and not asks_help:
        instance.open_instance(home)
        import_module("toguna.revisions.api").settle()
        if verb.instance == "fresh":
            import_module("toguna.cli.work").catch_up(language)


def _overview(words: Sequence[str], language: Language) -> int:
    named = [word for word in words[:1] if word not in {"-h", "--help", "help"} and not word.startswith("--language")]
    stream = sys.stderr if named else sys.stdout
    if named:
        print(said("no_verb", language, verb=repr(named[0])), file=stream)
    width = max(map(len, VERBS))
    for name, verb in VERBS.items():
        print(f"  toguna {name:<{width}}  {translated(verb.does, language)}", file=stream)
    return 2 if named else 0
