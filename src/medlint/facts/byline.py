"""What the visible page says of who wrote and reviewed it and when: each label with the people and dates that belong to
it, though these may stand in other elements."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import takewhile
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from medlint import date_text
from medlint.date_text import DateText
from medlint.document import OPAQUE, Block, Document, Element, Kind, Within, Zone
from medlint.facts import credentials, labels, names
from medlint.facts.labels import Label, Role
from medlint.facts.names import Named
from medlint.source import Span


class Placed(NamedTuple):
    """A person at a place of the page."""

    person: Named
    block: Block

    @property
    def span(self) -> Span:
        """Where the name stands in the source."""
        return self.block.span(self.person.start, self.person.name_end)


class Dated(msgspec.Struct, frozen=True):
    """A date at a place of the page."""

    date: DateText
    block: Block

    @property
    def span(self) -> Span:
        """Where the date stands in the source."""
        return self.block.span(self.date.start, self.date.end)


class Statement(msgspec.Struct, frozen=True):
    """A label with what belongs to it. ``words`` are the label's own; ``value`` is what follows it in its part of the
    byline, or the beginning of the next block where the label ends its own. ``templated`` is whether template syntax
    stands there, which is replaced when the page is published; ``thanks`` is whether it is a sentence of thanks."""

    role: Role
    words: str
    block: Block
    start: int
    end: int
    value: str
    people: tuple[Placed, ...] = ()
    dates: tuple[Dated, ...] = ()
    templated: bool = False
    thanks: bool = False

    @property
    def span(self) -> Span:
        """Where the label stands in the source."""
        return self.block.span(self.start, self.end)


class Byline(msgspec.Struct, frozen=True):
    """The statements of a page in order; dates near the title that no label explains; names that stand alone in an
    element for the author; and where a reviewer line belongs."""

    statements: tuple[Statement, ...]
    unlabelled: tuple[Dated, ...]
    lone_names: tuple[Placed, ...]
    place: Span


_OF_PEOPLE = frozenset((Role.REVIEW, Role.WRITE, Role.FACT_CHECK, Role.EDIT, Role.PEER_REVIEW))
_LONGEST = 200
_PROSE = 120
_NEXT_BLOCKS = 3
_MOST_COLUMNS = 12
"""How many columns a table of who did what can have; a wider row of labels is no byline."""


def find(document: Document) -> Byline:
    """The byline of ``document``, wherever on the page its parts stand."""
    in_card = Within(_is_card, _PAGE_TAGS)
    blocks = [block for block in document.blocks if _is_readable(block) and not in_card(block.element)]
    top = _top(document, blocks)
    reader = _Reader(document, blocks, top)
    statements = _without_cards(list(reader.statements()))
    head = _head(blocks, top)
    return Byline(
        tuple(statements),
        tuple(_unlabelled(blocks, head, statements)),
        tuple(_lone_names(blocks, head, statements)),
        _place(document, blocks, top, statements),
    )


# Which blocks are read

_ELSEWHERE = frozenset((Zone.NAV, Zone.PROMO, Zone.UI, Zone.RELATED))
_RUNNING = frozenset((Kind.PARAGRAPH, Kind.ITEM))
_BYLINES = frozenset((Zone.BYLINE, Zone.BIO))
_UNREAD_KINDS = frozenset((Kind.ALT, Kind.TITLE))
_PAGE_TAGS = frozenset(("main", "body", "html"))
_CARD = re.compile(
    r"(?:^|[-_ ])(?:card|teaser|tile|listing|carousel|slide|recirc|preview|promo|swiper|thumb\w*|comments?|commentlist|testimonials?|disqus)"
    r"(?:s|$|[-_ ])"
)
_PERSONAL = re.compile(r"author|reviewer|reviewed|byline|bio|contributor|expert|profile|person|people|credit")
_PAGE_DATE = re.compile(
    r"\W*(?:(?:page|content|article|date|medically|last|next) ){0,3}(?:reviewed|review|updated|modified)\b(?!.{0,40}\bby\b).{0,40}\d{4}",
    re.I,
)
_RATED = re.compile(
    r"[★☆⭐]|(?<!/)\b\d(?:\.\d)? ?(?:out of|/) ?5\b(?!/)|\b[1-5][ -]stars?\b|\bverified (?:purchase|buyer|patient|review)",
    re.I,
)


def _is_readable(block: Block) -> bool:
    """Whether a block may say something of the article: not hidden, not its headline, and not in the page's own menus
    and banners.

    What got its zone only by standing before or after the article is read: labels there must be explicit.
    """
    zone = block.zone
    if block.hidden or zone is Zone.META or block.kind in _UNREAD_KINDS:
        return False
    if block.kind is Kind.CAPTION and (
        (label := next(labels.of(block, near=True), None)) is None or label.role is not Role.REVIEW
    ):
        return False  # "By Jon Falk" has taken the picture
    return zone not in _ELSEWHERE or (
        block.element.zone not in _ELSEWHERE and (zone is not Zone.RELATED or _PAGE_DATE.match(block.plain) is not None)
    )


def _is_card(element: Element) -> bool:
    """Whether an element is a card that leads to another page, a comment or a customer's review: a link around several
    blocks, or a class or type that says so."""
    attrs = element.attrs
    if not attrs or element.tag in _PAGE_TAGS:
        return False
    if element.tag == "a":
        return "href" in attrs
    if "itemtype" in attrs and "Review" in attrs["itemtype"].rpartition("/")[2]:
        return True
    return _names_card(f"{attrs.get('class', '')} {attrs.get('id', '')}".lower())


@lru_cache(maxsize=1 << 12)
def _names_card(named: str) -> bool:
    return _CARD.search(named) is not None and not _PERSONAL.search(named)


def _top(document: Document, blocks: Sequence[Block]) -> range:
    """The indices of the blocks around the title: some before it, and after it up to the second paragraph of prose."""
    title = document.title
    at = next((i for i, block in enumerate(blocks) if block is title), 0)
    prose = 0
    end = at
    for end in range(at, min(len(blocks), at + 40)):
        block = blocks[end]
        if block.kind is Kind.PARAGRAPH and len(block.text) >= _PROSE and block.zone in (Zone.BODY, Zone.CALLOUT):
            prose += 1
            if prose == 2:
                break
    return range(max(at - 12, 0), min(end + 1, len(blocks)))


# Labels and their values

_PART = re.compile(r"\s*(?:[|•·\n]|\s[–—-]\s)")
_FILLING = f" :,-–—|•·{OPAQUE}\n"
_PREPOSITIONS = re.compile(rf"[\s:,.()\-–—{OPAQUE}]*(?:(?:on|in|as of|was|is|last|date|it)\b[\s:]*)*", re.I)
_BY = re.compile(rf"[\s:,\-–—{OPAQUE}]*(?:(?:and|&|for)\s(?:[\w-]+\s){{1,4}}?)?by(?:\b|(?=(?-i:[A-Z]))):?", re.I)
_ON = re.compile(r"(?:\bon |[,:(–—-] ?)(?=[A-Z\d])")
_MARKED = re.compile(r"\s*[·•|(–—]\s*(?=[A-Z])")
"""What is between a date and the reviewer named after it: "reviewed 3 May 2026 · Ann Lee, MD"."""
_FILED = re.compile(r"\s+(?:in|under) [^.|•·\n]{1,60}? on (?=[A-Z\d])")
_BODY_THEN_PERSON = re.compile(r"[\s:]*(?:[a-z'’-]+[ ,(:]+){1,8}(?=[A-Z])")
_AND_ANOTHER = re.compile(r",? (?:and|&) [A-Z]")
_THIS_PAGE = re.compile(
    r"\s+(?:this|the) (?:[\w-]+ ){0,2}?(?:article|page|content|guide|post|leaflet|information|text|fact ?sheet)s?\b",
    re.I,
)
_WEEKDAYS = re.compile(
    r"\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b|\b(?:the|of|at|and|updated)\b", re.I
)
_WEEKDAY_LAST = re.compile(rf"(?:(?:{_WEEKDAYS.pattern})[\s,.]*)+$", re.I)
_GOES_ON = re.compile(r"\s+(?!by\b|and\b|at\b|to\b)[a-z]+ \w+ \w+ \w+")
_SKIPPED_TEXTS = frozenset(("", "and", "and:", "view bio", "bio", "view profile", "see bio", "full bio", "read bio"))
_THANKS = re.compile(
    r"\b(?:thanks?(?: (?:go|is|are))?(?: (?:due|also))? to|thank|grateful to|acknowledges?|acknowledging|indebted to|gratitude to)\b"
    r"(?: the (?:\w+ )?(?:assistance|help|contributions?|support|input|expertise|advice) of\b)?[: ]*"
)
_FOR_REVIEW = re.compile(
    r"\bfor (?:(?:their|her|his|the|kindly|expert|medical|clinical|careful|technical|scientific|helpful|peer) ){0,4}review(?:ing|s)?\b"
    r"|\bin (?:the |their )?(?:(?:preparation|writing|development) (?:and|or) )?review(?:ing)? (?:of )?(?:this|the)\b",
    re.I,
)


class _Reader:
    """Reads the labels of a page in order, and keeps which blocks a label has taken its value from."""

    def __init__(self, document: Document, blocks: Sequence[Block], top: range) -> None:
        self._source = document.source
        self._blocks = blocks
        self._top = top
        self._taken: set[int] = set()
        self._places = {id(block): index for index, block in enumerate(blocks)}

    def statements(self) -> Iterator[Statement]:
        """Every label of the page with its value."""
        for index, block in enumerate(self._blocks):
            lower = block.lower
            if len(lower) > _LONGEST and "review" not in lower and index not in self._top:
                continue
            near = index in self._top or block.zone in _BYLINES
            if block.zone is not Zone.TITLE and labels.may_hold(lower, near=near):
                yield from map(self._lettered, self._of_block(index, near))
            if "review" in lower and ("than" in lower or "grateful" in lower or "acknowledg" in lower):
                yield from _thanks(block)

    def _lettered(self, statement: Statement) -> Statement:
        """``statement`` with the letters or the title of its last person, where the block after the name holds them."""
        if not statement.people or statement.role not in _OF_PEOPLE:
            return statement
        person, block = statement.people[-1]
        after = self._blocks[index : index + 1] if (index := self._places.get(id(block), -1) + 1) else ()
        if person.credentials or re.search(r"\w", block.plain[person.end :]) or not after or len(after[0].text) > 80:
            return statement
        found = credentials.whole(after[0].plain)
        if not found:
            return statement
        lettered = Placed(replace(person, credentials=found), block)
        return replace(statement, people=(*statement.people[:-1], lettered))

    def _of_block(self, index: int, near: bool) -> Iterator[Statement]:
        block = self._blocks[index]
        found = list(labels.of(block, near=near))
        if block.zone is Zone.SOURCES and found and block.plain[: found[0].start].strip():
            return  # "Published online 3 May 2019" is said of a reference
        for number, label in enumerate(found):
            if index in self._taken and block.plain[: label.end].strip(_FILLING).lower() == "by":
                continue  # the label before this block has it
            stop = found[number + 1].start if number + 1 < len(found) else len(block.text)
            stop = min(stop, max(labels.sentence_of(block, label.end - 1)[1], label.end))
            statement = self._statement(index, label, stop)
            if statement is None or (statement.role is Role.REVIEW and self._is_rating(index, statement)):
                continue
            yield statement
            if label.also:
                yield replace(statement, role=label.also)

    def _statement(self, index: int, label: Label, stop: int) -> Statement | None:
        block = self._blocks[index]
        text = block.plain
        people, dates, position = self._value(block, label, stop)
        value = _PART.split(text[label.end : stop].lstrip(_FILLING))[0].strip(_FILLING + ".")
        words = text[label.start : label.end]
        statement = Statement(label.role, words, block, label.start, label.end, value, people, dates)
        if label.weak and not any(is_clinician(placed) for placed in people):
            return None
        if not people and label.role in _OF_PEOPLE and self._is_template(block, label.end):
            return replace(statement, templated=True)
        if people or dates:
            return self._settled(statement, index, position)
        if label.noun and not value and (before := _person_before(block, label)):
            return replace(statement, people=(before,))
        if not value or value.lower() in ("by", "on"):
            return self._from_neighbours(statement, index, label)
        if label.role not in _OF_PEOPLE or label.weak:
            return None
        if text[label.end : stop].rstrip().endswith(":") and (
            found := self._from_neighbours(statement, index, label)
        ):  # "Reviewed by certified nurse:"
            return found
        if _BY.match(text, label.end, stop) or (
            label.noun and text[label.end : label.end + 2].lstrip().startswith(":")
        ):
            return statement
        if words.lower() == "by" or (before := _person_before(block, label)) is None:
            return None
        return replace(statement, people=(before,), dates=tuple(_dates_after(block, label.end)))

    def _is_template(self, block: Block, position: int) -> bool:
        """Whether the first thing after ``position`` but for a "by" is template syntax, which readers keep opaque."""
        at = block.text.find(OPAQUE, position, position + 8)
        return at >= 0 and self._source.slice(block.span(at, at + 1)).startswith(("{", "<%"))

    def _value(self, block: Block, label: Label, stop: int) -> tuple[tuple[Placed, ...], tuple[Dated, ...], int]:
        """The people and dates that follow a label in its block, in any order, and where they end."""
        text = block.plain
        position = label.end
        people: list[Placed] = []
        dates: list[Dated] = []
        awaited = label.noun or label.role in (Role.FACT_CHECK, Role.PEER_REVIEW)
        for _ in range(3):
            if not people and ((by := _BY.match(text, position, stop)) or awaited):
                start = by.end() if by else position
                people += (Placed(person, block) for person in _people(text, start, stop, label.role))
                if people:
                    position = people[-1].person.end
                elif by:  # "by one of our doctors on 3 May"
                    found = (when.end() for when in _ON.finditer(text, by.end(), stop))
                    when = next(
                        (at for at in found if (on := _date_at(block, at, stop)) and on.precision != "year"), None
                    )
                    if when is None:
                        break
                    position = when
                awaited = False
            date = _date_at(block, position, stop)
            if date is None and people and (filed := _FILED.match(text, position, stop)):
                date = _date_at(block, filed.end(), stop)
            if date is None:
                break
            dates.append(Dated(date, block))
            position = date.end
        if dates and not people and label.role is Role.REVIEW and (mark := _MARKED.match(text, position, stop)):
            person = names.first(text, mark.end(), stop, strict=True)
            if person and credentials.groups(person.credentials):
                people.append(Placed(person, block))
                position = person.end
        return tuple(people), tuple(dates), position

    def _settled(self, statement: Statement, index: int, position: int) -> Statement | None:
        """``statement`` with reviewers of the next blocks; None if prose goes on after it, which told of something else."""
        if (not statement.people or statement.role not in _OF_PEOPLE) and (
            statement.block.zone is not Zone.BYLINE and _GOES_ON.match(statement.block.plain, position)
        ):
            return None
        if statement.role is not Role.REVIEW:
            return statement
        if statement.people:
            return replace(statement, people=(*statement.people, *self._more_people(index + 1)))
        if index + 1 < len(self._blocks) and not statement.block.plain[position:].strip(_FILLING):
            after = self._blocks[index + 1]  # "Medically reviewed on 3 May" over "by Ann Lee, MD"
            by = _BY.match(after.plain)
            if by and (people := _people(after.plain, by.end(), len(after.plain), statement.role)):
                self._taken.add(index + 1)
                return replace(statement, people=tuple(Placed(person, after) for person in people))
        return statement

    def _more_people(self, index: int) -> Iterator[Placed]:
        """Further reviewers, each a block of its own right after the first: a name with letters and nothing else."""
        for block in self._blocks[index : index + _NEXT_BLOCKS]:
            if block.plain.strip(f" ,&|{OPAQUE}").lower() in _SKIPPED_TEXTS:
                continue
            person = names.whole(block.plain)
            if person is None or not any(item.token for item in person.credentials):
                return
            yield Placed(person, block)

    def _from_neighbours(self, statement: Statement, index: int, label: Label) -> Statement | None:
        """A label that stands alone: its person or date begins one of the next blocks, or is the whole block before."""
        blocks = self._blocks
        rest = statement.block.plain[label.end :]
        colon = ":" in rest
        below = self._below(index)
        if (
            label.noun
            and not colon
            and not below
            and not _BY.match(rest)
            and index > 0
            and index - 1 not in self._taken
        ):
            before = names.whole(blocks[index - 1].plain)
            if before and blocks[index - 1].zone is not Zone.TITLE:
                self._taken.add(index - 1)
                return replace(statement, people=(Placed(before, blocks[index - 1]),))
        value = ""
        for later in below or range(index + 1, min(index + 1 + _NEXT_BLOCKS, len(blocks))):
            block = blocks[later]
            if not re.search(r"\w", block.plain):
                continue
            value = value or block.plain[:_PROSE]
            found = self._whole_value(statement, later, heading=label.noun)
            if found is not None:
                return found
            if len(block.text) > 100 or next(labels.of(block, near=True), None):
                break
        asked = colon or statement.block.plain.rstrip(" :").lower().endswith(" by")
        return replace(statement, value=value) if asked and statement.role in _OF_PEOPLE else None

    def _below(self, index: int) -> tuple[int, ...]:
        """The block in the same column of the next row, where a label's row of a table holds nothing but labels."""
        row, first = _row(self._blocks[index]), index
        if row is None:
            return ()
        while first > 0 and index - first <= _MOST_COLUMNS and _row(self._blocks[first - 1]) is row:
            first -= 1
        near = self._blocks[first : first + 2 * _MOST_COLUMNS + 2]
        cells = list(takewhile(lambda block: _row(block) is row, near))
        under = first + len(cells)
        if not 2 <= len(cells) <= _MOST_COLUMNS or any(
            next(labels.of(cell, near=True), None) is None for cell in cells
        ):
            return ()
        after = _row(self._blocks[under]) if under < len(self._blocks) else None
        values = list(takewhile(lambda block: _row(block) is after, near[len(cells) :])) if after else []
        return (index + len(cells),) if len(values) == len(cells) else ()

    def _whole_value(self, statement: Statement, later: int, *, heading: bool) -> Statement | None:
        """``statement`` with the people or the date that the block at ``later`` begins with."""
        block = self._blocks[later]
        text = block.plain
        if statement.role in _OF_PEOPLE and (heading or len(text) < 300):
            people = tuple(Placed(person, block) for person in _people(text, 0, len(text), statement.role))
            badge = text.startswith("By ") and not statement.block.plain.rstrip(" :").lower().endswith(" by")
            if badge and not any(is_clinician(placed) for placed in people):
                return None  # "Medically reviewed" on a badge, and the author's line after it
            if people:
                self._taken.add(later)
                dates = tuple(_dates_after(block, people[-1].person.end))
                if statement.role is Role.REVIEW:
                    people += tuple(self._more_people(later + 1))
                return replace(statement, value=text[:_PROSE], people=people, dates=dates)
        if date := _only_date(block):
            return replace(statement, value=text[:_PROSE], dates=(Dated(date, block),))
        return None

    def _is_rating(self, index: int, statement: Statement) -> bool:
        """Whether stars or marks stand beside a reviewer without letters, who then is a customer."""
        if any(item.token for placed in statement.people for item in placed.person.credentials):
            return False
        return any(_RATED.search(block.plain) for block in self._blocks[max(index - 2, 0) : index + 3])


