"""The faults of forms: of the file, of the survey sheet, of expressions, of choices, of settings and entities, of a new version."""

from toguna.kernel.api import Catalogue

FAULTS = Catalogue("forms")

# The file
CANNOT_OPEN = FAULTS.error(
    "cannot_open",
    en=("The file cannot be opened: {reason}.", "Mind its path, and that you may read it."),
    fr=("Le fichier ne peut être ouvert : {reason}.", "Vérifiez son chemin, et que vous pouvez le lire."),
)
UNREADABLE = FAULTS.error(
    "unreadable",
    en=("The file is damaged and cannot be read ({reason}).", "Open it in a spreadsheet and save it again as .xlsx."),
    fr=(
        "Le fichier est abîmé et ne peut être lu ({reason}).",
        "Ouvrez-le dans un tableur et enregistrez-le à nouveau en .xlsx.",
    ),
)
NOT_A_WORKBOOK = FAULTS.error(
    "not_a_workbook",
    en=("The file is neither .xlsx, .xls nor Markdown tables.", "Give an XLSForm in one of the three."),
    fr=("Le fichier n'est ni .xlsx, ni .xls, ni des tableaux Markdown.", "Donnez un XLSForm dans l'un des trois."),
)
TOO_LARGE = FAULTS.error(
    "too_large",
    en=(
        "The file holds {size} MB; no sheet of a form may hold more than {most} MB.",
        "Remove what is not part of the form.",
    ),
    fr=(
        "Le fichier contient {size} Mo ; aucune feuille d'un formulaire ne peut dépasser {most} Mo.",
        "Retirez ce qui n'appartient pas au formulaire.",
    ),
)
TOO_MANY_CELLS = FAULTS.error(
    "too_many_cells",
    en=(
        "The sheet has more than {rows} rows or {columns} columns.",
        "Move long lists to a file and use select_one_from_file.",
    ),
    fr=(
        "La feuille a plus de {rows} lignes ou {columns} colonnes.",
        "Placez les longues listes dans un fichier et employez select_one_from_file.",
    ),
)
NOT_TEXT = FAULTS.error(
    "not_text",
    en=("The file is not UTF-8 text (byte {byte}).", "Save it as UTF-8 text, or give the .xlsx."),
    fr=("Le fichier n'est pas du texte UTF-8 (octet {byte}).", "Enregistrez-le en texte UTF-8, ou donnez le .xlsx."),
)
WEB_PAGE = FAULTS.error(
    "web_page",
    en=("The file is a web page (HTML), not a workbook.", "Open it in Excel or LibreOffice and save it as .xlsx."),
    fr=(
        "Le fichier est une page web (HTML), non un classeur.",
        "Ouvrez-le dans Excel ou LibreOffice et enregistrez-le en .xlsx.",
    ),
)
PASSWORD = FAULTS.error(
    "password",
    en=("The workbook is protected by a password.", "Remove the password in Excel and save it again."),
    fr=(
        "Le classeur est protégé par un mot de passe.",
        "Retirez le mot de passe dans Excel et enregistrez-le à nouveau.",
    ),
)
ROW_NOT_CLOSED = FAULTS.error(
    "row_not_closed",
    en=("This table row does not begin and end with |: {row}", "Add the missing |."),
    fr=("Cette ligne de tableau ne commence et ne finit pas par | : {row}", "Ajoutez le | manquant."),
)
CELL_ERROR = FAULTS.error(
    "cell_error",
    en=("The cell holds the error {error}.", "Correct its formula, or write the text itself."),
    fr=("La cellule contient l'erreur {error}.", "Corrigez sa formule, ou écrivez le texte lui-même."),
)
FORMULA_WITHOUT_VALUE = FAULTS.error(
    "formula_without_value",
    en=(
        "The cell is a formula, and the file does not hold its result.",
        "Open the file in Excel or LibreOffice and save it, or write the text itself.",
    ),
    fr=(
        "La cellule est une formule, et le fichier n'en contient pas le résultat.",
        "Ouvrez le fichier dans Excel ou LibreOffice et enregistrez-le, ou écrivez le texte lui-même.",
    ),
)
CELLS_MERGED = FAULTS.warning(
    "cells_merged",
    en=(
        "The cells {cells} are merged: only the first holds {value!r}, the others are blank.",
        "Unmerge them, and write the value in each cell that needs it.",
    ),
    fr=(
        "Les cellules {cells} sont fusionnées : seule la première contient {value!r}, les autres sont vides.",
        "Annulez la fusion, et écrivez la valeur dans chaque cellule qui en a besoin.",
    ),
)
NO_SURVEY = FAULTS.error(
    "survey_missing",
    en=(
        "There is no sheet survey with questions (found: {found}).",
        "Name the sheet of questions survey; its header has type, name and label.",
    ),
    fr=(
        "Il n'y a pas de feuille survey avec des questions (trouvé : {found}).",
        "Nommez survey la feuille des questions ; son en-tête a type, name et label.",
    ),
)
SHEET_MISSPELT = FAULTS.warning(
    "sheet_unused",
    en=("The sheet {sheet!r} is not used.", "Did you mean {nearest!r}? Begin its name with _ if not."),
    fr=(
        "La feuille {sheet!r} n'est pas utilisée.",
        "Vouliez-vous dire {nearest!r} ? Sinon, faites commencer son nom par _.",
    ),
)
HEADER_TWICE = FAULTS.error(
    "header_twice",
    en=("The columns {first!r} and {second!r} mean the same.", "Keep one of them."),
    fr=("Les colonnes {first!r} et {second!r} veulent dire la même chose.", "N'en gardez qu'une."),
)
HEADER_MISSING = FAULTS.error(
    "header_missing",
    en=("The sheet has no column {column!r}.", "Add it to the header row."),
    fr=("La feuille n'a pas de colonne {column!r}.", "Ajoutez-la à la ligne d'en-tête."),
)
HEADER_MISSPELT = FAULTS.warning(
    "header_unused",
    en=("The column {column!r} is not used.", "Did you mean {nearest!r}?"),
    fr=("La colonne {column!r} n'est pas utilisée.", "Vouliez-vous dire {nearest!r} ?"),
)

