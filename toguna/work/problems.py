"""The faults of this room. It has none of its own: a consumer's faults are those of its room."""

from toguna.kernel.api import Catalogue

FAULTS = Catalogue("work")
