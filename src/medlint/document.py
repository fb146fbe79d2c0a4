"""What a reader makes of a source: blocks of prose that remember where every character came from."""

import re
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cached_property
from itertools import accumulate, chain, pairwise
from string import ascii_letters, digits
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from medlint.sentences import split
from medlint.source import Source, Span

if TYPE_CHECKING:
    from bs4 import BeautifulSoup

OPAQUE = "\ufffc"
"""Stands in a block's text for inline code and images, so that sentences stay whole and nothing matches across."""


class Zone(StrEnum):
    """What part of the page a block is; it decides which rules see it."""

    TITLE = "title"
    BYLINE = "byline"
    BODY = "body"
    CALLOUT = "callout"
    DISCLAIMER = "disclaimer"
    SOURCES = "sources"
    BIO = "bio"
    PROMO = "promo"
    RELATED = "related"
    NAV = "nav"
    FOOTER = "footer"
    UI = "ui"
    META = "meta"

    __hash__ = str.__hash__  # of an enumeration's own, written in Python, a page is asked thousands of times


class Kind(StrEnum):
    """What a block is, whatever the zone."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    TERM = "term"
    CELL = "cell"
    CAPTION = "caption"
    QUOTE = "quote"
    LABEL = "label"
    ALT = "alt"
    TITLE = "title"
    DESCRIPTION = "description"
    NOTE = "note"

    __hash__ = str.__hash__


class Element:
    """A tag of the page with its attributes and ancestors; Markdown constructs carry the tag they stand for.

    ``prose`` is how many characters of running text are in it, and ``inside`` whether it is in the article, as far as
    the zones were assigned.
    """

    __slots__ = ("attrs", "hidden", "inside", "kind", "parent", "prose", "span", "tag", "why", "zone")

    def __init__(
        self,
        tag: str,
        attrs: Mapping[str, str],
        parent: "Element | None",
        span: Span,
        kind: Kind = Kind.PARAGRAPH,
        hidden: bool = False,
    ) -> None:
        self.tag = tag
        self.attrs = attrs
        self.parent = parent
        self.span = span
        self.kind = kind
        self.hidden = hidden
        self.zone: Zone | None = None
        self.why = ""
        self.prose = 0
        self.inside = False

    def __repr__(self) -> str:
        return f"<{self.tag} at {self.span.start}>"

    @property
    def ancestors(self) -> "Iterator[Element]":
        """This element, its parent, and so on up to the root."""
        element: Element | None = self
        while element is not None:
            yield element
            element = element.parent

    def closest(self, *tags: str) -> "Element | None":
        """The nearest of this element and its ancestors that has one of ``tags``."""
        return next((element for element in self.ancestors if element.tag in tags), None)


class Within:
    """Whether an element, or one around it up to the nearest of ``top``, passes ``test``: each is tested once."""

    def __init__(self, test: Callable[[Element], bool], top: Collection[str] = ()) -> None:
        self._test = test
        self._top = top
        self._known: dict[int, bool] = {}

    def __call__(self, element: Element) -> bool:
        known = self._known.get(id(element))
        if known is not None:
            return known
        found = False
        untested: list[Element] = []
        outer: Element | None = element
        while outer is not None:
            known = self._known.get(id(outer))
            if known is not None:
                found = known
                break
            untested.append(outer)
            outer = None if outer.tag in self._top else outer.parent
        for inner in reversed(untested):
            found = self._known[id(inner)] = found or self._test(inner)
        return found


class Segment(NamedTuple):
    """One piece of a block's map: text range, source range, and whether the characters are the same on both sides."""

    start: int
    end: int
    source: int
    source_end: int
    literal: bool


class Inline(NamedTuple):
    """An inline element and the text range it covers in its block."""

    start: int
    end: int
    element: Element


class Sentence(NamedTuple):
    """A sentence as a range of its block's text."""

    start: int
    end: int


