"""Folders of files: read as contents by path, written from them. Hidden files and what editors leave behind are not part of a pack."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from toguna.instance.store.files import write_durably
from toguna.kernel.api import Place, Refused
from toguna.revisions import problems
from toguna.revisions.core.tree import check_sizes, checked_path

#: What editors and systems leave beside files.
_LEFT = ("~", ".part", ".swp", ".bak", ".pyc")
_LEFT_NAMES = frozenset({"Thumbs.db", "desktop.ini", "__pycache__"})


@dataclass(frozen=True)
class FolderFiles(Mapping[str, bytes]):
    """The files of a folder by path; each is read when it is asked for. A folder that is not there has none."""

    folder: Path

    def __getitem__(self, path: str) -> bytes:
        try:
            file = self.folder / checked_path(path)
        except Refused:
            raise KeyError(path) from None
        if not file.is_file():
            raise KeyError(path)
        return file.read_bytes()

    def __contains__(self, path: object) -> bool:
        try:
            return isinstance(path, str) and (self.folder / checked_path(path)).is_file()
        except Refused:
            return False

    def __iter__(self) -> Iterator[str]:
        for file in sorted(self.folder.rglob("*")):
            if file.is_file() and not _is_left(file.relative_to(self.folder)):
                yield file.relative_to(self.folder).as_posix()

    def __len__(self) -> int:
        return sum(1 for _ in self)


@dataclass(frozen=True)
class FilesUnder(Mapping[str, bytes]):
    """Those of some files whose paths begin so, by the rest of their paths."""

    files: Mapping[str, bytes]
    prefix: str

    def __getitem__(self, path: str) -> bytes:
        return self.files[self.prefix + path]

    def __contains__(self, path: object) -> bool:
        return isinstance(path, str) and self.prefix + path in self.files

    def __iter__(self) -> Iterator[str]:
        return (path.removeprefix(self.prefix) for path in self.files if path.startswith(self.prefix))

    def __len__(self) -> int:
        return sum(1 for _ in self)


def read_folder(folder: Path) -> dict[str, bytes]:
    """The contents of the pack's files by path. Refuses no folder, symbolic links, paths that no revision holds, files too large."""
    if not folder.is_dir():
        raise Refused(problems.NO_FOLDER.at(path=folder))
    found, contents = [], {}
    for file in sorted(folder.rglob("*")):
        inside = file.relative_to(folder)
        if _is_left(inside):
            continue
        if file.is_symlink():
            found.append(problems.LINK.at(Place(file=inside.as_posix()), path=inside.as_posix()))
        elif file.is_file():
            try:
                contents[checked_path(inside.as_posix())] = file.read_bytes()
            except Refused as refused:
                found += refused.problems
    if found:
        raise Refused(*found)
    check_sizes(contents)
    return contents


def write_folder(contents: Mapping[str, bytes], folder: Path) -> None:
    """Write each file into the folder, which has none of them."""
    for path in contents:
        file = folder / checked_path(path)
        file.parent.mkdir(parents=True, exist_ok=True)
        write_durably(file, contents[path])


def _is_left(inside: Path) -> bool:
    hidden = any(part.startswith(".") or part in _LEFT_NAMES for part in inside.parts)
    return hidden or inside.name.endswith(_LEFT)
