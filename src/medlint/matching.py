"""Which rules have anything to look for on a page: one pass finds the literals of all of them.

Every match of a pattern holds one of its literals, so a pattern whose literals do not occur is never run, and the cost
of a page hardly grows with the number of rules.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cached_property, lru_cache
from re import _constants as _c  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

from medlint import kept
from medlint.document import Block, Document

_SHORTEST = 3
_MOST = 64
_EVERYWHERE = frozenset("and are can for have may not that the this when will with you your".split())


def holds_any(text: str, literals: Iterable[str]) -> bool:
    """Whether one of ``literals`` occurs in ``text``: a tenth of the time of a search for a pattern that needs one."""
    for literal in literals:  # noqa: SIM110 (in half the time of any())
        if literal in text:
            return True
    return False


class Rare:
    """A pattern that few texts hold: it is run only where what its matches need stands.

    Neither what it needs nor the pattern is made before it is first asked for.
    """

    def __init__(self, pattern: str, flags: int = 0) -> None:
        self._pattern = pattern
        self._flags = flags

    @cached_property
    def literals(self) -> frozenset[str]:
        """Strings of which one is in every match; empty if there are none to tell."""
        return literals_of(self._pattern)

    @cached_property
    def _asked(self) -> tuple[frozenset[str], ...]:
        return tuple(sorted(needs_of(self._pattern), key=len))  # the fewest questions first

    @cached_property
    def _compiled(self) -> re.Pattern[str]:
        return re.compile(self._pattern, self._flags)

    def _may_be_in(self, lower: str) -> bool:
        for literals in self._asked:  # noqa: SIM110
            if not holds_any(lower, literals):
                return False
        return True

    def search(self, lower: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """The first match in ``lower[start:end]``, a text in lower case."""
        return self._compiled.search(lower, start, end) if self._may_be_in(lower) else None

    def finditer(self, lower: str) -> Iterator[re.Match[str]]:
        """The matches in ``lower``, a text in lower case."""
        return self._compiled.finditer(lower) if self._may_be_in(lower) else iter(())

    def of_block(self, block: Block) -> Iterator[re.Match[str]]:
        """The matches in ``block.plain``, which has capitals."""
        return self._compiled.finditer(block.plain) if self._may_be_in(block.lower) else iter(())


rare = lru_cache(maxsize=4096)(Rare)
"""The Rare of a pattern and its flags, made once: for patterns that come with a rule."""


def literals_of_all(patterns: Iterable[Rare]) -> frozenset[str]:
    """Strings of which one occurs wherever one of ``patterns`` matches; empty if there are none to tell for one of them."""
    found = [pattern.literals for pattern in patterns]
    return frozenset().union(*found) if all(found) else frozenset()


class Scanner:
    """Finds which of ``literals`` (lower case) occur in which blocks, in one pass over the text."""

    def __init__(self, literals: Iterable[str]) -> None:
        self.literals = frozenset(literals)
        self._sorted = sorted(self.literals)
        self._automaton: Any = None
        try:
            import ahocorasick_rs
        except ImportError:  # no wheel for this platform: the plain search is slower, and finds the same
            return
        if self._sorted:
            self._automaton = ahocorasick_rs.AhoCorasick(self._sorted, store_patterns=False)

    def scan(self, document: Document) -> Mapping[str, tuple[Block, ...]]:
        """The blocks each literal occurs in, in order; literals that occur nowhere are absent."""
        blocks = document.blocks
        if self._automaton is None:
            held = ((literal, tuple(b for b in blocks if literal in b.lower)) for literal in self._sorted)
            return {literal: where for literal, where in held if where}
        found: dict[int, dict[int, None]] = {}
        for literal, index in self._matches(document):
            found.setdefault(literal, {})[index] = None
        return {self._sorted[literal]: tuple([blocks[index] for index in where]) for literal, where in found.items()}

    def holding(self, document: Document) -> list[Block]:
        """The blocks in which one of the literals occurs, in order."""
        blocks = document.blocks
        if self._automaton is None:
            return [block for block in blocks if holds_any(block.lower, self.literals)]
        return [blocks[index] for index in dict.fromkeys([index for _, index in self._matches(document)])]

    def _matches(self, document: Document) -> Iterator[tuple[int, int]]:
        """The number of each literal found, and of the block it is in, by where they end."""
        text, starts = document.running
        for literal, start, _ in self._automaton.find_matches_as_indexes(text, overlapping=True):
            yield literal, bisect_right(starts, start) - 1


class Forms:
    """The alternatives of a pattern, each with strings one of which is in every match of it: only those that a text can
    hold are looked for in it, and most texts can hold none."""

    def __init__(self, *forms: tuple[Collection[str], str]) -> None:
        self._forms = forms
        self.signs = frozenset().union(*(signs for signs, _ in forms))
        """Strings one of which is in every text that has a match."""
        self._pattern = lru_cache(maxsize=1 << len(forms))(lambda *wanted: re.compile("|".join(wanted)))

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """The matches in ``text``, as of the pattern of all alternatives in their order."""
        wanted = [form for signs, form in self._forms if holds_any(text, signs)]
        return self._pattern(*wanted).finditer(text) if wanted else iter(())


def literals_of(pattern: str, flags: int = re.IGNORECASE) -> frozenset[str]:
    """Lower-case strings of which at least one occurs in every match of ``pattern``; empty if there are none to tell.

    Raises re.error for a pattern that is not one.
    """
    needs = needs_of(pattern, flags)
    return needs[0] if needs else frozenset()


@lru_cache(maxsize=2048)
def needs_of(pattern: str, flags: int = re.IGNORECASE) -> tuple[frozenset[str], ...]:
    """Sets of lower-case strings: of each, at least one occurs in every match of ``pattern``. What says most comes first.

    Raises re.error for a pattern that is not one.
    """

    def parse() -> tuple[frozenset[str], ...]:
        try:
            return tuple(sorted(dict.fromkeys(_of_sequence(_parser.parse(pattern, flags))), key=_worth, reverse=True))
        except (RecursionError, OverflowError):
            raise re.error("it is nested too deeply or repeats too often") from None

    return kept.value(f"needs {flags:d} {pattern}", tuple[frozenset[str], ...], parse, __file__)


def _of_sequence(items: Iterable[tuple[Any, Any]]) -> Iterator[frozenset[str]]:
    run = ""
    for operator, argument in items:
        if operator is _c.LITERAL:
            run += chr(argument).lower()
            continue
        yield from _single(run)
        run = ""
        yield from _of_item(operator, argument)
    yield from _single(run)


def _of_item(operator: Any, argument: Any) -> Iterator[frozenset[str]]:
    if operator is _c.SUBPATTERN:
        yield from _of_sequence(argument[3])
    elif operator is _c.ATOMIC_GROUP:
        yield from _of_sequence(argument)
    elif operator is _c.BRANCH:
        best = [max(_of_sequence(branch), key=_worth, default=frozenset()) for branch in argument[1]]
        found = frozenset().union(*best)
        if all(best) and len(found) <= _MOST:
            yield found
    elif operator in (_c.MAX_REPEAT, _c.MIN_REPEAT, _c.POSSESSIVE_REPEAT) and argument[0] >= 1:
        yield from _of_sequence(argument[2])


def _single(run: str) -> Iterator[frozenset[str]]:
    if len(run.strip()) >= _SHORTEST:
        yield frozenset((run,))


def _worth(literals: frozenset[str]) -> tuple[int, int]:
    """How much a set says: by its shortest literal that is no word of every text, then the fewer the more."""
    return min([0 if literal.strip() in _EVERYWHERE else len(literal) for literal in literals]), -len(literals)
