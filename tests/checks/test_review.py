"""The rules of review and dates where an example in a rule file cannot say enough: insertion points, related places,
settings, and what is left undecided."""

from __future__ import annotations

from datetime import date

from medlint import catalog, engine
from medlint.facts import Facts
from medlint.finding import Finding
from medlint.profile import Profile
from medlint.readers import read
from medlint.source import Source

TODAY = date(2026, 11, 23)


def outcome(rule: str, text: str, name: str = "a.html", health: bool | None = True) -> engine.Outcome:
    rules = catalog.select(catalog.builtin(), select=[rule])
    return engine.run(Facts(read(Source(text, name)), Profile(health=health), TODAY), rules)


def found(rule: str, text: str, name: str = "a.html") -> list[Finding]:
    return list(outcome(rule, text, name).findings)


PAGE = "<html lang='en'><body><main><h1>Flu</h1><p>By Jon Falk</p><p>Rest.</p>{}</main></body></html>"


def test_missing_reviewer_points_after_the_byline_and_says_where_it_looked() -> None:
    text = PAGE.format("<p>Fact-checked by Priya Nair</p>")
    finding = found("medical-reviewer-missing", text)[0]
    assert finding.span.start == finding.span.end == text.index("Priya Nair") + len("Priya Nair")
    assert "the visible text and the structured data" in finding.message
    assert [(text[slice(*r.span)], r.message) for r in finding.related] == [
        ("Fact-checked by Priya Nair", "A fact check is no medical review.")
    ]


def test_pages_that_are_not_about_health_are_left_alone() -> None:
    text = (
        "<h1>Filing your taxes</h1><p>By Jon Falk</p><p>"
        + "Send the form with your income and keep a copy. " * 20
        + "</p>"
    )
    assert not outcome("medical-reviewer-missing", text, health=None).findings


def test_an_index_of_other_pages_owes_no_review() -> None:
    links = "".join(f"<li><a href='/{i}'>Flu and condition number {i}</a></li>" for i in range(40))
    assert not found("medical-reviewer-missing", f"<main><h1>Flu</h1><p>Updated 3 May 2026</p><ul>{links}</ul></main>")
    reviewed = f"<main><h1>Flu</h1><p>By Jon Falk</p><p>Rest.</p><ul>{links}</ul></main>"
    assert found("medical-reviewer-missing", reviewed)


def test_journal_articles_owe_no_medical_reviewer() -> None:
    text = "<head><meta name='citation_journal_title' content='J'></head>" + PAGE.format("")
    assert not found("medical-reviewer-missing", text)


def test_template_and_foreign_language_are_undetermined() -> None:
    template = outcome("medical-reviewer-missing", "# Flu\n\nReviewed by {{ page.reviewer }}\n\nRest.\n", "a.md")
    assert (template.findings, len(template.undetermined)) == ((), 1)
    german = outcome("medical-reviewer-missing", PAGE.replace("'en'", "'de'").format(""))
    assert (german.findings, len(german.undetermined)) == ((), 1)


def test_unknown_letters_and_keys_are_undetermined() -> None:
    for text, name in (
        (PAGE.format("<p>Medically reviewed by Ada Lim, BAMS</p>"), "a.html"),
        ("---\nreviewer: ada-lim\n---\n\n# Flu\n\nRest.\n", "a.md"),
    ):
        result = outcome("reviewer-credential-missing", text, name)
        assert (result.findings, len(result.undetermined)) == ((), 1)


def test_disagreement_shows_both_places() -> None:
    text = PAGE.format(
        '<p>Reviewed by Kim Yu, MD</p><script type="application/ld+json">{"@type": "WebPage", "reviewedBy": "Karl Voss"}</script>'
    )
    finding = found("reviewer-signals-disagree", text)[0]
    assert text[slice(*finding.span)] == "Karl Voss"
    assert [text[slice(*related.span)] for related in finding.related] == ["Kim Yu"]


def test_overdue_counts_from_the_end_of_a_month() -> None:
    assert found("review-overdue", PAGE.format("<p>Last reviewed: October 2024</p>"))[0].severity == "warning"
    assert found("review-overdue", PAGE.format("<p>Last reviewed: November 2024</p>"))[0].severity == "info"


def test_broken_json_is_found_at_its_place() -> None:
    text = PAGE.format('<script type="application/ld+json">{"@type": "Article",, "name": "x"}</script>')
    finding = found("structured-data-unusable", text)[0]
    assert (finding.severity, finding.span.start) == ("error", text.index(",,") + 1)
