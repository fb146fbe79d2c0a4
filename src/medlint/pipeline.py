"""One article from text to file report: read, understand, judge, silence. Pure, so every caller shares it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

import msgspec

from medlint import baseline, engine, suppress
from medlint.catalog import RuleSet
from medlint.facts import Facts, summary
from medlint.finding import Finding
from medlint.guard import guarded
from medlint.profile import Profile
from medlint.readers import read
from medlint.report import CHECKED, FileReport
from medlint.report.passage import passages
from medlint.source import Source, Span


class Settings(msgspec.Struct, frozen=True):
    """How one article is checked. ``today`` is the clock. ``max_findings`` caps a file's list, and says so.

    ``accepted`` are the findings of its baseline, by rule and fingerprint.
    ``links`` are the results of ``fetch.check_links`` by URL; empty where nobody asked the network.
    ``keep_passages`` keeps the article itself in its report, for reports that show it.
    """

    rules: RuleSet
    profile: Profile
    today: date
    suppressions: bool = True
    accepted: frozenset[tuple[str, str]] = frozenset()
    timed: bool = False
    max_findings: int = 1000
    links: Mapping[str, Any] = {}
    newness: suppress.Newness | None = None
    keep_passages: bool = False


def check_source(source: Source, settings: Settings, files_exist: Callable[[str], bool] | None = None) -> FileReport:
    """Check one article. Never raises for any text: what fails becomes a finding, and ``failed`` is True.

    ``files_exist`` answers whether a path relative to the article is there; None leaves links to files unjudged.
    """
    facts = Facts(read(source), settings.profile, settings.today, links=settings.links, files_exist=files_exist)
    outcome = engine.run(facts, settings.rules, timed=settings.timed)
    findings = list(outcome.findings)
    if source.guessed:
        findings.append(engine.engine_finding("encoding-guessed", {"encoding": source.encoding}))
    if settings.suppressions:
        findings = suppress.apply(facts.document, findings, settings.rules, settings.today, settings.newness)
    if settings.accepted:
        findings = baseline.apply(findings, settings.accepted)
    own = settings.profile.snippets.values()
    findings = [guarded(facts.document, finding, own) for finding in findings]
    data, failures = summary.as_data(facts)
    findings += [engine.crash(f"facts.{name}", error) for name, error in failures.items()]
    findings, capped = _capped(findings, settings.max_findings)
    findings.sort(key=lambda finding: (finding.span, finding.rule))
    return FileReport(
        source.name,
        source.excerpt(_spans(findings)),
        CHECKED,
        tuple(findings),
        outcome.undetermined,
        data,
        failed=bool(outcome.crashed or failures) or capped,
        seconds=outcome.seconds,
        passages=passages(facts.document) if settings.keep_passages else (),
    )


def _spans(findings: Iterable[Finding]) -> Iterator[Span]:
    """Every place that a report of ``findings`` may speak of."""
    yield Span(0, 0)
    for finding in findings:
        yield finding.span
        yield from (related.span for related in finding.related)
        yield from (edit.span for edit in (finding.fix.edits if finding.fix else ()))


def _capped(findings: list[Finding], most: int) -> tuple[list[Finding], bool]:
    """At most ``most`` findings, the worst first, with one that says what was left out."""
    if len(findings) <= most:
        return findings, False
    findings = sorted(findings, key=lambda finding: (finding.severity.rank, finding.span))
    fields = {"count": str(len(findings)), "limit": str(most)}
    return [*findings[:most], engine.engine_finding("too-many-findings", fields)], True
