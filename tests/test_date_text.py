"""Dates as pages write them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medlint import date_text


@pytest.mark.parametrize(
    ("text", "day", "precision"),
    [
        ("October 4, 2024", "2024-10-04", "day"),
        ("Oct. 4th 2024", "2024-10-04", "day"),
        ("4 Oct 2024", "2024-10-04", "day"),
        ("3rd of May, 2026", "2026-05-03", "day"),
        ("4-Oct-2024", "2024-10-04", "day"),
        ("2022 Oct 12", "2022-10-12", "day"),
        ("2024-10-04T08:00:00+02:00", "2024-10-04", "day"),
        ("2017-04-26T08:00:00.0000000Z-05:00", "2017-04-26", "day"),
        ("20240705", "2024-07-05", "day"),
        ("Thu, 09/25/2025 - 11:38", "2025-09-25", "day"),
        ("25/09/2025", "2025-09-25", "day"),
        ("25.9.2025", "2025-09-25", "day"),
        ("Tue, 03 Jun 2025 10:00:00 GMT", "2025-06-03", "day"),
        ("April 2025", "2025-04-01", "month"),
        ("2024-10", "2024-10-01", "month"),
        ("10/2024", "2024-10-01", "month"),
        ("2025", "2025-01-01", "year"),
        ("28 February, 2025 at 3 pm", "2025-02-28", "day"),
    ],
)
def test_forms(text: str, day: str, precision: str) -> None:
    found = date_text.read(text)
    assert found is not None
    assert (found.day.isoformat(), found.precision) == (day, precision)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "YYYY-MM-DD",
        "31 February 2024",
        "2024-13-40",
        "1-800-273-8255",
        "10.7759/cureus.33475",
        "last spring",
        "0000-00-00",
    ],
)
def test_no_date(text: str) -> None:
    assert date_text.read(text) is None


@pytest.mark.parametrize(
    "text", ["call 1-877-424-3838", "doi 10.1016/j.2015.06.022", "in 2019", "12/5 people", "version 1.2.2024.5"]
)
def test_numbers_in_prose_are_no_dates(text: str) -> None:
    assert not list(date_text.search(text))


def test_day_or_month_first() -> None:
    found = date_text.read("03/04/2025")
    assert found is not None
    assert (found.day, found.ambiguous) == (date(2025, 3, 4), True)
    found = date_text.read("03/04/2025", day_first=True)
    assert found is not None
    assert found.day == date(2025, 4, 3)


def test_last_day_of_what_a_date_can_mean() -> None:
    assert date_text.last_day(date(2024, 2, 1), "month") == date(2024, 2, 29)
    assert date_text.last_day(date(2024, 1, 1), "year") == date(2024, 12, 31)


@given(st.text(alphabet="0123456789/-. MayJuneof,thT:", max_size=30))
def test_never_raises(text: str) -> None:
    date_text.read(text)
    list(date_text.search(text, years=True))
