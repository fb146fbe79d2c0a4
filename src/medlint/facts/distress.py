"""Whether a page touches what may bring a reader in distress: suicide, self-harm, overdose, abuse, eating disorders.

Words count by their sense: a suicide gene, oilseed rape, or anorexia in a list of side effects do not. Negation cancels
nothing, for "if you are not suicidal" still puts the subject before the reader.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import chain, islice, takewhile
from typing import NamedTuple

import msgspec

from medlint.data import table
from medlint.document import Block, Document, Kind, Zone
from medlint.matching import Rare, Scanner
from medlint.source import Span

SUICIDE = frozenset(("suicide", "self-harm"))
"""Topics of which one mention is enough."""
MOST = 100
"""So many words of one row settle what a page is about; a page that repeats one for ever costs no more."""
GLOSSARY = 30
"""A list of so many short items is a glossary or a menu, and its words are not the page's subject."""


class Row(msgspec.Struct, frozen=True):
    """A row of the table of triggers: the words for one topic."""

    id: str
    topic: str
    strength: str
    phrases: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()


class Exclusion(msgspec.Struct, frozen=True):
    """Another sense of some triggers' words."""

    id: str
    triggers: tuple[str, ...]
    effect: str
    scope: str
    patterns: tuple[str, ...]


class _Topics(msgspec.Struct, frozen=True):
    triggers: tuple[Row, ...]
    exclusions: tuple[Exclusion, ...]


class Trigger(msgspec.Struct, frozen=True):
    """Words that touch a topic of distress. ``strength`` is strong, medium or topic (which only says the line that fits).

    ``prominent`` says that they stand in the title or a heading, ``listed`` that they are among side effects.
    """

    id: str
    topic: str
    strength: str
    block: Block
    start: int
    end: int
    prominent: bool
    listed: bool

    @property
    def span(self) -> Span:
        """Where the words stand in the source."""
        return self.block.span(self.start, self.end)


class Weight(msgspec.Struct, frozen=True):
    """What the triggers amount to: whether the page needs a line, whether that is beyond doubt, and for which topics."""

    needed: bool
    certain: bool
    topics: tuple[str, ...]


class _Known(NamedTuple):
    """A row with its phrases in lower case, its patterns, and all strings one of which must occur."""

    row: Row
    phrases: tuple[str, ...]
    patterns: tuple[Rare, ...]
    literals: frozenset[str]


class _Lexicon(msgspec.Struct, frozen=True):
    """The rows, the exclusions by row, and what finds all literals."""

    rows: tuple[_Known, ...]
    exclusions: Mapping[str, tuple[tuple[Exclusion, Rare], ...]]
    scanner: Scanner


@cache
def _lexicon() -> _Lexicon:
    topics = table("topics", _Topics)
    rows = []
    for row in topics.triggers:
        phrases = tuple(dict.fromkeys(phrase.lower().replace("\u2019", "'") for phrase in row.phrases))
        patterns = tuple(map(Rare, row.patterns))
        literals = frozenset(phrases).union(*(pattern.literals for pattern in patterns))
        rows.append(_Known(row, phrases, patterns, literals))
    exclusions: dict[str, list[tuple[Exclusion, Rare]]] = {}
    for exclusion in topics.exclusions:
        pattern = Rare("|".join(f"(?:{part})" for part in exclusion.patterns))
        for trigger in exclusion.triggers:
            exclusions.setdefault(trigger, []).append((exclusion, pattern))
    scanner = Scanner(literal for known in rows for literal in known.literals)
    return _Lexicon(tuple(rows), {trigger: tuple(found) for trigger, found in exclusions.items()}, scanner)


_ZONES = frozenset((Zone.TITLE, Zone.BODY, Zone.CALLOUT))
_ENTRIES = frozenset((Kind.ITEM, Kind.TERM))
_LISTED = Rare(r"\b(?:side[- ]effects?|adverse (?:effects?|reactions?|events?)|boxed warning|can cause|may cause)\b")


