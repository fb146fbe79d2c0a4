"""Sentences that are too long to hold in mind."""

import re
from collections.abc import Iterable

import msgspec

from medlint.document import Kind
from medlint.facts import Facts
from medlint.facts.readability import Phrase
from medlint.finding import Hit
from medlint.rule import Rule

_QUOTED = re.compile(r"\"[^\"]{60,}\"")


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab", omit_defaults=True):
    """``most``: the words a sentence may have; ``far``: above this the variant ``far`` speaks."""

    most: int = 25
    far: int = 40


def run(facts: Facts, rule: Rule, options: Options) -> Iterable[Hit]:
    """Yield every sentence that has too many words even without the items of a series in it."""
    if facts.topic.language not in ("en", "") or facts.profile.audience == "clinician":
        return
    for phrase in facts.readability.phrases:
        count = len(phrase.words)
        if count <= options.most or phrase.block.zone not in rule.zones or _is_quotation(phrase):
            continue
        if count - _in_series(phrase) > options.most:
            fields = {"count": str(count), "most": str(options.most)}
            yield Hit(phrase.block.span(phrase.start, phrase.end), fields, variant="far" if count > options.far else "")


def _is_quotation(phrase: Phrase) -> bool:
    text = phrase.block.plain[phrase.start : phrase.end]
    quoted = _QUOTED.search(text)
    return phrase.block.kind is Kind.QUOTE or bool(quoted and len(quoted[0]) * 2 > len(text))


def _in_series(phrase: Phrase) -> int:
    """The words of a series in the sentence: three or more pieces of at most four words between commas."""
    text = phrase.block.plain
    pieces: list[int] = []
    words = 0
    previous = phrase.start
    for start, end in phrase.places:
        if words and ("," in text[previous:start] or ";" in text[previous:start]):
            pieces.append(words)
            words = 0
        words += 1
        previous = end
    best = run_words = run_length = 0
    for count in pieces[1:]:
        run_length, run_words = (run_length + 1, run_words + count) if count <= 4 else (0, 0)
        if run_length >= 3:
            best = max(best, run_words)
    return best
