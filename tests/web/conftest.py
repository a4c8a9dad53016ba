"""A small operation with records of two places and two organisations, and an account for every role in each of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.test import Client

from tests.collect.storage.conftest import OWNER, xml
from tests.collect.submissions.forms import NOW
from tests.figures.test_opened import opened, take
from toguna.access.api import OWNER as OWNERS_ROLE
from toguna.access.api import Actor, acting, add_account, rights
from toguna.instance.api import Instance
from toguna.kernel.core import clock
from toguna.organisations.api import load_organisations
from toguna.pack.consumers import catch_up

__all__ = ["opened"]

ROLES = tuple(role for role in rights().roles if role != OWNERS_ROLE)
#: Accounts may act everywhere, or in the place and for the organisation of the records, or in another.
SCOPES = {"all": (None, ()), "own": ("wellwater", ("ML07",)), "foreign": ("otherwater", ("ML05",))}
PASSWORD = "four unconnected words"


def account(role: str, scope: str) -> str:
    """The name of the account of a role in a scope."""
    return f"{role}.{scope}"


@pytest.fixture
def site(opened: Instance, monkeypatch: pytest.MonkeyPatch) -> Instance:
    """The instance, caught up, with its accounts; nothing is kept of tries to sign in."""
    cache.clear()
    monkeypatch.setattr(settings, "ALLOWED_HOSTS", ["testserver", "localhost"])
    with clock.at(NOW - timedelta(days=2)):
        load_organisations([{"code": code, "name_en": code.title()} for code in ("wellwater", "otherwater")])
    take(xml("uuid:1", women=300, place="ML07"), xml("uuid:2", women=5, place="ML05"))
    assert [outcome.error for outcome in catch_up()] == [None, None]
    return opened


@pytest.fixture
def accounts(site: Instance) -> dict[str, Actor]:
    """By name, the account of every role in every scope."""
    for role in ROLES:
        for scope, (organisation, places) in SCOPES.items():
            add_account(account(role, scope), [role], OWNER, organisation=organisation, scope=places)
    return {name: acting(name) for role in ROLES for name in (account(role, scope) for scope in SCOPES)}


@pytest.fixture
def browser_of() -> Callable[[str], Client]:
    """A browser in which this account has signed in; forms are sent without their token."""

    def signed_in(name: str) -> Client:
        client = Client(raise_request_exception=False)
        client.force_login(get_user_model().objects.get(name=name))
        return client

    return signed_in