def find(document: Document, offers: Mapping[int, Sequence[tuple[int, int]]]) -> tuple[Trigger, ...]:
    """The triggers of ``document``, in order.

    ``offers`` are the ranges, by block index, in which a helpline is given or named: what stands there offers help and
    is not the subject.
    """
    lexicon = _lexicon()
    where = _on_subject(document, lexicon.scanner.scan(document))
    senses = _Senses()
    found: list[Trigger] = []
    for row, phrases, patterns, literals in lexicon.rows:
        if where.keys().isdisjoint(literals):
            continue
        matches = sorted(set(chain(_of_phrases(phrases, where), _of_patterns(patterns, where))))
        for index, start, end in matches[:MOST]:
            block = document.blocks[index]
            if any(low <= start and end <= high for low, high in offers.get(index, ())):
                continue
            if strength := senses.strength(row, block, start, end):
                prominent = block.kind is Kind.HEADING
                listed = _is_listed(document, block, start)
                found.append(Trigger(row.id, row.topic, strength, block, start, end, prominent, listed))
    return tuple(_once(found))


def _on_subject(document: Document, where: Mapping[str, tuple[Block, ...]]) -> Mapping[str, tuple[Block, ...]]:
    """What of ``where`` speaks of the subject of the page: no menus, glossaries and teasers."""
    candidates = {block for blocks in where.values() for block in blocks if block.zone in _ZONES and not block.hidden}
    cards = _cards(document) if candidates else ()
    read = {
        block
        for block in candidates
        if block.kind is not Kind.ALT
        and block.index not in cards
        and not _is_link(block)
        and not _in_glossary(document.blocks, block.index)
    }
    kept = ((literal, tuple([block for block in blocks if block in read])) for literal, blocks in where.items())
    return {literal: blocks for literal, blocks in kept if blocks}


def _of_phrases(phrases: Iterable[str], where: Mapping[str, tuple[Block, ...]]) -> Iterator[tuple[int, int, int]]:
    """Block index and range of every whole-word occurrence of ``phrases``."""
    for phrase in phrases:
        for block in where.get(phrase, ()):
            text = block.lower
            for match in islice(re.finditer(re.escape(phrase), text), MOST):
                start, end = match.span()
                if not (text[start - 1 : start].isalnum() or text[end : end + 1].isalnum()):
                    yield block.index, start, end


def _of_patterns(patterns: Iterable[Rare], where: Mapping[str, tuple[Block, ...]]) -> Iterator[tuple[int, int, int]]:
    """Block index and range of every match of ``patterns``."""
    for pattern in patterns:
        for block in {block.index: block for literal in pattern.literals for block in where.get(literal, ())}.values():
            yield from ((block.index, *match.span()) for match in islice(pattern.finditer(block.lower), MOST))


class _Senses:
    """The other senses of words, looked up once for each block."""

    def __init__(self) -> None:
        self._found: dict[tuple[int, str], list[tuple[int, int]]] = {}

    def strength(self, row: Row, block: Block, start: int, end: int) -> str:
        """How strong the trigger is in the sense it has here; empty where it has another."""
        strength = row.strength
        for exclusion, pattern in _lexicon().exclusions.get(row.id, ()):
            key = block.index, exclusion.id
            if key not in self._found:
                self._found[key] = [match.span() for match in islice(pattern.finditer(block.lower), MOST)]
            spans = self._found[key]
            if exclusion.scope == "sentence" and spans:
                sentence = block.sentence_at(start)
                applies = any(low < sentence.end and sentence.start < high for low, high in spans)
            else:
                applies = any(low <= start and end <= high for low, high in spans)
            if applies and exclusion.effect == "ignore":
                return ""
            if applies:
                strength = "medium"
        return strength


def _once(triggers: Iterable[Trigger]) -> Iterator[Trigger]:
    """The triggers in document order; of overlapping ones the strongest and longest."""
    rank = {"strong": 0, "medium": 1, "topic": 2}
    last: Trigger | None = None
    for trigger in sorted(triggers, key=lambda t: (t.block.index, t.start, rank[t.strength], t.start - t.end)):
        if last is not None and last.block is trigger.block and trigger.start < last.end:
            if rank[trigger.strength] >= rank[last.strength]:
                continue
        elif last is not None:
            yield last
        last = trigger
    if last is not None:
        yield last


