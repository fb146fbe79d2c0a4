"""Where a page names medicines: generic names, brands of four countries, words for whole classes, and supplements."""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

import msgspec
from msgspec.structs import replace

from medlint import kept
from medlint.data import raw
from medlint.document import Block
from medlint.facts.medication_words import words

_NEAR_WORD = 4
_NEAR_SUBSTANCE = 10
_WORD = re.compile(r"[^\W_]+(?:['\-][^\W_]+)*")
_APART = re.compile(r"[;:!?()\n]|(?<!\bst)\. ")
# Three or four letters in capitals are often a word when they are not: "PrEP" and "prep", "SAMe" and "same".
_ABBREVIATION = re.compile(r"(?=[a-z]*[A-Z])[A-Za-z]{2,4}$")
_NO_WORDS = frozenset(("SSRI", "SNRI", "MAOI"))


class Group(msgspec.Struct, frozen=True, array_like=True):
    """A class of medicines. ``withdrawal``: stopping or cutting down without a prescriber can harm; ``strict``: to tell
    a reader to is an error even when hedged; ``why`` says how it harms."""

    id: str
    name: str
    withdrawal: bool
    strict: bool
    why: str


class Name(msgspec.Struct, frozen=True, array_like=True):
    """What a name means. ``title`` is how reports call it: the generic name, or the word for the class in the singular.

    ``kind`` is medicine, class or supplement; ``otc`` whether some strength is sold without prescription; ``cased`` the
    one spelling that counts, for a brand that is an ordinary word in lower case; ``ambiguous`` whether a cue is needed.
    """

    title: str
    group: Group
    kind: str
    otc: bool = False
    cased: str = ""
    ambiguous: bool = False


class Mention(msgspec.Struct, frozen=True):
    """A name in a block. ``sure`` is False for an ambiguous name that no word near it settles."""

    block: Block
    start: int
    end: int
    name: Name
    sure: bool

    @property
    def text(self) -> str:
        """The name as the page writes it."""
        return self.block.text[self.start : self.end]


_Readings = tuple[tuple[tuple[str, ...], Name], ...]
_SUPPLEMENT = Group("supplement", "Dietary supplements", False, False, "")


@cache
def index() -> Mapping[str, _Readings]:
    """The names by their first word in lower case, each with the words that follow it, the longest first."""
    return kept.table("medicine names", _Readings, _index, __file__)


def _index() -> Mapping[str, _Readings]:
    """The names of the table.

    Made of the plain table: to decode it as types first would cost as much again, and every run pays it.
    """
    found: dict[str, dict[tuple[str, ...], Name]] = {}
    table: Mapping[str, Any] = raw("medicines")
    for entry in table["classes"]:
        group = Group(entry["id"], entry["name"], entry["withdrawal"], entry["strict"], entry["why"])
        unclear = set(entry["ambiguous_terms"])
        for term in entry["terms"]:
            _add(found, term, Name(_singular(term, entry["terms"]), group, "class", ambiguous=term in unclear))
        for medicine in entry["medicines"]:
            _add_medicine(found, medicine, group)
    for entry in table["supplements"]:
        for written in entry["names"]:
            _add(found, written, Name(written, _SUPPLEMENT, "supplement", otc=True))
    return {
        first: tuple(sorted(names.items(), key=_length, reverse=True)) if len(names) > 1 else tuple(names.items())
        for first, names in found.items()
    }


def _length(item: tuple[tuple[str, ...], Name]) -> int:
    return len(item[0])


def _add_medicine(found: dict[str, dict[tuple[str, ...], Name]], medicine: Mapping[str, Any], group: Group) -> None:
    title = medicine["generic"]
    name = Name(title, group, "medicine", bool(medicine.get("otc")), ambiguous=bool(medicine.get("ambiguous")))
    brand_name = replace(name, ambiguous=False) if name.ambiguous else name
    for written in (title, *medicine.get("also", ())):
        _add(found, written, name)
    words_too = medicine.get("ambiguous_brands", ())
    for brand in dict.fromkeys(brand for brands in medicine.get("brands", {}).values() for brand in brands):
        _add(found, brand, replace(brand_name, cased=brand, ambiguous=True) if brand in words_too else brand_name)


def _add(found: dict[str, dict[tuple[str, ...], Name]], written: str, name: Name) -> None:
    """Enter ``name`` as ``written``. The first reading wins, so a class that comes earlier in the table keeps its names."""
    if len(written) < 5 and _ABBREVIATION.match(written) and not written[1:].islower() and written not in _NO_WORDS:
        name = replace(name, cased=written)
    plain = written.lower()
    if plain.isalpha():
        found.setdefault(plain, {}).setdefault((), name)
        return
    first, *rest = (word.removesuffix("'s") for word in _WORD.findall(plain))
    found.setdefault(first, {}).setdefault(tuple(rest), name)


def _singular(term: str, terms: list[str]) -> str:
    return term[:-1] if term.endswith("s") and term[:-1] in terms else term


class Words(NamedTuple):
    """The words of a block as they are compared: lower case, without a possessive ending."""

    block: Block
    spelt: tuple[str, ...]

    @classmethod
    def of(cls, block: Block) -> "Words":
        """The words of ``block``."""
        spelt = block.spelt
        if "'s" in block.lower:
            spelt = tuple([word.removesuffix("'s") for word in spelt])
        return cls(block, spelt)

    @property
    def places(self) -> tuple[tuple[int, int], ...]:
        """Their ranges in the text."""
        return self.block.words


def mentions(text: Words) -> Iterator[Mention]:
    """The medicines and supplements named in a block, in order."""
    block, spelt = text
    names = index()
    first = names.keys() & spelt
    if not first:
        return
    after = 0
    for at in [at for at, word in enumerate(spelt) if word in first]:
        if at < after:
            continue
        for rest, name in names[spelt[at]]:
            last = at + len(rest)
            if rest and spelt[at + 1 : last + 1] != rest:
                continue
            start, end = text.places[at][0], text.places[last][0] + len(spelt[last])
            if name.cased and block.plain[start:end] != name.cased:
                continue
            if rest and _APART.search(block.lower, start, end):
                continue
            yield Mention(block, start, end, name, not name.ambiguous or _is_settled(spelt, at, last, name))
            after = last + 1
            break


def _is_settled(spelt: tuple[str, ...], first: int, last: int, name: Name) -> bool:
    """Whether words near an ambiguous name show that it means the medicine."""
    # A brand that is also a word needs its cue close by; lithium on a page about treatment may have it further off.
    reach = _NEAR_WORD if name.cased or name.kind == "class" else _NEAR_SUBSTANCE
    after = spelt[last + 1 : last + 1 + reach]
    if after and after[0] in words().compounds:
        return False
    cues = words().cues
    return not cues.isdisjoint(spelt[max(first - reach, 0) : first]) or not cues.isdisjoint(after)
