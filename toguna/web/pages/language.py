"""The language of pages, kept in a cookie of the browser."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme

from toguna.kernel.api import LANGUAGES, Refused
from toguna.web import problems
from toguna.web.guard import LANGUAGE_COOKIE

_YEAR = 365 * 24 * 3600


def choose(request: HttpRequest) -> HttpResponse:
    """Keep the language and go back to the page. Refuses a language that pages are not written in."""
    language, back = request.POST.get("language", ""), request.POST.get("next", "/")
    if language not in LANGUAGES:
        raise Refused(problems.NOT_UNDERSTOOD.at())
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = "/"
    response = HttpResponseRedirect(back)
    response.set_cookie(
        LANGUAGE_COOKIE,
        language,
        max_age=_YEAR,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return response
