"""Accounts: added, listed, disabled, each change an act. A name is never given to somebody else."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.hashers import check_password, make_password

from toguna.access import problems
from toguna.access.core.roles import OWNER, Actor, Subject, permits, rights
from toguna.access.store import models
from toguna.instance.api import current, writing
from toguna.journal import api as journal
from toguna.kernel.api import Problem, Refused, digest, nearest
from toguna.kernel.core import clock
from toguna.organisations import api as organisations
from toguna.places import api as places

_NAME = re.compile(r"[a-z][a-z0-9._-]{0,59}")
#: Characters of the shortest password.
LEAST_PASSWORD = 12


@dataclass(frozen=True, kw_only=True)
class Listed:
    """One account, as it is listed."""

    name: str
    roles: tuple[str, ...]
    organisation: str
    places: tuple[str, ...]
    active: bool
    may_sign_in: bool
    added_at: datetime


def acting(name: str | None) -> Actor:
    """The actor of that name; the instance's owner when none is given. Refuses an account that is unknown or disabled."""
    if name is None or name == OWNER:
        return Actor(name=OWNER, roles=(OWNER,), is_owner=True)
    account = models.Account.objects.filter(name=name).first()
    if account is None:
        raise Refused(_unknown(name))
    if not account.active:
        raise Refused(problems.ACCOUNT_DISABLED.at(name=name))
    return _actor(account)


def actor_of(account: models.Account) -> Actor:
    """The actor that an account which has shown who it is acts as. Refuses one that is disabled."""
    if not account.active:
        raise Refused(problems.ACCOUNT_DISABLED.at(name=account.name))
    return _actor(account)


def require_permit(actor: Actor, act: str, subject: Subject | None = None) -> None:
    """Refuses what `permits` would not allow, and names the roles that may."""
    if permits(actor, act, subject):
        return
    scoped = subject is not None and permits(actor, act)
    raise Refused(
        problems.NOT_PERMITTED.at(
            name=actor.name,
            act=act,
            where=" outside its organisation and places" if scoped else "",
            where_fr=" hors de son organisation et de ses lieux" if scoped else "",
            roles=", ".join(role for role in rights().roles if role in rights().by_act[act]),
        )
    )


def add_account(
    name: str,
    roles: Collection[str],
    by: Actor,
    *,
    organisation: str | None = None,
    scope: Collection[str] = (),
    password: str | None = None,
) -> Actor:
    """A new account; the act `user.added`. Refuses, with every fault at once, a name that is taken and roles, places or organisations unknown."""
    require_permit(by, "user.added")
    with writing():
        faults = _faults(name, roles, organisation, password)
        codes, place_faults = _codes(scope)
        if faults or place_faults:
            raise Refused(*faults, *place_faults)
        account = models.Account(
            name=name,
            organisation=organisation or "",
            password=make_password(password) if password else "",
            active=True,
            added_at=clock.now(),
        )
        account.save(force_insert=True)
        ordered = [role for role in rights().roles if role in roles]
        models.Grant.objects.bulk_create([models.Grant(account=account, role=role) for role in ordered])
        models.Scope.objects.bulk_create([models.Scope(account=account, place=code) for code in codes])
        detail = {"roles": ordered, "organisation": organisation or "", "places": list(codes)}
        detail["row"] = row_digest(account.password, account.added_at)
        journal.append([journal.NewAct(kind="user.added", subject=name, detail=detail)], by.name)
    return _actor(account)


def disable_account(name: str, by: Actor) -> None:
    """The account acts no more; the act `user.disabled`. One that is disabled already stays so, without an act. Refuses one unknown."""
    require_permit(by, "user.disabled")
    with writing():
        account = models.Account.objects.filter(name=name).first()
        if account is None:
            raise Refused(_unknown(name))
        if account.active:
            account.active = False
            account.save(update_fields=["active"])
            journal.append([journal.NewAct(kind="user.disabled", subject=name)], by.name)


def list_accounts() -> list[Listed]:
    """Every account, by name; disabled ones too."""
    found = models.Account.objects.order_by("name").prefetch_related("grants", "scopes")
    return [
        Listed(
            name=account.name,
            roles=_actor(account).roles,
            organisation=account.organisation,
            places=_actor(account).places,
            active=account.active,
            may_sign_in=bool(account.password) and account.active,
            added_at=account.added_at,
        )
        for account in found
    ]


