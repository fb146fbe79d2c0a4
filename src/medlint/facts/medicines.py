"""What a page says of medicines: which it names, what it tells readers to do with them, and whether it does so safely."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from medlint.document import Block, Document, Kind, Zone
from medlint.facts import clinicians, directives
from medlint.facts.clinicians import Gate
from medlint.facts.directives import Directive, Verdict
from medlint.facts.medication_words import words as vocabulary
from medlint.facts.medicine_names import Mention, Words, mentions
from medlint.facts.passages import Passage
from medlint.facts.surroundings import Surroundings
from medlint.source import Span

ZONES = (Zone.TITLE, Zone.BODY, Zone.CALLOUT, Zone.DISCLAIMER)
"""Where medicines are looked for: what the page itself says to its readers."""


class Statement(NamedTuple):
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


class Discussion(NamedTuple):
    """Where a page discusses a medicine that is risky to stop or change.

    ``start`` and ``end`` are the range in the block's text of the medicine's name, or, for medicines in general
    (``mention`` is None), of what is said.
    """

    topic: Topic
    mention: Mention | None
    block: Block
    start: int
    end: int


class Medicines(NamedTuple):
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
    generic = vocabulary().medicines | vocabulary().doses | vocabulary().treatments
    if not named and all(generic.isdisjoint(found.spelt) for found in words.values()):
        return Medicines()
    page = Surroundings(document, words, named)
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

_REASON = re.compile(
    r"\b(?:withdrawal|rebound\w*|seizures?|fits|relaps\w+|com(?:e|es|ing) back|return(?:s|ing)?|worse\w*|danger\w*|harm\w*|serious|"
    r"unsafe|life-threatening|unpleasant|stroke|heart attack|clots?|fatal|deadly|death|die|rise|spike|flare\w*|crash|side effects|ill|"
    r"sick|symptoms|risk\w*|complications|uncontrolled|stops? working|reject\w*|resistan\w+)\b"
)
_FORBIDDING = r"(?:never|do not|don't|should not|shouldn't|must not|mustn't|not to|avoid)"
_SENDING = r"(?:talk|speak|ask|check|discuss|tell|consult|see|call|contact|work)(?:ing)?"
_OPENING = re.compile(rf"\b(?:{_FORBIDDING}|{_SENDING})\b")
_NEAR = 2


def _statements(page: Surroundings, advice: Sequence[Directive]) -> Iterator[Statement]:
    for directive in advice:
        if directive.verb.adherence or directive.thing.mild:
            continue
        prohibits = directive.verdict is Verdict.GUARDED
        passages = page.passages(directive.block)
        text = passages[directive.sentence].text
        conditional = (
            directive.verdict is Verdict.GATED and directive.gate is Gate.OPEN and clinicians.comes_first(text)
        )
        if not (prohibits or conditional or directive.verdict is Verdict.MENTIONED):
            continue
        near = [passage.text for passage in passages[max(directive.sentence - _NEAR, 0) : directive.sentence + 1]]
        near += page.following(directive.block, directive.sentence, _NEAR)
        around = " ".join(near)
        yield Statement(
            directive.block,
            _opening(passages[directive.sentence], directive),
            directive.end,
            prohibits,
            directive.gate is Gate.OPEN or clinicians.names_any(around),
            _REASON.search(around) is not None,
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
_DRUG_CLASSES = frozenset(("opioid", "benzodiazepine", "oud-medicine"))
_CONDITION = re.compile(
    r"\b(?:depress\w+|bipolar|schizo\w+|psycho(?:sis|tic|ses)|anxiety|panic|ptsd|post-?traumatic|obsessive|ocd|personality disorders?|"
    r"mental (?:health|illness\w*|disorders?)|psychiatric|epilep\w+|seizures?|high blood pressure|hypertension|angina|heart failure|"
    r"atrial fibrillation|diabet\w+|thyroid\w*|hiv|transplant\w*|parkinson\w*|blood clots?)\b"
)
_MEDICATION = re.compile(r"\b(?:medications?|medicines?)\b")
_POINTING = re.compile(r"\b(?:medications?|medicines?|drugs?|tablets?|pills?|dos(?:es?|age)|it|them|they|these|this)\b")


def _discussions(page: Surroundings) -> Iterator[Discussion]:
    """Every place where the page discusses a risky medicine so that a reader could act on it, in order."""
    if page.speaks_of_patients:
        return
    document = page.document
    title = document.title
    about = title is not None and _CONDITION.search(title.lower) is not None
    for block in document.prose((Zone.TITLE, Zone.BODY, Zone.CALLOUT)):
        risky = [mention for mention in page.mentions.get(block.index, ()) if _is_risky(mention)]
        if block.zone is Zone.TITLE:
            risky = [mention for mention in risky if block is title]
            yield from (Discussion(Topic.SUBJECT, mention, block, mention.start, mention.end) for mention in risky[:1])
        elif risky:
            yield from _of_block(page, block, risky)
        elif block.kind is not Kind.HEADING and _MEDICATION.search(block.lower):
            said = _STOPPING.search(block.lower)
            if said and (about or _CONDITION.search(block.lower)):
                yield Discussion(Topic.GENERAL, None, block, *said.span())


def _of_block(page: Surroundings, block: Block, risky: Sequence[Mention]) -> Iterator[Discussion]:
    """The discussion of each risky medicine that a block names, judged in its sentence and the ones beside it."""
    passages = page.passages(block)
    seen: set[str] = set()
    for mention in risky:
        if mention.name.title in seen:
            continue
        number = next(n for n, passage in enumerate(passages) if mention.start < passage.end)
        passage = passages[number]
        if mention.name.group.id in _DRUG_CLASSES and mention.name.kind == "class" and _SUBSTANCE.search(passage.text):
            continue
        topic = _topic(page, mention, passages, number)
        if topic:
            seen.add(mention.name.title)
            yield Discussion(topic, mention, block, mention.start, mention.end)


def _topic(page: Surroundings, mention: Mention, passages: Sequence[Passage], number: int) -> Topic | None:
    block, here = mention.block, passages[number].text
    if block.kind is Kind.HEADING:
        beside = " ".join(page.following(block, number, 3))
    else:
        beside = " ".join(
            [p.text for p in passages[max(number - 1, 0) : number + 2]] + page.following(block, number, 1)
        )
    if _STOPPING.search(here) or (_STOPPING.search(beside) and _POINTING.search(beside)):
        return Topic.STOPPING
    for topic, pattern in ((Topic.BETTER, _BETTER), (Topic.ALTERNATIVES, _ALTERNATIVES), (Topic.COST, _COST)):
        if pattern.search(here):
            return topic
    following = page.following(block, number, 1)
    causes = _CAUSES.match(block.lower, mention.end) and not _WITH.search(
        block.lower[max(mention.start - 30, 0) : mention.start]
    )
    if causes or _EFFECTS.search(beside) or any(_THEY_CAUSE.match(text) for text in following):
        return Topic.EFFECTS
    return None
