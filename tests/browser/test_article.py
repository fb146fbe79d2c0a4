"""One article: clicks, keys, filters, print, no script, and what assistive technology is told."""

from __future__ import annotations

import os
import re
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from medlint.report.html import write_folder
from medlint.report.html.history import Run
from tests.browser.conftest import Opened
from tests.report import pages
from tests.report.test_html import PAYLOADS

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser


def focused(page: Page) -> str:
    """The id of what has the focus."""
    return str(page.evaluate("document.activeElement.id"))


def chosen(page: Page) -> list[str]:
    """The notes and the texts that are lit up."""
    notes: list[str] = page.eval_on_selector_all(".note.on", "found => found.map(note => note.id)")
    marks: list[str] = page.eval_on_selector_all("mark.on", "found => found.map(mark => mark.dataset.n)")
    return notes + marks


def visible(page: Page, selector: str = ".note") -> list[str]:
    """The ids of the elements that can be seen."""
    found: list[str] = page.eval_on_selector_all(selector, "all => all.filter(e => e.checkVisibility()).map(e => e.id)")
    return found


def number(page: Page, message: str) -> str:
    """The number of the note that says ``message``."""
    return str(page.locator(".note", has_text=message).first.get_attribute("id")).lstrip("n")


def test_a_click_on_either_side_finds_the_other(opened: Opened, rich: Path) -> None:
    page = opened(rich)
    page.locator("mark", has_text="beetle").first.click()
    (note, mark) = chosen(page)
    assert focused(page) == note == f"n{mark}"
    other = number(page, "Something about tea-repeats.")
    page.locator(f"#n{other} .message").click()
    assert chosen(page)[0] == f"n{other}"
    page.locator(f"#n{other} .number").click()
    assert focused(page) == f"r{other}"
    page.locator(f"#r{other}").press("Enter")
    assert focused(page) == f"n{other}"


def test_keys_step_through_the_notes_and_can_be_turned_off(opened: Opened, rich: Path) -> None:
    page = opened(rich)
    total = page.locator(".note").count()
    steps = []
    for _ in range(total + 1):
        page.keyboard.press("n")
        steps.append(focused(page))
    assert steps == [*(f"n{i}" for i in range(1, total + 1)), "n1"]
    page.keyboard.press("p")
    assert focused(page) == f"n{total}"
    page.locator("#keys").uncheck()
    page.keyboard.press("p")
    assert focused(page) == "keys"


def test_the_chosen_note_stands_beside_its_words_and_on_screen(opened: Opened, rich: Path) -> None:
    page = opened(rich)
    for _ in range(page.locator(".notes .note").count()):
        page.locator("#next").click()
        note, mark = page.locator(".note.on"), page.locator("mark.on").first
        if note.evaluate("note => note.classList.contains('missing')"):
            continue
        beside, words = note.bounding_box(), mark.bounding_box()
        assert beside and words
        assert abs(beside["y"] - words["y"]) < 60
        assert 0 <= words["y"] < 900
        assert beside["x"] > words["x"] + words["width"]


def test_notes_never_overlap(opened: Opened, rich: Path) -> None:
    page = opened(rich)
    page.locator("#full").check()
    page.wait_for_function("document.querySelectorAll('.more[open]').length > 0")
    boxes = [box for note in page.locator(".notes .note").all() if (box := note.bounding_box())]
    boxes.sort(key=lambda box: box["y"])
    for above, below in pairwise(boxes):
        assert above["y"] + above["height"] <= below["y"]


def test_filters_hide_notes_and_their_marks(opened: Opened, rich: Path) -> None:
    page = opened(rich)
    everything = visible(page)
    page.locator("input[value=error]").uncheck()
    assert not page.locator(".note.error:visible").count()
    assert page.locator(".note.warning:visible").count()
    assert page.locator("mark.error:not(.off)").count() == 0
    assert f"of {len(everything)} notes" in str(page.locator("#position").text_content())
    page.locator("input[value=error]").check()
    page.locator("#topic").select_option("typos")
    assert {page.locator(f"#{note}").get_attribute("data-topic") for note in visible(page)} == {"typos"}
    page.keyboard.press("Escape")
    page.locator("h1").click()
    page.keyboard.press("n")
    assert focused(page) in visible(page)
    page.locator("#topic").select_option("")
    page.locator("#who").select_option(label="For the medical reviewer")
    assert set(visible(page)) < set(everything)
    page.locator("#who").select_option("")
    assert visible(page) == everything


