"""Findings on changed lines: what a pull request must answer for. What is missing from a page is always kept."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Sequence
from pathlib import Path

from medlint.errors import ConfigError
from medlint.finding import Finding
from medlint.report import FileReport

_HUNK = re.compile(r"^@@ -\S+ \+(\d+)(?:,(\d+))? @@", re.MULTILINE)
_REF = re.compile(r"[\w./@^~{}+-]{1,200}")


def changed_only(reports: Sequence[FileReport], ref: str) -> tuple[list[FileReport], int]:
    """``reports`` without the findings on lines unchanged since the commit ``ref``, and how many those were.

    Findings about the whole page, and those of files that git does not know, are kept. Raises ConfigError where git
    cannot tell.
    """
    kept, hidden = [], 0
    for file in reports:
        lines = changed_lines(Path(file.path), ref)
        if lines is None:
            kept.append(file)
            continue
        findings = tuple(finding for finding in file.findings if _touches(finding, file, lines))
        hidden += len(file.findings) - len(findings)
        kept.append(file._replace(findings=findings))
    return kept, hidden


def changed_lines(path: Path, ref: str) -> list[range] | None:
    """The ranges of lines of ``path`` that differ from ``ref``; None for a file that is new or not in a repository."""
    if not _REF.fullmatch(ref) or ref.startswith("-"):
        raise ConfigError("--since", f"{ref!r} is not a commit", remedy="Name a branch, tag or commit.")
    folder = path.parent if path.parent.is_dir() else Path()
    if _git(folder, "rev-parse", "--verify", "--quiet", f"{ref}^{{commit}}") is None:
        raise ConfigError("--since", f"git knows no commit {ref!r} here", remedy="Fetch it, or name another.")
    if _git(folder, "cat-file", "-e", f"{ref}:./{path.name}") is None:
        return None
    # The options keep configuration in the checked repository from running a program.
    text = _git(folder, "diff", "--no-ext-diff", "--no-textconv", "--no-color", "-U0", ref, "--", path.name) or ""
    return [range(int(start), int(start) + int(count or 1)) for start, count in _HUNK.findall(text)]


def _touches(finding: Finding, file: FileReport, lines: list[range]) -> bool:
    if not finding.text:
        return True
    first = file.source.position(finding.span.start).line
    last = file.source.position(max(finding.span.end - 1, finding.span.start)).line
    return any(first < changed.stop and changed.start <= last for changed in lines)


def _git(folder: Path, *arguments: str) -> str | None:
    command = ["git", "-c", "core.fsmonitor=false", "-C", str(folder), *arguments]
    try:
        done = subprocess.run(command, capture_output=True, check=False, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else None
