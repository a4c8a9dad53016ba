"""What an account does to sign in, each an act: invitations and the links of a demonstration, passwords, sessions, second factors.

An invitation is a link to hand over: whoever opens it first chooses the account's password. The journal keeps the digest of the link's secret and
until when it holds, so that no table is needed and a used link stays used.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_urlsafe
from typing import Literal

from django.contrib.auth.hashers import make_password

from toguna.access import problems
from toguna.access.accounts import LEAST_PASSWORD, acting, require_permit, row_digest
from toguna.access.core.roles import OWNER, Actor
from toguna.access.store import models
from toguna.instance.api import current, writing
from toguna.journal import api as journal
from toguna.kernel.api import Refused
from toguna.kernel.core import clock

LinkKind = Literal["invitation", "sign_in_link"]
#: For how many hours a link holds.
HOURS: Mapping[LinkKind, int] = {"invitation": 72, "sign_in_link": 24}
_MADE: Mapping[LinkKind, str] = {"invitation": "invitation.made", "sign_in_link": "sign_in_link.made"}
_USED: Mapping[LinkKind, str] = {"invitation": "invitation.used", "sign_in_link": "sign_in_link.used"}
#: What a session or a second factor may be said to have been.
Happening = Literal[
    "session.opened",
    "session.closed",
    "passkey.added",
    "passkey.removed",
    "totp.added",
    "totp.removed",
    "recovery_codes.made",
]


@dataclass(frozen=True, kw_only=True)
class Link:
    """Whom a link is for, and until when it holds."""

    account: str
    kind: LinkKind
    until: datetime


def invite(name: str, by: Actor) -> str:
    """The secret of a new invitation for an account; earlier ones hold no longer. Refuses an account that is unknown or disabled."""
    return _make(name, "invitation", by)


def demonstration_link(name: str, by: Actor) -> str:
    """The secret of a link that signs in without a password. Refuses an operation that is no demonstration, and an account as `invite` does."""
    if not current().operation.demonstration:
        raise Refused(problems.NO_DEMONSTRATION.at())
    return _make(name, "sign_in_link", by)


def find_link(secret: str, kind: LinkKind) -> Link:
    """The link of this secret. Refuses one that is unknown, used, replaced by a newer one or too old, all with the same sentence."""
    found = _newest(secret, kind)
    if found is None or found.until <= clock.now():
        raise Refused(problems.LINK_USELESS.at())
    acting(found.account)
    return found


def accept_invitation(secret: str, password: str) -> Actor:
    """Set the password of the account that was invited; acts ``invitation.used`` and ``password.set``. Refuses as `find_link`, and a short password."""
    _require_long(password)
    with writing(), journal.attesting("yes"):
        link = find_link(secret, "invitation")
        _use(link, secret)
        _set_password(link.account, password)
    return acting(link.account)


def use_demonstration_link(secret: str) -> Actor:
    """Who signs in with the link, which then is used; the act ``sign_in_link.used``. Refuses as `find_link`."""
    with writing():
        link = find_link(secret, "sign_in_link")
        _use(link, secret)
    return acting(link.account)


def set_password(actor: Actor, password: str) -> None:
    """Give the actor's own account another password; the act ``password.set``. Refuses a short one."""
    require_permit(actor, "password.set")
    _require_long(password)
    with writing():
        _set_password(actor.name, password)


def record_happening(happening: Happening, actor: Actor, by: str = "") -> None:
    """Append what happened to the actor's session or second factors. `by` is a code: how it was shown who it is."""
    require_permit(actor, happening)
    detail = {"by": by} if by else {}
    with writing():
        journal.append([journal.NewAct(kind=happening, subject=actor.name, detail=detail)], actor.name)


def _make(name: str, kind: LinkKind, by: Actor) -> str:
    require_permit(by, _MADE[kind])
    acting(name)
    if name == OWNER:
        raise Refused(problems.OWNER_SIGNS_IN_NOWHERE.at())
    secret = token_urlsafe(32)
    until = clock.now() + timedelta(hours=HOURS[kind])
    detail = {"link": _digest(secret), "until": until.isoformat(timespec="seconds")}
    with writing():
        journal.append([journal.NewAct(kind=_MADE[kind], subject=name, detail=detail)], by.name)
    return secret


def _newest(secret: str, kind: LinkKind) -> Link | None:
    """The link, where it is its account's newest and nobody has used it."""
    own = _digest(secret)
    standing: dict[str, tuple[str, str]] = {}
    for act in journal.acts(kinds=(_MADE[kind], _USED[kind])):
        if act.kind == _MADE[kind]:
            standing[act.subject] = (act.detail["link"], act.detail["until"])
        elif standing.get(act.subject, ("",))[0] == act.detail["link"]:
            del standing[act.subject]
    for name, (digest, until) in standing.items():
        if digest == own:
            return Link(account=name, kind=kind, until=datetime.fromisoformat(until))
    return None


def _use(link: Link, secret: str) -> None:
    detail = {"link": _digest(secret)}
    journal.append([journal.NewAct(kind=_USED[link.kind], subject=link.account, detail=detail)], link.account)


def _set_password(name: str, password: str) -> None:
    account = models.Account.objects.get(name=name)
    account.password = make_password(password)
    account.save(update_fields=["password"])
    detail = {"row": row_digest(account.password, account.added_at)}
    journal.append([journal.NewAct(kind="password.set", subject=name, detail=detail)], name)


def _require_long(password: str) -> None:
    if len(password) < LEAST_PASSWORD:
        raise Refused(problems.PASSWORD_SHORT.at(length=len(password), least=LEAST_PASSWORD))


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
