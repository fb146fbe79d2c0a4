"""Whether the page says that it does not replace professional advice, where it says so, and how well.

The five elements and the window of 500 characters are those of the HONcode work on automatic detection: a page holds a
disclaimer when the words stand together, not when they are scattered over it.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum

import msgspec

from medlint.document import Block, Document, Kind, Link, Zone
from medlint.facts.visibility import Sight, Visibility, in_article
from medlint.matching import Scanner, holds_any
from medlint.source import Span

WINDOW = 500
"""How many characters apart the elements of one disclaimer may stand."""


class Part(StrEnum):
    """What a disclaimer can say."""

    INFORMATION = "information"
    SUBSTITUTE = "substitute"
    CONSULT = "consult"
    DELAY = "delay"
    EMERGENCY = "emergency"


class Place(StrEnum):
    """Where a statement stands: with the article, elsewhere on the page, behind a click, or out of sight."""

    ARTICLE = "article"
    PAGE = "page"
    CLOSED = "closed"
    HIDDEN = "hidden"


class Statement(msgspec.Struct, frozen=True):
    """Words that say the page is no substitute for advice, and the parts of a disclaimer found around them."""

    span: Span
    place: Place
    parts: frozenset[Part]


class Flaw(msgspec.Struct, frozen=True):
    """Words that undo a disclaimer. ``kind``: affirmed, doubled, reversed, or contradicted."""

    span: Span
    kind: str


class Disclaimer(msgspec.Struct, frozen=True):
    """The page's disclaimer.

    ``statements`` are in document order; ``notices`` say only that the text is for information; ``links`` lead to a
    medical disclaimer elsewhere, ``vague_links`` to one that does not say of what; ``emergency`` is whether the article
    says anywhere whom to call in an emergency.
    """

    statements: tuple[Statement, ...]
    notices: tuple[Span, ...]
    links: tuple[Link, ...]
    vague_links: tuple[Link, ...]
    flaws: tuple[Flaw, ...]
    emergency: bool

    @property
    def present(self) -> bool:
        """Whether a reader of the page can find it: in the article, the footer, or behind a click."""
        return any(statement.place is not Place.HIDDEN for statement in self.statements)

    @property
    def best(self) -> Statement | None:
        """The fullest statement, those in the article first."""
        order = list(Place)
        return min(self.statements, key=lambda s: (order.index(s.place), -len(s.parts)), default=None)


_GATES = ("substitut", "replac", "place of", "instead of", "in lieu", "advice", "diagnos", "decisions", "alternative", "medical emergenc", "consultation",
          "advise you", "recommend you", "recommend that you", "tell you to", "urge you", "want you to")  # fmt: skip
_GATED = Scanner(_GATES)
_UNREAD = frozenset((Zone.META, Zone.TITLE))
_CALLS = ("911", "999", "112", "000", "111", "108", "995", "10177", "emergency", "ambulance", "a&e")
_ONLY = (" only", "only for")
_TOLD = Scanner((*_CALLS, *_ONLY))

# Sentences are matched in lower case. A gap is bounded, and never crosses into the next sentence.
_NOT = r"(?:\b(?:not|never|no|nor|neither|nothing|none|cannot|in no way)\b|n't\b)"
_FEW = r"(?: [\w-]+){0,3}?"
# "Do not stop it without medical advice" disclaims nothing.
_GAP = r"(?:(?!\b(?:without|unless|until|before|except|seek\w*|get|getting|ask\w*|follow\w*|against|ignor\w+|disregard\w*|delay\w*)\b).)"
_HEALTH = r"(?:medical|health(?:[ -]?care)?|clinical)"
_PROFESSIONAL = (
    r"(?:doctors?|physicians?|gps?|general practitioners?|pharmacists?|nurses?|clinicians?|practitioners?|providers?|professionals?|"
    r"specialists?|therapists?|psychiatrists?|psychologists?|counsell?ors?|diet(?:it|ic)ians?|midwi(?:fe|ves)|dentists?|vets?|veterinarians?|"
    r"(?:medical|care|health(?:care)?) team)"
)
_COUNSEL = (
    r"(?:advice|diagnos\w+|treatments?|care|consultations?|counsel\w*|guidance|judge?ments?|opinions?|expertise|evaluations?|"
    r"assessments?|examinations?|attention|instructions?|recommendations?|help|visits?|services)"
)
_ADVICE = (
    rf"(?:\b(?:{_HEALTH}|professional|personal(?:i[sz]ed)?|individual(?:i[sz]ed)?|expert|qualified|{_PROFESSIONAL}(?:'s|s')?)\b.{{0,40}}?\b{_COUNSEL}\b"
    rf"|\b(?:{_COUNSEL}|relationship|seeing|visiting|consulting|talking|speaking)\b.{{0,50}}?\b{_PROFESSIONAL}\b"
    rf"|\b(?:an?|your|the|any|their)\b{_FEW} {_PROFESSIONAL}\b)"
)
_REPLACING = (
    r"(?P<verb>substitut\w+|replac(?:e|es|ed|ing|ements?)|(?:in|take|takes|taking|taken) (?:the )?place of|instead of|in lieu of|"
    r"alternatives? (?:to|for))"
)
_MEANT = r"(?:intended|meant|designed|offered|considered|construed|regarded|interpreted|understood|viewed|seen|deemed|treated|taken)"
_VISIT = (
    r"\b(?:an?|your|any) (?:[\w-]+ ){0,2}?(?:consultations?|examinations?|appointments?|check-?ups?)(?: in person)?\W*$"
)
_REPLACES = re.compile(rf"{_NOT}.{{0,70}}?\b{_REPLACING}\b(?:{_GAP}{{0,90}}?{_ADVICE}|{_GAP}{{0,20}}?{_VISIT})")
# "Professional advice" may be a lawyer's; of a diagnosis or a treatment it is a clinician's.
_ABOUT_CARE = r"(?:professional|expert|individual)(?= advice\b.{0,40}?\b(?:diagnos|treat|medical|health|symptom))"
_IS_NOT = re.compile(
    rf"(?:{_NOT}|\b(?:nothing|none|no)\b.{{0,60}}?\b(?:be|is|are)) (?:(?:{_MEANT}|as|to|be|is|are|constitut\w+|provide|serve|give|offer|represent\w*|amount|any|an?|form|source|"
    rf"kind|of|specific|personal|individual|professional|actual|formal|direct|legal,?|or|nor|and|in|way|ever|itself|it|they|this|used|relied|upon|on|should),? ){{0,10}}(?P<verb>{_HEALTH}|{_ABOUT_CARE})"
    r"(?:(?:,|,? or|,? and|/|,? nor) ?\w+){0,4}? advice\b"
)
_GIVES_NONE = re.compile(
    rf"(?:{_NOT}{_FEW}|\bunable to) (?:(?:for the )?purpose of )?(?P<verb>provid(?:e|es|ing)|giv(?:e|es|ing)|offer(?:s|ing)?|dispens(?:e|es|ing)|render(?:s|ing)?|"
    rf"contains?|constitutes?)(?:(?!;){_GAP}){{0,40}}?\b(?:{_HEALTH}|diagnostic|professional)\b.{{0,30}}?\b(?:advice|diagnos[ei]s|opinions?|judge?ment|consultations?)\b"
)
_NOT_FOR = re.compile(
    rf"(?:{_NOT}{_FEW}|\bnothing(?: [\w-]+){{0,6}}?) (?P<verb>us(?:e|ed|ing)|rel(?:y|ied) (?:up)?on|intended|meant|designed)\b{_GAP}{{0,70}}?\b"
    rf"(?:(?:{_HEALTH}|treatment)(?: \w+)? (?:decisions?|emergenc\w+)|decisions? about (?:\w+ )?(?:own )?(?:{_HEALTH}|treatment|care)\b|{_HEALTH} advice|(?:self-)?diagnos\w+)"
)
# "Information, not advice", and what lawyers write on sites of every kind: on one about health it is medical advice.
_NO_ADVICE = re.compile(
    rf"\binformation,? (?:and |but )?not (?:as )?advice\b|{_NOT}.{{0,60}}?\bamount to advice\b(?: on)? which you should rely\b"
)
_ADVICE_ELSEWHERE = re.compile(
    rf"\bfor (?:\w+ )?(?:{_HEALTH}|professional) advice\b.{{0,60}}?\b(?:consult|see|ask|contact|talk to|speak to|speak with|call)\b.{{0,30}}?\b{_PROFESSIONAL}\b"
)
_SAYS = r"(?:said|says|told|explain(?:s|ed)|add(?:s|ed))\b"
_SAID = re.compile(
    rf"[,.!][\"”'’] (?:[\w.]+ ){{0,4}}?{_SAYS}|^\W*(?:he|she|they|(?:dr|prof(?:essor)?|mrs?|ms)\.? [\w'-]+(?: [\w'-]+)?) (?:also )?{_SAYS}"
)

_FORMULA = re.compile(r"professional medical advice|medical advice,? (?:diagnos|treatment|or treatment)")
# Whether a sentence speaks of the page: "these pills are no substitute for treatment" does not.
_TEXT = (
    r"(?:articles?|pages?|sites?|web ?sites?|blogs?|posts?|guides?|guidance|texts?|resources?|publications?|newsletters?|leaflets?|"
    r"fact ?sheets?|handouts?|booklets?|brochures?|tools?|calculators?|quiz(?:zes)?|videos?|podcasts?|books?|stor(?:y|ies)|answers?|tips|"
    r"advice|recommendations|suggestions|summar(?:y|ies)|overviews?|columns?|apps?|services?|communit(?:y|ies)|forums?|faqs?|sections?|"
    r"documents?|reports?|statements?|lists?|programs?|programmes?|views|opinions)"
)
_OWN_TEXT = rf"\b(?:information|contents?|materials?|(?:articles|posts|pages|guides|videos) (?:published|posted|found|provided|available|on|in)|(?:this|these|our|the|any|all|every|each|my|its) (?:[\w-]+ ){{0,2}}?{_TEXT})\b"
_PAGE = re.compile(
    rf"{_OWN_TEXT}|\b(?:nothing (?:here|herein|on|in|contained|above|stated|within|written|published|posted|we|you)|none of|"
    r"(?:anything|everything|what) (?:you|we) (?:read|see|find|learn)|herein|here|above|we|our)\b|\bth(?:is|ese|at) (?:is|are|was|does|do|should|must|may|can|will)\b"
    r"|\bth(?:is|at) (?:isn't|doesn't|shouldn't|can't|cannot)\b"
    r"|\b(?:is|are) (?:\w+ly )?(?:general|educational|background) (?:[\w-]+ )?(?:information|education|guidance|advice)\b"
)
_OWN = re.compile(_OWN_TEXT)
_POINTS_BACK = re.compile(
    r"\W*(?:it|they|this|these|nor|and|also|however|therefore|as such|such|[\w ]{0,30}\brely (?:up)?on (?:it|this|them|these))\b"
)
_BARE = re.compile(
    r"\W*(?:(?:please )?note:?|important:?|(?:medical |health )?disclaimer:?|\W)*(?:not|never|no) (?:intended|meant|an?|to be|as|substitute|medical)\b"
)
_OTHER_FIELD = re.compile(r"\b(?:legal|financial|investment|tax|accounting)\b")
_HEALTH_FIELD = re.compile(r"\b(?:medical|health|clinical|doctor|physician|diagnos|treatment|care)")
_SUPPLEMENT = re.compile(
    r"food and drug administration|\bfda\b|\b(?:products?|supplements?)\b.{0,40}\bintended to diagnose"
)

_PARTS = (
    (Part.INFORMATION, re.compile(
        r"\b(?:information(?:al)?|education(?:al)?|general|reference|awareness|basic)\b.{0,40}?\b(?:purposes?|only|use|information|"
        r"knowledge|guidance|advice|in nature|overview)\b|\bfor your (?:general )?information\b")),
    (Part.CONSULT, re.compile(
        r"\b(?:seek|consult\w*|speak\w*|talk\w*|ask|contact|see|check|discuss\w*|turn to|visit|call)\b"
        rf"(?:.{{0,70}}?\b{_PROFESSIONAL}\b|.{{0,25}}?\b(?:medical|professional)\b.{{0,15}}?\b(?:advice|help|care|attention)\b)")),
    (Part.DELAY, re.compile(
        rf"(?:{_NOT}|\bavoid\b).{{0,20}}?\b(?:delay\w*|disregard\w*|ignor\w+|avoid\w*|postpon\w+|put(?:ting)? off)\b"
        r".{0,60}?\b(?:advice|seeking|care|help|treatment|getting|obtaining)\b")),
    (Part.EMERGENCY, re.compile(
        r"\b(?:call\w*|dial\w*|phone|ring|contact).{0,40}?(?:(?<!\d)(?:911|999|112|000|111|108|995|10177)(?!\d)|\bambulance\b|"
        r"\b(?:local )?emergency (?:services?|numbers?|response)\b)|"
        r"\b(?:go to|nearest|visit|local)\b.{0,30}?(?:\bemergency (?:room|department|centre|center)\b|\ber\b|\ba&e\b)")),
)  # fmt: skip
_NOTICE = re.compile(
    r"\b(?:information(?:al)?|educational)\b(?:,? (?:and|or|and/or) (?:information(?:al)?|education(?:al)?|entertainment|general))? (?:purposes? only|only)\b|"
    r"\bonly for (?:general )?(?:informational|educational|information)\b"
)
_LINK = re.compile(r"\bdisclaimers?\b")

_THIS_TEXT = rf"\b(?:this|these|our) (?:[\w-]+ ){{0,2}}?(?:information|content|plan|{_TEXT})\b"
_OTHER = r"(?:substitutes?|replacements?|alternatives?)"
_EXPERTS = rf"\b(?:our|these) (?:[\w-]+ )?(?:{_PROFESSIONAL}|experts?|team|editors|writers)"
_FLAWS = (
    ("doubled", re.compile(rf"{_NOT}.{{0,40}}?\b(?:anything|nothing|none|other) (?:but|other than|except|than)(?: as)?(?: an?)? {_OTHER}\b")),
    ("reversed", re.compile(
        rf"\b(?:{_HEALTH}|professional|doctor's) (?:advice|care|diagnosis|treatment) (?:is|are|should|can|must|may)\b.{{0,10}}?{_NOT}.{{0,20}}?"
        rf"\b{_OTHER} (?:for|to) {_THIS_TEXT}")),
    ("affirmed", re.compile(
        rf"{_THIS_TEXT}(?: (?:above|below|here|provided))?(?: (?:on|in|from) (?:this|our|the)(?: [\w-]+){{1,2}}?)? "
        r"(?:is|are|serves? as|acts? as|(?:can|may|should|could) be(?: used)?(?: as)?) (?:an? |the )?(?:good |full |complete |perfect |great )?"
        rf"{_OTHER} (?:for|to)\b{_GAP}{{0,60}}?{_ADVICE}|"
        rf"{_THIS_TEXT} replaces (?:the |your |any )?(?:professional |qualified )?(?:medical advice|doctor)")),
    ("contradicted", re.compile(
        rf"{_THIS_TEXT} (?:is|gives|provides|offers|contains)(?: you)?(?: personal(?:i[sz]ed)?| professional| expert| real)? medical advice\b|"
        rf"{_EXPERTS}(?: will| can)? (?:gives?|provides?|offers?) (?:you )?(?:personal(?:i[sz]ed)? |professional )?(?:medical advice|a diagnosis)\b|"
        rf"{_EXPERTS} (?:advise|recommend|tell|urge|want) (?:that )?you (?:should |to )?(?:stop|start|change|halve|double|reduce|increase|skip|quit|come off)"
        r"(?: taking| using)?(?: your| the| any)? (?:tablets?|pills?|medic\w+|drugs?|dos(?:es?|age)|insulin|treatments?|antidepressants?|statins?|prescriptions?)\b|"
        rf"\bfollow (?:this|our) (?:[\w-]+ )?(?:{_TEXT}|plan|protocol|steps?) (?:instead of|rather than|in place of)\b.{{0,20}}?{_ADVICE}")),
)  # fmt: skip


class _Passage(msgspec.Struct, frozen=True):
    """A sentence in lower case, with the list read along where it ends in one, and what stands before it."""

    block: Block
    start: int
    text: str
    before: str

    @property
    def span(self) -> Span:
        """The sentence as it stands in the block; what was read along from a list lies beyond its end."""
        return self.block.span(self.start, self.start + len(self.text))


def find(document: Document, view: Visibility) -> Disclaimer:
    """The disclaimer of ``document``, read as English."""
    statements: list[Statement] = []
    flaws: list[Flaw] = []
    hinted = {block.index for block in _GATED.holding(document)}
    blocks = [block for block in document.blocks if _is_ours(block)] if hinted else ()
    for index, block in enumerate(blocks):
        for passage in _passages(blocks, index) if block.index in hinted else ():
            wrong = list(_flaws(passage)) if not block.hidden and in_article(block) else []
            flaws += wrong
            if not wrong and (match := _disclaims(passage)):
                statements.append(_statement(view, blocks, index, passage, match))
    told = [block for block in _TOLD.holding(document) if not block.hidden and in_article(block) and _is_ours(block)]
    links = [link for link in document.links if "isclaimer" in link.text and not (link.block and link.block.hidden)]
    medical = [link for link in links if re.search(rf"\b{_HEALTH}\b", link.text.lower())]
    return Disclaimer(
        tuple(statements),
        tuple(_notices(told)),
        tuple(medical),
        tuple(link for link in links if link not in medical),
        tuple(flaw for flaw in flaws if statements or flaw.kind != "contradicted"),
        any(_in_emergency(block.lower) for block in told),
    )


def _is_ours(block: Block) -> bool:
    """Whether ``block`` is text of the page's own, and not of readers' comments or cards of other articles; a column
    beside the article is the site's."""
    if block.zone in _UNREAD or block.kind is Kind.ALT:
        return False
    return block.element.zone is not Zone.RELATED or block.element.closest("aside") is not None


