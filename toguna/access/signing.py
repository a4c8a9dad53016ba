"""Signing: an account attests, with its password, what was done under its name."""

from __future__ import annotations

from toguna.access import problems
from toguna.access.accounts import require_permit, signs_in
from toguna.access.core.roles import Actor
from toguna.access.store import models
from toguna.instance.api import writing
from toguna.journal import api as journal
from toguna.kernel.api import Refused, digest


def require_signer(actor: Actor) -> None:
    """Refuses who cannot sign: the owner, and an account without a password."""
    if actor.is_owner:
        raise Refused(problems.SIGN_NAMELESS.at())
    require_permit(actor, "acts.attested")
    if not models.Account.objects.filter(name=actor.name, active=True).exclude(password="").exists():
        raise Refused(problems.PASSWORD_NONE.at(name=actor.name))


def sign(actor: Actor, password: str, until: int) -> int:
    """Attest the account's acts up to this one; returns how many. The act `acts.attested`, none when there is nothing to sign.

    Refuses who cannot sign and a wrong password; then nothing is written.
    """
    require_signer(actor)
    if signs_in(actor.name, password) is None:
        raise Refused(problems.PASSWORD_WRONG.at(name=actor.name))
    with writing(), journal.attesting("yes"):
        signed = [act for act in journal.unattested(actor.name) if act.sequence <= until]
        if signed:
            detail = {"until": until, "count": len(signed), "digest": digest([act.digest for act in signed])}
            journal.append([journal.NewAct(kind="acts.attested", subject=actor.name, detail=detail)], actor.name)
    return len(signed)
