"""When the page was published, updated and reviewed, and when it is due again: as it shows and as its data says."""

import re
from collections.abc import Iterable
from datetime import date

import msgspec

from medlint import date_text
from medlint.document import Date, Document
from medlint.facts.byline import Dated
from medlint.facts.labels import Role
from medlint.facts.people import People

VISIBLE = "byline"
UNLABELLED = "unlabelled"
PUBLISHED, UPDATED, REVIEWED, DUE = "published", "updated", "reviewed", "due"
_ROLES = {Role.PUBLISH: PUBLISHED, Role.WRITE: PUBLISHED, Role.UPDATE: UPDATED, Role.REVIEW: REVIEWED, Role.DUE: DUE}
_DAY_FIRST = frozenset(("gb", "uk", "au", "nz", "ie", "in", "za", "sg"))


class Stated(msgspec.Struct, frozen=True):
    """A date in a role. ``visible`` ones are read by people, the others by machines."""

    role: str
    date: Date
    visible: bool


class Dates(msgspec.Struct, frozen=True):
    """The dates of a page. Each of the four is the one to go by: what readers see before what data says, and of several
    updates the latest. ``unlabelled`` are dates by the title that neither a label nor data explains; ``ambiguous`` those
    that could be read day first or month first, with nothing on the page to decide it."""

    published: Date | None
    updated: Date | None
    reviewed: Date | None
    due: Date | None
    stated: tuple[Stated, ...]
    unlabelled: tuple[Date, ...]
    ambiguous: tuple[Date, ...]

    def of(self, role: str, *, visible: bool | None = None) -> tuple[Date, ...]:
        """The dates of ``role``, all or only those (in)visible."""
        return tuple(item.date for item in self.stated if item.role == role and visible in (None, item.visible))


def find(document: Document, people: People) -> Dates:
    """The dates of ``document``; labels and values come with ``people``, whose byline they are part of."""
    day_first = _day_first(document)
    seen: list[Stated] = []
    unclear: list[Date] = []
    due = _due_reviews(people)
    for statement in people.byline.statements:
        role = _ROLES.get(statement.role)
        for dated in statement.dates if role else ():
            found = _date(dated, day_first)
            seen.append(Stated(DUE if dated in due else role or "", found, True))
            if dated.date.ambiguous and day_first is None:
                unclear.append(found)
    metadata = document.metadata
    declared = [
        Stated(role, found, False)
        for role, dates in (
            (PUBLISHED, metadata.published),
            (UPDATED, metadata.updated),
            (REVIEWED, metadata.reviewed),
            (DUE, metadata.due),
        )
        for found in dates
    ]
    stated = (*seen, *declared)
    alone = tuple(_date(dated, day_first, UNLABELLED) for dated in people.byline.unlabelled)
    unexplained = tuple(found for found in alone if not any(same(found, item.date) for item in stated))
    published = _pick(stated, PUBLISHED, latest=False)
    if published is None and len(unexplained) == 1:
        published = unexplained[0]
    return Dates(
        published,
        _pick(stated, UPDATED),
        _pick(stated, REVIEWED),
        _pick(stated, DUE),
        stated,
        unexplained,
        tuple(found for found in unclear if not any(same(found, item.date) for item in declared)),
    )


def _due_reviews(people: People) -> tuple[Dated, ...]:
    """The dates labelled "Review date" that lie a year or more after every other date of the page: leaflets give the
    next review so."""
    labelled = [(s, dated) for s in people.byline.statements for dated in s.dates if s.role in _ROLES]
    future = [dated for s, dated in labelled if re.fullmatch(r"(?i)(?:\w+ )?review date", s.words)]
    others = [dated.date.day for _, dated in labelled if dated not in future]
    return tuple(dated for dated in future if others and (dated.date.day - max(others)).days > 330)


def first_day(found: Date) -> date:
    """The first day that ``found`` can mean."""
    return date.fromisoformat(found.day)


def last_day(found: Date) -> date:
    """The last day that ``found`` can mean: a month and a year end later than they begin."""
    return date_text.last_day(first_day(found), found.precision)


def same(one: Date, other: Date) -> bool:
    """Whether two dates can mean the same day, give or take one for time zones."""
    return (first_day(one) - last_day(other)).days <= 1 and (first_day(other) - last_day(one)).days <= 1


def _pick(stated: Iterable[Stated], role: str, *, latest: bool = True) -> Date | None:
    of_role = [item for item in stated if item.role == role]
    visible = [item.date for item in of_role if item.visible]
    if visible:
        return (max if latest else min)(visible, key=lambda found: found.day)
    return of_role[0].date if of_role else None


def _date(dated: Dated, day_first: bool | None, origin: str = VISIBLE) -> Date:
    found = dated.date
    day = found.day
    if found.ambiguous and day_first:
        day = date(day.year, day.day, day.month)
    return Date(day.isoformat(), found.precision, dated.span, origin, dated.block.plain[found.start : found.end])


def _day_first(document: Document) -> bool | None:
    """Whether 03/04/2025 means 3 April on this page: by its country, else by a date on it that settles the matter."""
    country = document.language.replace("_", "-").lower().partition("-")[2][-2:]
    host = document.metadata.url.split("/")[2] if "://" in document.metadata.url else ""
    suffix = host.rpartition(".")[2]
    if country == "us" or suffix in ("gov", "mil") or country == "ca":
        return False
    if country in _DAY_FIRST or suffix in _DAY_FIRST:
        return True
    return None
