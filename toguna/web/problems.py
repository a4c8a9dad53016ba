"""The faults of the web application: each is a page with a sentence, what to do, and its id."""

from toguna.kernel.api import Catalogue

FAULTS = Catalogue("web")

NOT_FOUND = FAULTS.error(
    "not_found",
    "There is no page at this address, or it is not yours to see.",
    "Check the address, or go back to the overview.",
)
NOT_UNDERSTOOD = FAULTS.error(
    "not_understood", "The request could not be read.", "Go back, load the page again and try once more."
)
FORM_EXPIRED = FAULTS.error(
    "form_expired",
    "The form is too old, or came from another site. Nothing was changed.",
    "Go back, load the page again and send it once more.",
)
METHOD_UNKNOWN = FAULTS.error(
    "method_unknown", "This address does not take {method} requests.", "Go back and use the buttons of the page."
)
TOO_LARGE = FAULTS.error(
    "too_large", "The request is larger than {most} MB, so it was not read.", "Send less at once, or a smaller file."
)
BROKEN = FAULTS.error(
    "broken",
    "The server failed to make this page. Nothing was changed.",
    "Try again. If it fails again, tell your data manager this number: {number}.",
)
PERIOD_BROKEN = FAULTS.error(
    "period_broken", "{period!r} is not a period.", "Write a month such as 2016-12, or 2016-09..2016-12."
)
FILES_NEEDED = FAULTS.error(
    "files_needed", "No file was sent, or more than {most}.", "Choose up to {most} files and send them again."
)
DOCUMENT_NEEDED = FAULTS.error(
    "document_needed", "No file and no text was sent.", "Choose a document or paste its text, then send it again."
)
DOCUMENT_TOO_HEAVY = FAULTS.error(
    "document_too_heavy",
    "Reading the document took more than {most} MB of memory, or failed.",
    "Check the document in parts, or as text.",
)
CHECK_BUSY = FAULTS.error(
    "check_busy", "Other documents are being checked at this moment.", "Send it again in a minute."
)
ORIGIN_BROKEN = FAULTS.error(
    "origin_broken",
    "{origin!r} is not the address of a secure server.",
    "Write it as https://toguna.example.org, without a path.",
)
NOT_LOOPBACK = FAULTS.error(
    "not_loopback",
    "{host} can be reached from other computers, and passwords would travel in the clear.",
    "Put nginx or Caddy with TLS before the server and name its address with --origin: see docs/run.md.",
)
PORT_TAKEN = FAULTS.error(
    "port_taken",
    "The server cannot listen on {host}, port {port}: {reason}.",
    "Stop what uses it, or choose another with --port.",
)
LINKS_FOR_DEMONSTRATIONS = FAULTS.error(
    "links_for_demonstrations",
    "Links that sign in without a password are for a demonstration that only this computer can reach.",
    "Leave out --demonstration, and invite people with `toguna user invite NAME`.",
)
