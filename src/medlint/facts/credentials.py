"""Letters and titles after a name: which there are, and what they show of a person's training (rules/data/credentials)."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from medlint import kept
from medlint.data import table


class _Token(msgspec.Struct, frozen=True):
    token: str
    forms: tuple[str, ...] = ()
    why: str = ""


class _Group(msgspec.Struct, frozen=True):
    id: str
    name: str
    tokens: tuple[_Token, ...]
    titles: tuple[str, ...]


class _Combination(msgspec.Struct, frozen=True):
    group: str
    all: tuple[str, ...]
    titles: tuple[str, ...]


class _Cities(msgspec.Struct, frozen=True):
    state: str
    names: tuple[str, ...]


class _Table(msgspec.Struct, frozen=True):
    groups: tuple[_Group, ...]
    combinations: tuple[_Combination, ...]
    insufficient: tuple[_Token, ...]
    insufficient_titles: tuple[str, ...]
    cities: tuple[_Cities, ...]


class Credential(msgspec.Struct, frozen=True):
    """Letters or a title: as written, as the table calls it, and the group it belongs to.

    ``group`` is empty for what shows no clinical training by itself; ``why`` then says what it does show. Letters that
    the table does not know have an empty ``token``.
    """

    written: str
    token: str
    group: str
    why: str = ""


class _Vocabulary(NamedTuple):
    letters: Mapping[str, Credential]
    titles: Mapping[str, Credential]
    title_words: frozenset[str]
    group_names: Mapping[str, str]
    cities: Mapping[str, frozenset[str]]


_LETTERS = re.compile(r"[A-Za-z][A-Za-z.]*(?:[-/][A-Za-z0-9]+)*(?:\([A-Za-z]{1,5}\))?")
_LOOKS_LIKE_LETTERS = re.compile(r"(?=(?:[^A-Z]*[A-Z]){2})[A-Za-z][A-Za-z.\-/]{1,11}")
_GLUED = re.compile(r"(?<=[A-Za-z.])(?=[A-Z][a-z]{2})")
_BETWEEN = re.compile(r"[\s,/&(·•]{1,4}|\s?[–-]\s?")
_FURTHER = re.compile(r",?\s([A-Z][A-Za-z.]*)")
_ZIP = re.compile(r"[\s,]+\d{5}\b")
_WORDS = re.compile(r"[\w'/-]+(?:\.(?=\w))?")
_LONGEST_TITLE = 5


@cache
def _vocabulary() -> _Vocabulary:
    return kept.value("letters and titles", _Vocabulary, _made, __file__)


def _made() -> _Vocabulary:
    data = table("credentials", _Table)
    letters: dict[str, Credential] = {}
    titles: dict[str, Credential] = {}
    for group in data.groups:
        for token in group.tokens:
            for form in (token.token, *token.forms):
                letters.setdefault(_bare(form), Credential(form, token.token, group.id))
        for title in group.titles:
            titles.setdefault(title.lower(), Credential(title, title, group.id))
    for token in data.insufficient:
        for form in (token.token, *token.forms):
            letters.setdefault(_bare(form), Credential(form, token.token, "", token.why))
    for title in data.insufficient_titles:
        titles.setdefault(title.lower(), Credential(title, title, "", "no clinical licence"))
    for combination in data.combinations:
        for title in combination.titles:
            titles.setdefault(title.lower(), Credential(title, title, "", "a title without a licence"))
    words = frozenset(word for title in titles for word in title.split())
    cities: dict[str, set[str]] = {}
    for row in data.cities:
        for city in row.names:
            cities.setdefault(city.lower(), set()).add(row.state)
    return _Vocabulary(
        letters,
        titles,
        words,
        {group.id: group.name for group in data.groups},
        {c: frozenset(s) for c, s in cities.items()},
    )


def _bare(form: str) -> str:
    return re.sub(r"[.,\s]", "", form)


def title_words() -> frozenset[str]:
    """The words that titles are made of, in lower case."""
    return _vocabulary().title_words


def group_name(group: str) -> str:
    """What a credential group is called."""
    return _vocabulary().group_names.get(group, group)


def letters(written: str) -> Credential | None:
    """The credential that ``written`` is, letter for letter but for full stops and spaces; None if it is none known."""
    return _vocabulary().letters.get(_bare(written))


def is_place(name: str, token: str) -> bool:
    """Whether ``name, token`` is a town and its state, as in "Baltimore, MD"."""
    return token in _vocabulary().cities.get(name.lower(), ())


def is_city(name: str) -> bool:
    """Whether ``name`` is a larger town of the United States, or one of its states' namesakes (New York)."""
    return name.lower() in _vocabulary().cities