# The survey sheet
TYPE_MISSING = FAULTS.error(
    "type_missing",
    en=("The row has no type.", "Write a question type, such as text or integer, or empty the row."),
    fr=("La ligne n'a pas de type.", "Écrivez un type de question, comme text ou integer, ou videz la ligne."),
)
TYPE_UNKNOWN = FAULTS.error(
    "type_unknown",
    en=("There is no question type {type!r}.", "Write {nearest}."),
    fr=("Le type de question {type!r} n'existe pas.", "Écrivez {nearest}."),
)
LOOP = FAULTS.error(
    "loop",
    en=("The loop names no choice list.", "Write begin_loop over and the name of a list: {nearest}."),
    fr=("La boucle ne nomme pas de liste de choix.", "Écrivez begin_loop over et le nom d'une liste : {nearest}."),
)
NAME_MISSING = FAULTS.error(
    "name_missing",
    en=("The row of type {type!r} has no name.", "Write a name of letters, digits and _."),
    fr=("La ligne de type {type!r} n'a pas de nom.", "Écrivez un nom de lettres, de chiffres et de _."),
)
NAME_INVALID = FAULTS.error(
    "name_invalid",
    en=(
        "{name!r} cannot be a name: names begin with a letter or _ and go on with letters, digits, _, - or a point.",
        "Write {nearest}.",
    ),
    fr=(
        "{name!r} ne peut être un nom : un nom commence par une lettre ou _ et se poursuit par des lettres, chiffres, _, - ou un point.",
        "Écrivez {nearest}.",
    ),
)
NAME_RESERVED = FAULTS.error(
    "name_reserved",
    en=("The name {name!r} is reserved.", "Choose another, such as {nearest}."),
    fr=("Le nom {name!r} est réservé.", "Choisissez-en un autre, comme {nearest}."),
)
NAME_TWICE = FAULTS.error(
    "name_twice",
    en=("The name {name!r} stands already in row {row}, in the same group.", "Give one of the two another name."),
    fr=(
        "Le nom {name!r} se trouve déjà à la ligne {row}, dans le même groupe.",
        "Donnez un autre nom à l'une des deux.",
    ),
)
#: No longer reported: such names are two columns (`name_capitals`).
NAME_CASE = FAULTS.error(
    "name_case",
    en=(
        "{name!r} differs from {other!r} in row {row} only by capitals; a database takes them for one.",
        "Give one of the two another name.",
    ),
    fr=(
        "{name!r} ne diffère de {other!r} (ligne {row}) que par les majuscules ; une base de données les confond.",
        "Donnez un autre nom à l'une des deux.",
    ),
)
NAME_CAPITALS = FAULTS.warning(
    "name_capitals",
    en=(
        "{name!r} differs from {other!r} in row {row} only by capitals; databases take them for one, so its column is {column}.",
        "Give one of the two another name.",
    ),
    fr=(
        "{name!r} ne diffère de {other!r} (ligne {row}) que par les majuscules ; les bases de données les confondent, sa colonne est donc {column}.",
        "Donnez un autre nom à l'une des deux.",
    ),
)
REPEAT_TWICE = FAULTS.error(
    "repeat_name_twice",
    en=(
        "The repeat {name!r} has the name of another repeat, in row {row}.",
        "A repeat is a table: give each its own name.",
    ),
    fr=(
        "La répétition {name!r} porte le nom d'une autre, ligne {row}.",
        "Une répétition est une table : donnez un nom propre à chacune.",
    ),
)
REPEAT_IS_FORM = FAULTS.error(
    "repeat_named_as_form",
    en=("A repeat cannot be named {name!r}, the name of the form's own node.", "Give the repeat another name."),
    fr=(
        "Une répétition ne peut s'appeler {name!r}, nom du nœud du formulaire.",
        "Donnez un autre nom à la répétition.",
    ),
)
NOT_CLOSED = FAULTS.error(
    "not_closed",
    en=("The {kind} {name!r} is begun and never ended.", "Add a row of type end_{kind} after its last question."),
    fr=(
        "Le bloc {kind} {name!r} commence et ne finit pas.",
        "Ajoutez une ligne de type end_{kind} après sa dernière question.",
    ),
)
NOT_OPEN = FAULTS.error(
    "not_open",
    en=(
        "This end_{kind} ends nothing that is open here.",
        "Remove it, or begin a {kind} above; blocks end in the reverse order of their beginning.",
    ),
    fr=(
        "Ce end_{kind} ne ferme rien d'ouvert ici.",
        "Retirez-le, ou ouvrez un {kind} plus haut ; les blocs se ferment dans l'ordre inverse.",
    ),
)
LABEL_MISSING = FAULTS.warning(
    "label_missing",
    en=("The question {name!r} has no label.", "Write what the enumerator reads."),
    fr=("La question {name!r} n'a pas de libellé.", "Écrivez ce que l'enquêteur lit."),
)
TRANSLATION_MISSING = FAULTS.warning(
    "translation_missing",
    en=("{count} rows are not written in {language}: {rows}.", "Fill this column."),
    fr=("{count} lignes ne sont pas écrites en {language} : {rows}.", "Remplissez cette colonne."),
)
COUNT_NOT_NUMBER = FAULTS.error(
    "repeat_count_not_number",
    en=("{value!r} is no number of repetitions.", "Write a whole number or an expression such as ${{size}}."),
    fr=("{value!r} n'est pas un nombre de répétitions.", "Écrivez un nombre entier ou une expression comme ${{size}}."),
)

