"""A run of prose while it is read: what a browser shows of source characters, and where each of them stood."""

from __future__ import annotations

import re
from html import unescape

from medlint.document import Segment

WHITE = " \t\n\r\f"
"""What HTML calls white space: a run of it shows as one space."""
_SPACE = re.compile(rf"[{WHITE}]+")
_REFERENCE = re.compile(r"&(?:#[0-9]+;?|#[xX][0-9a-fA-F]+;?|[A-Za-z][A-Za-z0-9]*;?)")
# What Unicode calls ignorable by default, and the null character, which browsers drop.
_INVISIBLE = (
    "\u0000\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f"
    "\ufeff\uffa0\ufff0-\ufffb\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_ANY_ODD = re.compile(f"[{_INVISIBLE}\ufb00-\ufb06\u0300-\u036f]")
_ODD = re.compile(rf"[{_INVISIBLE}]+|[\ufb00-\ufb06]|(?P<marked>[^\W\d_])?[\u0300-\u036f]+")
_LIGATURES = dict(
    zip("\ufb00\ufb01\ufb02\ufb03\ufb04\ufb05\ufb06", ("ff", "fi", "fl", "ffi", "ffl", "st", "st"), strict=True)
)
_ENDS = " \n"


class Prose:
    """Collects text with its white space collapsed, without invisible characters and with ligatures taken apart."""

    def __init__(self, raw: str) -> None:
        self._raw = raw
        self._pieces: list[str] = []
        self._segments: list[Segment] = []
        self._length = 0

    def words(self, start: int, end: int) -> None:
        """Source characters that mean themselves, but for white space."""
        raw = self._raw[start:end]
        if not raw.strip(WHITE):
            if self._pieces and raw:
                self._space(start, end, raw == " ")
        elif (raw.isascii() and "\0" not in raw) or not _ANY_ODD.search(raw):
            self._plain(raw, start)
        else:
            self._odd(raw, start)

    def decoded(self, text: str, start: int, end: int) -> None:
        """A character reference or escape, which means ``text``."""
        if _SPACE.fullmatch(text):
            self._space(start, end, False)
        elif _ANY_ODD.match(text) and (odd := _ODD.fullmatch(text)):
            if shown := _LIGATURES.get(text) or _composed(odd):
                self._append(shown, start, end, False)
        else:
            self._append(text, start, end, False)

    def value(self, start: int, end: int) -> None:
        """Source characters with references among them, as an attribute has them."""
        position = start
        for match in _REFERENCE.finditer(self._raw, start, end):
            self.words(position, match.start())
            self.decoded(unescape(match[0]), *match.span())
            position = match.end()
        self.words(position, end)

    def shown(self) -> str:
        """What was collected, without the space at its end."""
        return "".join(self._pieces).rstrip(_ENDS)

    def map_of(self, length: int) -> tuple[Segment, ...]:
        """The map of the first ``length`` characters of what was collected; the rest of it is dropped."""
        segments = self._segments
        while segments and segments[-1].start >= length:
            segments.pop()
        if segments and segments[-1].end > length:
            last = segments[-1]
            segments[-1] = Segment(last.start, length, last.source, last.source_end - (last.end - length), last.literal)
        return tuple(segments)

    def _plain(self, raw: str, start: int) -> None:
        if "  " not in raw and "\n" not in raw and "\t" not in raw and "\r" not in raw and "\f" not in raw:
            if raw[0] == " " and self._at_space():
                raw, start = raw[1:], start + 1
            self._append(raw, start, start + len(raw), True)
            return
        position = 0
        for match in _SPACE.finditer(raw):
            begin, end = match.span()
            if begin > position:
                self._append(raw[position:begin], start + position, start + begin, True)
            self._space(start + begin, start + end, match[0] == " ")
            position = end
        if position < len(raw):
            self._append(raw[position:], start + position, start + len(raw), True)

    def _odd(self, raw: str, start: int) -> None:
        position = 0
        for match in _ODD.finditer(raw):
            self.words(start + position, start + match.start())
            if shown := _LIGATURES.get(match[0]) or _composed(match):
                self._append(shown, start + match.start(), start + match.end(), False)
            position = match.end()
        self.words(start + position, start + len(raw))

    def _at_space(self) -> bool:
        return not self._pieces or self._pieces[-1][-1] in _ENDS

    def _space(self, start: int, end: int, literal: bool) -> None:
        if not self._at_space():
            self._append(" ", start, end, literal)

    def _append(self, text: str, start: int, end: int, literal: bool) -> None:
        begin = self._length
        self._length = finish = begin + len(text)
        self._pieces.append(text)
        segments = self._segments
        if literal and segments:
            last = segments[-1]
            if last.literal and last.source_end == start:
                segments[-1] = Segment(last.start, finish, last.source, end, True)
                return
        segments.append(Segment(begin, finish, start, end, literal))


def _composed(match: re.Match[str]) -> str:
    """A letter with its marks as one character, without those that it cannot take; nothing for invisible characters."""
    if not match["marked"]:
        return ""
    from unicodedata import normalize

    composed = normalize("NFC", match[0])
    return composed if len(composed) == 1 else match["marked"]
