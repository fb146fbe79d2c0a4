"""Medical words that the page uses and does not explain."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

import msgspec

from medlint import data
from medlint.document import Block, Kind
from medlint.facts import Facts, terms
from medlint.finding import Hit
from medlint.rule import Rule

_SLASHED = re.compile(r"(?<![\w/.:-])(?P<one>[a-z]{3,})/(?P<other>[a-z]{2,})(?![\w/.-])", re.IGNORECASE)
_UNITS = frozenset("day week hour month year dose min kg mg ml dl night".split())


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab", omit_defaults=True):
    """``most``: the most findings on one page, the words used most often first. ``slash``: also report words joined by
    a slash ("and/or"). ``also``: more words, each with its plain words."""

    most: int = 10
    slash: bool = False
    also: dict[str, str] = {}


class _Table(msgspec.Struct, frozen=True):
    terms: dict[str, str]


class _Use(NamedTuple):
    term: str
    block: Block
    start: int
    end: int


def triggers(options: Options) -> frozenset[str]:
    """The words themselves; none where a slash is looked for too."""
    return frozenset() if options.slash else frozenset(_terms(options))


def _terms(options: Options) -> dict[str, str]:
    table: _Table = data.table("medical-terms", _Table)
    return table.terms | options.also


def run(facts: Facts, rule: Rule, options: Options) -> Iterable[Hit]:
    """Yield the first use of each word that nothing explains, unless the title has it or it is a link."""
    if not facts.topic.health or facts.topic.language not in ("en", "") or facts.profile.audience == "clinician":
        return
    plain = _terms(options)
    title = terms.of_title(facts.document)
    first: dict[str, _Use] = {}
    times: dict[str, int] = {}
    for term in plain:
        uses = [use for block in facts.blocks_with((term,), rule.zones) for use in _uses(term, block)]
        if uses and terms.stem(term) not in title and not title.issuperset(map(terms.stem, term.split())):
            first[term], times[term] = uses[0], len(uses)
    unexplained = [use for use in first.values() if not _is_explained(use, first)]
    unexplained.sort(key=lambda use: (-times[use.term], use.block.index, use.start))
    for use in unexplained[: options.most]:
        words = use.block.plain[use.start : use.end]
        yield Hit(use.block.span(use.start, use.end), {"term": words, "plain": plain[use.term]})
    if options.slash:
        yield from _slashed(facts.document.prose(rule.zones))


def _uses(term: str, block: Block) -> Iterable[_Use]:
    """The places where ``term`` stands as a word of its own in running text."""
    if block.kind in (Kind.HEADING, Kind.ALT, Kind.LABEL):
        return
    lower = block.lower
    start = lower.find(term)
    while start >= 0:
        end = start + len(term)
        if lower[end : end + 1] == "s":
            end += 1
        around = lower[max(start - 1, 0) : start] + lower[end : end + 1]
        if not any(char.isalnum() or char == "-" for char in around) and not _is_in_name(block.plain, start, end):
            yield _Use(term, block, start, end)
        start = lower.find(term, end)


def _is_in_name(text: str, start: int, end: int) -> bool:
    """Whether the capitalised words at ``start`` belong to a name or title ("Mortality Survey")."""
    return text[start].isupper() and bool(
        _NAME_AFTER.match(text, end) or _NAME_BEFORE.search(text, max(0, start - 30), start)
    )


_NAME_AFTER = re.compile(r" (?:(?:and|of|in|for) )?(?:[A-Z]|\d)")
_NAME_BEFORE = re.compile(r"[A-Z]\w+,? (?:(?:and|of|in|for) )?$")


def _is_explained(use: _Use, first: dict[str, _Use]) -> bool:
    """Whether the first use is glossed, is a link, or is part of a longer term of the table."""
    block, start, end = use.block, use.start, use.end
    if terms.glossed(block, start, end) or any(link.start < end and start < link.end for link in block.links):
        return True
    longer = (other for other in first.values() if other is not use and other.block is block and use.term in other.term)
    return any(other.start <= start and end <= other.end for other in longer)


def _slashed(blocks: Iterable[Block]) -> Iterable[Hit]:
    for block in blocks:
        if "/" in block.plain and block.kind is not Kind.HEADING:
            for match in _SLASHED.finditer(block.plain):
                if not _UNITS & {match["one"].lower(), match["other"].lower()}:
                    yield Hit(block.span(*match.span()), {"term": match[0]}, variant="slash")
