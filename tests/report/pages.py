"""Reports with the article in them, for the tests of the editors' report."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from msgspec.structs import replace

from medlint.catalog import RuleSet
from medlint.engine import Doubt
from medlint.finding import Confidence, Edit, Finding, Fix, Related, Safety, Severity, State
from medlint.pipeline import Settings, check_source
from medlint.profile import Profile
from medlint.report import FileReport, Report
from medlint.source import Source, Span
from tests.rules import pattern_rule

RULES = RuleSet(
    [
        pattern_rule("odd-word", "zyzzyva", severity=Severity.ERROR, category="medication"),
        pattern_rule("odd-beetle", "beetle", replace={"beetle": "bug"}, category="typos"),
        pattern_rule("odd-tea", "tea is warm", severity=Severity.INFO, category="readability"),
    ]
)
ARTICLE = """<!doctype html><html lang="en"><head><title>Tea – Leaf Health</title></head><body>
<nav><a href="/">Home</a> <a href="/tea">Tea</a></nav>
<main><article>
<h1>Six things tea can do for you</h1>
<p class="byline">By <a href="https://example.org/omar">Omar Haddad</a></p>
<p>Every morning <b>a zyz<i>zyva</i></b> pours, and tea is warm &amp; <a href="/green">green</a>.</p>
<h2>When to stop</h2>
<ul><li>A beetle in the cup.<ul><li>A second beetle.</li></ul></li><li>No cup.</li></ul>
<h4>How much</h4>
<table><tr><th>Cup</th><th>Leaves</th></tr><tr><td>Small</td><td>2 <code>g</code></td></tr></table>
<blockquote>Drink it while tea is warm.</blockquote>
<p hidden>Only a beetle reads this.</p>
</article></main>
<footer><p>© Leaf Health</p></footer>
</body></html>
"""


def finding(rule: str, span: Span, text: str = "", **fields: Any) -> Finding:
    """A finding as the engine would make it."""
    made = {
        "category": "house", "severity": Severity.ERROR, "confidence": Confidence.HIGH, "message": f"Something about {rule}.",
        "advice": "Do something about it.", "zone": "body", "fingerprint": rule,
    }  # fmt: skip
    return Finding(**{"rule": rule, "span": span, "text": text, **made, **fields})


def check(text: str = ARTICLE, name: str = "tea.html", *, more: Iterable[Finding] = (), **replaced: Any) -> FileReport:
    """The report of one article, with ``more`` findings, and anything else ``replaced``."""
    settings = Settings(RULES, Profile(health=True), date(2026, 11, 23), keep_passages=True)
    source = Source(text, name)
    file = check_source(source, settings)
    own = {rule.name for rule in RULES.rules}
    findings = tuple(
        sorted(
            (*(found for found in file.findings if found.rule in own), *more),
            key=lambda found: (found.span, found.rule),
        )
    )
    excerpt = source.excerpt([Span(0, 0), *(found.span for found in findings)])
    return replace(file, **{"failed": False, "findings": findings, "source": excerpt, **replaced})


def report(*files: FileReport, **fields: Any) -> Report:
    """A report of ``files``."""
    rules = {rule.name: rule for rule in RULES.rules}
    return Report(files, **{"today": "2026-11-23", "ruleset": "sha256:0123", "rules": rules, **fields})


def at(words: str, text: str = ARTICLE) -> Span:
    """The place of ``words`` in ``text``."""
    start = text.index(words)
    return Span(start, start + len(words))


def rich() -> Report:
    """A report with everything a page can show."""
    start = at("<p>Every morning").start
    more = [
        finding("author-placeholder", at("Omar Haddad"), "Omar Haddad", category="review", severity=Severity.WARNING),
        finding("disclaimer-missing", Span(start, start), category="disclaimer",
                fix=Fix((Edit(Span(start, start), "<p>This page does not replace advice.</p>\n\n"),), Safety.UNSAFE)),
        finding("check-crashed", Span(0, 0), category="self", message="A rule failed."),
        finding("tea-repeats", at("tea is warm"), "tea is warm", severity=Severity.INFO, confidence=Confidence.LOW,
                related=(Related(at("while tea is warm"), "It says so again."),)),
        finding("old-news", at("No cup"), "No cup", state=State.SUPPRESSED, reason="The cup is a joke."),
        finding("older-news", at("Small"), "Small", state=State.BASELINED),
    ]  # fmt: skip
    links = [
        {
            "url": f"https://example.org/{outcome}",
            "outcome": outcome,
            "reason": reason,
            "final_url": None,
            "archive": archive,
        }
        for outcome, reason, archive in (
            ("broken", "The page is gone (404).", "https://web.archive.org/x"),
            ("blocked", "The site turns programs away.", None),
            ("ok", "The page is there.", None),
        )
    ]
    phrase = at("Every morning")
    facts = {
        "health_topic": True, "language": "en", "reviewers": [{"name": "Ana Sousa", "credentials": ["MD"], "origin": "byline"}],
        "authors": [], "review_date": "2024-03", "published": "2019-01-02", "updated": None, "disclaimer": False,
        "crisis_topic": False, "crisis_lines": [], "sources": {"kind": "list", "count": 3}, "links": links,
        "medication_safety": {"needed": True, "present": True, "medicines": ["SSRI"]},
        "readability": {
            "words": 900, "sentences": 60, "flesch_kincaid_grade": 9.1, "smog_index": 11.2, "adjusted_grade": 8.6,
            "sections": [
                {"title": None, "offset": None, "words": 400, "flesch_kincaid_grade": 7.5},
                {"title": "When to stop", "offset": at("When to stop").start, "words": 500, "flesch_kincaid_grade": 11.9},
            ],
            "hardest": [{"text": "Every morning it pours.", "offset": phrase.start, "end_offset": phrase.end, "words": 31}],
            "grade_without_hardest": 8.8,
        },
    }  # fmt: skip
    file = check(more=more, facts=facts, undetermined=(Doubt("odd-tea", "Nobody knows how warm."),))
    return report(file)
