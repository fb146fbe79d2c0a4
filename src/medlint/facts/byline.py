"""What the visible page says of who wrote and reviewed it and when: labels ("Medically reviewed by", "Last updated:")
and the people and dates that belong to them, though these may stand in other elements."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import cache
from typing import NamedTuple

import msgspec

from medlint import date_text
from medlint.data import table
from medlint.date_text import DateText
from medlint.document import OPAQUE, Block, Document, Element, Kind, Zone
from medlint.facts import names
from medlint.facts.names import Named
from medlint.source import Span


class Role(StrEnum):
    """What a label says that somebody did with the page, or what happened to it when."""

    REVIEW = "review"
    WRITE = "write"
    FACT_CHECK = "fact-check"
    EDIT = "edit"
    PEER_REVIEW = "peer-review"
    THANK = "thank"
    UPDATE = "update"
    PUBLISH = "publish"
    DUE = "due"


class Placed(NamedTuple):
    """A person at a place of the page."""

    person: Named
    block: Block

    @property
    def span(self) -> Span:
        """Where the name stands in the source."""
        return self.block.span(self.person.start, self.person.name_end)


class Dated(NamedTuple):
    """A date at a place of the page."""

    date: DateText
    block: Block

    @property
    def span(self) -> Span:
        """Where the date stands in the source."""
        return self.block.span(self.date.start, self.date.end)


class Statement(NamedTuple):
    """A label with what belongs to it. ``words`` is the label, ``value`` what follows it as far as it goes; a label
    whose value begins in the next block has that block's text there."""

    role: Role
    words: str
    block: Block
    start: int
    end: int
    value: str
    people: tuple[Placed, ...] = ()
    dates: tuple[Dated, ...] = ()

    @property
    def span(self) -> Span:
        """Where the label stands in the source."""
        return self.block.span(self.start, self.end)


class Byline(NamedTuple):
    """The statements of a page in order; dates near the title that no label explains; where a reviewer line belongs."""

    statements: tuple[Statement, ...]
    unlabelled: tuple[Dated, ...]
    lone_names: tuple[Placed, ...]
    place: Span


class _Words(msgspec.Struct, frozen=True):
    fillers: tuple[str, ...]
    pages: tuple[str, ...]


@cache
def _fillers() -> frozenset[str]:
    words = table("byline-words", _Words)
    plurals = {f"{page}s" for page in words.pages}
    return frozenset((*words.fillers, *words.pages, *plurals))