def _row(block: Block) -> Element | None:
    """The row of a table that ``block`` is a cell of."""
    return block.element.closest("tr") if block.kind is Kind.CELL else None


def is_clinician(placed: Placed) -> bool:
    """Whether a person carries a clinical credential, or at least a doctor's title."""
    return bool(credentials.groups(placed.person.credentials)) or placed.person.honorific.startswith("Dr")


def _people(text: str, position: int, stop: int, role: Role) -> tuple[Named, ...]:
    loose = role is Role.WRITE or _AND_ANOTHER.search(text, position, stop) is not None
    found = tuple(names.all_of(text, position, stop, loose=loose))
    if found:
        return found
    # "by the hospital's pharmacy department (lead: Zoe Hart, PharmD)": a body that names its person, with letters.
    within = _BODY_THEN_PERSON.match(text, position, stop)
    person = names.first(text, within.end(), stop, strict=True) if within else None
    return (person,) if person and any(item.token for item in person.credentials) else ()


def _person_before(block: Block, label: Label) -> Placed | None:
    """The person right before a label: "Ann Lee, MD, has reviewed this article", "Ann Lee, MD, Medical Reviewer"."""
    text = block.plain
    if not label.noun and not _THIS_PAGE.match(text, label.end):
        return None
    begin = labels.sentence_of(block, label.start)[0]
    start = max((part.end() for part in _PART.finditer(text, begin, max(label.start - 4, 0))), default=begin)
    person = names.first(text, start, label.start, strict=True)
    return Placed(person, block) if person and not re.search(r"\w{4}", text[person.end : label.start]) else None


