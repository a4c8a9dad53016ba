"""How one organisation's files become rows of a form: a text of the pack, ``mappings/<organisation>/<form>.toml``.

A mapping has a layout for each set of headers that was seen, known by its fingerprint, and the words that were learnt: what people write that
no list has, with the code that is meant and who said so. Pure: text to values and back.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from toguna.intake import problems
from toguna.intake.core.dates import DateOrder, MonthDay
from toguna.intake.core.header import HeaderColumn
from toguna.intake.core.numbers import DecimalMark
from toguna.intake.core.words import fold
from toguna.kernel.api import Place, Problem, Refused, digest

#: Constants that stand for what differs from file to file: the first day of the month, the organisation that sent it.
PERIOD, ORGANISATION = "{period}", "{organisation}"
_LAYOUT = (
    "fingerprint",
    "sheet",
    "rows",
    "dates",
    "month_day",
    "decimal",
    "fill_down",
    "notes",
    "constants",
    "columns",
    "scale",
    "block",
)
_ONE_OF = {"dates": ("", "day-month", "month-day"), "month_day": ("", "first", "last"), "decimal": ("", ",", ".")}


@dataclass(frozen=True, kw_only=True)
class Block:
    """Wide columns that make one row of `table`: `set` is what their group means, `columns` is header to question."""

    table: str
    set: Mapping[str, str]
    columns: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Layout:
    """What one set of headers means. A question of a repeat is written `repeat.question`."""

    fingerprint: str
    sheet: str = ""
    #: The repeat whose rows the sheet's rows are; "" where each row is a filled form.
    rows: str = ""
    columns: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    blocks: tuple[Block, ...] = ()
    #: Columns that no question takes: they stay in the file, which is kept.
    notes: tuple[str, ...] = ()
    #: What a column's numbers are multiplied by, such as 1000 where amounts are in thousands.
    scale: Mapping[str, str] = field(default_factory=dict)
    #: Columns of which a blank cell, or a merged one, means what stands above it.
    fill_down: tuple[str, ...] = ()
    dates: DateOrder = ""
    month_day: MonthDay = ""
    decimal: DecimalMark = ""


@dataclass(frozen=True, kw_only=True)
class Word:
    """What was written, the code that is meant ("" for blank), and who said so."""

    to: str
    by: str = ""


@dataclass(frozen=True, kw_only=True)
class FormMapping:
    """Everything that is known of one organisation's files for one form."""

    form_id: str
    layouts: tuple[Layout, ...] = ()
    #: By list (or by question, of one that has no list): folded text to the word.
    words: Mapping[str, Mapping[str, Word]] = field(default_factory=dict)

    def layout(self, fingerprint: str) -> Layout | None:
        return next((one for one in self.layouts if one.fingerprint == fingerprint), None)

    def with_layout(self, layout: Layout) -> FormMapping:
        """With this layout in the place of the one for the same headers."""
        others = tuple(one for one in self.layouts if one.fingerprint != layout.fingerprint)
        return replace(self, layouts=(*others, layout))

    def with_word(self, list_name: str, written: str, word: Word) -> FormMapping:
        return replace(self, words={**self.words, list_name: {**self.words.get(list_name, {}), written: word}})

    def word(self, list_name: str, written: str) -> Word | None:
        """The word that was learnt for this writing, accents and capitals aside."""
        own = self.words.get(list_name, {})
        return own.get(written) or next(
            (word for text, word in own.items() if (fold(text) or text) == (fold(written) or written)), None
        )


def fingerprint(columns: Iterable[HeaderColumn]) -> str:
    """Of folded headers and tags, in the order of the sheet: the same table, next month."""
    return digest([[fold(column.header) or column.header, column.tag] for column in columns])[:16]


def mapping_path(organisation: str, form_slug: str) -> str:
    return f"mappings/{organisation}/{form_slug}.toml"


def write_mapping(mapping: FormMapping, near: Mapping[str, tuple[str, str]] | None = None) -> str:
    """The mapping as text. `near`: guesses that nobody has confirmed, by header, with their reason; they stand as comments."""
    lines = [f"form = {_text(mapping.form_id)}", ""]
    for layout in mapping.layouts:
        lines += _layout_lines(layout, near or {})
    for name, words in sorted(mapping.words.items()):
        lines += [f"[words.{_text(name)}]"]
        lines += [
            f"{_text(written)} = {{to = {_text(word.to)}, by = {_text(word.by)}}}"
            for written, word in sorted(words.items())
        ]
        lines += [""]
    return "\n".join(lines).rstrip() + "\n"


def parse_mapping(text: str, file: str = "") -> FormMapping:
    """What `write_mapping` wrote, or an office changed. Refuses, with every fault, what is no TOML and what no mapping has."""
    place = Place(file=file or None)
    try:
        given = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise Refused(problems.MAPPING_UNREADABLE.at(place, reason=str(error))) from error
    faults: list[Problem] = [
        problems.MAPPING_KEY_UNKNOWN.at(place, key=key, known="form, layout, words")
        for key in given
        if key not in ("form", "layout", "words")
    ]
    form_id = given.get("form")
    if not isinstance(form_id, str) or not form_id:
        faults.append(problems.MAPPING_VALUE.at(place, key="form", value=str(form_id or "")))
    written = given.get("layout", [])
    layouts: list[Layout] = []
    if _is_tables(written):
        layouts = [_layout(one, place, faults) for one in written]
    else:
        faults.append(problems.MAPPING_VALUE.at(place, key="layout", value=str(written)[:80]))
    words = _words(given.get("words", {}), place, faults)
    if faults:
        raise Refused(*faults)
    return FormMapping(form_id=str(form_id), layouts=tuple(layouts), words=words)


