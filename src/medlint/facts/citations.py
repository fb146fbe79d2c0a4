"""The sources of an article: its lists, their entries, and the citations in the text."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec
from msgspec.structs import replace

from medlint.document import Block, Document, Element, Kind, Link, Zone
from medlint.facts import hosts
from medlint.facts.directory import directory
from medlint.matching import Scanner, holds_any

_WHAT = (
    r"(?:sources?|references?|citations?|bibliography|works cited|literature cited|source materials?|reference list)"
)
_HEADING = re.compile(
    r"(?:\d{1,3}[.)]?\s+)?(?:(?:how we reviewed this article|evidence)\s*:\s*)?"
    r"(?:(?:article|key|our|selected|main|list of|medical|scientific|cited|other|additional|editorial|show|view|hide|all|the)"
    rf"\s+)*{_WHAT}(?:\s+(?:used|cited|list|section|consulted|for this (?:article|page)|(?:and|&) (?:(?:further|recommended|suggested) reading|references|citations|resources|sources|notes)))?"
    r"\s*(?:\(\d+\)|\[\s?edit\s?\])?\s*[:+\u25be\u25bc]?",
    re.IGNORECASE,
)
_READING = re.compile(
    r"(?:foot|end)?notes?\s*:?|(?:further|suggested|additional|recommended|selected) (?:reading|resources)(?: and (?:references|sources))?\s*:?|"
    r"(?:where can (?:i|you|we) )?(?:learn|read|find out) more(?: about [\w -]{1,60})?\s*[?:]?",
    re.IGNORECASE,
)
_HINTS = ("sourc", "refer", "cit", "bibliog", "literat", "note", "read", "learn", "find")
_LABELLED = re.compile(
    rf"(?:article |key |our |medical )?{_WHAT}(?: used)?\s*[:\u2013\u2014\n]\s*(?=\S)", re.IGNORECASE
)
_NO_ENTRY = re.compile(
    r"\W{0,20}(?:(?:references?|sources?|citations?)?\W{0,5}(?:(?:are |will be )?(?:coming soon|to (?:be added|follow|come)|tb[ac]|tbd|"
    r"available (?:up)?on request|n/?a|none|pending|todo|add (?:sources|references) here|lorem ipsum.*)))\W{0,20}|"
    r"(?:page )?(?:last )?(?:updated|reviewed|modified|published)\b.{0,60}|(?:\u00a9|copyright|all rights reserved|please|contact us|"
    r"(?:this|our|the) (?:article|page|content|information|website|site)\b).*",
    re.IGNORECASE,
)
# Words of a heading that alone announce nothing ("Food sources of iron"), but do so over a list of references.
_ALLUDES = re.compile(r"\b(?:sources?|references?|citations?|bibliography|evidence|where we got)\b")
_HINTED = Scanner((*_HINTS, "evidence", "where we got"))
_SHORTEST = 20

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_SIGNS = (
    (2, re.compile(r"\((?:(?:19|20)\d\d(?:, \w+\.?(?: \d+)?)?[a-z]?|n\.d\.)\)|(?<=[.,]) ?(?:19|20)\d\d[;,:] ?\d")),
    (2, re.compile(r"\bdoi\b|\bPMI?D\b|\bPMC\d|\b10\.\d{4,9}/", re.IGNORECASE)),
    (2, re.compile(r"\d\s?(?:\(\d+[^()]{0,12}\))?\s?[:;,]\s?(?:pp?\. ?)?e?\d+\s?[\u2013-]\s?e?\d+")),
    (2, re.compile(r"\b(?:Accessed|Retrieved|Available (?:at|from)|Published (?:online )?\w+ \d)", re.IGNORECASE)),
    (1, re.compile(r"\bet al\b")),
    (1, re.compile(r"[A-Z][\w'\u2019-]+,? (?:[A-Z]\.? ?){1,3}[,.;&(]")),
    (1, re.compile(r"^\W{0,3}\d{1,3}[.)\]\s]")),
    (1, re.compile(r"\b(?:Journal|J|Lancet|JAMA|BMJ|Rev(?:iew)?|Ann(?:als)?|Suppl|Press|Publishers?|Edition|ed\.)\b")),
    (1, re.compile(r"https?:|www\.")),
)
_REFERENCE = re.compile(r"[A-Z][^()!?\n]{2,120}\((?:19|20)\d\d[a-z]?(?:, [^()]{1,20})?\)\.? \S")
_ATTRIBUTED = re.compile(
    r"\([^()]{0,80}\b(?:Institutes?|Foundation|Administration|Association|Academy|College|Cent(?:er|re)s?|Library|Society|Department|"
    r"Organi[sz]ation|University|Clinic|Hospital|Service|Council|Encyclopedia)\b[^()]{0,60}\)(?:\s*[-\u2013|]?\s*(?:Also in\s?)?Spanish)?\s*\.?$"
)

_BRACKETED = re.compile(r"\[\s?(\d{1,3}(?:\s?[,;\u2013\u2212-]\s?\d{1,3}){0,20})\s?\](?!\()")
_LOST_FOOTNOTE = re.compile(r"\[\^([\w-]{1,40})\](?!:)")
_ONE_SOURCE = re.compile(r"source\s*[:\u2013\u2014\n]")
_NUMBERS = re.compile(r"\W*\d{1,3}(?:\s?[,;\u2013\u2212-]\s?\d{1,3}){0,20}\W*")
_RAISED = re.compile(
    r"(?<=[a-z.,;:!?)\"'])[\u00b9\u00b2\u00b3\u2070\u2074-\u2079]+(?:[,\u02d2\u207b-][\u00b9\u00b2\u00b3\u2070\u2074-\u2079]+)*"
)
_RAISED_DIGITS = str.maketrans("\u2070\u00b9\u00b2\u00b3\u2074\u2075\u2076\u2077\u2078\u2079", "0123456789")
_UNIT_BEFORE = re.compile(
    r"(?:\b(?:[cdkm]?m|ft|in|inch|yd|mi|kg/m|sq|[Ff]ig(?:ure|\.)|[Tt]able|[Bb]ox|[Ss]tep|[Ss]ection|[Pp]art|[Pp]age|[Cc]hapter)|\d)\s?$"
)
_GLUED = re.compile(r"[.!?,](?<=[a-z)].)(\d{1,2}(?:[,\u2013-]\d{1,2}){0,6})(?=\s|$|\*)")
_BRACKETS = re.compile(r"\(([^()]{4,240})\)")
_LEAD_IN = re.compile(
    r"(?:see(?: also)?|e\.g\.,?|cf\.?|reviewed (?:in|by)|adapted from|from|sources?:|data from|as cited in|according to)\s+",
    re.I,
)
_AUTHOR_YEAR = re.compile(
    r"(?P<who>[A-Z\u00c0-\u00de][^\d;]{1,100}?)(?P<comma>,?)\s+\(?(?P<year>(?:19|20)\d\d)[a-z]?\)?(?:, ?(?:pp?\.|para\.?|at) ?[\d\u2013-]+)?"
)
_NARRATIVE = re.compile(
    r"\b(?P<who>[A-Z\u00c0-\u00de][\w'-]+(?:(?:,? (?:and|&) [A-Z][\w'-]+)|(?: and colleagues| et al\.?,?)))\s*\((?P<year>(?:19|20)\d\d)[a-z]?\)"
)
_NO_AUTHOR = re.compile(
    r"\b(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?|"
    r"Spring|Summer|Autumn|Fall|Winter|Updated|Reviewed|Published|Revised|Since|Until|In|From|As|Approved|Founded|Established|Born|Died|"
    r"Version|Accessed|Figure|Table|Chapter|Section|Appendix|Act|Law|Code|Bill|Regulations?|Amendment|Order|Directive|Olympics?|"
    r"Copyright|Season|Episode|Class|Expires?|Effective|Circa|About|Around|Before|After|By|Fiscal|FY|Q[1-4])\b|\bv\.|\b[nNpP] ?=|\u00a9"
)
_CONNECTORS = frozenset("of the and for et al in on de la van von der den & to a an at".split())
_DOI_OR_PMID = re.compile(r"\b10\.\d{4,9}/[^\s;,)]+|\bPMID:?\s*\d{1,8}|\bPMC\d{4,8}|\bNCT\d{8}", re.IGNORECASE)
_ERRAND = re.compile(
    r"(?:find|apply|visit|call|contact|download|sign|log|register|book|schedule|start|subscribe|donate|join|order|buy|shop|"
    r"make an? appointment|request|chat|text|email|e-mail|share|print|watch|follow|volunteer|get (?:help|care|started|support|the|our|self)|"
    r"take (?:our|the|a)|locate|search|click)\b",
    re.IGNORECASE,
)


_AGENCIES = "getty|shutterstock|istock|unsplash|adobe stock|pexels"
_CREDIT = re.compile(rf"\b(?:{_AGENCIES}|photo|image|illustration)\b", re.IGNORECASE)
_CREDITED = re.compile(
    r"\b(?:photo(?:graph)?|image|illustration|picture)s?\b[^.!?]{0,20}(?:\b(?:by|source|credit|courtesy|via)\b|[:\u00a9])|"
    rf"\b(?:{_AGENCIES})\b",
    re.IGNORECASE,
)
_PRINTED = re.compile(r"\W{0,3}(\d{1,3})(?:[.)\]]|\s)")
_ENTRY_KINDS = frozenset((Kind.ITEM, Kind.PARAGRAPH, Kind.CELL, Kind.NOTE, Kind.QUOTE))
_RUNNING = frozenset((Kind.ITEM, Kind.PARAGRAPH))
_NO_WORDS = frozenset((Kind.LABEL, Kind.ALT))
_MOST_LISTS = 40
_NEVER = frozenset((Zone.NAV, Zone.META, Zone.TITLE))
_PROSE = frozenset((Zone.BODY, Zone.CALLOUT))
_CITING = _PROSE | {Zone.PROMO, Zone.FOOTER}
_LISTING = frozenset((Zone.BODY, Zone.SOURCES))
_APART = frozenset((Zone.UI, Zone.META))
_NOTE_ROLES = ("doc-footnote", "doc-endnotes", "doc-bibliography", "doc-biblioentry", "doc-endnote")


class Entry(msgspec.Struct, frozen=True):
    """One source in a list: the range of its text, the number printed or implied, and the links in it."""

    block: Block
    start: int
    end: int
    number: int
    links: tuple[Link, ...]
    hidden: bool = False

    @property
    def text(self) -> str:
        """The words of the entry."""
        return self.block.plain[self.start : self.end]


class SourceList(msgspec.Struct, frozen=True):
    """A list of sources under its heading, or a run of references without one (``heading`` is None).

    ``heading`` from ``start`` to ``end`` is what announces it. ``strict`` is False for headings such as "Further
    reading", under which nothing is owed.
    """

    heading: Block | None
    start: int
    end: int
    entries: tuple[Entry, ...]
    strict: bool = True


class Mark(msgspec.Struct, frozen=True):
    """A citation in the text. ``kind`` is number, author-year, footnote, link or identifier.

    ``keys`` are the numbers, or the author and the year, or the URL's host; ``sure`` is False for forms that can also
    mean something else.
    """

    kind: str
    block: Block
    start: int
    end: int
    keys: tuple[str, ...]
    sure: bool = True


class Citations(msgspec.Struct, frozen=True):
    """Where the article says what it rests on.

    ``kind`` is ``list`` (a list of sources), ``inline`` (citations in the text only) or ``none``; ``count`` is the
    number of entries, or of different inline citations. ``lone`` are paragraphs that look like a reference and stand in
    no list.
    """

    kind: str
    count: int
    lists: tuple[SourceList, ...]
    marks: tuple[Mark, ...]
    by_block: Mapping[int, tuple[Mark, ...]]
    lone: tuple[Block, ...] = ()

    @property
    def entries(self) -> Iterator[Entry]:
        """The entries of all lists, in order."""
        return (entry for found in self.lists for entry in found.entries)

    def support(self, block: Block, offset: int) -> str:
        """What supports a claim at ``offset``: ``cited`` (a citation in its sentence or right behind it, or a name),
        ``near`` (a citation in the sentence before or after, or a name before), ``listed`` (only the list of sources), or nothing."""
        sentences = block.sentences
        index = next((i for i, sentence in enumerate(sentences) if sentence.end > offset), len(sentences) - 1)
        if index < 0:
            return ""
        start, end = sentences[index]
        marks = self.by_block.get(block.index, ())
        if any(mark.end > start and mark.start <= end + 1 for mark in marks) or names_source(block.plain[start:end]):
            return "cited"
        before, after = sentences[max(index - 1, 0)].start, sentences[min(index + 1, len(sentences) - 1)].end
        named = names_source(block.plain[before:start])
        if named or any(mark.end > before and mark.start <= after + 1 for mark in marks):
            return "near"
        return "listed" if self.kind == "list" else ""


def find(document: Document) -> Citations:
    """The citations of ``document``."""
    links: dict[int, list[Link]] = {}
    for link in document.links:
        if link.block is not None:
            links.setdefault(id(link.block), []).append(link)
    lists = tuple(_lists(document, links))
    listed = frozenset(entry.block.index for found in lists for entry in found.entries)
    entries = sum(len(found.entries) for found in lists)
    marks = tuple(_marks(document, links, listed, entries))
    by_block: dict[int, list[Mark]] = {}
    for mark in marks:
        by_block.setdefault(mark.block.index, []).append(mark)
    grouped = {index: tuple(found) for index, found in by_block.items()}
    lone = tuple(
        block for block in document.blocks if block.zone in _LISTING and block.index not in listed and _is_lone(block)
    )
    inline = len({mark.keys for mark in marks if mark.block.zone in _PROSE})
    if entries:
        return Citations("list", entries, lists, marks, grouped, lone)
    return Citations("inline" if inline else "none", inline, lists, marks, grouped, lone)


_Links = Mapping[int, Sequence[Link]]


# Lists


def _lists(document: Document, links: _Links) -> Iterator[SourceList]:
    """The lists of the page: under a heading, after a label, as footnotes, and runs that nothing announces."""
    taken: set[int] = set()
    announced = 0
    for block in _HINTED.holding(document):
        if block.zone in _NEVER or block.index in taken or announced > _MOST_LISTS:
            continue
        text = block.plain.strip()
        found = None
        short = len(text) <= 80
        if short and (strict := _announces(block, text)) is not None:
            announced += 1
            held = _held(document, block)
            if held is not None:
                held = tuple(held)
                found = SourceList(block, 0, len(block.text), tuple(_entries(held, links, strict)), strict)
                if not found.entries and not (strict and _owes(block, held, links)):
                    found = None
        elif block.kind is Kind.PARAGRAPH and not block.hidden and (label := _LABELLED.match(block.plain)):
            entries = tuple(_labelled(block, label.end(), links))
            several = len(entries) > 1 or not _ONE_SOURCE.match(block.lower)
            if (entries and several) or _NO_ENTRY.fullmatch(block.plain, label.end()):
                found = SourceList(block, 0, label.end(), entries)
        if found is None and short and announced <= _MOST_LISTS and _ALLUDES.search(block.lower):
            announced += 1
            found = _alluded(document, block, links)
        if found:
            taken |= {block.index, *(entry.block.index for entry in found.entries)}
            yield found
    notes = [
        b
        for b in document.blocks
        if b.zone is Zone.SOURCES and b.index not in taken and _is_note(b) and (links.get(id(b)) or _likeness(b.plain))
    ]
    if notes:
        taken |= {note.index for note in notes}
        yield SourceList(None, 0, 0, tuple(_whole(note, number, links) for number, note in enumerate(notes, 1)))
    for run in _unannounced(document.blocks, taken):
        yield SourceList(None, 0, 0, tuple(_whole(block, number, links) for number, block in enumerate(run, 1)))


def _alluded(document: Document, block: Block, links: _Links) -> SourceList | None:
    """The list under a heading or a control that only alludes to sources: nothing but references is one."""
    if block.kind is not Kind.HEADING and not _toggles(block):
        return None
    entries = tuple(_entries(_under(document.blocks, block), links, strict=True))
    if len(entries) < 2 or any(_likeness(entry.text) < 2 for entry in entries):
        return None
    return SourceList(block, 0, len(block.text), entries, strict=False)


def _announces(block: Block, text: str) -> bool | None:
    """Whether ``block`` begins a list of sources: True where its heading owes one, False for reading matter."""
    if not holds_any(block.lower, _HINTS):
        return None
    if (
        block.kind in (Kind.HEADING, Kind.TERM, Kind.LABEL)
        or block.zone is Zone.SOURCES
        or _toggles(block)
        or _stands_alone(block, text)
    ):
        if _HEADING.fullmatch(text):
            return True
        if block.kind is Kind.HEADING and _READING.fullmatch(text):
            return False
    return None


def _owes(heading: Block, held: Sequence[Block], links: _Links) -> bool:
    """Whether an empty list under ``heading`` is a gap, not a menu entry, a button, or cards of another make."""
    outside = heading.hidden or heading.zone in (Zone.UI, Zone.RELATED, Zone.FOOTER) or heading.kind is Kind.TERM
    return not outside and not any(block.kind is Kind.HEADING or links.get(id(block)) for block in held)


def _stands_alone(block: Block, text: str) -> bool:
    """Whether a paragraph is a heading in all but its tag: all bold, or a label with a colon."""
    if block.kind is not Kind.PARAGRAPH:
        return False
    return text.endswith(":") or any(
        inline.element.tag in ("strong", "b") and inline.end - inline.start >= len(text) - 1 for inline in block.inlines
    )


def _toggles(block: Block) -> Element | None:
    """The control that opens a panel, where ``block`` is its text."""
    for element in (*(inline.element for inline in block.inlines), *block.element.ancestors):
        if element.tag in ("button", "summary") or element.attrs.keys() & {
            "aria-controls",
            "data-target",
            "data-bs-target",
        }:
            return element
        if element.tag in ("body", "main", "article", "section", "#root"):
            return None
    return None


def _held(document: Document, heading: Block) -> Iterable[Block] | None:
    """The blocks that belong to ``heading``; None where it is a button that holds nothing."""
    control = _toggles(heading)
    if control is None:
        return _under(document.blocks, heading)
    details = heading.element.closest("details")
    if details is not None:
        return [b for b in document.blocks if b is not heading and any(e is details for e in b.element.ancestors)]
    attrs = control.attrs
    name = (
        attrs.get("aria-controls") or attrs.get("data-bs-target") or attrs.get("data-target") or attrs.get("href", "")
    ).lstrip("#")
    panel = [b for b in document.blocks if name and any(e.attrs.get("id") == name for e in b.element.ancestors)]
    if panel:
        return panel
    if heading.element.closest("h1", "h2", "h3", "h4", "h5", "h6"):
        return _under(document.blocks, heading)
    return _beside(document.blocks, control) or None


def _beside(blocks: Sequence[Block], control: Element) -> list[Block]:
    """The items of the list in the box around a button that names no panel, if it holds nothing but sources."""
    box = control.parent
    if box is None or box.tag in ("main", "article", "body", "#root"):
        return []
    items = [b for b in blocks if b.kind is Kind.ITEM and any(e is box for e in b.element.ancestors)]
    outward = (any(hosts.host_of(link.element.attrs["href"]) for link in item.links) for item in items)
    return items if all(out or _likeness(item.plain) for out, item in zip(outward, items, strict=True)) else []


def _under(blocks: Sequence[Block], heading: Block) -> Iterator[Block]:
    """The blocks after ``heading`` up to the next heading of its level or above, without navigation and promotion."""
    level = heading.level or 7
    outside = heading.element.closest("footer", "nav")
    for block in blocks[heading.index + 1 :]:
        if block.kind is Kind.HEADING and (block.level or 7) <= level:
            return
        if heading.kind is not Kind.HEADING and _stands_alone(block, block.plain.strip()) and len(block.text) <= 80:
            return
        if (
            block.zone in (Zone.NAV, Zone.UI, Zone.META, Zone.PROMO, Zone.BIO, Zone.RELATED)
            and block.zone is not heading.zone
        ):
            if block.kind is Kind.HEADING:
                return
            continue
        if outside is None and block.element.closest("footer", "nav", "form", "header"):
            return
        yield block


def _entries(held: Iterable[Block], links: _Links, strict: bool) -> Iterator[Entry]:
    """The sources among ``held``: list items, else paragraphs and their lines."""
    blocks = [block for block in held if block.kind in _ENTRY_KINDS]
    listed = any(block.kind is Kind.ITEM for block in blocks)
    number = 0
    previous: Element | None = None
    for block in blocks:
        item = block.element.closest("li") if block.kind is Kind.ITEM else None
        if item is not None and item is previous:
            continue
        if listed and item is None and _likeness(block.plain) < 2:
            continue
        lines = [(0, len(block.text))] if item else _lines(block)
        for start, end in lines:
            within = tuple(link for link in links.get(id(block), ()) if start <= link.start < end)
            text = block.plain[start:end]
            if (len(text.strip()) < _SHORTEST and not within) or _NO_ENTRY.fullmatch(text):
                continue
            if not strict and _likeness(text) < 2 and not any(hosts.host_of(link.url) for link in within):
                continue
            previous = item
            number += 1
            yield _numbered(Entry(block, start, end, number, within, block.hidden))


def _labelled(block: Block, begin: int, links: _Links) -> Iterator[Entry]:
    """The sources that follow a label in its own paragraph: "Sources: A; B", or a line each."""
    start = begin
    number = 0
    for piece in re.split("[;\n]", block.plain[begin:]):
        end = start + len(piece)
        within = tuple(link for link in links.get(id(block), ()) if start <= link.start < end)
        if (within or len(piece.strip()) >= _SHORTEST) and not _NO_ENTRY.fullmatch(piece) and not _CREDIT.search(piece):
            number += 1
            yield Entry(block, start, end, number, within)
        start = end + 1


def _whole(block: Block, number: int, links: _Links) -> Entry:
    return _numbered(Entry(block, 0, len(block.text), number, tuple(links.get(id(block), ())), block.hidden))


def _numbered(entry: Entry) -> Entry:
    """``entry`` with the number that is printed, if one is."""
    printed = _PRINTED.match(entry.text)
    if printed:
        return replace(entry, number=int(printed[1]))
    label = entry.block.element.closest("aside")
    if label is not None and label.attrs.get("id", "").isdigit():
        return replace(entry, number=int(label.attrs["id"]))
    return entry


def _lines(block: Block) -> Iterator[tuple[int, int]]:
    start = 0
    for line in block.plain.split("\n"):
        yield start, start + len(line)
        start += len(line) + 1


def _is_note(block: Block) -> bool:
    note = block.element.closest("aside", "li", "section", "div")
    return note is not None and any(e.attrs.get("role", "") in _NOTE_ROLES for e in note.ancestors)


def _unannounced(blocks: Sequence[Block], taken: set[int]) -> Iterator[list[Block]]:
    """Runs of blocks that look like references, or like titles each followed by the organisation that published it."""
    run: list[Block] = []
    for block in blocks:
        if block.zone not in _LISTING or block.hidden or block.index in taken:
            if run and block.kind is not Kind.ALT and block.zone not in _APART:
                yield from _kept(run)
                run = []
            continue
        attributed = block.kind is Kind.ITEM and ")" in block.plain[-30:] and _ATTRIBUTED.search(block.plain[-160:])
        if attributed or (block.kind in _RUNNING and len(block.text) < 700 and _likeness(block.plain) >= 2):
            run.append(block)
        elif run:
            yield from _kept(run)
            run = []
    yield from _kept(run)


def _is_lone(block: Block) -> bool:
    """Whether a paragraph begins as a reference does: who, the year, and a title."""
    return block.kind in _RUNNING and bool(_REFERENCE.match(block.plain))


def _kept(run: list[Block]) -> Iterator[list[Block]]:
    numbered = all(_PRINTED.match(block.plain) for block in run)
    if len(run) >= (2 if numbered else 3):
        yield run


def _has_year(text: str) -> bool:
    return ("19" in text or "20" in text) and _YEAR.search(text) is not None


def _likeness(text: str) -> int:
    """How much ``text`` looks like a reference: 2 and more is enough in a list."""
    if not (_has_year(text) or "n.d." in text or "http" in text or "doi" in text.lower()):
        return 0
    return sum(weight for weight, sign in _SIGNS if sign.search(text))


# Citations in the text


def _marks(document: Document, links: _Links, listed: frozenset[int], entries: int) -> Iterator[Mark]:
    own = hosts.own(document)
    for block in document.blocks:
        if block.zone not in _CITING or block.hidden or block.index in listed or block.kind in _NO_WORDS:
            continue
        text = block.plain
        if block.zone in _PROSE:
            yield from _by_number(block, text, entries)
            yield from (
                Mark("link", block, link.start, link.end, (link.url,))
                for link in links.get(id(block), ())
                if _cites(link, own)
            )
            if "10." in text or "PM" in text or "NCT" in text:
                yield from (Mark("identifier", block, *m.span(), (m[0].lower(),)) for m in _DOI_OR_PMID.finditer(text))
        elif block.kind is Kind.HEADING or len(block.spelt) < 12:
            continue
        if "(" in text and _has_year(text):
            yield from _by_author(block, text)


def _by_number(block: Block, text: str, entries: int) -> Iterator[Mark]:
    """``[3]``, raised and linked numbers, and digits that lost their raising ("behavior.1") on a page with a list."""
    bracketed = [match.span() for match in _BRACKETED.finditer(text)] if "[" in text else []
    for start, end in bracketed:
        yield Mark("number", block, start, end, _numbers(text[start:end]))
    if "[^" in text:
        for match in _LOST_FOOTNOTE.finditer(text):
            yield Mark("footnote", block, *match.span(), (match[1],))
    raised: set[int] = set()
    links = sorted((link.start, link.end) for link in block.links) if block.inlines else []
    for start, end, element in block.inlines:
        anchor = element.tag == "a" and element.attrs.get("href", "").startswith("#")
        if not (element.tag == "sup" or anchor) or start in raised or _touches(bracketed, start, start + 1):
            continue
        number = text[start:end]
        if element.attrs.get("class") == "footnote-reference":
            yield Mark("link", block, start, end, (number,))
        elif _NUMBERS.fullmatch(number) and not _UNIT_BEFORE.search(text, max(0, start - 9), start):
            yield Mark("number", block, start, end, _numbers(number), sure=anchor or _touches(links, start, end))
        raised.add(start)
    if not text.isascii():
        for match in _RAISED.finditer(block.text):
            if not _UNIT_BEFORE.search(text, max(0, match.start() - 9), match.start()):
                yield Mark("number", block, *match.span(), _numbers(match[0].translate(_RAISED_DIGITS)), sure=False)
    if entries and block.has_digits:
        for match in _GLUED.finditer(text):
            if match.start(1) not in raised and all(0 < int(number) <= entries for number in _numbers(match[1])):
                yield Mark("number", block, *match.span(1), _numbers(match[1]), sure=False)


def _touches(spans: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    """Whether one of the sorted ``spans``, which do not overlap, has a character of the range from ``start`` to ``end``."""
    before = bisect_left(spans, (end, 0)) - 1
    return before >= 0 and spans[before][1] > start


def _numbers(text: str) -> tuple[str, ...]:
    """The numbers of ``1, 3-5``; the ends of a range stand for it."""
    return tuple(re.findall(r"\d{1,3}", text))


def _cites(link: Link, own: str) -> bool:
    """Whether ``link`` leads to somebody else's page for support, not on an errand."""
    host = hosts.host_of(link.url)
    if not host or hosts.is_template(link.url) or (own and hosts.owner(host) == own):
        return False
    if host in directory().domains and link.url.rstrip("/").endswith(host):
        return False  # where help is to be had
    if link.block and _CREDITED.search(link.block.plain, max(link.start - 40, 0), link.end):
        return False  # whose picture it is
    return hosts.kind_of(host) not in ("service", "user", "shop") and not _ERRAND.match(link.text.strip())


