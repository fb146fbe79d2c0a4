"""Advice to stop or change a medicine, read clause by clause: what is told, of what, to whom, and who is to be asked.

Keywords cannot tell "you can stop your tablets" from "do not stop your tablets without asking your doctor". So each
verb of stopping or changing is read with its object, its mood (whether it tells the reader to), its guard (a negation
that governs it) and its gate (a professional who is asked first).
"""

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import cache
from itertools import chain

import msgspec
from msgspec.structs import replace

from medlint.document import Block, Kind, Zone
from medlint.facts import clinicians, excuses, moods
from medlint.facts.clinicians import Gate
from medlint.facts.medication_words import Action, Form, Use, Verb, portions, uses, verb
from medlint.facts.medication_words import words as vocabulary
from medlint.facts.moods import Mood
from medlint.facts.passages import Passage, Thing
from medlint.facts.surroundings import Surroundings
from medlint.lexicon.word_classes import CLOSED, usual


class Verdict(StrEnum):
    """What advice comes to.

    ``excused``: somebody is asked first, or it does no harm. ``mentioned`` is no advice, but a sentence that sends
    readers to a professional about stopping or changing.
    """

    UNSAFE = "unsafe"
    GUARDED = "guarded"
    EXCUSED = "excused"
    QUOTED = "quoted"
    MENTIONED = "mentioned"


class Directive(msgspec.Struct, frozen=True):
    """A verb of stopping or changing with its medicine, where it tells a reader something.

    ``start`` and ``end`` are a range of the block's text; ``sentence`` is the number of the sentence in it. ``hedged``:
    "you may want to". ``answer``: a yes to whether readers can.
    ``corrected``: a quotation that the text itself contradicts. ``soft``: a prohibition that only advises. ``gate`` is
    what the sentence says of professionals.
    """

    block: Block
    sentence: int
    start: int
    end: int
    verb: Verb
    thing: Thing
    verdict: Verdict
    gate: Gate
    hedged: bool = False
    answer: bool = False
    corrected: bool = False
    soft: bool = False

    @property
    def denied(self) -> bool:
        """Whether it says that nobody need be asked."""
        return self.gate is Gate.DENIED

    @property
    def action(self) -> Action:
        """What the advice does to the treatment: to drop one of several doses, or the dose to something, changes it."""
        lowered = self.verb.base == "drop" and self.thing.kind == "dose"
        return Action.CHANGE if lowered or self.thing.is_single_dose else self.verb.action


_SUGGESTION = re.compile(r"\W*(?:why not|why don't you|how about|what about)\b")
_SPECIFIC = frozenset(
    "your the this that these those it them its any all a an one half back down to from yourself yours by".split()
)
_LEFT_OUT = frozenset(
    "completely altogether entirely at as when once whenever if today tomorrow tonight now after before suddenly "
    "abruptly immediately straight cold and or then over without too until right gradually slowly by again earlier because "
    "unless within yourself with for from on in there".split()
)
_THIS_TIME = re.compile(
    r"(?:this|next|any) (?:week\w*|month|day|morning|afternoon|evening|night|time|moment|minute|year|spring|summer|autumn|fall|winter|"
    r"(?:mon|tues|wednes|thurs|fri|satur|sun)day|more|longer)\b|all (?:at|together|of a sudden)\b"
)
_ELLIPTIC = frozenset("stop quit discontinue taper come wean go get halt cut phase".split())
_REFLEXIVE = frozenset("yourself themselves myself himself herself".split())
_REPLACING = frozenset("change replace adjust swap switch alternate".split())
_ODD_VERBS = frozenset("take taking try use add need needn't continue keep stay finish complete taper wean".split())
_TO_THE_END = frozenset("continue finish complete taper wean".split())
_UP_TO = frozenset("after at if later next the today tomorrow tonight when whenever".split())
_FOR_ANOTHER = re.compile(r" (?:with|for|by) (?!(?:(?:an?|the) )?(?:new|fresh|another|full|clean)\b)")
_PAUSING = frozenset("breathe listen look relax rest think".split())
_GOING_ON = frozenset(
    "begin beginning continue continuing keep resume resuming restart restarting start starting take taking use using".split()
)
_CHANGES = frozenset(("change", "changes", "adjustment", "adjustments"))
_ODD_FORMS = frozenset(("take", "taking", "try", "use", "add"))

