"""Advice to stop or change a medicine with nobody to ask."""

from collections.abc import Iterator

import msgspec

from medlint.facts import Facts
from medlint.facts.directives import Directive, Verdict
from medlint.facts.medication_words import Action
from medlint.finding import Hit
from medlint.rule import Rule


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab", omit_defaults=True):
    """``action``: what the advice does, stop or change."""

    action: Action


def run(facts: Facts, rule: Rule, options: Options) -> Iterator[Hit]:
    """Yield every directive of the action that leaves the professional out."""
    if facts.profile.audience == "clinician" or facts.topic.language not in ("en", ""):
        return
    for directive in facts.medicines.directives:
        thing = directive.thing
        # "Halve the dose" is also said of feed and fertiliser: without a medicine's name the page must be about health.
        if directive.action is not options.action or not (thing.mention or facts.topic.health):
            continue
        if directive.verdict in (Verdict.UNSAFE, Verdict.QUOTED) and directive.block.zone in rule.zones:
            span = directive.block.span(directive.start, directive.end)
            yield Hit(span, {"medicine": thing.text}, _variant(directive))


def _variant(directive: Directive) -> str:
    if directive.thing.mild:
        return "mild"
    if directive.verdict is Verdict.QUOTED:
        return "quoted" if directive.corrected else "uncorrected"
    if directive.denied:
        return "denied"
    if directive.answer:
        return "answer"
    return "hedged" if directive.hedged and not directive.thing.strict else ""
