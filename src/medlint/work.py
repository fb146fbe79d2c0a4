"""One file of a run: where its text comes from, how it is checked, and what is said when it cannot be."""

from __future__ import annotations

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from medlint import engine, files
from medlint.config import LinksSection
from medlint.errors import MedlintError, ReadError
from medlint.pipeline import Settings, check_source
from medlint.report import UNREADABLE, FileReport
from medlint.source import Source, Span

SECONDS = 10.0
"""What one file may take."""
_GRACE = 1.0


class Overrun(Exception):
    """A file, or a rule on it, took longer than it may."""


class Work(NamedTuple):
    """An article to check: its name in the report, its file or (where ``path`` is None) its bytes, and its settings."""

    name: str
    path: Path | None
    settings: Settings
    limit: int
    links: LinksSection
    data: bytes = b""

    def source(self) -> Source:
        """The text of the article. Raises ReadError."""
        return Source.decode(files.read_bytes(self.path, self.limit) if self.path else self.data, self.name)


def check_file(work: Work) -> FileReport:
    """Read and check one file. Never raises for the file: one that cannot be read or takes too long is reported so."""
    try:
        with _alarm(SECONDS):
            return check_source(work.source(), work.settings, _beside(work.path))
    except ReadError as error:
        return unreadable(work.name, error)
    except (Overrun, MemoryError, RecursionError) as error:
        return unfinished(work.name, error)


def _beside(path: Path | None) -> Callable[[str], bool] | None:
    """Whether a path relative to the article's folder is there; None for an article that lies in no folder."""
    return (lambda name: (path.parent / name).exists()) if path else None


def unreadable(name: str, error: MedlintError) -> FileReport:
    """The report of a file that could not be read."""
    return _failed(name, "file-unreadable", {"problem": error.problem, "remedy": error.remedy})


def unfinished(name: str, error: BaseException) -> FileReport:
    """The report of a file whose check took too long, or whose worker process died."""
    if isinstance(error, (Overrun, TimeoutError)):
        problem = f"checking it took longer than {SECONDS:.0f} seconds"
    elif isinstance(error, MemoryError):
        problem = "checking it took more memory than there is"
    else:
        problem = f"the process that checked it ended ({type(error).__name__})"
    return _failed(name, "file-not-finished", {"problem": problem})


def _failed(name: str, rule: str, fields: dict[str, str]) -> FileReport:
    excerpt = Source("", name).excerpt([Span(0, 0)])
    return FileReport(name, excerpt, UNREADABLE, (engine.engine_finding(rule, fields),), failed=True)


@contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    """Raise Overrun in the running code after ``seconds``, and again every second for whatever else still runs.

    Only where the system has interval timers, and in the main thread: elsewhere the worker pool's own limit holds.
    """
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def ring(*_: object) -> None:
        raise Overrun(f"over {seconds:.0f} seconds")

    previous = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds, _GRACE)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, previous)
