"""Django's URL patterns, made from ``routes.csv``. Each view is wrapped: who asks, whether they may, how long the page may be kept."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from importlib import import_module
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path

from toguna.access.accounts import actor_of
from toguna.access.api import require_permit
from toguna.journal.api import attesting
from toguna.kernel.api import Refused
from toguna.web import problems
from toguna.web.core.routes import ANYBODY, PUBLIC, Route, routes

View = Callable[..., HttpResponse]
_KEPT = {
    "no-store": "no-store",
    "hour": "public, max-age=3600",
    # Not in caches between server and browser: what is withdrawn for somebody's safety must not go on being served there.
    "immutable": "private, max-age=31536000, immutable",
}


def patterns() -> list[URLPattern]:
    """One pattern a line of the table. Refuses (`AttributeError`) a line whose view is not there."""
    return [path(one.path, guarded(one, view_of(one)), name=one.name) for one in routes()]


def view_of(route: Route) -> View:
    """The function that the line names: below `toguna.web`, or a library's."""
    dotted = route.view if route.view.startswith("allauth.") else f"toguna.web.{route.view}"
    module, _, name = dotted.rpartition(".")
    found: View = getattr(import_module(module), name)
    return found


def guarded(route: Route, view: View) -> View:
    """The view behind the questions that its line asks."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
        if request.method not in (*route.methods, "HEAD"):
            raise Refused(problems.METHOD_UNKNOWN.at(method=request.method))
        request.route = route
        if route.act == PUBLIC:
            response = view(request, *args, **named)
        elif not request.user.is_authenticated:
            response = redirect_to_login(request.get_full_path())
        else:
            request.actor = actor_of(request.user)
            if route.act != ANYBODY:
                require_permit(request.actor, route.act)
            with attesting("yes"):
                response = view(request, *args, **named)
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = _KEPT[route.cache]
        return response

    return answer
