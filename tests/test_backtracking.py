"""Patterns of strangers: what could be slow is refused, what is taken is quick whatever it is tried on."""

from __future__ import annotations

import re
import time

import pytest

from medlint import catalog
from medlint.backtracking import problems

REFUSED = (
    r"(\s*\w+\s*)+guaranteed",
    r"\bcures?\b.*\bcancer\b",
    r"(?:a+)+b",
    r"(?:(?:a|ab)c?)*d",
    r"\w+ing",
    r"suicid\w*\b(?:[ ,'-]+[\w'-]+){0,4}[ ,]+soaring",
    r"(?:.{0,30}x){0,20}y",
    r"x.{0,999}y.{0,999}z.{0,999}w",
    r"(?:(?:under |un|der )+)*users",
)
TAKEN = (
    r"\bfoo\b",
    r"\d+(?:\.\d+)? ?(?:%|percent)",
    r"(?:\w+ ){0,4}trusted",
    r"\bfraud\w*\b.{0,80}(?:claim|scam)",
    r"(?:(?:chronic|heavy) )*drinkers",
    r"stops? (?:taking|using) (?:your |the )?(?P<drug>\w+)",
    r"x.{0,80}y.{0,80}z",
    r"[^.;]{0,80}\brisk\b",
    r"(?<!not )(?=stop)stop(?! taking)",
    r"(['\"])stop\1",
)
TRIED_ON = ("a", "-", " ", "x ", "ab", "chronic ", "1", "under ", "suicide -", "cure ", "\u00e9", "'")


@pytest.mark.parametrize("pattern", REFUSED)
def test_what_could_be_slow_is_refused_with_the_remedy(pattern: str) -> None:
    (problem,) = problems(pattern)
    assert "give it" in problem or "make them shorter" in problem


@pytest.mark.parametrize("pattern", TAKEN)
def test_what_is_quick_is_taken(pattern: str) -> None:
    assert not list(problems(pattern))


def patterns() -> list[str]:
    found = [rule.options for rule in catalog.builtin() if rule.check == "pattern"]
    return [pattern for options in found for key in ("match", "unless", "skip") for pattern in options.get(key, ())]


@pytest.mark.timeout(30)
def test_no_pattern_of_ours_is_slow_on_anything_repeated() -> None:
    slow = []
    for pattern in (*patterns(), *TAKEN):
        compiled = re.compile(pattern, re.IGNORECASE)
        words = re.findall(r"[a-z]{4,}", pattern)[:2]
        for unit in (*TRIED_ON, *(f"{word} " for word in words)):
            begun = time.process_time()
            for head in ("", *words):
                compiled.search(f"{head} {unit * (2000 // len(unit))}!")
            if time.process_time() - begun > 2:  # a pattern that backtracks takes minutes
                slow.append((pattern, unit))
    assert not slow
