"""Loading, validating and selecting rules."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from medlint.catalog import RuleSet, builtin, from_folder, select
from medlint.errors import ConfigError, RuleError
from medlint.finding import Severity

GOOD = """\
name: odd-word
severity: warning
confidence: high
summary: An odd word.
message: '"{text}" is odd.'
advice: Use another.
why: Because.
sources:
  - {title: T, publisher: P, accessed: 2026-11-01}
check: pattern
options: {match: ['zyzzyva']}
examples:
  bad: ["A **zyzzyva**.", "One **Zyzzyva** more."]
  good: ["A beetle.", "A weevil."]
"""


def rules_from(tmp_path: Path, text: str, name: str = "odd-word.yaml") -> object:
    (tmp_path / "house").mkdir(exist_ok=True)
    (tmp_path / "house" / name).write_text(text, "utf-8")
    return from_folder(tmp_path / "house")


def test_a_house_rule_is_one_file(tmp_path: Path) -> None:
    (rule,) = rules_from(tmp_path, GOOD)  # type: ignore[misc]
    assert (rule.name, rule.category) == ("odd-word", "house")


@pytest.mark.parametrize(
    ("old", "new", "message", "line"),
    [
        ("severity: warning", "severity: terrible", "severity", 2),
        ("summary: An odd word.", "sumary: An odd word.", "sumary|summary", None),
        ("name: odd-word", "name: other-word", "not the file's name", 1),
        ("check: pattern", "check: patern", "Did you mean 'pattern'", None),
        ("{match: ['zyzzyva']}", "{match: ['zyz(']}", "not a regular expression", 1),
        ("{match: ['zyzzyva']}", "{match: ['.*']}", "every page", 1),
        ("{match: ['zyzzyva']}", "{matches: ['zyzzyva']}", "options", None),
        ("accessed: 2026-11-01", "accessed: last week", "not a date", 1),
        ('  good: ["A beetle.", "A weevil."]', "  good: []", "at least two", 1),
        ("why: Because.", "why: [a", "not valid YAML", 7),
        ("why: Because.", "why: &a [*a]", "aliases", 7),
        ("why: Because.", "why: !!int", "tag", 7),
        ("why: Because.", "~: a\nnull: b", "there twice", 8),
        ("severity: warning", "severity: ''", "severity", 2),
    ],
)
def test_a_bad_rule_file_names_file_line_and_remedy(
    tmp_path: Path, old: str, new: str, message: str, line: int | None
) -> None:
    with pytest.raises(RuleError, match=message) as caught:
        rules_from(tmp_path, GOOD.replace(old, new))
    assert caught.value.remedy
    if line is not None:
        assert caught.value.where.endswith("odd-word.yaml")
        assert caught.value.line is not None
        assert abs(caught.value.line - line) <= 1


def test_selection_by_name_category_and_all() -> None:
    rules = builtin()
    everything = {rule.name for rule in select(rules, preview=True).rules}
    assert {rule.name for rule in select(rules, select=["all"], preview=True).rules} == everything
    only = select(rules, select=["self"]).rules
    assert only
    assert all(rule.category == "self" for rule in only)
    assert "check-crashed" not in {rule.name for rule in select(rules, ignore=["self"]).rules}


def test_an_unknown_name_is_an_error_with_a_suggestion() -> None:
    with pytest.raises(ConfigError, match="Did you mean 'check-crashed'"):
        select(builtin(), select=["check-crashd"])


def test_severity_can_be_changed_or_turned_off() -> None:
    changed = select(builtin(), severities={"check-crashed": Severity.INFO, "file-unreadable": None})
    by_name = {rule.name: rule for rule in changed.rules}
    assert by_name["check-crashed"].severity is Severity.INFO
    assert "file-unreadable" not in by_name
    assert changed.digest != select(builtin()).digest


def test_a_rule_set_has_the_same_digest_wherever_it_is_installed() -> None:
    elsewhere = [replace(rule, path=f"/elsewhere/{rule.name}.yaml") for rule in builtin()]
    assert RuleSet(elsewhere).digest == select(builtin(), preview=True).digest
    for change in ({"message": "other"}, {"category": "other"}):
        assert RuleSet([replace(elsewhere[0], **change), *elsewhere[1:]]).digest != RuleSet(elsewhere).digest