def _is_listed(document: Document, block: Block, start: int) -> bool:
    """Whether the words are among side effects: their sentence says so, or the line above the list."""
    sentence = block.sentence_at(start)
    if _LISTED.search(block.lower, sentence.start, sentence.end):
        return True
    if block.kind not in (Kind.ITEM, Kind.CELL):
        return False
    before = block.index
    while before > 0 and document.blocks[before].kind is block.kind:
        before -= 1
    return bool(_LISTED.search(document.blocks[before].lower))


def _is_link(block: Block) -> bool:
    """Whether a block is only a link: it leads to the subject and does not speak of it."""
    if block.zone is Zone.TITLE:
        return False
    text = block.text.strip(" .\u203a\u00bb")
    return bool(block.inlines) and any(
        link.end - link.start >= len(text) and not link.element.attrs["href"].startswith("#") for link in block.links
    )


def _cards(document: Document) -> frozenset[int]:
    """The blocks of teasers: short sections whose heading is a link to another page."""
    found: set[int] = set()
    for section in document.sections:
        if section.heading and _is_link(section.heading):
            blocks = document.blocks[section.start : section.end]
            if sum(len(block.text) for block in blocks) < 400:
                found.update(block.index for block in blocks)
    return frozenset(found)


def _in_glossary(blocks: Sequence[Block], index: int) -> bool:
    """Whether the block is among so many short entries in a row that they are a list of terms."""
    before, after = blocks[max(index + 1 - GLOSSARY, 0) : index + 1], blocks[index + 1 : index + GLOSSARY]
    return sum(1 for row in (before[::-1], after) for _ in takewhile(_is_entry, row)) >= GLOSSARY


def _is_entry(block: Block) -> bool:
    return block.kind in _ENTRIES and len(block.text) < 60


_MINOR = frozenset(
    ("crisis", "panic", "trauma", "hopeless", "overdose-word", "fentanyl", "psychotic-symptom", "relapse")
)
"""Rows whose words have so many uses that even in a heading they need another row beside them."""
_YOU = re.compile(r"\b(?:you|your|yourself)\b")


def weigh(triggers: Sequence[Trigger], words: int, *, health: bool) -> Weight:
    """What ``triggers`` amount to on a page of ``words`` words.

    One word of suicide or self-harm is enough. Another strong one must be said twice, stand in a heading, or be said to
    the reader; a medium one must stand in the title or a heading, or be a thread of the page together with another.
    Doubt remains where it is only said in passing on a long page, in a list of side effects, or by medium words.
    """
    strong = [trigger for trigger in triggers if trigger.strength == "strong"]
    medium = [trigger for trigger in triggers if trigger.strength == "medium"]
    topics = tuple(topic for topic, _ in Counter(trigger.topic for trigger in strong).most_common())
    short = words < 300
    if own := [trigger for trigger in strong if trigger.topic in SUICIDE]:
        plain = [trigger for trigger in own if not trigger.listed]
        return Weight(True, bool(plain) and (short or len(own) > 1 or _weighty(own[0])), topics)
    if len(strong) > 1 or any(trigger.prominent for trigger in strong) or (strong and short):
        return Weight(True, any(trigger.prominent for trigger in strong) or len(strong) > 2, topics)
    kinds = {trigger.id for trigger in medium}
    prominent = [trigger for trigger in medium if trigger.prominent and (trigger.id not in _MINOR or len(kinds) > 1)]
    if health and prominent:
        titled = any(t.block.zone is Zone.TITLE and t.id not in _MINOR for t in prominent)
        return Weight(True, titled, (prominent[0].topic,))
    if any(map(_weighty, strong)):
        return Weight(True, False, topics)
    thread = len(kinds - _MINOR) > 1 and len(medium) >= 5 and len({trigger.block.index for trigger in medium}) >= 3
    return Weight(True, False, ("suicide",)) if health and thread else Weight(False, False, ())


def _weighty(trigger: Trigger) -> bool:
    """Whether the words stand in a heading, or are said to the reader."""
    if trigger.prominent:
        return True
    sentence = trigger.block.sentence_at(trigger.start)
    return bool(_YOU.search(trigger.block.lower, sentence.start, sentence.end))
