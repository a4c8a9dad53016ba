"""Forms published, submissions received, reviewed and read back: bytes in, checked values out, nothing lost."""

from typing import TYPE_CHECKING

from toguna.kernel.core.door import door

if TYPE_CHECKING:
    from toguna.collect.arrivals import Options, Received
    from toguna.collect.loading import Preview, preview, take
    from toguna.collect.published import (
        forms,
        publish_form,
        schema_of,
        schemas,
        union_schema,
    )
    from toguna.collect.references import ReferenceRow, load_reference, reference_rows
    from toguna.collect.reviewing import review
    from toguna.collect.seen import submission_as_seen
    from toguna.collect.store.counting import CountedOperation, changed_forms, counted, entity_operations
    from toguna.collect.verifying import verify

__all__ = [
    "CountedOperation",
    "Options",
    "Preview",
    "Received",
    "ReferenceRow",
    "changed_forms",
    "counted",
    "entity_operations",
    "forms",
    "load_reference",
    "preview",
    "publish_form",
    "reference_rows",
    "review",
    "schema_of",
    "schemas",
    "submission_as_seen",
    "take",
    "union_schema",
    "verify",
]

__getattr__ = door(__name__, __file__)
