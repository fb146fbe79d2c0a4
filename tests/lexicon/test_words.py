"""Which words are known, and what a misspelt one was meant to be."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medlint.lexicon import word_classes, word_filter, words
from medlint.lexicon.word_file import WordFile, signposts
from medlint.lexicon.word_filter import WordFilter


@pytest.mark.parametrize(
    "word",
    "cholecystectomies thrombocytopenia hypoglycaemia glomerulonephritis psychoeducation unvaccinated frontend "
    "reauthenticate attaches executables deprescribing doctor's Siobhan's".split(),
)
def test_built_words_are_known(word: str) -> None:
    assert words.known(word) or words.british(word.lower())


@pytest.mark.parametrize("word", "symtoms transfering accomodate docter befor qwzx".split())
def test_slips_are_not_known(word: str) -> None:
    assert not words.listed(word)
    assert not words.inflected(word)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("symtoms", "symptoms"), ("medicaton", "medication"), ("hosptial", "hospital"), ("vomitting", "vomiting"),
        ("kidnies", "kidneys"), ("accessibity", "accessibility"), ("llowance", "allowance"), ("docter", "doctor"),
    ],
)  # fmt: skip
def test_the_nearest_common_word_is_suggested(written: str, meant: str) -> None:
    suggestion = words.suggest(written)
    assert suggestion is not None
    assert suggestion.word == meant


def test_nothing_is_suggested_for_what_resembles_nothing() -> None:
    assert words.suggest("xqzvkw") is None


@pytest.mark.parametrize(
    ("word", "apart"), [("policyto", "policy to"), ("disorderand", "disorder and"), ("scanner", "")]
)
def test_a_lost_space_beside_a_little_word(word: str, apart: str) -> None:
    assert words.run_together(word) == apart


@given(st.text(alphabet="abcdefgh", max_size=9), st.text(alphabet="abcdefgh", max_size=9))
def test_distance_is_symmetric_and_zero_only_for_equals(one: str, other: str) -> None:
    distance = words.distance(one, other)
    assert distance == words.distance(other, one)
    assert (distance == 0) == (one == other)
    assert distance >= min(abs(len(one) - len(other)), 4)


@pytest.mark.parametrize(
    ("one", "other", "distance"), [("form", "from", 1), ("cat", "cart", 1), ("heath", "health", 1), ("ab", "xyzw", 4)]
)
def test_distance_counts_an_exchange_as_one(one: str, other: str, distance: int) -> None:
    assert words.distance(one, other) == distance


@given(
    st.lists(st.text(alphabet="abcé'", min_size=1, max_size=6), max_size=40),
    st.text(alphabet="abcé'", max_size=6),
    st.integers(0, 60),
)
def test_a_word_file_holds_what_was_put_in(entries: list[str], other: str, apart: int) -> None:
    lines = sorted({entry.encode() for entry in entries})
    data = b"\n".join(line + (b" n" if index % 2 else b"") for index, line in enumerate(lines))
    file = WordFile(data, signposts(data, apart)) if apart else WordFile(data)
    assert [line.decode() in file for line in lines] == [True] * len(lines)
    assert [file.note(line.decode()) for line in lines] == ["n" if index % 2 else "" for index in range(len(lines))]
    assert (other in file) == (other.encode() in lines)
    beginning = other[:2]
    if beginning:
        expected = [line.decode() for line in lines if line.startswith(beginning.encode())]
        assert [word for word, _ in file.starting(beginning)] == expected


@pytest.mark.parametrize("posts", [False, True])
def test_a_word_with_its_note_is_no_word(posts: bool) -> None:
    data = b"a 0\nb\nc 1"
    file = WordFile(data, signposts(data, 2)) if posts else WordFile(data)
    assert [file.note(word) for word in ("a", "b", "c", "a 0", "c 1", "b\nc", "", "d")] == [
        "0",
        "",
        "1",
        None,
        None,
        None,
        None,
        None,
    ]


@given(st.lists(st.text(min_size=1, max_size=6), max_size=40))
def test_a_word_filter_lets_all_its_words_pass(entries: list[str]) -> None:
    held = WordFilter(word_filter.make(entries)).may_hold
    assert all(map(held, entries))


def test_hardly_a_stranger_passes_a_word_filter() -> None:
    held = WordFilter(word_filter.make(f"word{number}" for number in range(60_000))).may_hold
    assert sum(held(f"stranger{number}") for number in range(10_000)) < 200


def test_word_classes_tell_nouns_from_verbs() -> None:
    assert word_classes.only("symptoms", "N")
    assert word_classes.never("regular", "v")
    assert word_classes.may_be("cause", "v")
    assert word_classes.may_be("cause", "n")
    assert word_classes.usual("took", "t")
    assert not word_classes.may_be("the", "n")
    assert word_classes.of("qwzx") == word_classes.Classes()
