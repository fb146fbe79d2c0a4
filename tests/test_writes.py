"""What is written is the old or the new, whatever fails and whenever the process is killed; and it never depends on the
hash seed, the time zone, the locale or the number of processes."""

from __future__ import annotations

import errno
import io
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import pytest

from medlint import cli, files
from medlint.cli import output
from medlint.report import FORMATS

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer as Buffer

MEDLINT = (sys.executable, "-m", "medlint")
KILLS = int(os.environ.get("MEDLINT_KILLS", "6"))
OLD, NEW = b"old" * 1000, b"new" * 1000
TYPO = "# Coughs\n\nMost coughs go away in teh end, and rest helps.\n"
CALLS = ("os.open", "os.fdopen", "write", "os.fsync", "pathlib.Path.replace", "pathlib.Path.stat", "pathlib.Path.chmod")


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EACCES, errno.EDQUOT, errno.EROFS, errno.EMFILE])
@pytest.mark.parametrize("call", CALLS)
def test_every_call_of_a_write_may_fail(call: str, code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "report.json"
    path.write_bytes(OLD)

    def fail(*_: object, **__: object) -> NoReturn:
        raise OSError(code, os.strerror(code))

    class Full(io.FileIO):
        """Takes the half of what is written to it."""

        def write(self, data: Buffer, /) -> int:
            super().write(memoryview(data)[: len(NEW) // 2])
            return fail()

    with monkeypatch.context() as patch:
        if call == "write":
            patch.setattr("os.fdopen", Full)
        else:
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


def _run(command: str, folder: Path, **options: Any) -> subprocess.Popen[bytes]:
    words = {
        "fix": ["check", "a.md", "--offline", "--isolated", "--fix", "--unsafe-fixes"],
        "baseline": ["baseline", "write", "a.md"],
        "report": ["check", "a.md", "--offline", "--isolated", "--format", "json", "--output-file", "report.json"],
    }[command]
    return subprocess.Popen(
        [*MEDLINT, *words], cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **options
    )


@pytest.mark.skipif(sys.platform != "linux", reason="the limit is set before the program starts")
@pytest.mark.parametrize("command", ["fix", "baseline", "report"])
def test_a_write_that_the_system_cuts_short_leaves_the_old(command: str, tmp_path: Path) -> None:
    import resource

    target, _, _ = _states(command, tmp_path)
    before = target.read_bytes() if target.exists() else OLD
    target.write_bytes(before)
    process = _run(command, tmp_path, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (20, 20)))
    assert process.wait() == 2
    assert target.read_bytes() == before
    assert not list(tmp_path.glob(".*.tmp"))


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


def _workers(process: subprocess.Popen[bytes], count: int = 2) -> set[int]:
    """The worker processes of ``process``, once there are ``count``."""
    end = time.monotonic() + 30
    while time.monotonic() < end:
        found = set()
        for stat in Path("/proc").glob("[0-9]*/stat"):
            with suppress(OSError):  # it has ended meanwhile
                if stat.read_text().rpartition(")")[2].split()[1] == str(process.pid):
                    found.add(int(stat.parent.name))
        if len(found) >= count:
            return found
        time.sleep(0.02)
    raise AssertionError("there are no workers")


def _runs(number: int) -> bool:
    with suppress(OSError):
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    return False


STUCK = """
import hashlib
from medlint import workers
workers.check_file = lambda item: hashlib.pbkdf2_hmac("sha256", b"", b"", 10**9)  # which hears no signal
"""


@pytest.mark.skipif(sys.platform != "linux", reason="processes are looked for in /proc")
@pytest.mark.parametrize(
    ("sent", "code", "before"),
    [("SIGINT", 130, ""), ("SIGTERM", 143, ""), ("SIGHUP", 129, ""), ("SIGTERM", 143, STUCK)],
    ids=["SIGINT", "SIGTERM", "SIGHUP", "workers that hear nothing"],
)
def test_a_signal_ends_a_run_with_its_own_code(sent: str, code: int, before: str, tmp_path: Path) -> None:
    long = TYPO + "Rest and warm drinks help most people with a cold to sleep. " * 200
    for number in range(300):
        (tmp_path / f"{number}.md").write_text(long)
    (tmp_path / "report.json").write_bytes(OLD)
    words = ["check", ".", "--offline", "--isolated", "--jobs", "2", "-f", "json", "-o", "report.json"]
    process = subprocess.Popen([sys.executable, "-c", f"{before}\nfrom medlint._entry import main\nmain({words})"],
                               cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE)  # fmt: skip
    workers = _workers(process)
    process.send_signal(getattr(signal, sent))
    sent_at = time.monotonic()
    out, said = process.communicate(timeout=10)
    assert (process.returncode, out) == (code, b"")
    assert said == (b"medlint: interrupted\n" if sent == "SIGINT" else b"medlint: ended\n")
    while any(map(_runs, workers)):
        assert time.monotonic() - sent_at < 2
        time.sleep(0.02)
    assert time.monotonic() - sent_at < 2
    assert (tmp_path / "report.json").read_bytes() == OLD
    assert not list(tmp_path.glob(".*.tmp"))


@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="the system has no SIGHUP")
def test_a_run_that_is_not_to_hang_up_does_not(monkeypatch: pytest.MonkeyPatch) -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with cli._heeding_signals():
            os.kill(os.getpid(), signal.SIGHUP)
            assert signal.getsignal(signal.SIGTERM) is not signal.SIG_DFL
    finally:
        signal.signal(signal.SIGHUP, before)


@pytest.mark.skipif(sys.platform != "linux", reason="the limit and what it bites differ")
@pytest.mark.parametrize(
    ("handles", "jobs", "code", "said"),
    [
        (5, "1", 1, "1 error in 1 file"),
        (64, "2", 1, "1 error in 1 file"),
        (5, "2", 2, "--jobs: 2 processes cannot be started: Too many open files. Allow fewer"),
        (10, "2", 2, "--jobs: 2 processes cannot be started: Too many open files. Allow fewer"),
        (64, "200", 2, "--jobs: 200 processes cannot be started: Too many open files. Allow fewer"),
    ],
)
def test_too_few_file_handles_are_said(handles: int, jobs: str, code: int, said: str, tmp_path: Path) -> None:
    import resource

    (tmp_path / "a.md").write_text("You can stop taking sertraline when you feel better.\n")
    words = ["check", "a.md", "--offline", "--isolated", "--select", "medication", "--jobs", jobs]
    done = subprocess.run([*MEDLINT, *words], cwd=tmp_path, capture_output=True, text=True, check=False, timeout=60,
                          preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (handles, handles)))  # fmt: skip
    assert (done.returncode, said in done.stderr) == (code, True), done.stderr
    assert "Traceback" not in done.stderr
    assert "bug" not in done.stderr


