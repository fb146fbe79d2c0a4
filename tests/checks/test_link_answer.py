"""What a finding about a link says: the words, what came back, what was tried, and by which redirects."""

from __future__ import annotations

from datetime import date

from medlint import engine
from medlint.catalog import builtin, select
from medlint.facts import Facts
from medlint.fetch import LinkResult, Outcome
from medlint.profile import Profile
from medlint.readers import read
from medlint.source import Source

URL = "https://www.nimh.nih.gov/gone"
RULES = select(builtin(), select=["source-link-broken"])


def outcome(result: LinkResult) -> engine.Outcome:
    document = read(Source(f"# Sleep\n\nRead the [NIMH page]({URL}) first.\n", "a.md"))
    return engine.run(Facts(document, Profile(health=True), date(2026, 11, 23), links={URL: result}), RULES)


def test_a_dead_link_tells_its_history() -> None:
    result = LinkResult(
        URL, Outcome.broken, "It is gone (404).", 404, chain=(f"{URL}/",), tried=("HEAD 301", "GET 404")
    )
    (finding,) = outcome(result).findings
    assert finding.text == "NIMH page"
    assert finding.zone == "body"
    assert finding.message == f"The link {URL} is broken. It is gone (404). Tried: HEAD 301, GET 404, by way of {URL}/."


def test_what_only_a_person_can_check_is_no_finding() -> None:
    result = outcome(LinkResult(URL, Outcome.blocked, "The host turns programs away (403).", 403, tried=("GET 403",)))
    assert not result.findings
    assert "GET 403" in result.undetermined[0].reason


def test_a_moved_page_offers_its_new_address() -> None:
    result = LinkResult(URL, Outcome.moved, "Moved for good (301).", 200, final_url="https://www.nimh.nih.gov/new")
    (finding,) = outcome(result).findings
    assert finding.fix is not None
    assert finding.fix.edits[0].replacement == "https://www.nimh.nih.gov/new"