def _passages(blocks: Sequence[Block], index: int) -> Iterator[_Passage]:
    block = blocks[index]
    before = blocks[index - 1].lower[-200:] if index and in_article(blocks[index - 1]) == in_article(block) else ""
    for sentence in block.sentences:
        text = block.lower[sentence.start : sentence.end]
        if sentence.end == len(block.text.rstrip()) and text[-1:] not in ".!?":
            following = blocks[index + 1 : index + 5]
            text = " ".join((text, *(item.lower for item in following if item.kind is Kind.ITEM)))[: len(text) + 200]
        yield _Passage(block, sentence.start, text, before)
        before = text


def _disclaims(passage: _Passage) -> re.Match[str] | None:
    """The words of the passage that say the page is no substitute for advice."""
    text = passage.text
    if text.endswith("?") or _SAID.search(text):
        return None
    if (match := _ADVICE_ELSEWHERE.search(text)) and _NOTICE.search(f"{passage.before} {text}"):
        return match
    if (match := _NO_ADVICE.search(text)) and _PAGE.search(text[: match.start()]):
        return match
    if match := _IS_NOT.search(text) or _GIVES_NONE.search(text):
        return match
    for pattern, looks_to in ((_REPLACES, "verb"), (_NOT_FOR, 0)):
        for match in pattern.finditer(text):
            if _OTHER_FIELD.search(match[0]) and not _HEALTH_FIELD.search(match[0]):
                continue
            if pattern is _NOT_FOR and _SUPPLEMENT.search(f"{passage.before} {text}"):
                continue
            said = text[: match.start("verb")] if looks_to else text[: match.end()]
            if (
                _PAGE.search(said)
                or _BARE.match(text)
                or _FORMULA.search(match[0])
                or (_POINTS_BACK.match(text) and _OWN.search(passage.before))
            ):
                return match
    return None