_HOW = (
    r"(?:(?:medical(?:ly)?|clinical(?:ly)?|scientific(?:ally)?|expert(?:ly)?|professional(?:ly)?|technical(?:ly)?|doctor|physician|pharmacist|"
    r"dietitian|nurse|therapist|psychologist|psychiatrist|dentist|nutritionally|pediatrician|independently|last|latest|also|most recently|originally|first)[ -]+){0,3}"
)
_LABEL = re.compile(
    r"(?:\b|(?<=(?-i:[a-z]))(?=(?-i:[A-Z])))(?:"  # lost markup glues a label to the word before it
    r"(?P<peer>peer[ -]?review(?:ed|ers?)?)"
    r"|(?P<legal>(?:legally|editorially) (?:reviewed|checked|approved))"
    r"|(?P<fact>(?:fact[ -]?|accuracy[ -]?)check(?:ed|ers?|ing)?)"
    r"|(?P<due>(?:next|due for) (?:medical |clinical |content |full |scheduled )?(?:review|revision|update)(?: (?:is )?due)?(?: (?:date|by|on))?|review (?:is )?due(?: date| by| on)?)"
    r"|(?P<nounreview>(?:medical|clinical|expert|scientific|content|health|last|latest)? ?review(?:ed)? date|date (?:last |medically |of (?:last )?)?review(?:ed)?"
    rf"|{_HOW}(?:medical |clinical |expert |scientific |content )?reviewers?(?= ?:|$| ?\n)|about (?:the |our )?(?:medical |clinical |expert )?reviewers?$"
    r"|(?:medical|clinical|expert|scientific) review(?:ed)?(?= ?(?::|by\b|$))|reviewed(?= ?:|$))"
    r"|(?P<renewed>(?:last |content )?(?:updated|revised)(?: by:?))"
    rf"|(?P<review>{_HOW}(?:re-?)?(?:reviewed|vetted|approved|verified|checked)(?: for (?:medical |clinical |scientific )?accuracy)?)"
    r"|(?P<nounwrite>(?:medical |lead |contributing |article )?(?:authors?|writers?)(?= ?:|$| ?\n)|about (?:the |our )?(?:authors?|writers?)$)"
    r"|(?P<write>(?:(?:medically|originally) )?(?:written|authored|words|story|article|text|post|posted|published|contributed) by)"
    r"|(?P<edit>(?:medical(?:ly)? |senior |copy )?(?:edited|editors?)(?= ?:| by|$))"
    r"|(?P<nounupdate>(?:date (?:of )?(?:last )?|page |content |article )?(?:last |latest |most recently )?"
    r"(?:updated?|modified|modification|revised|revision|amended|edited)(?: date)?(?= ?[:(]| on\b| in\b| \d| [A-Z][a-z]{2}|$))"
    r"|(?P<publish>(?:date |first |originally |page |content |article )?(?:published|posted|created|issued|publication|released|added)(?: (?:date|online))?)"
    r"|(?P<by>by)"
    r")(?![\w-])",
    re.IGNORECASE,
)
_ROLES = {
    "peer": Role.PEER_REVIEW, "legal": Role.EDIT, "fact": Role.FACT_CHECK, "due": Role.DUE, "nounreview": Role.REVIEW, "review": Role.REVIEW,
    "nounwrite": Role.WRITE, "write": Role.WRITE, "edit": Role.EDIT, "renewed": Role.UPDATE, "nounupdate": Role.UPDATE, "publish": Role.PUBLISH, "by": Role.WRITE,
}  # fmt: skip
_GATE = re.compile(
    r"review|writ|author|updat|publish|posted|modif|revis|checked|vetted|approved|edit|\bby\b|creat|issued|words|verified|amended|story|added"
)
_SEPARATOR = re.compile(r"[|•·;\n/]|\s[–—-]+\s|—|(?<=[.!?])\s|: ")
_NOT_PAGE = re.compile(
    r"\b(?:site|website|app|version|browser|software|polic\w+|studies|study|trial|drug|claims?|application|product)\b",
    re.I,
)
_PART = re.compile(r"\s*(?:[|•·\n]|\s[–—-]\s)")
_PREPOSITIONS = re.compile(rf"[\s:,.()\-–—{OPAQUE}]*(?:(?:on|in|as of|was|is|last|date|it)\b[\s:]*)*", re.I)
_BY = re.compile(rf"[\s:,\-–—{OPAQUE}]*(?:(?:and|&|for)\s(?:[\w-]+\s){{1,4}}?)?by\b:?", re.I)
_THANKS = re.compile(
    r"\b(?:thanks?(?: (?:go|is|are))?(?: (?:due|also))? to|thank|grateful to|acknowledges?|acknowledging|indebted to|gratitude to)\b[: ]*"
)
_FOR_REVIEW = re.compile(
    r"\bfor (?:(?:their|her|his|the|kindly|expert|medical|clinical|careful|technical|scientific|helpful|peer) ){0,4}review(?:ing|s)?\b",
    re.I,
)
_PROSE = 120
_NEXT_BLOCKS = 3
_CARD = re.compile(
    r"(?:^|[-_ ])(?:card|teaser|tile|listing|carousel|slide|recirc|preview|promo|swiper|thumb\w*)s?(?:$|[-_ ])", re.I
)
_PERSONAL = re.compile(r"author|review|byline|bio|contributor|expert|profile|person|people|credit", re.I)


def find(document: Document) -> Byline:
    """The byline of ``document``, wherever on the page its parts stand."""
    blocks = [block for block in document.blocks if _readable(block)]
    top = _top(document, blocks)
    statements: list[Statement] = []
    claimed: set[int] = set()
    for index, block in enumerate(blocks):
        if len(block.text) > 600 and "review" not in block.lower:
            continue
        if _GATE.search(block.lower):
            statements += _statements(blocks, index, top, claimed)
        if "review" in block.lower and ("than" in block.lower or "grateful" in block.lower):
            statements += _thanks(block)
    kept = _without_cards(statements)
    return Byline(
        tuple(kept),
        tuple(_unlabelled(blocks, top, kept)),
        tuple(_lone_names(blocks, top, kept)),
        _place(document, blocks, top, kept),
    )


