"""Signing in: by invitation alone, each step an act, nothing told to who tries names."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.contrib.auth import get_user_model
from django.test import Client

from tests.collect.storage.conftest import OWNER
from tests.web.conftest import PASSWORD
from toguna.access import api as access
from toguna.access.sign_in import demonstration_link, find_link, invite
from toguna.instance.api import Instance, current
from toguna.instance.opening import adopt_operation
from toguna.journal import api as journal
from toguna.kernel.api import Refused
from toguna.kernel.core import clock


@pytest.fixture
def awa(site: Instance) -> str:
    access.add_account("awa", ["auditor"], OWNER, password=PASSWORD)
    return "awa"


def acts(*kinds: str) -> list[tuple[str, str, str]]:
    return [(act.kind, act.subject, act.actor) for act in journal.acts(kinds=kinds)]


def sign_in(client: Client, name: str = "awa", password: str = PASSWORD) -> int:
    return client.post("/sign-in", {"login": name, "password": password}).status_code


def test_a_session_is_opened_and_closed_by_acts(awa: str) -> None:
    client = Client()
    assert sign_in(client) == 302 and client.get("/me").status_code == 200
    assert client.post("/sign-out").status_code == 302
    assert client.get("/me").status_code == 302
    assert acts("session.opened", "session.closed") == [
        ("session.opened", "awa", "awa"),
        ("session.closed", "awa", "awa"),
    ]
    [opened] = journal.acts(kinds=("session.opened",))
    assert opened.detail == {"by": "password", "attested": "yes"}


def test_an_unknown_name_and_a_wrong_password_are_told_alike(awa: str) -> None:
    pages = []
    for name, password in (("awa", "not the password"), ("nobody", PASSWORD)):
        response = Client().post("/sign-in", {"login": name, "password": password})
        assert response.status_code == 200
        pages.append(re.sub(r'(value|nonce)="[^"]*"', "", response.content.decode()))
    assert pages[0] == pages[1]
    assert acts("session.opened") == []


def test_tries_are_limited(awa: str) -> None:
    for _ in range(5):
        sign_in(Client(), password="not the password")
    page = Client().post("/sign-in", {"login": "awa", "password": PASSWORD}).content.decode()
    assert "Too many failed login attempts" in page
    assert acts("session.opened") == []


def test_nobody_signs_up(site: Instance) -> None:
    for path in ("/signup", "/accounts/signup/", "/sign-up", "/password/reset"):
        assert Client().get(path).status_code == 404


def test_an_invitation_chooses_the_password_once(site: Instance) -> None:
    access.add_account("moussa", ["reader"], OWNER)
    address = f"/invitation/{invite('moussa', OWNER)}"
    client = Client()
    assert "Welcome, moussa" in client.get(address).content.decode()
    assert client.post(address, {"new": "short", "again": "short"}).status_code == 422
    assert client.post(address, {"new": PASSWORD, "again": PASSWORD + "x"}).status_code == 422
    assert client.post(address, {"new": PASSWORD, "again": PASSWORD}).status_code == 302
    assert client.get("/me").status_code == 200
    assert sign_in(Client(), "moussa") == 302
    for method in ("get", "post"):
        response = getattr(Client(), method)(address)
        assert response.status_code == 422 and "access.link_useless" in response.content.decode()
    assert [kind for kind, *_ in acts("invitation.made", "invitation.used", "password.set")] == [
        "invitation.made",
        "invitation.used",
        "password.set",
    ]
    assert access.verify() == ()


def test_a_newer_invitation_replaces_the_older_and_both_grow_old(site: Instance) -> None:
    access.add_account("moussa", ["reader"], OWNER)
    older, newer = invite("moussa", OWNER), invite("moussa", OWNER)
    with pytest.raises(Refused):
        find_link(older, "invitation")
    assert find_link(newer, "invitation").account == "moussa"
    with pytest.raises(Refused):
        find_link(newer, "sign_in_link")
    with clock.at(clock.now() + timedelta(hours=72, seconds=1)), pytest.raises(Refused):
        find_link(newer, "invitation")
    access.disable_account("moussa", OWNER)
    with pytest.raises(Refused):
        find_link(newer, "invitation")


def test_the_journal_does_not_hold_the_secret_of_a_link(site: Instance) -> None:
    access.add_account("moussa", ["reader"], OWNER)
    secret = invite("moussa", OWNER)
    assert all(secret not in repr(act) for act in journal.acts())


def test_a_link_of_a_demonstration_signs_in_once_on_this_computer(awa: str) -> None:
    address = f"/demonstration/{demonstration_link('awa', OWNER)}"
    client = Client(HTTP_HOST="localhost:8000")
    assert Client().post(address).status_code == 404, "another name than this computer's"
    assert client.get(address).status_code == 200
    assert client.post(address).status_code == 302 and client.get("/me").status_code == 200
    assert Client(HTTP_HOST="localhost:8000").post(address).status_code == 422
    assert acts("sign_in_link.made", "sign_in_link.used") == [
        ("sign_in_link.made", "awa", "owner"),
        ("sign_in_link.used", "awa", "awa"),
    ]


def test_an_operation_that_is_no_demonstration_has_no_such_links(awa: str) -> None:
    secret = demonstration_link("awa", OWNER)
    operation = current().operation
    adopt_operation(type(operation)(**{**vars(operation), "demonstration": False}))
    with pytest.raises(Refused, match="not a demonstration"):
        demonstration_link("awa", OWNER)
    assert Client(HTTP_HOST="localhost:8000").post(f"/demonstration/{secret}").status_code == 404


def test_a_second_factor_is_asked_and_each_change_of_it_is_an_act(awa: str) -> None:
    client = Client()
    sign_in(client)
    assert client.get("/me/authenticator")["Location"].startswith("/sign-in/again"), "not on the strength of a session"
    assert client.post("/sign-in/again", {"password": PASSWORD}).status_code == 302
    page = client.get("/me/authenticator").content.decode()
    secret = re.search(r'value="([A-Z2-7]{32})"', page)
    assert secret is not None
    assert client.post("/me/authenticator", {"code": _code(secret[1])}).status_code == 302
    kept = Authenticator.objects.get(type=Authenticator.Type.TOTP).data["secret"]
    assert secret[1] not in str(kept), "what the database holds gives no codes"
    again = Client()
    assert sign_in(again) == 302 and again.get("/me").status_code == 302, "the password alone opens nothing"
    assert len(acts("session.opened")) == 1
    codes = Authenticator.objects.get(type=Authenticator.Type.RECOVERY_CODES).wrap().get_unused_codes()
    assert again.post("/sign-in/second", {"code": codes[0]}).status_code == 302
    assert again.get("/me").status_code == 200
    assert client.post("/me/authenticator/remove").status_code == 302
    assert [kind for kind, *_ in acts("totp.added", "totp.removed", "recovery_codes.made")] == [
        "totp.added",
        "recovery_codes.made",
        "totp.removed",
    ]
    assert access.verify() == ()


def _code(secret: str) -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return str(format_hotp_value(hotp_value(secret, counter)))


def test_a_password_is_changed_with_the_present_one_and_other_sessions_end(awa: str) -> None:
    client, elsewhere = Client(), Client()
    sign_in(client)
    sign_in(elsewhere)
    new = {"new": "four other loose words", "again": "four other loose words"}
    assert client.post("/me/password", {"old": "wrong", **new}).status_code == 422
    assert client.post("/me/password", {"old": PASSWORD, **new}).status_code == 302
    assert client.get("/me").status_code == 200 and elsewhere.get("/me").status_code == 302
    assert access.signs_in("awa", "four other loose words") is not None and access.verify() == ()


def test_a_password_set_behind_the_journals_back_is_found(awa: str) -> None:
    account = get_user_model().objects.get(name="awa")
    account.set_password("an intruder's password")
    account.save()
    assert [problem.id for problem in access.verify()] == ["access.account_untold"]


def test_who_may_invite(site: Instance, awa: str) -> None:
    for made in (invite, demonstration_link):
        with pytest.raises(Refused, match="may not"):
            made("awa", access.acting("awa"))
        with pytest.raises(Refused):
            made("nobody", OWNER)
        with pytest.raises(Refused):
            made("owner", OWNER)
