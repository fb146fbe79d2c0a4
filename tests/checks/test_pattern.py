"""Phrase rules: names in which nothing is found, and what that costs on a page that repeats them."""

from __future__ import annotations

from datetime import date

from medlint import engine
from medlint.catalog import RuleSet
from medlint.facts import Facts
from medlint.profile import Profile
from medlint.readers import read
from medlint.rule import Rule
from medlint.source import Source
from tests.rules import pattern_rule

RULE = pattern_rule("odd-word", "zyzzyva", skip=["Zyzzyva Society(?: of Odd Zyzzyvas)?"])


def found(text: str, rule: Rule = RULE) -> list[int]:
    facts = Facts(read(Source(text, "a.md")), Profile(health=True), date(2026, 11, 23))
    return [finding.span.start for finding in engine.run(facts, RuleSet([rule])).findings]


def test_nothing_is_found_inside_a_name_but_all_around_it() -> None:
    assert found("The Zyzzyva Society of Odd Zyzzyvas met a zyzzyva.") == [42]


def test_names_cost_no_more_than_their_number() -> None:
    assert len(found("A zyzzyva met the Zyzzyva Society and " * 4000)) == 4000
