"""The faults of entities: why an operation waits, and what a person asked wrongly."""

from collections.abc import Mapping

from toguna.kernel.api import Catalogue, Fault

FAULTS = Catalogue("registry")

NO_ENTITY = FAULTS.warning(
    "no_entity",
    en=(
        "Submission {instance_id} updates entity {entity_id} of {list}, which does not exist yet.",
        "It is applied when the entity is created; load what creates it.",
    ),
    fr=(
        "La soumission {instance_id} met à jour l'entité {entity_id} de {list}, qui n'existe pas encore.",
        "Elle s'appliquera à la création ; chargez ce qui la crée.",
    ),
)
NO_VERSION = FAULTS.warning(
    "no_version",
    en=(
        "Submission {instance_id} updates a version of entity {entity_id} of {list} that does not exist yet.",
        "It is applied when that version comes; load the submissions before it.",
    ),
    fr=(
        "La soumission {instance_id} part d'une version de l'entité {entity_id} de {list} qui n'existe pas encore.",
        "Elle s'appliquera quand cette version viendra ; chargez les soumissions d'avant.",
    ),
)
NO_PREDECESSOR = FAULTS.warning(
    "no_predecessor",
    en=(
        "Submission {instance_id} follows an offline update of entity {entity_id} of {list} that has not come.",
        "It waits five days; let the phone send what it holds.",
    ),
    fr=(
        "La soumission {instance_id} suit une mise à jour hors ligne de l'entité {entity_id} de {list} qui n'est pas venue.",
        "Elle attend cinq jours ; que le téléphone envoie ce qu'il garde.",
    ),
)
TRUNK_AHEAD = FAULTS.warning(
    "trunk_ahead",
    en=(
        "Submission {instance_id} began offline on a version of entity {entity_id} of {list} that does not exist here.",
        "See that it was sent to the right server.",
    ),
    fr=(
        "La soumission {instance_id} part hors ligne d'une version de l'entité {entity_id} de {list} inconnue ici.",
        "Vérifiez qu'elle vient au bon serveur.",
    ),
)
EXISTS = FAULTS.warning(
    "exists",
    en=(
        "Submission {instance_id} creates entity {entity_id} of {list}, which exists.",
        "Reject it as a duplicate, or correct it to an update.",
    ),
    fr=(
        "La soumission {instance_id} crée l'entité {entity_id} de {list}, qui existe.",
        "Rejetez-la comme doublon, ou corrigez-la en mise à jour.",
    ),
)
NO_LABEL = FAULTS.warning(
    "no_label",
    en=(
        "Submission {instance_id} creates entity {entity_id} of {list} without a label.",
        "Correct the submission; see the form's entities sheet.",
    ),
    fr=(
        "La soumission {instance_id} crée l'entité {entity_id} de {list} sans libellé.",
        "Corrigez la soumission ; voyez la feuille entities du formulaire.",
    ),
)
BAD_ID = FAULTS.warning(
    "bad_id",
    en=(
        "Submission {instance_id} creates entity {entity_id!r} of {list}: its id is no UUID of version 4.",
        "Let the form make the id with uuid().",
    ),
    fr=(
        "La soumission {instance_id} crée l'entité {entity_id!r} de {list} : son identifiant n'est pas un UUID version 4.",
        "Que le formulaire le fasse avec uuid().",
    ),
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
    "list_unknown",
    en=("There is no entity list {list!r}{near}.", "Write a list that a published form declares."),
    fr=("Il n'y a pas de liste d'entités {list!r}{near}.", "Écrivez une liste qu'un formulaire publié déclare."),
)
ENTITY_UNKNOWN = FAULTS.error(
    "entity_unknown",
    en=("The list {list} has no entity {entity_id!r}.", "Copy its id from the list."),
    fr=("La liste {list} n'a pas d'entité {entity_id!r}.", "Copiez son identifiant de la liste."),
)
VERSION_MOVED = FAULTS.error(
    "version_moved",
    en=(
        "Entity {entity_id} of {list} is at version {version} now, not {base}.",
        "Look at what changed, and resolve that version.",
    ),
    fr=(
        "L'entité {entity_id} de {list} est maintenant à la version {version}, non {base}.",
        "Voyez ce qui a changé, et réglez cette version.",
    ),
)
NOTHING_TO_RESOLVE = FAULTS.error(
    "nothing_to_resolve",
    en=("Entity {entity_id} of {list} has no conflict.", "Name values to change, or leave it."),
    fr=("L'entité {entity_id} de {list} n'a pas de conflit.", "Nommez des valeurs à changer, ou laissez-la."),
)
PROPERTY_UNKNOWN = FAULTS.error(
    "property_unknown",
    en=("The list {list} has no property {property!r}{near}.", "Write a property that a form saves to it."),
    fr=(
        "La liste {list} n'a pas de propriété {property!r}{near}.",
        "Écrivez une propriété qu'un formulaire y enregistre.",
    ),
)
STALE = FAULTS.error(
    "stale",
    en=(
        "What is kept of entity {entity_id} of {list} is not what its submissions make of it.",
        "Find out who wrote to the database; rebuild the registry.",
    ),
    fr=(
        "Ce qui est gardé de l'entité {entity_id} de {list} n'est pas ce qu'en font ses soumissions.",
        "Cherchez qui a écrit dans la base ; refaites le registre.",
    ),
)
