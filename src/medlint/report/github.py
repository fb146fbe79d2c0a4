"""GitHub Actions: annotations for the ten worst of each level, a plain list of all, and the rest in the job summary.

Text of an article cannot become a command: what follows ``::`` is escaped as the runner undoes it, and in echoed lines the
two ways a command can begin (``::`` and ``##[``) are broken up. Both grammars are those of actions/runner.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TextIO

from medlint.finding import Finding, Severity
from medlint.report import FileReport, Report, markdown
from medlint.report.terminal import safe

MOST = 10
"""GitHub shows ten annotations of each level from one step."""
MAX_MESSAGE = 4000
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_COMMAND = re.compile(r"::|##(?=\[)")


def write(report: Report, out: TextIO) -> None:
    """Write annotations and a list, and append to ``GITHUB_STEP_SUMMARY`` where that names a file."""
    for severity, level in _LEVELS.items():
        found = sorted(_of(report, severity), key=lambda pair: (pair[1].span.start == pair[1].span.end, pair[0].path))
        # What is missing from a page has no line to show it on, so it never gives way to what has.
        found.sort(key=lambda pair: bool(pair[1].text))
        for number, (file, finding) in enumerate(found[:MOST]):
            more = (
                f" ({len(found) - MOST} more of this level in the job summary)"
                if number == MOST - 1 < len(found) - 1
                else ""
            )
            print(_annotation(level, file, finding, more), file=out)
    for file in report.files:
        for finding in file.open:
            at = file.source.position(finding.span.start)
            print(
                harmless(f"{file.path}:{at.line}:{at.column}: {finding.severity}[{finding.rule}] {finding.message}"),
                file=out,
            )
    if summary := os.environ.get("GITHUB_STEP_SUMMARY"):
        with Path(summary).open("a", encoding="utf-8") as file_out:
            markdown.write(report, file_out)


def _of(report: Report, severity: Severity) -> list[tuple[FileReport, Finding]]:
    return [(file, finding) for file in report.files for finding in file.open if finding.severity is severity]


def _annotation(level: str, file: FileReport, finding: Finding, more: str) -> str:
    start, end = file.source.position(finding.span.start), file.source.position(finding.span.end)
    place = {"file": file.path, "line": str(start.line)}
    if end.line == start.line and finding.text:
        # GitHub takes columns only on one line.
        place |= {"col": str(start.column), "endColumn": str(end.column)}
    elif finding.text:
        place["endLine"] = str(end.line)
    place["title"] = finding.rule
    properties = ",".join(f"{name}={_property(value)}" for name, value in place.items())
    return f"::{level} {properties}::{_data(safe(f'{finding.message} {finding.advice}')[:MAX_MESSAGE] + more)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(safe(text)).replace(":", "%3A").replace(",", "%2C")


def harmless(text: str) -> str:
    """``text`` as a log line that the runner takes for nothing but text."""
    return unmarked(safe(text))


def unmarked(text: str) -> str:
    """``text`` with the marks of commands broken up."""
    return _COMMAND.sub(lambda match: "\u200d".join(match[0]) + ("\u200d" if match[0] == "##" else ""), text)
