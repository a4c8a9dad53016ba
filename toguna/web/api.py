"""The web application: pages over the opened instance, which decide nothing and store nothing of the operation."""

from typing import TYPE_CHECKING

from toguna.kernel.core.door import door

if TYPE_CHECKING:
    from toguna.web.serving import application_of, serve

__all__ = ["application_of", "serve"]

__getattr__ = door(__name__, __file__)
