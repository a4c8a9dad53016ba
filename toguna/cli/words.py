"""What verbs say of their own, in each language. Faults are not here: they stand in the catalogues of their rooms."""

from __future__ import annotations

from collections.abc import Mapping

from toguna.kernel.api import Language

#: By name, a `str.format` template in each language.
WORDS: Mapping[str, Mapping[Language, str]] = {
    "made": {
        "en": "Made {home}: {forms} forms; {submissions} submissions in {deliveries} deliveries, {corrected} of them "
        "corrections; the journal stands at {sequence}.",
        "fr": "{home} est fait : {forms} formulaires ; {submissions} soumissions en {deliveries} envois, dont {corrected} "
        "corrections ; le journal en est à {sequence}.",
    },
    "form_read": {
        "en": "{file}: form {form}, version {version}, {questions} questions",
        "fr": "{file} : formulaire {form}, version {version}, {questions} questions",
    },
    "form_published": {"en": "Published {form}, version {version}.", "fr": "{form}, version {version}, est publié."},
    "pack_checked": {
        "en": "{folder}: {faults} faults, {remarks} remarks.",
        "fr": "{folder} : {faults} fautes, {remarks} remarques.",
    },
    "pages_written": {"en": "Wrote {pages} pages to {folder}.", "fr": "{pages} pages écrites dans {folder}."},
    "loaded": {
        "en": "{received} taken in ({corrected} corrections), {duplicates} known already, {refused} refused.",
        "fr": "{received} reçues ({corrected} corrections), {duplicates} déjà connues, {refused} refusées.",
    },
    "load_checked": {
        "en": "{received} would be taken in ({corrected} corrections), {duplicates} known already, {refused} would be refused; "
        "nothing was written.",
        "fr": "{received} seraient prises ({corrected} corrections), {duplicates} déjà connues, {refused} seraient refusées ; "
        "rien n'a été écrit.",
    },
    "load_corrects": {
        "en": "{file}, row {row}, corrects {held} ({form}): {new} rows new, {changed} changed, {unchanged} unchanged, {gone} not in "
        "the file.",
        "fr": "{file}, ligne {row}, corrige {held} ({form}) : {new} lignes nouvelles, {changed} changées, {unchanged} inchangées, "
        "{gone} absentes du fichier.",
    },
    "load_changes_more": {
        "en": "... and {count} more lines of changes.",
        "fr": "... et {count} autres lignes de changements.",
    },
    "row_new": {"en": "new", "fr": "nouvelle"},
    "row_changed": {"en": "changed", "fr": "changée"},
    "load_more": {
        "en": "... and {count} more; --report FILE.csv writes all.",
        "fr": "... et {count} autres ; --report FICHIER.csv les écrit toutes.",
    },
    "reviewed": {"en": "{changed} of {named} changed.", "fr": "{changed} sur {named} ont changé."},
    "period_open": {
        "en": "{period} is open. Close it with `toguna cutoff {period}`.",
        "fr": "{period} est ouverte. Fermez-la avec `toguna cutoff {period}`.",
    },
    "period_closed": {
        "en": "{period}: figures as of {at}, act {sequence}; {late} late.",
        "fr": "{period} : chiffres au {at}, acte {sequence} ; {late} en retard.",
    },
    "below_threshold": {
        "en": "{count} of these are withheld in print: copy them into no text. --public shows what may be printed.",
        "fr": "{count} de ces chiffres sont retenus à l'impression : ne les copiez dans aucun texte. "
        "--public montre ce qui peut être imprimé.",
    },
    "traced_hidden": {
        "en": "{count} more rows that you may not see: ask the data's owner.",
        "fr": "{count} autres lignes que vous ne pouvez pas voir : adressez-vous au propriétaire des données.",
    },
    "ledger_told": {"en": "{period}: {lines} numbers: {counts}.", "fr": "{period} : {lines} nombres : {counts}."},
    "equal": {"en": "equal", "fr": "égaux"},
    "withheld": {"en": "withheld", "fr": "retenus"},
    "differs": {"en": "differ", "fr": "différents"},
    "stated": {"en": "stated", "fr": "déclarés"},
    "not_a_figure": {"en": "not a figure", "fr": "hors chiffres"},
    "released": {
        "en": "Released {indicator}: it may be printed below {threshold}, as long as its definition stays the same.",
        "fr": "{indicator} est libéré : il peut être imprimé au-dessous de {threshold}, tant que sa définition reste la même.",
    },
    "nothing_to_release": {
        "en": "No indicator declares `release`.",
        "fr": "Aucun indicateur ne déclare `release`.",
    },
    "waived_by": {"en": " (waived by {by}: {reason})", "fr": " (dérogation de {by} : {reason})"},
    "findings_told": {
        "en": "{stopping} to mend or waive, {waived} waived, {warnings} warnings.",
        "fr": "{stopping} à corriger ou à lever, {waived} levés, {warnings} avertissements.",
    },
    "picture_cleaned": {
        "en": "{name}: what the camera wrote was taken out",
        "fr": "{name} : ce que l'appareil y avait écrit est ôté",
    },
    "marked_translated": {
        "en": "{file}: every paragraph is marked as translating the one in its place of {original}",
        "fr": "{file} : chaque paragraphe est marqué comme traduction de celui qui tient sa place dans {original}",
    },
    "refreshed": {"en": "{count} shown values rewritten.", "fr": "{count} valeurs montrées récrites."},
    "issue_stopped": {
        "en": "{file}: {count} findings stop an issue; see `toguna update check`.",
        "fr": "{file} : {count} constats empêchent l'émission ; voyez `toguna update check`.",
    },
    "source_moved": {
        "en": "{file} has changed since the build: the returned text goes to {out}; bring the two together.",
        "fr": "{file} a changé depuis la fabrication : le texte revenu va dans {out} ; réunissez les deux.",
    },
    "imported": {
        "en": "{changes} changes, {open} to decide. {out}, {page}",
        "fr": "{changes} changements, {open} à trancher. {out}, {page}",
    },
    "issued": {
        "en": "Issued {edition}: {count} files in {folder}",
        "fr": "{edition} est émise : {count} fichiers dans {folder}",
    },
    "would_differ": {
        "en": "{count} numbers of {edition} would differ now.",
        "fr": "{count} nombres de {edition} seraient autres aujourd'hui.",
    },
    "rebuilt_same": {
        "en": "{edition}: the same; checked: {checked}.",
        "fr": "{edition} : identique ; vérifié : {checked}.",
    },
    "rebuilt_differs": {
        "en": "{edition}: differs; checked: {checked}.",
        "fr": "{edition} : différente ; vérifié : {checked}.",
    },
    "waived": {"en": "Waived by {by}: {what}", "fr": "Levé par {by} : {what}"},
    "released_by_both": {
        "en": " (released by protection officer and Representative)",
        "fr": " (libéré par le chargé de protection et le Représentant)",
    },
    "sentence_released": {
        "en": "Released by both persons, the second being {by}: {what}",
        "fr": "Libéré par les deux personnes, la seconde étant {by} : {what}",
    },
    "sentence_half_released": {
        "en": "Recorded for {by}. It is released when the other of protection officer and Representative says so too: {what}",
        "fr": "Inscrit pour {by}. La phrase est libérée quand l'autre, du chargé de protection et du Représentant, le dit aussi : {what}",
    },
    "cleared": {
        "en": "Recorded: cleared by {by}, {on}, by {means}, recorded by {actor}.",
        "fr": "Inscrit : visé par {by}, le {on}, par {means}, inscrit par {actor}.",
    },
    "withdrawn": {
        "en": "Withdrawn {edition}: its files are destroyed, their digests kept.",
        "fr": "{edition} est retirée : ses fichiers sont détruits, leurs empreintes gardées.",
    },
    "all_well": {"en": "All is well. Head: {head}", "fr": "Tout est en ordre. Tête : {head}"},
    "faults_found": {"en": "{count} faults. Head: {head}", "fr": "{count} fautes. Tête : {head}"},
    "likeness_bytes": {"en": "{edition}: the same bytes.", "fr": "{edition} : les mêmes octets."},
    "likeness_values": {
        "en": "{edition}: the same values and sentences; the toolchain has changed since.",
        "fr": "{edition} : mêmes valeurs et mêmes phrases ; les outils ont changé depuis.",
    },
    "verified_since": {
        "en": "Acts up to {sequence}, and files not written since, were verified before; --all verifies them again.",
        "fr": "Les actes jusqu'à {sequence}, et les fichiers non écrits depuis, étaient déjà vérifiés ; --all les revérifie.",
    },
    "pack_accepted": {
        "en": "Recorded the operation's files as they are now.",
        "fr": "Les fichiers de l'opération sont notés tels qu'ils sont.",
    },
    "keep_head": {
        "en": "Keep the head elsewhere: only against it can a journal that was cut short be told.",
        "fr": "Gardez la tête ailleurs : elle seule montre qu'un journal a été coupé.",
    },
    "backed_up": {
        "en": "Wrote {path}: {files} files, as of head {head}. Its SHA-256: {sha256}\nKeep the file on another disk, and the SHA-256 "
        "elsewhere. The file holds everything, secrets included: keep it as you keep the instance.",
        "fr": "{path} est écrit : {files} fichiers, à la tête {head}. Son SHA-256 : {sha256}\nGardez le fichier sur un autre disque, et "
        "le SHA-256 ailleurs. Le fichier contient tout, secrets compris : gardez-le comme l'instance.",
    },
    "report_written": {
        "en": "Wrote {path}: no names, no values, no paths. It may be mailed.",
        "fr": "{path} est écrit : ni noms, ni valeurs, ni chemins. Il peut être envoyé.",
    },
    "log_level": {
        "en": "TOGUNA_LOG is none of debug, info, warning, error.",
        "fr": "TOGUNA_LOG n'est ni debug, ni info, ni warning, ni error.",
    },
    "backup_listed": {
        "en": "Backup of {made_at} by Toguna {toguna}: {engine}, format {format}, head {head}, {lake}, {files} files, {size} bytes.",
        "fr": "Sauvegarde du {made_at} par Toguna {toguna} : {engine}, format {format}, tête {head}, {lake}, {files} fichiers, "
        "{size} octets.",
    },
    "lake_in": {"en": "lake included", "fr": "lac compris"},
    "lake_out": {"en": "lake left out", "fr": "sans le lac"},
    "restored": {
        "en": "Restored {home} from {path}: {rows} rows in {tables} tables, {files} files.",
        "fr": "{home} est restauré de {path} : {rows} lignes dans {tables} tables, {files} fichiers.",
    },
    "restored_old": {
        "en": "It is of an older Toguna. Run: toguna migrate --home {home}",
        "fr": "Elle vient d'un Toguna plus ancien. Lancez : toguna migrate --home {home}",
    },
    "migrated": {
        "en": "Brought {home} from format {found} to {format}, with {migrations} changes of the database. Backup: {backup}",
        "fr": "{home} passe du format {found} au {format}, avec {migrations} changements de la base. Sauvegarde : {backup}",
    },
    "migrated_already": {
        "en": "{home} has format {format} and the newest database: nothing to do.",
        "fr": "{home} est au format {format} et sa base est à jour : rien à faire.",
    },
    "user_added": {"en": "Added {name}: {roles}.", "fr": "{name} est ajouté : {roles}."},
    "user_disabled": {"en": "Disabled {name}.", "fr": "{name} est désactivé."},
    "ask_password": {"en": "Password: ", "fr": "Mot de passe : "},
    "no_verb": {"en": "toguna has no verb {verb}. It has:", "fr": "toguna n'a pas de verbe {verb}. Il a :"},
    "system": {
        "en": "{file}: the system says: {reason}. Look at the path, its rights and the room on the disk; nothing was left half done.",
        "fr": "{file} : le système dit : {reason}. Vérifiez le chemin, ses droits et la place sur le disque ; "
        "rien n'est fait à moitié.",
    },
    "stopped": {
        "en": "Stopped; what was acknowledged is kept.",
        "fr": "Arrêté ; ce qui était accusé de réception est conservé.",
    },
    # What a progress bar is about.
    "check": {"en": "checking", "fr": "contrôle"},
    "forms": {"en": "forms", "fr": "formulaires"},
    "lake": {"en": "lake", "fr": "lac"},
    "load": {"en": "loading", "fr": "chargement"},
    "records": {"en": "records", "fr": "enregistrements"},
    "verify": {"en": "verifying", "fr": "vérification"},
}


def said(name: str, language: Language, /, **details: object) -> str:
    """The sentence of that name. Refuses (`KeyError`) a name or a detail that is missing."""
    return WORDS[name][language].format_map(details)
