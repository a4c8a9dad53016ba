"""Entities in the field. Each story cites the rules of docs/entities.md (E1 ...), which are those of ODK Entities 2025.1 and ODK Central."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.registry.story import Story


def test_e1_a_create_makes_the_first_version() -> None:
    story = Story()
    story.create("Well of Inekar", status="planned")
    (version,) = story.versions()
    assert (version.number, version.label, version.properties, version.base) == (
        1,
        "Well of Inekar",
        {"status": "planned"},
        None,
    )
    assert story.conflict() is None


@pytest.mark.parametrize(
    ("label", "entity_id", "reason"), [("", "", "no_label"), (None, "", "no_label"), ("W", "WP-1", "bad_id")]
)
def test_e1_a_create_needs_a_label_and_a_uuid(label: str | None, entity_id: str, reason: str) -> None:
    story = Story(entity_id=entity_id) if entity_id else Story()
    story.create(label)
    assert story.versions() == () and story.reasons() == [reason]


def test_e2_a_second_create_waits_and_changes_nothing() -> None:
    story = Story()
    story.create(status="planned")
    story.create(status="done")
    assert story.newest()["status"] == "planned" and story.reasons() == ["exists"]


def test_e2_a_second_create_is_taken_once_the_first_is_rejected() -> None:
    story = Story()
    first = story.create(status="planned")
    story.create(status="done")
    story.reject(first)
    assert story.newest()["status"] == "done" and story.reasons() == []


def test_e3_an_update_merges_into_what_is_there() -> None:
    story = Story()
    story.create("Well", status="planned", depth="60")
    story.update(1, status="drilled")
    story.update(2, label="Well No. 2")
    assert [version.number for version in story.versions()] == [1, 2, 3]
    assert story.newest() == {"status": "drilled", "depth": "60", "label": "Well No. 2"}
    assert story.conflict() is None


def test_e3_an_update_that_names_no_base_stands_on_the_newest() -> None:
    """A row of a spreadsheet: nobody has worked out versions."""
    story = Story()
    story.create(status="planned")
    story.update(status="drilled")
    story.update(status="done")
    assert story.newest()["status"] == "done" and story.conflict() is None


def test_e3_an_answer_left_blank_empties_its_property() -> None:
    story = Story()
    story.create(status="delayed", cause="access")
    story.update(1, status="installed", cause="")
    assert story.newest() == {"status": "installed", "label": "Well"}
    story.update(2, status="handed_over")
    assert story.newest() == {"status": "handed_over", "label": "Well"} and story.conflict() is None


def test_e10_what_was_emptied_and_set_at_once_is_a_hard_conflict() -> None:
    for first, second in (("", "contract"), ("contract", "")):
        story = Story()
        story.create(cause="access")
        story.update(1, cause=first)
        story.update(1, cause=second)
        assert story.conflict() == "hard" and story.newest().get("cause", "") == second
    story = Story()
    story.create(cause="access")
    story.update(1, cause="")
    story.update(1, cause="")
    assert story.conflict() == "soft"


def test_e4_an_update_before_its_create_waits_for_it() -> None:
    story = Story()
    early = story.update(1, status="drilled")
    assert story.versions() == () and story.reasons() == ["no_entity"]
    story.create(status="planned")
    assert [version.instance_id for version in story.versions()] == ["uuid:2", "uuid:1"]
    assert story.newest()["status"] == "drilled" and story.versions(early) == () and story.reasons() == []


def test_e4_an_update_of_a_version_that_has_not_come_waits() -> None:
    story = Story()
    story.create(status="planned")
    story.update(2, status="done")
    assert story.reasons() == ["no_version"]
    story.update(1, status="drilled")
    assert story.newest()["status"] == "done" and story.conflict() is None


def test_e5_e7_an_offline_create_and_its_updates() -> None:
    story = Story()
    story.create(branch="b1", age="18")
    story.update(1, branch="b1", age="19")
    story.update(2, branch="b1", age="20")
    versions = story.versions()
    assert [(one.number, one.base, one.branch_id) for one in versions] == [(1, None, "b1"), (2, 1, "b1"), (3, 2, "b1")]
    assert story.newest()["age"] == "20" and story.conflict() is None


def test_e6_an_offline_branch_starts_on_its_trunk() -> None:
    story = Story()
    story.create(age="18")
    story.update(1, age="19")
    story.update(2, branch="b1", trunk=2, age="20")
    story.update(3, branch="b1", trunk=2, age="21")
    assert [one.base for one in story.versions()] == [None, 1, 2, 3]
    assert story.newest()["age"] == "21" and story.conflict() is None


def test_e7_a_branch_is_put_in_order_whatever_order_it_came_in() -> None:
    story = Story()
    story.create(age="18")
    story.update(3, branch="b1", trunk=1, age="21")
    story.update(2, branch="b1", trunk=1, age="20")
    assert story.reasons() == ["no_predecessor", "no_predecessor"]
    story.update(1, branch="b1", trunk=1, age="19")
    assert [one.properties["age"] for one in story.versions()] == ["18", "19", "20", "21"]
    assert story.conflict() is None and story.reasons() == []


def test_e7_bases_of_a_branch_are_its_own_not_the_servers() -> None:
    """Two online updates came in between: the branch's base 2 is not the server's version 2."""
    story = Story()
    story.create(age="18", status="new")
    story.update(1, status="seen")
    story.update(2, status="open")
    story.update(1, branch="b1", trunk=1, age="19")
    story.update(2, branch="b1", trunk=1, age="20")
    assert [(one.number, one.base) for one in story.versions()] == [(1, None), (2, 1), (3, 2), (4, 1), (5, 4)]
    assert story.newest() == {"age": "20", "status": "open", "label": "Well"}
    assert [one.conflict for one in story.versions()] == [None, None, None, "soft", "soft"]


def test_e8_after_five_days_a_held_update_is_forced_onto_the_newest() -> None:
    story = Story()
    story.create(age="18")
    story.update(3, branch="b1", trunk=1, age="21")
    before = story.act(days=4.9)
    assert story.reasons() == ["no_predecessor"]
    story.act(days=0.1)
    assert story.newest(before)["age"] == "18"
    assert story.newest()["age"] == "21" and story.versions()[-1].forced and story.reasons() == []


def test_e8_after_five_days_a_held_update_of_nothing_makes_the_entity() -> None:
    story = Story()
    story.update(2, branch="b1", age="20")
    story.act(days=5)
    (version,) = story.versions()
    assert (version.label, version.properties, version.forced) == ("auto generated", {"age": "20"}, True)


def test_e8_what_follows_a_forced_update_stands_on_it() -> None:
    story = Story()
    story.update(2, branch="b1", age="20")
    story.act(days=5)
    story.update(3, branch="b1", age="21")
    assert [(one.base, one.properties["age"]) for one in story.versions()] == [(None, "20"), (1, "21")]
    assert story.conflict() is None


def test_e8_only_what_is_held_for_its_branch_is_forced() -> None:
    story = Story()
    story.update(1, age="20")
    story.act(days=30)
    assert story.versions() == () and story.reasons() == ["no_entity"]


def test_e8_nothing_is_forced_before_the_journal_says_that_time_has_passed() -> None:
    story = Story()
    story.update(2, branch="b1", age="20")
    assert story.history().waiting[0].due == story.times[0].replace(day=6)
    assert story.versions() == ()


def test_e2_e8_a_create_that_comes_after_the_force_is_an_update_in_conflict() -> None:
    for age, conflict in (("20", "soft"), ("18", "hard")):
        story = Story()
        story.update(2, branch="b1", label="Well", age="20")
        story.act(days=5)
        story.create("Well", branch="b1", age=age, status="new")
        assert [one.number for one in story.versions()] == [1, 2]
        assert story.conflict() == conflict
        assert story.newest() == {"age": age, "status": "new", "label": "Well"}


def test_e9_a_trunk_that_is_not_here_is_told() -> None:
    story = Story()
    story.create(age="18")
    story.update(1, branch="b1", trunk=4, age="19")
    assert story.newest()["age"] == "18" and story.reasons() == ["trunk_ahead"]
    story.act(days=9)
    assert story.reasons() == ["trunk_ahead"]


def test_e10_two_updates_of_one_version_with_other_properties_are_a_soft_conflict() -> None:
    story = Story()
    story.create(age="18", status="new")
    story.update(1, status="seen")
    story.update(1, age="19")
    assert story.conflict() == "soft" and story.versions()[-1].conflicting == ()
    assert story.newest() == {"age": "19", "status": "seen", "label": "Well"}


def test_e10_two_updates_of_one_property_are_a_hard_conflict() -> None:
    story = Story()
    story.create(age="18", status="new")
    story.update(1, status="seen", label="Well A")
    story.update(1, status="lost", label="Well B")
    assert story.conflict() == "hard" and story.versions()[-1].conflicting == ("label", "status")
    assert story.newest()["status"] == "lost"


def test_e10_two_updates_that_say_the_same_are_a_soft_conflict() -> None:
    story = Story()
    story.create(status="new")
    story.update(1, status="seen")
    story.update(1, status="seen")
    assert story.conflict() == "soft"


def test_e11_a_branch_that_another_update_interrupts_is_a_soft_conflict() -> None:
    story = Story()
    story.create(branch="b1", age="18", status="new")
    story.update(1, status="seen")
    assert story.conflict() is None
    story.update(1, branch="b1", age="19")
    assert story.conflict() == "soft"
    story.update(2, branch="b1", age="20")
    assert [one.conflict for one in story.versions()] == [None, None, "soft", "soft"]


def test_e12_hard_never_becomes_soft_and_a_person_settles_it() -> None:
    story = Story()
    story.create(age="18", status="new")
    story.update(1, status="seen")
    story.update(1, status="lost")
    story.update(2, age="19")
    hard = len(story.times)
    assert story.versions()[-1].conflict == "soft" and story.conflict() == "hard"
    story.resolve()
    assert story.conflict() is None and story.conflict(hard) == "hard"
    story.update(3, age="20")
    assert story.conflict() == "hard"


def test_e13_update_and_create_both_is_what_can_be_done() -> None:
    story = Story()
    story.create("Well", update=True, base=1, status="planned")
    assert [(one.number, one.base) for one in story.versions()] == [(1, None)]
    story.create("Well", update=True, base=1, status="drilled")
    assert [(one.number, one.base) for one in story.versions()] == [(1, None), (2, 1)]


def test_e14_where_approval_is_required_only_the_approved_create() -> None:
    story = Story()
    first = story.create(approved=False, status="planned")
    story.update(1, status="drilled")
    assert story.versions() == () and story.reasons() == ["no_entity"]
    story.approve(first)
    assert story.newest()["status"] == "drilled"
    story.reject(first)
    assert story.versions() == ()


def test_e15_e16_a_correction_takes_the_place_of_what_it_corrects() -> None:
    """The status was updated after the registration; correcting the registration must not undo that."""
    story = Story()
    first = story.create(status="planned", depth="60")
    story.update(1, status="done")
    then = len(story.times)
    story.correct(first, status="planned", depth="80")
    assert story.newest() == {"status": "done", "depth": "80", "label": "Well"}
    assert [one.number for one in story.versions()] == [1, 2] and story.conflict() is None
    assert story.newest(then)["depth"] == "60"


def test_e16_what_is_rejected_leaves_the_fold_and_keeps_its_number() -> None:
    story = Story()
    story.create(status="planned")
    wrong = story.update(1, status="destroyed")
    story.update(2, depth="60")
    rejected = story.reject(wrong)
    assert story.newest() == {"status": "planned", "depth": "60", "label": "Well"}
    assert [one.number for one in story.versions()] == [1, 3]
    assert story.newest(rejected - 1)["status"] == "destroyed"
    story.update(3, status="drilled")
    assert [(one.number, one.base) for one in story.versions()] == [(1, None), (3, 2), (4, 3)]
    story.restore(wrong)
    assert [one.number for one in story.versions()] == [1, 2, 3, 4] and story.newest()["status"] == "drilled"


def test_e16_without_its_create_there_is_no_entity() -> None:
    story = Story()
    first = story.create(status="planned")
    story.update(1, status="done")
    story.reject(first)
    assert story.versions() == ()
    story.restore(first)
    assert story.newest()["status"] == "done"


def test_e17_what_was_known_then_stays_so() -> None:
    story = Story()
    first = story.create(status="planned")
    second = story.update(1, status="drilled")
    third = story.correct(second, status="done")
    fourth = story.reject(third)
    assert [story.newest(at)["status"] for at in (first, second, third, fourth)] == [
        "planned",
        "drilled",
        "done",
        "planned",
    ]
    spans = [
        (one.version.number, one.version.properties["status"], one.seq_from, one.seq_to)
        for one in story.history().spans
    ]
    assert spans == [(1, "planned", 1, None), (2, "drilled", 2, 3), (2, "done", 3, 4)]


Act = Callable[[Story], int]


def chain(branch: str | None, length: int) -> list[Act]:
    """A create and its updates, each on the one before, online or offline."""
    acts: list[Act] = [lambda story: story.create(branch=branch, value="0", v0="x")]
    for number in range(1, length):
        more = {"value": str(number), f"v{number}": "x"}
        acts.append(lambda story, base=number, more=more: story.update(base, branch=branch, **more))  # type: ignore[misc]
    return acts


def told(acts: list[Act]) -> Story:
    story = Story()
    for act in acts:
        act(story)
    return story


@settings(max_examples=150, deadline=None)
@given(offline=st.booleans(), length=st.integers(1, 7), chance=st.randoms(use_true_random=False))
def test_a_chain_is_the_same_in_whatever_order_it_comes(offline: bool, length: int, chance: random.Random) -> None:
    acts = chain("b1" if offline else None, length)
    in_order = told(acts)
    chance.shuffle(acts)
    shuffled = told(acts)
    assert shuffled.newest() == in_order.newest()
    assert [one.properties for one in shuffled.versions()] == [one.properties for one in in_order.versions()]
    assert shuffled.conflict() is None and shuffled.reasons() == []


@settings(max_examples=150, deadline=None)
@given(
    lengths=st.tuples(st.integers(1, 4), st.integers(1, 4)),
    clash=st.booleans(),
    chance=st.randoms(use_true_random=False),
)
def test_two_phones_offline_lose_nothing_in_whatever_order_they_send(
    lengths: tuple[int, int], clash: bool, chance: random.Random
) -> None:
    """Each phone's own properties end as that phone last set them; what both set is a hard conflict, else it is soft."""
    acts: list[Act] = [lambda story: story.create(shared="0")]
    for phone, length in zip(("b1", "b2"), lengths, strict=True):
        for base in range(1, length + 1):
            more = {phone: str(base), **({"shared": phone} if clash else {})}
            acts.append(
                lambda story, base=base, more=more, phone=phone: story.update(base, branch=phone, trunk=1, **more)
            )  # type: ignore[misc]
    chance.shuffle(acts)
    story = told(acts)
    newest = story.newest()
    assert (newest["b1"], newest["b2"]) == (str(lengths[0]), str(lengths[1]))
    assert story.reasons() == [] and len(story.versions()) == len(acts)
    assert story.conflict() == ("hard" if clash else "soft")


@settings(max_examples=200, deadline=None)
@given(steps=st.lists(st.integers(0, 7), max_size=14), chance=st.randoms(use_true_random=False))
def test_what_was_known_at_a_sequence_never_changes_later(steps: list[int], chance: random.Random) -> None:
    """Whatever happens, the versions known at each sequence are those that were known when it was the last."""
    story, came, then = Story(), [], []
    for step in steps:
        match step:
            case 0:
                came.append(story.create(a=str(len(came))))
            case 1 | 2:
                came.append(story.update(chance.randint(1, 4), a=str(len(came)), b="1"))
            case 3 | 4:
                trunk = chance.randint(1, 2)
                came.append(story.update(chance.randint(trunk, 4), branch=f"b{step}", trunk=trunk, c=str(len(came))))
            case 5 if came:
                story.reject(came.pop(chance.randrange(len(came))))
            case 6 if came:
                came.append(story.correct(came.pop(chance.randrange(len(came))), a="corrected"))
            case _:
                story.act(days=chance.choice([0, 3, 6]))
        then.append((len(story.times), story.versions(), story.conflict()))
    for sequence, versions, conflict in then:
        assert story.versions(sequence) == versions
        assert story.conflict(sequence) == conflict
