"""The surroundings of figures in the opened instance: the lake brought up to date, definitions read, places and journal at hand.

Kept for the process as long as what they were made of stands, so that a second call costs one look at the journal's head.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date
from fnmatch import fnmatch
from functools import lru_cache, partial
from pathlib import Path
from threading import RLock

from toguna.collect import api as collect
from toguna.collect.core.schema import Schema
from toguna.collect.references import reference_tables
from toguna.collect.store.counting import changed_forms, happened_between
from toguna.figures.calculate import Surroundings
from toguna.figures.core.definition import Indicator
from toguna.figures.core.figure import AsOf
from toguna.figures.core.plan.ask import Setting
from toguna.figures.core.reading import read_indicators
from toguna.figures.engine import Engine, LakeCatalogue, catalogue_of
from toguna.figures.engine_settings import RemoteEngine, remote_engine
from toguna.figures.feeds import FormFeed, ListFeed, ReferenceFeed
from toguna.figures.lake import Cell, Lake
from toguna.figures.lake.problems import FAULTS
from toguna.figures.planned import planned_figures
from toguna.figures.releasing import released
from toguna.instance.api import Instance, current, replace_durably
from toguna.instance.opening import read_settings
from toguna.journal import api as journal
from toguna.journal.api import Head
from toguna.journal.witness import keep_head
from toguna.kernel.api import Language, Period, Problem, Refused, digest
from toguna.kernel.core.languages import ByLanguage
from toguna.organisations import api as organisations
from toguna.places import api as places
from toguna.places.api import Tree
from toguna.registry import api as registry
from toguna.revisions.api import RevisionFiles, in_force

#: The files of the pack that hold indicators.
INDICATORS = "indicators/*.yaml"
#: Of the journal's head that the lake was last brought up to.
_HEAD = "head"
OwnFeed = FormFeed | ListFeed | ReferenceFeed


@dataclass(kw_only=True)
class _Kept:
    """What one process holds of one instance."""

    home: Path
    lake: Lake
    cell: Cell
    #: The cluster that answers what reads many rows, where the settings name one.
    remote: RemoteEngine | None
    #: What the engine was made of, and the engine.
    made_of: str = ""
    engine: Engine | None = None
    indicators: Mapping[str, Indicator] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    #: The act that the lake had reached, and the journal's end.
    until: int = -1
    head: int = -1
    #: The revision of the pack whose indicators were read.
    pack: str = ""
    feeds: tuple[OwnFeed, ...] = ()


_kept: list[_Kept] = []
_lock = RLock()


def sync() -> int:
    """Bring the lake to the last act up to which entities are folded, and return that act. A lake that followed another journal is made anew."""
    with _lock:
        kept = _of(current())
        until = registry.folded()
        found = feeds()
        if _follows_another_journal(kept.lake):
            (kept.lake.folder / _HEAD).unlink()
            kept.lake.rebuild(found, until)
        kept.lake.sync(found, until)
        _write_head(kept.lake, until)
        keep_head(journal.head_at(until))
        return until


def surroundings() -> Surroundings:
    """For figures as of the last act that the lake was brought up to: a read writes nothing. Refuses a lake that followed another journal."""
    instance = current()
    kept = _of(instance)
    until, head = synced(), journal.head().sequence
    pack = in_force().digest
    if (kept.until, kept.head, kept.pack) != (until, head, pack) or kept.engine is None:
        if until == 0 and head:
            raise Refused(FAULTS["lake_missing"].at(table="*"))
        if _follows_another_journal(kept.lake):
            raise Refused(FAULTS["lake_ahead"].at(reached=until, head=head))
        kept.feeds = feeds()
        kept.until, kept.head, kept.pack = until, head, pack
        _remake(kept, instance)
    engine = kept.engine
    assert engine is not None
    zone, trees = instance.operation.time_zone, places.trees()
    return Surroundings(
        engine=engine,
        indicators=kept.indicators,
        root=instance.operation.place,
        tree=trees,
        until=kept.until,
        as_of=lambda text: journal.as_of(text, zone),
        known=lambda sequence: _known_in(instance.home, sequence),
        thresholds=instance.operation.thresholds,
        released=released(kept.indicators),
        name=partial(_name, trees),
        nearest_place=places.nearest_place,
        planned=planned_figures,
        recorded=lambda sequence: _recorded(instance.home, sequence),
    )


def synced() -> int:
    """The act that the lake was last brought up to; 0 for a new one."""
    path = current().lake / _HEAD
    return journal.parse_head(path.read_text()).sequence if path.exists() else 0


def _write_head(lake: Lake, until: int) -> None:
    """Tell durably which act the lake has reached, and the journal's head there."""
    reached = Head(sequence=until, digest=_known_in.__wrapped__(lake.folder, until).head) if until else Head()
    replace_durably(lake.folder / _HEAD, reached.written().encode())


