"""A form's spreadsheet to fill: one sheet a table, drop-downs, places by code and name; and the same as a bare CSV.

A cell may be written as the drop-down has it, as the code or as the label in any of the form's languages. What the phone fills in and
what is worked out is not asked.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from toguna.collect.core.forms.marks import HIDDEN, Marks, write_marks
from toguna.collect.core.forms.problems import LIST_TOO_LONG
from toguna.collect.core.schema import Column, Schema, Table, text_in
from toguna.kernel.api import Language, Place, Refused
from toguna.kernel.core.languages import ByLanguage
from toguna.kernel.core.library import library

if TYPE_CHECKING:
    import xlsxwriter
else:
    xlsxwriter = library("xlsxwriter")

#: Rows that have drop-downs; further rows are read all the same.
ROWS = 20_000
#: An .xlsx sheet has so many rows.
_MOST_LINES = 1_048_575
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_LISTS = "_lists"
_LONGEST_NAME = 31
_LONGEST_MESSAGE = 255
_LEAST = re.compile(r"\s*\.\s*>=\s*(-?\d+)\s*")

#: Code and name of each line of a reference table or entity list, by its name: ``places``.
Lists = Mapping[str, Sequence[tuple[str, str]]]

_WORDS: Mapping[Language, Mapping[str, str]] = ByLanguage({
    "en": {
        "yes": "yes", "no": "no", "help": "_read me", "several": "Several may be given, with ; between them: ",
        "row": "The number of this row, which the rows of the other sheets name.",
        "parent": "The number (_row) of the row of the first sheet that this row belongs to.",
        "version": "version", "star": "A question with * must be answered. Write 0 where there is none.",
        "choose": "Choose from the list; the code or the label alone is understood as well.",
        "dates": "Dates: 2016-12-31 or 31/12/2016. Numbers: 1234.5 or 1 234,5.",
        "keep": "Do not rename the columns; leave what you do not know blank.",
    },
    "fr": {
        "yes": "oui", "no": "non", "help": "_lisez-moi", "several": "Plusieurs réponses possibles, séparées par ; : ",
        "row": "Le numéro de cette ligne, que citent les lignes des autres feuilles.",
        "parent": "Le numéro (_row) de la ligne de la première feuille dont dépend cette ligne.",
        "version": "version", "star": "Une question marquée * doit recevoir une réponse. Écrivez 0 s'il n'y en a pas.",
        "choose": "Choisissez dans la liste ; le code ou le libellé seul est aussi compris.",
        "dates": "Dates : 2016-12-31 ou 31/12/2016. Nombres : 1234,5 ou 1 234,5.",
        "keep": "Ne renommez pas les colonnes ; laissez vide ce que vous ignorez.",
    },
})  # fmt: skip


def write_template(schema: Schema, lists: Lists, language: Language = "en") -> bytes:
    """The .xlsx. Refuses a list that no sheet can hold; a reference that `lists` does not know has no drop-down."""
    content = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(content, options) as workbook:
        _Template(workbook, schema, lists, language).write()
    return content.getvalue()


def write_csv_template(schema: Schema) -> bytes:
    """The header of the form's own table, by the questions' names, as UTF-8 CSV; a repeat needs the .xlsx."""
    text = io.StringIO()
    csv.writer(text).writerow(column.name for column in asked(schema.table()))
    return text.getvalue().encode("utf-8-sig")


def asked(table: Table) -> list[Column]:
    """The questions that a person fills in."""
    return [column for column in table.columns if column.asked and column.calculate is None]


def headers(table: Table, language: str) -> dict[str, str]:
    """Each asked column's header: its label, told apart by its name where two are alike, with a star if it must be answered."""
    labels = {column.name: " ".join(text_in(column.label, language, column.name).split()) for column in asked(table)}
    often = Counter(label.lower() for label in labels.values())
    names = {column.name.lower() for column in table.columns}
    found = {}
    for column in asked(table):
        label = labels[column.name]
        if often[label.lower()] > 1 or (label.lower() in names and label.lower() != column.name.lower()):
            label = f"{label} [{column.name}]"
        found[column.name] = f"{label} *" if column.required == "true()" else label
    return found


