"""The faults of submissions, published forms and reference tables."""

from toguna.kernel.api import Catalogue

FAULTS = Catalogue("collect")

# Values

NOT_WHOLE = FAULTS.error(
    "value_not_whole",
    en=("{value!r} is not a whole number.", "Write digits only, such as 1234; a thing is counted whole."),
    fr=("{value!r} n'est pas un nombre entier.", "Écrivez des chiffres seulement, comme 1234."),
)
NOT_A_NUMBER = FAULTS.error(
    "value_not_a_number",
    en=("{value!r} is not a number, or could be two.", "Write 1234.5 or 1 234,5; never 1,234 alone."),
    fr=("{value!r} n'est pas un nombre, ou pourrait en être deux.", "Écrivez 1234,5 ou 1 234,5 ; jamais 1,234 seul."),
)
NOT_A_DATE = FAULTS.error(
    "value_not_a_date",
    en=("{value!r} is not a day of the calendar.", "Write 2016-12-31 or 31/12/2016."),
    fr=("{value!r} n'est pas un jour du calendrier.", "Écrivez 2016-12-31 ou 31/12/2016."),
)
NOT_A_MOMENT = FAULTS.error(
    "value_not_a_moment",
    en=("{value!r} is not a date and time.", "Write 2016-12-31T14:05 or 31/12/2016 14:05."),
    fr=("{value!r} n'est pas une date avec heure.", "Écrivez 2016-12-31T14:05 ou 31/12/2016 14:05."),
)
NOT_A_TIME = FAULTS.error(
    "value_not_a_time",
    en=("{value!r} is not a time of day.", "Write 14:05."),
    fr=("{value!r} n'est pas une heure.", "Écrivez 14:05."),
)
NOT_A_BOOLEAN = FAULTS.error(
    "value_not_yes_or_no",
    en=("{value!r} is neither yes nor no.", "Write yes or no (oui or non)."),
    fr=("{value!r} n'est ni oui ni non.", "Écrivez oui ou non."),
)
NOT_A_POINT = FAULTS.error(
    "value_not_a_point",
    en=("{value!r} is not a position.", "Write latitude, a blank and longitude, such as 16.27 -0.04."),
    fr=("{value!r} n'est pas une position.", "Écrivez la latitude, un espace et la longitude, comme 16.27 -0.04."),
)
NOT_A_FILE_NAME = FAULTS.error(
    "value_not_a_file_name",
    en=("{value!r} is not a file name.", "Write the file's name alone, without folders."),
    fr=("{value!r} n'est pas un nom de fichier.", "Écrivez le nom du fichier seul, sans dossiers."),
)
TEXT_TOO_LONG = FAULTS.error(
    "value_too_long",
    en=("The text is longer than 65,536 bytes.", "Send long texts as a file."),
    fr=("Le texte dépasse 65 536 octets.", "Envoyez les longs textes dans un fichier."),
)
CHOICE_UNKNOWN = FAULTS.error(
    "choice_unknown",
    en=("{value!r} is not in the list of {column}{near}.", "Choose from the list; write its code or its label."),
    fr=(
        "{value!r} n'est pas dans la liste de {column}{near}.",
        "Choisissez dans la liste ; écrivez le code ou le libellé.",
    ),
)
REQUIRED = FAULTS.error(
    "value_missing",
    en=("{column} is blank.", "It must be filled in{zero}."),
    fr=("{column} est vide.", "Il faut le remplir{zero_fr}."),
)
CELL_ERROR = FAULTS.error(
    "cell_error",
    en=("{column} holds the error {value}.", "Correct the formula, or write the value itself."),
    fr=("{column} contient l'erreur {value}.", "Corrigez la formule, ou écrivez la valeur elle-même."),
)
FORMULA_WITHOUT_VALUE = FAULTS.error(
    "formula_without_value",
    en=(
        "{column} is a formula, and the file does not hold its result.",
        "Open the file in Excel or LibreOffice and save it, or write the value itself.",
    ),
    fr=(
        "{column} est une formule, et le fichier n'en contient pas le résultat.",
        "Ouvrez le fichier dans Excel ou LibreOffice et enregistrez-le, ou écrivez la valeur elle-même.",
    ),
)
CELL_MERGED = FAULTS.error(
    "cell_merged",
    en=(
        "{column} is merged with another cell, and only the first of them holds the value.",
        "Unmerge the cells, and write the value in each row.",
    ),
    fr=(
        "{column} est fusionné avec une autre cellule, et seule la première contient la valeur.",
        "Annulez la fusion, et écrivez la valeur dans chaque ligne.",
    ),
)
NOT_RELEVANT = FAULTS.error(
    "value_not_relevant",
    en=("{column} holds {value!r}, and is not asked given the other answers.", "Empty it, or mend the other answers."),
    fr=(
        "{column} contient {value!r} mais n'est pas demandé vu les autres réponses.",
        "Videz-le, ou corrigez les autres.",
    ),
)
CONSTRAINT_BROKEN = FAULTS.error(
    "constraint_broken",
    en=("{value!r} is not allowed in {column}: {near}", "Mend the value."),
    fr=("{value!r} n'est pas permis dans {column} : {near_fr}", "Corrigez la valeur."),
)
RULE_NOT_CHECKED = FAULTS.warning(
    "rule_not_checked",
    en=(
        "The rule {rule!r} is not checked here: Toguna does not evaluate {reason}.",
        "Phones still check it. Rows of a spreadsheet are taken in without it.",
    ),
    fr=(
        "La règle {rule!r} n'est pas vérifiée ici : Toguna n'évalue pas {reason_fr}.",
        "Les téléphones la vérifient toujours. Les lignes d'un tableur sont acceptées sans elle.",
    ),
)

