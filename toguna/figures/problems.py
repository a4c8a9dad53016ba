"""The faults of indicators, references and figures."""

from toguna.kernel import Catalogue

FAULTS = Catalogue("figures")

# Expressions

FAULTS.error(
    "expression_empty",
    en=("The expression is empty.", "Write a condition such as type = 'borehole', or leave the key out."),
    fr=("L'expression est vide.", "Écrivez une condition comme type = 'borehole', ou omettez la clé."),
)
FAULTS.error(
    "expression_character",
    en=(
        "{near!r} may not stand in an expression.",
        "Write columns, 'text' in single quotes, numbers, = <> < <= > >= + - * / ( ) , and words of the list.",
    ),
    fr=(
        "{near!r} ne peut pas figurer dans une expression.",
        "Écrivez des colonnes, du 'texte' entre apostrophes droites, des nombres, = <> < <= > >= + - * / ( ) , et les mots de la liste.",
    ),
)
FAULTS.error(
    "expression_too_long",
    en=("The expression is too long ({near} characters).", "At most 4,000 characters and 400 words; use in (...)."),
    fr=(
        "L'expression est trop longue ({near} caractères).",
        "Au plus 4 000 caractères et 400 mots ; utilisez in (...).",
    ),
)
FAULTS.error(
    "expression_too_deep",
    en=("Brackets, nots or signs are nested more than {near} deep.", "Take needless brackets out."),
    fr=("Parenthèses, not ou signes sont imbriqués sur plus de {near} niveaux.", "Ôtez les parenthèses inutiles."),
)
FAULTS.error(
    "expression_not_read",
    en=("{near!r} cannot be read as one expression.", "Compare columns with values and join with and, or, not."),
    fr=(
        "{near!r} ne se lit pas comme une seule expression.",
        "Comparez des colonnes à des valeurs et reliez par and, or, not.",
    ),
)
FAULTS.error(
    "expression_not_allowed",
    en=(
        "{near!r} is not among what an expression may hold.",
        "Keep to columns, literals, comparisons, and, or, not, in, between, is null, arithmetic and the named functions.",
    ),
    fr=(
        "{near!r} ne fait pas partie de ce qu'une expression peut contenir.",
        "Tenez-vous aux colonnes, valeurs, comparaisons, and, or, not, in, between, is null, à l'arithmétique et aux fonctions nommées.",
    ),
)
FAULTS.error(
    "expression_wants",
    en=("The expression gives {found}, and a {wanted} is needed.", "Write one that gives a {wanted}."),
    fr=("L'expression donne {found} ; il faut : {wanted}.", "Écrivez-en une qui donne : {wanted}."),
)
FAULTS.error(
    "function_unknown",
    en=("There is no function {near}.", "{nearest}"),
    fr=("La fonction {near} n'existe pas.", "{nearest_fr}"),
)
FAULTS.error(
    "function_arguments",
    en=("The function {near} takes {wanted} values, and {found} are given.", "Give it {wanted}."),
    fr=("La fonction {near} prend {wanted} valeurs, et {found} sont données.", "Donnez-en {wanted}."),
)
FAULTS.error(
    "function_takes",
    en=("The function {near} takes a {wanted}; {found} is {type}.", "Give it a {wanted}."),
    fr=("La fonction {near} prend : {wanted} ; {found} est de type {type}.", "Donnez-lui : {wanted}."),
)
FAULTS.error(
    "types_differ",
    en=(
        "{left} is {left_type} and {right} is {right_type}: they cannot be compared.",
        "Compare numbers with numbers, text with 'text', dates with dates.",
    ),
    fr=(
        "{left} est de type {left_type} et {right} de type {right_type} : ils ne se comparent pas.",
        "Comparez les nombres aux nombres, le texte au 'texte', les dates aux dates.",
    ),
)
FAULTS.error(
    "no_order",
    en=("{column} is {type}, which has no order.", "Use = or <> or in (...)."),
    fr=("{column} est de type {type}, sans ordre.", "Utilisez = ou <> ou in (...)."),
)
FAULTS.error(
    "not_a_number",
    en=("{near} is {type}, and arithmetic needs numbers.", "Use columns of whole numbers or decimals."),
    fr=("{near} est de type {type}, et l'arithmétique veut des nombres.", "Utilisez des colonnes de nombres."),
)
FAULTS.error(
    "codes_compared",
    en=("{column} may hold several choices at once.", "Write selected({column}, 'choice')."),
    fr=("{column} peut contenir plusieurs choix à la fois.", "Écrivez selected({column}, 'choix')."),
)
FAULTS.error(
    "null_compared",
    en=("Nothing is ever equal to null.", "Write is null or is not null."),
    fr=("Rien n'est jamais égal à null.", "Écrivez is null ou is not null."),
)
FAULTS.error(
    "list_of_literals",
    en=("{near} stands in a list and is no literal.", "List 'texts', numbers or dates only."),
    fr=("{near} figure dans une liste et n'est pas une valeur.", "Ne listez que des 'textes', nombres ou dates."),
)
FAULTS.error(
    "choice_not_offered",
    en=("{column} never holds {value!r}.", "{nearest}"),
    fr=("{column} ne contient jamais {value!r}.", "{nearest_fr}"),
)
FAULTS.error(
    "date_wrong",
    en=("{near!r} is not a day of the calendar.", "Write '2016-12-31'."),
    fr=("{near!r} n'est pas un jour du calendrier.", "Écrivez '2016-12-31'."),
)
FAULTS.error(
    "number_too_long",
    en=("{near} has too many digits.", "At most 15 before the point and 6 after it."),
    fr=("{near} a trop de chiffres.", "Au plus 15 avant la virgule et 6 après."),
)
FAULTS.error(
    "path_wrong",
    en=("{near!r} is not a column.", "Write a column, a path such as holder.population, or ^column of the parent."),
    fr=(
        "{near!r} n'est pas une colonne.",
        "Écrivez une colonne, un chemin comme holder.population, ou ^colonne du parent.",
    ),
)
FAULTS.error(
    "path_no_parent",
    en=("{near} reads above {table}, which stands in no other table.", "Take one ^ away."),
    fr=("{near} lit au-dessus de {table}, qui n'est dans aucune autre table.", "Ôtez un ^."),
)
FAULTS.error(
    "path_no_reference",
    en=(
        "{path}: the column {near} of {table} refers to nothing that can be read.",
        "Only a select_one_from_file over an entity list or a reference table can be followed.",
    ),
    fr=(
        "{path} : la colonne {near} de {table} ne renvoie à rien qui puisse être lu.",
        "Seul un select_one_from_file sur une liste d'entités ou une table de référence peut être suivi.",
    ),
)
FAULTS.error(
    "column_unknown",
    en=("{table} has no column {column}.", "{nearest}"),
    fr=("{table} n'a pas de colonne {column}.", "{nearest_fr}"),
)
FAULTS.error(
    "column_elsewhere",
    en=("{table} cannot give {column}; these can: {able}.", "Take the indicator from one of them. {nearest}"),
    fr=("{table} ne peut pas donner {column} ; peuvent le donner : {able}.", "Prenez-en une. {nearest_fr}"),
)
FAULTS.error(
    "column_not_readable",
    en=(
        "{near} cannot be read by an indicator (it was of type: {types}).",
        "Positions, files and columns that changed their kind are not counted; name another column.",
    ),
    fr=(
        "{near} ne peut être lue par un indicateur (types : {types}).",
        "Positions, fichiers et colonnes qui ont changé de nature ne se comptent pas ; nommez une autre colonne.",
    ),
)

