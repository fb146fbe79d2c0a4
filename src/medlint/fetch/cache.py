"""Verdicts of earlier runs, so that a source is not asked again for every commit.

One SQLite file in the user's cache folder, JSON in it and nothing that could be executed. It is only ever a shortcut: a
cache that is damaged, locked, full or from the future is as good as none, and never an error.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import msgspec
import platformdirs
from msgspec.structs import replace

from medlint.digests import blake2b
from medlint.fetch.policy import LinkPolicy
from medlint.fetch.result import LinkResult, Outcome

_DAY = 86400.0
_KEPT = {Outcome.ok: 7 * _DAY, Outcome.moved: 7 * _DAY, Outcome.broken: _DAY, Outcome.soft_404: _DAY}
_VERSION = 1
_FILE = "links.sqlite3"


def cache_folder(folder: Path | None = None) -> Path:
    """``folder``, or ``MEDLINT_CACHE_DIR``, or the user's cache folder."""
    return folder or Path(
        os.environ.get("MEDLINT_CACHE_DIR") or platformdirs.user_cache_dir("medlint", appauthor=False)
    )


def clear_cache(folder: Path | None = None) -> bool:
    """Forget all verdicts. Returns whether there was anything to forget; raises ``OSError`` if it cannot be removed."""
    path = cache_folder(folder) / _FILE
    existed = path.exists()
    _remove(path)
    return existed


class Cache:
    """The verdicts that hold under one policy. ``now`` gives seconds since 1970."""

    def __init__(self, policy: LinkPolicy, now: Callable[[], float]) -> None:
        self._now = now
        self._policy = _fingerprint(policy)
        self._database: sqlite3.Connection | None = None
        path = cache_folder(policy.cache_dir) / _FILE
        # Twice: a damaged file is removed, and a new one begun.
        for _ in range(2 if policy.cache else 0):
            try:
                path.parent.mkdir(parents=True, exist_ok=True)
                self._database = _open(path, now())
                break
            except sqlite3.Error as error:
                if not _is_damage(error):
                    break
                with suppress(OSError):
                    _remove(path)
            except OSError:
                break

    def get(self, key: str) -> LinkResult | None:
        """The verdict on ``key``, while it holds."""
        row = self._execute("SELECT checked, result FROM verdict WHERE key = ?", self._key(key))
        if not row:
            return None
        try:
            checked, text = msgspec.convert(row, tuple[float, str])
            result = msgspec.json.decode(text, type=LinkResult)
        except msgspec.MsgspecError:
            return None
        age = self._now() - checked
        fresh = 0 <= age <= _KEPT.get(result.outcome, -1)
        return replace(result, cached=True) if fresh and _is_printable(result) else None

    def put(self, key: str, result: LinkResult) -> None:
        """Keep ``result`` if it is conclusive."""
        if result.outcome in _KEPT:
            text = msgspec.json.encode(replace(result, url="")).decode()
            self._execute("INSERT OR REPLACE INTO verdict VALUES (?, ?, ?)", self._key(key), self._now(), text)

    def close(self) -> None:
        """Let go of the file."""
        if self._database:
            with suppress(sqlite3.Error):
                self._database.close()
            self._database = None

    def _key(self, key: str) -> str:
        return blake2b(f"{self._policy}\n{key}".encode(errors="backslashreplace"), digest_size=16).hexdigest()

    def _execute(self, statement: str, *values: str | float) -> tuple[object, ...] | None:
        if not self._database:
            return None
        try:
            row: tuple[object, ...] | None = self._database.execute(statement, values).fetchone()
            return row
        except sqlite3.Error:
            self.close()
            return None


def _open(path: Path, now: float) -> sqlite3.Connection:
    database = sqlite3.connect(path, timeout=5, isolation_level=None)
    try:
        database.execute("PRAGMA journal_mode = WAL")
        database.execute("PRAGMA synchronous = NORMAL")
        if not _is_current(database):
            database.execute("BEGIN IMMEDIATE")
            if not _is_current(database):  # Another run may have been faster.
                database.execute("DROP TABLE IF EXISTS verdict")
                database.execute("CREATE TABLE verdict (key TEXT PRIMARY KEY, checked REAL, result TEXT) WITHOUT ROWID")
                database.execute(f"PRAGMA user_version = {_VERSION}")
            database.execute("COMMIT")
        database.execute("DELETE FROM verdict WHERE checked < ?", (now - max(_KEPT.values()),))
    except BaseException:
        database.close()
        raise
    return database


def _is_current(database: sqlite3.Connection) -> bool:
    return bool(database.execute("PRAGMA user_version").fetchone() == (_VERSION,))


def _is_damage(error: sqlite3.Error) -> bool:
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def _remove(path: Path) -> None:
    for name in (path.name, f"{path.name}-wal", f"{path.name}-shm"):
        path.with_name(name).unlink(missing_ok=True)


def _fingerprint(policy: LinkPolicy) -> str:
    """All of a policy that a verdict depends on."""
    accept = sorted((host, sorted(codes)) for host, codes in policy.accept.items())
    return repr((sorted(policy.allow_hosts), accept, policy.endpoints, policy.suggest_archive))


def _is_printable(result: LinkResult) -> bool:
    """A cache that someone else wrote must not reach the terminal with control characters."""
    texts = (result.reason, result.final_url or "", result.archive or "", *result.chain, *result.tried)
    return all(text.isprintable() for text in texts)