LABEL_NEEDED = FAULTS.error(
    "label_needed",
    en=(
        "The question {name!r} has no label and no hint, so that nobody could see what it asks.",
        "Write what the enumerator reads.",
    ),
    fr=(
        "La question {name!r} n'a ni libellé ni aide : personne ne verrait ce qu'elle demande.",
        "Écrivez ce que l'enquêteur lit.",
    ),
)
PARAMETERS_BROKEN = FAULTS.error(
    "parameters_broken",
    en=("The parameters {value!r} cannot be read.", "Write key=value, with a blank between two: start=1 end=10."),
    fr=("Les paramètres {value!r} sont illisibles.", "Écrivez clé=valeur, séparés par une espace : start=1 end=10."),
)
PARAMETER_UNKNOWN = FAULTS.error(
    "parameter_unknown",
    en=("Questions of type {type} take no parameter {key!r}.", "Write one of: {known}."),
    fr=("Les questions de type {type} n'ont pas de paramètre {key!r}.", "Écrivez l'un de : {known}."),
)
PARAMETER_VALUE = FAULTS.error(
    "parameter_value",
    en=("The parameter {key} is {value!r}.", "Write {wanted}."),
    fr=("Le paramètre {key} vaut {value!r}.", "Écrivez {wanted_fr}."),
)
PARAMETER_MISSING = FAULTS.error(
    "parameter_missing",
    en=("The parameter {key} does nothing without {needed}.", "Write {needed} beside it, or remove it."),
    fr=("Le paramètre {key} est sans effet sans {needed}.", "Ajoutez {needed}, ou retirez-le."),
)
AUDIT_NAME = FAULTS.error(
    "audit_name",
    en=("The audit has a name of its own.", "Leave the name blank, or write audit."),
    fr=("L'audit porte un autre nom.", "Laissez le nom vide, ou écrivez audit."),
)
INSTANCE_TWICE = FAULTS.error(
    "instance_twice",
    en=(
        "{file} and {other} (row {row}) have one name, and the form can hold only one source of that name.",
        "Rename one of the two.",
    ),
    fr=(
        "{file} et {other} (ligne {row}) portent le même nom, et le formulaire n'admet qu'une source de ce nom.",
        "Renommez l'un des deux.",
    ),
)

