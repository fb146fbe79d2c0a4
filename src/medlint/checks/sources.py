"""Whether an article says what it rests on: no sources, or a heading for them with nothing under it."""

import re
from collections.abc import Iterable
from typing import Literal

import msgspec

from medlint.document import Kind, Zone
from medlint.facts import Facts, hosts
from medlint.facts.citations import SourceList
from medlint.finding import Hit
from medlint.rule import Rule
from medlint.source import Span

_CLAIM = re.compile(
    r"(?:cause[sd ]|risk|treat(?:s|ed|ment|ing)|symptom|side effect|reduces?\b|increases?\b|improves?\b|prevents?\b|common\b|percent|stud(?:y|ies)|"
    r"research|diseases?\b|disorder|condition|infection|pain\b|blood|dos(?:e|es|age)\b|medicine|medication|drugs?\b|therap(?:y|ies)|diagnos|"
    r"syndrome|vaccin|depression|anxiety|cancer|diabetes|%)"
)
_OURS = re.compile(r"\b(?:we|us|our|ours|we're|we'll|we've)\b")
_NO_ARTICLE = frozenset(
    ("recipe", "event", "product", "jobposting", "faqpage", "contactpage", "collectionpage", "localbusiness")
)


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab", omit_defaults=True):
    """``judge``: sources that are ``missing``, or a section that is ``empty``. ``least``: the sources an article should
    have; ``words``: pages with fewer owe none; ``claims``: nor do pages with fewer sentences about health, or whose
    sentences are mostly about the publisher's own services."""

    judge: Literal["missing", "empty"] = "missing"
    least: int = 3
    words: int = 300
    claims: int = 8


def run(facts: Facts, rule: Rule, options: Options) -> Iterable[Hit]:  # noqa: ARG001
    """Yield the empty sections, or one hit at the end of an article without sources."""
    if not facts.topic.health:
        return
    empty = [found for found in facts.citations.lists if _is_empty(found)]
    if options.judge == "empty":
        for found in empty:
            yield _empty(facts, found)
    elif not any(not found.entries for found in empty):
        yield from _missing(facts, options)


def _is_empty(found: SourceList) -> bool:
    return found.strict and found.heading is not None and all(entry.hidden for entry in found.entries)


def _empty(facts: Facts, found: SourceList) -> Hit:
    assert found.heading is not None
    variant = "hidden" if found.entries else "markup" if facts.document.metadata.citations else ""
    span = found.heading.span(found.start, found.end)
    return Hit(span, {"count": str(len(found.entries) or len(facts.document.metadata.citations))}, variant=variant)


def _missing(facts: Facts, options: Options) -> Iterable[Hit]:
    document = facts.document
    count = facts.citations.count
    if count >= options.least or any(kind.lower() in _NO_ARTICLE for kind in document.metadata.types):
        return
    blocks = [block for block in document.prose() if block.kind is not Kind.ALT]
    if sum(len(block.spelt) for block in blocks) < options.words:
        return
    claims = ours = total = 0
    for block in blocks:
        for sentence in block.sentences:
            text = block.lower[sentence.start : sentence.end]
            total += 1
            claims += bool(_CLAIM.search(text))
            ours += bool(_OURS.search(text))
    if claims < options.claims or claims < total * 0.12 or ours > total * 0.15:
        return
    variant = ""
    if count:
        variant = "few"
    elif document.metadata.citations:
        variant = "markup"
    elif facts.profile.publisher == "government" or hosts.kind_of(hosts.host_of(document.metadata.url)) == "authority":
        variant = "authority"
    yield Hit(_end(facts), {"count": str(count), "least": str(options.least)}, variant=variant)


def _end(facts: Facts) -> Span:
    """Where a list of sources belongs: after the last block of the body."""
    last = [block for block in facts.document.blocks if block.zone is Zone.BODY and not block.hidden and block.segments]
    end = last[-1].span().end if last else 0
    return Span(end, end)
