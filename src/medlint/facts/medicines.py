"""What a page says of medicines: which it names, what it tells readers to do with them, and whether it does so safely."""

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum

import msgspec

from medlint.document import Block, Document, Kind, Zone
from medlint.facts import clinicians, directives
from medlint.facts.clinicians import Gate
from medlint.facts.directives import Directive, Verdict
from medlint.facts.medication_words import words as vocabulary
from medlint.facts.medicine_names import Mention, Words, mentions
from medlint.facts.passages import Passage
from medlint.facts.surroundings import Surroundings
from medlint.matching import Rare
from medlint.source import Span

ZONES = (Zone.TITLE, Zone.BODY, Zone.CALLOUT, Zone.DISCLAIMER)
"""Where medicines are looked for: what the page itself says to its readers."""


class Statement(msgspec.Struct, frozen=True):
    """Words that tell readers not to stop or change a medicine by themselves.

    ``start`` and ``end`` are their range in the block's text. ``prohibits``: it forbids, rather than sends to ask;
    ``asks``: it names somebody to ask; ``reason``: it is said near why; ``one_specialty``: all it names are specialists
    of one kind; ``soft``: it only advises.
    """

    block: Block
    start: int
    end: int
    prohibits: bool
    asks: bool
    reason: bool
    one_specialty: bool
    soft: bool

    @property
    def span(self) -> Span:
        """Where the words stand in the source."""
        return self.block.span(self.start, self.end)

    @property
    def lacks(self) -> int:
        """How many of the things that make it usable are missing."""
        return (not self.asks) + (not self.reason) + self.one_specialty + self.soft


class Topic(StrEnum):
    """What a page says of a medicine that a reader could act on."""

    STOPPING = "stopping"
    BETTER = "better"
    ALTERNATIVES = "alternatives"
    COST = "cost"
    EFFECTS = "effects"
    SUBJECT = "subject"
    GENERAL = "general"


class Discussion(msgspec.Struct, frozen=True):
    """Where a page discusses a medicine that is risky to stop or change.

    ``start`` and ``end`` are the range in the block's text of the medicine's name, or, for medicines in general
    (``mention`` is None), of what is said.
    """

    topic: Topic
    mention: Mention | None
    block: Block
    start: int
    end: int


class Medicines(msgspec.Struct, frozen=True):
    """The medicines of a page: every mention, the advice on them, the safety statements, and where risky ones are
    discussed; ``names`` are the risky ones, as reports call them, in order."""

    mentions: tuple[Mention, ...] = ()
    directives: tuple[Directive, ...] = ()
    statements: tuple[Statement, ...] = ()
    discussions: tuple[Discussion, ...] = ()
    names: tuple[str, ...] = ()

    @property
    def needed(self) -> bool:
        """Whether a reader could act on what the page says of a medicine that is risky to stop or change."""
        return bool(self.discussions or self.statements)

    @property
    def present(self) -> bool:
        """Whether the page says not to stop or change a medicine alone."""
        return bool(self.statements)

    @property
    def best(self) -> Statement | None:
        """The most usable statement, the first of equals."""
        return min(self.statements, key=lambda s: (s.lacks, not s.prohibits), default=None)


def find(document: Document) -> Medicines:
    """What ``document`` says of medicines, read as English."""
    words = {
        block.index: Words.of(block)
        for block in document.prose(ZONES)
        if block.kind not in (Kind.ALT, Kind.DESCRIPTION)
    }
    named = {index: here for index, found in words.items() if (here := tuple(mentions(found)))}
    page = Surroundings(document, words, named)
    if not page.medicated:
        return Medicines()
    everything = tuple(mention for here in named.values() for mention in here)
    advice = tuple(directives.find(page, ZONES))
    return Medicines(
        everything,
        advice,
        tuple(_statements(page, advice)),
        tuple(_discussions(page)),
        tuple(dict.fromkeys(mention.name.title for mention in everything if _is_risky(mention))),
    )


def _is_risky(mention: Mention) -> bool:
    """Whether it names a prescription medicine that is risky to stop or change."""
    name, table = mention.name, vocabulary()
    if name.otc or not mention.sure or name.group.id in table.not_risky:
        return False
    return name.group.withdrawal or name.group.id in table.also_risky


