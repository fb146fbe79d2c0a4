"""Right words in wrong places: closed frames of a few words in which only one of two look-alikes makes sense.

A frame is a row of elements, one a word, written in ``rules/data/real-word-frames.yaml``:

``breath|breathe``  one of these words (or a punctuation mark);
``:name``           one of the words of that set;
``<vz>``            a word that can be of one of these classes (see ``lexicon.word_classes``);
``<=n>``            a word that is usually of no other class;
``<-v>``            a known word that can never be of these classes;
``#``               a number in digits; ``#2`` one from 2 to 99;
``~vowel``          a word that begins with the sound of a vowel; ``~consonant`` one that does not;
``^`` and ``$``     the start and the end of a clause;
``!...``            anything but that element, the end of the text included, and it is not consumed: before another element it
                    is said of that one's word, at an end of the frame of the word next to it;
``...?``            the element may be missing;
``[...]``           the elements found wrong; ``[week>weak]`` says what to put for each word.

Between the elements stands a space; hyphens, commas and other marks are words of their own.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from medlint import data, kept
from medlint.document import Block, Kind
from medlint.errors import RuleError
from medlint.facts import Facts
from medlint.finding import Edit, Fix, Hit, Safety
from medlint.lexicon import word_classes, words
from medlint.rule import Rule


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab", omit_defaults=True):
    """``table``: the data table with the frames."""

    table: str = "real-word-frames"


class Frame(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """``find``: the row of elements. ``put``: what to write in place of what is in brackets, if their words do not say.
    ``near``: the classes of the word that was meant, the one nearest to what is written. ``names``: whether it also
    holds for capitalised words inside a sentence."""

    find: str
    put: str = ""
    near: str = ""
    names: bool = False


class Table(msgspec.Struct, frozen=True):
    """The frames, and the sets of words they name."""

    sets: dict[str, str]
    frames: tuple[Frame | str, ...]


class Element(msgspec.Struct, frozen=True, array_like=True, omit_defaults=True):
    """One place of a frame: what may stand there. ``edge``: also the first or last place of a block, written ""."""

    words: frozenset[str] = frozenset()
    classes: tuple[tuple[str, str], ...] = ()
    numbers: str = ""
    sound: str = ""
    edge: bool = False
    negated: bool = False
    optional: bool = False
    wrong: bool = False
    put: Mapping[str, str] = {}

    def fits(self, token: str) -> bool:
        """Whether ``token`` may stand here."""
        if token in self.words or (self.numbers and _is_number(token, self.numbers)):
            return True
        if self.sound:
            return _sound(token) == self.sound
        return bool(self.classes) and _is_of(token, self.classes)


@lru_cache(maxsize=1 << 16)
def _is_of(token: str, classes: tuple[tuple[str, str], ...]) -> bool:
    """Whether ``token`` passes one of the tests; words of the closed classes pass none, and acronyms are nouns, of many
    things with an s at their end."""
    if not token[:1].isalpha() or token in word_classes.CLOSED:
        return False
    if not token.islower():
        number = "N" if token[-1] == "s" and token[-2].isupper() else "n"
        return any(mark != "-" and number in letters for mark, letters in classes)
    return any(_TESTS[mark](token, letters) for mark, letters in classes)


def _is_number(token: str, numbers: str) -> bool:
    return token[:1].isdigit() if numbers == "#" else token.isdigit() and len(token) <= 2 and int(token) >= 2


_Y_OR_W = re.compile(
    r"(?:eu|ewe|unanim|unidir|uni(?=[tvcqfoslpx])|us[aeu]|ut[eio]|ubiq|ur[aeio]|uv[eu]|one(?![a-z]*r)|once|oui)"
)


@lru_cache(maxsize=1 << 14)
def _sound(word: str) -> str:
    """``vowel`` or ``consonant``, by the first sound of ``word``; empty for letters, acronyms, unknown words and words
    in h, which some write with "an"."""
    if len(word) < 2 or not word.islower() or not _VOWEL.search(word) or not words.listed(word):
        return ""
    if word[0] in "aeiou":
        return "consonant" if _Y_OR_W.match(word) else "vowel"
    if word[0] == "h":
        return "vowel" if word.startswith(("hour", "honest", "honor", "honour", "heir")) else ""
    return "consonant"


_VOWEL = re.compile("[aeiouy]")
_TESTS = {"<": word_classes.may_be, "=": word_classes.only, "-": word_classes.never}


class Compiled(msgspec.Struct, frozen=True, array_like=True):
    """A frame ready to match from its rarest word, ``elements[anchor]``. ``needed`` is another element that cannot be
    missing, at one of the ``places`` counted from the anchor."""

    needed: Element
    places: tuple[int, ...]
    frame: Frame
    elements: tuple[Element, ...]
    anchor: int


class Candidate(NamedTuple):
    """The frame to look at, by its ``find``, where a word stands that it is looked up by.

    ``guard`` are the only words that may stand ``offset`` places after it (before it, if negative), where "" is the end
    of the block; where there is no such place, they are the words of the anchor.
    """

    guard: frozenset[str]
    offset: int
    find: str


class Frames:
    """The frames of a table: the words that they are looked up by, and what to look at for each of them."""

    def __init__(self, by_find: Mapping[str, Compiled], by_word: Mapping[str, tuple[Candidate, ...]]) -> None:
        self.words = by_word.keys()
        self.candidates: Callable[[str], tuple[Candidate, ...]] = cache(by_word.__getitem__)
        self.frame: Callable[[str], Compiled] = cache(by_find.__getitem__)
        self.needs: Callable[[str, str], bool] = lru_cache(1 << 16)(self._needs)

    def _needs(self, find: str, token: str) -> bool:
        """Whether ``token`` is what cannot be missing in a frame."""
        return self.frame(find).needed.fits(token)


_TOKEN = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?|\d[\d.,]*(?<![.,])|[^\w\s]|_")
_ASCII_TOKEN = re.compile(r"[A-Za-z]+(?:'[A-Za-z]+)?|[0-9][0-9.,]*(?<![.,])|[\x00-\x08\x0e-\x1b!-/:-@\[-`{-\x7f]")
"""The same in a text of ASCII, where it takes half the time."""
_STOPS = frozenset('.!?:;()[]"•–—…\ufffc|,/')
_OPENS_CLAUSE = frozenset('.!?:;()"•…|')
_MOST_WORDS = 40_000
_REACH = 4
"""How far from the anchor of a frame its guard may be."""
_BEYOND = ("",) * _REACH


def run(facts: Facts, rule: Rule, options: Options) -> Iterable[Hit]:
    """Yield each word that its frame shows to be another one."""
    if facts.topic.language not in ("en", ""):
        return
    frames = compiled(options.table)
    left = _MOST_WORDS
    for block in facts.document.prose(rule.zones):
        if block.kind is Kind.LABEL or left < 0:
            continue
        tokens = _tokens(block)
        left -= len(tokens)
        yield from _in_block(block, tokens, frames)


def _in_block(block: Block, tokens: Sequence[str], frames: Frames) -> Iterator[Hit]:
    anchors = frames.words & tokens
    if not anchors:
        return
    candidates, frame, needs = frames.candidates, frames.frame, frames.needs
    around = [*tokens, *_BEYOND]  # what is before the first is after the last
    places: list[tuple[int, int]] = []
    taken: set[int] = set()
    for index in [index for index, token in enumerate(tokens) if token in anchors]:
        for guard, offset, find in candidates(tokens[index]):
            if around[index + offset] not in guard:
                continue
            candidate = frame(find)
            for place in candidate.places:
                if needs(find, around[index + place]):
                    break
            else:
                continue
            matched = match(candidate, tokens, index)
            if matched is None or matched.first in taken:
                continue
            if not places:
                if _is_foreign(tokens):
                    return
                places = [found.span() for found in _TOKEN.finditer(block.plain)]
            hit = _hit(block, candidate.frame, matched, tokens, places)
            if hit is not None:
                taken.update(range(matched.first, matched.last + 1))
                yield hit


def _tokens(block: Block) -> list[str]:
    """The words and marks of ``block`` in lower case; acronyms and the like keep their capitals, for US is not us and
    the A of vitamin A is no article."""
    find = (_ASCII_TOKEN if block.plain.isascii() else _TOKEN).findall
    if not _INNER_CAPITAL.search(block.plain):
        return find(block.lower)
    written = find(block.plain)
    capitals = {token for token in set(written) if len(token) > 1 and not token[1:].islower()}
    tokens = [token if token in capitals else token.lower() for token in written]
    if "A" in written:
        for index, (before, token) in enumerate(pairwise(written), 1):
            if token == "A" and before[-1:].islower():
                tokens[index] = token
    return tokens


_INNER_CAPITAL = re.compile(r"[A-Z](?:(?<=[^\W_][A-Z])|(?<=[a-z] A)\b)")


class Matched(msgspec.Struct, frozen=True):
    """The first and last token found wrong, and what belongs there: empty where ``near`` is to say, or nothing does."""

    first: int
    last: int
    replacement: str


def match(candidate: Compiled, tokens: Sequence[str], index: int) -> Matched | None:
    """How ``candidate`` matches with its anchor at ``tokens[index]``, or None."""
    elements, anchor = candidate.elements, candidate.anchor
    after = _walk(elements, anchor + 1, tokens, index + 1, 1)
    if after is None:
        return None
    before = _walk(elements, anchor - 1, tokens, index - 1, -1)
    if before is None:
        return None
    places = {**before, anchor: index, **after}
    wrong = sorted(place for element, place in places.items() if elements[element].wrong)
    if not wrong:
        return None
    put = (
        elements[element].put.get(tokens[place], "")
        for element, place in sorted(places.items())
        if elements[element].wrong
    )
    return Matched(wrong[0], wrong[-1], candidate.frame.put or " ".join(filter(None, put)))


def _walk(
    elements: Sequence[Element], element: int, tokens: Sequence[str], place: int, step: int
) -> dict[int, int] | None:
    """Match the elements on one side of the anchor, outwards: which element stands at which token, or None."""
    found: dict[int, int] = {}
    while 0 <= element < len(elements):
        here = elements[element]
        # Before another element, what must not stand there is said of that one's word, from whichever side it is read.
        at = place - step if step < 0 and here.negated and _has_word(elements[:element]) else place
        fits = here.fits(tokens[at]) if 0 <= at < len(tokens) else here.edge
        if fits and here.optional and not here.negated:
            rest = _walk(elements, element + step, tokens, place + step, step)
            if rest is not None:
                return {**found, element: place, **rest}
        elif fits and not here.negated:
            found[element] = place
            place += step
        elif fits or not (here.negated or here.optional):
            return None
        element += step
    return found


def _has_word(elements: Sequence[Element]) -> bool:
    return not all(element.negated for element in elements)


def _hit(
    block: Block, frame: Frame, matched: Matched, tokens: Sequence[str], places: Sequence[tuple[int, int]]
) -> Hit | None:
    start, end = places[matched.first][0], places[matched.last][1]
    text = block.plain[start:end]
    if (text.isupper() and len(text) > 1) or (not frame.names and _is_name(block, text, tokens, matched.first)):
        return None
    replacement = matched.replacement
    if frame.near and not replacement and not (replacement := nearest(tokens[matched.last], frame.near)):
        return None
    if not replacement:
        return _surplus(block, start, end, places[matched.last + 1][0] if matched.last + 1 < len(places) else end)
    if text[0].isupper():
        replacement = replacement[0].upper() + replacement[1:]
    safety = Safety.UNSAFE if block.editable(start, end) else Safety.DISPLAY
    start, end, shown = _whole_compound(block.plain, start, end, replacement)
    fix = Fix((Edit(block.span(start, end), shown),), safety)
    return Hit(block.span(start, end), {"replacement": shown}, fix=fix)


def _surplus(block: Block, start: int, end: int, upto: int) -> Hit:
    """A word that does not belong there at all; its fix takes what is between it and the next one too."""
    safety = Safety.UNSAFE if block.editable(start, upto) else Safety.DISPLAY
    return Hit(block.span(start, end), {}, "surplus", Fix((Edit(block.span(start, upto), ""),), safety))


def _is_foreign(tokens: Sequence[str]) -> bool:
    """Whether most words of the passage are in no list, as in a passage in another language."""
    spelt = {token for token in tokens if len(token) > 2 and token.isalpha()}
    return sum(words.listed(token) for token in spelt) * 3 < len(spelt) * 2


def _is_name(block: Block, text: str, tokens: Sequence[str], first: int) -> bool:
    """Whether a capital marks a name: not in headings, and not where a sentence starts."""
    if not text[0].isupper() or block.kind in (Kind.HEADING, Kind.TITLE):
        return False
    return first > 0 and tokens[first - 1] not in _OPENS_CLAUSE


def _whole_compound(text: str, start: int, end: int, replacement: str) -> tuple[int, int, str]:
    """The hyphenated compound that the found word ends, so that a reader sees it whole."""
    begin = start
    while begin > 1 and text[begin - 1] == "-":
        head = re.search(r"[^\W_]+\Z", text[max(begin - 30, 0) : begin - 1])
        if head is None:
            break
        begin -= len(head[0]) + 1
    return begin, end, text[begin:start] + replacement


@cache
def nearest(word: str, classes: str) -> str:
    """The common word of one of ``classes`` that looks most like ``word``: one slip away or of the same stem.

    Another number of the same noun shares all but its ending.
    """
    found = {
        candidate: cost for candidate, cost in words.neighbours(word).items() if word_classes.usual(candidate, classes)
    }
    if len(word) >= 6:
        for candidate, note in word_classes.starting(word[:5]):
            if any(letter in note.partition("/")[0] for letter in classes):
                found.setdefault(candidate, 0.6 * words.distance(word, candidate))
    kept = len(word) - (1 if classes == "N" else 2 if classes == "n" else 3)
    alike = {candidate: _shared(candidate, word) for candidate in found}
    near = [
        (-alike[candidate] if classes in ("n", "N") else 0, cost, candidate)
        for candidate, cost in found.items()
        if cost <= 1.5 and alike[candidate] >= min(max(3, kept), len(candidate))
    ]
    return min(near, default=(0, 0.0, ""))[2]


def _shared(one: str, other: str) -> int:
    """How many letters the two begin with together."""
    return next(
        (index for index, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )


@cache
def compiled(table: str) -> Frames:
    """The frames of ``table``. Raises RuleError for one that cannot be read."""
    by_find = kept.table(f"frames {table}", Compiled, lambda: _by_find(table), __file__)
    return Frames(
        by_find,
        kept.table(f"words of frames {table}", tuple[Candidate, ...], lambda: _by_word(by_find), __file__),
    )


def _by_find(table: str) -> Mapping[str, Compiled]:
    source: Table = data.table(table, Table)
    sets = {name: frozenset(line.split()) for name, line in source.sets.items()}
    frames = (Frame(entry) if isinstance(entry, str) else entry for entry in source.frames)
    return {frame.find: compile_frame(frame, sets) for frame in frames}


def _by_word(frames: Mapping[str, Compiled]) -> Mapping[str, tuple[Candidate, ...]]:
    found: dict[str, list[Candidate]] = defaultdict(list)
    for find, frame in frames.items():
        candidate = Candidate(*_guard(frame.elements, frame.anchor), find)
        for word in frame.elements[frame.anchor].words:
            found[word].append(candidate)
    return {word: tuple(candidates) for word, candidates in found.items()}


def compile_frame(frame: Frame, sets: Mapping[str, frozenset[str]]) -> Compiled:
    """``frame`` ready to match. Raises RuleError where it cannot be read, looked up, or say what was meant."""
    elements = tuple(_elements(frame, sets))
    wrong = [element for element in elements if element.wrong]
    if not (wrong and (frame.put or frame.near or all(element.put.keys() == element.words for element in wrong))):
        raise RuleError(
            frame.find, "the frame does not say what was meant", remedy="Write [wrong>right], 'put' or 'near'."
        )
    anchors = [place for place, element in enumerate(elements) if _is_fixed(element)]
    if not anchors:
        raise RuleError(
            frame.find, "the frame has no place for listed words only", remedy="Name a word that must stand there."
        )
    # The words that stand in the fewest places, and of such the word that is wrong.
    anchor = min(anchors, key=lambda place: (sum(map(_weight, elements[place].words)), not elements[place].put))
    return Compiled(*_needed(elements, anchor), frame, elements, anchor)


def _elements(frame: Frame, sets: Mapping[str, frozenset[str]]) -> Iterator[Element]:
    wrong = False
    for part in frame.find.split():
        match = _PART.fullmatch(part)
        if match is None:
            raise RuleError(
                frame.find, f"{part!r} is no element of a frame", remedy="See checks/frames.py for the forms."
            )
        wrong = wrong or bool(match["opens"])
        element = _element(match["text"], sets, frame)
        yield replace(
            element, negated=bool(match["not"]), optional=bool(match["maybe"]), wrong=wrong and not match["not"]
        )
        wrong = wrong and not match["closes"]


def _weight(word: str) -> int:
    """How much it costs to look a frame up by ``word``: the commonest words stand in every sentence."""
    return 50 if word in _COMMONEST else 1


_COMMONEST = frozenset(
    "the to a of and in is you for or that are your with be can it as on have this by from an at not if , .".split()
)


def _guard(elements: Sequence[Element], anchor: int) -> tuple[frozenset[str], int]:
    """The smallest set of words that must stand at some distance from the anchor, and the distance: those of the anchor
    if there is no other. Elements that may be missing end the search, as what follows them has no place of its own."""
    found: list[tuple[frozenset[str], int]] = []
    for step in (-1, 1):
        offset, place = step, anchor + step
        while 0 <= place < len(elements) and abs(offset) <= _REACH and not elements[place].optional:
            element = elements[place]
            if _is_fixed(replace(element, edge=False)):
                found.append((element.words, offset))
            offset += 0 if element.negated else step
            place += step
    return min(found, key=lambda pair: sum(map(_weight, pair[0])), default=(elements[anchor].words, 0))


def _needed(elements: Sequence[Element], anchor: int) -> tuple[Element, tuple[int, ...]]:
    """The element to look at next, after the guard, and the places where it may be: of those near the anchor that cannot
    be missing the one that fewest words fit; the anchor itself if there is no other."""
    found: list[tuple[Element, tuple[int, ...]]] = []
    for side, outwards in ((1, elements[anchor + 1 :]), (-1, elements[:anchor][::-1])):
        nearest, farthest = 1, 1
        for element in outwards:
            if farthest > _REACH:
                break
            if element.negated:
                continue
            if not element.optional:
                found.append((element, tuple(side * distance for distance in range(nearest, farthest + 1))))
                nearest += 1
            farthest += 1
    guard = (_guard(elements, anchor)[1],)
    others = [pair for pair in found if pair[1] != guard]
    return min(others, key=lambda pair: _breadth(pair[0]) * len(pair[1]), default=(elements[anchor], (0,)))


def _breadth(element: Element) -> float:
    """About how many in a hundred words of a text fit ``element``; anything may be a number, or the end of a clause."""
    if element.numbers or element.sound or element.edge:
        return 100
    return sum(map(_weight, element.words)) / 27 + sum(_share(mark, letters) for mark, letters in element.classes)


_READINGS = {"n": 64, "v": 37, "a": 37, "z": 21, "N": 20, "t": 17, "p": 16, "g": 16, "r": 12, "c": 1}
"""How many in a hundred of the everyday words have each reading (``word-classes.txt``, counted on 2026-11-30)."""


def _share(mark: str, letters: str) -> float:
    having = sum(_READINGS.get(letter, 10) for letter in letters)
    return {"<": having, "=": having * 0.4, "-": max(100 - having * 0.6, 30)}[mark]


def _is_fixed(element: Element) -> bool:
    """Whether only the words of ``element`` can stand in its place."""
    return bool(element.words) and not (
        element.classes or element.numbers or element.sound or element.edge or element.optional or element.negated
    )


_PART = re.compile(r"(?P<opens>\[)?(?P<not>!(?=.))?(?P<text>.+?)(?P<maybe>(?<=.)\?)?(?P<closes>\])?")


def _element(text: str, sets: Mapping[str, frozenset[str]], frame: Frame) -> Element:
    chosen: set[str] = set()
    put: dict[str, str] = {}
    classes: list[tuple[str, str]] = []
    numbers = sound = ""
    for alternative in text.split("|"):
        word, _, instead = alternative.partition(">")
        if alternative == "^":
            chosen |= _OPENS_CLAUSE
        elif alternative == "$":
            chosen |= _STOPS
        elif alternative.startswith("<") and alternative.endswith(">"):
            mark = alternative[1] if alternative[1] in "=-" else "<"
            classes.append((mark, alternative.strip("<>=-")))
        elif word.startswith(":") and len(word) > 1:
            if word[1:] not in sets:
                raise RuleError(frame.find, f"there is no set {word!r}", remedy="Add it under 'sets'.")
            chosen |= sets[word[1:]]
        elif alternative.startswith("~"):
            sound = alternative[1:]
        elif alternative in ("#", "#2"):
            numbers = alternative
        else:
            chosen.add(word)
            if ">" in alternative:
                put[word] = instead.replace("_", " ")
    edge = not {"^", "$"}.isdisjoint(text.split("|"))
    if edge:
        chosen.add("")
    return Element(frozenset(chosen), tuple(classes), numbers, sound, edge, put=put)


def check_options(options: Options) -> Iterator[str]:
    """What is wrong with the table of frames, for rule authors."""
    try:
        compiled(options.table)
    except (RuleError, KeyError, msgspec.ValidationError) as error:
        yield str(error)
