"""The gate and the pull request: what a change can and cannot do to it. With real git repositories."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from medlint import git
from medlint.cli import invoke
from tests.cli.test_check import folder  # noqa: F401

pytestmark = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


def run_git(*arguments: str) -> None:
    identity = ("-c", "user.name=T", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *identity, *arguments], check=True, capture_output=True)


@pytest.fixture(autouse=True)
def repository(folder: Path) -> Path:  # noqa: F811
    """The project, committed, with one article that has an old finding."""
    (folder / ".git").rmdir()
    (folder / "a.md").write_text("# Tea\n\nA zyzzyva sat.\n\nTea is warm.\n", "utf-8")
    run_git("init", "-q", "-b", "main")
    run_git("add", ".")
    run_git("commit", "-q", "-m", "start")
    git.configuration_at.cache_clear()
    return folder


def found(capsys: pytest.CaptureFixture[str], *options: str) -> tuple[int, list[tuple[str, str]], list[str]]:
    code = invoke(["check", "a.md", "--format", "json", *options])
    data = json.loads(capsys.readouterr().out)
    findings = [(finding["rule"], finding["state"]) for file in data["files"] for finding in file["findings"]]
    return code, findings, data["notes"]


def edit(old: str, new: str, name: str = "a.md") -> None:
    path = Path(name)
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")


def test_only_changed_lines_count(capsys: pytest.CaptureFixture[str]) -> None:
    assert found(capsys)[0] == 1
    code, findings, notes = found(capsys, "--since", "HEAD")
    assert (code, findings) == (0, [])
    assert notes == ["1 finding is not listed, being on lines unchanged since HEAD."]
    edit("Tea is warm.", "Tea is a zyzzyva.")
    assert found(capsys, "--since", "HEAD")[:2] == (1, [("odd-word", "open")])


CRISIS = "# Low mood\n\nSome people begin to think about suicide when low mood stays for weeks. Talk to someone.\n"
LINE = "\nIf you are thinking about suicide, call or text 988, the 988 Suicide & Crisis Lifeline.\n"


def test_what_a_change_takes_away_counts_though_no_line_of_it_is_left(capsys: pytest.CaptureFixture[str]) -> None:
    Path("a.md").write_text(CRISIS + LINE, "utf-8")
    run_git("commit", "-q", "-a", "-m", "with the line")
    options = ("--isolated", "--offline", "--select", "crisis-line-missing", "--region", "us", "--since", "HEAD")
    assert found(capsys, *options)[:2] == (0, [])
    Path("a.md").write_text(CRISIS, "utf-8")
    assert found(capsys, *options)[:2] == (1, [("crisis-line-missing", "open")])


def test_taking_a_suppression_away_brings_back_what_it_silenced(capsys: pytest.CaptureFixture[str]) -> None:
    directive = "<!-- medlint-ignore odd-word -- a name -->\n\n"
    edit("A zyzzyva sat.", f"{directive}A zyzzyva sat.")
    run_git("commit", "-q", "-a", "-m", "agreed")
    edit(directive, "")
    assert found(capsys, "--since", "HEAD")[:2] == (1, [("odd-word", "open")])


def test_an_unknown_commit_is_an_error(capsys: pytest.CaptureFixture[str]) -> None:
    for ref in ("nowhere", "--output=x", "a b"):
        assert invoke(["check", "a.md", f"--since={ref}"]) == 2
        assert "commit" in capsys.readouterr().err


def test_configuration_and_rules_come_from_the_base(capsys: pytest.CaptureFixture[str]) -> None:
    edit("select = ['house', 'self']", "select = ['self']", "medlint.toml")
    Path("house/odd-word.yaml").unlink()
    assert found(capsys)[0] == 0
    assert found(capsys, "--config-from-ref", "HEAD")[:2] == (1, [("odd-word", "open")])


def test_a_suppression_that_the_change_adds_is_listed_and_can_be_refused(capsys: pytest.CaptureFixture[str]) -> None:
    edit("A zyzzyva sat.", "<!-- medlint-ignore odd-word -- trust me -->\n\nA zyzzyva sat down.")
    code, findings, _ = found(capsys, "--since", "HEAD")
    assert (code, set(findings)) == (0, {("suppression-new", "open"), ("odd-word", "suppressed")})
    code, findings, _ = found(capsys, "--since", "HEAD", "--no-new-suppressions")
    assert (code, set(findings)) == (1, {("suppression-new", "open"), ("odd-word", "open")})


def test_an_old_suppression_is_obeyed(capsys: pytest.CaptureFixture[str]) -> None:
    edit("A zyzzyva sat.", "<!-- medlint-ignore odd-word -- a name -->\n\nA zyzzyva sat.")
    run_git("commit", "-q", "-a", "-m", "agreed")
    edit("A zyzzyva sat.", "A zyzzyva sat here.")
    assert found(capsys, "--since", "HEAD", "--no-new-suppressions")[:2] == (0, [("odd-word", "suppressed")])


def test_baseline_entries_that_the_change_adds_are_said_and_can_be_refused(capsys: pytest.CaptureFixture[str]) -> None:
    edit("fail", "fail", "medlint.toml")
    Path("medlint.toml").write_text("baseline = 'base.json'\n" + Path("medlint.toml").read_text())
    run_git("commit", "-q", "-a", "-m", "baseline")
    edit("Tea is warm.", "Tea is a zyzzyva.")
    assert invoke(["baseline", "write", "a.md", "--file", "base.json"]) == 0
    capsys.readouterr()
    code, findings, notes = found(capsys, "--since", "HEAD")
    assert (code, findings) == (0, [("odd-word", "baselined")])
    assert "2 baseline entries were added since HEAD." in notes
    assert found(capsys, "--since", "HEAD", "--no-new-suppressions")[0] == 1


def test_nothing_of_the_tree_is_executed(repository: Path) -> None:
    trap = "import pathlib\npathlib.Path('executed').write_text(__name__)\n"
    for name in ("yaml.py", "msgspec.py", "conftest.py", "sitecustomize.py", "typer.py", "medlint_shouting.py"):
        (repository / name).write_text(trap)
    info = repository / "evil-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: evil\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[medlint.checks]\nshouting = medlint_shouting\n")
    (repository / "evil.pth").write_text("import medlint_shouting\n")
    (repository / ".gitattributes").write_text("*.md diff=evil\n")
    run_git("config", "diff.evil.command", "touch executed")
    run_git("config", "core.fsmonitor", "touch executed")
    edit("Tea is warm.", "Tea is hot.")
    console = Path(sys.executable).with_name("medlint")
    commands = [[sys.executable, "-m", "medlint"]] + ([[str(console)]] if console.exists() else [])
    for command in commands:
        for options in ([], ["--since", "HEAD"], ["--config-from-ref", "HEAD"], ["--select", "shouting"]):
            subprocess.run([*command, "check", "a.md", *options], capture_output=True, timeout=60, check=False)
            assert not (repository / "executed").exists(), (command, options)
