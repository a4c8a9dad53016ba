"""What the checks on a text find. Waivable or not: see `findings`."""

from toguna.kernel.api import Catalogue

FAULTS = Catalogue("publish.check")

WITHHELD_PRINTED = FAULTS.error(
    "withheld_printed",
    en=("{quote!r} is a figure that may not be published.", "Take the number out, or say it without a number."),
    fr=("{quote!r} est un chiffre qui ne peut être publié.", "Retirez le nombre, ou dites-le sans nombre."),
)
WITHHELD_DERIVABLE = FAULTS.error(
    "withheld_derivable",
    en=(
        "A figure that may not be published ({label}) can be worked out from {printed}{editions}.",
        "{cure}",
    ),
    fr=(
        "Un chiffre qui ne peut être publié ({label_fr}) se calcule à partir de {printed}{editions_fr}.",
        "{cure_fr}",
    ),
)
REGISTRATION_NUMBER = FAULTS.error(
    "registration_number",
    en=("{quote!r} in the {where} looks like a registration or case number.", "Take it out: it leads to a person."),
    fr=(
        "{quote!r} ({where_fr}) ressemble à un numéro d'enregistrement ou de dossier.",
        "Retirez-le : il mène à une personne.",
    ),
)
TELEPHONE = FAULTS.error(
    "telephone",
    en=(
        "{quote!r} in the {where} looks like a telephone number.",
        "Take it out; offices' numbers stand in the contacts block.",
    ),
    fr=(
        "{quote!r} ({where_fr}) ressemble à un numéro de téléphone.",
        "Retirez-le ; les numéros des bureaux vont dans le bloc contacts.",
    ),
)
COORDINATES = FAULTS.error(
    "coordinates",
    en=("{quote!r} in the {where} looks like coordinates of a point.", "Name the place instead."),
    fr=("{quote!r} ({where_fr}) ressemble aux coordonnées d'un point.", "Nommez le lieu à la place."),
)
PERSONAL_EMAIL = FAULTS.error(
    "personal_email",
    en=("{quote!r} in the {where} is the address of a person.", "Give the address of a role or an office."),
    fr=("{quote!r} ({where_fr}) est l'adresse d'une personne.", "Donnez l'adresse d'une fonction ou d'un bureau."),
)
PROTECTION_TERM = FAULTS.error(
    "protection_term",
    en=(
        "{quote!r} in the {where} tells about a person what no public text may.",
        "Say it without it, or leave the sentence out.",
    ),
    fr=(
        "{quote!r} ({where_fr}) dit d'une personne ce qu'aucun texte public ne peut dire.",
        "Dites-le autrement, ou retirez la phrase.",
    ),
)
SURVIVORS_DATED = FAULTS.error(
    "survivors_dated",
    en=(
        "{quote!r} counts few survivors with the day: they can be recognised.",
        "Leave out the number, the day and the place below the region.",
    ),
    fr=(
        "{quote!r} compte peu de survivantes avec le jour : elles peuvent être reconnues.",
        "Retirez le nombre, le jour et le lieu en dessous de la région.",
    ),
)
PICTURE_METADATA = FAULTS.error(
    "picture_metadata",
    en=(
        "The picture {file!r} holds {what}.",
        "Run `toguna update refresh`, which takes it out of the file, or save the picture without it.",
    ),
    fr=(
        "L'image {file!r} contient {what}.",
        "Lancez `toguna update refresh`, qui le retire du fichier, ou enregistrez l'image sans cela.",
    ),
)
FEW_HARMED = FAULTS.error(
    "few_harmed",
    en=(
        "{quote!r} counts or singles out few people or cases harmed.",
        "Say it without the number, the name and the single person. For example: {proposal}",
    ),
    fr=(
        "{quote!r} compte ou désigne peu de personnes ou de cas.",
        "Dites-le sans le nombre, le nom ni la personne seule. Par exemple : {proposal}",
    ),
)
SHARE_OF_HARMED = FAULTS.error(
    "share_of_harmed",
    en=(
        "{quote!r} gives a part of a group from which few people or cases harmed can be worked out.",
        "Leave out the part, or what remains of the whole. For example: {proposal}",
    ),
    fr=(
        "{quote!r} donne une part d'un groupe d'où se calcule un petit nombre de personnes ou de cas.",
        "Retirez la part, ou ce qui reste du tout. Par exemple : {proposal}",
    ),
)
ONLY_HARMED = FAULTS.error(
    "only_harmed",
    en=(
        "{quote!r} says that harm happened in one place only, or to everybody in it.",
        "Leave out where it did and did not happen. For example: {proposal}",
    ),
    fr=(
        "{quote!r} dit que des atteintes n'ont eu lieu qu'en un endroit, ou y touchent tout le monde.",
        "Retirez où il y en a eu ou non. Par exemple : {proposal}",
    ),
)
SHELTER_PLACED = FAULTS.error(
    "shelter_placed",
    en=("{quote!r} says where a shelter is.", "Leave out the place. For example: {proposal}"),
    fr=("{quote!r} dit où se trouve un refuge.", "Retirez le lieu. Par exemple : {proposal}"),
)
HOSTAGE_DESCRIBED = FAULTS.error(
    "hostage_described",
    en=(
        "{quote!r} describes a hostage by sex, nationality or employer.",
        "Leave the description out. For example: {proposal}",
    ),
    fr=(
        "{quote!r} décrit un otage par son sexe, sa nationalité ou son employeur.",
        "Retirez la description. Par exemple : {proposal}",
    ),
)
PAYMENT_ANNOUNCED = FAULTS.error(
    "payment_announced",
    en=(
        "The sentence announces the date ({quote}), the place and the amount of a payment.",
        "Leave out at least one of them. For example: {proposal}",
    ),
    fr=(
        "La phrase annonce la date ({quote}), le lieu et le montant d'un paiement.",
        "Retirez au moins l'un des trois. Par exemple : {proposal}",
    ),
)
SECURITY_EVENT = FAULTS.error(
    "security_event",
    en=(
        "{quote!r} speaks of a security event.",
        "The security focal point must clear this paragraph before the text is issued. Without clearance write: {proposal}",
    ),
    fr=(
        "{quote!r} parle d'un événement de sécurité.",
        "Le point focal sécurité doit viser ce paragraphe avant la publication. Sans visa, écrivez : {proposal}",
    ),
)
HARM_TOTAL = FAULTS.error(
    "harm_total",
    en=(
        "{quote!r} counts people or cases harmed.",
        "Name the owner and the period, and say that reported cases are not all cases. The protection officer must clear this paragraph. Without clearance write: {proposal}",
    ),
    fr=(
        "{quote!r} compte des personnes ou des cas.",
        "Nommez l'auteur et la période, et dites que les cas déclarés ne sont pas tous les cas. Le chargé de protection doit viser ce paragraphe. Sans visa, écrivez : {proposal}",
    ),
)
STATED_SOURCE = FAULTS.error(
    "stated_source_unknown",
    en=(
        "The source {source!r} is not in the source register.",
        "Write the id of a registered source, or register the note.",
    ),
    fr=(
        "La source {source!r} n'est pas dans le registre des sources.",
        "Écrivez l'id d'une source inscrite, ou inscrivez la note.",
    ),
)
STATED_OFF_TOPIC = FAULTS.error(
    "stated_off_topic",
    en=(
        "The source {source} ({title}) does not speak of what {quote!r} counts.",
        "Name the note that does, or correct the sentence.",
    ),
    fr=(
        "La source {source} ({title}) ne parle pas de ce que compte {quote!r}.",
        "Nommez la note qui en parle, ou corrigez la phrase.",
    ),
)
STATED_VALUE = FAULTS.error(
    "stated_value_differs",
    en=(
        "{quote!r} is stated, and {label} is {value}.",
        "Bind the figure with fig:, or correct the number.",
    ),
    fr=(
        "{quote!r} est constaté, et {label} est {value}.",
        "Liez le chiffre par fig:, ou corrigez le nombre.",
    ),
)
SENTENCE_CONTRADICTS = FAULTS.error(
    "sentence_contradicts_figure",
    en=(
        "The sentence says {said!r} of {quote!r}, and the figure's {about} is: {declared}.",
        "Correct the sentence, or bind the figure that it speaks of, or have it waived with the reason.",
    ),
    fr=(
        "La phrase dit « {said} » de {quote!r}, or, du chiffre, {about_fr} : {declared_fr}.",
        "Corrigez la phrase, ou liez le chiffre dont elle parle, ou faites accorder une dérogation motivée.",
    ),
)
LOOSE_NUMBER = FAULTS.error(
    "loose_number",
    en=(
        "The number {quote!r} in the {where} is bound to nothing.",
        "Bind it: [{quote}](fig:...), (stated:ab?source=...), or (text:) in a name or quotation.",
    ),
    fr=(
        "Le nombre {quote!r} ({where_fr}) n'est lié à rien.",
        "Liez-le : [{quote}](fig:...), (stated:ab?source=...), ou (text:) dans un nom ou une citation.",
    ),
)
LINK_UNRESOLVED = FAULTS.error(
    "link_unresolved",
    en=("The figure {quote!r} does not resolve: {reason}", "Correct the reference."),
    fr=("Le chiffre {quote!r} ne se résout pas : {reason_fr}", "Corrigez la référence."),
)
NO_VALUE = FAULTS.error(
    "figure_without_value",
    en=(
        "The figure {quote!r} ({label}) has no number to print: {state}.",
        "Wait for it, or write the sentence without a number.",
    ),
    fr=(
        "Le chiffre {quote!r} ({label}) n'a pas de nombre à imprimer : {state}.",
        "Attendez-le, ou écrivez la phrase sans nombre.",
    ),
)
PARTS = FAULTS.error(
    "parts_not_total",
    en=(
        "The parts {parts} make {sum}, and the total is {total}{lacking}.",
        'Print the missing part, or write "including" before the parts.',
    ),
    fr=(
        "Les parties {parts} font {sum}, et le total est {total}{lacking}.",
        "Imprimez la partie manquante, ou écrivez « dont » avant les parties.",
    ),
)
SHARES = FAULTS.error(
    "shares_not_whole",
    en=("The shares {parts} make {sum} per cent as printed.", "Show one more digit."),
    fr=("Les parts {parts} font {sum} pour cent telles qu'imprimées.", "Montrez un chiffre de plus."),
)
TWO_VALUES = FAULTS.error(
    "one_fact_two_values",
    en=("{label} is {first} in line {line} and {second} here.", "Show the same value in both places."),
    fr=("{label} : {first} à la ligne {line}, et {second} ici.", "Montrez la même valeur aux deux endroits."),
)
TWO_SOURCES = FAULTS.error(
    "one_fact_two_sources",
    en=(
        "{label} is {first} ({first_source}) in line {line} and {second} ({second_source}) here.",
        "Use one source, or say in each sentence whose number it is and of when.",
    ),
    fr=(
        "{label} : {first} ({first_source}) à la ligne {line}, et {second} ({second_source}) ici.",
        "N'employez qu'une source, ou dites dans chaque phrase de qui et de quand est le nombre.",
    ),
)
HEDGE_DROPPED = FAULTS.error(
    "hedge_dropped",
    en=("{quote!r} is exact here and {other!r} in line {line}: the same figure.", "Keep the qualifier in both places."),
    fr=(
        "{quote!r} est exact ici, et {other!r} à la ligne {line} : c'est le même chiffre.",
        "Gardez la réserve aux deux endroits.",
    ),
)
HEDGE_WRONG = FAULTS.error(
    "hedge_wrong",
    en=("{quote!r} says {hedge!r}, and the figure is {value}.", "Write another word or another number: {rule}."),
    fr=(
        "{quote!r} dit « {hedge} », et le chiffre est {value}.",
        "Écrivez un autre mot ou un autre nombre : {rule_fr}.",
    ),
)
ROUNDED = FAULTS.error(
    "rounded_without_hedge",
    en=(
        "{quote!r} is rounded (the figure is {value}) and no word says so.",
        "Write about, over, at least or nearly before it, or print it exactly.",
    ),
    fr=(
        "{quote!r} est arrondi (le chiffre est {value}) et aucun mot ne le dit.",
        "Écrivez environ, plus de, au moins ou près de avant, ou imprimez-le exactement.",
    ),
)
ESTIMATE = FAULTS.error(
    "estimate_without_hedge",
    en=("{quote!r} is an estimate, and no word says so.", "Write about, some or an estimated before it."),
    fr=("{quote!r} est une estimation, et aucun mot ne le dit.", "Écrivez environ, près de ou un nombre estimé avant."),
)
STATED_TWICE = FAULTS.error(
    "stated_differs",
    en=(
        "{quote!r} is stated here and {other!r} in line {line}, of the same thing and from the same source.",
        "Make them agree.",
    ),
    fr=(
        "{quote!r} est constaté ici, et {other!r} à la ligne {line}, de la même chose et selon la même source.",
        "Accordez-les.",
    ),
)
TEXT_DISAGREES = FAULTS.error(
    "text_disagrees",
    en=("{message}", "Make the figures agree, or have it waived with the reason."),
    fr=("{message_fr}", "Accordez les chiffres, ou faites accorder une dérogation motivée."),
)
TRANSLATION_FIGURES = FAULTS.error(
    "translation_figures",
    en=(
        "This paragraph shows other figures than line {line} of {other}: {difference}.",
        "Bind the same figures in both languages.",
    ),
    fr=(
        "Ce paragraphe montre d'autres chiffres que la ligne {line} de {other} : {difference}.",
        "Liez les mêmes chiffres dans les deux langues.",
    ),
)
TEXT_SUSPECT = FAULTS.error(
    "text_binding_doubtful",
    en=(
        "{quote!r} is bound as part of a name, and it stands neither in a name of names.csv nor in quotation marks.",
        "Bind it with fig: or stated:, or add the name to names.csv.",
    ),
    fr=(
        "{quote!r} est lié comme partie d'un nom, et ne figure ni dans un nom de names.csv ni entre guillemets.",
        "Liez-le par fig: ou stated:, ou ajoutez le nom à names.csv.",
    ),
)
OUTDATED = FAULTS.warning(
    "shown_outdated",
    en=("The source shows {quote!r}, and the figure is {value}.", "Run `toguna update refresh`."),
    fr=("La source montre {quote!r}, et le chiffre est {value}.", "Lancez `toguna update refresh`."),
)
STALE = FAULTS.warning(
    "source_stale",
    en=("{label} quotes {source}, which should have been replaced by {day}.", "Ask its owner for the newer one."),
    fr=("{label} cite {source}, à remplacer avant le {day}.", "Demandez la plus récente à son auteur."),
)
MISSING = FAULTS.warning(
    "return_missing",
    en=("{label}: the return of {who} has not come.", "Ask for it, or say in the text that it is missing."),
    fr=("{label} : le rapport de {who} n'est pas parvenu.", "Demandez-le, ou dites dans le texte qu'il manque."),
)
OUTSIDE = FAULTS.warning(
    "period_outside",
    en=(
        "{quote!r} is of {period}, outside the period of the text.",
        "Say in the sentence when it was, or take the text's period.",
    ),
    fr=(
        "{quote!r} est de {period}, hors de la période du texte.",
        "Dites dans la phrase de quand il date, ou prenez la période du texte.",
    ),
)
RESTATED = FAULTS.warning(
    "figure_restated",
    en=(
        "{label} was {was} in the edition {edition} and is {now} now.",
        "Say so in the text, or issue that edition anew.",
    ),
    fr=(
        "{label} était de {was} dans l'édition {edition} et est de {now} maintenant.",
        "Dites-le dans le texte, ou publiez à nouveau cette édition.",
    ),
)
TRANSLATION_OLD = FAULTS.warning(
    "translation_outdated",
    en=(
        "The paragraph that this one translates has changed since (line {line} of {other}).",
        "Translate it anew, then run `toguna update refresh --translated` on this file.",
    ),
    fr=(
        "Le paragraphe traduit ici a changé depuis (ligne {line} de {other}).",
        "Traduisez-le à nouveau, puis lancez `toguna update refresh --translated` sur ce fichier.",
    ),
)
TRANSLATION_UNMARKED = FAULTS.warning(
    "translation_unmarked",
    en=(
        "{count} paragraphs do not say which paragraph of {other} they translate.",
        "Run `toguna update refresh --translated` on this file once they agree.",
    ),
    fr=(
        "{count} paragraphes ne disent pas quel paragraphe de {other} ils traduisent.",
        "Lancez `toguna update refresh --translated` sur ce fichier une fois qu'ils concordent.",
    ),
)
DRAFT_MARK = FAULTS.warning(
    "draft_mark_left",
    en=("A mark of the draft is left: {quote}.", "Settle it and take the mark out."),
    fr=("Une marque de brouillon subsiste : {quote}.", "Réglez-la et retirez la marque."),
)
PHOTO_CONSENT = FAULTS.error(
    "photo_consent",
    en=(
        "The photo {file} does not say whether those shown agreed.",
        "Write `consent: given` when their consent is kept, or `consent: nobody_shown`.",
    ),
    fr=(
        "La photo {file} ne dit pas si les personnes montrées ont donné leur accord.",
        "Écrivez `consent: given` quand leur accord est conservé, ou `consent: nobody_shown`.",
    ),
)
PHOTO_ABSENT = FAULTS.error(
    "photo_absent",
    en=("The photo {file} is not in the pack's photos folder.", "Ask for the photo, or take the block out."),
    fr=("La photo {file} n'est pas dans le dossier photos du lot.", "Demandez la photo, ou retirez le bloc."),
)