# Which blocks are read


def _readable(block: Block) -> bool:
    """Whether a block may say something of the article: not hidden, and not in the page's own menus, cards and banners.

    What a zone was given only for where it stands (before or after the article) is read; labels there must be explicit.
    """
    if block.hidden or block.zone is Zone.META or block.kind in (Kind.ALT, Kind.CAPTION, Kind.TITLE):
        return False
    own = block.element.zone
    if block.zone in (Zone.NAV, Zone.PROMO, Zone.UI, Zone.RELATED):
        return own not in (Zone.NAV, Zone.PROMO, Zone.UI, Zone.RELATED) and not _in_card(block)
    return not _in_card(block)


def _in_card(block: Block) -> bool:
    """Whether a block lies in a card that leads to another page: a link around a heading, or a class that says so."""
    for element in block.element.ancestors:
        if element.tag in ("main", "body", "html"):
            return False
        if (
            element.tag == "a"
            and element is not block.element
            and block.kind is not Kind.HEADING
            and element.attrs.get("href")
        ):
            return True
        names_ = f"{element.attrs.get('class', '')} {element.attrs.get('id', '')}"
        if _CARD.search(names_) and not _PERSONAL.search(names_):
            return True
    return False


def _top(document: Document, blocks: Sequence[Block]) -> range:
    """The indices of the blocks around the title: some before it, and after it up to the second paragraph of prose."""
    title = document.title
    at = next((i for i, block in enumerate(blocks) if block is title), 0)
    prose = 0
    end = at
    for end in range(at, len(blocks)):
        block = blocks[end]
        if (
            block.kind is Kind.PARAGRAPH
            and len(block.text) >= _PROSE
            and block.zone in (Zone.BODY, Zone.CALLOUT)
            and block is not title
        ):
            prose += 1
            if prose == 2 or end > at + 40:
                break
    return range(max(at - 12, 0), end + 1)


# Labels and their values


def _statements(blocks: Sequence[Block], index: int, top: range, claimed: set[int]) -> Iterator[Statement]:
    block = blocks[index]
    text = block.plain
    near = index in top or block.zone in (Zone.BYLINE, Zone.BIO)
    labels = [match for match in _LABEL.finditer(text) if _ROLES[match.lastgroup or ""]]
    previous = -1
    for number, match in enumerate(labels):
        group = match.lastgroup or ""
        if previous >= 0 and match.start() - previous > 160:
            previous = -1
        if not _stands(block, match, group, previous, near):
            continue
        stop = next(
            (
                later.start()
                for later in labels[number + 1 :]
                if later.lastgroup != "by" or _separated(text, later.start())
            ),
            len(text),
        )
        stop = min(stop, _sentence_end(block, match.end()))
        found = _value(blocks, index, match, group, stop, claimed)
        if found is None:
            continue
        previous = match.end()
        yield found
        if found.role is Role.REVIEW and re.search(
            r"\b(?:written|created|authored)(?: and|,| &)", text[: match.start()][-24:], re.I
        ):
            yield found._replace(role=Role.WRITE)


def _separated(text: str, start: int) -> bool:
    """Whether a "by" begins a part of its own: after a separator, and not "reviewed ... by"."""
    return bool(re.search(r"(?:^|[|•·;\n/—–.]|\s-)\s*$", text[max(start - 4, 0) : start]))


def _sentence_end(block: Block, position: int) -> int:
    return block.sentence_at(max(position - 1, 0)).end if len(block.text) > _PROSE else len(block.text)


