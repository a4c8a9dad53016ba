"""What kind of file the first bytes are, where its name may say something else."""

from __future__ import annotations

import re

from toguna.kernel.core.encodings import marked_encoding, utf16_without_mark

_START = re.compile(
    r"\s*(?:<\?xml[^>]*>|<!--.*?-->|\s)*<(?:!doctype\s+html|(?:html|head|body|table|meta|style|title|div)\b)",
    re.I | re.S,
)
_SPREADSHEET_XML = re.compile(
    r"\s*(?:<\?[^>]*>|<!--.*?-->|\s)*<(?:\w+:)?Workbook\b[^>]*urn:schemas-microsoft-com", re.S
)


def _head(content: bytes) -> str:
    marked = marked_encoding(content)
    encoding, skip = marked or (utf16_without_mark(content) or "latin-1", 0)
    return content[skip : skip + 8000].decode(encoding, errors="replace")


def is_web_page(content: bytes) -> bool:
    """Whether it is HTML, alone or in a mail archive (.mht): many systems export such a page and name it .xls."""
    return content.startswith(b"MIME-Version:") or _START.match(_head(content)) is not None


def is_spreadsheet_2003(content: bytes) -> bool:
    """Whether it is a workbook in the XML of Excel 2003, which systems also name .xls."""
    return _SPREADSHEET_XML.match(_head(content)) is not None
