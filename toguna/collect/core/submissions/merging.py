"""A correction laid over the version that it corrects: which rows are new, changed, unchanged or gone, and the merge of both. Pure.

A spreadsheet names the rows that it speaks of and is silent on the others, so a row that it does not have stays as it is. Rows of a
repeat are recognised by their row key: the questions that the form's setting ``tg:rows`` names (``result: activity place; photo: image``),
else the repeat's required choices and dates, else its required texts, else its files. A repeat with none of these has no row key: there
only equal rows are recognised. Source: issue 9, "A correction never removes in silence".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from toguna.collect.core.schema import Schema, Table
from toguna.collect.core.submissions.values import SINCE, Kind, Row, RowChange

#: The setting that names the key questions of repeats.
ROW_KEYS = "tg:rows"
#: Kinds of question that tell rows apart where the form does not say which do, the best first.
_TELLING = (("select_one", "date"), ("text",))

Rows = Mapping[str, Sequence[Row]]


@dataclass(frozen=True, kw_only=True)
class Merged:
    """The rows of the new version, and what changed. `ambiguous`: keys of which nobody can say which row corrects which, as (table, key)."""

    rows: Rows
    changes: tuple[RowChange, ...]
    ambiguous: tuple[tuple[str, str], ...]
    replaces: bool

    @property
    def is_unchanged(self) -> bool:
        """Whether the file says nothing that the version does not say."""
        return not any(
            change.kind in ("new", "changed") or (self.replaces and change.kind == "gone") for change in self.changes
        )


def declared_row_keys(schema: Schema) -> dict[str, tuple[str, ...]]:
    """What the form's setting says, by repeat, unchecked: `row_key_faults` checks it when the form is published."""
    found = {}
    for part in schema.settings.get(ROW_KEYS, "").split(";"):
        name, colon, columns = part.partition(":")
        if colon:
            found[name.strip()] = tuple(columns.split())
    return found


def row_key_faults(schema: Schema) -> Iterator[str]:
    """Words of the setting that name no repeat, or no question of it."""
    for part in filter(str.strip, schema.settings.get(ROW_KEYS, "").split(";")):
        name, _, columns = (text.strip() for text in part.partition(":"))
        table = next((table for table in schema.tables[1:] if table.name == name), None)
        if table is None or not columns:
            yield part.strip()
        else:
            yield from (column for column in columns.split() if column not in table.by_name)


def row_keys(schema: Schema) -> dict[str, tuple[str, ...]]:
    """By repeat, the questions that tell its rows apart; none where only equal rows can be recognised."""
    declared = declared_row_keys(schema)
    return {table.name: declared.get(table.name) or _telling(table) for table in schema.tables[1:]}


def _telling(table: Table) -> tuple[str, ...]:
    for kinds in _TELLING:
        found = tuple(column.name for column in table.columns if column.required and column.type in kinds)
        if found:
            return found
    return tuple(column.name for column in table.columns if column.type == "attachment")


def merge(
    schema: Schema,
    held: Rows,
    given: Rows,
    asked: Mapping[str, Collection[str]],
    *,
    base: str,
    replace: bool = False,
) -> Merged:
    """Lay `given` over `held`, the rows of the version `base`.

    A row with the key of a held one takes its place; answers to questions that the sheet does not ask (`asked`, by table) stay. Rows that
    the sheet does not have stay, or go with `replace`. Every row that stays carries, under `SINCE`, the version from which it stands.
    """
    layers = _Layers(schema=schema, keys=row_keys(schema), asked=asked, base=base, replace=replace)
    rows = {
        table.name: layers.table(table, held.get(table.name, ()), given.get(table.name, ())) for table in schema.tables
    }
    return Merged(
        rows={name: own for name, own in rows.items() if own or not name},
        changes=tuple(layers.changes),
        ambiguous=tuple(dict.fromkeys(layers.ambiguous)),
        replaces=replace,
    )


