"""What a place is: code, names, aliases, and where it lies on a day."""

from typing import TYPE_CHECKING

from toguna.kernel.core.door import door

if TYPE_CHECKING:
    from toguna.places.core.reading import COLUMNS, read_places
    from toguna.places.core.tree import Place, Span, Tree, spans, tree_on
    from toguna.places.store.queries import (
        all_places,
        load_places,
        nearest_place,
        place_spans,
        places_digest,
        require_place,
        tree,
        trees,
        verify,
    )

__all__ = [
    "COLUMNS",
    "Place",
    "Span",
    "Tree",
    "all_places",
    "load_places",
    "nearest_place",
    "place_spans",
    "places_digest",
    "read_places",
    "require_place",
    "spans",
    "tree",
    "tree_on",
    "trees",
    "verify",
]

__getattr__ = door(__name__, __file__)
