"""Accounts, roles, scopes, sensitivity; one question: `permits(actor, act, subject)`."""

from typing import TYPE_CHECKING

from toguna.kernel.core.door import door

if TYPE_CHECKING:
    from toguna.access.accounts import (
        Listed,
        acting,
        add_account,
        disable_account,
        list_accounts,
        require_permit,
        signs_in,
        verify,
    )
    from toguna.access.core.roles import OWNER, Actor, Subject, permits, rights, sees, within_scope
    from toguna.access.sign_in import accept_invitation, demonstration_link, invite, set_password

__all__ = [
    "OWNER",
    "Actor",
    "Listed",
    "Subject",
    "accept_invitation",
    "acting",
    "add_account",
    "demonstration_link",
    "disable_account",
    "invite",
    "list_accounts",
    "permits",
    "require_permit",
    "rights",
    "sees",
    "set_password",
    "signs_in",
    "verify",
    "within_scope",
]

__getattr__ = door(__name__, __file__)