def _stands(block: Block, match: re.Match[str], group: str, previous: int, near: bool) -> bool:
    """Whether a label is one, by what stands before it: nothing, words that bylines use, or another label's value."""
    text = block.plain
    start = match.start()
    if start and text[start - 1].isalpha():
        return group != "by"
    if group == "by" and not (near and (_separated(text, start) or not text[:start].strip(OPAQUE + " "))):
        return False
    if previous >= 0:
        return not _NOT_PAGE.search(text[previous:start])
    sentence = block.sentence_at(start).start if len(text) > _PROSE else 0
    before = text[sentence:start]
    cut = max((separator.end() for separator in _SEPARATOR.finditer(before)), default=0)
    part = before[cut:]
    if (
        group in ("nounreview", "nounwrite", "edit", "nounupdate", "publish", "due", "peer", "fact")
        and not near
        and len(text) > 400
    ):
        return False
    words = [word.lower() for word in re.findall(r"[^\W\d_][\w'-]*", part)]
    if group == "review" and _GENERAL.intersection(words):
        return False
    if all(word in _fillers() or word[:3] in _MONTHS for word in words):
        return True
    if (
        re.match(r"\W*(?:this|the) [\w-]+(?: [\w-]+){0,3} (?:was|is|has been)\b", before, re.I)
        and words[:1]
        and len(before) <= 140
    ):
        return any(word in _pages() for word in words[:5]) and not _NOT_PAGE.search(before)
    person = names.first(part, strict=True)
    return bool(person and not re.search(r"\w{3}", part[person.end :]))


_GENERAL = frozenset(("all", "our", "every", "each", "any"))
_MONTHS = frozenset("jan feb mar apr may jun jul aug sep oct nov dec".split())


@cache
def _pages() -> frozenset[str]:
    words = table("byline-words", _Words).pages
    return frozenset((*words, *(f"{word}s" for word in words)))


def _value(
    blocks: Sequence[Block], index: int, match: re.Match[str], group: str, stop: int, claimed: set[int]
) -> Statement | None:
    """The statement of a label: the dates and people in the rest of its block, or of the next ones if that is empty."""
    block = blocks[index]
    text = block.plain
    role = _ROLES[group]
    position = match.end()
    dates: list[Dated] = []
    people: list[Placed] = []
    named_next = group in ("nounreview", "nounwrite", "edit", "fact", "peer", "write", "by", "renewed")
    for _ in range(3):
        if (by := _BY.match(text, position, stop)) or named_next:
            position = by.end() if by else position
            people += (Placed(person, block) for person in _people(text, position, stop))
            named_next = False
            if people:
                position = people[-1].person.end
            elif by:
                break
        begin = _PREPOSITIONS.match(text, position, stop)
        if begin is None:
            break
        date = next(date_text.search(text, begin.end(), min(stop, begin.end() + 40), years=True, day_first=False), None)
        if (
            date is None
            or date.start - begin.end() > 14
            or re.search(r"[a-z]{3}", _weekdayless(text[begin.end() : date.start]))
        ):
            break
        dates.append(Dated(date, block))
        position = date.end
    value = _PART.split(text[match.end() : stop].lstrip(f" :,-–—|•·{OPAQUE}\n"))[0].strip(f" :,-–—|•·.{OPAQUE}\n")
    statement = Statement(role, match[0], block, match.start(), match.end(), value, tuple(people), tuple(dates))
    if people or dates:
        return _settled(statement, blocks, index, position)
    if not value or not re.search(r"\w", value) or value.lower() in ("by", "on"):
        return _from_neighbours(statement, blocks, index, claimed, group)
    if role in (Role.REVIEW, Role.WRITE, Role.FACT_CHECK, Role.EDIT, Role.PEER_REVIEW):
        if _BY.match(text, match.end(), stop) or (
            group in ("nounreview", "nounwrite") and text[match.end() : match.end() + 2].strip().startswith(":")
        ):
            return statement
        if group == "by" or (before := _person_before(block, match)) is None:
            return None
        return statement._replace(people=(before,), dates=tuple(_dates_after(block, match.end())))
    return None


def _weekdayless(text: str) -> str:
    return re.sub(
        r"(?i)\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b|\b(?:the|of|at)\b", "", text
    )


