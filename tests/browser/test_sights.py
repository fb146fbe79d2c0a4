"""The table of what browsers show, held to a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.hostile.sights import SHOWN
from tests.hostile.test_sights import BLANK

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser


def test_the_table_is_what_chromium_shows(browser: Browser) -> None:
    page = browser.new_page()
    wrong = []
    for markup, shown in SHOWN:
        page.set_content(f"<!doctype html><body>{markup}")
        seen = BLANK.sub("", page.evaluate("document.body.innerText"))
        if seen != shown:
            wrong.append((markup, seen, shown))
    page.close()
    assert not wrong
