"""What a page says of its own publisher: its name, what it sells, where it sends readers to it, whom it turns away."""

import re
from collections.abc import Iterator
from functools import cache

import msgspec

from medlint import data
from medlint.document import Block, Document, Kind, Zone
from medlint.facts import hosts
from medlint.matching import Forms, Rare
from medlint.profile import Profile

_PUBLIC = frozenset(("government", "charity"))
_NAME = r"(?-i:[A-Z][\w&'+-]*(?:\.[a-z]{2,3})?(?: (?:[A-Z][\w&'+-]*|of|for|the|&|and(?= [A-Z]))){0,4}(?<! of)(?<! for)(?<! the)(?<! and)(?<! &))"
_FIRST_PERSON = frozenset("we us our ours we're we've we'll we'd".split())
_STAFF = (
    r"(?:psychiatrists?|therapists?|psychologists?|clinicians?|doctors?|physicians?|providers?|prescribers?|dietit?ians?|nutritionists?|"
    r"specialists?|counsell?ors?|coach(?:es)?|nurse practitioners?|dentists?|surgeons?|pharmacists?|experts?|(?:care |clinical |medical |expert )?team)"
)
_SERVICE = (
    r"(?:appointments?|consultations?|consults?|assessments?|evaluations?|sessions?|visits?|trials?|intake|kits?|supplements?|products?|"
    r"membership|subscription|treatment plans?|programs?|programmes?|care|therapy|services|screening)"
)

_RECOMMENDED = Rare(
    r"\b(?:consider|try|turn to|choose|check out|reach out to|look no further than|head (?:over )?to|book (?:an? \w+ |a session )?(?:with|at|through|on)|"
    r"sign up (?:with|for|at)|start with|join|get (?:started|help|care|treatment|support|matched|seen) (?:with|at|from|through|by)|"
    rf"(?:online )?(?:therapy|treatment|care|help) (?:with|at|from|through)|make an appointment (?:with|at)) (?P<name>{_NAME})"
)
_AT_HOME = Forms(((", we", ", our"), rf"\b[Aa]t (?P<name>{_NAME}), (?:we|our)\b"))
_SELF = Rare(
    r"\b(?:we are|we're) (?:an?|the|proud to be an?|one of the) (?:[\w'-]+,? (?:and )?){0,8}?"
    rf"(?:practice|clinic|company|platform|pharmacy|service|start-?up|telehealth|telemedicine|provider|(?:network|team|group) of (?:[\w-]+ ){{0,3}}{_STAFF})\b"
)
_OF_ITSELF = re.compile(
    r"\bwe(?:'re| are) (?:an?|the|here|proud)\b|\bwe (?:offer|provide|treat|speciali[sz]e|help|connect|match|can (?:help|match|connect|offer|provide))\b"
    rf"|\bour (?:[\w-]+ ){{0,3}}(?:{_STAFF}|practice|platform|clinics?|services?|app|programs?|programmes?|products?|supplements?|assessment)\b"
)
_INVITED = (
    Rare(
        r"\b(?:book|schedule|request|start|complete|try|claim|order|shop|buy|arrange|set up|sign up for|take|fill (?:out|in)|get)\b"
        r"(?: (?:an?|your|our|the|my|now|today|for|with|free|first|online|initial|short|quick|virtual|personalized|personalised|no-obligation|"
        rf"complimentary|same-day|at-home|video)){{1,5}} (?:\w+ )?{_SERVICE}\b"
    ),
    Rare(r"\bget (?:matched|paired) with\b"),
)
_ADDRESSED = Rare(r"\b(?:our|with us|us today|matched with|paired with|get started)\b")
_OFFERED = Rare(
    rf"\b(?:one of our|our|all our|all of our) (?:[\w'-]+,? (?:and )?){{0,4}}?{_STAFF} "
    r"(?:can|will|is here|are here|are ready|is ready|are available|is available|would love|are happy|specializ|specialis|work with|offer|provide|help)"
)
_LABELLED = re.compile(
    r"(?:advertisement|advertorial|advertising|sponsored|promoted|promotion|ad|paid (?:content|partnership)|a (?:word|message) from|about us|our services?|"
    r"from our sponsors?|from the publisher)\b",
    re.IGNORECASE,
)
_OWN_HEADING = re.compile(
    r"\b(?:our|we|us|about us|contact|book|get started|why choose|make an appointment|schedule)\b", re.IGNORECASE
)
_DISCLOSED = re.compile(
    r"\b(?:is|was|are) (?:published|written|produced|provided|run|owned|sponsored|paid for) by [^.]{0,80}\b(?:which|who|that|a (?:company|provider|clinic|practice))\b"
    r"|\b(?:full )?disclosure ?:|\bconflicts? of interest\b|\bcompeting interests?\b|\b(?:commercial|financial) interest\b"
    r"|\bwe (?:sell|provide|offer) (?:the|some of the) (?:care|products?|services?|treatments?|supplements?) (?:described|mentioned|named|discussed)"
)
_REFUSED = Rare(
    r"\b(?:(?P<we>[Ww]e)|(?P<name>" + _NAME + r")) (?:(?:currently|presently|generally|usually|typically) )?"
    r"(?:do not|don't|does not|doesn't|cannot|can't|are not able to|aren't able to|are unable to|is not able to|is unable to|are not equipped to)"
    r"(?: (?:currently|yet|presently|generally|usually|typically|also|routinely))?"
    r" (?:treat|provide (?:\w+ ){0,2}?(?:treatment|care|therapy|services|support|medication|help)|offer|accept|support|prescribe|see|work with|manage|take on|diagnose)\b"
    r"(?P<what>[^.!?]{3,300})"
)
_ELSEWHERE = (Zone.META, Zone.NAV, Zone.SOURCES, Zone.RELATED)
_FEW = 3
_MOST_OURS = 0.2


