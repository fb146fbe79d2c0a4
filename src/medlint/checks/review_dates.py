"""Whether the review has a date, and one not older than the text."""

import re
from collections.abc import Iterable
from datetime import timedelta
from typing import Literal

import msgspec

from medlint.facts import Facts, dates, scope
from medlint.finding import Hit, Related, Undetermined
from medlint.rule import Rule


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab", omit_defaults=True):
    """``judge``: a review date that is ``missing``, or ``outdated`` by a later update. ``grace-days``: how many days after
    the review an update may be dated. ``words`` as for reviewers."""

    judge: Literal["missing", "outdated"] = "missing"
    grace_days: int = 7
    words: int = 100


_MINOR = re.compile(
    r"\b(?:typos?|minor|links?|format(?:ting)?(?: only)?|layout|spelling|images?|broken|cosmetic|technical)\b", re.I
)


def run(facts: Facts, rule: Rule, options: Options) -> Iterable[Hit | Undetermined]:  # noqa: ARG001
    """Yield one hit at the reviewer without a date, or at the update that came after the review."""
    if not scope.owes_review(facts, options.words):
        return
    if options.judge == "missing":
        yield from _missing(facts)
    else:
        yield from _outdated(facts, options.grace_days)


def _missing(facts: Facts) -> Iterable[Hit | Undetermined]:
    people, found = facts.people, facts.dates
    # A bare date beside the reviewer may be the review's: that it is unlabelled is the fault then, and another rule's.
    if not people.reviewers or found.reviewed or found.unlabelled or people.templated:
        return
    if not scope.readable_language(facts):
        yield Undetermined(f"bylines in the language {facts.topic.language!r} are not read")
        return
    yield Hit(people.reviewers[0].span, {"name": people.reviewers[0].name})


def _outdated(facts: Facts, grace: int) -> Iterable[Hit]:
    found = facts.dates
    reviewed = max((dates.last_day(item) for item in found.of(dates.REVIEWED)), default=None)
    if reviewed is None or found.reviewed is None:
        return
    # What a publishing system notes in <meta> is when it saved the page, not when the text changed.
    updates = [item for item in found.of(dates.UPDATED) if item.origin != "meta"]
    late = [item for item in updates if dates.first_day(item) > reviewed + timedelta(days=grace)]
    if not late:
        return
    latest = max(late, key=lambda item: item.day)
    block = facts.document.block_at(latest.span.start)
    if latest.origin == dates.VISIBLE and block is not None and _MINOR.search(block.plain):
        return
    fields = {"updated": latest.text.strip(), "reviewed": found.reviewed.text.strip()}
    yield Hit(latest.span, fields, related=(Related(found.reviewed.span, "reviewed"),))
