"""The Django app of the room `figures`: its label names the tables and never changes."""

from django.apps import AppConfig


class FiguresConfig(AppConfig):
    name = "toguna.figures.store"
    label = "figures"
    default_auto_field = "django.db.models.BigAutoField"
