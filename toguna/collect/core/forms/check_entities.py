"""The entities sheet and save_to, as ODK Entities 2025.1 has them."""

from __future__ import annotations

from collections.abc import Iterator

from toguna.collect.core.forms.check_survey import NAME
from toguna.collect.core.forms.nearest import as_name, did_you_mean
from toguna.collect.core.forms.problems import (
    ENTITY_ID_MISSING,
    ENTITY_LABEL_MISSING,
    ENTITY_LIST_INVALID,
    ENTITY_LIST_TWICE,
    ENTITY_UPDATE_MISSING,
    SAVETO_INVALID,
    SAVETO_NO_LIST,
    SAVETO_TWICE,
)
from toguna.collect.core.forms.survey import Entry, Form
from toguna.kernel.api import Problem


def check_entities(form: Form) -> Iterator[Problem]:
    lists: dict[str, int] = {}
    for entry in form.entities:
        name = entry.values.get("list_name", "")
        first = lists.setdefault(name, entry.row.number)
        if first != entry.row.number:
            yield ENTITY_LIST_TWICE.at(form.at(entry, "list_name"), name=name, row=first)
        yield from _declaration(form, entry, name)
    yield from _saves(form, lists)


def _declaration(form: Form, entry: Entry, name: str) -> Iterator[Problem]:
    if not NAME.fullmatch(name) or "." in name or name.startswith("__"):
        yield ENTITY_LIST_INVALID.at(form.at(entry, "list_name"), name=name, nearest=as_name(name))
    identified, creates, updates = entry.get("entity_id"), entry.get("create_if"), entry.get("update_if")
    if not entry.get("label") and (creates or not identified):
        yield ENTITY_LABEL_MISSING.at(form.at(entry, "label"), name=name)
    if updates and not identified:
        yield ENTITY_ID_MISSING.at(form.at(entry, "entity_id"), name=name)
    if creates and identified and not updates:
        yield ENTITY_UPDATE_MISSING.at(form.at(entry, "update_if"), name=name)


def _saves(form: Form, lists: dict[str, int]) -> Iterator[Problem]:
    seen: dict[tuple[str, str], int] = {}
    for node in form.nodes:
        written = node.get("save_to")
        if not written or node.entry is None:
            continue
        place = form.at(node.entry, "save_to")
        list_name, _, name = written.rpartition("#")
        if (list_name and list_name not in lists) or not lists or (not list_name and len(lists) > 1):
            example = next(iter(lists), "")
            otherwise = (
                (f"Write {example}#{name}.", f"Écrivez {example}#{name}.")
                if example
                else ("Declare the list in the sheet entities.", "Déclarez la liste dans la feuille entities.")
            )
            yield SAVETO_NO_LIST.at(place, property=written, **did_you_mean(list_name, lists, otherwise))
        if not NAME.fullmatch(name) or name.startswith("__") or name.lower() in ("name", "label"):
            yield SAVETO_INVALID.at(place, property=name, nearest=f"{as_name(name)}_given")
        first = seen.setdefault((list_name, name.lower()), node.entry.row.number)
        if first != node.entry.row.number:
            yield SAVETO_TWICE.at(place, property=name, row=first)