def _flaws(passage: _Passage) -> Iterator[Flaw]:
    for kind, pattern in _FLAWS:
        match = pattern.search(passage.text)
        if match is None or passage.text.endswith("?") or passage.text.count('"', 0, match.start()) % 2:
            continue
        if kind in ("doubled", "affirmed") and not re.search(_ADVICE, passage.text[match.start() :]):
            continue
        if kind in ("affirmed", "contradicted") and re.search(_NOT, passage.text[: match.end()]):
            continue
        yield Flaw(passage.span, kind)
        return


def _statement(
    view: Visibility, blocks: Sequence[Block], index: int, passage: _Passage, match: re.Match[str]
) -> Statement:
    """The statement at ``match``, with the parts that stand within one window around it."""
    block = blocks[index]
    seen = view.of(block)
    if seen is Sight.HIDDEN:
        place = Place.HIDDEN
    elif not in_article(block):
        place = Place.PAGE
    else:
        place = Place.CLOSED if seen is Sight.CLOSED else Place.ARTICLE
    return Statement(
        passage.span, place, _parts(blocks, index, passage.start + match.start(), passage.start + match.end())
    )


def _parts(blocks: Sequence[Block], index: int, start: int, end: int) -> frozenset[Part]:
    """The parts in the best window that holds ``start`` to ``end`` of block ``index``, read across its neighbours."""
    block = blocks[index]
    after = _neighbours(blocks, range(index + 1, len(blocks)), block)
    before = _neighbours(blocks, range(index - 1, -1, -1), block)
    lead = " ".join(reversed(before))
    text = " ".join(filter(None, (lead, block.lower, *after)))
    offset = len(lead) + 1 if lead else 0
    start, end = start + offset, min(end + offset, len(text))
    near = end - WINDOW, max(start + WINDOW, end)
    found = [(*match.span(), part) for part, pattern in _PARTS for match in pattern.finditer(text, *near)]
    best = frozenset((Part.SUBSTITUTE,))
    for left in {min(start, first) for first, _, _ in found} | {start}:
        inside = {part for first, last, part in found if first >= left and last <= max(left + WINDOW, end)}
        best = max(best, frozenset((Part.SUBSTITUTE, *inside)), key=len)
    return best


def _neighbours(blocks: Sequence[Block], places: Iterable[int], block: Block) -> list[str]:
    """The texts of the blocks at ``places`` that are seen where ``block`` is, up to the end of its part or past the window."""
    texts: list[str] = []
    for other in (blocks[place] for place in places):
        if in_article(other) != in_article(block) or sum(map(len, texts)) > WINDOW:
            break
        if other.hidden == block.hidden:
            texts.append(other.lower)
    return texts


def _notices(blocks: Sequence[Block]) -> Iterator[Span]:
    for block in blocks:
        if holds_any(block.lower, _ONLY):
            yield from (block.span(*match.span()) for match in _NOTICE.finditer(block.lower))


def _in_emergency(text: str) -> bool:
    return holds_any(text, _CALLS) and bool(_PARTS[3][1].search(text))
