"""A pack's folder, read whole: every fault of every file in one run.

Only `operation.toml`, `places.csv`, `organisations.csv` and at least one form are needed; what else is there is read and checked, and
what a table names of another table is looked up.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from toguna.collect.core.forms import read_form
from toguna.collect.core.forms.listfiles import needed_lists
from toguna.collect.core.schema import Schema, declared_lists
from toguna.collect.core.submissions.expectations import read_expectations
from toguna.figures.core.definition import Indicator
from toguna.figures.core.reading import read_indicators
from toguna.figures.core.reference import check_reference
from toguna.figures.core.tables import GivenSources
from toguna.instance.api import Operation, parse_operation
from toguna.kernel.api import LANGUAGES, Place, Problem, Refused, errors
from toguna.organisations.api import Organisation, read_organisations
from toguna.pack.core.generate import Drawn, Plan, draw, parse_plan
from toguna.pack.core.lines import COLUMNS as LEDGER
from toguna.pack.core.lines import read_lines
from toguna.pack.core.tables import PackTable, check_codes, read_pack_table
from toguna.pack.offered import offered_by
from toguna.pack.problems import FILE_MISSING, FORM_LIST, FORM_TWICE, NO_PACK, PLAN_PHOTO
from toguna.places.api import Place as PlaceRow
from toguna.places.api import read_places

#: Tables that every row of the instance's figures may read, by name: `load_reference` keeps them.
REFERENCE_TABLES = ("agreements", "targets", "expectations")
_ACCOUNTS = ("name", "roles", "organisation", "places")
#: Faults that follow from a form that could not be read.
_FOLLOWING = ("figures.table_unknown", "figures.of_faulty", "figures.indicator_unknown")
#: Columns that, in any table of the pack, hold codes of another.
_PLACES, _ORGANISATIONS = ("place",), ("organisation", "donor")


@dataclass(frozen=True, kw_only=True)
class PackForm:
    path: Path
    schema: Schema


@dataclass(frozen=True, kw_only=True)
class Pack:
    """An operation pack; without faults where `read_pack` gives it."""

    folder: Path
    operation: Operation
    places: tuple[PlaceRow, ...]
    organisations: tuple[Organisation, ...]
    #: By form id.
    forms: Mapping[str, PackForm]
    #: By name; those of `REFERENCE_TABLES` that the pack has.
    references: Mapping[str, PackTable]
    indicators: Mapping[str, Indicator]
    sources: PackTable | None = None
    accounts: PackTable | None = None
    ledger: PackTable | None = None
    plan: Plan | None = None


def draw_pack(pack: Pack) -> Drawn:
    """The pack's demonstration; nothing where it has no plan."""
    if pack.plan is None:
        return Drawn(steps=())
    names = {place.code: place.name.get("en", place.code) for place in pack.places}
    rows = pack.sources.as_text() if pack.sources else []
    return draw(pack.plan, rows, names, pack.operation.time_zone)


def read_pack(folder: Path) -> tuple[Pack | None, tuple[Problem, ...]]:
    """The pack, and everything found; no pack where an error was. Refuses a folder that is none."""
    pack, found = read_draft(folder)
    return (None if errors(found) else pack), found


def read_draft(folder: Path) -> tuple[Pack | None, tuple[Problem, ...]]:
    """As `read_pack`, but with what could be read of a pack with errors: for its reviewer, never to make an instance of."""
    if not (folder / "operation.toml").is_file():
        raise Refused(NO_PACK.at(path=folder, file="operation.toml"))
    reader = _Reader(folder=folder, problems=[])
    return reader.read(), tuple(reader.problems)


