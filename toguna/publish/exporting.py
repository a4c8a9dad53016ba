"""A readable copy of what was issued, for a web server: the instance itself is nobody else's to read."""

from __future__ import annotations

import hashlib
import json
import shutil
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from toguna.access.api import Actor, require_permit
from toguna.instance.api import current, writing
from toguna.journal import api as journal
from toguna.kernel.api import Problem, Refused, digest
from toguna.publish import problems as fault
from toguna.publish.editions import folder_of
from toguna.publish.issued import files_for_readers
from toguna.publish.store import models

#: What an export holds beside the editions, by which a later one knows it.
LIST = "published.json"


@dataclass(frozen=True, kw_only=True)
class Exported:
    """The editions that were written, and how many files."""

    editions: tuple[str, ...]
    files: int


def export_published(folder: Path, actor: Actor) -> Exported:
    """Write the files of every edition that is not withdrawn, folders 0755 and files 0644; the act `edition.exported`.

    An earlier export in this folder is replaced whole. Refuses, and leaves what is there as it is: a folder that holds something else, one
    inside the instance, an instance without editions, and a file that is not the one issued.
    """
    require_permit(actor, "edition.exported")
    _refuse_folder(folder)
    kept = list(models.Edition.objects.exclude(state="withdrawn").order_by("id"))
    if not kept:
        raise Refused(fault.EXPORT_NOTHING.at())
    folder.absolute().parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".export-", dir=folder.absolute().parent) as place:
        fresh = Path(place) / "fresh"
        fresh.mkdir()
        written = [_write_edition(one, fresh) for one in kept]
        faults = [problem for _, found in written for problem in found]
        if faults:
            raise Refused(*faults)
        listed = [_listed(one) for one in kept]
        (fresh / LIST).write_text(json.dumps(listed, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        _open_modes(fresh)
        with writing():
            detail = {"editions": len(kept), "digest": digest(listed)}
            journal.append([journal.NewAct(kind="edition.exported", subject="published", detail=detail)], actor.name)
            _put_in_place(fresh, folder, Path(place) / "before")
    return Exported(editions=tuple(one.id for one in kept), files=sum(count for count, _ in written) + 1)


def _put_in_place(fresh: Path, folder: Path, aside: Path) -> None:
    """The new folder under its name; when that cannot be, the old one again."""
    if folder.exists():
        folder.rename(aside)
    try:
        fresh.rename(folder)
    except OSError:
        if aside.exists():
            aside.rename(folder)
        raise


def _refuse_folder(folder: Path) -> None:
    home = current().home.resolve()
    if folder.resolve().is_relative_to(home):
        raise Refused(fault.EXPORT_INSIDE.at(folder=folder, home=home))
    if folder.exists() and (not folder.is_dir() or (any(folder.iterdir()) and not (folder / LIST).is_file())):
        raise Refused(fault.EXPORT_TAKEN.at(folder=folder))


def _write_edition(edition: models.Edition, into: Path) -> tuple[int, list[Problem]]:
    """Copy what readers get, each file compared with its digest; how many, and what is not as it was issued."""
    faults: list[Problem] = []
    files = files_for_readers(edition)
    for name, sha256 in files.items():
        path, copy = folder_of(edition.id) / name, into / edition.id / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        if not path.is_file():
            faults.append(fault.FILE_MISSING.at(edition=edition.id, file=name))
            continue
        shutil.copyfile(path, copy)
        if hashlib.sha256(copy.read_bytes()).hexdigest() != sha256:
            faults.append(fault.FILE_ALTERED.at(edition=edition.id, file=name))
    return len(files), faults


def _listed(edition: models.Edition) -> dict[str, str]:
    return {
        "edition": edition.id,
        "state": edition.state,
        "language": edition.language,
        "start": edition.start.isoformat(),
        "end": edition.end.isoformat(),
        "issued_at": edition.issued_at.isoformat(),
        "digest": edition.digest,
    }


def _open_modes(folder: Path) -> None:
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
