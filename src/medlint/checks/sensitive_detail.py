"""Details of method or behaviour that may harm a reader in distress. What is found is named by category, never repeated."""

import re
from collections.abc import Iterable
from functools import cache

import msgspec

from medlint import data
from medlint.document import Block, Kind, Zone
from medlint.facts import Facts
from medlint.finding import Hit
from medlint.matching import Rare, literals_of_all
from medlint.rule import Rule


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab", omit_defaults=True):
    """``subject``: which subject of the table ``sensitive-detail`` to look for."""

    subject: str


class _Category(msgspec.Struct, frozen=True):
    id: str
    patterns: tuple[str, ...]


class _Subject(msgspec.Struct, frozen=True):
    id: str
    events: tuple[str, ...]
    innocent: tuple[str, ...]
    categories: tuple[_Category, ...]


class _Table(msgspec.Struct, frozen=True):
    subjects: tuple[_Subject, ...]


class _Lexicon(msgspec.Struct, frozen=True):
    """The compiled patterns of a subject, and literals of which one occurs wherever a category's pattern matches."""

    events: re.Pattern[str] | None
    innocent: re.Pattern[str]
    categories: tuple[tuple[str, Rare], ...]
    literals: frozenset[str]


def triggers(options: Options) -> frozenset[str]:
    """Literals of which one occurs wherever the check can find something."""
    return _lexicon(options.subject).literals


def run(facts: Facts, rule: Rule, options: Options) -> Iterable[Hit]:
    """Yield one hit, at the start of the sentence and of no length, for each sentence that goes into detail."""
    if facts.profile.audience == "clinician":
        return
    lexicon = _lexicon(options.subject)
    for block in facts.blocks_with(lexicon.literals, rule.zones):
        if lexicon.events is None and not _is_about(facts, options.subject):
            return
        for start, end in block.sentences:
            if category := _category(lexicon, block, start, end):
                prominent = block.zone is Zone.TITLE or block.kind is Kind.HEADING
                yield Hit(block.span(start, start), {"category": category}, variant="heading" if prominent else "")


def _category(lexicon: _Lexicon, block: Block, start: int, end: int) -> str:
    if lexicon.events and not lexicon.events.search(block.lower, start, end):
        return ""
    found = next((name for name, pattern in lexicon.categories if pattern.search(block.lower, start, end)), "")
    return found if found and not lexicon.innocent.search(block.lower, start, end) else ""


def _is_about(facts: Facts, subject: str) -> bool:
    return any(trigger.topic == subject for trigger in facts.crisis.triggers)


@cache
def _lexicon(name: str) -> _Lexicon:
    subject = next(s for s in data.table("sensitive-detail", _Table).subjects if s.id == name)
    categories = [(category.id, Rare(pattern)) for category in subject.categories for pattern in category.patterns]
    return _Lexicon(
        events=re.compile("|".join(subject.events)) if subject.events else None,
        innocent=re.compile("|".join(subject.innocent)),
        categories=tuple(categories),
        literals=literals_of_all(pattern for _, pattern in categories),
    )
