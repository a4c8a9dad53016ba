"""An office file opened for the readers: the kernel's `Package` within this room's limits, its refusals in this room's words."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from toguna.check import problems as fault
from toguna.kernel.api import Place, Refused
from toguna.kernel.core.ooxml import BrokenPackage, DoctypeDeclared, Limits, NestedTooDeep, Package, PackageTooLarge

MOST_LEVELS = 256
_LIMITS = Limits(parts=3_000, unpacked=100_000_000, closed=frozenset({"media", "embeddings", "fonts", "Pictures"}))


def open_package(content: bytes) -> Package:
    """The package. Pictures are never unpacked. Raises `BrokenPackage` and `PackageTooLarge`: see `refusals`."""
    return Package(content, _LIMITS)


@contextlib.contextmanager
def refusals(name: str) -> Iterator[None]:
    """Turns what is raised of a damaged or hostile package into a `Refused` that names the file."""
    here = Place(file=name)
    try:
        yield
    except PackageTooLarge as error:
        raise Refused(fault.WORD_BOMB.at(here, size=error.unpacked // 1_000_000, parts=error.parts)) from error
    except DoctypeDeclared as error:
        raise Refused(fault.XML_DOCTYPE.at(here)) from error
    except NestedTooDeep as error:
        raise Refused(fault.TOO_DEEP.at(here, most=MOST_LEVELS)) from error
    except BrokenPackage as error:
        english, french = f"it cannot be read ({error})", f"il ne se lit pas ({error})"
        raise Refused(fault.WORD_BROKEN.at(here, reason=english, reason_fr=french)) from error
