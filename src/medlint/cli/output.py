"""Where reports go: standard output, files, and words beside them on standard error."""

from __future__ import annotations

import io
import os
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from msgspec.structs import replace

from medlint.files import write_atomically
from medlint.finding import Safety
from medlint.report import FORMATS, Report, reporter, text
from medlint.report.terminal import Paint, coloured, safe

if TYPE_CHECKING:
    from medlint.fix import Refused
    from medlint.run import Prepared


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


def show(report: Report, format: str, stream: TextIO) -> None:
    """Write ``report`` to ``stream``: by default as text on a terminal, and concise in a pipe.

    What is for people goes to standard error where the format is for programs.
    """
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(
            errors="backslashreplace", encoding="utf-8" if format not in ("", "text", "concise") else None
        )
    format = format or ("text" if coloured(stream) or stream.isatty() else "concise")
    with _if_read(stream):
        if format in ("text", "concise") and _in_a_workflow():
            words = io.StringIO()
            reporter(format)(report, words)
            stream.write(_without_commands(words.getvalue()))
        else:
            reporter(format)(report, stream)
    if format != "text":
        closing(report)


@contextmanager
def _if_read(stream: TextIO) -> Iterator[None]:
    """Where the reader of ``stream`` has gone, what is written to it while this lasts is lost, and nothing else."""
    try:
        yield
        stream.flush()
    except BrokenPipeError:
        abandon(stream)


def say(words: str) -> None:
    """Print ``words`` on standard error, for whoever reads it."""
    with _if_read(sys.stderr):
        print(_without_commands(words), file=sys.stderr)


def _in_a_workflow() -> bool:
    """Whether a runner of GitHub reads along, which looks for commands in whatever is printed."""
    return bool(os.environ.get("GITHUB_ACTIONS"))


def _without_commands(words: str) -> str:
    if not _in_a_workflow():
        return words
    from medlint.report.github import unmarked

    return unmarked(words)


def abandon(stream: TextIO) -> None:
    """Give up ``stream``, whose reader has gone or whose disk is full: what is still buffered for it must not fail once
    more when the interpreter exits."""
    number = stream.fileno()
    os.close(number)  # first, since it may be the last one that the system gives us
    null = os.open(os.devnull, os.O_WRONLY)
    if null != number:
        os.dup2(null, number)
        os.close(null)


def closing(report: Report) -> None:
    """Say on standard error how much was looked at, and what was found."""
    for line in text.closing(report, Paint(coloured(sys.stderr))):
        say(line)


def to_file(report: Report, format: str, path: Path) -> None:
    """Write ``report`` to ``path``, with the folders it needs; the file is the old one or the whole new one. Raises OSError.

    In HTML, a path that does not end in .html is a folder, with a page for each article.
    """
    if format == "html" and path.suffix.lower() not in (".html", ".htm"):
        from medlint.report.html import write_folder

        write_folder(report, path)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    stream = io.StringIO()
    reporter(format)(report, stream)
    write_atomically(path, stream.getvalue().encode("utf-8", "backslashreplace"))


def mend(prepared: Prepared, unsafe: bool) -> tuple[Prepared, bool]:
    """Apply fixes to the files, and to standard input on its way to standard output; what is there then, and whether
    that could be done for every one."""
    from medlint import run

    work, done = [], True
    for item, error, _, applied, refused in run.mend(prepared, _allowed(unsafe), write=True):
        work.append(item)
        if error:
            done = False
            complain(f"not mended: {error}")
        if item.path is None:
            sys.stdout.buffer.write(item.data)
        elif applied:
            say(f"{safe(item.name)}: mended {applied}")
        _refused(item.name, refused)
    return replace(prepared, work=tuple(work)), done


def diff(prepared: Prepared, unsafe: bool) -> int:
    """Print what fixes would change: 0 if nothing, 1 if something, 2 if an article could not be read."""
    from medlint import run

    changed, failed = False, bool(prepared.failed)
    for file in prepared.failed:
        for finding in file.findings:
            complain(f"{file.path}: {finding.message}")
    for item, error, changes, _, refused in run.mend(prepared, _allowed(unsafe), write=False):
        if error:
            failed = True
            complain(str(error))
        changed = changed or bool(changes)
        sys.stdout.write("".join(safe(line.rstrip("\n")) + "\n" for line in changes.splitlines(keepends=True)))
        _refused(item.name, refused)
    return 2 if failed else int(changed)


def _allowed(unsafe: bool) -> tuple[Safety, ...]:
    return (Safety.SAFE, Safety.UNSAFE) if unsafe else (Safety.SAFE,)


def _refused(name: str, refused: Sequence[Refused]) -> None:
    for finding, reason in refused:
        complain(f"{name}: not mended, {reason}: {finding.message}")


def complain(words: str) -> None:
    """Say on standard error what is wrong, whoever's text is in it."""
    say(f"medlint: {safe(words)}")


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
            say(f"{safe(file.path)}: undetermined[{doubt.rule}] {safe(doubt.reason)}")


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
    say(paint("bold", f"{'rule':42} {'findings':>8} {'files':>6} {'ms/file':>8}"))
    for rule in sorted({*findings, *cost}, key=lambda name: (-findings[name], name)):
        say(f"{rule:42} {findings[rule]:8} {files[rule]:6} {cost[rule] / per_file:8.2f}")
    say(f"{'all':42} {findings.total():8} {'':6} {sum(cost.values()) / per_file:8.2f}")
