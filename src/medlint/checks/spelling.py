"""Words that no list has and that are one slip away from a common one."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

import msgspec

from medlint import data
from medlint.checks.names import medicine_meant
from medlint.document import Block, Inline, Kind
from medlint.facts import Facts
from medlint.finding import Edit, Fix, Hit, Safety
from medlint.lexicon import words
from medlint.rule import Rule


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab", omit_defaults=True):
    """``max-repeats``: a word that no list has but that a page uses more often than this is taken for a term."""

    max_repeats: int = 2


class Misspellings(msgspec.Struct, frozen=True):
    """The table ``common-misspellings``: what is written (lower case) and what was meant, names often misspelt, and
    words that are right though a common one is near."""

    misspellings: dict[str, str]
    names: frozenset[str]
    right: frozenset[str]


class Verdict(NamedTuple):
    """What is wrong with a word: what was meant, whether it can be nothing else, and whether the slip is a common one
    of a very common word, so that even its repetition makes it no term."""

    replacement: str
    sole: bool
    sure: bool = True


_WORD = re.compile(r"(?<![\w@#./\\'&-])[A-Za-z\u00c0-\u024f]+(?:'[A-Za-z]+)?(?![\w@/\\\ufffc]|\.[a-z])")
_STARTS = re.compile(r"(?:\A|[.!?:]['\")\]]*\s+|[•–—-]\s+)['\"(\[]*\Z")
_AFTER_CAPITAL = re.compile(r"\b[A-Z][\w.]* \Z")
_MOST_SUSPECTS = 400


class ProjectWords(msgspec.Struct, frozen=True):
    """The words a project has declared: those with a capital as they are, the others in any case."""

    exact: frozenset[str]
    folded: frozenset[str]

    def __contains__(self, word: object) -> bool:
        return isinstance(word, str) and (word in self.exact or word.lower() in self.folded)


@cache
def project_words(entries: frozenset[str]) -> ProjectWords:
    """``entries`` of the configuration: whole word, case-insensitive unless the entry has a capital."""
    exact = frozenset(entry for entry in entries if entry != entry.lower())
    return ProjectWords(exact, entries - exact)


def run(facts: Facts, rule: Rule, options: Options) -> Iterable[Hit]:
    """Yield every misspelt word with its likely meaning. A page or passage in another language is left alone."""
    if facts.topic.language not in ("en", ""):
        return
    project = project_words(facts.profile.words)
    blocks = [block for block in facts.document.prose(rule.zones) if block.kind is not Kind.LABEL]
    odd = facts.unlisted(rule.zones) | misspellings().keys()
    places = [(block, _places(block, held, project)) for block in blocks if (held := _odd(block, odd))]
    counts = Counter(match[0] for _, found in places for match in found)
    if len(counts) > _MOST_SUSPECTS:
        return
    for block, found in places:
        if not found or _is_foreign(block, {match[0] for match in found}):
            continue
        for match in found:
            token = match[0]
            verdict = _judged(block, token, match.start())
            if verdict is None or (counts[token] > options.max_repeats and not verdict.sure):
                continue
            if not medicine_meant(token) and not _is_quoted(block, match.start(), match.end()):
                yield _hit(block, match.start(), match.end(), verdict)


def _odd(block: Block, odd: frozenset[str]) -> frozenset[str]:
    """The words of ``block`` that are ``odd``, and those that begin with a misspelling before a hyphen."""
    held = odd.intersection(block.spelt)
    if "-" not in block.lower:
        return held
    return held.union(word for word in block.spelt if "-" in word and word.partition("-")[0] in misspellings())


def _places(block: Block, odd: frozenset[str], project: ProjectWords) -> list[re.Match[str]]:
    """Where ``block`` has a word that may be misspelt: one of ``odd``, or the first part of one."""
    starts = [start for word, (start, _) in zip(block.spelt, block.words, strict=True) if word in odd]
    found = (_WORD.match(block.plain, start) for start in starts)
    return [match for match in found if match and _is_suspect(match[0], project)]


def _is_suspect(token: str, project: ProjectWords) -> bool:
    right = words.listed(token) or token.lower().removesuffix("s") in _table().right
    return token not in project and (not right or token in misspellings())


@cache
def misspellings() -> dict[str, str]:
    """Misspellings that are common enough to be sure of, whatever the lists say."""
    return _table().misspellings


def _table() -> Misspellings:
    table: Misspellings = data.table("common-misspellings", Misspellings)
    return table


def _judged(block: Block, token: str, start: int) -> Verdict | None:
    """What ``token`` was meant to be, or None where it may well be right."""
    lower = token.lower()
    if len(token) < 6 and block.plain[start + len(token) : start + len(token) + 1] == "-":
        return None  # a prefix: meta-analysis
    if sure := misspellings().get(lower):
        return Verdict(sure, True)
    if lower == token:
        if len(token) >= 6 and not words.derived(lower) and (apart := words.run_together(lower)):
            return Verdict(apart, True)
        return _meant(
            lower,
            limit=_LIMITS.get(len(token), 0.95 if len(token) < 11 else 1.25),
            commonness=4 if len(token) > 5 else 1,
        )
    if token[0] == token[1:2] and token[1:2].isupper() and token[2:].islower() and words.listed(token[1:]):
        return Verdict(token[1:], True)
    if token[0].isupper() and token[1:].islower() and len(token) >= 6:
        if name := words.near_name(token, _table().names):
            return Verdict(name, True)
        if words.run_together(lower):
            return None
        if _begins(block, start) and not _follows_capital(block, start + len(token)):
            return _meant(lower, limit=0.85, commonness=2)
        if len(token) >= 8 and not (
            words.derived(lower) and _AFTER_CAPITAL.search(block.plain, max(start - 30, 0), start)
        ):
            return _meant(lower, limit=0.72, commonness=1)
    return None


_LIMITS = {1: 0.0, 2: 0.0, 3: 0.0, 4: 0.55, 5: 0.75, 6: 0.95}
"""How far a suggestion may be from a word of so many letters: short words have too many neighbours."""


def _meant(word: str, limit: float, commonness: int) -> Verdict | None:
    suggestion = words.suggest(word)
    if suggestion is None or suggestion.cost > limit or suggestion.rank > commonness:
        return None
    if words.inflected(word) or words.british(word) or (suggestion.rank > 0 and _is_relative(word, suggestion.word)):
        return None
    if words.derived(word):
        surely = suggestion.sole and suggestion.cost <= 0.85 and suggestion.rank <= (1 if words.compound(word) else 2)
        if not surely or len(word) < 8:
            return None
    return Verdict(suggestion.word, suggestion.sole, suggestion.cost <= 0.7 and suggestion.rank == 0)


_LEARNED = re.compile(
    r"(?:al|ar|ic|in|ine|ia|ea|um|us|ee|or|oid|ist|ase|ose|ide|ous|ian|oma|oscope|graph|ate|ated|ating|ation|ative|ism|ity|ule|one|ize|ise)\Z"
)


def _is_relative(word: str, common: str) -> bool:
    """Whether the two differ at the end only and ``word`` has the ending of a learned word: antennal beside antenna.

    A g, d or s lost at the end of a common word is still a slip.
    """
    shared = next(
        (index for index, (a, b) in enumerate(zip(word, common, strict=False)) if a != b), min(len(word), len(common))
    )
    return shared >= len(common) - 2 and _LEARNED.search(word) is not None and not common.endswith(("ing", "ed"))


def _begins(block: Block, start: int) -> bool:
    return _STARTS.search(block.plain, max(start - 8, 0), start) is not None


def _follows_capital(block: Block, end: int) -> bool:
    """Whether a capitalised word follows, as in a name of several words."""
    return block.kind is not Kind.HEADING and block.plain[end + 1 : end + 2].isupper()


def _is_foreign(block: Block, unknown: set[str]) -> bool:
    """Whether the passage is in another language: declared so, or too many of its words are unknown."""
    if any("lang" in element.attrs and element.tag not in ("html", "body") for element in block.element.ancestors):
        return not any(
            element.attrs["lang"].lower().startswith("en")
            for element in block.element.ancestors
            if "lang" in element.attrs
        )
    return len(unknown) > 3 and len(unknown) * 4 > len(set(_WORD.findall(block.plain)))


def _is_quoted(block: Block, start: int, end: int) -> bool:
    """Whether the word stands alone in quotation marks, or in an element marked as another language."""
    around = block.plain[max(start - 1, 0) : start] + block.plain[end : end + 1]
    return around in ('""', "''") or any("lang" in inline.element.attrs for inline in _inlines_at(block, start))


def _inlines_at(block: Block, offset: int) -> Iterator[Inline]:
    return (inline for inline in block.inlines if inline.start <= offset < inline.end)


def _hit(block: Block, start: int, end: int, verdict: Verdict) -> Hit:
    replacement = _cased(verdict.replacement, block.plain[start:end])
    safety = Safety.UNSAFE if verdict.sole and block.editable(start, end) else Safety.DISPLAY
    return Hit(
        block.span(start, end),
        {"replacement": replacement},
        fix=Fix((Edit(block.span(start, end), replacement),), safety),
    )


def _cased(replacement: str, model: str) -> str:
    return replacement[:1].upper() + replacement[1:] if model[:1].isupper() else replacement
