"""Names nearly right: medicines, health organisations, and people the page itself names."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property, lru_cache

import msgspec

from medlint import data, kept
from medlint.document import Block, Zone
from medlint.facts import Facts
from medlint.finding import Edit, Fix, Hit, Safety
from medlint.lexicon import words
from medlint.matching import Scanner, holds_any
from medlint.rule import Rule


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab", omit_defaults=True):
    """``extra``: more names of several words to hold the page against, such as the project's own."""

    extra: tuple[str, ...] = ()


class Organisation(msgspec.Struct, frozen=True):
    """A body's name, the other forms that are right, and those often written that are wrong."""

    name: str
    also: tuple[str, ...] = ()
    former: tuple[str, ...] = ()
    misspellings: tuple[str, ...] = ()


class Organisations(msgspec.Struct, frozen=True):
    """The table ``organisations``."""

    organisations: tuple[Organisation, ...]


class Medicine(msgspec.Struct, frozen=True):
    """A medicine's generic name, its other generic names, and its brands by country."""

    generic: str
    also: tuple[str, ...] = ()
    brands: dict[str, tuple[str, ...]] = {}


class Class(msgspec.Struct, frozen=True):
    """A class of medicines."""

    medicines: tuple[Medicine, ...]


class Medicines(msgspec.Struct, frozen=True):
    """The table ``medicines``."""

    classes: tuple[Class, ...]


