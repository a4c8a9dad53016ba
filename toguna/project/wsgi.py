"""The WSGI application of the instance that ``TOGUNA_HOME`` names; `toguna serve` has its server load it by name."""

from __future__ import annotations

import os
from pathlib import Path

from toguna.instance.settings import DEFAULT_HOME, HOME
from toguna.web.api import application_of

application = application_of(Path(os.environ.get(HOME) or DEFAULT_HOME))
