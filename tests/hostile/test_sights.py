"""What a browser shows, medlint reads, and what it does not show splits no word."""

from __future__ import annotations

import re

import pytest

from medlint.document import Kind
from medlint.readers import read
from medlint.source import Source
from tests.hostile.sights import SHOWN, UNREAD

BLANK = re.compile("[\\s\u00ad\u200b-\u200f\u2060\ufeff\ufffc]")


def visible(markup: str) -> str:
    """The words that medlint takes for shown, without blanks."""
    blocks = read(Source(f"<!doctype html><body>{markup}", "a.html")).blocks
    return BLANK.sub("", "".join(b.text for b in blocks if not b.hidden and b.kind not in (Kind.ALT, Kind.TITLE)))


@pytest.mark.parametrize(("markup", "shown"), SHOWN)
def test_what_a_browser_shows_is_read(markup: str, shown: str) -> None:
    assert visible(markup) == shown


@pytest.mark.parametrize("markup", UNREAD)
def test_what_is_not_read_is_known(markup: str) -> None:
    assert "shown" not in visible(markup)
