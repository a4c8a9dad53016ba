"""Rows of a spreadsheet laid over the versions that they correct, before anything is decided or written.

What comes out has the merge as its rows, the file's row as its bytes, and the version it was laid over as its `base`: when that is no
longer the newest by the time it is stored, it is laid over the newer one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from toguna.collect import problems
from toguna.collect.core.submissions.assemble import (
    as_text,
    attachments,
    entities_of_rows,
    happened,
    rows_by_key,
    text_tables,
)
from toguna.collect.core.submissions.check import Checker
from toguna.collect.core.submissions.merging import Merged, Rows, merge
from toguna.collect.core.submissions.values import SINCE, Checked, Correction, Refusal, Row
from toguna.collect.core.submissions.xpath.tree import Moment
from toguna.collect.receiving import stored
from toguna.collect.store import models
from toguna.collect.stored import StoredRows
from toguna.kernel.api import Place, Problem, drawn_id

_IDS = 10_000
#: Rows that a report names of those that are removed.
_NAMED = 20


@dataclass(frozen=True, kw_only=True)
class LaidOver:
    """The batch with what it corrects merged in, what cannot be merged, and what it changes."""

    batch: tuple[Checked, ...]
    refused: tuple[Refusal, ...]
    corrections: tuple[Correction, ...]


@dataclass(frozen=True, kw_only=True)
class _Held:
    instance_id: str
    block: str
    form_version: str


def lay_over(
    batch: Sequence[Checked],
    checker: Checker,
    asked: Mapping[str, Mapping[str, str]],
    moment: Moment,
    *,
    replaces: bool = False,
) -> LaidOver:
    """Lay rows of one spreadsheet over the versions that they correct; `asked`: by table, the questions that it has columns for.

    Refused: a row of which nobody can say which stored row it corrects, and a merge that breaks the form's rules.
    """
    found = _held(batch)
    if not found:
        return LaidOver(batch=tuple(batch), refused=(), corrections=())
    there = set() if replaces else stored(one.instance_id for one in batch)
    layer = _Layer(checker=checker, asked=asked, moment=moment, replaces=replaces, rows=StoredRows())
    for one in batch:
        held = found.get(one.deprecated_id or "") if one.deprecated_id else found.get(one.key)
        if held is None or one.instance_id in there:
            layer.good.append(one)
        else:
            layer.lay(one, held)
    return LaidOver(batch=tuple(layer.good), refused=tuple(layer.refused), corrections=tuple(layer.corrections))


def report(corrections: Iterable[Correction]) -> Iterator[Problem]:
    """What a reader of the load must know of each correction: rows that stay or are removed, answers that are emptied."""
    for one in corrections:
        place = Place(file=one.name or None, row=one.row or None)
        if gone := one.count("gone"):
            keys = [change.key for change in one.changes if change.kind == "gone"]
            named = "; ".join(keys[:_NAMED]) + (" ..." if len(keys) > _NAMED else "")
            fault = problems.ROWS_REMOVED if one.replaces else problems.ROWS_STAY
            yield fault.at(place, count=gone, held=one.corrects, keys=named)
        for change in one.changes:
            if change.emptied:
                columns = ", ".join(change.emptied)
                yield problems.ANSWERS_EMPTIED.at(place, held=one.corrects, columns=columns, key=change.key or "-")


@dataclass(kw_only=True)
class _Layer:
    checker: Checker
    asked: Mapping[str, Mapping[str, str]]
    moment: Moment
    replaces: bool
    rows: StoredRows
    good: list[Checked] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    corrections: list[Correction] = field(default_factory=list)

    def lay(self, one: Checked, held: _Held) -> None:
        schema = self.checker.schema
        stored = self.rows.rows(held.block, held.instance_id)
        merged = merge(schema, stored, one.rows, self.asked, base=held.instance_id, replace=self.replaces)
        if fault := self._fault(one, held, merged):
            self._refuse(one, (fault,))
            return
        if merged.is_unchanged:
            self.good.append(replace(one, base=held.instance_id, is_unchanged=True))
            return
        own_id = one.instance_id
        if self.replaces and one.key:
            own_id = f"uuid:{drawn_id('key', one.form_id, one.key, one.sha256, 'replaces', held.instance_id)}"
        laid = replace(one, rows=merged.rows, base=held.instance_id, instance_id=own_id)
        if _is_more(merged.rows, one.rows):
            again = self._checked_again(laid)
            if isinstance(again, Refusal):
                self.refused.append(again)
                return
            laid = again
        self.good.append(laid)
        self.corrections.append(
            Correction(
                instance_id=laid.instance_id,
                corrects=held.instance_id,
                form_id=one.form_id,
                name=one.name,
                row=one.row,
                changes=merged.changes,
                replaces=self.replaces,
            )
        )

    def _fault(self, one: Checked, held: _Held, merged: Merged) -> Problem | None:
        place = _place(one)
        if merged.ambiguous:
            table, key = merged.ambiguous[0]
            return problems.ROWS_AMBIGUOUS.at(place, table=table, key=key, held=held.instance_id)
        standing = {name for rows in merged.rows.values() for row in rows if SINCE in row for name in row}
        known = {column.name for _, column in self.checker.schema.columns()}
        lost = sorted(name for name in standing - known if not name.startswith("_"))
        if lost:
            return problems.ROWS_OF_OTHER_VERSION.at(place, version=held.form_version, columns=", ".join(lost))
        return None

    def _checked_again(self, one: Checked) -> Checked | Refusal:
        """The merge held against the form's rules, worked-out answers and entities made anew."""
        schema = self.checker.schema
        checked = self.checker.check(text_tables([_as_texts(one.rows, self.checker)], schema), self.moment)
        if checked.rejects.height:
            told = tuple(self.checker.problems(checked.rejects, one.name))
            count = sum(SINCE in row for rows in one.rows.values() for row in rows)
            fault = problems.MERGE_UNSOUND.at(_place(one), count=count, held=one.base)
            return Refusal(name=one.name, raw=one.raw, problems=(fault, *told), source=one.source, row=one.row)
        rows = _with_since(rows_by_key(checked.tables)[0], one.rows)
        entities = entities_of_rows(self.checker, checked.tables, {0: one.instance_id}, self.moment)
        day = happened(self.checker, rows, one.received_at)
        files = attachments(schema, rows)
        return replace(one, rows=rows, happened=day, attachments=files, entities=tuple(entities.get(0, ())))

    def _refuse(self, one: Checked, faults: tuple[Problem, ...]) -> None:
        self.refused.append(Refusal(name=one.name, raw=one.raw, problems=faults, source=one.source, row=one.row))