_NO_LONGER = re.compile(r"\b(?:you|you'll) (?:[a-z]+ly )?no longer (?:[a-z]+ly )?$")
_NOT_NEEDED = re.compile(r"\byou (?:don't|do not|won't) (?:really )?$")
_ANY_MORE = re.compile(r" ?(?:any ?more|any longer|now|once|for ever|forever)\b")
_NO_REASON = re.compile(
    r"(?:\bno (?:need|reason|point|good reason|medical reason) (?:for you )?(?:to|in)|"
    r"\byou (?:don't|do not|needn't|need not|no longer) (?:need|have)? ?(?:to)?|\bneedn't|\bis(?: not|n't) (?:necessary|needed) to) (?:[a-z]+ly )?$"
)
_SUPPOSED = re.compile(
    r"\b(?:if|when|whether|until|unless|before|once) (?:you|there)\b[^,;]*$|\b(?:may|might|could|will) no longer"
)
_UNTIL = re.compile(rf"\b(?:until|unless|till)\b[^.;!?]{{0,40}}{clinicians.PROFESSIONAL}\b")
_LESS_OFTEN = re.compile(
    r" ?(?:only )?(?:every (?:other|second|third) day|on alternate days|less often|more often|twice as often|only when you)\b"
)
_SPACED = re.compile(
    r"\b(?:after|every|in|within|at least) (?:another )?(?:\w+ (?:to|or) )?\w+ (?:hours?|minutes?)\b|\bas (?:directed|prescribed)\b"
)
_MISSED = re.compile(r"\b(?:miss(?:ed|es|ing)?|forg[eo]t\w*)\b")
_YES_WORDS = frozenset("yes yep yeah sure absolutely course certainly definitely".split())
_YES = re.compile(r"\W*(?:a(?:nswer)?\W+)?(?:yes|yep|yeah|sure|absolutely|of course|certainly|definitely)\b")
_ASKS = re.compile(
    r"\b(?:can|could|may|should|is it (?:[a-z]+ly )?(?:ok|okay|safe|fine|all right|alright|possible|acceptable)|(?:am i|are you) allowed|"
    r"is there any harm|would it be (?:ok|okay|safe|fine)) (?:for (?:me|you|us) )?(?:i|you|we|people|my child|someone|to|in)\b"
)
_NEGATED = re.compile(r"\b(?:not|without)\b|n't")
_SENT = re.compile(
    r"\b(?:before|prior to|(?:want|wish|like|ready|need|time|ways?|how|when|whether|decide[sd]?|plan|planning|help you|if you|should|"
    r"can|could|about|safely|without|think\w* (?:of|about)|consider\w*|how you|or|on|of)(?: to)?)(?: [\w'-]+){0,3} $"
    rf"|\b{clinicians.PROFESSIONAL} to (?:[a-z]+ly )?$"
)
_ANY_MEDICINE = re.compile(r"\b(?:your|all|any|other) (?:[\w-]+ )?(?:medicines?|medications?|meds|prescriptions?)$")
_MADE = re.compile(
    r" (?:should|must|can|may|need to|ought to) (?:\w+ ){0,2}be (?:made|discussed|agreed|decided|done)\b"
)
_ONLY_SO = re.compile(
    r" (?:should|must|can) (?:only|always) be (?:done|carried out|attempted)\b| needs? to be (?:done|supervised)\b"
)
_SLOWLY = re.compile(r"\b(?:gradual\w*|slowly|step by step|little by little|bit by bit|taper\w*|wean\w*)\b")
_NOT_ABRUPTLY = re.compile(
    r"\b(?:not|never|avoid)\b[^.;!?]{0,40}\bstop\w*\b[^.;!?]{0,30}\b(?:suddenly|abruptly|at once|all at once|cold turkey)\b"
)
_SCHEDULE = re.compile(
    r"\b(?:weeks?|weekly|months?|alternate days|every (?:other|second|third|few) days?|days?|gradual\w*|slowly|finally|stages?|steps?|lower dose)\b"
)