@lru_cache(maxsize=64)
def _recorded(home: Path, sequence: int) -> Period | None:
    """The days of which submissions speak, as known at a sequence of the journal."""
    found = happened_between(sequence)
    return Period(start=found[0], end=found[1]) if found else None


def _name(trees: Callable[[date], Tree], table: str | None, code: str, day: date, language: Language) -> str:
    """How a place or organisation is called; any other code stands for itself."""
    if table == "places":
        tree = trees(day)
        return tree.name(code, language) if tree.place(code) is not None else code
    found = organisations.organisation(code, day) if table == "organisations" else None
    return ByLanguage(found.name)[language] if found is not None else code


@contextmanager
def using() -> Iterator[Surroundings]:
    """The surroundings for one thread at a time: the engine has one connection. What was aggregated is kept at the end."""
    with _lock:
        found = surroundings()
        yield found
        found.engine.save()


def indicator_faults() -> tuple[Problem, ...]:
    """What is wrong with the instance's indicators; those concerned are left out."""
    with using():
        return _of(current()).problems


def feeds() -> tuple[OwnFeed, ...]:
    """Every form, entity list and reference table of the opened instance."""
    schemas = collect.schemas()
    changed = lru_cache(maxsize=4)(changed_forms)
    every = [schema for versions in schemas.values() for schema in versions]
    registers = {
        "places": frozenset(place.code for place in places.all_places()),
        "organisations": frozenset(one.code for one in organisations.all_organisations()),
    }
    found: list[OwnFeed] = [_form_feed(form, versions, changed) for form, versions in schemas.items()]
    for name in registry.entity_lists():
        savers = tuple(schema for schema in every if any(entity.list_name == name for entity in schema.entities))
        found.append(ListFeed(list_name=name, schemas=savers, properties=registry.list_properties(name)))
    for table in reference_tables():
        rows = tuple(collect.reference_rows(table))
        found.append(ReferenceFeed(table=table, rows=rows, registers=registers))
    return tuple(found)


@lru_cache(maxsize=64)
def _known_in(home: Path, sequence: int) -> AsOf:
    """The head of the journal when this act was the last."""
    act = next(iter(journal.acts(after=sequence - 1, until=sequence)), None) if sequence > 0 else None
    return AsOf(sequence=sequence, head=act.digest if act else "", time=act.at if act else None)


def rebuild() -> None:
    """Delete the lake and derive it anew from the records."""
    kept = _of(current())
    until = registry.folded()
    (kept.lake.folder / _HEAD).unlink(missing_ok=True)
    kept.lake.rebuild(feeds(), until)
    _write_head(kept.lake, until)
    kept.engine = None


def verify_lake() -> tuple[Problem, ...]:
    """What is wrong with the lake: files changed, rows that the records do not make, a journal that is not the one it followed."""
    kept = _of(current())
    if _follows_another_journal(kept.lake):
        reached = journal.parse_head((kept.lake.folder / _HEAD).read_text()).sequence
        return (FAULTS["lake_ahead"].at(reached=reached, head=journal.head().sequence),)
    return kept.lake.verify(feeds())