class Names(msgspec.Struct, frozen=True, array_like=True, dict=True):
    """Names of several words by every longer word they hold, those ``words`` in lower case, and the listed misspellings,
    with the right name for each."""

    by_word: dict[str, tuple[tuple[str, ...], ...]]
    words: frozenset[str]
    wrong: dict[str, str]

    @cached_property
    def scanner(self) -> Scanner:
        """Finds the blocks that may hold a listed misspelling."""
        return Scanner(form.lower() for form in self.wrong)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The listed misspellings, the longest first."""
        forms = sorted(self.wrong, key=len, reverse=True)
        return re.compile(rf"(?<![\w'-])(?:{'|'.join(map(re.escape, forms))})(?![\w-])")


_PEOPLE = (Zone.TITLE, Zone.BYLINE, Zone.BODY, Zone.CALLOUT, Zone.DISCLAIMER, Zone.BIO)
_LINKS = "of|for|and|the|on|in|&|to|against|products"
_RUN = re.compile(rf"[A-Z][\w'-]*(?:,? (?:(?:{_LINKS}) ){{0,2}}[A-Z][\w'-]*){{1,30}}")
_TOKEN = re.compile(r"[\w-]+(?:'(?!s\b)[\w-]+)*|&")
_LETTERS = re.compile(r"[^\W\d_]{6,}")
_SPELLINGS = (
    (re.compile("isation"), "ization"),
    (re.compile("entre"), "enter"),
    (re.compile("our\\b"), "or"),
    (re.compile("ae"), "e"),
)


def run(facts: Facts, rule: Rule, options: Options) -> Iterable[Hit]:
    """Yield every name that is a slip away from one that is known."""
    names = known_names(options.extra)
    blocks = facts.document.prose(rule.zones)
    suspected = {block.index for block in names.scanner.holding(facts.document)}
    for block in blocks:
        taken: list[tuple[int, int]] = []
        if block.index in suspected:
            yield from _listed(block, names, taken)
        if not names.words.isdisjoint(block.spelt):
            yield from _near(block, names, taken)
    odd = facts.unlisted(rule.zones) if facts.topic.language in ("en", "") else ()
    if odd:
        yield from _medicines(blocks, odd)
    yield from _people(facts)


@cache
def known_names(extra: tuple[str, ...]) -> Names:
    """The names of the organisations and ``extra``."""
    return kept.value(f"names of organisations and {extra}", Names, lambda: _known_names(extra), __file__)


def _known_names(extra: tuple[str, ...]) -> Names:
    table: Organisations = data.table("organisations", Organisations)
    spelt: set[str] = set(extra)
    wrong: dict[str, str] = {}
    for body in table.organisations:
        spelt.update((body.name, *body.also, *body.former))
        wrong.update({form: body.name for form in body.misspellings if len(form.strip()) > 4})
    by_word: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for name in sorted({tuple(_TOKEN.findall(name)) for name in spelt}):
        for word in set(name) if len(name) >= 2 else ():
            if len(word) > 3:
                by_word[word].append(name)
    return Names(
        {word: tuple(held) for word, held in by_word.items()},
        frozenset(form for word in by_word for form in (word.lower(), f"{word.lower()}'s")),
        {form: name for form, name in wrong.items() if form not in spelt},
    )


def _listed(block: Block, names: Names, taken: list[tuple[int, int]]) -> Iterator[Hit]:
    for match in names.pattern.finditer(block.plain):
        right = names.wrong[match[0]]
        start, end = match.span()
        tokens = _TOKEN.findall(block.plain, start, end + 80)
        longer = (name for token in tokens[:2] for name in names.by_word.get(token, ()))
        if any(tuple(tokens[: len(name)]) == name for name in longer):
            continue  # the wrong form begins a longer right one
        if " " not in match[0] and re.match(r" [A-Z]", block.plain[end : end + 2]):
            continue  # a word of another name
        taken.append((start, end))
        yield _hit(block, start, end, right, "spelling" if _other_spelling(match[0], right) else "organisation")


def _near(block: Block, names: Names, taken: list[tuple[int, int]]) -> Iterator[Hit]:
    """Runs of capitalised words in which all but one word of a known name stand, and that one nearly."""
    for run in _RUN.finditer(block.plain):
        candidates = {name for token in _TOKEN.findall(run[0]) for name in names.by_word.get(token, ())}
        if not candidates:
            continue
        tokens = [
            (match[0], run.start() + match.start(), run.start() + match.end()) for match in _TOKEN.finditer(run[0])
        ]
        exact: list[range] = []
        slips: list[tuple[range, int, str]] = []
        for name in candidates:
            for offset in range(len(tokens) - len(name) + 1):
                window = range(offset, offset + len(name))
                differing = [index for index in window if tokens[index][0] != name[index - offset]]
                if not differing:
                    exact.append(window)
                elif len(differing) == 1 and _is_slip(tokens[differing[0]][0], name[differing[0] - offset], len(name)):
                    slips.append((window, differing[0], name[differing[0] - offset]))
        for window, index, right in sorted(slips, key=lambda slip: -len(slip[0])):
            written, start, end = tokens[index]
            if any(index in other and len(other) >= len(window) for other in exact):
                continue
            if not any(start < high and low < end for low, high in taken):
                taken.append((start, end))
                yield _hit(block, start, end, right, "spelling" if _other_spelling(written, right) else "organisation")


def _is_slip(written: str, right: str, length: int) -> bool:
    """Whether ``written`` is ``right`` with a slip or two, the more the longer the name; never a little word."""
    if min(len(written), len(right)) < 4 or written[0] != right[0] or written.lower() == right.lower():
        return False
    if written.startswith(right) and len(written) > len(right) + 1:
        return False  # the next word without its space
    allowed = 3 if length >= 5 and len(right) >= 9 else 2 if length >= 3 and len(right) >= 6 else 1
    return words.distance(written.lower(), right.lower()) <= allowed


def _other_spelling(one: str, other: str) -> bool:
    """Whether the two differ only as British and American spelling do."""
    return _normal(one) == _normal(other)


def _normal(text: str) -> str:
    for british, american in _SPELLINGS:
        text = british.sub(american, text.lower())
    return text


def _medicines(blocks: Sequence[Block], odd: frozenset[str]) -> Iterator[Hit]:
    """The names of medicines, nearly, among the ``odd`` words of ``blocks``, which are in no list."""
    letters = {run for word in odd for run in _LETTERS.findall(word)}
    near = {run for run in letters if medicine_meant(run) or medicine_meant(run.capitalize())}
    for block in blocks if near else ():
        for match in _LETTERS.finditer(block.plain) if holds_any(block.lower, near) else ():
            token = match[0]
            if token.lower() not in near or words.listed(token) or not (name := medicine_meant(token)):
                continue
            if token.islower() or _speaks_of_medicines(block, match.start()):
                yield _hit(block, *match.span(), name, "medicine")


def _speaks_of_medicines(block: Block, offset: int) -> bool:
    """Whether the sentence does: else a capitalised word may be anybody's name."""
    sentence = block.sentence_at(offset)
    return _OF_MEDICINES.search(block.lower, sentence.start, sentence.end) is not None