def _date_at(block: Block, position: int, stop: int) -> DateText | None:
    """The date that begins at ``position``, after prepositions and a weekday, or that a ``<time>`` there stands for."""
    text = block.plain
    begin = _PREPOSITIONS.match(text, position, stop)
    start = begin.end() if begin else position
    date = next(date_text.search(text, start, min(stop, start + 40), years=True), None)
    if date and date.start - start <= 16 and not re.search(r"[a-z]{3}", _WEEKDAYS.sub("", text[start : date.start])):
        return date
    for start_of, end_of, element in block.inlines:
        if element.tag == "time" and position <= start_of <= start + 2 and (moment := element.attrs.get("datetime")):
            told = date_text.read(moment)
            return replace(told, start=start_of, end=end_of) if told else None
    return None


def _dates_after(block: Block, position: int) -> Iterator[Dated]:
    text = block.plain
    date = next(date_text.search(text, position, min(len(text), position + 40)), None)
    if date and not any(position <= label.start < date.start for label in labels.of(block, near=True)):
        yield Dated(date, block)


_DECORATION = re.compile(
    r"\b(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?|at|on|the|of|a\.?m|p\.?m|[ecmp][sd]?t|gmt|utc|bst|min(?:ute)?s?|"
    r"read(?:ing)?|time)\b",
    re.I,
)


