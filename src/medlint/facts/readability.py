"""How hard the article's running text is to read, and which sentences and words make it so.

What is counted decides the grade as much as the writing does, so it is fixed here: the visible prose of body and
callouts without headings, captions, cells and crisis boxes; list items only if they are sentences; every block closed
by a stop; missing stops repaired; numbers, addresses and citations left out; hyphenated words one word each, with the
syllables of their parts.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from math import sqrt

import msgspec
from msgspec.structs import replace

from medlint.document import Block, Document, Kind, Zone, find_words
from medlint.facts import terms
from medlint.facts.topic import Topic
from medlint.lexicon import syllables
from medlint.matching import Forms, holds_any

FEWEST_WORDS = 100
"""Below this a Flesch-Kincaid grade says more about chance than about the text."""
FEWEST_SENTENCES = 30
"""What SMOG was made for (McLaughlin 1969)."""

_KINDS = (Kind.PARAGRAPH, Kind.ITEM, Kind.QUOTE, Kind.NOTE)
_LEAST_ITEM = 8
_CRISIS = re.compile(r"\b(?:988|lifeline|helpline|hotline|crisis|samaritans|suicid\w*|911|999|112)\b", re.IGNORECASE)
_OMITTED = Forms(
    (("http", "www."), r"\b(?:https?://|www\.)\S+"),
    (("@",), r"\b[\w.+-]{1,64}@[\w-]{1,63}\.\w[\w.]{0,60}"),
    (
        (".com", ".org", ".net", ".gov", ".edu", ".info", ".uk", ".au", ".ca", ".ie"),
        r"\b(?:[\w-]{1,63}\.){1,6}(?:com|org|net|gov|edu|info|uk|au|ca|ie)\b(?:/\S*)?",
    ),
    (("[",), r"\[\d{1,3}(?:\s?[,;\u2013-]\s?\d{1,3}){0,9}\]"),
    (("(",), r"\((?:see |e\.g\.,? )?[A-Z][^()\d]{1,80}?,? (?:19|20)\d\d[a-z]?(?:; [^()]{1,120})?\)"),
)
"""Addresses and citations, which nobody reads out."""
_OPENERS = tuple(
    f" {word}, "
    for word in "However Therefore Moreover Furthermore Additionally Nevertheless Nonetheless Consequently Instead Otherwise "
    "Meanwhile Similarly Finally Also Then Thus Hence".split()
)
_MISSING_STOP = re.compile(
    rf"(?<=[a-z)])[\"']? (?=(?:{'|'.join(opener[1:-1] for opener in _OPENERS)}) )"
    r"|(?<=[a-z])[\"'] (?=(?:If|This|These|That|When|While|The|It|They|You|We|Your|In|For|But|And|So|As|There|Some|Many|Most) [a-z])"
)
_FINITE = frozenset(
    "is are am was were be been has have had do does did can could may might must shall should will would isn't "
    "aren't wasn't weren't hasn't haven't hadn't don't doesn't didn't can't cannot couldn't mightn't mustn't "
    "shouldn't won't wouldn't it's that's there's he's she's what's who's i'm you're we're they're i've you've "
    "we've they've you'll they'll it'll we'll i'll let's you i we they he she it who add adds affect affects "
    "allow allows appear appears ask avoid become becomes begin begins block blocks breathe bring brings call "
    "carry carries cause causes change changes check choose clean come comes consider contact contain contains "
    "cover covers create creates cut decide decrease decreases depend depends develop develops discuss drink drop "
    "eat ensure ensures exercise exist exists explain explains feel feels fill find finds focus follow follows "
    "get gets give gives go goes grow grows happen happens help helps hold holds improve improves include "
    "includes increase increases involve involves join keep keeps know knows last lasts lead leads learn leave "
    "leaves let lets like limit lie listen live lives look looks lose loses lower lowers make makes manage "
    "manages mean means measure move moves need needs occur occurs offer offers pay plan practice practise "
    "prevent prevents produce produces protect protects provide provides put raise raises reach read receive "
    "receives recommend recommends reduce reduces relieve relieves remain remains remember remove removes report "
    "require requires rest run runs say says schedule see sees seek seem seems set share show shows sit sleep "
    "slow slows speak spend spread spreads start starts stay stays stop stops suggest suggests support supports "
    "swallow take takes talk talks tell tells tend tends think thinks treat treats tries try turn turns "
    "understand use uses visit wait walk want wants wash watch wear work works worry write".split()
)
_COMMON = frozenset(
    "the of and to in a is that it for you with are this on or be as can not have your from at by if".split()
)


_OPENING, _CLOSING, _STOP = ' ("\n', ' ,;:)?!"\n', (".", ". ")


class Phrase(msgspec.Struct, frozen=True):
    """A sentence that counts: its range in its block, its words in lower case, and their syllables."""

    block: Block
    start: int
    end: int
    words: tuple[str, ...]
    syllables: int

    @property
    def places(self) -> tuple[tuple[int, int], ...]:
        """Where its words stand in the text of its block; looked up, as few sentences are ever asked."""
        lower, wanted = self.block.lower, iter(self.words)
        found: list[tuple[int, int]] = []
        word = next(wanted, "")
        words = self.block.words
        for start, end in words[bisect_left(words, (self.start,)) :]:
            if not word:
                break
            if lower[start:end] == word:
                found.append((start, end))
                word = next(wanted, "")
        return tuple(found)

    def place(self, word: str) -> tuple[int, int]:
        """Where ``word``, one of its words, stands first."""
        lower = self.block.lower
        start = lower.find(word, self.start)
        while start >= 0:
            end = start + len(word)
            before, after = lower[start - 1 : start], lower[end : end + 1]
            if before in _OPENING and (after in _CLOSING or lower[end : end + 2] in _STOP):
                return start, end
            if not (before.isalnum() or after.isalnum()):
                break  # what is at its sides may be within a word: the words have to be counted
            start = lower.find(word, start + 1)
        return self.places[self.words.index(word)]


class Word(msgspec.Struct, frozen=True):
    """A word that costs: how often it stands there, its syllables, and the place of its first use."""

    text: str
    times: int
    syllables: int
    block: Block
    start: int
    end: int


class Part(msgspec.Struct, frozen=True):
    """A section: its heading (None before the first), its words, and its Flesch-Kincaid grade, None if too short."""

    heading: Block | None
    words: int
    sentences: int
    grade: float | None


class Readability(msgspec.Struct, frozen=True):
    """The measures of an article.

    Grades are US school grades. Adjusted ones count the words that the page cannot do without (those of its title,
    medicines, terms it explains) as two syllables; ``adjusted_grade`` is the mean of both formulas so adjusted, since
    Flesch-Kincaid is set for readers who grasp three quarters of a text and SMOG for those who grasp all of it.
    A grade is None where the text is too short or not English. ``doubt`` names what limits the grades: ``language``,
    ``not-english``, ``short``, ``few-sentences`` or ``unclosed``. ``over_20`` and ``over_25`` are shares of sentences
    with more words than that.
    """

    words: int = 0
    sentences: int = 0
    syllables: int = 0
    polysyllables: int = 0
    flesch_kincaid_grade: float | None = None
    smog_index: float | None = None
    adjusted_flesch_kincaid: float | None = None
    adjusted_smog: float | None = None
    adjusted_grade: float | None = None
    words_per_sentence: float = 0.0
    over_20: float = 0.0
    over_25: float = 0.0
    parts: tuple[Part, ...] = ()
    hardest: tuple[Phrase, ...] = ()
    costliest: tuple[Word, ...] = ()
    phrases: tuple[Phrase, ...] = ()
    doubt: str = ""


def find(document: Document, topic: Topic) -> Readability:
    """Count ``document`` and grade it."""
    phrases = tuple(_phrases(document))
    counts = Counter(chain.from_iterable([phrase.words for phrase in phrases]))
    total = sum(phrase.syllables for phrase in phrases)
    long_words = {word: number for word in counts if (number := syllables.count(word)) >= 3}
    sentences, number = len(phrases), sum(counts.values())
    lengths = [len(phrase.words) for phrase in phrases]
    found = Readability(
        words=number,
        sentences=sentences,
        syllables=total,
        polysyllables=sum(counts[word] for word in long_words),
        words_per_sentence=round(number / sentences, 1) if phrases else 0.0,
        over_20=_share(lengths, 20),
        over_25=_share(lengths, 25),
        phrases=phrases,
        doubt=_doubt(document, topic, counts, number, sentences),
    )
    if found.doubt in ("language", "not-english", "short"):
        return found
    first = _first_uses(phrases, long_words)
    plain = _counted_as_plain(document, first)
    saved = {word: long_words[word] - 2 for word in plain}
    grade = flesch_kincaid(number, sentences, total - sum(counts[word] * less for word, less in saved.items()))
    if sentences >= FEWEST_SENTENCES:
        smog = smog_index(found.polysyllables - sum(counts[word] for word in plain), sentences)
        found = replace(
            found,
            smog_index=round(smog_index(found.polysyllables, sentences), 1),
            adjusted_smog=round(smog, 1),
            adjusted_grade=round((grade + smog) / 2, 1),
        )
    return replace(
        found,
        flesch_kincaid_grade=round(flesch_kincaid(number, sentences, total), 1),
        adjusted_flesch_kincaid=round(grade, 1),
        parts=tuple(_parts(document, phrases)),
        hardest=_hardest(phrases, saved),
        costliest=_costliest(counts, plain, first, long_words),
    )


def flesch_kincaid(words: int, sentences: int, syllables: int) -> float:
    """The Flesch-Kincaid grade level (Kincaid et al. 1975)."""
    return 0.39 * words / sentences + 11.8 * syllables / words - 15.59


def smog_index(polysyllables: int, sentences: int) -> float:
    """The SMOG grade (McLaughlin 1969) from the words of three syllables and more."""
    return 1.043 * sqrt(30 * polysyllables / sentences) + 3.1291


def _phrases(document: Document) -> Iterator[Phrase]:
    """The sentences that count, without numbers, addresses and citations."""
    for block in document.prose():
        if block.kind not in _KINDS or (block.zone is Zone.CALLOUT and _CRISIS.search(block.plain)):
            continue
        places, read = _sentences(block)
        if block.has_digits:
            read = [tuple([word for word in words if not word[0].isdigit()]) for words in read]
        if block.kind is Kind.ITEM and not _is_sentence(read):
            continue
        for (start, end), words in zip(places, read, strict=True):
            if words:
                yield Phrase(block, start, end, words, sum(map(syllables.count, words)))


def _sentences(block: Block) -> tuple[Sequence[tuple[int, int]], Sequence[tuple[str, ...]]]:
    """The sentences of ``block`` and their words, without addresses and citations, cut where a stop is missing."""
    places = _repaired(block)
    omitted = [match.span() for match in _OMITTED.finditer(block.plain)]
    if places is block.sentences and not omitted:
        return places, block.spelt_sentences
    text = block.lower
    for start, end in omitted:
        text = text[:start] + " " * (end - start) + text[end:]
    return places, [tuple(find_words(text, start, end)) for start, end in places]


def _repaired(block: Block) -> Sequence[tuple[int, int]]:
    """The sentences of ``block``, cut also where a stop is missing beyond doubt."""
    text = block.plain
    if '" ' not in text and "' " not in text and not (", " in text and holds_any(text, _OPENERS)):
        return block.sentences
    found = []
    for start, end in block.sentences:
        for match in _MISSING_STOP.finditer(text, start, end):
            found.append((start, match.start()))
            start = match.end()
        found.append((start, end))
    return found


def _is_sentence(words: Sequence[Sequence[str]]) -> bool:
    return sum(map(len, words)) >= _LEAST_ITEM and not all(map(_FINITE.isdisjoint, words))


def _share(lengths: Sequence[int], limit: int) -> float:
    return round(sum(length > limit for length in lengths) / len(lengths), 3) if lengths else 0.0


def _doubt(document: Document, topic: Topic, counts: Counter[str], words: int, sentences: int) -> str:
    """Why there is no grade, or one formula only, or none to rely on."""
    if topic.language not in ("en", ""):
        return "language"
    if words < FEWEST_WORDS:
        return "short"
    if sum(counts[word] for word in _COMMON) < words * 0.08:
        return "not-english"
    if sentences < FEWEST_SENTENCES:
        return "few-sentences"
    blocks = [b for b in document.prose() if b.kind is Kind.PARAGRAPH and len(b.spelt) >= 12]
    unclosed = sum(b.plain.rstrip("\"')]*\ufffc 0123456789")[-1:] not in ".?!:;,\u2026" for b in blocks)
    return "unclosed" if unclosed >= 4 and unclosed > len(blocks) * 0.15 else ""


def _first_uses(phrases: Iterable[Phrase], long_words: Mapping[str, int]) -> dict[str, tuple[Block, int, int]]:
    """Where each of the long words stands first."""
    first: dict[str, tuple[Block, int, int]] = {}
    for phrase in phrases:
        for word in (long_words.keys() & phrase.words) - first.keys():
            first[word] = (phrase.block, *phrase.place(word))
    return first


def _counted_as_plain(document: Document, first: Mapping[str, tuple[Block, int, int]]) -> frozenset[str]:
    """The long words that the page cannot do without, or explains."""
    title, medicines = terms.of_title(document), terms.medicines()
    return frozenset(
        word for word, place in first.items() if word in medicines or terms.stem(word) in title or terms.glossed(*place)
    )


def _hardest(phrases: Sequence[Phrase], saved: Mapping[str, int]) -> tuple[Phrase, ...]:
    """The three sentences of eight words and more whose own adjusted grade is highest."""
    raw = [
        (flesch_kincaid(len(p.words), 1, p.syllables), -index, p)
        for index, p in enumerate(phrases)
        if len(p.words) >= 8
    ]
    best: list[tuple[float, int, Phrase]] = []
    for grade, index, phrase in sorted(raw, reverse=True):
        if len(best) == 3 and grade <= best[-1][0]:
            break  # allowing for needed words only lowers a grade
        less = sum([saved.get(word, 0) for word in phrase.words])
        adjusted = flesch_kincaid(len(phrase.words), 1, phrase.syllables - less)
        best = sorted([*best, (adjusted, index, phrase)], reverse=True)[:3]
    return tuple(phrase for _, _, phrase in best)


def _costliest(
    counts: Counter[str],
    plain: frozenset[str],
    first: Mapping[str, tuple[Block, int, int]],
    long_words: Mapping[str, int],
) -> tuple[Word, ...]:
    """The ten words whose syllables beyond the second add most to the grade."""
    found = [Word(word, counts[word], long_words[word], *place) for word, place in first.items() if word not in plain]
    return tuple(sorted(found, key=lambda word: (-word.times * (word.syllables - 2), word.text))[:10])


def _parts(document: Document, phrases: Sequence[Phrase]) -> Iterator[Part]:
    """The article by its main headings: the highest level of which the body has two or more."""
    levels = Counter(s.level for s in document.sections if s.heading and s.heading.zone in (Zone.BODY, Zone.CALLOUT))
    level = min((level for level, number in levels.items() if number > 1), default=0)
    heading: Block | None = None
    group: list[Phrase] = []
    headings = iter([s.heading for s in document.sections if s.heading and 0 < s.level <= level])
    following = next(headings, None)
    for phrase in phrases:
        while following is not None and following.index < phrase.block.index:
            if group:
                yield _part(heading, group)
            heading, group, following = following, [], next(headings, None)
        group.append(phrase)
    if group:
        yield _part(heading, group)


def _part(heading: Block | None, phrases: Sequence[Phrase]) -> Part:
    words = sum(len(phrase.words) for phrase in phrases)
    total = sum(phrase.syllables for phrase in phrases)
    grade = round(flesch_kincaid(words, len(phrases), total), 1) if words >= FEWEST_WORDS else None
    return Part(heading, words, len(phrases), grade)
