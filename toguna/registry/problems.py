"""The faults of entities: why an operation waits, and what a person asked wrongly."""

from collections.abc import Mapping

from toguna.kernel.api import Catalogue, Fault

FAULTS = Catalogue("registry")

NO_ENTITY = FAULTS.warning(
    "no_entity",
    "Submission {instance_id} updates entity {entity_id} of {list}, which does not exist yet.",
    "It is applied when the entity is created; load what creates it.",
)
NO_VERSION = FAULTS.warning(
    "no_version",
    "Submission {instance_id} updates a version of entity {entity_id} of {list} that does not exist yet.",
    "It is applied when that version comes; load the submissions before it.",
)
NO_PREDECESSOR = FAULTS.warning(
    "no_predecessor",
    "Submission {instance_id} follows an offline update of entity {entity_id} of {list} that has not come.",
    "It waits five days; let the phone send what it holds.",
)
TRUNK_AHEAD = FAULTS.warning(
    "trunk_ahead",
    "Submission {instance_id} began offline on a version of entity {entity_id} of {list} that does not exist here.",
    "See that it was sent to the right server.",
)
EXISTS = FAULTS.warning(
    "exists",
    "Submission {instance_id} creates entity {entity_id} of {list}, which exists.",
    "Reject it as a duplicate, or correct it to an update.",
)
NO_LABEL = FAULTS.warning(
    "no_label",
    "Submission {instance_id} creates entity {entity_id} of {list} without a label.",
    "Correct the submission; see the form's entities sheet.",
)
BAD_ID = FAULTS.warning(
    "bad_id",
    "Submission {instance_id} creates entity {entity_id!r} of {list}: its id is no UUID of version 4.",
    "Let the form make the id with uuid().",
)

#: Why an operation waits, as a fault.
WAITING: Mapping[str, Fault] = {
    "no_entity": NO_ENTITY,
    "no_version": NO_VERSION,
    "no_predecessor": NO_PREDECESSOR,
    "trunk_ahead": TRUNK_AHEAD,
    "exists": EXISTS,
    "no_label": NO_LABEL,
    "bad_id": BAD_ID,
}

LIST_UNKNOWN = FAULTS.error(
    "list_unknown", "There is no entity list {list!r}{near}.", "Write a list that a published form declares."
)
ENTITY_UNKNOWN = FAULTS.error(
    "entity_unknown", "The list {list} has no entity {entity_id!r}.", "Copy its id from the list."
)
VERSION_MOVED = FAULTS.error(
    "version_moved",
    "Entity {entity_id} of {list} is at version {version} now, not {base}.",
    "Look at what changed, and resolve that version.",
)
NOTHING_TO_RESOLVE = FAULTS.error(
    "nothing_to_resolve", "Entity {entity_id} of {list} has no conflict.", "Name values to change, or leave it."
)
PROPERTY_UNKNOWN = FAULTS.error(
    "property_unknown",
    "The list {list} has no property {property!r}{near}.",
    "Write a property that a form saves to it.",
)
RESOLUTION_UNTOLD = FAULTS.error(
    "resolution_untold",
    "What a person decided of entity {entity_id} of {list} is stored otherwise than the journal tells, or is missing.",
    "Restore the database from a backup, and find out who wrote to it.",
)
APPROVAL_UNTOLD = FAULTS.error(
    "approval_untold",
    "Whether {list} takes entities from approved submissions alone is stored otherwise than the journal tells.",
    "Restore the database from a backup, and find out who wrote to it.",
)
STALE = FAULTS.error(
    "stale",
    "What is kept of entity {entity_id} of {list} is not what its submissions make of it.",
    "Find out who wrote to the database; rebuild the registry.",
)
