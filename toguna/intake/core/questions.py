"""The questions of a form as the columns of a file may name them: by name, path, label in any language, alias, tag.

A question of a repeat is written ``repeat.question``. Aliases and tags stand in the form's settings: ``tg:alias`` = ``place: commune,
localité; users: bénéficiaires`` and ``tg:hxl`` = ``place: #adm3+code``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from toguna.collect.core.schema import Column, Schema, Table
from toguna.intake.core.words import fold, plain_tag

NUMBERS = ("integer", "decimal")
DAYS = ("date", "datetime")


@dataclass(frozen=True, kw_only=True)
class Question:
    """One question that a file may answer."""

    target: str
    table: str
    column: Column

    @property
    def list_name(self) -> str:
        """The list that its values come from, under which words are learnt; numbers and days have one list each."""
        of_type = "numbers" if self.column.type in NUMBERS else "dates" if self.column.type in DAYS else self.target
        return self.column.reference or self.column.choice_list or of_type


@dataclass(frozen=True)
class FormQuestions:
    """Those of one form version."""

    schema: Schema
    _named: dict[str, dict[str, str]] = field(default_factory=dict)

    @cached_property
    def all(self) -> Mapping[str, Question]:
        """By target; repeats inside repeats are left out, and what a phone fills in or works out."""
        top = [table for table in self.schema.tables if not table.name or table.parent == ""]
        return {
            target_of(table, column): Question(target=target_of(table, column), table=table.name, column=column)
            for table in top
            for column in table.columns
            if column.asked and column.calculate is None
        }

    @property
    def repeats(self) -> tuple[str, ...]:
        return tuple(table.name for table in self.schema.tables if table.name and table.parent == "")

    @cached_property
    def by_name(self) -> Mapping[str, tuple[str, str]]:
        """Folded text to target and why it is the column's: `name`, `label` or `alias`. What two questions share means neither."""
        found: dict[str, tuple[str, str]] = {}
        for why, names in (("alias", self._aliases), ("label", self._labels), ("name", self._names)):
            own: dict[str, str | None] = {}
            for text, target in names:
                own[text] = target if own.get(text, target) == target else None
            found |= {text: (target, why) for text, target in own.items() if text and target}
        return found

    @cached_property
    def by_tag(self) -> Mapping[str, str]:
        """The tags that the form's settings name."""
        return {
            plain_tag(tag if tag.startswith("#") else f"#{tag}"): target
            for target, tags in self._setting("tg:hxl")
            for tag in tags
        }

    def knows(self, header: str) -> bool:
        """Whether a cell of a header names a question."""
        text = fold(header)
        return text in self.by_name or fold(_last(header)) in self.by_name

    def find(self, written: str) -> str | None:
        """The target that a person wrote: as it is, or its name where only one question has it."""
        if written in self.all:
            return written
        own = [target for target in self.all if target.rpartition(".")[2] == written]
        return own[0] if len(own) == 1 else None

    @property
    def _names(self) -> list[tuple[str, str]]:
        found = []
        for target, question in self.all.items():
            path = question.column.path
            found += [(fold(text), target) for text in (question.column.name, "/".join(path), path[-1])]
        return found

    @property
    def _labels(self) -> list[tuple[str, str]]:
        return [
            (fold(label), target) for target, question in self.all.items() for label in question.column.label.values()
        ]

    @property
    def _aliases(self) -> list[tuple[str, str]]:
        return [(fold(alias), target) for target, aliases in self._setting("tg:alias") for alias in aliases]

    def _setting(self, name: str) -> list[tuple[str, list[str]]]:
        found = []
        for part in re.split(r"[;\n]", self.schema.settings.get(name, "")):
            target, mark, texts = part.partition(":")
            known = self.find(target.strip())
            if mark and known:
                found.append((known, [text.strip() for text in texts.split(",") if text.strip()]))
        return found


def target_of(table: Table, column: Column) -> str:
    return f"{table.name}.{column.name}" if table.name else column.name


def _last(header: str) -> str:
    """The question of an export's path: ``group/question``."""
    return re.split(r"\s/\s|/|:", header)[-1]