# Submissions as XML

XML_DOCTYPE = FAULTS.error(
    "xml_doctype",
    en=("The file declares a DOCTYPE.", "A filled form has none; send it as the form's client wrote it."),
    fr=("Le fichier déclare un DOCTYPE.", "Un formulaire rempli n'en a pas ; envoyez-le tel que l'outil l'a écrit."),
)
XML_BROKEN = FAULTS.error(
    "xml_broken",
    en=("The XML is broken or cut off: {reason}.", "Send the file again, whole."),
    fr=("Le XML est abîmé ou tronqué : {reason}.", "Renvoyez le fichier en entier."),
)
XML_TOO_LARGE = FAULTS.error(
    "xml_too_large",
    en=("The file has {size} bytes; a filled form may have {most}.", "Send photos and texts as files beside it."),
    fr=("Le fichier a {size} octets ; un formulaire rempli peut en avoir {most}.", "Envoyez photos et textes à part."),
)
XML_TOO_DEEP = FAULTS.error(
    "xml_too_deep",
    en=("The XML is nested deeper than {most} levels.", "No form is; send the file as the form's client wrote it."),
    fr=(
        "Le XML a plus de {most} niveaux.",
        "Aucun formulaire n'en a autant ; envoyez le fichier tel que l'outil l'a écrit.",
    ),
)
XML_NODE_UNKNOWN = FAULTS.warning(
    "xml_node_unknown",
    en=("{node} is no question of the form; its value is kept with the raw file alone.", "Check the form's version."),
    fr=("{node} n'est pas une question du formulaire ; sa valeur reste dans le fichier brut.", "Vérifiez la version."),
)
FORM_UNKNOWN = FAULTS.error(
    "form_unknown",
    en=("No form {form!r} is published{near}.", "Publish it first, or mend the form's id."),
    fr=("Aucun formulaire {form!r} n'est publié{near}.", "Publiez-le d'abord, ou corrigez son identifiant."),
)
FORM_VERSION_UNKNOWN = FAULTS.error(
    "form_version_unknown",
    en=(
        "Form {form!r} has no version {version!r}.",
        "Fill in its present template (toguna forms template {form}), or publish that version.",
    ),
    fr=(
        "Le formulaire {form!r} n'a pas de version {version!r}.",
        "Remplissez son modèle actuel (toguna forms template {form}), ou publiez cette version.",
    ),
)
ENTITY_BROKEN = FAULTS.warning(
    "entity_broken",
    en=("The entity of list {list!r} has no good {what}: {value!r}.", "Mend the form's entity declaration."),
    fr=("L'entité de la liste {list!r} n'a pas de bon {what} : {value!r}.", "Corrigez la déclaration d'entité."),
)