def _people(text: str, position: int, stop: int) -> Iterator[Named]:
    found = tuple(names.all_of(text, position, stop))
    if found:
        yield from found
        return
    # "by the hospital's pharmacy department (lead: Zoe Hart, PharmD)": a body that names its person, with letters.
    within = re.compile(r"[\s:]*(?:[a-z'’-]+[ ,(:]+){1,8}(?=[A-Z])").match(text, position, stop)
    person = names.first(text, within.end(), stop, strict=True) if within else None
    if person and any(item.token for item in person.credentials):
        yield person


def _person_before(block: Block, match: re.Match[str]) -> Placed | None:
    """The person right before a label, as in "Ann Lee, MD, medically reviewed this article" and "Ann Lee, MD, Reviewer"."""
    text = block.plain
    start = max(
        (part.end() for part in _SEPARATOR.finditer(text, 0, match.start()) if part.end() < match.start() - 4),
        default=0,
    )
    person = names.first(text, start, match.start(), strict=True)
    return Placed(person, block) if person and not re.search(r"\w{3}", text[person.end : match.start()]) else None


def _settled(statement: Statement, blocks: Sequence[Block], index: int, position: int) -> Statement | None:
    """``statement`` unless prose goes on after it, which then told of something else."""
    if statement.role in (Role.UPDATE, Role.PUBLISH, Role.DUE) or not statement.people:
        rest = statement.block.plain[position:]
        if statement.block.zone is not Zone.BYLINE and re.match(r"\s+(?!by\b|and\b|at\b|to\b)[a-z]+ \w+ \w+ \w+", rest):
            return None
    if statement.role is Role.REVIEW and statement.people and index + 1 < len(blocks):
        return statement._replace(people=(*statement.people, *_more_people(blocks, index + 1)))
    return statement


def _more_people(blocks: Sequence[Block], index: int) -> Iterator[Placed]:
    """Further reviewers, each a block of its own right after the first: a name with letters and nothing else."""
    for block in blocks[index : index + _NEXT_BLOCKS]:
        text = block.plain.strip(f" ,&|{OPAQUE}")
        if not text or text.lower() in ("and", "view bio", "bio", "view profile", "|", "and:"):
            continue
        person = names.whole(block.plain)
        if person is None or not any(item.token for item in person.credentials):
            return
        yield Placed(person, block)


def _from_neighbours(
    statement: Statement, blocks: Sequence[Block], index: int, claimed: set[int], group: str
) -> Statement | None:
    """A label that stands alone: its person or date begins one of the next blocks, or is the whole block before it."""
    wants_person = statement.role in (Role.REVIEW, Role.WRITE, Role.FACT_CHECK, Role.EDIT, Role.PEER_REVIEW)
    if (
        group in ("nounreview", "nounwrite")
        and ":" not in statement.block.plain[statement.end :]
        and index > 0
        and index - 1 not in claimed
    ):
        before = names.whole(blocks[index - 1].plain)
        if before and blocks[index - 1].zone is not Zone.TITLE:
            claimed.add(index - 1)
            return statement._replace(people=(Placed(before, blocks[index - 1]),))
    value = ""
    for later in range(index + 1, min(index + 1 + _NEXT_BLOCKS, len(blocks))):
        block = blocks[later]
        text = block.plain
        if not re.search(r"\w", text):
            continue
        value = value or text[:120]
        if block.kind is Kind.HEADING and statement.block.kind is not Kind.HEADING and len(text) > 60:
            break
        if wants_person and (people := tuple(names.all_of(text))) and (len(text) < 300 or group == "nounreview"):
            claimed.add(later)
            placed = tuple(Placed(person, block) for person in people)
            dates = tuple(_dates_after(block, people[-1].end))
            if statement.role is Role.REVIEW:
                placed += tuple(_more_people(blocks, later + 1))
            return statement._replace(value=text[:120], people=placed, dates=dates)
        if date := _only_date(block):
            return statement._replace(value=text[:120], dates=(Dated(date, block),))
        if _LABEL.match(text) or len(text) > 100:
            break
    if (
        statement.role in (Role.REVIEW, Role.WRITE)
        and "by" not in statement.block.plain.lower().split()[-1:]
        and ":" not in statement.block.plain[-2:]
    ):
        return None
    return statement._replace(value=value) if wants_person else None


