"""The faults of an update's source."""

from toguna.kernel.api import Catalogue, Fault
from toguna.kernel.core.messages import counted

__all__ = ["FAULTS", "Fault"]

FAULTS = Catalogue("publish")

TOO_LARGE = FAULTS.error(
    "source_too_large",
    "The source has {size} characters; an update may have {most}.",
    "Move tables and lists of names to files of their own.",
)
NOT_TEXT = FAULTS.error("not_text", "The file is not UTF-8 text (byte {byte}).", "Save it as UTF-8 text.")
TOO_DEEP = FAULTS.error(
    "nested_too_deep", "Lists or quotations are nested deeper than {most} levels.", "Use at most two levels of bullets."
)
NO_FRONT = FAULTS.error(
    "front_matter_missing",
    "The source does not begin with front matter.",
    "Begin with a line ---, then product, place, covers and language, then ---.",
)
FRONT_BROKEN = FAULTS.error(
    "front_matter_broken", "The front matter cannot be read: {reason}.", "Write one `key: value` a line."
)
UNKNOWN_BLOCK = FAULTS.error("block_unknown", "There is no block {kind!r}.", "Write one of {known}.")
UNKNOWN_SCHEME = FAULTS.error(
    "link_scheme_unknown",
    "The link to {target!r} has a scheme that an update does not use.",
    "Write fig:, stated:, text:, https: or mailto:.",
)
NOT_ALLOWED = FAULTS.error(
    "construct_not_allowed",
    "An update has no {what}.",
    "Write paragraphs, bullets, tables, links and the blocks of docs/updates.md.",
)
SHOWN_NOT_PLAIN = FAULTS.error(
    "shown_not_plain",
    "The number linked to {target!r} holds other marks than words and digits.",
    "Put bold or italics around the link, not inside.",
)
OPTION_TWICE = FAULTS.error("option_twice", "The option {option!r} is given twice.", "Keep one.")
FRONT_UNKNOWN = FAULTS.error("front_key_unknown", "The front matter has no key {key!r}.", "Write one of {known}.")
FRONT_MISSING_KEY = FAULTS.error("front_key_missing", "The front matter lacks {key!r}.", "Add a line `{key}: ...`.")
FRONT_VALUE = FAULTS.error("front_value_wrong", "{key}: {value} cannot be read: {reason}.", "Correct the value.")
OPTION_UNKNOWN = FAULTS.error("option_unknown", "A {kind} block has no option {option!r}.", "Write {known}.")
OPTION_MISSING = FAULTS.error(
    "option_missing", "The {kind} block lacks the option {option!r}.", "Add a line `{option}: ...` under its fence."
)
OPTION_VALUE = FAULTS.error(
    "option_value_wrong", "The option {option!r} cannot be {value!r}.", "Write one of: {known}."
)
BODY_WRONG = FAULTS.error(
    "block_body_wrong",
    "The body of a {kind} block holds something else than it may ({body}).",
    "See docs/updates.md for an example.",
)
NUMBER_NOT_FIRST = FAULTS.error(
    "number_not_first",
    "A bullet of a {kind} block does not begin with a bound number.",
    "Begin it with [number](fig:...).",
)
PDF_REFUSED = FAULTS.error(
    "pdf_refused",
    "The PDF cannot be written as an accessible file: {reason}.",
    "Mend the block it names; a picture needs alternative text.",
)
PICTURE_MISSING = FAULTS.error(
    "picture_missing", "There is no picture {file!r}.", "Put it into the pack's photos/ folder, or correct the name."
)
PICTURE_TOO_LARGE = FAULTS.error(
    "picture_too_large",
    "The picture {file!r} is too large ({size}).",
    "Shrink it to about 3,000 pixels on its longer side.",
)
PICTURE_UNREADABLE = FAULTS.error(
    "picture_unreadable",
    "The picture {file!r} cannot be used: {reason}.",
    "Save it anew as JPEG, PNG or a plain SVG drawing.",
)
WORD_UNREADABLE = FAULTS.error(
    "word_unreadable",
    "The file cannot be read as a Word document: {reason}.",
    "Save it anew as .docx, without a password.",
)
WORD_BOMB = FAULTS.error(
    "word_too_large",
    "The file unpacks to {size} MB in {parts} parts.",
    "A returned update is a few MB: ask who sent it.",
)
WORD_MACROS = FAULTS.error("word_macros", "The file holds macros or programs.", "Save it as .docx without macros.")
REFERENCE_TWICE = FAULTS.error(
    "reference_key_twice", "The reference {reference!r} gives {key!r} twice.", "Write several values as a,b."
)
STATED_FORM = FAULTS.error(
    "stated_form",
    "The stated number {shown!r} lacks initials or a source ({reference!r}).",
    "Write stated:ab?source=field-note-2016-12-17: the initials of who stands for it, and where it is written.",
)
STATED_LARGE = FAULTS.error(
    "stated_too_large",
    "{shown!r} is stated by hand; a stated number is at most {most}.",
    "Bind it to an indicator, with fig:.",
)
STATED_SERVED = FAULTS.error(
    "stated_people_served",
    "{shown!r} counts people served ({words!r}) and is stated by hand.",
    "Bind it to the indicator of that activity, with fig:.",
)
TEXT_HAS_KEYS = FAULTS.error(
    "text_has_reference",
    "text: takes nothing after it, and {reference!r} stands there.",
    "Write [16](text:), or fig: for a figure.",
)
NOTHING_TO_DRAW = FAULTS.error(
    "nothing_to_draw",
    "The {kind} block has no figures to draw.",
    "Correct `of` and `by`; the fault of the reference is told too.",
)
NO_POLYGONS = FAULTS.error(
    "map_without_polygons",
    "The pack has no places.geojson to draw a map from.",
    "Put one into the pack, or take the map block out.",
)
PLACE_UNKNOWN = FAULTS.error(
    "office_unknown",
    "The map marks {code!r}, and places.csv has no point for it.",
    "Write a p-code or slug that has lat and lon.",
)
NOTHING_TO_BUILD = FAULTS.error(
    "build_refused",
    counted(
        "{file} cannot be built: {count} fault of its language stands above.",
        "{file} cannot be built: {count} faults of its language stand above.",
    ),
    "Mend them and build again.",
)
FORMAT_UNKNOWN = FAULTS.error(
    "format_unknown", "There is no format {name!r}.", "Write pdf, html, docx or several with commas."
)
SOURCE_MISSING = FAULTS.error(
    "source_missing", "There is no file {file!r}.", "Name the source of an update, such as updates/2016-12.en.md."
)
TEXT_UNKNOWN = FAULTS.error(
    "text_unknown",
    "The instance has no text {name}{near}. It has: {known}.",
    "Name one of these, or a file of a working folder. `toguna update put FILE` brings a file in.",
)
TEXT_NAME = FAULTS.error("text_name", "{name!r} cannot be the name of a text.", "Write a name such as 2016-12.en.")
TEXT_NOT_KEPT = FAULTS.error(
    "text_not_kept",
    "{file} is not the text that the instance has; only the instance's own text is issued.",
    "Bring it in with `toguna update put FILE`, then issue it by its name.",
)
WORD_UNKNOWN = FAULTS.error(
    "word_build_unknown",
    "The Word file does not come from a build that is kept here (build {identity}).",
    "Import it on the machine that built it, or copy its sentences into the source by hand.",
)
OPEN_FINDINGS = FAULTS.error(
    "issue_open_findings",
    counted("{count} finding stops the issue; it stands above.", "{count} findings stop the issue; they stand above."),
    "Mend them, or have the waivable ones waived by name and reason.",
)
NOT_REFRESHED = FAULTS.error(
    "issue_not_refreshed",
    counted(
        "{count} number of the source shows something else than its figure.",
        "{count} numbers of the source show something else than their figures.",
    ),
    "Run `toguna update refresh`, read what it says, and issue again.",
)
NOT_CLEARED = FAULTS.error(
    "issue_not_cleared",
    "Nobody has cleared the text as it stands.",
    "Record it: toguna update clear SOURCE --by NAME --on DATE --means e-mail.",
)
PARAGRAPH_NOT_CLEARED = FAULTS.error(
    "issue_paragraph_not_cleared",
    "This paragraph speaks of {topic}, and nobody has cleared it for that: {words}",
    "Record it: toguna update clear SOURCE --line {line} --topic {topic} --by NAME --on DATE --means e-mail.",
)
EMBARGOED = FAULTS.error(
    "issue_embargoed",
    "The text is under embargo until {until}.",
    "Wait, or change `embargo` with those who asked for it.",
)
ISSUED_BEFORE = FAULTS.error(
    "issue_done_before",
    "This text was issued as {edition}.",
    "Issue it anew with --restated (late data) or --replaced (our error), and say why with --reason.",
)
NOT_ISSUED_BEFORE = FAULTS.error(
    "issue_not_before",
    "There is no edition of this text to restate or replace.",
    "Issue it without --restated and --replaced.",
)
REASON_NEEDED = FAULTS.error("reason_needed", "This is done with a reason.", "Say why with --reason.")
EDITION_UNKNOWN = FAULTS.error("edition_unknown", "There is no edition {edition!r}.", "Write one of: {known}.")
EDITION_WITHDRAWN = FAULTS.error(
    "edition_is_withdrawn",
    "The edition {edition} was withdrawn; its files are destroyed.",
    "Nothing can be rebuilt or compared.",
)
FINDING_UNKNOWN = FAULTS.error(
    "finding_unknown", "The text has no finding {finding!r}.", "Take the ten letters that `toguna update check` prints."
)
NOT_WAIVABLE = FAULTS.error("finding_not_waivable", "The finding {finding} cannot be waived: {what}", "Mend the text.")
NOT_RELEASABLE = FAULTS.error(
    "finding_not_releasable", "The finding {finding} cannot be released: {what}", "Correct the text."
)
RELEASE_NOT_YOURS = FAULTS.error(
    "release_not_yours",
    "{actor} cannot release the finding {finding}.",
    "A protection officer and a Representative release it together: two persons, each once, each signed in with an account of that role.",
)
NO_PARAGRAPH = FAULTS.error(
    "clear_nothing_there",
    "Line {line} has no paragraph that needs clearance for {topic}.",
    "`toguna update sections SOURCE` lists those that do.",
)
NO_SECTION = FAULTS.error("section_unknown", "The text has no section {title!r}.", "Write one of: {known}.")
RECORD_ALTERED = FAULTS.error(
    "edition_record_altered",
    "The record of the edition {edition} is not the one that was issued.",
    "Restore the database from a copy; find out who changed it.",
)
EDITION_GONE = FAULTS.error(
    "edition_gone",
    "The journal tells of the edition {edition}, and the database no longer has it.",
    "Restore the database from a backup, and find out who wrote to it.",
)
CLEARANCE_UNTOLD = FAULTS.error(
    "clearance_untold",
    "The clearances stored of {text} are not those that the journal tells of: one was changed, added or deleted.",
    "Restore the database from a backup, and find out who wrote to it.",
)
WAIVER_UNTOLD = FAULTS.error(
    "waiver_untold",
    "The waiver of {finding} in {text} is not the one that the journal tells of.",
    "Restore the database from a backup, and find out who wrote to it.",
)
OWNER_UNTOLD = FAULTS.error(
    "section_owner_untold",
    "Who writes a section of {text} is not whom the journal names.",
    "Restore the database from a backup, and find out who wrote to it.",
)
FILE_ALTERED = FAULTS.error(
    "edition_file_altered",
    "The file {file} of the edition {edition} is not the one that was issued.",
    "Restore it from a copy, and compare it with what readers have.",
)
FILE_MISSING = FAULTS.error(
    "edition_file_missing", "The file {file} of the edition {edition} is missing.", "Restore it from a copy."
)
FILE_UNKNOWN = FAULTS.error(
    "edition_file_unknown",
    "The edition {edition} has no file {file!r} for readers.",
    "Choose one of those that its page lists.",
)
NOT_ALIGNED = FAULTS.error(
    "translation_not_aligned",
    "The text does not have as many paragraphs as {other}.",
    "Bring them into the same order and number, then mark them.",
)
DRAFT_THERE = FAULTS.error(
    "draft_there", "The draft is there already.", "Give another name with -o, or take the old one away."
)
EXPORT_NOTHING = FAULTS.error(
    "export_nothing", "No edition is issued, so there is nothing to export.", "Issue one with `toguna update issue`."
)
EXPORT_TAKEN = FAULTS.error(
    "export_taken",
    "{folder} holds something that is no earlier export.",
    "Name an empty or new folder, or take away what is in it.",
)
EXPORT_INSIDE = FAULTS.error(
    "export_inside", "{folder} lies in the instance, which nobody else may read.", "Name a folder outside of {home}."
)
LETTER_NEEDED = FAULTS.error(
    "letter_needed",
    "The e-mail of {by} is not given.",
    "Save it as a file and name it with --letter, or say --means meeting.",
)
NOT_OWN_ACCOUNT = FAULTS.error(
    "not_own_account",
    "{actor} cannot clear as the account of {by}.",
    "Run it as that account, or say how {by} told it with --means.",
)
DUTIES_MEET = FAULTS.error(
    "duties_meet",
    "{person} would do both for this text: {first} and {second}.",
    "Let somebody else do one of them; operation.toml, [duties], says which are kept apart.",
)
DASHBOARD_TOO_LONG = FAULTS.error(
    "dashboard_too_long",
    "The snapshot is longer than one page. Without the block {kind} it would be one page.",
    "Shorten this block of the update, or remove it.",
)
DASHBOARD_FAR_TOO_LONG = FAULTS.error(
    "dashboard_far_too_long",
    "The snapshot is longer than one page, whichever block is left out.",
    "Shorten the blocks of the update's first page.",
)