_SAME_LENGTH = {
    **dict.fromkeys(map(ord, "\u00a0\u2007\u202f\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u2800\u3000\t"), " "),
    **dict.fromkeys(map(ord, "\u2018\u2019\u201b\u02bc\u2032\uff07"), "'"),
    **dict.fromkeys(map(ord, "\u201c\u201d\u201e\u201f\u2033\uff02"), '"'),
    **dict.fromkeys(map(ord, "\u2010\u2011"), "-"),
    **{code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F) if code not in (0xFF02, 0xFF07)},
    # Cyrillic and Greek letters that look Latin: a phrase spelt with them reads the same to a patient.
    **dict(
        zip(
            map(ord, "аеорсухіјѕԁһԛԝѵӏкАВЕКМНОРСТХІЈЅԚԜѴӀΑΒΕΖΗΙΚΜΝΟΡΤΥΧονικρυ"),
            "aeopcyxijsdhqwvlkABEKMHOPCTXIJSQWVIABEZHIKMNOPTYXovikpu",
            strict=True,
        )
    ),
    # The letters and digits of mathematical notation, thirteen alphabets and five rows of digits, and their kin.
    **{0x1D400 + index: ascii_letters[(index + 26) % 52] for index in range(676)},
    **{0x1D7CE + index: digits[index % 10] for index in range(50)},
    **{0x24B6 + index: ascii_letters[(index + 26) % 52] for index in range(52)},
    **{start + index: ascii_letters[index + 26] for start in (0x1F130, 0x1F150, 0x1F170) for index in range(26)},
    **dict(
        zip(
            map(ord, "ſıɡℎℊℓℴℯℹⅰⅴⅹⅼⅽⅾⅿℂℍℕℙℚℝℤℬℰℱℋℐℒℳℛℨℭℌℑℜⅠⅤⅩⅬⅭⅮⅯ\u212a\u212b"),
            "sighgloeiivxlcdmCHNPQRZBEFHILMRZCHIRIVXLCDMKA",
            strict=True,
        )
    ),
}
_NOT_PLAIN = re.compile(r"[^\x00-\x08\n-\x7f]")
_WORD = re.compile(r"[^\W_]+(?:['\-][^\W_]+)*")
find_words = _WORD.findall
"""The words of a text, or of a range of it: letters and digits, with apostrophes and hyphens inside."""


_APART = "".join(char if char.isalnum() or char in "'-" else " " for char in map(chr, range(128)))
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_LOOSE = re.compile(r"['-](?:(?<![a-z0-9].)|(?![a-z0-9]))")


def _plain(text: str) -> str:
    for char in set(_NOT_PLAIN.findall(text)):  # quicker than ``translate``, which looks up every character
        if simpler := _SAME_LENGTH.get(ord(char)):
            text = text.replace(char, simpler)
    return text


def _lower(text: str) -> str:
    lowered = text.lower()
    return lowered if len(lowered) == len(text) else "".join(char.lower()[:1] for char in text)


