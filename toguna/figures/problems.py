"""The faults of indicators, references and figures."""

from toguna.kernel.api import Catalogue

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

# Definitions

FAULTS.error(
    "yaml_wrong",
    en=("This is not YAML: {said}.", "Mend the line; values with ': ' or '#' stand in double quotes."),
    fr=("Ce n'est pas du YAML : {said}.", "Corrigez la ligne ; les valeurs avec ': ' ou '#' vont entre guillemets."),
)
FAULTS.error(
    "yaml_too_long",
    en=("The file is longer than 2,000,000 characters.", "Split it."),
    fr=("Le fichier dépasse 2 000 000 de caractères.", "Divisez-le."),
)
FAULTS.error(
    "yaml_too_deep",
    en=("The values are nested too deeply.", "No key of an indicator needs more than three levels."),
    fr=("Les valeurs sont trop imbriquées.", "Aucune clé d'un indicateur ne demande plus de trois niveaux."),
)
FAULTS.error(
    "yaml_alias",
    en=("Anchors and aliases (& and *) are not read.", "Write the value out."),
    fr=("Les ancres et alias (& et *) ne sont pas lus.", "Écrivez la valeur en entier."),
)
FAULTS.error(
    "yaml_key_twice",
    en=("The key {key} stands twice.", "Keep one of them."),
    fr=("La clé {key} figure deux fois.", "N'en gardez qu'une."),
)
FAULTS.error(
    "indicators_wanted",
    en=("An indicator is a name with keys below it.", "Write name:, and label, unit, basis, kind ... below, indented."),
    fr=("Un indicateur est un nom suivi de clés.", "Écrivez nom :, puis label, unit, basis, kind ... en retrait."),
)
FAULTS.error(
    "indicator_name",
    en=("{name!r} cannot name an indicator.", "Write small letters, digits and _, beginning with a letter."),
    fr=("{name!r} ne peut nommer un indicateur.", "Écrivez minuscules, chiffres et _, en commençant par une lettre."),
)
FAULTS.error(
    "indicator_twice",
    en=("{indicator} is declared twice; first in {first}.", "Rename one of them."),
    fr=("{indicator} est déclaré deux fois ; d'abord dans {first}.", "Renommez l'un des deux."),
)
FAULTS.error(
    "key_unknown",
    en=("{indicator} cannot have the key {key}.", "{nearest}"),
    fr=("{indicator} ne peut avoir la clé {key}.", "{nearest_fr}"),
)
FAULTS.error(
    "key_missing",
    en=("{indicator} needs the key {key}.", "Add it."),
    fr=("{indicator} a besoin de la clé {key}.", "Ajoutez-la."),
)
FAULTS.error(
    "key_wants",
    en=("{indicator}: {key} must be {wanted}.", "Write it so."),
    fr=("{indicator} : {key} doit être {wanted_fr}.", "Écrivez-la ainsi."),
)
FAULTS.error(
    "value_unknown",
    en=("{indicator}: {key} cannot be {value!r}.", "{nearest}"),
    fr=("{indicator} : {key} ne peut être {value!r}.", "{nearest_fr}"),
)
FAULTS.error(
    "language_missing",
    en=("{indicator}: {key} has no text in {language}.", "Add {language}: its text."),
    fr=("{indicator} : {key} n'a pas de texte en {language}.", "Ajoutez {language} : son texte."),
)
FAULTS.warning(
    "label_missing",
    en=("{indicator} has no label; its name is printed.", "Add label: {{en: ..., fr: ...}}."),
    fr=("{indicator} n'a pas de libellé ; son nom est imprimé.", "Ajoutez label: {{en: ..., fr: ...}}."),
)
FAULTS.error(
    "table_unknown",
    en=("{indicator}: there is no form, repeat, entity list or table {table}.", "{nearest}"),
    fr=("{indicator} : il n'y a ni formulaire, ni répétition, ni liste, ni table {table}.", "{nearest_fr}"),
)
FAULTS.error(
    "measure_wrong",
    en=(
        "{indicator}: {value!r} is not a measure.",
        "Write count, distinct COLUMN, distinct place@LEVEL, sum EXPRESSION, or latest COLUMN by [KEYS].",
    ),
    fr=(
        "{indicator} : {value!r} n'est pas une mesure.",
        "Écrivez count, distinct COLONNE, distinct place@NIVEAU, sum EXPRESSION, ou latest COLONNE by [CLÉS].",
    ),
)
FAULTS.error(
    "column_type",
    en=("{indicator}: {key} names {column}, which is {type}.", "Name a column that is {wanted}."),
    fr=("{indicator} : {key} nomme {column}, de type {type}.", "Nommez une colonne de type {wanted}."),
)
FAULTS.error(
    "place_needed",
    en=("{indicator}: {column} is not a place.", "Name a select_one_from_file over places.csv."),
    fr=("{indicator} : {column} n'est pas un lieu.", "Nommez un select_one_from_file sur places.csv."),
)
FAULTS.error(
    "codes_split",
    en=(
        "{indicator}: {column} may hold several choices, so that a row would stand in several categories.",
        "Make an indicator for each, with where: selected({column}, 'choice').",
    ),
    fr=(
        "{indicator} : {column} peut contenir plusieurs choix ; une ligne serait dans plusieurs catégories.",
        "Faites un indicateur pour chacun, avec where: selected({column}, 'choix').",
    ),
)
FAULTS.error(
    "valid_by",
    en=(
        "{indicator}: rows of {table} have no versions of their own.",
        "Say what has versions, by: COLUMN, or until: COLUMN.",
    ),
    fr=(
        "{indicator} : les lignes de {table} n'ont pas de versions propres.",
        "Dites ce qui a des versions, by: COLONNE, ou until: COLONNE.",
    ),
)
FAULTS.error(
    "category_name",
    en=(
        "{indicator}: {name!r} cannot name a category.",
        "Write small letters; period, place, as_of, edition, show, month and region are taken.",
    ),
    fr=(
        "{indicator} : {name!r} ne peut nommer une catégorie.",
        "Écrivez des minuscules ; period, place, as_of, edition, show, month et region sont pris.",
    ),
)
FAULTS.error(
    "wide_cell",
    en=(
        "{indicator}: {column} cannot be a cell of {name}.",
        "Name a column of numbers of the row itself, and its category or null.",
    ),
    fr=(
        "{indicator} : {column} ne peut être une cellule de {name}.",
        "Nommez une colonne de nombres de la ligne même, et sa catégorie ou null.",
    ),
)
FAULTS.error(
    "age_wrong",
    en=("{indicator}: {value!r} is not an age.", "Write 0-17, 60+ or 5."),
    fr=("{indicator} : {value!r} n'est pas un âge.", "Écrivez 0-17, 60+ ou 5."),
)
FAULTS.error(
    "age_needs",
    en=("{indicator}: {name} is computed from neither or both of birth and years.", "Give one of them."),
    fr=("{indicator} : {name} se calcule d'aucune ou des deux de birth et years.", "Donnez l'une des deux."),
)
FAULTS.error(
    "birth_needed",
    en=("{indicator}: {column} is not declared a date of birth.", "Set bind::tg:birth = yes at the question."),
    fr=("{indicator} : {column} n'est pas déclarée date de naissance.", "Mettez bind::tg:birth = yes à la question."),
)
FAULTS.error(
    "brackets_unknown",
    en=("{indicator}: the operation has no age brackets {brackets}.", "Name one of {known}."),
    fr=("{indicator} : l'opération n'a pas de tranches d'âge {brackets}.", "Nommez l'une de {known}."),
)
FAULTS.error(
    "not_money",
    en=("{indicator}: {key} is for money, and the unit is {unit}.", "Take it out, or write a currency as unit."),
    fr=("{indicator} : {key} est pour l'argent, et l'unité est {unit}.", "Ôtez-la, ou mettez une monnaie en unité."),
)
FAULTS.error(
    "currency_unnamed",
    en=("{indicator}: {table} holds amounts of several currencies.", "Add currency: and the column that names it."),
    fr=(
        "{indicator} : {table} contient des montants en plusieurs monnaies.",
        "Ajoutez currency: et la colonne qui la nomme.",
    ),
)
FAULTS.error(
    "money_counted",
    en=("{indicator}: rows are counted, and the unit is {unit}.", "Write measure: sum and the amount."),
    fr=("{indicator} : des lignes sont comptées, et l'unité est {unit}.", "Écrivez measure: sum et le montant."),
)
FAULTS.error(
    "of_wrong",
    en=("{indicator}: a {kind} is of {wanted} indicators.", "List them: of: [a, b]."),
    fr=("{indicator} : un {kind} porte sur {wanted} indicateurs.", "Listez-les : of: [a, b]."),
)
FAULTS.error(
    "of_unknown",
    en=("{indicator} is of {of}, which is not declared.", "{nearest}"),
    fr=("{indicator} porte sur {of}, qui n'est pas déclaré.", "{nearest_fr}"),
)
FAULTS.error(
    "of_circle",
    en=("{indicator} is made of itself: {of}.", "Break the circle."),
    fr=("{indicator} est fait de lui-même : {of}.", "Rompez le cercle."),
)
FAULTS.error(
    "of_faulty",
    en=("{indicator} is of {of}, which has faults of its own.", "Mend {of} first."),
    fr=("{indicator} porte sur {of}, qui a des fautes.", "Corrigez d'abord {of}."),
)
FAULTS.error(
    "where_of_derived",
    en=("{indicator}: its numerator {of} is itself worked out of others.", "Narrow an indicator taken from a table."),
    fr=(
        "{indicator} : son numérateur {of} est lui-même calculé à partir d'autres.",
        "Restreignez un indicateur pris d'une table.",
    ),
)
FAULTS.error(
    "units_differ",
    en=(
        "{indicator}: the units differ ({units}).",
        "Use indicators of one unit; turning one into the other is an estimate.",
    ),
    fr=(
        "{indicator} : les unités diffèrent ({units}).",
        "Prenez des indicateurs de même unité ; convertir l'une en l'autre est une estimation.",
    ),
)
FAULTS.error(
    "target_planned",
    en=("{indicator}: a target is planned.", "Write basis: planned."),
    fr=("{indicator} : une cible est planifiée.", "Écrivez basis: planned."),
)
FAULTS.error(
    "flow_date",
    en=("{indicator}: a flow needs the day on which it happened.", "Add date: and a column."),
    fr=("{indicator} : un flux a besoin du jour où il s'est produit.", "Ajoutez date: et une colonne."),
)
FAULTS.error(
    "stock_needs",
    en=(
        "{indicator}: a {kind} holds by interval or by its latest value, one of the two.",
        "Write valid: {{since: COLUMN, until: next}} or measure: latest COLUMN by [KEYS].",
    ),
    fr=(
        "{indicator} : un {kind} vaut par intervalle ou par sa dernière valeur, l'un des deux.",
        "Écrivez valid: {{since: COLONNE, until: next}} ou measure: latest COLONNE by [CLÉS].",
    ),
)
FAULTS.error(
    "kind_key",
    en=("{indicator}: a {kind} cannot have the key {key}.", "Take it out, or choose another kind."),
    fr=("{indicator} : un {kind} ne peut avoir la clé {key}.", "Ôtez-la, ou choisissez un autre genre."),
)
FAULTS.error(
    "kind_measure",
    en=("{indicator}: a {kind} cannot be measured by {measure}.", "Write count, distinct or sum; or kind: stock."),
    fr=("{indicator} : un {kind} ne se mesure pas par {measure}.", "Écrivez count, distinct ou sum ; ou kind: stock."),
)
FAULTS.error(
    "latest_by_alone",
    en=("{indicator}: latest_by is for measure: latest, instead of date.", "Keep one of the two keys."),
    fr=("{indicator} : latest_by va avec measure: latest, à la place de date.", "Ne gardez qu'une des deux clés."),
)
FAULTS.error(
    "persons_missing",
    en=(
        "{indicator} counts persons and does not say which.",
        "Add persons: attendances, served, newly_served or distinct.",
    ),
    fr=(
        "{indicator} compte des personnes sans dire lesquelles.",
        "Ajoutez persons: attendances, served, newly_served ou distinct.",
    ),
)
FAULTS.error(
    "persons_unit",
    en=("{indicator}: persons is said, and the unit is {unit}.", "Write unit: persons, or take persons out."),
    fr=("{indicator} : persons est dit, et l'unité est {unit}.", "Écrivez unit: persons, ou ôtez persons."),
)
FAULTS.error(
    "persons_distinct",
    en=(
        "{indicator}: without an id that all share, the same person may be in two rows.",
        "Write measure: distinct and the id's column, or persons: served.",
    ),
    fr=(
        "{indicator} : sans identifiant commun, la même personne peut être dans deux lignes.",
        "Écrivez measure: distinct et la colonne de l'identifiant, ou persons: served.",
    ),
)
FAULTS.error(
    "persons_not_distinct",
    en=("{indicator}: different persons are counted, which are not {persons}.", "Write persons: distinct."),
    fr=(
        "{indicator} : des personnes différentes sont comptées, ce qui n'est pas {persons}.",
        "Écrivez persons: distinct.",
    ),
)
FAULTS.error(
    "attendances_reached",
    en=(
        "{indicator}: attendances are called persons reached; one person may attend twice.",
        "Write participants or attendances in the label.",
    ),
    fr=(
        "{indicator} : des participations sont appelées personnes atteintes ; une personne peut venir deux fois.",
        "Écrivez participations dans le libellé.",
    ),
)
FAULTS.error(
    "converted",
    en=("{indicator}: {unit} are made by multiplying.", "Write basis: estimated, and its method."),
    fr=("{indicator} : l'unité {unit} est obtenue par multiplication.", "Écrivez basis: estimated, et sa méthode."),
)
FAULTS.error(
    "wide_needs_sum",
    en=("{indicator}: {name} is made of columns, and the measure adds none.", "Write measure: sum and the columns."),
    fr=(
        "{indicator} : {name} est fait de colonnes, et la mesure n'en additionne pas.",
        "Écrivez measure: sum et les colonnes.",
    ),
)
FAULTS.error(
    "wide_plain_sum",
    en=("{indicator}: {name} splits a sum that does more than add columns.", "Write sum a + b + c."),
    fr=("{indicator} : {name} répartit une somme qui fait plus qu'additionner des colonnes.", "Écrivez sum a + b + c."),
)
FAULTS.error(
    "wide_missing",
    en=("{indicator}: {name} does not say what {columns} are.", "Name them; null for what was not asked."),
    fr=("{indicator} : {name} ne dit pas ce que sont {columns}.", "Nommez-les ; null pour ce qui n'a pas été demandé."),
)
FAULTS.error(
    "wide_further",
    en=("{indicator}: {name} names {columns}, which the sum does not add.", "Add them to the sum, or take them out."),
    fr=("{indicator} : {name} nomme {columns}, que la somme n'additionne pas.", "Ajoutez-les à la somme, ou ôtez-les."),
)
FAULTS.error(
    "basis_key",
    en=("{indicator}: {key} has no meaning for what is {basis}.", "Take it out."),
    fr=("{indicator} : {key} n'a pas de sens pour ce qui est {basis}.", "Ôtez-la."),
)
FAULTS.error(
    "quoted_owner",
    en=(
        "{indicator} is quoted from nobody.",
        "Take it from a table with a column owner, or name it: source: {{owner: COLUMN}}.",
    ),
    fr=(
        "{indicator} n'est cité de personne.",
        "Prenez une table avec une colonne owner, ou nommez-la : source: {{owner: COLONNE}}.",
    ),
)
FAULTS.error(
    "estimated_method",
    en=("{indicator} is estimated, and nobody says how.", "Add a column method to its source, or write definition."),
    fr=(
        "{indicator} est estimé, et personne ne dit comment.",
        "Ajoutez une colonne method à sa source, ou écrivez definition.",
    ),
)
FAULTS.error(
    "threshold_lowered",
    en=(
        "{indicator}: suppress_below {value} lies below the {demanded} that {sensitivity} demands.",
        "Raise it, or take it out.",
    ),
    fr=(
        "{indicator} : suppress_below {value} est sous les {demanded} qu'exige {sensitivity}.",
        "Augmentez-le, ou ôtez-le.",
    ),
)
FAULTS.error(
    "release_wrong",
    en=(
        "{indicator} is {sensitivity}: it cannot be released.",
        "Only a confidential figure can; take the key out.",
    ),
    fr=(
        "{indicator} est {sensitivity} : il ne peut être libéré.",
        "Seul un chiffre confidential le peut ; ôtez la clé.",
    ),
)
FAULTS.error(
    "release_role_unknown",
    en=("There is no role {role}: nobody could ever release this.", "Choose one of {known}."),
    fr=("Il n'y a pas de rôle {role} : personne ne pourrait jamais le libérer.", "Choisissez parmi {known}."),
)

