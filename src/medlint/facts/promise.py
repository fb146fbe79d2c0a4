"""How many things a title promises ("6 tips"), and how many the article has."""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

from medlint.document import Block, Document, Kind, Zone

_NUMBERS = {word: number for number, word in enumerate(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen".split(), 1)}  # fmt: skip
_PROMISE = re.compile(
    rf"(?<![\d.,-])\b(\d{{1,2}}|{'|'.join(_NUMBERS)})\s+(?:[\w'’-]+\s+){{0,4}}?"
    r"(tips|ways|signs|reasons|steps|causes|facts|foods|questions|myths|things|strategies|symptoms|benefits|habits|exercises|mistakes)\b",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"\s*(?:#\s*)?(\d{1,2})\s*[.):]\s")


class Promise(NamedTuple):
    """``claimed`` by the block's heading, against ``actual`` items found."""

    claimed: int
    actual: int
    block: Block
    start: int
    end: int


def find(document: Document) -> Promise | None:
    """The promise of the title, or None where it makes none or the items cannot be told."""
    title = document.title
    match = _PROMISE.search(title.plain) if title else None
    if title is None or match is None:
        return None
    claimed = _NUMBERS.get(match[1].lower()) or int(match[1])
    if claimed > 30 or claimed < 2:
        return None
    headings = [b for b in document.blocks if b.kind is Kind.HEADING and b.zone is Zone.BODY and not b.hidden]
    numbered = [b for b in headings if _NUMBERED.match(b.plain)]
    if numbered:
        level = Counter(b.level for b in numbered).most_common(1)[0][0]
        actual = len({_NUMBERED.match(b.plain)[1] for b in numbered if b.level == level})  # type: ignore[index]
        return Promise(claimed, actual, title, *match.span())
    return None