# Expressions
REFERENCE_UNKNOWN = FAULTS.error(
    "reference_unknown",
    en=("${{{name}}} is no question of this form.", "{nearest}"),
    fr=("${{{name}}} n'est pas une question de ce formulaire.", "{nearest_fr}"),
)
REFERENCE_AMBIGUOUS = FAULTS.error(
    "reference_ambiguous",
    en=("${{{name}}} may be any of rows {rows}.", "Give the question that is meant a name of its own."),
    fr=("${{{name}}} peut désigner l'une des lignes {rows}.", "Donnez un nom propre à la question visée."),
)
EXPRESSION_BROKEN = FAULTS.error(
    "expression_broken",
    en=("{expression!r} is not an XPath expression: {reason}.", "Correct it; see docs/forms.md, Expressions."),
    fr=(
        "{expression!r} n'est pas une expression XPath : {reason_fr}.",
        "Corrigez-la ; voir docs/forms.md, Expressions.",
    ),
)
FUNCTION_UNKNOWN = FAULTS.error(
    "function_unknown",
    en=("There is no function {name}() in forms.", "{nearest}"),
    fr=("Il n'y a pas de fonction {name}() dans les formulaires.", "{nearest_fr}"),
)
FUNCTION_ARGUMENTS = FAULTS.error(
    "function_arguments",
    en=("{name}() is given {given} arguments and takes {takes}.", "Mind the commas and brackets of {expression!r}."),
    fr=(
        "{name}() reçoit {given} arguments et en prend {takes}.",
        "Vérifiez les virgules et parenthèses de {expression!r}.",
    ),
)
PATTERN_BROKEN = FAULTS.error(
    "pattern_broken",
    en=("The regular expression {pattern!r} is broken: {reason}.", "Correct it. Phones stop at it with an error."),
    fr=(
        "L'expression régulière {pattern!r} n'est pas valide : {reason_fr}.",
        "Corrigez-la. Les téléphones s'y arrêtent avec une erreur.",
    ),
)
CALCULATION_MISSING = FAULTS.error(
    "calculation_missing",
    en=("The calculation {name!r} calculates nothing.", "Write an expression in the column calculation."),
    fr=("Le calcul {name!r} ne calcule rien.", "Écrivez une expression dans la colonne calculation."),
)

