"""The addresses of the web application, made from ``toguna/web/routes.csv``."""

from __future__ import annotations

from toguna.web.routing import patterns

urlpatterns = patterns()
handler404 = "toguna.web.guard.not_found"
handler500 = "toguna.web.guard.broken"
handler403 = "toguna.web.guard.not_permitted"
handler400 = "toguna.web.guard.not_understood"