def _only_date(block: Block) -> DateText | None:
    """The date that is all a block says, but for a weekday, a time and how long the article takes to read."""
    text = block.plain
    if len(text) > 60:
        return None
    date = next(date_text.search(text), None)
    if date is not None:
        return date if _is_date(text) else None
    for element in (block.element, *[inline.element for inline in block.inlines]):
        if element.tag == "time" and (moment := _moment(element, text)):
            return moment
    return None


def _is_date(text: str) -> bool:
    """Whether ``text`` says a date and nothing else, but for a weekday, a time and how long reading takes."""
    date = next(date_text.search(text), None)
    if date is None:
        return False
    rest = _DECORATION.sub("", text[: date.start] + text[date.end :])
    return not re.search(r"[^\W\d_]{2}", rest)


def _moment(element: Element, text: str) -> DateText | None:
    told = date_text.read(element.attrs.get("datetime", ""))
    return replace(told, start=0, end=len(text)) if told else None


def _thanks(block: Block) -> Iterator[Statement]:
    """Those whom a sentence thanks: for their review, which names them reviewers, or for something else."""
    text = block.plain
    for sentence in block.sentences:
        match = _THANKS.search(block.lower, sentence.start, sentence.end)
        if match is None:
            continue
        review = _FOR_REVIEW.search(text, match.end(), sentence.end)
        end = review.start() if review else sentence.end
        people = tuple(Placed(person, block) for person in names.all_of(text, match.end(), end))
        if people:
            when = next(date_text.search(text, end, sentence.end, years=True), None) if review else None
            dates = (Dated(when, block),) if when else ()
            role = Role.REVIEW if review else Role.THANK
            value = text[match.end() : end]
            yield Statement(role, match[0].strip(), block, *match.span(), value, people, dates, thanks=True)