# Choices
LIST_MISSING = FAULTS.error(
    "choice_list_missing",
    en=("There is no choice list {list!r}.", "{nearest}"),
    fr=("La liste de choix {list!r} n'existe pas.", "{nearest_fr}"),
)
LIST_UNUSED = FAULTS.warning(
    "choice_list_unused",
    en=("No question uses the choice list {list!r}.", "Remove it, or use it."),
    fr=("Aucune question n'emploie la liste de choix {list!r}.", "Retirez-la ou employez-la."),
)
CHOICE_NAMELESS = FAULTS.error(
    "choice_nameless",
    en=("A choice of the list {list!r} has no name.", "Fill name, or empty the row."),
    fr=("Un choix de la liste {list!r} n'a pas de nom.", "Remplissez name, ou videz la ligne."),
)
CHOICE_NO_LIST = FAULTS.warning(
    "choice_without_list",
    en=("The choice {name!r} belongs to no list and is not used.", "Fill list_name, or empty the row."),
    fr=(
        "Le choix {name!r} n'appartient à aucune liste et n'est pas utilisé.",
        "Remplissez list_name, ou videz la ligne.",
    ),
)
CHOICE_TWICE = FAULTS.error(
    "choice_twice",
    en=(
        "The list {list!r} has {name!r} already, in row {row}.",
        "Rename one, or set allow_choice_duplicates to yes where a choice_filter tells them apart.",
    ),
    fr=(
        "La liste {list!r} a déjà {name!r}, ligne {row}.",
        "Renommez-en un, ou mettez allow_choice_duplicates à yes si un choice_filter les distingue.",
    ),
)
CHOICE_SPACE = FAULTS.error(
    "choice_name_space",
    en=(
        "The choice {name!r} has a space in its name, and {list!r} is a list of which several may be chosen.",
        "Write {nearest}.",
    ),
    fr=(
        "Le choix {name!r} a une espace dans son nom, et plusieurs choix de {list!r} peuvent être cochés.",
        "Écrivez {nearest}.",
    ),
)
FILE_EXTENSION = FAULTS.error(
    "file_extension",
    en=("{file!r} is no file that a select can read.", "Name a .csv, .geojson or .xml file, such as places.csv."),
    fr=(
        "{file!r} n'est pas un fichier qu'une liste peut lire.",
        "Nommez un fichier .csv, .geojson ou .xml, comme places.csv.",
    ),
)

# Our own columns
SENSITIVITY_UNKNOWN = FAULTS.error(
    "sensitivity_unknown",
    en=("There is no sensitivity {word!r}.", "Write {nearest}."),
    fr=("La sensibilité {word!r} n'existe pas.", "Écrivez {nearest}."),
)
SEALING_MISSING = FAULTS.error(
    "strictly_confidential",
    en=(
        "The question {name!r} is strictly_confidential: its answers must be sealed for recipients' keys, and sealing is not built yet.",
        "Leave the question out of this form until it is; do not lower its sensitivity to pass.",
    ),
    fr=(
        "La question {name!r} est strictly_confidential : ses réponses doivent être scellées pour les clés des destinataires, et le scellement n'existe pas encore.",
        "Retirez la question de ce formulaire jusque-là ; n'abaissez pas sa sensibilité pour passer.",
    ),
)
TG_UNKNOWN = FAULTS.error(
    "tg_column_unknown",
    en=("There is no column {column!r}.", "Write {nearest}."),
    fr=("La colonne {column!r} n'existe pas.", "Écrivez {nearest}."),
)
YES_OR_NO = FAULTS.error(
    "yes_or_no",
    en=("{word!r} is neither yes nor no.", "Write yes or no."),
    fr=("{word!r} n'est ni yes ni no.", "Écrivez yes ou no."),
)
BIRTH_NOT_DATE = FAULTS.error(
    "birth_not_date",
    en=("{name!r} is marked as a date of birth and is no date.", "Make it a date, or remove tg:birth."),
    fr=(
        "{name!r} est marqué comme date de naissance et n'est pas une date.",
        "Faites-en une date, ou retirez tg:birth.",
    ),
)
LAKE_CLOSED = FAULTS.error(
    "lake_closed",
    en=(
        "The text {name!r} is {sensitivity} and cannot enter the lake.",
        "Remove tg:lake, or declare it internal if it names nobody.",
    ),
    fr=(
        "Le texte {name!r} est {sensitivity} et ne peut entrer dans le lac.",
        "Retirez tg:lake, ou déclarez-le internal s'il ne nomme personne.",
    ),
)

