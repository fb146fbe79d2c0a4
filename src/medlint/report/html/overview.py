"""The index of many articles: which are ready, what falls short where, and which reviews are due."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

import msgspec

from medlint.finding import Severity
from medlint.report import FileReport, Report
from medlint.report.html import names, words
from medlint.report.html.words import Topic, Verdict


class Line(msgspec.Struct, frozen=True):
    """An article in the index. ``page`` is the file of its own report, empty where there is none."""

    file: FileReport
    title: str
    page: str
    verdict: Verdict
    counts: tuple[int, ...]
    by_topic: Counter[str]

    @property
    def review_date(self) -> str:
        """The day of its last review in ISO form, or nothing."""
        return str(self.file.facts.get("review_date") or "")

    @property
    def grade(self) -> float | None:
        """Its reading grade."""
        reading = self.file.facts.get("readability") or {}
        grade: float | None = reading.get("adjusted_grade")
        return grade

    @property
    def weight(self) -> int:
        """What it is sorted by: the worst first."""
        return ("fail", "unknown", "pass").index(self.verdict.state)


class Count(msgspec.Struct, frozen=True):
    """A rule and how often it spoke, in how many articles."""

    rule: str
    summary: str
    topic: Topic
    severity: Severity
    findings: int
    articles: int


class Overview(msgspec.Struct, frozen=True):
    """The whole of the index."""

    lines: tuple[Line, ...]
    verdict: Verdict
    topics: tuple[tuple[str, Topic], ...]
    rules: tuple[Count, ...]
    reviews: tuple[tuple[Line, str], ...]

    @staticmethod
    def heat(count: int) -> int:
        """How strongly ``count`` is coloured in the heat map: 0 for nothing, 4 for ten and more."""
        return sum(count >= step for step in (1, 2, 5, 10))


def overview(report: Report, *, pages: bool) -> Overview:
    """The index of ``report``; ``pages`` says that each article has a page of its own beside it."""
    lines = tuple(
        sorted(
            (_line(file, report, names.page(file.path) if pages else "") for file in report.files),
            key=lambda line: (line.weight, [-count for count in line.counts], line.file.path),
        )
    )
    found = {category for line in lines for category in line.by_topic}
    order = {category: number for number, category in enumerate(words.TOPICS)}
    topics = tuple((c, words.topic(c)) for c in sorted(found, key=lambda c: (order.get(c, 99), c)))
    return Overview(lines, _verdict(lines), topics, _rules(report), _reviews(lines))


def title(file: FileReport) -> str:
    """The title of an article: its heading, else what it tells search engines, else its path."""
    for zone in ("title", "meta"):
        for passage in file.passages:
            if passage.zone == zone and passage.text.strip():
                return " ".join(passage.text.split())
    return file.path


def _line(file: FileReport, report: Report, page: str) -> Line:
    severities = Counter(finding.severity for finding in file.open)
    return Line(
        file,
        title(file),
        page,
        words.verdict(file, report),
        tuple(severities[severity] for severity in Severity),
        Counter(finding.category for finding in file.open),
    )


def _verdict(lines: Sequence[Line]) -> Verdict:
    states = Counter(line.verdict.state for line in lines)
    total = len(lines)
    if states["fail"] or states["unknown"]:
        ready = f"{states['pass']:,} of {words.plural(total, 'article')} can be published"
        parts = [
            *([f"{words.plural(states['fail'], 'article')} must be changed first"] if states["fail"] else []),
            *(
                [f"{words.plural(states['unknown'], 'article')} could not be checked in full"]
                if states["unknown"]
                else []
            ),
        ]
        return Verdict("fail" if states["fail"] else "unknown", ready, f"{words.listed(parts)}.")
    return Verdict(
        "pass",
        f"Nothing stands in the way of publishing {'this article' if total == 1 else f'these {total:,} articles'}",
        "",
    )


def _rules(report: Report) -> tuple[Count, ...]:
    findings: Counter[str] = Counter()
    articles: Counter[str] = Counter()
    worst: dict[str, Any] = {}
    for file in report.files:
        here = list(file.open)
        findings.update(finding.rule for finding in here)
        articles.update({finding.rule for finding in here})
        for finding in here:
            known = worst.setdefault(finding.rule, finding)
            if finding.severity.rank < known.severity.rank:
                worst[finding.rule] = finding
    counts = [
        Count(
            name,
            report.rules[name].summary if name in report.rules else "",
            words.topic(worst[name].category),
            worst[name].severity,
            number,
            articles[name],
        )
        for name, number in findings.items()
    ]
    return tuple(sorted(counts, key=lambda count: (count.severity.rank, -count.findings, count.rule)))


def _reviews(lines: Sequence[Line]) -> tuple[tuple[Line, str], ...]:
    """The articles whose review is overdue or has no date, the longest overdue last reviewed first."""
    due = []
    for line in lines:
        rules = {finding.rule: finding.message for finding in line.file.open}
        said = next((rules[name] for name in ("review-overdue", "review-date-missing") if name in rules), "")
        if said:
            due.append((line, said))
    return tuple(sorted(due, key=lambda pair: (pair[0].review_date or "9999", pair[0].file.path)))
