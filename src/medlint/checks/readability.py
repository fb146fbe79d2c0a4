"""The reading grade against a target, and where no honest grade can be given."""

from collections.abc import Iterable
from typing import Literal

import msgspec

from medlint.document import Block
from medlint.facts import Facts
from medlint.facts.readability import FEWEST_SENTENCES, FEWEST_WORDS, Readability
from medlint.finding import Hit, Related, Undetermined
from medlint.rule import Rule
from medlint.source import Span


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab", omit_defaults=True):
    """``judge``: the ``grade``, or the ``doubt`` that keeps it from being given. ``target``: the highest grade that is
    fine; ``near``: the grade up to which the variant ``near`` speaks. Both formulas must exceed the target."""

    judge: Literal["grade", "doubt"] = "grade"
    target: float = 8
    near: float = 10


def run(facts: Facts, rule: Rule, options: Options) -> Iterable[Hit | Undetermined]:
    """Yield one hit for a page above the target, or for a page that cannot be graded."""
    if facts.profile.audience == "clinician":
        return
    found = facts.readability
    if options.judge == "doubt":
        if found.doubt and facts.topic.health:
            yield Hit(_place(facts), _doubt_fields(facts, found), variant=found.doubt)
        return
    grade, kincaid, smog = found.adjusted_grade, found.adjusted_flesch_kincaid, found.adjusted_smog
    if grade is None or kincaid is None or smog is None:
        yield Undetermined(rule.notes[found.doubt].format(**_doubt_fields(facts, found)))
    elif grade > options.target and min(kincaid, smog) > options.target:
        yield _too_high(facts, rule, found, grade, options)


def _too_high(facts: Facts, rule: Rule, found: Readability, grade: float, options: Options) -> Hit:
    def note(key: str, block: Block, start: int, end: int, **fields: object) -> Related:
        return Related(block.span(start, end), rule.notes[key].format(**fields))

    parts = [(part.grade, part.heading) for part in found.parts if part.grade is not None and part.heading is not None]
    related = []
    if len(parts) > 1:
        worst, heading = max(parts, key=lambda part: part[0])
        related.append(note("part", heading, 0, len(heading.text), grade=worst))
    for phrase in found.hardest:
        related.append(note("sentence", phrase.block, phrase.start, phrase.end, count=len(phrase.words)))
    for word in found.costliest:
        related.append(note("word", word.block, word.start, word.end, word=word.text, times=word.times))
    fields = {
        "grade": f"{grade:.1f}",
        "target": f"{options.target:g}",
        "flesch_kincaid": f"{found.flesch_kincaid_grade:.1f}",
        "smog": f"{found.smog_index:.1f}",
        "words_per_sentence": f"{found.words_per_sentence:.0f}",
        "over_20": f"{found.over_20:.0%}",
        "costliest": ", ".join(word.text for word in found.costliest[:5]),
    }
    return Hit(_place(facts), fields, variant="near" if grade <= options.near else "", related=tuple(related))


def _doubt_fields(facts: Facts, found: Readability) -> dict[str, str]:
    return {
        "words": str(found.words),
        "sentences": str(found.sentences),
        "language": facts.topic.language,
        "fewest_words": str(FEWEST_WORDS),
        "fewest_sentences": str(FEWEST_SENTENCES),
    }


def _place(facts: Facts) -> Span:
    """A judgement of the whole page stands at its title, else at its first words."""
    document = facts.document
    block: Block | None = (
        document.title if document.title and document.title.segments else next(iter(document.prose()), None)
    )
    return block.span() if block else Span(0, 0)
