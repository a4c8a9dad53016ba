"""What verbs say of their own, in each language. Faults are not here: they stand in the catalogues of their rooms."""

from __future__ import annotations

from collections.abc import Mapping

from toguna.kernel.api import Language
from toguna.kernel.core.messages import Counted, counted, formatted, translatable

#: By name, a `str.format` template; French stands in the catalogues.
WORDS: Mapping[str, str | Counted] = {
    "made": translatable(
        "Made {home}: {forms} forms; {submissions} submissions in {deliveries} deliveries, {corrected} of them "
        "corrections; the journal stands at {sequence}."
    ),
    "form_read": translatable("{file}: form {form}, version {version}, {questions} questions"),
    "form_published": translatable("Published {form}, version {version}."),
    "pack_checked": translatable("{folder}: {faults} faults, {remarks} remarks."),
    "pages_written": translatable("Wrote {pages} pages to {folder}."),
    "loaded": translatable(
        "{received} taken in ({corrected} corrections), {duplicates} known already, {refused} refused."
    ),
    "load_checked": translatable(
        "{received} would be taken in ({corrected} corrections), {duplicates} known already, {refused} would be refused; "
        "nothing was written."
    ),
    "load_corrects": translatable(
        "{file}, row {row}, corrects {held} ({form}): {new} rows new, {changed} changed, {unchanged} unchanged, {gone} not in "
        "the file."
    ),
    "load_changes_more": translatable("... and {count} more lines of changes."),
    "row_new": translatable("new"),
    "row_changed": translatable("changed"),
    "load_more": translatable("... and {count} more; --report FILE.csv writes all."),
    "reviewed": translatable("{changed} of {named} changed."),
    "period_open": translatable("{period} is open. Close it with `toguna cutoff {period}`."),
    "period_closed": translatable("{period}: figures as of {at}, act {sequence}; {late} late."),
    "period_chosen": translatable(
        "No period was given: {period}, the month before this one. Choose another with --period."
    ),
    "below_threshold": translatable(
        "{count} of these are withheld in print: copy them into no text. --public shows what may be printed."
    ),
    "traced_hidden": translatable("{count} more rows that you may not see: ask the data's owner."),
    "traced_hidden_uncounted": translatable(
        "There may be more rows that you may not see; their number is not told: ask the data's owner."
    ),
    "ledger_told": translatable("{period}: {lines} numbers: {counts}."),
    "equal": translatable("equal"),
    "withheld": translatable("withheld"),
    "differs": translatable("differ"),
    "stated": translatable("stated"),
    "not_a_figure": translatable("not a figure"),
    "released": translatable(
        "Released {indicator}: it may be printed below {threshold}, as long as its definition stays the same."
    ),
    "coarsened": translatable("{count} figures taken out of the publication plan of {period}."),
    "nothing_planned": translatable("{period} has no publication plan. Close it with `toguna cutoff {period}`."),
    "nothing_to_release": translatable("No indicator declares `release`."),
    "waived_by": translatable(" (waived by {by}: {reason})"),
    "findings_told": translatable("{stopping} to mend or waive, {waived} waived, {warnings} warnings."),
    "compiled_file": translatable("Compiled from the file {path}, not from the instance: {state}."),
    "text_same": translatable("the instance has the same text"),
    "text_differs": translatable("the instance's text differs"),
    "text_missing": translatable("the instance has no text of this name"),
    "text_put": translatable("{name}: {state}, in revision {digest}."),
    "state_new": translatable("new"),
    "state_changed": translatable("changed"),
    "state_gone": translatable("gone"),
    "state_unchanged": translatable("unchanged"),
    "state_kept": translatable("not in the folder: stays"),
    "pack_unchanged": translatable("{count} files unchanged."),
    "pack_tried": translatable("Tried: {count} files would change. Nothing was kept."),
    "pack_same": translatable("Nothing to change: the instance has revision {digest}."),
    "pack_applied": translatable("Applied: {count} files changed, now revision {digest}."),
    "pack_exported": translatable("Wrote {files} files of revision {digest} to {folder}."),
    "picture_cleaned": translatable("{name}: what the camera wrote was taken out"),
    "marked_translated": translatable(
        "{file}: every paragraph is marked as translating the one in its place of {original}"
    ),
    "refreshed": translatable("{count} shown values rewritten."),
    "issue_stopped": translatable("{file}: {count} findings stop an issue; see `toguna update check`."),
    "source_moved": translatable(
        "{file} has changed since the build: the returned text goes to {out}; bring the two together."
    ),
    "imported": translatable("{changes} changes, {open} to decide. {out}, {page}"),
    "issued": translatable("Issued {edition}: {count} files in {folder}"),
    "exported": translatable("Wrote {files} files of {editions} editions to {folder}, readable for everybody."),
    "to_sign": translatable("{count} acts of {name} are not attested."),
    "signed": translatable("{name} has signed {count} acts."),
    "unattested": translatable(
        "{count} acts were done under a name that was only given with --as, and are not signed: {names}."
    ),
    "would_differ": translatable("{count} numbers of {edition} would differ now."),
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
    "faults_found": translatable("{count} faults. Head: {head}"),
    "computed_by": translatable("computed by {engine}"),
    "engines_compared": translatable("{engine} computed {count} figures; {different} differ."),
    "figures_changed": translatable(
        "{count} of them differ, on both engines, from what the edition keeps: a definition or the pack has changed since."
    ),
    "likeness_bytes": translatable("{edition}: the same bytes."),
    "likeness_values": translatable("{edition}: the same values and sentences; the toolchain has changed since."),
    "verified_since": translatable(
        "Acts up to {sequence}, and files not written since, were verified before; --all verifies them again."
    ),
    "keep_head": translatable("Keep the head elsewhere: only against it can a journal that was cut short be told."),
    "backed_up": translatable(
        "Wrote {path}: {files} files, as of head {head}. Its SHA-256: {sha256}\nKeep the file on another disk, and the SHA-256 "
        "elsewhere. The file holds everything, secrets included: keep it as you keep the instance."
    ),
    "report_written": translatable("Wrote {path}: no names, no values, no paths. It may be mailed."),
    "log_level": translatable("TOGUNA_LOG is none of debug, info, warning, error."),
    "backup_listed": translatable(
        "Backup of {made_at} by Toguna {toguna}: {engine}, format {format}, head {head}, {lake}, {files} files, {size} bytes."
    ),
    "lake_in": translatable("lake included"),
    "lake_out": translatable("lake left out"),
    "restored": translatable("Restored {home} from {path}: {rows} rows in {tables} tables, {files} files."),
    "restored_old": translatable("It is of an older Toguna. Run: toguna migrate --home {home}"),
    "migrated": translatable(
        "Brought {home} from format {found} to {format}, with {migrations} changes of the database. Backup: {backup}"
    ),
    "migrated_already": translatable("{home} has format {format} and the newest database: nothing to do."),
    "user_added": translatable("Added {name}: {roles}."),
    "user_disabled": translatable("Disabled {name}."),
    "ask_password": translatable("Password: "),
    "no_verb": translatable("toguna has no verb {verb}. It has:"),
    "system": translatable(
        "{file}: the system says: {reason}. Look at the path, its rights and the room on the disk; nothing was left half done."
    ),
    "stopped": translatable("Stopped; what was acknowledged is kept."),
    "check_serves": translatable("Open {address} in a browser on this computer. Stop with Ctrl+C."),
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


def said(name: str, language: Language, /, **details: object) -> str:
    """The sentence of that name. Refuses (`KeyError`) a name or a detail that is missing."""
    return formatted(WORDS[name], details, language)
