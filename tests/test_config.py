"""Configuration: found, merged, validated, and every value's origin known."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import jsonschema
import pytest

from medlint import config
from medlint.errors import ConfigError, MedlintError
from medlint.finding import Severity

TODAY = date(2026, 11, 23)


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def test_the_nearest_file_wins_and_the_repository_ends_the_search(tmp_path: Path) -> None:
    write(tmp_path / "medlint.toml", "")
    inner = write(tmp_path / "repo" / "site" / "medlint.toml", "")
    (tmp_path / "repo" / ".git").mkdir()
    (tmp_path / "repo" / "other").mkdir()
    assert config.find(tmp_path / "repo" / "site" / "a.md") == inner
    assert config.find(tmp_path / "repo" / "other") is None


def test_pyproject_counts_only_with_a_medlint_table(tmp_path: Path) -> None:
    project = write(tmp_path / "pyproject.toml", "[tool.other]\n")
    (tmp_path / ".git").mkdir()
    assert config.find(tmp_path) is None
    project.write_text("[tool.medlint]\nfail-on = 'warning'\n")
    assert config.load(config.find(tmp_path)).config.fail_on == "warning"


def test_layers_merge_and_say_where_each_value_came_from(tmp_path: Path) -> None:
    base = write(
        tmp_path / "base.toml", "words = ['alpha']\nfail-on = 'info'\n[profile]\nregion = 'uk'\naudience = 'carer'\n"
    )
    own = write(
        tmp_path / "site" / "medlint.toml", "extends = '../base.toml'\nwords = ['beta']\n[profile]\nregion = 'ie'\n"
    )
    loaded = config.load(own, {"fail-on": "never"})
    assert loaded.config.words == ("alpha", "beta")
    assert (loaded.config.profile.region, loaded.config.profile.audience) == ("ie", "carer")
    assert loaded.origins["profile.region"] == str(own)
    assert loaded.origins["profile.audience"].endswith(base.name)
    assert loaded.origins["fail-on"] == "command line"


@pytest.mark.parametrize(
    ("text", "message", "line"),
    [
        ("fail-on = 'error'\nfial-on = 'error'", "Did you mean 'fail-on'", 2),
        ("[profile]\nregoin = 'us'", "Did you mean 'region'", 2),
        ("[links]\nofline = true", "Did you mean 'offline'", 2),
        ("fail-on = 'sometimes'", "fail-on", 1),
        ("max-bytes = 'big'", "max-bytes", 1),
        ("a = ", "not valid TOML", 1),
        ("extends = 'nowhere.toml'", "no such file or installed package", 1),
        ("extends = 'https://example.org/x.toml'", "Never a URL", None),
        ("extends = 'medlint.toml'", "extends itself", None),
    ],
)
def test_a_mistake_names_file_line_and_remedy(tmp_path: Path, text: str, message: str, line: int | None) -> None:
    path = write(tmp_path / "medlint.toml", text)
    with pytest.raises(ConfigError, match=message) as caught:
        config.load(path)
    if line is not None:
        assert caught.value.where == str(path)
        assert caught.value.line == line


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[rules.check-crashd]\nseverity = 'off'", "Did you mean 'check-crashed'"),
        ("[rules.check-crashed]\nseverity = 'fatal'", "none of error, warning, info, off"),
        ("[profile]\nregion = 'usa'", "Did you mean 'us'"),
        ("select = ['everything']", "no rule or category"),
        ("rule-folders = ['nowhere']", "no such folder"),
    ],
)
def test_unknown_rules_and_values_are_errors(tmp_path: Path, text: str, message: str) -> None:
    loaded = config.load(write(tmp_path / "medlint.toml", text))
    with pytest.raises(MedlintError, match=message):
        loaded.config.settings(TODAY, "a.md", root=loaded.root)


def test_overrides_apply_by_path(tmp_path: Path) -> None:
    text = """
[[override]]
paths = ["clinicians/"]
profile = {audience = "clinician"}
rules = {check-crashed = {severity = "info"}}
"""
    loaded = config.load(write(tmp_path / "medlint.toml", text))
    inside = loaded.config.settings(TODAY, str(tmp_path / "clinicians" / "a.md"), root=loaded.root)
    outside = loaded.config.settings(TODAY, str(tmp_path / "patients" / "a.md"), root=loaded.root)
    assert (inside.profile.audience, outside.profile.audience) == ("clinician", "patient")
    severity = {rule.name: rule.severity for rule in inside.rules.rules}
    assert severity["check-crashed"] is Severity.INFO


def test_the_schema_says_what_the_loader_takes() -> None:
    schema = json.loads(json.dumps(config.schema()))
    validator = jsonschema.Draft202012Validator(schema)
    assert validator.is_valid({"fail-on": "error", "profile": {"region": "us"}, "links": {"accept": {"a.b": [403]}}})
    for wrong in ({"fail-on": "x"}, {"fial-on": "error"}, {"profile": {"regoin": "us"}}, {"words": "x"}):
        assert not validator.is_valid(wrong)
        with pytest.raises(ConfigError):
            config._convert(wrong, None)
