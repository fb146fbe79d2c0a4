"""Pairs of words of which one is missing: between without and, either without or, not only without but."""

import re
from collections.abc import Iterable, Iterator

import msgspec

from medlint.document import Block, Kind
from medlint.facts import Facts
from medlint.finding import Edit, Fix, Hit, Safety
from medlint.lexicon import word_classes
from medlint.matching import literals_of_all, rare
from medlint.rule import Rule


class Pair(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab", omit_defaults=True):
    """``opener``: a pattern that needs one of ``partners`` later in its sentence. ``unless``: what excuses the sentence."""

    opener: str
    partners: str
    partner: str
    unless: str = ""


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab", omit_defaults=True):
    """``pairs``: openers and their partners. ``replace``: broken phrases and what they should be. Lower-case patterns."""

    pairs: tuple[Pair, ...]
    replace: dict[str, str] = {}


_BETWEEN = re.compile(r"between(?<=\bbetween)(?<!in[ -]between) ([a-z][a-z' -]{2,80}?)(?=[,;:.()?!–—]|\Z)")
_CLAUSE_END = re.compile(r"[;:?!]|\.(?=\s|\Z)|, (?:but|so|which|yet|while|although|though|because)\b|\Z")
_RUNNING = frozenset((Kind.PARAGRAPH, Kind.ITEM, Kind.QUOTE, Kind.CELL, Kind.NOTE))
_NUMBERS_TO = re.compile(r"between(?<=\bbetween) (?:the ages of )?\$?\d[\d.,]*(?: ?%| ?[a-z]{1,7})? (to) \$?\d")


def triggers(options: Options) -> frozenset[str]:
    """The broken phrases and the literals of the openers; none if an opener has none."""
    literals = literals_of_all(rare(pair.opener) for pair in options.pairs)
    return literals.union(options.replace, ("between",)) if literals else frozenset()


def run(facts: Facts, rule: Rule, options: Options) -> Iterable[Hit]:
    """Yield each opener whose partner its sentence lacks, and each broken phrase."""
    for phrase, replacement in options.replace.items():
        for block in facts.blocks_with((phrase,), rule.zones):
            for match in re.finditer(rf"\b{phrase}\b", block.lower):
                yield _replaced(block, match.span(), replacement)
    for block in facts.blocks_with(("between",), rule.zones):
        if block.kind in _RUNNING:
            yield from _between(block)
    for pair in options.pairs:
        opener, partners = rare(pair.opener), re.compile(pair.partners)
        for block in facts.blocks_with(opener.literals, rule.zones):
            text = block.lower
            for match in opener.finditer(text) if block.kind in _RUNNING else ():
                sentence = block.sentence_at(match.start())
                rest = text[match.end() : sentence.end]
                if partners.search(rest) or _continues(block, sentence.end):
                    continue
                if not (pair.unless and re.search(pair.unless, text[sentence.start : sentence.end])):
                    fields = {"opener": match[0].split()[0], "partner": pair.partner}
                    yield Hit(block.span(*match.span()), fields, "pair")


def _between(block: Block) -> Iterator[Hit]:
    """``between`` with one thing only: no "and" in its clause, and no plural that could be the two."""
    text = block.lower
    for match in _NUMBERS_TO.finditer(text):
        yield _replaced(block, match.span(1), "and", "range")
    for match in _BETWEEN.finditer(text):
        clause_end = _CLAUSE_END.search(text, match.start())
        clause = text[match.start() : clause_end.start() if clause_end else len(text)]
        if re.search(r" (?:and|or|to|vs|versus|from)\b|&|/|-", clause) or _continues(
            block, match.start() + len(clause)
        ):
            continue
        phrase = match[1].split()
        if all(word_classes.only(word.removesuffix("'s"), "nagpvtr") for word in phrase) and _is_one(phrase[-1]):
            yield Hit(block.span(*match.span()), {"opener": "between", "partner": "and"}, "pair")


def _is_one(word: str) -> bool:
    return word_classes.never(word, "Nz") and word_classes.may_be(word, "ng")


def _continues(block: Block, end: int) -> bool:
    """Whether what is introduced goes on in a list after the block."""
    return block.plain[end - 1 : end] == ":" or (end >= len(block.plain) and block.plain[-1:] == ":")


def _replaced(block: Block, span: tuple[int, int], replacement: str, variant: str = "phrase") -> Hit:
    safety = Safety.UNSAFE if block.editable(*span) else Safety.DISPLAY
    fix = Fix((Edit(block.span(*span), replacement),), safety)
    return Hit(block.span(*span), {"replacement": replacement}, variant, fix)
