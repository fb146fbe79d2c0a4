"""Sources that can hardly carry a health claim: written by anybody, second-hand, selling, unreviewed, or old."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

import msgspec

from medlint.document import Block
from medlint.facts import Facts, hosts
from medlint.finding import Hit, Related
from medlint.rule import Rule

_WEAK = ("tertiary", "user", "ai", "shop", "release")
_YEAR = re.compile(r"\b(?:19[5-9]\d|20\d\d)\b")
_SAID = re.compile(r"\bpre-?prints?\b|\bnot (?:yet )?peer[- ]reviewed\b", re.IGNORECASE)


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab", omit_defaults=True):
    """``newest``: the age in years that the newest source may have; ``median``: and the one in the middle."""

    newest: int = 5
    median: int = 10


class _Source(msgspec.Struct, frozen=True):
    block: Block
    start: int
    end: int
    kind: str
    text: str


def run(facts: Facts, rule: Rule, options: Options) -> Iterable[Hit]:  # noqa: ARG001
    """Yield one hit for a weak mix, one for each chat transcript and unmarked preprint, and one for old sources."""
    if not facts.topic.health:
        return
    sources = tuple(_sources(facts))
    for source in sources:
        if source.kind == "ai" or (source.kind == "preprint" and not _SAID.search(source.text)):
            yield Hit(source.block.span(source.start, source.end), variant=source.kind)
    kinds = Counter(source.kind for source in sources)
    weak = [source for source in sources if source.kind in _WEAK]
    if weak and ((not kinds["authority"] and len(weak) * 2 >= len(sources)) or len(weak) * 2 > len(sources)):
        first, *others = weak
        related = tuple(Related(source.block.span(source.start, source.end), "weak") for source in others[:5])
        fields = {"weak": str(len(weak)), "count": str(len(sources))}
        yield Hit(first.block.span(first.start, first.end), fields, related=related)
    yield from _old(facts, options)


def _sources(facts: Facts) -> Iterator[_Source]:
    own = hosts.own(facts.document)
    listed = False
    for entry in facts.citations.entries:
        listed = True
        found = [hosts.host_of(link.url) for link in entry.links]
        kinds = {"own" if own and hosts.owner(host) == own else hosts.kind_of(host) for host in found if host}
        if "authority" in kinds:
            kind = "authority"
        elif "wikipedia" in entry.text.lower():
            kind = "tertiary"
        else:
            kind = next((kind for kind in (*_WEAK, "preprint") if kind in kinds), "")
        yield _Source(entry.block, entry.start, entry.end, kind, entry.text)
    if listed:
        return
    for mark in facts.citations.marks:
        if mark.kind == "link":
            host = hosts.host_of(mark.keys[0])
            yield _Source(mark.block, mark.start, mark.end, hosts.kind_of(host), mark.block.plain)


def _old(facts: Facts, options: Options) -> Iterator[Hit]:
    years = []
    for entry in facts.citations.entries:
        found = [int(year) for year in _YEAR.findall(entry.text) if int(year) <= facts.today.year]
        if found:
            years.append(max(found))
    if len(years) < 3 or len(years) * 2 < sum(1 for _ in facts.citations.entries):
        return
    newest, middle = max(years), sorted(years)[len(years) // 2]
    if facts.today.year - newest > options.newest or facts.today.year - middle > options.median:
        place = next(iter(facts.citations.lists))
        first = next(facts.citations.entries)
        span = place.heading.span(place.start, place.end) if place.heading else first.block.span(first.start, first.end)
        yield Hit(span, {"newest": str(newest), "median": str(middle)}, variant="old")