# What the statements do not hold


def _without_cards(statements: Sequence[Statement]) -> list[Statement]:
    """``statements`` without what a list of other articles says: where several boxes of one list name reviewers, each
    speaks of the article it leads to."""
    boxes: dict[int, list[Statement]] = {}
    for statement in statements:
        if statement.role is Role.REVIEW and (box := _box(statement.block)):
            boxes.setdefault(id(box.parent), []).append(statement)
    naming = (group for group in boxes.values() if len({id(s.block) for s in group if s.people}) > 1)
    dropped = {id(statement.block) for group in naming for statement in group}
    return [statement for statement in statements if id(statement.block) not in dropped]


def _box(block: Block) -> Element | None:
    """The list item, or the article in the article, that holds ``block``."""
    for element in block.element.ancestors:
        if element.tag in ("main", "body"):
            return None
        if (
            element.tag in ("li", "article")
            and element.parent is not None
            and element.parent.closest("main", "article")
        ):
            return element
    return None


_READING_TIME = re.compile(
    r"\d{1,2}[ -]min(?:ute)?s?[ -]read\b.{0,20}|(?:\d{1,2}|an?) (?:minute|hour|day|week|month|year)s? ago",
    re.IGNORECASE,
)


class _Head(msgspec.Struct, frozen=True):
    """What stands around the title: the indices of its blocks and of the title, the dates that are all a block says, and
    the names with a date that are, from the title on."""

    top: range
    title: int
    dates: Mapping[int, DateText]
    signed: Mapping[int, tuple[Named, DateText]]