def _form_feed(form: str, versions: list[Schema], changed: object) -> FormFeed:
    return FormFeed(
        schemas=tuple(versions),
        changed=lambda after, until: form in changed(after, until),  # type: ignore[operator]
    )


def _of(instance: Instance) -> _Kept:
    if not _kept or _kept[0].home != instance.home or not _has_folders(instance):
        while _kept:
            _close(_kept.pop())
        for folder in (instance.lake, instance.cache):
            if not folder.exists():
                _make(folder)
        lake = Lake(instance.lake, instance.secret("lake"))
        remote = remote_engine(instance.lake, read_settings(instance.home))
        _kept.append(_Kept(home=instance.home, lake=lake, cell=Cell(instance.lake), remote=remote))
    return _kept[0]


def _close(kept: _Kept) -> None:
    kept.cell.close()
    if kept.remote is not None:
        kept.remote.engine.close()


def _has_folders(instance: Instance) -> bool:
    return instance.lake.exists() and (instance.cache.exists() or instance.is_read_only)


def _make(folder: Path) -> None:
    """The folder; where the disk is full or may not be written nothing is kept, and what is asked of the lake says what is missing."""
    with suppress(OSError):
        folder.mkdir(mode=0o700, exist_ok=True)


def _follows_another_journal(lake: Lake) -> bool:
    """Whether the lake has followed a journal that is not this one: it was cut, or came from a backup."""
    path = lake.folder / _HEAD
    if not path.exists():
        return False
    told = journal.parse_head(path.read_text())
    return told.sequence > 0 and _known_in.__wrapped__(lake.folder, told.sequence).head != told.digest


def _remake(kept: _Kept, instance: Instance) -> None:
    """The engine and the definitions, unless all that they were made of is as it was."""
    files = RevisionFiles(in_force())
    texts = {path.rpartition("/")[2]: files[path].decode("utf-8") for path in files if fnmatch(path, INDICATORS)}
    offered = [offer for feed in kept.feeds for offer in feed.offered()]
    catalogue = catalogue_of(offered, _dates(kept.feeds))
    made_of = digest([texts, places.places_digest(), repr(catalogue), instance.operation.source])
    if kept.engine is not None and kept.made_of == made_of:
        return
    operation = instance.operation
    setting = Setting(zone=str(operation.time_zone), brackets=operation.brackets, rates=operation.rates)
    spans = [
        (one.code, one.level, one.ancestor, one.ancestor_level, one.valid_from, one.valid_to)
        for one in places.place_spans()
    ]
    kept.engine = Engine(kept.lake, kept.cell, catalogue, setting, spans)
    kept.indicators, kept.problems = _read(texts, catalogue, instance)
    kept.engine.use_cubes(kept.indicators.values(), instance.cache / "cubes")
    if kept.remote is not None:
        kept.engine.use_remote(kept.remote.engine, kept.remote.above)
    kept.made_of = made_of


def _read(
    texts: Mapping[str, str], catalogue: LakeCatalogue, instance: Instance
) -> tuple[Mapping[str, Indicator], tuple[Problem, ...]]:
    operation = instance.operation
    schemes, languages = tuple(operation.brackets), operation.languages
    found, problems = read_indicators(texts, catalogue.sources, schemes, operation.thresholds, languages)
    return found, tuple(problems)


def _dates(found: tuple[OwnFeed, ...]) -> dict[str, str | None]:
    """By form, the column that is its date; where versions differ in it, none."""
    dates: dict[str, str | None] = {}
    for feed in found:
        if isinstance(feed, FormFeed):
            columns = {schema.date_column for schema in feed.schemas}
            dates[feed.name] = columns.pop() if len(columns) == 1 else None
    return dates
