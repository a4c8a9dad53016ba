"""What django-allauth asks of us: nobody signs up alone, secrets are kept encrypted, and what happens is an act of the journal."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_reset
from cryptography.fernet import Fernet
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest
from django.urls import reverse

from toguna.access.accounts import actor_of
from toguna.access.sign_in import Happening, record_happening
from toguna.instance.api import current
from toguna.journal.api import attesting
from toguna.kernel.core.languages import ByLanguage

#: The name of the instance's secret with which those of second factors are encrypted.
_SECRET = "second_factor"
_ADDED: dict[str, Happening] = {
    Authenticator.Type.WEBAUTHN: "passkey.added",
    Authenticator.Type.TOTP: "totp.added",
    Authenticator.Type.RECOVERY_CODES: "recovery_codes.made",
}
_REMOVED: dict[str, Happening] = {
    Authenticator.Type.WEBAUTHN: "passkey.removed",
    Authenticator.Type.TOTP: "totp.removed",
}


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts come by invitation; a password is set by our own verb."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """The own account."""
        return str(reverse("mfa_index"))

    def get_client_ip(self, request: HttpRequest) -> str:
        """Behind a proxy on this computer the address that it names, which tries are counted by."""
        near = str(request.META.get("REMOTE_ADDR") or "127.0.0.1")
        named = request.META.get("HTTP_X_REAL_IP", "")
        return str(named) if named and near.startswith(("127.", "::1")) and request.is_secure() else near


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Second factors."""

    def encrypt(self, text: str) -> str:
        """With a secret of the instance, so that a copy of the database alone gives no codes."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """What `encrypt` made."""
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def get_totp_issuer(self) -> str:
        """How an authenticator application lists the account."""
        return f"Toguna {ByLanguage(current().operation.name)['en']}"

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """As allauth has it, under the operation's name."""
        return {**super().get_public_key_credential_rp_entity(), "name": self.get_totp_issuer()}


def _cipher() -> Fernet:
    return Fernet(urlsafe_b64encode(current().secret(_SECRET)))


@receiver(user_logged_in)
def session_opened(request: HttpRequest, user: Any, **_: Any) -> None:
    """The act `session.opened`, with how it was shown who it is."""
    shown = [str(one.get("type") or one["method"]) for one in get_authentication_records(request, user)]
    _record("session.opened", user, "+".join(dict.fromkeys(shown)) or "link")


@receiver(user_logged_out)
def session_closed(request: HttpRequest, user: Any, **_: Any) -> None:
    """The act `session.closed`, where somebody was signed in."""
    if user is not None and user.active:
        _record("session.closed", user)


@receiver([authenticator_added, authenticator_reset])
def factor_added(user: Any, authenticator: Authenticator, **_: Any) -> None:
    """The act of the kind of factor."""
    _record(_ADDED[authenticator.type], user)


@receiver(authenticator_removed)
def factor_removed(user: Any, authenticator: Authenticator, **_: Any) -> None:
    """The act of the kind of factor; recovery codes go with the last of the others."""
    if authenticator.type in _REMOVED:
        _record(_REMOVED[authenticator.type], user)


def _record(happening: Happening, user: Any, by: str = "") -> None:
    with attesting("yes"):
        record_happening(happening, actor_of(user), by)
