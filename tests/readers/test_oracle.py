"""The HTML reader against an independent one: the words a page shows are the words Beautiful Soup finds in it."""

from __future__ import annotations

import os
import re
from collections import Counter
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Comment, Declaration, Doctype, ProcessingInstruction

from medlint.readers import read
from medlint.source import Source

# What we leave out on purpose, and what a blank between two tags means, are the differences there may be:
# inline code and template syntax are masked, alternative text and descriptions are blocks of ours only,
# and invisible characters are dropped from the words they split.
_MASKED = ("script", "style", "code", "kbd", "samp", "iframe", "video", "audio", "object", "canvas", "math", "noembed", "noframes", "xmp", "noscript")  # fmt: skip
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\0]")


def _words(text: str) -> str:
    text = _INVISIBLE.sub("", text)
    for ligature, letters in zip("\ufb00\ufb01\ufb02\ufb03\ufb04", ("ff", "fi", "fl", "ffi", "ffl"), strict=True):
        text = text.replace(ligature, letters)
    return re.sub(r"[\s\ufffc]+", "", text)


def _ours(text: str) -> Counter[str]:
    blocks = read(Source(text, "page.html")).blocks
    shown = (b for b in blocks if b.element.tag not in ("img", "meta"))
    return Counter("".join(_words(block.text) for block in shown if not block.element.closest("noscript")))


def _theirs(text: str) -> Counter[str]:
    soup = BeautifulSoup(text, "lxml")
    for tag in soup(_MASKED):
        tag.decompose()
    hidden = (Comment, Declaration, Doctype, ProcessingInstruction)
    return Counter("".join(_words(str(s)) for s in soup.find_all(string=True) if not isinstance(s, hidden)))


def _pages() -> list[Path]:
    folders = [
        Path(__file__).parents[2] / "examples",
        *map(Path, os.environ.get("MEDLINT_PAGES", "").split(os.pathsep)),
    ]
    return sorted(path for folder in folders if str(folder) != "." for path in folder.rglob("*.html"))


@pytest.mark.parametrize("page", _pages(), ids=lambda page: page.name)
def test_the_words_of_a_page(page: Path) -> None:
    text = Source.decode(page.read_bytes(), page.name).text
    ours, theirs = _ours(text), _theirs(text)
    missing, extra = theirs - ours, ours - theirs
    assert not missing and not extra
