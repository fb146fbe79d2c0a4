"""A report: what a run found, in a fixed order. Reporters write one in a format and never see a document."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from typing import Any, TextIO

import msgspec

from medlint._version import __version__
from medlint.engine import Doubt
from medlint.finding import Finding, Severity, State
from medlint.report.passage import Passage
from medlint.source import Excerpt

CHECKED = "checked"
UNREADABLE = "unreadable"
INTERRUPTED = 130
"""The exit code of a run that Ctrl-C ended, as shells have it."""


class FileReport(msgspec.Struct, frozen=True):
    """What was found in one file. ``status`` is ``checked``, or ``unreadable`` with the finding that says why.

    ``failed`` is True where something was not looked at (a crash, a limit), so that silence proves nothing.
    ``passages`` are the article itself, kept only for the reports that show it.
    """

    path: str
    source: Excerpt
    status: str
    findings: tuple[Finding, ...] = ()
    undetermined: tuple[Doubt, ...] = ()
    facts: Mapping[str, Any] = {}
    failed: bool = False
    seconds: Mapping[str, float] = {}
    passages: tuple[Passage, ...] = ()

    @property
    def open(self) -> Iterable[Finding]:
        """The findings that count."""
        return (finding for finding in self.findings if finding.state is State.OPEN)


class Report:
    """The files of a run, sorted by path, and what they add up to.

    ``gate`` is the severity from which on a finding stands in the way of publishing, or ``never``; ``interrupted`` says
    that somebody stopped the run before it was done.
    """

    def __init__(
        self,
        files: Iterable[FileReport],
        *,
        today: str,
        ruleset: str,
        rules: Mapping[str, Any] = {},
        notes: Iterable[str] = (),
        gate: str = Severity.ERROR,
        interrupted: bool = False,
    ) -> None:
        self.files = tuple(sorted(files, key=lambda file: file.path))
        self.today = today
        self.ruleset = ruleset
        self.rules = rules
        self.version = __version__
        self.notes = tuple(notes)
        self.gate = gate
        self.interrupted = interrupted

    @cached_property
    def counts(self) -> Mapping[Severity, int]:
        """Open findings by severity."""
        found = Counter(finding.severity for file in self.files for finding in file.open)
        return {severity: found[severity] for severity in Severity}

    @cached_property
    def states(self) -> Mapping[State, int]:
        """Findings by state."""
        found = Counter(finding.state for file in self.files for finding in file.findings)
        return {state: found[state] for state in State}

    @property
    def unreadable(self) -> int:
        """How many files could not be read."""
        return sum(file.status == UNREADABLE for file in self.files)

    @property
    def failed(self) -> bool:
        """Whether something that should have been looked at was not."""
        return any(file.failed for file in self.files)


def exit_code(report: Report, fail_on: str = Severity.ERROR) -> int:
    """0: nothing open at or above ``fail_on``; 1: such findings; 2: the job could not be done in full.

    ``fail_on`` is a severity or ``never``. Exit 2 outranks 1, because the findings are then not all there are; 130 says
    that the run was interrupted.
    """
    if report.interrupted:
        return INTERRUPTED
    if report.failed or report.unreadable:
        return 2
    if fail_on == "never":
        return 0
    limit = Severity(fail_on).rank
    return int(any(count for severity, count in report.counts.items() if severity.rank <= limit))


Reporter = Callable[[Report, TextIO], None]
"""Writes a report to a text stream."""
FORMATS = ("text", "concise", "json", "jsonl", "github", "sarif", "junit", "gitlab", "rdjson", "markdown", "html")


def reporter(format: str) -> Reporter:
    """The reporter for ``format``: the ``write`` of the module of that name."""
    from importlib import import_module

    module = import_module(f"{__name__}.{format}")
    return module.write  # type: ignore[no-any-return]
