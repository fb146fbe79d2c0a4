"""Medical words explained as, or used for, what their look-alike means: hypertension for low blood pressure."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache

import msgspec

from medlint import data
from medlint.document import Block
from medlint.facts import Facts
from medlint.finding import Hit
from medlint.matching import Rare
from medlint.rule import Rule


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab", omit_defaults=True):
    """``kinds``: the kinds of pairs of the table ``confusables`` that are judged. ``weak``: uses too common among all
    medicines to tell two apart."""

    kinds: frozenset[str] = frozenset(("opposite", "swapped", "term", "medicine"))
    weak: frozenset[str] = frozenset()


class Side(msgspec.Struct, frozen=True):
    """A word in its forms, and the words that explain it or belong to it."""

    forms: tuple[str, ...]
    context: tuple[str, ...]


class Pair(msgspec.Struct, frozen=True):
    """Two words that are taken for one another. In a ``swapped`` pair the contexts are those a side must not have."""

    kind: str
    sides: tuple[Side, Side]
    confidence: str = "medium"
    wrong: tuple[str, ...] = ()


class Table(msgspec.Struct, frozen=True):
    """The table ``confusables``."""

    contrast: tuple[str, ...]
    pairs: tuple[Pair, ...]


class Mixup(msgspec.Struct, frozen=True):
    """What finds one word used for another: its own words, those of the other, and the pattern that binds them."""

    pattern: Rare
    own: re.Pattern[str] | None
    other: re.Pattern[str]
    instead: str


_EXPLAINS = (
    r"(?:,? \((?:or |also called |i\.e\.,? )?|, (?:or|also called|also known as|that is|meaning|which means|which is|i\.e\.),? |"
    r" (?:means|is|refers to|is when|is called|, or) )(?:a |an |the |when |where |your |having |very |abnormally |unusually |often |usually |caused by ){0,2}"
)
_NAMES = r"(?: \((?:or |also called |called |known as )?|, (?:or|called|also called|known as|also known as) )(?:a |an |the )?"
_CLASS = r"(?:,? \(|, | is | are )(?:a|an|the|another|one of the) (?:[\w-]+ ){0,2}"
_USE = r",? (?:\w+ ){0,2}(?:for|to treat|treats|to control|used in|against) (?:[\w'-]+ ){0,2}"
_LISTS = r"s?,? (?:such as|like|including|called|medicine|medicines|medication|drug|drugs) (?:\w+ (?:and|or) )?"
_NEAR = 300
"""How far within its sentence a word of contrast is looked for, in characters."""
_NEGATED = re.compile(r"\b(?:not|never|isn't|aren't|don't|no|unlike|cannot|can't)\b")


def triggers(options: Options) -> frozenset[str]:
    """The words of the pairs: where none occurs, there is nothing to judge."""
    pairs = _pairs(options.kinds)
    phrases = (phrase.lower() for pair, _ in pairs for phrase in pair.wrong)
    return frozenset(phrases).union(*(forms for _, forms in pairs))


def run(facts: Facts, rule: Rule, options: Options) -> Iterable[Hit]:
    """Yield every phrase in which one of a pair stands with what belongs to the other."""
    taken: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for pair, forms in _pairs(options.kinds):
        for block in facts.blocks_with(forms, rule.zones):
            if pair.wrong:
                yield from _phrases(block, pair, taken[block.index])
            for mixup in mixups(pair, options.weak):
                yield from _found(block, mixup, taken[block.index])


def _phrases(block: Block, pair: Pair, taken: list[tuple[int, int]]) -> Iterator[Hit]:
    for match in re.finditer(rf"\b(?:{_any(pair.wrong)})\b", block.lower):
        taken.append(match.span())
        one, other = (side.forms for side in pair.sides)
        wrong = next(
            (form for form in (*one, *other) if re.search(rf"\b{re.escape(form.lower())}\b", match[0])), one[0]
        )
        right = other[0] if wrong in one else one[0]
        yield Hit(block.span(*match.span()), {"word": wrong, "instead": right})


def _found(block: Block, mixup: Mixup, taken: list[tuple[int, int]]) -> Iterator[Hit]:
    matches = list(mixup.pattern.finditer(block.lower))
    if not matches or mixup.other.search(block.lower):
        return  # the page compares the two
    for match in matches:
        start, end = match.span()
        sentence = block.sentence_at(start)
        text = block.lower[max(sentence.start, start - _NEAR) : min(sentence.end, end + _NEAR)]
        if any(start < high and low < end for low, high in taken):
            continue
        if (mixup.own and mixup.own.search(text)) or _contrast().search(text) or _NEGATED.search(match[0]):
            continue
        taken.append((start, end))
        yield Hit(block.span(start, end), {"word": match["form"], "instead": mixup.instead})


@cache
def _pairs(kinds: frozenset[str]) -> tuple[tuple[Pair, frozenset[str]], ...]:
    """Each pair of one of ``kinds`` with its words in lower case."""
    return tuple(
        (pair, frozenset(form.lower() for side in pair.sides for form in side.forms))
        for pair in _table().pairs
        if pair.kind in kinds
    )


@cache
def _contrast() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_any(word for word in _table().contrast if word != 'or')})(?!\w)")


@cache
def mixups(pair: Pair, weak: frozenset[str]) -> tuple[Mixup, ...]:
    """The patterns of ``pair``: each side with what explains, or is the use of, the other."""
    found = []
    for side, other in (pair.sides, pair.sides[::-1]):
        swapped = pair.kind == "swapped"
        contexts = side.context if swapped else other.context
        form = rf"\b(?P<form>{_any(side.forms)})\b"
        for relation in _relations(pair, form, contexts, weak):
            found.append(
                Mixup(
                    Rare(relation),
                    None if swapped else re.compile(rf"\b(?:{_any(side.context)})"),
                    re.compile(rf"\b(?:{_any(other.forms)})\b"),
                    other.forms[0],
                )
            )
    return tuple(found)


def _relations(pair: Pair, form: str, contexts: tuple[str, ...], weak: frozenset[str]) -> Iterator[str]:
    gloss = rf"(?:{_any(contexts)})(?!\w)"
    strong = [context for context in contexts if context not in weak]
    if pair.kind == "medicine":
        yield rf"{form}{_CLASS}{gloss}"
        yield rf"\b{gloss} {form}"
        yield rf"\b{gloss}{_LISTS}{form}"
        if strong:
            yield rf"{form}{_USE}(?:{_any(strong)})(?!\w)"
        return
    yield rf"{form}{_EXPLAINS}{gloss}"
    yield rf"\b{gloss}{_NAMES}{form}"
    if pair.kind == "term" and pair.confidence == "high" and strong:
        yield rf"\b(?:{_any(strong)}) {form}"
        yield rf"{form} (?:{_any(strong)})(?!\w)"


def _any(texts: Iterable[str]) -> str:
    return "|".join(re.escape(text.lower()) for text in sorted(texts, key=len, reverse=True))


def _table() -> Table:
    table: Table = data.table("confusables", Table)
    return table
