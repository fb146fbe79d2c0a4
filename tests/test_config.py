"""Configuration: found, merged, validated, and every value's origin known."""

from __future__ import annotations

import inspect
import json
import sys
from datetime import date
from pathlib import Path

import jsonschema
import pytest

from medlint import catalog, config
from medlint.errors import ConfigError, MedlintError
from medlint.finding import Severity
from medlint.schema import schema

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
    for text in ("[tool.medlint]\nfail-on = 'warning'\n", "[tool]\nmedlint = {fail-on = 'warning'}\n"):
        project.write_text(text)
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
    assert loaded.origins["profile.region"] == (str(own),)
    assert [Path(origin).name for origin in loaded.origins["words"]] == [base.name, own.name]
    assert loaded.origins["fail-on"] == ("command line",)


def test_paths_of_a_base_count_from_the_base(tmp_path: Path) -> None:
    write(
        tmp_path / "shared" / "base.toml",
        "rule-folders = ['rules']\nbaseline = 'base.json'\nlinks.ca-file = 'ca.pem'\n",
    )
    own = write(tmp_path / "site" / "medlint.toml", "extends = '../shared/base.toml'\nrule-folders = ['own']\n")
    loaded = config.load(own)
    folders = [loaded.named(name).resolve() for name in loaded.config.rule_folders]
    assert folders == [tmp_path / "shared" / "rules", tmp_path / "site" / "own"]
    assert loaded.named(loaded.config.baseline).resolve() == tmp_path / "shared" / "base.json"
    assert loaded.named(loaded.config.links.ca_file).resolve() == tmp_path / "shared" / "ca.pem"


