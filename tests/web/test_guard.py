"""What stands around every page: headers, limits, languages, and the page of what went wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import pytest
from django.test import Client

from toguna.access.api import Actor
from toguna.instance.api import Instance
from toguna.web.pages import health


def test_every_answer_says_what_a_browser_may_do(site: Instance) -> None:
    client = Client()
    for path in ("/healthz", "/sign-in", "/nothing-here", "/"):
        response = client.get(path)
        policy = response["Content-Security-Policy"]
        assert "default-src 'none'" in policy and "unsafe" not in policy and "frame-ancestors 'none'" in policy
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Referrer-Policy"] == "same-origin"
        assert response["Cross-Origin-Opener-Policy"] == "same-origin"
        assert response["Server-Timing"].startswith("cpu;dur=")
    nonces = {re.search(r"nonce-([\w-]+)", client.get("/sign-in")["Content-Security-Policy"])[1] for _ in range(3)}  # type: ignore[index]
    assert len(nonces) == 3


def test_the_nonce_of_the_page_is_that_of_its_policy(site: Instance) -> None:
    response = Client().get("/sign-in")
    page = response.content.decode()
    [nonce] = set(re.findall('nonce="([^"]+)"', page))
    assert f"'nonce-{nonce}'" in response["Content-Security-Policy"]
    assert not re.search(r"<[^>]+ (style|on\w+)=", page)


def test_what_goes_wrong_is_one_page_in_the_readers_language(site: Instance) -> None:
    response = Client().get("/nothing-here")
    page = response.content.decode()
    assert response.status_code == 404 and response["Cache-Control"] == "no-store"
    assert "There is no page at this address" in page and "web.not_found" in page and '<html lang="en">' in page
    page = Client().get("/nothing-here", HTTP_ACCEPT_LANGUAGE="fr-ML,fr;q=0.9").content.decode()
    assert "Il n’y a pas de page à cette adresse" in page and '<html lang="fr">' in page
    page = Client().get("/nothing-here", HTTP_ACCEPT_LANGUAGE="ar").content.decode()
    assert '<html lang="en">' in page


def test_the_language_is_chosen_once(site: Instance) -> None:
    client = Client()
    response = client.post("/language", {"language": "fr", "next": "/sign-in"})
    assert (response.status_code, response["Location"]) == (302, "/sign-in")
    assert "Se connecter" in client.get("/sign-in", HTTP_ACCEPT_LANGUAGE="en").content.decode()
    for elsewhere in ("https://elsewhere.example/", "//elsewhere.example/"):
        assert client.post("/language", {"language": "en", "next": elsewhere})["Location"] == "/"
    assert client.post("/language", {"language": "xx", "next": "/"}).status_code == 400


def test_a_form_without_its_token_changes_nothing(site: Instance) -> None:
    client = Client(enforce_csrf_checks=True)
    response = client.post("/language", {"language": "fr", "next": "/"})
    assert response.status_code == 403 and "web.form_expired" in response.content.decode()
    assert "language" not in response.cookies


def test_a_request_may_carry_so_much_and_no_more(site: Instance) -> None:
    response = Client().post("/sign-in", b"x" * 1_000_001, content_type="application/octet-stream")
    assert response.status_code == 413 and "web.too_large" in response.content.decode()


def test_a_method_that_an_address_does_not_take(site: Instance) -> None:
    for method in ("PUT", "DELETE", "PATCH"):
        response = Client().generic(method, "/sign-in")
        assert response.status_code == 405 and "web.method_unknown" in response.content.decode()
    assert Client().get("/language").status_code == 405
    assert Client().head("/healthz").status_code == 200


def test_another_host_name_is_not_answered(site: Instance) -> None:
    assert Client().get("/sign-in", HTTP_HOST="elsewhere.example").status_code == 400


def test_a_failure_of_ours_says_a_number_and_nothing_else(
    site: Instance, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fails() -> None:
        raise RuntimeError("Awa Diallo, registration 12345")

    monkeypatch.setattr(health, "head", fails)
    response = Client(raise_request_exception=False).get("/healthz")
    page, log = response.content.decode(), capsys.readouterr().err
    number = re.search(r"number: ([0-9a-f]{8})", page)
    assert response.status_code == 500 and number is not None
    assert number[1] in log and "RuntimeError" in log
    assert "Awa" not in page + log and "12345" not in page + log


def test_what_is_refused_to_a_role_names_the_roles_that_may(
    accounts: Mapping[str, Actor], browser_of: Callable[[str], Client]
) -> None:
    response = browser_of("enumerator.all").get("/")
    page = response.content.decode()
    assert response.status_code == 403 and "access.not_permitted" in page and "auditor" in page
