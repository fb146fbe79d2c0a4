"""The article as the report shows it: areas of rows of pieces of text, with the notes on each."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
from urllib.parse import urlsplit

import msgspec

from medlint.document import OPAQUE
from medlint.report.html import words
from medlint.report.html.notes import Note
from medlint.report.passage import Passage

_TAGS = {
    "b": "strong", "strong": "strong", "i": "em", "em": "em", "cite": "em", "dfn": "em",
    "s": "s", "del": "s", "sub": "sub", "sup": "sup",
}  # fmt: skip
_FRAME = "frame"


class Piece(msgspec.Struct, frozen=True):
    """A run of characters that look alike, and the notes on it.

    ``url`` is an outside address, which may be followed; ``dead`` says that the article has a link here that the report
    does not follow: to its own site, of another kind, or around the article. ``what`` names a thing that cannot be shown. ``ends`` are the notes whose words end here.
    """

    text: str
    tags: tuple[str, ...] = ()
    url: str = ""
    dead: bool = False
    what: str = ""
    notes: tuple[Note, ...] = ()
    ends: tuple[Note, ...] = ()

    @property
    def worst(self) -> str:
        """The severity that the piece is marked with."""
        return str(min((note.finding.severity for note in self.notes), key=lambda severity: severity.rank))


class Shown(msgspec.Struct, frozen=True):
    """A passage ready to be shown, and its number among the passages. ``level`` is the heading level in the report, which skips none."""

    at: int
    kind: str
    passage: Passage
    level: int
    pieces: tuple[Piece, ...]
    before: tuple[Note, ...]
    notes: tuple[Note, ...]
    after: tuple[Note, ...]


class Row(msgspec.Struct, frozen=True):
    """What stands on its own: a paragraph, a heading, a whole list (``items``) or table (``lines`` of cells)."""

    kind: str
    shown: tuple[Shown, ...]

    @property
    def items(self) -> Iterable[tuple[Shown, ...]]:
        """The items of a list, each with its paragraphs."""
        return (tuple(group) for _, group in groupby(self.shown, key=lambda shown: _place(shown, "row")))

    @property
    def lines(self) -> Iterable[tuple[tuple[Shown, ...], ...]]:
        """The lines of a table, each with its cells, each with its paragraphs."""
        return (
            tuple(tuple(cell) for _, cell in groupby(line, key=lambda shown: _place(shown, "cell")))
            for line in self.items
        )

    @property
    def notes(self) -> Iterable[Note]:
        """The notes on any part of it."""
        return (note for shown in self.shown for note in shown.notes)

    @property
    def missing(self) -> Iterable[Note]:
        """What is missing anywhere in it."""
        return (note for shown in self.shown for note in (*shown.before, *shown.after))


class Area(msgspec.Struct, frozen=True):
    """A run of the page that is one thing: the body, a box. ``frame`` marks what surrounds the article, of any kind."""

    zone: str
    label: str
    frame: bool
    rows: tuple[Row, ...]

    @property
    def noted(self) -> int:
        """How many notes stand in it."""
        return sum(len(shown.before) + len(shown.notes) + len(shown.after) for row in self.rows for shown in row.shown)


def areas(passages: Sequence[Passage], notes: Sequence[Note], top: int = 3) -> tuple[Area, ...]:
    """The article of ``passages`` with its ``notes``. Its highest headings are of level ``top``."""
    by_passage: dict[int, list[Note]] = {}
    for note in notes:
        by_passage.setdefault(note.spot.passage, []).append(note)
    visible = [index for index, passage in enumerate(passages) if passage.text.strip() or index in by_passage]
    levels = _levels(passages, visible, top)
    result = []
    for zone, group in groupby(visible, key=lambda index: _zone(passages[index])):
        shown = [_shown(index, passages[index], levels.get(index, 0), by_passage.get(index, [])) for index in group]
        labels = dict.fromkeys(words.ZONES.get(part.passage.zone, part.passage.zone) for part in shown)
        label = words.sentence(words.listed([label.lower() for label in labels]))
        result.append(Area(zone, label, zone == _FRAME, tuple(_rows(shown))))
    return tuple(result)


def _zone(passage: Passage) -> str:
    return _FRAME if passage.zone in words.FRAME else passage.zone


def _levels(passages: Sequence[Passage], visible: Iterable[int], top: int) -> dict[int, int]:
    """A level for each heading: no higher than ``top``, no deeper than 6, and never two below the one before."""
    levels: dict[int, int] = {}
    highest = min(
        (p.level for p in passages if p.kind == "heading" and p.level and p.zone not in words.FRAME), default=1
    )
    previous = top - 1
    for index in visible:
        passage = passages[index]
        if passage.kind == "heading":
            wanted = top + max((passage.level or highest) - highest, 0)
            previous = levels[index] = min(wanted, previous + 1, 6)
    return levels


def _rows(shown: Iterable[Shown]) -> Iterator[Row]:
    for (kind, _), group in groupby(shown, key=_together):
        row = Row(kind, tuple(group))
        if kind == "table" and all(len(line) < 2 for line in row.lines):
            yield from (Row("paragraph", (part,)) for part in row.shown)  # a table that only lays out the page
        elif kind in ("list", "table"):
            yield row
        else:
            yield from (Row(kind, (part,)) for part in row.shown)


def _together(shown: Shown) -> tuple[str, int]:
    place = shown.passage.place
    if place is None:
        return shown.kind, -1
    return ("table" if shown.kind == "cell" else "list"), place.group


def _place(shown: Shown, part: str) -> int:
    return -1 if shown.passage.place is None else int(getattr(shown.passage.place, part))


def _shown(index: int, passage: Passage, level: int, notes: Sequence[Note]) -> Shown:
    inside = [note for note in notes if not note.beside]
    kind = passage.kind
    if passage.place is None and kind in ("item", "cell"):
        kind = "paragraph"
    return Shown(
        index,
        kind,
        passage,
        level,
        tuple(pieces(passage, inside)),
        tuple(note for note in notes if note.spot.side == "before"),
        tuple(inside),
        tuple(note for note in notes if note.spot.side == "after"),
    )


def pieces(passage: Passage, notes: Sequence[Note]) -> Iterator[Piece]:
    """The text of ``passage`` cut wherever its look, its link or its notes change."""
    text = passage.text
    cuts = {0, len(text)}
    for stretch in passage.stretches:
        cuts |= {stretch.start, stretch.end}
    for note in notes:
        cuts |= {note.spot.start, note.spot.end}
    oddities: dict[int, list[str]] = {}
    for start, what in passage.oddities:
        cuts |= {start, start + text.startswith(OPAQUE, start)}
        oddities.setdefault(start, []).append(what)
    edges = sorted(cut for cut in cuts if 0 <= cut <= len(text))
    ends: dict[int, list[Note]] = {}
    for note in notes:
        ends.setdefault(note.spot.end, []).append(note)
    opened = sorted(passage.stretches, key=lambda stretch: stretch.start)
    marked = sorted(notes, key=lambda note: note.spot.start)
    live: list[int] = []
    on: list[Note] = []
    following = marking = 0
    if not text:
        yield Piece("", ends=tuple(ends.get(0, ())))
    for start, end in pairwise(edges):
        while following < len(opened) and opened[following].start <= start:
            live.append(following)
            following += 1
        live = [index for index in live if opened[index].end > start]
        while marking < len(marked) and marked[marking].spot.start <= start:
            on.append(marked[marking])
            marking += 1
        on = [note for note in on if note.spot.end > start]
        urls = [opened[index].url for index in live if opened[index].tag == "a"]
        url = outside(urls[-1]) if urls and passage.zone not in words.FRAME and text[start:end].strip() else ""
        whats = oddities.get(start, [])
        yield from (Piece("", what=what, notes=tuple(on)) for what in whats if what.startswith("U+"))
        thing = next((what for what in whats if not what.startswith("U+")), "")
        yield Piece(
            "" if thing else text[start:end],
            tuple(dict.fromkeys(_TAGS[opened[index].tag] for index in live if opened[index].tag in _TAGS)),
            url,
            bool(urls) and not url,
            thing,
            tuple(on),
            tuple(ends.get(end, ())) + (tuple(ends.get(0, ())) if start == 0 else ()),
        )


def outside(url: str) -> str:
    """``url`` if it is an address of the web or of e-mail, and so may be followed from a report; else nothing."""
    url = url.strip()
    if not url.isprintable():
        return ""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    if parts.scheme in ("http", "https") and parts.hostname:
        return url
    return url if parts.scheme == "mailto" and "@" in parts.path else ""
