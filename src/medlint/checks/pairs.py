"""Quotation marks and brackets that open and do not close, or close what nothing opened."""

import re
from collections.abc import Iterable, Iterator, Sequence

import msgspec

from medlint.checks.run_on import STRAY
from medlint.document import Block, Kind
from medlint.facts import Facts
from medlint.finding import Hit
from medlint.rule import Rule


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab", omit_defaults=True):
    """``reach``: how many blocks later a pair may close, for quotations of several paragraphs and bracketed lists."""

    reach: int = 12


class Lone(msgspec.Struct, frozen=True):
    """A mark without its partner: its place, and whether it opens."""

    offset: int
    mark: str
    opens: bool


_ENDED = re.compile(r"[.!?…:;][\"”)\]]*\s*\Z")
_CLOSING = {")": "(", "]": "["}
_MOST = 300
"""A page with more lone marks is no prose."""
_MARKS = re.compile(r"[()\[\]\"“”„‟]")
# "a)", "1)", "iv)" at the start of an item or after a comma number a list; ":)" and ":(" are faces.
_LIST_MARK = re.compile(r"(?:\A|[\s(;:,])(?:[a-zA-Z]|[ivx]{1,4}|\d{1,2})\Z")
_FACE = re.compile(r"[:;=]['-]?\Z")
_CODE = re.compile(r"\s*[{<]?\s*([\"'])[\w-]+\1\s*:")
_WORD_BEFORE = re.compile(r"[a-z]*\Z")
_MEASURE = re.compile(r"\d\Z")


def run(facts: Facts, rule: Rule, options: Options) -> Iterable[Hit]:
    """Yield every mark without a partner that no neighbouring block supplies."""
    blocks = [block for block in facts.document.prose(rule.zones) if block.kind is not Kind.LABEL]
    lone = [
        (index, block, mark) for index, block in enumerate(blocks) if _MARKS.search(block.text) for mark in _lone(block)
    ]
    for index, block, mark in lone[:_MOST]:
        if not _partner(index, block, mark, lone, blocks, options.reach):
            variant = "closes" if not mark.opens else "opens" if _ENDED.search(block.text) else "cut-off"
            yield Hit(block.span(mark.offset, mark.offset + 1), {"mark": mark.mark}, variant)


def _lone(block: Block) -> Iterator[Lone]:
    """The marks of ``block`` without a partner in it."""
    text = block.text
    if _CODE.match(text):
        return
    brackets: list[Lone] = []
    quotes: list[Lone] = []
    for match in _MARKS.finditer(text):
        mark, offset = match[0], match.start()
        if mark in "([":
            if not _FACE.search(text, max(offset - 2, 0), offset):
                brackets.append(Lone(offset, mark, True))
        elif mark in ")]":
            if brackets and brackets[-1].mark == _CLOSING[mark]:
                brackets.pop()
            elif not _numbers_a_list(text, offset) and not _FACE.search(text, max(offset - 2, 0), offset):
                yield Lone(offset, mark, False)
        elif mark != '"' or not _MEASURE.search(text, max(offset - 1, 0), offset) or quotes:
            opens = _opens(text, offset, mark, bool(quotes))
            if opens:
                quotes.append(Lone(offset, mark, True))
            elif quotes:
                quotes.pop()
            elif not STRAY.match(text, _word_start(text, offset)):
                yield Lone(offset, mark, False)
    yield from brackets
    yield from quotes


def _opens(text: str, offset: int, mark: str, inside: bool) -> bool:
    """Whether a quotation mark opens: by the space around it, else by its shape, else by what is open.

    A curly mark turned the wrong way is a slip of typing, not a missing half.
    """
    before, after = text[offset - 1 : offset], text[offset + 1 : offset + 2]
    after_word = bool(before) and not before.isspace() and before not in "([—–-/"
    before_word = bool(after) and not after.isspace() and after not in ".,;:!?)]—–"
    if after_word != before_word:
        return before_word
    return mark in "“„" if mark != '"' else not inside


def _word_start(text: str, end: int) -> int:
    return end - len(_WORD_BEFORE.search(text, max(end - 30, 0), end)[0])  # type: ignore[index]


def _numbers_a_list(text: str, offset: int) -> bool:
    return _LIST_MARK.search(text, max(offset - 6, 0), offset) is not None


def _partner(
    index: int, block: Block, mark: Lone, lone: Sequence[tuple[int, Block, Lone]], blocks: Sequence[Block], reach: int
) -> bool:
    """Whether a mark in a neighbouring block is the other half, or each paragraph of a long quotation opens anew."""
    for other_index, other_block, other in lone:
        distance = other_index - index if mark.opens else index - other_index
        if (
            other_block is not block
            and 0 < distance <= reach
            and other.opens != mark.opens
            and _kin(mark.mark) == _kin(other.mark)
        ):
            return True
    if mark.opens and _kin(mark.mark) == '"' and mark.offset <= 1:
        following = blocks[index + 1] if index + 1 < len(blocks) else None
        return following is not None and following.text[:1] in ('"', "“")
    return False


def _kin(mark: str) -> str:
    return {")": "(", "]": "["}.get(mark, mark if mark in "([" else '"')
