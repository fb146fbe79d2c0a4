"""Which words a page explains where it first uses them, and which it cannot do without."""

from __future__ import annotations

import re
from functools import cache

import msgspec

from medlint import data
from medlint.document import Block, Document

_GLOSS_AFTER = re.compile(
    r"[\"')]{0,2}(?:"
    r"\s*\((?!\s*[A-Z][A-Za-z]{0,3}[A-Z]s?\s*\))[^()\d]{0,40}[a-z]{2,}[\s/-]+[^()]{2,200}\)"  # anhedonia (loss of pleasure)
    r"|,? (?:which|that) (?:is|are|means?|refers?|happens?|occurs?|describes?|causes?|involves?)\b"
    r"|, (?:or|meaning|also|sometimes|often|i\.e\.|that is|in other words|a|an|any|when|where|the (?!most|best|worst))\b"
    r"| (?:is|are) (?:a|an|the|when|what|where|any|another|medical|defined|also (?:known|called)|known as|called|one of)\b"
    r"| (?:means?|refers? to|describes?|happens? when|occurs? when|stands? for)\b"
    r"|\s?[\u2014\u2013](?!\s?\d)| - )"
)
_GLOSS_BEFORE = re.compile(
    r"(?:\b(?:called|termed|named|(?:also )?known as|a\.?k\.?a\.?|(?:medical|technical|scientific|clinical) (?:term|word|name)s? "
    r"(?:for \w+ )?(?:is|are)|referred to as|refer to (?:this|it) as|calls? (?:this|it|them)|describe[sd]? as|defined as|definition of|"
    r"(?:the term|terms?|the word)|what (?:is|are)|medically,?)"
    r"(?: (?:a|an|the|as))?\s*[\"'(]{0,2}(?:[\w-]+ ){0,2}"
    r"|[a-z]{3,}\s*\((?:or |also |called |known as |e\.g\.,? |i\.e\.,? ){0,2}(?:[\w-]+ ){0,2}"  # feeling cut off (derealization)
    r"|[a-z]{3,},? or (?:[\w-]+ )?)$",  # a blood clot, or thrombus
    re.IGNORECASE,
)
_MAY_FOLLOW = frozenset(f"{one}{two}" for one in " ," for two in " (abdhimorstw-\u2013\u2014\u00ad") | frozenset(
    ("\u2014", "\u2013")
)
_MAY_PRECEDE = frozenset(
    "call called calls termed named known aka a.k.a. a.k.a term terms word name names refer refers referred describe described describes "
    "defined definition what medically or as is are it them".split()
)
_LABEL = re.compile(r"[^.:!?]{3,60}:(?=\s)|[^.:!?]{3,60}\s[\u2014\u2013]\s")


def glossed(block: Block, start: int, end: int) -> bool:
    """Whether the words around ``block.text[start:end]`` say what it means.

    Known are brackets, appositions, "which is", "called", "also known as", dashes, a definition ("X is a ..."), and a
    list item that begins with the term as its label.
    """
    text = block.plain
    follows = text[end : end + 2]
    if (follows in _MAY_FOLLOW or follows[:1] in "\"')\u2014\u2013") and _GLOSS_AFTER.match(text, end):
        return True
    before = max(0, start - 60)
    window = block.lower[max(0, start - 30) : start]
    if ("(" in window or not _MAY_PRECEDE.isdisjoint(window.split())) and _GLOSS_BEFORE.search(text, before, start):
        return True
    if ":" not in text and "\u2013" not in text and "\u2014" not in text:
        return False
    label = _LABEL.match(text)
    return bool(label and end <= label.end() and label.end() + 12 < len(text))


_ENDINGS = re.compile(
    r"(?:ically|ational|alities|ality|ations?|ically|istic|ists?|isms?|ments?|ness(?:es)?|ities|ity|ives?|ally|ably|"
    r"ants?|ents?|ics?|ical|ions?|ing|ers?|ors?|ed|al|ly|ic|ous|es|s|y|e)$"
)


def stem(word: str) -> str:
    """A rough family name: ``emotional``, ``emotionally`` and ``emotions`` share one. For counting, not for grammar."""
    word = word.lower().removesuffix("'s")
    for _ in range(2):
        cut = _ENDINGS.sub("", word)
        if len(cut) < 4:
            break
        word = cut
    return word


def of_title(document: Document) -> frozenset[str]:
    """The stems of the words of the title: what the page is about, and has to name."""
    title = document.title
    return frozenset(stem(title.plain[a:b]) for a, b in title.words if b - a > 3) if title else frozenset()


class _Medicine(msgspec.Struct, frozen=True):
    generic: str
    also: tuple[str, ...] = ()
    brands: dict[str, tuple[str, ...]] = {}


class _Class(msgspec.Struct, frozen=True):
    medicines: tuple[_Medicine, ...] = ()
    terms: tuple[str, ...] = ()


class _Medicines(msgspec.Struct, frozen=True):
    classes: tuple[_Class, ...]


@cache
def medicines() -> frozenset[str]:
    """The words of the names of medicines, their brands and classes, in lower case; plurals included."""
    names: list[str] = []
    for group in data.table("medicines", _Medicines).classes:
        names += group.terms
        for medicine in group.medicines:
            names += (
                medicine.generic,
                *medicine.also,
                *(brand for brands in medicine.brands.values() for brand in brands),
            )
    words = {word.lower().strip("()") for name in names for word in name.split() if len(word) > 4}
    return frozenset(words | {f"{word}s" for word in words})
