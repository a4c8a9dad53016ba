"""Why a document could not be read, or was read in part."""

import errno
from collections.abc import Mapping

from toguna.kernel.api import Catalogue

FAULTS = Catalogue("check")

FILE_MISSING = FAULTS.error(
    "file_missing",
    en=("The file cannot be opened: {reason}.", "Check its name, and that you may read it."),
    fr=("Le fichier ne s'ouvre pas : {reason_fr}.", "Vérifiez son nom, et que vous pouvez le lire."),
)
FILE_EMPTY = FAULTS.error(
    "file_empty",
    en=("The file holds no words.", "Send the document itself, with its text."),
    fr=("Le fichier ne contient aucun mot.", "Envoyez le document lui-même, avec son texte."),
)
FILE_TOO_LARGE = FAULTS.error(
    "file_too_large",
    en=(
        "The file has {size} MB; {most} MB are read at most.",
        "Save it without its pictures, or check it in parts.",
    ),
    fr=(
        "Le fichier fait {size} Mo ; {most} Mo au plus sont lus.",
        "Enregistrez-le sans ses images, ou vérifiez-le par parties.",
    ),
)
TOO_MANY = FAULTS.error(
    "too_many",
    en=("The document has {count} {what}; {most} are read at most.", "Check it in parts."),
    fr=("Le document a {count} {what_fr} ; {most} au plus sont lus.", "Vérifiez-le par parties."),
)
TOO_SLOW = FAULTS.error(
    "too_slow",
    en=("Reading took more than {seconds} seconds and was given up.", "Check the document in parts, or as text."),
    fr=(
        "La lecture a pris plus de {seconds} secondes ; elle est abandonnée.",
        "Vérifiez le document par parties, ou en texte.",
    ),
)
KIND_UNKNOWN = FAULTS.error(
    "kind_unknown",
    en=(
        "This is {kind}, which is not read here.",
        "Save it as PDF, Word (.docx), a web page, Markdown or plain text.",
    ),
    fr=(
        "C'est {kind_fr}, qui ne se lit pas ici.",
        "Enregistrez-le en PDF, Word (.docx), page web, Markdown ou texte.",
    ),
)
NOT_TEXT = FAULTS.error(
    "not_text",
    en=(
        "The file is named as text and holds something else: {share} of 100 characters are no text.",
        "Send the document itself; if it is text, save it as UTF-8.",
    ),
    fr=(
        "Le fichier porte un nom de texte mais contient autre chose : {share} caractères sur 100 n'en sont pas.",
        "Envoyez le document lui-même ; si c'est du texte, enregistrez-le en UTF-8.",
    ),
)
PDF_BROKEN = FAULTS.error(
    "pdf_broken",
    en=("The PDF is broken or cut off.", "Export it again from the program that made it."),
    fr=("Le PDF est abîmé ou tronqué.", "Exportez-le de nouveau depuis le programme qui l'a fait."),
)
PDF_ENCRYPTED = FAULTS.error(
    "pdf_encrypted",
    en=("The PDF opens with a password only.", "Save a copy without a password, and check that."),
    fr=("Le PDF ne s'ouvre qu'avec un mot de passe.", "Enregistrez une copie sans mot de passe, et vérifiez-la."),
)
PDF_SCANNED = FAULTS.error(
    "pdf_scanned",
    en=(
        "The PDF's {pages} page(s) hold pictures and no text; it was scanned, perhaps.",
        "Export it from the program that made it, or have its text recognised first.",
    ),
    fr=(
        "Le PDF ({pages} page(s)) ne contient que des images, sans texte ; il est sans doute numérisé.",
        "Exportez-le depuis le programme qui l'a fait, ou faites d'abord reconnaître son texte.",
    ),
)
WORD_BROKEN = FAULTS.error(
    "word_broken",
    en=("The Word file is broken: {reason}.", "Open it in Word or LibreOffice, save it again as .docx."),
    fr=(
        "Le fichier Word est abîmé : {reason_fr}.",
        "Ouvrez-le dans Word ou LibreOffice, enregistrez-le de nouveau en .docx.",
    ),
)
WORD_ENCRYPTED = FAULTS.error(
    "word_encrypted",
    en=(
        "The file is a Word file with a password, or of the old .doc kind.",
        "Save it as .docx without a password.",
    ),
    fr=(
        "Le fichier est un Word protégé par mot de passe, ou de l'ancien format .doc.",
        "Enregistrez-le en .docx sans mot de passe.",
    ),
)
WORD_BOMB = FAULTS.error(
    "word_bomb",
    en=(
        "The file unpacks to {size} MB in {parts} parts; no update does.",
        "Do not open it; ask its sender for the document.",
    ),
    fr=(
        "Le fichier se déploie en {size} Mo et {parts} parties ; aucun rapport n'en fait autant.",
        "Ne l'ouvrez pas ; demandez le document à l'expéditeur.",
    ),
)
XML_DOCTYPE = FAULTS.error(
    "xml_doctype",
    en=(
        "The Word file declares a DOCTYPE or entities, which no word processor writes.",
        "Do not open it; ask its sender for the document.",
    ),
    fr=(
        "Le fichier Word déclare un DOCTYPE ou des entités, ce qu'aucun traitement de texte n'écrit.",
        "Ne l'ouvrez pas ; demandez le document à l'expéditeur.",
    ),
)
TOO_DEEP = FAULTS.error(
    "too_deep",
    en=("The document nests deeper than {most} levels.", "Save it again from a word processor, or as text."),
    fr=(
        "Le document s'emboîte sur plus de {most} niveaux.",
        "Enregistrez-le de nouveau depuis un traitement de texte, ou en texte.",
    ),
)
HTML_OVER_DOCUMENT = FAULTS.error(
    "html_over_document",
    en=("The page would be written over a document that is checked.", "Give --html another name."),
    fr=("La page écraserait un document à vérifier.", "Donnez un autre nom à --html."),
)
HTML_NOT_WRITTEN = FAULTS.error(
    "html_not_written",
    en=("The page cannot be written: {reason}.", "Choose a folder in which you may write."),
    fr=("La page ne peut pas être écrite : {reason_fr}.", "Choisissez un dossier où vous pouvez écrire."),
)

_SYSTEM: Mapping[int, tuple[str, str]] = {
    errno.ENOENT: ("there is none of this name", "il n'y en a pas de ce nom"),
    errno.EACCES: ("you may not", "vous n'en avez pas le droit"),
    errno.EPERM: ("you may not", "vous n'en avez pas le droit"),
    errno.EROFS: ("the disk is read only", "le disque est en lecture seule"),
    errno.EISDIR: ("it is a folder", "c'est un dossier"),
    errno.ENOTDIR: ("its folder is none", "son dossier n'en est pas un"),
    errno.ENOSPC: ("the disk is full", "le disque est plein"),
    errno.ENAMETOOLONG: ("its name is too long", "son nom est trop long"),
}


def reasons(error: OSError) -> dict[str, str]:
    """What the system says, as the details `reason` and `reason_fr`."""
    said = error.strerror or type(error).__name__
    english, french = _SYSTEM.get(error.errno or 0, (said, said))
    return {"reason": english, "reason_fr": french}
