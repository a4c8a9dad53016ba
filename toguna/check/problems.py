"""Why a document could not be read, or was read in part."""

import errno
from collections.abc import Mapping

from toguna.kernel.api import Catalogue
from toguna.kernel.core.messages import counted

FAULTS = Catalogue("check", domain="check")

FILE_MISSING = FAULTS.error(
    "file_missing", "The file cannot be opened: {reason}.", "Check its name, and that you may read it."
)
NO_FILE = FAULTS.error(
    "no_file", "No document is named.", "Name one or more documents, or give --serve to check them in a browser."
)
FILE_EMPTY = FAULTS.error("file_empty", "The file holds no words.", "Send the document itself, with its text.")
FILE_TOO_LARGE = FAULTS.error(
    "file_too_large",
    "The file has {size} MB; {most} MB are read at most.",
    "Save it without its pictures, or check it in parts.",
)
TOO_MANY = FAULTS.error("too_many", "The document has {count} {what}; {most} are read at most.", "Check it in parts.")
TOO_SLOW = FAULTS.error(
    "too_slow", "Reading took more than {seconds} seconds and was given up.", "Check the document in parts, or as text."
)
KIND_UNKNOWN = FAULTS.error(
    "kind_unknown",
    "This is {kind}, which is not read here.",
    "Save it as PDF, Word (.docx), Excel (.xlsx), PowerPoint (.pptx), OpenDocument text (.odt), a web page or plain text.",
)
NOT_TEXT = FAULTS.error(
    "not_text",
    "The file is named as text and holds something else: {share} of 100 characters are no text.",
    "Send the document itself; if it is text, save it as UTF-8.",
)
PDF_BROKEN = FAULTS.error(
    "pdf_broken", "The PDF is broken or cut off.", "Export it again from the program that made it."
)
PDF_ENCRYPTED = FAULTS.error(
    "pdf_encrypted", "The PDF opens with a password only.", "Save a copy without a password, and check that."
)
PDF_SCANNED = FAULTS.error(
    "pdf_scanned",
    counted(
        "The PDF's {pages} page holds pictures and no text; it was scanned, perhaps.",
        "The PDF's {pages} pages hold pictures and no text; it was scanned, perhaps.",
        "pages",
    ),
    "Export it from the program that made it, or have its text recognised first.",
)
WORD_BROKEN = FAULTS.error(
    "word_broken",
    "The file is broken: {reason}.",
    "Open it in the program that made it or in LibreOffice, and save it again as .docx, .xlsx, .pptx or .odt.",
)
WORD_ENCRYPTED = FAULTS.error(
    "word_encrypted",
    "The file opens with a password only, or is of an old kind (.doc, .xls, .ppt).",
    "Save it as .docx, .xlsx or .pptx without a password.",
)
WORD_BOMB = FAULTS.error(
    "word_bomb",
    "The file unpacks to {size} MB in {parts} parts; no update does.",
    "Do not open it; ask its sender for the document.",
)
XML_DOCTYPE = FAULTS.error(
    "xml_doctype",
    "The file declares a DOCTYPE or entities, which no office program writes.",
    "Do not open it; ask its sender for the document.",
)
NOT_CALCULATED = FAULTS.error(
    "not_calculated",
    "The formula in cell {cell} has no result: no spreadsheet program has calculated the file since it was written.",
    "Open the file in Excel or LibreOffice, and save it.",
)
TOO_DEEP = FAULTS.error(
    "too_deep", "The document nests deeper than {most} levels.", "Save it again from a word processor, or as text."
)
IGNORE_LINE = FAULTS.error(
    "ignore_line",
    "The line is not: id | name | reason.",
    "Write the finding's id, your name and your reason, with | between them, or delete the line.",
)
IGNORE_UNSIGNED = FAULTS.error(
    "ignore_unsigned",
    "A finding is ignored with a name and a reason only.",
    'Give --name "A. Diallo" and --reason "The twelve are counted in both groups".',
)
IGNORE_UNKNOWN = FAULTS.error(
    "ignore_unknown",
    "The document has no finding {id}.",
    "Take an id as the check of this very file prints it.",
)
NOT_A_RUN = FAULTS.error(
    "not_a_run",
    "The file is not the output of toguna check --format json.",
    'Write it with "toguna check FILE --format json > run.json".',
)
NO_COMMENTS = FAULTS.error(
    "no_comments",
    "Comments can be written into Word (.docx) and PDF files only.",
    "Use --html: it writes a page with the findings marked in the text.",
)
HTML_OVER_DOCUMENT = FAULTS.error(
    "html_over_document", "The page would be written over a document that is checked.", "Give --html another name."
)
HTML_NOT_WRITTEN = FAULTS.error(
    "html_not_written", "The file cannot be written: {reason}.", "Choose a folder in which you may write."
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
