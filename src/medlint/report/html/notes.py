"""Findings as margin notes: numbered in reading order, in an editor's words, each knowing where it stands."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

import msgspec

from medlint.finding import Finding, Fix
from medlint.report import FileReport
from medlint.report.html import words
from medlint.report.passage import Passage
from medlint.source import Span

_QUOTE = 160
_PLACES = 8
"""How many other places of a finding are listed."""


class Spot(msgspec.Struct, frozen=True):
    """Where a finding stands: a range of a passage's text, or, where something is missing, beside the passage.

    ``passage`` is -1 for a finding about the whole file. ``side`` is ``in``, ``before`` or ``after``.
    """

    passage: int
    start: int = 0
    end: int = 0
    side: str = "in"


class Elsewhere(msgspec.Struct, frozen=True):
    """Other places that bear on a note: what is said of them, and the words and passage of each."""

    message: str
    places: tuple[tuple[str, int], ...]

    @property
    def quotes(self) -> bool:
        """Whether the message has the words in it, so that it is the link and they need not be said again."""
        return len(self.places) == 1 and self.places[0][0].casefold() in self.message.casefold()


class Note(msgspec.Struct, frozen=True):
    """A finding as a margin note. ``first`` is the number of the first note of the same rule, which explains it;
    ``told`` that the first one gives the same advice too.

    ``rule`` is what the rule says of itself, None for one that this run does not know. ``paste`` is the text to put in
    and ``instead_of`` what it replaces.
    """

    number: int
    finding: Finding
    line: int
    spot: Spot
    first: int
    told: bool
    rule: Any
    paste: str
    instead_of: str
    elsewhere: tuple[Elsewhere, ...]

    @property
    def weight(self) -> words.Weight:
        """The severity in words."""
        return words.WEIGHTS[self.finding.severity]

    @property
    def topic(self) -> words.Topic:
        """The category in words, and who can put it right."""
        return words.topic(self.finding.category)

    @property
    def sure(self) -> str:
        """The confidence in words."""
        return words.SURE[self.finding.confidence]

    @property
    def quote(self) -> str:
        """The words the note is about, cut to a line."""
        return shortened(self.finding.text)

    @property
    def beside(self) -> bool:
        """Whether the note is about no words of the text, and so stands in the text as a box of its own."""
        return self.spot.side != "in"

    @property
    def place(self) -> str:
        """What the box of the note says of its place: something is missing there, or the page's data are meant."""
        if self.spot.passage < 0:
            return "Whole file"
        return "Missing here" if self.finding.span.start == self.finding.span.end else "In the page’s data"

    @property
    def unset(self) -> str:
        """The snippet that a project could set to have a text to paste here; empty if it has, or none would fit."""
        return "" if self.paste else words.SNIPPETS.get(self.finding.rule, "")


class Places:
    """The passages of an article by where they begin in the source."""

    def __init__(self, passages: Sequence[Passage]) -> None:
        self._passages = passages
        self._order = sorted(
            (passage.segments[0].source, index) for index, passage in enumerate(passages) if passage.segments
        )
        self._starts = [start for start, _ in self._order]

    def at(self, offset: int) -> tuple[int, bool]:
        """The passage that holds ``offset``, else the last one that begins before it (-1: none); and whether it holds it."""
        place = bisect_right(self._starts, offset) - 1
        # A passage may stand inside another, as the description of an image does in its paragraph.
        for back in range(place, max(place - 8, -1), -1):
            index = self._order[back][1]
            if offset <= self._passages[index].segments[-1].source_end:
                return index, True
        return (self._order[place][1] if place >= 0 else -1), False

    def zone(self, index: int) -> str:
        """The zone of a passage; nothing for -1."""
        return self._passages[index].zone if index >= 0 else ""

    def after(self, offset: int) -> int:
        """The first passage that begins after ``offset``, or -1."""
        place = bisect_right(self._starts, offset)
        return self._order[place][1] if place < len(self._order) else -1

    def spot(self, span: Span, category: str = "") -> Spot:
        """Where ``span`` stands."""
        if category == "self" and span.start == 0:
            return Spot(-1)
        index, inside = self.at(span.start)
        if not inside:
            following = self.after(span.start)
            if following < 0:
                return Spot(index, side="after") if index >= 0 else Spot(-1)
            if self._passages[following].segments[0].source >= span.end:
                return Spot(following, side="before")
            index = following
        start, end = self._passages[index].cut(span)
        if span.start < span.end or 0 < start < len(self._passages[index].text):
            return Spot(index, start, end)
        return Spot(index, side="after" if start else "before")


def annotate(file: FileReport, rules: Mapping[str, Any]) -> tuple[Note, ...]:
    """The open findings of ``file`` as notes, numbered from 1 in reading order."""
    places = Places(file.passages)
    placed = sorted(
        ((places.spot(finding.span, finding.category), finding) for finding in file.open),
        key=lambda pair: (pair[0].passage, _SIDES[pair[0].side], pair[0].start, pair[1].severity.rank, pair[1].rule),
    )
    first: dict[str, tuple[int, str]] = {}
    return tuple(
        _note(number, finding, spot, first, rules.get(finding.rule), file, places)
        for number, (spot, finding) in enumerate(placed, 1)
    )


_SIDES = {"before": 0, "in": 1, "after": 2}


def _note(
    number: int,
    finding: Finding,
    spot: Spot,
    first: dict[str, tuple[int, str]],
    rule: Any,
    file: FileReport,
    places: Places,
) -> Note:
    paste, instead = _wording(finding, spot, rule)
    explained, advice = first.setdefault(finding.rule, (number, finding.advice))
    return Note(
        number,
        finding,
        file.source.position(finding.span.start).line,
        spot,
        explained,
        explained != number and advice == finding.advice and not finding.related,
        rule,
        paste,
        instead,
        tuple(_elsewhere(finding, file.passages, places)),
    )


def _wording(finding: Finding, spot: Spot, rule: Any) -> tuple[str, str]:
    """The text to paste for ``finding``, and the words it replaces."""
    fix = finding.fix
    if finding.span.start < finding.span.end:
        return (mended, finding.text) if fix is not None and (mended := _mended(finding, fix)) else ("", "")
    if fix is not None and len(fix.edits) == 1:
        return fix.edits[0].replacement.strip(), ""
    return (rule.notes.get("snippet", "") if rule is not None and spot.side != "in" else ""), ""


def _mended(finding: Finding, fix: Fix) -> str:
    """The words of ``finding`` as ``fix`` would have them; empty where it reaches beyond them."""
    start, end = finding.span
    if len(fix.edits) == 1 and fix.edits[0].span == finding.span:
        return fix.edits[0].replacement
    if end - start != len(finding.text) or not all(start <= e.span.start <= e.span.end <= end for e in fix.edits):
        return ""
    text = finding.text
    for edit in sorted(fix.edits, reverse=True):
        text = text[: edit.span.start - start] + edit.replacement + text[edit.span.end - start :]
    return text


def _elsewhere(finding: Finding, passages: Sequence[Passage], places: Places) -> Iterable[Elsewhere]:
    for message, group in groupby(finding.related[:_PLACES], key=lambda related: related.message):
        spots = [spot for related in group if (spot := places.spot(related.span)).passage >= 0]
        words_there = (
            (shortened(passages[spot.passage].text[spot.start : spot.end], 80), spot.passage) for spot in spots
        )
        yield Elsewhere(message, tuple((text, passage) for text, passage in words_there if text))


def shortened(text: str, length: int = _QUOTE) -> str:
    """``text`` on one line, cut to ``length``."""
    text = " ".join(text.split())
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"