# Settings
DATE_UNKNOWN = FAULTS.error(
    "date_setting_unknown",
    en=("tg:date names {name!r}, which is no date question outside repeats.", "{nearest}"),
    fr=("tg:date nomme {name!r}, qui n'est pas une question de date hors répétition.", "{nearest_fr}"),
)
FORM_ID_MISSING = FAULTS.warning(
    "form_id_missing",
    en=("The settings give no form_id; the file's name is taken: {form_id}.", "Write form_id in the sheet settings."),
    fr=(
        "Les réglages ne donnent pas de form_id ; le nom du fichier est pris : {form_id}.",
        "Écrivez form_id dans la feuille settings.",
    ),
)
FORM_ID_INVALID = FAULTS.error(
    "form_id_invalid",
    en=(
        "The form_id {form_id!r} cannot name a form: at most 100 characters, none of them a line break, a slash or a control character.",
        "Write another, such as {nearest}.",
    ),
    fr=(
        "Le form_id {form_id!r} ne peut nommer un formulaire : 100 caractères au plus, sans saut de ligne, barre oblique ni caractère de contrôle.",
        "Écrivez-en un autre, comme {nearest}.",
    ),
)
FORM_SLUG_TAKEN = FAULTS.error(
    "form_slug_taken",
    en=(
        "The form_ids {new!r} and {old!r} are both written {slug} where a name must be plain.",
        "Give the new form another form_id.",
    ),
    fr=(
        "Les form_id {new!r} et {old!r} s'écrivent tous deux {slug} là où un nom doit être simple.",
        "Donnez un autre form_id au nouveau formulaire.",
    ),
)
VERSION_MISSING = FAULTS.warning(
    "version_missing",
    en=("The settings give no version.", "Write one, such as 2016-12-01, and change it whenever the form changes."),
    fr=(
        "Les réglages ne donnent pas de version.",
        "Écrivez-en une, comme 2016-12-01, et changez-la à chaque changement du formulaire.",
    ),
)
LANGUAGE_UNKNOWN = FAULTS.error(
    "default_language_unknown",
    en=("The default_language {language!r} is no language of the labels.", "Write {nearest}."),
    fr=("La default_language {language!r} n'est pas une langue des libellés.", "Écrivez {nearest}."),
)
LANGUAGE_MISSING = FAULTS.warning(
    "default_language_missing",
    en=("The form has several languages and no default_language.", "Write {nearest} in the sheet settings."),
    fr=("Le formulaire a plusieurs langues et pas de default_language.", "Écrivez {nearest} dans la feuille settings."),
)

# Entities
ENTITY_LIST_INVALID = FAULTS.error(
    "entity_list_invalid",
    en=(
        "{name!r} cannot name an entity list.",
        "Write letters, digits and _, no point and no leading __, such as {nearest}.",
    ),
    fr=(
        "{name!r} ne peut nommer une liste d'entités.",
        "Écrivez lettres, chiffres et _, sans point ni __ en tête, comme {nearest}.",
    ),
)
ENTITY_LIST_TWICE = FAULTS.error(
    "entity_list_twice",
    en=("The entity list {name!r} is declared already, in row {row}.", "Keep one line for each list."),
    fr=("La liste d'entités {name!r} est déjà déclarée, ligne {row}.", "Gardez une ligne par liste."),
)
ENTITY_LABEL_MISSING = FAULTS.error(
    "entity_label_missing",
    en=(
        "The list {name!r} creates entities and has no label.",
        "Write an expression in label, or entity_id if it only updates.",
    ),
    fr=(
        "La liste {name!r} crée des entités et n'a pas de label.",
        "Écrivez une expression dans label, ou entity_id si elle ne fait que mettre à jour.",
    ),
)
ENTITY_ID_MISSING = FAULTS.error(
    "entity_id_missing",
    en=("The list {name!r} has update_if and no entity_id.", "Write in entity_id which entity is updated."),
    fr=("La liste {name!r} a update_if et pas d'entity_id.", "Écrivez dans entity_id quelle entité est mise à jour."),
)
ENTITY_UPDATE_MISSING = FAULTS.error(
    "entity_update_if_missing",
    en=(
        "The list {name!r} has create_if and entity_id and no update_if.",
        "Write when an entity is updated, or remove entity_id.",
    ),
    fr=(
        "La liste {name!r} a create_if et entity_id et pas d'update_if.",
        "Écrivez quand une entité est mise à jour, ou retirez entity_id.",
    ),
)
SAVETO_NO_LIST = FAULTS.error(
    "save_to_no_list",
    en=("save_to {property!r} belongs to no entity list of the sheet entities.", "{nearest}"),
    fr=("save_to {property!r} n'appartient à aucune liste de la feuille entities.", "{nearest_fr}"),
)
SAVETO_INVALID = FAULTS.error(
    "save_to_invalid",
    en=(
        "{property!r} cannot be a property: name, label and names that begin with __ are reserved.",
        "Write a name such as {nearest}.",
    ),
    fr=(
        "{property!r} ne peut être une propriété : name, label et les noms en __ sont réservés.",
        "Écrivez un nom comme {nearest}.",
    ),
)
SAVETO_TWICE = FAULTS.error(
    "save_to_twice",
    en=("The property {property!r} is saved to already, in row {row} (capitals do not count).", "Keep one of the two."),
    fr=("La propriété {property!r} est déjà enregistrée ligne {row} (majuscules comprises).", "Gardez l'une des deux."),
)

