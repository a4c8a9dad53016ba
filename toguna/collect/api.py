"""Forms published, submissions received, reviewed and read back: bytes in, checked values out, nothing lost."""

from toguna.collect.published import (
    Published,
    PublishedForm,
    forms,
    publish_form,
    schema_of,
    schemas,
    union_schema,
)
from toguna.collect.receiving import receive
from toguna.collect.references import ReferenceRow, load_reference, reference_rows
from toguna.collect.reviewing import review
from toguna.collect.seen import Seen, submission_as_seen
from toguna.collect.store.counting import Counted, CountedOperation, changed_forms, counted, entity_operations
from toguna.collect.verifying import verify

__all__ = [
    "Counted",
    "CountedOperation",
    "Published",
    "PublishedForm",
    "ReferenceRow",
    "Seen",
    "changed_forms",
    "counted",
    "entity_operations",
    "forms",
    "load_reference",
    "publish_form",
    "receive",
    "reference_rows",
    "review",
    "schema_of",
    "schemas",
    "submission_as_seen",
    "union_schema",
    "verify",
]
