"""What a finding says, in English and French: one entry a kind of disagreement."""

from toguna.kernel.api import Catalogue

FINDINGS = Catalogue("finding")

PARTS_AND_TOTAL = FINDINGS.error(
    "parts_and_total",
    en=(
        "The parts ({parts}) add up to {expected}; the total says {found}.",
        "Correct the total or the part that is wrong.",
    ),
    fr=(
        "Les parties ({parts}) font {expected} ; le total dit {found}.",
        "Corrigez le total ou la partie qui est fausse.",
    ),
)
PARTS_ABOVE_WHOLE = FINDINGS.error(
    "parts_above_whole",
    en=(
        "What is said to be part of {found} ({parts}) comes to {expected}, more than the whole.",
        "Correct the whole or the parts; if the groups overlap, say so.",
    ),
    fr=(
        "Ce qui est dit faire partie de {found} ({parts}) atteint {expected}, plus que le tout.",
        "Corrigez le tout ou les parties ; si les groupes se recoupent, dites-le.",
    ),
)
PERCENT_OF = FINDINGS.error(
    "percent_of_base",
    en=(
        "{part} of {base} is {expected}%; the text says {found}%.",
        "Correct the percentage, or the figure that it is taken from.",
    ),
    fr=(
        "{part} sur {base} font {expected} % ; le texte dit {found} %.",
        "Corrigez le pourcentage, ou le chiffre dont il est tiré.",
    ),
)
PERCENT_CHANGE = FINDINGS.error(
    "percent_change",
    en=(
        "From {base} to {part} is a change of {expected}%; the text says {found}%.",
        "Correct the percentage or the two figures.",
    ),
    fr=(
        "De {base} à {part}, la variation est de {expected} % ; le texte dit {found} %.",
        "Corrigez le pourcentage ou les deux chiffres.",
    ),
)
CHANGE_DIRECTION = FINDINGS.error(
    "change_direction",
    en=("From {base} to {part} is not the {found} that the text says.", "Correct the word or the two figures."),
    fr=("De {base} à {part}, ce n'est pas ce que dit le texte ({found}).", "Corrigez le mot ou les deux chiffres."),
)
SHARES = FINDINGS.error(
    "shares_and_hundred",
    en=("The shares ({parts}) add up to {expected}%, not {found}%.", "Correct the share that is wrong."),
    fr=("Les parts ({parts}) font {expected} %, et non {found} %.", "Corrigez la part qui est fausse."),
)
NO_SHARE = FINDINGS.error(
    "percent_without_base",
    en=(
        "{part} is given as {found}%; the shares beside it are of {base}, of which it would be {expected}%.",
        "Correct the percentage or the figure.",
    ),
    fr=(
        "{part} est donné pour {found} % ; les parts voisines sont de {base}, dont cela ferait {expected} %.",
        "Corrigez le pourcentage ou le chiffre.",
    ),
)
WORDS_AND_DIGITS = FINDINGS.error(
    "words_and_digits",
    en=("The words say {expected}, the digits beside them {found}.", "Make them the same."),
    fr=("Les mots disent {expected}, les chiffres à côté {found}.", "Mettez-les d'accord."),
)
TWO_VALUES = FINDINGS.error(
    "two_values",
    en=(
        "The same figure seems to stand here as {found} and elsewhere in the document as {expected}.",
        "Use one value in both places, or say what makes them differ (date, scope, source).",
    ),
    fr=(
        "Le même chiffre semble donné ici pour {found} et ailleurs dans le document pour {expected}.",
        "Gardez une seule valeur, ou dites ce qui les distingue (date, champ, source).",
    ),
)
HEDGE_DROPPED = FINDINGS.error(
    "hedge_dropped",
    en=(
        "The figure is given as exact here ({found}) and as an estimate elsewhere ({expected}).",
        "Use the same qualifier in both places.",
    ),
    fr=(
        "Le chiffre est donné pour exact ici ({found}) et pour une estimation ailleurs ({expected}).",
        "Mettez la même nuance aux deux endroits.",
    ),
)
TWO_LISTS = FINDINGS.error(
    "two_lists",
    en=(
        "The figure {value} goes with {found} here and with {expected} elsewhere.",
        "Give the same list in both places.",
    ),
    fr=(
        "Le chiffre {value} va ici avec {found} et ailleurs avec {expected}.",
        "Donnez la même liste aux deux endroits.",
    ),
)
ROW_TOTAL = FINDINGS.error(
    "row_total",
    en=("The row {row} adds up to {expected}; its total says {found}.", "Correct the total or the cell that is wrong."),
    fr=("La ligne {row} fait {expected} ; son total dit {found}.", "Corrigez le total ou la cellule qui est fausse."),
)
COLUMN_TOTAL = FINDINGS.error(
    "column_total",
    en=(
        "The rows above {row} add up to {expected} in the column {column}; the total says {found}.",
        "Correct the total or the cell that is wrong.",
    ),
    fr=(
        "Les lignes au-dessus de {row} font {expected} dans la colonne {column} ; le total dit {found}.",
        "Corrigez le total ou la cellule qui est fausse.",
    ),
)
ROWS_BELOW = FINDINGS.error(
    "rows_below",
    en=(
        "The rows below {row} add up to {expected} in the column {column}; {row} says {found}.",
        "Correct the total or the cell that is wrong.",
    ),
    fr=(
        "Les lignes sous {row} font {expected} dans la colonne {column} ; {row} dit {found}.",
        "Corrigez le total ou la cellule qui est fausse.",
    ),
)
ROW_RELATION = FINDINGS.error(
    "row_relation",
    en=(
        "In the other columns {row} is {rule}; in the column {column} that would be {expected}, and {found} is printed.",
        "Correct the cell that is wrong.",
    ),
    fr=(
        "Dans les autres colonnes, {row} vaut {rule} ; dans la colonne {column} cela ferait {expected}, et {found} est imprimé.",
        "Corrigez la cellule qui est fausse.",
    ),
)
TABLE_RATE = FINDINGS.error(
    "table_rate",
    en=(
        "In the row {row}, {part} of {base} is {expected}%; the cell says {found}%.",
        "Correct the percentage or the cell that it is taken from.",
    ),
    fr=(
        "Dans la ligne {row}, {part} sur {base} font {expected} % ; la cellule dit {found} %.",
        "Corrigez le pourcentage ou la cellule dont il est tiré.",
    ),
)
RATIO = FINDINGS.error(
    "ratio",
    en=(
        "Beside it there are {rule} to one; {base} would make {expected}, and {found} is printed.",
        "Correct one of the two figures, or say why the ratio differs.",
    ),
    fr=(
        "À côté, le rapport est de {rule} pour un ; {base} ferait {expected}, et {found} est imprimé.",
        "Corrigez l'un des deux chiffres, ou dites pourquoi le rapport diffère.",
    ),
)
LIST_LENGTH = FINDINGS.error(
    "list_length",
    en=("The text announces {found} and names {expected}.", "Correct the number or complete the list."),
    fr=("Le texte en annonce {found} et en nomme {expected}.", "Corrigez le nombre ou complétez la liste."),
)
PERIOD_ABOVE_CUMULATIVE = FINDINGS.error(
    "period_above_cumulative",
    en=("{found} in the period is more than {expected} since the beginning.", "Correct one of the two figures."),
    fr=("{found} dans la période dépasse {expected} depuis le début.", "Corrigez l'un des deux chiffres."),
)
NO_SUCH_DAY = FINDINGS.error(
    "no_such_day",
    en=("{found} is not in the calendar.", "Correct the date."),
    fr=("{found} n'est pas au calendrier.", "Corrigez la date."),
)
WRONG_WEEKDAY = FINDINGS.error(
    "wrong_weekday",
    en=("{date} was a {expected}, not a {found}.", "Correct the day or the date."),
    fr=("Le {date} était un {expected}, non un {found}.", "Corrigez le jour ou la date."),
)
AVERAGE = FINDINGS.error(
    "average",
    en=(
        "{whole} over {over} is an average of {expected}; the text says {found}.",
        "Correct the average or one of the two figures.",
    ),
    fr=(
        "{whole} pour {over} donnent une moyenne de {expected} ; le texte dit {found}.",
        "Corrigez la moyenne ou l'un des deux chiffres.",
    ),
)
BEHIND_THE_PERIOD = FINDINGS.error(
    "behind_the_period",
    en=("{found} lies behind the period, which ends on {expected}.", "Correct the date, or say that it is ahead."),
    fr=("Le {found} dépasse la période, qui finit le {expected}.", "Corrigez la date, ou dites qu'elle est à venir."),
)
