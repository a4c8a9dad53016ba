"""Choice lists, and the questions that use them."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from pathlib import PurePath

from toguna.collect.core.forms.check_survey import translations_missing
from toguna.collect.core.forms.nearest import as_name, did_you_mean
from toguna.collect.core.forms.problems import (
    CHOICE_NAMELESS,
    CHOICE_NO_LIST,
    CHOICE_SPACE,
    CHOICE_TWICE,
    FILE_EXTENSION,
    LABEL_MISSING,
    LIST_MISSING,
    LIST_UNUSED,
)
from toguna.collect.core.forms.survey import YES, Entry, Form
from toguna.kernel.api import Problem

_FILES = (".csv", ".geojson", ".xml")


def check_choices(form: Form) -> Iterator[Problem]:
    lists: dict[str, list[Entry]] = {}
    for entry in form.choices:
        lists.setdefault(entry.values.get("list_name", ""), []).append(entry)
    used = yield from _selects(form, lists)
    for name, entries in lists.items():
        if name and name not in used:
            yield LIST_UNUSED.at(form.at(entries[0], "list_name"), list=name)
        yield from _list(form, name, entries, several=used.get(name, False))
    yield from translations_missing(form, "choices", [entry for name in used for entry in lists.get(name, ())])


def _selects(form: Form, lists: dict[str, list[Entry]]) -> Generator[Problem, None, dict[str, bool]]:
    """The faults of selects; returns each used list and whether several of its choices may be chosen."""
    used: dict[str, bool] = {}
    external = _external_lists(form)
    for node in form.nodes:
        name = node.type.list_name
        if not name or node.entry is None or "${" in name:
            continue
        place = form.at(node.entry, "type")
        if node.type.from_file:
            if PurePath(name).suffix not in _FILES:
                yield FILE_EXTENSION.at(place, file=name)
            continue
        used[name] = used.get(name, False) or node.type.column == "select_multiple"
        if name not in (external if node.type.external else lists):
            otherwise = ("Add its choices to the sheet choices.", "Ajoutez ses choix à la feuille choices.")
            yield LIST_MISSING.at(place, list=name, **did_you_mean(name, filter(None, lists), otherwise))
    for node in form.nodes:
        for word in (node.get("parameters") or "").split():
            if word.startswith("tick_labelset="):
                used.setdefault(word.partition("=")[2], False)
    texts = " ".join(" ".join(entry.values.values()) for entry in form.entries)
    for name in lists:
        if f"instance('{name}')" in texts or f'instance("{name}")' in texts:
            used.setdefault(name, False)
    return used


def _external_lists(form: Form) -> set[str]:
    named = [heading.header for heading in form.headings.get("external_choices", ()) if heading.column == "list_name"]
    return {row.cells[header] for row in form.book.rows("external_choices") for header in named if header in row.cells}


def _list(form: Form, list_name: str, entries: list[Entry], *, several: bool) -> Iterator[Problem]:
    allowed = form.settings is not None and (form.settings.get("allow_choice_duplicates") or "").lower() in YES
    seen: dict[str, int] = {}
    for entry in entries:
        name = entry.values.get("name")
        if not list_name and (name or entry.texts.get("label")):
            yield CHOICE_NO_LIST.at(form.at(entry, "list_name"), name=name or "")
        if not list_name:
            continue
        if not name:
            yield CHOICE_NAMELESS.at(form.at(entry, "name"), list=list_name)
            continue
        first = seen.setdefault(name, entry.row.number)
        if first != entry.row.number and not allowed:
            yield CHOICE_TWICE.at(form.at(entry, "name"), list=list_name, name=name, row=first)
        if several and " " in name:
            yield CHOICE_SPACE.at(form.at(entry, "name"), name=name, list=list_name, nearest=as_name(name))
        if not any(entry.texts.get(column) for column in ("label", "image", "audio", "video")):
            yield LABEL_MISSING.at(form.at(entry, "label"), name=name)
