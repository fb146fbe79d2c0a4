"""How many things a heading promises ("6 tips"), and how many the article has."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

import msgspec

from medlint.document import Block, Document, Element, Kind, Zone

NUMBERS = {word: number for number, word in enumerate(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen".split(), 1)}  # fmt: skip
"""The numbers that headings spell out."""

_THINGS = (
    r"(?:tips|ways|signs|reasons|steps|causes|facts|foods|questions|myths|things|strategies|symptoms|benefits|habits|exercises|mistakes|"
    r"ideas|techniques|methods|remedies|rules|tricks|hacks|lessons|misconceptions|stretches|poses|triggers|drinks|snacks|recipes|"
    r"activities|risk factors|side effects|red flags|types|stages|treatments|options|practices|pointers|suggestions|changes)"
)
_UNIT = (
    r"(?:weeks?|months?|days?|hours?|minutes?|mins?|seconds?|years?|yrs?|wks?|percent|per cent|mg|mcg|g|ml|lbs?|pounds?|kg|calories|kcal|"
    r"miles?|am|pm|dpo|million|billion|point|or|and|to|in|of|out|plus|people|experts|doctors|million)"
)
_BETWEEN = r"(?:(?!(?:of|shares?|say|says|give|gives|tells?|for|to|who|that|from|in|on|with|their|about|reveals?|explains?|the)\b)[\w'-]+ ){0,4}?"
_PROMISE = re.compile(
    rf"(?<![\w.,/$£€#-])(?P<number>\d{{1,2}}|{'|'.join(NUMBERS)}) (?!{_UNIT}\b){_BETWEEN}{_THINGS}\b",
    re.IGNORECASE,
)
_NO_COUNT = re.compile(
    r"\b(?:type|stage|grade|phase|level|day|week|month|year|part|chapter|section|omega|vitamin|step|tip|age|under|over|than|least|up to|"
    r"nearly|almost|about|around|covid|number|of) $",
    re.IGNORECASE,
)
_PROGRAMME = re.compile(r"12 steps?$|twelve steps?$", re.IGNORECASE)
_NUMBERED = re.compile(
    r"\s*(?:(?:tip|step|way|reason|sign|myth|fact|question|strategy|habit|exercise|mistake|cause|rule|no\.?|number)s? ?)?"
    r"(?:#\s?)?(?P<number>\d{1,2})(?:\s?[.):]\s?|\s?[-\u2013\u2014|]\s)(?=\S)"
    r"|\s*(?:tip|step|way|reason|sign|myth|fact|question|strategy|habit|exercise|mistake|cause|rule) ?(?:no\.? ?|number |#)?(?P<labelled>\d{1,2})\b",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r"(?:faqs?\b|frequently asked|common questions|questions and answers|when (?:to|should)|(?:the )?(?:bottom line|takeaway)|takeaways?|summary|conclusions?|"
    r"final (?:thoughts|words?)|in (?:short|brief|summary|conclusion)|wrapping up|overview|introduction|outlook|getting help|get help|help and support|"
    r"(?:where|what|who|whom|why|how|which|is|are|can|does)\b|"
    r"talk(?:ing)? to|see(?:ing)? a doctor|more (?:on|about|information)|related|resources|learn more|key points|about|the importance|understanding|"
    r"tips for|bonus|a (?:note|word)|other\b|next steps|before you (?:start|begin)|risks?|diagnosis|treatment|prevention|references|sources)",
    re.IGNORECASE,
)
_MOST = 30
_FAR = 3
_NEAR = 2
"""How far a count of numbered items may be from the promise, and one of items that only their headings tell."""


class Promise(msgspec.Struct, frozen=True):
    """The heading ``block`` promises ``claimed`` things in ``block.text[start:end]``.

    ``actual`` is how many there are, None where nothing tells which they are. ``numbered`` says that the page counts
    them itself, so that the figure is sure.
    """

    claimed: int
    actual: int | None
    block: Block
    start: int
    end: int
    numbered: bool = False

    @property
    def kept(self) -> bool:
        """Whether there are as many as promised, as far as can be told."""
        return self.actual is None or self.actual == self.claimed


class Slip(msgspec.Struct, frozen=True):
    """A numbered heading that does not follow the one before it: ``number`` where ``expected`` belongs."""

    block: Block
    number: int
    expected: int
    start: int
    end: int


def find(document: Document) -> Promise | None:
    """The promise of the title; None where it makes none."""
    title = document.title
    claim = _claim(title) if title else None
    return _promise(title, claim, _body(document, title)) if title and claim else None


def in_sections(document: Document) -> Iterator[Promise]:
    """The promises of the headings within the article."""
    claims = {b.index: claim for b in document.blocks if b.kind is Kind.HEADING and (claim := _claim(b))}
    if not claims:
        return
    blocks = _body(document, document.title)
    for index, block in enumerate(blocks):
        if block.index in claims and 1 < block.level <= 4:
            end = index + 1
            while end < len(blocks) and not (blocks[end].kind is Kind.HEADING and blocks[end].level <= block.level):
                end += 1
            yield _promise(block, claims[block.index], blocks[index + 1 : end])


def slips(document: Document) -> Iterator[Slip]:
    """The numbered headings that skip a number or repeat one, in runs of three or more that begin with 1."""
    for run in _runs(_body(document, document.title)):
        if len(run) < 3:
            continue
        previous = 0
        for block, match in run:
            number, place = _number(match), "number" if match["number"] else "labelled"
            if number != previous + 1:
                yield Slip(block, number, previous + 1, *match.span(place))
            previous = number


def _claim(block: Block) -> re.Match[str] | None:
    """Where a heading promises a number of things that an article can hold."""
    if _NUMBERED.match(block.plain):
        return None
    for match in _PROMISE.finditer(block.plain):
        exact = not _NO_COUNT.search(block.plain, 0, match.start()) and not _PROGRAMME.search(match[0])
        if exact and 2 <= _claimed(match) <= _MOST:
            return match
    return None


def _claimed(claim: re.Match[str]) -> int:
    return NUMBERS.get(claim["number"].lower()) or int(claim["number"])


def _promise(block: Block, claim: re.Match[str], blocks: Sequence[Block]) -> Promise:
    claimed = _claimed(claim)
    actual, numbered = _count(blocks, claimed, block.level)
    return Promise(claimed, actual, block, *claim.span(), numbered)


def _body(document: Document, title: Block | None) -> list[Block]:
    """The visible blocks of the article after its title."""
    start = title.index + 1 if title else 0
    wanted = (Zone.BODY, Zone.CALLOUT)
    return [b for b in document.blocks[start:] if b.zone in wanted and not b.hidden and b.kind is not Kind.ALT]


def _count(blocks: Sequence[Block], claimed: int, level: int) -> tuple[int | None, bool]:
    """How many things the blocks hold, and whether they are numbered; None where that cannot be told."""
    runs = [len(run) for run in _runs(blocks) if len(run) > 1]
    if claimed in runs or claimed == sum(runs):
        return claimed, True
    groups, lists = _groups(blocks), _lists(blocks)
    if claimed in (*map(len, groups), *map(_items, groups), *lists):
        return claimed, False
    if runs:
        # Numbered headings far from the promise number something else: the steps of one of the ways.
        count = min(runs, key=lambda size: abs(size - claimed))
        return (count, True) if abs(count - claimed) <= max(_FAR, claimed // 2) else (None, False)
    levels = {block.level for block in blocks if block.kind is Kind.HEADING}
    if len(levels) == 1 and not any(size > 2 for size in lists):
        count = min(map(_items, groups), key=lambda size: abs(size - claimed))
        return (count, False) if count > 2 and abs(count - claimed) <= _NEAR else (None, False)
    if not levels and len(lists) == 1 and level > 1 and lists[0] > 2:
        return lists[0], False
    return None, False


def _runs(blocks: Sequence[Block]) -> list[list[tuple[Block, re.Match[str]]]]:
    """The numbered headings, and where there are none the numbered bold lines, in runs of one level that begin with 1."""
    headed = [(b, match) for b in blocks if b.kind is Kind.HEADING and (match := _NUMBERED.match(b.plain))]
    if len(headed) < 2:
        headed = [
            (b, match)
            for b in blocks
            if b.kind is Kind.PARAGRAPH and b.inlines and _opens_bold(b) and (match := _NUMBERED.match(b.plain))
        ]
    runs: list[list[tuple[Block, re.Match[str]]]] = []
    for _, items in groupby(sorted(headed, key=lambda item: item[0].level), key=lambda item: item[0].level):
        for block, match in items:
            if _number(match) == 1 or not runs or runs[-1][0][0].level != block.level:
                runs.append([])
            runs[-1].append((block, match))
    return [run for run in runs if _number(run[0][1]) == 1]


def _number(match: re.Match[str]) -> int:
    return int(match["number"] or match["labelled"])


def _opens_bold(block: Block) -> bool:
    first = block.inlines[0]
    return first.element.tag in ("strong", "b") and first.start <= 4


def _groups(blocks: Sequence[Block]) -> list[list[Block]]:
    """The headings of one level that stand under the same heading."""
    groups: dict[tuple[int, ...], list[Block]] = {}
    above: dict[int, int] = {}
    for block in blocks:
        if block.kind is Kind.HEADING and block.level:
            above = {level: index for level, index in above.items() if level < block.level}
            groups.setdefault((*above.values(), -block.level), []).append(block)
            above[block.level] = block.index
    return list(groups.values())


def _items(group: Sequence[Block]) -> int:
    """How many headings of a group are items: not those that open and close an article, nor those that ask."""
    texts = (block.plain.strip() for block in group)
    return sum(not _ASIDE.match(text) and not text.endswith("?") for text in texts)


def _lists(blocks: Sequence[Block]) -> list[int]:
    """How many items each list has, its inner lists apart."""
    counts: dict[int, int] = {}
    items: set[int] = set()
    for block in blocks:
        item = block.element.closest("li") if block.kind is Kind.ITEM else None
        outer = _outermost(item) if item else None
        if outer is not None and id(outer) not in items and outer.parent is not None:
            items.add(id(outer))
            counts[id(outer.parent)] = counts.get(id(outer.parent), 0) + 1
    return list(counts.values())


def _outermost(item: Element) -> Element:
    """The list item that ``item`` lies in, at the top of its list of lists."""
    return next((e for e in reversed(tuple(item.ancestors)) if e.tag == "li"), item)
