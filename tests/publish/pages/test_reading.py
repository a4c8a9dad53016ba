"""The built page in a browser: no rule of axe-core broken, readable without JavaScript, printable, asking nobody."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, sync_playwright

from tests.publish.memory import PACK, desk
from toguna.publish.build import build

CHROMIUM = shutil.which("chromium")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="Debian's chromium is not on this machine"),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    return {
        language: build(PACK / "updates" / f"2016-12.{language}.md", desk(folder), folder / language, ("html",)).files[
            "html"
        ]
        for language in ("en", "fr")
    }


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("width", [360, 1200])
def test_axe_finds_no_violation(browser: Browser, pages: dict[str, Path], language: str, width: int) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(pages[language].as_uri())
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.close()


def test_the_page_is_whole_without_javascript_and_asks_nobody(browser: Browser, pages: dict[str, Path]) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(pages["en"].as_uri())
    text = page.inner_text("body")
    assert "2,437" in text and "How each number is known" in text
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    context.close()


def test_the_page_prints(browser: Browser, pages: dict[str, Path]) -> None:
    page = browser.new_page()
    page.goto(pages["fr"].as_uri())
    assert page.pdf(format="A4").startswith(b"%PDF")
    page.close()
