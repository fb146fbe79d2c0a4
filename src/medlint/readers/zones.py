"""Which part of the page a block is: by its elements, then by where the article's text is, then by its headings."""

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from operator import attrgetter

import msgspec
from msgspec.structs import replace

from medlint.document import Block, Element, Kind, Zone
from medlint.matching import holds_any
from medlint.source import Span

_OUTSIDE = (Zone.NAV, Zone.FOOTER, Zone.UI, Zone.PROMO, Zone.RELATED, Zone.META)
_BY_TAG = {
    "nav": Zone.NAV,
    "menu": Zone.NAV,
    "footer": Zone.FOOTER,
    "head": Zone.META,
    "form": Zone.UI,
    "button": Zone.UI,
    "select": Zone.UI,
    "option": Zone.UI,
    "textarea": Zone.UI,
    "label": Zone.UI,
    "dialog": Zone.UI,
    "main": Zone.BODY,
    "article": Zone.BODY,
}
_TELLING_TAGS = frozenset((*_BY_TAG, "aside"))
_BY_ROLE = {
    "navigation": Zone.NAV,
    "menu": Zone.NAV,
    "menubar": Zone.NAV,
    "banner": Zone.NAV,
    "search": Zone.UI,
    "button": Zone.UI,
    "dialog": Zone.UI,
    "alertdialog": Zone.UI,
    "contentinfo": Zone.FOOTER,
    "main": Zone.BODY,
    "article": Zone.BODY,
    "doc-bibliography": Zone.SOURCES,
    "doc-endnotes": Zone.SOURCES,
    "doc-footnote": Zone.SOURCES,
}
# Words of class and id, most telling first. A word is a whole token between hyphens, underscores and capitals.
_BY_WORD: tuple[tuple[Zone, frozenset[str]], ...] = tuple(
    (zone, frozenset(words.split()))
    for zone, words in (
        (Zone.UI, "cookie cookies consent gdpr modal popup toolbar share sharing social skip skiplink pagination pager "
                  "search searchbox breadcrumb breadcrumbs lightbox tooltip feedback toc tableofcontents jumplinks"),
        (Zone.NAV, "nav navbar navigation menu megamenu sidenav topnav mainmenu submenu"),
        (Zone.FOOTER, "footer colophon copyright"),
        (Zone.RELATED, "related recommended recommendations readnext morefrom teaser teasers "
                       "relatedposts relatedarticles upnext suggestedreading comment comments commentlist"),
        (Zone.PROMO, "promo promotion cta advert advertisement ads ad sponsor sponsored newsletter subscribe signup banner"),
        (Zone.BYLINE, "byline author authors reviewer reviewers reviewed postmeta articlemeta entrymeta"),
        (Zone.BIO, "bio biography authorbio aboutauthor"),
        (Zone.SOURCES, "sources references citations bibliography footnotes endnotes reflist reflists"),
        (Zone.DISCLAIMER, "disclaimer"),
        (Zone.CALLOUT, "callout takeaways takeaway highlight infobox keypoints summarybox alert notice warningbox"),
    )
)  # fmt: skip
# An id often repeats the words of a heading, so only these zones are believed of one.
_BY_ID = frozenset((Zone.SOURCES, Zone.NAV, Zone.FOOTER, Zone.DISCLAIMER, Zone.BYLINE, Zone.BIO))
_NOT_BY_ID = frozenset(("sources",))  # "sources-of-fibre" is a section of its own
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_PAIRS = {("key", "takeaways"), ("key", "takeaway"), ("key", "points"), ("side", "nav"), ("post", "meta"), ("article", "meta"),
          ("entry", "meta"), ("read", "next"), ("up", "next"), ("suggested", "reading"), ("sign", "up"), ("skip", "link"), ("table", "contents"),
          ("author", "bio"), ("ref", "list"), ("site", "footer"), ("page", "footer"), ("site", "header"), ("page", "header")}  # fmt: skip
_JOINED = {"siteheader": Zone.NAV, "pageheader": None, "sitefooter": Zone.FOOTER, "pagefooter": Zone.FOOTER}