def test_suggested_wording_is_copied(opened: Opened, rich: Path) -> None:
    page = opened(rich, permissions=["clipboard-read", "clipboard-write"])
    page.locator(".note", has_text="Something about disclaimer-missing.").locator("button.copy").first.click()
    page.get_by_text("Copied").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == "<p>This page does not replace advice.</p>"


def test_without_script_everything_is_there(opened: Opened, rich: Path) -> None:
    page = opened(rich, java_script_enabled=False)
    assert page.locator(".note:visible").count() == page.locator(".note").count() > 5
    assert page.locator("details:not([open])").count() == 0
    assert page.locator(".why, .sources").first.is_visible()
    assert page.locator(".toolbar, button").filter(visible=True).count() == 0
    page.locator("a.ref").first.click()
    assert page.url.endswith(f"#n{page.locator('a.ref').first.text_content()}")


@pytest.mark.parametrize("width", [320, 390, 768, 1024, 1280, 1440])
def test_no_width_needs_sideways_scrolling(width: int, opened: Opened, rich: Path) -> None:
    page = opened(rich, width=width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_on_a_phone_a_note_stands_below_its_paragraph(opened: Opened, rich: Path) -> None:
    page = opened(rich, width=390, height=844)
    words, note = page.locator("mark", has_text="zyz").first, page.locator(".note", has_text="zyzzyva").first
    above, below = words.bounding_box(), note.bounding_box()
    assert above and below and below["y"] > above["y"]
    assert below["x"] < 60


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_it_prints_in_full_on_few_pages(paper: str, opened: Opened, rich: Path) -> None:
    reader = pytest.importorskip("pypdf", reason="needs pypdf from PyPI")
    import io

    page = opened(rich, color_scheme="dark")
    document = reader.PdfReader(io.BytesIO(page.pdf(format=paper, print_background=True)))
    text = " ".join(" ".join(sheet.extract_text() for sheet in document.pages).split())
    assert 2 <= len(document.pages) <= 5
    for words in ("Something about disclaimer-missing.", "Because.", "The cup is a joke.", "Signature", "sha256:0123"):
        assert words in text
    assert not re.search(r"Copy|Previous|All topics", text)


def test_hostile_articles_do_nothing(opened: Opened, tmp_path: Path) -> None:
    text = pages.ARTICLE.replace("Every morning", "Every " + " ".join(PAYLOADS[:9]) + " morning")
    page = opened(write_folder(pages.report(pages.check(text + " ".join(PAYLOADS))), tmp_path))
    page.keyboard.press("n")
    for link in page.locator("#text a:not(.ref)").all():
        assert re.match("https?://|mailto:|#", str(link.get_attribute("href")))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
def test_axe_finds_nothing(scheme: str, width: int, browser: object, rich: Path, tmp_path: Path) -> None:
    """Needs axe-core: the path of its ``axe.min.js`` in ``MEDLINT_AXE``."""
    axe = os.environ.get("MEDLINT_AXE")
    if not axe:
        pytest.skip("needs the path of axe-core's axe.min.js in MEDLINT_AXE")
    from tests.report.test_html import many

    for path in (rich, write_folder(many(), tmp_path, [Run("2026-10-01", 4, (10, 20, 30))])):
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True)  # type: ignore[attr-defined]
        page = context.new_page()
        page.goto(path.resolve().as_uri())
        page.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true; })")
        page.keyboard.press("n")
        page.keyboard.press("n")
        page.evaluate(Path(axe).read_text("utf-8"))
        found = page.evaluate(
            "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})"
        )
        context.close()
        assert [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found["violations"]] == []
