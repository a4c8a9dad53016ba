"""The threshold of a confidential figure lifted by the role that its definition names: the act `figure.released`."""

from __future__ import annotations

from collections.abc import Mapping

from toguna.access.api import Actor, Subject, require_permit
from toguna.access.core.policy import figure_view
from toguna.figures.core.definition import Indicator
from toguna.figures.problems import FAULTS
from toguna.instance.api import current, writing
from toguna.journal import api as journal
from toguna.journal.api import NewAct
from toguna.kernel.api import Refused


def release(indicator: Indicator, actor: Actor) -> None:
    """Journal that this indicator may be printed below its threshold, for the reason that its definition gives.

    Refuses an indicator without the key `release`, an actor without the role that it names, and one who acts for a part of the operation:
    what is released is printed for all of it. Once released stays released as
    long as the definition is the same: a changed definition has to be released again.
    """
    require_permit(actor, "figure.released")
    if indicator.release is None:
        raise Refused(FAULTS["release_none"].at(indicator.at, indicator=indicator.id))
    if indicator.release.by not in actor.roles and not actor.is_owner:
        raise Refused(
            FAULTS["release_role"].at(indicator.at, indicator=indicator.id, role=indicator.release.by, actor=actor.name)
        )
    whole = (Subject(places=(current().operation.place,)),)
    if figure_view(actor, indicator.sensitivity, whole) != "full":
        raise Refused(FAULTS["release_scope"].at(indicator.at, indicator=indicator.id, actor=actor.name))
    detail = {"definition": indicator.digest, "reason": indicator.release.reason}
    with writing():
        journal.append([NewAct(kind="figure.released", subject=indicator.id, detail=detail)], actor.name)


def released(indicators: Mapping[str, Indicator]) -> frozenset[str]:
    """The indicators whose present definition has been released."""
    found = set()
    for act in journal.acts(kinds=("figure.released",)):
        indicator = indicators.get(act.subject)
        if indicator is not None and act.detail.get("definition") == indicator.digest:
            found.add(indicator.id)
    return frozenset(found)