# All but the names and dates of bylines are matched on text in lower case.
_SOURCES_HEADING = re.compile(
    r"(?:(?:article|key|our|selected|main|list of|medical|scientific|cited|additional|\d{1,3}|show|view|see|all)\s+)*"
    r"(?:sources?|references?|citations?|bibliography|footnotes?|endnotes?|works cited|literature cited|source materials?)"
    r"(?:\s+(?:used|cited|list|and (?:further reading|references|citations|resources|sources|notes)))?(?:\s+\(\d{1,3}\))?\s*:?",
)
_READING_HEADING = re.compile(
    r"(?:further reading|suggested reading|additional reading)(?:\s+and (?:references|sources))?\s*:?"
)
_RELATED_HEADING = re.compile(
    r"(?:related (?:posts?|articles?|stories|reading|content|topics|links|pages|information|resources|coverage|news|guides|videos|items)|read (?:next|more|this next)|"
    r"you (?:might|may) (?:also )?(?:like|be interested in)|more (?:from|on|stories|articles|like this)\b.*|"
    r"recommended (?:for you|reading|articles|stories)|latest (?:news|articles|posts)|popular (?:articles|posts)|keep reading|see also|"
    r"(?:up next|(?:next|previous) (?:article|post|story))|trending.*|explore more|editors?'? picks?|most (?:read|popular)|similar articles|other articles.*)\s*:?",
)
# In a plain paragraph too, these words are a heading.
_PLAIN_HEADING = re.compile(
    r"(?:article )?(?:sources|references|citations)|related (?:articles?|posts?|stories)|(?:next|previous) (?:article|post|story)",
)
_BIO_HEADING = re.compile(
    r"(?:about (?:the |our |this )?(?:authors?|reviewers?|medical reviewers?|writers?|experts?|editors?)|"
    r"(?:meet|our) (?:the |our )?(?:authors?|reviewers?|medical reviewers?|experts?)|(?:author|reviewer) (?:bio|information|details)|"
    r"why (?:(?:should )?you (?:can |should )?)?trust (?:us|our|this|the))\b.*",
)
# Over a column beside the article; in the article the text may go on after it.
_REVIEWER_HEADING = re.compile(
    r"(?:(?:medical|clinical|expert) )?reviewer:?|(?:(?:medically|clinically) )?reviewed by:?"
)
_PROMO_HEADING = re.compile(
    r"(?:how it works|get started(?: today)?|ready to (?:get started|feel better|start)\b.*|book (?:an? |your )?(?:appointment|visit|consultation)\b.*|"
    r"(?:subscribe|sign up|join)\b.{0,60}(?:newsletter|updates|list|inbox)?|(?:accepted |our )?insurance(?: (?:partners?|plans?|we accept))?|"
    r"find (?:care|a (?:doctor|therapist|psychiatrist|provider)) near you\b.*|download (?:our|the) app|stay connected|follow us|"
    r"(?:get|find) (?:care|help|treatment) (?:in|with|from) .{0,40}|we'?re in-network.*|advertisement|sponsored(?: content)?)\s*[!.]?",
)
_CALLOUT_HEADING = re.compile(
    r"(?:key (?:takeaways?|points?|facts?|messages?)|(?:quick |at a glance|fast )?(?:summary|overview in brief|highlights)|takeaways?|"
    r"the bottom line|at a glance|in brief|tl;?dr)\s*:?",
)
_CONTENTS_HEADING = re.compile(
    r"(?:in this (?:article|guide|page|section)|on this page|(?:table of )?contents|jump to)\s*:?"
)
_DISCLAIMER = re.compile(
    r"\b(?:not|never|n't|nor|without)\b.{0,80}\b(?:substitut\w+|replac\w+|intended|constitut\w+|provid\w+|medical advice|relied)\b.{0,80}"
    r"\b(?:medical|professional|clinical|health(?:care)?) ?(?:advice|care|diagnos\w+|treatment|expertise|judge?ment|opinion|consultation)",
)
_OF_DISCLAIMERS = ("provid", "replac", "substitut", "intended", "constitut", "medical advice", "relied")
"""Of which one is in everything that the pattern above finds."""
_BYLINE = re.compile(
    r"\b(?:(?:medically |clinically |expert |fact[- ]?|last |peer )?(?:reviewed|checked|vetted|approved|updated|published|edited|written|posted|modified|revised)"
    r"(?: (?:by|on|and)\b|:|\s+\w+ \d{1,2},? \d{4}|$)|by [A-Z][\w.'-]+ [A-Z]|medical review(?:er)?:|author:|reviewer:|next review\b|date (?:published|last reviewed|reviewed|updated))",
)
_OF_BYLINES = ("reviewed", "checked", "vetted", "approved", "updated", "published", "edited", "written", "posted", "modified",
               "revised", "by ", "medical review", "author:", "reviewer:", "next review", "date ")  # fmt: skip
