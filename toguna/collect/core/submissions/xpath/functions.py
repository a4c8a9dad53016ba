"""The functions of forms: one table for the check of forms, for the evaluator of rows and for that of columns.

A line says what a function takes and gives, whether Toguna evaluates it or leaves it to the phone, and how: `row` works on converted
values of one row, `column` on columns (none: the row function is applied to each row). Sources: ODK XForms specification, "XPath
functions"; XPath 1.0. Where clients differ, the value is ODK Collect's (JavaRosa); `note` says so.
"""

from __future__ import annotations

import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from toguna.collect.core.submissions.xpath import implementations as does
from toguna.collect.core.submissions.xpath.tree import Kind

#: How an argument is converted before the function sees it. `value` is not converted. `rows` must be a question of a repeat; `values`
#: may be (its values are spread), or a value. `pattern`, `format` and `choices` are texts that are judged when the form is published.
Argument = typing.Literal[
    "number", "text", "truth", "value", "rows", "values", "pattern", "format", "choices", "path", "position"
]
State = typing.Literal["evaluated", "phone"]


@dataclass(frozen=True, kw_only=True)
class Function:
    name: str
    #: Of each argument; the last one's also for all that follow.
    arguments: tuple[Argument, ...] = ()
    least: int = 0
    #: None where any number will do.
    most: int | None = 0
    gives: Kind = "text"
    state: State = "evaluated"
    row: Callable[..., Any] | None = None
    column: Callable[..., Any] | None = None
    #: The row function takes the `Moment` first.
    timed: bool = False
    #: What differs between clients, or from what one might expect.
    note: str = ""

    def argument(self, index: int) -> Argument:
        """How the argument of this place is converted."""
        return self.arguments[min(index, len(self.arguments) - 1)] if self.arguments else "value"

    def takes(self, count: int) -> bool:
        return self.least <= count and (self.most is None or count <= self.most)


def _one(name: str, arguments: str, gives: Kind, row: Callable[..., Any] | None, **more: Any) -> Function:
    """`arguments` as in a usage line: `text number?`; `values*` is any number, `values+` at least one."""
    words = arguments.split()
    least = sum(word[-1] not in "?*" for word in words)
    most = None if words and words[-1][-1] in "*+" else len(words)
    kinds = tuple(word.rstrip("?*+") for word in words)
    return Function(name=name, arguments=kinds, least=least, most=most, gives=gives, row=row, **more)  # type: ignore[arg-type]


def _phone(name: str, least: int, most: int | None, note: str = "") -> Function:
    return Function(name=name, arguments=("value",), least=least, most=most, gives="any", state="phone", note=note)


