"""Whether a page is about health: how much of its text is the vocabulary of illness, symptoms and treatment."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import NamedTuple

import msgspec

from medlint.data import table
from medlint.document import Document, Zone

SAMPLE = 3000
"""How many words of the article are read; a page shows its subject long before."""
_SHARE = 0.021
_SHARE_WITH_TITLE = 0.009
_SPACED = str.maketrans(dict.fromkeys('.,;:!?()[]{}"/|*\n\t\u2013\u2014\u2026\ufffc', " "))


class _Group(msgspec.Struct, frozen=True):
    terms: tuple[str, ...]
    kind: str = ""


class _Topics(msgspec.Struct, frozen=True):
    lexicon: tuple[_Group, ...]
    everyday: tuple[str, ...]


class _Vocabulary(NamedTuple):
    """Terms by their first word, each with the words that follow it; ``cased`` ones are written with capitals."""

    plain: dict[str, tuple[tuple[str, ...], ...]]
    cased: frozenset[str]


@cache
def _vocabulary() -> _Vocabulary:
    topics = table("topics", _Topics)
    terms = {term for group in topics.lexicon for term in group.terms} - set(topics.everyday)
    plain: dict[str, list[tuple[str, ...]]] = {}
    for term in terms:
        if not (term.isupper() and " " not in term):
            first, *rest = term.lower().translate(_SPACED).split()
            plain.setdefault(first, []).append(tuple(rest))
    longest_first = {first: tuple(sorted(rests, key=len, reverse=True)) for first, rests in plain.items()}
    return _Vocabulary(longest_first, frozenset(term for term in terms if term.isupper() and " " not in term))


def about_health(document: Document) -> tuple[bool, tuple[str, ...]]:
    """Whether ``document`` is about health, and the terms that show it, the commonest first.

    Words that insurance and benefit pages use as well ("hospital", "prescription") count for nothing, so such a page is
    about health only where it speaks of conditions, symptoms or treatments.
    """
    found: Counter[str] = Counter()
    titled = False
    length = 0
    for block in document.blocks:
        if block.hidden or block.zone not in (Zone.TITLE, Zone.BODY, Zone.CALLOUT):
            continue
        words = block.plain.translate(_SPACED).split()
        length += len(words)
        here = _terms(words)
        titled = titled or (block.zone is Zone.TITLE and bool(here))
        found.update(here)
        if length > SAMPLE:
            break
    share = sum(found.values()) / max(length, 1)
    health = share >= (_SHARE_WITH_TITLE if titled else _SHARE) and (len(found) > 1 or titled or length < 150)
    return health, tuple(term for term, _ in found.most_common(10))


def conditions(text: str) -> frozenset[str]:
    """The illnesses and injuries that ``text`` names, in lower case but for abbreviations."""
    return _conditions().intersection(_terms(text.translate(_SPACED).split()))


@cache
def _conditions() -> frozenset[str]:
    groups = table("topics", _Topics).lexicon
    terms = (term for group in groups if group.kind == "condition" for term in group.terms)
    return frozenset(term if term.isupper() else term.lower() for term in terms)


def _terms(words: list[str]) -> list[str]:
    plain, cased = _vocabulary()
    lower = list(map(str.lower, words))
    first, whole = plain.keys() & lower, cased.intersection(words)
    found = []
    skip = 0
    for index, word in enumerate(lower) if first or whole else ():
        if index < skip:
            continue
        if words[index] in whole:
            found.append(words[index])
        elif word in first:
            for rest in plain[word]:
                if not rest or tuple(lower[index + 1 : index + 1 + len(rest)]) == rest:
                    found.append(" ".join((word, *rest)))
                    skip = index + 1 + len(rest)
                    break
    return found
