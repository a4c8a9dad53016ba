"""Entities: versions folded from submissions, conflicts, what waits; read as known at any sequence."""

from typing import TYPE_CHECKING

from toguna.kernel.core.door import door

if TYPE_CHECKING:
    from toguna.registry.core.folding import Version
    from toguna.registry.deciding import require_approval, resolve
    from toguna.registry.lists import Property, entity_lists, list_properties, list_schema
    from toguna.registry.store.queries import fold, rebuild
    from toguna.registry.store.reading import (
        Entity,
        Known,
        Waiting,
        conflicts,
        entities,
        entity,
        folded,
        history,
        known,
        waiting,
    )
    from toguna.registry.verifying import verify

__all__ = [
    "Entity",
    "Known",
    "Property",
    "Version",
    "Waiting",
    "conflicts",
    "entities",
    "entity",
    "entity_lists",
    "fold",
    "folded",
    "history",
    "known",
    "list_properties",
    "list_schema",
    "rebuild",
    "require_approval",
    "resolve",
    "verify",
    "waiting",
]

__getattr__ = door(__name__, __file__)
