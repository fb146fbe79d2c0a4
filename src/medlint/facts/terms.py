"""Which words a page explains where it first uses them, and which it cannot do without."""

import re
from functools import cache, lru_cache

import msgspec

from medlint import data, kept
from medlint.document import Block, Document
from medlint.lexicon import word_file
from medlint.lexicon.word_file import Signposts, WordFile, signposts

_GLOSS_AFTER = re.compile(
    r"[\"')]{0,2}(?:"
    r"\s*\((?!\s*[A-Z][A-Za-z]{0,3}[A-Z]s?\s*\))[^()\d]{0,40}[a-z]{2,}[\s/-]+[^()]{2,200}\)"  # anhedonia (loss of pleasure)
    r"|,? (?:which|that) (?:is|are|means?|refers?|happens?|occurs?|describes?|causes?|involves?)\b"
    r"|, (?:or|meaning|also|sometimes|often|i\.e\.|that is|in other words|a|an|any|when|where|the (?!most|best|worst))\b"
    r"| (?:is|are) (?:a|an|the|when|what|where|any|another|medical|defined|also (?:known|called)|known as|called|one of)\b"
    r"| (?:means?|refers? to|describes?|happens? when|occurs? when|stands? for)\b"
    r"|\s?[\u2014\u2013](?!\s?\d)| - )"
)
_NAMED = re.compile(
    r"\b(?:called|termed|named|known as|a\.?k\.?a\.?|(?:medical|technical|scientific|clinical) (?:term|word|name)s? (?:for \w+ )?(?:is|are)|"
    r"referred to as|refer to (?:this|it) as|calls? (?:this|it|them)|described? as|defined as|definition of|the term|terms?|the word|"
    r"what (?:is|are)|medically,?)(?: (?:a|an|the|as))?\s*[\"'(]{0,2}(?:[\w-]+ ){0,2}$"
)
_ALTERNATIVE = re.compile(r"[a-z]{3,},? or (?:[\w-]+ )?$")
_MAY_FOLLOW = re.compile(r" (?:\(|is|are|mean|refer|descr|happ|occ|stand|[-\u2013\u2014])|, |[\"')\u2014\u2013]")
_NAMING = frozenset(
    "call called calls termed named known aka a.k.a. a.k.a term terms word name names refer referred described defined definition what medically".split()
)
_LABEL = re.compile(r"[^.:!?]{3,60}:(?=\s)|[^.:!?]{3,60}\s[\u2014\u2013]\s")


def glossed(block: Block, start: int, end: int) -> bool:
    """Whether the words around ``block.text[start:end]`` say what it means.

    Known are brackets, appositions, "which is", "called", "also known as", dashes, a definition ("X is a ..."), and a
    list item that begins with the term as its label.
    """
    text = block.plain
    if _MAY_FOLLOW.match(text, end) and _GLOSS_AFTER.match(text, end):
        return True
    if _introduced(block.lower[max(0, start - 60) : start]):
        return True
    if ":" not in text and "\u2013" not in text and "\u2014" not in text:
        return False
    label = _LABEL.match(text)
    return bool(label and end <= label.end() and label.end() + 12 < len(text))


def _introduced(before: str) -> bool:
    """Whether the words ``before`` a term lead up to it: "cut off (", "this is called", "a blood clot, or"."""
    opened = before.rfind("(")
    if opened > 0 and ")" not in before[opened:] and len(before[opened:].split()) <= 4:
        return before[:opened].rstrip()[-1:].isalpha()
    if " or " in before[-25:] and _ALTERNATIVE.search(before, max(0, len(before) - 40)):
        return True
    return not _NAMING.isdisjoint(before.split()[-7:]) and bool(_NAMED.search(before))


_ENDINGS = re.compile(
    r"(?:ically|ational|alities|ality|ations?|ically|istic|ists?|isms?|ments?|ness(?:es)?|ities|ity|ives?|ally|ably|"
    r"ants?|ents?|ics?|ical|ions?|ing|ers?|ors?|ed|al|ly|ic|ous|es|s|y|e)$"
)


@lru_cache(maxsize=1 << 14)
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
def medicines() -> WordFile:
    """The words of the names of medicines, their brands and classes, in lower case; plurals included."""
    lines, found = kept.value("words of medicines", tuple[bytes, Signposts], _medicines, __file__, word_file.__file__)
    return WordFile(lines, found)


def _medicines() -> tuple[bytes, Signposts]:
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
    lines = "\n".join(sorted(words | {f"{word}s" for word in words})).encode()
    return lines, signposts(lines)
