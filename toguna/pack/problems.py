"""The faults of an operation pack."""

from toguna.kernel import Catalogue

FAULTS = Catalogue("pack")

NO_PACK = FAULTS.error(
    "none_here",
    en=("{path} is no operation pack: it holds no {file}.", "Name the pack's folder, such as operations/mali."),
    fr=(
        "{path} n'est pas un dossier d'opération : il n'y a pas de {file}.",
        "Indiquez le dossier, par exemple operations/mali.",
    ),
)
FILE_MISSING = FAULTS.error(
    "file_missing",
    en=("The pack has no {file}.", "Add it; operations/mali shows one."),
    fr=("Le dossier n'a pas de {file}.", "Ajoutez-le ; operations/mali en montre un."),
)
NOT_TEXT = FAULTS.error(
    "not_text",
    en=("The file is not UTF-8 text (byte {byte}).", "Save it as UTF-8."),
    fr=("Le fichier n'est pas du texte UTF-8 (octet {byte}).", "Enregistrez-le en UTF-8."),
)
TOML_BROKEN = FAULTS.error(
    "toml_broken",
    en=("The file is not TOML: {reason}.", "Mend that line; texts stand in quotes, lists in square brackets."),
    fr=(
        "Le fichier n'est pas du TOML : {reason}.",
        "Corrigez cette ligne ; textes entre guillemets, listes entre crochets.",
    ),
)
COLUMN_MISSING = FAULTS.error(
    "column_missing",
    en=("The table has no column {column}.", "Add it; the header is: {header}."),
    fr=("Le tableau n'a pas de colonne {column}.", "Ajoutez-la ; l'en-tête est : {header}."),
)
COLUMN_UNKNOWN = FAULTS.error(
    "column_unknown",
    en=(
        "The table has a column {column} that nobody reads.",
        "Take it out, or mend its name; the header is: {header}.",
    ),
    fr=(
        "Le tableau a une colonne {column} que personne ne lit.",
        "Supprimez-la ou corrigez son nom ; l'en-tête est : {header}.",
    ),
)
ROW_WIDTH = FAULTS.error(
    "row_width",
    en=("The row has {found} cells, the header {wanted}.", "Put a cell with commas in quotation marks."),
    fr=(
        "La ligne a {found} cellules, l'en-tête {wanted}.",
        "Mettez entre guillemets une cellule qui contient des virgules.",
    ),
)
CODE_TWICE = FAULTS.error(
    "code_twice",
    en=("{code} stands in row {row} already.", "Give each its own."),
    fr=("{code} figure déjà à la ligne {row}.", "Donnez à chacun le sien."),
)
CODE_UNKNOWN = FAULTS.error(
    "code_unknown",
    en=("{file} has no {code}{near}.", "Mend the code, or add the row."),
    fr=("{file} n'a pas de {code}{near}.", "Corrigez le code, ou ajoutez la ligne."),
)
CELL_WRONG = FAULTS.error(
    "cell_wrong",
    en=("{value} is not {wanted}.", "Write {wanted}."),
    fr=("{value} n'est pas {wanted_fr}.", "Écrivez {wanted_fr}."),
)
LABEL_MISSING = FAULTS.error(
    "label_missing",
    en=("{what} has no label in {language}.", "Write it in every language of the operation."),
    fr=("{what} n'a pas de libellé en {language}.", "Écrivez-le dans toutes les langues de l'opération."),
)
QUESTION_UNUSED = FAULTS.warning(
    "question_unused",
    en=("No indicator reads {form}.{question}.", "Ask it only if somebody needs the answer."),
    fr=("Aucun indicateur ne lit {form}.{question}.", "Ne la posez que si quelqu'un a besoin de la réponse."),
)
PLAN_KEY_UNKNOWN = FAULTS.error(
    "plan_key_unknown",
    en=("The plan knows no {key}.", "Known here: {known}."),
    fr=("Le plan ne connaît pas {key}.", "Connus ici : {known}."),
)
PLAN_KEY_MISSING = FAULTS.error(
    "plan_key_missing",
    en=("The plan lacks {key}.", "Write it."),
    fr=("Il manque {key} au plan.", "Écrivez-le."),
)
PLAN_VALUE = FAULTS.error(
    "plan_value",
    en=("{key} is {value}.", "Write {wanted}."),
    fr=("{key} vaut {value}.", "Écrivez {wanted_fr}."),
)
PLAN_PERIOD = FAULTS.error(
    "plan_period",
    en=("{key} is {value}, which is no period: {reason}.", "Write it as 2016-12 or 2016-06..2016-12."),
    fr=(
        "{key} vaut {value}, qui n'est pas une période : {reason}.",
        "Écrivez par exemple 2016-12 ou 2016-06..2016-12.",
    ),
)
PLAN_MARGIN = FAULTS.error(
    "plan_margin",
    en=(
        "The margin of {column} for {period} is {total}, less than the {fixed} of its single months.",
        "Raise it, or lower theirs.",
    ),
    fr=(
        "La marge de {column} pour {period} est {total}, moins que les {fixed} de ses mois.",
        "Relevez-la, ou baissez les leurs.",
    ),
)
PLAN_FORM = FAULTS.error(
    "plan_form",
    en=("The plan fills in {form}.{question}, which no form of the pack asks.", "Mend the name, or add the question."),
    fr=(
        "Le plan remplit {form}.{question}, qu'aucun formulaire ne demande.",
        "Corrigez le nom, ou ajoutez la question.",
    ),
)
REPLAY_REFUSED = FAULTS.error(
    "replay_refused",
    en=("{file} of the demonstration was not taken in: {reason}", "Mend plan.toml or the form; nothing was made."),
    fr=(
        "{file} de la démonstration n'a pas été pris : {reason}",
        "Corrigez plan.toml ou le formulaire ; rien n'a été fait.",
    ),
)
LEDGER_BASIS = FAULTS.error(
    "ledger_basis",
    en=("{id} has the basis {basis}.", "Write one of {known}."),
    fr=("{id} a le fondement {basis}.", "Écrivez l'un de {known}."),
)
LEDGER_SOURCE = FAULTS.error(
    "ledger_source",
    en=("{id} is stated from {source}, which is no row of sources.csv.", "Add the note there, or mend its id."),
    fr=("{id} est déclaré d'après {source}, absent de sources.csv.", "Ajoutez-y la note, ou corrigez son identifiant."),
)
LEDGER_REFERENCE = FAULTS.error(
    "ledger_reference",
    en=("{id} has no reference and no reason.", "Write the figure's reference, or why there is none."),
    fr=("{id} n'a ni référence ni motif.", "Écrivez la référence du chiffre, ou pourquoi il n'y en a pas."),
)
NOT_OURS = FAULTS.error(
    "not_ours",
    en=("{path} was not made by this demonstration.", "Move it away; it is not overwritten."),
    fr=("{path} n'a pas été fait par cette démonstration.", "Déplacez-le ; il n'est pas écrasé."),
)
