"""Findings with the words they are about: for people at a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import TextIO

from medlint.catalog import ENGINE
from medlint.finding import Finding, Safety, Severity, State
from medlint.report import FileReport, Report
from medlint.report.terminal import Paint, coloured, columns, encodable, safe, width
from medlint.source import Excerpt, Span

RULE_PAGE = "https://medlint.readthedocs.io/reference/rules/#{name}"


def write(report: Report, out: TextIO) -> None:
    """Write ``report`` with source excerpts, advice and a closing line."""
    writer = _Writer(out)
    for file in report.files:
        writer.file(file)
    for line in closing(report, Paint(coloured(out))):
        print(line, file=out)


class _Writer:
    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._paint = Paint(coloured(out))
        self._width = columns()
        self._bar = encodable(out, "│", "|")
        self._corner = encodable(out, "╭─", "-->")
        self._carets = {s: encodable(out, c, "^") for s, c in zip(Severity, "━━─", strict=True)}

    def file(self, file: FileReport) -> None:
        for finding in file.open:
            self._finding(finding, file)

    def _finding(self, finding: Finding, file: FileReport) -> None:
        paint, out = self._paint, self._out
        source = file.source
        start = source.position(finding.span.start)
        margin = " " * (len(str(start.line)) + 1)
        label = "note" if finding.severity is Severity.INFO else str(finding.severity)
        print(f"{paint(str(finding.severity), label)}{paint('bold', ': ' + safe(finding.message))}", file=out)
        rule = paint.link(finding.rule, RULE_PAGE.format(name=finding.rule))
        sure = "" if finding.confidence == "high" else f"  {paint('dim', f'{finding.confidence} confidence')}"
        place = f"{safe(file.path)}:{start.line}:{start.column}"
        print(
            f"{margin}{paint('dim', self._corner)} {place}  {paint('dim', '[')}{rule}{paint('dim', ']')}{sure}",
            file=out,
        )
        if finding.text:
            self._excerpt(source, finding.span, str(finding.severity), margin)
        for related in finding.related:
            at = source.position(related.span.start)
            print(
                f"{margin}{paint('dim', self._bar)} {paint('dim', f'{at.line}:{at.column}')} {safe(related.message)}",
                file=out,
            )
        self._wrapped(f"{margin}{paint('dim', '=')} ", finding.advice, len(margin) + 2)
        if finding.fix:
            how = {
                Safety.SAFE: "--fix applies it",
                Safety.UNSAFE: "--unsafe-fixes applies it",
                Safety.DISPLAY: "by hand",
            }
            self._wrapped(
                f"{margin}{paint('good', '+')} ", f"{finding.fix.title} ({how[finding.fix.safety]})", len(margin) + 2
            )
        print(file=out)

    def _excerpt(self, source: Excerpt, span: Span, style: str, margin: str) -> None:
        start, end = source.position(span.start), source.position(max(span.end - 1, span.start))
        line = source.line(start.line)
        low = start.column - 1
        high = (end.column if end.line == start.line else len(line)) if span.end > span.start else low + 1
        shown, low, high = _window(line, low, max(high, low + 1), self._width - len(margin) - 3)
        paint = self._paint
        before, words = safe(shown[:low]), safe(shown[low:high])
        print(f"{paint('dim', f'{start.line} {self._bar}')} {before}{words}{safe(shown[high:])}", file=self._out)
        carets = self._carets[Severity(style)] * max(width(words), 1)
        more = f" {paint('dim', f'to line {end.line}')}" if end.line > start.line else ""
        print(f"{margin}{paint('dim', self._bar)} {' ' * width(before)}{paint(style, carets)}{more}", file=self._out)

    def _wrapped(self, prefix: str, words: str, indent: int) -> None:
        lines = textwrap.wrap(safe(words), max(self._width - indent, 20), break_long_words=False) or [""]
        for number, line in enumerate(lines):
            print((prefix if number == 0 else " " * indent) + line, file=self._out)


def closing(report: Report, paint: Paint) -> Iterator[str]:
    """The lines that say how much was looked at, what was found, and what is not counted."""
    counts = report.counts
    parts = [
        paint(str(severity), _counted(counts[severity], noun))
        for severity, noun in zip(Severity, ("error", "warning", "note"), strict=True)
        if counts[severity]
    ]
    checked = _counted(len(report.files) - report.unreadable, "file")
    rules = sum(rule.check != ENGINE for rule in report.rules.values())
    looked = f" by {_counted(rules, 'rule')}" if rules else ""
    yield f"{', '.join(parts) or paint('good', 'Nothing to report')} in {checked}{looked}."
    if report.unreadable:
        yield paint("error", f"{_counted(report.unreadable, 'file')} could not be read.")
    silenced = [
        f"{report.states[state]} {state}" for state in (State.SUPPRESSED, State.BASELINED) if report.states[state]
    ]
    if silenced:
        yield paint("dim", f"Not counted: {', '.join(silenced)}.")
    for safety, option in ((Safety.SAFE, "--fix"), (Safety.UNSAFE, "--fix --unsafe-fixes")):
        fixable = sum(f.fix is not None and f.fix.safety is safety for file in report.files for f in file.open)
        if fixable:
            yield paint("dim", f"{_counted(fixable, 'finding')} can be mended with {option}.")
    for note in report.notes:
        yield paint("dim", safe(note))


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _window(line: str, low: int, high: int, room: int) -> tuple[str, int, int]:
    """At most ``room`` characters of ``line`` around ``line[low:high]``, cut at words, with the range moved along."""
    if len(line) <= room:
        return line, low, high
    high = min(high, low + room - 4)
    spare = room - (high - low) - 4
    begin = max(0, low - spare // 2)
    if begin:
        space = line.find(" ", begin, low)
        begin = space + 1 if space >= 0 else begin
    end = min(len(line), begin + room - 4)
    if end < len(line):
        space = line.rfind(" ", high, end)
        end = space if space > high else end
    end = max(end, high)
    head = "… " if begin else ""
    tail = " …" if end < len(line) else ""
    shift = len(head) - begin
    return head + line[begin:end] + tail, low + shift, high + shift
