"""reviewdog's Diagnostic Format: comments on GitHub, GitLab, Bitbucket and Gerrit. Columns count UTF-8 bytes from 1."""

from __future__ import annotations

from typing import Any, TextIO

from medlint.finding import Finding, Safety, Severity
from medlint.report import FileReport, Report
from medlint.report.json import strict
from medlint.report.text import RULE_PAGE
from medlint.source import Excerpt, Span

_SEVERITIES = {Severity.ERROR: "ERROR", Severity.WARNING: "WARNING", Severity.INFO: "INFO"}


def write(report: Report, out: TextIO) -> None:
    """Write ``report`` as one DiagnosticResult."""
    diagnostics = [_diagnostic(file, finding) for file in report.files for finding in file.open]
    source = {"name": "medlint", "url": "https://github.com/medlint/medlint"}
    out.write(strict({"source": source, "diagnostics": diagnostics}) + "\n")


def _diagnostic(file: FileReport, finding: Finding) -> dict[str, Any]:
    data: dict[str, Any] = {
        "message": f"{finding.message} {finding.advice}",
        "location": {"path": file.path, "range": _range(file.source, finding.span)},
        "severity": _SEVERITIES[finding.severity],
        "code": {"value": finding.rule, "url": RULE_PAGE.format(name=finding.rule)},
    }
    if finding.fix and finding.fix.safety is not Safety.DISPLAY:
        data["suggestions"] = [
            {"range": _range(file.source, edit.span), "text": edit.replacement} for edit in finding.fix.edits
        ]
    return data


def _range(source: Excerpt, span: Span) -> dict[str, Any]:
    return {name: _place(source, offset) for name, offset in (("start", span.start), ("end", span.end))}


def _place(source: Excerpt, offset: int) -> dict[str, int]:
    line, column = source.position(offset)
    before = source.line(line)[: column - 1]
    return {"line": line, "column": len(before.encode("utf-8", "surrogatepass")) + 1}
