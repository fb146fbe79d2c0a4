"""Dangers of medicines that a page must mention: what they must not meet, pregnancy, and children."""

from collections.abc import Iterator, Sequence
from functools import cache, cached_property

import msgspec

from medlint.data import table
from medlint.document import Block
from medlint.facts.medicine_names import Mention
from medlint.matching import Rare


class Choice(msgspec.Struct, frozen=True, dict=True):
    """Medicines by class or name, or things by a pattern of words."""

    classes: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    words: str = ""

    @cached_property
    def _names(self) -> frozenset[str]:
        return frozenset(name.lower() for name in self.names)

    @cached_property
    def _words(self) -> Rare | None:
        return Rare(self.words) if self.words else None

    @cached_property
    def literals(self) -> frozenset[str]:
        """Literals of which one occurs wherever the words do; empty without words."""
        return self._words.literals if self._words else frozenset()

    def holds(self, mention: Mention) -> bool:
        """Whether ``mention`` is one of the medicines."""
        name = mention.name
        return mention.sure and (name.group.id in self.classes or name.title.lower() in self._names)

    def places(self, block: Block, mentions: Sequence[Mention]) -> Iterator[tuple[int, int]]:
        """Where ``block``, which holds ``mentions``, names one of them."""
        for mention in mentions:
            if self.holds(mention):
                yield mention.start, mention.end
        if self._words:
            yield from (match.span() for match in self._words.finditer(block.lower))


class Interaction(msgspec.Struct, frozen=True):
    """Two choices that are dangerous together, and what happens."""

    one: Choice
    other: Choice
    risk: str


class Teratogen(msgspec.Struct, frozen=True):
    """Medicines that harm an unborn child; ``level`` is how grave a page without a warning is: high or low."""

    choice: Choice
    level: str


class AgeLimit(msgspec.Struct, frozen=True):
    """What is unsafe below an age (``under``, in months; ``word`` says it): ``children`` is a pattern of those who are
    always below it, ``risk`` what happens."""

    choice: Choice
    under: int
    word: str
    children: str
    risk: str


class Hazards(msgspec.Struct, frozen=True):
    """The table of hazards."""

    interactions: tuple[Interaction, ...]
    pregnancy: tuple[Teratogen, ...]
    ages: tuple[AgeLimit, ...]


@cache
def hazards() -> Hazards:
    """The table."""
    found: Hazards = table("medicine-hazards", Hazards)
    return found