_TABLE: tuple[Function, ...] = (
    # Truths
    _one("true", "", "boolean", lambda: True),
    _one("false", "", "boolean", lambda: False),
    _one("not", "truth", "boolean", lambda truth: not truth, column=lambda truth: ~truth),
    _one("boolean", "truth", "boolean", lambda truth: truth, column=lambda truth: truth),
    _one("boolean-from-string", "text", "boolean", does.boolean_from_string,
         note="Collect: `TRUE` is true too; Web Forms: only `true` and `1`"),
    _one("checklist", "number number values*", "boolean", does.checklist,
         note="a factor counts if it is true as XPath means it, so that the text `no` counts (Collect)"),
    _one("weighted-checklist", "number number values*", "boolean", does.weighted_checklist),
    # Choices between values
    _one("if", "truth value value", "any", None),
    _one("coalesce", "value value", "any", None, note="NaN counts as blank (Collect)"),
    _one("once", "value", "any", None, note="works only where the question is blank, as every calculation here does"),
    _one("depend", "value value*", "any", None),
    # Numbers
    _one("number", "number?", "number", lambda number: number, column=lambda number: number,
         note="Collect reads a comma as the point; no exponent. A date-time keeps its fraction of a day (Web Forms; Collect drops it)"),
    _one("int", "number", "number", does.integer, column=does.column_integer),
    _one("round", "number number?", "number", does.rounded,
         note="Collect rounds the number as it is written: `round(1.005, 2)` is 1.01; over 30 places it is no number"),
    _one("floor", "number", "number", does.floor, column=lambda number: number.floor()),
    _one("ceiling", "number", "number", does.ceiling, column=lambda number: number.ceil()),
    _one("abs", "number", "number", abs, column=lambda number: number.abs()),
    _one("pow", "number number", "number", does.power),
    _one("sqrt", "number", "number", does.real("sqrt")),
    _one("exp", "number", "number", does.real("exp")),
    _one("exp10", "number", "number", lambda number: does.power(10.0, number)),
    _one("log", "number", "number", does.real("log")),
    _one("log10", "number", "number", does.real("log10")),
    _one("sin", "number", "number", does.real("sin")),
    _one("cos", "number", "number", does.real("cos")),
    _one("tan", "number", "number", does.real("tan")),
    _one("asin", "number", "number", does.real("asin")),
    _one("acos", "number", "number", does.real("acos")),
    _one("atan", "number", "number", does.real("atan")),
    _one("atan2", "number number", "number", does.atan2),
    _one("pi", "", "number", lambda: does.PI),
    # Over the rows of a repeat, or several values
    _one("count", "rows", "number", lambda rows: float(len(rows)), note="counts rows, blank or not"),
    _one("count-non-empty", "rows", "number", lambda rows: float(sum(one != "" for one in rows))),
    _one("sum", "rows", "number", does.total, timed=True, note="what is no number is left out (Collect); XPath gives NaN"),
    _one("min", "values+", "number", does.least, timed=True, note="what is no number is left out (Collect); Web Forms gives NaN"),
    _one("max", "values+", "number", does.most, timed=True, note="what is no number is left out (Collect); Web Forms gives NaN"),
    _one("position", "position?", "number", None, note="`position(..)`: the row's place in its repeat, from 1"),
    _one("indexed-repeat", "path path number path? number? path? number?", "any", None,
         note="an index below 1 means the first row (Collect)"),
    # Texts
    _one("string", "text?", "text", lambda text: text, column=lambda text: text),
    _one("concat", "values*", "text", does.concatenated, timed=True),
    _one("join", "text values*", "text", does.joined, timed=True),
    _one("string-length", "text?", "number", lambda text: float(len(text)),
         column=lambda text: text.str.len_chars().cast(float)),
    _one("normalize-space", "text?", "text", does.normalized),
    _one("contains", "text text", "boolean", lambda text, part: part in text,
         column=lambda text, part: text.str.contains(part, literal=True)),
    _one("starts-with", "text text", "boolean", str.startswith, column=lambda text, part: text.str.starts_with(part)),
    _one("ends-with", "text text", "boolean", str.endswith, column=lambda text, part: text.str.ends_with(part)),
    _one("substr", "text number number?", "text", does.substring,
         note="from 0, up to but without the last; a negative position counts from the end"),
    _one("substring", "text number number?", "text", does.xpath_substring, note="XPath 1.0: from 1, and a length. Collect does not know it"),
    _one("substring-before", "text text", "text", does.substring_before),
    _one("substring-after", "text text", "text", does.substring_after),
    _one("translate", "text text text", "text", does.translated),
    _one("regex", "text pattern", "boolean", does.matched,
         note="the whole value must match (Collect); Web Forms finds a part"),
    _one("digest", "text text text?", "text", does.digested),
    _one("base64-decode", "text", "text", does.base64_decoded),
    _one("pulldata", "value value value value", "any", None, state="phone", note="looks into a file of the phone"),
    # Selects
    _one("selected", "text text", "boolean", does.selected, note="of a blank select, `''` is selected"),
    _one("is-selected", "text text", "boolean", does.selected),
    _one("count-selected", "text", "number", lambda text: float(len(text.split())),
         column=lambda text: text.str.count_matches(r"\S+").cast(float)),
    _one("selected-at", "text number", "text", does.selected_at, note="from 0; blank beyond the last"),
    _one("jr:choice-name", "text choices", "text", does.choice_name, note="the label in the form's default language"),
    # Dates; days begin in the operation's time zone
    _one("today", "", "date", lambda moment: moment.today, timed=True),
    _one("now", "", "datetime", lambda moment: moment.now, timed=True),
    _one("date", "value", "date", does.day, timed=True, note="blank of what is no date; Collect stops with an error"),
    _one("date-time", "value", "datetime", does.instant, timed=True, note="blank of what is no date; Collect stops with an error"),
    _one("decimal-date-time", "value", "number", does.decimal_days, timed=True),
    _one("decimal-time", "value", "number", does.decimal_time, timed=True),
    _one("format-date", "value format", "text", does.format_moment, timed=True,
         note="names of months and days are English; Collect writes them in the phone's language"),
    _one("format-date-time", "value format", "text", does.format_moment, timed=True),
    # Places
    _one("area", "values+", "number", does.area),
    _one("enclosed-area", "values+", "number", does.area),
    _one("distance", "values+", "number", does.distance),
    # The phone alone
    _phone("instance", 1, 1, "looks into another list"),
    _phone("random", 0, 0, "another value each time"),
    _phone("uuid", 0, 1, "another value each time"),
    _phone("randomize", 1, 2, "an order that the phone draws"),
    _phone("property", 1, 1, "a property of the phone"),
    _phone("version", 0, 0),
    _phone("current", 0, 0, "stands only before a path: `current()/../name`"),
    _phone("jr:itext", 1, 1),
    _phone("geofence", 2, 2),
    _phone("extract-signed", 2, 2),
    _phone("last", 0, 0),
    _phone("id", 1, 1),
    _phone("lang", 1, 1),
    _phone("name", 0, 1),
    _phone("local-name", 0, 1),
    _phone("namespace-uri", 0, 1),
    _phone("text", 0, 0),
    _phone("node", 0, 0),
    _phone("comment", 0, 0),
    _phone("processing-instruction", 0, 1),
)  # fmt: skip

FUNCTIONS: Mapping[str, Function] = {function.name: function for function in _TABLE}
