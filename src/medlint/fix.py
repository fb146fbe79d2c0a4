"""Applying fixes: to a fixpoint, without overlaps, and only those that the guard left to apply.

After each round the text is read again, and every block that no edit touched must be what it was.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

import msgspec

from medlint.document import Block, Document
from medlint.finding import Edit, Finding, Safety, State
from medlint.pipeline import Settings, check_source
from medlint.readers import read
from medlint.source import Source

MAX_ROUNDS = 10


class Refused(NamedTuple):
    """A fix that was not applied, and why."""

    finding: Finding
    reason: str


class Fixed(msgspec.Struct, frozen=True):
    """A source after its fixes: the new text, the findings mended, and the fixes refused."""

    text: str
    applied: tuple[Finding, ...]
    refused: tuple[Refused, ...]


def fix(source: Source, settings: Settings, allowed: Collection[Safety] = (Safety.SAFE,)) -> Fixed:
    """Mend what ``allowed`` fixes can mend, checking again after each round until nothing changes."""
    applied: list[Finding] = []
    refused: dict[str, Refused] = {}
    current = source
    for _ in range(MAX_ROUNDS):
        report = check_source(current, settings)
        wanted = [f for f in report.findings if _applies(f, allowed) and f.fingerprint not in refused]
        document = read(current)
        if not wanted:
            break
        chosen, broken = _that_hold(document, list(_without_overlaps(wanted)))
        for finding in broken:
            refused[finding.fingerprint] = Refused(finding, "the text around it would read differently")
        if not chosen:
            continue
        applied += chosen
        current = _with(current, replaced(current.text, (edit for f in chosen if f.fix for edit in f.fix.edits)))
    return Fixed(current.text, tuple(applied), tuple(refused.values()))


def diff(source: Source, text: str) -> str:
    """A unified diff from ``source`` to ``text``, as ``patch`` and ``git apply`` take it."""
    from difflib import unified_diff

    before, after = source.text.splitlines(keepends=True), text.splitlines(keepends=True)
    lines = []
    for line in unified_diff(before, after, f"a/{source.name}", f"b/{source.name}"):
        lines.append(line if line.endswith("\n") else line + "\n\\ No newline at end of file\n")
    return "".join(lines)


def replaced(text: str, edits: Iterable[Edit]) -> str:
    """``text`` after ``edits``, which must not overlap."""
    for edit in sorted(edits, key=lambda edit: edit.span, reverse=True):
        text = text[: edit.span.start] + edit.replacement + text[edit.span.end :]
    return text


def _applies(finding: Finding, allowed: Collection[Safety]) -> bool:
    return finding.state is State.OPEN and finding.fix is not None and finding.fix.safety in allowed


def _without_overlaps(findings: Sequence[Finding]) -> Iterator[Finding]:
    """Findings whose edits touch nothing that an earlier one's edits touch; the worse finding goes first."""
    taken: list[tuple[int, int]] = []
    for finding in sorted(findings, key=lambda f: (f.severity.rank, f.span, f.rule)):
        edits = finding.fix.edits if finding.fix else ()
        spans = [(edit.span.start, edit.span.end) for edit in edits]
        if any(start <= high and low <= end for start, end in spans for low, high in taken):
            continue
        taken += spans
        yield finding


def _that_hold(document: Document, findings: list[Finding]) -> tuple[list[Finding], list[Finding]]:
    """Those of ``findings`` after whose fixes every other block reads as before, and the others."""
    if _holds(document, findings):
        return findings, []
    kept: list[Finding] = []
    broken: list[Finding] = []
    for finding in findings:
        (kept if _holds(document, [finding]) else broken).append(finding)
    return (kept, broken) if _holds(document, kept) else ([], findings)


def _holds(document: Document, findings: Iterable[Finding]) -> bool:
    edits = [edit for finding in findings if finding.fix for edit in finding.fix.edits]
    again = read(_with(document.source, replaced(document.source.text, edits)), document.format)
    touched = {id(block) for edit in edits if (block := document.block_at(edit.span.start)) and _touches(edit, block)}
    before = [None if id(block) in touched else block.text for block in document.blocks]
    after = [block.text for block in again.blocks]
    if any(edit.span.start == edit.span.end for edit in edits):
        remaining = iter(after)
        return all(text is None or text in remaining for text in before)
    return len(before) == len(after) and all(old is None or old == new for old, new in zip(before, after, strict=True))


def _touches(edit: Edit, block: Block) -> bool:
    """Whether ``edit`` is about words of ``block``: a comment in it can go without a trace."""
    return edit.span.start == edit.span.end or any(block.segments_in(edit.span))


def _with(source: Source, text: str) -> Source:
    return Source(text, source.name, encoding=source.encoding, bom=source.bom, guessed=source.guessed)