def signs_in(name: str, password: str) -> Actor | None:
    """The actor, if the password is the account's; the answer takes as long when there is no such account."""
    account = models.Account.objects.filter(name=name, active=True).exclude(password="").first()
    if account is None:
        make_password(password)
        return None
    return _actor(account) if check_password(password, account.password) else None


def verify() -> tuple[Problem, ...]:
    """Accounts that are not what the acts `user.added`, `user.disabled` and `password.set` made them: written behind the journal's back.

    An act of an older Toguna does not hold the digest of the password: it was attested at migration.
    """
    told: dict[str, tuple[object, ...]] = {}
    rows: dict[str, str] = {}
    for act in journal.acts(kinds=("user.added", "user.disabled", "password.set")):
        if act.kind == "password.set":
            rows[act.subject] = act.detail["row"]
        elif act.kind == "user.added":
            detail = act.detail
            told[act.subject] = (tuple(detail["roles"]), detail["organisation"], tuple(sorted(detail["places"])), True)
            rows[act.subject] = detail.get("row", "")
        elif act.subject in told:
            told[act.subject] = (*told[act.subject][:-1], False)
    kept = {one.name: (one.roles, one.organisation, one.places, one.active) for one in list_accounts()}
    written = models.Account.objects.values_list("name", "password", "added_at")
    changed = {name for name, *row in written if rows.get(name) and rows[name] != row_digest(*row)}
    found = {name: _difference(told.get(name), kept.get(name)) for name in sorted(told.keys() | kept.keys())}
    kinds = {name: kind or ("changed" if name in changed else None) for name, kind in found.items()}
    return tuple(
        problems.UNTOLD.at(name=name, what=_DIFFERENCES[kind][0], what_fr=_DIFFERENCES[kind][1])
        for name, kind in kinds.items()
        if kind is not None
    )


def row_digest(password: str, added_at: datetime) -> str:
    """What an act holds of the row beside roles, organisation and places. The password is an Argon2 hash with its salt."""
    return digest([password, added_at])


#: How an account may differ from its acts, in English and French.
_DIFFERENCES = {
    "added": ("no act added it", "aucun acte ne l'a ajouté"),
    "gone": ("it is gone", "il a disparu"),
    "changed": (
        "its roles, scope, password or state differ",
        "ses rôles, sa portée, son mot de passe ou son état diffèrent",
    ),
}


def _difference(told: tuple[object, ...] | None, kept: tuple[object, ...] | None) -> str | None:
    if told == kept:
        return None
    return "added" if told is None else "gone" if kept is None else "changed"


def _actor(account: models.Account) -> Actor:
    held = {grant.role for grant in account.grants.all()}
    return Actor(
        name=account.name,
        roles=tuple(role for role in rights().roles if role in held),
        organisation=account.organisation or None,
        places=tuple(sorted(scope.place for scope in account.scopes.all())),
    )


def _faults(name: str, roles: Collection[str], organisation: str | None, password: str | None) -> list[Problem]:
    known = [role for role in rights().roles if role != OWNER]
    found: list[Problem] = []
    if not _NAME.fullmatch(name):
        found.append(problems.NAME_BROKEN.at(name=name))
    elif name == OWNER or models.Account.objects.filter(name=name).exists():
        found.append(problems.ACCOUNT_TAKEN.at(name=name))
    if not roles:
        found.append(problems.NO_ROLE.at(name=name, roles=", ".join(known)))
    for role in roles:
        if role not in known:
            near = nearest(role, known)
            found.append(
                problems.ROLE_UNKNOWN.at(role=role, near=f" ({near}?)" if near else "", roles=", ".join(known))
            )
    if organisation:
        try:
            organisations.require_organisation(organisation)
        except Refused as refused:
            found += refused.problems
    if password is not None and len(password) < LEAST_PASSWORD:
        found.append(problems.PASSWORD_SHORT.at(length=len(password), least=LEAST_PASSWORD))
    return found


def _codes(scope: Collection[str]) -> tuple[tuple[str, ...], list[Problem]]:
    today = clock.now().astimezone(current().operation.time_zone).date()
    codes: list[str] = []
    found: list[Problem] = []
    for word in dict.fromkeys(scope):
        try:
            codes.append(places.require_place(word, today).code)
        except Refused as refused:
            found += refused.problems
    return tuple(codes), found


def _unknown(name: str) -> Problem:
    near = nearest(name, [account.name for account in models.Account.objects.only("name")])
    return problems.ACCOUNT_UNKNOWN.at(name=name, near=f" ({near}?)" if near else "")
