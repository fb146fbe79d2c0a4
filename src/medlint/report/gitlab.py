"""GitLab Code Quality: an array of issues. GitLab shows only the description, and hides issues of equal fingerprints."""

from __future__ import annotations

from typing import TextIO

from medlint.digests import sha256
from medlint.finding import Severity
from medlint.report import Report
from medlint.report.json import strict

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def write(report: Report, out: TextIO) -> None:
    """Write ``report`` as a Code Quality artifact."""
    issues = []
    for file in report.files:
        for finding in file.open:
            start, end = file.source.position(finding.span.start), file.source.position(finding.span.end)
            salted = f"{file.path}\0{finding.fingerprint}".encode("utf-8", "surrogatepass")
            issues.append(
                {
                    "description": f"{finding.rule}: {finding.message} {finding.advice}",
                    "check_name": finding.rule,
                    "fingerprint": sha256(salted).hexdigest(),
                    "severity": _SEVERITIES[finding.severity],
                    "location": {"path": file.path, "lines": {"begin": start.line, "end": end.line}},
                }
            )
    out.write(strict(issues) + "\n")
