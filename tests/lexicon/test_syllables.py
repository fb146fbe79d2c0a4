"""Syllables: exact where the table is, plausible elsewhere, and never slow."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medlint.lexicon import syllables

BY_HAND = Path(__file__).parents[2] / "tools" / "lexicon" / "medical-syllables.txt"


in_a_checkout = pytest.mark.skipif(not BY_HAND.exists(), reason="the words counted by hand are in the checkout")


def by_hand() -> dict[str, int]:
    lines = [line for line in BY_HAND.read_text("ascii").split("\n") if line and not line.startswith("#")]
    return {line.replace("-", ""): line.count("-") + 1 for line in lines}


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("colonoscopy", 5), ("metformin", 3), ("semaglutide", 4), ("gabapentin", 4), ("tirzepatide", 4),
        ("hydrochlorothiazide", 7), ("sertraline", 3), ("anhedonia", 5), ("diarrhoea", 4), ("oedema", 3),
        ("the", 1), ("people", 2), ("area", 3), ("created", 3), ("prescribed", 2), ("needed", 2),
        ("don't", 1), ("couldn't", 2), ("naïve", 2), ("café", 2),
    ],
)  # fmt: skip
def test_words_of_health_pages(word: str, expected: int) -> None:
    assert syllables.count(word) == expected


@in_a_checkout
def test_every_word_counted_by_hand_is_exact() -> None:
    words = by_hand()
    assert len(words) >= 300
    assert {word: syllables.count(word) for word in words} == words


@in_a_checkout
def test_letters_alone_are_right_for_nine_medical_words_of_ten() -> None:
    words = by_hand()
    right = sum(syllables.by_letters(word) == number for word, number in words.items())
    assert right / len(words) >= 0.9


def test_case_and_apostrophes_do_not_matter() -> None:
    assert syllables.count("Doctor\u2019s") == syllables.count("doctor's") == syllables.count("DOCTOR") == 2


def test_a_plural_or_possessive_gains_a_syllable_only_after_a_sibilant() -> None:
    assert syllables.count("colonoscopies") == 5
    assert syllables.count("biopsy's") == 3
    assert syllables.count("sepsis's") == 3


def test_parts_of_a_hyphenated_word_add_up() -> None:
    assert syllables.count("well-being") == 3
    assert syllables.count("self-care-") == 2


def test_a_word_without_vowels_is_spelt_out() -> None:
    assert syllables.count("PTSD") == 4
    assert syllables.count("tw") == 4


def test_figures_and_nothing_count_as_one() -> None:
    assert syllables.count("7") == syllables.count("") == syllables.count("-") == 1


def test_only_the_first_letters_of_junk_are_looked_at() -> None:
    assert syllables.count("ba" * 1_000_000) <= syllables.LONGEST


@given(st.text(max_size=80))
def test_any_text_has_at_least_one(text: str) -> None:
    assert syllables.count(text) >= 1


def test_the_table_stays_small_enough_to_load_at_once() -> None:
    assert Path(syllables.__file__).with_name("syllables.txt").stat().st_size < 400_000
