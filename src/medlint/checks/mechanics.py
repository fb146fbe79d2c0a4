"""Residue of writing and converting: doubled words and dashes, invisible characters, mojibake, template leftovers."""

import re
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice
from operator import eq

import msgspec

from medlint.document import Block, Kind, Zone
from medlint.facts import Facts
from medlint.finding import Edit, Fix, Hit, Safety
from medlint.matching import holds_any
from medlint.rule import Rule
from medlint.source import Span


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab", omit_defaults=True):
    """``repeatable``: words that may rightly stand twice in a row. ``particle_verbs``: verbs after whose particle the
    same preposition may follow ("log in in person"). ``leftovers``: patterns of text that a template or an author left
    to be filled; ``whole``: texts that are leftovers where they are all a block says. Patterns heed case.
    ``least_spaces``: how many misplaced runs of non-breaking spaces a page may not reach."""

    repeatable: frozenset[str]
    particle_verbs: frozenset[str]
    leftovers: tuple[str, ...]
    whole: tuple[str, ...] = ()
    least_spaces: int = 3


_DOUBLED = re.compile(r"(?<![\w'’-])(?P<word>[^\W\d_]+)(?P<again>[ \u00a0]+(?P=word))(?![\w'’-])", re.IGNORECASE)
_DASH_PAIRS = ("--", "––", "——", "–—", "—–")
_DASHES = re.compile(r"[–—]{2,}")
_DASHES_OR_HYPHENS = re.compile(r"[–—]{2,}|(?<=[^\W\d_])--(?=[^\W\d_])")
_NO_BREAK_RUN = re.compile(r"(?=[ \u00a0])(?:(?:\u00a0 ?){2,}|(?<=[.!?,;:]) ?\u00a0(?: ?\u00a0)* (?=\w))")
_GLUED = re.compile(
    r"[.!?](?<=[a-z]{3}.)(?=(?:The|This|These|It|If|You|Your|In|For|They|We|There|When|Some|Most|But|However) ?[a-z])"
)
_INVISIBLE = re.compile("[\u200b\u200e\u200f\u2060\ufeff\u202a-\u202e\u2066-\u2069]")
_INVISIBLE_ENTITY = re.compile(
    "&(?:ZeroWidthSpace|lrm|rlm|NoBreak);"
    "|&#(?:0*(?:820[367]|823[4-8]|8288|829[4-7]|65279)|[xX]0*(?:200[bBeEfF]|202[a-eA-E]|206[06-9]|[fF][eE][fF][fF]))(?![0-9a-fA-F]);?"
)
_OVERRIDES = re.compile("[\u202d\u202e]|&#(?:0*823[78]|[xX]0*202[dDeE])")
_RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff]")
_GARBLED = re.compile("[âÃÂï\ufffd]")
_MOJIBAKE = re.compile(r"(?:â€[\u0080-\uffff]|Ã[\u0080-\u00bf\u2018-\u203a€šžœŸŽŠŒ]|Â[\u00a0-\u00bf]|ï»¿)+|\ufffd+")
_LOOK_ALIKES = dict(
    zip("аеорсухіјѕԁһАВЕКМНОРСТХІЈЅΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "aeopcyxijsdhABEKMHOPCTXIJSABEZHIKMNOPTYXo", strict=True)
)
_LOOK_ALIKE = re.compile(rf"[{''.join(_LOOK_ALIKES)}]")
_MIXED = re.compile(rf"\b(?=\w*[A-Za-z]{{2}})\w*[{''.join(_LOOK_ALIKES)}]\w*")
_LEFTOVER_MARKS = ("[", "{", "$", "%", "<", "TODO", "FIXME", "TKTK", "ipsum", "dolor")
_PROSE = frozenset((Zone.TITLE, Zone.BODY, Zone.CALLOUT, Zone.DISCLAIMER))


def run(facts: Facts, rule: Rule, options: Options) -> Iterable[Hit]:
    """Yield what is left over. Invisible characters and spaces are reported once a page, with one fix for all."""
    blocks = facts.document.prose(rule.zones)
    # Markdown processors make one dash of two hyphens.
    dashes = _DASHES if facts.document.format == "markdown" else _DASHES_OR_HYPHENS
    leftover = re.compile("|".join(f"(?:{pattern})" for pattern in options.leftovers))
    for block in blocks:
        text = block.text
        if block.zone in _PROSE:
            spelt = block.lower.split()
            if any(map(eq, spelt, islice(spelt, 1, None))):  # the pattern is slow, and few blocks have a word twice
                yield from _doubled(block, options)
            if _GLUED.search(text):
                yield from _unspaced(block)
            if holds_any(text, _DASH_PAIRS):
                yield from _each(block, dashes, "dashes", lambda _: "—")
        if not text.isascii():
            if _GARBLED.search(text):
                yield from _each(block, _MOJIBAKE, "mojibake", _decoded)
            if _LOOK_ALIKE.search(text):
                yield from _each(block, _MIXED, "look-alike", _in_latin, Safety.UNSAFE)
        if holds_any(text, _LEFTOVER_MARKS):
            yield from _each(block, leftover, "leftover", None)
        if text.strip() in options.whole and block.kind is not Kind.LABEL:
            yield Hit(block.span(), {}, "leftover")
    yield from _gathered(
        _no_break_runs(block for block in blocks if block.zone in _PROSE), "no-break-spaces", options.least_spaces
    )
    yield from _gathered(_invisible(facts, blocks), "invisible", 1)


def _doubled(block: Block, options: Options) -> Iterator[Hit]:
    for match in _DOUBLED.finditer(block.text):
        word = match["word"].lower()
        first, second = match["word"], match["again"].strip()
        if (
            word in options.repeatable
            or (second[0].isupper() and not first.isupper())
            or (first.isupper() and len(first) > 1)
        ):
            continue
        before = block.lower[: match.start()].rsplit(None, 1)
        if before and before[-1] in options.particle_verbs:
            continue
        yield _hit(block, *match.span(), "doubled", (*match.span("again"), ""), {"word": first})


def _unspaced(block: Block) -> Iterator[Hit]:
    for match in _GLUED.finditer(block.text):
        end = match.end()
        if block.editable(match.start() - 1, end + 1):
            yield _hit(block, match.start() - 1, end + 1, "unspaced", (match.start(), end, match[0] + " "), {})


def _each(
    block: Block,
    pattern: re.Pattern[str],
    variant: str,
    mend: Callable[[str], str] | None,
    safety: Safety = Safety.SAFE,
) -> Iterator[Hit]:
    for match in pattern.finditer(block.text):
        mended = mend(match[0]) if mend else None
        fix = None if mended is None or mended == match[0] else (*match.span(), mended)
        yield _hit(block, *match.span(), variant, fix, {"replacement": mended or ""}, safety)


def _hit(
    block: Block,
    start: int,
    end: int,
    variant: str,
    change: tuple[int, int, str] | None,
    fields: dict[str, str],
    safety: Safety = Safety.SAFE,
) -> Hit:
    fix = None
    if change is not None:
        begin, finish, replacement = change
        fix = Fix(
            (Edit(block.span(begin, finish), replacement),), safety if block.editable(start, end) else Safety.DISPLAY
        )
    return Hit(block.span(start, end), fields, variant, fix)


def _decoded(text: str) -> str:
    """``text`` as it was before UTF-8 was read as windows-1252, or unchanged where that cannot be told."""
    try:
        return text.encode("cp1252").decode("utf-8")
    except UnicodeError:
        return text


def _in_latin(word: str) -> str:
    return "".join(_LOOK_ALIKES.get(letter, letter) for letter in word)


def _no_break_runs(blocks: Iterable[Block]) -> Iterator[Edit]:
    for block in blocks:
        if "\u00a0" in block.text:
            for match in _NO_BREAK_RUN.finditer(block.text):
                start, end = match.span()
                if block.editable(start, end):
                    yield Edit(block.span(start, end), " ")


def _invisible(facts: Facts, blocks: Iterable[Block]) -> Iterator[Edit]:
    """The characters that no reader sees, in the source of the blocks: their text is already free of them.

    Direction marks belong in a text of both directions, but for overrides, which show words backwards; zero-width spaces
    beside a slash or dot break long addresses.
    """
    source = facts.document.source.text
    for block in blocks:
        if not block.segments:
            continue
        start, end = block.segments[0].source, block.segments[-1].source_end
        found: Iterator[re.Match[str]] = _INVISIBLE_ENTITY.finditer(source, start, end)
        if not source[start:end].isascii():
            found = chain(_INVISIBLE.finditer(source, start, end), found)
        for match in found:
            around = source[match.start() - 1 : match.start()] + source[match.end() : match.end() + 1]
            apart = _RIGHT_TO_LEFT.search(block.text) or holds_any(around, "/._@-")
            if _OVERRIDES.match(match[0]) or not apart:
                yield Edit(Span(*match.span()), "")


def _gathered(edits: Iterator[Edit], variant: str, least: int) -> Iterator[Hit]:
    """One hit for all ``edits`` where there are at least so many, at the first of them."""
    found = tuple(sorted(dict.fromkeys(edits)))
    if len(found) >= least:
        yield Hit(found[0].span, {"count": str(len(found))}, variant, Fix(found, Safety.SAFE))
