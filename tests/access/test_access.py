"""Accounts and the one question: who may do what, where."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth import authenticate, get_user_model
from django.db import connection
from django.db.models.functions import Substr

from toguna.access import api as access
from toguna.access.api import Actor, Subject
from toguna.access.store import models
from toguna.instance.api import Instance
from toguna.journal import api as journal
from toguna.kernel.api import Refused
from toguna.organisations import api as organisations
from toguna.places import api as places

OWNER = access.acting(None)


@pytest.fixture
def stocked(instance: Instance) -> Instance:
    places.load_places(
        [
            {"pcode": "ML", "slug": "mali", "name_en": "Mali", "level": "0"},
            {"pcode": "ML07", "slug": "gao", "name_en": "Gao", "level": "1", "parent": "ML"},
        ]
    )
    organisations.load_organisations([{"code": "sun_relief", "name_en": "Sun Relief"}])
    return instance


def ids(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [problem.id.removeprefix("access.") for problem in refused.value.problems]


def test_an_account_is_added_and_the_act_says_so(stocked: Instance) -> None:
    roles = ["reporting_officer", "field_office"]
    awa = access.add_account("awa", roles, OWNER, organisation="sun_relief", scope=["gao"])
    assert awa == access.acting("awa")
    assert awa == Actor(
        name="awa", roles=("field_office", "reporting_officer"), organisation="sun_relief", places=("ML07",)
    )
    (act,) = journal.acts(kinds={"user.added"})
    assert (act.subject, act.actor) == ("awa", "owner")
    told = {key: value for key, value in act.detail.items() if key != "row"}
    assert told == {"roles": list(awa.roles), "organisation": "sun_relief", "places": ["ML07"]}


def test_every_fault_of_an_account_is_told_and_nothing_is_stored(stocked: Instance) -> None:
    with pytest.raises(Refused) as refused:
        access.add_account("Awa D", ["reporter"], OWNER, organisation="moon", scope=["goa"], password="short")
    assert ids(refused) == ["name_broken", "role_unknown", "organisations.unknown", "password_short", "places.unknown"]
    with pytest.raises(Refused) as refused:
        access.add_account("awa", [], OWNER)
    assert ids(refused) == ["no_role"]
    with pytest.raises(Refused) as refused:
        access.add_account("awa", ["owner"], OWNER)
    assert ids(refused) == ["role_unknown"]
    assert access.list_accounts() == [] and journal.head().sequence == 0


def test_a_name_is_never_given_twice(stocked: Instance) -> None:
    access.add_account("awa", ["auditor"], OWNER)
    access.disable_account("awa", OWNER)
    for name in ("awa", "owner"):
        with pytest.raises(Refused) as refused:
            access.add_account(name, ["reader"], OWNER)
        assert ids(refused) == ["account_taken"]


def test_a_disabled_account_acts_no_more(stocked: Instance) -> None:
    access.add_account("awa", ["auditor"], OWNER, password="four unconnected words")
    access.disable_account("awa", OWNER)
    access.disable_account("awa", OWNER)
    assert [act.kind for act in journal.acts()] == ["user.added", "user.disabled"]
    with pytest.raises(Refused) as refused:
        access.acting("awa")
    assert ids(refused) == ["account_disabled"]
    assert access.signs_in("awa", "four unconnected words") is None
    with pytest.raises(Refused, match=r"no account 'awaa' \(awa\?\)"):
        access.acting("awaa")
    with pytest.raises(Refused):
        access.disable_account("nobody", OWNER)


def test_only_who_may_adds_and_disables(stocked: Instance) -> None:
    awa = access.add_account("awa", ["information_manager"], OWNER)
    for attempt in (lambda: access.add_account("ali", ["reader"], awa), lambda: access.disable_account("awa", awa)):
        with pytest.raises(Refused) as refused:
            attempt()
        assert ids(refused) == ["not_permitted"]
    assert [one.name for one in access.list_accounts()] == ["awa"]


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("INSERT INTO access_account VALUES ('eve', '', '', {yes}, '2017-01-01')", ["eve", "no act added it"]),
        ("INSERT INTO access_grant (account_id, role) VALUES ('awa', 'owner')", ["awa", "differ"]),
        ("UPDATE access_account SET active = {yes} WHERE name = 'ali'", ["ali", "differ"]),
        ("DELETE FROM access_grant; DELETE FROM access_account WHERE name = 'awa'", ["awa", "it is gone"]),
    ],
)
def test_an_account_changed_behind_the_journals_back_is_found(
    stocked: Instance, statement: str, words: list[str]
) -> None:
    access.add_account("awa", ["auditor"], OWNER, scope=["gao"])
    access.add_account("ali", ["reader"], OWNER)
    access.disable_account("ali", OWNER)
    assert access.verify() == ()
    if "DELETE" in statement:
        models.Scope.objects.all().delete()
    with connection.cursor() as cursor:
        for part in statement.format(yes="true").split("; "):
            cursor.execute(part)
    told = [problem.written() for problem in access.verify()]
    assert any(all(word in sentence for word in words) for sentence in told), told


def test_passwords_are_checked_and_kept_as_argon2(stocked: Instance) -> None:
    access.add_account("awa", ["reader"], OWNER, password="four unconnected words")
    access.add_account("ali", ["reader"], OWNER)
    assert access.signs_in("awa", "four unconnected words") == access.acting("awa")
    assert access.signs_in("awa", "four unconnected word") is None
    assert access.signs_in("ali", "") is None and access.signs_in("nobody", "x") is None
    assert [one.may_sign_in for one in access.list_accounts()] == [False, True]
    kept = get_user_model().objects.get_by_natural_key("awa")
    assert kept.password.startswith("argon2$argon2id$") and kept.check_password("four unconnected words")
    assert kept.is_active and authenticate(username="awa", password="four unconnected words") == kept


def test_passwords_of_older_instances_still_sign_in(stocked: Instance) -> None:
    """Argon2's own writing, as the first release kept it, becomes Django's."""
    access.add_account("awa", ["reader"], OWNER, password="four unconnected words")
    accounts = get_user_model().objects
    accounts.update(password=Substr("password", len("argon2") + 1))
    migration = import_module("toguna.access.store.migrations.0002_passwords")
    migration.to_django(apps, None)
    assert access.signs_in("awa", "four unconnected words") == access.acting("awa")
    migration.to_django(apps, None)
    assert access.signs_in("awa", "four unconnected words") == access.acting("awa"), (
        "run twice, it changes nothing more"
    )


def test_a_role_permits_what_its_column_says() -> None:
    cases = {
        "enumerator": {"submission.received": True, "submission.reviewed": False, "figure.computed": False},
        "field_office": {"submission.reviewed": True, "form.published": False},
        "information_manager": {"form.published": True, "edition.issued": False, "confidential.read": False},
        "protection_officer": {"confidential.read": True, "figure.released": True, "user.added": False},
        "auditor": {"figure.computed": True, "submission.reviewed": False},
        "owner": {"user.added": True, "edition.issued": True},
    }
    for role, acts in cases.items():
        actor = Actor(name="x", roles=(role,))
        assert {act: access.permits(actor, act) for act in acts} == acts
    assert not any(access.permits(Actor(name="x", roles=()), act) for act in access.rights().by_act)


def test_the_table_of_rights_holds_together() -> None:
    rights = access.rights()
    assert all(roles for roles in rights.by_act.values()), "an act that nobody may do"
    assert all("owner" in roles for roles in rights.by_act.values())
    assert all(rights.what.values())
    assert {role for roles in rights.by_act.values() for role in roles} == set(rights.roles), (
        "a role that may do nothing"
    )


def test_a_word_that_is_no_act_is_a_fault_of_the_code() -> None:
    with pytest.raises(ValueError, match="add its line"):
        access.permits(OWNER, "submision.reviewed")


def test_a_scope_narrows_a_role() -> None:
    partner = Actor(name="x", roles=("data_manager",), organisation="sun_relief", places=("ML07",))
    in_gao, in_mopti = ("ML0701", "ML07", "ML"), ("ML0501", "ML05", "ML")
    cases = {
        Subject(): True,
        Subject(organisation="sun_relief", places=in_gao): True,
        Subject(organisation="river_aid", places=in_gao): False,
        Subject(organisation="sun_relief", places=in_mopti): False,
        Subject(places=in_gao): True,
        Subject(organisation="river_aid"): False,
    }
    assert {subject: access.permits(partner, "submission.received", subject) for subject in cases} == cases
    assert access.permits(OWNER, "submission.received", Subject(organisation="river_aid", places=in_mopti))
    with pytest.raises(Refused, match="outside its organisation"):
        access.require_permit(partner, "submission.received", Subject(organisation="river_aid"))


@pytest.mark.parametrize(
    ("role", "seen"),
    [
        ("owner", ["all", "all", "all", "count"]),
        ("protection_officer", ["all", "all", "all", "count"]),
        ("information_manager", ["all", "all", "categories", "count"]),
        ("reader", ["all", "count", "count", "none"]),
        ("enumerator", ["all", "count", "count", "none"]),
    ],
)
def test_what_is_seen_by_sensitivity(role: str, seen: list[str]) -> None:
    levels = ["public", "internal", "confidential", "strictly_confidential"]
    actor = Actor(name="x", roles=(role,))
    assert [access.sees(actor, level) for level in levels] == seen
    assert access.sees(actor, "made_up") == seen[-1]
