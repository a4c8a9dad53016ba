"""The own account: roles, places, password, second factors."""

from __future__ import annotations

from allauth.mfa.models import Authenticator
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from toguna.access.api import set_password, signs_in
from toguna.instance.api import current
from toguna.kernel.core import clock
from toguna.organisations.api import organisation
from toguna.places.api import tree
from toguna.web.guard import language_of
from toguna.web.sign_in.forms import NewPasswordForm
from toguna.web.words import said


def own_account(request: HttpRequest) -> HttpResponse:
    """Who the reader is here, and how they show it."""
    language = language_of(request)
    today = clock.now().astimezone(current().operation.time_zone).date()
    places = tree(today)
    factors = list(Authenticator.objects.filter(user=request.user))
    codes = next((one for one in factors if one.type == Authenticator.Type.RECOVERY_CODES), None)
    own = organisation(request.actor.organisation, today) if request.actor.organisation else None
    shown = {
        "places": [places.name(code, language) if places.place(code) else code for code in request.actor.places],
        "organisation": own.name.get(language, own.code) if own else request.actor.organisation,
        "passkeys": sum(one.type == Authenticator.Type.WEBAUTHN for one in factors),
        "has_totp": any(one.type == Authenticator.Type.TOTP for one in factors),
        "codes": len(codes.wrap().get_unused_codes()) if codes else None,
        "has_password": bool(request.user.password),
    }
    return render(request, "pages/own.html", shown)


def change_password(request: HttpRequest) -> HttpResponse:
    """Set another password. Refuses a present one that is wrong; other sessions of the account end."""
    language = language_of(request)
    form = NewPasswordForm(language, request.POST or None, present=request.user.password)
    if request.method == "POST" and form.is_valid():
        if request.user.password and signs_in(request.actor.name, form.cleaned_data["old"]) is None:
            form.add_error("old", said("own_old_wrong", language))
        else:
            set_password(request.actor, form.cleaned_data["new"])
            request.user.refresh_from_db()
            update_session_auth_hash(request, request.user)
            return HttpResponseRedirect(reverse("mfa_index"))
    return render(request, "pages/password.html", {"form": form}, status=422 if form.errors else 200)
