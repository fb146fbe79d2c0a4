"""A cache that only ever saves time: it cannot lie for long, and cannot break a run."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from medlint.fetch import LinkPolicy, LinkResult, Outcome, clear_cache
from medlint.fetch.cache import Cache, cache_folder
from tests.fetch.conftest import Check
from tests.fetch.server import Site

DAY = 86400.0
OK = LinkResult("https://clinic.test/", Outcome.ok, "The site answers 200 (ok).", 200, tried=("HEAD 200",))


def _cache(folder: Path, at: float = 0.0, **options: object) -> Cache:
    return Cache(LinkPolicy(cache_dir=folder, **options), lambda: at)  # type: ignore[arg-type]


def _known(folder: Path, at: float = 0.0, **options: object) -> LinkResult | None:
    cache = _cache(folder, at, **options)
    try:
        return cache.get("key")
    finally:
        cache.close()


def _keep(folder: Path, result: LinkResult = OK, at: float = 0.0) -> None:
    cache = _cache(folder, at)
    cache.put("key", result)
    cache.close()


@pytest.mark.parametrize(
    ("outcome", "days"), [(Outcome.ok, 7), (Outcome.moved, 7), (Outcome.broken, 1), (Outcome.soft_404, 1)]
)
def test_a_verdict_holds_for_so_long(tmp_path: Path, outcome: Outcome, days: int) -> None:
    _keep(tmp_path, replace(OK, outcome=outcome))
    assert _known(tmp_path, at=days * DAY - 1) == replace(OK, outcome=outcome, url="", cached=True)
    assert _known(tmp_path, at=days * DAY + 1) is None


@pytest.mark.parametrize(
    "outcome", [Outcome.blocked, Outcome.unreachable, Outcome.refused, Outcome.skipped, Outcome.invalid]
)
def test_what_is_not_conclusive_is_not_kept(tmp_path: Path, outcome: Outcome) -> None:
    _keep(tmp_path, replace(OK, outcome=outcome))
    assert _known(tmp_path) is None


def test_an_entry_from_the_future_is_not_believed(tmp_path: Path) -> None:
    _keep(tmp_path, at=10 * DAY)
    assert _known(tmp_path, at=9 * DAY) is None


def test_another_policy_is_another_question(tmp_path: Path) -> None:
    _keep(tmp_path)
    assert _known(tmp_path, timeout_link=3.0) is not None
    assert _known(tmp_path, accept={"clinic.test": (404,)}) is None
    assert _known(tmp_path, allow_hosts=("clinic.test",)) is None


def test_a_second_run_asks_nobody(site: Site, check: Check, tmp_path: Path) -> None:
    links = [site.page("/a"), site.page("/a") + "#x", site.url("/dead"), site.page("/denied", "", status=403)]
    first = check(links, cache=True, cache_dir=tmp_path)
    asked = len(site.log)
    second = check(links, cache=True, cache_dir=tmp_path)
    assert {entry.path for entry in site.log[asked:]} == {"/denied"}
    assert {link: replace(result, cached=False) for link, result in second.items()} == first
    assert [result.cached for result in second.values()] == [True, True, True, False]
    check(links, cache=False, cache_dir=tmp_path)
    assert len(site.log) > asked + 2


def test_the_folder_is_the_users_or_the_environments(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("MEDLINT_CACHE_DIR", str(tmp_path))
    assert cache_folder() == tmp_path
    assert cache_folder(tmp_path / "given") == tmp_path / "given"
    monkeypatch.delenv("MEDLINT_CACHE_DIR")
    assert "medlint" in cache_folder().parts


def test_clearing_forgets(tmp_path: Path) -> None:
    assert not clear_cache(tmp_path)
    _keep(tmp_path)
    assert clear_cache(tmp_path)
    assert _known(tmp_path) is None


def _truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:1000])


def _scramble(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[100:4000] = os.urandom(3900)
    path.write_bytes(data)


@pytest.mark.parametrize(
    "damage",
    [
        lambda path: path.write_bytes(b"not a database at all" * 100),
        _truncate,
        _scramble,
        lambda path: path.write_bytes(b""),
    ],
    ids=["text", "truncated", "scrambled", "empty"],
)
def test_a_damaged_file_is_replaced(tmp_path: Path, damage: Callable[[Path], None]) -> None:
    _keep(tmp_path)
    damage(tmp_path / "links.sqlite3")
    assert _known(tmp_path) is None
    for _ in range(2):  # Damage deep inside is noticed only when it is read; then the next run begins anew.
        _keep(tmp_path)
    assert _known(tmp_path) is not None


@pytest.mark.parametrize(
    "row",
    [
        "NULL, NULL",
        "0, 'no json'",
        "0, '[]'",
        "0, '{}'",
        "'x', '[]'",
        "1e999, '[]'",
        "0, x'00ff'",
        """0, '["", "ok", "fine \\u001b[31m", 200]'""",
        """0, '["", "ok", 5]'""",
        """0, '["", "no such outcome", "x"]'""",
        """0, '["", "ok", "x", 200, null, ["\\u202e"]]'""",
    ],
)
def test_an_entry_that_someone_else_wrote_is_not_believed(tmp_path: Path, row: str) -> None:
    _keep(tmp_path)
    database = sqlite3.connect(tmp_path / "links.sqlite3")
    key = database.execute("SELECT key FROM verdict").fetchone()[0]
    database.execute(f"REPLACE INTO verdict VALUES ('{key}', {row})")
    database.commit()
    database.close()
    assert _known(tmp_path) is None


def test_a_file_of_another_version_begins_anew(tmp_path: Path) -> None:
    database = sqlite3.connect(tmp_path / "links.sqlite3")
    database.executescript("CREATE TABLE verdict (other); PRAGMA user_version = 99")
    database.close()
    _keep(tmp_path)
    assert _known(tmp_path) is not None


def test_no_folder_no_cache_no_error(site: Site, check: Check, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    url = site.page("/a")
    for folder in (tmp_path / "file" / "below", Path("/proc/none"), Path("/dev/null")):
        assert check([url], cache=True, cache_dir=folder)[url].outcome is Outcome.ok


def test_a_full_disk_costs_the_cache_and_nothing_else(
    site: Site, check: Check, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from medlint.fetch import cache

    original = cache._open

    def small(path: Path, now: float) -> sqlite3.Connection:
        database = original(path, now)
        # SQLite's own "database or disk is full".
        database.execute("PRAGMA max_page_count = 1")
        return database

    monkeypatch.setattr(cache, "_open", small)
    links = [site.page(f"/{number}") for number in range(60)]
    results = check(links, cache=True, cache_dir=tmp_path)
    assert {result.outcome for result in results.values()} == {Outcome.ok}


def test_a_locked_file_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _keep(tmp_path)
    other = sqlite3.connect(tmp_path / "links.sqlite3", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda path, **options: connect(path, **(options | {"timeout": 0.05})))
    assert _known(tmp_path) is None
    other.execute("ROLLBACK")
    other.close()
    assert _known(tmp_path) is not None


_WRITER = """
import sys
from pathlib import Path
from medlint.fetch import LinkPolicy, LinkResult, Outcome
from medlint.fetch.cache import Cache
cache = Cache(LinkPolicy(cache_dir=Path(sys.argv[1])), lambda: 0.0)
print("ready", flush=True)
for number in range(int(sys.argv[3])):
    cache.put(f"{sys.argv[2]}-{number}", LinkResult("", Outcome.ok, "x" * 500, 200))
cache.close()
"""


def _writer(folder: Path, name: str, count: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", _WRITER, str(folder), name, str(count)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def test_runs_side_by_side_lose_nothing(tmp_path: Path) -> None:
    writers = [_writer(tmp_path, str(number), 50) for number in range(4)]
    for writer in writers:
        writer.communicate()
        assert writer.returncode == 0
    cache = _cache(tmp_path)
    assert all(cache.get(f"{name}-{number}") for name in range(4) for number in range(50))
    cache.close()


@pytest.mark.skipif(os.name == "nt", reason="there is no SIGKILL")
def test_kill_9_leaves_a_file_that_still_works(tmp_path: Path) -> None:
    for attempt in range(6):
        writer = _writer(tmp_path, str(attempt), 1_000_000)
        assert writer.stdout
        writer.stdout.readline()
        time.sleep(0.003 * attempt + 0.002)
        writer.send_signal(signal.SIGKILL)
        writer.communicate()
        check = sqlite3.connect(tmp_path / "links.sqlite3")
        assert check.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        check.close()
    _keep(tmp_path)
    assert _known(tmp_path) is not None
