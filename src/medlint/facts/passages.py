"""A sentence and the medicines in it: the noun phrases a piece of advice can be about, and what pronouns stand for."""

import re
from collections.abc import Iterator
from functools import cached_property

import msgspec
from msgspec.structs import replace

from medlint.document import Block, Sentence
from medlint.facts.medication_words import words as vocabulary
from medlint.facts.medicine_names import Mention, Words
from medlint.lexicon.word_classes import CLOSED, usual

_LIGHT = frozenset(
    "taking using swallowing injecting popping having giving applying on with from to of off up down back the use treatment".split()
)
# "The use of", "treatment with": elsewhere these two words belong to the phrase itself.
_LEADS_ON = {"the": "use", "treatment": "with"}
_PERSONS = frozenset(
    "child children son daughter baby babies toddler kid kids partner mother father parent parents loved one one's relative "
    "them him her".split()
)
_OWNERS = frozenset("your this these that their his her my our the those".split())
_DETERMINERS = _OWNERS | frozenset(
    "a an any all some each every either both few one two three four half most more fewer less other such another extra".split()
)
_PRONOUNS = frozenset("it them yours this these that those one both all either".split())
_QUANTITIES = frozenset(
    "dose doses dosage half quarter third amount number course all any some most one two three both each either strength "
    "tablet tablets pill pills capsule capsules prescription day days week weeks month months".split()
)
_ING_WORDS = frozenset("sleeping acting long-acting short-acting remaining existing thinning lowering relieving evening morning "
                       "blood-thinning cholesterol-lowering mood-stabilizing mood-stabilising numbing".split())  # fmt: skip
_AFTER = frozenset("early soon cold straight right altogether today tomorrow tonight whenever forever next".split())
_COUNTED = frozenset("a an one two another".split())
_SINGLE = frozenset("pill pills tablet tablets capsule capsules dose doses".split())
_UNIT = re.compile(r"\d[\d.,/-]*(?:mg|mcg|g|ml|iu)?|mg|mcg|ml|milligrams?|micrograms?|iu")
_JOINED = re.compile(r"[\s\-/\"'(\u2013*]*")


REACH = 350
"""How many characters of a sentence are read on either side of a place: what has no stop for longer is no sentence."""


def around(block: Block, place: int) -> Sentence:
    """The sentence of ``block`` at ``place``, no further than REACH on either side."""
    start, end = block.sentence_at(place)
    return Sentence(max(start, place - REACH), min(end, place + REACH))


class Thing(msgspec.Struct, frozen=True):
    """A noun phrase that stands for a reader's medicine: a range of the block's text and what it names.

    ``mention`` is None for a plain word such as "your tablets"; ``meant`` is then the medicine that the text around it
    speaks of. ``leftover`` is whether it is old or unused; ``remedy`` whether it is of a kind bought without prescription.
    """

    block: Block
    start: int
    end: int
    mention: Mention | None
    kind: str
    leftover: bool
    remedy: bool
    meant: Mention | None = None

    @property
    def text(self) -> str:
        """The phrase as the page writes it."""
        return self.block.text[self.start : self.end]

    @property
    def is_single_dose(self) -> bool:
        """Whether it is one or two doses of a treatment that goes on: "drop one pill a day"."""
        said = self.text.lower().split()
        return self.mention is None and said[0] in _COUNTED and said[-1] in _SINGLE

    @property
    def mild(self) -> bool:
        """Whether stopping it concerns nobody but the reader: a supplement, or something bought without prescription."""
        mention = self.mention or self.meant
        if self.remedy or mention is None:
            return self.remedy
        name = mention.name
        return name.otc or (name.kind == "class" and name.group.id in vocabulary().mild_classes)

    @property
    def strict(self) -> bool:
        """Whether advice about it is unsafe even when hedged. A medicine that nothing names may be any."""
        mention = self.mention or self.meant
        return not self.remedy if mention is None else mention.name.group.strict


