"""Paragraphs that say again what an earlier one says, and articles that list themselves as further reading."""

import re
from collections.abc import Iterable, Iterator

import msgspec

from medlint.document import Block, Document, Kind, Zone
from medlint.facts import Facts
from medlint.finding import Hit, Related
from medlint.rule import Rule

_WANTED = re.compile(
    r"\b(?:988|911|999|112|116 123|helpline|lifeline|hotline|samaritans|emergency|doctor|gp|pharmacist|health ?care (?:provider|professional|team)|"
    r"(?:do not|don't|never) (?:stop|take|give|change)|not a substitute|learn more|read more|find out)\b"
)
_GRAM = 5
_KINDS = (Kind.PARAGRAPH, Kind.ITEM, Kind.QUOTE)


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab", omit_defaults=True):
    """``likeness``: the share of runs of five words that two paragraphs have in common (Jaccard index), from which they
    are near-duplicates; ``words``: shorter paragraphs may repeat."""

    likeness: float = 0.6
    words: int = 12


class _Passage(msgspec.Struct, frozen=True):
    block: Block
    grams: frozenset[tuple[str, ...]]


def run(facts: Facts, rule: Rule, options: Options) -> Iterable[Hit]:
    """Yield each later paragraph that nearly repeats an earlier one, and the article's own title among related posts."""
    if not facts.topic.health:
        return
    earlier: dict[tuple[str, ...], list[_Passage]] = {}
    for passage in _passages(facts.document, rule, options):
        first = _likest(passage, earlier, options.likeness)
        if first is not None:
            yield Hit(passage.block.span(), related=(Related(first.span(), "first"),))
            continue
        for gram in passage.grams:
            earlier.setdefault(gram, []).append(passage)
    yield from _self_listed(facts.document)


def _passages(document: Document, rule: Rule, options: Options) -> Iterator[_Passage]:
    for block in document.prose(rule.zones):
        if block.kind in _KINDS and len(block.spelt) >= options.words and not _WANTED.search(block.lower):
            words = block.spelt
            yield _Passage(block, frozenset(words[i : i + _GRAM] for i in range(len(words) - _GRAM + 1)))


def _likest(passage: _Passage, earlier: dict[tuple[str, ...], list[_Passage]], likeness: float) -> Block | None:
    """The earlier passage that shares enough of its runs of words, if any."""
    shared: dict[int, int] = {}
    for gram in passage.grams:
        for other in earlier.get(gram, ())[:8]:
            shared[other.block.index] = shared.get(other.block.index, 0) + 1
    for index, count in sorted(shared.items(), key=lambda item: (-item[1], item[0])):
        other = next(o for gram in passage.grams for o in earlier.get(gram, ()) if o.block.index == index)
        if count / (len(passage.grams) + len(other.grams) - count) >= likeness:
            return other.block
        break
    return None


def _self_listed(document: Document) -> Iterator[Hit]:
    title = document.title
    words = " ".join(title.lower.split()) if title else ""
    for block in document.blocks if len(words) > 15 else ():
        if block.zone is Zone.RELATED and not block.hidden and " ".join(block.lower.split()) == words:
            yield Hit(block.span(), variant="itself")