_Read = tuple[Directive | None, int]


def find(page: Surroundings, zones: Sequence[Zone]) -> Iterator[Directive]:
    """Every directive about a medicine in the visible prose of ``zones``, in order."""
    verbs = _verbs()
    for block in page.document.prose(zones):
        words = page.words.get(block.index)
        if words is None or (verbs.isdisjoint(words.spelt) and _YES_WORDS.isdisjoint(words.spelt)):
            continue
        if block.index not in page.medicated and not any(over.index in page.medicated for over in page.above(block)):
            continue  # there is nothing that a pronoun could stand for either
        for number, passage in enumerate(page.passages(block)):
            yield from _Sentence(page, passage, number).directives()


@cache
def _verbs() -> frozenset[str]:
    return _ODD_VERBS | _CHANGES | uses().keys()


class _Sentence:
    """Reads one sentence."""

    def __init__(self, page: Surroundings, passage: Passage, number: int) -> None:
        self.page = page
        self.passage = passage
        self.number = number
        self.block = passage.block

    def directives(self) -> Iterator[Directive]:
        """The directives of the sentence; a question is none, its answer may be."""
        passage = self.passage
        if passage.is_question and not _SUGGESTION.match(passage.text):
            return
        spelt = passage.words.spelt
        verbs = _verbs().intersection(spelt[passage.first : passage.last])
        found, read = False, passage.first
        for at in range(passage.first, passage.last) if verbs else ():
            if at >= read and spelt[at] in verbs:
                directive, read = self._at(at)
                if directive:
                    found = True
                    yield directive
        if not found:
            yield from self._answer()

    def _at(self, at: int) -> _Read:
        word = self.passage.word(at)
        odd = word in _ODD_VERBS and word not in _ODD_FORMS
        if odd:
            directive, end = self._not_needed(at)
            if directive:
                return directive, end
        for use in uses().get(word, ()):
            directive, end = self._read(at, use)
            if directive:
                return directive, end
        if word in _ODD_FORMS:
            return self._portion(at)
        if word in _CHANGES:
            return self._change(at)
        return self._kept(at) if odd else (None, at)

    # A verb and its object

    def _read(self, at: int, use: Use) -> _Read:
        passage = self.passage
        after = at + 1
        if passage.word(after) in _REFLEXIVE:
            after += 1
        adjacent = passage.follows(after, use.particle)
        if not adjacent and use.particle[0] not in passage.words.spelt[after : passage.last]:
            return None, at
        if adjacent:
            after += len(use.particle)
        if self._is_passive(at, use):
            found = passage.thing(after) if use.particle else None
            thing, end = found or (self._antecedent(at), after)
            return self._judged(at, end, use, thing, after) if thing and adjacent else (None, at)
        thing, end = self._object(at, after, use)
        if thing is None:
            return self._shared(at, after, use) if adjacent else (None, at)
        if not adjacent:
            if not passage.follows(end, use.particle):
                return None, at
            end += len(use.particle)
        return self._judged(at, end, use, thing, after)

    def _is_passive(self, at: int, use: Use) -> bool:
        return use.form is Form.PAST and "be" in (self.passage.word(at - 1), self.passage.word(at - 2))

    def _shared(self, at: int, after: int, use: Use) -> _Read:
        """Of the first of two verbs with one object: "halve or stop your tablets", "stop or continue your tablets"."""
        passage = self.passage
        if passage.word(after) in ("or", "and") and passage.joined(after):
            for other in uses().get(passage.word(after + 1), ()):
                start = after + 2 + len(other.particle)
                if passage.follows(after + 2, other.particle):
                    thing, end = self._object(at, start, other)
                    if thing is not None:
                        directive, _ = self._judged(at, end, use, thing, start)
                        return directive, after
        if passage.word(after) == "or" and passage.word(after + 1) in _GOING_ON:
            found = passage.thing(after + 2)
            if found:
                directive, _ = self._judged(at, found[1], use, found[0], after + 2)
                return directive, after
        return None, at

    def _object(self, at: int, after: int, use: Use) -> tuple[Thing | None, int]:
        passage = self.passage
        if passage.joined(after):
            found = passage.thing(after, raises=use.verb.raises)
            if found:
                return (None, at) if use.verb.base in _REPLACING and self._is_renewed(*found) else found
            end = passage.pronoun(after)
            if end is not None:
                return self._antecedent(at), end
        bare = use.verb.base == "cut" and not use.particle
        left_out = use.verb.base in _ELLIPTIC and not bare and self._is_left_out(after)
        if left_out or (use.particle == ("up",) and self._doubles(after)):
            return self._antecedent(at), after
        return None, at

    def _is_renewed(self, thing: Thing, end: int) -> bool:
        """Whether it is a patch or an inhaler, changed in the ordinary way of using it and not for something else."""
        device = thing.kind == "device" or self.passage.word(end - 1) in vocabulary().devices
        return device and not _FOR_ANOTHER.match(self.passage.after(end))

    def _doubles(self, at: int) -> bool:
        """Whether "double up", which ends before ``at``, is said of doses and not of pain."""
        passage = self.passage
        said = passage.word(at - 2), passage.word(at - 1)
        return said == ("double", "up") and (not passage.joined(at) or passage.word(at) in _UP_TO)

    def _is_left_out(self, at: int) -> bool:
        """Whether the object of the verb before ``at`` is left out. "Stop or cut down on smoking" has another one."""
        passage = self.passage
        if passage.word(at) == "on" and passage.word(at - 1) in ("back", "down", "up"):
            return False
        second = passage.word(at + 1)
        if passage.follows(at, ("and",)) and second in _PAUSING:
            return False
        if passage.follows(at, ("or",)) and passage.joined(at) and second not in CLOSED:
            if second not in uses() and second not in _GOING_ON:
                return False
            particles = [use.particle for use in uses().get(second, ()) if passage.follows(at + 2, use.particle)]
            at += 2 + max(map(len, particles), default=0)
            return passage.word(at) != "on" and self._ends_phrase(at)
        return self._ends_phrase(at)

    def _ends_phrase(self, at: int) -> bool:
        passage = self.passage
        word = passage.word(at)
        if not passage.joined(at) or word in _LEFT_OUT or (word.endswith("ly") and not usual(word, "a")):
            return True
        return _THIS_TIME.match(passage.text, passage.place(at)[0] - passage.start) is not None

    def _antecedent(self, at: int) -> Thing | None:
        """What a pronoun at or after the word ``at`` stands for: the last medicine named before it."""
        here = [thing for thing in self.passage.things if thing.end <= self.passage.place(at)[0]]
        if here:
            return here[-1]
        earlier = list(self.page.passages(self.block)[max(self.number - 2, 0) : self.number])
        if self.number < 2:
            for other in reversed(list(self.page.above(self.block))):
                earlier[:0] = self.page.passages(other)[-2:]
        return next((passage.things[-1] for passage in reversed(earlier) if passage.things), None)

    # What it comes to

    def _judged(self, at: int, end: int, use: Use, thing: Thing, object_at: int) -> _Read:
        mood = self._mood(at, use, object_at)
        if mood is None:
            return self._unmoved(at, end, use, thing), end
        if thing.kind == "treatment" and not mood.guard:
            return None, at
        return self._directive(at, end, use.verb, thing, mood), end

    def _unmoved(self, at: int, end: int, use: Use, thing: Thing) -> Directive | None:
        """Of a verb that tells the reader nothing itself, in a sentence that says whom to ask, or that nobody need be."""
        passage = self.passage
        before = passage.before(at)
        gate = clinicians.gate(passage.text, guarded=True)
        start, finish = passage.place(at)[0], passage.place(end - 1)[1]
        if gate is Gate.DENIED:
            harmless = excuses.is_harmless(use.verb, thing, passage, self.number, start, self.page)
            verdict = Verdict.EXCUSED if harmless else Verdict.UNSAFE
            return Directive(self.block, self.number, start, finish, use.verb, thing, verdict, gate)
        sent = _SENT.search(before) if use.form is not Form.PAST else self._is_passive(at, use)
        if (
            gate is Gate.OPEN
            and (sent or _ONLY_SO.search(passage.after(end)))
            and (use.form is not Form.PAST or clinicians.comes_first(passage.text))
        ):
            return Directive(self.block, self.number, start, finish, use.verb, thing, Verdict.MENTIONED, gate)
        return None

    def _meant(self, thing: Thing) -> Thing:
        """A plain word such as "the tablets" with the medicine it stands for: one named before it, above it or in the title."""
        if thing.mention is not None or _ANY_MEDICINE.search(thing.text.lower()):
            return thing
        mentions = self.page.mentions
        before = (mention for mention in reversed(mentions.get(self.block.index, ())) if mention.end <= thing.start)
        over = [block for block in (self.page.heading(self.block), self.page.document.title) if block is not None]
        named = chain(before, *(mentions.get(block.index, ()) for block in over))
        return replace(thing, meant=next((mention for mention in named if mention.sure), None))

    def _directive(self, at: int, end: int, verb: Verb, thing: Thing, mood: Mood) -> Directive:
        passage = self.passage
        thing = self._meant(thing)
        gate = clinicians.gate(passage.text, mood.guard)
        verdict = self._verdict(at, verb, thing, mood, gate)
        return Directive(
            self.block,
            self.number,
            passage.place(at)[0],
            passage.place(end - 1)[1],
            verb,
            thing,
            verdict,
            gate,
            hedged=mood.hedged or self._is_lenient(),
            corrected=verdict is Verdict.QUOTED and excuses.is_corrected(passage, self.number, self.page),
            soft=mood.soft,
        )

    def _verdict(self, at: int, verb: Verb, thing: Thing, mood: Mood, gate: Gate) -> Verdict:
        if mood.guard:
            return Verdict.GUARDED
        passage, page = self.passage, self.page
        place = passage.place(at)[0]
        if gate is Gate.OPEN or excuses.is_harmless(verb, thing, passage, self.number, place, page):
            return Verdict.EXCUSED
        planned = excuses.is_by_plan(verb, thing, passage, page, ordered=mood.ordered)
        if gate is Gate.NONE and (planned or self._is_asked_nearby(thing, hedged=mood.hedged)):
            return Verdict.EXCUSED
        return Verdict.QUOTED if mood.reported or excuses.is_quoted(passage, place, page) else Verdict.UNSAFE

    def _is_asked_nearby(self, thing: Thing, *, hedged: bool = False) -> bool:
        """Whether the text around tells readers to ask first, so that the sentence need not say it again."""
        page, block = self.page, self.block
        lead = page.lead_in(block)
        introduced = lead.lower.rstrip("* ") if lead is not None else ""
        if introduced.endswith(":") and clinicians.gate(introduced, guarded=True) is Gate.OPEN:
            return True
        passages = page.passages(block)
        neighbours = [passage.text for passage in passages[max(self.number - 1, 0) : self.number]]
        neighbours += page.following(block, self.number, 1)
        if any(clinicians.consults(text) for text in neighbours):
            return True
        if hedged:
            near = [passage.text for passage in passages] + page.following(block, self.number, 2)
            if any(clinicians.gate(text, guarded=True) is Gate.OPEN for text in near):
                return True
        if _SLOWLY.search(self.passage.text) and (
            _NOT_ABRUPTLY.search(block.lower)
            or any(clinicians.consults(passage.text) for passage in passages)
            or any(clinicians.warns(other.lower) for other in page.section(block))
        ):
            return True
        # A taper of what is not dangerous to stop may lean on one warning for the whole page.
        return not thing.strict and _SCHEDULE.search(self.passage.text) is not None and page.sends_to_professional

    def _is_lenient(self) -> bool:
        """Whether the advice goes by a schedule, or stands on a page that elsewhere says whom to ask."""
        return _SCHEDULE.search(self.passage.text) is not None or self.page.sends_to_professional

    # Mood

    def _mood(self, at: int, use: Use, object_at: int) -> Mood | None:
        """How the verb at ``at`` is put to the reader; None where it tells the reader nothing."""
        before = self.passage.before(at)
        if use.form is Form.ING:
            return moods.of_ing(before, opens=self._list_mood("") is False)
        if use.form is Form.PAST:
            return moods.of_passive(before)
        if moods.is_settled(before):
            return None if moods.is_supposed(before) else moods.of_base(before)
        listed = self._list_mood(before)
        if listed is not False:
            return listed if isinstance(listed, Mood) else None
        return self._imperative(use, object_at, before)

    def _list_mood(self, before: str) -> Mood | bool:
        """What the line over a list makes of an item that tells the reader something: a guard, True for no advice, else False."""
        lead = self.page.lead_in(self.block)
        if lead is None or self.number or not moods.of_verb(before):
            return False
        heading = lead.kind is Kind.HEADING
        said = "".join(lead.lower[start:end] for start, end in lead.sentences[-1:]).strip().rstrip("*")
        return moods.of_list(said, heading=heading) if heading or said.endswith(":") else False

    def _imperative(self, use: Use, object_at: int, before: str) -> Mood | None:
        passage = self.passage
        if not moods.opens_clause(before):
            return moods.of_joined(before)
        if use.verb.adjective and not self._doubles(object_at) and passage.word(object_at) not in _SPECIFIC:
            mention = passage.mentions.get(object_at)
            if mention is None or (mention.name.kind == "class" and mention.text.endswith("s")):
                return None
        return Mood()

    # Other shapes of the same advice

    def _not_needed(self, at: int) -> _Read:
        """Read "you no longer need to take your tablets", "there is no reason to keep taking them", "no need to taper"."""
        passage = self.passage
        word, before, after = passage.word(at), passage.before(at), at + 1
        longer = _NO_LONGER.search(before) is not None
        if word == "need":
            if not longer and not _NOT_NEEDED.search(before):
                return None, at
            if passage.word(after) == "to":
                if passage.word(after + 1) not in ("take", "use"):
                    return None, at
                after += 2
        elif not _NO_REASON.search(before) or (
            word not in _TO_THE_END and passage.word(after) not in ("taking", "using", "on", "with")
        ):
            return None, at
        if _SUPPOSED.search(before):
            return None, at
        found = passage.thing(after) or self._pronoun(at, after)
        if not found:
            return None, at
        thing, end = found
        # "You no longer need antibiotics before you see the dentist" is about the visit.
        if word == "need" and (passage.word(end) == "before" or not (longer or _ANY_MORE.match(passage.after(end)))):
            return None, at
        return self._directive(at, end, verb("stop"), thing, Mood()), end

    def _change(self, at: int) -> _Read:
        """Read "any change in your medication should be made by your doctor"."""
        passage = self.passage
        found = passage.thing(at + 2)
        if (
            not found
            or not _MADE.match(passage.after(found[1]))
            or clinicians.gate(passage.text, guarded=True) is not Gate.OPEN
        ):
            return None, at
        start, end = passage.place(at)[0], passage.place(found[1] - 1)[1]
        directive = Directive(
            self.block, self.number, start, end, verb("change"), found[0], Verdict.MENTIONED, Gate.OPEN
        )
        return directive, found[1]

    def _kept(self, at: int) -> _Read:
        """Read "keep taking your tablets until your doctor tells you to stop"."""
        passage = self.passage
        word, following = passage.word(at), passage.word(at + 1)
        goes_on = word in ("continue", "stay") or (word == "keep" and following in ("taking", "using", "on", "to"))
        if not goes_on or not _UNTIL.search(passage.text):
            return None, at
        after = at + 3 if passage.follows(at + 1, ("to", "take")) else at + 1
        found = passage.thing(after) or self._pronoun(at, after)
        if not found:
            return None, at
        thing, end = found
        return self._directive(at, end, verb("stop"), thing, Mood(guard=True)), end

    def _pronoun(self, at: int, after: int) -> tuple[Thing, int] | None:
        end = self.passage.pronoun(after)
        if end is None:
            return None
        thing = self._antecedent(at)
        return (thing, end) if thing else None

    def _portion(self, at: int) -> _Read:
        """Read "take half of your usual dose", "try a lower dose", "take your tablets every other day instead"."""
        passage = self.passage
        use = Use(verb("adjust"), Form.ING if passage.word(at) == "taking" else Form.BASE, ())
        after = at + (2 if passage.word(at + 1) in ("taking", "only", "just") else 1)
        found = self._portioned(at, after)
        if not found:
            return None, at
        thing, end = found
        if _SPACED.search(passage.text) or _MISSED.search(passage.text):
            return None, at
        mood = self._mood(at, use, after)
        # "Never take two tablets" is about single doses, and no word on treatment.
        if mood is None or mood.guard:
            return None, at
        return self._directive(at, end, use.verb, thing, mood), end

    def _portioned(self, at: int, after: int) -> tuple[Thing, int] | None:
        passage = self.passage
        for portion in portions().get(passage.word(after), ()):
            start = after + len(portion)
            if passage.follows(after, portion):
                # "Half of them", "half that", "twice that".
                start -= portion[-1] == "that"
                pointed = portion[-1] in ("of", "half", "that")
                found = passage.thing(start) or (self._pronoun(at, start) if pointed else None)
                if found:
                    return found
        if passage.word(at) == "add":
            to = next((n for n in range(after, after + 5) if passage.word(n) == "to"), None)
            found = passage.thing(to) if to else None
            return found if found and passage.word(found[1] - 1) in ("dose", "doses", "dosage") else None
        found = passage.thing(after)
        return found if found and _LESS_OFTEN.match(passage.after(found[1])) else None

    def _answer(self) -> Iterator[Directive]:
        """A yes to a question about stopping or changing, where nothing else in the answer says it."""
        question = self._question() if _YES.match(self.passage.text) else None
        if question is None or not _ASKS.search(question.text) or _NEGATED.search(question.text):
            return
        gate = clinicians.gate(self.passage.text)
        if gate is Gate.OPEN:
            return
        for at in range(question.first, question.last):
            for use in uses().get(question.word(at), ()):
                after = at + 1 + len(use.particle)
                found = (
                    question.thing(after, raises=use.verb.raises) if question.follows(at + 1, use.particle) else None
                )
                if found:
                    if self._is_asked_nearby(found[0]):
                        return
                    start, end = self.passage.place(self.passage.first)[0], self.passage.end
                    yield Directive(
                        self.block, self.number, start, end, use.verb, found[0], Verdict.UNSAFE, gate, answer=True
                    )
                    return

    def _question(self) -> Passage | None:
        """The question that this sentence is the first answer to."""
        over = filter(None, map(self.page.passages, self.page.above(self.block)))
        earlier = self.page.passages(self.block)[: self.number] or next(over, ())
        return earlier[-1] if earlier and earlier[-1].is_question else None
