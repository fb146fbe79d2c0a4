"""The dated table of helplines, indexed by what a page can show of a line: digits, names, domains, phrases."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, cached_property

import msgspec

from medlint.data import table
from medlint.matching import Rare, Scanner

LONG = 8
"""From how many digits on a number is unmistakable, whatever stands around it."""


class Code(msgspec.Struct, frozen=True):
    """Where to send a text: the number, the published keyword and others that work."""

    code: str
    keyword: str = ""
    also: tuple[str, ...] = ()


class Line(msgspec.Struct, frozen=True):
    """A row of the table of lines; see its head for what each field means."""

    id: str
    name: str
    regions: tuple[str, ...]
    topics: tuple[str, ...]
    status: str
    confidence: str
    numbers: tuple[str, ...] = ()
    vanity: tuple[str, ...] = ()
    domains: tuple[str, ...] = ()
    accepted_names: tuple[str, ...] = ()
    rejected_names: tuple[str, ...] = ()
    text: Code | None = None
    chat: str = ""
    press: str = ""
    call: bool = True
    crisis: bool = True
    since: str = ""
    replaced_by: str = ""

    @property
    def answers(self) -> bool:
        """Whether someone in crisis reaches a person: not closed, no mere information, no old number left untested."""
        return self.crisis and (
            self.status == "current" or (self.status == "superseded" and self.confidence != "unverified")
        )


class Emergency(msgspec.Struct, frozen=True):
    """The emergency numbers of a region, the medical one first."""

    region: str
    numbers: tuple[str, ...]


class Phrase(msgspec.Struct, frozen=True):
    """A service known by its words and not by a number, with what became of it."""

    id: str
    phrase: str
    pattern: str
    line: str
    status: str
    says: str
    confidence: str
    near: tuple[str, ...] = ()
    within: int = 0


class Table(msgspec.Struct, frozen=True):
    """The table of lines."""

    lines: tuple[Line, ...]
    emergency: tuple[Emergency, ...]
    phrases: tuple[Phrase, ...]
    wide_domains: tuple[str, ...]
    countries: dict[str, tuple[str, ...]]


class Way(msgspec.Struct, frozen=True):
    """One way to reach one or more lines: a number to call, a code to text."""

    digits: str
    written: str
    lines: tuple[Line, ...]
    calls: bool


_TRUNK = {"uk": "44", "ie": "353", "au": "61", "nz": "64", "za": "27", "de": "49", "fr": "33", "nl": "31", "be": "32",
          "in": "91", "jp": "81", "my": "60", "it": "39", "fi": "358"}  # fmt: skip
_WORD = re.compile(r"[\w'&]+")
_LONGEST_NAME = 120
_KEYPAD = str.maketrans("abcdefghijklmnopqrstuvwxyz", "22233344455566677778889999")


class Directory:
    """The table, indexed by what a page can show of it."""

    def __init__(self, data: Table) -> None:
        self.table = data
        self.by_id: Mapping[str, Line] = {line.id: line for line in data.lines}
        self.emergency: dict[str, frozenset[str]] = {}
        for row in data.emergency:
            for number in row.numbers:
                self.emergency[number] = self.emergency.get(number, frozenset()) | {row.region}

    @cached_property
    def regions(self) -> frozenset[str]:
        """The countries of which the table knows lines and emergency numbers."""
        known = {region for line in self.table.lines for region in line.regions}
        return frozenset(row.region for row in self.table.emergency if row.region in known)

    @cached_property
    def ways(self) -> Mapping[str, Way]:
        """Every way by its digits, with and without country code."""
        lines: dict[str, dict[Line, None]] = {}
        calls: set[str] = set()
        written: dict[str, str] = {}
        for line in self.table.lines:
            for number in line.numbers:
                digits = digits_of(number)
                lines.setdefault(digits, {})[line] = None
                written.setdefault(digits, number)
                calls.add(digits)
            if line.text:
                digits = digits_of(line.text.code)
                lines.setdefault(digits, {})[line] = None
                written.setdefault(digits, line.text.code)
        found: dict[str, Way] = {}
        for digits, owners in lines.items():
            way = Way(digits, written[digits], tuple(owners), digits in calls)
            for spelling in _spellings(digits, {region for line in owners for region in line.regions}):
                found.setdefault(spelling, way)
        for line in self.table.lines:
            for letters in line.vanity:
                found.setdefault(digits_of(letters), found[digits_of(line.numbers[-1])])
        return found

    def near(self, digits: str) -> Iterator[Way]:
        """The ways that ``digits`` miss by one wrong, missing or superfluous digit, or by two swapped ones."""
        for i in range(len(digits)):
            yield from self._blurred.get(f"{digits[:i]}?{digits[i + 1 :]}", ())
            swapped = digits[:i] + digits[i + 1 : i + 2] + digits[i] + digits[i + 2 :]
            for other in (swapped, f"{digits[:i]}{digits[i + 1 :]}" if len(digits) > LONG else ""):
                if way := self.ways.get(other):
                    yield way
        yield from self._blurred.get(digits, ())

    @cached_property
    def _blurred(self) -> Mapping[str, tuple[Way, ...]]:
        """Ways by their digits with one unreadable, and those of long ones with one left out."""
        found: dict[str, tuple[Way, ...]] = {}
        for digits, way in self.ways.items():
            for i in range(len(digits)):
                keys = [f"{digits[:i]}?{digits[i + 1 :]}"]
                if len(digits) > LONG:
                    keys.append(digits[:i] + digits[i + 1 :])
                for key in keys:
                    if way not in found.get(key, ()):
                        found[key] = (*found.get(key, ()), way)
        return found

    @cached_property
    def domains(self) -> Mapping[str, tuple[Line, ...]]:
        """The lines that have a site of their own, by its domain."""
        found: dict[str, tuple[Line, ...]] = {}
        for line in self.table.lines:
            for domain in line.domains:
                if domain not in self.table.wide_domains:
                    found[domain] = (*found.get(domain, ()), line)
        return found

    def names_in(self, text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
        """The ranges of the names of lines, right and wrong ones, that begin between ``start`` and ``end``.

        The longest where several begin; a name of one word ("Mind", "Shout") only as the line writes it.
        """
        found: list[tuple[int, int]] = []
        start, finish = max(start, 0), len(text) if end is None else end
        if self._names.keys().isdisjoint(map(str.lower, _WORD.findall(text, start, finish))):
            return found
        lower = text[start : finish + _LONGEST_NAME].lower()
        for word in _WORD.finditer(text, start, finish):
            begin = word.start()
            if found and begin < found[-1][1]:
                continue
            for name, folded in self._names.get(word[0].lower(), ()):
                stop = begin + len(name)
                whole = lower.startswith(folded, begin - start) and not text[stop : stop + 1].isalnum()
                if whole and (" " in name or text[begin:stop] == name):
                    found.append((begin, stop))
                    break
        return found

    @cached_property
    def _names(self) -> Mapping[str, tuple[tuple[str, str], ...]]:
        """Names by their first word, the longest first, as written and in lower case."""
        found: dict[str, list[tuple[str, str]]] = {}
        for name in {n for line in self.table.lines for n in (*line.accepted_names, *line.rejected_names)}:
            if any(map(str.isalpha, name)) and len(name) > 3 and (first := _WORD.search(name.lower())):
                found.setdefault(first[0], []).append((name, name.lower()))
        return {first: tuple(sorted(names, key=lambda n: -len(n[0]))) for first, names in found.items()}

    @cached_property
    def phrases(self) -> tuple[tuple[Phrase, Rare], ...]:
        """The phrases with their patterns."""
        return tuple((row, Rare(row.pattern, re.IGNORECASE)) for row in self.table.phrases)

    @cached_property
    def scanner(self) -> Scanner:
        """Finds the domains and the literals of the phrases."""
        return Scanner((*self.domains, *(literal for _, pattern in self.phrases for literal in pattern.literals)))

    @cached_property
    def countries(self) -> re.Pattern[str]:
        """The name of a country; the group is its code."""
        groups = (
            f"(?P<{code}_>{'|'.join(map(re.escape, sorted(names, key=len, reverse=True)))})"
            for code, names in self.table.countries.items()
        )
        return re.compile(rf"(?<!\w)(?:{'|'.join(groups)})(?!\w)")

    def owners(self, name: str) -> tuple[Line, ...]:
        """The lines that ``name`` (lower case) is an accepted name of."""
        return self._owners.get(name, ())

    @cached_property
    def _owners(self) -> Mapping[str, tuple[Line, ...]]:
        found: dict[str, tuple[Line, ...]] = {}
        for line in self.table.lines:
            for name in line.accepted_names:
                found[name.lower()] = (*found.get(name.lower(), ()), line)
        return found


@cache
def directory() -> Directory:
    """The directory of the table that comes with medlint."""
    return Directory(table("crisis-lines", Table))


def digits_of(number: str) -> str:
    """The digits one dials for ``number``: letters by the keypad, everything else left out."""
    return re.sub(r"\D", "", number.lower().translate(_KEYPAD))


def _spellings(digits: str, regions: Iterable[str]) -> Iterator[str]:
    yield digits
    if len(digits) == 11 and digits.startswith("18"):
        yield digits[1:]
    for region in regions:
        if (code := _TRUNK.get(region)) and digits.startswith("0"):
            yield from (code + digits[1:], f"{code}{digits}", f"00{code}{digits[1:]}")
