"""Content by its digest: the same bytes back, once, flushed, and every change found."""

from __future__ import annotations

import errno
import hashlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toguna.instance.api import FileStore
from toguna.instance.store import files as content_files
from toguna.kernel.api import Refused


@pytest.fixture
def files(tmp_path: Path) -> FileStore:
    (tmp_path / "files").mkdir()
    return FileStore(folder=tmp_path / "files")


def names(files: FileStore) -> list[str]:
    return sorted(str(path.relative_to(files.folder)) for path in files.folder.rglob("*") if path.is_file())


def test_content_is_kept_once_under_its_digest(files: FileStore) -> None:
    first, second = files.put(b"one"), files.put(b"one")
    assert first == second == hashlib.sha256(b"one").hexdigest()
    assert files.get(first) == b"one" and files.path(first).read_bytes() == b"one"
    assert names(files) == [f"{first[:2]}/{first[2:]}"]


def test_many_small_contents_are_one_file(files: FileStore) -> None:
    contents = [f"submission {number}".encode() for number in range(500)]
    digests = files.put_many([*contents, contents[0]])
    assert len(names(files)) == 1 and names(files)[0].startswith("packs/")
    assert [files.get(digest) for digest in digests] == [*contents, contents[0]]
    assert list(files.digests()) == sorted(set(digests))
    assert files.put_many(contents) == digests[:-1] and len(names(files)) == 1
    assert files.path(digests[3]).read_bytes() == contents[3]


def test_large_contents_are_files_of_their_own(files: FileStore) -> None:
    contents = [bytes([number]) * 300_000 for number in range(5)]
    digests = files.put_many(contents)
    assert [files.get(digest) for digest in digests] == contents
    assert not any(name.startswith("packs/") for name in names(files))


def test_packs_that_another_process_wrote_are_found(files: FileStore) -> None:
    other = FileStore(folder=files.folder)
    assert not other.has("0" * 64)
    digests = files.put_many([f"{number}".encode() for number in range(10)])
    assert all(other.has(digest) for digest in digests)


def test_what_is_not_here_is_refused(files: FileStore) -> None:
    for ask in (files.get, files.path):
        with pytest.raises(Refused, match="is not here"):
            ask("0" * 64)


def test_only_a_digest_names_content(files: FileStore) -> None:
    for ask in (files.get, files.has, files.path):
        for name in ("../../etc/passwd", "..", "AB" * 32, "", "a" * 63):
            with pytest.raises(ValueError):
                ask(name)


def test_a_disk_that_takes_nothing_is_told_and_nothing_is_left(
    files: FileStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, content: bytes) -> None:
        path.write_bytes(content[:3])
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(content_files, "write_durably", full)
    for attempt in (lambda: files.put(b"content"), lambda: files.put_many([b"a", b"b", b"c", b"d", b"e"])):
        with pytest.raises(Refused, match="No space left on device"):
            attempt()
    assert names(files) == []


def test_every_changed_byte_is_found(files: FileStore) -> None:
    files.put(b"alone")
    files.put_many([f"{number}".encode() for number in range(10)])
    assert files.verify() == ()
    for path in [path for path in files.folder.rglob("*") if path.is_file()]:
        before = path.read_bytes()
        for place in range(0, len(before), 7):
            path.write_bytes(before[:place] + bytes([before[place] ^ 1]) + before[place + 1 :])
            assert len(files.verify()) == 1
        path.write_bytes(before[:-1])
        assert len(files.verify()) == 1
        path.write_bytes(before)


@settings(max_examples=30, deadline=None)
@given(batches=st.lists(st.lists(st.binary(max_size=40), max_size=12), max_size=5))
def test_any_batches_come_back_byte_for_byte(
    tmp_path_factory: pytest.TempPathFactory, batches: list[list[bytes]]
) -> None:
    files = FileStore(folder=tmp_path_factory.mktemp("files"))
    digests = [files.put_many(batch) for batch in batches]
    fresh = FileStore(folder=files.folder)
    assert [[fresh.get(digest) for digest in batch] for batch in digests] == batches
    assert fresh.verify() == ()