# Adding

FAULTS.error(
    "add_ratio",
    en=("{indicator} is a share: shares do not add over {axis}.", "Compute the share of the whole."),
    fr=("{indicator} est une part : les parts ne s'additionnent pas sur {axis}.", "Calculez la part de l'ensemble."),
)
FAULTS.error(
    "add_stock",
    en=("{indicator} is not a flow: months do not add over {axis}.", "Give the value at the end of the period."),
    fr=(
        "{indicator} n'est pas un flux : les mois ne s'additionnent pas sur {axis}.",
        "Donnez la valeur en fin de période.",
    ),
)
FAULTS.error(
    "add_distinct",
    en=(
        "{indicator} counts each once: one may stand in several parts of {axis}.",
        "Ask for the whole; it is computed.",
    ),
    fr=(
        "{indicator} compte chacun une fois : l'un peut être dans plusieurs parts de {axis}.",
        "Demandez l'ensemble ; il est calculé.",
    ),
)
FAULTS.error(
    "add_latest",
    en=("{indicator} takes the latest of each key, and {axis} is no key.", "Add it to by [...], or ask for the whole."),
    fr=(
        "{indicator} prend le dernier de chaque clé, et {axis} n'en est pas une.",
        "Ajoutez-la à by [...], ou demandez l'ensemble.",
    ),
)
FAULTS.error(
    "add_served",
    en=(
        "{indicator} counts persons served in a month: over {axis}, one served twice would be two.",
        "Ask for one month, or count newly served or distinct persons.",
    ),
    fr=(
        "{indicator} compte les personnes servies dans un mois : sur {axis}, une servie deux fois en ferait deux.",
        "Demandez un mois, ou comptez les personnes nouvellement servies ou distinctes.",
    ),
)
FAULTS.error(
    "add_other_columns",
    en=("{indicator}: {axis} stands in other columns than the total.", "Its parts need not make up the total: say so."),
    fr=(
        "{indicator} : {axis} est dans d'autres colonnes que le total.",
        "Ses parts peuvent ne pas faire le total : dites-le.",
    ),
)
FAULTS.error(
    "sum_kinds",
    en=("{indicator} adds {kinds} ({axis}).", "Attendances and persons are two things: keep them apart."),
    fr=("{indicator} additionne {kinds} ({axis}).", "Participations et personnes sont deux choses : séparez-les."),
)
FAULTS.error(
    "sum_distinct",
    en=(
        "{indicator} adds distinct persons of several indicators ({axis}): one may be in two of them.",
        "Count them in one indicator, by an id that all share.",
    ),
    fr=(
        "{indicator} additionne des personnes distinctes de plusieurs indicateurs ({axis}) : l'une peut être dans deux.",
        "Comptez-les dans un seul, par un identifiant commun.",
    ),
)
FAULTS.error(
    "sum_times",
    en=("{indicator} adds {kinds} ({axis}).", "Add flows to flows, stocks to stocks."),
    fr=("{indicator} additionne {kinds} ({axis}).", "Additionnez des flux à des flux, des stocks à des stocks."),
)

