"""Markdown for a job summary or a comment: counts, a table of findings, and what could not be checked.

Article text goes in as code, so no link, image, mention, reference or markup of an article comes alive.
"""

from __future__ import annotations

import re
from typing import TextIO

from medlint.finding import Severity
from medlint.report import FileReport, Report
from medlint.report.terminal import safe

MAX_ROWS = 200
MAX_BYTES = 900_000
"""GitHub takes one MiB of summary for a step, and shows none of a longer one."""
_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+\-.!|~<>&@:])")
_MARKS = {Severity.ERROR: "❌ error", Severity.WARNING: "⚠️ warning", Severity.INFO: "ℹ️ note"}


def write(report: Report, out: TextIO) -> None:
    """Write ``report``; a table longer than 200 rows is cut, and says so, and so is a text longer than GitHub takes."""
    text = "".join(f"{line}\n" for line in _lines(report))
    data = text.encode("utf-8", "backslashreplace")
    if len(data) > MAX_BYTES:
        kept = data[:MAX_BYTES].decode("utf-8", "ignore").rpartition("\n")[0]
        text = f"{kept}\n\nThe rest is left out: the summary would be too long.\n"
    out.write(text)


def _lines(report: Report) -> list[str]:
    counts = report.counts
    total = ", ".join(
        f"{counts[severity]} {_MARKS[severity].split()[1]}{'' if counts[severity] == 1 else 's'}"
        for severity in Severity
    )
    lines = ["## medlint", "", f"{total} in {len(report.files)} file{'' if len(report.files) == 1 else 's'}.", ""]
    for file in report.files:
        if file.failed:
            lines.append(f"- {code(file.path)} was not checked in full.")
    rows = [row for file in report.files for row in _rows(file)]
    if rows:
        rows.sort(key=lambda row: row[0])
        lines += ["", "| | Where | What | What to do |", "| --- | --- | --- | --- |"]
        lines += [text for _, text in rows[:MAX_ROWS]]
        if len(rows) > MAX_ROWS:
            lines += ["", f"{len(rows) - MAX_ROWS} more findings are not listed."]
    silenced = [
        f"{report.states[state]} {state}" for state in report.states if str(state) != "open" and report.states[state]
    ]
    if silenced:
        lines += ["", f"Not counted: {', '.join(silenced)}."]
    lines += ["", f"medlint {report.version}, {report.today}, rules `{report.ruleset[:23]}`"]
    return lines


def _rows(file: FileReport) -> list[tuple[tuple[int, str, int], str]]:
    rows = []
    for finding in file.open:
        at = file.source.position(finding.span.start)
        cells = [
            _MARKS[finding.severity],
            f"{code(file.path)} line {at.line}",
            f"{escaped(finding.message)} `{finding.rule}`",
            escaped(finding.advice),
        ]
        rows.append(((finding.severity.rank, file.path, finding.span.start), f"| {' | '.join(cells)} |"))
    return rows


def escaped(text: str) -> str:
    """``text`` as Markdown that shows just these characters; ``@`` and ``#`` mention nobody."""
    text = _SPECIAL.sub(r"\\\1", safe(text))
    return re.sub(r"(?<=[@#:])(?=\w)", "\u200b", text)


def code(text: str) -> str:
    """``text`` as inline code inside a table cell, whatever it holds."""
    text = safe(text).replace("|", "¦")
    fence = "`" * (max((len(run) for run in re.findall("`+", text)), default=0) + 1)
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{pad}{text}{pad}{fence}"
