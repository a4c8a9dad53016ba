"""Every address for every role, with its own and a foreign organisation and place, signed in, disabled and not at all.

What is expected is computed from the table of rights, never typed. A new line of ``routes.csv`` is walked without a change here, unless its
address names something: then `EXAMPLES` says what there is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.collect.storage.conftest import OWNER
from tests.web.conftest import SCOPES
from toguna.access.api import Actor, add_account, disable_account, permits
from toguna.access.sign_in import demonstration_link, invite
from toguna.instance.api import Instance
from toguna.journal import api as journal
from toguna.web.core.routes import ANYBODY, PUBLIC, Route, read_routes, routes

#: What an address names: the figures of the small operation, a link that nobody has made.
EXAMPLES: Mapping[str, Mapping[str, Any]] = {
    "figure": {"indicator": "attended"},
    "figure_rows": {"indicator": "attended"},
    "arrival": {"arrival_id": "a00000000000"},
    "arrival_file": {"arrival_id": "a00000000000"},
    "arrival_back": {"arrival_id": "a00000000000"},
    "edition": {"edition_id": "none-such"},
    "edition_file": {"edition_id": "none-such", "name": "update.pdf"},
    "demonstration": {"token": "nobody-made-this"},
    "invitation": {"token": "nobody-made-this"},
    "mfa_remove_webauthn": {"pk": 1},
    "mfa_edit_webauthn": {"pk": 1},
    "built_file": {"name": "index.html"},
}


def address(route: Route) -> str:
    return str(reverse(route.name, kwargs=EXAMPLES.get(route.name)))


def outcome(client: Client, route: Route, method: str) -> str:
    """What came of it: asked to sign in, refused, or whatever the page itself says."""
    response = client.generic(method, address(route))
    if response.status_code == 302 and response["Location"].startswith("/sign-in?next="):
        return "sign in"
    assert response.status_code < 500, (route.path, method, response.status_code)
    return "refused" if response.status_code == 403 else "answered"


def expected(route: Route, actor: Actor | None) -> str:
    if route.act == PUBLIC:
        return "answered"
    if actor is None:
        return "sign in"
    return "answered" if route.act == ANYBODY or permits(actor, route.act) else "refused"


@pytest.mark.slow
def test_every_address_for_every_role_and_scope(
    accounts: Mapping[str, Actor], browser_of: Callable[[str], Client]
) -> None:
    wrong = {}
    for name, actor in accounts.items():
        for route in routes():
            client = browser_of(name)
            found = outcome(client, route, "GET" if "GET" in route.methods else "POST")
            if found != expected(route, actor):
                wrong[name, route.path] = (found, expected(route, actor))
    assert wrong == {}
    assert len(accounts) == 10 * len(SCOPES)


def test_who_has_not_signed_in_sees_what_is_public_alone(site: Instance) -> None:
    for route in routes():
        for method in route.methods:
            assert outcome(Client(raise_request_exception=False), route, method) == expected(route, None), route.path


def test_a_disabled_account_is_out_at_its_next_request(
    accounts: Mapping[str, Actor], browser_of: Callable[[str], Client]
) -> None:
    name = "auditor.all"
    client = browser_of(name)
    assert client.get("/me").status_code == 200
    disable_account(name, OWNER)
    for route in routes():
        assert outcome(client, route, route.methods[0]) == expected(route, None), route.path


def test_a_view_that_writes_is_not_run_by_looking(site: Instance) -> None:
    """GET of every public address appends nothing: a mail program that looks at a link uses nothing up."""
    reader = "awa"
    add_account(reader, ["reader"], OWNER)
    tokens = {"demonstration": demonstration_link(reader, OWNER), "invitation": invite(reader, OWNER)}
    before = journal.head()
    for route in routes():
        if "GET" in route.methods and route.act == PUBLIC:
            named = {"token": tokens[route.name]} if route.name in tokens else EXAMPLES.get(route.name)
            Client(raise_request_exception=False).get(reverse(route.name, kwargs=named), HTTP_HOST="localhost:8000")
    assert journal.head() == before


@pytest.mark.parametrize(
    "broken",
    [
        {"act": "nothing.known"},
        {"act": PUBLIC, "log_in": "yes"},
        {"act": "figure.computed", "log_in": "no"},
        {"methods": "PUT"},
        {"methods": ""},
        {"cache": "for ever"},
    ],
)
def test_a_line_that_cannot_be_meant_is_refused(broken: dict[str, str]) -> None:
    line = {
        "path": "/x", "name": "x", "view": "pages.x.x", "act": "figure.computed", "subject": "", "methods": "GET",
        "log_in": "yes", "cache": "no-store", "most": "",
    }  # fmt: skip
    assert read_routes([line])[0].path == "x"
    with pytest.raises(ValueError, match="/x"):
        read_routes([{**line, **broken}])
    with pytest.raises(ValueError, match="two lines"):
        read_routes([line, {**line, "path": "/y"}])
