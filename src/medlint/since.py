"""What a change must answer for: findings on its lines, and the silencing that it brings along."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from medlint import git
from medlint.finding import Finding
from medlint.report import FileReport


def changed_only(reports: Sequence[FileReport], ref: str) -> tuple[list[FileReport], int]:
    """``reports`` without the findings on lines unchanged since the commit ``ref``, and how many those were.

    Findings about the whole page, and those of files that git does not know, are kept. Raises ConfigError where git
    cannot tell.
    """
    kept, hidden = [], 0
    for file in reports:
        lines = git.changed_lines(Path(file.path), ref)
        if lines is None:
            kept.append(file)
            continue
        findings = tuple(finding for finding in file.findings if _touches(finding, file, lines))
        hidden += len(file.findings) - len(findings)
        kept.append(file._replace(findings=findings))
    return kept, hidden


def _touches(finding: Finding, file: FileReport, lines: Iterable[range]) -> bool:
    if not finding.text:
        return True
    first = file.source.position(finding.span.start).line
    last = file.source.position(max(finding.span.end - 1, finding.span.start)).line
    return any(first < changed.stop and changed.start <= last for changed in lines)
