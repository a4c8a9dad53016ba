"""What a disk holds after a loss of power: every write that was not followed by a flush is gone. Read from an strace of the run.

The model is the harshest that POSIX allows: a file has the bytes of its last flush; a name, new, changed or taken away, is so once its folder
was flushed after it. SQLite's shared memory is never on disk. The trace is written with ``-xx``: names and bytes are hexadecimal.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

CALLS = "openat,write,pwrite64,fsync,fdatasync,rename,ftruncate,unlink,sendfile,copy_file_range"
_LINE = re.compile(r"(\d+)\s+(.*)")
_RESUMED = re.compile(r"<\.\.\. \w+ resumed>\s*")
_ON_FILE = re.compile(r"(\w+)\(\d+<([^>]*)>")
_RENAME = re.compile(r'rename\("([^"]*)", "([^"]*)"\)')
_UNLINK = re.compile(r'unlink\("([^"]*)"\)')
_CREATED = re.compile(r'openat\([^,]*, "([^"]*)", ([A-Z_|]*O_CREAT[A-Z_|]*)[^)]*\) += \d+<([^>]*)>')
_PWRITE = re.compile(r'pwrite64\(\d+<[^>]*>, "((?:\\x[0-9a-f]{2})*)", \d+, (\d+)\)')
_WRITE = re.compile(r'write\(\d+<[^>]*>, "((?:\\x[0-9a-f]{2})*)", \d+\)')
_TRUNCATE = re.compile(r"ftruncate\(\d+<[^>]*>, (\d+)\)")


def calls(log: Path) -> Iterator[str]:
    """The system calls in the order in which they ended; those cut in two by another thread are put together. Failed ones are left out."""
    begun: dict[str, str] = {}
    for line in log.read_text().splitlines():
        matched = _LINE.match(line)
        if matched is None:
            continue
        thread, call = matched[1], matched[2]
        if call.endswith("<unfinished ...>"):
            begun[thread] = call.removesuffix("<unfinished ...>").rstrip()
            continue
        if _RESUMED.match(call):
            call = begun.pop(thread, "") + _RESUMED.sub("", call)
        if " = -1 " not in call:
            yield call


@dataclass(kw_only=True)
class Disk:
    """A folder as its files are written, and as they would be after a loss of power. Paths are relative to the folder."""

    home: Path
    now: dict[str, bytearray] = field(default_factory=dict)
    #: The bytes of each file at its last flush, by the number of the file: a name may come to stand for another.
    flushed: dict[int, bytes] = field(default_factory=dict)
    #: The file for which a name stands now, and after a loss of power.
    names: dict[str, int] = field(default_factory=dict)
    kept: dict[str, int] = field(default_factory=dict)
    said: list[str] = field(default_factory=list)

    def begin(self) -> None:
        """Everything that lies in the folder is on disk."""
        for path in sorted(self.home.rglob("*")):
            if path.is_file() and not path.name.endswith("-shm"):
                name = path.relative_to(self.home).as_posix()
                self._new(name)
                self.now[str(self.names[name])] = bytearray(path.read_bytes())
                self.flushed[self.names[name]] = path.read_bytes()
        self.kept = dict(self.names)

    def apply(self, call: str) -> bool:
        """Follow one call; True when what is kept may have changed."""
        if call.startswith("write(1<"):
            self.said.append(_bytes(_WRITE.match(call)).decode())  # type: ignore[arg-type]
            return True
        if matched := _RENAME.match(call):
            self._rename(self._inside(matched[1]), self._inside(matched[2]))
            return False
        if matched := _UNLINK.match(call):
            self.names.pop(self._inside(matched[1]) or "", None)
            return False
        if matched := _CREATED.match(call):
            name = self._inside(matched[3])
            if name and name not in self.names and not name.endswith("-shm"):
                self._new(name)
            elif name in self.names and "O_TRUNC" in matched[2]:
                self.now[str(self.names[name])].clear()
            return False
        matched = _ON_FILE.match(call)
        name = self._inside(matched[2]) if matched else None
        return name is not None and matched is not None and self._on_file(matched[1], name, call)

    def _on_file(self, verb: str, name: str, call: str) -> bool:
        if verb in ("fsync", "fdatasync"):
            return self._flush(name)
        if name in self.names:
            content = self.now[str(self.names[name])]
            if verb == "write" and (matched := _WRITE.match(call)):
                content += _bytes(matched)
            elif verb == "pwrite64" and (matched := _PWRITE.match(call)):
                written, at = _bytes(matched), int(matched[2])
                content.extend(b"\0" * (at - len(content)))
                content[at : at + len(written)] = written
            elif verb == "ftruncate" and (matched := _TRUNCATE.match(call)):
                del content[int(matched[1]) :]
        return False

    def after_loss(self, target: Path) -> None:
        """Write the folder as it would be found after a loss of power now."""
        shutil.rmtree(target, ignore_errors=True)
        for name, number in self.kept.items():
            path = target / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(self.flushed.get(number, b""))

    def _flush(self, name: str) -> bool:
        number = self.names.get(name)
        if number is not None:
            self.flushed[number] = bytes(self.now[str(number)])
            return name in self.kept
        entries = {one for one in {*self.names, *self.kept} if _parent(one) == name}
        for one in entries:
            if one in self.names:
                self.kept[one] = self.names[one]
            else:
                self.kept.pop(one)
        return bool(entries)

    def _rename(self, old: str | None, new: str | None) -> None:
        """A file, or a folder with what is in it; a folder's new name is kept when the folder above it is flushed."""
        if old is None or new is None:
            return
        for name in [one for one in self.names if one == old or one.startswith(f"{old}/")]:
            self.names[new + name[len(old) :]] = self.names.pop(name)
        for name in [one for one in self.kept if one.startswith(f"{old}/")]:
            # Its files were flushed with their folder, under the old name.
            self.kept[new + name[len(old) :]] = self.kept.pop(name)

    def _new(self, name: str) -> None:
        number = len(self.now)
        self.names[name] = number
        self.now[str(number)] = bytearray()

    def _inside(self, path: str) -> str | None:
        """The path below the folder; None for any other."""
        try:
            return Path(_text(path).removesuffix(" (deleted)")).relative_to(self.home).as_posix()
        except ValueError:
            return None


def _bytes(matched: re.Match[str]) -> bytes:
    return bytes.fromhex(matched[1].replace("\\x", ""))


def _text(written: str) -> str:
    """A name as strace wrote it, in hexadecimal or as it is."""
    return bytes.fromhex(written.replace("\\x", "")).decode() if written.startswith("\\x") else written


def _parent(name: str) -> str:
    return Path(name).parent.as_posix()
