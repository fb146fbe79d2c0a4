"""An article as a report shows it: its blocks as plain values that outlive the document and cross to other processes."""

import html
import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

import msgspec

from medlint.document import OPAQUE, Block, Document, Element, Kind, Segment
from medlint.source import Span

_DEEPEST = 60
"""How far up a block's ancestors are looked at: hostile pages nest without end."""
_LISTS = ("ul", "ol", "menu")
_DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_OBJECT = re.compile(r"!\[|<([a-z]{1,12})", re.IGNORECASE)


class Stretch(msgspec.Struct, frozen=True):
    """Inline markup: the text range it covers, its tag, and where it leads if it is a link."""

    start: int
    end: int
    tag: str
    url: str = ""


class Place(msgspec.Struct, frozen=True):
    """Where a passage stands in a list or table; each part is named by the offset of its tag, which no other has.

    ``group`` is the outermost list, or the table; ``row`` the list item or table row; ``cell`` the cell. ``depth``
    counts nested lists, ``number`` is the ordinal in an ordered list (0 elsewhere), ``header`` marks heading cells.
    """

    group: int
    row: int
    cell: int = -1
    depth: int = 1
    number: int = 0
    header: bool = False


class Oddity(NamedTuple):
    """What stands at an offset of the text and cannot be shown as it is: an ``image``, ``code``, or ``U+202E``."""

    start: int
    what: str


class Passage(msgspec.Struct, frozen=True):
    """A block of an article: what it is, where on the page, its words, and the map from them to the source."""

    kind: str
    zone: str
    text: str
    segments: tuple[Segment, ...]
    level: int = 0
    hidden: bool = False
    stretches: tuple[Stretch, ...] = ()
    oddities: tuple[Oddity, ...] = ()
    place: Place | None = None

    def cut(self, span: Span) -> tuple[int, int]:
        """The range of ``text`` that the source characters of ``span`` became, as far as they lie in this passage."""
        return self._offset(span.start, first=True), self._offset(span.end, first=False)

    def _offset(self, source: int, *, first: bool) -> int:
        for start, end, begin, finish, literal in self.segments:
            if source < finish or (source == finish and not first):
                inside = start + max(source - begin, 0)
                return inside if literal else (start if first or source <= begin else end)
        return len(self.text)


def passages(document: Document) -> tuple[Passage, ...]:
    """The passages of ``document``, in order."""
    numbers: dict[int, tuple[int, int]] = {}
    return tuple(
        Passage(
            str(block.kind),
            str(block.zone),
            block.text,
            tuple(block.segments),
            block.level,
            block.hidden,
            tuple(
                Stretch(start, end, element.tag, element.attrs.get("href", "") if element.tag == "a" else "")
                for start, end, element in block.inlines
            ),
            tuple(_oddities(block, document.source.text)),
            _place(block, numbers),
        )
        for block in document.blocks
    )


def _oddities(block: Block, raw: str) -> Iterator[Oddity]:
    """Placeholders in the text of ``block``, and the marks of writing direction that reading it left out."""
    segments = block.segments
    if not segments:
        return
    if 0 <= (lead := segments[0].source - block.element.span.end) <= _DEEPEST:
        yield from _directions(raw[segments[0].source - lead : segments[0].source], 0)
    end = segments[0].source
    for segment in segments:
        yield from _directions(raw[end : segment.source], segment.start)
        end = segment.source_end
        if not segment.literal and block.text.startswith(OPAQUE, segment.start):
            tag = _OBJECT.match(raw, segment.source)
            what = "code" if tag is None else (tag[1] or "image").lower()
            yield Oddity(segment.start, "image" if what == "img" else what)


def _directions(raw: str, start: int) -> Iterator[Oddity]:
    return (Oddity(start, f"U+{ord(mark):04X}") for mark in _DIRECTION.findall(html.unescape(raw)))


def _place(block: Block, numbers: dict[int, tuple[int, int]]) -> Place | None:
    """The list or table place of ``block``. ``numbers`` holds the last item and its ordinal for each list met so far."""
    if block.kind is Kind.CELL:
        cell, row, table = (_closest(block, tags) for tags in (("td", "th"), ("tr", "thead"), ("table",)))
        if cell and row and table:
            return Place(table.span.start, row.span.start, cell.span.start, header="th" in (cell.tag, row.tag[:2]))
    elif block.kind is Kind.ITEM and (item := _closest(block, ("li",))):
        lists = [element for element in _near(block) if element.tag in _LISTS]
        if not lists:
            return Place(item.span.start, item.span.start)
        inner, here = lists[0], item.span.start
        last, number = numbers.get(inner.span.start, (-1, _first(inner) - 1))
        if last != here:
            numbers[inner.span.start] = (here, number := number + 1)
        return Place(lists[-1].span.start, here, depth=len(lists), number=number if inner.tag == "ol" else 0)
    return None


def _near(block: Block) -> Iterator[Element]:
    return islice(block.element.ancestors, _DEEPEST)


def _closest(block: Block, tags: tuple[str, ...]) -> Element | None:
    return next((element for element in _near(block) if element.tag in tags), None)


def _first(element: Element) -> int:
    start = element.attrs.get("start", "")
    return int(start) if start.isascii() and start.isdigit() and len(start) < 6 else 1
