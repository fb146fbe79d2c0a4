"""Where sentences end in health prose: decimals, doses, initials and abbreviations do not end one."""

from __future__ import annotations

import re
from collections.abc import Iterator

_ABBREVIATIONS = frozenset(
    (
        "dr mr mrs ms prof st jr sr vs approx dept fig no nos vol pp ed eds est inc ltd co etc al ca cf e.g i.e eg "
        "ie a.m p.m u.s u.k d.c ph.d m.d d.o r.n jan feb mar apr jun jul aug sep sept oct nov dec ave gov sen rep "
        "gen min max tab tabs cap caps"
    ).split()
)
# These end a sentence as often as not, so the next word decides: a capital that opens a sentence.
_OPEN_ENDED = frozenset("etc a.m p.m u.s u.k inc ltd co al d.c ph.d m.d d.o r.n jr sr no ms max min ed".split())
_OPENERS = re.compile(
    r"(?:The|This|That|These|Those|It|If|In|You|Your|We|Our|They|Their|He|She|His|Her|A|An|And|But|So|Or|When|While|"
    r"For|To|Talk|Call|Ask|See|Take|Do|Don't|However|There|Some|Many|Most|Other|As|At|On|By|With|After|Before|Because)\b"
)
_STOP = re.compile(
    r"[.!?\u2026][.!?\u2026]*[)\]\"'\u201d\u2019]*(?:\[\d[\d,\s\-\u2013]*\]|[\u00b9\u00b2\u00b3\u2070-\u2079]+)?(?=\s|$|\ufffc)"
)
_LAST_WORD = re.compile(r"[A-Za-z](?:[A-Za-z.]*[A-Za-z])?$")


def split(text: str) -> Iterator[tuple[int, int]]:
    """Yield the (start, end) of each sentence of ``text``, surrounding spaces left out.

    A stop is a full stop, question or exclamation mark or ellipsis, with closing quotes and brackets, before a space
    or the end; not after a listed abbreviation or an initial, and not where the next word starts in lower case.
    """
    start, end = len(text) - len(text.lstrip()), len(text.rstrip())
    if start < end and not _MARK.search(text):  # as most labels and many headings
        yield start, end
        return
    yield from _at_stops(text, start, end)


_MARK = re.compile(r"[.!?\u2026]")


def _at_stops(text: str, begin: int, last: int) -> Iterator[tuple[int, int]]:
    start = 0
    for match in _STOP.finditer(text):
        end = match.end()
        following = end
        while following < last and text[following].isspace():
            following += 1
        if following < last:
            if text[following].islower() and text[match.start()] != "?":
                continue
            if match[0][:2] != ".." and match[0][0] == "." and _abbreviates(text, start, match.start(), following):
                continue
        if begin < end:
            yield begin, end
        start, begin = end, following
    if begin < last:
        yield begin, last


def _abbreviates(text: str, start: int, stop: int, following: int) -> bool:
    """Whether the full stop at ``stop`` belongs to an abbreviation, an initial or a list number."""
    before = text[max(start, stop - 12) : stop]
    last = before[before.rfind(" ") + 1 :]
    if len(last) > 1 and last.isalpha() and last.isascii():  # as nearly all
        return _is_abbreviation(last.lower(), text, following)
    word = _LAST_WORD.search(before)
    if word is None:
        # "1." at the start of a sentence numbers a list.
        return bool(re.fullmatch(r"\s*\d{1,2}", text[start:stop]))
    name = word[0]
    if len(name) == 1 and name.isupper():
        previous = before[: word.start()].rstrip()
        return name != "I" and not (
            previous[-7:].lower().endswith(("vitamin", "type", "hepatitis", "group", "plan", "part"))
        )
    return _is_abbreviation(name.lower(), text, following)


def _is_abbreviation(word: str, text: str, following: int) -> bool:
    if word in _OPEN_ENDED:
        return not _OPENERS.match(text, following)
    return word in _ABBREVIATIONS