class Passage:
    """A sentence of a block, as words, with the medicines named in it."""

    def __init__(self, words: Words, start: int, end: int, first: int, last: int, mentions: dict[int, Mention]) -> None:
        self.block = words.block
        self.words = words
        self.start, self.end = start, end
        self.first, self.last = first, last
        self.mentions = mentions
        self.text = words.block.lower[start:end]

    def word(self, at: int) -> str:
        """The word at ``at``; empty outside the sentence."""
        return self.words.spelt[at] if self.first <= at < self.last else ""

    def place(self, at: int) -> tuple[int, int]:
        """The range of the word at ``at`` in the block's text."""
        return self.words.places[at]

    def joined(self, at: int) -> bool:
        """Whether the word at ``at`` follows another of the sentence without punctuation that ends a phrase."""
        if self.first < at < self.last:
            return _JOINED.fullmatch(self.block.lower, self.place(at - 1)[1], self.place(at)[0]) is not None
        return False

    def ends_phrase(self, at: int) -> bool:
        """Whether the word at ``at`` belongs to no noun phrase that begins before it."""
        word = self.word(at)
        if not self.joined(at) or word in CLOSED or word in _AFTER:
            return True
        return word.endswith("ly") and not usual(word, "a")

    def before(self, at: int) -> str:
        """The sentence up to the word at ``at``, in lower case; a quotation marked as one begins anew."""
        place = self.words.places[at][0]
        quotes = [q.start for q in self.block.inlines if q.element.tag == "q" and q.start <= place < q.end]
        return self.block.lower[max((self.start, *quotes)) : place]

    def after(self, at: int) -> str:
        """The sentence after the word before ``at``, in lower case."""
        return self.block.lower[self.words.places[at - 1][1] : self.end]

    @property
    def is_question(self) -> bool:
        """Whether it ends in a question mark."""
        return self.text.rstrip("\"')* ").endswith("?")

    def follows(self, at: int, phrase: tuple[str, ...]) -> bool:
        """Whether the words of ``phrase`` stand at ``at``."""
        return all(self.word(at + number) == word for number, word in enumerate(phrase))

    @cached_property
    def things(self) -> tuple[Thing, ...]:
        """Every phrase of the sentence that stands for a medicine, in order."""
        return tuple(self._all_things())

    def _all_things(self) -> Iterator[Thing]:
        table = vocabulary()
        at = self.first
        while at < self.last:
            word = self.word(at)
            if at in self.mentions or word in table.medicines or word in table.doses or word in table.drugs:
                start = at
                while self.word(start - 1) in _DETERMINERS and self.joined(start):
                    start -= 1
                found = self.thing(start, lenient=True)
                if found:
                    yield found[0]
                    at = found[1]
                    continue
            at += 1

    def thing(self, at: int, *, raises: bool = False, lenient: bool = False) -> tuple[Thing, int] | None:
        """The medicine named by the phrase that begins at ``at``, and the word after it.

        ``raises``: the verb is also said of what the body makes. ``lenient``: any noun that names a medicine will do.
        """
        start = at
        while (word := self.word(at)) in _LIGHT and self.word(at + 1) == _LEADS_ON.get(word, self.word(at + 1)):
            at += 1
            if word == "giving":
                at = self._receiver(at)
        return _Phrase(self, at, taking=lenient or at > start, raises=raises, lenient=lenient).read()

    def _receiver(self, at: int) -> int:
        """Past "your child" in "stop giving your child the tablets"."""
        while self.word(at) in _PERSONS or self.word(at + 1) in _PERSONS:
            at += 1
        return at

    def pronoun(self, at: int) -> int | None:
        """The word after a pronoun that stands at ``at`` (after "taking" and the like), or None."""
        while self.word(at) in _LIGHT:
            at += 1
        word = self.word(at)
        if word not in _PRONOUNS or not self.joined(at):
            return None
        return at + 1 if word in ("it", "them", "yours") or self.ends_phrase(at + 1) else None


