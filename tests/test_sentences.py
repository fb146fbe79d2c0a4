"""Where sentences end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medlint.sentences import split


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in split(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Take 2.5 mg. Then rest.", ["Take 2.5 mg.", "Then rest."]),
        ("Dr. Smith called at 8 a.m. and left.", ["Dr. Smith called at 8 a.m. and left."]),
        ("It starts at 8 a.m. The clinic is open.", ["It starts at 8 a.m.", "The clinic is open."]),
        ("Ask J. R. Roe, M.D. about it.", ["Ask J. R. Roe, M.D. about it."]),
        ("Take vitamin D. It helps.", ["Take vitamin D.", "It helps."]),
        ("See e.g. the NHS. Or don’t!", ["See e.g. the NHS.", "Or don’t!"]),
        ("“Rest,” she said. “Now.”", ["“Rest,” she said.", "“Now.”"]),
        ("It helps.[1,2] It works.³ Good.", ["It helps.[1,2]", "It works.³", "Good."]),
        ("Why? because. Wait… then go.", ["Why?", "because.", "Wait… then go."]),
        ("In the U.S. people vary.", ["In the U.S. people vary."]),
        ("no stop at all", ["no stop at all"]),
        ("", []),
        ("Bacteria (e.g. E. coli) grow.", ["Bacteria (e.g. E. coli) grow."]),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@given(st.text(max_size=200))
def test_ranges_are_in_order_and_miss_only_space(text: str) -> None:
    position = 0
    for start, end in split(text):
        assert position <= start < end <= len(text)
        assert not text[position:start].strip()
        position = end
    assert not text[position:].strip()
