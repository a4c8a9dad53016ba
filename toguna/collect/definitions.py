"""What filled forms are read and checked by: published forms, their lists, their checkers. Kept from one load to the next.

A process may live for weeks: what is kept says by which act of the journal it stands, and is made anew when a later act published a form,
replaced a list or a place, or made an entity of a list that forms choose from.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from django.db.models import Max

from toguna.collect.core.schema import Schema
from toguna.collect.core.submissions.check import Checker
from toguna.collect.core.submissions.expectations import (
    Expectation,
    Expected,
    compile_expectations,
    read_expectations,
)
from toguna.collect.core.submissions.lookup import Lookup, lookup
from toguna.collect.core.submissions.reading import Reader
from toguna.collect.core.submissions.rules import compile_rules
from toguna.collect.lists import codes_of, lookups
from toguna.collect.published import form_named, schemas
from toguna.collect.references import reference_rows
from toguna.collect.store import models
from toguna.instance.api import current
from toguna.journal.api import acts, head
from toguna.kernel.api import Problem

#: The reference table of expectations.
EXPECTATIONS = "expectations"
#: Acts after which forms or lists may be others.
DEFINING = ("instance.made", "form.published", "reference.replaced", "places.replaced", "organisations.replaced")


@dataclass(kw_only=True)
class Definitions:
    """The forms, lists and checkers of one instance as they stood at an act of the journal."""

    home: Path
    #: The last act that was looked at, and the newest entity operation.
    sequence: int
    entities: int
    forms: dict[str, list[Schema]]
    references: dict[str, Lookup]
    expectations: tuple[Expectation, ...]
    #: Lines of the table of expectations that cannot be used.
    problems: tuple[Problem, ...]
    _expected: dict[str, Expected] = field(default_factory=dict)
    _checkers: dict[str, Checker] = field(default_factory=dict)

    def narrowed(self, form_id: str | None) -> dict[str, list[Schema]]:
        """All forms, or the one of this id or slug. Refuses a form that is not published."""
        if form_id is None:
            return self.forms
        found = form_named(form_id, self.forms)
        return {found: self.forms[found]}

    def checker(self, schema: Schema) -> Checker:
        """The checker of a form version, made once."""
        if schema.digest not in self._checkers:
            choices = {
                name: lookup((choice.name, choice.label.values()) for choice in own)
                for name, own in schema.choices.items()
            }
            zone = current().operation.time_zone
            rules = compile_rules(schema, schema.form_id)
            reader = Reader(time_zone=zone, choices=choices, references=self.references)
            self._checkers[schema.digest] = Checker(schema=schema, rules=rules, reader=reader)
        return self._checkers[schema.digest]

    def expected(self, schema: Schema) -> Expected:
        """What is expected of a form version's answers, compiled once."""
        if schema.digest not in self._expected:
            wanted = {one.expect for one in self.expectations if one.kind == "listed" and one.form_id == schema.form_id}
            lists = {name: codes_of(name) for name in wanted}
            self._expected[schema.digest] = compile_expectations(schema, self.expectations, lists)
        return self._expected[schema.digest]

    def expected_of(self, form_id: str) -> dict[str, Expected]:
        """By version of a form, what is expected of its answers."""
        return {schema.version: self.expected(schema) for schema in self.forms.get(form_id, ())}


#: Of the instance that is open, at most one.
_kept: dict[Path, Definitions] = {}


def definitions() -> Definitions:
    """Those that hold now."""
    home, last, newest = current().home, head().sequence, _newest_entity()
    kept = _kept.get(home)
    if kept is not None and kept.sequence <= last and kept.entities == newest:
        is_same = next(acts(kept.sequence, last, DEFINING), None) is None
        kept.sequence = last if is_same else kept.sequence
        if is_same:
            return kept
    forms = schemas()
    references = lookups(schema for versions in forms.values() for schema in versions)
    rows = [row.values for row in reference_rows(EXPECTATIONS) if row.seq_to is None]
    expectations, faults = read_expectations(rows, forms)
    _kept.clear()
    _kept[home] = Definitions(
        home=home, sequence=last, entities=newest, forms=forms, references=references, expectations=tuple(expectations),
        problems=tuple(faults),
    )  # fmt: skip
    return _kept[home]


def _newest_entity() -> int:
    found: int | None = models.EntityOperation.objects.aggregate(newest=Max("pk"))["newest"]
    return found or 0
