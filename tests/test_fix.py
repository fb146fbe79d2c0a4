"""Fixes: applied to a fixpoint, and never past the guard."""

from __future__ import annotations

from datetime import date

import pytest

from medlint.catalog import RuleSet
from medlint.finding import Edit, Fix, Safety
from medlint.fix import diff, fix
from medlint.guard import guard
from medlint.pipeline import Settings, check_source
from medlint.profile import Profile
from medlint.readers import read
from medlint.source import Source, Span
from tests.rules import pattern_rule

TODAY = date(2026, 11, 23)


def settings(**replacements: str) -> Settings:
    rules = [
        pattern_rule(f"swap-{old}", rf"\b{old}\b", replace={old: new}, fix="safe") for old, new in replacements.items()
    ]
    return Settings(RuleSet(rules), Profile(health=True), TODAY)


def test_fixing_reaches_a_fixpoint_and_stays_there() -> None:
    once = fix(Source("A teh and a Teh.", "a.md"), settings(teh="the"))
    assert once.text == "A the and a The."
    assert fix(Source(once.text, "a.md"), settings(teh="the")).text == once.text


def test_a_circle_of_fixes_ends() -> None:
    assert fix(Source("cat here", "a.md"), settings(cat="dog", dog="cat")).text in ("cat here", "dog here")


def test_bytes_outside_the_edit_are_kept() -> None:
    source = Source("<p>A&nbsp;teh\r\n<b>x</b> \t</p>\r", "a.html")
    assert fix(source, settings(teh="the")).text == "<p>A&nbsp;the\r\n<b>x</b> \t</p>\r"


@pytest.mark.parametrize(
    ("text", "old", "new", "reason"),
    [
        ("Take 5 mg now.", "5", "50", "number"),
        ("Take 5 mg now.", "mg", "mcg", "unit"),
        ("Take sertraline now.", "sertraline", "cetirizine", "medicine"),
        ("Do not take it.", "not take", "take", "negation"),
        ("Do take it.", "take", "never take", "negation"),
        ("Take five now.", "five", "5", "number"),
    ],
)
def test_the_guard_refuses(text: str, old: str, new: str, reason: str) -> None:
    start = text.index(old)
    document = read(Source(text, "a.md"))
    assert reason in guard(document, Fix((Edit(Span(start, start + len(old)), new),), Safety.SAFE))


def test_the_guard_lets_a_name_take_the_number_beside_it() -> None:
    text = "Call the Suicide Hotline at 988."
    start = text.index("Suicide")
    change = Fix((Edit(Span(start, start + 15), "988 Lifeline"),), Safety.SAFE)
    assert guard(read(Source(text, "a.md")), change) == ""


def test_the_guard_lets_the_users_own_snippet_in() -> None:
    snippet = "Not advice. Call 911 in an emergency."
    document = read(Source("Text.", "a.md"))
    assert guard(document, Fix((Edit(Span(5, 5), f"\n\n{snippet}\n"),), Safety.UNSAFE), [snippet]) == ""


def test_what_the_guard_refuses_is_shown_and_not_applied() -> None:
    source = Source("Take five mg.", "a.md")
    assert fix(source, settings(five="5"), (Safety.SAFE, Safety.UNSAFE)).text == source.text
    (finding,) = [f for f in check_source(source, settings(five="5")).findings if f.rule == "swap-five"]
    assert finding.fix is not None
    assert (finding.fix.title, finding.fix.safety) == ("Replace “five” with “5”", Safety.DISPLAY)


def test_the_diff_is_a_patch() -> None:
    source = Source("one\nteh\nthree", "a.md")
    assert diff(source, "one\nthe\nthree") == (
        "--- a/a.md\n+++ b/a.md\n@@ -1,3 +1,3 @@\n one\n-teh\n+the\n three\n\\ No newline at end of file\n"
    )
