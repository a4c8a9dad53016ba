"""`toguna check OLD NEW` and `compare`: what changed between two documents of one series."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toguna.check.api import Finding, compare, read_document
from toguna.check.core.comparison import are_of_one_series
from toguna.cli import main

OLD = """In March, 412 families received shelter kits in Gao.

Since January, 12,400 people have received cash (5,200 women and 7,200 men).

Depuis juin 2016, 3 120 réfugiés ont été rapatriés.

In March, 31 wells were repaired by the partners.

Region    Men    Women
Gao       40     52
Mopti     33     30
Total     73     82
"""
NEW = """In April, 412 families received shelter kits in Gao.

Since January, 12,450 people have received cash (5,300 women and 7,150 men).

Depuis juin 2016, 3 090 réfugiés ont été rapatriés.

In April, 45 wells were repaired by the partners in the north.

Region    Men    Women
Gao       44     52
Mopti     33     30
Total     77     82
"""


def told(old: str, new: str) -> list[tuple[str, str, str]]:
    return [(one.kind, one.expected, one.found) for one in found(old, new)]


def found(old: str, new: str) -> tuple[Finding, ...]:
    return compare(read_document(old.encode(), "march.txt"), read_document(new.encode(), "april.txt"))


def test_what_moved_fell_and_stood_still() -> None:
    assert told(OLD, NEW) == [
        ("unchanged", "412", "412"),
        ("moved", "12,400", "12,450"),
        ("moved", "5,200", "5,300"),
        ("fell", "7,200", "7,150"),
        ("fell", "3,120", "3,090"),
        ("moved", "31", "45"),
        ("moved", "40", "44"),
        ("moved", "73", "77"),
    ]


def test_places_and_sentences_are_of_the_new_document() -> None:
    fell = next(one for one in found(OLD, NEW) if one.found == "3,090")
    assert fell.place.written() == "april.txt, line 5" and "3 090 réfugiés" in fell.quote
    assert "3,120" in fell.message("fr") and fell.cure("fr") != fell.cure("en")


def test_parts_that_outgrow_their_total() -> None:
    old = "Since January, 12,400 people have received cash, including 5,200 women and 2,100 children.\n"
    for total, women, kinds in (
        ("12,450", "5,300", {"moved", "growth"}),
        ("12,500", "5,300", {"moved"}),
        ("12,600", "5,300", {"moved"}),
    ):
        new = old.replace("12,400", total).replace("5,200", women)
        assert {kind for kind, *_ in told(old, new)} == kinds, total
    assert ("growth", "100", "50") in told(old, old.replace("12,400", "12,450").replace("5,200", "5,300"))
    stock = old.replace("Since January, ", "")
    assert {kind for kind, *_ in told(stock, stock.replace("12,400", "12,450").replace("5,200", "5,300"))} == {"moved"}


def test_a_figure_that_is_no_sum_since_a_day_may_fall() -> None:
    assert told("In March, 412 families lived in Gao.", "In April, 400 families lived in Gao.") == [
        ("moved", "412", "400")
    ]


def test_the_same_document_has_no_change() -> None:
    assert told(OLD, OLD) == []


def test_documents_that_have_nothing_to_do_with_one_another() -> None:
    old, new, other = (
        read_document(text.encode(), "a.txt") for text in (OLD, NEW, "The 12 ducks of Paris ate 30 loaves.")
    )
    assert are_of_one_series(old, new) and not are_of_one_series(old, other)


def _counts(values: list[int]) -> str:
    names = ["wells", "tents", "schools", "nets", "pumps", "latrines"]
    return "\n\n".join(
        f"The partners counted {value} {name} there." for value, name in zip(values, names, strict=False)
    )


@given(st.lists(st.integers(10, 10**6), min_size=1, max_size=6), st.data())
def test_each_change_of_a_count_is_told_once(values: list[int], data: st.DataObject) -> None:
    changed = [data.draw(st.sampled_from([value, value + 1, value * 2])) for value in values]
    moved = [(old, new) for old, new in zip(values, changed, strict=True) if old != new]
    assert told(_counts(values), _counts(changed)) == [("moved", f"{old:,}", f"{new:,}") for old, new in moved]


def test_the_verb_compares_two_files_of_one_series(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, text in (("old.txt", OLD), ("new.txt", NEW), ("moved.txt", OLD.replace("31 wells", "33 wells"))):
        (tmp_path / name).write_text(text, encoding="utf-8")
    assert main(["check", "old.txt", "new.txt", "--format", "json"]) == 1
    out, err = capsys.readouterr()
    assert {row["kind"] for row in json.loads(out)} == {"unchanged", "moved", "fell"}
    assert {row["file"] for row in json.loads(out)} == {"new.txt"} and "compared with old.txt" in err
    assert main(["check", "old.txt", "moved.txt", "--language", "fr"]) == 0
    assert "31" in capsys.readouterr().out
    assert main(["check", "old.txt", "old.txt"]) == 0


def test_time_grows_with_the_text_and_not_faster() -> None:
    calls = {"count": 0}

    def texts(many: int, more: int) -> str:
        return "\n\n".join(
            f"In ward {at} the partner reached {at + more} people by truck number {at}." for at in range(1, many + 1)
        )

    def counted(many: int) -> int:
        calls["count"] = 0

        def profile(frame: object, event: str, argument: object) -> None:
            calls["count"] += event == "call"

        old, new = (read_document(texts(many, more).encode(), "a.txt") for more in (100, 107))
        sys.setprofile(profile)
        try:
            compare(old, new)
        finally:
            sys.setprofile(None)
        return calls["count"]

    small, large = counted(100), counted(200)
    assert large < 2.3 * small
