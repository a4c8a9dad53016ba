"""Pages behind a link that somebody was handed: an invitation, or the door of a demonstration."""

from __future__ import annotations

from urllib.parse import urlsplit

from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from toguna.access.accounts import LEAST_PASSWORD
from toguna.access.api import accept_invitation as set_first_password
from toguna.access.sign_in import find_link, use_demonstration_link
from toguna.instance.api import current
from toguna.kernel.api import Refused
from toguna.web import problems
from toguna.web.core.origin import is_loopback
from toguna.web.guard import language_of
from toguna.web.sign_in.forms import NewPasswordForm


def accept_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows a form for a password, POST sets it and signs in. Refuses a link that is used or too old."""
    link = find_link(token, "invitation")
    form = NewPasswordForm(language_of(request), request.POST or None)
    if request.method == "POST" and form.is_valid():
        actor = set_first_password(token, form.cleaned_data["new"])
        return _signed_in(request, actor.name)
    shown = {"name": link.account, "form": form, "least": LEAST_PASSWORD}
    return render(request, "pages/invitation.html", shown, status=422 if form.errors else 200)


def sign_in_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows for whom the link is, POST signs in: a mail program that looks at a link does not use it up."""
    if not (current().operation.demonstration and is_loopback(_host(request))):
        raise Refused(problems.NOT_FOUND.at())
    link = find_link(token, "sign_in_link")
    if request.method == "POST":
        actor = use_demonstration_link(token)
        return _signed_in(request, actor.name)
    return render(request, "pages/demonstration.html", {"name": link.account})


def _host(request: HttpRequest) -> str:
    """The name under which the server was asked, without a port."""
    return urlsplit(f"//{request.get_host()}").hostname or ""


def _signed_in(request: HttpRequest, name: str) -> HttpResponse:
    """The overview, or the page that asks for a second factor where the account has one."""
    user = get_user_model().objects.get(name=name)
    user.backend = "allauth.account.auth_backends.AuthenticationBackend"
    return perform_login(request, Login(user=user, redirect_url="/")) or HttpResponseRedirect("/")