class _Phrase:
    """Reads one noun phrase, word by word."""

    def __init__(self, passage: Passage, at: int, *, taking: bool, raises: bool, lenient: bool) -> None:
        self.passage = passage
        self.first = self.at = at
        self.taking = taking
        self.raises = raises
        self.lenient = lenient
        self.owned = False
        self.modifiers: list[str] = []

    def read(self) -> tuple[Thing, int] | None:
        passage, table = self.passage, vocabulary()
        while self.at == self.first or passage.joined(self.at):
            word = passage.word(self.at)
            mention = passage.mentions.get(self.at)
            if mention is not None:
                return self._named(mention)
            if word in table.medicines:
                return self._plain("medicine")
            if word in table.doses:
                return self._dose()
            if word in table.devices:
                return self._plain("device") if self.owned else None
            if word in table.drugs:
                return self._plain("medicine") if self.owned else None
            if word in table.treatments and passage.ends_phrase(self.at + 1):
                return self._plain("treatment")
            if not self._modifies(word):
                return None
            self.at += 1
        return None

    def _modifies(self, word: str) -> bool:
        """Whether ``word`` may stand before the noun."""
        if word in _DETERMINERS:
            self.owned = self.owned or word in _OWNERS
            return True
        if word == "of":
            return self.passage.word(self.at - 1) in _QUANTITIES
        if _UNIT.fullmatch(word):
            return True
        if word in CLOSED or (word.endswith("ing") and word not in _ING_WORDS):
            return False
        self.modifiers.append(word)
        return len(self.modifiers) <= 3

    def _named(self, mention: Mention) -> tuple[Thing, int] | None:
        passage, table = self.passage, vocabulary()
        name = mention.name
        if name.group.id in table.no_directive_classes:
            return None
        end = self.at
        while end < passage.last and passage.place(end)[0] < mention.end:
            end += 1
        last = self._forms(end)
        formed = last > end
        if self._compound(last):
            return None
        # "Cut your caffeine dose" and "boost your vitamin C" are said of food.
        if name.kind == "supplement" and not (self.taking or (formed and passage.word(last - 1) not in table.doses)):
            return None
        natural = self.raises and name.group.id in table.natural_classes
        if not (mention.sure or formed) and (natural or self.lenient):
            return None
        return self._thing(last, mention, "medicine"), last

    def _plain(self, kind: str) -> tuple[Thing, int] | None:
        table = vocabulary()
        last = self._forms(self.at + 1)
        if self._compound(last) or not table.fields.isdisjoint(self.modifiers):
            return None
        return self._of(last, kind)

    def _dose(self) -> tuple[Thing, int] | None:
        table = vocabulary()
        last = self.at + 1
        foreign = [word for word in self.modifiers if word not in table.dose_words]
        if self._compound(last) or foreign:
            return None
        return self._of(last, "dose", needed=True)

    def _of(self, last: int, kind: str, *, needed: bool = False) -> tuple[Thing, int] | None:
        """Along "of" to the name of what the dose or tablet holds; a dose of anything else is none."""
        passage = self.passage
        if passage.word(last) == "of" and passage.joined(last):
            inner = _Phrase(passage, last + 1, taking=True, raises=self.raises, lenient=self.lenient)
            inner.owned = self.owned
            found = inner.read()
            if found:
                thing, end = found
                return replace(thing, start=self._start, kind=kind), end
            if needed:
                return None
        return self._thing(last, None, kind), last

    def _forms(self, at: int) -> int:
        table = vocabulary()
        while self.passage.word(at) in table.forms and self.passage.joined(at):
            at += 1
        return at

    def _compound(self, at: int) -> bool:
        return self.passage.joined(at) and self.passage.word(at) in vocabulary().compounds

    @property
    def _start(self) -> int:
        return self.passage.place(self.first)[0]

    def _thing(self, last: int, mention: Mention | None, kind: str) -> Thing:
        table = vocabulary()
        before = frozenset(self.modifiers)
        return Thing(
            self.passage.block,
            self._start,
            self.passage.place(last - 1)[1],
            mention,
            kind,
            not table.leftovers.isdisjoint(before),
            mention is None and not table.remedies.isdisjoint(before),
        )
