"""Helplines on a page: numbers, text codes and sites of the dated table, however they are written.

A long number is the line wherever it stands. A short one ("988", "116 123", "741741") is the line only where the words
around it say so: a verb of calling or the line's name within 60 characters, or a ``tel:`` or ``sms:`` link. "988
participants", "$988" and "988 mg" are not.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from itertools import islice
from typing import NamedTuple

import msgspec

from medlint.document import Block, Document, Kind, Link, Zone
from medlint.facts.directory import LONG, Line, Phrase, Way, digits_of, directory
from medlint.facts.hosts import host_of
from medlint.facts.visibility import Sight, Visibility, in_article
from medlint.source import Span

NEAR = 60
"""How many characters from a short number the words may stand that make it a line."""
MOST = 300
"""So many mentions are read; a page that repeats a number for ever costs no more."""


class Place(StrEnum):
    """Where a line stands: with the article, in a banner of the page, or in its footer."""

    ARTICLE = "article"
    BANNER = "banner"
    FOOTER = "footer"


class Mention(msgspec.Struct, frozen=True):
    """A line on the page.

    ``lines`` are all that share the number and ``line`` the one meant here; ``written`` is the number as its operator
    writes it, or the domain. ``offered`` says that a reader can see it is there to be used, which a bare menu item does
    not. ``routes`` are the ways to reach it that the words around name: call, text, chat. ``name`` is the range of what
    the page calls it, ``keyword`` that of the word to text.
    """

    line: Line
    lines: tuple[Line, ...]
    written: str
    block: Block
    start: int
    end: int
    place: Place
    offered: bool
    linked: bool
    routes: frozenset[str]
    name: tuple[int, int] | None = None
    keyword: tuple[int, int] | None = None

    @property
    def span(self) -> Span:
        """Where the number or domain stands in the source."""
        return self.block.span(self.start, self.end)

    @property
    def is_site(self) -> bool:
        """Whether it is the site of the line, and no number."""
        return any(map(str.isalpha, self.written))

    @property
    def regions(self) -> frozenset[str]:
        """The countries in which this number reaches such a line."""
        return frozenset(region for line in self.lines for region in line.regions)


class EmergencyCall(msgspec.Struct, frozen=True):
    """An emergency number that the page tells readers to call, and where it is one."""

    number: str
    regions: frozenset[str]
    block: Block
    start: int
    end: int

    @property
    def span(self) -> Span:
        """Where the number stands in the source."""
        return self.block.span(self.start, self.end)


class NearMiss(msgspec.Struct, frozen=True):
    """A number one digit off that of ``line``, where the words around speak of it."""

    way: Way
    line: Line
    block: Block
    start: int
    end: int


class LinkMismatch(NamedTuple):
    """A ``tel:`` or ``sms:`` link that dials something else than it shows, one of the two being a helpline."""

    link: Link
    shown: str
    dialled: str


class PhraseUse(msgspec.Struct, frozen=True):
    """A service named by words alone, of which the table says that it closed or was renamed."""

    phrase: Phrase
    line: Line
    block: Block
    start: int
    end: int

    @property
    def span(self) -> Span:
        """Where the words stand in the source."""
        return self.block.span(self.start, self.end)


class Helplines(msgspec.Struct, frozen=True):
    """All that the page shows of helplines, in document order."""

    mentions: tuple[Mention, ...] = ()
    emergencies: tuple[EmergencyCall, ...] = ()
    near_misses: tuple[NearMiss, ...] = ()
    mismatches: tuple[LinkMismatch, ...] = ()
    phrases: tuple[PhraseUse, ...] = ()


LOCAL = Line("local", "local crisis line", ("any",), ("general", "suicide", "self-harm"), "current", "medium")
"""Stands for a line that is in no table, of a county or a hospital, which the page itself calls a crisis line."""
_UNREAD = frozenset((Zone.META, Zone.SOURCES, Zone.RELATED, Zone.BIO))
_GROUP = re.compile(r"\d+")
_ALWAYS = "24/7"
_RUN = re.compile(
    rf"\d(?:{_ALWAYS[1:]}(?<={_ALWAYS})|(?:(?:[ ()\-\u2013\u2014\u00b7/]|\.(?! )){{0,3}}(?!{_ALWAYS})\d)+)"
)
_VANITY = re.compile(
    r"(?<![\d-])(?:\+?1[-. ]?)?\(?(?:8(?:00|33|44|55|66|77|88)|1800|1300|0800|0508)\)?[-. ]?(?=[-\d. ]{0,6}[A-Z])(?:[A-Z0-9][-. ]?){4,11}"
)
_CALL = r"(?:call|dial|phone|ring|telephone|contact|reach|calling|dialing|dialling|phoning|ringing|contacting|reaching)"
_TEXT = r"(?:text|sms|message|texting|messaging|send|sending)"
_LINE = r"(?:life ?line|hot ?line|help ?line|crisis ?line|text ?line|support line|crisis|suicid\w*|number)"
_OF_LINES = re.compile(rf"\b{_LINE}\b")
_BEFORE = re.compile(
    rf"\b(?:{_CALL}|{_TEXT}|{_LINE})\b[^.?!\n]{{0,50}}$|\b(?:{_CALL}|{_TEXT})(?: (?:the|or text|us on|at|on))?$"
)
_AFTER = re.compile(
    rf"\W{{0,3}}(?:\w+ ){{0,3}}?{_LINE}\b|\W{{0,2}}[(:\u2013\u2014-] ?(?:call|text|24/7|free)\b|\W{{0,3}}(?:press|option|then press|or text|or call|or chat)\b"
)
# "988 more calls" counts; "call 988 for people", "988 helps people", "988 at any hour" and "988 day or night" do not.
_COUNTED = re.compile(
    r" ?(?:%|\u00b0|mg\b|mcg\b|ml\b|kg\b|g\b|percent\b|million\b|thousand\b|billion\b|"
    r"(?:(?!(?:any|at|connects|for|helps|if|on|reaches|serves|seven|to|twenty-four|when|with)\b)[a-z-]+ ){0,2}?(?:cases?|deaths?|people|persons?|participants?|patients?|"
    r"adults?|adolescents|children|women|men|individuals?|lives|subjects?|respondents?|students?|veterans|users?|callers?|calls|texts|visits?|days?(?! (?:and|or) night)|hours?|"
    r"minutes?|weeks?|months?|years?|times|miles|calories|dollars|pounds|studies|trials|babies|infants|boys|girls|teens|teenagers|responses|"
    r"suicides|hospitals|homes|schools|volunteers|counsell?ors|cent(?:er|re)s|employees|members|units|points|pages)\b)"
)
_TALLIED = re.compile(
    r"\b(?:ris(?:es?|en|ing)|rose|f[ae]ll(?:s|en|ing)?|gr[eo]wn?|climbed|jumped|dropped|increased|decreased|declined|went|up|down)"
    r"(?: again| further| sharply| slightly)? (?:by|from|to|from [\d,]+ to) $|"
    r"\b(?:averaged|claimed|exceeded|numbered|reached|took|totall?ed|(?:average|total) of|(?:fewer|less|more) than|nearly|almost) $"
)
_GLUED_BEFORE = (
    "the", "at", "call", "text", "dial", "or", "to", "on", "by", "via", "and", "contact", "number", "line", "for",
    "calling", "texting",
)  # fmt: skip
_GLUED_AFTER = (
    "or", "and", "for", "to", "if", "any", "in", "from", "at", "is", "now", "then", "suicide", "lifeline", "crisis", "chat",
)  # fmt: skip
_DISTRESS = re.compile(
    r"\b(?:crisis|suicid\w*|self-harm|mental health|life ?line|hot ?line|help ?line|urgent|distress)\b"
)
# A line for every ailment answers a crisis only where the page says that it does.
_IN_MIND = re.compile(
    r"\b(?:mental health|option (?:2|two)|crisis|suicid\w*|self-harm\w*|(?:harm|hurt|kill)(?:ing)? (?:your|them)sel\w+|end (?:your|their) li\w+)\b"
)
_OFFER = re.compile(rf"\b(?:{_CALL}|{_TEXT}|chat|talk|speak|need help|in crisis|24/7|help is available)\b")
_HELP = re.compile(
    r"\b(?:help|crisis|support|resources?|call|text|contact|emergenc\w+|reach|suicid\w*|talk|hot ?lines?|help ?lines?|life ?lines?|numbers?)\b"
)
_KEYWORD = re.compile(
    r"\b(?:text|send|message|texting|sending)(?: the (?:word|keyword))? ([\"']?)([A-Za-z]{2,14})\1,? to (?:the number )?$",
    re.I,
)
_LOCAL_LINE = re.compile(
    r"\b(?<!housing )(?<!homeless )(?<!pregnancy )(?<!energy )(?<!debt )(?<!financial )(?<!heating )(?<!eviction )"
    r"(?:(?:mental health |behaviou?ral health |psychiatric |emotional |24-hour |24/7 )?crisis|suicide(?: prevention)?|urgent mental health) "
    r"(?:support |response |intervention |counsell?ing |care )?(?:life ?line|hot ?line|help ?line|line|team|service)\b[^.?!\n]{0,40}$"
)
_TOLD = re.compile(rf"\b(?:{_CALL}|{_TEXT}|at|to|on)(?: or text)? (?:\w+ to )?$")
_PRESS = re.compile(r"\b(?:press|select|option|choose|then|dial)\W{1,2}(?:option )?(\d|one|two|three)\b")
_PRESSED = {"one": "1", "two": "2", "three": "3"}
_EMERGENCY = re.compile(rf"\b(?:{_CALL}|emergency)\b[^.?!\n]{{0,30}}$|\b{_CALL}$")
_IDLE = (2, 4, 5)
"""How many digits no number is missed by one of."""
_EVERYWHERE = frozenset(("911", "999", "112", "000"))


_DIALLED = ("tel:", "sms:")
_DIGIT = re.compile(r"\d")


def find(document: Document, region: str, view: Visibility) -> Helplines:
    """The helplines of ``document`` for a reader in ``region`` (empty: unknown)."""
    where = directory().scanner.scan(document)
    domains = directory().domains
    with_domain = {block.index for domain in domains.keys() & where.keys() for block in where[domain]}
    linked = {link.block.index for link in document.links if link.block and host_of(link.url) in domains}
    numbered = {block.index for block in document.holding(_DIGIT)}
    reader = _Reader(document, region, view)
    for index in sorted(numbered | with_domain | linked):
        if _is_read(document.blocks[index]):
            reader.read(document.blocks[index], index in with_domain)
    return Helplines(
        tuple(reader.mentions),
        tuple(reader.emergencies),
        tuple(reader.near_misses),
        tuple(_mismatches(document)),
        tuple(_phrases(where)),
    )


def _phrases(where: Mapping[str, tuple[Block, ...]]) -> Iterator[PhraseUse]:
    for phrase, pattern in directory().phrases:
        blocks = {
            block.index: block
            for literal in pattern.literals
            for block in where.get(literal, ())
            if _is_read(block) and not block.hidden
        }
        for index in sorted(blocks):
            block = blocks[index]
            for match in pattern.of_block(block):
                around = block.lower[max(match.start() - phrase.within, 0) : match.end() + phrase.within]
                if not phrase.near or any(word.lower() in around for word in phrase.near):
                    yield PhraseUse(phrase, directory().by_id[phrase.line], block, *match.span())


def _is_read(block: Block) -> bool:
    return block.zone not in _UNREAD and block.kind is not Kind.ALT


class _Reader:
    """Reads blocks one by one and collects what it finds."""

    def __init__(self, document: Document, region: str, view: Visibility) -> None:
        self.document = document
        self.view = view
        self.region = region
        self.known = directory()
        self.mentions: list[Mention] = []
        self.emergencies: list[EmergencyCall] = []
        self.near_misses: list[NearMiss] = []

    def read(self, block: Block, has_domain: bool) -> None:
        """Collect the numbers and sites of ``block``, if anyone can see it."""
        text = block.plain
        runs = list(islice(_runs(text), MOST))
        sites = list(self._sites(block, has_domain)) if has_domain or block.inlines else []
        if not (runs or sites) or len(self.mentions) > MOST or self.view.of(block) is Sight.HIDDEN:
            return
        for run in runs:
            if len(run) > 1 or self._may_be_number(text[slice(*run[0])]):
                self._read_run(block, run)
        if any(prefix in text for prefix in ("800", "833", "844", "855", "866", "877", "888", "1300", "0508")):
            self._read_letters(block)
        for start, end, lines, domain in sites:
            self._add(block, start, end, lines, domain, site=True)

    def _may_be_number(self, digits: str) -> bool:
        """Whether ``digits`` in one piece can be, or be meant for, a number: not so most years, ages and doses."""
        return len(digits) not in _IDLE or digits in self.known.ways or digits in self.known.emergency

    def _read_run(self, block: Block, run: Sequence[tuple[int, int]]) -> None:
        text = block.plain
        index = 0
        matched = False
        while index < len(run) and len(self.mentions) <= MOST:
            digits = ""
            best: tuple[int, Way] | None = None
            for last in range(index, min(index + 7, len(run))):
                digits += text[run[last][0] : run[last][1]]
                if way := self.known.ways.get(digits):
                    best = last, way
            start, end = run[index][0], run[best[0] if best else index][1]
            if best and (len(best[1].digits) >= LONG or self._is_short_line(block, run, index, best[0], best[1])):
                self._add(
                    block, _opened(text, start, end), end, self._meant(block, start, end, best[1]), best[1].written
                )
                matched = True
                index = best[0] + 1
                continue
            spelt = [text[a:b] for a, b in run[index : index + 3]]  # 9-1-1
            if max(map(len, spelt)) == 1 and "".join(spelt) in self.known.emergency:
                self._read_emergency(block, "".join(spelt), start, run[index + len(spelt) - 1][1])
            elif spelt[0] in self.known.emergency:
                self._read_emergency(block, spelt[0], start, run[index][1])
            index += 1
        if not matched:
            self._read_unknown(block, run)

    def _read_letters(self, block: Block) -> None:
        """Numbers spelt with letters: 1-800-273-TALK."""
        for match in _VANITY.finditer(block.plain):
            for end in range(match.end(), match.start() + 9, -1):
                if way := self.known.ways.get(digits_of(block.plain[match.start() : end])):
                    end = match.start() + len(block.plain[match.start() : end].rstrip("-. "))
                    self._add(block, match.start(), end, self._meant(block, match.start(), end, way), way.written)
                    break

    def _meant(self, block: Block, start: int, end: int, way: Way) -> tuple[Line, ...]:
        """The lines that share a number, the one meant first: by the key to press, the region, the name beside it."""
        pressed = _PRESS.search(block.lower, end, end + 40)
        key = _PRESSED.get(pressed[1], pressed[1]) if pressed else ""
        around = self._names_near(block, start - NEAR, end + NEAR)
        named = {line.id for name in around for line in self.known.owners(name)}

        def order(line: Line) -> tuple[bool, bool, bool, bool]:
            return (
                bool(key) and line.press != key,
                line.id not in named and bool(line.press),
                self.region not in line.regions,
                line.id not in named,
            )

        return tuple(sorted(way.lines, key=order))

    def _is_short_line(self, block: Block, run: Sequence[tuple[int, int]], first: int, last: int, way: Way) -> bool:
        """Whether the words around a short number make it a line."""
        text, lower = block.plain, block.lower
        start, end = run[first][0], run[last][1]
        goes_on = (
            last + 1 < len(run)
            and 3 <= run[last + 1][1] - run[last + 1][0] <= 4
            and not re.search("[/(]", text[end : run[last + 1][0]])
        )
        if goes_on or _touches_digits(text, start, end) or _IN_DOMAIN.match(lower, end):
            return False
        before, after = lower[max(start - NEAR, 0) : start], lower[end : end + NEAR]
        if before[-1:].isalpha() and not before.endswith(_GLUED_BEFORE):
            return False
        if after[:1].isalpha() and not after.startswith(_GLUED_AFTER):
            return False
        if _is_dialled(block, start, end):
            return True
        around = self._names_near(block, start - NEAR, end + NEAR)
        own = {name for line in way.lines for name in _all_names(line)}
        if _counts(lower, start, end):
            return False
        if own & around:
            return True
        if not (_BEFORE.search(before) or _AFTER.match(after) or before[-1:].isalpha()):
            return False
        if not way.calls and not re.search(rf"\b{_TEXT}\b", before):
            return False
        named = {
            code.removesuffix("_")
            for m in self.known.countries.finditer(text, start - 200, end + 200)
            if (code := m.lastgroup)
        }
        local = any(self.region in line.regions or named & set(line.regions) for line in way.lines)
        return (
            local
            or len(way.digits) > 4
            or way.digits == "988"
            or (not self.region and _DISTRESS.search(lower, start - NEAR, end + NEAR) is not None)
        )

    def _read_emergency(self, block: Block, number: str, start: int, end: int) -> None:
        regions = self.known.emergency[number]
        if number not in _EVERYWHERE and self.region not in regions:
            return
        if _touches_digits(block.plain, start, end) or _counts(block.lower, start, end):
            return
        if _is_dialled(block, start, end) or _EMERGENCY.search(block.lower, start - NEAR, start):
            self.emergencies.append(EmergencyCall(number, regions, block, start, end))

    def _read_unknown(self, block: Block, run: Sequence[tuple[int, int]]) -> None:
        """A number that no line of the table has: one digit off, or a local line that the page calls a crisis line."""
        start, end = run[0][0], run[-1][1]
        digits = "".join(block.plain[a:b] for a, b in run)
        if miss := self._near_miss(block, start, end, digits):
            self.near_misses.append(miss)
        elif len(digits) in range(7, 18) and _LOCAL_LINE.search(block.lower, start - NEAR, start):
            start = _opened(block.plain, start, end)
            self._add(block, start, end, (LOCAL,), block.text[start:end])

    def _near_miss(self, block: Block, start: int, end: int, digits: str) -> NearMiss | None:
        if len(digits) not in range(9, 18) and len(digits) not in (3, 6):
            return None
        if len(digits) < 9:
            if block.plain[end : end + 1].isalpha():
                return None  # the beginning of a site's name
            told = _TOLD.search(block.lower, start - NEAR, start)
            taken = digits in self.known.emergency or _touches_digits(block.plain, start, end)
            if not told or taken or _counts(block.lower, start, end):
                return None
        ways = [way for way in self.known.near(digits) if way.digits != digits]
        if not ways:
            return None
        names = self._names_near(block, start - 2 * NEAR, end + NEAR)
        speaks_of_lines = _OF_LINES.search(block.lower, start - 2 * NEAR, end + NEAR) is not None
        for way in ways:
            named = next((line for line in way.lines if not names.isdisjoint(_all_names(line))), None)
            if named or (len(digits) >= 9 and speaks_of_lines and way.digits.startswith("18")):
                return NearMiss(way, named or way.lines[0], block, start, end)
        return None

    def _names_near(self, block: Block, start: int, end: int) -> set[str]:
        """The names of lines, in lower case, that begin in the range."""
        return {block.lower[a:b] for a, b in self.known.names_in(block.plain, start, end)}

    def _sites(self, block: Block, has_domain: bool) -> Iterator[tuple[int, int, tuple[Line, ...], str]]:
        """The sites of lines that ``block`` names or links to, where it sends the reader there."""
        taken: list[tuple[int, int]] = []
        for inline in islice(block.links, MOST):
            host = host_of(inline.element.attrs.get("href", ""))
            if lines := self.known.domains.get(host):
                words = block.lower[inline.start : inline.end]
                if _SITE_WORDS.match(words) or _is_sent_to(block, inline.start) or self._is_named_alone(block):
                    taken.append((inline.start, inline.end))
                    yield inline.start, inline.end, lines, host
        if not has_domain:
            return
        for match in islice(_DOMAIN.finditer(block.lower), MOST):
            if any(start < match.end() and match.start() < end for start, end in taken):
                continue
            for domain, lines in self.known.domains.items():
                begin = match.end() - len(domain)
                if match[0].endswith(domain) and _BEFORE_DOMAIN.search(block.lower[match.start() : begin]):
                    if _is_sent_to(block, match.start()):
                        yield begin, match.end(), lines, domain
                    break

    def _add(
        self, block: Block, start: int, end: int, lines: tuple[Line, ...], written: str, site: bool = False
    ) -> None:
        linked = _is_dialled(block, start, end)
        name = None if site else self._name(block, start, end)
        if in_article(block):
            place = Place.ARTICLE
            offered = site or linked or not _is_bare(block, start, end, name) or self._is_helped(block)
        else:
            place = Place.FOOTER if block.zone is Zone.FOOTER else Place.BANNER
            offered = site or linked or bool(_OFFER.search(block.lower)) or self._leads_there(block, start, lines)
        if "nurse" in lines[0].topics and not _IN_MIND.search(block.lower):
            offered = False
        keyword = _KEYWORD.search(block.plain, start - NEAR, start)
        self.mentions.append(
            Mention(lines[0], lines, written, block, start, end, place, offered, linked, _routes(block, start, site),
                    name, keyword.span(2) if keyword else None)
        )  # fmt: skip

    def _is_named_alone(self, block: Block) -> bool:
        """Whether the name of a line is all that a block says."""
        text = block.lower.strip()
        return not self._names_near(block, 0, len(text)).isdisjoint((text, text.removeprefix("the ")))

    def _leads_there(self, block: Block, start: int, lines: tuple[Line, ...]) -> bool:
        """Whether the words at ``start`` are a link to the site of one of ``lines``."""
        hosts = (host_of(link.element.attrs.get("href", "")) for link in block.links if link.start <= start < link.end)
        return any(line in self.known.domains.get(host, ()) for host in hosts for line in lines)

    def _name(self, block: Block, start: int, end: int) -> tuple[int, int] | None:
        """The range of what the page calls the line at ``start`` to ``end``: the nearest name in reach."""
        found = self.known.names_in(block.plain, start - NEAR, end + NEAR)
        found = [
            span for span in found if not re.search(r"\d{3}", block.plain[min(span[1], end) : max(span[0], start)])
        ]
        return min(found, key=lambda span: max(span[0] - end, start - span[1]), default=None)

    def _is_helped(self, block: Block) -> bool:
        """Whether what stands around a bare name says that it is there for help."""
        blocks = self.document.blocks
        heading = self.document.sections[block.section].heading
        if heading and heading is not block and _HELP.search(heading.lower):
            return True
        before = block.index - 1
        while before > 0 and blocks[before].kind is Kind.ITEM:
            before -= 1
        around = (blocks[index] for index in (before, block.index + 1) if 0 <= index < len(blocks))
        return any(in_article(other) and not other.hidden and _HELP.search(other.lower) for other in around)


_PART_BEFORE = re.compile(r"(?:[$\u00a3\u20ac#]|\d[.,-])\Z")
_PART_AFTER = re.compile(r"[.,-]\d")
_IN_DOMAIN = re.compile(r"[\w-]+\.(?:org|com|ca|gov|fr|nl|ch)\b")
_DOMAIN = re.compile(r"[\w-]+(?:\.[\w-]+)+")
_BEFORE_DOMAIN = re.compile(r"(?:^|\.|at|or|and)$")
_SENDS = re.compile(
    r"\b(?:visit\w*|chat\w*|contact\w*|go to|call\w*|text\w*|reach\w*|find|online|help|support|talk to|speak to|through|via)\b(?:[^.?!]|\.(?=\w)){0,80}$"
)
_SITE_WORDS = re.compile(r"\W*(?:chat|get help|get support|start|contact|call|text|talk|speak|reach)\b")
_CITES = re.compile(r"\b(?:according to|says?|said|reports?|found|data|stud(?:y|ies)|research|published)\b")


def _runs(text: str) -> Iterator[list[tuple[int, int]]]:
    """Groups of digits that can be one number: two digits at least, and nothing but a few separators between them."""
    for match in _RUN.finditer(text):
        if match[0] != _ALWAYS:
            span = match.span()
            yield [span] if match[0].isdecimal() else [group.span() for group in _GROUP.finditer(text, *span)]


def _all_names(line: Line) -> frozenset[str]:
    return frozenset(name.lower() for name in (*line.accepted_names, *line.rejected_names))


def _opened(text: str, start: int, end: int) -> int:
    """``start``, or where the bracket or plus sign before the number stands."""
    opened = text.endswith("+", 0, start) or (text.endswith("(", 0, start) and ")" in text[start:end])
    return start - 1 if opened else start


def _touches_digits(text: str, start: int, end: int) -> bool:
    """Whether the number is part of a longer one or an amount: "988.5", "1,988", "$988", "988-1234"."""
    return _PART_BEFORE.search(text, start - 2, start) is not None or _PART_AFTER.match(text, end) is not None


def _counts(text: str, start: int, end: int) -> bool:
    """Whether the number counts something: "988 participants", "suicides rose to 988"."""
    return _COUNTED.match(text, end) is not None or _TALLIED.search(text, start - NEAR, start) is not None


def _is_dialled(block: Block, start: int, end: int) -> bool:
    """Whether a ``tel:`` or ``sms:`` link covers the range."""
    return any(
        inline.start <= start
        and end <= inline.end
        and inline.element.attrs.get("href", "").lower().startswith(("tel:", "sms:"))
        for inline in block.inlines
    )


def _is_sent_to(block: Block, start: int) -> bool:
    """Whether the words before ``start`` send the reader there, and the block does not cite what stands there."""
    return _SENDS.search(block.lower, start - 120, start) is not None and not _CITES.search(block.lower)


def _is_bare(block: Block, start: int, end: int, name: tuple[int, int] | None) -> bool:
    """Whether the block is only a number, or a name that holds it ("988 Lifeline"), as a menu item is."""
    low, high = name or (start, end)
    rest = block.lower[:low] + block.lower[high:]
    return sum(map(str.isdigit, block.text[start:end])) < LONG and not any(map(str.isalnum, rest))


def _routes(block: Block, start: int, site: bool) -> frozenset[str]:
    """The ways to reach the line that its sentence and the next one name."""
    sentence = block.sentence_at(start)
    following = block.sentence_at(min(sentence.end + 2, len(block.text)))
    said = block.lower[max(sentence.start, start - 300) : min(following.end, start + 300)]
    routes = {
        "call": re.search(r"\b(?:call|dial|phone|ring|telephone)\w*", said),
        "text": re.search(r"\b(?:text|sms|message)\w*", said),
        "chat": site or re.search(r"\bchat\w*|\bonline\b|lifeline\.org", said),
    }
    return frozenset(route for route, found in routes.items() if found)


def _mismatches(document: Document) -> Iterator[LinkMismatch]:
    known = directory()

    def is_line(digits: str) -> bool:
        return digits in known.ways or digits in known.emergency

    for link in [link for link in document.links if link.url[:4].lower() in _DIALLED]:
        if link.block is not None and link.block.hidden:
            continue
        target = link.url[4:]
        dialled = re.sub(r"\D", "", re.split(r"[?&;,]", target)[0])
        shown = ["".join(link.text[a:b] for a, b in run) for run in _runs(link.text)]
        if len(shown) != 1 or not dialled or re.search(r"[A-Z]{3}", link.text):
            continue
        same = shown[0] == dialled or known.ways.get(shown[0], shown) is known.ways.get(dialled, dialled)
        same = same or (
            min(len(shown[0]), len(dialled)) > 4
            and (shown[0].endswith(dialled) or dialled.endswith(shown[0].lstrip("0")))
        )
        if not same and (is_line(shown[0]) or is_line(dialled)):
            yield LinkMismatch(link, shown[0], dialled)
