"""A mailbox read: attachments become arrivals, the sender is matched to an organisation, answers are drafted and never sent.

Who writes for which organisation stands in the pack, ``mappings/senders.toml``: an address, or ``@domain``, and the organisation's code. Mail of an
unknown sender is left where it is and told. A mailbox is read without marking anything as read, so that a run that was killed is run again.
"""

from __future__ import annotations

import imaplib
import ssl
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

from toguna.access.api import Actor, require_permit
from toguna.instance.api import current
from toguna.intake import problems
from toguna.intake.arrivals import RECEIVED, Arrival, arrive
from toguna.intake.core.letters import Letter, read_letter
from toguna.kernel.api import Language, Place, Refused
from toguna.kernel.core.messages import formatted, translatable
from toguna.organisations.api import organisation
from toguna.revisions.api import RevisionFiles, in_force

SENDERS = "mappings/senders.toml"
_ANSWER = (
    translatable("Good day {partner},"),
    translatable("We have received: {files}. We look at it and write to you if something is to be corrected."),
    translatable("This file came before: {files}. Nothing is to be done."),
    translatable("No file was attached to your message. Please send the return as an attachment."),
)
#: Messages of one run, and how large one may be.
_MOST, _LARGEST = 500, 64 * 2**20
_TIMEOUT_SECONDS = 60


@dataclass(frozen=True, kw_only=True)
class FetchedLetter:
    """One mail with what became of it: its arrivals, or why there are none; and the answer as a draft, an .eml that nobody has sent."""

    sender: str
    subject: str
    organisation: str
    arrivals: tuple[Arrival, ...] = ()
    draft: bytes = b""
    #: Why it was left in the mailbox: its sender is unknown, or it cannot be read.
    fault: str = ""


def letters_in_folder(folder: Path) -> Iterator[tuple[str, bytes]]:
    """The mails in a folder, by name. Refuses no folder."""
    if not folder.is_dir():
        raise Refused(problems.NO_MAILBOX.at(where=folder, reason="no folder"))
    for path in sorted(folder.iterdir()):
        if path.is_file() and path.suffix.lower() in (".eml", ".msg") and not path.is_symlink():
            yield path.name, path.read_bytes()


def letters_over_imap(
    host: str, user: str, password: str, *, port: int = 993, mailbox: str = "INBOX", cafile: str | None = None
) -> Iterator[tuple[str, bytes]]:
    """The mails of a mailbox over TLS, opened for reading alone. Refuses a server that cannot be reached, proved or signed in to."""
    context = ssl.create_default_context(cafile=cafile)
    try:
        with imaplib.IMAP4_SSL(host, port, ssl_context=context, timeout=_TIMEOUT_SECONDS) as server:
            server.login(user, password)
            status, _ = server.select(f'"{mailbox}"', readonly=True)
            if status != "OK":
                raise Refused(problems.NO_MAILBOX.at(where=host, reason=f"no mailbox {mailbox}"))
            _, found = server.uid("SEARCH", "UNDELETED", f"SMALLER {_LARGEST}")
            numbers = (found[0] or b"").split()[-_MOST:]
            for number in numbers:
                _, parts = server.uid("FETCH", number.decode(), "(BODY.PEEK[])")
                content = next((part[1] for part in parts if isinstance(part, tuple)), b"")
                yield f"{number.decode()}.eml", content
    except (OSError, imaplib.IMAP4.error) as error:
        raise Refused(problems.NO_MAILBOX.at(where=host, reason=str(error)[:200])) from error


def fetch(letters: Iterable[tuple[str, bytes]], actor: Actor, language: Language) -> Iterator[FetchedLetter]:
    """Make arrivals of each mail's attachments, and of its words; draft the answer. Sends nothing, deletes nothing."""
    require_permit(actor, RECEIVED)
    senders = known_senders()
    for name, content in letters:
        try:
            letter = read_letter(content, name)
        except Refused as refused:
            yield FetchedLetter(sender="", subject=name, organisation="", fault=refused.problems[0].id)
            continue
        code = organisation_of_sender(letter.sender, senders)
        if not code:
            yield FetchedLetter(
                sender=letter.sender, subject=letter.subject, organisation="", fault="intake.sender_unknown"
            )
            continue
        yield _fetched(letter, code, actor, language)


def known_senders() -> Mapping[str, str]:
    """Addresses and ``@domains`` with the organisation that they write for. Refuses a table that is no TOML."""
    content = RevisionFiles(in_force()).get(SENDERS)
    if content is None:
        return {}
    try:
        given = tomllib.loads(content.decode("utf-8")).get("senders", {})
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Refused(problems.MAPPING_UNREADABLE.at(Place(file=SENDERS), reason=str(error))) from error
    return (
        {str(address).strip().lower(): str(code) for address, code in given.items()} if isinstance(given, dict) else {}
    )


def organisation_of_sender(sender: str, senders: Mapping[str, str]) -> str:
    """The organisation that an address writes for: the address itself, else its domain; empty where nobody has said."""
    return senders.get(sender) or senders.get(f"@{sender.rpartition('@')[2]}", "") if sender else ""


def _fetched(letter: Letter, code: str, actor: Actor, language: Language) -> FetchedLetter:
    came = []
    for attached in letter.attachments:
        came.append(
            arrive(
                attached.content,
                attached.name,
                actor,
                organisation=code,
                channel="mail",
                sender=letter.sender,
                note=letter.subject,
            )
        )
    return FetchedLetter(
        sender=letter.sender, subject=letter.subject, organisation=code, arrivals=tuple(came), draft=_draft(letter, code, came, language)
    )  # fmt: skip


def _draft(letter: Letter, code: str, came: list[Arrival], language: Language) -> bytes:
    """The answer, marked as a draft (``X-Unsent``), which mail programs open for a person to read and send."""
    partner = organisation(code)
    name = (partner.name.get(language) or next(iter(partner.name.values()), code)) if partner else code
    new, known = [one.name for one in came if not one.known], [one.name for one in came if one.known]
    hello, received, before, none = _ANSWER
    lines = [formatted(hello, {"partner": name}, language)]
    lines += [formatted(received, {"files": ", ".join(new)}, language)] if new else []
    lines += [formatted(before, {"files": ", ".join(known)}, language)] if known else []
    lines += [formatted(none, {}, language)] if not came else []
    answer = EmailMessage()
    answer["To"] = letter.sender
    answer["Subject"] = f"Re: {letter.subject}"
    answer["X-Unsent"] = "1"
    if letter.message_id:
        answer["In-Reply-To"] = letter.message_id
    answer.set_content("\n\n".join([*lines, current().operation.name.get(language) or current().operation.id]) + "\n")
    return bytes(answer)
