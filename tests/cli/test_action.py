"""The action on a sample repository: a pull request from clone to failing gate to fixed and green.

Runs the script of the action's own step, with the environment that GitHub sets; only the installation is left out.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

ROOT = Path(__file__).parents[2]
pytestmark = [
    pytest.mark.skipif(os.name != "posix" or shutil.which("git") is None, reason="needs bash and git"),
    pytest.mark.skipif(not (ROOT / "action.yml").is_file(), reason="the action is not in this tree"),
]
IDENTITY = (
    "-c",
    "user.name=T",
    "-c",
    "user.email=t@example.org",
    "-c",
    "commit.gpgsign=false",
    "-c",
    "init.defaultBranch=main",
)
ARTICLE = """# Sleep

Go to bed at the same hour each night.

Many people take sertraline in the morning. Talk to your doctor before you stop or change it.
"""
UNSAFE = "\nIf it makes you feel dull, simply stop taking your sertraline.\n"


class Outcome(NamedTuple):
    """What a step left behind."""

    code: int
    log: str
    outputs: str
    summary: str


class Runner:
    """A machine of GitHub's: a checkout, and files for what a step says."""

    def __init__(self, checkout: Path, temporary: Path) -> None:
        self.checkout = checkout
        self.temporary = temporary
        scripts = temporary / "medlint" / "bin"
        scripts.mkdir(parents=True)
        console = scripts / "medlint"
        console.write_text(f"#!/bin/sh\nexec {sys.executable} -c 'from medlint._entry import main; main()' \"$@\"\n")
        console.chmod(0o755)

    def run(self, **inputs: str) -> Outcome:
        """Run the action's check with ``inputs`` (by name, ``_`` for ``-``); the others have their defaults."""
        action = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))
        values = {name: data["default"] for name, data in action["inputs"].items()}
        values |= {name.replace("_", "-"): value for name, value in inputs.items()}
        step = next(step for step in action["runs"]["steps"] if step.get("id") == "check")
        assert "${{" not in step["run"]
        environment = {
            name: re.sub(r"\$\{\{ inputs\.([\w-]+) \}\}", lambda match: values[match[1]], text)
            for name, text in step["env"].items()
        }
        for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY"):
            path = self.temporary / name
            path.write_text("")
            environment[name] = str(path)
        environment |= {"RUNNER_TEMP": str(self.temporary), "GITHUB_ACTION_PATH": str(ROOT), "GITHUB_ACTIONS": "true"}
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
            cwd=self.checkout, env={**os.environ, **environment}, capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip
        files = [(self.temporary / name).read_text("utf-8") for name in ("GITHUB_OUTPUT", "GITHUB_STEP_SUMMARY")]
        return Outcome(done.returncode, done.stdout + done.stderr, *files)

    def commit(self, name: str, text: str) -> None:
        path = self.checkout / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
        git(self.checkout, "add", ".")
        git(self.checkout, "commit", "-q", "-m", f"change {name}")


def git(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", *IDENTITY, *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def runner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Runner:
    """A clone of a site on a branch of its own."""
    for name in ("NO_COLOR", "FORCE_COLOR", "MEDLINT_OFFLINE", "PYTHONPATH"):
        monkeypatch.delenv(name, raising=False)
    origin = tmp_path / "origin"
    origin.mkdir()
    git(origin, "init", "-q")
    (origin / "content").mkdir()
    (origin / "content" / "sleep.md").write_text(ARTICLE, "utf-8")
    (origin / "content" / "old.md").write_text("# Old\n\nSimply stop taking your insulin.\n", "utf-8")
    (origin / "medlint.toml").write_text("select = ['medication', 'self']\n[links]\noffline = true\n")
    git(origin, "add", ".")
    git(origin, "commit", "-q", "-m", "start")
    git(tmp_path, "clone", "-q", str(origin), "clone")
    git(tmp_path / "clone", "checkout", "-q", "-b", "change")
    return Runner(tmp_path / "clone", tmp_path / "runner")


GATE = {"paths": "content", "since": "origin/main", "config_from": "origin/main"}


def test_a_pull_request_from_clone_to_failing_gate_to_green(runner: Runner) -> None:
    runner.commit("content/sleep.md", ARTICLE + UNSAFE)
    red = runner.run(**GATE, reports="sarif=out/medlint.sarif\n\nmarkdown=out/summary.md\n")
    assert (red.code, red.outputs) == (1, "exit-code=1\n")
    (annotation,) = [line for line in red.log.splitlines() if line.startswith("::error")]
    assert annotation.startswith("::error file=content/sleep.md,line=7,")
    assert "title=stop-medication-directive::" in annotation
    assert "old.md" not in red.log
    assert "on lines unchanged since origin/main" in red.log
    assert "| ❌ error | `content/sleep.md` line 7 |" in red.summary
    assert (runner.checkout / "out" / "medlint.sarif").is_file()
    assert (runner.checkout / "out" / "summary.md").read_text("utf-8") == red.summary
    fixed = UNSAFE.replace("simply stop taking your sertraline", "ask your doctor about your sertraline")
    runner.commit("content/sleep.md", ARTICLE + fixed)
    green = runner.run(**GATE)
    assert (green.code, green.outputs) == (0, "exit-code=0\n")
    assert "::" not in green.log
    assert "0 errors" in green.summary


def test_a_pull_request_cannot_talk_its_way_through(runner: Runner) -> None:
    runner.commit("content/sleep.md", ARTICLE + UNSAFE)
    runner.commit("medlint.toml", "ignore = ['medication']\nfail-on = 'never'\n")
    assert runner.run(**GATE).code == 1
    silenced = f"{ARTICLE}\n<!-- medlint-ignore stop-medication-directive -- trust me -->\n{UNSAFE}"
    runner.commit("content/sleep.md", silenced)
    outcome = runner.run(**GATE)
    assert "title=suppression-new::" in outcome.log


def test_what_cannot_be_checked_is_red(runner: Runner) -> None:
    assert runner.run(paths="nowhere").outputs == "exit-code=2\n"
    assert runner.run(since="no/such/ref", paths="content").code == 2


def test_no_input_can_become_part_of_the_script(runner: Runner) -> None:
    trap = '"; touch owned; $(touch owned) `touch owned`'
    for inputs in (
        {"paths": trap},
        {"since": trap},
        {"fail_on": trap},
        {"reports": f"json={trap}"},
        {"config_from": trap},
    ):
        runner.run(**{"paths": "content", **inputs})
    assert not (runner.checkout / "owned").exists()


def test_the_paths_may_begin_with_a_dash_and_hold_spaces(runner: Runner) -> None:
    runner.commit("-my pages/sleep.md", ARTICLE + UNSAFE)
    assert "::error file=-my pages/sleep.md," in runner.run(paths="  \n-my pages\n").log
