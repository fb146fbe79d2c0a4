"""The JSON report, version 1: stable, documented in ``docs/json-report.md``; lines and columns from 1, in code points."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any, TextIO

from medlint.finding import Finding, Fix
from medlint.report import CHECKED, FileReport, Report
from medlint.source import Excerpt

VERSION = 1
_LONE = re.compile("[\ud800-\udfff]")


def write(report: Report, out: TextIO) -> None:
    """Write ``report`` as one JSON document."""
    out.write(strict(document(report)) + "\n")


def strict(data: Any) -> str:
    """``data`` as strict JSON."""
    return printable(json.dumps(data, ensure_ascii=False, allow_nan=False, default=str))


def document(report: Report) -> Mapping[str, Any]:
    """The whole report as plain data."""
    return {
        "version": VERSION,
        "tool": {"name": "medlint", "version": report.version, "ruleset": report.ruleset},
        "today": report.today,
        "files": [file_data(file) for file in report.files],
        "summary": {
            "files": len(report.files),
            "checked": sum(file.status == CHECKED for file in report.files),
            "unreadable": report.unreadable,
            "findings": {str(severity): count for severity, count in report.counts.items()},
            "suppressed": report.states["suppressed"],  # type: ignore[index]
            "baselined": report.states["baselined"],  # type: ignore[index]
        },
        "notes": list(report.notes),
    }


def file_data(file: FileReport) -> Mapping[str, Any]:
    """One file of the report as plain data."""
    return {
        "path": file.path,
        "sha256": file.source.sha256,
        "status": file.status,
        "findings": [finding_data(finding, file.source) for finding in file.findings],
        "undetermined": [{"rule": doubt.rule, "reason": doubt.reason} for doubt in file.undetermined],
        "facts": file.facts,
    }


def finding_data(finding: Finding, source: Excerpt) -> Mapping[str, Any]:
    """One finding as plain data."""
    start, end = source.position(finding.span.start), source.position(finding.span.end)
    data: dict[str, Any] = {
        "rule": finding.rule,
        "category": finding.category,
        "severity": str(finding.severity),
        "confidence": str(finding.confidence),
        "message": finding.message,
        "advice": finding.advice,
        "line": start.line,
        "column": start.column,
        "end_line": end.line,
        "end_column": end.column,
        "offset": finding.span.start,
        "end_offset": finding.span.end,
        "text": finding.text,
        "zone": finding.zone,
        "fingerprint": finding.fingerprint,
        "state": str(finding.state),
        "fix": _fix(finding.fix),
        "related": [{"offset": r.span.start, "end_offset": r.span.end, "message": r.message} for r in finding.related],
    }
    if finding.reason:
        data["reason"] = finding.reason
    return data


def _fix(fix: Fix | None) -> Mapping[str, Any] | None:
    if fix is None:
        return None
    edits = [{"offset": e.span.start, "end_offset": e.span.end, "replacement": e.replacement} for e in fix.edits]
    return {"title": fix.title, "safety": str(fix.safety), "edits": edits}


def printable(text: str) -> str:
    """``text`` without lone surrogates, which no strict reader takes: each becomes ``%XX`` of its byte."""
    return text if text.isascii() else _LONE.sub(lambda match: f"%{ord(match[0]) & 0xFF:02X}", text)