def _by_author(block: Block, text: str) -> Iterator[Mark]:
    for bracket in _BRACKETS.finditer(text):
        if not _YEAR.search(bracket[1]):
            continue
        for piece in bracket[1].split(";"):
            match = _AUTHOR_YEAR.fullmatch(_LEAD_IN.sub("", piece.strip(), count=1))
            if match and _is_author(match["who"], bool(match["comma"])):
                yield Mark("author-year", block, *bracket.span(), (match["who"].strip(" ,"), match["year"]))
    for match in _NARRATIVE.finditer(text):
        yield Mark("author-year", block, *match.span(), (match["who"], match["year"]), sure="et al" in match["who"])


def _is_author(who: str, comma: bool) -> bool:
    """Whether ``who`` can be the authors of a work: names and small words only, with a comma, "&" or "et al."."""
    if _NO_AUTHOR.search(who) or not (comma or "et al" in who or "&" in who):
        return False
    words = who.replace(",", " ").split()
    return len(words) <= 14 and all(word[:1].isupper() or word.strip(".[]").lower() in _CONNECTORS for word in words)


# Support for a claim

_NAMED = re.compile(
    r"\b[Aa]ccording to (?:the |a |an )?(?:\d{4} )?(?:[\w-]+ ){0,3}?[A-Z]\w+|\b[Pp]ublished (?:\w+ ){0,2}(?:in|by) (?:the )?[A-Z]"
    r"|\b(?:CDC|NIH|NIMH|NIDA|WHO|NHS|NICE|FDA|CMS|USPSTF|SAMHSA|EMA|MHRA|ONS|Cochrane|PubMed|Lancet|JAMA|BMJ|NEJM|PLOS|Pew|Gallup)\b"
    r"|\b(?:Journal|Annals|Archives|Proceedings|University|Institutes?|Centers? for|Centre for|Academy|Association|College|Clinic|"
    r"Department|Ministry|World Health|Bureau|Census|Federation|Foundation|Society|Commission|Collaboration) (?:of|for|on|and|[A-Z])"
    r"|\b[A-Z]\w+ (?:University|Institute|Foundation|Association|Society|Clinic|Hospital|College|Academy|Study|Survey|Trial|Census|Report|Collaboration|"
    r"Task Force|Initiative|Registry|Project)\b"
    r"|\b(?:researchers?|scientists|investigators|doctors|study|studies|trial|survey|review|team|research|report) (?:\w+ ){0,3}?(?:at|from|by|led by) (?:the )?(?:[A-Z]\w+|CDC)"
)


def names_source(sentence: str) -> bool:
    """Whether ``sentence`` names who found it out: an institution, a journal, a study with a name."""
    return bool(_NAMED.search(sentence))
