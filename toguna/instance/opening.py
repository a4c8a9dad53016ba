"""The instance folder: made all or not at all, opened only when it is safe.

home/  instance.toml  operation.toml  toguna.sqlite3  files/  lake/  cache/  secrets/        folders 0700, files 0600
"""

from __future__ import annotations

import os
import shutil
import stat
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from secrets import token_bytes
from typing import Any

from django.db import DatabaseError, Error, connections

from toguna.instance import problems, settings
from toguna.instance.core.operation import Operation
from toguna.instance.core.reading import parse_operation
from toguna.instance.processes import process_runs
from toguna.instance.store import database
from toguna.instance.store.files import FileStore, flush_folder, replace_durably, write_durably
from toguna.kernel.api import Problem, Refused, is_slug, new_id

#: The layout of the folder; raised when an older Toguna could not read it. `maintenance.core.steps` brings an older one forward.
FORMAT = 3
FOLDERS = ("files", "lake", "cache", "secrets")
#: A copy of the pack's file: the room `revisions` keeps the original, and needs an opened database.
OPERATION = "operation.toml"


@dataclass(frozen=True, kw_only=True)
class Instance:
    """An opened instance folder."""

    home: Path
    id: str
    operation: Operation = field(repr=False)
    files: FileStore = field(repr=False)

    @property
    def is_read_only(self) -> bool:
        """Whether its folder cannot be written: it answers as of what the lake holds."""
        return settings.is_read_only(self.home)

    @property
    def lake(self) -> Path:
        return self.home / "lake"

    @property
    def cache(self) -> Path:
        """What may be deleted at any time."""
        return self.home / "cache"

    def secret(self, name: str) -> bytes:
        """32 random bytes of this instance, the same for the same name; made when first asked for."""
        if not is_slug(name):
            raise ValueError(f"a secret's name is a slug: {name!r}")
        folder = self.home / "secrets"
        path = folder / name
        if not path.exists():
            fresh = folder / f".{new_id()}"
            write_durably(fresh, token_bytes(32))
            with suppress(FileExistsError):
                os.link(fresh, path)
            fresh.unlink()
            flush_folder(folder)
        return path.read_bytes()


@dataclass(kw_only=True)
class _Opened:
    instance: Instance | None = None


_opened = _Opened()


def current() -> Instance:
    """The instance that this process has open."""
    if _opened.instance is None:
        raise RuntimeError("no instance is open: call open_instance first")
    return _opened.instance


def make_instance(home: Path, operation: Operation) -> Instance:
    """A new, empty instance, opened: its folder, database and schema. Refuses a path at which something is."""
    _refuse_taken(home)
    keep_private()
    instance_id = new_id()
    dsn = settings.dsn_of(home)
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        home.chmod(0o700)
        for name in FOLDERS:
            (home / name).mkdir(mode=0o700)
        write_durably(home / "secrets" / settings.SIGNING_KEY, token_bytes(32))
        write_durably(home / OPERATION, operation.source.encode())
        write_settings(home, {"format": FORMAT, "id": instance_id, "database": dsn})
        if not dsn:
            write_durably(home / settings.DATABASE, b"")
        flush_folder(home)
    except OSError as error:
        raise Refused(problems.FOLDER_UNUSABLE.at(path=home, reason=error.strerror or str(error))) from error
    settings.configure(home)
    with reachable():
        database.make_schema(instance_id)
        database.migrate()
    return open_instance(home)


def adopt_operation(operation: Operation) -> None:
    """Make these the settings of the opened instance: those of the revision in force."""
    _opened.instance = replace(current(), operation=operation)


@contextmanager
def building(home: Path, operation: Operation) -> Iterator[Instance]:
    """A new instance under another name, opened; it becomes `home` when the block ends well, and nothing is left when it does not."""
    with placing(home) as making:
        yield make_instance(making, operation)
    open_instance(home)


@contextmanager
def placing(home: Path) -> Iterator[Path]:
    """The name beside `home` under which an instance is made; renamed when the block ends well, taken away with its schema when it does not.

    Refuses a path at which something is. What earlier, killed ones left is taken away first.
    """
    _refuse_taken(home)
    keep_private()
    making = home.absolute().with_name(f".{home.name}.building-{os.getpid()}")
    _sweep(home)
    try:
        yield making
        connections.close_all()
        _refuse_taken(home)
        making.rename(home)
        flush_folder(home.absolute().parent)
    except BaseException:
        _discard(making)
        raise


def open_instance(home: Path) -> Instance:
    """The instance in this folder, its database connected. Refuses one that is missing, unsafe, or of another Toguna's schema."""
    written = check_folder(home)
    keep_private()
    if written["format"] < FORMAT:
        raise Refused(problems.FORMAT_OLD.at(found=written["format"], known=FORMAT))
    operation = parse_operation(_text(home / OPERATION), str(home / OPERATION))
    if not settings.dsn_of(home) and not (home / settings.DATABASE).is_file():
        raise Refused(problems.DATABASE_MISSING.at(path=home / settings.DATABASE))
    settings.configure(home)
    with reachable():
        faults = () if settings.is_read_only(home) else database.unsafe()
        if faults:
            raise Refused(*faults)
        database.check_owner(owner_of(written))
        database.check_schema()
    files = FileStore(folder=home / "files")
    _opened.instance = Instance(home=home, id=written["id"], operation=operation, files=files)
    return _opened.instance