"""Of which one is in everything that the pattern above finds."""
# A button that opens a note on how pages are reviewed is the label of the reviewer beside it.
_LABEL_BUTTON = re.compile(r"(?:(?:medically|clinically|expert|fact) )?(?:reviewed|checked)(?: by)?:?")
_BYLINE_DATE = re.compile(
    r"(?:\w{3,9},? )?(?:\d{1,2}(?:st|nd|rd|th)? \w{3,9},? \d{4}|\w{3,9}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4}|\d{4}-\d\d-\d\d|\d{1,2}[/.]\d{1,2}[/.]\d{2,4})"
)
_UI_TEXT = re.compile(
    r"(?:close(?: icon)?|view (?:bio|all|more|profile)|read (?:more|less)|show (?:more|less|all)|share(?: this.*)?|print(?: this page)?|"
    r"back to top|skip to (?:main )?content|menu|search|log ?in|sign (?:in|up)|subscribe|download|next|previous|prev|expand(?: all)?|"
    r"collapse(?: all)?|copy(?: link)?|facebook|twitter|linkedin|email|whatsapp|pinterest|x|see (?:more|all)|learn more|get started|"
    r"click here|play|pause|listen|save|like|follow|comments?|reply|loading\.*|advertisement|toggle .{0,30})\s*[›»>→]?",
)


@lru_cache(maxsize=4096)
def _named(names: str) -> tuple[Zone | None, str]:
    """The zone that the words of a class or id say, and the word that says so."""
    words = [word.lower() for word in _WORD.findall(names)]
    joined = {first + second for first, second in pairwise(words) if (first, second) in _PAIRS}
    found = {*words, *joined}
    for zone, telling in _BY_WORD:
        if hit := found & telling:
            return zone, sorted(hit)[0]
    for word in joined:
        if zone_of := _JOINED.get(word):
            return zone_of, word
    return None, ""


def _own_zone(element: Element, inherited: Zone | None) -> tuple[Zone | None, str]:
    """What the element itself says of its zone; ``inherited`` is its parent's."""
    tag, attrs = element.tag, element.attrs
    if element.kind is Kind.HEADING:
        return None, ""  # a button in a heading opens an accordion
    if zone := _BY_TAG.get(tag):
        if tag == "button" and inherited is Zone.BYLINE:
            return None, ""  # a name that opens a card about the person
        if zone is Zone.FOOTER and inherited is Zone.BODY:
            return None, ""  # the foot of the article, not of the page
        return zone, f"<{tag}>"
    if "role" in attrs and (zone := _BY_ROLE.get(attrs["role"])):
        return zone, f'role="{attrs["role"]}"'
    if tag in ("body", "html"):
        return None, ""
    if "itemprop" in attrs or "rel" in attrs:
        names = f"{attrs.get('itemprop', '')} {attrs.get('rel', '')}"
        if "author" in names or "reviewedBy" in names:
            return Zone.BYLINE, f'marked as "{names.strip()}"'
    for name in ("class", "id"):
        if value := attrs.get(name):
            zone, word = _named(value)
            if zone and (
                name == "class" or (zone in _BY_ID and word not in _NOT_BY_ID) or value.lower().startswith("related")
            ):
                return zone, f'{name} says "{word}"'
    return _aside(inherited) if tag == "aside" else (None, "")


def _aside(inherited: Zone | None) -> tuple[Zone, str]:
    if inherited is Zone.BODY:
        return Zone.CALLOUT, "<aside> in the article"
    return Zone.RELATED, "<aside> beside the article"


_OUTERMOST = Element("", {}, None, Span(0, 0))
"""Stands for the parent of the root."""


def assign(elements: Sequence[Element], blocks: Sequence[Block]) -> None:
    """Give every block its zone and the reason. ``elements`` are in document order, parents first.

    1. Elements: a tag, role, class or id decides for what is inside it, unless most of the page's prose is.
    2. The article: ``<main>`` or ``<article>``, else the deepest element with most of the prose; what lies outside it
       and has no zone of its own is navigation before it and the site's own matter after it.
    3. Headings and wording: sources, related posts, biographies and the like begin under their heading; bylines,
       disclaimers and control texts are known by what they say.
    """
    total = 0
    for block in blocks:
        if length := _prose_length(block):
            block.element.prose += length
            total += length
    holding = _holding(elements)
    article = _article(elements, holding, total)
    for element in elements:
        parent = element.parent or _OUTERMOST
        element.inside = parent.inside or element is article
        if element.zone is not None:
            continue  # the reader knew
        if element is article:
            element.zone, element.why = Zone.BODY, f"<{element.tag}> holds the article's prose"
            continue
        zone: Zone | None = None
        if element.attrs or element.tag in _TELLING_TAGS:
            zone, why = _own_zone(element, parent.zone)
        if zone is None or _overruled(zone, element, parent.zone, total):
            zone, why = parent.zone, parent.why
        element.zone, element.why = zone, why
    _place(blocks, article)
    _read_headings(blocks)


