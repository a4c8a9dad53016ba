"""What verbs say of their own, in each language. Faults are not here: they stand in the catalogues of their rooms."""

from __future__ import annotations

from collections.abc import Mapping

from toguna.kernel.api import Language
from toguna.kernel.core.messages import Counted, counted, formatted, message, translatable

#: By name, a `str.format` template; French stands in the catalogues.
WORDS: Mapping[str, str | Counted] = {
    "made": translatable(
        "Made {home}: {forms}; {submissions} in {deliveries}, {corrected}; the journal stands at {sequence}."
    ),
    "form_read": counted(
        "{file}: form {form}, version {version}, {questions} question",
        "{file}: form {form}, version {version}, {questions} questions",
        "questions",
    ),
    "form_published": translatable("Published {form}, version {version}."),
    "pack_checked": translatable("{folder}: {faults}, {remarks}."),
    "pages_written": counted("Wrote {pages} page to {folder}.", "Wrote {pages} pages to {folder}.", "pages"),
    "loaded": translatable("{received} ({corrected}), {duplicates}, {refused}."),
    "load_checked": translatable("{received} ({corrected}), {duplicates}, {refused}; nothing was written."),
    "load_corrects": translatable(
        "{file}, row {row}, corrects {held} ({form}): {new}, {changed}, {unchanged}, {gone}."
    ),
    "load_changes_more": counted("... and {count} more line of changes.", "... and {count} more lines of changes."),
    "arrival_added": translatable("Arrival {arrival}: {file}, from {organisation}."),
    "arrival_known": translatable("Known: {file} came before as arrival {arrival} ({state}). Nothing to do."),
    "arrival_discarded": translatable("Arrival {arrival} is set aside. Its file stays."),
    "arrival_taken": translatable("Arrival {arrival}: {received}, {duplicates}, {refused}."),
    "arrival_kept_out": translatable("Arrival {arrival}: nothing was taken in, because rows are wrong."),
    "arrival_rows": translatable("{form}: {new}, {changed}, {unchanged}, {gone}, {nil}, {wrong}, {ignored}."),
    "arrival_unkept": translatable(
        "The mapping is only proposed. Keep it before the rows can be taken in: toguna arrivals map {arrival} --keep"
    ),
    "mapping_kept": translatable("Kept the mapping {path}."),
    "mapping_written": translatable("Wrote the mapping to {path}: change it, then keep it with --from {path} --keep."),
    "mapping_missing": translatable("The form must also have: {questions}. Give a column or a constant."),
    "mapping_groups": translatable(
        "No list has these groups of columns: {groups}. Map them, such as --column 'GROUP / HEADER={question}[{list}=CODE]'."
    ),
    "word_kept": translatable('"{text}" is now understood as {code}.'),
    "arrival_sent_back": translatable(
        "Wrote {workbook} and {letter}: read them, then send them. Arrival {arrival} is marked as sent back."
    ),
    "narrative_numbers": translatable("{equal}, {differs}, {no_row}."),
    "narrative_hidden": translatable("What could lead to a person is hidden: the protection officer sees it."),
    "number_equal": translatable("equal"),
    "number_differs": translatable("not the same"),
    "number_no_row": translatable("no row"),
    "returns_written": counted(
        "Wrote the return of {count} partner to {folder}.", "Wrote the returns of {count} partners to {folder}."
    ),
    "returns_owed": counted(
        "{period}: {count} of {expected} expected is missing.", "{period}: {count} of {expected} expected are missing."
    ),
    "return_received": translatable("in time"),
    "return_nil": translatable("nil"),
    "return_late": translatable("late"),
    "return_sent_back": translatable("sent back"),
    "return_not_received": translatable("not received"),
    "mail_fetched": counted(
        "{count} mail read, {left} left in the mailbox.", "{count} mails read, {left} left in the mailbox."
    ),
    "places_pulled": translatable("Wrote {places} and {population} to {folder}. Compare them with the pack's tables."),
    "mapped_note": translatable("kept as a note"),
    "row_new": translatable("new"),
    "row_changed": translatable("changed"),
    "load_more": counted(
        "... and {count} more; --report FILE.csv writes all.", "... and {count} more; --report FILE.csv writes all."
    ),
    "reviewed": counted("{changed} of {named} changed.", "{changed} of {named} changed.", "changed"),
    "period_open": translatable("{period} is open. Close it with `toguna cutoff {period}`."),
    "period_closed": translatable("{period}: figures as of {at}, act {sequence}; {late} late."),
    "period_chosen": translatable(
        "No period was given: {period}, the month before this one. Choose another with --period."
    ),
    "below_threshold": counted(
        "{count} of these is withheld in print: copy it into no text. --public shows what may be printed.",
        "{count} of these are withheld in print: copy them into no text. --public shows what may be printed.",
    ),
    "traced_hidden": counted(
        "{count} more row that you may not see: ask the data's owner.",
        "{count} more rows that you may not see: ask the data's owner.",
    ),
    "traced_hidden_uncounted": translatable(
        "There may be more rows that you may not see; their number is not told: ask the data's owner."
    ),
    "ledger_told": translatable("{period}: {lines}: {counts}."),
    "equal": translatable("equal"),
    "withheld": translatable("withheld"),
    "differs": translatable("differ"),
    "stated": translatable("stated"),
    "not_a_figure": translatable("not a figure"),
    "released": translatable(
        "Released {indicator}: it may be printed below {threshold}, as long as its definition stays the same."
    ),
    "coarsened": counted(
        "{count} figure taken out of the publication plan of {period}.",
        "{count} figures taken out of the publication plan of {period}.",
    ),
    "extended": counted(
        "{count} figure added to the publication plan of {period}.",
        "{count} figures added to the publication plan of {period}.",
    ),
    "nothing_planned": translatable("{period} has no publication plan. Close it with `toguna cutoff {period}`."),
    "nothing_to_release": translatable("No indicator declares `release`."),
    "waived_by": translatable(" (waived by {by}: {reason})"),
    "findings_told": translatable("{stopping} to mend or waive, {waived}, {warnings}."),
    "compiled_file": translatable("Compiled from the file {path}, not from the instance: {state}."),
    "text_same": translatable("the instance has the same text"),
    "text_differs": translatable("the instance's text differs"),
    "text_missing": translatable("the instance has no text of this name"),
    "text_put": translatable("{name}: {state}, in revision {digest}."),
    "text_replaced": translatable(
        "It replaced {name} as {actor} wrote it at {at} UTC, in revision {digest}. Name the revision that you edited with --base, and a text that was changed since is refused."
    ),
    "state_new": translatable("new"),
    "state_changed": translatable("changed"),
    "state_gone": translatable("gone"),
    "state_unchanged": translatable("unchanged"),
    "state_kept": translatable("not in the folder: stays"),
    "pack_unchanged": counted("{count} file unchanged.", "{count} files unchanged."),
    "pack_tried": counted(
        "Tried: {count} file would change. Nothing was kept.", "Tried: {count} files would change. Nothing was kept."
    ),
    "pack_same": translatable("Nothing to change: the instance has revision {digest}."),
    "pack_applied": counted(
        "Applied: {count} file changed, now revision {digest}.",
        "Applied: {count} files changed, now revision {digest}.",
    ),
    "pack_exported": counted(
        "Wrote {files} file of revision {digest} to {folder}.",
        "Wrote {files} files of revision {digest} to {folder}.",
        "files",
    ),
    "picture_cleaned": translatable("{name}: what the camera wrote was taken out"),
    "marked_translated": translatable(
        "{file}: every paragraph is marked as translating the one in its place of {original}"
    ),
    "refreshed": counted("{count} shown value rewritten.", "{count} shown values rewritten."),
    "issue_stopped": counted(
        "{file}: {count} finding stops an issue; see `toguna update check`.",
        "{file}: {count} findings stop an issue; see `toguna update check`.",
    ),
    "source_moved": translatable(
        "{file} has changed since the build: the returned text goes to {out}; bring the two together."
    ),
    "imported": translatable("{changes}, {open} to decide. {out}, {page}"),
    "issued": counted("Issued {edition}: {count} file in {folder}", "Issued {edition}: {count} files in {folder}"),
    "exported": translatable("Wrote {files} of {editions} to {folder}, readable for everybody."),
    "to_sign": counted("{count} act of {name} is not attested.", "{count} acts of {name} are not attested."),
    "signed": counted("{name} has signed {count} act.", "{name} has signed {count} acts."),
    "unattested": counted(
        "{count} act was done under a name that was only given with --as, and is not signed: {names}.",
        "{count} acts were done under a name that was only given with --as, and are not signed: {names}.",
    ),
    "would_differ": counted(
        "{count} number of {edition} would differ now.", "{count} numbers of {edition} would differ now."
    ),
    "rebuilt_same": translatable("{edition}: the same; checked: {checked}."),
    "rebuilt_differs": translatable("{edition}: differs; checked: {checked}."),
    "waived": translatable("Waived by {by}: {what}"),
    "released_by_both": translatable(" (released by protection officer and Representative)"),
    "sentence_released": translatable("Released by both persons, the second being {by}: {what}"),
    "sentence_half_released": translatable(
        "Recorded for {by}. It is released when the other of protection officer and Representative says so too: {what}"
    ),
    "cleared": translatable("Recorded: cleared by {by}, {on}, by {means}, recorded by {actor}."),
    "withdrawn": translatable("Withdrawn {edition}: its files are destroyed, their digests kept."),
    "all_well": translatable("All is well. Head: {head}"),
    "faults_found": counted("{count} fault. Head: {head}", "{count} faults. Head: {head}"),
    "computed_by": translatable("computed by {engine}"),
    "engines_compared": counted(
        "{engine} computed {count} figure; different: {different}.",
        "{engine} computed {count} figures; different: {different}.",
    ),
    "figures_changed": counted(
        "{count} of them differs, on both engines, from what the edition keeps: its definition has changed since.",
        "{count} of them differ, on both engines, from what the edition keeps: their definitions have changed since.",
    ),
    "figures_failed": counted(
        "{count} further figure was computed on neither engine, and is not compared.",
        "{count} further figures were computed on neither engine, and are not compared.",
    ),
    "likeness_bytes": translatable("{edition}: the same bytes."),
    "likeness_values": translatable("{edition}: the same values and sentences; the toolchain has changed since."),
    "verified_since": translatable(
        "Acts up to {sequence}, and files not written since, were verified before; --all verifies them again."
    ),
    "keep_head": translatable("Keep the head elsewhere: only against it can a journal that was cut short be told."),
    "backed_up": counted(
        "Wrote {path}: {files} file, as of head {head}. Its SHA-256: {sha256}\nKeep the file on another disk, and the SHA-256 elsewhere. The file holds everything, secrets included: keep it as you keep the instance.",
        "Wrote {path}: {files} files, as of head {head}. Its SHA-256: {sha256}\nKeep the file on another disk, and the SHA-256 elsewhere. The file holds everything, secrets included: keep it as you keep the instance.",
        "files",
    ),
    "report_written": translatable("Wrote {path}: no names, no values, no paths. It may be mailed."),
    "log_level": translatable("TOGUNA_LOG is none of debug, info, warning, error."),
    "backup_listed": translatable(
        "Backup of {made_at} by Toguna {toguna}: {engine}, format {format}, head {head}, {lake}, {files}, {size}."
    ),
    "lake_in": translatable("lake included"),
    "lake_out": translatable("lake left out"),
    "restored": translatable("Restored {home} from {path}: {rows} in {tables}, {files}."),
    "restored_old": translatable("It is of an older Toguna. Run: toguna migrate --home {home}"),
    "migrated": counted(
        "Brought {home} from format {found} to {format}, with {migrations} change of the database. Backup: {backup}",
        "Brought {home} from format {found} to {format}, with {migrations} changes of the database. Backup: {backup}",
        "migrations",
    ),
    "migrated_already": translatable("{home} has format {format} and the newest database: nothing to do."),
    "user_added": translatable("Added {name}: {roles}."),
    "user_disabled": translatable("Disabled {name}."),
    "ask_password": translatable("Password: "),
    "invited": counted(
        "Give this link to {name}. It works once, for {hours} hour, and lets its holder choose the password:\n{address}",
        "Give this link to {name}. It works once, for {hours} hours, and lets its holder choose the password:\n{address}",
        "hours",
    ),
    "serving": translatable("Open {address} in a browser. Stop with Ctrl+C."),
    "demonstration_links": translatable("Sign in without a password, each link once, within 24 hours:"),
    "no_verb": translatable("toguna has no verb {verb}. It has:"),
    "system": translatable(
        "{file}: the system says: {reason}. Look at the path, its rights and the room on the disk; nothing was left half done."
    ),
    "stopped": translatable("Stopped; what was acknowledged is kept."),
    "check_serves": translatable("Open {address} in a browser on this computer. Stop with Ctrl+C."),
    "check_compared": translatable("{new} was compared with {old}: what moved stands among the findings."),
    "check_copy": translatable("Wrote {path}."),
    "check_ignored": counted(
        "{count} finding is ignored in {file}; --all shows it.",
        "{count} findings are ignored in {file}; --all shows them.",
    ),
    "check_ignored_gone": translatable("{file}: the document has no finding {id} any more. Delete the line."),
    "check_known": counted("{count} finding was in {file} already.", "{count} findings were in {file} already."),
    # What a progress bar is about.
    "check": translatable("checking"),
    "forms": translatable("forms"),
    "lake": translatable("lake"),
    "load": translatable("loading"),
    "records": translatable("records"),
    "verify": translatable("verifying"),
}


