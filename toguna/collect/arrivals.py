"""What has been received and not looked at yet: one file's bytes, its name, who sent it, and the files that came with it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from toguna.access.api import Actor
from toguna.collect import problems
from toguna.collect.core.submissions.sheet import ReadSheet
from toguna.collect.core.submissions.values import Checked
from toguna.instance.api import current
from toguna.kernel.api import Place, Problem, Refused

#: A file may have so many bytes.
LARGEST_FILE = 256 * 2**20
SHEETS = (".xlsx", ".xlsm", ".xls", ".csv", ".tsv")


@dataclass(frozen=True, kw_only=True)
class Received:
    """One file as it came, by whatever way."""

    name: str
    content: bytes
    actor: Actor
    #: Files that came with it, by the names that its answers give them.
    files: Mapping[str, bytes] = field(default_factory=dict)
    #: The way it came.
    channel: str = "file"
    #: Why it could not be read at all.
    fault: Problem | None = None
    #: What was understood of it elsewhere, for a file that is no template of a form: its rows, by the rows of the file.
    sheet: ReadSheet | None = None

    @property
    def is_xml(self) -> bool:
        if self.sheet is not None:
            return False
        if self.name.lower().endswith(".xml"):
            return True
        return self.content[:200].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")


@dataclass(frozen=True, kw_only=True)
class Options:
    """How something is taken in."""

    #: The form that the files fill in, where that should not be read from them.
    form_id: str | None = None
    #: One refusal keeps everything out.
    all_or_none: bool = False
    #: Rows that a file does not have are removed from what it corrects.
    replaces: bool = False
    #: A reason of the operation, with which what is questioned is taken in all the same.
    reason: str = ""
    #: For the making of a demonstration alone: then nothing is questioned.
    replayed: bool = False


@dataclass(frozen=True, kw_only=True)
class Folders(Iterable[Received]):
    """The files at these paths, of folders those that may be filled forms, in order; read one at a time, as often as is asked."""

    paths: Sequence[Path]
    actor: Actor

    def __iter__(self) -> Iterator[Received]:
        """Refuses a path at which there is nothing."""
        return map(self._received, _files(self.paths))

    def _received(self, path: Path) -> Received:
        """The file's bytes; one that cannot be read, or is larger than any that we read, says so."""
        content, fault = b"", None
        try:
            with path.open("rb") as file:
                content = file.read(LARGEST_FILE + 1)
            if len(content) > LARGEST_FILE:
                most = f"{LARGEST_FILE // 2**20} MB"
                content, fault = b"", problems.SHEET_TOO_LARGE.at(
                    Place(file=path.name), what=path.name, what_fr=path.name, found=f"> {most}", most=most
                )  # fmt: skip
        except OSError as error:
            reason = error.strerror or type(error).__name__
            fault = problems.FILE_UNREADABLE.at(Place(file=path.name), reason=reason)
        return Received(name=path.name, content=content, actor=self.actor, files=_Beside(path.parent), fault=fault)


class _Beside(Mapping[str, bytes]):
    """The files of a folder, read when they are asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __getitem__(self, name: str) -> bytes:
        path = self._folder / name
        if not name or path.is_symlink() or not path.is_file():
            raise KeyError(name)
        return path.read_bytes()

    def __iter__(self) -> Iterator[str]:
        return (path.name for path in sorted(self._folder.iterdir()) if path.is_file())

    def __len__(self) -> int:
        return sum(1 for _ in self)


def _files(paths: Sequence[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            for folder, folders, names in os.walk(path):
                folders.sort()
                found = (name for name in sorted(names) if name.lower().endswith((".xml", *SHEETS)))
                yield from (Path(folder, name) for name in found if not name.startswith((".", "~")))
        elif path.is_file():
            yield path
        else:
            raise Refused(problems.NOTHING_TO_LOAD.at(path=path))


def with_files(checked: Checked, came: Received, *, keeps: bool) -> Checked:
    """With the files that it names and that came with it, which are kept unless this is only a look."""
    if came.channel != checked.channel:
        checked = replace(checked, channel=came.channel)
    if not checked.attachments or not keeps:
        return checked
    kept: dict[str, str] = {}
    for name in checked.attachments:
        content = came.files.get(name)
        if content is not None:
            kept[name] = current().files.put(content)
    return replace(checked, files=kept) if kept else checked
