"""Whether a page is about health: how much of its text is the vocabulary of illness, symptoms and treatment."""

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import msgspec

from medlint import kept
from medlint.data import table
from medlint.document import Document, Zone, find_words

SAMPLE = 3000
"""How many words of the article are read; a page shows its subject long before."""
_SHARE = 0.021
_SHARE_WITH_TITLE = 0.009
_ZONES = frozenset((Zone.TITLE, Zone.BODY, Zone.CALLOUT))


class _Group(msgspec.Struct, frozen=True):
    terms: tuple[str, ...]
    kind: str = ""


class _Topics(msgspec.Struct, frozen=True):
    lexicon: tuple[_Group, ...]
    everyday: tuple[str, ...]


class _Vocabulary(NamedTuple):
    """Terms by their first word, each with the words that follow it; ``cased`` ones, by their form in small letters,
    are written in capitals."""

    plain: dict[str, tuple[tuple[str, ...], ...]]
    cased: dict[str, str]


@cache
def _vocabulary() -> _Vocabulary:
    return kept.value("words of health", _Vocabulary, _made, __file__)


def _made() -> _Vocabulary:
    topics = table("topics", _Topics)
    terms = {term for group in topics.lexicon for term in group.terms} - set(topics.everyday)
    plain: dict[str, list[tuple[str, ...]]] = {}
    for term in terms:
        if not (term.isupper() and " " not in term):
            first, *rest = find_words(term.lower())
            plain.setdefault(first, []).append(tuple(rest))
    longest_first = {first: tuple(sorted(rests, key=len, reverse=True)) for first, rests in plain.items()}
    return _Vocabulary(longest_first, {term.lower(): term for term in terms if term.isupper() and " " not in term})


def about_health(document: Document) -> tuple[bool, tuple[str, ...]]:
    """Whether ``document`` is about health, and the terms that show it, the commonest first.

    Words that insurance and benefit pages use as well ("hospital", "prescription") count for nothing, so such a page is
    about health only where it speaks of conditions, symptoms or treatments.
    """
    found: Counter[str] = Counter()
    titled = False
    length = 0
    for block in document.blocks:
        if block.zone not in _ZONES or block.hidden:
            continue
        length += len(block.spelt)
        here = _terms(block.spelt, block.plain)
        titled = titled or (block.zone is Zone.TITLE and bool(here))
        found.update(here)
        if length > SAMPLE:
            break
    share = sum(found.values()) / max(length, 1)
    health = share >= (_SHARE_WITH_TITLE if titled else _SHARE) and (len(found) > 1 or titled or length < 150)
    return health, tuple(term for term, _ in found.most_common()[:10])


def conditions(text: str) -> frozenset[str]:
    """The illnesses and injuries that ``text`` names, in lower case but for abbreviations."""
    return _conditions().intersection(_terms(find_words(text.lower()), text))


@cache
def _conditions() -> frozenset[str]:
    groups = table("topics", _Topics).lexicon
    terms = (term for group in groups if group.kind == "condition" for term in group.terms)
    return frozenset(term if term.isupper() else term.lower() for term in terms)


def _terms(words: Sequence[str], text: str) -> list[str]:
    """The terms among the ``words`` of ``text``, which are in lower case."""
    plain, cased = _vocabulary()
    capitals = {word for word in cased.keys() & words if re.search(rf"\b{cased[word]}\b", text)}
    first = (plain.keys() & words) | capitals
    found = []
    skip = 0
    for index in [index for index, word in enumerate(words) if word in first] if first else ():
        if index < skip:
            continue
        word = words[index]
        if word in capitals:
            found.append(cased[word])
        else:
            for rest in plain[word]:
                if not rest or tuple(words[index + 1 : index + 1 + len(rest)]) == rest:
                    found.append(" ".join((word, *rest)))
                    skip = index + 1 + len(rest)
                    break
    return found
