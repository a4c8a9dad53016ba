"""The Django app of the room `places`: its label names the tables and never changes."""

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "toguna.places.store"
    label = "places"
    default_auto_field = "django.db.models.BigAutoField"
