"""Sentences that run into the next one, or end a paragraph, without a stop."""

import re
from collections.abc import Iterable, Iterator

import msgspec

from medlint.document import Block, Kind, Zone
from medlint.facts import Facts
from medlint.finding import Edit, Fix, Hit, Safety
from medlint.lexicon import word_classes
from medlint.rule import Rule


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab", omit_defaults=True):
    """``openers``: words that begin a sentence when a comma follows. ``subjects`` and ``verbs``: pairs of words that
    begin one. ``least_words``: the last sentence of a paragraph is held to a stop from this length on."""

    openers: tuple[str, ...]
    subjects: tuple[str, ...]
    verbs: tuple[str, ...]
    least_words: int = 8


_RUNNING = (Kind.PARAGRAPH, Kind.ITEM, Kind.QUOTE, Kind.NOTE)
_LAST_WORD = re.compile(r"[a-z0-9][\w'%-]*\)?\Z")
AFTER_QUOTE = "If This These That When While The It You They We There However In For But Some Many Most Your Talk Ask Call".split()
STRAY = re.compile(rf"(?P<last>[a-z]+)(?P<quote>[\"”“]) (?P<next>{'|'.join(AFTER_QUOTE)})\b")
"""A closing quotation mark between two sentences without a stop; ``pairs`` leaves a stray one there to this check."""


def run(facts: Facts, rule: Rule, options: Options) -> Iterable[Hit]:
    """Yield each place where a stop is missing between two sentences or after the last one of a paragraph."""
    begins = "".join(sorted({re.escape(word[:1]) for word in (*options.openers, *options.subjects)})) or "A-Z"
    between = re.compile(
        rf" (?=[{begins}])(?<=[\w)] )(?P<next>(?:{'|'.join(options.openers)})(?=,)|"
        rf"(?:{'|'.join(options.subjects)}) (?:{'|'.join(options.verbs)})\b)"
    )
    blocks = [block for block in facts.document.prose(rule.zones) if block.kind in _RUNNING]
    for block in blocks:
        yield from _between(block, between, options)
        if '"' in block.plain:
            yield from _after_quote(block)
    yield from _at_the_end(blocks, facts, options)


def _between(block: Block, pattern: re.Pattern[str], options: Options) -> Iterator[Hit]:
    for match in pattern.finditer(block.plain):
        stop, end = match.span()
        last = _LAST_WORD.search(block.plain, max(stop - 40, 0), stop)
        if (
            last is None
            or (last.start() and not block.plain[last.start() - 1].isspace())
            or not block.editable(last.start(), end)
        ):
            continue  # a name, or words that are apart on the page: a link, a label, a line of its own
        sure = match["next"] in options.openers and last[0][-1].isalpha()
        fix = Fix((Edit(block.span(stop, stop), "."),), Safety.SAFE if sure else Safety.UNSAFE)
        yield Hit(block.span(last.start(), end), {"last": last[0], "next": match["next"]}, fix=fix)


def _after_quote(block: Block) -> Iterator[Hit]:
    for match in STRAY.finditer(block.plain):
        stop = match.start("quote")
        stray = block.plain.count('"', 0, stop) % 2 == 0
        edit = Edit(block.span(stop, stop + 1 if stray else stop), ".")
        safety = Safety.UNSAFE if block.editable(*match.span()) else Safety.DISPLAY
        yield Hit(block.span(*match.span()), {"last": match["last"], "next": match["next"]}, fix=Fix((edit,), safety))


def _at_the_end(blocks: list[Block], facts: Facts, options: Options) -> Iterator[Hit]:
    everything = facts.document.blocks
    for block in blocks:
        text = block.plain
        if (
            block.kind is not Kind.PARAGRAPH
            or block.zone is not Zone.BODY
            or block.element.tag != "p"
            or not text[-1:].isalpha()
        ):
            continue
        last = block.sentences[-1]
        if len(block.sentences) < 2 or "\n" in text or any(i.end >= len(text) for i in block.inlines):
            continue
        following = everything[block.index + 1] if block.index + 1 < len(everything) else None
        if following is not None and following.kind not in (Kind.PARAGRAPH, Kind.HEADING):
            continue  # it leads into a list, a table or a picture
        words = [text[a:b].lower() for a, b in block.words if a >= last.start]
        if len(words) >= options.least_words and text[last.start].isupper() and _is_clause(words):
            end = len(text)
            start = block.words[-1][0]
            fix = Fix((Edit(block.span(end, end), "."),), Safety.UNSAFE)
            yield Hit(block.span(start, end), {"last": words[-1]}, "end", fix)


def _is_clause(words: list[str]) -> bool:
    """Whether some word can only be a verb that has its subject: a form of be, have or can, or a listed verb form."""
    return any(word in word_classes.AUXILIARIES or word_classes.only(word, "zt") for word in words)
