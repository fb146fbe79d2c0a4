"""Earlier runs, from the JSON reports that they left, so that an index can show how a site has moved."""

from collections.abc import Iterable
from typing import NamedTuple

import msgspec

from medlint.errors import ReadError
from medlint.finding import Severity
from medlint.report import Report


class Run(NamedTuple):
    """A run: its day, how many articles, and its open findings by severity, the worst first."""

    day: str
    articles: int
    counts: tuple[int, ...]


class _Summary(msgspec.Struct):
    files: int
    findings: dict[str, int]


class _Report(msgspec.Struct):
    version: int
    today: str
    summary: _Summary


def read(data: bytes, name: str) -> Run:
    """The run that a JSON report tells of. Raises ReadError."""
    try:
        found = msgspec.json.decode(data, type=_Report)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        remedy = "Give a file written by 'medlint check --format json'."
        raise ReadError(name, f"this is not a JSON report of medlint: {error}", remedy=remedy) from None
    counts = tuple(max(found.summary.findings.get(severity, 0), 0) for severity in Severity)
    return Run(found.today, found.summary.files, counts)


def runs(earlier: Iterable[Run], report: Report) -> tuple[Run, ...]:
    """The ``earlier`` runs and that of ``report``, in order of their days; empty if there was none."""
    known = tuple(earlier)
    if not known:
        return ()
    return (*sorted(known), Run(report.today, len(report.files), tuple(report.counts.values())))
