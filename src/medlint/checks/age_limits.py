"""Something that is unsafe for young children, recommended for one."""

import re
from collections.abc import Iterator

import msgspec

from medlint.facts import Facts
from medlint.facts.hazards import AgeLimit, hazards
from medlint.facts.medicine_names import Mention
from medlint.facts.passages import around
from medlint.finding import Hit
from medlint.rule import Rule


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab", omit_defaults=True):
    """Patterns in lower case. ``advice``: words of recommending. ``excuses``: words of the sentence that make it none."""

    advice: tuple[str, ...]
    excuses: tuple[str, ...]


_NUMBERS = {word: n for n, word in enumerate("one two three four five six seven eight nine ten".split(), 1)}
_AGE = re.compile(
    rf"\b(?P<count>\d{{1,2}}|{'|'.join(_NUMBERS)})[- ](?P<unit>week|month|year)s?[- ]olds?\b"
    rf"|\b(?:aged?|at) (?P<aged>\d{{1,2}}|{'|'.join(_NUMBERS)})(?: (?P<unit2>weeks?|months?|years?))?\b"
)
_CHILD = frozenset(
    (
        "child",
        "kid",
        "toddler",
        "bab",
        "infant",
        "newborn",
        "teen",
        "-old",
        " old",
        "aged",
        "son",
        "daughter",
        "preschool",
    )
)
_FROM = re.compile(r"\b(?:over|older than|above|from|aged? (?:\d+ )?and (?:over|up|older))\b")


def triggers(options: Options) -> frozenset[str]:  # noqa: ARG001
    """Words for children and ages."""
    return _CHILD


def run(facts: Facts, rule: Rule, options: Options) -> Iterator[Hit]:
    """Yield each sentence that recommends something of the table for a child below its age."""
    if facts.topic.language not in ("en", "") or facts.profile.audience == "clinician":
        return
    advice, excuse = re.compile("|".join(options.advice)), re.compile("|".join(options.excuses))
    named: dict[int, list[Mention]] = {}
    for mention in facts.medicines.mentions:
        named.setdefault(mention.block.index, []).append(mention)
    for block in facts.blocks_with(_CHILD, rule.zones):
        for limit in hazards().ages:
            for start, end in limit.choice.places(block, named.get(block.index, ())):
                sentence = around(block, start)
                said = block.lower[sentence.start : sentence.end]
                if advice.search(said) and not excuse.search(said) and _is_below(said, limit):
                    yield Hit(block.span(start, end), {"age": limit.word, "risk": limit.risk})
                    break


def _is_below(text: str, limit: AgeLimit) -> bool:
    """Whether the sentence speaks of a child below the limit: by its age, else by what it is called."""
    ages = [months for match in _AGE.finditer(text) if (months := _months(match)) is not None]
    if ages:
        return min(ages) < limit.under and not _FROM.search(text)
    return re.search(limit.children, text) is not None and not _FROM.search(text)


def _months(match: re.Match[str]) -> float | None:
    count = match["count"] or match["aged"]
    unit = (match["unit"] or match["unit2"] or "year").rstrip("s")
    number = _NUMBERS.get(count) or int(count)
    return number * {"week": 0.25, "month": 1.0, "year": 12.0}[unit]