# What became of a submission

CONTENT_CONFLICT = FAULTS.error(
    "content_conflict",
    en=(
        "Submission {instance_id} is here with other content; this one is kept in quarantine.",
        "Send a correction: a new instanceID, with this one as deprecatedID.",
    ),
    fr=(
        "La soumission {instance_id} est déjà là avec un autre contenu ; celle-ci est gardée en quarantaine.",
        "Envoyez une correction : un nouvel instanceID, avec celui-ci comme deprecatedID.",
    ),
)
OUT_OF_SCOPE = FAULTS.error(
    "out_of_scope",
    en=(
        "It belongs to another organisation or another place than those that {name} acts for.",
        "Mend the organisation or place, or let somebody send it who acts for them.",
    ),
    fr=(
        "Elle relève d'une autre organisation ou d'un autre lieu que ceux pour lesquels {name} agit.",
        "Corrigez l'organisation ou le lieu, ou faites-la envoyer par qui agit pour eux.",
    ),
)
CONTENT_OLD = FAULTS.warning(
    "content_superseded",
    en=(
        "{instance_id} came before and {newest} has corrected it since; nothing changed.",
        "To go back to it, send it with a new instanceID and {newest} as deprecatedID.",
    ),
    fr=(
        "{instance_id} était déjà venue et {newest} l'a corrigée depuis ; rien n'a changé.",
        "Pour y revenir, envoyez-la avec un nouvel instanceID et {newest} comme deprecatedID.",
    ),
)
INSTANCE_ID_BROKEN = FAULTS.error(
    "instance_id_broken",
    en=("{value!r} cannot be an instanceID.", "Write at most 255 printable characters, such as uuid:1f0c..."),
    fr=("{value!r} ne peut être un instanceID.", "Écrivez au plus 255 caractères imprimables, comme uuid:1f0c..."),
)
KEY_HELD = FAULTS.error(
    "key_held",
    en=(
        "It corrects {deprecated_id}, and has the key of another submission, {holder}.",
        "Mend the key, or reject one of the two and correct the other.",
    ),
    fr=(
        "Elle corrige {deprecated_id} et porte la clé d'une autre soumission, {holder}.",
        "Corrigez la clé, ou rejetez l'une des deux et corrigez l'autre.",
    ),
)
DEPRECATED_UNKNOWN = FAULTS.error(
    "deprecated_unknown",
    en=(
        "It corrects {deprecated_id}, which has not come; it is kept in quarantine.",
        "Load the original, then this again.",
    ),
    fr=(
        "Elle corrige {deprecated_id}, qui n'est pas venue ; elle est en quarantaine.",
        "Chargez l'original, puis celle-ci.",
    ),
)
DEPRECATED_OLD = FAULTS.error(
    "deprecated_superseded",
    en=("It corrects {deprecated_id}, which {newest} has superseded.", "Correct the newest version."),
    fr=("Elle corrige {deprecated_id}, déjà remplacée par {newest}.", "Corrigez la version la plus récente."),
)
DEPRECATED_OTHER_FORM = FAULTS.error(
    "deprecated_of_other_form",
    en=("It corrects {deprecated_id}, a submission of form {form!r}.", "Correct it with its own form."),
    fr=(
        "Elle corrige {deprecated_id}, une soumission du formulaire {form!r}.",
        "Corrigez-la avec son propre formulaire.",
    ),
)
INSTANCE_UNKNOWN = FAULTS.error(
    "instance_unknown",
    en=("There is no submission {instance_id!r}.", "Copy its instanceID from a trace or an export."),
    fr=("Il n'y a pas de soumission {instance_id!r}.", "Copiez son instanceID d'une trace ou d'un export."),
)
REVIEW_OF_OLD = FAULTS.error(
    "review_of_superseded",
    en=("{instance_id} has been corrected by {newest}.", "Review the newest version."),
    fr=("{instance_id} a été corrigée par {newest}.", "Révisez la version la plus récente."),
)
STATE_UNKNOWN = FAULTS.error(
    "state_unknown",
    en=("{state!r} is no review state.", "Choose one of {states}."),
    fr=("{state!r} n'est pas un état de révision.", "Choisissez parmi {states}."),
)
REASON_UNKNOWN = FAULTS.error(
    "reason_unknown",
    en=("{reason!r} is no reason of this operation.", "Choose one of {reasons}; put words in the comment."),
    fr=(
        "{reason!r} n'est pas un motif de cette opération.",
        "Choisissez parmi {reasons} ; les mots vont au commentaire.",
    ),
)

