"""schema.org data of a page, whichever way it is written: JSON-LD, microdata or RDFa become the same plain objects."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec

from medlint.document import Block, Element, Problem
from medlint.readers.builder import Builder, Marked, attribute_span
from medlint.readers.located import Located, Unreadable, json
from medlint.source import Source, Span

Object = Mapping[str, Any]

JSON_LD = "json-ld"
MICRODATA = "microdata"
RDFA = "rdfa"
_MAX_OBJECTS = 5_000
_OPENING = re.compile(r"[\s\ufeff]*(?:(?://\s*)?(?:<!\[CDATA\[|<!--))?")
_CLOSING = re.compile(r"(?://\s*)?(?:\]\]>|-->)\s*\Z")
_FOLLOWED = ("mainEntity", "mainEntityOfPage", "@graph")


class Thing(msgspec.Struct, frozen=True):
    """An object that describes the page itself, and how it was written."""

    data: Object
    origin: str

    @property
    def types(self) -> tuple[str, ...]:
        """Its schema.org types, without their address."""
        return types_of(self.data)


class Structured(msgspec.Struct, frozen=True):
    """The objects that describe the page, those that can be referred to by ``@id``, and what could not be read."""

    things: tuple[Thing, ...]
    by_id: Mapping[str, Object]
    problems: tuple[Problem, ...]


def types_of(data: Object) -> tuple[str, ...]:
    """The schema.org types of ``data``, without their address."""
    return tuple(re.split(r"[/#:]", str(name))[-1] for name in as_list(data.get("@type")) if name)


def as_list(value: Any) -> list[Any]:
    """One value or several, as several."""
    return value if isinstance(value, list) else [] if value is None else [value]


def read(source: Source, builder: Builder) -> Structured:
    """The structured data of a page. Blocks that are not JSON are reported with their place and skipped, as search
    engines skip them."""
    problems: list[Problem] = []
    things: list[Thing] = []
    by_id: dict[str, Object] = {}
    for span in _scripts(source, builder.json_ld):
        try:
            value = json(source.text, _unwrapped(source.text, span))
        except Unreadable as error:
            problems.append(Problem(error.span, "json-ld", error.words))
            continue
        by_id |= _identified(value)
        things += (Thing(data, JSON_LD) for data in _page_objects(value))
    if builder.marked or builder.metas:
        for origin, (scope, kind, name) in _MARKUP.items():
            things += (Thing(data, origin) for data in _items(source, builder, scope, kind, name))
    return Structured(tuple(things), by_id, tuple(problems))


# JSON-LD


def _scripts(source: Source, spans: Sequence[Span]) -> Iterator[Span]:
    """The JSON-LD scripts among ``spans``, each in one piece, even where the tokens of one came in several."""
    joined: list[Span] = []
    for span in spans:
        if joined and joined[-1].end == span.start:
            joined[-1] = Span(joined[-1].start, span.end)
        else:
            joined.append(span)
    for span in joined:
        tag = source.text[source.text.rfind("<script", 0, span.start) : span.start] if span.start else ""
        if "ld+json" in tag.lower() or (not tag and "@context" in source.slice(span)):
            yield span


def _unwrapped(text: str, span: Span) -> Span:
    """``span`` without the comment or CDATA marks that hide scripts from old browsers."""
    opening = _OPENING.match(text, *span)
    start = opening.end() if opening else span.start
    closing = _CLOSING.search(text, max(start, span.end - 40), span.end)
    return Span(start, closing.start() if closing else span.end)


def _objects(value: Any) -> Iterator[Object]:
    """Every object in ``value``, outer ones first."""
    waiting = [value]
    count = 0
    while waiting and count < _MAX_OBJECTS:
        current = waiting.pop()
        if isinstance(current, list):
            waiting += reversed(current)
        elif isinstance(current, Mapping):
            count += 1
            yield current
            waiting += reversed([item for item in current.values() if isinstance(item, list | dict)])


def _identified(value: Any) -> dict[str, Object]:
    """The objects that say more than their ``@id``, by it."""
    found: dict[str, Object] = {}
    for data in _objects(value):
        name = data.get("@id")
        if isinstance(name, str) and len(data) > 1 and len(data) > len(found.get(name, {})):
            found[name] = data
    return found


def _page_objects(value: Any) -> Iterator[Object]:
    """The objects at the top of ``value``, in its graph, and what they call their main entity.

    What else an object holds (citations, comments, reviews, list items) has authors and dates of its own.
    """
    waiting = as_list(value)
    seen = 0
    while waiting and seen < _MAX_OBJECTS:
        current = waiting.pop(0)
        seen += 1
        if isinstance(current, list):
            waiting = current + waiting
        elif isinstance(current, Mapping):
            if len(current) > 1 or "@graph" in current:
                yield current
            for key in _FOLLOWED:
                waiting += [item for item in as_list(current.get(key)) if isinstance(item, Mapping)]


# Microdata and RDFa

_MARKUP = {MICRODATA: ("itemscope", "itemtype", "itemprop"), RDFA: ("typeof", "typeof", "property")}
_LINKS = {"a": "href", "link": "href", "img": "src"}
_TEXT_PROPERTIES = frozenset(("author", "name", "reviewedBy", "creator", "editor"))


def _items(source: Source, builder: Builder, scope: str, kind: str, name: str) -> Iterator[Object]:
    """The top items of the page's markup; properties in no item at all belong to the page."""
    places: list[tuple[Element, Marked | None]] = [(marked.element, marked) for marked in builder.marked]
    places += [(element, None) for element in builder.metas]
    carrying = [
        (element, marked, names) for element, marked in places if (names := _names(element.attrs.get(name, "")))
    ]
    if not carrying:
        return
    carrying.sort(key=lambda place: place[0].span.start)
    items: dict[int, dict[str, Any]] = {
        id(element): {"@type": element.attrs.get(kind, "").split()}
        for element in builder.elements
        if scope in element.attrs
    }
    page: dict[str, Any] = {}
    owned: set[int] = set()
    for element, marked, names in carrying:
        owner = next((items[id(outer)] for outer in _outer(element) if id(outer) in items), page)
        value: Any = items.get(id(element))
        if value is not None:
            owned.add(id(value))
            if marked is not None:
                value.setdefault("#text", shown(builder.blocks, marked))
        else:
            value = _value(source, builder.blocks, element, marked, names[0])
        for key in names:
            owner.setdefault(key, []).append(value)
    yield from (item for item in items.values() if id(item) not in owned)
    if page:
        yield page


