"""A pack's folder brought into a running instance: compared with the revision in force, reviewed whole, then all of it or nothing.

The files become the next revision. What rooms keep in tables (places, organisations, reference tables, forms, the source register) is brought
up to them by the rooms' own functions, in the same transaction.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from fnmatch import fnmatch
from hashlib import sha256
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

from toguna.access.api import Actor, require_permit
from toguna.collect.api import load_reference, publish_form
from toguna.collect.loading import load
from toguna.figures.core.reading import read_indicators
from toguna.figures.opened import INDICATORS
from toguna.instance.api import current, writing
from toguna.instance.opening import OPERATION
from toguna.journal.api import NewAct, append
from toguna.kernel.api import Problem, Refused, errors
from toguna.organisations.api import load_organisations
from toguna.pack.installing import lookup_rows
from toguna.pack.offered import offered_by
from toguna.pack.reading import REFERENCE_TABLES, Pack
from toguna.pack.review import review_pack
from toguna.places.api import load_places
from toguna.revisions.api import (
    Comparison,
    Revision,
    RevisionFiles,
    compare,
    head,
    read_folder,
    record,
    settle,
    write_folder,
)
from toguna.revisions.core.tree import changed_tree
from toguna.revisions.recording import write_copy

#: An indicator's name where its definition begins.
_DEFINED = re.compile(r"^(\w+):", re.MULTILINE)
#: The form that holds the source register, and the table of the pack that is loaded into it.
_REGISTER, _SOURCES = "source_register", "sources.csv"


@dataclass(frozen=True, kw_only=True)
class PackDiff:
    """How a folder differs from the revision in force, and what a reviewer finds in the result."""

    base: Revision
    comparison: Comparison
    #: What is to be written: None takes a file out.
    changes: Mapping[str, bytes | None]
    #: Indicators whose definitions are new, changed or gone, by the file that holds or held them: ``changed=cash_persons``.
    indicators: Mapping[str, str]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, kw_only=True)
class Applied:
    """What was done, or would be."""

    diff: PackDiff
    revision: Revision
    #: What happened beside the files, by the file that brought it: a form's new version, rows changed.
    effects: Mapping[str, str]


class _NotMeant(Exception):
    """Takes back what a trial did."""


def diff_pack(folder: Path, *, replace_all: bool = False) -> PackDiff:
    """Compare the folder with the revision in force and review the result. Files that the folder lacks stay, unless `replace_all`.

    Refuses no folder, one without ``operation.toml``, links, paths that no revision holds.
    """
    base, contents = head(), read_folder(folder)
    digests = {path: sha256(content).hexdigest() for path, content in contents.items()}
    comparison = compare(base.files, digests)
    changes: dict[str, bytes | None] = {path: contents[path] for path in (*comparison.new, *comparison.changed)}
    if replace_all:
        changes |= dict.fromkeys(comparison.gone)
    changed_tree(base.files, {path: digests.get(path) for path in changes})
    result = {path: content for path, content in RevisionFiles(base).items() if path not in changes} | {
        path: content for path, content in changes.items() if content is not None
    }
    with _written(result) as whole:
        reviewed = review_pack(whole)
        problems = tuple(_inside(problem, whole) for problem in reviewed.problems)
    changed = _indicators(reviewed.pack, RevisionFiles(base)) if reviewed.pack else {}
    return PackDiff(base=base, comparison=comparison, changes=changes, problems=problems, indicators=changed)


def apply_pack(
    folder: Path,
    actor: Actor,
    *,
    replace_all: bool = False,
    base: str | None = None,
    why: str = "",
    commits: bool = True,
) -> Applied:
    """Bring the folder in: one transaction, one act ``pack.recorded``, and the rooms' own acts for their tables.

    `base` is the digest of the revision that the folder was exported from. Refuses, with every fault at once, a pack with faults; one of which
    somebody has changed a file since `base`; a form whose version is published with other content; rows of the register that are refused. Then
    nothing is kept. Without `commits` everything is tried and taken back.
    """
    require_permit(actor, "pack.recorded")
    diff = diff_pack(folder, replace_all=replace_all)
    if faults := errors(diff.problems):
        raise Refused(*faults)
    effects: dict[str, str] = {}
    done = diff.base
    result = {**RevisionFiles(diff.base), **diff.changes}
    with _written({path: content for path, content in result.items() if content is not None}) as whole, _taken_back():
        pack = review_pack(whole).pack
        assert pack is not None
        with writing():
            effects = {**diff.indicators, **_bring(pack, diff, actor)}
            done = record(
                diff.changes, actor, if_match=base if base is not None else diff.base.digest, whole=True, why=why
            )
            if not commits:
                raise _NotMeant
    return Applied(diff=diff, revision=done, effects=effects)


def _indicators(pack: Pack, base: Mapping[str, bytes]) -> dict[str, str]:
    """How the definitions of the result differ from those of a revision, by file."""
    registers = {
        "places": frozenset(place.code for place in pack.places),
        "organisations": frozenset(one.code for one in pack.organisations),
    }
    offered = offered_by([form.schema for form in pack.forms.values()], pack.references, registers)
    texts = {
        path.rpartition("/")[2]: base[path].decode("utf-8", "replace") for path in base if fnmatch(path, INDICATORS)
    }
    before, _ = read_indicators(
        texts, offered, tuple(pack.operation.brackets), pack.operation.thresholds, pack.operation.languages
    )
    states = compare(
        {name: each.digest for name, each in before.items()},
        {name: each.digest for name, each in pack.indicators.items()},
    ).states()
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    written = {name for text in texts.values() for name in _DEFINED.findall(text)}
    for name, told in states.items():
        # What was defined and cannot be read with the tables of the result is not new.
        state = "changed" if told == "new" and name in written else told
        if state != "unchanged":
            file = (pack.indicators.get(name) or before[name]).at.file
            found[f"indicators/{Path(file or '').name}"][state].append(name)
    return {
        file: " ".join(f"{state}={','.join(names)}" for state, names in each.items()) for file, each in found.items()
    }


@contextmanager
def _taken_back() -> Iterator[None]:
    """Where the block's transaction was taken back, the copy of the settings and the settings in use are those of the revision again."""
    try:
        yield
    except BaseException as error:
        kept = head()
        write_copy(current().home, RevisionFiles(kept).get(OPERATION))
        settle()
        if not isinstance(error, _NotMeant):
            raise