def _overruled(zone: Zone, element: Element, inherited: Zone | None, total: int) -> bool:
    """Whether what an element says of its zone does not count, for where it stands or how much prose it holds."""
    if zone in _OUTSIDE:
        return total > 0 and element.prose * 2 > total
    if inherited in _OUTSIDE:
        return True
    if zone is Zone.BODY:
        return not element.inside
    return element.prose * 3 > total * 2


def _holding(elements: Sequence[Element]) -> list[Element]:
    """The elements with prose in them, in order, after adding to each what its children hold."""
    holding: list[Element] = []
    for element in reversed(elements):
        if element.prose:
            holding.append(element)
            if element.parent is not None:
                element.parent.prose += element.prose
    holding.reverse()
    return holding


def _prose_length(block: Block) -> int:
    """How much running text a block holds: nothing for short lines and for those that are mostly links."""
    length = len(block.text)
    if length < 60 or block.hidden or block.kind in (Kind.ALT, Kind.DESCRIPTION, Kind.TITLE, Kind.LABEL):
        return 0
    if not block.inlines:
        return length
    linked = sum(link.end - link.start for link in block.links)
    return 0 if linked * 2 > length else length


def _article(elements: Sequence[Element], holding: Sequence[Element], total: int) -> Element | None:
    """The element that holds the article; ``holding`` are the elements that hold any prose."""
    within = holding if total else elements
    for tag in ("main", "article"):
        candidates = [e for e in within if e.tag == tag or (tag == "main" and e.attrs.get("role") == "main")]
        if candidates:
            best = max(candidates, key=_prose)
            if best.prose * 2 >= total:
                return best
    children: dict[int, list[Element]] = {}
    for element in holding:
        if element.parent is not None:
            children.setdefault(id(element.parent), []).append(element)
    found = next((element for element in elements if element.tag == "body"), elements[0] if elements else None)
    while found is not None:
        heavy = max(children.get(id(found), ()), key=_prose, default=None)
        if heavy is None or heavy.prose * 10 < total * 7 or heavy.tag in ("p", "ul", "ol", "table", "li"):
            return found
        found = heavy
    return found


_prose = attrgetter("prose")


def _place(blocks: Sequence[Block], article: Element | None) -> None:
    """First zones: each block's element's, and by its side of the article where that says nothing."""
    reached = False
    for block in blocks:
        element = block.element
        within = element.inside
        reached = reached or within
        block.zone, block.why = element.zone or Zone.BODY, element.why
        if block.zone is Zone.BODY and not within and article is not None:
            block.zone, block.why = (Zone.PROMO, _AFTER) if reached else (Zone.NAV, "before the article")
        if block.kind is Kind.TITLE:
            block.zone, block.why = Zone.META, "<title>"


def _read_headings(blocks: Sequence[Block]) -> None:
    """Second zones, along the article: title, byline, and the runs that begin under a heading."""
    body = [block for block in blocks if block.zone is not Zone.META]
    title = _title(body)
    run = _NO_RUN
    opening = title is not None
    since_title = 0
    before = None
    for block in body:
        previous, before = before, block
        if block is title:
            block.zone, block.why, run = Zone.TITLE, "first main heading", _NO_RUN
            since_title = 0
            continue
        if run.zone is not None and run.ends_before(block):
            run = _NO_RUN
        zone = block.zone
        # What merely lies after the article has no zone of its own yet: the sources often stand there.
        unclaimed = zone is Zone.BODY or block.why == _AFTER
        if unclaimed or zone in _RUN_ZONES:
            begins = _run_begun(block)
            if begins:
                run = _Run(begins, block.level or 7, f'under "{block.plain.strip()[:40]}"', block.element.parent)
                block.zone, block.why = begins, run.why
                continue
        if run.zone and (unclaimed or (zone is Zone.RELATED and run.zone in (Zone.SOURCES, Zone.BIO))):
            run = replace(run, listed=run.listed or block.kind is Kind.ITEM)
            block.zone, block.why = run.zone or block.zone, run.why
            if run.zone is not Zone.CALLOUT and block.kind is Kind.PARAGRAPH and _is_disclaimer(block):
                block.zone, block.why = Zone.DISCLAIMER, _SAYS_NO_SUBSTITUTE
            continue
        if zone is Zone.BYLINE:
            if len(block.plain.strip()) > _BIOGRAPHY:
                block.zone, block.why = Zone.BIO, "a biography"
        elif zone is Zone.UI:
            named = (
                previous is not None and previous.zone is Zone.BYLINE and previous.lower.rstrip(" :").endswith(" by")
            )
            if named or (opening and _LABEL_BUTTON.fullmatch(block.lower.strip())):
                block.zone, block.why = Zone.BYLINE, "says who or when"
        elif zone is Zone.BODY:
            since_title += 1
            if opening and since_title > 1 and _prose_length(block) >= 120:
                opening = False
            if _UI_TEXT.fullmatch(block.lower.strip()):
                block.zone, block.why = Zone.UI, "control text"
            elif _is_byline(block.plain.strip(), near=opening and since_title < 16):
                block.zone, block.why = Zone.BYLINE, "says who or when"
            elif block.kind is not Kind.HEADING and _is_disclaimer(block):
                block.zone, block.why = Zone.DISCLAIMER, _SAYS_NO_SUBSTITUTE


