"""`toguna pack check`: a pack read as its reviewer would, everything found in one run.

Beside what stops an instance from being made (`read_pack`): questions that nothing uses, kinds of work without an owner or a guard, forms that belong to none, French that the glossary avoids.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

from toguna.collect.core.schema import Column, Schema
from toguna.figures.core.definition import Indicator
from toguna.figures.core.expressions import Read
from toguna.kernel.api import Place, Problem, errors, nearest
from toguna.pack.core.systems import RULES, System, read_systems
from toguna.pack.core.tables import read_pack_table
from toguna.pack.problems import (
    FORM_OF_NONE,
    GUARD_UNKNOWN,
    OWNER_UNKNOWN,
    QUESTION_UNUSED,
    SYSTEM_EMPTY,
    SYSTEM_NAMES,
    WORD_AVOIDED,
)
from toguna.pack.reading import Pack, read_draft
from toguna.pack.rehearsal import plan_faults
from toguna.publish.core.checks.problems import FAULTS as TEXT_FAULTS

#: Types that people read and no indicator counts.
_READ_BY_PEOPLE = frozenset(["text", "attachment", "geopoint", "geotrace", "geoshape", "time", "datetime"])
_NAMED = re.compile(r"\$\{(\w+)\}")


@dataclass(frozen=True, kw_only=True)
class Reviewed:
    """A pack with its kinds of work, as far as they could be read."""

    pack: Pack | None
    systems: tuple[System, ...]
    problems: tuple[Problem, ...]


def review_pack(folder: Path) -> Reviewed:
    """Everything found. Refuses a folder that is no pack."""
    pack, found = read_draft(folder)
    systems, told = read_systems(folder)
    problems = [*found, *told]
    if pack is None:
        return Reviewed(pack=None, systems=systems, problems=tuple(problems))
    problems += [] if errors(found) else plan_faults(pack)
    problems += _questions(pack, systems)
    if systems:
        problems += [*_systems(pack, systems), *_forms_of_none(pack, systems)]
    problems += _words(pack)
    return Reviewed(pack=pack, systems=systems, problems=tuple(problems))


def _questions(pack: Pack, systems: Sequence[System]) -> Iterator[Problem]:
    """Questions that no indicator, expression, key, entity or guard uses, and that are not words for people."""
    counted: dict[str, set[str]] = {}
    for guard in (danger.by for system in systems for danger in system.wrong):
        kind, _, name = guard.partition(":")
        if kind == "form":
            counted.setdefault(name.partition(".")[0], set()).add(name.partition(".")[2])
    for indicator in pack.indicators.values():
        if indicator.table is not None:
            own = counted.setdefault(indicator.table.split("/")[0], set())
            own.update(indicator.wide_columns)
            for read in (*indicator.read_columns(), *_told(indicator)):
                own.update({read.column.name, *(hop.column.name for hop in read.hops)})
    for form in pack.forms.values():
        used = counted.get(form.schema.slug, set()) | _used(form.schema)
        for _, column in form.schema.columns():
            if column.name not in used and _counts(column):
                place = Place(file=form.path.name, sheet="survey", row=column.row)
                yield QUESTION_UNUSED.at(place, name=column.name)


def _told(indicator: Indicator) -> Iterator[Read]:
    """Columns that say where a quoted value comes from, and until when it stands."""
    told = (getattr(indicator.quoted, part.name) for part in fields(indicator.quoted))
    yield from (read for read in (*told, indicator.stale_after) if isinstance(read, Read))


def _counts(column: Column) -> bool:
    """Whether a question's answers are there to be counted."""
    return column.asked and column.type not in _READ_BY_PEOPLE and column.saveto is None


def _used(schema: Schema) -> set[str]:
    """Questions that the form itself uses: in expressions, as key, as its date, in what it does to entities."""
    written: list[str | None] = [schema.date_column and f"${{{schema.date_column}}}"]
    written += [f"${{{name}}}" for name in schema.settings.get("tg:key", "").split()]
    for _, column in schema.columns():
        written += [column.relevant, column.constraint, column.calculate, column.choice_filter, column.required]
    for table in schema.tables:
        written += [table.relevant, table.repeat_count]
    for declared in schema.entities:
        written += [declared.create_if, declared.update_if, declared.entity_id, declared.label]
    return {name for text in written if text for name in _NAMED.findall(text)}


