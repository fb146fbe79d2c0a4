"""Phrases: regular expressions over the prose, and what in the same sentence excuses them."""

import re
from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import repeat

import msgspec

from medlint import backtracking
from medlint.document import Block
from medlint.facts import Facts
from medlint.finding import Edit, Fix, Hit, Safety
from medlint.matching import literals_of, literals_of_all, rare
from medlint.rule import Rule


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab", omit_defaults=True):
    """``match``: patterns, tried in order on each sentence; a group called ``hit`` narrows what is found, other named
    groups are fields of the message. ``unless``: patterns that excuse the sentence. ``skip``: names and phrases inside
    which nothing is found. ``replace``: what to put in the place of each spelling (lower case), as a suggestion of
    safety ``fix``. ``within``: ``sentence`` or ``block``.

    Patterns see straight quotes, plain spaces and plain hyphens, and ignore case unless ``case-sensitive``.
    """

    match: tuple[str, ...]
    unless: tuple[str, ...] = ()
    skip: tuple[str, ...] = ()
    replace: dict[str, str] = {}
    fix: Safety = Safety.UNSAFE
    case_sensitive: bool = False
    within: str = "sentence"


_ADDRESS = re.compile(r"(?:https?://|\bwww\.)[^\s<>\"]+|(?<![\w.+-])[\w.+-]{1,64}@[\w-]+\.[\w.-]+")
"""An address in the text is no prose, whatever words are in it."""


def triggers(options: Options) -> frozenset[str]:
    """Literals of which one occurs wherever a pattern matches; empty if one of the patterns has none."""
    return literals_of_all(map(rare, options.match, repeat(_flags(options))))


def run(facts: Facts, rule: Rule, options: Options) -> Iterable[Hit]:
    """Yield every match that nothing in its sentence excuses."""
    return search(facts.blocks_with(triggers(options), rule.zones), options)


def search(blocks: Iterable[Block], options: Options) -> Iterable[Hit]:
    """Yield every match in ``blocks`` that nothing in its sentence excuses."""
    flags = _flags(options)
    patterns = [rare(pattern, flags) for pattern in options.match]
    excuses = [_compiled(pattern, flags) for pattern in options.unless]
    names = [_ADDRESS, *(_compiled(pattern, flags) for pattern in options.skip)]
    for block in blocks:
        taken: list[tuple[int, int]] = []
        named: list[tuple[int, int]] | None = None
        excused: dict[int, bool] = {}
        for pattern in patterns:
            for match in pattern.of_block(block):
                start, end = match.span("hit") if "hit" in match.re.groupindex else match.span()
                if start == end or overlaps(taken, start, end):
                    continue
                if named is None:
                    named = ranges(names, block.plain)
                if overlaps(named, start, end):
                    continue
                low, high = (0, len(block.plain)) if options.within == "block" else block.sentence_at(match.start())
                if low not in excused:
                    scope = block.plain[low:high]
                    excused[low] = any(excuse.search(scope) for excuse in excuses)
                if not excused[low]:
                    insort(taken, (start, end))
                    yield _hit(block, match, start, end, options)


def _flags(options: Options) -> int:
    return 0 if options.case_sensitive else re.IGNORECASE


def ranges(patterns: Iterable[re.Pattern[str]], text: str) -> list[tuple[int, int]]:
    """Where ``patterns`` match in ``text``, as sorted, separate ranges; of two that touch, the first pattern's."""
    found: list[tuple[int, int]] = []
    for pattern in patterns:
        for match in pattern.finditer(text):
            if match.end() > match.start() and not overlaps(found, *match.span()):
                insort(found, match.span())
    return found


def overlaps(taken: list[tuple[int, int]], start: int, end: int) -> bool:
    """Whether one of the sorted, separate ranges ``taken`` touches the range from ``start`` to ``end``."""
    index = bisect_left(taken, (end, end))
    return index > 0 and taken[index - 1][1] > start


def _hit(block: Block, match: re.Match[str], start: int, end: int, options: Options) -> Hit:
    text = block.plain[start:end]
    fields = {name: value or "" for name, value in match.groupdict().items()} | {"text": text}
    fix = None
    replacement = options.replace.get(text.lower())
    if replacement is not None:
        fields["replacement"] = replacement
        safety = options.fix if block.editable(start, end) else Safety.DISPLAY
        fix = Fix((Edit(block.span(start, end), _cased(replacement, text)),), safety)
    return Hit(block.span(start, end), fields, fix=fix)


def _cased(replacement: str, model: str) -> str:
    return replacement[:1].upper() + replacement[1:] if model[:1].isupper() else replacement


@lru_cache(maxsize=4096)
def _compiled(pattern: str, flags: int) -> re.Pattern[str]:
    return re.compile(pattern, flags)


def check_options(options: Options) -> Iterator[str]:
    """What is wrong with a rule's patterns, for rule authors."""
    for pattern in (*options.match, *options.unless, *options.skip):
        try:
            literals = literals_of(pattern)
        except re.error as error:
            yield f"{pattern!r} is not a regular expression: {error}"
        else:
            if not literals and pattern in options.match:
                yield f"{pattern!r} has no run of three letters that every match holds, so it would run on every page"
            for problem in backtracking.problems(pattern):
                yield f"{pattern!r} could be slow: {problem}"
