"""Dates as pages write them: where one stands in a text, and which day, month or year it names."""

import re
from collections.abc import Iterator
from datetime import date

import msgspec

_YEAR = r"(?:19|20)\d\d"
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_MONTHS = {name: number for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
# The parts of each form, in the order in which the forms are tried; ``n`` and ``o`` are numbers of a day or a month.
_FORMS = (
    rf"(?P<y1>{_YEAR})[-/.](?P<m1>\d\d?)[-/.](?P<d1>\d\d?)(?!\d)",  # 2024-10-04, with or without a time
    rf"(?P<m2>{_MONTH})\s?(?P<d2>{_DAY}),?\s(?:of\s)?(?P<y2>{_YEAR})\b",  # October 4, 2024
    rf"(?P<d3>{_DAY})(?:\sof)?[\s-](?P<m3>{_MONTH}),?[\s-](?P<y3>{_YEAR})\b",  # 4th of October 2024, 4-Oct-2024
    rf"(?P<y4>{_YEAR})\s(?P<m4>{_MONTH})\s(?P<d4>\d\d?)\b",  # 2022 Oct 12
    rf"(?P<n5>\d\d?)(?P<s5>[/.-])(?P<o5>\d\d?)(?P=s5)(?P<y5>{_YEAR}|\d\d)(?![\d/.-]*\d)",  # 09/25/2025, 25.9.25
    rf"(?P<m6>{_MONTH}),?[\s-](?P<y6>{_YEAR})\b",  # April 2025
    rf"(?P<y7>{_YEAR})-(?P<m7>0[1-9]|1[0-2])(?![-\d])",  # 2024-10
    rf"(?P<m8>0?[1-9]|1[0-2])/(?P<y8>{_YEAR})(?![\d/])",  # 10/2024
    rf"(?P<y9>{_YEAR})(?![-\d])",  # 2025
)
_DIGIT = re.compile(r"\d")
_DATE = re.compile(rf"(?=[\dadfjmnos])(?<![\w/.-])(?:{'|'.join(_FORMS)})", re.IGNORECASE)
_COMPACT = re.compile(r"((?:19|20)\d\d)(0[1-9]|1[0-2])([0-2]\d|3[01])(?:T?\d{4,6}Z?)?")
_EARLIEST = 1900


class DateText(msgspec.Struct, frozen=True):
    """A date in a text: its range, the (first) day it names, and how precisely.

    ``precision`` is day, month or year. ``ambiguous`` is True where the text could as well mean the day of the month
    first, as 03/04/2025 does.
    """

    start: int
    end: int
    day: date
    precision: str
    ambiguous: bool = False


def search(
    text: str, start: int = 0, end: int | None = None, *, day_first: bool = False, years: bool = False
) -> Iterator[DateText]:
    """The dates written in ``text[start:end]``, in order; a year alone is one only if ``years`` is set.

    ``day_first`` reads 03/04/2025 as in most of the world, else as in the United States. What no calendar has
    (31 February) is left out.
    """
    end = len(text) if end is None else end
    if not _DIGIT.search(text, start, end):
        return
    for match in _DATE.finditer(text, start, end):
        found = _read(match, day_first)
        if found and (years or found.precision != "year"):
            yield found


def read(text: str, *, day_first: bool = False) -> DateText | None:
    """The date that all of ``text`` states, as machine-readable values do; None if it is none.

    Forms this module does not know go to dateutil, which is imported only then.
    """
    if compact := _COMPACT.fullmatch(text.strip()):
        day = _day(int(compact[1]), int(compact[2]), int(compact[3]))
        return DateText(0, len(text), day, "day") if day else None
    if found := next(search(text[:80], day_first=day_first, years=True), None):
        return found
    if not re.search(r"\d{2}", text) or len(text) > 80:
        return None
    from dateutil import parser

    try:
        moment = parser.parse(text, dayfirst=day_first, default=parser.parse("1000-01-01"))
    except (ValueError, OverflowError):
        return None
    day = moment.date()
    return DateText(0, len(text), day, "day") if day.year >= _EARLIEST else None


def last_day(day: date, precision: str) -> date:
    """The last day that a date of this precision can mean."""
    if precision == "day":
        return day
    import calendar

    month = 12 if precision == "year" else day.month
    return date(day.year, month, calendar.monthrange(day.year, month)[1])


def _read(match: re.Match[str], day_first: bool) -> DateText | None:
    parts = {name[0]: value for name, value in match.groupdict().items() if value is not None}
    year = int(parts["y"])
    if "n" in parts:
        return _numeric(match, parts, day_first)
    month = _month(parts["m"]) if "m" in parts else 1
    day = _day(year, month, int(re.sub(r"\D", "", parts.get("d", "1"))))
    precision = "day" if "d" in parts else "month" if "m" in parts else "year"
    return DateText(match.start(), match.end(), day, precision) if day else None


def _numeric(match: re.Match[str], parts: dict[str, str], day_first: bool) -> DateText | None:
    year, first, second = int(parts["y"]), int(parts["n"]), int(parts["o"])
    year += 2000 if year < 100 else 0
    either = first <= 12 and second <= 12
    day_leads = first > 12 or (second <= 12 and (day_first or parts["s"] == "."))
    month, number = (second, first) if day_leads else (first, second)
    day = _day(year, month, number)
    ambiguous = either and first != second and parts["s"] != "."
    return DateText(match.start(), match.end(), day, "day", ambiguous) if day else None


def _month(name: str) -> int:
    return int(name) if name.isdigit() else _MONTHS[name[:3].lower()]


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
