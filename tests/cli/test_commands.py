"""The other commands: what they print, and that mistakes exit 2 with a remedy."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest

from medlint.cli import COMMANDS, invoke
from medlint.config import load
from tests.cli.test_check import article, folder  # noqa: F401


def output(capsys: pytest.CaptureFixture[str], *words: str, code: int = 0) -> str:
    assert invoke(words) == code
    return capsys.readouterr().out


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    text = output(capsys, "--help")
    assert all(command in text for command in COMMANDS)
    for command in COMMANDS:
        assert "Usage" in output(capsys, command, "--help")


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("ch", "check"),
        ("check --fail", "--fail-on"),
        ("check --format sa", "sarif"),
        ("check --select cri", "crisis-line-missing"),
        ("explain crisis-line-mi", "crisis-line-misnamed"),
    ],
)
def test_shells_complete_commands_options_and_values(
    words: str, offered: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("_MEDLINT_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", f"medlint {words}")
    monkeypatch.setenv("COMP_CWORD", str(len(words.split())))
    with pytest.raises(SystemExit):
        invoke([])
    assert offered in capsys.readouterr().out.split()


def test_statistics_and_doubts_stand_beside_the_report(capsys: pytest.CaptureFixture[str]) -> None:
    name = article("a.md", "# Sleep\n\nA zyzzyva and a zyzzyva. A beetle.\n")
    invoke(["check", name, "--statistics", "--format", "json"])
    captured = capsys.readouterr()
    assert json.loads(captured.out)["summary"]["findings"]["error"] == 2
    rows = [line.split() for line in captured.err.splitlines()]
    assert ["odd-word", "2", "1"] in [row[:3] for row in rows]
    invoke(["check", name, "--isolated", "--offline", "--show-undetermined"])
    assert "a.md: undetermined[reading-grade-too-high] " in capsys.readouterr().err


def test_explain_tells_what_why_and_on_whose_authority(capsys: pytest.CaptureFixture[str]) -> None:
    text = output(capsys, "explain", "real-word-error-in-frame")
    for part in ("What to do", "Why", "Rests on", "Found", "Left alone", "hard-to-regular"):
        assert part in text
    assert "odd-word" in output(capsys, "explain", "odd-word")
    assert invoke(["explain", "real-word-eror-in-frame"]) == 2
    assert "Did you mean 'real-word-error-in-frame'" in capsys.readouterr().err


def test_rules_lists_and_prints_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert "odd-word" in output(capsys, "rules", "house")
    rules = json.loads(output(capsys, "rules", "--format", "json"))
    assert {"name", "severity", "sources", "examples"} <= set(rules[0])
    assert not any(rule.get("path") for rule in rules)


def test_test_runs_examples_of_house_rules(capsys: pytest.CaptureFixture[str]) -> None:
    assert "8 examples hold, 0 do not" in output(capsys, "test", "house/").replace("16", "8")
    rule = Path("house/odd-word.yaml")
    rule.write_text(rule.read_text("utf-8").replace("A bee.", "A zyzzyva."), "utf-8")
    assert "good example" in output(capsys, "test", "house/", code=1)


def test_try_runs_one_rule_on_a_phrase(capsys: pytest.CaptureFixture[str]) -> None:
    assert "zyzzyva" in output(capsys, "try", "odd-word", "A zyzzyva sat.", code=1)
    assert "Nothing to report" in output(capsys, "try", "odd-word", "A bee sat.")


def test_why_tells_what_looked_fired_and_was_silenced(capsys: pytest.CaptureFixture[str]) -> None:
    article("a.md", "# T\n\n<!-- medlint-ignore odd-word -- a name -->\n\nA zyzzyva and a beetle.\n")
    text = output(capsys, "why", "a.md:5")
    assert "odd-word  suppressed: a name" in text
    assert "odd-beetle  fired" in text
    assert "body paragraph" in text
    assert invoke(["why", "a.md"]) == 2
    assert "FILE:LINE" in capsys.readouterr().err


def test_why_names_the_setting_or_file_that_silences(capsys: pytest.CaptureFixture[str]) -> None:
    article("a.md", "A zyzzyva and a beetle.\n")
    config = Path("medlint.toml")
    config.write_text("baseline = 'base.json'\nignore = ['odd-beetle']\n" + config.read_text())
    output(capsys, "baseline", "write", "a.md")
    text = output(capsys, "why", "a.md:1")
    assert "odd-word  baselined: accepted in base.json" in text
    assert re.search(r"odd-beetle  ignored by .*medlint\.toml:2", text)
    assert re.search(r"sources-missing  not selected by .*medlint\.toml:4", text)


def test_why_tells_who_knows_a_word(capsys: pytest.CaptureFixture[str]) -> None:
    config = Path("medlint.toml")
    config.write_text("words = ['Larkfield', 'zyzzyvan']\n" + config.read_text())
    assert "word lists have it" in output(capsys, "why", "hypertension")
    assert "name of a medicine" in output(capsys, "why", "sertraline")
    assert "words have 'zyzzyvan'" in output(capsys, "why", "Zyzzyvan")
    assert "accepted only as it is written" in output(capsys, "why", "larkfield")
    assert "'hypertension' is near" in output(capsys, "why", "hypertensoin")


@pytest.mark.parametrize(
    ("name", "before"),
    [
        ("medlint.toml", ""),
        ("medlint.toml", "# ours\nwords = []\n"),
        ("medlint.toml", 'words = ["a", "b"]  # all\n[profile]\nregion = "uk"\n'),
        ("medlint.toml", "words = [\n  'a', # [x]\n]\n"),
        ("medlint.toml", "# ours\nfail-on = 'info'\n\n[profile]\nregion = 'uk'\n"),
        ("pyproject.toml", "[tool.other]\nwords = 3\n\n[tool.medlint]\nfail-on = 'info'\n"),
    ],
)
def test_accept_adds_a_word_with_its_reason_and_keeps_the_rest(
    name: str, before: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("medlint.toml").unlink()
    Path(name).write_text(before)
    old = load(Path(name)).config
    output(capsys, "accept", "HbA1c", "--reason", "house\nstyle")
    text = Path(name).read_text("utf-8")
    assert '"HbA1c",  # house style' in text
    new = load(Path(name)).config
    assert sorted(new.words) == sorted((*old.words, "HbA1c"))
    assert new.fail_on == old.fail_on
    assert all(line in text for line in before.splitlines() if "words" not in line)
    assert invoke(["accept", "HbA1c", "--reason", "again"]) == 2
    assert "already" in capsys.readouterr().err


def test_rules_whose_sources_were_not_read_for_long(capsys: pytest.CaptureFixture[str]) -> None:
    assert "odd-word" in output(capsys, "rules", "house", "--stale", "12", "--today", "2027-12-01")
    assert "odd-word" not in output(capsys, "rules", "house", "--stale", "12", "--today", "2027-10-01")


@pytest.mark.parametrize(
    ("words", "remedy"),
    [
        (["a.md"], "Check it with 'medlint check a.md'"),
        (["chek", "a.md"], "Did you mean 'check'"),
        (["explain"], "Missing argument"),
        (["zones", "missing.md"], "Check the path"),
        (["why", "missing.md:3"], "not an article"),
        (["baseline", "show"], "medlint baseline write"),
        (["baseline", "drop"], "write, prune, show"),
        (["config", "--nope"], "No such option"),
        (["accept", "x"], "--reason"),
        (["init", "--region", "usa"], "Did you mean 'us'"),
        (["rules", "nothing"], "'medlint rules' lists them"),
        (["try", "odd-wrod", "x"], "Did you mean 'odd-word'"),
        (["test", "odd-wrod"], "'medlint rules' lists them"),
        (["data", "--today", "x"], "2026-11-23"),
    ],
)
def test_every_mistake_exits_2_and_names_a_remedy(
    words: list[str], remedy: str, capsys: pytest.CaptureFixture[str]
) -> None:
    article("a.md", "Tea.\n")
    if words[0] == "init":
        Path("medlint.toml").unlink()
    assert invoke(words) == 2
    captured = capsys.readouterr()
    assert remedy in captured.err
    assert not captured.out


def test_zones_show_each_block(capsys: pytest.CaptureFixture[str]) -> None:
    text = output(
        capsys, "zones", article("a.html", "<nav>Menu</nav><main><h1>Tea\x1b[31m</h1><p>Tea is warm.</p></main>")
    )
    assert [line.split()[1] for line in text.splitlines()] == ["nav", "title", "body"]
    assert "\x1b[31m" not in text


def test_config_says_where_values_came_from(capsys: pytest.CaptureFixture[str]) -> None:
    text = output(capsys, "config", ".")
    assert 'rule-folders = ["house"]' in text
    assert "medlint.toml" in text
    assert json.loads(output(capsys, "config", "--schema"))["title"] == "medlint.toml"


def test_init_writes_a_file_that_loads_and_never_overwrites(capsys: pytest.CaptureFixture[str]) -> None:
    Path("site").mkdir()
    output(capsys, "init", "site", "--region", "uk")
    assert 'profile.region = "uk"' in output(capsys, "config", "site")
    assert invoke(["init", "site"]) == 2
    assert "already" in capsys.readouterr().err


def test_suppressions_in_three_formats(capsys: pytest.CaptureFixture[str]) -> None:
    article("a.md", "<!-- medlint-ignore odd-word until 2027-03 -- =SUM(A1) -->\n\nA zyzzyva.\n")
    assert "a.md:1  odd-word  until 2027-03-31  =SUM(A1)" in output(capsys, "suppressions", "a.md")
    (row,) = json.loads(output(capsys, "suppressions", "a.md", "-f", "json"))
    assert (row["rule"], row["line"], row["until"]) == ("odd-word", 1, "2027-03-31")
    (cells,) = csv.DictReader(io.StringIO(output(capsys, "suppressions", "a.md", "-f", "csv")))
    assert cells["reason"] == "'=SUM(A1)"


def test_data_shows_age_and_sources(capsys: pytest.CaptureFixture[str]) -> None:
    assert "crisis-lines" in output(capsys, "data")
    assert "verify again" in output(capsys, "data", "--today", "2028-01-01")
    assert "lines" in json.loads(output(capsys, "data", "crisis-lines"))
    assert invoke(["data", "nothing"]) == 2
    assert "There are" in capsys.readouterr().err


def test_cache_is_shown_and_cleared(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MEDLINT_CACHE_DIR", str(tmp_path / "cache"))
    assert "cache" in output(capsys, "cache")
    assert "Cleared" in output(capsys, "cache", "clear")
    assert invoke(["cache", "burn"]) == 2


def test_readability_prints_the_panel(capsys: pytest.CaptureFixture[str]) -> None:
    text = "Rest helps you. Drink some water each day. Walk when you can. " * 20
    assert "Flesch" in output(capsys, "readability", article("a.md", f"# T\n\n{text}\n"))
