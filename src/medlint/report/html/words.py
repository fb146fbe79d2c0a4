"""What things are called in the editors' report. With the templates, this is all the English in it."""

from datetime import date
from typing import NamedTuple

import msgspec

from medlint.finding import Confidence, Severity
from medlint.report import FileReport, Report


class Weight(msgspec.Struct, frozen=True):
    """A severity in an editor's words: what to do about it, as a label and in a sentence."""

    label: str
    things: str


WEIGHTS = {
    Severity.ERROR: Weight("Fix", "to fix"),
    Severity.WARNING: Weight("Improve", "to improve"),
    Severity.INFO: Weight("Consider", "to consider"),
}
SURE = {
    Confidence.HIGH: "sure",
    Confidence.MEDIUM: "fairly sure",
    Confidence.LOW: "unsure",
}
"""How sure medlint is that it is right."""


class Topic(msgspec.Struct, frozen=True):
    """A category of rules: what it is called and who can usually put it right."""

    label: str
    who: str


WRITER, REVIEWER, WEB = "Writer", "Medical reviewer", "Web team"
PEOPLE = (WRITER, REVIEWER, WEB)
TOPICS = {
    "review": Topic("Review and authorship", REVIEWER),
    "dates": Topic("Dates", WRITER),
    "disclaimer": Topic("Disclaimer", WRITER),
    "crisis": Topic("Crisis help", WRITER),
    "suicide": Topic("Suicide and self-harm", REVIEWER),
    "eating-disorders": Topic("Eating disorders", REVIEWER),
    "medication": Topic("Medication", REVIEWER),
    "dosing": Topic("Doses", REVIEWER),
    "claims": Topic("Health claims", REVIEWER),
    "sources": Topic("Sources and links", WRITER),
    "readability": Topic("Readability", WRITER),
    "typos": Topic("Typos", WRITER),
    "stigma": Topic("Respectful language", WRITER),
    "commercial": Topic("Commercial interest", WRITER),
    "structure": Topic("Structure", WRITER),
    "accessibility": Topic("Accessibility", WEB),
    "metadata": Topic("Page data", WEB),
    "self": Topic("The check itself", WEB),
}
ZONES = {
    "title": "Title",
    "byline": "Byline",
    "body": "",
    "callout": "Box",
    "disclaimer": "Disclaimer",
    "sources": "Sources",
    "bio": "About a person",
    "promo": "Promotion",
    "related": "Related pages",
    "nav": "Navigation",
    "footer": "Page footer",
    "ui": "Buttons and labels",
    "meta": "What search engines are told",
}
FRAME = frozenset(("promo", "related", "nav", "footer", "ui", "meta"))
"""The zones around an article that are not the article."""
SNIPPETS = {"disclaimer-missing": "disclaimer", "crisis-line-missing": "crisis-line"}
"""The snippets of a project's own that fill a gap which a rule finds."""
OUTCOMES = {
    "broken": "Broken",
    "invalid": "Not an address",
    "soft-404": "Leads to nothing",
    "blocked": "Blocks programs: open it by hand",
    "unreachable": "No answer",
    "moved": "Moved",
    "refused": "Not asked: an address medlint will not visit",
    "skipped": "Not asked",
    "ok": "Works",
}
"""What is said of a link, the most pressing first."""


def topic(category: str) -> Topic:
    """The topic of ``category``; house rules may have categories of their own."""
    return TOPICS.get(category) or Topic(category.replace("-", " ").capitalize(), WRITER)


def plural(count: int, one: str, many: str = "") -> str:
    """``count`` with the noun that goes with it."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def listed(items: list[str]) -> str:
    """``items`` as a list in a sentence."""
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}" if items else ""


def sentence(text: str) -> str:
    """``text`` with a capital at its start."""
    return text[:1].upper() + text[1:]


def day(text: str | None) -> str:
    """An ISO date, or the year or month of one, as people write it: 4 October 2024."""
    parts = (text or "").split("-")
    try:
        year, month, dom = int(parts[0]), *(int(part) for part in [*parts, "1", "1"][1:3])
        full = date(year, month, dom)
    except (ValueError, IndexError):
        return text or ""
    return (f"{full.day} {full:%B} {year}", f"{full:%B} {year}", str(year))[3 - len(parts)]


def ago(text: str | None, today: str) -> str:
    """How long before ``today`` an ISO date was, as people say it."""
    try:
        then, now = (
            date.fromisoformat((value + "-01-01")[:10] if len(value) < 10 else value) for value in (text or "", today)
        )
    except ValueError:
        return ""
    days = (now - then).days
    if days < 0:
        return "in the future"
    if days < 61:
        return f"{plural(days, 'day')} ago"
    return f"{plural(days // 30, 'month')} ago" if days < 730 else f"{days / 365.25:.1f} years ago"


class Verdict(NamedTuple):
    """What the gate says of an article or a folder: ``state`` is ``pass``, ``fail`` or ``unknown``."""

    state: str
    headline: str
    detail: str


def blocks_publishing(severity: Severity, gate: str) -> bool:
    """Whether a finding of ``severity`` stands in the way at this ``gate``."""
    return gate != "never" and severity.rank <= Severity(gate).rank


def verdict(file: FileReport, report: Report) -> Verdict:
    """The verdict on one article."""
    counts = {severity: sum(finding.severity is severity for finding in file.open) for severity in Severity}
    stop = sum(count for severity, count in counts.items() if blocks_publishing(severity, report.gate))
    rest = [
        f"{count:,} {WEIGHTS[severity].things}"
        for severity, count in counts.items()
        if count and not blocks_publishing(severity, report.gate)
    ]
    if file.status == "unreadable":
        return Verdict("unknown", "This article could not be read", "Nothing below speaks for it.")
    if file.failed:
        return Verdict(
            "unknown",
            "This article was not checked in full",
            "What medlint did not look at is named below; what it found stands.",
        )
    if stop:
        also = f" Then {listed(rest)}." if rest else ""
        return Verdict("fail", "Not ready to publish", f"{plural(stop, 'thing')} to fix first.{also}")
    if rest:
        return Verdict("pass", "Nothing stands in the way of publishing", f"There is still {listed(rest)}.")
    return Verdict("pass", "Nothing stands in the way of publishing", "medlint looked and found nothing to change.")