@dataclass(kw_only=True)
class _Reader:
    folder: Path
    problems: list[Problem]

    def read(self) -> Pack | None:
        operation = self._operation()
        spoken = operation.languages if operation else LANGUAGES
        places, found = read_places(self._needed("places.csv"), spoken)
        organisations, told = read_organisations(self._needed("organisations.csv"), spoken)
        self.problems += [*found, *told]
        references = {name: table for name in REFERENCE_TABLES if (table := self._table(f"{name}.csv")) is not None}
        forms = self._forms(references)
        if (expected := references.get("expectations")) is not None:
            schemas = {form_id: [form.schema] for form_id, form in forms.items()}
            self.problems += read_expectations(expected.as_text(), schemas)[1]
        sources = self._sources(forms)
        accounts = self._table("accounts.csv", _ACCOUNTS, _ACCOUNTS[:2])
        ledger = self._table("ledger.csv", LEDGER, LEDGER[:4])
        plan = self._plan()
        place_codes = {place.code for place in places}
        organisation_codes = {organisation.code for organisation in organisations}
        for table in (*references.values(), sources, accounts):
            if table is not None:
                for column in (*_PLACES, "places"):
                    self.problems += check_codes(table, column, place_codes, "places.csv", several=column == "places")
                for column in _ORGANISATIONS:
                    self.problems += check_codes(table, column, organisation_codes, "organisations.csv")
        registers = {"places": frozenset(place_codes), "organisations": frozenset(organisation_codes)}
        offered = offered_by([form.schema for form in forms.values()], references, registers)
        indicators = self._indicators(offered, operation)
        self._check_ledger(ledger, sources, indicators)
        if operation is None:
            return None
        return Pack(
            folder=self.folder, operation=operation, places=places, organisations=organisations, forms=forms,
            references=references, indicators=indicators, sources=sources, accounts=accounts, ledger=ledger, plan=plan,
        )  # fmt: skip

    def _needed(self, name: str) -> Path:
        path = self.folder / name
        if not path.is_file():
            self.problems.append(FILE_MISSING.at(Place(file=name), file=name))
        return path

    def _operation(self) -> Operation | None:
        text = (self.folder / "operation.toml").read_text(encoding="utf-8", errors="replace")
        try:
            return parse_operation(text, "operation.toml")
        except Refused as refused:
            self.problems += refused.problems
            return None

    def _table(self, name: str, columns: tuple[str, ...] = (), needed: tuple[str, ...] = ()) -> PackTable | None:
        path = self.folder / name
        if not path.is_file():
            return None
        table, found = read_pack_table(path, needed, columns)
        self.problems += found
        return table

    def _forms(self, references: Mapping[str, PackTable]) -> dict[str, PackForm]:
        found: dict[str, PackForm] = {}
        paths = sorted(
            path for path in (self.folder / "forms").glob("*") if path.suffix in (".md", ".xlsx", ".xls", ".csv")
        )
        if not paths:
            self.problems.append(FILE_MISSING.at(Place(file="forms/"), file="forms/*.md"))
        for path in paths:
            read = read_form(path)
            self.problems += read.problems
            if read.schema is None:
                continue
            form_id = read.schema.form_id
            other = next((one for one in found.values() if one.schema.slug == read.schema.slug), None)
            if other is not None:
                self.problems.append(FORM_TWICE.at(Place(file=path.name), form=form_id, other=other.path.name))
            found[form_id] = PackForm(path=path, schema=read.schema)
        self.problems += _lists(found, references)
        return found

    def _sources(self, forms: Mapping[str, PackForm]) -> PackTable | None:
        """The source register, in the columns of its own form."""
        form = forms.get("source_register")
        columns = tuple(column.name for column in form.schema.table().columns) if form else ()
        return self._table("sources.csv", columns, ("source", "published_on", "as_of") if form else ())

    def _indicators(self, offered: GivenSources, operation: Operation | None) -> Mapping[str, Indicator]:
        paths = sorted((self.folder / "indicators").glob("*.yaml"))
        texts = {path.name: path.read_text(encoding="utf-8", errors="replace") for path in paths}
        schemes = tuple(operation.brackets) if operation else ()
        thresholds = operation.thresholds if operation else None
        spoken = operation.languages if operation else LANGUAGES
        indicators, found = read_indicators(texts, offered, schemes, thresholds, spoken)
        self.problems += self._own(found)
        return indicators

    def _own(self, found: Sequence[Problem]) -> list[Problem]:
        """Without those that only say what a broken form has taken away."""
        broken = any(problem.is_error and problem.id.startswith("forms.") for problem in self.problems)
        return [problem for problem in found if not (broken and problem.id in _FOLLOWING)]

    def _check_ledger(
        self, ledger: PackTable | None, sources: PackTable | None, indicators: Mapping[str, Indicator]
    ) -> None:
        if ledger is None:
            return
        noted = {row["source"] for row in sources.rows} if sources else set()
        lines, found = read_lines(ledger.rows, noted)
        self.problems += found
        for line in lines:
            if line.figure is not None:
                self.problems += self._own(check_reference(line.figure, indicators, line.where))

    def _plan(self) -> Plan | None:
        path = self.folder / "plan.toml"
        if not path.is_file():
            return None
        plan, found = parse_plan(path.read_text(encoding="utf-8", errors="replace"))
        self.problems += found
        for returns in plan.returns if plan else ():
            for photo in returns.photos:
                if not (self.folder / "photos" / photo.file).is_file():
                    self.problems.append(PLAN_PHOTO.at(Place(file=path.name), file=photo.file))
        return plan


def _lists(forms: Mapping[str, PackForm], references: Mapping[str, PackTable]) -> Iterator[Problem]:
    """Questions that choose from a list nobody holds."""
    made = declared_lists(form.schema for form in forms.values())
    held = {"places", "organisations", *references, *made}
    for form in forms.values():
        for name in needed_lists(form.schema):
            if name not in held:
                yield FORM_LIST.at(Place(file=form.path.name), form=form.schema.form_id, file=f"{name}.csv")
