"""The built page in a browser: no rule of axe-core broken, readable without JavaScript, printable, asking nobody."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, sync_playwright

from tests.publish.memory import PACK, desk
from toguna.publish.build import build, compile_text
from toguna.publish.products import dashboard, factsheet
from toguna.publish.texts import draft_text

Scheme = Literal["light", "dark"]
CHROMIUM = shutil.which("chromium")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(CHROMIUM is None, reason="Debian's chromium is not on this machine"),
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        # a machine that does other work too may take a minute to start it and to lay out a page
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"], timeout=180_000)
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Path]]:
    folder = tmp_path_factory.mktemp("pages")
    found: dict[str, dict[str, Path]] = {}
    for language in ("en", "fr"):
        source = PACK / "updates" / f"2016-12.{language}.md"
        compiled = compile_text(draft_text(source), desk(folder))
        update, front = compiled.resolution.update, compiled.front
        cut = {"factsheet": factsheet(update, front), "dashboard": dashboard(update, front)}
        sources = {"update": source} | {name: folder / f"{name}.{language}.md" for name in cut}
        for name, text in cut.items():
            sources[name].write_text(text, encoding="utf-8")
        found[language] = {
            name: build(draft_text(path), desk(folder), folder / language / name, ("html",)).files["html"]
            for name, path in sources.items()
        }
    return found


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("width", [320, 390, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("product", ["update", "factsheet", "dashboard"])
def test_axe_finds_no_violation(
    browser: Browser, pages: dict[str, dict[str, Path]], language: str, width: int, scheme: Scheme, product: str
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page.goto(pages[language][product].as_uri(), timeout=180_000)
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth") == width, "no way sideways"
    assert page.evaluate("[...document.images].every(image => image.complete && image.naturalWidth > 0)")
    page.close()


def test_a_page_is_dark_where_the_reader_wants_it_and_its_drawings_too(
    browser: Browser, pages: dict[str, dict[str, Path]]
) -> None:
    grounds, bars = set(), set()
    for scheme in ("light", "dark"):
        page = browser.new_page(color_scheme=scheme)
        page.goto(pages["en"]["update"].as_uri(), timeout=180_000)
        grounds.add(page.evaluate("getComputedStyle(document.body).backgroundColor"))
        bars.add(page.evaluate("getComputedStyle(document.querySelector('svg rect[style*=blue]')).fill"))
        page.close()
    assert len(grounds) == len(bars) == 2


def test_what_a_finger_presses_is_large_enough_on_a_phone(browser: Browser, pages: dict[str, dict[str, Path]]) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 900})
    page.goto(pages["en"]["update"].as_uri(), timeout=180_000)
    heights = page.evaluate("[...document.querySelectorAll('main a')].map(link => link.getBoundingClientRect().height)")
    assert min(heights) >= 24
    page.close()


def test_the_page_is_whole_without_javascript_and_asks_nobody(
    browser: Browser, pages: dict[str, dict[str, Path]]
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(pages["en"]["update"].as_uri(), timeout=180_000)
    text = page.inner_text("body")
    assert "2,437" in text and "How each number is known" in text
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    context.close()


def test_the_page_prints(browser: Browser, pages: dict[str, dict[str, Path]]) -> None:
    page = browser.new_page()
    page.goto(pages["fr"]["update"].as_uri())
    assert page.pdf(format="A4").startswith(b"%PDF")
    page.close()
