"""References and XPath wherever a form may write them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from toguna.collect.core.forms.expressions import FUNCTIONS, calls, is_xpath, why_not
from toguna.collect.core.forms.nearest import did_you_mean
from toguna.collect.core.forms.problems import (
    CALCULATION_MISSING,
    COUNT_NOT_NUMBER,
    EXPRESSION_BROKEN,
    FUNCTION_ARGUMENTS,
    FUNCTION_UNKNOWN,
    PATTERN_BROKEN,
    REFERENCE_AMBIGUOUS,
    REFERENCE_UNKNOWN,
)
from toguna.collect.core.forms.survey import NO, YES, Entry, Form, Node, references
from toguna.collect.core.submissions.xpath.parse import patterns_in
from toguna.collect.core.submissions.xpath.patterns import why_broken
from toguna.kernel.api import Problem

_BINDS = ("relevant", "constraint", "calculation", "required", "readonly", "repeat_count", "choice_filter")
_ENTITY = ("entity_id", "create_if", "update_if", "label")
#: Texts in which ``${name}`` shows a value.
_SHOWN = ("label", "hint", "guidance_hint", "constraint_message", "required_message")
_CALL = re.compile(r"[a-z][\w.:-]*\(")


def check_expressions(form: Form) -> Iterator[Problem]:
    for node in form.nodes:
        if node.entry is None:
            continue
        yield from _question(form, node, node.entry)
        for column in ("parameters", "trigger", "type"):
            yield from _references(form, node.entry, column, node.get(column) or "", node)
        for column in _SHOWN:
            for text in node.entry.texts.get(column, {}).values():
                yield from _references(form, node.entry, column, text, node)
    for entry in form.entities:
        for column in _ENTITY:
            if expression := entry.get(column):
                yield from _expression(form, entry, column, expression, None)
    name = form.settings.get("instance_name") if form.settings else None
    if form.settings and name:
        yield from _expression(form, form.settings, "instance_name", name, None)


def _question(form: Form, node: Node, entry: Entry) -> Iterator[Problem]:
    for column in _BINDS:
        expression = node.get(column)
        if expression and expression.lower() not in YES and expression.lower() not in NO:
            yield from _expression(form, entry, column, expression, node)
    default = node.get("default")
    if default and ("${" in default or _CALL.search(default)) and node.type.column not in ("text", "attachment"):
        yield from _expression(form, entry, "default", default, node)
    elif default and "${" in default:
        yield from _references(form, entry, "default", default, node)
    count = node.get("repeat_count")
    if count and not ("${" in count or "(" in count) and not count.isdigit():
        yield COUNT_NOT_NUMBER.at(form.at(entry, "repeat_count"), value=count)
    if node.type.name == "calculate" and not node.get("calculation") and not default:
        yield CALCULATION_MISSING.at(form.at(entry, "calculation"), name=node.name)


def _expression(form: Form, entry: Entry, column: str, expression: str, node: Node | None) -> Iterator[Problem]:
    place = form.at(entry, column)
    yield from _references(form, entry, column, expression, node)
    if not is_xpath(expression):
        english, french = why_not(expression)
        yield EXPRESSION_BROKEN.at(place, expression=_shown(expression), reason=english, reason_fr=french)
        return
    for name, given in calls(expression):
        if name not in FUNCTIONS:
            otherwise = ("Write one of those in docs/forms.md.", "Écrivez l'une de celles de docs/forms.md.")
            yield FUNCTION_UNKNOWN.at(place, name=name, **did_you_mean(name, FUNCTIONS, otherwise))
            continue
        least, most = FUNCTIONS[name]
        if given < least or (most is not None and given > most):
            takes = f"{least}" if least == most else f"{least}-{most}" if most is not None else f">= {least}"
            yield FUNCTION_ARGUMENTS.at(place, name=name, given=given, takes=takes, expression=_shown(expression))
    for pattern in patterns_in(expression):
        if (reason := why_broken(pattern)) is not None:
            yield PATTERN_BROKEN.at(place, pattern=_shown(pattern), reason=reason[0], reason_fr=reason[1])


def _references(form: Form, entry: Entry, column: str, text: str, node: Node | None) -> Iterator[Problem]:
    for name in references(text):
        found = form.by_name.get(name, [])
        place = form.at(entry, column)
        if name in form.meta_names:
            continue
        if not found:
            otherwise = ("Write the name of a question.", "Écrivez le nom d'une question.")
            yield REFERENCE_UNKNOWN.at(place, name=name, **did_you_mean(name, form.by_name, otherwise))
        elif len(found) > 1:
            rows = ", ".join(str(each.entry.row.number) for each in found if each.entry)
            yield REFERENCE_AMBIGUOUS.at(place, name=name, rows=rows)


def _shown(expression: str) -> str:
    return expression if len(expression) <= 160 else f"{expression[:157]}..."
