"""What an organisation is: code, names, acronym, aliases, and when it held."""

from typing import TYPE_CHECKING

from toguna.kernel.core.door import door

if TYPE_CHECKING:
    from toguna.organisations.core.reading import COLUMNS, Organisation, read_organisations
    from toguna.organisations.store.queries import (
        all_organisations,
        find_organisation,
        load_organisations,
        nearest_organisation,
        organisation,
        organisations_digest,
        require_organisation,
    )

__all__ = [
    "COLUMNS",
    "Organisation",
    "all_organisations",
    "find_organisation",
    "load_organisations",
    "nearest_organisation",
    "organisation",
    "organisations_digest",
    "read_organisations",
    "require_organisation",
]

__getattr__ = door(__name__, __file__)
