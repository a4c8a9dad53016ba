"""What every page is framed by: the operation's name and colours, who reads, the sections that they may open."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.safestring import SafeString

from toguna.access.api import Actor, permits
from toguna.instance.api import current
from toguna.kernel.core.languages import ByLanguage
from toguna.publish.pages.drawings.signs import MARKED
from toguna.publish.pages.look import Look, read_look
from toguna.revisions.api import RevisionFiles, in_force
from toguna.web.core.routes import ANYBODY, PUBLIC, routes
from toguna.web.guard import language_of
from toguna.web.pages.built import built_folder
from toguna.web.parts.drawn import mark_of, own_mark
from toguna.web.words import said

#: The sections of the rail, by the name of their route, in order.
SECTIONS = ("overview", "figures", "arrivals", "check", "published", "journal", "people", "mfa_index")
#: Their words.
NAMES = {name: f"nav_{name}" for name in SECTIONS}


@dataclass(frozen=True, kw_only=True)
class Section:
    """One word of the rail."""

    label: str
    address: str
    is_here: bool


def shell(request: HttpRequest) -> dict[str, Any]:
    """For every template."""
    language = language_of(request)
    operation = current().operation
    look = _look(in_force().digest)
    actor: Actor | None = getattr(request, "actor", None)
    return {
        "language": language,
        "nonce": getattr(request, "nonce", ""),
        "operation_name": ByLanguage(operation.name)[language],
        "is_demonstration": operation.demonstration,
        "theme": SafeString(look.variables()),
        "own_mark": own_mark(),
        "legend": [(mark_of(basis, ""), said(f"basis_{basis}", language)) for basis in MARKED],
        "actor": actor,
        "sections": _sections(request, actor, language),
        "other_languages": [one for one in settings.LANGUAGES if one[0] != language],
        "has_built": built_folder() is not None,
        "here": request.get_full_path() if request.method == "GET" else "/",
    }


@lru_cache(maxsize=4)
def _look(digest: str) -> Look:
    """The operation's colours and typeface as of a revision of the pack."""
    return read_look(RevisionFiles(in_force()), current().cache / "look")


def _sections(request: HttpRequest, actor: Actor | None, language: str) -> list[Section]:
    if actor is None:
        return []
    acts = {one.name: one.act for one in routes()}
    now = request.resolver_match.url_name if request.resolver_match else ""
    return [
        Section(label=said(NAMES[name], language), address=reverse(name), is_here=now == name)
        for name in SECTIONS
        if acts[name] in (PUBLIC, ANYBODY) or permits(actor, acts[name])
    ]