def after_name(text: str, position: int, end: int) -> tuple[tuple[Credential, ...], int]:
    """The letters that follow a name ending at ``position``, set off by commas, spaces or brackets, and where they end.

    Known letters are taken as they come; unknown ones only if they look the part and stand after a comma or a known
    one. A number of five digits after them makes the last one a state.
    """
    found: list[Credential] = []
    stop = position
    while between := _BETWEEN.match(text, stop, end):
        match = _LETTERS.match(text, between.end(), end)
        if match is None:
            break
        written, finish, known = _longest(text, match, end)
        if (
            known is None
            and (found or "," in between[0] or "(" in between[0])
            and _LOOKS_LIKE_LETTERS.fullmatch(written)
        ):
            known = Credential(written, "", "")
        if known is None or _ZIP.match(text, finish, end):
            break
        if written.endswith(".") and "." not in written[:-1]:
            written, finish = written[:-1], finish - 1
        found.append(replace(known, written=written))
        stop = finish
        if stop < end and text[stop] == ")":
            stop += 1
    while len(found) > 1 and not found[-1].token and any(item.token for item in found):
        found.pop()  # an employer's letters more often than a degree's
    return tuple(found), stop


def _longest(text: str, match: re.Match[str], end: int) -> tuple[str, int, Credential | None]:
    """The letters at ``match``, with those after it where they are one degree together ("MB BS", "MB, BCh, BAO")."""
    stops = [match.end()]
    while len(stops) < 3 and (further := _FURTHER.match(text, stops[-1], end)):
        stops.append(further.end())
    for stop in reversed(stops):
        written = text[match.start() : stop]
        if known := letters(written) or letters(written.rstrip(".")):
            return written, stop, known
    for glued in _GLUED.finditer(match[0]):  # lost markup: "MDDirector"
        if known := letters(match[0][: glued.start()]):
            return match[0][: glued.start()], match.start() + glued.start(), known
    return match[0], match.end(), None


def titles_in(text: str) -> Iterator[Credential]:
    """The titles in ``text`` ("board-certified cardiologist"), the longest at each place."""
    words = [match[0].lower() for match in _WORDS.finditer(text)]
    known = _vocabulary().titles
    index = 0
    while index < len(words):
        for length in range(min(_LONGEST_TITLE, len(words) - index), 0, -1):
            if credential := known.get(" ".join(words[index : index + length])):
                yield credential
                index += length - 1
                break
        index += 1


def read(written: Iterable[str]) -> tuple[Credential, ...]:
    """The credentials in texts such as "MD, FACP" and "Consultant cardiologist", as data and markup give them."""
    found: list[Credential] = []
    for text in written:
        known, _ = after_name(f",{text}", 0, len(text) + 1)
        found += (item for item in known if item.token)
        found += titles_in(text)
    return tuple(dict.fromkeys(found))


def whole(text: str) -> tuple[Credential, ...]:
    """The letters or the title that ``text`` consists of; none where it says anything else."""
    bare = text.strip(" ,.|()•·–-")
    known, stop = after_name(f",{bare}", 0, len(bare) + 1)
    if known and stop > len(bare):
        return known if any(item.token for item in known) else ()
    words = len(bare.split())
    found = tuple(titles_in(bare)) if 0 < words <= _LONGEST_TITLE and not re.search(r"[.!?:]", bare) else ()
    return found if sum(len(item.written.split()) for item in found) * 2 >= words else ()


def groups(credentials: Iterable[Credential]) -> frozenset[str]:
    """The clinical groups that ``credentials`` together show; empty if they show none."""
    credentials = tuple(credentials)
    found = {credential.group for credential in credentials if credential.group}
    held = {credential.token for credential in credentials}
    for rule in table("credentials", _Table).combinations:
        if held.issuperset(rule.all) and (not rule.titles or held & set(rule.titles)):
            found.add(rule.group)
    return frozenset(found)
