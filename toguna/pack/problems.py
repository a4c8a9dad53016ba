"""The faults of an operation pack."""

from toguna.kernel.api import Catalogue

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
TOML_BROKEN = FAULTS.error(
    "toml_broken",
    en=("The file is not TOML: {reason}.", "Mend that line; texts stand in quotes, lists in square brackets."),
    fr=(
        "Le fichier n'est pas du TOML : {reason}.",
        "Corrigez cette ligne ; textes entre guillemets, listes entre crochets.",
    ),
)
CODE_TWICE = FAULTS.error(
    "code_twice",
    en=("{code} stands in line {line} already.", "Give each its own."),
    fr=("{code} figure déjà à la ligne {line}.", "Donnez à chacun le sien."),
)
CODE_UNKNOWN = FAULTS.error(
    "code_unknown",
    en=("{file} has no {code}{near}.", "Mend the code, or add the row."),
    fr=("{file} n'a pas de {code}{near}.", "Corrigez le code, ou ajoutez la ligne."),
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
REPLAY_REFUSED = FAULTS.error(
    "replay_refused",
    en=("{file} of the pack was not taken in: {reason}", "Mend plan.toml, sources.csv or the form; nothing was made."),
    fr=(
        "{file} du dossier n'a pas été pris : {reason}",
        "Corrigez plan.toml, sources.csv ou le formulaire ; rien n'a été fait.",
    ),
)
LEDGER_BASIS = FAULTS.error(
    "ledger_basis",
    en=("{id} has the basis {basis}.", "Write one of {known}."),
    fr=("{id} a le fondement {basis}.", "Écrivez l'un de {known}."),
)
LEDGER_SOURCE = FAULTS.error(
    "ledger_source",
    en=("{id} is stated from {source}, which is no row of sources.csv{near}.", "Add the note there, or mend its id."),
    fr=(
        "{id} est déclaré d'après {source}, absent de sources.csv{near}.",
        "Ajoutez-y la note, ou corrigez son identifiant.",
    ),
)
LEDGER_REFERENCE = FAULTS.error(
    "ledger_reference",
    en=(
        "{id} says neither what computes it nor why nothing does.",
        "Write a figure's reference, stated:ab?source=NOTE, or the reason.",
    ),
    fr=("{id} n'a ni référence ni motif.", "Écrivez la référence du chiffre, ou pourquoi il n'y en a pas."),
)
NOT_OURS = FAULTS.error(
    "not_ours",
    en=("{path} was not made by this demonstration.", "Move it away; it is not overwritten."),
    fr=("{path} n'a pas été fait par cette démonstration.", "Déplacez-le ; il n'est pas écrasé."),
)
TABLE_EMPTY = FAULTS.error(
    "table_empty",
    en=("The table has no header.", "Write the names of its columns in the first line."),
    fr=("Le tableau n'a pas d'en-tête.", "Écrivez le nom de ses colonnes dans la première ligne."),
)
FORM_LIST = FAULTS.error(
    "form_list",
    en=(
        "{form} chooses from {file}, which the pack does not have.",
        "Add the table, or an entities sheet that makes the list.",
    ),
    fr=(
        "{form} choisit dans {file}, que le dossier n'a pas.",
        "Ajoutez le tableau, ou une feuille entities qui crée la liste.",
    ),
)
FORM_TWICE = FAULTS.error(
    "form_twice",
    en=("{form} is the form of {other} already.", "Give it another form_id."),
    fr=("{form} est déjà le formulaire de {other}.", "Donnez-lui un autre form_id."),
)
LEDGER_HEDGE = FAULTS.error(
    "ledger_hedge",
    en=("{id} has the hedge {hedge}.", "Write one of {known}, or nothing."),
    fr=("{id} a la réserve {hedge}.", "Écrivez l'une de {known}, ou rien."),
)
LEDGER_VALUE = FAULTS.error(
    "ledger_value",
    en=("{id} has the value {value!r}, which is no number.", "Write what the printed number says in digits."),
    fr=("{id} a la valeur {value!r}, qui n'est pas un nombre.", "Écrivez en chiffres ce que dit le nombre imprimé."),
)
QUESTION_UNUSED = FAULTS.warning(
    "question_unused",
    en=("Nothing uses the answers to {name}.", "Declare an indicator of it, or do not ask."),
    fr=("Rien n'emploie les réponses à {name}.", "Déclarez-en un indicateur, ou ne posez pas la question."),
)
OWNER_UNKNOWN = FAULTS.error(
    "owner_unknown",
    en=("{id} is owned by {owner}, which is no organisation.", "Write the code of one ({near})."),
    fr=("{id} appartient à {owner}, qui n'est pas une organisation.", "Écrivez le code d'une organisation ({near})."),
)
SYSTEM_EMPTY = FAULTS.error(
    "system_empty",
    en=("{id} has no form and no table.", "Name where its records are kept."),
    fr=("{id} n'a ni formulaire ni tableau.", "Indiquez où ses données sont conservées."),
)
SYSTEM_NAMES = FAULTS.error(
    "system_names",
    en=("{id} names {name}, which the pack does not have.", "Mend the name ({near})."),
    fr=("{id} nomme {name}, que le dossier n'a pas.", "Corrigez le nom ({near})."),
)
GUARD_UNKNOWN = FAULTS.error(
    "guard_unknown",
    en=(
        "{id} relies on {guard}, which is not there.",
        "Name a question, an indicator's key, a check or a rule that is.",
    ),
    fr=(
        "{id} compte sur {guard}, qui n'existe pas.",
        "Nommez une question, une clé d'indicateur, un contrôle ou une règle.",
    ),
)
FORM_OF_NONE = FAULTS.warning(
    "form_of_none",
    en=("{form} belongs to no kind of work.", "Name it in systems.toml."),
    fr=("{form} n'appartient à aucun travail.", "Nommez-le dans systems.toml."),
)
WORD_AVOIDED = FAULTS.error(
    "word_avoided",
    en=("{label!r} says {word!r}, which the glossary avoids.", "Write {better}."),
    fr=("{label!r} dit {word!r}, que le glossaire évite.", "Écrivez {better}."),
)
LEDGER_PERIOD = FAULTS.error(
    "ledger_period",
    en=("The pack's plan closes no period.", "Say which month: --period 2016-12."),
    fr=("Le plan du dossier ne clôt aucune période.", "Indiquez le mois : --period 2016-12."),
)
PLAN_PHOTO = FAULTS.error(
    "plan_photo",
    en=("The plan sends the photo {file}, which photos/ does not hold.", "Add it, or mend its name."),
    fr=("Le plan envoie la photo {file}, que photos/ ne contient pas.", "Ajoutez-la, ou corrigez son nom."),
)
PLAN_FORM = FAULTS.error(
    "plan_form",
    en=("The plan fills in {form}, which is no form of the pack.", "Mend the name, or add the form."),
    fr=(
        "Le plan remplit {form}, qui n'est pas un formulaire du dossier.",
        "Corrigez le nom, ou ajoutez le formulaire.",
    ),
)
PLAN_COLUMN = FAULTS.error(
    "plan_column",
    en=("The plan fills in {form}.{question}, which the form does not ask.", "Mend the name, or add the question."),
    fr=(
        "Le plan remplit {form}.{question}, que le formulaire ne demande pas.",
        "Corrigez le nom, ou ajoutez la question.",
    ),
)
PLAN_DRAW = FAULTS.error(
    "plan_draw",
    en=("The plan cannot be drawn: {reason}.", "Mend what it names."),
    fr=("Le plan ne peut être tiré : {reason}.", "Corrigez ce qu'il nomme."),
)