def _place(one: Checked) -> Place:
    return Place(file=one.name or None, row=one.row or None)


def _is_more(merged: Rows, given: Rows) -> bool:
    """Whether the merge has rows or answers that the file's own rows have not, or names rows otherwise."""
    return {name: [dict(row) for row in rows] for name, rows in merged.items() if rows} != {
        name: [dict(row) for row in rows] for name, rows in given.items() if rows
    }


def _as_texts(rows: Rows, checker: Checker) -> dict[str, list[Row]]:
    """The rows as a sheet would write them, without what is worked out."""
    worked = {
        (name, rule.column.name)
        for name, rules in checker.rules.columns.items()
        for rule in rules
        if rule.calculate is not None
    }
    return {
        table: [
            {
                name: value if name.startswith("_") else as_text(value)
                for name, value in row.items()
                if (table, name) not in worked and name != SINCE
            }
            for row in own
        ]
        for table, own in rows.items()
    }


def _with_since(rows: Mapping[str, Sequence[Row]], before: Rows) -> dict[str, list[Row]]:
    since = {(table, row["_row"]): row[SINCE] for table, own in before.items() for row in own if SINCE in row}
    return {
        table: [{**row, SINCE: since[table, row["_row"]]} if (table, row["_row"]) in since else row for row in own]
        for table, own in rows.items()
    }


def _held(batch: Sequence[Checked]) -> dict[str, _Held]:
    """By key and by instanceID, the newest versions that the batch may correct."""
    keys = {one.key for one in batch if one.key and not one.deprecated_id}
    ids = {one.deprecated_id for one in batch if one.deprecated_id}
    found: dict[str, _Held] = {}
    for column, wanted in (("key", keys), ("instance_id", ids)):
        for some in _portions(sorted(wanted)):
            rows = models.Submission.objects.filter(**{f"{column}__in": some}, superseded=None)
            fields = (column, "instance_id", "block__sha256", "form_version__version")
            for name, instance_id, block, version in rows.values_list(*fields):
                found[name] = _Held(instance_id=instance_id, block=block, form_version=version)
    return found


def _portions(items: Sequence[str]) -> Iterable[Sequence[str]]:
    return (items[start : start + _IDS] for start in range(0, len(items), _IDS))
