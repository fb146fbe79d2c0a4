"""Every example in every rule file, and what a published rule must have."""

from __future__ import annotations

import msgspec
import pytest

from medlint import catalog, examples
from medlint.rule import Example, Examples, Rule

RULES = catalog.builtin()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_rule_is_fit_to_publish(rule: Rule) -> None:
    assert not list(catalog.problems(rule))


@pytest.mark.parametrize("rule", [r for r in RULES if r.check != catalog.ENGINE], ids=lambda rule: rule.name)
def test_examples_hold(rule: Rule) -> None:
    failures = [result for result in examples.run([rule]) if result]
    assert not failures, "\n".join(f"{f.kind} as {f.format}: {f.problem}\n    {f.text[:200]}" for f in failures)


def test_names_are_unique() -> None:
    names = [name for rule in RULES for name in (rule.name, *rule.aliases)]
    assert len(names) == len(set(names))


def test_an_example_holds_only_in_the_words_of_its_variant() -> None:
    (rule,) = (rule for rule in RULES if rule.name == "crisis-service-closed")
    text = "Dial 988 and **press 3** for LGBTQ+ support."
    for variant, holds in (("phrase", True), ("likely-phrase", False)):
        bad: list[Example | str] = [Example(text, variant=variant)]
        changed = msgspec.structs.replace(rule, examples=Examples(bad, []))
        assert any(examples.run([changed])) is not holds
