"""What could lead to a person: registration numbers, telephones, coordinates, personal addresses, terms; in text and in pictures.

Nothing here may be waived. A pattern is made to miss rather little: a false alarm costs a word, a miss may cost a life.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from io import BytesIO

from lxml import etree
from PIL import ExifTags, Image, UnidentifiedImageError

from toguna.kernel.api import Fault
from toguna.kernel.core.personal import COORDINATES, EMAIL, REGISTRATION_NUMBER, TELEPHONE
from toguna.publish.core.checks import problems as fault
from toguna.publish.core.checks.draft import Draft, where_words
from toguna.publish.core.checks.findings import Finding
from toguna.publish.core.checks.passages import Passage
from toguna.publish.core.numerals import HOLE, value_of
from toguna.publish.core.tree import Fenced, walk

_PATTERNS: tuple[tuple[Fault, re.Pattern[str]], ...] = (
    (fault.REGISTRATION_NUMBER, REGISTRATION_NUMBER),
    (fault.COORDINATES, COORDINATES),
    (fault.TELEPHONE, TELEPHONE),
)
#: Parts of addresses that name a role or an office, not a person.
_ROLES = (
    "info contact press presse media reporting external relations relation exterieures publications office bureau registration protection "
    "feedback complaints plaintes webmaster data support admin communication communications unit field sub"
)
#: Words that tell of one person what no public text may, in any operation.
TERMS = (
    "HIV-positive", "HIV positive", "séropositif", "séropositive", "proGres", "registration number", "numéro d'enregistrement", "individual number",
    "numéro individuel", "case number", "numéro de dossier", "real name", "vrai nom", "informant", "informateur", "alias",
)  # fmt: skip
_SURVIVOR = re.compile(
    rf"([\w{HOLE}-]+)\s+(?:[\w-]+\s+){{0,2}}(?:survivors?|survivante?s?|victims? of (?:rape|sexual)|victimes? de (?:viol|violences? sexuelle))",
    re.IGNORECASE,
)
_DAY = re.compile(
    r"\b\d{1,2}(?:st|nd|rd|th|er)?\s+(?:January|February|March|April|May|June|July|August|September|October|November|December|"
    r"janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre)\b",
    re.IGNORECASE,
)
#: Where cameras and photographers write words.
_TELLING_TAGS = (
    ExifTags.Base.ImageDescription,
    ExifTags.Base.Artist,
    ExifTags.Base.UserComment,
    ExifTags.Base.XPComment,
    ExifTags.Base.XPTitle,
    ExifTags.Base.XPKeywords,
    ExifTags.Base.BodySerialNumber,
)
#: Fewer survivors than this, with the day, can be recognised.
FEW = 10


def protection(draft: Draft) -> Iterator[Finding]:
    """The scan of everything printed, and of the pictures' metadata."""
    for passage in draft.passages:
        yield from _scan(draft, passage)
        yield from _survivors(draft, passage)
    if draft.photos is not None:
        for node in walk(draft.update.blocks):
            if isinstance(node, Fenced) and node.options.get("file"):
                name = node.options["file"]
                yield from _picture(draft, node, name, draft.photos.get(name, b""))


def picture_words(name: str, content: bytes) -> tuple[str, list[str]]:
    """What a picture's metadata says: what is dangerous by its kind (position, empty when none), and its words.

    Empty for a file that cannot be read: that is told when it is prepared for print.
    """
    if name.lower().endswith(".svg"):
        return "", _svg_words(content)
    try:
        with Image.open(BytesIO(content)) as image:
            exif = image.getexif()
            words = [str(value) for value in image.info.values() if isinstance(value, str)]
            gps = bool(exif.get_ifd(ExifTags.IFD.GPSInfo))
            detail = exif.get_ifd(ExifTags.IFD.Exif)
            words += [_decoded(exif.get(tag) or detail.get(tag)) for tag in _TELLING_TAGS]
    except (OSError, ValueError, SyntaxError, UnidentifiedImageError, Image.DecompressionBombError):
        return "", []
    return ("GPS" if gps else ""), [word for word in words if word]


