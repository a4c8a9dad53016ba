"""The files that `make demo` has built, one click away from the application: of a demonstration, on this computer alone."""

from __future__ import annotations

import os
from pathlib import Path

from django.http import FileResponse, HttpRequest, HttpResponse

from toguna.instance.api import current
from toguna.kernel.api import Refused
from toguna.web import problems
from toguna.web.core.files import type_of

#: The environment variable that names the folder; `toguna serve --built` sets it.
BUILT = "TOGUNA_BUILT"
#: Pages of updates carry their own style, fonts and drawings, and no script.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; font-src data:; frame-ancestors 'none'; base-uri 'none'"


def built_folder() -> Path | None:
    """The folder, where the server was told one and the operation is a demonstration."""
    named = os.environ.get(BUILT)
    return Path(named) if named and current().operation.demonstration else None


def built(request: HttpRequest, name: str = "index.html") -> HttpResponse:
    """One of the built files. Refuses a path that is not a file below the folder."""
    folder = built_folder()
    path = (folder / name).resolve() if folder is not None else None
    if folder is None or path is None or not path.is_relative_to(folder.resolve()) or not path.is_file():
        raise Refused(problems.NOT_FOUND.at())
    response = FileResponse(path.open("rb"), content_type=type_of(path.name))
    response["Content-Security-Policy"] = POLICY
    return response
