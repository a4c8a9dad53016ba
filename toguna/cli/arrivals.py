"""``toguna arrivals``: files of partners, from the mailbox to the record."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from toguna.access.api import Actor, acting
from toguna.cli.printing import print_problems, print_rows
from toguna.cli.words import said
from toguna.collect.arrivals import Options
from toguna.instance.store.files import write_durably
from toguna.intake import api as intake
from toguna.intake.arrivals import CHANNELS, as_json
from toguna.intake.core.editing import with_columns, with_constants
from toguna.intake.core.mapping import Layout, parse_mapping, write_mapping

_SHOWN = 50
_LISTED = ("id", "organisation", "name", "channel", "kind", "form_id", "period", "state", "received_at")
_COLUMNS = ("header", "samples", "question", "why")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The words after ``arrivals``."""
    words = parser.add_subparsers(
        dest="word", required=True, metavar="add|list|show|map|word|preview|take|send-back|narrative|discard"
    )
    add = words.add_parser(
        "add", help="keep files that came", description="Keeps files as they came. The same file again is known."
    )
    add.add_argument("files", nargs="+", type=Path, metavar="FILE")
    add.add_argument("--organisation", default="", metavar="CODE", help="who sent it; the account's own otherwise")
    add.add_argument("--channel", choices=CHANNELS, default="upload", help="how it came")
    add.add_argument("--note", default="", metavar="TEXT", help="what was said with it")
    _add_form(add)
    listed = words.add_parser("list", help="list arrivals", description="Lists arrivals, the newest first.")
    listed.add_argument("--state", choices=("received", "taken", "sent_back", "discarded"), help="only those")
    _add_arrival(words, "show", does="show one arrival", description="Shows one arrival.")
    _add_map(words)
    word = _add_arrival(
        words,
        "word",
        does="learn a word",
        description="Learns what a text means that no list has, for this organisation and form.",
    )
    word.add_argument("list", metavar="LIST", help="the list, such as places; or the question, where it has none")
    word.add_argument("text", metavar="TEXT", help="as the partner writes it")
    word.add_argument("code", metavar="CODE", help="what is meant; '' for blank")
    _add_form(word)
    _add_deciding(words)


def _add_deciding(words: Any) -> None:
    preview = _add_arrival(
        words,
        "preview",
        does="show what it would change",
        description="Shows each row that is new, changed, unchanged, gone, nil, wrong or set aside. Stores nothing.",
    )
    take = _add_arrival(
        words, "take", does="take it in", description="Takes the good rows in. Wrong ones are kept in quarantine."
    )
    for each in (preview, take):
        _add_form(each)
        each.add_argument(
            "--same-fact",
            choices=("newer", "further"),
            default="",
            help="what another file tells otherwise: this one is newer, or tells of further facts",
        )
        each.add_argument("--all-or-none", action="store_true", help="take nothing in if anything is refused")
        each.add_argument(
            "--reason", default="", metavar="CODE", help="take in what is questioned, with this reason of the operation"
        )
    _add_answering(words)


def _add_answering(words: Any) -> None:
    back = _add_arrival(
        words,
        "send-back",
        does="write what goes back to the sender",
        description="Writes the workbook with every fault marked, and a letter. A person reads and sends them.",
    )
    _add_form(back)
    back.add_argument("-o", "--output", type=Path, default=Path(), metavar="DIR", help="the folder to write to")
    back.add_argument("--note", default="", metavar="TEXT", help="a sentence of yours for the letter")
    told = _add_arrival(
        words,
        "narrative",
        does="read a narrative beside the return",
        description="Shows a partner's words and compares each number with the return of the month.",
    )
    told.add_argument("--period", default="", metavar="MONTH", help="the month that it reports, such as 2016-12")
    discard = _add_arrival(
        words,
        "discard",
        does="set it aside for good",
        description="Sets an arrival aside. Its file stays, and so does the reason.",
    )
    discard.add_argument("--reason", required=True, metavar="TEXT", help="why")


