"""What rows and forms do to entities, as the registry reads it (ODK Entities 2025.1; facts 2.3)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.collect.storage.conftest import OWNER, ids
from toguna.collect.loading import load
from toguna.collect.published import publish_form
from toguna.collect.reviewing import review
from toguna.collect.store.counting import entity_operations
from toguna.instance.api import Instance
from toguna.journal.api import head

POINT = """
| survey | | | | | | | |
| | type | name | label | required | relevant | save_to | bind::tg:sensitivity |
| | date | visited_on | Visited on | yes | | | internal |
| | select_one yes_no | is_new | New | yes | | | internal |
| | select_one_from_file points.csv | point | Point | yes | ${is_new} = 'no' | | internal |
| | text | name_of | Name | | ${is_new} = 'yes' | point_name | internal |
| | select_one works | works | Works | yes | | works | internal |
| choices | | | | | | | |
| | list_name | name | label | | | | |
| | yes_no | yes | Yes | | | | |
| | yes_no | no | No | | | | |
| | works | planned | Planned | | | | |
| | works | installed | Installed | | | | |
| entities | | | | | | | |
| | list_name | label | entity_id | create_if | update_if | | |
| | points | ${name_of} | coalesce(${point}, uuid()) | ${is_new} = 'yes' | ${is_new} = 'no' | | |
| settings | | | | | | | |
| | form_id | version | tg:key | | | | |
| | point | 1 | visited_on name_of point | | | | |
"""
HEADER = "visited_on,is_new,point,name_of,works"


@pytest.fixture
def folder(instance: Instance, tmp_path: Path) -> Path:
    publish_form(POINT.encode(), OWNER, name="point.md")
    return tmp_path


def send(folder: Path, *lines: str) -> list[str]:
    (folder / "points.csv").write_text("\n".join([HEADER, *lines]))
    receipt = load([folder / "points.csv"], OWNER)
    assert not ids(receipt.problems), receipt.problems[0].written()
    return list(receipt.received)


def operations(after: int = 0) -> dict[str, list[tuple[bool, str, int]]]:
    """By entity: whether it creates, the works, and how many spans of counting it has."""
    return {
        entity_id: [(one.operation.create, one.operation.properties["works"], len(one.counting)) for one in found]
        for (_, entity_id), found in entity_operations(after, head().sequence)
    }


def test_a_row_makes_an_entity_and_a_later_row_names_it_by_its_label(folder: Path) -> None:
    send(folder, "2016-11-01,yes,,Forage Gao,planned")
    first = head().sequence
    send(folder, "2016-12-01,no,Forage Gao,,installed")
    [(entity_id, found)] = operations().items()
    assert found == [(True, "planned", 1), (False, "installed", 1)]
    assert operations(after=first) == {entity_id: found}


def test_a_corrected_row_makes_no_second_entity(folder: Path) -> None:
    send(folder, "2016-11-01,yes,,Forage Gao,planned")
    send(folder, "2016-11-01,yes,,Forage Gao,installed")
    [(_, found)] = operations().items()
    assert [works for _, works, _ in found] == ["planned", "installed"]
    [[old, new]] = [found for _, found in entity_operations(0, head().sequence)]
    assert old.counting == ((old.sequence, new.sequence),)
    assert new.counting == ((new.sequence, None),)


def test_what_is_rejected_and_approved_again_counts_in_two_spans(folder: Path) -> None:
    [instance_id] = send(folder, "2016-11-01,yes,,Forage Gao,planned")
    review([instance_id], "approved", "other", OWNER)
    before = head().sequence
    review([instance_id], "rejected", "test", OWNER)
    review([instance_id], "approved", "other", OWNER)
    [(_, [(_, _, spans)])] = operations(after=before).items()
    assert spans == 2
    [(_, [known])] = list(entity_operations(0, before))
    assert known.counting == ((known.sequence, None),)


def test_an_id_that_has_not_come_yet_is_taken_and_a_strange_name_is_not(folder: Path) -> None:
    send(folder, "2016-12-01,no,uuid:0b9a4b0c-6a0e-4d7e-9c0f-3b1f1f2c9b10,,installed")
    assert list(operations()) == ["0b9a4b0c-6a0e-4d7e-9c0f-3b1f1f2c9b10"]
    (folder / "strange.csv").write_text(f"{HEADER}\n2016-12-01,no,Forage Mopti,,installed\n")
    assert [problem.id for problem in load([folder / "strange.csv"], OWNER).problems] == ["collect.choice_unknown"]