def _bring(pack: Pack, diff: PackDiff, actor: Actor) -> dict[str, str]:
    """Bring the rooms' tables up to the changed files; returns what each did."""
    changed = {path for path, content in diff.changes.items() if content is not None}
    effects: dict[str, str] = {}
    if "places.csv" in changed:
        require_permit(actor, "places.replaced")
        _told("places", load_places(pack.folder / "places.csv", pack.operation.languages), actor)
        rows = load_reference("places", lookup_rows([(place.code, place.name) for place in pack.places]), actor)
        effects["places.csv"] = f"rows={rows}"
    if "organisations.csv" in changed:
        require_permit(actor, "organisations.replaced")
        _told("organisations", load_organisations(pack.folder / "organisations.csv", pack.operation.languages), actor)
        listed = lookup_rows([(one.code, one.name) for one in pack.organisations])
        effects["organisations.csv"] = f"rows={load_reference('organisations', listed, actor)}"
    for name in REFERENCE_TABLES:
        if f"{name}.csv" in changed:
            effects[f"{name}.csv"] = f"rows={load_reference(name, pack.references[name].as_text(), actor)}"
        elif f"{name}.csv" in diff.changes:
            effects[f"{name}.csv"] = f"rows={load_reference(name, [], actor)}"
    effects |= _publish(pack, changed, actor)
    if _SOURCES in changed:
        effects[_SOURCES] = f"rows={_load_sources(pack, diff, actor)}"
    return effects


def _told(table: str, digest: str, actor: Actor) -> None:
    append([NewAct(kind=f"{table}.replaced", subject=table, detail={"digest": digest})], actor.name)


def _publish(pack: Pack, changed: set[str], actor: Actor) -> dict[str, str]:
    """Publish each changed form. Refuses with the faults of all."""
    effects: dict[str, str] = {}
    faults: list[Problem] = []
    for form in pack.forms.values():
        path = form.path.relative_to(pack.folder).as_posix()
        if path in changed:
            try:
                published = publish_form(form.path, actor)
                effects[path] = f"{published.form_id}={published.version}"
            except Refused as refused:
                faults += refused.problems
    if faults:
        raise Refused(*faults)
    return effects


def _load_sources(pack: Pack, diff: PackDiff, actor: Actor) -> int:
    """Load the register's new and changed rows: a row with the key of an earlier one corrects it. Refuses where one row is refused."""
    rows = _lines(diff.changes[_SOURCES] or b"")
    known = {tuple(sorted(row.items())) for row in _lines(RevisionFiles(diff.base).get(_SOURCES, b""))}
    fresh = [row for row in rows if tuple(sorted(row.items())) not in known]
    if not fresh or _REGISTER not in pack.forms:
        return 0
    with TemporaryDirectory() as place:
        path = Path(place) / _SOURCES
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(fresh[0]))
            writer.writeheader()
            writer.writerows(fresh)
        receipt = load([path], actor, form_id=_REGISTER)
    if receipt.refused:
        raise Refused(*errors(receipt.problems))
    return len(fresh)


def _lines(content: bytes) -> list[dict[str, str]]:
    text = content.decode("utf-8-sig")
    first = text.partition("\n")[0]
    delimiter = ";" if ";" in first and "," not in first else ","
    return [
        {key: value or "" for key, value in row.items() if key}
        for row in csv.DictReader(StringIO(text, newline=""), delimiter=delimiter)
    ]


@contextmanager
def _written(contents: Mapping[str, bytes]) -> Iterator[Path]:
    """The files in a folder that is gone afterwards."""
    with TemporaryDirectory(prefix="pack-") as name:
        write_folder(contents, Path(name))
        yield Path(name)


def _inside(problem: Problem, folder: Path) -> Problem:
    """The problem with its file as a path of the pack."""
    place = problem.place
    if place is None or not (place.file or "").startswith(f"{folder}/"):
        return problem
    return replace(problem, place=replace(place, file=str(place.file).removeprefix(f"{folder}/")))
