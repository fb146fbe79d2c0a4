"""Claims that are made, not those that are denied, doubted, quoted, asked about or warned of."""

import re
from bisect import insort
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import repeat
from typing import Literal

import msgspec

from medlint.checks.pattern import overlaps, ranges
from medlint.document import Block
from medlint.facts import Facts
from medlint.finding import Hit
from medlint.matching import literals_of, literals_of_all, rare
from medlint.rule import Rule

_CLAUSE = re.compile(
    r"[;:\u2014\u2013()]|,? (?:but|yet|however|although|though|whereas|while|because)\b|, (?:and|so) (?=\w+ (?:is|are|has|have|will|can|does)\b)"
    r"|\band (?=(?:is|are|has|have|was|were|it|they|will|can|does)\b)"
)
_DENIAL = re.compile(
    r"\b(?:no|not|never|cannot|nor|neither|nobody|none|nothing|no one|hardly|rarely|barely|few|unlikely|impossible|without|lacks?)\b|n't\b"
)
_NO_DENIAL = re.compile(
    r"(?:\bnot|n't) (?:only|just|merely|simply|want you to know)\b|\bno (?:doubt|wonder|matter|question|secret|surprise)\b|\bwithout (?:a )?(?:doubt|question|surgery|drugs|medication|effort)\b"
)
_DISTANCE = re.compile(
    r"\b(?:claim(?:s|ed|ing)?|promis(?:e|es|ed|ing)|advertis\w+|marketed|touted|hyped|beware|wary|scams?|scammers?|fraud\w*|fake|bogus|unproven|"
    r"false\w*|myths?|misleading|misconceptions?|too good to be true|so-called|supposed(?:ly)?|alleged(?:ly)?|quack\w*|watch out|red flags?|warning signs?|"
    r"illegal(?:ly)?|snake oil|hoax\w*|rumou?rs?|sceptical|skeptical|suspicious|if|whether|unless|wish|hope[ds]?|hoping|imagine|would|"
    r"aim(?:s|ed)?|goal|search(?:ing|es)? for|looking for|(?<!-)seeking|towards?|someday|one day|do not (?:trust|believe|buy)|don't (?:trust|believe|buy|fall)|"
    r"ask(?:ed|ing)?|wonder(?:ed|ing)?|people (?:say|think|believe)|thought to|believed to|avoid)\b|\?"
)
_HEADING = re.compile(
    r"\b(?:myths?|fraud\w*|scams?|misconceptions?|hype|claims?|quack\w*|beware|red flags?|false|fake|warning signs|truth about|too good)\b",
    re.IGNORECASE,
)
_REACH = 400
"""Characters before a claim in which its clause is looked for."""
_QUOTES = re.compile(r'"[^"]{1,400}"|(?<!\w)\'[^\']{3,200}\'(?!\w)')


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab", omit_defaults=True):
    """``match``: patterns of claims; ``softer``: those found as variant ``softer``. A group called ``hit`` narrows what
    is found. ``unless``: patterns that excuse the sentence, or with ``within: block`` all claims of the block.
    ``cited``: whether a source excuses a claim.
    """

    match: tuple[str, ...]
    softer: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    cited: bool = False
    within: Literal["sentence", "block"] = "sentence"


def triggers(options: Options) -> frozenset[str]:
    """Literals of which one occurs wherever a pattern matches; empty if one of the patterns has none."""
    return literals_of_all(map(rare, (*options.match, *options.softer), repeat(re.IGNORECASE)))


def run(facts: Facts, rule: Rule, options: Options) -> Iterable[Hit]:
    """Yield the claims the page makes itself."""
    patterns = [(rare(pattern, re.IGNORECASE), "") for pattern in options.match]
    patterns += [(rare(pattern, re.IGNORECASE), "softer") for pattern in options.softer]
    excuses = [_compiled(pattern) for pattern in options.unless]
    for block in facts.blocks_with(triggers(options), rule.zones):
        reading = _Reading(block, excuses, options.within)
        taken: list[tuple[int, int]] = []
        for pattern, variant in patterns:
            for match in pattern.of_block(block):
                start, end = match.span("hit") if "hit" in match.re.groupindex else match.span()
                if overlaps(taken, start, end) or not reading.made(start, end):
                    continue
                if _debunked(facts, block) or (options.cited and _cited(facts, block, start)):
                    continue
                insort(taken, (start, end))
                fields = {name: value or "" for name, value in match.groupdict().items()}
                yield Hit(block.span(start, end), {**fields, "text": block.plain[start:end]}, variant=variant)


class _Reading:
    """What a block makes of its claims; a sentence is read once, however many it holds."""

    def __init__(self, block: Block, excuses: Sequence[re.Pattern[str]], within: str) -> None:
        self._block = block
        self._excuses = excuses
        self._within = within
        self._distant: dict[int, bool] = {}

    def made(self, start: int, end: int) -> bool:
        """Whether ``block.text[start:end]`` is claimed: its sentence keeps no distance, and nothing before it in its
        clause denies it."""
        sentence = self._block.sentence_at(start)
        if sentence.start not in self._distant:
            self._distant[sentence.start] = self._is_distant(*sentence)
        if self._distant[sentence.start] or overlaps(self._quoted, start, end):
            return False
        before = self._block.lower[max(sentence.start, start - _REACH) : start]
        breaks = [found.end() for found in _CLAUSE.finditer(before)]
        clause = before[breaks[-1] :] if breaks else before
        return not _DENIAL.search(_NO_DENIAL.sub(" ", clause))

    def _is_distant(self, start: int, end: int) -> bool:
        low, high = (0, len(self._block.plain)) if self._within == "block" else (start, end)
        return bool(_DISTANCE.search(self._block.lower, start, end)) or any(
            excuse.search(self._block.plain, low, high) for excuse in self._excuses
        )

    @cached_property
    def _quoted(self) -> list[tuple[int, int]]:
        return ranges((_QUOTES,), self._block.plain)


def _cited(facts: Facts, block: Block, offset: int) -> bool:
    """Whether the sentence, or what stands right behind it, is a citation; a famous name in it proves nothing."""
    start, end = block.sentence_at(offset)
    return any(mark.end > start and mark.start <= end + 1 for mark in facts.citations.by_block.get(block.index, ()))


def _debunked(facts: Facts, block: Block) -> bool:
    """Whether the block stands under a heading about myths or fraud, or is labelled as one."""
    sections = facts.document.sections
    heading = sections[block.section].heading if 0 <= block.section < len(sections) else None
    return (heading is not None and bool(_HEADING.search(heading.plain))) or bool(_HEADING.match(block.plain.lstrip()))


@lru_cache(maxsize=1024)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def check_options(options: Options) -> Iterator[str]:
    """What is wrong with a rule's patterns, for rule authors."""
    for pattern in (*options.match, *options.softer, *options.unless):
        try:
            literals = literals_of(pattern)
        except re.error as error:
            yield f"{pattern!r} is not a regular expression: {error}"
        else:
            if not literals and pattern not in options.unless:
                yield f"{pattern!r} has no run of three letters that every match holds, so it would run on every page"
