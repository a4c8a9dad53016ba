"""Content kept under its SHA-256: durable before `put` returns, the same bytes once, never changed.

One content is one file, ``ab/cdef...``. Many small ones at once are one *pack* (``packs/<sha256>.pack``): a file each would cost a
flush each, and a load of 100,000 filled forms brings 100,000. A pack is the contents end to end, then a sorted index of
``sha256, offset, length`` (48 bytes each), the number of entries, and `_MAGIC`; it is written whole under another name, flushed, renamed.
A crash leaves at most a file in ``incoming/`` that nobody names.
"""

from __future__ import annotations

import hashlib
import os
import re
import struct
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from heapq import merge
from pathlib import Path

from toguna.instance import problems
from toguna.kernel.api import Problem, Refused, new_id

_SHA256 = re.compile(r"[0-9a-f]{64}")
_MAGIC = b"TOGUNAPACK1\n"
_ENTRY = struct.Struct(">32sQQ")
_FOOT = struct.Struct(">Q12s")
#: Contents of this size or more are kept as files of their own, and so are fewer than this many.
_LARGE = 262_144
_FEW = 4


@dataclass(kw_only=True)
class FileStore:
    """The folder `files/` of an instance."""

    folder: Path
    _packs: dict[str, _Pack] = field(default_factory=dict)

    def put(self, content: bytes) -> str:
        """Keep the bytes; returns their SHA-256 once they and their folder are on disk."""
        sha256 = hashlib.sha256(content).hexdigest()
        if self._find(sha256) is None:
            self._write(content, self._loose(sha256))
        return sha256

    def put_many(self, contents: Iterable[bytes], *, new: bool = False) -> list[str]:
        """Keep many; returns their SHA-256s in order once all are on disk. One flush for all small ones.

        `new` says that the caller knows them not to be here: then nobody looks, which among many packs takes longer than to write.
        """
        named = [(hashlib.sha256(content).hexdigest(), content) for content in contents]
        self._new_packs()
        wanted = {sha256: content for sha256, content in named if new or not self._is_known(sha256)}
        small = {sha256: content for sha256, content in wanted.items() if len(content) < _LARGE}
        if len(small) < _FEW:
            small = {}
        for sha256, content in wanted.items():
            if sha256 not in small:
                self._write(content, self._loose(sha256))
        if small:
            pack = _packed(small)
            name = hashlib.sha256(pack).hexdigest()
            self._write(pack, self.folder / "packs" / f"{name}.pack")
        return [sha256 for sha256, _ in named]

    def get(self, sha256: str) -> bytes:
        """The bytes. Refuses what is not here."""
        try:
            return self._loose(sha256).read_bytes()
        except FileNotFoundError:
            found = self._find(sha256)
            if found is None:
                raise Refused(problems.CONTENT_MISSING.at(sha256=sha256)) from None
            return found[0].read(*found[1:])

    def has(self, sha256: str) -> bool:
        return self._loose(sha256).exists() or self._find(sha256) is not None

    def _is_known(self, sha256: str) -> bool:
        """Whether it is here, as far as the packs that were opened tell."""
        raw = bytes.fromhex(sha256)
        return any(pack.find(raw) for pack in self._packs.values()) or self._loose(sha256).exists()

    def path(self, sha256: str) -> Path:
        """A file that holds exactly these bytes. Refuses what is not here."""
        path = self._loose(sha256)
        if not path.exists():
            self._write(self.get(sha256), path)
        return path

    def digests(self) -> Iterator[str]:
        """The SHA-256 of every content kept, each once."""
        seen = {path.parent.name + path.name for path in self._loose_files()}
        for pack in self._all_packs():
            seen.update(pack.digests())
        yield from sorted(seen)

    def index(self) -> ContentIndex:
        """Which contents are kept, eight bytes for each: what a check of many records asks."""
        found = array("Q", (int(f"{path.parent.name}{path.name}"[:16], 16) for path in self._loose_files()))
        packed = (pack.prefixes() for pack in self._all_packs())
        return ContentIndex(prefixes=array("Q", merge(sorted(found), *packed)))

    def verify(self, since: float | None = None) -> tuple[Problem, ...]:
        """Contents whose bytes are no longer those they are named after. With `since` (an instant) only files written or moved after it."""
        wanted = [(path, path.parent.name + path.name) for path in self._loose_files()]
        wanted += [(path, path.stem) for path in sorted((self.folder / "packs").glob("*.pack"))]
        return tuple(
            problems.CONTENT_CHANGED.at(path=path)
            for path, sha256 in wanted
            if (since is None or path.stat().st_ctime >= since) and file_digest(path) != sha256
        )

    def _loose(self, sha256: str) -> Path:
        """Where it lies as a file of its own. Refuses (`ValueError`) what is no SHA-256: nobody reads another path through this."""
        if not _SHA256.fullmatch(sha256):
            raise ValueError(f"not a SHA-256 in hexadecimal: {sha256!r}")
        return self.folder / sha256[:2] / sha256[2:]

    def _loose_files(self) -> Iterator[Path]:
        for folder in sorted(self.folder.glob("[0-9a-f][0-9a-f]")):
            yield from sorted(folder.iterdir())

    def _write(self, content: bytes, path: Path) -> None:
        """Refuses what the disk does not take; then nothing is left of it. What another process has just written is flushed again: it may not have been yet."""
        if path.exists():
            flush_folder(path.parent)
            return
        incoming = self.folder / "incoming" / new_id()
        try:
            for folder in (incoming.parent, path.parent):
                if not folder.exists():
                    folder.mkdir(mode=0o700, exist_ok=True)
                    flush_folder(folder.parent)
            write_durably(incoming, content)
            incoming.rename(path)
            flush_folder(path.parent)
        except OSError as error:
            incoming.unlink(missing_ok=True)
            raise Refused(problems.CONTENT_NOT_WRITTEN.at(reason=error.strerror or str(error))) from error

    def _find(self, sha256: str) -> tuple[_Pack, int, int] | None:
        """The pack that holds it, and where. Packs known are asked first, then those that came since."""
        raw = bytes.fromhex(sha256)
        for pack in list(self._packs.values()):
            if entry := pack.find(raw):
                return pack, *entry
        for pack in self._new_packs():
            if entry := pack.find(raw):
                return pack, *entry
        return None

    def _all_packs(self) -> Sequence[_Pack]:
        self._new_packs()
        return list(self._packs.values())

    def _new_packs(self) -> list[_Pack]:
        new = [path for path in (self.folder / "packs").glob("*.pack") if path.stem not in self._packs]
        packs = [pack for path in new if (pack := _Pack.open(path)) is not None]
        if packs:
            flush_folder(self.folder / "packs")
        self._packs.update({pack.path.stem: pack for pack in packs})
        return packs


