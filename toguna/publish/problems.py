"""The faults of an update's source."""

from toguna.kernel.api import Catalogue, Fault

__all__ = ["FAULTS", "Fault"]

FAULTS = Catalogue("publish")

TOO_LARGE = FAULTS.error(
    "source_too_large",
    en=(
        "The source has {size} characters; an update may have {most}.",
        "Move tables and lists of names to files of their own.",
    ),
    fr=(
        "La source compte {size} caractères ; une mise à jour peut en avoir {most}.",
        "Placez les tableaux et les listes de noms dans des fichiers à part.",
    ),
)
NOT_TEXT = FAULTS.error(
    "not_text",
    en=("The file is not UTF-8 text (byte {byte}).", "Save it as UTF-8 text."),
    fr=("Le fichier n'est pas du texte UTF-8 (octet {byte}).", "Enregistrez-le en texte UTF-8."),
)
TOO_DEEP = FAULTS.error(
    "nested_too_deep",
    en=("Lists or quotations are nested deeper than {most} levels.", "Use at most two levels of bullets."),
    fr=(
        "Des listes ou citations sont imbriquées sur plus de {most} niveaux.",
        "Utilisez au plus deux niveaux de puces.",
    ),
)
NO_FRONT = FAULTS.error(
    "front_matter_missing",
    en=(
        "The source does not begin with front matter.",
        "Begin with a line ---, then product, place, covers and language, then ---.",
    ),
    fr=(
        "La source ne commence pas par un en-tête.",
        "Commencez par une ligne ---, puis product, place, covers et language, puis ---.",
    ),
)
FRONT_BROKEN = FAULTS.error(
    "front_matter_broken",
    en=("The front matter cannot be read: {reason}.", "Write one `key: value` a line."),
    fr=("L'en-tête ne peut être lu : {reason}.", "Écrivez une ligne `clé: valeur` par élément."),
)
UNKNOWN_BLOCK = FAULTS.error(
    "block_unknown",
    en=("There is no block {kind!r}.", "Write one of {known}."),
    fr=("Le bloc {kind!r} n'existe pas.", "Écrivez l'un de {known}."),
)
UNKNOWN_SCHEME = FAULTS.error(
    "link_scheme_unknown",
    en=(
        "The link to {target!r} has a scheme that an update does not use.",
        "Write fig:, stated:, text:, https: or mailto:.",
    ),
    fr=(
        "Le lien vers {target!r} a un schéma qu'une mise à jour n'emploie pas.",
        "Écrivez fig:, stated:, text:, https: ou mailto:.",
    ),
)
NOT_ALLOWED = FAULTS.error(
    "construct_not_allowed",
    en=("An update has no {what}.", "Write paragraphs, bullets, tables, links and the blocks of docs/updates.md."),
    fr=(
        "Une mise à jour n'a pas de {what}.",
        "Écrivez des paragraphes, puces, tableaux, liens et les blocs de docs/updates.md.",
    ),
)
SHOWN_NOT_PLAIN = FAULTS.error(
    "shown_not_plain",
    en=(
        "The number linked to {target!r} holds other marks than words and digits.",
        "Put bold or italics around the link, not inside.",
    ),
    fr=(
        "Le nombre lié à {target!r} contient d'autres signes que des mots et des chiffres.",
        "Placez le gras ou l'italique autour du lien, non à l'intérieur.",
    ),
)
OPTION_TWICE = FAULTS.error(
    "option_twice",
    en=("The option {option!r} is given twice.", "Keep one."),
    fr=("L'option {option!r} est donnée deux fois.", "N'en gardez qu'une."),
)
FRONT_UNKNOWN = FAULTS.error(
    "front_key_unknown",
    en=("The front matter has no key {key!r}.", "Write one of {known}."),
    fr=("L'en-tête n'a pas de clé {key!r}.", "Écrivez l'une de {known}."),
)
FRONT_MISSING_KEY = FAULTS.error(
    "front_key_missing",
    en=("The front matter lacks {key!r}.", "Add a line `{key}: ...`."),
    fr=("L'en-tête manque de {key!r}.", "Ajoutez une ligne `{key}: ...`."),
)
FRONT_VALUE = FAULTS.error(
    "front_value_wrong",
    en=("{key}: {value} cannot be read: {reason}.", "Correct the value."),
    fr=("{key} : {value} ne peut être lu : {reason}.", "Corrigez la valeur."),
)
OPTION_UNKNOWN = FAULTS.error(
    "option_unknown",
    en=("A {kind} block has no option {option!r}.", "Write {known}."),
    fr=("Un bloc {kind} n'a pas d'option {option!r}.", "Écrivez {known}."),
)
OPTION_MISSING = FAULTS.error(
    "option_missing",
    en=("The {kind} block lacks the option {option!r}.", "Add a line `{option}: ...` under its fence."),
    fr=("Le bloc {kind} manque de l'option {option!r}.", "Ajoutez une ligne `{option}: ...` sous sa clôture."),
)
OPTION_VALUE = FAULTS.error(
    "option_value_wrong",
    en=("The option {option!r} cannot be {value!r}.", "Write one of: {known}."),
    fr=("L'option {option!r} ne peut être {value!r}.", "Écrivez l'une de ces valeurs : {known}."),
)
BODY_WRONG = FAULTS.error(
    "block_body_wrong",
    en=("The body of a {kind} block holds something else than it may ({body}).", "See docs/updates.md for an example."),
    fr=(
        "Le corps d'un bloc {kind} contient autre chose que ce qu'il peut ({body}).",
        "Voyez l'exemple de docs/updates.md.",
    ),
)
NUMBER_NOT_FIRST = FAULTS.error(
    "number_not_first",
    en=("A bullet of a {kind} block does not begin with a bound number.", "Begin it with [number](fig:...)."),
    fr=("Une puce d'un bloc {kind} ne commence pas par un nombre lié.", "Commencez-la par [nombre](fig:...)."),
)
PDF_REFUSED = FAULTS.error(
    "pdf_refused",
    en=(
        "The PDF cannot be written as an accessible file: {reason}.",
        "Mend the block it names; a picture needs alternative text.",
    ),
    fr=(
        "Le PDF ne peut être écrit comme fichier accessible : {reason}.",
        "Corrigez le bloc nommé ; une image demande un texte de remplacement.",
    ),
)
PICTURE_MISSING = FAULTS.error(
    "picture_missing",
    en=("There is no picture {file!r}.", "Put it into the pack's photos/ folder, or correct the name."),
    fr=("L'image {file!r} n'existe pas.", "Placez-la dans le dossier photos/ du lot, ou corrigez le nom."),
)
PICTURE_TOO_LARGE = FAULTS.error(
    "picture_too_large",
    en=("The picture {file!r} is too large ({size}).", "Shrink it to about 3,000 pixels on its longer side."),
    fr=("L'image {file!r} est trop grande ({size}).", "Réduisez-la à environ 3 000 pixels sur son grand côté."),
)
PICTURE_UNREADABLE = FAULTS.error(
    "picture_unreadable",
    en=("The picture {file!r} cannot be used: {reason}.", "Save it anew as JPEG, PNG or a plain SVG drawing."),
    fr=(
        "L'image {file!r} ne peut être utilisée : {reason}.",
        "Enregistrez-la de nouveau en JPEG, PNG ou dessin SVG simple.",
    ),
)
WORD_UNREADABLE = FAULTS.error(
    "word_unreadable",
    en=("The file cannot be read as a Word document: {reason}.", "Save it anew as .docx, without a password."),
    fr=(
        "Le fichier ne peut être lu comme document Word : {reason}.",
        "Enregistrez-le de nouveau en .docx, sans mot de passe.",
    ),
)
WORD_BOMB = FAULTS.error(
    "word_too_large",
    en=("The file unpacks to {size} MB in {parts} parts.", "A returned update is a few MB: ask who sent it."),
    fr=(
        "Le fichier se décompresse en {size} Mo et {parts} parties.",
        "Une mise à jour renvoyée pèse quelques Mo : demandez à l'expéditeur.",
    ),
)
WORD_MACROS = FAULTS.error(
    "word_macros",
    en=("The file holds macros or programs.", "Save it as .docx without macros."),
    fr=("Le fichier contient des macros ou des programmes.", "Enregistrez-le en .docx sans macros."),
)
REFERENCE_TWICE = FAULTS.error(
    "reference_key_twice",
    en=("The reference {reference!r} gives {key!r} twice.", "Write several values as a,b."),
    fr=("La référence {reference!r} donne {key!r} deux fois.", "Écrivez plusieurs valeurs sous la forme a,b."),
)
STATED_FORM = FAULTS.error(
    "stated_form",
    en=(
        "The stated number {shown!r} lacks initials or a source ({reference!r}).",
        "Write stated:ab?source=field-note-2016-12-17: the initials of who stands for it, and where it is written.",
    ),
    fr=(
        "Le nombre constaté {shown!r} n'a pas d'initiales ou pas de source ({reference!r}).",
        "Écrivez stated:ab?source=field-note-2016-12-17 : les initiales du garant, et où c'est écrit.",
    ),
)
STATED_LARGE = FAULTS.error(
    "stated_too_large",
    en=(
        "{shown!r} is stated by hand; a stated number is at most {most}.",
        "Bind it to an indicator, with fig:.",
    ),
    fr=(
        "{shown!r} est constaté à la main ; un nombre constaté est d'au plus {most}.",
        "Liez-le à un indicateur, avec fig:.",
    ),
)
STATED_SERVED = FAULTS.error(
    "stated_people_served",
    en=(
        "{shown!r} counts people served ({words!r}) and is stated by hand.",
        "Bind it to the indicator of that activity, with fig:.",
    ),
    fr=(
        "{shown!r} compte des personnes assistées ({words!r}) et est constaté à la main.",
        "Liez-le à l'indicateur de cette activité, avec fig:.",
    ),
)
TEXT_HAS_KEYS = FAULTS.error(
    "text_has_reference",
    en=("text: takes nothing after it, and {reference!r} stands there.", "Write [16](text:), or fig: for a figure."),
    fr=(
        "text: n'est suivi de rien, et {reference!r} s'y trouve.",
        "Écrivez [16](text:), ou fig: pour un chiffre.",
    ),
)
NOTHING_TO_DRAW = FAULTS.error(
    "nothing_to_draw",
    en=("The {kind} block has no figures to draw.", "Correct `of` and `by`; the fault of the reference is told too."),
    fr=(
        "Le bloc {kind} n'a pas de chiffres à dessiner.",
        "Corrigez `of` et `by` ; la faute de la référence est dite aussi.",
    ),
)
NO_POLYGONS = FAULTS.error(
    "map_without_polygons",
    en=("The pack has no places.geojson to draw a map from.", "Put one into the pack, or take the map block out."),
    fr=(
        "Le lot n'a pas de places.geojson pour dessiner une carte.",
        "Placez-en un dans le lot, ou retirez le bloc map.",
    ),
)
PLACE_UNKNOWN = FAULTS.error(
    "office_unknown",
    en=("The map marks {code!r}, and places.csv has no point for it.", "Write a p-code or slug that has lat and lon."),
    fr=(
        "La carte marque {code!r}, et places.csv n'a pas de point pour lui.",
        "Écrivez un p-code ou un nom court qui a lat et lon.",
    ),
)
NOTHING_TO_BUILD = FAULTS.error(
    "build_refused",
    en=("{file} cannot be built: {count} faults of its language stand above.", "Mend them and build again."),
    fr=(
        "{file} ne peut être construit : {count} fautes de langue sont dites ci-dessus.",
        "Corrigez-les et reconstruisez.",
    ),
)
FORMAT_UNKNOWN = FAULTS.error(
    "format_unknown",
    en=("There is no format {name!r}.", "Write pdf, html, docx or several with commas."),
    fr=("Le format {name!r} n'existe pas.", "Écrivez pdf, html, docx ou plusieurs avec des virgules."),
)
SOURCE_MISSING = FAULTS.error(
    "source_missing",
    en=("There is no file {file!r}.", "Name the source of an update, such as updates/2016-12.en.md."),
    fr=("Le fichier {file!r} n'existe pas.", "Nommez la source d'une mise à jour, comme updates/2016-12.en.md."),
)
WORD_UNKNOWN = FAULTS.error(
    "word_build_unknown",
    en=(
        "The Word file does not come from a build that is kept here (build {identity}).",
        "Import it on the machine that built it, or copy its sentences into the source by hand.",
    ),
    fr=(
        "Le fichier Word ne vient pas d'une construction gardée ici (construction {identity}).",
        "Importez-le sur la machine qui l'a construit, ou recopiez ses phrases dans la source.",
    ),
)
OPEN_FINDINGS = FAULTS.error(
    "issue_open_findings",
    en=(
        "{count} findings stop the issue; they stand above.",
        "Mend them, or have the waivable ones waived by name and reason.",
    ),
    fr=(
        "{count} constats empêchent la publication ; ils sont dits ci-dessus.",
        "Corrigez-les, ou faites accorder une dérogation nommée et motivée à ceux qui en admettent.",
    ),
)
NOT_REFRESHED = FAULTS.error(
    "issue_not_refreshed",
    en=(
        "{count} numbers of the source show something else than their figures.",
        "Run `toguna update refresh`, read what it says, and issue again.",
    ),
    fr=(
        "{count} nombres de la source montrent autre chose que leurs chiffres.",
        "Lancez `toguna update refresh`, lisez ce qu'il dit, et publiez à nouveau.",
    ),
)
NOT_CLEARED = FAULTS.error(
    "issue_not_cleared",
    en=(
        "Nobody has cleared the text as it stands.",
        "Record it: toguna update clear SOURCE --by NAME --on DATE --means e-mail.",
    ),
    fr=(
        "Personne n'a validé le texte tel qu'il est.",
        "Enregistrez-le : toguna update clear SOURCE --by NOM --on DATE --means e-mail.",
    ),
)
PARAGRAPH_NOT_CLEARED = FAULTS.error(
    "issue_paragraph_not_cleared",
    en=(
        "This paragraph speaks of {topic}, and nobody has cleared it for that: {words}",
        "Record it: toguna update clear SOURCE --line {line} --topic {topic} --by NAME --on DATE --means e-mail.",
    ),
    fr=(
        "Ce paragraphe touche au thème {topic}, et personne ne l'a validé pour cela : {words}",
        "Enregistrez-le : toguna update clear SOURCE --line {line} --topic {topic} --by NOM --on DATE --means e-mail.",
    ),
)
EMBARGOED = FAULTS.error(
    "issue_embargoed",
    en=("The text is under embargo until {until}.", "Wait, or change `embargo` with those who asked for it."),
    fr=("Le texte est sous embargo jusqu'au {until}.", "Attendez, ou changez `embargo` avec ceux qui l'ont demandé."),
)
ISSUED_BEFORE = FAULTS.error(
    "issue_done_before",
    en=(
        "This text was issued as {edition}.",
        "Issue it anew with --restated (late data) or --replaced (our error), and say why with --reason.",
    ),
    fr=(
        "Ce texte a été publié : {edition}.",
        "Publiez-le à nouveau avec --restated (données tardives) ou --replaced (notre erreur), et dites pourquoi avec --reason.",
    ),
)
NOT_ISSUED_BEFORE = FAULTS.error(
    "issue_not_before",
    en=("There is no edition of this text to restate or replace.", "Issue it without --restated and --replaced."),
    fr=("Il n'y a pas d'édition de ce texte à réviser ou à remplacer.", "Publiez-le sans --restated ni --replaced."),
)
REASON_NEEDED = FAULTS.error(
    "reason_needed",
    en=("This is done with a reason.", "Say why with --reason."),
    fr=("Cela se fait avec une raison.", "Dites pourquoi avec --reason."),
)
EDITION_UNKNOWN = FAULTS.error(
    "edition_unknown",
    en=("There is no edition {edition!r}.", "Write one of: {known}."),
    fr=("L'édition {edition!r} n'existe pas.", "Écrivez l'une de : {known}."),
)
EDITION_WITHDRAWN = FAULTS.error(
    "edition_is_withdrawn",
    en=("The edition {edition} was withdrawn; its files are destroyed.", "Nothing can be rebuilt or compared."),
    fr=("L'édition {edition} a été retirée ; ses fichiers sont détruits.", "Rien ne peut être reconstruit ni comparé."),
)
FINDING_UNKNOWN = FAULTS.error(
    "finding_unknown",
    en=("The text has no finding {finding!r}.", "Take the ten letters that `toguna update check` prints."),
    fr=("Le texte n'a pas de constat {finding!r}.", "Prenez les dix lettres qu'imprime `toguna update check`."),
)
NOT_WAIVABLE = FAULTS.error(
    "finding_not_waivable",
    en=("The finding {finding} cannot be waived: {what}", "Mend the text."),
    fr=("Le constat {finding} n'admet pas de dérogation : {what}", "Corrigez le texte."),
)
NOT_RELEASABLE = FAULTS.error(
    "finding_not_releasable",
    en=("The finding {finding} cannot be released: {what}", "Correct the text."),
    fr=("Le constat {finding} ne peut être libéré : {what}", "Corrigez le texte."),
)
RELEASE_NOT_YOURS = FAULTS.error(
    "release_not_yours",
    en=(
        "{actor} cannot release the finding {finding}.",
        "A protection officer and a Representative release it together: two persons, each once, each signed in with an account of that role.",
    ),
    fr=(
        "{actor} ne peut libérer le constat {finding}.",
        "Un chargé de protection et un Représentant le libèrent ensemble : deux personnes, chacune une fois, chacune avec un compte de ce rôle.",
    ),
)
NO_PARAGRAPH = FAULTS.error(
    "clear_nothing_there",
    en=(
        "Line {line} has no paragraph that needs clearance for {topic}.",
        "`toguna update sections SOURCE` lists those that do.",
    ),
    fr=(
        "La ligne {line} n'a pas de paragraphe à valider pour le thème {topic}.",
        "`toguna update sections SOURCE` les énumère.",
    ),
)
NO_SECTION = FAULTS.error(
    "section_unknown",
    en=("The text has no section {title!r}.", "Write one of: {known}."),
    fr=("Le texte n'a pas de section {title!r}.", "Écrivez l'une de : {known}."),
)
RECORD_ALTERED = FAULTS.error(
    "edition_record_altered",
    en=(
        "The record of the edition {edition} is not the one that was issued.",
        "Restore the database from a copy; find out who changed it.",
    ),
    fr=(
        "L'enregistrement de l'édition {edition} n'est pas celui qui a été publié.",
        "Restaurez la base depuis une copie ; cherchez qui l'a changé.",
    ),
)
EDITION_GONE = FAULTS.error(
    "edition_gone",
    en=(
        "The journal tells of the edition {edition}, and the database no longer has it.",
        "Restore the database from a backup, and find out who wrote to it.",
    ),
    fr=(
        "Le journal parle de l'édition {edition}, et la base ne l'a plus.",
        "Restaurez la base d'une sauvegarde, et cherchez qui y a écrit.",
    ),
)
CLEARANCE_UNTOLD = FAULTS.error(
    "clearance_untold",
    en=(
        "The clearances stored of {text} are not those that the journal tells of: one was changed, added or deleted.",
        "Restore the database from a backup, and find out who wrote to it.",
    ),
    fr=(
        "Les validations de {text} ne sont pas celles du journal : une a été changée, ajoutée ou supprimée.",
        "Restaurez la base d'une sauvegarde, et cherchez qui y a écrit.",
    ),
)
WAIVER_UNTOLD = FAULTS.error(
    "waiver_untold",
    en=(
        "The waiver of {finding} in {text} is not the one that the journal tells of.",
        "Restore the database from a backup, and find out who wrote to it.",
    ),
    fr=(
        "La dérogation {finding} dans {text} n'est pas celle du journal.",
        "Restaurez la base d'une sauvegarde, et cherchez qui y a écrit.",
    ),
)
OWNER_UNTOLD = FAULTS.error(
    "section_owner_untold",
    en=(
        "Who writes a section of {text} is not whom the journal names.",
        "Restore the database from a backup, and find out who wrote to it.",
    ),
    fr=(
        "Qui rédige une section de {text} n'est pas qui le journal nomme.",
        "Restaurez la base d'une sauvegarde, et cherchez qui y a écrit.",
    ),
)
FILE_ALTERED = FAULTS.error(
    "edition_file_altered",
    en=(
        "The file {file} of the edition {edition} is not the one that was issued.",
        "Restore it from a copy, and compare it with what readers have.",
    ),
    fr=(
        "Le fichier {file} de l'édition {edition} n'est pas celui qui a été publié.",
        "Restaurez-le depuis une copie, et comparez-le avec celui des lecteurs.",
    ),
)
FILE_MISSING = FAULTS.error(
    "edition_file_missing",
    en=("The file {file} of the edition {edition} is missing.", "Restore it from a copy."),
    fr=("Le fichier {file} de l'édition {edition} manque.", "Restaurez-le depuis une copie."),
)
NOT_ALIGNED = FAULTS.error(
    "translation_not_aligned",
    en=(
        "The text does not have as many paragraphs as {other}.",
        "Bring them into the same order and number, then mark them.",
    ),
    fr=(
        "Le texte n'a pas autant de paragraphes que {other}.",
        "Mettez-les dans le même ordre et au même nombre, puis marquez-les.",
    ),
)
DRAFT_THERE = FAULTS.error(
    "draft_there",
    en=("The draft is there already.", "Give another name with -o, or take the old one away."),
    fr=("Le brouillon existe déjà.", "Donnez un autre nom avec -o, ou enlevez l'ancien."),
)