class Block:
    """One run of prose: clean ``text``, and the map from any range of it to the exact source characters.

    ``plain`` is ``text`` with every character replaced by a simpler one of the same length (straight quotes, plain
    spaces and hyphens, Latin letters for look-alikes), so rules match on it and positions stay true; ``lower`` is that
    in lower case, of the same length.
    """

    def __init__(
        self,
        kind: Kind,
        text: str,
        segments: Sequence[Segment],
        element: Element,
        *,
        level: int = 0,
        inlines: Sequence[Inline] = (),
        hidden: bool = False,
    ) -> None:
        self.kind = kind
        self.text = text
        self.plain = text if text.isascii() and "\t" not in text else _plain(text)
        self.lower = _lower(self.plain)
        self.segments = segments
        self.element = element
        self.level = level
        self.inlines = inlines
        self.hidden = hidden
        self.zone = Zone.BODY
        self.why = ""
        self.index = 0
        self.section = 0

    def __repr__(self) -> str:
        return f"<{self.zone} {self.kind} {self.text[:40]!r}>"

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences of the block, in order; abbreviations, decimals and initials do not end one."""
        return tuple(Sentence(start, end) for start, end in split(self.plain))

    @cached_property
    def has_digits(self) -> bool:
        """Whether there can be a digit in the text: what is written with other than ASCII may hold one."""
        return not self.plain.isascii() or any(map(self.plain.__contains__, digits))

    @cached_property
    def words(self) -> tuple[tuple[int, int], ...]:
        """The ranges of the words. What is between two of them is none, so that the next is found where it stands."""
        find, end = self.lower.find, 0
        return tuple([(start := find(word, end), end := start + len(word)) for word in self.spelt])

    @cached_property
    def spelt_sentences(self) -> tuple[tuple[str, ...], ...]:
        """The words of each sentence in lower case; where they stand is in ``words``, at a higher price."""
        lower = self.lower
        if not lower.isascii():
            for char in set(_NOT_ASCII.findall(lower)):
                if not char.isalnum():
                    lower = lower.replace(char, " ")
        if lower.isascii():
            if "'" in lower or "-" in lower:
                lower = _LOOSE.sub(" ", lower)
            apart = lower.translate(_APART)  # what is between words made spaces: half the time of a search
            if len(self.sentences) == 1:
                return (tuple(apart.split()),)
            return tuple([tuple(apart[start:end].split()) for start, end in self.sentences])
        return tuple([tuple(find_words(lower, start, end)) for start, end in self.sentences])

    @cached_property
    def spelt(self) -> tuple[str, ...]:
        """The words in lower case."""
        sentences = self.spelt_sentences
        return sentences[0] if len(sentences) == 1 else tuple(chain.from_iterable(sentences))

    @cached_property
    def _starts(self) -> list[int]:
        return [segment.start for segment in self.segments]

    def span(self, start: int = 0, end: int | None = None) -> Span:
        """The source span of ``text[start:end]``; an entity is never cut, and an empty range is an insertion point."""
        end = len(self.text) if end is None else end
        if not self.segments:
            return Span(self.element.span.end, self.element.span.end)
        first = self.segments[max(bisect_right(self._starts, start) - 1, 0)]
        if start >= first.end:
            begin = first.source_end
        else:
            begin = first.source + (start - first.start) if first.literal else first.source
        if end <= start:
            return Span(begin, begin)
        last = self.segments[bisect_right(self._starts, end - 1) - 1]
        finish = last.source + (end - last.start) if last.literal and end <= last.end else last.source_end
        return Span(begin, finish)

    def editable(self, start: int, end: int) -> bool:
        """Whether ``text[start:end]`` is one contiguous run of source with no markup inside, so a fix is safe."""
        if end <= start or not self.segments:
            return False
        low = bisect_right(self._starts, start) - 1
        high = bisect_right(self._starts, end - 1) - 1
        pieces = self.segments[low : high + 1]
        return all(left.source_end == right.source for left, right in pairwise(pieces))

    def segments_in(self, span: Span) -> Iterator[Segment]:
        """The segments that come from source characters of ``span``."""
        index = bisect_right(self._sources, span.start) - 1
        for position in range(max(index, 0), len(self.segments)):
            segment = self.segments[position]
            if segment.source >= span.end:
                return
            if segment.source_end > span.start:
                yield segment

    @cached_property
    def _sources(self) -> list[int]:
        return [segment.source for segment in self.segments]

    def sentence_at(self, offset: int) -> Sentence:
        """The sentence that holds the character at ``offset``."""
        index = bisect_right(self._sentence_starts, offset) - 1
        return self.sentences[max(index, 0)] if self.sentences else Sentence(0, len(self.text))

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [sentence.start for sentence in self.sentences]

    @property
    def links(self) -> Iterator[Inline]:
        """The inline links of the block."""
        return (inline for inline in self.inlines if inline.element.tag == "a" and "href" in inline.element.attrs)


class Link(msgspec.Struct, frozen=True):
    """A hyperlink: where it leads, the words it shows, and both their places."""

    url: str
    text: str
    span: Span
    block: Block | None
    start: int
    end: int
    element: Element


class Image(msgspec.Struct, frozen=True):
    """An image and its alternative text; ``alt`` is None where none is given."""

    url: str
    alt: str | None
    span: Span
    element: Element


class Comment(msgspec.Struct, frozen=True):
    """A comment of the source, and the number of blocks that precede it."""

    text: str
    span: Span
    before: int


class Section(msgspec.Struct, frozen=True):
    """A heading with the blocks under it: ``blocks[start:end]``, the heading itself at ``start`` where there is one."""

    heading: Block | None
    level: int
    start: int
    end: int


class Date(msgspec.Struct, frozen=True):
    """A calendar day a page states. ``precision`` is day, month or year; ``day`` is an ISO date of the first such day."""

    day: str
    precision: str
    span: Span
    origin: str
    text: str

    @property
    def stated(self) -> str:
        """The date in ISO form, no more precise than the page states it: ``2024-10-04``, ``2024-10`` or ``2024``."""
        return self.day[: {"year": 4, "month": 7}.get(self.precision, 10)]


class Person(msgspec.Struct, frozen=True):
    """A person the page names in a role, with credentials as written, and where that was found."""

    name: str
    credentials: tuple[str, ...]
    span: Span
    origin: str
    kind: str = "person"
    url: str = ""
    text: str = ""


class Problem(msgspec.Struct, frozen=True):
    """Metadata that cannot be used as written: where, what kind of fault, and what a parser or the name says of it."""

    span: Span
    kind: str
    words: str


class Metadata(msgspec.Struct, frozen=True):
    """One typed view of front matter, JSON-LD, microdata, RDFa and ``<meta>``; the visible byline is read by facts.

    Each value is as written and says where it came from; the most telling origin comes first. ``types`` are the
    schema.org types of the page, ``due`` the dates of its next review, ``robots`` what it asks of search engines, and
    ``states`` what its front matter declares of it (draft, archived).
    """

    title: str = ""
    site: str = ""
    url: str = ""
    types: tuple[str, ...] = ()
    authors: tuple[Person, ...] = ()
    reviewers: tuple[Person, ...] = ()
    published: tuple[Date, ...] = ()
    updated: tuple[Date, ...] = ()
    reviewed: tuple[Date, ...] = ()
    due: tuple[Date, ...] = ()
    citations: tuple[str, ...] = ()
    robots: str = ""
    states: frozenset[str] = frozenset()
    suppressions: Mapping[str, str] = {}
    front_matter: Span | None = None
    problems: tuple[Problem, ...] = ()


class Document:
    """An article as read: blocks in order, sections, links, images, comments and metadata."""

    def __init__(
        self,
        source: Source,
        format: str,
        *,
        blocks: tuple[Block, ...],
        sections: tuple[Section, ...],
        links: tuple[Link, ...],
        images: tuple[Image, ...],
        comments: tuple[Comment, ...],
        ids: frozenset[str],
        language: str,
        metadata: Metadata,
        markup: Callable[[], str],
    ) -> None:
        self.source = source
        self.format = format
        self.blocks = blocks
        self.sections = sections
        self.links = links
        self.images = images
        self.comments = comments
        self.ids = ids
        self.language = language
        self.metadata = metadata
        self._markup = markup
        self._prose: dict[str, Sequence[Block]] = {}

    def prose(self, zones: Collection[Zone] = (Zone.BODY, Zone.CALLOUT)) -> Sequence[Block]:
        """The visible blocks of ``zones`` (all if empty), in order."""
        key = " ".join(zones)  # hashing zones costs more
        found = self._prose.get(key)
        if found is None:
            found = tuple([block for block in self.blocks if not block.hidden and (not zones or block.zone in zones)])
            self._prose[key] = found
        return found

    @cached_property
    def running(self) -> tuple[str, Sequence[int]]:
        """The text of all blocks in lower case, a line break between them, and where each begins in it."""
        text = "\n".join([block.lower for block in self.blocks])
        return text, tuple(accumulate([len(block.lower) + 1 for block in self.blocks], initial=0))

    def holding(self, pattern: re.Pattern[str]) -> Iterator[Block]:
        """The blocks in whose text in lower case ``pattern`` is found, in order, read in one go."""
        text, starts = self.running
        match = pattern.search(text)
        while match is not None:
            index = bisect_right(starts, match.start()) - 1
            yield self.blocks[index]
            match = pattern.search(text, starts[index + 1])

    @cached_property
    def title(self) -> Block | None:
        """The article's title: the first block of the title zone."""
        return next((block for block in self.blocks if block.zone is Zone.TITLE), None)

    @cached_property
    def soup(self) -> "BeautifulSoup":
        """Beautiful Soup of the article, for checks that query the DOM; built on first use.

        turbohtml's tree is serialised first: html.parser never sees the raw markup, on which it can hang (CVE-2025-6069).
        """
        from bs4 import BeautifulSoup

        return BeautifulSoup(self._markup(), "html.parser")

    def block_at(self, offset: int) -> Block | None:
        """The block whose source range holds ``offset``, or the last one before it."""
        starts: list[int] = self._block_starts
        index = bisect_right(starts, offset) - 1
        return self._by_place[index] if index >= 0 else None

    @cached_property
    def _by_place(self) -> list[Block]:
        return sorted((block for block in self.blocks if block.segments), key=lambda block: block.segments[0].source)

    @cached_property
    def _block_starts(self) -> list[Any]:
        return [block.segments[0].source for block in self._by_place]
