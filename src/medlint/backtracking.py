"""What in a regular expression could make a search take more than its share of time.

Rules come from anybody who sends a pull request, and Python's engine tries every way in which repeats can share out the
same text. A repeat offers a choice only where it can go on and stop at the same character. So a pattern is taken if no
repeat without an upper bound offers one, and if the choices of the bounded ones multiply to few: then a search costs a
bounded number of steps for each place that it starts from. Judged by the first character only, so that some patterns
that would be quick are refused; an upper bound makes any of them acceptable.
"""

import string
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from re import IGNORECASE, _parser  # type: ignore[attr-defined]
from re import _constants as _c  # type: ignore[attr-defined]
from typing import Any

import msgspec

MOST_WAYS = 1_000_000
"""In how many ways the repeats of a pattern may share out a text."""
_MOST_WORDS = 400
_ALPHABET = frozenset(string.printable + "éßñøÉ\u00a0\u2019\u201c\u2013\u2022\ufffc字")
_REPEATS = (_c.MAX_REPEAT, _c.MIN_REPEAT)
_WORD = frozenset(char for char in _ALPHABET if char.isalnum() or char == "_")
_CATEGORIES = {
    _c.CATEGORY_DIGIT: frozenset(filter(str.isdigit, _ALPHABET)),
    _c.CATEGORY_SPACE: frozenset(filter(str.isspace, _ALPHABET)),
    _c.CATEGORY_WORD: _WORD,
}
_OPPOSITES = {
    _c.CATEGORY_NOT_DIGIT: _c.CATEGORY_DIGIT,
    _c.CATEGORY_NOT_SPACE: _c.CATEGORY_SPACE,
    _c.CATEGORY_NOT_WORD: _c.CATEGORY_WORD,
}
Item = tuple[Any, Any]
Chars = frozenset[str]
_NONE: Chars = frozenset()


class After(msgspec.Struct, frozen=True):
    """What a text can go on with: the next character, and whether a word must begin or end before it."""

    chars: Chars = _NONE
    edge: bool = False

    def beyond(self, chars: Chars) -> Chars:
        """The characters that can follow one of ``chars``."""
        if not self.edge:
            return self.chars
        return self.chars - _WORD if chars <= _WORD else self.chars & _WORD if not chars & _WORD else self.chars


def problems(pattern: str, flags: int = IGNORECASE) -> Iterator[str]:
    """Why ``pattern`` could be slow; nothing if it cannot. Raises re.error for a pattern that is not one."""
    found: list[str] = []
    ways = _ways(_parser.parse(pattern, flags), After(), found)
    yield from dict.fromkeys(found)
    if not found and ways > MOST_WAYS:
        yield f"its repeats can share out a text in {ways:,} ways; make them shorter or fewer"


def _ways(items: Iterable[Item], after: After, found: list[str]) -> int:
    """In how many ways ``items`` can match a text that goes on with ``after``, at most; problems go to ``found``."""
    ways = 1
    for operator, argument in reversed(list(items)):
        ways *= _ways_of(operator, argument, after, found)
        if operator is _c.AT:
            after = After(after.chars, argument is _c.AT_BOUNDARY)
            continue
        first, empty = _first(operator, argument)
        after = After(first | after.chars if empty else first)
    return ways


def _ways_of(operator: Any, argument: Any, after: After, found: list[str]) -> int:
    if operator is _c.SUBPATTERN:
        return _ways(argument[3], after, found)
    if operator is _c.ATOMIC_GROUP:
        return _ways(argument, after, found)
    if operator in (_c.ASSERT, _c.ASSERT_NOT):
        return _ways(argument[1], After(), found)
    if operator is _c.BRANCH:
        return max(_ways(branch, after, found) for branch in argument[1])
    if operator is _c.GROUPREF_EXISTS:
        return max(_ways(part or (), after, found) for part in argument[1:])
    if operator is _c.POSSESSIVE_REPEAT:
        return _ways(argument[2], after, found)
    if operator not in _REPEATS:
        return 1
    least, most, body = int(argument[0]), int(argument[1]), argument[2]
    first, _ = _first_of(body)
    choice = least != most and bool(first & (after.beyond(first) if _is_single(body) else after.chars))
    if argument[1] is _c.MAXREPEAT:
        if choice:
            found.append(
                "a repeat without an upper bound (*, + or {n,}) is followed by what it could match as well; give it one, like {0,40}"
            )
        elif not _is_single(body) and not _is_code(body):
            found.append("a group repeats without an upper bound; give it one, like {0,5}")
        return 1
    inside = _ways(body, After(first | after.chars), found)
    choices = most - least + 1 if choice else 1
    together: int = inside ** min(most, 64)
    return choices * min(together, MOST_WAYS**2)


