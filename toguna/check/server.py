"""`toguna check --serve`: the drop page on this computer alone. It keeps nothing, writes nothing and asks nobody.

Who may ask: a browser on this computer that was given this address (the name in `Host` is looked at, so that no other site can have its name
point here), from a page of this server (`Origin`). A document is read in memory, one at a time.
"""

from __future__ import annotations

import re
import threading
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from toguna.check import problems as fault
from toguna.check.core.drop_page import POLICY, Outcome, drop_page
from toguna.check.core.engine import check
from toguna.check.core.marked import Checked
from toguna.check.core.readers import read_document
from toguna.kernel.api import Language, Place, Problem, Refused

ADDRESS = "127.0.0.1"
PORT = 8765
#: The largest document, in MB, and how much more of a refused one is taken from the line, so that the browser reads the answer.
MOST, MOST_TAKEN = 50, 400
#: Seconds that a connection may be silent.
PATIENCE = 30
_PORTION = 2**16
_BOUNDARY = re.compile(r'multipart/form-data;.*\bboundary="?([^";]{1,200})"?', re.IGNORECASE)
_FILE_NAME = re.compile(rb'\bfilename="([^"]*)"', re.IGNORECASE)
#: pdfium reads one document at a time.
_one = threading.Lock()


class DropServer(ThreadingHTTPServer):
    """The server; `port` 0 takes any that is free."""

    daemon_threads = True

    def __init__(self, port: int = PORT) -> None:
        super().__init__((ADDRESS, port), _Handler)
        self.names = {f"{ADDRESS}:{self.server_port}", f"localhost:{self.server_port}"}

    @property
    def address(self) -> str:
        return f"http://{ADDRESS}:{self.server_port}/"


class _Handler(BaseHTTPRequestHandler):
    server: DropServer
    timeout = PATIENCE
    protocol_version = "HTTP/1.1"
    server_version, sys_version = "toguna", ""

    def log_message(self, format: str, *_: object) -> None:
        """Names of documents go into no log."""

    def do_GET(self) -> None:
        """The page; a HEAD gets its head."""
        if self._is_ours():
            self._answer(HTTPStatus.OK, drop_page(self._language(), MOST))

    do_HEAD = do_GET

    def do_POST(self) -> None:
        """The findings of the document that is sent."""
        if not self._is_ours():
            return
        language = self._language()
        length = self.headers.get("Content-Length", "")
        if not length.isascii() or not length.isdigit() or "Transfer-Encoding" in self.headers:
            self._answer(HTTPStatus.LENGTH_REQUIRED)
            return
        if int(length) > MOST * 1_000_000 + _PORTION:
            self._discard(int(length))
            problem = fault.FILE_TOO_LARGE.at(Place(), size=int(length) // 1_000_000, most=MOST)
            page = drop_page(language, MOST, Outcome(problems=(problem,)))
            self._answer(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, page)
            return
        sent = _sent(self.headers.get("Content-Type", ""), self.rfile.read(int(length)))
        outcome = _outcome(*sent) if sent else Outcome(problems=(fault.FILE_EMPTY.at(Place()),))
        status = HTTPStatus.UNPROCESSABLE_ENTITY if outcome.problems else HTTPStatus.OK
        self._answer(status, drop_page(language, MOST, outcome))

    def _is_ours(self) -> bool:
        """Answers what comes under another name, from another site or for another page, and says whether there was none of this."""
        origin = self.headers.get("Origin")
        if self.headers.get("Host", "").lower() not in self.server.names:
            self._answer(HTTPStatus.MISDIRECTED_REQUEST)
        elif origin is not None and urlsplit(origin).netloc.lower() not in self.server.names:
            self._answer(HTTPStatus.FORBIDDEN)
        elif urlsplit(self.path).path != "/":
            self._answer(HTTPStatus.NOT_FOUND)
        else:
            return True
        return False

    def _language(self) -> Language:
        """What the address says, else what the browser likes best."""
        asked = parse_qs(urlsplit(self.path).query).get("language", [""])[0]
        liked = self.headers.get("Accept-Language", "")[:2].lower()
        return "fr" if asked == "fr" or (asked != "en" and liked == "fr") else "en"

    def _discard(self, length: int) -> None:
        left = min(length, MOST_TAKEN * 1_000_000)
        while left > 0 and (portion := self.rfile.read(min(left, _PORTION))):
            left -= len(portion)

    def _answer(self, status: HTTPStatus, page: str | None = None) -> None:
        content = (page if page is not None else f"{status.value} {status.phrase}\n").encode()
        self.send_response(status)
        self.send_header("Content-Type", f"text/{'plain' if page is None else 'html'}; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        for name, value in (
            ("Content-Security-Policy", POLICY),
            ("Cache-Control", "no-store"),
            ("X-Content-Type-Options", "nosniff"),
            ("Referrer-Policy", "same-origin"),
            ("Cross-Origin-Opener-Policy", "same-origin"),
            ("Cross-Origin-Resource-Policy", "same-origin"),
            ("Connection", "close"),
        ):
            self.send_header(name, value)
        self.end_headers()
        self.close_connection = True
        if self.command != "HEAD":
            self.wfile.write(content)


def _sent(kind: str, body: bytes) -> tuple[str, bytes] | None:
    """Name and content of the first file of a form (RFC 7578); none where there is none."""
    found = _BOUNDARY.match(kind)
    if found is None:
        return None
    mark = b"--" + found[1].encode("latin-1", "replace")
    at = body.find(mark)
    while at >= 0:
        end = body.find(b"\r\n" + mark, at + len(mark))
        head, _, content = body[at + len(mark) : end if end >= 0 else at + len(mark)].partition(b"\r\n\r\n")
        name = _FILE_NAME.search(head)
        if name and name[1]:
            return re.split(r"[/\\]", name[1].decode("utf-8", "replace"))[-1], content
        at = end + 2 if end >= 0 else -1
    return None


def _outcome(name: str, content: bytes) -> Outcome:
    with _one:
        try:
            document = read_document(content, name)
            found = [finding for finding in check(document) if finding.confidence != "low"]
        except Refused as refused:
            problems: tuple[Problem, ...] = tuple(refused.problems)
            return Outcome(problems=problems)
        return Outcome(checked=Checked(document, found))
