"""The three laws of positions, as functions that say what breaks them."""

from __future__ import annotations

import html
import random
import re
from collections.abc import Iterator
from unicodedata import normalize

from medlint.document import Block, Kind
from medlint.readers import HTML, read
from medlint.readers.metadata import FRONT_MATTER
from medlint.source import Source
from tests.laws.recorder import ranges

_SPACE = re.compile(r"[ \t\r\n\f\v]+")  # with what the Markdown parser takes for blank
_IGNORED = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\0]")
_MARKED = re.compile("[^\\W\\d_][\u0300-\u036f]+")
_LIGATURES = {
    "\ufb00": "ff",
    "\ufb01": "fi",
    "\ufb02": "fl",
    "\ufb03": "ffi",
    "\ufb04": "ffl",
    "\ufb05": "st",
    "\ufb06": "st",
}


def tiling(text: str, format: str) -> Iterator[str]:
    """The calls of a reader partition the source: no gap, no overlap."""
    position = 0
    for start, end in ranges(text, format):
        if start != position or end < start:
            yield f"at {position}: the next call covers {start} to {end}: {text[position : position + 40]!r}"
            return
        position = end
    if position != len(text):
        yield f"the last {len(text) - position} characters are not accounted for"


def decode(source: Source, block: Block, format: str) -> Iterator[str]:
    """Every character of a block's text is the decoding of the source characters that its span names."""
    previous = None
    for segment in block.segments:
        shown = block.text[segment.start : segment.end]
        raw = source.text[segment.source : segment.source_end]
        if segment.literal:
            if raw != shown:
                yield f"{shown!r} is not {raw!r}"
        elif shown == "\ufffc":
            pass  # code, an image or template syntax
        elif not _decodes(raw, shown, format):
            yield f"{shown!r} is not what {raw!r} means"
        if previous is not None and (segment.start != previous.end or segment.source < previous.source_end):
            yield f"segments are out of order at {segment}"
        previous = segment
    if block.segments and block.segments[-1].end != len(block.text):
        yield f"the map ends at {block.segments[-1].end} of {len(block.text)}"


def _decodes(raw: str, shown: str, format: str) -> bool:
    if format == FRONT_MATTER:
        return True  # folded, quoted and escaped by the rules of three languages
    if shown in (" ", "\n") and (_SPACE.fullmatch(raw) or re.match(r"(?i)</?br|\\\n?| *\n|  +", raw)):
        return True
    if raw in _LIGATURES:
        return shown == _LIGATURES[raw]
    if _MARKED.fullmatch(raw):
        return shown in (normalize("NFC", raw), raw[0])
    if html.unescape(raw) == shown or html.unescape(raw).replace("\0", "\ufffd") == shown:
        return True
    if _LIGATURES.get(html.unescape(raw)) == shown:
        return True
    if format == HTML:
        # A numeric reference to a control character or surrogate means what the WHATWG table says.
        return raw.startswith("&#")
    return raw.replace("\0", "\ufffd") == shown or (raw.startswith("[^") and shown == f"[{raw[2:-1].strip()}]")


def round_trip(source: Source, format: str, random_: random.Random) -> Iterator[str]:
    """A word replaced through its span is, when the text is read again, exactly the new word in the same block."""
    document = read(source, format)
    blocks = [block for block in document.blocks if block.words and block.kind not in (Kind.ALT, Kind.DESCRIPTION)]
    for block in random_.sample(blocks, min(3, len(blocks))):
        start, end = random_.choice(block.words)
        if not block.editable(start, end):
            continue
        span = block.span(start, end)
        changed = source.text[: span.start] + "zqword" + source.text[span.end :]
        again = read(Source(changed, source.name), format)
        expected = block.text[:start] + "zqword" + block.text[end:]
        if not any(other.text == expected for other in again.blocks):
            yield f"replacing {block.text[start:end]!r} in {block.text[:60]!r} is lost"
