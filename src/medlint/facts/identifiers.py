"""Identifiers of works, trials, books and people that a page states, held to their form and check digits."""

import re
from collections.abc import Iterable, Iterator
from urllib.parse import unquote

import msgspec

from medlint.document import Block, Link, Zone

SIGNS = frozenset(
    (
        "doi:",
        "doi ",
        "doi.org",
        "pmid",
        "pmc",
        "isbn",
        "orcid",
        "nct ",
        "nct-",
        *(f"10.{digit}" for digit in "123456789"),
        *(f"nct{digit}" for digit in "0123456789"),
    )
)
"""Lower-case strings of which one stands in every block that states an identifier."""
_ZONES = (Zone.NAV, Zone.UI, Zone.META, Zone.RELATED)

_DOI = re.compile(
    r"(?:\bdoi(?:\.org/|:|\s)\s*(?:https?://(?:dx\.)?doi\.org/)?)(?P<value>[^\s\ufffc]{1,300})|(?<![\w./-])(?P<bare>10\.\d{4,9}/[^\s\ufffc]{1,300})",
    re.IGNORECASE,
)
_DOI_FORM = re.compile(r"10\.\d{4,9}(?:\.\d+)*/\S+", re.IGNORECASE)
# A journal's code and nothing after it: what is left of a DOI cut at its first stop.
_CUT = re.compile(r"10\.\d{4,9}/[a-z]{2,12}[.(]?", re.IGNORECASE)
_PMID = re.compile(r"\bPMID\s?[:#]?\s{0,2}(?P<value>[\w.-]{1,40})", re.IGNORECASE)
_PMCID = re.compile(r"\bPMCID\s?:?\s{0,2}(?P<value>[\w.-]{1,40})|\b(?P<bare>PMC\d[\w.]{0,20})\b", re.IGNORECASE)
_ISBN = re.compile(r"\bISBN(?:-1[03])?\s?:?\s{0,2}(?P<value>[\dX][\dX \u2013-]{7,20}[\dX])(?!\w)", re.IGNORECASE)
_NCT = re.compile(r"\b(?P<value>NCT[\s-]?\d{1,12}[A-Z]?)\b")
_ORCID = re.compile(
    r"\borcid\.org/(?P<value>[\dX-]{10,24})|\bORCID(?:\s?iD)?\s?:?\s{0,2}(?P<named>\d[\dX-]{10,24})", re.IGNORECASE
)
_ELLIPSIS = ("...", "\u2026")


class Identifier(msgspec.Struct, frozen=True):
    """An identifier as the page states it. ``problem`` is empty, ``form``, ``digit`` (check digit) or ``cut``.

    It stands in ``block.text[start:end]``.
    """

    kind: str
    value: str
    block: Block
    start: int
    end: int
    problem: str


def find(blocks: Iterable[Block]) -> Iterator[Identifier]:
    """The identifiers in the visible text of ``blocks``, in order."""
    for block in blocks:
        if not block.hidden and block.zone not in _ZONES:
            yield from _in_block(block)


def _in_block(block: Block) -> Iterator[Identifier]:
    text = block.plain
    for match in _DOI.finditer(text):
        group = "value" if match["value"] else "bare"
        value = _trimmed(match[group])
        if match["value"] and not any(char.isdigit() for char in value):
            continue  # "doi: available on request", "the DOI system"
        yield _identifier(
            "DOI", value, block, match.start(group), "" if _is_cut_on_purpose(match[group]) else _doi(value)
        )
    for match in _PMID.finditer(text):
        value = match["value"].rstrip(".-")
        if value[:1].isdigit() or value[-1:].isdigit():
            yield _identifier(
                "PMID", value, block, match.start("value"), "" if re.fullmatch(r"[1-9]\d{0,7}", value) else "form"
            )
    for match in _PMCID.finditer(text):
        group = "value" if match["value"] else "bare"
        value = match[group].rstrip(".-")
        if any(char.isdigit() for char in value):
            right = re.fullmatch(r"PMC\d{3,9}(?:\.\d+)?", value, re.IGNORECASE)
            yield _identifier("PMCID", value, block, match.start(group), "" if right else "form")
    for match in _ISBN.finditer(text):
        value = re.sub(r"[ \u2013-]+", "-", match["value"])
        yield _identifier("ISBN", match["value"], block, match.start("value"), _isbn(value.replace("-", "").upper()))
    for match in _NCT.finditer(text):
        right = re.fullmatch(r"NCT\d{8}", match["value"])
        yield _identifier("NCT number", match["value"], block, match.start("value"), "" if right else "form")
    for match in _ORCID.finditer(text):
        group = "value" if match["value"] else "named"
        yield _identifier("ORCID iD", match[group], block, match.start(group), _orcid(match[group].upper()))


def _identifier(kind: str, value: str, block: Block, start: int, problem: str) -> Identifier:
    return Identifier(kind, value, block, start, start + len(value), problem)


def _trimmed(value: str) -> str:
    """``value`` without the punctuation of the sentence around it; brackets stay where they are paired."""
    value = re.split(r"[<>\"]|,(?=[A-Z])", value)[0]
    while value and (
        value[-1] in ".,;:!?'*" or (value[-1] in ")]" and value.count(value[-1]) > value.count("(["[value[-1] == "]"]))
    ):
        value = value[:-1]
    return value


def _is_cut_on_purpose(text: str) -> bool:
    return any(mark in text for mark in _ELLIPSIS)


def _doi(value: str) -> str:
    if not _DOI_FORM.fullmatch(value):
        return "form"
    return "cut" if _CUT.fullmatch(value) else ""


def _isbn(value: str) -> str:
    """The problem of an ISBN without hyphens (ISO 2108): its length or its check digit."""
    if len(value) == 13 and value.isdigit():
        return (
            "" if sum(int(digit) * (3 if place % 2 else 1) for place, digit in enumerate(value)) % 10 == 0 else "digit"
        )
    if len(value) == 10 and value[:9].isdigit():
        digits = [*map(int, value[:9]), 10 if value[9] == "X" else int(value[9])]
        return "" if sum(digit * (10 - place) for place, digit in enumerate(digits)) % 11 == 0 else "digit"
    return "form"


def _orcid(value: str) -> str:
    """The problem of an ORCID iD (ISO/IEC 7064, MOD 11-2)."""
    if not re.fullmatch(r"(?:\d{4}-){3}\d{3}[\dX]", value):
        return "form"
    total = 0
    for digit in value.replace("-", "")[:15]:
        total = (total + int(digit)) * 2
    return "" if "0123456789X"[(12 - total % 11) % 11] == value[-1] else "digit"


def doi_of(url: str) -> str:
    """The DOI that a doi.org ``url`` leads to, in lower case; empty for another URL."""
    match = re.match(r"https?://(?:dx\.)?doi\.org/(.+)", url.strip(), re.IGNORECASE)
    return unquote(match[1]).split("?")[0].lower() if match else ""


def doi_in(link: Link) -> str:
    """The DOI that the words of ``link`` show, in lower case; empty if they show none."""
    match = _DOI.search(link.text)
    return _trimmed(match["value"] or match["bare"]).lower() if match else ""