def _first_of(items: Iterable[Item]) -> tuple[Chars, bool]:
    """The characters that a match of ``items`` can begin with, and whether it can be empty."""
    found: Chars = _NONE
    for operator, argument in items:
        first, empty = _first(operator, argument)
        found |= first
        if not empty:
            return found, False
    return found, True


def _first(operator: Any, argument: Any) -> tuple[Chars, bool]:
    if operator is _c.SUBPATTERN:
        return _first_of(argument[3])
    if operator is _c.ATOMIC_GROUP:
        return _first_of(argument)
    if operator in (*_REPEATS, _c.POSSESSIVE_REPEAT):
        first, empty = _first_of(argument[2])
        return first, empty or argument[0] == 0
    if operator is _c.BRANCH:
        parts = [_first_of(branch) for branch in argument[1]]
        return frozenset().union(*(first for first, _ in parts)), any(empty for _, empty in parts)
    if operator is _c.GROUPREF_EXISTS or operator is _c.GROUPREF:
        return _ALPHABET, True
    if operator in (_c.AT, _c.ASSERT, _c.ASSERT_NOT):
        return _NONE, True
    return _chars(operator, argument), False


def _chars(operator: Any, argument: Any) -> Chars:
    """The characters that one item matches, in any case."""
    if operator is _c.ANY:
        return _ALPHABET
    if operator is _c.LITERAL:
        return frozenset((chr(argument).lower(), chr(argument).upper()))
    if operator is _c.NOT_LITERAL:
        return _ALPHABET - {chr(argument)}
    return _class(tuple((kind, value) for kind, value in argument))


@cache
def _class(parts: tuple[Item, ...]) -> Chars:
    found: set[str] = set()
    for kind, value in parts:
        if kind is _c.LITERAL:
            found |= {chr(value).lower(), chr(value).upper()}
        elif kind is _c.RANGE:
            within = {char for char in _ALPHABET if value[0] <= ord(char) <= value[1]}
            found |= {form for char in within | {chr(value[0])} for form in (char.lower(), char.upper())}
        elif kind is _c.CATEGORY:
            belongs = _CATEGORIES[_OPPOSITES.get(value, value)]
            found |= {char for char in _ALPHABET if (char in belongs) != (value in _OPPOSITES)}
    return _ALPHABET - found if parts[0][0] is _c.NEGATE else frozenset(found)


def _is_single(items: Sequence[Item]) -> bool:
    return len(items) == 1 and items[0][0] in (_c.IN, _c.LITERAL, _c.NOT_LITERAL, _c.ANY)


def _is_code(items: Sequence[Item]) -> bool:
    """Whether ``items`` match a few fixed strings none of which begins with another, so that a row of them reads one way."""
    words = _strings(items)
    if not words or "" in words:
        return False
    ordered = sorted(word.lower() for word in words)
    return all(not word.startswith(before) for before, word in pairwise(ordered))


def _strings(items: Iterable[Item]) -> set[str] | None:
    """Every string that ``items`` match, or None if these are too many to list."""
    found = {""}
    for operator, argument in items:
        ends = _ends(operator, argument)
        if ends is None or len(found) * len(ends) > _MOST_WORDS:
            return None
        found = {begin + end for begin in found for end in ends}
    return found


def _ends(operator: Any, argument: Any) -> set[str] | None:
    if operator is _c.LITERAL:
        return {chr(argument)}
    if operator is _c.IN:
        chars = _chars(operator, argument)
        return {char.lower() for char in chars} if len(chars) < 30 else None
    if operator is _c.SUBPATTERN:
        return _strings(argument[3])
    if operator is _c.AT:
        return {""}
    if operator is _c.BRANCH:
        parts = [_strings(branch) for branch in argument[1]]
        return set().union(*(part for part in parts if part)) if all(part is not None for part in parts) else None
    if operator in _REPEATS and argument[1] <= 3:
        body = _strings(argument[2])
        return {word * count for word in body for count in range(argument[0], argument[1] + 1)} if body else None
    return None
