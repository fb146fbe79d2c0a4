"""Weights, sizes and calories in text about eating disorders."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

import msgspec

from medlint.document import Block, Zone
from medlint.facts import Facts
from medlint.finding import Hit
from medlint.rule import Rule

_TOPIC = "eating-disorder"
_NUMBER = re.compile(
    r"(?<![\d.,$£€])(?:\d{2,3}(?:\.\d)? ?(?:kg|kilos?|kilograms?|lbs?|pounds)\b|\d{1,2} ?stones?\b"
    r"|(?:\d{1,2},)?\d{2,4}(?: ?(?:-|\u2013|to) ?(?:\d,)?\d{3,4})? ?(?:kcals?|calories|cals)\b"
    r"|(?:bmi|body mass index)(?: \(bmi\))? ?(?:of|was|is|below|under|less than|fell to|dropped to|at|<|\u2264|\u2265|>|between|lower than|=| )*\d{2}(?:\.\d+)?)"
    r"|\bsizes? (?:0|00|zero|double zero)\b"
)
_CRITERIA = re.compile(r"\b(?:criteri\w+|diagnos\w+|dsm|icd|defined as|classif\w+|severity|severe|guidelines?)\b")
_TRIGGERS = frozenset(
    "kg|kilo|lbs| lb|pounds|stone|kcal|calori|cals|bmi|body mass|size 0|sizes 0|size zero|double zero".split("|")
)
_MONEY = re.compile(r"\b(?:costs?|prices?|fees?|pays?|paid|charges?|insurance)\b")
_REACH = 200
"""Characters on either side of a number in which its sentence says what it is."""
_MOST_PLACES = 3
"""Mentions of eating disorders from which a page is about them."""


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab", omit_defaults=True):
    """No options."""


def triggers(options: Options) -> frozenset[str]:  # noqa: ARG001
    """Literals of which one occurs wherever the check can find something."""
    return _TRIGGERS


def run(facts: Facts, rule: Rule, options: Options) -> Iterable[Hit]:
    """Yield each such number on a page about eating disorders, or in a section or sentence about them."""
    if facts.profile.audience == "clinician":
        return
    numbers = {
        b.index: found
        for b in facts.blocks_with(triggers(options), rule.zones)
        if (found := tuple(_NUMBER.finditer(b.lower)))
    }
    places = [t for t in facts.crisis.triggers if t.topic == _TOPIC] if numbers else []
    if not places:
        return
    counted = Counter(trigger.block.section for trigger in places)
    everywhere = len(places) >= _MOST_PLACES and any(t.prominent or t.block.zone is Zone.TITLE for t in places)
    headed = {trigger.block.section for trigger in places if trigger.prominent}
    named = {trigger.block.index for trigger in places}
    for index, found in numbers.items():
        block = facts.document.blocks[index]
        if everywhere or block.index in named or block.section in headed or counted[block.section] >= _MOST_PLACES:
            yield from _hits(block, found)


def _hits(block: Block, found: Iterable[re.Match[str]]) -> Iterator[Hit]:
    for match in found:
        sentence = block.sentence_at(match.start())
        start, end = max(sentence.start, match.start() - _REACH), min(sentence.end, match.end() + _REACH)
        if not _MONEY.search(block.lower, start, end):
            variant = "criteria" if _CRITERIA.search(block.lower, start, end) else ""
            yield Hit(block.span(*match.span()), variant=variant)
