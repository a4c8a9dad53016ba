"""What the checks on a text find. Waivable or not: see `findings`."""

from toguna.kernel.api import Catalogue
from toguna.kernel.core.messages import counted

FAULTS = Catalogue("publish.check")

WITHHELD_PRINTED = FAULTS.error(
    "withheld_printed",
    "{quote!r} is a figure that may not be published.",
    "Take the number out, or say it without a number.",
)
OUTSIDE_PLAN = FAULTS.error(
    "outside_plan",
    "{label} is not in the publication plan of {period}: it is not printed.",
    "Close the period if it is open. Else leave the figure out, or ask the protection officer to add it: `toguna publication {period} --with '{reference}'`.",
)
CELLS_OUTSIDE_PLAN = FAULTS.warning(
    "cells_outside_plan",
    "{count} cells of this block are not in the publication plan of {period}: they are not printed.",
    "Close the period if it is open, ask for fewer axes, or ask the protection officer to add what is lacking: `toguna publication {period} --with '{reference}'`.",
)
WITHHELD_DERIVABLE = FAULTS.error(
    "withheld_derivable",
    "A figure that may not be published ({label}) can be worked out from {printed}{editions}.",
    "{cure}",
)
LANGUAGE_UNREAD = FAULTS.warning(
    "language_unread",
    "There is no list of sensitive words in the language {language!r}: no sentence of this text was checked for what may harm somebody.",
    "Have the protection officer read the whole text, or add words of this language to the pack's sensitive_words.csv.",
)
REGISTRATION_NUMBER = FAULTS.error(
    "registration_number",
    "{quote!r} in the {where} looks like a registration or case number.",
    "Take it out: it leads to a person.",
)
TELEPHONE = FAULTS.error(
    "telephone",
    "{quote!r} in the {where} looks like a telephone number.",
    "Take it out; offices' numbers stand in the contacts block.",
)
COORDINATES = FAULTS.error(
    "coordinates", "{quote!r} in the {where} looks like coordinates of a point.", "Name the place instead."
)
PERSONAL_EMAIL = FAULTS.error(
    "personal_email", "{quote!r} in the {where} is the address of a person.", "Give the address of a role or an office."
)
PROTECTION_TERM = FAULTS.error(
    "protection_term",
    "{quote!r} in the {where} tells about a person what no public text may.",
    "Say it without it, or leave the sentence out.",
)
SURVIVORS_DATED = FAULTS.error(
    "survivors_dated",
    "{quote!r} counts few survivors with the day: they can be recognised.",
    "Leave out the number, the day and the place below the region.",
)
PICTURE_METADATA = FAULTS.error(
    "picture_metadata",
    "The picture {file!r} holds {what}.",
    "Run `toguna update refresh`, which takes it out of the file, or save the picture without it.",
)
FEW_HARMED = FAULTS.error(
    "few_harmed",
    "{quote!r} counts or singles out few people or cases harmed.",
    "Say it without the number, the name and the single person. For example: {proposal}",
)
SHARE_OF_HARMED = FAULTS.error(
    "share_of_harmed",
    "{quote!r} gives a part of a group from which few people or cases harmed can be worked out.",
    "Leave out the part, or what remains of the whole. For example: {proposal}",
)
ONLY_HARMED = FAULTS.error(
    "only_harmed",
    "{quote!r} says that harm happened in one place only, or to everybody in it.",
    "Leave out where it did and did not happen. For example: {proposal}",
)
SHELTER_PLACED = FAULTS.error(
    "shelter_placed", "{quote!r} says where a shelter is.", "Leave out the place. For example: {proposal}"
)
HOSTAGE_DESCRIBED = FAULTS.error(
    "hostage_described",
    "{quote!r} describes a hostage by sex, nationality or employer.",
    "Leave the description out. For example: {proposal}",
)
PAYMENT_ANNOUNCED = FAULTS.error(
    "payment_announced",
    "The sentence announces the date ({quote}), the place and the amount of a payment.",
    "Leave out at least one of them. For example: {proposal}",
)
SECURITY_EVENT = FAULTS.error(
    "security_event",
    "{quote!r} speaks of a security event.",
    "The security focal point must clear this paragraph before the text is issued. Without clearance write: {proposal}",
)
HARM_TOTAL = FAULTS.error(
    "harm_total",
    "{quote!r} counts people or cases harmed.",
    "Name the owner and the period, and say that reported cases are not all cases. The protection officer must clear this paragraph. Without clearance write: {proposal}",
)
STATED_SOURCE = FAULTS.error(
    "stated_source_unknown",
    "The source {source!r} is not in the source register.",
    "Write the id of a registered source, or register the note.",
)
STATED_OFF_TOPIC = FAULTS.error(
    "stated_off_topic",
    "The source {source} ({title}) does not speak of what {quote!r} counts.",
    "Name the note that does, or correct the sentence.",
)
STATED_VALUE = FAULTS.error(
    "stated_value_differs",
    "{quote!r} is stated, and {label} is {value}.",
    "Bind the figure with fig:, or correct the number.",
)
SENTENCE_CONTRADICTS = FAULTS.error(
    "sentence_contradicts_figure",
    "The sentence says {said!r} of {quote!r}, and the figure's {about} is: {declared}.",
    "Correct the sentence, or bind the figure that it speaks of, or have it waived with the reason.",
)
LOOSE_NUMBER = FAULTS.error(
    "loose_number",
    "The number {quote!r} in the {where} is bound to nothing.",
    "Bind it: [{quote}](fig:...), (stated:ab?source=...), or (text:) in a name or quotation.",
)
LINK_UNRESOLVED = FAULTS.error(
    "link_unresolved", "The figure {quote!r} does not resolve: {reason}", "Correct the reference."
)
NO_VALUE = FAULTS.error(
    "figure_without_value",
    "The figure {quote!r} ({label}) has no number to print: {state}.",
    "Wait for it, or write the sentence without a number.",
)
PARTS = FAULTS.error(
    "parts_not_total",
    "The parts {parts} make {sum}, and the total is {total}{lacking}.",
    'Print the missing part, or write "including" before the parts.',
)
SHARES = FAULTS.error("shares_not_whole", "The shares {parts} make {sum} per cent as printed.", "Show one more digit.")
TWO_VALUES = FAULTS.error(
    "one_fact_two_values", "{label} is {first} in line {line} and {second} here.", "Show the same value in both places."
)
TWO_SOURCES = FAULTS.error(
    "one_fact_two_sources",
    "{label} is {first} ({first_source}) in line {line} and {second} ({second_source}) here.",
    "Use one source, or say in each sentence whose number it is and of when.",
)
HEDGE_DROPPED = FAULTS.error(
    "hedge_dropped",
    "{quote!r} is exact here and {other!r} in line {line}: the same figure.",
    "Keep the qualifier in both places.",
)
HEDGE_WRONG = FAULTS.error(
    "hedge_wrong",
    "{quote!r} says {hedge!r}, and the figure is {value}.",
    "Write another word or another number: {rule}.",
)
HEDGE_OF_OWNER = FAULTS.error(
    "hedge_of_owner",
    "The owner of the value {quote!r} says {hedge!r}, and the text does not.",
    "Write {hedge} before it.",
)
ROUNDED = FAULTS.error(
    "rounded_without_hedge",
    "{quote!r} is rounded (the figure is {value}) and no word says so.",
    "Write about, over, at least or nearly before it, or print it exactly.",
)
ESTIMATE = FAULTS.error(
    "estimate_without_hedge",
    "{quote!r} is an estimate, and no word says so.",
    "Write about, some or an estimated before it.",
)
STATED_TWICE = FAULTS.error(
    "stated_differs",
    "{quote!r} is stated here and {other!r} in line {line}, of the same thing and from the same source.",
    "Make them agree.",
)
TEXT_DISAGREES = FAULTS.error(
    "text_disagrees", "{message}", "Make the figures agree, or have it waived with the reason."
)
TRANSLATION_FIGURES = FAULTS.error(
    "translation_figures",
    "This paragraph shows other figures than line {line} of {other}: {difference}.",
    "Bind the same figures in both languages.",
)
TEXT_SUSPECT = FAULTS.error(
    "text_binding_doubtful",
    "{quote!r} is bound as part of a name, and it stands neither in a name of names.csv nor in quotation marks.",
    "Bind it with fig: or stated:, or add the name to names.csv.",
)
OUTDATED = FAULTS.warning(
    "shown_outdated", "The source shows {quote!r}, and the figure is {value}.", "Run `toguna update refresh`."
)
STALE = FAULTS.warning(
    "source_stale",
    "{label} quotes {source}, which should have been replaced by {day}.",
    "Ask its owner for the newer one.",
)
MISSING = FAULTS.warning(
    "return_missing", "{label}: the return of {who} has not come.", "Ask for it, or say in the text that it is missing."
)
OUTSIDE = FAULTS.warning(
    "period_outside",
    "{quote!r} is of {period}, outside the period of the text.",
    "Say in the sentence when it was, or take the text's period.",
)
RESTATED = FAULTS.warning(
    "figure_restated",
    "{label} was {was} in the edition {edition} and is {now} now.",
    "Say so in the text, or issue that edition anew.",
)
TRANSLATION_OLD = FAULTS.warning(
    "translation_outdated",
    "The paragraph that this one translates has changed since (line {line} of {other}).",
    "Translate it anew, then run `toguna update refresh --translated` on this file.",
)
TRANSLATION_UNMARKED = FAULTS.warning(
    "translation_unmarked",
    counted(
        "{count} paragraph does not say which paragraph of {other} it translates.",
        "{count} paragraphs do not say which paragraph of {other} they translate.",
    ),
    "Run `toguna update refresh --translated` on this file once they agree.",
)
DRAFT_MARK = FAULTS.warning(
    "draft_mark_left", "A mark of the draft is left: {quote}.", "Settle it and take the mark out."
)
PHOTO_CONSENT = FAULTS.error(
    "photo_consent",
    "The photo {file} does not say whether those shown agreed.",
    "Write `consent: given` when their consent is kept, or `consent: nobody_shown`.",
)
PHOTO_ABSENT = FAULTS.error(
    "photo_absent", "The photo {file} is not in the pack's photos folder.", "Ask for the photo, or take the block out."
)
