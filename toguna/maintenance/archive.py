"""A backup as a file: written once with its digests, listed without unpacking it, read with nothing in it trusted."""

from __future__ import annotations

import hashlib
import os
import shutil
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from toguna.kernel.api import Refused
from toguna.maintenance import problems
from toguna.maintenance.core.manifest import MANIFEST, MOST_BYTES, Manifest, Member, check_names, parse_manifest

_CHUNK = 1024 * 1024
_STORED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
#: What a damaged ZIP makes the library raise.
_BROKEN = (zipfile.BadZipFile, zlib.error, struct.error, EOFError, ValueError, RuntimeError, NotImplementedError)


def write_archive(
    path: Path, sources: Iterable[tuple[str, Path]], manifest: Callable[[tuple[Member, ...]], Manifest]
) -> Manifest:
    """Write the files under these names, then their manifest, and flush. Mode 0600. Refuses a file that is deleted meanwhile."""
    members: list[Member] = []
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, source in sources:
                try:
                    with source.open("rb") as content:
                        members.append(_add(archive, name, content))
                except FileNotFoundError as error:
                    raise Refused(problems.BACKUP_MOVED.at(name=name)) from error
            whole = manifest(tuple(members))
            archive.writestr(_info(MANIFEST), whole.written())
        file.flush()
        os.fsync(file.fileno())
    return whole


def read_manifest(path: Path) -> Manifest:
    """What is inside, without unpacking it. Refuses what is no backup, and one whose members are not those of its manifest."""
    with _opened(path) as archive:
        return _manifest(archive)


def check_archive(path: Path) -> Manifest:
    """As `read_manifest`, after every member was read and its digest compared."""
    with _opened(path) as archive:
        manifest = _manifest(archive)
        for member in manifest.members:
            _copy(archive, member, None)
        return manifest


def unpack(path: Path, place: Callable[[str], Path | None]) -> Manifest:
    """Write each member where `place` says, folders 0700 and files 0600; one without a place is only read.

    Refuses, with nothing more written, a member whose size or digest is not that of the manifest.
    """
    with _opened(path) as archive:
        manifest = _manifest(archive)
        for member in manifest.members:
            _copy(archive, member, place(member.name))
        return manifest


def refuse_without_room(manifest: Manifest, folder: Path) -> None:
    """Refuses a backup that unpacks to more than the disk has left."""
    free = shutil.disk_usage(folder).free
    if manifest.size > free:
        raise Refused(problems.BACKUP_TOO_LARGE.at(needed=manifest.size, free=free))


def _add(archive: zipfile.ZipFile, name: str, content: IO[bytes]) -> Member:
    summed, size = hashlib.sha256(), 0
    with archive.open(_info(name), "w", force_zip64=True) as member:
        while chunk := content.read(_CHUNK):
            summed.update(chunk)
            size += len(chunk)
            member.write(chunk)
    return Member(name=name, size=size, sha256=summed.hexdigest())


def _info(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o600 << 16
    return info


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    """Tells of what cannot be read in a sentence."""
    try:
        archive = zipfile.ZipFile(path)
    except (*_BROKEN, OSError) as error:
        reason = error.strerror if isinstance(error, OSError) else None
        raise Refused(problems.BACKUP_UNREADABLE.at(path=path, reason=reason or "ZIP")) from error
    with archive:
        try:
            yield archive
        except _BROKEN as error:
            raise Refused(problems.BACKUP_DAMAGED.at(reason="ZIP")) from error


def _manifest(archive: zipfile.ZipFile) -> Manifest:
    infos = archive.infolist()
    own = [info for info in infos if info.filename == MANIFEST]
    if len(own) != 1 or own[0].file_size > MOST_BYTES:
        raise Refused(problems.BACKUP_DAMAGED.at(reason=MANIFEST))
    if any(info.flag_bits & 0x1 or info.compress_type not in _STORED for info in infos):
        raise Refused(problems.BACKUP_DAMAGED.at(reason="compression"))
    with archive.open(own[0]) as file:
        content = file.read(MOST_BYTES + 1)
    manifest = parse_manifest(content)
    faults = check_names(manifest, [(info.filename, info.file_size) for info in infos])
    if faults:
        raise Refused(*faults)
    return manifest


def _copy(archive: zipfile.ZipFile, member: Member, target: Path | None) -> None:
    summed, size = hashlib.sha256(), 0
    with archive.open(member.name) as source, _sink(target) as sink:
        while chunk := source.read(_CHUNK):
            summed.update(chunk)
            size += len(chunk)
            if size > member.size:
                break
            sink(chunk)
    if size != member.size or summed.hexdigest() != member.sha256:
        raise Refused(problems.BACKUP_DAMAGED.at(reason=f"{member.name[:80]!r}: digest"))


@contextmanager
def _sink(target: Path | None) -> Iterator[Callable[[bytes], object]]:
    if target is None:
        yield len
        return
    make_folders(target.parent)
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        yield file.write
        file.flush()
        os.fsync(file.fileno())


def make_folders(folder: Path) -> None:
    """The folder and those above it that are missing, each 0700: `Path.mkdir` gives its mode to the last alone."""
    if not folder.is_dir():
        make_folders(folder.parent)
        folder.mkdir(mode=0o700)
