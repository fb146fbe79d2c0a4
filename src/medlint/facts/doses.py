"""Amounts of a named medicine: how much of what, how often, and whether the reader is told to take it."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

import msgspec

from medlint.document import Block, Sentence
from medlint.facts import moods
from medlint.facts.medicine_names import Mention
from medlint.facts.passages import around

_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_NUMBERS = "one two three four five six seven eight nine ten eleven twelve".split()
_COUNTS = {word: n for n, word in enumerate(_NUMBERS, 1)} | {"once": 1, "twice": 2}
_WORD_NUMBER = "|".join(_COUNTS)
_AMOUNT = re.compile(
    rf"(?<![\w.,-])(?:(?P<count>\d|{_WORD_NUMBER})(?: ?[x\u00d7] ?| (?:tablets?|capsules?|pills?) of | ))?"
    rf"(?P<low>{_NUMBER})(?:(?: ?[-\u2013] ?| to | or )(?P<high>{_NUMBER}))?[ -]?"
    r"(?P<unit>mg|mcg|\u00b5g|\u03bcg|g|iu|ml|units?|milligrams?|micrograms?|grams?|international units?)(?![\w/])"
)
_MEASURE = re.compile(r"\d[ -]?[mgiu\u00b5\u03bc]")
"""What every amount holds: looked for first, as it takes a tenth of the time."""
_UNITS = {
    "milligram": "mg", "microgram": "mcg", "gram": "g", "international unit": "iu", "unit": "unit", "\u00b5g": "mcg", "\u03bcg": "mcg",
}  # fmt: skip
_IN_MG = {"mg": 1.0, "mcg": 0.001, "g": 1000.0}
_HOURS = re.compile(
    rf"\bevery (?P<low>\d+|{_WORD_NUMBER})(?: ?[-\u2013] ?(?P<high>\d+)| (?:to|or) (?P<word>\d+|{_WORD_NUMBER}))? hours?\b"
)
_TIMES = re.compile(
    rf"\b(?P<times>once|twice|(?:\d|{_WORD_NUMBER}) times)(?: (?:a|per|each|every) day| daily| in 24 hours| within 24 hours)\b"
)
_DAILY = re.compile(
    r"\b(?:(?:a|per|each|every) day|daily|in (?:any )?24 hours|within 24 hours|per 24 hours|nightly|(?:a|every|each) night)\b"
)
_WEEKLY = re.compile(r"\b(?:(?:a|per|each|every) (?:week|month)|weekly|monthly|once only|single)\b")
_VERB = re.compile(
    r"\b(?:take|taking|use|try|start|begin|have|swallow|inject|give|giving|apply|chew|dissolve|increase|reduce|get|drink)\b"
)
_NEED = re.compile(
    r"\b(?:adults?|children|teens|teenagers|women|men|people|everyone|you|kids|babies|patients)\b (?:[\w-]+ ){0,3}?"
    r"(?:needs?|requires?|should (?:take|have|get|use)|can (?:safely )?(?:take|have|use)|must take|ought to take)\b"
)
_NEAREST = 8
_CLAUSE = re.compile(r"[;:.!?](?= )")


class Dose(msgspec.Struct, frozen=True):
    """An amount of ``mention``: ``start`` and ``end`` are its range in the block, ``sentence`` the sentence around it.

    ``amount`` is the most the words allow at one time, in ``unit`` (mg, mcg, g, iu, ml or unit); ``per_day`` how many
    times a day at least, None where that is not said.
    """

    mention: Mention
    start: int
    end: int
    sentence: Sentence
    amount: float
    unit: str
    per_day: float | None

    @property
    def block(self) -> Block:
        """The block it stands in."""
        return self.mention.block

    def a_day(self, unit: str) -> float | None:
        """The amount a day in ``unit`` (mg or mcg); None if it cannot be converted. Without a frequency: one dose."""
        if self.unit not in _IN_MG or unit not in _IN_MG:
            return None
        return self.amount * _IN_MG[self.unit] / _IN_MG[unit] * (self.per_day or 1)


def of_block(block: Block, mentions: Sequence[Mention]) -> Iterator[Dose]:
    """The amounts of ``mentions``, all of ``block``, in order; each belongs to the nearest within eight words."""
    if not _MEASURE.search(block.lower):
        return
    starts = [start for start, _ in block.words]
    named = [mention.start for mention in mentions]
    for match in _AMOUNT.finditer(block.lower):
        sentence = around(block, match.start())
        near = mentions[bisect_left(named, sentence.start) : bisect_left(named, sentence.end)]
        if not near:
            continue
        mention = min(near, key=lambda m: _distance(starts, m, match.start(), match.end()))
        if _distance(starts, mention, match.start(), match.end()) > _NEAREST:
            continue
        amount = _value(match["high"] or match["low"])
        unit = match["unit"].removesuffix("s")
        yield Dose(
            mention,
            match.start(),
            match.end(),
            sentence,
            amount * (_value(match["count"]) if match["count"] else 1),
            _UNITS.get(unit, unit),
            _per_day(block.lower[match.end() : sentence.end]),
        )


def is_advised(dose: Dose) -> bool:
    """Whether the reader is told to take it: "take 10 mg", "you can use 200 mg", "adults need 40 mg"."""
    block = dose.block
    start = dose.sentence.start
    clause = list(_CLAUSE.finditer(block.lower, start, dose.start))
    begin = clause[-1].end() if clause else start
    if _NEED.search(block.lower, begin, dose.start):
        return True
    for match in reversed(list(_VERB.finditer(block.lower, begin, dose.start))):
        mood = moods.of_verb(block.lower[start : match.start()], ing=match[0].endswith("ing"))
        if mood is not None:
            return not mood.guard
    return False


def _distance(starts: Sequence[int], mention: Mention, start: int, end: int) -> int:
    """How many words lie between a mention and an amount; one after the amount is a little nearer ("10 mg of x")."""
    if mention.start >= end:
        return bisect_left(starts, mention.start) - bisect_left(starts, end)
    return bisect_left(starts, start) - bisect_left(starts, mention.end) + 1


def _value(text: str) -> float:
    return float(_COUNTS[text]) if text in _COUNTS else float(text.replace(",", ""))


def _per_day(rest: str) -> float | None:
    """How many times a day at least: "every 4 to 6 hours" is four times."""
    if _WEEKLY.search(rest):
        return None
    hours = _HOURS.search(rest)
    if hours:
        longest = _value(hours["high"] or hours["word"] or hours["low"])
        return 24 / longest if longest else None
    times = _TIMES.search(rest)
    if times:
        return _value(times["times"].removesuffix(" times"))
    return 1.0 if _DAILY.search(rest) else None
