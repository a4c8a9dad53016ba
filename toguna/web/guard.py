"""What stands around every page: headers, languages, limits, and the one page that says what went wrong."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from secrets import token_hex, token_urlsafe
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation

from toguna.access.problems import ACCOUNT_DISABLED, NOT_PERMITTED
from toguna.kernel.api import LANGUAGES, Language, Problem, Refused
from toguna.web import problems
from toguna.web.core.routes import routes
from toguna.web.words import said

Answer = Callable[[HttpRequest], HttpResponse]
LANGUAGE_COOKIE = "language"
#: Everything from this server, nothing inline but what carries this answer's nonce.
POLICY = (
    "default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'nonce-{nonce}'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; manifest-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
_HEADERS = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
#: Which status tells a browser what the fault tells a person. Of a room, or of one fault; anything else is 422.
_STATUS = {
    problems.NOT_FOUND.id: 404,
    problems.METHOD_UNKNOWN.id: 405,
    problems.NOT_UNDERSTOOD.id: 400,
    problems.FORM_EXPIRED.id: 403,
    problems.TOO_LARGE.id: 413,
    problems.BROKEN.id: 500,
    NOT_PERMITTED.id: 403,
    ACCOUNT_DISABLED.id: 403,
    "collect.out_of_scope": 404,
    "collect.instance_unknown": 404,
    "publish.edition_unknown": 404,
    "publish.edition_file_unknown": 404,
    "publish.edition_is_withdrawn": 410,
    "publish.edition_file_altered": 500,
    "publish.edition_file_missing": 500,
    problems.CHECK_BUSY.id: 503,
    "instance.database_busy": 503,
    "instance.database_not_written": 503,
    "instance.content_not_written": 503,
    "revisions.lost_update": 409,
}
_RETRY_SECONDS = "5"
_MEGABYTE = 1_000_000


class Guard:
    """The outermost layer: a nonce and headers for every answer, the problem page for every refusal and every failure."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response
        self.largest = {one.name: one.most for one in routes()}

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.thread_time()
        request.nonce = token_urlsafe(16)
        response = self.get_response(request)
        if not response.has_header("Content-Security-Policy"):
            response["Content-Security-Policy"] = POLICY.format(nonce=request.nonce)
        for name, value in _HEADERS.items():
            response.setdefault(name, value)
        response["Server-Timing"] = f"cpu;dur={(time.thread_time() - began) * 1000:.1f}"
        return response

    def process_view(self, request: HttpRequest, *_: Any) -> HttpResponse | None:
        """Refuses a request that is larger than its line of the table lets it be, before anything of it is read."""
        most = self.largest.get(request.resolver_match.url_name, 1.0)
        if int(request.META.get("CONTENT_LENGTH") or 0) > most * _MEGABYTE:
            return problem_page(request, problems.TOO_LARGE.at(most=f"{most:g}"))
        return None

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The problem page of a refusal; anything else is left to Django, which calls `broken`."""
        return problem_page(request, *error.problems) if isinstance(error, Refused) else None


class LanguageChoice:
    """The language of pages: what the person chose, else what the browser likes best, else English."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(LANGUAGE_COOKIE)
        language = chosen if chosen in LANGUAGES else translation.get_language_from_request(request)
        request.language = language if language in LANGUAGES else LANGUAGES[0]
        with translation.override(request.language):
            response = self.get_response(request)
        response.setdefault("Content-Language", request.language)
        if "immutable" in response.get("Cache-Control", ""):
            return response  # a file is the same in every language and for everybody
        response["Vary"] = ", ".join(filter(None, [response.get("Vary"), "Accept-Language, Cookie"]))
        return response


def language_of(request: HttpRequest) -> Language:
    """The language of the page; English before it was chosen."""
    return getattr(request, "language", LANGUAGES[0])


def status_of(*found: Problem) -> int:
    """The status with which a browser is told of these faults."""
    return max((_STATUS.get(one.id, 422) for one in found), default=500)


def problem_page(request: HttpRequest, *found: Problem) -> HttpResponse:
    """The one page for all that goes wrong: each sentence, what to do, the id. With a status for the browser."""
    status = status_of(*found)
    language = language_of(request)
    told = [{"what": one.what(language), "cure": one.cure(language), "id": one.id} for one in found]
    title = said(f"problem_{status}" if status in (403, 404, 409, 410, 503) else "problem_other", language)
    with translation.override(language):
        response = render(request, "problem.html", {"problems": told, "title": title, "status": status}, status=status)
    response["Cache-Control"] = "no-store"
    if status == 503:
        response["Retry-After"] = _RETRY_SECONDS
    return response


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """For an address that no line of the table has, and for what is not the reader's."""
    return problem_page(request, problems.NOT_FOUND.at())


def not_permitted(request: HttpRequest, exception: Exception) -> HttpResponse:
    """For what Django or allauth refuses."""
    return problem_page(request, problems.NOT_FOUND.at())


def not_understood(request: HttpRequest, exception: Exception) -> HttpResponse:
    """For a request that Django cannot read."""
    return problem_page(request, problems.NOT_UNDERSTOOD.at())


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """For a form without its token, or with an old one."""
    return problem_page(request, problems.FORM_EXPIRED.at())


def broken(request: HttpRequest) -> HttpResponse:
    """For a failure of ours: a number for the person, the kind of failure for the log, nothing of the record that met it."""
    number, error = token_hex(4), sys.exc_info()[1]
    where = error.__traceback__ if error else None
    while where is not None and where.tb_next is not None:
        where = where.tb_next
    at = f"{where.tb_frame.f_code.co_filename.rpartition('toguna/')[2]}:{where.tb_lineno}" if where else ""
    print(f"{number} {type(error).__name__} {at}", file=sys.stderr, flush=True)
    return problem_page(request, problems.BROKEN.at(number=number))
