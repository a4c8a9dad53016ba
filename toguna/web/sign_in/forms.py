"""Forms of signing in, in our words."""

from __future__ import annotations

from typing import Any

from allauth.account.forms import LoginForm
from django import forms
from django.http import HttpRequest

from toguna.access.accounts import LEAST_PASSWORD
from toguna.kernel.api import Language
from toguna.web.guard import language_of
from toguna.web.words import said


class SignInForm(LoginForm):  # type: ignore[misc]
    """Account name and password."""

    def __init__(self, *args: Any, request: HttpRequest, **named: Any) -> None:
        super().__init__(*args, request=request, **named)
        language = language_of(request)
        self.fields["login"].label = said("account_name", language)
        self.fields["login"].widget.attrs = {"autocomplete": "username webauthn", "autocapitalize": "none"}
        self.fields["password"].label = said("password", language)
        self.fields["password"].help_text = ""
        self.fields["password"].widget.attrs.pop("placeholder", None)


class NewPasswordForm(forms.Form):  # type: ignore[misc]
    """A password, twice; the present one first where somebody has one."""

    def __init__(self, language: Language, *args: Any, present: str = "", **named: Any) -> None:
        super().__init__(*args, **named)
        self.language, self.present = language, present
        if present:
            self.fields["old"] = _password(said("own_old_password", language), "current-password")
        self.fields["new"] = _password(said("own_new_password", language), "new-password")
        self.fields["new"].min_length = LEAST_PASSWORD
        self.fields["again"] = _password(said("password_again", language), "new-password")

    def clean(self) -> dict[str, Any]:
        """Refuses two passwords that differ."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("new") != cleaned.get("again"):
            self.add_error("again", said("passwords_differ", self.language))
        return cleaned


def _password(label: str, kind: str) -> forms.CharField:
    return forms.CharField(label=label, strip=False, widget=forms.PasswordInput(attrs={"autocomplete": kind}))
