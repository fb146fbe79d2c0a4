"""Getting medicines unsafely: shared, left over, out of date, without the prescription they need, or from unchecked sellers."""

import re
from collections.abc import Iterator

import msgspec

from medlint.document import Block
from medlint.facts import Facts, clinicians, excuses, moods
from medlint.facts.medication_words import words as vocabulary
from medlint.facts.medicine_names import Mention
from medlint.facts.passages import around
from medlint.facts.surroundings import Surroundings
from medlint.finding import Hit
from medlint.matching import rare
from medlint.rule import Rule


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab", omit_defaults=True):
    """Patterns in lower case, in which MEDICINE stands for a medicine that needs a prescription, or one not named.
    ``told``: what readers are told to do; ``said``: what is said to be fine; ``signs``: words of which
    every such sentence has one; ``excuses``: words of the sentence that make it harmless."""

    signs: tuple[str, ...]
    told: tuple[str, ...]
    said: tuple[str, ...]
    excuses: tuple[str, ...]


_MEDICINE = "MEDICINE"
_WORD = re.compile(r"[ -]([a-z]+)")
_PLAIN = (
    r"(?:(?:prescription )?(?:medicines?|medications?|meds|pills|tablets|antibiotics|painkillers|inhalers?|insulin))"
)
_NOT_TOLD = re.compile(r"\b(?:not|never|nor|no one|nobody|avoid|without)\b|n't")


def triggers(options: Options) -> frozenset[str]:
    """The signs."""
    return frozenset(options.signs)


def run(facts: Facts, rule: Rule, options: Options) -> Iterator[Hit]:
    """Yield every sentence that sends readers to an unsafe source."""
    if facts.topic.language not in ("en", "") or not facts.topic.health:
        return
    page = Surroundings(facts.document, {}, {})
    excuse = re.compile("|".join(options.excuses))
    named: dict[int, list[Mention]] = {}
    for mention in facts.medicines.mentions:
        named.setdefault(mention.block.index, []).append(mention)
    for block in facts.blocks_with(options.signs, rule.zones):
        for start, end in _sources(block, _masked(block, named.get(block.index, ())), options):
            sentence = around(block, start)
            harmless = excuse.search(block.lower[sentence.start : sentence.end])
            if not harmless and not excuses.is_called_false(block, start, page):
                yield Hit(block.span(start, end))


def _sources(block: Block, text: str, options: Options) -> Iterator[tuple[int, int]]:
    """Where ``text``, the masked block, tells readers of an unsafe source, or says that one is fine."""
    for told, patterns in ((True, options.told), (False, options.said)):
        for pattern in patterns:
            for match in rare(pattern.replace(_MEDICINE, f"(?:{_PLAIN}|\ue000+)")).finditer(text):
                start = match.start()
                before = text[around(block, start).start : start]
                follower = _WORD.match(text, match.end())
                compound = follower is not None and follower[1] in vocabulary().compounds
                if not compound and _stands(before, told=told):
                    yield start, match.end()


def _masked(block: Block, mentions: list[Mention] | tuple[Mention, ...]) -> str:
    """The block in lower case with medicines that need a prescription replaced by a sign, character by character."""
    text = block.lower
    for mention in mentions:
        name = mention.name
        if not name.otc and mention.sure:
            text = text[: mention.start] + "\ue000" * (mention.end - mention.start) + text[mention.end :]
    return text


def _stands(before: str, *, told: bool) -> bool:
    if not told:
        return _NOT_TOLD.search(before) is None
    mood = moods.of_verb(before)
    return mood is not None and not mood.guard and not clinicians.names_any(before)