_OF_MEDICINES = re.compile(
    r"\b(?:\d ?m?c?g|medicines?|medications?|drugs?|tablets?|capsules?|pills?|doses?|brand names?|brands|trade names?|generic|prescri\w+|"
    r"inhalers?|injections?|antidepressants?|antibiotics?|painkillers?|statins?|ssris?|tak(?:e|es|ing|en)|treat(?:s|ed|ment)?)\b"
)


@lru_cache(maxsize=1 << 14)
def medicine_meant(word: str) -> str:
    """The one medicine that ``word``, itself in no list, is a slip away from: one letter, or two in a long name.

    A word in small letters is held against the generic names only, for brands are written with a capital.
    """
    lower = word.lower()
    if not 6 <= len(lower) <= 40 or not word[1:].islower():
        return ""
    near = _medicine_names()
    names = {
        name
        for size in (len(lower) - 1, len(lower), len(lower) + 1)
        for key in (f"{size} {lower[0]}-", f"{size} -{lower[-1]}")
        for name in near.get(key, ())
        if name[0].islower() or not word.islower()
    }
    letters = frozenset(lower)
    slips = {
        name: words.distance(lower, name.lower())
        for name in names
        if len(letters.symmetric_difference(name.lower())) <= 2
    }
    found = [name for name, slip in slips.items() if slip == 1 or (slip == 2 and len(name) >= 10)]
    if len(found) != 1 or words.derived(lower):
        return ""
    return found[0] if word.islower() else found[0][0].upper() + found[0][1:]


@cache
def _medicine_names() -> Mapping[str, list[str]]:
    """The one-word names of medicines by length and first letter, and by length and last: a slip spares one of the two."""
    return kept.table("medicines by ends", list[str], _by_ends, __file__)


def _by_ends() -> Mapping[str, list[str]]:
    table: Medicines = data.table("medicines", Medicines)
    names = {
        name
        for group in table.classes
        for medicine in group.medicines
        for name in (
            medicine.generic,
            *medicine.also,
            *(brand for brands in medicine.brands.values() for brand in brands),
        )
        if name.isalpha() and len(name) >= 6
    }
    found: dict[str, list[str]] = defaultdict(list)
    for name in names:
        found[f"{len(name)} {name[0].lower()}-"].append(name)
        found[f"{len(name)} -{name[-1].lower()}"].append(name)
    return found


def _people(facts: Facts) -> Iterator[Hit]:
    """The names of the page's own authors and reviewers, spelt another way elsewhere on it."""
    people = [person.name.split() for person in (*facts.people.reviewers, *facts.people.authors)]
    names = [parts for parts in people if len(parts) >= 2 and len(parts[-1]) >= 5]
    surnames = {parts[-1] for parts in people}
    for block in facts.document.prose(_PEOPLE) if names else ():
        for parts in names:
            if parts[0] in block.plain or "Dr" in block.plain:
                yield from _near_person(block, parts, surnames)


def _near_person(block: Block, parts: Sequence[str], surnames: set[str]) -> Iterator[Hit]:
    given, surname = parts[0], parts[-1]
    for match in re.finditer(rf"\b(?:{re.escape(given)}(?: [A-Z]\.?)?|Dr\.?) (?P<surname>[A-Z][\w'-]+)", block.plain):
        found = match["surname"]
        if found not in surnames and found[0] == surname[0] and 0 < words.distance(found.lower(), surname.lower()) <= 2:
            if found.removesuffix("'s") == surname or found.rstrip("'s") == surname.rstrip("s"):
                continue
            yield _hit(block, *match.span("surname"), surname, "person")


def _hit(block: Block, start: int, end: int, right: str, variant: str) -> Hit:
    safety = Safety.UNSAFE if block.editable(start, end) and variant != "person" else Safety.DISPLAY
    fix = Fix((Edit(block.span(start, end), right),), safety)
    return Hit(block.span(start, end), {"replacement": right}, variant, fix)