def _head(blocks: Sequence[Block], top: range) -> _Head:
    title = next((index for index in top if blocks[index].zone is Zone.TITLE), top.stop)
    dates = {index: date for index in top if (date := _only_date(blocks[index]))}
    signed = {index: found for index in range(title, top.stop) if (found := _signed(blocks[index]))}
    return _Head(top, title, dates, signed)


def _unlabelled(blocks: Sequence[Block], head: _Head, statements: Sequence[Statement]) -> Iterator[Dated]:
    """Dates that stand alone around the title and that no label explains."""
    explained = {(id(dated.block), dated.date.start) for statement in statements for dated in statement.dates}
    for index in head.top:
        block = blocks[index]
        outside = block.zone in _ELSEWHERE and (index < head.title or block.element.zone in _ELSEWHERE)
        if outside or len(block.text) > 200:
            continue
        date = head.dates.get(index) or _part_date(block)
        if date is None and index in head.signed:
            date = head.signed[index][1]
        if date and date.precision == "day" and (id(block), date.start) not in explained:
            yield Dated(date, block)


def _signed(block: Block) -> tuple[Named, DateText] | None:
    """The name and the date that are all a short block says, without anything between them: "Ann Lee 4 May 2026"."""
    date = next(date_text.search(block.plain), None) if len(block.text) <= 60 else None
    if date is None or re.search(r"\w", block.plain[date.end :]):
        return None
    person = names.whole(_WEEKDAY_LAST.sub("", block.plain[: date.start]))
    return (person, date) if person else None