# Files

NOTHING_TO_LOAD = FAULTS.error(
    "nothing_to_load",
    en=("There is nothing at {path}.", "Name a file, or a folder with files."),
    fr=("Il n'y a rien à {path}.", "Nommez un fichier, ou un dossier qui en contient."),
)
FILE_KIND_UNKNOWN = FAULTS.error(
    "file_kind_unknown",
    en=(
        "The file is neither XML, CSV nor a spreadsheet.",
        "Send a filled form as XML, or the form's template as .xlsx or .csv.",
    ),
    fr=(
        "Le fichier n'est ni XML, ni CSV, ni un tableur.",
        "Envoyez un formulaire en XML, ou le modèle en .xlsx ou .csv.",
    ),
)
FILE_UNREADABLE = FAULTS.error(
    "file_unreadable",
    en=("The file cannot be read: {reason}.", "Open it, save it again, and send that."),
    fr=("Le fichier est illisible : {reason}.", "Ouvrez-le, enregistrez-le de nouveau et envoyez-le."),
)
FILE_PASSWORD = FAULTS.error(
    "file_password",
    en=("The workbook is protected by a password.", "Remove the password in Excel and save it again."),
    fr=(
        "Le classeur est protégé par un mot de passe.",
        "Retirez le mot de passe dans Excel et enregistrez-le de nouveau.",
    ),
)
WEB_PAGE = FAULTS.error(
    "web_page",
    en=(
        "The file is a web page (HTML), whatever its name says.",
        "Open it in Excel or LibreOffice and save it as .xlsx.",
    ),
    fr=(
        "Le fichier est une page web (HTML), quel que soit son nom.",
        "Ouvrez-le dans Excel ou LibreOffice et enregistrez-le en .xlsx.",
    ),
)
SPREADSHEET_2003 = FAULTS.error(
    "spreadsheet_2003",
    en=(
        "The file is a workbook in the XML of Excel 2003.",
        "Open it in Excel or LibreOffice and save it as .xlsx.",
    ),
    fr=(
        "Le fichier est un classeur au format XML d'Excel 2003.",
        "Ouvrez-le dans Excel ou LibreOffice et enregistrez-le en .xlsx.",
    ),
)
XML_ENCRYPTED = FAULTS.error(
    "xml_encrypted",
    en=(
        "The submission is encrypted: this file is only its envelope.",
        "Decrypt it with the form's private key (ODK Central or Briefcase), and load the decrypted file.",
    ),
    fr=(
        "La soumission est chiffrée : ce fichier n'en est que l'enveloppe.",
        "Déchiffrez-la avec la clé privée du formulaire (ODK Central ou Briefcase), puis chargez le fichier déchiffré.",
    ),
)
TAGS_LEFT_OUT = FAULTS.warning(
    "tags_left_out",
    en=("The row holds HXL tags and was left out.", "Nothing needs to be done."),
    fr=("La ligne contient des étiquettes HXL et a été laissée de côté.", "Il n'y a rien à faire."),
)
COLUMNS_BESIDE = FAULTS.warning(
    "columns_beside",
    en=(
        "These columns come from the system that exported the sheet and are kept with the file only: {columns}.",
        "Nothing needs to be done.",
    ),
    fr=(
        "Ces colonnes viennent du système qui a exporté la feuille et ne sont gardées qu'avec le fichier : {columns}.",
        "Il n'y a rien à faire.",
    ),
)
SHEET_TOO_LARGE = FAULTS.error(
    "sheet_too_large",
    en=("{what} is {found}; {most} is the most.", "Split the file; delete empty columns and rows at the end."),
    fr=(
        "{what_fr} est de {found} ; le maximum est {most}.",
        "Divisez le fichier ; supprimez lignes et colonnes vides à la fin.",
    ),
)
SHEET_OF_NO_FORM = FAULTS.error(
    "sheet_of_no_form",
    en=(
        "The columns are those of no published form{near}.",
        "Fill in the form's template: toguna forms template FORM.",
    ),
    fr=(
        "Les colonnes ne sont celles d'aucun formulaire publié{near}.",
        "Remplissez le modèle du formulaire : toguna forms template FORMULAIRE.",
    ),
)
COLUMN_UNKNOWN = FAULTS.error(
    "column_unknown",
    en=("The form has no question {column!r}{near}.", "Use the template's headers, or delete the column."),
    fr=(
        "Le formulaire n'a pas de question {column!r}{near}.",
        "Gardez les en-têtes du modèle, ou supprimez la colonne.",
    ),
)
COLUMN_TWICE = FAULTS.error(
    "column_twice",
    en=("{column!r} stands twice.", "Keep one of the two columns."),
    fr=("{column!r} figure deux fois.", "Gardez une seule des deux colonnes."),
)
NOT_LOADED = FAULTS.error(
    "not_loaded",
    en=("Nothing was taken in, because all or none was asked and {count} were refused.", "Mend them and load again."),
    fr=(
        "Rien n'a été pris : tout ou rien était demandé et {count} ont été refusées.",
        "Corrigez-les et chargez de nouveau.",
    ),
)
KEY_TWICE = FAULTS.error(
    "key_twice",
    en=("Another row of the sheet has the same key ({value}) and other content.", "Keep one row for each {columns}."),
    fr=("Une autre ligne a la même clé ({value}) et un autre contenu.", "Gardez une ligne par {columns}."),
)
PARENT_UNKNOWN = FAULTS.error(
    "parent_row_unknown",
    en=(
        "The row belongs to {value!r}, and the form's sheet has no such row.",
        "Write the number of the row it belongs to.",
    ),
    fr=(
        "La ligne se rattache à {value!r}, absente de la feuille du formulaire.",
        "Écrivez le numéro de la ligne dont elle dépend.",
    ),
)