def _is_tables(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, dict) for one in value)


def _layout(given: Mapping[str, Any], place: Place, faults: list[Problem]) -> Layout:
    for key in given:
        if key not in _LAYOUT:
            faults.append(problems.MAPPING_KEY_UNKNOWN.at(place, key=key, known=", ".join(_LAYOUT)))
    texts = {key: _string(given.get(key, ""), key, place, faults) for key in ("fingerprint", "sheet", "rows", *_ONE_OF)}
    for key, allowed in _ONE_OF.items():
        if texts[key] not in allowed:
            faults.append(problems.MAPPING_VALUE.at(place, key=key, value=texts[key]))
    if not texts["fingerprint"]:
        faults.append(problems.MAPPING_VALUE.at(place, key="fingerprint", value=""))
    lists = {key: tuple(map(str, _listed(given.get(key, []), key, place, faults))) for key in ("fill_down", "notes")}
    tables = {key: _texts(given.get(key, {}), key, place, faults) for key in ("columns", "constants", "scale")}
    blocks = given.get("block", [])
    if not _is_tables(blocks):
        faults.append(problems.MAPPING_VALUE.at(place, key="block", value=str(blocks)[:80]))
        blocks = []
    return Layout(
        fingerprint=texts["fingerprint"], sheet=texts["sheet"], rows=texts["rows"], columns=tables["columns"],
        constants=tables["constants"], scale=tables["scale"], notes=lists["notes"], fill_down=lists["fill_down"],
        dates=texts["dates"], month_day=texts["month_day"], decimal=texts["decimal"],  # type: ignore[arg-type]
        blocks=tuple(
            Block(
                table=_string(one.get("table", ""), "table", place, faults),
                set=_texts(one.get("set", {}), "set", place, faults),
                columns=_texts(one.get("columns", {}), "columns", place, faults),
            )
            for one in blocks
        ),
    )  # fmt: skip


def _string(value: object, key: str, place: Place, faults: list[Problem]) -> str:
    if not isinstance(value, str):
        faults.append(problems.MAPPING_VALUE.at(place, key=key, value=str(value)[:80]))
        return ""
    return value


def _listed(value: object, key: str, place: Place, faults: list[Problem]) -> list[object]:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        faults.append(problems.MAPPING_VALUE.at(place, key=key, value=str(value)[:80]))
        return []
    return value


def _texts(value: object, key: str, place: Place, faults: list[Problem]) -> dict[str, str]:
    """A table of texts; numbers are taken as texts, since an office writes ``scale = 1000``."""
    if not isinstance(value, dict) or not all(isinstance(one, str | int | float) for one in value.values()):
        faults.append(problems.MAPPING_VALUE.at(place, key=key, value=str(value)[:80]))
        return {}
    return {str(name): str(one) for name, one in value.items()}


def _words(value: object, place: Place, faults: list[Problem]) -> dict[str, dict[str, Word]]:
    found: dict[str, dict[str, Word]] = {}
    for name, own in value.items() if isinstance(value, dict) else ():
        for written, word in own.items() if isinstance(own, dict) else ():
            if isinstance(word, dict) and isinstance(word.get("to"), str):
                found.setdefault(name, {})[written] = Word(to=word["to"], by=str(word.get("by", "")))
            elif isinstance(word, str):
                found.setdefault(name, {})[written] = Word(to=word)
            else:
                faults.append(problems.MAPPING_VALUE.at(place, key=f"words.{name}", value=str(written)[:80]))
    return found


def _layout_lines(layout: Layout, near: Mapping[str, tuple[str, str]]) -> list[str]:
    lines = ["[[layout]]", f"fingerprint = {_text(layout.fingerprint)}"]
    lines += [
        f"{key} = {_text(getattr(layout, key))}"
        for key in ("sheet", "rows", "dates", "month_day", "decimal")
        if getattr(layout, key)
    ]
    lines += [f"{key} = {_list(getattr(layout, key))}" for key in ("fill_down", "notes") if getattr(layout, key)]
    lines += [f"constants = {_table(layout.constants)}"] if layout.constants else []
    lines += ["[layout.columns]", *(f"{_text(header)} = {_text(target)}" for header, target in layout.columns.items())]
    lines += [
        f"# {_text(header)} = {_text(target)}  # {why}: remove the first # if this is right"
        for header, (target, why) in near.items()
    ]
    if layout.scale:
        lines += ["[layout.scale]", *(f"{_text(header)} = {_text(factor)}" for header, factor in layout.scale.items())]
    for block in layout.blocks:
        lines += [
            "[[layout.block]]",
            f"table = {_text(block.table)}",
            f"set = {_table(block.set)}",
            f"columns = {_table(block.columns)}",
        ]
    return [*lines, ""]


def _text(text: str) -> str:
    """A basic string of TOML: JSON's escapes are among its own; DEL must be escaped too."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _list(texts: Sequence[str]) -> str:
    return f"[{', '.join(map(_text, texts))}]"


def _table(texts: Mapping[str, str]) -> str:
    return "{" + ", ".join(f"{_text(name)} = {_text(text)}" for name, text in texts.items()) + "}"