# pyxform
PYXFORM_REFUSES = FAULTS.error(
    "pyxform_refuses",
    en=("pyxform refuses the form: {message}", "Change what it names, and check again."),
    fr=("pyxform refuse le formulaire : {message}", "Changez ce qu'il nomme, puis vérifiez à nouveau."),
)
PYXFORM_FAILED = FAULTS.error(
    "pyxform_failed",
    en=(
        "pyxform stumbles over the form ({reason}).",
        "Remove the newest rows until it passes; the last one removed is at fault.",
    ),
    fr=(
        "pyxform trébuche sur le formulaire ({reason}).",
        "Retirez les dernières lignes jusqu'à ce qu'il passe ; la dernière retirée est en faute.",
    ),
)
PYXFORM_WARNS = FAULTS.warning(
    "pyxform_warns",
    en=("pyxform remarks: {message}", "The form works; see https://xlsform.org."),
    fr=("pyxform remarque : {message}", "Le formulaire fonctionne ; voir https://xlsform.org."),
)

# A new version
OTHER_FORM = FAULTS.error(
    "other_form",
    en=("This is the form {new!r}, no version of {old!r}.", "Publish it under its own form_id."),
    fr=("C'est le formulaire {new!r}, non une version de {old!r}.", "Publiez-le sous son propre form_id."),
)
VERSION_TAKEN = FAULTS.error(
    "version_taken",
    en=(
        "Version {version!r} is published already and asks other things.",
        "Write a new version in the sheet settings.",
    ),
    fr=(
        "La version {version!r} est déjà publiée et demande autre chose.",
        "Écrivez une nouvelle version dans la feuille settings.",
    ),
)
SENSITIVITY_LOWERED = FAULTS.error(
    "sensitivity_lowered",
    en=("{name!r} was {old} and would be {new}.", "Write {old}, or have a named person record the lowering."),
    fr=(
        "{name!r} était {old} et deviendrait {new}.",
        "Écrivez {old}, ou faites consigner l'abaissement par une personne nommée.",
    ),
)
TYPE_CHANGED = FAULTS.warning(
    "type_changed",
    en=(
        "{name!r} was {old} and is now {new}: both are kept, as two columns.",
        "Give the question a new name if it asks something else.",
    ),
    fr=(
        "{name!r} était {old} et devient {new} : les deux sont gardés, en deux colonnes.",
        "Donnez un autre nom à la question si elle demande autre chose.",
    ),
)
QUESTION_GONE = FAULTS.warning(
    "question_gone",
    en=("{name!r} is no longer asked; what was answered is kept.", "Check the indicators that read it."),
    fr=("{name!r} n'est plus demandé ; les réponses reçues sont gardées.", "Vérifiez les indicateurs qui le lisent."),
)
QUESTION_MOVED = FAULTS.warning(
    "question_moved",
    en=("{name!r} moved from the table {old!r} to {new!r}.", "Indicators read each table by itself: check them."),
    fr=("{name!r} passe de la table {old!r} à {new!r}.", "Les indicateurs lisent chaque table à part : vérifiez-les."),
)
CHOICE_GONE = FAULTS.warning(
    "choice_gone",
    en=(
        "The choices {names} are no longer in {list!r}; answers that hold them are kept.",
        "Check the indicators that name them.",
    ),
    fr=(
        "Les choix {names} ne sont plus dans {list!r} ; les réponses qui les portent sont gardées.",
        "Vérifiez les indicateurs qui les nomment.",
    ),
)

# Templates
LIST_TOO_LONG = FAULTS.error(
    "list_too_long",
    en=(
        "The list {list!r} has {size} lines; a sheet holds {most}.",
        "Give the template the places of one region only.",
    ),
    fr=(
        "La liste {list!r} a {size} lignes ; une feuille en contient {most}.",
        "Ne donnez au modèle que les lieux d'une région.",
    ),
)