# Showing

FAULTS.error(
    "hedge_untrue",
    en=(
        "{reference}: {hedge} {printed} is not true of {value} ({condition}).",
        "Show other digits, or another hedge; show={show}.",
    ),
    fr=(
        "{reference} : {hedge} {printed} n'est pas vrai de {value} ({condition_fr}).",
        "Montrez d'autres chiffres, ou une autre réserve ; show={show}.",
    ),
)
FAULTS.error(
    "show_percent",
    en=("{reference} is counted in {unit}, not in per cent.", "Take percent out of show={show}, or refer to a share."),
    fr=(
        "{reference} se compte en {unit}, non en pour cent.",
        "Ôtez percent de show={show}, ou référez-vous à une part.",
    ),
)
FAULTS.error(
    "show_currency",
    en=("{reference} is counted in {unit}, which is no currency.", "Take currency out of show={show}."),
    fr=("{reference} se compte en {unit}, qui n'est pas une monnaie.", "Ôtez currency de show={show}."),
)
FAULTS.error(
    "show_words",
    en=("{reference} is {value}, which is not written in words.", "Take words out of show={show}."),
    fr=("{reference} vaut {value}, qui ne s'écrit pas en lettres.", "Ôtez words de show={show}."),
)
FAULTS.error(
    "show_list",
    en=("{reference} is {value}, and {listed} names are known.", "Refer to what counts the names; show={show}."),
    fr=(
        "{reference} vaut {value}, et {listed} noms sont connus.",
        "Référez-vous à ce qui compte les noms ; show={show}.",
    ),
)
FAULTS.error(
    "show_nothing",
    en=("{reference} is {value} and would print as 0.", "Show more digits than show={show}."),
    fr=("{reference} vaut {value} et s'imprimerait 0.", "Montrez plus de chiffres que show={show}."),
)
FAULTS.error(
    "age_not_given",
    en=(
        "{indicator}: its form asked for ages {cell}, which {value} cuts in two.",
        "Ask for {cell}, or for a range that holds it whole.",
    ),
    fr=(
        "{indicator} : son formulaire demande les âges {cell}, que {value} coupe en deux.",
        "Demandez {cell}, ou une tranche qui la contient.",
    ),
)

# Releasing

FAULTS.error(
    "release_none",
    en=("{indicator} has no key release: nothing of it can be printed below its threshold.", "Leave it withheld."),
    fr=("{indicator} n'a pas de clé release : rien n'en peut être imprimé sous son seuil.", "Laissez-le retenu."),
)
FAULTS.error(
    "release_role",
    en=("{indicator} is released by {role}, which {actor} is not.", "Ask somebody in that role."),
    fr=("{indicator} est libéré par {role}, ce que {actor} n'est pas.", "Demandez à quelqu'un de ce rôle."),
)

FAULTS.warning(
    "period_too_fine",
    en=(
        "{reference} is reported by {grain}: {period} has no value of its own.",
        "Ask for whole periods of a {grain}.",
    ),
    fr=(
        "{reference} est rapporté par {grain_fr} : {period} n'a pas de valeur propre.",
        "Demandez des périodes entières d'un {grain_fr}.",
    ),
)