def _add_arrival(words: Any, name: str, *, does: str, description: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = words.add_parser(name, help=does, description=description)
    parser.add_argument("arrival", metavar="ARRIVAL", help="its id, as the list shows it")
    return parser


def _add_form(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--form", default="", metavar="ID", help="the form that it fills in, where the file does not say"
    )
    parser.add_argument("--sheet", default="", metavar="NAME", help="the sheet that holds the table")
    parser.add_argument("--period", default="", metavar="MONTH", help="the month that it reports, such as 2016-12")


def _add_map(words: Any) -> None:
    parser = _add_arrival(
        words,
        "map",
        does="map its columns",
        description="Shows which question each column is taken for, and why; keeps the mapping with --keep.",
    )
    _add_form(parser)
    parser.add_argument("--column", action="append", default=[], metavar="HEADER=QUESTION",
                        help="map a column; HEADER= keeps it as a note; HEADER=REPEAT.QUESTION[QUESTION=VALUE] makes rows of wide columns")  # fmt: skip
    parser.add_argument(
        "--constant", action="append", default=[], metavar="QUESTION=VALUE", help="the same answer in every row"
    )
    parser.add_argument(
        "--scale", action="append", default=[], metavar="HEADER=FACTOR", help="multiply a column, such as by 1000"
    )
    parser.add_argument(
        "--fill-down",
        action="append",
        default=[],
        metavar="HEADER",
        help="a blank or merged cell means what stands above",
    )
    parser.add_argument("--rows", metavar="REPEAT", help="the repeat whose rows the rows of the sheet are")
    parser.add_argument("--dates", choices=("day-month", "month-day"), help="what 8/1/2016 means")
    parser.add_argument("--month-day", choices=("first", "last"), help="the day that a month alone means")
    parser.add_argument("--decimal", choices=(",", "."), help="the mark of decimals")
    parser.add_argument("--from", dest="given", type=Path, metavar="FILE.toml", help="the mapping as you changed it")
    parser.add_argument("-o", "--output", type=Path, metavar="FILE.toml", help="write the mapping, to change it")
    parser.add_argument("--keep", action="store_true", help="keep the mapping for the next files")


def run(arguments: argparse.Namespace) -> int:
    actor = acting(arguments.actor)
    verbs = {
        "add": _add,
        "list": _list,
        "show": _show,
        "map": _map,
        "word": _word,
        "preview": _preview,
        "take": _take,
        "send-back": _send_back,
        "narrative": _narrative,
        "discard": _discard,
    }
    return verbs[arguments.word](arguments, actor)


def _add(arguments: argparse.Namespace, actor: Actor) -> int:
    for path in arguments.files:
        one = intake.arrive(
            path.read_bytes(), path.name, actor, organisation=arguments.organisation, channel=arguments.channel,
            form_id=arguments.form, period=arguments.period, note=arguments.note,
        )  # fmt: skip
        name = "arrival_known" if one.known else "arrival_added"
        print(
            said(
                name, arguments.language, arrival=one.id, file=one.name, organisation=one.organisation, state=one.state
            )
        )
    return 0


def _list(arguments: argparse.Namespace, actor: Actor) -> int:
    print_rows([as_json(one) for one in intake.arrivals(actor, arguments.state)], arguments.format, _LISTED)
    return 0


def _show(arguments: argparse.Namespace, actor: Actor) -> int:
    one = as_json(intake.arrival(arguments.arrival, actor))
    print_rows(
        [one] if arguments.format != "table" else [{"": name, " ": text} for name, text in one.items()],
        arguments.format,
    )
    return 0


def _understood(arguments: argparse.Namespace, actor: Actor) -> intake.Understood:
    return intake.understand(
        arguments.arrival, actor, form_id=arguments.form, sheet=arguments.sheet, period=arguments.period
    )


def _map(arguments: argparse.Namespace, actor: Actor) -> int:
    found = _understood(arguments, actor)
    organisation, form_id = found.arrival.organisation, found.questions.schema.form_id
    if arguments.given:
        mapping = parse_mapping(arguments.given.read_text(encoding="utf-8"), arguments.given.name)
    else:
        mapping = found.mapping.with_layout(_edited(found, arguments))
    layout = mapping.layout(found.proposal.layout.fingerprint) or found.layout
    if arguments.output:
        arguments.output.write_text(write_mapping(mapping, found.proposal.near), encoding="utf-8")
        print(said("mapping_written", arguments.language, path=arguments.output))
    else:
        print_rows(_mapped(found, layout, arguments), arguments.format, _COLUMNS)
    _tell_open(found, layout, arguments)
    if arguments.keep:
        print(
            said(
                "mapping_kept",
                arguments.language,
                path=intake.keep_mapping(organisation, replace(mapping, form_id=form_id), actor),
            )
        )
    return 0


def _edited(found: intake.Understood, arguments: argparse.Namespace) -> Layout:
    """The layout with what the options say."""
    layout = with_columns(found.layout, arguments.column, found.questions, found.header.columns)
    layout = with_constants(layout, arguments.constant, found.questions)
    given = {
        "dates": arguments.dates,
        "month_day": arguments.month_day,
        "decimal": arguments.decimal,
        "rows": arguments.rows,
    }
    layout = replace(layout, **{name: value for name, value in given.items() if value is not None})
    scale = dict(layout.scale) | {text.rpartition("=")[0]: text.rpartition("=")[2] for text in arguments.scale}
    return replace(layout, scale=scale, fill_down=tuple(dict.fromkeys([*layout.fill_down, *arguments.fill_down])))


def _mapped(found: intake.Understood, layout: Layout, arguments: argparse.Namespace) -> list[dict[str, str]]:
    """Each column with some of its values and the question it is taken for."""
    grouped = {
        header: f"{block.table + '.' if block.table else ''}{name}[{','.join(f'{key}={value}' for key, value in block.set.items())}]"
        for block in layout.blocks
        for header, name in block.columns.items()
    }
    note = said("mapped_note", arguments.language)
    rows = []
    for guess in found.proposal.guesses:
        target = layout.columns.get(guess.header) or grouped.get(guess.header) or ""
        near = f"{guess.target}? " if guess.is_near and not target else ""
        rows.append(
            {
                "header": guess.header,
                "samples": " | ".join(guess.samples)[:60],
                "question": target or f"({note})",
                "why": near + guess.why,
            }
        )
    rows += [{"header": "", "samples": text, "question": name, "why": ""} for name, text in layout.constants.items()]
    return rows


def _tell_open(found: intake.Understood, layout: Layout, arguments: argparse.Namespace) -> None:
    """What the layout still lacks."""
    given = {*layout.columns.values(), *layout.constants}
    given |= {
        f"{block.table}.{name}" if block.table else name
        for block in layout.blocks
        for name in (*block.set, *block.columns.values())
    }
    missing = [target for target in found.proposal.missing if target not in given]
    if missing:
        print(said("mapping_missing", arguments.language, questions=", ".join(missing)), file=sys.stderr)
    grouped = {header for block in layout.blocks for header in block.columns}
    groups = [
        group for _, group in found.proposal.unknown_groups
        if not any(header.startswith(f"{group} / ") for header in (*grouped, *layout.columns))
    ]  # fmt: skip
    if groups:
        question = next((name for name, _ in found.proposal.unknown_groups if name), "")
        shown = {"question": "QUESTION", "list": question.rpartition(".")[2] or "QUESTION"}
        print(said("mapping_groups", arguments.language, groups="; ".join(groups), **shown), file=sys.stderr)


def _word(arguments: argparse.Namespace, actor: Actor) -> int:
    found = _understood(arguments, actor)
    form_id = found.questions.schema.form_id
    intake.keep_word(found.arrival.organisation, form_id, arguments.list, arguments.text, arguments.code, actor)
    print(said("word_kept", arguments.language, text=arguments.text, code=arguments.code or "-"))
    return 0


def _seen(arguments: argparse.Namespace, actor: Actor) -> intake.ArrivalPreview:
    options = Options(all_or_none=arguments.all_or_none, reason=arguments.reason)
    return intake.preview_arrival(
        arguments.arrival,
        actor,
        form_id=arguments.form,
        sheet=arguments.sheet,
        period=arguments.period,
        options=options,
        same_fact=arguments.same_fact,
    )


def _preview(arguments: argparse.Namespace, actor: Actor) -> int:
    seen = _seen(arguments, actor)
    _tell(seen, arguments)
    return 1 if seen.counts["wrong"] else 0


def _tell(seen: intake.ArrivalPreview, arguments: argparse.Namespace) -> None:
    counts: dict[str, object] = {str(name): count for name, count in seen.counts.items()}
    told = {"form": seen.understood.questions.schema.form_id, **counts}
    if arguments.format != "table":
        print_rows([told], arguments.format)
    print_problems(seen.problems[:_SHOWN], arguments.language)
    if len(seen.problems) > _SHOWN:
        print(said("load_changes_more", arguments.language, count=len(seen.problems) - _SHOWN), file=sys.stderr)
    if arguments.format == "table":
        for asked in seen.asked:
            options = ", ".join(f"{code} {name}" if code != name else code for code, name in asked.options)
            print(f"{asked.header}: {asked.text!r} x {asked.count} -> {options or '?'}")
        print(said("arrival_rows", arguments.language, **told))
        if not seen.understood.is_kept:
            print(said("arrival_unkept", arguments.language, arrival=seen.understood.arrival.id))


def _take(arguments: argparse.Namespace, actor: Actor) -> int:
    seen = _seen(arguments, actor)
    receipt = intake.take_arrival(seen, actor)
    print_problems(receipt.problems[:_SHOWN], arguments.language)
    counts = {"received": len(receipt.received), "duplicates": len(receipt.duplicates), "refused": receipt.refused}
    if arguments.all_or_none and receipt.refused:
        print(said("arrival_kept_out", arguments.language, arrival=arguments.arrival))
    elif arguments.format == "table":
        print(said("arrival_taken", arguments.language, arrival=arguments.arrival, **counts))
    else:
        print_rows([counts], arguments.format)
    return 1 if receipt.refused else 0


def _send_back(arguments: argparse.Namespace, actor: Actor) -> int:
    """Writes over nothing. The letter is in the sender's language, whatever the person at the keyboard reads."""
    seen = intake.preview_arrival(
        arguments.arrival, actor, form_id=arguments.form, sheet=arguments.sheet, period=arguments.period
    )
    made = intake.send_back(seen, actor, note=arguments.note)
    workbook = arguments.output / f"{arguments.arrival}_{made.name}"
    letter = arguments.output / f"{arguments.arrival}_{made.name.removesuffix('.xlsx')}.txt"
    arguments.output.mkdir(parents=True, exist_ok=True)
    write_durably(workbook, made.workbook)
    write_durably(letter, f"{made.subject}\n\n{made.letter}".encode())
    print(said("arrival_sent_back", arguments.language, workbook=workbook, letter=letter, arrival=arguments.arrival))
    return 0


def _narrative(arguments: argparse.Namespace, actor: Actor) -> int:
    """1 when a number differs from the return."""
    found = intake.read_narrative(arguments.arrival, actor, arguments.period)
    rows = [
        {
            "number": one.written,
            "agreement": said(f"number_{one.agreement}", arguments.language),
            "return": ", ".join(map(str, one.said)),
            "sentence": one.sentence,
        }
        for one in found.numbers
    ]
    print_rows(rows, arguments.format, ("number", "agreement", "return", "sentence"))
    counts = {name: sum(one.agreement == name for one in found.numbers) for name in ("equal", "differs", "no_row")}
    if arguments.format == "table":
        print(said("narrative_numbers", arguments.language, **counts))
        if found.is_hidden:
            print(said("narrative_hidden", arguments.language))
    return 1 if counts["differs"] else 0


def _discard(arguments: argparse.Namespace, actor: Actor) -> int:
    one = intake.discard(arguments.arrival, actor, arguments.reason)
    print(said("arrival_discarded", arguments.language, arrival=one.id))
    return 0
