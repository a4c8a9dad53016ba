"""A tree: each file's path and the SHA-256 of its content. How a tree is changed and how two trees differ. Pure.

A path is relative, uses ``/``, is in Unicode's form NFC, and names no hidden file, so that a tree can be written to a folder on any system.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from toguna.kernel.api import Place, Problem, Refused, canonical_json
from toguna.revisions import problems

#: Limits of a tree: they stop a folder that was named by mistake.
MOST_FILES = 5_000
MOST_BYTES = 64 * 1024 * 1024
LONGEST_PATH = 240
_REFUSED = re.compile(r'[\x00-\x1f\x7f\\:*?"<>|]')
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """How a second tree differs from a first one; paths in order."""

    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()

    @property
    def is_same(self) -> bool:
        return not (self.new or self.changed or self.gone)

    def states(self) -> dict[str, str]:
        """Each path with its word, in the order of the paths."""
        words = ("new", "changed", "gone", "unchanged")
        return dict(sorted((path, word) for word in words for path in getattr(self, word)))


def checked_path(path: str) -> str:
    """The path in form NFC. Refuses what no tree holds: absolute, with an empty part, ``..``, hidden, reserved characters, too long."""
    normal = unicodedata.normalize("NFC", path)
    parts = normal.split("/")
    faulty = any(not part or part.startswith(".") or part != part.strip() or part.endswith(".") for part in parts)
    if faulty or len(normal) > LONGEST_PATH or _REFUSED.search(normal):
        raise Refused(problems.PATH_INVALID.at(path=path, most=LONGEST_PATH))
    return normal


def changed_tree(tree: Mapping[str, str], changes: Mapping[str, str | None]) -> dict[str, str]:
    """The tree with these digests; None takes a file out. Refuses, with every fault at once, paths that cannot be and too many files."""
    result = dict(tree)
    found: list[Problem] = []
    for path, sha256 in changes.items():
        try:
            normal = checked_path(path)
        except Refused as refused:
            found += refused.problems
            continue
        if sha256 is None:
            result.pop(normal, None)
        else:
            result[normal] = sha256
    found += _meeting(result)
    if len(result) > MOST_FILES:
        found.append(problems.TOO_MANY_FILES.at(count=len(result), most=MOST_FILES))
    if found:
        raise Refused(*found)
    return dict(sorted(result.items()))


def check_sizes(contents: Mapping[str, bytes | None]) -> None:
    """Refuses files that are too large."""
    sizes = {path: len(content) for path, content in contents.items() if content is not None}
    found = [
        problems.FILE_TOO_LARGE.at(Place(file=path), path=path, bytes=size, most=MOST_BYTES)
        for path, size in sizes.items()
        if size > MOST_BYTES
    ]
    if found:
        raise Refused(*found)


def _meeting(paths: Iterable[str]) -> list[Problem]:
    """Paths that differ in capitals alone, and files that are also folders of others."""
    seen: dict[str, str] = {}
    found = []
    for path in sorted(paths):
        folded = path.casefold()
        if folded in seen:
            found.append(problems.PATH_TWICE.at(path=path, other=seen[folded]))
        seen[folded] = path
    for folded, path in seen.items():
        parents = folded.split("/")[:-1]
        for depth in range(1, len(parents) + 1):
            other = seen.get("/".join(parents[:depth]))
            if other is not None:
                found.append(problems.PATH_TWICE.at(path=path, other=other))
    return found


def compare(before: Mapping[str, str], after: Mapping[str, str]) -> Comparison:
    """What is new, changed, gone and unchanged in the second tree."""
    both = sorted(before.keys() & after.keys())
    return Comparison(
        new=tuple(sorted(after.keys() - before.keys())),
        changed=tuple(path for path in both if before[path] != after[path]),
        gone=tuple(sorted(before.keys() - after.keys())),
        unchanged=tuple(path for path in both if before[path] == after[path]),
    )


def write_tree(tree: Mapping[str, str]) -> bytes:
    """The tree as the content whose digest names the revision."""
    return canonical_json(dict(tree))


def parse_tree(content: bytes) -> dict[str, str]:
    """The tree of such a content. Refuses (`ValueError`) what is none."""
    read = json.loads(content)
    if not isinstance(read, dict) or not all(
        isinstance(sha256, str) and _SHA256.fullmatch(sha256) for sha256 in read.values()
    ):
        raise ValueError("not a tree of digests")
    return dict(sorted(read.items()))
