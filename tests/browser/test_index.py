"""Many articles: sorting, links to their pages, the table."""

from __future__ import annotations

from pathlib import Path

import pytest

from medlint.report.html import write_folder
from medlint.report.html.history import Run
from tests.browser.conftest import Opened
from tests.report.test_html import many

pytestmark = pytest.mark.browser


def test_the_index_is_sorted_by_a_click_on_a_heading(opened: Opened, tmp_path: Path) -> None:
    page = opened(write_folder(many(), tmp_path))
    table = page.locator("table.sortable").first
    names = table.locator("tbody th a")
    assert names.all_text_contents() == ["Bees", "Moths", "d/gone.html", "Ants"]
    heading = table.locator("thead th").first
    heading.locator("button").click()
    assert names.all_text_contents() == ["Ants", "Bees", "d/gone.html", "Moths"]
    assert heading.get_attribute("aria-sort") == "ascending"
    heading.locator("button").press("Enter")
    assert names.all_text_contents() == ["Moths", "d/gone.html", "Bees", "Ants"]
    table.get_by_role("button", name="Last review").click()
    assert names.all_text_contents()[2:] == ["Bees", "Ants"]


@pytest.mark.parametrize("width", [320, 768, 1440])
def test_no_width_needs_sideways_scrolling(width: int, opened: Opened, tmp_path: Path) -> None:
    page = opened(write_folder(many(), tmp_path, [Run("2026-10-01", 4, (10, 20, 30))]), width=width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_every_article_has_its_page(browser: object, tmp_path: Path) -> None:
    page = browser.new_page()  # type: ignore[attr-defined]
    page.goto(write_folder(many(), tmp_path).resolve().as_uri())
    page.locator("table.sortable a", has_text="Bees").first.click()
    assert page.locator("h1").text_content() == "Bees"
    page.get_by_role("link", name="All articles").click()
    assert page.locator("h1").text_content() == "4 articles"
    with page.expect_download() as download:
        page.get_by_role("link", name="Download").click()
    assert download.value.suggested_filename == "findings.csv"
    page.close()
