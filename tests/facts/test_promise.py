"""What a title promises, and what counts as kept."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medlint.facts import promise
from medlint.readers import read
from medlint.source import Source


def article(title: str, *headings: str) -> str:
    return f"# {title}\n\n" + "".join(f"## {heading}\n\nA few words of text.\n\n" for heading in headings)


def found(text: str) -> tuple[int, int | None] | None:
    kept = promise.find(read(Source(text, "a.md")))
    return (kept.claimed, kept.actual) if kept else None


@pytest.mark.parametrize(
    ("title", "claimed"),
    [
        ("7 ways to sleep", 7),
        ("How to sleep: seven top tips", 7),
        ("Numb? Here are 6 psychiatrist approved tips", 6),
        ("10 warning signs and symptoms of stroke", 10),
        ("Type 2 diabetes symptoms", None),
        ("Omega 3 foods", None),
        ("COVID-19 symptoms", None),
        ("20 weeks pregnant: symptoms", None),
        ("20 weeks pregnant symptoms", None),
        ("The 12 steps", None),
        ("5-4-3-2-1: ways to calm down", None),
        ("3 experts share their tips", None),
        ("More than 10 ways to relax", None),
        ("Under 30 foods", None),
        ("101 tips", None),
        ("One way to relax", None),
        ("Stage 4 cancer symptoms", None),
        ("1 in 5 people with symptoms", None),
    ],
)
def test_what_a_title_promises(title: str, claimed: int | None) -> None:
    assert (found(article(title)) or (None,))[0] == claimed


@pytest.mark.parametrize(
    ("text", "actual"),
    [
        (article("3 tips", "1. Rest", "2. Walk", "3. Talk", "Common questions"), 3),
        (article("3 tips", "Tip #1: Rest", "Tip #2: Walk"), 2),
        (article("3 tips", "Rest", "Walk", "Talk", "The bottom line"), 3),
        (article("3 tips", "What is stress?", "How to start") + "- rest\n- walk\n- talk\n", 3),
        (article("5 tips", "1. Rest", "2. Walk", "1. Rest", "2. Walk", "3. Talk"), 5),
        (article("9 tips", "1. Rest", "2. Walk"), None),
        (article("9 tips"), None),
    ],
)
def test_how_many_there_are(text: str, actual: int | None) -> None:
    promised = found(text)
    assert promised is not None
    assert promised[1] == actual


@settings(max_examples=50)
@given(st.text(alphabet="#1234567890. tipways-*\n", max_size=200))
def test_any_text_can_be_read(text: str) -> None:
    document = read(Source(f"# 3 tips\n{text}", "a.md"))
    promise.find(document)
    list(promise.in_sections(document))
    list(promise.slips(document))