# Safety statements

_HARM = re.compile(
    r"\b(?:withdrawal|rebound\w*|seizures?|fits|relaps\w+|com(?:e|es|ing) back|return(?:s|ing)?|worse\w*|danger\w*|harm\w*|unsafe|"
    r"life-threatening|unpleasant|stroke|heart attack|clots?|fatal|deadly|death|die|flare\w*|crash|adrenal|reject\w*|resistan\w+)\b"
)
_REASON = re.compile(
    rf"{_HARM.pattern}|\b(?:can|could|may|might|will)(?: also| sometimes| often)? (?:cause|lead to|make|give|trigger|bring|result in|get|feel|have|rise)\b|"
    r"\b(?:because|otherwise)\b|\b(?:stopping|coming off)\b[^.;]{0,40}\b(?:side effects|symptoms|ill|sick|problems|serious)\b"
)
_FORBIDDING = r"(?:never|do not|don't|should not|shouldn't|must not|mustn't|not to|avoid)"
_SENDING = r"(?:talk|speak|ask|check|discuss|tell|consult|see|call|contact|work)(?:ing)?"
_OPENING = re.compile(rf"\b(?:{_FORBIDDING}|{_SENDING})\b")
# "This page should not be used to change your treatment" disclaims, and does not warn.
_OF_PAGE = re.compile(
    r"\b(?:this|the|our|these|any) (?:[\w-]+ )?(?:pages?|articles?|sites?|websites?|information|contents?|guides?|blogs?|materials?|advice)\b"
)
# "This page is no advice, and you should never stop your tablets" warns.
_CLAUSE = re.compile(r"[;:]|, (?:and|but|so)\b")
_NEAR = 2
# "Do not cut the tablets" is about swallowing them.
_HALVING = frozenset(("cut", "break", "halve", "chop", "split"))


def _statements(page: Surroundings, advice: Sequence[Directive]) -> Iterator[Statement]:
    for directive in advice:
        halved = directive.verb.base in _HALVING and directive.thing.kind != "dose"
        if directive.verb.adherence or halved or directive.thing.mild:
            continue
        prohibits = directive.verdict is Verdict.GUARDED
        passages = page.passages(directive.block)
        text = passages[directive.sentence].text
        said_first = text[: directive.start - passages[directive.sentence].start]
        if _OF_PAGE.search(_CLAUSE.split(said_first)[-1]):
            continue
        conditional = directive.gate is Gate.OPEN and clinicians.comes_first(text)
        if not (prohibits or conditional or directive.verdict is Verdict.MENTIONED):
            continue
        before = " ".join(passage.text for passage in passages[max(directive.sentence - _NEAR, 0) : directive.sentence])
        after = " ".join(
            [
                directive.block.lower[directive.end : passages[directive.sentence].end],
                *page.following(directive.block, directive.sentence, _NEAR),
            ]
        )
        around = f"{before} {text} {after}"
        yield Statement(
            directive.block,
            _opening(passages[directive.sentence], directive),
            directive.end,
            prohibits,
            directive.gate is Gate.OPEN or clinicians.names_any(around),
            _HARM.search(f"{before} {text}") is not None or _REASON.search(after) is not None,
            clinicians.names_one_specialty(around),
            directive.soft,
        )


def _opening(passage: Passage, directive: Directive) -> int:
    """Where the words of a statement begin: at the last prohibition before the verb, else at who is to be asked."""
    openings = list(_OPENING.finditer(directive.block.lower, passage.start, directive.start))
    forbidding = [match for match in openings if re.match(_FORBIDDING, match[0])]
    found = forbidding or openings
    return found[-1].start() if found else directive.start


# Discussions