def _decoded(value: object) -> str:
    if isinstance(value, bytes):
        return value.removeprefix(b"ASCII\0\0\0").removeprefix(b"UNICODE\0").decode("utf-8", "ignore").replace("\0", "")
    return str(value) if value else ""


def _svg_words(content: bytes) -> list[str]:
    try:
        tree = etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        return []
    return [
        " ".join("".join(element.itertext()).split())
        for element in tree.iter("{*}metadata", "{*}desc", "{*}title", "{*}text")
    ]


def masked(text: str) -> str:
    """The text with what the scan tells of blanked, so that its digits are not told of twice."""
    for _, pattern in _PATTERNS:
        text = pattern.sub(lambda match: " " * len(match[0]), text)
    return text


def _matches(text: str) -> Iterator[tuple[Fault, str, int]]:
    """Numbers that lead to a person: each with its fault and offset, told once."""
    for which, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            yield which, match[0].strip(), match.start()
        text = pattern.sub(lambda match: " " * len(match[0]), text)


def _scan(draft: Draft, passage: Passage) -> Iterator[Finding]:
    for which, quote, offset in _matches(passage.text):
        if which is not fault.TELEPHONE or passage.where != "contacts":
            yield _found(draft, passage, which, quote, offset)
    root = draft.resolution.front.place
    own = {name.lower() for name in (root, *draft.pack.places.get(root, ()))}
    for address in [*EMAIL.findall(passage.text), *(_mailto(target) for target in passage.targets)]:
        if address and not _is_role(address, own, in_contacts=passage.where == "contacts"):
            yield _found(draft, passage, fault.PERSONAL_EMAIL, address, max(passage.text.find(address), 0))
    for term in (*TERMS, *draft.terms):
        for match in re.finditer(rf"(?<!\w){re.escape(term)}(?!\w)", passage.text, re.IGNORECASE):
            yield _found(draft, passage, fault.PROTECTION_TERM, match[0], match.start())


def _found(draft: Draft, passage: Passage, which: Fault, quote: str, offset: int) -> Finding:
    line = passage.line_of(offset, quote)
    return Finding(problem=which.at(draft.at(line), quote=quote, **where_words(passage.where)), quote=quote)


def _mailto(target: str) -> str:
    return target.removeprefix("mailto:").split("?")[0] if target.startswith("mailto:") else ""


def _is_role(address: str, own: Collection[str], *, in_contacts: bool) -> bool:
    """An office's address: it names a role or `own`, the operation's country; among the contacts any address that is not written as first name and surname."""
    local = address.split("@")[0].lower()
    parts = [part for part in re.split(r"[._+\-\d]+", local) if part]
    known = any(part in own or part in _ROLES.split() for part in parts) or bool(
        parts and len(parts[0]) <= 5 and address.startswith(parts[0].upper())
    )
    return known or (in_contacts and len(parts) < 2)


def _survivors(draft: Draft, passage: Passage) -> Iterator[Finding]:
    for match in _SURVIVOR.finditer(passage.text):
        sentence = passage.sentence(match.start())
        word = match[1]
        if HOLE in word:
            number = passage.number_at(match.start() + word.index(HOLE))
            word = number.shown
        value = value_of(word, draft.language)
        if value is not None and value < FEW and _DAY.search(sentence):
            quote = " ".join(match[0].replace(HOLE, word).split())
            problem = fault.SURVIVORS_DATED.at(draft.at(passage.line), quote=quote)
            yield Finding(problem=problem, quote=quote)


def _picture(draft: Draft, node: Fenced, name: str, content: bytes) -> Iterator[Finding]:
    position, words = picture_words(name, content)
    told = [position and "the position of the camera (GPS)"]
    for text in words:
        told += [f"{quote!r} ({which.id.rpartition('.')[2]})" for which, quote, _ in _matches(text)]
        told += [
            repr(term)
            for term in (*TERMS, *draft.terms)
            if re.search(rf"(?<!\w){re.escape(term)}(?!\w)", text, re.IGNORECASE)
        ]
    for what in dict.fromkeys(filter(None, told)):
        problem = fault.PICTURE_METADATA.at(draft.at(node.line), file=name, what=what)
        yield Finding(problem=problem, quote=f"{name} {what}")
