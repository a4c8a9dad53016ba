"""Check a document by browser: findings marked, everything of it escaped, nothing of it kept, limits that hold."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from toguna.access.api import Actor
from toguna.instance.api import Instance
from toguna.journal.api import acts
from toguna.kernel.api import Refused
from toguna.web.parts import confined
from toguna.web.parts.confined import check_confined

SENTENCE = "In Gao, 300 people were reached: 100 women and 150 men."


@pytest.fixture
def client(accounts: Mapping[str, Actor], browser_of: Callable[[str], Client]) -> Client:
    return browser_of("reader.all")


def test_a_pasted_text_and_a_dropped_file_are_marked(client: Client) -> None:
    page = client.post("/check", {"text": SENTENCE}).content.decode()
    assert "add up to 250; the total says 300" in page and '<mark class="high">300 people' in page
    assert f"{SENTENCE}</textarea>" in page, "the text can be corrected and checked again"
    file = SimpleUploadedFile("note.html", b"<p>300 personnes : 100 femmes et 150 hommes.</p>")
    page = client.post("/check", {"document": file}, HTTP_ACCEPT_LANGUAGE="fr").content.decode()
    assert "note.html" in page and re.search("<mark", page) and "1 constat" in page
    assert "No figures were found" in client.post("/check", {"text": "Nothing to add up."}).content.decode()


def test_everything_of_the_document_is_escaped(client: Client) -> None:
    text = f"<script>alert(1)</script> {SENTENCE} <img src=x onerror=alert(2)>"
    page = client.post("/check", {"document": SimpleUploadedFile("<b>a.txt", text.encode())}).content.decode()
    assert "<script>alert" not in page and "<img src=x" not in page and "<b>a" not in page
    assert "&lt;script&gt;alert" in page


def test_nothing_of_it_is_kept(client: Client, site: Instance) -> None:
    def kept() -> set[Path]:
        return {path for path in site.home.rglob("*") if path.is_file()}

    def sizes() -> dict[Path, int]:
        return {path: path.stat().st_size for path in kept() if b"xyzzy" in path.read_bytes()}

    before, count = kept(), len(list(acts()))
    page = client.post("/check", {"document": SimpleUploadedFile("xyzzy.txt", f"xyzzy {SENTENCE}".encode())})
    assert page.status_code == 200 and page["Cache-Control"] == "no-store"
    assert kept() == before and sizes() == {} and len(list(acts())) == count


def test_what_cannot_be_read_is_said_and_asked_again(client: Client) -> None:
    for content in (b"%PDF-1.4 broken", b"PK\x03\x04 broken", b"\x00\x01\x02" * 99):
        response = client.post("/check", {"document": SimpleUploadedFile("a.pdf", content)})
        page = response.content.decode()
        assert response.status_code == 422 and 'role="alert"' in page and 'name="document"' in page
    response = client.post("/check", {"text": "  "})
    assert response.status_code == 422 and "web.document_needed" in response.content.decode()


def test_who_has_not_signed_in_is_asked_to(site: Instance) -> None:
    assert Client().post("/check", {"text": SENTENCE})["Location"].startswith("/sign-in")


def test_time_and_memory_have_an_end() -> None:
    """The limits are those of the process: small ones stop a document that fair ones let pass."""
    heavy = f"{SENTENCE}\n\n".encode() * 3_000
    with pytest.raises(Refused) as refused:
        check_confined(heavy, "a.txt", "en", seconds=1)
    assert [one.id for one in refused.value.problems] == ["check.too_slow"]
    with pytest.raises(Refused) as refused:
        check_confined(heavy, "a.txt", "en", patience=0.05)
    assert [one.id for one in refused.value.problems] == ["check.too_slow"]
    with pytest.raises(Refused) as refused:
        check_confined(b"x" * 60_000_000, "a.txt", "en", megabytes=120)
    assert [one.id for one in refused.value.problems] == ["web.document_too_heavy"]
    assert check_confined(SENTENCE.encode(), "a.txt", "en").findings == 1


def test_only_so_many_are_read_at_once(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(confined, "_TURN", 0.01)
    turns = [confined._turns.acquire(timeout=0.01) for _ in range(2)]
    try:
        response = client.post("/check", {"text": SENTENCE})
    finally:
        for _ in turns:
            confined._turns.release()
    assert turns == [True, True] and response.status_code == 503
    assert client.post("/check", {"text": SENTENCE}).status_code == 200
