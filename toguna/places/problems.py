"""The faults of a table of places, and of a place that is asked for."""

from toguna.kernel.api import Catalogue

FAULTS = Catalogue("places")

UNKNOWN = FAULTS.error(
    "unknown",
    en=("There is no place {value!r}{near}.", "Write a p-code or slug of places.csv."),
    fr=("Il n'y a pas de lieu {value!r}{near}.", "Écrivez un p-code ou un identifiant de places.csv."),
)
NOT_THEN = FAULTS.error(
    "not_then",
    en=(
        "{name} ({value}) was no place on {day}; it is one {when}.",
        "Choose another period, or the place it was part of.",
    ),
    fr=(
        "{name} ({value}) n'était pas un lieu le {day} ; il l'est {when_fr}.",
        "Choisissez une autre période, ou le lieu dont il faisait partie.",
    ),
)
CODE_BROKEN = FAULTS.error(
    "code_broken",
    en=("{value!r} is no {what}.", "Use letters, digits, - and _ only; a slug is in small letters."),
    fr=("{value!r} n'est pas un bon {what}.", "Lettres, chiffres, - et _ seulement ; un slug est en minuscules."),
)
LEVEL_BROKEN = FAULTS.error(
    "level_broken",
    en=("The level {value!r} is none.", "Write 0 (country), 1, 2, 3, or 4 (site)."),
    fr=("Le niveau {value!r} n'existe pas.", "Écrivez 0 (pays), 1, 2, 3 ou 4 (site)."),
)
PARENT_UNKNOWN = FAULTS.error(
    "parent_unknown",
    en=(
        "{code} lies in {parent!r}, which is no place of the table{near}.",
        "Write the p-code of a place of the table.",
    ),
    fr=(
        "{code} est dans {parent!r}, qui n'est pas un lieu de la table{near}.",
        "Écrivez le p-code d'un lieu de la table.",
    ),
)
PARENT_MISSING = FAULTS.error(
    "parent_missing",
    en=("{code} has level {level} and no parent.", "Only level 0 has none; write its parent's p-code."),
    fr=("{code} est de niveau {level} sans parent.", "Seul le niveau 0 n'en a pas ; écrivez le p-code du parent."),
)
PARENT_LEVEL = FAULTS.error(
    "parent_level",
    en=(
        "{code} (level {level}) lies in {parent} (level {parent_level}).",
        "A place lies in one of a smaller level number.",
    ),
    fr=(
        "{code} (niveau {level}) est dans {parent} (niveau {parent_level}).",
        "Un lieu est dans un lieu de niveau plus petit.",
    ),
)
PARENT_NOT_THEN = FAULTS.error(
    "parent_not_then",
    en=(
        "{code} lies in {parent} on {day}, when {parent} is no place.",
        "Split the row at that day, or mend the dates.",
    ),
    fr=(
        "{code} est dans {parent} le {day}, quand {parent} n'est pas un lieu.",
        "Coupez la ligne à ce jour, ou corrigez les dates.",
    ),
)
DATES_CROSSED = FAULTS.error(
    "dates_crossed",
    en=("{code} ends on {end}, before it begins on {start}.", "Mend valid_from or valid_to."),
    fr=("{code} finit le {end}, avant de commencer le {start}.", "Corrigez valid_from ou valid_to."),
)
DATES_OVERLAP = FAULTS.error(
    "dates_overlap",
    en=("{code} has two rows that hold on {day}.", "End the earlier row the day before the later begins."),
    fr=("{code} a deux lignes valables le {day}.", "Terminez la première la veille du début de la seconde."),
)
SLUG_TWICE = FAULTS.error(
    "slug_twice",
    en=("The slug {slug!r} is that of {other} too.", "Give each place a slug of its own."),
    fr=("Le slug {slug!r} est aussi celui de {other}.", "Donnez à chaque lieu son propre slug."),
)
POINT_BROKEN = FAULTS.error(
    "point_broken",
    en=(
        "{lat!r}, {lon!r} is no position.",
        "Write degrees with a point, such as 16.27 and -0.04; or leave both blank.",
    ),
    fr=(
        "{lat!r}, {lon!r} n'est pas une position.",
        "Écrivez des degrés avec un point, comme 16.27 et -0.04 ; ou rien.",
    ),
)
CHANGED = FAULTS.error(
    "changed",
    en=(
        "The places kept are not those of the table that was loaded.",
        "Load the table again, and find out who wrote to the database.",
    ),
    fr=(
        "Les lieux gardés ne sont pas ceux de la table chargée.",
        "Rechargez la table, et cherchez qui a écrit dans la base.",
    ),
)