def _names(value: str) -> list[str]:
    """The schema.org properties that the value of ``itemprop`` or ``property`` names; ``og:title`` is none."""
    return [
        name.rpartition("/")[2].removeprefix("schema:")
        for name in value.split()
        if ":" not in name or name.startswith(("schema:", "http://schema.org/", "https://schema.org/"))
    ]


def _outer(element: Element) -> Iterator[Element]:
    ancestors = element.ancestors
    next(ancestors)
    return ancestors


def _value(source: Source, blocks: Sequence[Block], element: Element, marked: Marked | None, name: str) -> Located:
    attrs = element.attrs
    linked = _LINKS.get(element.tag) if name not in _TEXT_PROPERTIES else None
    for attribute in ("content", "datetime", linked):
        if attribute and attribute in attrs:
            return Located(attrs[attribute].strip(), attribute_span(source.text, element.span, attribute))
    return shown(blocks, marked) if marked else Located("", Span(element.span.end, element.span.end))


def shown(blocks: Sequence[Block], marked: Marked) -> Located:
    """The words that a marked element shows, of the first block in it that has any."""
    for index in range(marked.first, min(marked.last + 1, len(blocks))):
        block = blocks[index]
        start = marked.start if index == marked.first else 0
        end = marked.end if index == marked.last else len(block.text)
        words = block.text[start:end]
        if words.strip():
            lead = len(words) - len(words.lstrip())
            return Located(words.strip(), block.span(start + lead, start + len(words.rstrip())))
    return Located("", Span(marked.element.span.end, marked.element.span.end))