def test_an_installed_package_can_be_extended_and_a_folder_of_the_tree_cannot(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = tmp_path / "lib" / "site-packages"
    write(site / "acme_medlint" / "__init__.py", "raise SystemExit('imported')")
    write(site / "acme_medlint" / "medlint.toml", "fail-on = 'info'\nrule-folders = ['rules']\n")
    write(tmp_path / "tree" / "beetle" / "medlint.toml", "fail-on = 'never'\n")
    write(tmp_path / "tree" / "beetle" / "__init__.py", "")
    monkeypatch.setattr(sys, "path", [str(tmp_path / "tree"), str(site), *sys.path])
    own = write(tmp_path / "tree" / "medlint.toml", "extends = 'acme-medlint'\n")
    loaded = config.load(own)
    assert loaded.config.fail_on == "info"
    assert loaded.named(loaded.config.rule_folders[0]) == site / "acme_medlint" / "rules"
    own.write_text("extends = 'beetle'\n")
    with pytest.raises(ConfigError, match="no such file or installed package"):
        config.load(own)


@pytest.mark.parametrize(
    ("text", "message", "line"),
    [
        ("fail-on = 'error'\nfial-on = 'error'", "no setting 'fial-on'. Did you mean 'fail-on'", 2),
        ("[profile]\nregoin = 'us'", r"no setting 'regoin' in \[profile\]. Did you mean 'region'", 2),
        ("[links]\nofline = true", "Did you mean 'offline'", 2),
        ("[snippets]\ndisclamer = 'x'", "Did you mean 'disclaimer'", 2),
        ("fail-on = 'sometimes'", "none of error, info, never, warning", 1),
        ("[profile]\nregion = 'usa'", "Did you mean 'us'", 2),
        ("\nmax-bytes = 'big'", "max-bytes cannot be text. Write a whole number.", 2),
        ("words = 'one'", r"words cannot be text. Write a list in \[ \].", 1),
        ("[links]\noffline = 'yes'", "Write true or false.", 2),
        ("[links]\ntimeout = -1", "out of range. Write a number > 0", 2),
        ("[[override]]\npaths = ['a']\n[[override]]\nignore = []", r"override\[1\] lacks 'paths'. Add it.", 3),
        ("[[override]]\npaths = ['a']\npath = 'b'", r"no setting 'path' in \[override\[0\]\]", 3),
        ("exclude = ['drafts', '[z-a]']", "'\\[z-a\\]' is no gitignore pattern", 1),
        ("[[override]]\npaths = ['!']", "'!' is no gitignore pattern", 2),
        ("a = ", "not valid TOML", 1),
        ("extends = 'nowhere.toml'", "no such file or installed package", 1),
        ("extends = 'https://example.org/x.toml'", "never a URL", 1),
        ("extends = 'medlint.toml'", "extends itself", None),
    ],
)
def test_a_mistake_names_file_line_and_remedy(tmp_path: Path, text: str, message: str, line: int | None) -> None:
    path = write(tmp_path / "medlint.toml", text)
    with pytest.raises(ConfigError, match=message) as caught:
        config.load(path)
    assert caught.value.where == str(path)
    if line is not None:
        assert caught.value.line == line


@pytest.mark.parametrize(
    ("text", "message", "line"),
    [
        ("[rules.check-crashd]\nseverity = 'off'", "Did you mean 'check-crashed'", 1),
        ("[rules.check-crashed]\nseverity = 'fatal'", "none of error, warning, info, off", 2),
        ("[rules.check-crashed]\nmaxium = 3", "no options", 1),
        ("[rules.sentence-too-long]\n# c\nmots = 3", "Did you mean 'most'", 3),
        ("[rules.sentence-too-long]\nmost = 'many'", "most cannot be text. Write a whole number.", 2),
        ("fail-on = 'info'\nselect = ['everything']", "no rule or category 'everything'", 2),
        ("[rules.check-crashd]", "Did you mean 'check-crashed'", 1),
        ("ignore = ['typo']", "Did you mean 'typos'", 1),
        ("[[override]]\npaths = ['a']\nignore = ['typo']", "Did you mean 'typos'", 3),
        ("[[override]]\npaths = ['a']\n[override.rules.check-crashd]\nseverity = 'off'", "Did you mean 'check-", 3),
        ("rule-folders = ['nowhere']", "no folder of rules 'nowhere'", 1),
        ("rules-version = 'new'", "is no release. Write one like 0.1.", 1),
    ],
)
def test_unknown_rules_and_values_are_errors_where_they_stand(
    tmp_path: Path, text: str, message: str, line: int
) -> None:
    path = write(tmp_path / "medlint.toml", text)
    loaded = config.load(path)
    with pytest.raises(ConfigError, match=message) as caught:
        loaded.settings(TODAY, "a.md")
    assert (caught.value.where, caught.value.line) == (str(path), line)


def test_no_error_can_be_raised_without_a_remedy() -> None:
    assert inspect.signature(MedlintError).parameters["remedy"].default is inspect.Parameter.empty


def test_overrides_apply_by_path(tmp_path: Path) -> None:
    text = """
[[override]]
paths = ["clinicians/"]
profile = {audience = "clinician"}
rules = {check-crashed = {severity = "info"}}
"""
    loaded = config.load(write(tmp_path / "medlint.toml", text))
    inside = loaded.settings(TODAY, str(tmp_path / "clinicians" / "a.md"))
    outside = loaded.settings(TODAY, str(tmp_path / "patients" / "a.md"))
    assert (inside.profile.audience, outside.profile.audience) == ("clinician", "patient")
    severity = {rule.name: rule.severity for rule in inside.rules.rules}
    assert severity["check-crashed"] is Severity.INFO


def test_an_override_may_change_the_profile_and_leave_out_more(tmp_path: Path) -> None:
    text = """
ignore = ["check-crashed"]
[profile]
region = "uk"
[[override]]
paths = ["a.md"]
ignore = ["file-unreadable"]
profile = {audience = "clinician"}
"""
    loaded = config.load(write(tmp_path / "medlint.toml", text)).at(str(tmp_path / "a.md"))
    assert loaded.config.ignore == ("check-crashed", "file-unreadable")
    assert (loaded.config.profile.region, loaded.config.profile.audience) == ("uk", "clinician")
    assert loaded.origins["profile.audience"][-1].endswith("override 1")


def test_patterns_count_from_the_configuration_wherever_medlint_is_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    loaded = config.load(write(tmp_path / "medlint.toml", "exclude = ['content/drafts/']"))
    (tmp_path / "content" / "drafts").mkdir(parents=True)
    for folder, name in ((".", "content/drafts/a.md"), ("content", "drafts/a.md"), ("content/drafts", "a.md")):
        monkeypatch.chdir(tmp_path / folder)
        assert loaded.excludes(Path(name))
    assert loaded.excludes(tmp_path / "content" / "drafts", folder=True)
    assert not loaded.excludes(tmp_path / "content" / "a.md")
    assert not loaded.excludes(tmp_path.parent / "content" / "drafts" / "a.md")


def test_a_rule_later_than_the_rules_version_does_not_run() -> None:
    names = lambda version: {rule.name for rule in catalog.select(rules, version=version).rules}  # noqa: E731
    rules = [rule for rule in catalog.builtin() if rule.check != catalog.ENGINE][:2]
    rules[1] = type(rules[1])(**{**{f: getattr(rules[1], f) for f in rules[1].__struct_fields__}, "added": "0.10"})
    assert names("0.2") == {rules[0].name}
    assert names("0.10.1") == names("") == {rule.name for rule in rules}


def test_the_schema_says_what_the_loader_takes() -> None:
    validator = jsonschema.Draft202012Validator(json.loads(json.dumps(schema())))
    for right in (
        {"fail-on": "error", "profile": {"region": "us"}, "links": {"accept": {"a.b": [403]}}},
        {"rules": {"sentence-too-long": {"severity": "off", "most": 20}, "my-rule": {"severity": "info"}}},
        {"override": [{"paths": ["a"], "rules": {"check-crashed": {"severity": "info"}}}], "extends": "a.toml"},
    ):
        validator.validate(right)
        config.Loaded(config._convert(right, "x"))
    for wrong in (
        {"fail-on": "x"}, {"fial-on": "error"}, {"profile": {"regoin": "us"}}, {"words": "x"}, {"profile": {"region": "usa"}},
        {"rules": {"sentence-too-long": {"mots": 3}}},
    ):  # fmt: skip
        assert not validator.is_valid(wrong)
        with pytest.raises(ConfigError):
            config._convert(wrong, "x").settings(TODAY)


def test_the_schema_has_every_rule_and_setting() -> None:
    parts = schema()["$defs"]
    assert set(parts["RuleSettings"]["properties"]) == {rule.name for rule in catalog.builtin()}
    assert set(parts["Config"]["properties"]) == {
        field.encode_name for field in config.msgspec.structs.fields(config.Config)
    }
