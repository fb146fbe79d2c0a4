"""Advice to stop alcohol, opioids or sedatives at once, on a page that speaks to people who depend on them."""

import re
from collections.abc import Iterator

import msgspec

from medlint.document import Block
from medlint.facts import Facts, moods
from medlint.facts.passages import around
from medlint.finding import Hit, Related
from medlint.matching import rare
from medlint.rule import Rule
from medlint.source import Span


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab", omit_defaults=True):
    """Patterns in lower case. ``signs``: words of which one stands wherever ``stopping`` matches. ``stopping``: a verb (group ``verb``) with what is to be stopped. ``dependence``: signs
    that the page addresses people who use heavily. ``warnings``: words of help or of going slowly, which the section may
    hold. ``other-reasons``: grounds in the same sentence on which anybody should do without. ``at-once``: what makes it
    an error."""

    signs: tuple[str, ...]
    stopping: tuple[str, ...]
    dependence: tuple[str, ...]
    warnings: tuple[str, ...]
    other_reasons: tuple[str, ...]
    at_once: tuple[str, ...]


_IMPORTANT = re.compile(
    r"\b(?:important|essential|vital|crucial|best|better|wise|a good idea|necessary|helpful)(?: for you)? to $"
)


def triggers(options: Options) -> frozenset[str]:
    """The signs."""
    return frozenset(options.signs)


def run(facts: Facts, rule: Rule, options: Options) -> Iterator[Hit]:
    """Yield each piece of advice to stop that the section leaves without a warning."""
    if facts.topic.language not in ("en", ""):
        return
    found = list(_unwarned(facts, rule, options))
    sign = _sign(facts, options) if found else None
    if sign is None:
        return
    at_once = re.compile("|".join(options.at_once))
    for block, start, end in found:
        sentence = around(block, start)
        variant = "at-once" if at_once.search(block.lower, sentence.start, sentence.end) else ""
        yield Hit(block.span(start, end), variant=variant, related=(Related(sign, "dependence"),))


def _unwarned(facts: Facts, rule: Rule, options: Options) -> Iterator[tuple[Block, int, int]]:
    """Advice to stop, from its verb to what is to be stopped, with no warning in its section."""
    warned = re.compile("|".join(options.warnings))
    others = re.compile("|".join(options.other_reasons))
    for pattern in map(rare, options.stopping):
        for block in facts.blocks_with(options.signs, rule.zones):
            for match in pattern.finditer(block.lower):
                sentence = around(block, match.start())
                advised = _is_advice(block.lower[sentence.start : match.start("verb")])
                if not advised or others.search(block.lower, sentence.start, sentence.end):
                    continue
                if not any(warned.search(near.lower) for near in _section(facts, block)):
                    yield block, match.start("verb"), match.end()


def _sign(facts: Facts, options: Options) -> Span | None:
    """Where the page first shows that it addresses people who use heavily; None where it does not."""
    for pattern in map(rare, options.dependence):
        for block in facts.document.prose():
            if match := pattern.search(block.lower):
                return block.span(*match.span())
    return None


def _is_advice(before: str) -> bool:
    if _IMPORTANT.search(before):
        return re.search(r"\b(?:not|never)\b|n't", before[-40:]) is None
    mood = moods.of_verb(before)
    return mood is not None and not mood.guard


def _section(facts: Facts, block: Block) -> Iterator[Block]:
    part = facts.document.sections[block.section]
    return (other for other in facts.document.blocks[part.start : part.end] if not other.hidden)
