"""Accounts, roles, scopes, sensitivity; one question: `permits(actor, act, subject)`."""

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
