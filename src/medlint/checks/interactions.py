"""Two things recommended together that are dangerous together, without a word on it."""

import re
from collections.abc import Iterator, Sequence

import msgspec

from medlint.document import Block, Kind
from medlint.facts import Facts, moods
from medlint.facts.hazards import Choice, Interaction, hazards
from medlint.facts.medicine_names import Mention
from medlint.facts.passages import around
from medlint.finding import Hit, Related
from medlint.matching import Rare, rare
from medlint.rule import Rule


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab", omit_defaults=True):
    """``warnings``: patterns of which one near the pair is warning enough. ``advice``: a pattern
    of verbs of recommending."""

    warnings: tuple[str, ...]
    advice: str


_Place = tuple[Block, int, int]


def triggers(options: Options) -> frozenset[str]:
    """The verbs of recommending, and what is named by words rather than as a medicine."""
    choices = [choice for pair in hazards().interactions for choice in (pair.one, pair.other)]
    return rare(options.advice).literals.union(*(choice.literals for choice in choices))


def run(facts: Facts, rule: Rule, options: Options) -> Iterator[Hit]:
    """Yield each pair of the table that a paragraph or a list brings together in advice, and nothing near it warns of."""
    if facts.topic.language not in ("en", "") or facts.profile.audience == "clinician":
        return
    named: dict[int, list[Mention]] = {}
    for mention in facts.medicines.mentions:
        if mention.block.zone in rule.zones:
            named.setdefault(mention.block.index, []).append(mention)
    pairs = [pair for pair in hazards().interactions if _may_be(facts, pair.one) and _may_be(facts, pair.other)]
    warning, advice = re.compile("|".join(options.warnings)), rare(options.advice)
    for index in named if pairs else ():
        group = list(_together(facts, index))
        for pair in tuple(pairs):
            found = _pair(group, named, pair)
            if not found or not any(_is_advised(block, advice) for block in group):
                continue
            if not any(warning.search(block.lower) for block in (*group, *_beside(facts, group))):
                pairs.remove(pair)
                yield _hit(pair, *found)


def _may_be(facts: Facts, choice: Choice) -> bool:
    """Whether the page can name one of ``choice`` at all."""
    if choice.literals and any(True for _ in facts.blocks_with(choice.literals)):
        return True
    return any(choice.holds(mention) for mention in facts.medicines.mentions)


def _together(facts: Facts, index: int) -> Iterator[Block]:
    """The block, or the whole list of an item: what a reader takes as one piece of advice."""
    block = facts.document.blocks[index]
    yield block
    if block.kind is Kind.ITEM:
        part = facts.document.sections[block.section]
        for other in facts.document.blocks[part.start : part.end]:
            if other is not block and other.kind is Kind.ITEM and not other.hidden:
                yield other


def _beside(facts: Facts, group: Sequence[Block]) -> Iterator[Block]:
    blocks = facts.document.blocks
    for index in (group[0].index - 1, max(block.index for block in group) + 1):
        if 0 <= index < len(blocks) and blocks[index].section == group[0].section and not blocks[index].hidden:
            yield blocks[index]


def _pair(group: Sequence[Block], named: dict[int, list[Mention]], pair: Interaction) -> tuple[_Place, _Place] | None:
    found: list[_Place] = []
    for choice in (pair.one, pair.other):
        places = ((block, *place) for block in group for place in choice.places(block, named.get(block.index, ())))
        first = next(places, None)
        if first is None:
            return None
        found.append(first)
    return found[0], found[1]


def _is_advised(block: Block, advice: Rare) -> bool:
    """Whether the block tells readers to take or try something."""
    for match in advice.finditer(block.lower):
        sentence = around(block, match.start())
        mood = moods.of_verb(block.lower[sentence.start : match.start()])
        if mood is not None and not mood.guard:
            return True
    return False


def _hit(pair: Interaction, one: _Place, other: _Place) -> Hit:
    block, start, end = one
    beside, first, last = other
    fields = {"other": beside.text[first:last], "risk": pair.risk}
    return Hit(block.span(start, end), fields, related=(Related(beside.span(first, last), "other"),))
