"""A page about a medicine that harms an unborn child, without a word on pregnancy."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

from medlint.document import Kind, Zone
from medlint.facts import Facts
from medlint.facts.hazards import hazards
from medlint.facts.medicine_names import Mention
from medlint.finding import Hit
from medlint.rule import Rule


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab", omit_defaults=True):
    """Patterns in lower case. ``warnings``: any mention of pregnancy. ``others``: readers who cannot be pregnant, in the
    title. ``recommended``: what follows a medicine that is recommended. ``mentions``: how many make it the subject."""

    warnings: tuple[str, ...]
    others: tuple[str, ...]
    recommended: str
    mentions: int = 3


def run(facts: Facts, rule: Rule, options: Options) -> Iterator[Hit]:
    """Yield the first mention of each such medicine that is a subject of the page."""
    if facts.topic.language not in ("en", "") or facts.profile.audience == "clinician":
        return
    mentions = [mention for mention in facts.medicines.mentions if mention.sure]
    if not mentions or not facts.topic.health:
        return
    warning = re.compile("|".join(options.warnings))
    if any(warning.search(block.lower) for block in facts.document.blocks if not block.hidden):
        return
    title = facts.document.title
    if title is not None and re.search("|".join(options.others), title.lower):
        return
    recommended = re.compile(options.recommended)
    for entry in hazards().pregnancy:
        ranges = [
            mention
            for mention in mentions
            if any(entry.choice.places(mention.block, (mention,))) and mention.block.zone in (*rule.zones, Zone.TITLE)
        ]
        if ranges and _is_subject(ranges, recommended, options.mentions):
            first = next((mention for mention in ranges if mention.block.zone is not Zone.TITLE), ranges[0])
            yield Hit(first.block.span(first.start, first.end), variant="low" if entry.level == "low" else "")


def _is_subject(mentions: list[Mention], recommended: re.Pattern[str], many: int) -> bool:
    sentences = {(mention.block.index, mention.block.sentence_at(mention.start)) for mention in mentions}
    if len(sentences) >= many:
        return True
    return any(
        mention.block.zone is Zone.TITLE
        or mention.block.kind is Kind.HEADING
        or recommended.match(mention.block.lower, mention.end)
        for mention in mentions
    )
