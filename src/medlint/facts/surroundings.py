"""The sentences of a page with the medicines in them, and what stands around each: before, after, above and over it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from operator import attrgetter
from typing import TypeVar, cast

from medlint.document import Block, Document, Element, Kind, Zone
from medlint.facts import clinicians
from medlint.facts.medication_words import nouns
from medlint.facts.medicine_names import Mention, Words
from medlint.facts.passages import REACH, Passage

T = TypeVar("T")
_PROSE = (Zone.TITLE, Zone.BODY, Zone.CALLOUT, Zone.DISCLAIMER)
_FEW_PATIENTS = 4
_LONGEST_LIST = 8
_READER = ("you", "your", "you're", "you'll", "you've")


class Surroundings:
    """The prose of a document, read sentence by sentence on demand."""

    def __init__(
        self, document: Document, words: Mapping[int, Words], mentions: Mapping[int, Sequence[Mention]]
    ) -> None:
        self.document = document
        self.words = words
        self.mentions = mentions
        self._passages: dict[int, tuple[Passage, ...]] = {}
        self._found: dict[tuple[Callable[[Block], object], int], object] = {}
        self._leads: dict[int, Block | None] = {}
        self._heads: dict[Element, list[Block]] = {}

    @cached_property
    def medicated(self) -> frozenset[int]:
        """The blocks that speak of a medicine, by name or not."""
        return frozenset(
            [
                index
                for index, found in self.words.items()
                if index in self.mentions or not nouns().isdisjoint(found.spelt)
            ]
        )

    def passages(self, block: Block) -> tuple[Passage, ...]:
        """The sentences of ``block``; none if it is not prose."""
        found = self._passages.get(block.index)
        if found is None:
            words = self.words.get(block.index)
            found = tuple(_split(words, self.mentions.get(block.index, ()))) if words else ()
            self._passages[block.index] = found
        return found

    def once(self, find: Callable[[Block], T], block: Block) -> T:
        """What the function ``find`` finds in ``block``: looked for once, however many sentences ask."""
        key = find, block.index
        if key not in self._found:
            self._found[key] = find(block)
        return cast(T, self._found[key])

    def number(self, block: Block, place: int) -> int:
        """The number of the sentence of ``block`` that holds ``place``."""
        return max(bisect_right(self.passages(block), place, key=attrgetter("start")) - 1, 0)

    def previous(self, block: Block) -> Block | None:
        """The prose block before ``block`` in its section."""
        for index in range(block.index - 1, max(block.index - 4, -1), -1):
            other = self.document.blocks[index]
            if not other.hidden and other.zone in _PROSE and other.kind is not Kind.ALT:
                return other if other.section == block.section else None
        return None

    def next(self, block: Block) -> Block | None:
        """The prose block after ``block`` in its section; None if a heading comes first."""
        for other in self.document.blocks[block.index + 1 : block.index + 4]:
            if other.section != block.section:
                return None
            if not other.hidden and other.zone in _PROSE and other.kind is not Kind.ALT:
                return other
        return None

    def heading(self, block: Block) -> Block | None:
        """The heading ``block`` stands under; None for a heading itself."""
        heading = self.document.sections[block.section].heading
        return heading if heading is not block else None

    def above(self, block: Block) -> Iterator[Block]:
        """What an opening sentence of ``block`` can look back to: the block before it, and its heading."""
        for other in (self.previous(block), self.heading(block)):
            if other is not None:
                yield other

    def lead_in(self, block: Block) -> Block | None:
        """What stands over the list that ``block`` is an item of, in the same section."""
        if block.kind is not Kind.ITEM:
            return None
        if block.index not in self._leads:
            lead, passed = None, [block.index]
            for index in range(block.index - 1, -1, -1):
                other = self.document.blocks[index]
                if other.section != block.section:
                    break
                if index in self._leads:
                    lead = self._leads[index]
                    break
                if not other.hidden and other.kind not in (Kind.ITEM, Kind.ALT):
                    lead = other
                    break
                passed.append(index)
            self._leads.update(dict.fromkeys(passed, lead))
        return self._leads[block.index]

    def occasion(self, block: Block) -> Iterator[str]:
        """What says when the advice of ``block`` holds: the title, its heading, and the list that ends right before it."""
        for over in (self.document.title, self.heading(block), self.lead_in(block)):
            if over is not None:
                yield over.lower
        before = self.previous(block)
        for _ in range(_LONGEST_LIST):
            if before is None or before.kind is not Kind.ITEM:
                break
            yield before.lower
            before = self.previous(before)
        if before is not None and before.lower.rstrip().endswith(":"):
            yield before.lower

    def column(self, block: Block) -> Block | None:
        """The cell at the head of the column of ``block``, a cell: itself in the head; None where there is no table."""
        table, row = block.element.closest("table"), block.element.closest("tr")
        if table is None or row is None:
            return None
        if table not in self._heads:
            cells = [cell for cell in (block, *self.section(block)) if cell.element.closest("table") is table]
            first = min(cells, key=lambda cell: cell.index).element.closest("tr")
            self._heads[table] = sorted(
                (cell for cell in cells if cell.element.closest("tr") is first), key=lambda cell: cell.index
            )
        head, number = self._heads[table], 0
        while block.index > number and self.document.blocks[block.index - number - 1].element.closest("tr") is row:
            number += 1
        return head[number] if number < len(head) else None

    def following(self, block: Block, number: int, count: int) -> list[str]:
        """The ``count`` sentences after sentence ``number`` of ``block``, on into the next blocks of the section."""
        texts = [passage.text for passage in self.passages(block)[number + 1 : number + 1 + count]]
        for other in self.document.blocks[block.index + 1 : block.index + 1 + count]:
            if len(texts) >= count or other.section != block.section:
                break
            texts += [passage.text for passage in self.passages(other)]
        return texts[:count]

    def section(self, block: Block) -> Iterator[Block]:
        """The other visible blocks of the section of ``block``."""
        part = self.document.sections[block.section]
        for other in self.document.blocks[part.start : part.end]:
            if other is not block and not other.hidden:
                yield other

    @cached_property
    def sends_to_professional(self) -> bool:
        """Whether the page says anywhere whom to ask before stopping or changing."""
        return any(clinicians.warns(block.lower) for block in self.document.prose(_PROSE))

    @cached_property
    def speaks_of_patients(self) -> bool:
        """Whether the text speaks of patients rather than to them, so that its imperatives are for clinicians."""
        patients = self._times(("patients", "patient"))
        return patients >= _FEW_PATIENTS and self._times(_READER) * 2 < patients

    def _times(self, spelt: Sequence[str]) -> int:
        return sum(words.spelt.count(word) for words in self.words.values() for word in spelt)


def _readable(block: Block) -> Iterator[tuple[int, int]]:
    """The sentences of ``block``; one too long to be a sentence in pieces, so that nothing is read over its whole length."""
    for start, end in block.sentences:
        while end - start > 2 * REACH:
            cut = block.plain.rfind(" ", start + REACH, start + 2 * REACH)
            cut = cut if cut > 0 else start + 2 * REACH
            yield start, cut
            start = cut
        yield start, end


def _split(words: Words, mentions: Sequence[Mention]) -> Iterator[Passage]:
    starts = [start for start, _ in words.places]
    named = {bisect_left(starts, mention.start): mention for mention in mentions}
    places = sorted(named)
    for start, end in _readable(words.block):
        first, last = bisect_left(starts, start), bisect_left(starts, end)
        here = places[bisect_left(places, first) : bisect_left(places, last)]
        yield Passage(words, start, end, first, last, {at: named[at] for at in here})
