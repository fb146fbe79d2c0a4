"""Many files on many processes: the same bytes, and nothing lost when a worker dies."""

from __future__ import annotations

import io
import os
import signal
import sys
import time
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from medlint import limits, work, workers
from medlint.catalog import RuleSet
from medlint.config import LinksSection
from medlint.pipeline import Settings
from medlint.profile import Profile
from medlint.report import Report, json
from medlint.source import Source
from tests.rules import pattern_rule

SETTINGS = Settings(RuleSet([pattern_rule("odd-word", "zyzzyva")]), Profile(health=True), date(2026, 11, 23))
needs_fork = pytest.mark.skipif(sys.platform != "linux", reason="the faults are injected through fork")


def _work(folder: Path, count: int) -> list[work.Work]:
    items = []
    for number in range(count):
        path = folder / f"{number:03}.md"
        path.write_text(f"Article {number} has a zyzzyva.\n", "utf-8")
        items.append(work.Work(path.name, path, SETTINGS, 10_000, LinksSection()))
    return items


def _json(files: object) -> str:
    out = io.StringIO()
    json.write(Report(files, today="2026-11-23", ruleset="x"), out)  # type: ignore[arg-type]
    return out.getvalue()


@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_one_process_and_two_print_the_same_bytes(tmp_path: Path) -> None:
    items = _work(tmp_path, 40)
    assert _json(map(work.check_file, items)) == _json(workers.check_all(items[::-1], 2))


@needs_fork
@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
@pytest.mark.parametrize("fault", ["killed", "exits", "hangs", "raises what cannot be pickled"])
def test_a_worker_that_fails_loses_its_own_file_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: str
) -> None:
    original = workers.check_file

    def faulty(item: work.Work) -> object:
        if item.name == "007.md":
            if fault == "killed":
                os.kill(os.getpid(), signal.SIGKILL)
            elif fault == "exits":
                os._exit(3)
            elif fault == "hangs":
                time.sleep(60)
            else:
                raise type("Odd", (Exception,), {"handle": Path(os.devnull).open()})()  # noqa: SIM115
        return original(item)

    items = _work(tmp_path, 20)
    original(items[0])  # so that the workers inherit what is loaded
    monkeypatch.setattr(workers, "check_file", faulty)
    monkeypatch.setattr(workers, "_single_threaded", lambda: True)
    monkeypatch.setattr(workers, "_GRACE", 1.0 - limits.FILE_SECONDS)
    monkeypatch.setattr(workers, "_BATCH_BYTES", 100)
    reports = sorted(workers.check_all(items, 2), key=lambda file: file.path)
    assert [file.path for file in reports] == [f"{number:03}.md" for number in range(20)]
    assert [file.path for file in reports if file.failed] == ["007.md"]
    assert reports[7].findings[0].rule == "file-not-finished"
    assert all(len(file.findings) == 1 for file in reports)


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no interval timers here")
def test_a_rule_that_never_ends_is_ended_and_named(monkeypatch: pytest.MonkeyPatch) -> None:
    from medlint.checks import pattern

    def forever(*_: object) -> object:
        while True:
            pass
        yield

    original = pattern.run
    monkeypatch.setattr(
        pattern,
        "run",
        lambda facts, rule, options: (forever if rule.name == "slow-rule" else original)(facts, rule, options),
    )
    monkeypatch.setattr(limits, "RULE_SECONDS", 0.1)
    rules = RuleSet([pattern_rule("odd-word", "zyzzyva"), pattern_rule("slow-rule", "zyzzyva")])
    item = work.Work("a.md", None, replace(SETTINGS, rules=rules), 1000, LinksSection(), b"A zyzzyva.")
    report = work.check_file(item)
    assert report.failed
    assert [finding.rule for finding in report.findings] == ["rule-not-finished", "odd-word"]
    assert "slow-rule" in report.findings[0].message
    assert "test_workers.py" in report.findings[0].message


def test_a_file_that_never_ends_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    if not hasattr(signal, "setitimer"):
        pytest.skip("no interval timers here")

    def slow(*_: object) -> object:
        while True:
            pass

    monkeypatch.setattr(work, "check_source", slow)
    monkeypatch.setattr(limits, "FILE_SECONDS", 0.2)
    report = work.check_file(work.Work("a.md", None, SETTINGS, 1000, LinksSection(), b"x"))
    assert report.findings[0].rule == "file-not-finished"


def test_a_long_article_may_take_longer(tmp_path: Path) -> None:
    path = tmp_path / "long.md"
    path.write_bytes(b"a" * 9_500_000)
    item = work.Work("long.md", path, SETTINGS, 10_000_000, LinksSection())
    assert item.seconds == 10 * limits.FILE_SECONDS
    assert replace(item, path=None, data=b"a" * 200_000).seconds == limits.FILE_SECONDS
    assert replace(item, limit=1_500_000).seconds == 2 * limits.FILE_SECONDS
    assert replace(item, path=tmp_path / "gone.md").seconds == limits.FILE_SECONDS


def test_small_runs_start_no_processes(tmp_path: Path) -> None:
    assert workers.useful(_work(tmp_path, 30)) == 1


@pytest.mark.skipif((os.cpu_count() or 1) < 2, reason="there is one core")
@pytest.mark.parametrize(
    ("ending", "size", "starts"),
    [("md", 40_000, False), ("md", 100_000, True), ("html", 400_000, False), ("html", 600_000, True)],
)
def test_processes_are_started_where_there_is_enough_prose(
    tmp_path: Path, ending: str, size: int, starts: bool
) -> None:
    items = [replace(item, name=f"{item.name}.{ending}", path=None, data=b"x" * size) for item in _work(tmp_path, 2)]
    assert (workers.useful(items) > 1) is starts
    assert Source("x", "a.md").excerpt([]).line(1) == ""
