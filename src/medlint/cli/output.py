"""Where reports go: standard output, files, and words beside them on standard error."""

from __future__ import annotations

import io
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from medlint.files import write_atomically
from medlint.finding import Safety
from medlint.report import FORMATS, Report, reporter
from medlint.report.terminal import Paint, coloured, safe

if TYPE_CHECKING:
    from medlint.run import Plan


def check_formats(format: str, reports: Sequence[str]) -> None:
    """Refuse a format that does not exist, before any work is done."""
    for name in [format, *(wanted.partition("=")[0] for wanted in reports)]:
        if name and name not in FORMATS:
            raise usage_error(f"{name!r} is no format; there are {', '.join(FORMATS)}", "--format")
    for wanted in reports:
        if "=" not in wanted:
            raise usage_error(f"{wanted!r} does not say where: write it as FORMAT=PATH", "--report")


def usage_error(words: str, option: str) -> Exception:
    """The error for an ``option`` that cannot be used, as typer words it."""
    from typer import BadParameter

    return BadParameter(words, param_hint=option)


def to_stdout(report: Report, format: str) -> None:
    """Write ``report`` to standard output; by default as text on a terminal and concise in a pipe."""
    stream = sys.stdout
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(
            errors="backslashreplace", encoding="utf-8" if format not in ("", "text", "concise") else None
        )
    reporter(format or ("text" if coloured(stream) or stream.isatty() else "concise"))(report, stream)


def to_file(report: Report, format: str, path: Path) -> None:
    """Write ``report`` to ``path``; the file is the old one or the whole new one. Raises OSError.

    In HTML, a path that does not end in .html is a folder, with a page for each article.
    """
    if format == "html" and path.suffix.lower() not in (".html", ".htm"):
        from medlint.report.html import write_folder

        write_folder(report, path)
        return
    stream = io.StringIO()
    reporter(format)(report, stream)
    write_atomically(path, stream.getvalue().encode("utf-8", "backslashreplace"), mode=0o644)


def mend(plan: Plan, unsafe: bool, *, write: bool) -> bool:
    """Apply fixes, or print the diff of what they would change; whether there is anything to change."""
    from medlint import run

    changed = False
    allowed = (Safety.SAFE, Safety.UNSAFE) if unsafe else (Safety.SAFE,)
    for file in run.mend(plan, allowed, stdin=sys.stdin.buffer.read, write=write):
        changed = changed or bool(file.diff)
        if not write:
            sys.stdout.write("".join(safe(line.rstrip("\n")) + "\n" for line in file.diff.splitlines(keepends=True)))
        elif file.applied:
            print(f"{safe(file.name)}: mended {file.applied}", file=sys.stderr)
        for finding, reason in file.refused:
            print(f"{safe(file.name)}: not mended, {reason}: {safe(finding.message)}", file=sys.stderr)
    return changed


def progress() -> Callable[[int, int], None] | None:
    """A progress line on standard error where that is a terminal and the run is long; None elsewhere."""
    if not sys.stderr.isatty():
        return None

    def show(done: int, total: int) -> None:
        if total >= 50:
            sys.stderr.write(f"\r\x1b[K{done} of {total} files" if done < total - 1 else "\r\x1b[K")
            sys.stderr.flush()

    return show


def undetermined(report: Report) -> None:
    """List what rules could not decide, and why, on standard error."""
    for file in report.files:
        for doubt in file.undetermined:
            print(f"{safe(file.path)}: undetermined[{doubt.rule}] {safe(doubt.reason)}", file=sys.stderr)


def statistics(report: Report) -> None:
    """A table of rules on standard error: findings, files with any, and what the rule cost in milliseconds a file."""
    paint = Paint(coloured(sys.stderr))
    findings = Counter(finding.rule for file in report.files for finding in file.open)
    files = Counter(rule for file in report.files for rule in {finding.rule for finding in file.open})
    cost: defaultdict[str, float] = defaultdict(float)
    for file in report.files:
        for rule, seconds in file.seconds.items():
            cost[rule] += seconds * 1000
    per_file = max(sum(bool(file.seconds) for file in report.files), 1)
    print(paint("bold", f"{'rule':42} {'findings':>8} {'files':>6} {'ms/file':>8}"), file=sys.stderr)
    for rule in sorted({*findings, *cost}, key=lambda name: (-findings[name], name)):
        print(f"{rule:42} {findings[rule]:8} {files[rule]:6} {cost[rule] / per_file:8.2f}", file=sys.stderr)
    print(f"{'all':42} {findings.total():8} {'':6} {sum(cost.values()) / per_file:8.2f}", file=sys.stderr)
