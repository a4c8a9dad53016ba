"""Asks answered from the lake: one query each, and no query twice for the same files.

A query's text names the files it reads and the condition under which their rows count, so the text is its content's name: an
answer is kept under it and holds until a file changes.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from toguna.figures.core.catalogue import Offered, sources_of
from toguna.figures.core.definition import Indicator
from toguna.figures.core.disclosure.axes import OLDEST
from toguna.figures.core.expressions import Read
from toguna.figures.core.plan.ask import Ask, Setting
from toguna.figures.core.plan.fold import Cell, fold
from toguna.figures.core.plan.select import Query, compile_query, compile_trace
from toguna.figures.core.plan.statement import QueryEngine, SqlStatement
from toguna.figures.core.plan.views import ReadView, View, files_sql
from toguna.figures.core.tables import GivenSources
from toguna.figures.cubes import Cubes, PlaceLines
from toguna.figures.lake import Cell as LockedCell
from toguna.figures.lake import Lake, LakeTable
from toguna.figures.lake.lockdown import LocalEngine
from toguna.instance.api import Bracket
from toguna.kernel.api import digest
from toguna.kernel.core.library import library

if TYPE_CHECKING:
    import pyarrow as pa
else:
    pa = library("pyarrow")

#: Every year of age alone.
_YEARS = (*(Bracket(min_age=age, max_age=age) for age in range(OLDEST)), Bracket(min_age=OLDEST))
#: Answers kept.
MOST_ANSWERS = 20_000
#: Quoted figures of which the documents are kept.
MOST_DOCUMENTS = 2_000
_SPANS = pa.schema(
    [
        ("code", pa.string()),
        ("level", pa.int32()),
        ("ancestor", pa.string()),
        ("ancestor_level", pa.int32()),
        ("valid_from", pa.date32()),
        ("valid_to", pa.date32()),
    ]
)
#: Code, level, ancestor, its level, and from when to when: as `toguna.places.Span`.
SpanRow = tuple[str, int, str, int, date | None, date | None]


@dataclass(frozen=True, kw_only=True)
class LakeCatalogue:
    """What definitions may name, and the lake table behind each name."""

    sources: GivenSources
    shapes: Mapping[str, LakeTable]
    #: By the name of a form or repeat, the column that is its date.
    dates: Mapping[str, str] = field(default_factory=dict)

    def date_of(self, table: str) -> str | None:
        return self.dates.get(table)


def catalogue_of(offered: Iterable[Offered], dates: Mapping[str, str | None]) -> LakeCatalogue:
    """`dates`: by form, its date column."""
    found = list(offered)
    return LakeCatalogue(
        sources=sources_of(found),
        shapes={one.table.name: one.table for one in found},
        dates={form: column for form, column in dates.items() if column},
    )


class Engine:
    """Answers asks as of an act that the lake has reached."""

    def __init__(
        self, lake: Lake, cell: LockedCell, catalogue: LakeCatalogue, setting: Setting, spans: Sequence[SpanRow]
    ) -> None:
        self.lake = lake
        self.catalogue = catalogue
        self.setting = setting
        self.cell = cell
        self.places = digest([list(span) for span in spans])[:16]
        rows = [dict(zip(_SPANS.names, span, strict=True)) for span in spans]
        self._spans = pa.Table.from_pylist(rows, _SPANS)
        cell.register("places", self._spans)
        #: DuckDB in this process.
        self.local: QueryEngine = LocalEngine(cell)
        self._remote: QueryEngine | None = None
        #: Rows read from which on the remote engine answers.
        self._remote_above = 0
        self._kept: OrderedDict[tuple[str, str, str], list[tuple[Any, ...]]] = OrderedDict()
        self._documents: OrderedDict[tuple[str, str, str], list[dict[str, Any]]] = OrderedDict()
        #: Queries run, for those who measure.
        self.queries = 0
        #: By the files of a table, every act at which a row of it began or ceased to count.
        self._changes: dict[tuple[str, str], list[int]] = {}
        #: What disclosure audits have asked: sums over rows, by what they asked.
        self.audited: dict[Hashable, Any] = {}
        self._lines = PlaceLines(spans)
        self._cubes: Cubes | None = None

    def use_cubes(self, indicators: Iterable[Indicator], folder: Path | None) -> None:
        """Answer what cubes can from cubes, kept in the folder if there is one."""
        self._cubes = Cubes(
            catalogue=self.catalogue,
            setting=self.setting,
            indicators=indicators,
            tree=self._lines,
            snapshots=self.lake.snapshot,
            run=self._cube,
            answering=lambda tables: self._answering(sum(table.rows for table in tables)),
            folder=folder,
        )

    def use_remote(self, remote: QueryEngine, above: int) -> None:
        """Have another engine answer what reads at least so many rows. What is kept was answered by one engine, and stays its answer."""
        remote.register("places", self._spans)
        self._remote, self._remote_above = remote, above

    @contextmanager
    def asking(self, engine: QueryEngine) -> Iterator[None]:
        """Have every query answered by this engine meanwhile, and nothing by cubes."""
        held = self._remote, self._remote_above, self._cubes
        self.use_remote(engine, above=0)
        self._cubes = None
        try:
            yield
        finally:
            self._remote, self._remote_above, self._cubes = held

    def save(self) -> None:
        """Keep for other processes what was aggregated."""
        if self._cubes is not None:
            self._cubes.save()

    def cells(self, ask: Ask) -> dict[tuple[str, ...], Cell]:
        """The answer by its values of `ask.by`. Raises `QueryError` when an expression overflows."""
        if self._cubes is not None and (found := self._cubes.cells_of(ask)) is not None:
            return found
        return self._folded(ask, compile_query(ask, self.catalogue, self.setting))

    def _folded(self, ask: Ask, query: Query) -> dict[tuple[str, ...], Cell]:
        statement = self.written(query, ask.at)
        rows = self._with_total(ask, query) if query.with_total else self._rows(statement)
        cells = fold(ask, query, rows)
        for cell in cells.values():
            cell.engines = frozenset({self._answering(statement.rows).name})
        return cells

    def by_years(self, ask: Ask) -> dict[tuple[str, ...], Cell]:
        """The answer with every age split by single years, whatever its brackets are."""
        schemes = dict.fromkeys(self.setting.brackets, _YEARS)
        return self._folded(
            ask, replace(compile_query(ask, self.catalogue, replace(self.setting, brackets=schemes)), with_total="")
        )

    def last_change(self, table: str, at: int) -> int:
        """The last act up to this one at which a row of the lake table began or ceased to count; 0 before any."""
        snapshot = self.lake.snapshot(table)
        if snapshot is None or not snapshot.files:
            return 0
        rows = f"read_parquet({files_sql(snapshot.paths())}, hive_partitioning = false, union_by_name = true)"
        key = (f"SELECT _seq_from, _seq_to FROM {rows}", "")
        if key not in self._changes:
            found = self.cell.rows(f"SELECT DISTINCT unnest([_seq_from, _seq_to]) AS s FROM {rows} ORDER BY s")
            self._changes = {key: [row[0] for row in found if row[0] is not None]} | dict(
                list(self._changes.items())[-50:]
            )
        changes = self._changes[key]
        before = bisect_right(changes, at)
        return int(changes[before - 1]) if before else 0

    def traced(self, ask: Ask, further: Mapping[str, Read] | None = None) -> tuple[Query, list[dict[str, Any]]]:
        """The rows of which the answer is made, with further columns by name."""
        query = compile_trace(ask, self.catalogue, self.setting, further)
        statement = self.written(query, ask.at)
        return query, self._answering(statement.rows).table(statement).to_pylist()

    def documents(self, ask: Ask, further: Mapping[str, Read]) -> list[dict[str, Any]]:
        """As the rows of `traced`, kept: of a quoted figure they are few, and every text asks for them again."""
        statement = self.written(compile_trace(ask, self.catalogue, self.setting, further), ask.at)
        key = self._key(statement)
        if key not in self._documents:
            self._documents[key] = self._answering(statement.rows).table(statement).to_pylist()
            if len(self._documents) > MOST_DOCUMENTS:
                self._documents.popitem(last=False)
        self._documents.move_to_end(key)
        return self._documents[key]

    def changed_since(self, table: str, at: int) -> list[tuple[Any, ...]]:
        """Every version of the form's lineages that changed after the act: lineage, instance, day, receipt, from, to; in order."""
        snapshot = self.lake.snapshot(table)
        if snapshot is None or not snapshot.files:
            return []
        rows = f"read_parquet({files_sql(snapshot.paths())}, hive_partitioning = false, union_by_name = true)"
        return self.cell.rows(
            f"SELECT _lineage, _instance_id, _happened, _received_at, _seq_from, _seq_to FROM {rows} WHERE _lineage IN "
            f"(SELECT _lineage FROM {rows} WHERE _seq_from > {at:d} OR _seq_to > {at:d}) ORDER BY _lineage, _seq_from"
        )

    def written(self, query: Query, at: int) -> SqlStatement:
        """The query with the views it reads, over the files that stand now."""
        own = query.views[0]
        views = []
        for view in query.views:
            is_dated = view is own or view.table.partition("__")[0] == own.table.partition("__")[0]
            views.append(self._read(view, at, query.months if is_dated and not view.newest else None))
        return SqlStatement(select=query.sql, views=tuple(views))

    def _read(self, view: View, at: int, months: Sequence[str] | None) -> ReadView:
        shape, snapshot = self.catalogue.shapes[view.table], self.lake.snapshot(view.table)
        return ReadView(
            view=view, shape=shape, snapshot=snapshot, at=at, months=months if months is None else tuple(months)
        )

    def _answering(self, rows: int) -> QueryEngine:
        """The engine that answers what reads so many rows."""
        return self._remote if self._remote is not None and rows >= self._remote_above else self.local

    def _key(self, statement: SqlStatement) -> tuple[str, str, str]:
        return statement.text, self.places, self._answering(statement.rows).identity

    def _rows(self, statement: SqlStatement) -> list[tuple[Any, ...]]:
        key = self._key(statement)
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        self.queries += 1
        rows = self._answering(statement.rows).rows(statement)
        self._kept[key] = rows
        if len(self._kept) > MOST_ANSWERS:
            self._kept.popitem(last=False)
        return rows

    def _with_total(self, ask: Ask, query: Query) -> list[tuple[Any, ...]]:
        """The rows of a split; the whole, which the same scan gives, is kept for whoever asks it next."""
        key = self._key(self.written(query, ask.at))
        if key not in self._kept:
            rows = self._rows(self.written(replace(query, sql=query.with_total), ask.at))
            self._kept[key] = [row for row in rows if row[0] is not None]
            whole = replace(ask, by=())
            total = compile_query(whole, self.catalogue, self.setting)
            heads = len(query.keys)
            self._kept[self._key(self.written(total, ask.at))] = [row[heads:] for row in rows if row[0] is None]
        return self._kept[key]

    def _cube(self, sql: str, tables: Sequence[str], months: Sequence[str], at: int) -> pa.Table:
        self.queries += 1
        views = tuple(self._read(View(table=name), at, months) for name in tables)
        read = [found for name in tables if (found := self.lake.snapshot(name)) is not None]
        engine = self._answering(sum(table.rows for table in read))
        return engine.table(SqlStatement(select=sql, views=views))

    def forget(self) -> None:
        """Drop every kept answer."""
        self._kept.clear()
        self.audited.clear()
        self._documents.clear()
