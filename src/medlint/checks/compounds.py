"""Hyphens of compounds: missing before a noun ("board certified doctor"), or standing where no noun follows."""

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

import msgspec

from medlint.document import Block
from medlint.facts import Facts
from medlint.finding import Edit, Fix, Hit, Safety
from medlint.lexicon import word_classes
from medlint.rule import Rule


class Compound(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab", omit_defaults=True):
    """``second`` after one of ``first``, joined before a noun. ``unless_after``: words before it that give it another
    sense; ``only_after``: words one of which, or a number or the start of a sentence, must stand before it."""

    second: str
    first: tuple[str, ...]
    unless_after: tuple[str, ...] = ()
    only_after: tuple[str, ...] = ()


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab", omit_defaults=True):
    """``joined``: compounds that take a hyphen before a noun. ``always``: pairs that always take one.
    ``nouns``: pairs of nouns that take none unless another noun follows."""

    joined: tuple[Compound, ...]
    always: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()


_NEXT = re.compile(r" ([a-z][a-z'-]*)")
_BEFORE = re.compile(r"([\w'-]+) \Z")
_ADVERB_ENDS = "ly-"
_ADVERB = re.compile(r"(?<![\w-])([a-z]{2,}ly)-([a-z]+(?:ed|ing))(?![\w-])")


class _Patterns(NamedTuple):
    joined: tuple[tuple[Compound, re.Pattern[str]], ...]
    always: re.Pattern[str]
    nouns: re.Pattern[str]


@cache
def _patterns(options: Options) -> _Patterns:
    def whole(*words: str) -> str:
        return rf"(?<![\w'-])(?:{'|'.join(words) or '(?!)'})"

    return _Patterns(
        tuple(
            (compound, re.compile(rf"{whole(*compound.first)}( ){compound.second}(?= [a-z])"))
            for compound in options.joined
        ),
        re.compile(rf"{whole(*options.always)}(?![\w'-])"),
        re.compile(rf"{whole(*options.nouns)}(?![\w'-])"),
    )


def triggers(options: Options) -> frozenset[str]:
    """The second words of compounds, the pairs that are always one or two words, and how a joined adverb ends."""
    return frozenset((*(compound.second for compound in options.joined), *options.always, *options.nouns, _ADVERB_ENDS))


def run(facts: Facts, rule: Rule, options: Options) -> Iterable[Hit]:
    """Yield each compound that lacks its hyphen, and each hyphen that joins what stands apart."""
    joined, always, nouns = _patterns(options)
    for compound, pattern in joined:
        for block in facts.blocks_with((compound.second,), rule.zones):
            text = block.lower
            for match in pattern.finditer(text):
                if _before_noun(text, match.end()) and _fits(text, match.start(), compound):
                    yield _hit(block, match.span(), match.start(1), "-", "missing")
    for block in facts.blocks_with(options.always, rule.zones):
        for match in always.finditer(block.lower):
            yield _hit(block, match.span(), block.lower.index(" ", match.start()), "-", "missing")
    for block in facts.blocks_with(options.nouns, rule.zones):
        for match in nouns.finditer(block.lower):
            if not _before_noun(block.lower, match.end()):
                yield _hit(block, match.span(), block.lower.index("-", match.start()), " ", "spurious")
    for block in facts.blocks_with((_ADVERB_ENDS,), rule.zones):
        for match in _ADVERB.finditer(block.lower):
            if word_classes.only(match[1], "r") and word_classes.may_be(match[2], "pg"):
                yield _hit(block, match.span(), match.end(1), " ", "adverb")


def _fits(text: str, start: int, compound: Compound) -> bool:
    before = _BEFORE.search(text, max(start - 30, 0), start)
    word = before[1] if before else ""
    if word in compound.unless_after:
        return False
    return not compound.only_after or not word or word.isdigit() or word in compound.only_after


def _before_noun(text: str, end: int) -> bool:
    """Whether a noun follows, at once or after one adjective."""
    word = _NEXT.match(text, end)
    if word is None or word[1] in word_classes.CLOSED:
        return False
    found = word_classes.of(word[1])
    if not found.usual or any(letter in found.usual for letter in "nNg"):
        return True
    return "a" in found.usual and _before_noun(text, word.end())


def _hit(block: Block, span: tuple[int, int], at: int, mark: str, variant: str) -> Hit:
    text = block.plain[span[0] : span[1]]
    place = at - span[0]
    fields = {"replacement": f"{text[:place]}{mark}{text[place + 1 :]}"}
    safety = Safety.UNSAFE if block.editable(*span) else Safety.DISPLAY
    return Hit(block.span(*span), fields, variant, Fix((Edit(block.span(at, at + 1), mark),), safety))
