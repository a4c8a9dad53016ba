"""Accounts, roles, scopes, sensitivity; one question: `permits(actor, act, subject)`."""