def test_giving_up_a_stream_needs_no_handle_to_spare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with (tmp_path / "stream").open("w") as stream:
        number = stream.fileno()
        opened = os.open

        def scarce(path: str, flags: int) -> int:
            with pytest.raises(OSError, match="Bad file descriptor"):
                os.fstat(number)
            return opened(path, flags)

        monkeypatch.setattr(os, "open", scarce)
        output.abandon(stream)
        assert os.fstat(number).st_rdev == Path(os.devnull).stat().st_rdev


def test_the_same_bytes_whatever_the_surroundings(tmp_path: Path) -> None:
    for number in range(4):
        (tmp_path / f"{number}.md").write_text(TYPO + f"You can stop taking sertraline in week {number}.\n")

    def output(folder: str, order: list[str], jobs: str, **environment: str) -> dict[str, bytes]:
        words = [*order, "--today", "2026-11-25", "--offline", "--isolated", "--format", "text", "--jobs", jobs]
        words += [f"--report={format}={folder}/{format}" for format in FORMATS]
        done = subprocess.run([*MEDLINT, "check", *words], cwd=tmp_path, capture_output=True, check=False,
                              env={**os.environ, "SOURCE_DATE_EPOCH": "1795000000", **environment})  # fmt: skip
        assert done.returncode == 1, done.stderr
        files = {path.relative_to(tmp_path / folder).as_posix(): path for path in (tmp_path / folder).rglob("*")}
        return {name: path.read_bytes() for name, path in files.items() if path.is_file()} | {"stdout": done.stdout}

    names = [f"{number}.md" for number in range(4)]
    first = output("one", names, "1", PYTHONHASHSEED="1", TZ="Pacific/Kiritimati", LC_ALL="C")
    assert len(first) > len(FORMATS)
    assert first == output("two", names[::-1], "2", PYTHONHASHSEED="77", TZ="America/Los_Angeles", LC_ALL="C.UTF-8")