#: The parts of a sentence that holds several counts: by its name and by the detail that is counted.
PARTS: Mapping[str, Mapping[str, Counted]] = {
    "made": {
        "forms": counted("{count} form", "{count} forms"),
        "submissions": counted("{count} submission", "{count} submissions"),
        "deliveries": counted("{count} delivery", "{count} deliveries"),
        "corrected": counted("{count} of them a correction", "{count} of them corrections"),
    },
    "pack_checked": {
        "faults": counted("{count} fault", "{count} faults"),
        "remarks": counted("{count} remark", "{count} remarks"),
    },
    "loaded": {
        "received": counted("{count} taken in", "{count} taken in"),
        "corrected": counted("{count} correction", "{count} corrections"),
        "duplicates": counted("{count} known already", "{count} known already"),
        "refused": counted("{count} refused", "{count} refused"),
    },
    "load_checked": {
        "received": counted("{count} would be taken in", "{count} would be taken in"),
        "corrected": counted("{count} correction", "{count} corrections"),
        "duplicates": counted("{count} known already", "{count} known already"),
        "refused": counted("{count} would be refused", "{count} would be refused"),
    },
    "arrival_taken": {
        "received": counted("{count} taken in", "{count} taken in"),
        "duplicates": counted("{count} known already", "{count} known already"),
        "refused": counted("{count} refused", "{count} refused"),
    },
    "narrative_numbers": {
        "equal": counted("{count} number equal", "{count} numbers equal"),
        "differs": counted("{count} differs", "{count} differ"),
        "no_row": counted("{count} without a row", "{count} without a row"),
    },
    "places_pulled": {
        "places": counted("{count} place", "{count} places"),
        "population": counted("{count} line of population", "{count} lines of population"),
    },
    "arrival_rows": {
        "new": counted("{count} row new", "{count} rows new"),
        "changed": counted("{count} changed", "{count} changed"),
        "unchanged": counted("{count} unchanged", "{count} unchanged"),
        "gone": counted("{count} not in the file", "{count} not in the file"),
        "nil": counted("{count} nil", "{count} nil"),
        "wrong": counted("{count} wrong", "{count} wrong"),
        "ignored": counted("{count} set aside", "{count} set aside"),
    },
    "load_corrects": {
        "new": counted("{count} row new", "{count} rows new"),
        "changed": counted("{count} changed", "{count} changed"),
        "unchanged": counted("{count} unchanged", "{count} unchanged"),
        "gone": counted("{count} not in the file", "{count} not in the file"),
    },
    "ledger_told": {
        "lines": counted("{count} number", "{count} numbers"),
    },
    "findings_told": {
        "waived": counted("{count} waived", "{count} waived"),
        "warnings": counted("{count} warning", "{count} warnings"),
    },
    "imported": {
        "changes": counted("{count} change", "{count} changes"),
    },
    "exported": {
        "files": counted("{count} file", "{count} files"),
        "editions": counted("{count} edition", "{count} editions"),
    },
    "backup_listed": {
        "files": counted("{count} file", "{count} files"),
        "size": counted("{count} byte", "{count} bytes"),
    },
    "restored": {
        "rows": counted("{count} row", "{count} rows"),
        "tables": counted("{count} table", "{count} tables"),
        "files": counted("{count} file", "{count} files"),
    },
}
#: What each word after `toguna update` does.
UPDATE: Mapping[str, str] = {
    "check": translatable("checks a text: what may not go out, what is to be mended or waived, what to know"),
    "refresh": translatable("rewrites shown values in the text and prints what changed"),
    "build": translatable("writes PDF, web page, Word file and data file"),
    "products": translatable("writes factsheet, dashboard, who does what where, line sheet"),
    "import": translatable("brings a Word file back to the text, with one page of changes"),
    "put": translatable("brings a text of a working folder into the instance"),
    "issue": translatable("freezes and releases an edition"),
    "restate": translatable("lists the sentences of an edition whose number would now differ"),
    "next": translatable("drafts the following period's text"),
    "waive": translatable("keeps somebody's reason to print in spite of a finding"),
    "release": translatable("releases a barred sentence: protection officer and Representative, two persons"),
    "clear": translatable("records who cleared a text, a section or a paragraph, on which day and how"),
    "sections": translatable("lists sections with owner, state and what needs clearance"),
    "editions": translatable("lists what was issued"),
    "rebuild": translatable("makes an edition again and compares it with what was issued"),
    "withdraw": translatable("withdraws an edition for somebody's safety"),
}


def said(name: str, language: Language, /, **details: object) -> str:
    """The sentence of that name. Refuses (`KeyError`) a name or a detail that is missing."""
    parts = {each: message(part, count=details[each]) for each, part in PARTS.get(name, {}).items()}
    return formatted(WORDS[name], {**details, **parts}, language)
