"""One file of a run: where its text comes from, how it is checked, and what is said when it cannot be."""

import sys
from collections.abc import Callable
from contextlib import redirect_stdout
from pathlib import Path

import msgspec
from msgspec.structs import replace

from medlint import engine, files, limits
from medlint.config import LinksSection
from medlint.errors import MedlintError, ReadError
from medlint.finding import Finding
from medlint.pipeline import Settings, check_source
from medlint.report import UNREADABLE, FileReport
from medlint.source import Source, Span


class Work(msgspec.Struct, frozen=True):
    """An article to check: its name in the report, its file or (where ``path`` is None) its bytes, and its settings."""

    name: str
    path: Path | None
    settings: Settings
    limit: int
    links: LinksSection
    data: bytes = b""

    @property
    def size(self) -> int:
        """The bytes of the article, as far as that can be told without reading it."""
        try:
            return self.path.stat().st_size if self.path else len(self.data)
        except OSError:
            return 0

    @property
    def seconds(self) -> float:
        """What checking it may take, by the clock."""
        return limits.file_seconds(min(self.size, self.limit))

    def content(self) -> bytes:
        """The bytes of the article. Raises ReadError."""
        if self.path is not None:
            return files.read_article(self.path, self.limit)
        if len(self.data) > self.limit:
            raise files.too_large(self.name, len(self.data), self.limit)
        return self.data

    def source(self) -> Source:
        """The text of the article. Raises ReadError."""
        return Source.decode(self.content(), self.name)


def check_file(work: Work, data: bytes | None = None) -> FileReport:
    """Read and check one file. Never raises for the file: one that cannot be read or takes too long is reported so.

    ``data`` are other bytes to check in its place.
    """
    try:
        # What a plug-in prints must not get into the report.
        with limits.clock(work.seconds), redirect_stdout(sys.stderr):
            source = work.source() if data is None else replace(work, path=None, data=data).source()
            return check_source(source, work.settings, _beside(work.path))
    except ReadError as error:
        return unreadable(work.name, error)
    except (limits.Expired, MemoryError) as error:
        return unfinished(work, error)
    except Exception as error:
        return _failed(work.name, engine.crash("reading", error))


def _beside(path: Path | None) -> Callable[[str], bool] | None:
    """Whether a path relative to the article's folder is there; None for an article that lies in no folder."""
    return (lambda name: (path.parent / name).exists()) if path else None


def unreadable(name: str, error: MedlintError) -> FileReport:
    """The report of a file that could not be read."""
    fields = {"problem": error.problem, "remedy": error.remedy}
    return _failed(name, engine.engine_finding("file-unreadable", fields))


def unfinished(work: Work, error: BaseException) -> FileReport:
    """The report of a file whose check took too long, or whose worker process died."""
    if isinstance(error, (limits.Expired, TimeoutError)):
        problem = f"checking it took longer than {work.seconds:.0f} seconds"
    elif isinstance(error, MemoryError):
        problem = "checking it took more memory than there is"
    else:
        problem = f"the process that checked it ended ({type(error).__name__})"
    return _failed(work.name, engine.engine_finding("file-not-finished", {"problem": problem}))


def _failed(name: str, finding: Finding) -> FileReport:
    excerpt = Source("", name).excerpt([Span(0, 0)])
    return FileReport(name, excerpt, UNREADABLE, (finding,), failed=True)
