"""Whether the server answers and its database can be read: for a monitor, without a word of what it holds."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse

from toguna.figures.opened import synced
from toguna.journal.api import head


def health(request: HttpRequest) -> HttpResponse:
    """200 while the journal can be read. `behind`: whether figures have still to follow the newest acts."""
    return JsonResponse({"status": "ok", "behind": head().sequence != synced()})
