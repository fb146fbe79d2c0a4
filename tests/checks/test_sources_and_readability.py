"""What the examples of the rules cannot show: fixes, doubts, caps, files beside the article, and any text at all."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medlint import catalog, engine
from medlint.facts import Facts
from medlint.fetch.result import LinkResult, Outcome
from medlint.finding import Safety
from medlint.profile import Profile
from medlint.readers import read
from medlint.source import Source

RULES = catalog.select([rule for rule in catalog.builtin() if rule.category in ("readability", "sources")])


def run(
    text: str,
    rule: str = "",
    *,
    name: str = "a.md",
    links: Mapping[str, LinkResult] = {},
    files_exist: Callable[[str], bool] | None = None,
    options: Mapping[str, Any] = {},
) -> engine.Outcome:
    rules = catalog.select(RULES.rules, select=[rule], options={rule: options}) if rule else RULES
    document = read(Source(text, name))
    document.language = document.language or "en"
    facts = Facts(document, Profile(health=True), date(2026, 11, 23), links=links, files_exist=files_exist)
    outcome = engine.run(facts, rules)
    assert not outcome.crashed, outcome.findings
    return outcome


def applied(text: str, outcome: engine.Outcome) -> str:
    fix = outcome.findings[0].fix
    assert fix is not None
    for span, new in sorted(fix.edits, reverse=True):
        text = text[: span.start] + new + text[span.end :]
    return text


@pytest.mark.parametrize(
    ("name", "text", "mended"),
    [
        ("a.md", "See [it](https://a.org/old) now.", "See [it](https://a.org/new?a=1&b=2) now."),
        ("a.html", '<p>See <a class="x" href="https://a.org/old">it</a>.</p>', '<p>See <a class="x" href="https://a.org/new?a=1&amp;b=2">it</a>.</p>'),
    ],
)  # fmt: skip
def test_a_moved_page_is_mended_in_the_link(name: str, text: str, mended: str) -> None:
    moved = LinkResult("https://a.org/old", Outcome.moved, "moved", final_url="https://a.org/new?a=1&b=2")
    outcome = run(text, "source-link-broken", name=name, links={moved.url: moved})
    assert applied(text, outcome) == mended
    assert outcome.findings[0].fix.safety is Safety.UNSAFE  # type: ignore[union-attr]


def test_what_nobody_could_ask_is_a_doubt_not_a_finding() -> None:
    links = {
        f"https://a.org/{outcome}": LinkResult(f"https://a.org/{outcome}", outcome, "busy.")
        for outcome in (Outcome.blocked, Outcome.unreachable, Outcome.skipped, Outcome.refused, Outcome.ok)
    }
    outcome = run(" ".join(f"[x]({url})" for url in links), "source-link-broken", links=links)
    assert outcome.findings == ()
    assert len(outcome.undetermined) == 2
    assert "busy" in outcome.undetermined[0].reason


def test_an_archived_copy_is_offered() -> None:
    gone = LinkResult(
        "https://a.org/x", Outcome.broken, "404", archive="https://web.archive.org/web/2020/https://a.org/x"
    )
    assert (
        "web.archive.org"
        in run("Read [it](https://a.org/x).", "source-link-broken", links={gone.url: gone}).findings[0].advice
    )


def test_a_tracking_link_is_replaced_by_its_target() -> None:
    text = "See [it](https://www.google.com/url?q=https://www.cdc.gov/flu/&sa=D)."
    assert applied(text, run(text, "link-placeholder-or-private")) == "See [it](https://www.cdc.gov/flu/)."


def test_files_beside_the_article_are_judged_only_if_somebody_can_look() -> None:
    text = "See [one](leaflet.pdf), [two](img/map%20a.png#x), [three](../other/), [four](/site/page.html), [five](contact.php?x=1)."
    rule = "link-placeholder-or-private"
    asked: list[str] = []
    assert run(text, rule).findings == ()
    outcome = run(text, rule, files_exist=lambda path: asked.append(path) or path == "leaflet.pdf")  # type: ignore[func-returns-value]
    assert asked == ["leaflet.pdf", "img/map a.png"]
    assert [finding.text for finding in outcome.findings] == ["two"]


def test_a_reversed_abbreviation_is_turned_round() -> None:
    text = "Some take SSRIs (AKA selective serotonin reuptake inhibitors). SSRIs can help."
    mended = applied(text, run(text, "acronym-misuse"))
    assert mended == "Some take selective serotonin reuptake inhibitors (SSRIs). SSRIs can help."


def test_terms_are_capped_with_the_most_used_first() -> None:
    words = "tachycardia bradycardia edema dysphagia dysuria syncope myalgia pruritus malaise tinnitus vertigo somnolence".split()
    text = " ".join(f"Some get {word} and rest." for word in [*words, words[-1]])
    found = run(text, "jargon-unexplained").findings
    assert len(found) == 10 and words[-1] in [finding.text for finding in found]


def test_a_page_that_cannot_be_graded_is_a_doubt_in_the_rules_own_words() -> None:
    outcome = run("Sleep well. Rise early.", "reading-grade-too-high")
    assert outcome.findings == ()
    assert outcome.undetermined[0].reason == "Too short to grade: 4 words, and Flesch-Kincaid needs 100."


def test_the_sources_missing_finding_stands_where_the_list_belongs() -> None:
    text = "# Pain\n\n" + "Pain is a common symptom of the disease. " * 12 + "\n"
    finding = run(text, "sources-missing", options={"words": 50}).findings[0]
    assert finding.span == (len(text.rstrip()), len(text.rstrip()))


@given(st.text(max_size=200))
@settings(max_examples=60)
def test_no_rule_fails_on_any_text(text: str) -> None:
    for name in ("a.md", "a.html"):
        run(f"# Research\n\nStudies show 40% of people [1] ({text}, 2020) {text}\n\n## Sources\n\n- {text}", name=name)
