"""What a pattern needs is in every match of it, so a pattern that is only run where that stands finds the same."""

import gc
import importlib
import pkgutil
import re
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

import medlint.checks
import medlint.facts
from medlint import catalog
from medlint.facts.directory import directory
from medlint.facts.distress import _lexicon
from medlint.matching import Rare, literals_of, needs_of


@cache
def house() -> tuple[Rare, ...]:
    """Every Rare there is once all modules and tables that have some are loaded."""
    for package in (medlint.checks, medlint.facts):
        for module in pkgutil.iter_modules(package.__path__):
            importlib.import_module(f"{package.__name__}.{module.name}")
    rules = catalog.select(catalog.builtin(), preview=True)
    tables = (_lexicon(), directory().phrases, rules.triggers)
    assert all(tables)
    return tuple(item for item in gc.get_objects() if isinstance(item, Rare))


def test_there_are_house_patterns_to_try() -> None:
    assert len(house()) > 100


def test_no_pattern_for_text_in_lower_case_asks_for_a_capital() -> None:
    for pattern in house():
        if not pattern._flags & re.IGNORECASE:
            plain = re.sub(r"\\.|\[[^\]]*\]|\(\?[^:)]*[:)]", "", pattern._pattern)
            assert plain == plain.lower(), pattern._pattern


@cache
def texts() -> tuple[str, ...]:
    items = (catalog.example(item) for rule in catalog.builtin() for item in (*rule.examples.bad, *rule.examples.good))
    return tuple(dict.fromkeys(item.text.lower() for item in items))


def test_a_rare_pattern_finds_what_the_pattern_finds() -> None:
    together = "\n".join(texts())
    for pattern in house():
        whole = re.compile(pattern._pattern, pattern._flags)
        for match in whole.finditer(together):
            begin = max(together.rfind("\n", 0, match.start()), 0)
            end = together.find("\n", match.end())
            text = together[begin : end if end >= 0 else len(together)]
            assert [found.span() for found in pattern.finditer(text)] == [
                found.span() for found in whole.finditer(text)
            ]
            assert pattern.search(text)


@given(st.data())
def test_every_match_holds_what_its_pattern_needs(data: st.DataObject) -> None:
    pattern = data.draw(st.sampled_from(PATTERNS))
    text = data.draw(st.from_regex(re.compile(pattern, re.ASCII), fullmatch=True))
    for needed in needs_of(pattern):
        assert any(literal in text.lower() for literal in needed)


PATTERNS = [
    r"\b(?:stop|quit)(?:ping|ting)? (?:taking|using) (?:your|the|any)\b",
    r"harm(?:ing)? (?:your|them)sel(?:f|ves) or others",
    r"(?:very )+good(?=.)?x?",
    r"(?P<verb>dunk|dip)(?: \w+){0,2} (?:face|head)[^.;,]{0,25}(?:ice|icy|cold)[ -]?water",
    r"side[- ]effects?|adverse (?:effects?|events?)|boxed warning",
    r"(?:(?:one|two) )?tablets?(?! more)",
]


@pytest.mark.parametrize(
    ("pattern", "needed"),
    [
        (r"self|no", []),
        (r"face in water", [{"face in water"}]),
        (r"(?:cold|icy) water", [{" water"}, {"cold", "icy"}]),
        (r"(?:crack|pop) your neck", [{" your neck"}, {"crack", "pop"}]),
        (r"(?:crack|pop)\w* with \w+", [{"crack", "pop"}, {" with "}]),
        (r"(?:cold )?shower", [{"shower"}]),
    ],
)
def test_what_a_pattern_needs_is_told_with_what_says_most_first(pattern: str, needed: list[set[str]]) -> None:
    assert list(needs_of(pattern)) == needed
    assert literals_of(pattern) == (needed[0] if needed else set())


def test_a_pattern_that_needs_nothing_is_always_run() -> None:
    assert Rare(r"\d+ ?x").search("10 x")
    assert Rare(r"\d+ ?x").literals == frozenset()


def test_the_words_for_distress_can_all_be_looked_for() -> None:
    assert all(pattern.literals for known in _lexicon().rows for pattern in known.patterns)
    assert all(pattern.literals for found in _lexicon().exclusions.values() for _, pattern in found)
