"""Signing in: what is ours of it. django-allauth does the rest."""