_STOPPING = re.compile(
    r"\b(?:(?:stop|quit)(?:ping|ting|ped)? (?:taking|using|your|the|it|them|this|these|any|treatment)|com(?:e|ing) off|"
    r"(?:go|going|get|getting) off|wean\w*|taper\w*|withdrawal|discontinu\w+|safely stop|"
    r"(?:lower|reduc|decreas|increas|adjust|chang|cut|halv|doubl)\w*(?: back on| down on)? (?:(?:your|the|their|his|her|a|this) )?(?:[\w-]+ )?"
    r"(?:dose|dosage|medications?|medicines?|antidepressants?)|(?:dose|dosage) (?:can|may|might|will|should|needs?)|"
    r"switch\w* (?:to|from|between|medic\w+|antidepressants?)|"
    r"(?:different|another) (?:medicine|medication|antidepressant|drug|type|one)|skip\w* (?:a |your )?doses?|miss(?:ed|ing)? (?:a |your )?doses?|"
    r"forg[eo]t\w* (?:to take|a dose)|double dose)\b"
)
_BETTER = re.compile(r"\bfeel(?:ing)? (?:much |a lot )?better\b|\bsymptoms (?:improve|go away|have gone)\b")
_ALTERNATIVES = re.compile(
    r"\b(?:alternatives?|instead of|rather than|prefer\w*|natural (?:options?|remed\w*)|without (?:medication|drugs))\b"
)
_COST = re.compile(
    r"\b(?:costs? (?:of|you|more|less|too|\$)|afford\w*|expensive|price\w*|cheaper|copays?|save money)\b"
)
_EFFECTS = re.compile(
    r"\b(?:side[ -]effects?|adverse (?:effects?|events?|reactions?)|addictive|habit-forming|become (?:dependent|addicted)|get addicted|"
    r"dependent on)\b"
)
_CUES = Rare(
    "|".join(
        f"(?P<{topic}>{pattern.pattern})"
        for topic, pattern in (
            (Topic.STOPPING, _STOPPING),
            (Topic.BETTER, _BETTER),
            (Topic.ALTERNATIVES, _ALTERNATIVES),
            (Topic.COST, _COST),
            (Topic.EFFECTS, _EFFECTS),
        )
    )
)
_CAUSES = re.compile(
    r"[^.;:]{0,50}?\b(?:can|may|might|could|sometimes|often)(?: also| sometimes| often)? (?:cause|lead to|result in|make you|make people|"
    r"trigger|worsen|increase (?:the|your) risk|leave you|dull)\b"
)
_THEY_CAUSE = re.compile(
    r"\W*(?:but |and |however,? )?(?:they|it|these|this|all|some|both)\b[^.;:]{0,40}?\b(?:can|may|might|could|sometimes|often)"
    r"(?: also| sometimes| often)? (?:cause|lead to|result in|make|trigger|worsen)\b"
)
_WITH = re.compile(
    r"\b(?:with|and|interact\w*|taking|takes?) (?:(?:an?|the|your|some|other|any|certain|prescription) )*$"
)
_SUBSTANCE = re.compile(
    r"\b(?:alcohol|nicotine|cocaine|heroin|methamphetamine|cannabis|marijuana|illicit|illegal|recreational|substances?)\b"
)
# Opioids and tranquillisers are also drugs that nobody prescribed: "naloxone brings on withdrawal in people who use opioids".
_PRESCRIBED = re.compile(
    r"\b(?:prescri\w+|pain\w*|medicines?|medications?|pills?|tablets?|doctors?|providers?|dos(?:e|es|age))\b"
)
_STREET_DRUGS = frozenset(("fentanyl", "diamorphine"))
_DRUG_CLASSES = frozenset(("opioid", "benzodiazepine", "oud-medicine"))
_CONDITION = re.compile(
    r"\b(?:depress\w+|bipolar|schizo\w+|psycho(?:sis|tic|ses)|anxiety|panic|ptsd|post-?traumatic|obsessive|ocd|personality disorders?|"
    r"mental (?:health|illness\w*|disorders?)|psychiatric|epilep\w+|seizures?|high blood pressure|hypertension|angina|heart failure|"
    r"atrial fibrillation|diabet\w+|thyroid\w*|hiv|transplant\w*|parkinson\w*|blood clots?)\b"
)
_MEDICATION = re.compile(r"\b(?:medications?|medicines?)\b")
_POINTING = re.compile(r"\b(?:medications?|medicines?|drugs?|tablets?|pills?|dos(?:es?|age)|it|them|they|these|this)\b")


