"""Every finding of a run as a table for spreadsheets (RFC 4180)."""

from __future__ import annotations

import csv
import io

from medlint.report import Report
from medlint.report.csv import harmless
from medlint.report.terminal import safe

_HEADINGS = (
    "article", "line", "severity", "category", "rule", "what is wrong", "what to do", "words", "state", "reason",
    "confidence", "fingerprint",
)  # fmt: skip


def findings(report: Report) -> str:
    """The findings of ``report``, set-aside ones included; no cell begins a formula."""
    out = io.StringIO()
    # A byte order mark, for the one spreadsheet that would not take UTF-8 for what it is.
    out.write("\ufeff")
    table = csv.writer(out, lineterminator="\r\n")
    table.writerow(_HEADINGS)
    for file in report.files:
        for found in file.findings:
            line = file.source.position(found.span.start).line
            cells = (
                file.path, str(line), str(found.severity), found.category, found.rule, found.message, found.advice,
                found.text, str(found.state), found.reason, str(found.confidence), found.fingerprint,
            )  # fmt: skip
            table.writerow(safe(harmless(cell)) for cell in cells)
    return out.getvalue()
