"""The checks of medicines on any text, and what they leave to other readers."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from medlint import engine
from medlint.catalog import RuleSet, builtin
from medlint.document import Zone
from medlint.facts import Facts
from medlint.finding import Finding, Safety
from medlint.profile import Profile
from medlint.readers import read
from medlint.source import Source

_RULES = RuleSet([rule for rule in builtin() if rule.category in ("medication", "dosing")])
_TODAY = date(2026, 11, 23)
_WORDS = (
    "take stop avoid 5.0 .5 10 mg U IU every 4 hours insulin warfarin ibuprofen aspirin St John's wort honey baby your doctor "
    "alcohol drink heavily day dunk face in ice water leftover antibiotics instead of chemotherapy pregnant 1,500 × 2 \u00b5g , . : - ?"
).split()


def findings(text: str, name: str = "a.md", language: str = "en", **profile: str) -> list[Finding]:
    document = read(Source(text, name))
    document.language = language
    outcome = engine.run(Facts(document, Profile(health=True, **profile), date(2026, 11, 23)), _RULES)
    assert not outcome.crashed
    return list(outcome.findings)


@given(st.lists(st.sampled_from(_WORDS), max_size=40).map(" ".join) | st.text(max_size=120))
def test_no_text_makes_a_check_fail(text: str) -> None:
    for finding in findings(text):
        assert 0 <= finding.span.start <= finding.span.end <= len(text)


@pytest.mark.parametrize(
    "text",
    [
        "Stop your warfarin today.",
        "Halve your sertraline.",
        "Lithium can cause tremor, and a lower dose may help.",
        "Take 50 mg of trazodone.",
        "Alongside your SSRI, try St John's wort.",
    ],
)
def test_advice_for_clinicians_and_in_other_languages_is_left_alone(text: str) -> None:
    assert findings(text)
    assert not findings(text, audience="clinician")
    assert not findings(text, language="de")


@pytest.mark.parametrize(
    ("text", "clinicians_too"),
    [
        ("Take 1,500 mg of acetaminophen every 4 hours.", False),
        ("Give your 8-year-old aspirin for flu.", False),
        ("# Valproate\n\nValproate prevents seizures.", False),
        ("If you drink heavily every day, stop today.", True),
        ("Skip insulin: cinnamon does the same.", True),
        ("Borrow antibiotics from a friend.", True),
        ("When panic rises, dunk your face in ice water.", True),
    ],
)
def test_what_is_not_english_is_left_alone_and_some_of_it_is_fit_for_clinicians(
    text: str, clinicians_too: bool
) -> None:
    assert findings(text)
    assert not findings(text, language="de")
    assert bool(findings(text, audience="clinician")) is clinicians_too


def test_a_dose_of_anything_is_no_medicine_where_the_page_is_not_about_health() -> None:
    def found(text: str, *, health: bool) -> set[str]:
        document = read(Source(text, "a.md"))
        return {found.rule for found in engine.run(Facts(document, Profile(health=health), _TODAY), _RULES).findings}

    assert found("Halve the dose when the lawn is dry.", health=True) == {"dose-change-directive"}
    assert not found("Halve the dose when the lawn is dry.", health=False)
    assert found("Stop your warfarin today.", health=False) == {"stop-medication-directive"}
    for text in (
        "# A novel\n\nSertraline may cause nausea.",
        "# Valproate\n\nA factory makes valproate.",
        "Borrow antibiotics.",
    ):
        assert found(text, health=True) and not found(text, health=False)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Stop your warfarin today.", "stop-medication-directive"),
        ("Take 50 mg of trazodone.", "dose-without-clinician"),
        ("Alongside your SSRI, try St John's wort.", "interaction-unmentioned"),
        ("Valproate is a good choice for migraine.", "pregnancy-warning-missing"),
    ],
)
def test_a_rule_judges_the_zones_that_it_names(text: str, name: str) -> None:
    facts = Facts(read(Source(text, "a.md")), Profile(health=True), _TODAY)
    rule = next(rule for rule in _RULES.rules if rule.name == name)
    elsewhere = msgspec.structs.replace(rule, zones=(Zone.NAV,))
    assert engine.run(facts, RuleSet([rule])).findings
    assert not engine.run(facts, RuleSet([elsewhere])).findings


def test_a_technique_that_its_own_source_tells_otherwise_shows_where() -> None:
    def related(text: str) -> int:
        return len(next(found for found in findings(text) if found.rule == "technique-without-caution").related)

    assert related("Dunk your face in a bowl of ice water.") == 1
    assert related("For a stuffy nose, use a neti pot twice a day.") == 0


def test_what_a_missing_statement_concerns_is_named_with_what_could_happen() -> None:
    text = "# Mood\n\nWarfarin thins blood, and insulin may be adjusted. Some people stop taking sertraline, clonazepam, propranolol and lithium."
    missing = next(found for found in findings(text) if found.rule == "medication-safety-statement-missing")
    assert missing.text == "sertraline"
    assert missing.advice.endswith("and why: withdrawal symptoms; relapse.")
    assert [text[slice(*place.span)] for place in missing.related] == ["clonazepam", "propranolol"]
    for text in (
        "# Depression\n\nSome people come off lithium.\n\nOthers stop taking their medicines.",
        "# Mood\n\nSertraline can cause nausea.\n\nSome people come off clonazepam.",
        "# Epilepsy\n\nSome people stop taking their medication.\n\nOthers stop taking their medicines.",
    ):
        missing = next(found for found in findings(text) if found.rule == "medication-safety-statement-missing")
        assert not missing.related


def test_a_dose_is_never_changed_unseen() -> None:
    fixes = [
        finding.fix
        for finding in findings("Take 5.0 mg of diazepam or .5 mg of lorazepam, as prescribed.")
        if finding.fix
    ]
    assert [fix.edits[0].replacement for fix in fixes] == ["5", "0.5"]
    assert {fix.safety for fix in fixes} == {Safety.DISPLAY}


def test_advice_is_found_through_markup_and_entities() -> None:
    html = "<p>If you feel well, you can <b>stop</b> taking&nbsp;your <a href='/s'>antidepressant</a>.</p>"
    found = [finding for finding in findings(html, "a.html") if finding.rule == "stop-medication-directive"]
    assert [finding.text.replace("\u00a0", " ") for finding in found] == ["stop taking your antidepressant"]


def test_the_configured_snippet_is_offered_where_the_statement_is_missing() -> None:
    document = read(Source("# Low mood\n\nSSRIs can dull feelings, and lowering the dose may help.\n", "a.md"))
    document.language = "en"
    profile = Profile(health=True, snippets={"medication-safety": "Never stop a medicine without asking us."})
    outcome = engine.run(Facts(document, profile, date(2026, 11, 23)), _RULES)
    fix = next(f.fix for f in outcome.findings if f.rule == "medication-safety-statement-missing")
    assert fix is not None
    assert fix.safety is Safety.UNSAFE
    assert fix.edits[0].replacement.startswith("Never stop a medicine")
