"""A mail as it came (.eml of RFC 5322, .msg of Outlook): who sent it, what it says, what is attached. Nothing of it is run.

Refused: what is neither. Attachments beyond the limits are named and left in the mail, which is kept whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr
from typing import TYPE_CHECKING

from toguna.intake import problems
from toguna.kernel.api import Place, Refused
from toguna.kernel.core.library import library

if TYPE_CHECKING:
    import oxmsg
else:
    oxmsg = library("oxmsg")

MSG_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MOST_ATTACHMENTS = 50
_DEPTH = 5
#: Attachments that are nobody's return: pictures of a signature, calendars, keys.
_PASSED_OVER = (".ics", ".vcf", ".p7s", ".asc", ".png", ".gif", ".jpg", ".jpeg", ".bmp")
_TAGS = re.compile(r"<(script|style)\b.*?</\1\s*>|<[^>]{0,2000}>", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, kw_only=True)
class Attached:
    """One attached file."""

    name: str
    content: bytes


@dataclass(frozen=True, kw_only=True)
class Letter:
    """One mail."""

    sender: str
    subject: str
    text: str
    attachments: tuple[Attached, ...]
    #: Its Message-ID, for the answer.
    message_id: str = ""


def read_letter(content: bytes, name: str) -> Letter:
    """The mail in a file."""
    if content.startswith(MSG_MAGIC):
        return _outlook(content, name)
    message = message_from_bytes(content, policy=policy.default)
    if not isinstance(message, EmailMessage) or not (message.get("From") or message.get("Subject")):
        raise Refused(problems.NO_LETTER.at(Place(file=name)))
    attachments = tuple(_attached(message, 0))[:MOST_ATTACHMENTS]
    return Letter(
        sender=address_of(str(message.get("From", ""))),
        subject=_line(str(message.get("Subject", ""))),
        text=_body(message),
        attachments=attachments,
        message_id=_line(str(message.get("Message-ID", ""))),
    )


def address_of(written: str) -> str:
    """The address alone, in small letters; empty where there is none."""
    address = parseaddr(written.replace("\n", " ").replace("\r", " "))[1].strip().lower()
    return address if re.fullmatch(r"[^@\s<>]{1,200}@[^@\s<>]{1,200}", address) else ""


def _attached(message: EmailMessage, depth: int) -> Iterator[Attached]:
    """The attached files, those of forwarded mails among them."""
    for part in message.walk():
        if part is message or part.is_multipart():
            continue
        name = part.get_filename()
        disposition = part.get_content_disposition()
        if not name or (disposition == "inline" and part.get_content_maintype() == "image"):
            continue
        payload = part.get_payload(decode=True)
        if isinstance(payload, bytes) and payload and not name.lower().endswith(_PASSED_OVER):
            yield from _opened(name, payload, depth)


def _opened(name: str, content: bytes, depth: int) -> Iterator[Attached]:
    """The file, or what a mail attached to a mail has attached."""
    if name.lower().endswith((".eml", ".msg")) and depth < _DEPTH:
        try:
            yield from read_letter(content, name).attachments
        except Refused:
            yield Attached(name=name, content=content)
        return
    yield Attached(name=name, content=content)


def _body(message: EmailMessage) -> str:
    """The words: the plain text, else the web page without its tags."""
    part = message.get_body(preferencelist=("plain", "html"))
    if part is None:
        return ""
    try:
        text = part.get_content()
    except (LookupError, ValueError, KeyError):
        payload = part.get_payload(decode=True)
        text = payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""
    return _plain(str(text)) if part.get_content_subtype() == "html" else str(text).strip()


def _outlook(content: bytes, name: str) -> Letter:
    try:
        message = oxmsg.Message.load(content)
        attachments = tuple(
            one
            for each in message.attachments[:MOST_ATTACHMENTS]
            if each.attached_by_value
            and (each.file_bytes or b"")
            and not (each.file_name or "").lower().endswith(_PASSED_OVER)
            for one in _opened(each.file_name or "attachment", each.file_bytes or b"", 0)
        )
        sender = address_of(message.sender or "")
        body = message.body or _plain(message.html_body or "")
        headers = message.message_headers
        return Letter(
            sender=sender, subject=_line(message.subject or ""), text=body.strip(), attachments=attachments,
            message_id=_line(headers.get("Message-ID", "")),
        )  # fmt: skip
    except Exception as error:  # olefile and oxmsg raise whatever a damaged file makes them stumble over
        raise Refused(problems.NO_LETTER.at(Place(file=name))) from error


def _plain(page: str) -> str:
    return re.sub(r"\n\s*\n+", "\n\n", _TAGS.sub(" ", page)).strip()


def _line(text: str) -> str:
    return " ".join(text.split())[:300]
