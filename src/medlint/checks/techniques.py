"""Self-help techniques that are unsafe for some readers, told without a word of caution."""

import re
from collections.abc import Iterator
from functools import cache

import msgspec

from medlint.data import table
from medlint.document import Block
from medlint.facts import Facts, clinicians, moods
from medlint.facts.passages import around
from medlint.finding import Hit, Related
from medlint.matching import Rare, literals_of_all
from medlint.rule import Rule


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab", omit_defaults=True):
    """``cautions``: patterns of which one in the sentence, or in the two on either side, is caution enough."""

    cautions: tuple[str, ...]


class _Technique(msgspec.Struct, frozen=True):
    name: str
    match: str
    risk: str
    caution: str = ""
    conflict: str = ""


class _Techniques(msgspec.Struct, frozen=True):
    techniques: tuple[_Technique, ...]


class _Pattern(msgspec.Struct, frozen=True):
    technique: _Technique
    match: Rare
    caution: re.Pattern[str] | None


_NEAR = 2


def triggers(options: Options) -> frozenset[str]:  # noqa: ARG001
    """The literals of every technique of the table."""
    return literals_of_all(pattern.match for pattern in _patterns())


def run(facts: Facts, rule: Rule, options: Options) -> Iterator[Hit]:
    """Yield every technique that readers are told to do, and that nothing near it warns of."""
    if facts.topic.language not in ("en", ""):
        return
    general = re.compile("|".join(options.cautions))
    for pattern in _patterns():
        for block in facts.blocks_with(pattern.match.literals, rule.zones):
            for match in pattern.match.finditer(block.lower):
                start = match.start()
                sentence = around(block, start)
                mood = moods.of_verb(block.lower[sentence.start : start])
                if mood is None or mood.guard:
                    continue
                near = _near(facts, block, start)
                own = pattern.caution
                if general.search(near) or (own and own.search(near)) or clinicians.names_any(near):
                    continue
                related = (Related(block.span(start, match.end()), "conflict"),) if pattern.technique.conflict else ()
                fields = {"risk": pattern.technique.risk, "conflict": pattern.technique.conflict}
                yield Hit(block.span(start, match.end()), fields, related=related)


def _near(facts: Facts, block: Block, place: int) -> str:
    """The sentence at ``place`` with the two on either side, on into the next block of the section."""
    sentences = block.sentences
    number = sentences.index(block.sentence_at(place))
    first, last = max(number - _NEAR, 0), min(number + _NEAR, len(sentences) - 1)
    text = block.lower[sentences[first].start : sentences[last].end]
    blocks = facts.document.blocks
    following = blocks[block.index + 1] if block.index + 1 < len(blocks) else None
    if number + _NEAR >= len(sentences) and following is not None and following.section == block.section:
        text += " " + following.lower[:300]
    return text


@cache
def _patterns() -> tuple[_Pattern, ...]:
    return tuple(
        _Pattern(
            technique,
            Rare(technique.match),
            re.compile(technique.caution) if technique.caution else None,
        )
        for technique in table("techniques", _Techniques).techniques
    )
