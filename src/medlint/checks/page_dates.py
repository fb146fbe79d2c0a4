"""Whether the page has dates that say what they are of, are not too old, and can all be true."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Literal

import msgspec

from medlint.document import Date, Zone
from medlint.facts import Facts, dates, scope
from medlint.finding import Hit, Related
from medlint.matching import holds_any
from medlint.rule import Rule


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab", omit_defaults=True):
    """``judge``: dates that are ``missing`` or unlabelled, a review that is ``overdue``, or dates that are ``impossible``
    together. ``years``: how long a review holds; ``notice-days``: how long before that to say so. ``words`` as for
    reviewers."""

    judge: Literal["missing", "overdue", "impossible"] = "missing"
    years: float = 2
    notice_days: int = 90
    words: int = 100


_ARCHIVED = re.compile(
    r"\b(?:archived|no longer (?:being )?(?:updated|maintained|reviewed)|(?:kept|here) for (?:historical )?reference|historical (?:purposes|record))\b"
)
_ZONES_OF_NOTICES = (Zone.NAV, Zone.RELATED, Zone.SOURCES, Zone.META)
_TRUSTED = frozenset((dates.VISIBLE, "front-matter", "json-ld", "microdata", "rdfa"))
_WHAT = {dates.REVIEWED: "Last reviewed", dates.UPDATED: "Last updated", dates.PUBLISHED: "Published"}
_LONGEST_ADVANCE = 90
_STALE_MARKUP = 31


def run(facts: Facts, rule: Rule, options: Options) -> Iterable[Hit]:  # noqa: ARG001
    """Yield hits at the dates concerned, or where a date belongs."""
    if not scope.owes_review(facts, options.words):
        return
    if options.judge == "missing":
        yield from _missing(facts)
    elif options.judge == "overdue":
        yield from _overdue(facts, options)
    else:
        yield from _impossible(facts)


def _missing(facts: Facts) -> Iterator[Hit]:
    found = facts.dates
    if found.unlabelled:
        first = found.unlabelled[0]
        yield Hit(first.span, {"date": first.text}, "unlabelled")
    elif not found.stated and scope.readable_language(facts) and not facts.people.templated:
        yield Hit(facts.people.place, {})


def _overdue(facts: Facts, options: Options) -> Iterator[Hit]:
    found, today = facts.dates, facts.today
    if _archived(facts):
        return
    if found.due and dates.last_day(found.due) < today:
        yield Hit(found.due.span, {"date": found.due.text.strip()}, "due")
        return
    kind, latest = next(
        (
            (kind, item)
            for kind, item in (("reviewed", found.reviewed), ("updated", found.updated), ("published", found.published))
            if item
        ),
        ("", None),
    )
    if latest is None or found.due:
        return
    age = (today - dates.last_day(latest)).days
    limit = options.years * 365.25
    fields = {
        "date": latest.text.strip(),
        "what": _WHAT[kind],
        "age": _age(age),
        "years": f"{options.years:g}",
        "days": str(round(limit - age)),
    }
    if age > 2 * limit:
        yield Hit(latest.span, fields, "long")
    elif age > limit:
        yield Hit(latest.span, fields)
    elif age > limit - options.notice_days:
        yield Hit(latest.span, fields, "soon")


def _age(days: int) -> str:
    years, months = divmod(round(days / 30.44), 12)
    parts = [
        f"{count} {unit}{'s' if count > 1 else ''}" for count, unit in ((years, "year"), (months, "month")) if count
    ]
    return " and ".join(parts)


def _archived(facts: Facts) -> bool:
    if "archived" in facts.document.metadata.states:
        return True
    return any(
        _ARCHIVED.search(block.lower)
        for block in facts.document.blocks
        if not block.hidden
        and block.zone not in _ZONES_OF_NOTICES
        and len(block.text) < 400
        and holds_any(block.lower, ("archived", "longer", "reference", "historical"))
    )


def _impossible(facts: Facts) -> Iterator[Hit]:
    found = facts.dates
    future = list(_future(facts)) if "draft" not in facts.document.metadata.states else []
    yield from future
    wrong = {hit.span for hit in future}
    for hit in (*_out_of_order(found), *_unlike_data(found), *_ambiguous(found)):
        if hit.span not in wrong:
            wrong.add(hit.span)
            yield hit


def _future(facts: Facts) -> Iterator[Hit]:
    tomorrow = facts.today + timedelta(days=1)
    for item in facts.dates.stated:
        if item.role != dates.DUE and dates.first_day(item.date) > tomorrow and item.date.origin in _TRUSTED:
            yield Hit(item.date.span, {"date": item.date.text.strip(), "kind": item.role})


def _out_of_order(found: dates.Dates) -> Iterator[Hit]:
    """Updates before publication, and reviews long before it, among dates of the same origin."""
    for origin in _TRUSTED:
        by_role = {
            role: [item.date for item in found.stated if item.role == role and item.date.origin == origin]
            for role in (dates.PUBLISHED, dates.UPDATED, dates.REVIEWED)
        }
        if not by_role[dates.PUBLISHED]:
            continue
        published = min(by_role[dates.PUBLISHED], key=lambda item: item.day)
        for role, allowed, variant in ((dates.UPDATED, 1, "order"), (dates.REVIEWED, _LONGEST_ADVANCE, "early-review")):
            for item in by_role[role]:
                if _days_before(item, published) > allowed:
                    fields = {"date": item.text.strip(), "published": published.text.strip()}
                    yield Hit(item.span, fields, variant, related=(Related(published.span, "published"),))


def _days_before(item: Date, other: Date) -> int:
    """How many days ``item`` at least lies before ``other``."""
    return (dates.first_day(other) - dates.last_day(item)).days


def _unlike_data(found: dates.Dates) -> Iterator[Hit]:
    """Visible dates that the page's data contradicts. A machine's date of update a little later is a save, not a lie."""
    for role in (dates.PUBLISHED, dates.UPDATED, dates.REVIEWED):
        shown = found.of(role, visible=True)
        told = [item for item in found.of(role, visible=False) if item.origin in _TRUSTED]
        if not shown or not told or any(dates.same(one, other) for one in shown for other in told):
            continue
        latest, data = max(shown, key=lambda item: item.day), max(told, key=lambda item: item.day)
        gap = max(_days_before(latest, data), _days_before(data, latest))
        stale = _days_before(data, latest) > 1
        if gap > _STALE_MARKUP or (stale and role != dates.PUBLISHED):
            fields = {"date": latest.text.strip(), "data": data.text.strip(), "kind": role}
            yield Hit(latest.span, fields, "data", related=(Related(data.span, "data"),))


def _ambiguous(found: dates.Dates) -> Iterator[Hit]:
    for item in found.ambiguous[:1]:
        day = date.fromisoformat(item.day)
        fields = {
            "date": item.text,
            "one": f"{day.day} {day:%B} {day.year}",
            "other": f"{day.month} {date(day.year, day.day, 1):%B} {day.year}",
        }
        yield Hit(item.span, fields, "ambiguous")
