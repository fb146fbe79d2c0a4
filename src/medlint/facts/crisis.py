"""Distress topics of a page, and the crisis and emergency lines it gives for them."""

import re
from collections.abc import Mapping
from functools import cached_property

import msgspec

from medlint.document import Document
from medlint.facts import distress, helplines
from medlint.facts.directory import directory
from medlint.facts.distress import SUICIDE, Trigger, Weight
from medlint.facts.helplines import EmergencyCall, Helplines, Mention
from medlint.facts.topic import Topic
from medlint.facts.visibility import Visibility

_EU = frozenset(("ie", "de", "fr", "es", "it", "nl", "be", "at", "se", "dk", "fi", "pt", "pl", "lv", "eu"))
_FITS: Mapping[str, frozenset[str]] = {
    **dict.fromkeys((*SUICIDE, "psychosis"), frozenset(("suicide", "self-harm", "general"))),
    "overdose": frozenset(("substance", "poisoning")),
    "maternal": frozenset(("maternal", "suicide", "general")),
}

_LOCAL = re.compile(r"\b(?:local (?:emergency|crisis)|in your (?:country|area)|your country)\b", re.IGNORECASE)


class Crisis(msgspec.Struct, frozen=True, dict=True):
    """What a reader in distress finds here.

    ``weight`` is what the ``triggers`` amount to; ``firm`` says that the reader's country is known beyond the default
    of publishing software (``lang="en-US"``); ``headings`` are those of the sections, by number.
    """

    weight: Weight
    triggers: tuple[Trigger, ...]
    helplines: Helplines
    region: str
    firm: bool
    headings: Mapping[int, str]

    @property
    def topic(self) -> bool:
        """Whether the page is one that should give a line."""
        return self.weight.needed

    @cached_property
    def lines(self) -> tuple[Mention, ...]:
        """The lines that someone in crisis reaches: offered, answering, and for the reader's country if that is sure."""
        return tuple(
            mention for mention in self.helplines.mentions
            if mention.offered and mention.line.answers and self._suits(mention) and (not self.firm or self.is_local(mention))
        )  # fmt: skip

    @property
    def numbers(self) -> tuple[str, ...]:
        """The numbers of ``lines`` as their operators write them; a site where the page gives no number of its line."""
        found = {mention.written: mention for mention in self.lines}
        called = {mention.line.id for mention in found.values() if not mention.is_site}
        return tuple(
            written for written, mention in found.items() if not mention.is_site or mention.line.id not in called
        )

    def is_local(self, mention: Mention) -> bool:
        """Whether the line is for the reader's country, as far as that is known."""
        return not self.region or self._reaches(mention.regions)

    @property
    def foreign(self) -> tuple[Mention, ...]:
        """The lines, if every one is for readers in another country and the page does not say which."""
        offered = [mention for mention in self.helplines.mentions if mention.offered and mention.line.answers]
        if any(self.is_local(mention) or self.addressed(mention) for mention in offered):
            return ()
        return tuple(offered)

    @property
    def foreign_emergencies(self) -> tuple[EmergencyCall, ...]:
        """The emergency numbers, if every one is for another country and the page does not say which."""
        calls = self.helplines.emergencies
        if any(self._reaches(call.regions) or self.addressed(call) for call in calls):
            return ()
        return calls

    def addressed(self, given: Mention | EmergencyCall) -> bool:
        """Whether the words around a number name a country, so that it is not for every reader."""
        block = given.block
        sentence = block.sentence_at(given.start)
        countries = directory().countries
        heading = self.headings.get(block.section, "")
        said = block.plain[max(sentence.start, given.start - 200) : min(sentence.end, given.end + 200)]
        return bool(countries.search(said) or countries.search(heading) or _LOCAL.search(said))

    def _reaches(self, regions: frozenset[str]) -> bool:
        return self.region in regions or "any" in regions or ("eu" in regions and self.region in _EU)

    def serves(self, mention: Mention, topic: str) -> bool:
        """Whether the line is one for ``topic``."""
        return not _FITS.get(topic, frozenset((topic,))).isdisjoint(mention.line.topics)

    def _suits(self, mention: Mention) -> bool:
        """A poison centre is a line for someone in crisis only on a page about overdose or poisoning."""
        if set(mention.line.topics) != {"poisoning"}:
            return True
        return "overdos" in mention.block.lower or any(t.topic in ("overdose", "poisoning") for t in self.triggers)


def find(document: Document, topic: Topic, view: Visibility) -> Crisis:
    """The distress topics and lines of ``document``."""
    region = topic.region if topic.region in directory().regions else ""
    given = helplines.find(document, region, view)
    triggers = distress.find(document, _offers(document, given))
    words = sum(len(block.text) for block in document.prose()) // 6
    firm = topic.region_origin in ("config", "domain") or topic.region != "us"
    headings = {number: section.heading.plain for number, section in enumerate(document.sections) if section.heading}
    return Crisis(distress.weigh(triggers, words, health=topic.health), triggers, given, region, firm, headings)


def _offers(document: Document, given: Helplines) -> dict[int, list[tuple[int, int]]]:
    """Where help is offered, by block: the sentences that give a line, the one before, and the names of lines."""
    found: dict[int, list[tuple[int, int]]] = {}
    for mention in given.mentions:
        ranges = found.setdefault(mention.block.index, [])
        if mention.name:
            ranges.append(mention.name)
        if not mention.offered and len(mention.block.text) < 80:
            ranges.append((0, len(mention.block.text)))
        elif mention.offered and mention.line.answers:
            sentence = mention.block.sentence_at(mention.start)
            before = mention.block.sentence_at(max(sentence.start - 2, 0))
            ranges.append((before.start, sentence.end))
    for use in given.phrases:
        found.setdefault(use.block.index, []).append((use.start, use.end))
    names_in = directory().names_in
    for block in document.blocks:
        if "line" in block.lower:
            found.setdefault(block.index, []).extend(names_in(block.plain))
    return found