class _Template:
    """One workbook being written."""

    def __init__(self, workbook: Any, schema: Schema, lists: Lists, language: Language) -> None:
        self._book, self._schema, self._lists, self._language = workbook, schema, lists, language
        self._words = _WORDS[language]
        self._formats = {
            "date": workbook.add_format({"num_format": "yyyy-mm-dd"}),
            "datetime": workbook.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
            "number": workbook.add_format({"num_format": "General"}),
            "text": workbook.add_format({"num_format": "@"}),
        }
        self._header = workbook.add_format({"bold": True, "bg_color": "#D9E2EC", "text_wrap": True, "valign": "top"})
        #: Where each list stands on the hidden sheet, as a range.
        self._ranges: dict[str, str] = {}
        self._marked: dict[tuple[str, str], str] = {}

    def write(self) -> None:
        sheets = [self._book.add_worksheet(name) for name in self._names()]
        self._write_help()
        self._write_lists()
        for sheet, table in zip(sheets, self._schema.tables, strict=True):
            self._write_table(sheet, table)
        marks = Marks(form_id=self._schema.form_id, version=self._schema.version, columns=self._marked)
        hidden = self._book.add_worksheet(HIDDEN)
        for number, row in enumerate(write_marks(marks)):
            for at, cell in enumerate(row):
                hidden.write_string(number, at, cell)
        hidden.very_hidden()

    def _names(self) -> list[str]:
        repeats = [table.name[:_LONGEST_NAME] for table in self._schema.tables[1:]]
        title = re.sub(r"[\[\]:*?/\\']", " ", text_in(self._schema.title, self._language)).strip(" _")[:_LONGEST_NAME]
        taken = {name.lower() for name in repeats}
        own = next((name for name in (title, self._schema.form_id[:_LONGEST_NAME]) if name.lower() not in taken), "1")
        return [own or self._schema.form_id[:_LONGEST_NAME], *repeats]

    def _write_help(self) -> None:
        sheet = self._book.add_worksheet(self._words["help"])
        sheet.set_column(0, 0, 100)
        title = text_in(self._schema.title, self._language, self._schema.form_id)
        lines = [f"{title} ({self._words['version']} {self._schema.version})"]
        lines += [self._words[word] for word in ("star", "choose", "dates", "keep")]
        if len(self._schema.tables) > 1:
            lines += [f"_row: {self._words['row']}", f"_parent: {self._words['parent']}"]
        for number, line in enumerate(lines):
            sheet.write_string(number, 0, line)

    def _write_lists(self) -> None:
        sheet = self._book.add_worksheet(_LISTS)
        for at, (key, lines) in enumerate(self._listed().items()):
            if len(lines) > _MOST_LINES:
                raise Refused(LIST_TOO_LONG.at(Place(), list=key, size=len(lines), most=_MOST_LINES))
            for number, line in enumerate([key, *lines]):
                sheet.write_string(number, at, line)
            if lines:
                self._ranges[key] = f"={_LISTS}!{_column(at)}$2:{_column(at)}${len(lines) + 1}"
        sheet.hide()

    def _listed(self) -> dict[str, list[str]]:
        """The lines of each list that a question of one answer chooses from."""
        found: dict[str, list[str]] = {}
        for _, column in self._schema.columns():
            key = list_of(column)
            if key and key not in found and column.type == "select_one":
                found[key] = self._lines(column)
        found["yes/no"] = [self._words["yes"], self._words["no"]]
        return found

    def _lines(self, column: Column) -> list[str]:
        if column.reference is not None:
            return _reference_lines(self._lists.get(column.reference, ()))
        choices = self._schema.choices.get(column.choice_list or "", ())
        labels = [text_in(choice.label, self._language, choice.name) for choice in choices]
        often = Counter(label.lower() for label in labels)
        names = {choice.name.lower() for choice in choices}
        return [
            label if often[label.lower()] == 1 and label.lower() not in names - {choice.name.lower()}
            else f"{choice.name} {label}"
            for choice, label in zip(choices, labels, strict=True)
        ]  # fmt: skip

    def _write_table(self, sheet: Any, table: Table) -> None:
        has_rows_below = any(below.parent == table.name for below in self._schema.tables)
        links = (["_row"] if has_rows_below else []) + (["_parent"] if table.name else [])
        for at, link in enumerate(links):
            sheet.write_string(0, at, link, self._header)
            sheet.write_comment(0, at, self._words[link.strip("_")])
        titles = headers(table, self._language)
        for at, column in enumerate(asked(table), start=len(links)):
            title = titles[column.name]
            self._marked[table.name, title] = column.name
            sheet.set_column(at, at, min(max(12, len(title) * 0.6), 40), self._formats[_format(column)])
            sheet.write_string(0, at, title, self._header)
            rule = self._rule(column, title)
            if rule:
                sheet.data_validation(1, at, ROWS, at, rule)
        sheet.freeze_panes(1, 0)

    def _rule(self, column: Column, title: str) -> dict[str, Any]:
        rule: dict[str, Any] = {"error_type": "warning", "ignore_blank": True}
        key = "yes/no" if column.type == "boolean" else list_of(column) if column.type == "select_one" else None
        if key in self._ranges:
            rule |= {"validate": "list", "source": self._ranges[key]}
        elif column.type in ("integer", "decimal"):
            least = _LEAST.fullmatch(column.constraint or "")
            rule |= {"validate": column.type, "criteria": ">=", "value": int(least[1]) if least else -(10**12)}
        elif column.type in ("date", "datetime"):
            rule |= {"validate": "decimal", "criteria": ">=", "value": 0}
        else:
            rule |= {"validate": "any"}
        message = text_in(column.hint, self._language)
        if column.type == "select_multiple":
            message = f"{message} {self._words['several']}{'; '.join(self._lines(column)[:20])}".strip()
        if message:
            rule |= {"input_title": title[:32], "input_message": message[:_LONGEST_MESSAGE]}
        return rule if rule["validate"] != "any" or message else {}


def _reference_lines(lines: Sequence[tuple[str, str]]) -> list[str]:
    """Code and name; of an entity, whose id says nothing to anybody, its name, with the id where two have the same."""
    often = Counter(name.lower() for _, name in lines)
    return [
        f"{code} {name}".strip()
        if not _UUID.fullmatch(code) or not name
        else name
        if often[name.lower()] == 1
        else f"{name} ({code})"
        for code, name in lines
    ]


def list_of(column: Column) -> str | None:
    """The key of the list that a column's values come from."""
    return column.reference or column.choice_list


def _format(column: Column) -> str:
    if column.type in ("integer", "decimal"):
        return "number"
    return column.type if column.type in ("date", "datetime") else "text"


def _column(at: int) -> str:
    letters = ""
    number = at + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return f"${letters}"