# Publishing

VERSION_TAKEN = FAULTS.error(
    "version_taken",
    en=("Form {form!r} version {version!r} is published with other content.", "Give the changed form a new version."),
    fr=("Le formulaire {form!r} version {version!r} est publié avec un autre contenu.", "Donnez une nouvelle version."),
)
STRICTLY_CONFIDENTIAL = FAULTS.error(
    "strictly_confidential",
    en=(
        "Form {form!r} asks what is strictly confidential ({question}), and Toguna cannot yet seal it for its recipients.",
        "Keep such data in the system made for it; let the partner send monthly totals.",
    ),
    fr=(
        "Le formulaire {form!r} demande du strictement confidentiel ({question}) que Toguna ne sait pas encore sceller.",
        "Gardez ces données dans le système prévu ; que le partenaire envoie des totaux mensuels.",
    ),
)
DISK_NOT_ATTESTED = FAULTS.error(
    "disk_not_attested",
    en=(
        "Form {form!r} asks what is confidential ({question}), and nobody has attested that the disk is encrypted.",
        "Encrypt the disk and write encrypted_disk = true in operation.toml, or declare the question's sensitivity.",
    ),
    fr=(
        "Le formulaire {form!r} demande du confidentiel ({question}) et nul n'a attesté que le disque est chiffré.",
        "Chiffrez le disque et écrivez encrypted_disk = true dans operation.toml, ou déclarez la sensibilité.",
    ),
)

# Reference tables

