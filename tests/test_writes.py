"""What is written is the old or the new, whatever fails and whenever the process is killed; and it never depends on the
hash seed, the time zone, the locale or the number of processes."""

from __future__ import annotations

import errno
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from medlint import files

MEDLINT = (sys.executable, "-m", "medlint")
KILLS = int(os.environ.get("MEDLINT_KILLS", "6"))
OLD, NEW = b"old" * 1000, b"new" * 1000
TYPO = "# Coughs\n\nMost coughs go away in teh end, and rest helps.\n"
CALLS = ("os.open", "os.fdopen", "os.fsync", "pathlib.Path.replace", "pathlib.Path.stat")


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EACCES, errno.EDQUOT, errno.EROFS])
@pytest.mark.parametrize("call", CALLS)
def test_every_call_of_a_write_may_fail(call: str, code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "report.json"
    path.write_bytes(OLD)

    def fail(*_: object, **__: object) -> None:
        raise OSError(code, os.strerror(code))

    with monkeypatch.context() as patch:
        patch.setattr(call, fail)
        with pytest.raises(OSError, match=os.strerror(code)):
            files.write_atomically(path, NEW)
    assert path.read_bytes() == OLD
    assert [child.name for child in tmp_path.iterdir()] == ["report.json"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="the system has no full device")
def test_a_full_disk_is_said_and_is_no_clean_result(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(TYPO)
    done = subprocess.run([*MEDLINT, "check", "a.md", "--offline", "--format", "json", "--output-file", "/dev/full"],
                          cwd=tmp_path, capture_output=True, text=True, check=False)  # fmt: skip
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert "/dev/full" in done.stderr


def _states(command: str, folder: Path) -> tuple[Path, set[bytes], Callable[[], None]]:
    """The file that ``command`` writes, its contents before and after, and how to put it back."""
    article, baseline, report = folder / "a.md", folder / "medlint-baseline.json", folder / "report.json"
    article.write_text(TYPO)
    target = {"fix": article, "baseline": baseline, "report": report}[command]
    before = target.read_bytes() if target.exists() else b""
    _run(command, folder).wait()
    after = target.read_bytes()
    assert after != before

    def reset() -> None:
        target.write_bytes(before) if before else target.unlink(missing_ok=True)

    reset()
    return target, {before, after}, reset


def _run(command: str, folder: Path) -> subprocess.Popen[bytes]:
    words = {
        "fix": ["check", "a.md", "--offline", "--isolated", "--fix", "--unsafe-fixes"],
        "baseline": ["baseline", "write", "a.md"],
        "report": ["check", "a.md", "--offline", "--isolated", "--format", "json", "--output-file", "report.json"],
    }[command]
    return subprocess.Popen([*MEDLINT, *words], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="the system has no SIGKILL")
@pytest.mark.parametrize("command", ["fix", "baseline", "report"])
def test_kill_9_leaves_the_old_or_the_new(command: str, tmp_path: Path) -> None:
    started = time.perf_counter()
    target, states, reset = _states(command, tmp_path)
    whole = time.perf_counter() - started
    chance = random.Random(command)
    for _ in range(KILLS):
        reset()
        process = _run(command, tmp_path)
        time.sleep(chance.uniform(0, whole * 1.1))
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert (target.read_bytes() if target.exists() else b"") in states


@pytest.mark.parametrize(("sent", "code"), [("SIGINT", 130), ("SIGTERM", 143)])
def test_a_signal_ends_a_run_with_its_own_code(sent: str, code: int, tmp_path: Path) -> None:
    long = TYPO + "Rest and warm drinks help most people with a cold to sleep. " * 200
    for number in range(300):
        (tmp_path / f"{number}.md").write_text(long)
    process = subprocess.Popen([*MEDLINT, "check", ".", "--offline", "--isolated", "--jobs", "2"],
                               cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)  # fmt: skip
    time.sleep(1.0)
    process.send_signal(getattr(signal, sent))
    _, said = process.communicate(timeout=10)
    assert process.returncode == code
    assert b"Traceback" not in said


@pytest.mark.parametrize("format", ["text", "json", "sarif", "html"])
def test_the_same_bytes_whatever_the_surroundings(format: str, tmp_path: Path) -> None:
    for number in range(4):
        (tmp_path / f"{number}.md").write_text(TYPO + f"You can stop taking sertraline in week {number}.\n")

    def output(order: list[str], jobs: str, **environment: str) -> bytes:
        words = [*order, "--today", "2026-11-25", "--offline", "--isolated", "--format", format, "--jobs", jobs]
        words += ["--output-file", "out.html"] if format == "html" else []
        done = subprocess.run([*MEDLINT, "check", *words], cwd=tmp_path, capture_output=True, check=False,
                              env={**os.environ, "SOURCE_DATE_EPOCH": "1795000000", **environment})  # fmt: skip
        assert done.returncode == 1, done.stderr
        return (tmp_path / "out.html").read_bytes() if format == "html" else done.stdout

    names = [f"{number}.md" for number in range(4)]
    first = output(names, "1", PYTHONHASHSEED="1", TZ="Pacific/Kiritimati", LC_ALL="C")
    assert first == output(names[::-1], "2", PYTHONHASHSEED="77", TZ="America/Los_Angeles", LC_ALL="C.UTF-8")
