"""What of records and of figures an actor may see: values in, a decision out. Pure; every door that shows rows or figures asks here.

Two questions about scope. An *act* on something is within an actor's scope unless it is somebody else's (`within_scope`). To *see* a row,
or a figure's full value, it must be the actor's own: what does not say whose it is, or where it lies, is shown to nobody who is scoped.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from toguna.access.core.roles import Actor, Sight, Subject, permits, sees

#: Nothing; the value if anybody may read it in print; the value.
FigureView = Literal["none", "printable", "full"]

_CLOSE = ("confidential", "strictly_confidential")


def is_own(actor: Actor, subject: Subject) -> bool:
    """Whether the subject is the actor's organisation's and lies in one of its places; a scoped actor owns nothing that does not say so."""
    if actor.is_owner:
        return True
    if actor.organisation and subject.organisation != actor.organisation:
        return False
    return not actor.places or not set(actor.places).isdisjoint(subject.places)


def row_sight(actor: Actor, sensitivity: str, subject: Subject) -> Sight:
    """What the actor sees of a row: of another organisation's or of another place's, that there is one and no more."""
    sight = sees(actor, sensitivity)
    if is_own(actor, subject):
        return sight
    return "none" if sight == "none" else "count"


def sees_value(actor: Actor, sensitivity: str, *, is_category: bool, has_reason: bool) -> bool:
    """Whether one answer of a row that the actor sees is shown, as it is or as what it adds to a figure.

    A confidential answer is read with a reason by who may read it. Without one, an internal reader sees the categories alone.
    """
    sight = sees(actor, sensitivity)
    if sight == "all" and sensitivity in _CLOSE and not has_reason:
        sight = "categories" if permits(actor, "internal.read") else "count"
    return sight == "all" or (sight == "categories" and is_category)


def figure_view(actor: Actor, sensitivity: str, subjects: Sequence[Subject]) -> FigureView:
    """The view of a figure whose source has this sensitivity and which speaks of all these subjects: every one must be the actor's own.

    Full is for who reads internal values; what is strictly confidential is full for nobody and printable for those who know that there
    are rows. Who may not compute figures gets none.
    """
    sight = sees(actor, sensitivity)
    if not permits(actor, "figure.computed") or sight == "none":
        return "none"
    if sensitivity == "strictly_confidential" or not permits(actor, "internal.read"):
        return "printable"
    return "full" if subjects and all(is_own(actor, subject) for subject in subjects) else "printable"


def is_single_answer(actor: Actor, sensitivity: str, amounts: int | None, threshold: int) -> bool:
    """Whether a sum of money is withheld as a confidential answer: so few amounts make it up that it tells one, and the actor may read none."""
    return sees(actor, sensitivity) != "all" and sensitivity in _CLOSE and (amounts or 0) < threshold