REFERENCE_COLUMNS = FAULTS.error(
    "reference_columns",
    en=("The table {table} lacks the column {column!r}.", "Its columns are: {columns}."),
    fr=("Il manque à la table {table} la colonne {column!r}.", "Ses colonnes sont : {columns}."),
)
REFERENCE_TWICE = FAULTS.error(
    "reference_twice",
    en=("The id {value!r} stands twice.", "Give each row an id of its own."),
    fr=("L'identifiant {value!r} figure deux fois.", "Donnez à chaque ligne son identifiant."),
)
REFERENCE_NAMELESS = FAULTS.error(
    "reference_key_blank",
    en=("The row has no {column}.", "Fill it in; the first column tells rows apart."),
    fr=("La ligne n'a pas de {column}.", "Remplissez-la ; la première colonne distingue les lignes."),
)
REFERENCE_VALUE = FAULTS.error(
    "reference_value",
    en=("{value!r} is no good {what}.", "{cure}"),
    fr=("{value!r} n'est pas une valeur valable ({what}).", "{cure}"),
)
REFERENCE_SUPERSEDES = FAULTS.error(
    "reference_supersedes",
    en=("It supersedes {value!r}, which is no row of the table.", "Name the id of the row that it replaces."),
    fr=("Elle remplace {value!r}, qui n'est pas une ligne de la table.", "Nommez l'identifiant de la ligne remplacée."),
)

# Stored content

RAW_CHANGED = FAULTS.error(
    "raw_changed",
    en=(
        "The bytes kept of {instance_id} are not those the journal tells of.",
        "Restore the file {file} from a backup.",
    ),
    fr=(
        "Les octets gardés de {instance_id} ne sont pas ceux du journal.",
        "Restaurez le fichier {file} d'une sauvegarde.",
    ),
)
RAW_MISSING = FAULTS.error(
    "raw_missing",
    en=(
        "The journal tells of {instance_id}, and its bytes are not here.",
        "Restore the database and files from a backup.",
    ),
    fr=(
        "Le journal parle de {instance_id}, dont les octets sont absents.",
        "Restaurez base et fichiers d'une sauvegarde.",
    ),
)
ROW_CHANGED = FAULTS.error(
    "submission_changed",
    en=(
        "What the database says of {instance_id} (its dates, what it corrects, what it does to entities) is not what was received.",
        "Restore the database from a backup, and find out who wrote to it.",
    ),
    fr=(
        "Ce que la base dit de {instance_id} (dates, correction, effets sur les entités) n'est pas ce qui a été reçu.",
        "Restaurez la base d'une sauvegarde, et cherchez qui y a écrit.",
    ),
)
REVIEW_UNTOLD = FAULTS.error(
    "review_untold",
    en=(
        "A review of {instance_id} is stored otherwise than the journal tells, or is missing.",
        "Restore the database from a backup, and find out who wrote to it.",
    ),
    fr=(
        "Une revue de {instance_id} n'est pas notée comme le dit le journal, ou manque.",
        "Restaurez la base d'une sauvegarde, et cherchez qui y a écrit.",
    ),
)
FORM_UNTOLD = FAULTS.error(
    "form_untold",
    en=(
        "A version of the form {form} is not the one that was published, or its files are missing.",
        "Restore the database and the folder files/ from a backup.",
    ),
    fr=(
        "Une version du formulaire {form} n'est pas celle qui a été publiée, ou ses fichiers manquent.",
        "Restaurez la base et le dossier files/ d'une sauvegarde.",
    ),
)
REFERENCE_UNTOLD = FAULTS.error(
    "reference_untold",
    en=(
        "The rows of the reference table {table} are not those that the journal tells of.",
        "Restore the database from a backup, and find out who wrote to it.",
    ),
    fr=(
        "Les lignes de la table de référence {table} ne sont pas celles dont parle le journal.",
        "Restaurez la base d'une sauvegarde, et cherchez qui y a écrit.",
    ),
)
STATE_UNTOLD = FAULTS.error(
    "state_untold",
    en=(
        "{instance_id} is stored as {state}, and the journal tells another state.",
        "Find out who wrote to the database.",
    ),
    fr=("{instance_id} est notée {state}, et le journal dit un autre état.", "Cherchez qui a écrit dans la base."),
)
UNTOLD = FAULTS.error(
    "submission_untold",
    en=("{instance_id} is stored, and the journal tells nothing of it.", "Find out who wrote to the database."),
    fr=("{instance_id} est stockée, et le journal n'en dit rien.", "Cherchez qui a écrit dans la base."),
)

