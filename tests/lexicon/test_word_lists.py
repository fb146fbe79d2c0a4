"""The word lists: in the order that look-ups need, with the words of health pages and without their misspellings."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import pytest

from medlint.lexicon import word_file


@cache
def entries(name: str) -> tuple[bytes, ...]:
    return tuple((word_file.FOLDER / name).read_bytes().rstrip(b"\n").split(b"\n"))


@pytest.mark.parametrize("name", ["words-english.txt", "words-names.txt", "words-common.txt"])
def test_lines_are_in_byte_order_and_single(name: str) -> None:
    words = [line.partition(b" ")[0] for line in entries(name)]
    assert all(a < b for a, b in pairwise(words))


def test_notes_say_region_and_subject() -> None:
    notes = {line.partition(b" ")[2] for line in entries("words-english.txt")}
    assert notes == {b"", b"us", b"uk", b"med", b"us med", b"uk med"}


def test_there_are_enough_medical_words() -> None:
    assert sum(line.endswith(b" med") for line in entries("words-english.txt")) >= 15_000


@pytest.mark.parametrize(
    ("word", "note"),
    [
        ("colour", "uk"), ("color", "us"), ("organise", "uk"), ("organize", ""), ("anaemia", "uk med"), ("anemia", "us med"),
        ("diarrhoea", "uk med"), ("sertraline", "med"), ("anhedonia", "med"), ("derealization", "med"), ("table", ""),
    ],
)  # fmt: skip
def test_words_carry_their_spelling(word: str, note: str) -> None:
    assert word_file.open_list("words-english.txt").note(word) == note


@pytest.mark.parametrize("word", "pervious diaster teh symtoms befor recieve medecine tretament sertaline".split())
def test_slips_for_common_words_are_no_words(word: str) -> None:
    assert word not in word_file.open_list("words-english.txt")


@pytest.mark.parametrize(
    "name", ["Khosla", "Siobhan", "Nguyen", "Okonkwo", "Rodriguez", "Müller", "Zoloft", "January", "MedlinePlus"]
)
def test_names_of_many_languages(name: str) -> None:
    assert name in word_file.open_list("words-names.txt")


def test_common_words_have_a_rank_and_the_commonest_stand_in_a_list_of_their_own() -> None:
    ranks = dict(line.split(b" ") for line in entries("words-common.txt"))
    assert set(ranks.values()) == {b"0", b"1", b"2", b"3", b"4"}
    assert ranks[b"the"] == b"0"
    assert ranks[b"hypertension"] in (b"0", b"1")
    assert entries("words-everyday.txt")[0].split() == sorted(word for word, rank in ranks.items() if rank == b"0")
