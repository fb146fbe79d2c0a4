"""How doses are written: notations that have been misread with harm."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Literal

import msgspec

from medlint.document import Block
from medlint.facts import Facts
from medlint.facts.passages import around
from medlint.finding import Edit, Fix, Hit, Safety
from medlint.matching import holds_any
from medlint.rule import Rule


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab", omit_defaults=True):
    """``find``: the notation. ``abbreviations``: what each stands for, spelt as it is written; ``only-with``: what must
    stand in the same block for one that has other senses; ``grave``: those that hospitals' accreditors forbid."""

    find: Literal["trailing-zero", "naked-decimal", "abbreviation"]
    abbreviations: dict[str, str] = {}
    only_with: dict[str, str] = {}
    grave: tuple[str, ...] = ()


_UNIT = r"(?:mg|mcg|\u00b5g|\u03bcg|g|kg|m[lL]|units?|IU|mEq|mmol|milligrams?|micrograms?|grams?)"
_TRAILING = re.compile(rf"(?<![\w.,])(?P<whole>\d[\d,]*)(?P<zeros>\.0+)(?= ?-?{_UNIT}(?![\w/]))")
_NAKED = re.compile(rf"(?<![\w.,)\]])(?P<point>\.)\d+(?= ?-?{_UNIT}(?![\w/]))")
_DOSING = re.compile(
    r"\b(?:tak(?:e|es|ing)|giv(?:e|es|en|ing)|inject\w*|us(?:e|es|ing)|dos(?:e|es|age|ing)|tablets?|capsules?|pills?|inhal\w+|apply|swallow\w*|"
    r"prescri\w+|daily|nightly|at night|at bedtime|twice|once|times a day|every \w+ hours?|start\w*|medic\w+|drugs?|strength|syringe|infus\w+)\b"
)
_MEASURED = re.compile(
    r"\b(?:levels?|results?|tests?|scans?|tumou?rs?|concentrations?|serum|plasma|normal range|range of|blood (?:sugar|glucose|potassium)|ph|version|"
    r"measur\w+|weigh\w*|birth ?weight|per (?:litre|liter|deciliter|decilitre|kilogram))\b"
)


def triggers(options: Options) -> frozenset[str]:
    """Decimals need a point before or after a digit; abbreviations are two or three letters, too short to look for."""
    if options.find == "abbreviation":
        return frozenset()
    zero = options.find == "trailing-zero"
    return frozenset((".0",)) if zero else frozenset(f".{digit}" for digit in range(10))


def run(facts: Facts, rule: Rule, options: Options) -> Iterator[Hit]:
    """Yield every place where a dose is written in the way that the rule's ``find`` names."""
    if options.find == "abbreviation":
        if facts.topic.language in ("en", "") and facts.medicines.mentions:
            yield from _abbreviations(facts, rule, options)
        return
    pattern = _TRAILING if options.find == "trailing-zero" else _NAKED
    medicated = {mention.block.index for mention in facts.medicines.mentions}
    for block in facts.blocks_with(triggers(options), rule.zones):
        for match in pattern.finditer(block.plain):
            sentence = around(block, match.start())
            said = block.lower[sentence.start : sentence.end]
            dosed = block.index in medicated or _DOSING.search(said)
            if dosed and not _MEASURED.search(said):
                yield _decimal(block, match)


def _decimal(block: Block, match: re.Match[str]) -> Hit:
    start, end = match.span()
    written = block.text[start:end]
    better = match["whole"] if "whole" in match.re.groupindex else f"0{written}"
    # The engine lets nobody change a number unseen, so the fix is only shown.
    fix = Fix((Edit(block.span(start, end), better),), Safety.DISPLAY)
    return Hit(block.span(start, end), {"better": better}, fix=fix)


_TOKEN = re.compile(r"[\w\u00b5\u03bc][\w.\u00b5\u03bc/]*")
_GLUED = re.compile(r"\d+(?=[A-Za-z\u00b5\u03bc])")
_BESIDE = 4


def _abbreviations(facts: Facts, rule: Rule, options: Options) -> Iterator[Hit]:
    supplements: dict[int, bool] = {}
    for mention in facts.medicines.mentions:
        index = mention.block.index
        supplements[index] = supplements.get(index, True) and mention.name.kind == "supplement"
    written_so = _any_of(tuple(options.abbreviations))
    for block in facts.document.prose(rule.zones):
        if (
            not block.has_digits
            or not holds_any(block.plain, options.abbreviations)
            or not written_so.search(block.plain)
            or (block.index not in supplements and not _DOSING.search(block.lower))
        ):
            continue
        for start, end in _in_doses(block, options):
            written = block.plain[start:end]
            meant = options.abbreviations[written]
            # "75 micrograms (75 \u00b5g)" explains itself, as packs that show the sign need.
            if meant.split()[0] in block.lower[:start]:
                continue
            variant = "supplement" if supplements.get(block.index) else "grave" if written in options.grave else ""
            yield Hit(block.span(start, end), {"meant": meant}, variant)


@cache
def _any_of(abbreviations: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<![A-Za-z])(?:{'|'.join(map(re.escape, abbreviations))})(?![A-Za-z])")


def _in_doses(block: Block, options: Options) -> Iterator[tuple[int, int]]:
    """The ranges of abbreviations with a number near them, and of those glued to one ("10U")."""
    tokens = list(_TOKEN.finditer(block.plain))
    for at, match in enumerate(tokens):
        glued = _GLUED.match(match[0])
        start = match.start() + (glued.end() if glued else 0)
        written = block.plain[start : match.end()].rstrip(".")
        if written not in options.abbreviations:
            continue
        context = options.only_with.get(written)
        if context and not re.search(context, block.lower):
            continue
        beside = tokens[max(at - _BESIDE, 0) : at] + tokens[at + 1 : at + 1 + _BESIDE]
        if glued or any(other[0][0].isdigit() for other in beside):
            yield start, start + len(written)
