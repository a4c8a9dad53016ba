"""The faults of a table of organisations."""

from toguna.kernel.api import Catalogue

FAULTS = Catalogue("organisations")

UNKNOWN = FAULTS.error(
    "unknown",
    en=("There is no organisation {value!r}{near}.", "Write a code of organisations.csv."),
    fr=("Il n'y a pas d'organisation {value!r}{near}.", "Écrivez un code d'organisations.csv."),
)
CODE_BROKEN = FAULTS.error(
    "code_broken",
    en=("{value!r} is no code.", "Use small letters, digits, - and _, beginning with a letter."),
    fr=("{value!r} n'est pas un code.", "Minuscules, chiffres, - et _, en commençant par une lettre."),
)
DATES_CROSSED = FAULTS.error(
    "dates_crossed",
    en=("{code} ends on {end}, before it begins on {start}.", "Mend valid_from or valid_to."),
    fr=("{code} finit le {end}, avant de commencer le {start}.", "Corrigez valid_from ou valid_to."),
)
CODE_TWICE = FAULTS.error(
    "code_twice",
    en=(
        "The code {code} has two rows that hold on the same day.",
        "Keep one, or end the earlier row before the later begins.",
    ),
    fr=(
        "Le code {code} a deux lignes valables le même jour.",
        "Gardez-en une, ou terminez la première avant la seconde.",
    ),
)
