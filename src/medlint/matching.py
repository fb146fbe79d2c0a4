"""Which rules have anything to look for on a page: one pass finds the literals of all of them.

Every match of a pattern holds one of its literals, so a pattern whose literals do not occur is never run, and the cost
of a page hardly grows with the number of rules.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from re import _constants as _c  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

from medlint import kept
from medlint.document import Block, Document

_SHORTEST = 3
_MOST = 64


def holds_any(text: str, literals: Iterable[str]) -> bool:
    """Whether one of ``literals`` occurs in ``text``: a tenth of the time of a search for a pattern that needs one."""
    return any(map(text.__contains__, literals))


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


@lru_cache(maxsize=2048)
def literals_of(pattern: str, flags: int = re.IGNORECASE) -> frozenset[str]:
    """Lower-case strings of which at least one occurs in every match of ``pattern``; empty if there are none to tell.

    Raises re.error for a pattern that is not one.
    """

    def parse() -> frozenset[str]:
        try:
            return _of_sequence(_parser.parse(pattern, flags)) or frozenset()
        except (RecursionError, OverflowError):
            raise re.error("it is nested too deeply or repeats too often") from None

    return kept.value(f"literals {flags:d} {pattern}", frozenset[str], parse, __file__)


def _of_sequence(items: Iterable[tuple[Any, Any]]) -> frozenset[str] | None:
    best: frozenset[str] | None = None
    run = ""
    for operator, argument in items:
        if operator is _c.LITERAL:
            run += chr(argument).lower()
            continue
        best, run = _better(best, _single(run)), ""
        best = _better(best, _of_item(operator, argument))
    return _better(best, _single(run))


def _of_item(operator: Any, argument: Any) -> frozenset[str] | None:
    if operator is _c.SUBPATTERN:
        return _of_sequence(argument[3])
    if operator is _c.ATOMIC_GROUP:
        return _of_sequence(argument)
    if operator is _c.BRANCH:
        found: set[str] = set()
        for branch in argument[1]:
            literals = _of_sequence(branch)
            if not literals:
                return None
            found |= literals
        return frozenset(found) if len(found) <= _MOST else None
    if operator in (_c.MAX_REPEAT, _c.MIN_REPEAT, _c.POSSESSIVE_REPEAT) and argument[0] >= 1:
        return _of_sequence(argument[2])
    return None


def _single(run: str) -> frozenset[str] | None:
    return frozenset((run,)) if len(run.strip()) >= _SHORTEST else None


def _better(one: frozenset[str] | None, other: frozenset[str] | None) -> frozenset[str] | None:
    """The set that says more: the longer shortest literal, then the fewer literals."""
    if not one or not other:
        return one or other

    def worth(literals: frozenset[str]) -> tuple[int, int]:
        return min(map(len, literals)), -len(literals)

    return max(one, other, key=worth)