# Corrections

ROWS_AMBIGUOUS = FAULTS.error(
    "rows_ambiguous",
    en=(
        "Nobody can say which stored rows of {table} ({key}) these rows correct: {held} and the file have different numbers of them.",
        "Send all rows of this key as they should be and load with --replace, or name a row key in the form (setting tg:rows).",
    ),
    fr=(
        "On ne peut dire quelles lignes de {table} ({key}) ces lignes corrigent : {held} et le fichier n'en ont pas le même nombre.",
        "Envoyez toutes les lignes de cette clé et chargez avec --replace, ou nommez une clé de ligne (réglage tg:rows).",
    ),
)
ROWS_OF_OTHER_VERSION = FAULTS.error(
    "rows_of_other_version",
    en=(
        "Rows that the file does not have were given in version {version} of the form, with answers that this version does not ask: "
        "{columns}.",
        "Send the correction on that version's template, or load all rows with --replace.",
    ),
    fr=(
        "Des lignes absentes du fichier viennent de la version {version} du formulaire, avec des réponses que celle-ci ne demande pas : "
        "{columns}.",
        "Envoyez la correction sur le modèle de cette version, ou chargez toutes les lignes avec --replace.",
    ),
)
MERGE_UNSOUND = FAULTS.error(
    "merge_unsound",
    en=(
        "The file corrects {held}; together with the {count} rows that it does not change, the answers break the form's rules.",
        "Add the rows that must change to the file. To remove the rows that the file does not have, load with --replace.",
    ),
    fr=(
        "Le fichier corrige {held} ; avec les {count} lignes qu'il ne change pas, les réponses enfreignent les règles du formulaire.",
        "Ajoutez au fichier les lignes à changer. Pour retirer celles qu'il n'a pas, chargez avec --replace.",
    ),
)
ROWS_STAY = FAULTS.warning(
    "rows_stay",
    en=(
        "{count} rows of {held} are not in the file. They stay as they are.",
        "To remove them, load with --replace.",
    ),
    fr=(
        "{count} lignes de {held} ne sont pas dans le fichier. Elles restent telles quelles.",
        "Pour les retirer, chargez avec --replace.",
    ),
)
ROWS_REMOVED = FAULTS.warning(
    "rows_removed",
    en=(
        "{count} rows of {held} are not in the file and are removed (--replace): {keys}.",
        "Check that they should no longer count.",
    ),
    fr=(
        "{count} lignes de {held} ne sont pas dans le fichier et sont retirées (--replace) : {keys}.",
        "Vérifiez qu'elles ne doivent plus compter.",
    ),
)
ANSWERS_EMPTIED = FAULTS.warning(
    "answers_emptied",
    en=(
        "The file leaves answers blank that {held} has: {columns} (row {key}).",
        "If the answer still holds, write it in the file and load again.",
    ),
    fr=(
        "Le fichier laisse vides des réponses que {held} contient : {columns} (ligne {key}).",
        "Si la réponse vaut toujours, écrivez-la dans le fichier et chargez de nouveau.",
    ),
)
PREVIEW_OUTDATED = FAULTS.error(
    "preview_outdated",
    en=(
        "What the files would change is no longer what the preview showed: somebody stored something since.",
        "Look at the preview again and confirm it.",
    ),
    fr=(
        "Ce que les fichiers changeraient n'est plus ce que l'aperçu a montré : quelque chose a été enregistré depuis.",
        "Regardez de nouveau l'aperçu et confirmez-le.",
    ),
)
ROW_KEY_UNKNOWN = FAULTS.error(
    "row_key_unknown",
    en=(
        "{word!r} is not a question of a repeat.",
        "Write the repeat, a colon and its questions: result: activity place.",
    ),
    fr=(
        "{word!r} n'est pas une question d'un groupe répété.",
        "Écrivez le groupe, deux-points et ses questions : result: activity place.",
    ),
)
