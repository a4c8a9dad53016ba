"""The addresses of the web application. None yet: its pages come with the room `web`."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
