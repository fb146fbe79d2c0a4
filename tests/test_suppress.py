"""Suppressions, in both formats and all forms."""

from __future__ import annotations

from datetime import date

import pytest

from medlint.catalog import RuleSet
from medlint.finding import State
from medlint.pipeline import Settings, check_source
from medlint.profile import Profile
from medlint.source import Source
from tests.rules import pattern_rule

TODAY = date(2026, 11, 23)
RULES = RuleSet([pattern_rule("odd-word", "zyzzyva"), pattern_rule("odd-beetle", "beetle")])


def states(text: str, name: str = "a.md", rules: RuleSet = RULES) -> list[tuple[str, str]]:
    report = check_source(Source(text, name), Settings(rules, Profile(health=True), TODAY))
    return [
        (f.rule, str(f.state))
        for f in report.findings
        if f.rule in ("odd-word", "odd-beetle") or f.rule.startswith("suppression")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "<!-- medlint-ignore odd-word -- a name -->\n\nA zyzzyva.",
        "A zyzzyva. <!-- medlint-ignore odd-word -- a name -->",
        "<!-- medlint-ignore odd-beetle, odd-word until 2027-03 -- names -->\nA zyzzyva and a beetle.",
        "<!-- medlint-disable odd-word -- a quiz -->\n\nA zyzzyva.\n\nB zyzzyva.\n\n<!-- medlint-enable odd-word -->",
        "Text.\n\nA zyzzyva.\n\n<!-- medlint-ignore-file odd-word -- about insects -->",
        "---\nmedlint: {ignore: {odd-word: about insects}}\n---\n\nA zyzzyva.",
    ],
)
def test_a_named_rule_is_silenced_with_a_reason(text: str) -> None:
    found = states(text)
    assert ("odd-word", "suppressed") in found
    assert ("odd-word", "open") not in found
    assert not [rule for rule, _ in found if rule.startswith("suppression")]


def test_html_has_the_same_forms() -> None:
    text = "<p>A zyzzyva.</p><!-- medlint-ignore odd-word -- a name --><p>B zyzzyva.</p><p>C zyzzyva.</p>"
    assert states(text, "a.html") == [("odd-word", "open"), ("odd-word", "suppressed"), ("odd-word", "open")]


def test_only_the_next_block_is_covered() -> None:
    found = states("<!-- medlint-ignore odd-word -- once -->\n\nA zyzzyva.\n\nB zyzzyva.")
    assert found == [("odd-word", "suppressed"), ("odd-word", "open")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<!-- medlint-ignore odd-word -- none here -->\n\nFine.", "suppression-unused"),
        ("<!-- medlint-ignore odd-word until 2026-10 -- for now -->\n\nA zyzzyva.", "suppression-expired"),
        ("<!-- medlint-ignore odd-word -->\n\nA zyzzyva.", "suppression-invalid"),
        ("<!-- medlint-ignore -- everything -->\n\nA zyzzyva.", "suppression-invalid"),
        ("<!-- medlint-ignore odd-word until soon -- x -->\n\nA zyzzyva.", "suppression-invalid"),
        ("<!-- medlint-ignore odd-word until 2026-13 -- x -->\n\nA zyzzyva.", "suppression-invalid"),
        ("<!-- medlint-enable odd-word -->\n\nA zyzzyva.", "suppression-invalid"),
        ("<!-- medlint-ignroe odd-word -- x -->\n\nA zyzzyva.", "suppression-invalid"),
    ],
)
def test_what_is_wrong_with_a_directive_is_a_finding(text: str, expected: str) -> None:
    found = states(text)
    assert expected in [rule for rule, _ in found]
    if "zyzzyva" in text:
        assert ("odd-word", "open") in found


def test_a_month_lasts_to_its_end() -> None:
    assert ("odd-word", "suppressed") in states("<!-- medlint-ignore odd-word until 2026-11 -- x -->\n\nA zyzzyva.")


def test_the_reason_travels_with_the_finding() -> None:
    text = "<!-- medlint-ignore odd-word -- a family name -- of beetles -->\n\nA zyzzyva."
    report = check_source(Source(text, "a.md"), Settings(RULES, Profile(health=True), TODAY))
    assert [f.reason for f in report.findings if f.state is State.SUPPRESSED] == ["a family name -- of beetles"]


def test_they_can_be_ignored_for_an_audit() -> None:
    text = "<!-- medlint-ignore odd-word -- a name -->\n\nA zyzzyva."
    report = check_source(Source(text, "a.md"), Settings(RULES, Profile(health=True), TODAY, suppressions=False))
    assert [f.state for f in report.findings if f.rule == "odd-word"] == [State.OPEN]