# References

FAULTS.error(
    "reference_wrong",
    en=("{near!r} is not a figure reference.", "Write indicator, or indicator?key=value&key=value."),
    fr=("{near!r} n'est pas une référence de chiffre.", "Écrivez indicateur, ou indicateur?clé=valeur&clé=valeur."),
)
FAULTS.error(
    "reference_pair",
    en=(
        "{near!r} is not a key and its value.",
        "Write key=value; several values with commas; letters without accents, digits and _ . : - + only.",
    ),
    fr=(
        "{near!r} n'est pas une clé et sa valeur.",
        "Écrivez clé=valeur ; plusieurs valeurs avec des virgules ; lettres sans accents, chiffres et _ . : - + seulement.",
    ),
)
FAULTS.error(
    "reference_key_twice",
    en=("The key {key} stands twice.", "Write it once; several values are separated by commas."),
    fr=("La clé {key} figure deux fois.", "Écrivez-la une fois ; plusieurs valeurs sont séparées par des virgules."),
)
FAULTS.error(
    "reference_one_value",
    en=("The key {key} takes one value.", "Write one; for a range of days write a..b."),
    fr=("La clé {key} prend une seule valeur.", "Écrivez-en une ; pour un intervalle de jours, écrivez a..b."),
)
FAULTS.error(
    "reference_period",
    en=("{near!r} is not a period.", "Write 2016, 2016-Q4, 2016-12, 2016-12-21, a..b, a.., ..b, ytd or -1."),
    fr=("{near!r} n'est pas une période.", "Écrivez 2016, 2016-Q4, 2016-12, 2016-12-21, a..b, a.., ..b, ytd ou -1."),
)
FAULTS.error(
    "reference_key_unknown",
    en=("{indicator} has no key {key}.", "{nearest}"),
    fr=("{indicator} n'a pas de clé {key}.", "{nearest_fr}"),
)
FAULTS.error(
    "category_elsewhere",
    en=("{indicator} cannot be split by {key}; these can: {able}.", "Refer to one of them. {nearest}"),
    fr=("{indicator} ne se désagrège pas par {key} ; le peuvent : {able}.", "Référez-vous à l'un d'eux. {nearest_fr}"),
)
FAULTS.error(
    "category_value_unknown",
    en=("{key} never takes {value!r}.", "{nearest}"),
    fr=("{key} ne prend jamais {value!r}.", "{nearest_fr}"),
)
FAULTS.error(
    "categories_not_crossed",
    en=(
        "The form of {indicator} never asked {keys} together: they stand in different columns.",
        "Name one of them.",
    ),
    fr=(
        "Le formulaire de {indicator} n'a jamais demandé {keys} ensemble : elles sont dans des colonnes différentes.",
        "N'en nommez qu'une.",
    ),
)
FAULTS.error(
    "indicator_unknown",
    en=("There is no indicator {indicator}.", "{nearest}"),
    fr=("L'indicateur {indicator} n'existe pas.", "{nearest_fr}"),
)
FAULTS.error(
    "show_unknown",
    en=("show cannot be {value!r}.", "{nearest}"),
    fr=("show ne peut être {value!r}.", "{nearest_fr}"),
)
FAULTS.error(
    "show_twice",
    en=(
        "show={near} asks for two things at once.",
        "Write one style, one hedge, one digits=N; list and names stand alone.",
    ),
    fr=(
        "show={near} demande deux choses à la fois.",
        "Écrivez un style, une réserve, un digits=N ; list et names vont seuls.",
    ),
)
FAULTS.error(
    "show_list_of_derived",
    en=("{indicator} is worked out of others and has no list of names.", "Refer to the indicator that counts them."),
    fr=(
        "{indicator} est calculé à partir d'autres et n'a pas de liste de noms.",
        "Référez-vous à celui qui les compte.",
    ),
)