@dataclass(kw_only=True)
class _Layers:
    schema: Schema
    keys: Mapping[str, tuple[str, ...]]
    asked: Mapping[str, Collection[str]]
    base: str
    replace: bool
    changes: list[RowChange] = field(default_factory=list)
    ambiguous: list[tuple[str, str]] = field(default_factory=list)
    #: By table, the merged version's name of each given row that stands in it.
    _names: dict[str, dict[str, str]] = field(default_factory=dict)

    def table(self, table: Table, held: Sequence[Row], given: Sequence[Row]) -> list[Row]:
        names = self._names.setdefault(table.name, {})
        above = self._names.get(table.parent or "", {})
        olds: dict[str, list[Row]] = defaultdict(list)
        news: dict[str, list[Row]] = defaultdict(list)
        for row in held:
            olds[row["_parent_row"]].append(row)
        for row in given:
            parent: str = row["_parent_row"]
            news[above.get(parent, parent) if table.name else ""].append(row)
        merged: list[Row] = []
        for parent in dict.fromkeys([*olds, *news]):
            merged += self._group(table, parent, olds[parent], news[parent], names)
        return merged

    def _group(
        self, table: Table, parent: str, olds: Sequence[Row], news: Sequence[Row], names: dict[str, str]
    ) -> Iterator[Row]:
        """The merged rows of one parent: those held in their order, then those that are new."""
        pairs = dict(self._paired(table, olds, news))
        by_old = {id(old): new for new, old in ((new, pairs.get(id(new))) for new in news) if old is not None}
        for old in olds:
            if (new := by_old.get(id(old))) is not None:
                names[new["_row"]] = old["_row"]
                yield self._laid(table, old, new)
            else:
                self._tell(table, "gone", old)
                if not self.replace:
                    yield self._standing(old)
        number = 1 + max((int(old["_row"].rpartition(".")[2] or 0) for old in olds), default=-1)
        for new in news:
            if id(new) in pairs:
                continue
            name = "" if not table.name else f"{parent}.{number}" if parent else str(number)
            names[new["_row"]], number = name, number + 1
            self._tell(table, "new", new)
            yield {**new, "_row": name, "_parent_row": parent}

    def _paired(self, table: Table, olds: Sequence[Row], news: Sequence[Row]) -> Iterator[tuple[int, Row]]:
        """Each given row (by `id`) with the held one that it speaks of."""
        by_key: dict[tuple[Any, ...], tuple[list[Row], list[Row]]] = defaultdict(lambda: ([], []))
        for side, rows in enumerate((olds, news)):
            for row in rows:
                by_key[self._key(table, row)][side].append(row)
        for key, (before, now) in by_key.items():
            for new in list(now):
                same = next((old for old in before if self._differing(table, old, new) == []), None)
                if same is not None:
                    before.remove(same)
                    now.remove(new)
                    yield id(new), same
            if before and now and not self.replace and (len(before) != len(now) or not (key or not table.name)):
                self.ambiguous.append((table.name, ", ".join(map(_written, key))))
            yield from ((id(new), old) for new, old in zip(now, before, strict=False))

    def _laid(self, table: Table, old: Row, new: Row) -> Row:
        columns = self._differing(table, old, new)
        if not columns:
            self._tell(table, "unchanged", old)
            return self._standing(old)
        emptied = tuple(name for name in columns if name in old and name not in new)
        self._tell(table, "changed", new, tuple(columns), emptied)
        kept = {name: old[name] for name in self._unasked(table) if name in old}
        return {**kept, **new, "_row": old["_row"], "_parent_row": old["_parent_row"]}

    def _standing(self, old: Row) -> Row:
        return {SINCE: self.base, **old}

    def _differing(self, table: Table, old: Row, new: Row) -> list[str]:
        """Questions that both were asked and answer otherwise. What is worked out follows from the rest."""
        unasked = self._unasked(table)
        return [
            column.name
            for column in table.columns
            if column.calculate is None
            and old.get(column.name) != new.get(column.name)
            and not (column.name in unasked and column.name not in new)
        ]

    def _unasked(self, table: Table) -> set[str]:
        """Questions that the sheet has no column for."""
        asked = self.asked.get(table.name, ())
        return {column.name for column in table.columns if column.calculate is None and column.name not in asked}

    def _key(self, table: Table, row: Row) -> tuple[Any, ...]:
        return tuple(row.get(name) for name in self.keys.get(table.name, ()))

    def _tell(
        self, table: Table, kind: Kind, row: Row, columns: tuple[str, ...] = (), emptied: tuple[str, ...] = ()
    ) -> None:
        key = ", ".join(map(_written, self._key(table, row)))
        self.changes.append(RowChange(table=table.name, kind=kind, key=key, columns=columns, emptied=emptied))


def _written(value: Any) -> str:
    return "" if value is None else str(value)
