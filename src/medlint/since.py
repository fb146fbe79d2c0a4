"""What a change must answer for: findings on its lines, what it brings or takes away, and what concerns whole pages."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from pathlib import Path

from msgspec.structs import replace

from medlint.finding import Finding, State
from medlint.git import Changes
from medlint.report import FileReport

Earlier = Callable[[str, bytes], FileReport]
"""The report of the article that has this name now, with the content that it had before."""


def changed_only(reports: Sequence[FileReport], changes: Changes, earlier: Earlier) -> tuple[list[FileReport], int]:
    """``reports`` without the findings that were there before on lines that did not change, and how many those were.

    Findings about the whole page are kept, and everything of files that the commit does not have. A finding that the
    change brings about is kept wherever it stands: a line to call may be missing now that a line of the article is gone.
    Raises ConfigError where git cannot tell.
    """
    kept, hidden = [], 0
    for file in reports:
        path = Path(file.path)
        lines = changes.lines(path) if path.is_file() else None
        if lines is None:
            kept.append(file)
            continue
        kept_for_place = [not finding.text or _touches(finding, file, lines) for finding in file.findings]
        known: set[tuple[str, str, State]] = set()
        if lines and not all(kept_for_place) and (before := changes.before(path)) is not None:
            known = {(old.rule, old.fingerprint, old.state) for old in earlier(file.path, before).findings}
        findings = [
            finding
            for finding, stays in zip(file.findings, kept_for_place, strict=True)
            if stays or (lines and not _was_there(finding, known))
        ]
        hidden += len(file.findings) - len(findings)
        kept.append(replace(file, findings=tuple(findings)))
    return kept, hidden


def _was_there(finding: Finding, known: Collection[tuple[str, str, State]]) -> bool:
    """Whether ``finding`` was found before, and counted then if it counts now."""
    return any((finding.rule, finding.fingerprint, state) in known for state in (State.OPEN, finding.state))


def _touches(finding: Finding, file: FileReport, lines: Iterable[range]) -> bool:
    first = file.source.position(finding.span.start).line
    last = file.source.position(max(finding.span.end - 1, finding.span.start)).line
    return any(first < changed.stop and changed.start <= last for changed in lines)
