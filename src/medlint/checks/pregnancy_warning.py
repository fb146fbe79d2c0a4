"""A page about a medicine that harms an unborn child, without a word on pregnancy."""

import re
from collections.abc import Iterator

import msgspec

from medlint.document import Kind, Zone
from medlint.facts import Facts
from medlint.facts.hazards import Teratogen, hazards
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
    zones = (*rule.zones, Zone.TITLE)
    mentions = [mention for mention in facts.medicines.mentions if mention.block.zone in zones]
    subjects = list(_subjects(mentions, options))
    if subjects and not _is_elsewhere(facts, options):
        for entry, mention in subjects:
            variant = "low" if entry.level == "low" else ""
            yield Hit(mention.block.span(mention.start, mention.end), variant=variant)


def _subjects(mentions: list[Mention], options: Options) -> Iterator[tuple[Teratogen, Mention]]:
    """The entries of the table that the page is about, with the mention to point at: the first below the title."""
    recommended = re.compile(options.recommended)
    for entry in hazards().pregnancy:
        named = [mention for mention in mentions if entry.choice.holds(mention)]
        if _is_subject(named, recommended, options.mentions):
            yield entry, next((mention for mention in named if mention.block.zone is not Zone.TITLE), named[0])


def _is_elsewhere(facts: Facts, options: Options) -> bool:
    """Whether the page has the warning, is for readers who cannot be pregnant, or is not about health at all."""
    title = facts.document.title
    if not facts.topic.health or (title is not None and re.search("|".join(options.others), title.lower)):
        return True
    warning = re.compile("|".join(options.warnings))
    return any(warning.search(block.lower) for block in facts.document.blocks if not block.hidden)


def _is_subject(mentions: list[Mention], recommended: re.Pattern[str], many: int) -> bool:
    sentences = {(mention.block.index, mention.block.sentence_at(mention.start)) for mention in mentions}
    if len(sentences) >= many:
        return True
    return any(
        mention.block.kind is Kind.HEADING or recommended.match(mention.block.lower, mention.end)
        for mention in mentions
    )
