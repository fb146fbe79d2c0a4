"""Suppressions, in both formats and all forms."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest

from medlint.catalog import ENGINE, RuleSet, builtin, example, select
from medlint.finding import Finding, State
from medlint.fix import fix
from medlint.pipeline import Settings, check_source
from medlint.profile import Profile
from medlint.readers import read
from medlint.rule import Rule
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
        ("<!-- medlint-ignore odd-word-- x -->\n\nA zyzzyva.", "suppression-invalid"),
        ("<!-- medlint-ignore odd-word until 2027-03 or until 2028 -- x -->\n\nA zyzzyva.", "suppression-invalid"),
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


def test_what_is_disabled_twice_is_disabled_from_the_first_on() -> None:
    once = "<!-- medlint-disable odd-word -- x -->\n\nA zyzzyva.\n\n"
    found = states(once * 2)
    assert found == [("odd-word", "suppressed"), ("suppression-invalid", "open"), ("odd-word", "suppressed")]


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


def test_a_rule_may_be_called_by_a_name_it_had() -> None:
    rules = RuleSet([msgspec.structs.replace(pattern_rule("odd-word", "zyzzyva"), aliases=["weird-word"])])
    text = "<!-- medlint-ignore weird-word -- a name -->\n\nA zyzzyva."
    assert states(text, rules=rules) == [("odd-word", "suppressed")]
    assert states(text.replace("A zyz", "A piz"), rules=rules) == [("suppression-unused", "open")]


def mended(text: str, name: str = "a.md") -> str:
    settings = Settings(RULES, Profile(health=True), TODAY)
    once = fix(Source(text, name), settings).text
    assert fix(Source(once, name), settings).text == once
    return once


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("One.\n\n<!-- medlint-ignore odd-word -- none -->\n\nTwo.\n", "One.\n\nTwo.\n"),
        ("One.\r\n\r\n<!-- medlint-ignore odd-word -- none -->\r\nTwo.\r\n", "One.\r\n\r\nTwo.\r\n"),
        ("One. <!-- medlint-ignore odd-word -- none --> Two.\n", "One.  Two.\n"),
        ("<!-- medlint-ignore-file odd-word -- none -->", ""),
        (
            "<!-- medlint-ignore odd-word, odd-beetle until 2027-03 -- both -->\n\nA zyzzyva.\n",
            "<!-- medlint-ignore odd-word until 2027-03 -- both -->\n\nA zyzzyva.\n",
        ),
        (
            "<!-- medlint-disable odd-word -- x -->\n\nFine.\n\n<!-- medlint-enable odd-word -->\n\nFine.\n",
            "Fine.\n\nFine.\n",
        ),
        (
            "<!-- medlint-disable odd-beetle, odd-word -- x -->\n\nA zyzzyva.\n\n<!-- medlint-enable odd-word, odd-beetle -->\n",
            "<!-- medlint-disable odd-word -- x -->\n\nA zyzzyva.\n\n<!-- medlint-enable odd-word -->\n",
        ),
        ("<!-- medlint-ignore odd-word until 2026-10 -- old -->\nA zyzzyva.\n", "A zyzzyva.\n"),
        ("---\nmedlint: {ignore: {odd-word: none here}}\n---\n\nFine.\n", "---\nmedlint: {ignore: {odd-word: none here}}\n---\n\nFine.\n"),
    ],
)  # fmt: skip
def test_fixing_takes_out_what_silences_nothing_and_no_more(before: str, after: str) -> None:
    assert mended(before) == after


def test_a_name_with_a_negation_can_leave_a_directive() -> None:
    rules = RuleSet([pattern_rule("no-beetle", "beetle"), pattern_rule("odd-word", "zyzzyva")])
    text = "<p>A <!-- medlint-ignore odd-word, no-beetle -- x --> zyzzyva.</p>"
    settings = Settings(rules, Profile(health=True), TODAY)
    assert fix(Source(text, "a.html"), settings).text == "<p>A <!-- medlint-ignore odd-word -- x --> zyzzyva.</p>"


def placed(source: Source, finding: Finding) -> str:
    """The article with a directive where a person would put it: before the block, the script or the gap."""
    directive, text, at = f"<!-- medlint-ignore {finding.rule} -- agreed -->", source.text, finding.span.start
    document = read(source)
    if document.format == "markdown":
        at = text.rfind("\n", 0, at) + 1
        directive += "\n\n"
    elif (script := text.rfind("<script", 0, at)) > text.rfind("</script", 0, at):
        at = script
    elif finding.text and (block := document.block_at(at)):
        at = block.element.span.start
    return text[:at] + directive + text[at:]


@pytest.mark.parametrize("rule", [rule for rule in builtin() if rule.check != ENGINE], ids=lambda rule: rule.name)
def test_every_finding_can_be_silenced_where_it_stands(rule: Rule) -> None:
    """Absences too, whose place is where the thing belongs. (In front matter, front matter silences.)"""
    for item in map(example, rule.examples.bad[:2]):
        name = "a.html" if item.text.lstrip().startswith("<") else "a.md"
        source = Source(item.text.replace("**", ""), name)
        rules = select([rule], preview=True, options={rule.name: item.options})
        profile = Profile(
            region=item.region, audience=item.audience or "patient", publisher=item.publisher, health=True
        )
        settings = Settings(rules, profile, TODAY)
        for finding in check_source(source, settings).findings:
            front = read(source).metadata.front_matter
            if finding.rule != rule.name or (front and finding.span.start < front.end):
                continue
            again = check_source(Source(placed(source, finding), name), settings).findings
            assert State.SUPPRESSED in [other.state for other in again if other.rule == rule.name]