def _dates_after(block: Block, position: int) -> Iterator[Dated]:
    text = block.plain
    date = next(date_text.search(text, position, min(len(text), position + 40)), None)
    if date and not any(match.lastgroup != "by" for match in _LABEL.finditer(text, position, date.start)):
        yield Dated(date, block)


_DECORATION = re.compile(
    r"(?i)\b(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?|at|on|the|of|a\.?m|p\.?m|[ecmp][sd]?t|gmt|utc|bst|min(?:ute)?s?|read(?:ing)?|time)\b"
)


def _only_date(block: Block) -> DateText | None:
    """The date that is all a block says, but for a weekday, a time and how long the article takes to read."""
    text = block.plain
    if len(text) > 60:
        return None
    date = next(date_text.search(text), None)
    if date is None:
        return None
    rest = _DECORATION.sub("", text[: date.start] + text[date.end :])
    return None if re.search(r"[^\W\d_]{2}", rest) else date


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
            role = Role.REVIEW if review else Role.THANK
            yield Statement(role, match[0].strip(), block, match.start(), match.end(), text[match.end() : end], people)


# What the statements do not hold


def _without_cards(statements: Sequence[Statement]) -> list[Statement]:
    """``statements`` without what other articles' cards say: where several places name different reviewers in boxes
    of the same make, each beside a heading of its own, the page is listing articles."""
    boxes: dict[int, list[Statement]] = {}
    for statement in statements:
        if statement.role is Role.REVIEW and (box := _box(statement.block)):
            boxes.setdefault(id(box.parent), []).append(statement)
    dropped = {id(statement.block) for group in boxes.values() if len(group) > 1 for statement in group}
    return [statement for statement in statements if id(statement.block) not in dropped]


def _box(block: Block) -> Element | None:
    """The list item or article-in-the-article that holds ``block``."""
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


def _unlabelled(blocks: Sequence[Block], top: range, statements: Sequence[Statement]) -> Iterator[Dated]:
    """Dates that stand alone around the title and that no label explains."""
    explained = {(id(dated.block), dated.date.start) for statement in statements for dated in statement.dates}
    for index in top:
        block = blocks[index]
        if block.zone in (Zone.NAV, Zone.PROMO, Zone.RELATED, Zone.UI) or len(block.text) > 200:
            continue
        date = _only_date(block) or _part_date(block)
        if date and date.precision == "day" and (id(block), date.start) not in explained:
            yield Dated(date, block)


def _part_date(block: Block) -> DateText | None:
    """A date that is a part of its own of a short byline: "Ann Lee | 4 May 2026"."""
    text = block.plain
    if len(text) > 120:
        return None
    for date in date_text.search(text):
        if re.search(r"(?:^|[|•·\n]|\s[–—-])\s*$", text[: date.start]) and re.match(
            r"\s*(?:$|[|•·\n]|\s[–—-]\s)", text[date.end :]
        ):
            return date
    return None


def _lone_names(blocks: Sequence[Block], top: range, statements: Sequence[Statement]) -> Iterator[Placed]:
    """Names that are a block's only words in an element for the author, around the title."""
    taken = {id(placed.block) for statement in statements for placed in statement.people}
    for index in top:
        block = blocks[index]
        if (
            block.zone is not Zone.BYLINE
            or id(block) in taken
            or block.kind is Kind.QUOTE
            or block.element.closest("blockquote", "figure", "q")
        ):
            continue
        if any(
            "author" in f"{e.attrs.get('class', '')} {e.attrs.get('itemprop', '')}".lower()
            for e in block.element.ancestors
        ) and (person := names.whole(block.plain)):
            yield Placed(person, block)


def _place(document: Document, blocks: Sequence[Block], top: range, statements: Sequence[Statement]) -> Span:
    """Where a reviewer line belongs: after the byline, else after the title, else before the article."""
    in_top = [statement.block for statement in statements if any(blocks[i] is statement.block for i in top)]
    block = in_top[-1] if in_top else document.title or next(iter(blocks), None)
    if block is None:
        return Span(0, 0)
    end = block.span(len(block.text), len(block.text)).end
    return Span(end, end)
