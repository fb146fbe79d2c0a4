"""Medical words that the page uses and does not explain, and official words that have an everyday one."""

import re
from collections.abc import Collection, Iterable
from functools import cache

import msgspec

from medlint import data
from medlint.document import Block, Kind
from medlint.facts import Facts, terms
from medlint.finding import Edit, Fix, Hit, Safety
from medlint.rule import Rule

_SLASHED = re.compile(r"(?<![\w/.:-])(?P<one>[a-z]{3,})/(?P<other>[a-z]{2,})(?![\w/.-])", re.IGNORECASE)
_UNITS = frozenset("day week hour month year dose min kg mg ml dl night".split())


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab", omit_defaults=True):
    """``most``: the most findings on one page, medical words first, then those used most often. ``wordy``: also report
    official words that have an everyday one. ``slash``: also report words joined by a slash ("and/or"). ``also``: more
    medical words, each with its plain words."""

    most: int = 10
    wordy: bool = True
    slash: bool = False
    also: dict[str, str] = {}


class _Medical(msgspec.Struct, frozen=True):
    terms: dict[str, str]


class _Word(msgspec.Struct, frozen=True):
    hard: str
    plain: tuple[str, ...]
    strength: str


class _Everyday(msgspec.Struct, frozen=True):
    words: tuple[_Word, ...]


class _Use(msgspec.Struct, frozen=True):
    term: str
    block: Block
    start: int
    end: int


def _medical(options: Options) -> dict[str, str]:
    table: _Medical = data.table("medical-terms", _Medical)
    return table.terms | options.also


@cache
def _everyday() -> dict[str, tuple[str, ...]]:
    """Words that nearly always have a better everyday one."""
    table: _Everyday = data.table("plain-words", _Everyday)
    return {word.hard: word.plain for word in table.words if word.strength == "strong"}


def triggers(options: Options) -> frozenset[str]:
    """The words themselves; none where a slash is looked for too."""
    wordy = _everyday() if options.wordy else ()
    return frozenset() if options.slash else frozenset((*_medical(options), *wordy))


def run(facts: Facts, rule: Rule, options: Options) -> Iterable[Hit]:
    """Yield the first use of each word that nothing explains, unless the title has it or it is a link."""
    if not facts.topic.health or facts.topic.language not in ("en", "") or facts.profile.audience == "clinician":
        return
    medical = _medical(options)
    left = options.most
    for use in _by_weight(facts, rule, medical)[:left]:
        left -= 1
        fields = {"term": use.block.plain[use.start : use.end], "plain": medical[use.term]}
        yield Hit(use.block.span(use.start, use.end), fields)
    if options.wordy and left:
        everyday = {hard: plain for hard, plain in _everyday().items() if hard not in medical}
        yield from (_wordy(use, everyday[use.term]) for use in _by_weight(facts, rule, everyday)[:left])
    if options.slash:
        yield from _slashed(facts.document.prose(rule.zones))


def _by_weight(facts: Facts, rule: Rule, words: Collection[str]) -> list[_Use]:
    """The first uses of ``words``, the most used first; without those that the title has or the text explains."""
    title = terms.of_title(facts.document)
    first: dict[str, _Use] = {}
    times: dict[str, int] = {}
    for term in facts.occurring(words):
        uses = [use for block in facts.blocks_with((term,), rule.zones) for use in _uses(term, block)]
        if uses and terms.stem(term) not in title and not title.issuperset(map(terms.stem, term.split())):
            first[term], times[term] = uses[0], len(uses)
    found = [use for use in first.values() if not _is_explained(use) and not _is_within(use, first)]
    return sorted(found, key=lambda use: (-times[use.term], use.block.index, use.start))


def _wordy(use: _Use, plain: tuple[str, ...]) -> Hit:
    block, start, end = use.block, use.start, use.end
    words = block.plain[start:end]
    new = plain[0].capitalize() if words[0].isupper() else plain[0]
    safety = Safety.UNSAFE if len(plain) == 1 and block.editable(start, end) else Safety.DISPLAY
    fix = Fix((Edit(block.span(start, end), new),), safety) if words.lower() == use.term else None
    return Hit(
        block.span(start, end), {"term": words, "plain": " or ".join(f"“{word}”" for word in plain)}, "wordy", fix
    )


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


def _is_explained(use: _Use) -> bool:
    """Whether the use is glossed, or is a link that leads to an explanation."""
    block, start, end = use.block, use.start, use.end
    return terms.glossed(block, start, end) or any(link.start < end and start < link.end for link in block.links)


def _is_within(use: _Use, first: dict[str, _Use]) -> bool:
    """Whether the use is part of a longer term of the table."""
    longer = (
        other for other in first.values() if other is not use and other.block is use.block and use.term in other.term
    )
    return any(other.start <= use.start and use.end <= other.end for other in longer)


def _slashed(blocks: Iterable[Block]) -> Iterable[Hit]:
    for block in blocks:
        if "/" in block.plain and block.kind is not Kind.HEADING:
            for match in _SLASHED.finditer(block.plain):
                if not _UNITS & {match["one"].lower(), match["other"].lower()}:
                    yield Hit(block.span(*match.span()), {"term": match[0]}, variant="slash")