class _Run(msgspec.Struct, frozen=True):
    """What began under a heading: until the next heading of its level, and for a box until its own end."""

    zone: Zone | None
    level: int
    why: str
    box: Element | None
    listed: bool = False

    def ends_before(self, block: Block) -> bool:
        if block.kind is Kind.HEADING and block.level <= self.level:
            return True
        if self.zone is Zone.UI:
            # A list of contents ends where prose follows it, or it would hide the article up to its next heading.
            return _prose_length(block) > 0
        if self.zone is not Zone.CALLOUT:
            return False
        # A box of takeaways ends with its element, or where prose follows its list.
        return (self.listed and block.kind is Kind.PARAGRAPH) or all(e is not self.box for e in block.element.ancestors)


_NO_RUN = _Run(None, 0, "", None)
_AFTER = "after the article"
_SAYS_NO_SUBSTITUTE = "says it is no substitute for advice"
_BIOGRAPHY = 160
"""Characters from which a block in a byline is a biography."""
_OPENING_KINDS = frozenset((Kind.HEADING, Kind.PARAGRAPH, Kind.TERM))
_RUN_ZONES = frozenset((Zone.BODY, Zone.CALLOUT, Zone.SOURCES, Zone.RELATED, Zone.BIO, Zone.BYLINE))


def _title(blocks: Sequence[Block]) -> Block | None:
    """The article's title: the first h1 inside the article, else the first anywhere outside the page's footer."""
    headings = [block for block in blocks if block.kind is Kind.HEADING and block.level == 1 and not block.hidden]
    for wanted in ((Zone.BODY, Zone.CALLOUT, Zone.BYLINE, Zone.TITLE), (Zone.NAV, Zone.PROMO, Zone.UI)):
        for block in headings:
            if block.zone in wanted:
                return block
    return None


def _run_begun(block: Block) -> Zone | None:
    """The zone that begins at this heading, or at this short line that stands like one."""
    if block.kind not in _OPENING_KINDS:
        return None
    text = block.lower.strip()
    if len(text) > 80 or not (block.kind is Kind.HEADING or _stands_alone(block, text)):
        return None
    if _SOURCES_HEADING.fullmatch(text) or _READING_HEADING.fullmatch(text):
        return Zone.SOURCES
    if _RELATED_HEADING.fullmatch(text):
        return Zone.RELATED
    if _BIO_HEADING.fullmatch(text) or (block.zone is Zone.RELATED and _REVIEWER_HEADING.fullmatch(text)):
        return Zone.BIO
    if block.kind is Kind.HEADING and _PROMO_HEADING.fullmatch(text):
        return Zone.PROMO
    if _CONTENTS_HEADING.fullmatch(text):
        return Zone.UI
    if block.kind is Kind.HEADING and _CALLOUT_HEADING.fullmatch(text):
        return Zone.CALLOUT
    return None


def _stands_alone(block: Block, text: str) -> bool:
    """Whether a paragraph is a heading in all but its tag: all bold, or a short label with a colon."""
    if len(text) > 50:
        return False
    bold = any(i.element.tag in ("strong", "b") and i.end - i.start >= len(text) - 1 for i in block.inlines)
    plain = len(text) < 25 and not any(block.links)
    return bold or text.endswith(":") or (plain and (block.element.tag != "p" or bool(_PLAIN_HEADING.fullmatch(text))))


def _is_disclaimer(block: Block) -> bool:
    lower = block.lower
    return holds_any(lower, _OF_DISCLAIMERS) and bool(_DISCLAIMER.search(lower))


def _is_byline(text: str, *, near: bool) -> bool:
    if len(text) >= (300 if near else 160):
        return False
    if holds_any(text, _OF_BYLINES) and _BYLINE.search(text):
        return True
    return near and bool(_BYLINE_DATE.fullmatch(text.strip(" |·•")))