def check_folder(home: Path) -> dict[str, Any]:
    """What `instance.toml` says. Refuses no instance, a newer format, and a folder that others may read."""
    if not (home / settings.SETTINGS).is_file():
        raise Refused(problems.NO_INSTANCE.at(path=home))
    written = read_settings(home)
    if not isinstance(written.get("format"), int) or written["format"] > FORMAT:
        raise Refused(problems.FORMAT_UNKNOWN.at(found=written.get("format"), known=FORMAT))
    faults = open_modes(home)
    if faults:
        raise Refused(*faults)
    return written


def read_settings(home: Path) -> dict[str, Any]:
    """What `instance.toml` says. Refuses one that says nothing of use."""
    return _settings(home / settings.SETTINGS)


def write_settings(home: Path, written: Mapping[str, Any]) -> None:
    """Write `instance.toml`, whole or not at all."""
    lines = [
        f"{name} = {value}" if isinstance(value, int) else f"{name} = {_quoted(str(value))}"
        for name, value in written.items()
        if value != ""
    ]
    replace_durably(home / settings.SETTINGS, ("\n".join(lines) + "\n").encode())


def owner_of(written: Mapping[str, Any]) -> str:
    """How the schema on a server names its instance. A restored one names its restoring too: it is never taken for the one it came from."""
    restored = written.get("restored")
    return f"{written['id']} restored {restored}" if restored else str(written["id"])


def _settings(path: Path) -> dict[str, Any]:
    """What `instance.toml` says. Refuses one that says nothing of use."""
    try:
        written = tomllib.loads(_text(path))
    except tomllib.TOMLDecodeError as error:
        raise Refused(problems.SETTINGS_BROKEN.at(path=path, reason=str(error))) from error
    if not isinstance(written.get("id"), str):
        raise Refused(problems.SETTINGS_BROKEN.at(path=path, reason="id"))
    return written


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise Refused(problems.SETTINGS_BROKEN.at(path=path, reason=str(error))) from error


def _refuse_taken(home: Path) -> None:
    for outer in home.absolute().resolve().parents:
        if (outer / settings.SETTINGS).is_file():
            raise Refused(problems.INSIDE.at(path=home, outer=outer))
    if home.is_dir() and not any(home.iterdir()):
        return
    if home.exists() or home.is_symlink():
        raise Refused(problems.EXISTS.at(path=home))


def keep_private() -> None:
    """From here on, what this process makes is its user's alone: folders 0700, files 0600, whoever writes them (DuckDB, SQLite, Typst).

    So are drafts that are written elsewhere. What is for others is opened by the one who means it: `toguna published export`.
    """
    os.umask(0o077)


def close_modes(folder: Path) -> None:
    """The folder and all that is in it: folders 0700, files 0600."""
    for path in (folder, *folder.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o700 if path.is_dir() else 0o600)


def open_modes(home: Path) -> tuple[Problem, ...]:
    """Folders and files of the instance that others may read."""
    inside = [home / name for name in (settings.SETTINGS, settings.DATABASE, *FOLDERS)]
    secrets = (home / "secrets").glob("*")
    found = []
    for path in (home, *inside, *secrets):
        if path.exists() and (mode := stat.S_IMODE(path.stat().st_mode)) & 0o077:
            wanted = "700" if path.is_dir() else "600"
            found.append(problems.MODE_OPEN.at(path=path, mode=f"{mode:03o}", wanted=wanted))
    return tuple(found)


@contextmanager
def reachable() -> Iterator[None]:
    """Tells of a database that cannot be opened in a sentence."""
    try:
        yield
    except DatabaseError as error:
        problem = database.told(error) or problems.NO_DATABASE.at(reason=str(error).strip())
        raise Refused(problem) from error


def _sweep(home: Path) -> None:
    """Take away what earlier makings of this home left when they were killed."""
    for left in home.absolute().parent.glob(f".{home.name}.building-*"):
        process = left.name.rpartition("-")[2]
        if process.isdigit() and int(process) != os.getpid() and not process_runs(int(process)):
            settings.configure(left)
            _discard(left)


def _discard(building_at: Path) -> None:
    """Take back a half-made instance: its schema on the server, its folder."""
    written = building_at / settings.SETTINGS
    if written.is_file():
        with suppress(Error):
            database.drop_schema(owner_of(_settings(written)))
    connections.close_all()
    shutil.rmtree(building_at, ignore_errors=True)
    if _opened.instance is not None and _opened.instance.home == building_at:
        _opened.instance = None


def _quoted(text: str) -> str:
    """A TOML basic string."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
