"""Steering readers away from care they need: no doctor for a grave sign, a remedy in place of a proven treatment."""

import re
from collections.abc import Iterator

import msgspec

from medlint.document import Block, Zone
from medlint.facts import Facts, excuses, moods
from medlint.facts.passages import REACH
from medlint.facts.surroundings import Surroundings
from medlint.finding import Hit
from medlint.rule import Rule


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab", omit_defaults=True):
    """Patterns in lower case. ``signs``: words of which every such sentence has one. ``needless``: saying that no doctor is needed, which counts beside one of ``grave``
    signs. ``instead``: what comes before a treatment that something else is to replace; ``refuse``: verbs of refusing
    one; ``treatments``: treatments besides the medicines of the lexicon that are risky to go without. ``suspicion``:
    setting readers against those who treat them. ``excuses``: what in the sentence or the next makes it harmless."""

    signs: tuple[str, ...]
    needless: tuple[str, ...]
    grave: tuple[str, ...]
    instead: tuple[str, ...]
    refuse: tuple[str, ...]
    treatments: tuple[str, ...]
    suspicion: tuple[str, ...]
    excuses: tuple[str, ...]


_VERB = re.compile(r"[a-z'-]+")


def triggers(options: Options) -> frozenset[str]:
    """The signs."""
    return frozenset(options.signs)


def run(facts: Facts, rule: Rule, options: Options) -> Iterator[Hit]:
    """Yield every sentence that turns readers away from care."""
    if facts.topic.language not in ("en", ""):
        return
    page = Surroundings(facts.document, {}, {})
    reader = _Reader(facts, options)
    for block in facts.blocks_with(options.signs, rule.zones):
        for number, (start, end) in enumerate(block.sentences):
            found = reader.find(block, start, end)
            if found is None:
                continue
            following = block.sentences[number + 1 : number + 2]
            said = block.lower[
                max(start, found[0] - REACH) : min(following[0].end if following else end, found[1] + 2 * REACH)
            ]
            if not reader.excuses.search(said) and not excuses.is_called_false(block, found[0], page):
                yield Hit(block.span(found[0], found[1]), variant=found[2])


class _Reader:
    """Finds, in a sentence, what turns readers away from care: its range and the variant that says how."""

    def __init__(self, facts: Facts, options: Options) -> None:
        self.excuses = re.compile("|".join(options.excuses))
        self._needless = re.compile("|".join(options.needless))
        self._grave = re.compile("|".join(options.grave))
        self._instead = re.compile("|".join(options.instead))
        self._refuse = re.compile("|".join(options.refuse))
        self._treatments = re.compile("|".join(options.treatments))
        self._suspicion = re.compile("|".join(options.suspicion))
        self._mentions = {(mention.block.index, mention.start): mention for mention in facts.medicines.mentions}

    def find(self, block: Block, start: int, end: int) -> tuple[int, int, str] | None:
        """The first such words of the sentence from ``start`` to ``end``."""
        text = block.lower
        needless = self._needless.search(text, start, end)
        if needless and self._grave.search(text, start, end):
            return (*needless.span(), "needless")
        for match in self._instead.finditer(text, start, end):
            stop = self._treatment(block, match.end())
            if stop and _is_advice(block, start, match.start()):
                return match.start(), stop, "instead"
        for match in self._refuse.finditer(text, start, end):
            stop = self._treatment(block, match.end())
            mood = moods.of_verb(text[max(start, match.start() - REACH) : match.start()])
            if stop and mood is not None and not mood.guard:
                return match.start(), stop, ""
        suspicion = self._suspicion.search(text, start, end)
        return (*suspicion.span(), "suspicion") if suspicion else None

    def _treatment(self, block: Block, place: int) -> int | None:
        """Where the treatment named at ``place`` ends, if it is one that is risky to go without."""
        mention = self._mentions.get((block.index, place))
        if mention is not None and mention.name.group.strict and not mention.name.otc:
            return mention.end
        match = self._treatments.match(block.lower, place)
        return match.end() if match else None


def _is_advice(block: Block, start: int, place: int) -> bool:
    """Whether a verb before ``place`` in the sentence tells readers to do something, or the title promises it."""
    if block.zone is Zone.TITLE:
        return True
    start = max(start, place - REACH)
    for match in _VERB.finditer(block.lower, start, place):
        mood = moods.of_verb(block.lower[start : match.start()])
        if mood is not None and not mood.guard and moods.is_verb(match[0]):
            return True
    return False