def _discussions(page: Surroundings) -> Iterator[Discussion]:
    """Where the page discusses risky medicines so that a reader could act on it, in order: each until it is urgent."""
    if page.speaks_of_patients:
        return
    document = page.document
    title = document.title
    about = title is not None and _CONDITION.search(title.lower) is not None
    reader = _Topics(page)
    settled: set[str] = set()
    for block in document.prose((Zone.TITLE, Zone.BODY, Zone.CALLOUT)):
        here = page.mentions.get(block.index, ())
        risky = [mention for mention in here if _is_risky(mention)]
        if block.zone is Zone.TITLE:
            yield from (Discussion(Topic.SUBJECT, m, block, m.start, m.end) for m in risky[:1])
        elif risky:
            for mention in risky:
                if mention.name.title not in settled and (topic := reader.topic(mention)):
                    # One urgent discussion settles what a page owes its readers; a mere side effect leaves it open.
                    if topic is not Topic.EFFECTS:
                        settled.add(mention.name.title)
                    yield Discussion(topic, mention, block, mention.start, mention.end)
        elif block.kind is not Kind.HEADING and "medic" in block.lower and _MEDICATION.search(block.lower):
            said = _STOPPING.search(block.lower)
            if said and (about or _CONDITION.search(block.lower)):
                yield Discussion(Topic.GENERAL, None, block, *said.span())


class _Cue(msgspec.Struct, frozen=True):
    """A word of a topic in a sentence of a block; ``points`` is whether the sentence speaks of a medicine at all."""

    topic: Topic
    sentence: int
    points: bool


class _Topics:
    """Finds the topic under which a medicine is mentioned; reads each block for topics once."""

    def __init__(self, page: Surroundings) -> None:
        self._page = page
        self._found: dict[int, tuple[_Cue, ...]] = {}

    def topic(self, mention: Mention) -> Topic | None:
        """What is said of ``mention`` in its sentence, or in the sentences beside it; None for nothing to act on."""
        block = mention.block
        passages = self._page.passages(block)
        number = self._page.number(block, mention.start)
        passage = passages[number]
        name = mention.name
        street = name.group.id in _DRUG_CLASSES and (name.kind == "class" or name.title in _STREET_DRUGS)
        if street and (_SUBSTANCE.search(passage.text) or not _PRESCRIBED.search(block.lower)):
            return None
        heading = block.kind is Kind.HEADING
        cues = self._cues(block)
        near = [cue for cue in cues if abs(cue.sentence - number) <= 1]
        after = self._page.next(block) if heading or number == len(passages) - 1 else None
        if after is not None:
            near += [cue for cue in self._cues(after) if heading or not cue.sentence]
        here = {cue.topic for cue in cues if cue.sentence == number}
        if Topic.STOPPING in here or any(cue.topic is Topic.STOPPING and cue.points for cue in near):
            return Topic.STOPPING
        for topic in (Topic.BETTER, Topic.ALTERNATIVES, Topic.COST):
            if topic in here:
                return topic
        if any(cue.topic is Topic.EFFECTS for cue in near) or self._causes(mention, number, after):
            return Topic.EFFECTS
        return None

    def _cues(self, block: Block) -> tuple[_Cue, ...]:
        found = self._found.get(block.index)
        if found is None:
            found = self._found[block.index] = tuple(self._read(block))
        return found

    def _read(self, block: Block) -> Iterator[_Cue]:
        for match in _CUES.finditer(block.lower):
            number = self._page.number(block, match.start())
            points = _POINTING.search(self._page.passages(block)[number].text) is not None
            yield _Cue(Topic(match.lastgroup or ""), number, points)

    def _causes(self, mention: Mention, number: int, after: Block | None) -> bool:
        """Whether the mention is said to cause something: it, or "they" in the next sentence."""
        block = mention.block
        if _CAUSES.match(block.lower, mention.end):
            return _WITH.search(block.lower[max(mention.start - 30, 0) : mention.start]) is None
        passages = self._page.passages(block)
        following = passages[number + 1 : number + 2] or (self._page.passages(after)[:1] if after is not None else ())
        return any(_THEY_CAUSE.match(passage.text) for passage in following)
