"""What was issued, read by anybody: byte by byte as it was issued, nothing beside it, and nothing of what was withdrawn."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from tests.publish.test_editions import OWNER, Office
from toguna.instance.api import Instance
from toguna.publish.editions import folder_of, withdraw

pytestmark = pytest.mark.slow


@pytest.fixture
def edition(tmp_path: Path, instance: Instance, monkeypatch: pytest.MonkeyPatch) -> str:
    """The id of an edition that was issued."""
    monkeypatch.setattr(settings, "ALLOWED_HOSTS", ["testserver"])
    office = Office(tmp_path)
    office.clear()
    return str(office.issue().edition)


def test_anybody_reads_what_was_issued_as_it_was_issued(edition: str) -> None:
    client = Client()
    page = client.get("/published").content.decode()
    assert (
        f'href="/published/{edition}"' in page
        and "in force" in page
        and "Operational update, Mali, December 2016" in page
    )
    page = client.get(f"/published/{edition}").content.decode()
    for name, kind, saved in (
        ("update.html", "text/html; charset=utf-8", False),
        ("update.pdf", "application/pdf", False),
        ("figures.csv", "text/csv; charset=utf-8", True),
    ):
        assert f'href="/published/{edition}/{name}"' in page
        response = client.get(f"/published/{edition}/{name}")
        assert response.content == (folder_of(edition) / name).read_bytes()
        assert response["Content-Type"] == kind and response.has_header("Content-Disposition") == saved
        assert "immutable" in response["Cache-Control"] and "public" not in response["Cache-Control"]
        assert "Cookie" not in response.get("Vary", "") and not response.cookies
        assert "script-src" not in response["Content-Security-Policy"]
        assert "default-src 'none'" in response["Content-Security-Policy"]
    figure = next((folder_of(edition) / "figures").iterdir())
    assert client.get(f"/published/{edition}/figures/{figure.name}").content == figure.read_bytes()
    page = client.get(f"/published/{edition}", HTTP_ACCEPT_LANGUAGE="fr").content.decode()
    assert "Lire en page web" in page


def test_no_name_leads_out_of_the_editions_folder(edition: str) -> None:
    """Neither what the edition is made again from, nor the folder beside it, nor the instance's own files."""
    beside = folder_of(edition).parent / "beside.txt"
    beside.write_text("not issued")
    (folder_of(edition) / "left.txt").write_text("not issued")
    (folder_of(edition) / "link.pdf").symlink_to(beside)
    client = Client(raise_request_exception=False)
    for name in (
        "source.md", "around.json", "photos/road.svg", "left.txt", "link.pdf", "../beside.txt", "%2e%2e/beside.txt",
        "..%2fbeside.txt", "figures/../../beside.txt", "figures", "figures/", "", "/etc/passwd", "./update.pdf", "update.pdf%00.html",
    ):  # fmt: skip
        response = client.get(f"/published/{edition}/{name}")
        assert response.status_code == 404, name
        assert b"not issued" not in response.content and "immutable" not in response["Cache-Control"]
    for unknown in ("none-such", ".", "..", f"{edition}x"):
        assert client.get(f"/published/{unknown}/update.pdf").status_code == 404
        assert client.get(f"/published/{unknown}").status_code in (404, 200 if unknown == "." else 404)


def test_a_withdrawn_edition_says_so_and_shows_nothing(edition: str) -> None:
    client = Client(raise_request_exception=False)
    withdraw(edition, "a person asked for it", OWNER)
    for path in ("/published", f"/published/{edition}"):
        page = client.get(path).content.decode()
        assert "withdrawn" in page and "update.pdf" not in page
        assert "Operational update" not in page and "asked" not in page
    response = client.get(f"/published/{edition}/update.pdf")
    assert response.status_code == 410 and response["Cache-Control"] == "no-store"
    assert "Withdrawn" in response.content.decode()


def test_a_file_that_is_not_the_one_issued_is_not_served(edition: str) -> None:
    client = Client(raise_request_exception=False)
    (folder_of(edition) / "update.html").write_text("<p>Another number</p>")
    (folder_of(edition) / "update.pdf").unlink()
    for name in ("update.html", "update.pdf"):
        response = client.get(f"/published/{edition}/{name}")
        assert response.status_code == 500 and b"Another number" not in response.content
        assert response["Cache-Control"] == "no-store"


def test_only_looking_is_possible(edition: str) -> None:
    client = Client(raise_request_exception=False)
    for path in ("/published", f"/published/{edition}", f"/published/{edition}/update.pdf"):
        for method in ("POST", "PUT", "DELETE"):
            assert client.generic(method, path).status_code == 405