class Promotion(msgspec.Struct, frozen=True):
    """A sentence of the article that sends readers to the publisher, or praises what it sells."""

    block: Block
    start: int
    end: int
    name: str


class Refusal(msgspec.Struct, frozen=True):
    """A sentence that says what the publisher does not treat; ``what`` is from ``start`` to ``end``."""

    block: Block
    start: int
    end: int


class Publisher(msgspec.Struct, frozen=True):
    """What a page says of its publisher.

    ``names`` are what it calls itself; ``public`` says that it is a public body or a charity; ``disclosed`` that the
    page tells of its interest. A page that speaks of its own services throughout is a ``storefront``: nobody takes it
    for an article.
    """

    names: tuple[str, ...]
    public: bool
    disclosed: bool
    storefront: bool
    promotions: tuple[Promotion, ...]
    refusals: tuple[Refusal, ...]


def find(document: Document, profile: Profile) -> Publisher:
    """What ``document`` says of its publisher."""
    promotions: list[Promotion] = []
    refusals: list[Refusal] = []
    names: dict[str, None] = dict.fromkeys([document.metadata.site] if document.metadata.site else [])
    article = [block for block in document.prose() if block.kind not in (Kind.HEADING, Kind.ALT)]
    ours = 0
    for block in document.blocks:
        if block.hidden or block.zone in _ELSEWHERE or block.kind is Kind.ALT or _FIRST_PERSON.isdisjoint(block.spelt):
            continue
        names |= dict.fromkeys(match["name"] for match in _AT_HOME.finditer(block.plain))
        refusals += _refusals(block)
        if block.zone in (Zone.BODY, Zone.CALLOUT) and block.kind is not Kind.HEADING:
            ours += len(block.spelt_sentences) - sum(map(_FIRST_PERSON.isdisjoint, block.spelt_sentences))
            if not _is_labelled(document, block) and (found := _promotion(block, names)):
                promotions.append(found)
                names |= dict.fromkeys([found.name] if found.name else [])
    sentences = sum(len(block.sentences) for block in article) if ours > _FEW else 0
    return Publisher(
        names=tuple(names),
        public=_is_public(document, profile, tuple(names)),
        disclosed=bool(promotions) and any(_DISCLOSED.search(block.lower) for block in document.blocks),
        storefront=ours > _FEW and ours > sentences * _MOST_OURS,
        promotions=tuple(promotions),
        refusals=tuple(refusals),
    )


def _promotion(block: Block, names: dict[str, None]) -> Promotion | None:
    """The sentence of a paragraph that sends readers to the publisher."""
    text, lower = block.plain, block.lower
    for match in _RECOMMENDED.of_block(block):
        sentence = block.sentence_at(match.start())
        behind = text[match.end() : match.end() + 200].lower()
        name = match["name"].removesuffix("'s")
        if name in names or (name not in _public_names() and _OF_ITSELF.search(behind)):
            return Promotion(block, *sentence, name)
    home = next(_AT_HOME.finditer(text), None)
    for start, end in block.sentences:
        words = lower[start:end]
        invited = _ADDRESSED.search(words) and any(pattern.search(words) for pattern in _INVITED)
        if invited or _OFFERED.search(words) or _SELF.search(words):
            return Promotion(block, start, end, home["name"] if home else "")
    return None


def _refusals(block: Block) -> Iterator[Refusal]:
    for match in _REFUSED.of_block(block):
        yield Refusal(block, *match.span("what"))


def _is_labelled(document: Document, block: Block) -> bool:
    """Whether the paragraph says that it is advertising, or stands under a heading about the publisher."""
    if _LABELLED.match(block.plain.strip(" [(*")):
        return True
    sections = document.sections
    heading = sections[block.section].heading if 0 <= block.section < len(sections) else None
    if heading is None or heading.zone is Zone.TITLE:
        return False
    return bool(_LABELLED.match(heading.plain.strip()) or _OWN_HEADING.search(heading.plain))


def _is_public(document: Document, profile: Profile, names: tuple[str, ...]) -> bool:
    if profile.publisher:
        return profile.publisher in _PUBLIC
    return hosts.kind_of(hosts.host_of(document.metadata.url)) == "authority" or any(
        n in _public_names() for n in names
    )


class _Organisation(msgspec.Struct, frozen=True):
    name: str
    kind: str
    abbreviation: str = ""
    also: tuple[str, ...] = ()


class _Table(msgspec.Struct, frozen=True):
    organisations: tuple[_Organisation, ...]


@cache
def _public_names() -> frozenset[str]:
    """The names of public bodies and charities, as written."""
    found = (o for o in data.table("organisations", _Table).organisations if o.kind in _PUBLIC)
    return frozenset(name for o in found for name in (o.name, o.abbreviation, *o.also) if name)