def _systems(pack: Pack, systems: Sequence[System]) -> Iterator[Problem]:
    """Kinds of work without an owner, without records, or that name what is not there."""
    place = Place(file="systems.toml")
    organisations = {organisation.code for organisation in pack.organisations}
    tables = {"places", "organisations", *pack.references}
    activities = {choice.name for form in pack.forms.values() for choice in form.schema.choices.get("activity", ())}
    for system in systems:
        if system.owner not in organisations:
            near = nearest(system.owner, organisations) or "organisations.csv"
            yield OWNER_UNKNOWN.at(place, id=system.id, owner=system.owner, near=near)
        if system.comes_from != "publication" and not (system.forms or system.tables):
            yield SYSTEM_EMPTY.at(place, id=system.id)
        named: tuple[tuple[Sequence[str], Collection[str]], ...] = (
            (system.forms, pack.forms), (system.tables, tables), (system.indicators, pack.indicators),
            (system.activities, activities),
        )  # fmt: skip
        for names, known in named:
            for name in names:
                if name not in known:
                    near = nearest(name, known) or ", ".join(sorted(known)[:5])
                    yield SYSTEM_NAMES.at(place, id=system.id, name=name, near=near)
        for danger in system.wrong:
            if not _guards(danger.by, pack):
                yield GUARD_UNKNOWN.at(place, id=system.id, guard=danger.by)


def _guards(guard: str, pack: Pack) -> bool:
    """Whether what is said to catch a danger is there."""
    kind, _, name = guard.partition(":")
    owner, _, part = name.partition(".")
    match kind:
        case "form":
            schema = pack.forms[owner].schema if owner in pack.forms else None
            return schema is not None and any(column.name == part for _, column in schema.columns())
        case "indicator":
            return owner in pack.indicators and bool(getattr(pack.indicators[owner], part, None))
        case "table":
            columns = {"places": ("parent", "valid_from"), **{n: t.columns for n, t in pack.references.items()}}
            return part in columns.get(owner, ())
        case "fault":
            return name in TEXT_FAULTS
        case "rule":
            return name in RULES
    return False


def _forms_of_none(pack: Pack, systems: Sequence[System]) -> Iterator[Problem]:
    taken = {form for system in systems for form in system.forms}
    for form_id, form in pack.forms.items():
        if form_id not in taken and form.schema.slug not in taken:
            yield FORM_OF_NONE.at(Place(file=form.path.name), form=form_id)


def _words(pack: Pack) -> Iterator[Problem]:
    """French labels that say a thing by a word which the glossary avoids."""
    path = pack.folder / "glossary.csv"
    table = read_pack_table(path, ("en", "fr"), ("en", "fr", "avoid_fr", "note"))[0] if path.is_file() else None
    labels = [(indicator.at, indicator.label) for indicator in pack.indicators.values()]
    for form in pack.forms.values():
        labels += [
            (Place(file=form.path.name, sheet="survey", row=column.row), column.label)
            for _, column in form.schema.columns()
        ]
    for row in table.as_text() if table else ():
        for avoided in filter(None, (word.strip() for word in row["avoid_fr"].split(","))):
            for place, label in labels:
                # a label falls back to another language: only what is written in both is compared
                if "en" in label and "fr" in label and _says(row["en"], label["en"]) and _says(avoided, label["fr"]):
                    yield WORD_AVOIDED.at(place, word=avoided, label=label["fr"], better=row["fr"])


def _says(term: str, text: str) -> bool:
    """Whether a text holds a term, singular or plural, as whole words."""
    term = term.split("(")[0].strip()
    return bool(term and re.search(rf"\b{re.escape(term)}s?\b", text, re.IGNORECASE))
