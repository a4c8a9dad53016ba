"""Who may see what, over every role and every scope: the decisions alone, without an instance."""

from __future__ import annotations

from itertools import product

import pytest

from toguna.access.api import OWNER, Actor, Subject, permits, rights
from toguna.access.core.policy import figure_view, is_own, is_single_answer, row_sight, sees_value

OWN, FOREIGN = "mercycorps", "stopsahel"
GAO, MOPTI = ("ML0701", "ML07", "ML"), ("ML0501", "ML05", "ML")
SENSITIVITIES = ("public", "internal", "confidential", "strictly_confidential")
SUBJECTS = [
    Subject(organisation=organisation, places=places)
    for organisation, places in product((OWN, FOREIGN, None), (GAO, MOPTI, ()))
]
#: What an account may be narrowed to.
SCOPES = [(organisation, places) for organisation in (None, OWN) for places in ((), ("ML07",))]


def actor(role: str, organisation: str | None = None, places: tuple[str, ...] = ()) -> Actor:
    return Actor(name="x", roles=(role,), organisation=organisation, places=places, is_owner=role == OWNER)


def owned(organisation: str | None, places: tuple[str, ...], subject: Subject) -> bool:
    """Said the other way round: nothing in which the scope and the subject differ."""
    whose = organisation is None or subject.organisation == organisation
    where = not places or any(place in subject.places for place in places)
    return whose and where


@pytest.mark.parametrize("role", [role for role in rights().roles if role != OWNER])
def test_a_row_is_seen_by_its_own_role_organisation_and_place(role: str) -> None:
    for (organisation, places), subject, sensitivity in product(SCOPES, SUBJECTS, SENSITIVITIES):
        asking = actor(role, organisation, places)
        mine = owned(organisation, places, subject)
        assert is_own(asking, subject) is mine
        internal, close = permits(asking, "internal.read"), permits(asking, "confidential.read")
        sight = row_sight(asking, sensitivity, subject)
        if not mine:
            assert sight in ("count", "none"), (asking, subject)
        elif sensitivity == "confidential":
            assert sight == ("all" if close else "categories" if internal else "count")
        elif sensitivity == "internal":
            assert sight == ("all" if internal else "count")
        else:
            assert sight == ("all" if sensitivity == "public" else "count" if internal else "none")


@pytest.mark.parametrize("role", rights().roles)
def test_a_figure_is_full_for_an_internal_reader_whose_own_it_is(role: str) -> None:
    for (organisation, places), subject, sensitivity in product(SCOPES, SUBJECTS, SENSITIVITIES):
        asking = actor(role, organisation, places)
        view = figure_view(asking, sensitivity, [subject])
        if not permits(asking, "figure.computed"):
            assert view == "none"
        elif sensitivity == "strictly_confidential":
            assert view == ("printable" if permits(asking, "internal.read") else "none")
        else:
            mine = role == OWNER or owned(organisation, places, subject)
            assert view == ("full" if mine and permits(asking, "internal.read") else "printable")


def test_one_foreign_part_makes_the_whole_figure_foreign() -> None:
    gao = actor("field_office", places=("ML07",))
    own, foreign = Subject(places=GAO), Subject(places=MOPTI)
    assert figure_view(gao, "confidential", [own, own]) == "full"
    assert figure_view(gao, "confidential", [own, foreign]) == "printable"
    assert figure_view(gao, "confidential", [foreign, own]) == "printable"
    assert figure_view(gao, "confidential", [Subject(places=("ML",))]) == "printable", "the whole holds other offices"
    assert figure_view(actor("auditor"), "confidential", []) == "printable", "of nothing said, nothing is given"


@pytest.mark.parametrize(
    ("role", "has_reason", "number", "category"),
    [
        ("protection_officer", True, True, True),
        ("protection_officer", False, False, True),
        ("owner", True, True, True),
        ("owner", False, False, True),
        ("information_manager", True, False, True),
        ("information_manager", False, False, True),
        ("reader", True, False, False),
        ("reader", False, False, False),
    ],
)
def test_a_confidential_answer_needs_right_and_reason(
    role: str, has_reason: bool, number: bool, category: bool
) -> None:
    asking = actor(role)
    assert sees_value(asking, "confidential", is_category=False, has_reason=has_reason) is number
    assert sees_value(asking, "confidential", is_category=True, has_reason=has_reason) is category
    assert not sees_value(asking, "strictly_confidential", is_category=True, has_reason=True)
    assert sees_value(asking, "internal", is_category=False, has_reason=False) is (role != "reader")
    assert sees_value(asking, "public", is_category=False, has_reason=False)


@pytest.mark.parametrize(("amounts", "told"), [(None, True), (0, True), (1, True), (4, True), (5, False), (6, False)])
def test_a_sum_of_few_amounts_is_an_answer(amounts: int | None, told: bool) -> None:
    manager, officer = actor("information_manager"), actor("protection_officer")
    assert is_single_answer(manager, "confidential", amounts, 5) is told
    assert not is_single_answer(officer, "confidential", amounts, 5)
    assert not is_single_answer(manager, "internal", amounts, 5), "an internal amount is read by whoever reads inside"
