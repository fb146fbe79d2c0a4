"""Readers sent to a service for a condition that the page says the service does not treat."""

import re
from collections.abc import Iterable, Iterator

import msgspec

from medlint.document import Block, Document, Kind, Zone
from medlint.facts import Facts, vocabulary
from medlint.finding import Hit, Related
from medlint.rule import Rule

_LABEL = re.compile(r"[^.:!?]{3,60}(?=[:.\u2013\u2014]|$)")
_WHOLE = 60
"""Characters up to which a list item is a name and no sentence."""


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab", omit_defaults=True):
    """No options."""


def run(facts: Facts, rule: Rule, options: Options) -> Iterable[Hit]:  # noqa: ARG001
    """Yield the sentence that turns away a condition of the article, where the article sends its readers."""
    publisher = facts.publisher
    if not publisher.refusals or not publisher.promotions:
        return
    named = dict(_named(facts.document))
    for refusal in publisher.refusals:
        what = refusal.block.plain[refusal.start : refusal.end]
        refused = list(filter(vocabulary.conditions(what).__contains__, named))
        says = any(p.block is refusal.block for p in publisher.promotions)
        if not refused or says:
            continue
        condition = min(refused, key=what.lower().find)
        start = refusal.start + what.lower().find(condition.lower())
        promotion = publisher.promotions[0]
        related = (
            Related(named[condition].span(), "named"),
            Related(promotion.block.span(promotion.start, promotion.end), "sent"),
        )
        fields = {"condition": ", ".join(refused)}
        yield Hit(refusal.block.span(start, start + len(condition)), fields, related=related)


def _named(document: Document) -> Iterator[tuple[str, Block]]:
    """The conditions that the article's title, headings and list labels name, with where."""
    for block in document.blocks:
        if block.hidden or block.zone not in (Zone.TITLE, Zone.BODY, Zone.CALLOUT):
            continue
        text = block.plain
        if block.kind in (Kind.ITEM, Kind.TERM):
            label = _LABEL.match(text)
            text = label[0] if label and (label.end() < len(text) or len(text) <= _WHOLE) else ""
        elif block.kind is not Kind.HEADING:
            continue
        for condition in vocabulary.conditions(text):
            yield condition, block
