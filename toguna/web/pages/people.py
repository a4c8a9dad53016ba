"""Who has an account here, with which roles and where; and what each role may open."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from toguna.access.api import OWNER, Listed, list_accounts, rights
from toguna.instance.api import current
from toguna.kernel.api import Language
from toguna.kernel.core import clock
from toguna.places.api import Tree, tree
from toguna.web.core.routes import ANYBODY, PUBLIC, routes
from toguna.web.guard import language_of
from toguna.web.parts.shell import NAMES, SECTIONS
from toguna.web.parts.table import Cell, Column, Listing
from toguna.web.words import said


@dataclass(frozen=True, kw_only=True)
class MatrixLine:
    """One section of the application, and whether each role may open it."""

    label: str
    may: tuple[bool, ...]


def people(request: HttpRequest) -> HttpResponse:
    """Accounts and the matrix of rights."""
    language = language_of(request)
    places = tree(clock.now().astimezone(current().operation.time_zone).date())
    words = ("person_name", "own_roles", "own_organisation", "own_places", "person_state")
    table = Listing(
        columns=[Column(label=said(word, language)) for word in words],
        rows=[_cells(one, places, language) for one in list_accounts()],
        label=said("nav_people", language),
    )
    roles = [role for role in rights().roles if role != OWNER]
    shown = {
        "table": table,
        "roles": [said(f"role_{role}", language) for role in roles],
        "matrix": _matrix(roles, language),
    }
    return render(request, "pages/people.html", shown)


def _cells(one: Listed, places: Tree, language: Language) -> list[Cell]:
    named = [places.name(code, language) if places.place(code) else code for code in one.places]
    state = "person_disabled" if not one.active else "person_signs_in" if one.may_sign_in else "person_invited"
    return [
        Cell(text=one.name),
        Cell(text=", ".join(said(f"role_{role}", language) for role in one.roles)),
        Cell(text=one.organisation or said("own_any", language)),
        Cell(text=", ".join(named) or said("own_everywhere", language)),
        Cell(text=said(state, language)),
    ]


def _matrix(roles: list[str], language: Language) -> list[MatrixLine]:
    acts = {one.name: one.act for one in routes()}
    return [
        MatrixLine(
            label=said(NAMES[name], language),
            may=tuple(acts[name] in (PUBLIC, ANYBODY) or role in rights().by_act[acts[name]] for role in roles),
        )
        for name in SECTIONS
    ]