def _part_date(block: Block) -> DateText | None:
    """A date that is a part of its own of a short byline: "Ann Lee | 4 May 2026"."""
    text = block.plain
    if len(text) > _PROSE:
        return None
    for date in date_text.search(text):
        if re.search(r"(?:^|[|•·\n]|\s[–—-])[\s,]*$", _WEEKDAYS.sub("", text[: date.start])) and re.match(
            r"\s*(?:$|[|•·\n]|\s[–—-]\s)", text[date.end :]
        ):
            return date
    return None


def _lone_names(blocks: Sequence[Block], head: _Head, statements: Sequence[Statement]) -> Iterator[Placed]:
    """Names that are a block's only words around the title: in an element for the author, or beside a date."""
    taken = {id(placed.block) for statement in statements for placed in statement.people}
    dated = {index for index in head.top if index in head.dates or _says_how_long(blocks[index])}
    for index in head.top:
        block = blocks[index]
        if id(block) in taken or block.kind is Kind.QUOTE:
            continue
        if index in head.signed:
            yield Placed(head.signed[index][0], block)
            continue
        line = block.plain.partition("\n")[0]
        if index > head.title and _beside_date(block, index, dated) and (person := names.whole(line)):
            yield Placed(person, block)
            continue
        if block.zone is not Zone.BYLINE:
            continue
        if block.element.closest("blockquote", "figure", "q"):
            continue
        owners = (f"{e.attrs.get('class', '')} {e.attrs.get('itemprop', '')}".lower() for e in block.element.ancestors)
        if any("author" in owner for owner in owners) and (person := names.whole(block.plain)):
            yield Placed(person, block)


def _beside_date(block: Block, index: int, dated: Collection[int]) -> bool:
    """Whether a short block has nothing but a date or a reading time before or after it, or under it."""
    if len(block.text) > 60 or block.kind not in _RUNNING:
        return False
    beside = index - 1 in dated or index + 1 in dated or index + 2 in dated
    return beside or any(_is_date(line) for line in block.plain.split("\n")[1:])


def _says_how_long(block: Block) -> bool:
    """Whether a block says only how long the article takes to read, or how long ago it was published."""
    return len(block.text) <= 60 and _READING_TIME.fullmatch(block.plain.strip()) is not None


def _place(document: Document, blocks: Sequence[Block], top: range, statements: Sequence[Statement]) -> Span:
    """Where a reviewer line belongs: after the byline, else after the title, else before the article."""
    around = {id(blocks[index]) for index in top}
    in_top = [statement.block for statement in statements if id(statement.block) in around]
    block = in_top[-1] if in_top else document.title or next(iter(blocks), None)
    if block is None:
        return Span(0, 0)
    end = block.span(len(block.text), len(block.text)).end
    return Span(end, end)
