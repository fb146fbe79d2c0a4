"""SARIF 2.1.0, as GitHub code scanning and other consumers take it: rules with help, fingerprints, fixes, suppressions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TextIO
from urllib.parse import quote

from medlint.finding import Finding, Fix, Severity, State
from medlint.report import FileReport, Report
from medlint.report.json import strict
from medlint.report.text import RULE_PAGE
from medlint.rule import Rule
from medlint.source import Excerpt, Span

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
MAX_RESULTS = 25_000
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def write(report: Report, out: TextIO) -> None:
    """Write ``report`` as one SARIF run."""
    out.write(strict(log(report)) + "\n")


def log(report: Report) -> Mapping[str, Any]:
    """The SARIF log as plain data."""
    pairs = [(file, finding) for file in report.files for finding in file.findings]
    pairs.sort(key=lambda pair: pair[1].severity.rank)
    names = sorted({finding.rule for _, finding in pairs} | set(report.rules))
    index = {name: number for number, name in enumerate(names)}
    failed = [file for file in report.files if file.failed]
    return {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "medlint",
                        "semanticVersion": report.version,
                        "informationUri": "https://github.com/medlint/medlint",
                        "rules": [_rule(name, report.rules.get(name)) for name in names],
                    }
                },
                "automationDetails": {"id": "medlint/"},
                "columnKind": "unicodeCodePoints",
                "invocations": [
                    {
                        "executionSuccessful": not failed,
                        "toolExecutionNotifications": [
                            {
                                "level": "error",
                                "message": {"text": f"{file.path} was not checked in full."},
                                "locations": [_location(file.path, file.source, Span(0, 0))],
                            }
                            for file in failed
                        ],
                    }
                ],
                "results": [_result(file, finding, index) for file, finding in pairs[:MAX_RESULTS]],
            }
        ],
    }


def _rule(name: str, rule: Rule | None) -> Mapping[str, Any]:
    if rule is None:
        return {"id": name}
    sources = [f"{s.title}. {s.publisher}, read {s.accessed}. {s.url}".strip() for s in rule.sources]
    text = f"{rule.advice}\n\n{rule.why}\n\nRests on: {'; '.join(sources)}"
    listed = "\n".join(f"- {source}" for source in sources)
    # A name must differ from the id in more than case (SARIF1001 of the reference validator).
    words = {"name": "".join(part.capitalize() for part in name.split("-"))} if "-" in name else {}
    return {
        "id": name,
        **words,
        "shortDescription": {"text": rule.summary[:1024]},
        "fullDescription": {"text": rule.why[:1024]},
        "help": {"text": text, "markdown": f"{rule.advice}\n\n{rule.why}\n\n**Rests on**\n\n{listed}"},
        "helpUri": RULE_PAGE.format(name=name),
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {
            "tags": [rule.category, "health"],
            "precision": {"high": "high", "medium": "medium", "low": "low"}[rule.confidence],
            "problem.severity": {"error": "error", "warning": "warning", "info": "recommendation"}[rule.severity],
        },
    }


def _result(file: FileReport, finding: Finding, index: Mapping[str, int]) -> Mapping[str, Any]:
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": index[finding.rule],
        "level": _LEVELS[finding.severity],
        "message": {"text": f"{finding.message} {finding.advice}"},
        "locations": [_location(file.path, file.source, finding.span)],
        # A page may be one line, so a hash of the line would make all its findings the same.
        "partialFingerprints": {"primaryLocationLineHash": f"{finding.fingerprint}:1"},
        "properties": {"confidence": str(finding.confidence), "zone": finding.zone},
    }
    if finding.related:
        result["relatedLocations"] = [
            {**_location(file.path, file.source, related.span), "message": {"text": related.message}}
            for related in finding.related
        ]
    if finding.fix:
        result["fixes"] = [_fix(file, finding.fix)]
    if finding.state is not State.OPEN:
        kind = "inSource" if finding.state is State.SUPPRESSED else "external"
        suppression = {"kind": kind, "status": "accepted"}
        if finding.reason:
            suppression["justification"] = finding.reason
        result["suppressions"] = [suppression]
    return result


def _location(path: str, source: Excerpt, span: Span) -> dict[str, Any]:
    return {"physicalLocation": {"artifactLocation": {"uri": uri(path)}, "region": region(source, span)}}


def uri(path: str) -> str:
    """``path`` as a relative reference; bytes that are no text stay the bytes they are."""
    encoded = quote(path.replace("\\", "/").encode("utf-8", "surrogateescape"), safe="/")
    return encoded.lstrip("/") or "stdin"


def region(source: Excerpt, span: Span) -> dict[str, int]:
    """The SARIF region of ``span``."""
    start, end = source.position(span.start), source.position(span.end)
    return {"startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column}


def _fix(file: FileReport, fix: Fix) -> Mapping[str, Any]:
    replacements = [
        {"deletedRegion": region(file.source, edit.span), "insertedContent": {"text": edit.replacement}}
        for edit in fix.edits
    ]
    change = {"artifactLocation": {"uri": uri(file.path)}, "replacements": replacements}
    return {"description": {"text": fix.title}, "artifactChanges": [change]}
