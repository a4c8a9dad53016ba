"""Trees: which paths they hold, how they are changed and compared."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toguna.kernel.api import Refused
from toguna.revisions.core.tree import (
    LONGEST_PATH,
    MOST_FILES,
    changed_tree,
    check_sizes,
    checked_path,
    compare,
    parse_tree,
    write_tree,
)

NAMES = st.text("abcé0-_ ", min_size=1, max_size=6).filter(lambda name: name == name.strip())
PATHS = st.lists(NAMES, min_size=1, max_size=3).map("/".join)
SHA256 = st.sampled_from(["a" * 64, "b" * 64, "c" * 64])
TREES = st.dictionaries(st.sampled_from(["a", "b/c", "b/d", "é.md", "x y"]), SHA256)


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/a",
        "a/",
        "a//b",
        "../a",
        "a/../b",
        "./a",
        ".git/a",
        "a/.x",
        "a\\b",
        "c:a",
        "a\nb",
        "a ",
        " a/b",
        "a.",
        "a" * 300,
    ],
)
def test_a_path_that_leaves_the_folder_or_is_hidden_is_refused(path: str) -> None:
    with pytest.raises(Refused, match="path_invalid"):
        checked_path(path)


@given(PATHS)
def test_any_other_path_is_kept_in_one_form(path: str) -> None:
    assert checked_path(checked_path(path)) == checked_path(path)


def test_one_letter_written_two_ways_is_one_path() -> None:
    assert checked_path("e\u0301.md") == checked_path("\u00e9.md") == "\u00e9.md"


def test_the_longest_path_is_kept_and_one_letter_more_is_refused() -> None:
    assert checked_path("a" * LONGEST_PATH)
    with pytest.raises(Refused):
        checked_path("a" * (LONGEST_PATH + 1))


@pytest.mark.parametrize("both", [("a.md", "A.md"), ("a", "a/b"), ("a/b/c", "a")])
def test_files_that_meet_on_some_system_are_refused(both: tuple[str, str]) -> None:
    with pytest.raises(Refused, match="path_twice"):
        changed_tree({both[0]: "a" * 64}, {both[1]: "a" * 64})


def test_every_faulty_path_is_told_at_once() -> None:
    with pytest.raises(Refused) as refused:
        changed_tree({}, {"../a": "a" * 64, "/b": "a" * 64, "c": "a" * 64})
    assert len(refused.value.problems) == 2


def test_a_folder_named_by_mistake_is_refused() -> None:
    most = {f"f{number}": "a" * 64 for number in range(MOST_FILES)}
    assert len(changed_tree({}, dict(most))) == MOST_FILES
    with pytest.raises(Refused, match="too_many_files"):
        changed_tree(most, {"one more": "a" * 64})


def test_a_large_file_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("toguna.revisions.core.tree.MOST_BYTES", 3)
    check_sizes({"a": b"123", "b": None})
    with pytest.raises(Refused, match="file_too_large"):
        check_sizes({"a": b"1234"})


@given(TREES, TREES)
def test_the_changes_between_two_trees_make_the_second_of_the_first(
    before: dict[str, str], after: dict[str, str]
) -> None:
    found = compare(before, after)
    changes: dict[str, str | None] = {path: after[path] for path in (*found.new, *found.changed)}
    assert changed_tree(before, {**changes, **dict.fromkeys(found.gone)}) == dict(sorted(after.items()))
    assert set(found.states()) == before.keys() | after.keys()
    assert found.is_same == (before == after)
    assert all(before[path] == after[path] for path in found.unchanged)
    assert all(before[path] != after[path] for path in found.changed)


@given(TREES)
def test_a_tree_is_read_as_it_was_written_whatever_its_order(tree: dict[str, str]) -> None:
    turned = dict(reversed(tree.items()))
    assert write_tree(turned) == write_tree(tree) and parse_tree(write_tree(tree)) == tree


@pytest.mark.parametrize("content", [b"", b"[]", b'{"a": 1}', b'{"a": "short"}', b"\xff"])
def test_what_is_no_tree_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError):
        parse_tree(content)