@dataclass(frozen=True, kw_only=True)
class ContentIndex:
    """The first eight bytes of the SHA-256 of each content, in order. Two contents that share them would take 2^32 contents by chance."""

    prefixes: array[int]

    def __contains__(self, sha256: str) -> bool:
        if not _SHA256.fullmatch(sha256):
            return False
        wanted = int(sha256[:16], 16)
        at = bisect_left(self.prefixes, wanted)
        return at < len(self.prefixes) and self.prefixes[at] == wanted


@dataclass(frozen=True, kw_only=True)
class _Pack:
    path: Path
    index: bytes = field(repr=False)

    @classmethod
    def open(cls, path: Path) -> _Pack | None:
        """The pack, or none where the file is none (`FileStore.verify` tells of it)."""
        with path.open("rb") as file:
            size = file.seek(0, os.SEEK_END)
            if size < _FOOT.size:
                return None
            file.seek(size - _FOOT.size)
            count, magic = _FOOT.unpack(file.read(_FOOT.size))
            start = size - _FOOT.size - count * _ENTRY.size
            if magic != _MAGIC or start < 0:
                return None
            file.seek(start)
            return cls(path=path, index=file.read(count * _ENTRY.size))

    def find(self, raw: bytes) -> tuple[int, int] | None:
        low, high = 0, len(self.index) // _ENTRY.size
        while low < high:
            middle = (low + high) // 2
            found, offset, length = _ENTRY.unpack_from(self.index, middle * _ENTRY.size)
            if found == raw:
                return offset, length
            low, high = (middle + 1, high) if found < raw else (low, middle)
        return None

    def read(self, offset: int, length: int) -> bytes:
        with self.path.open("rb") as file:
            file.seek(offset)
            return file.read(length)

    def prefixes(self) -> Iterator[int]:
        """The first eight bytes of each digest, in order."""
        return (int.from_bytes(found[:8]) for found, _, _ in _ENTRY.iter_unpack(self.index))

    def digests(self) -> list[str]:
        return [found.hex() for found, _, _ in _ENTRY.iter_unpack(self.index)]


def _packed(contents: dict[str, bytes]) -> bytes:
    body, entries = bytearray(), []
    for sha256, content in contents.items():
        entries.append(_ENTRY.pack(bytes.fromhex(sha256), len(body), len(content)))
        body += content
    return b"".join([body, *sorted(entries), _FOOT.pack(len(entries), _MAGIC)])


def file_digest(path: Path) -> str:
    """The file's SHA-256, read in parts."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_durably(path: Path, content: bytes) -> None:
    """Write a new file of mode 0600 and flush it. Refuses (`FileExistsError`) one that exists."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def replace_durably(path: Path, content: bytes) -> None:
    """Write a file of mode 0600 in the place of the one that is there, whole or not at all."""
    fresh = path.with_name(f".{path.name}.{new_id()}")
    try:
        write_durably(fresh, content)
        fresh.replace(path)
    finally:
        fresh.unlink(missing_ok=True)
    flush_folder(path.parent)


def flush_file(path: Path) -> None:
    """Make what was written to the file durable."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def flush_folder(folder: Path) -> None:
    """Make the folder's entries durable: a new file is on disk only when its folder says so."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
