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

__all__ = [
    "OWNER",
    "Actor",
    "Listed",
    "Subject",
    "acting",
    "add_account",
    "disable_account",
    "list_accounts",
    "permits",
    "require_permit",
    "rights",
    "sees",
    "signs_in",
    "verify",
    "within_scope",
]

__getattr__ = door(__name__, __file__)
