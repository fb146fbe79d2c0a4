"""Many articles on all cores: a worker that dies or overruns loses its own file only.

Pebble's pool, because the standard one loses every file still waiting when a worker dies. Workers get the settings once,
when they start, and files in batches; the files of a batch that fails are tried again one by one.
"""

import os
import signal
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from medlint.config import LinksSection
from medlint.errors import ConfigError
from medlint.pipeline import Settings
from medlint.readers import HTML, format_of
from medlint.report import FileReport
from medlint.work import Work, check_file, unfinished

SMALL = 150_000
"""Bytes of prose below which starting workers costs more than it saves."""
_MARKUP = 6
"""In how many bytes of HTML there is one of prose."""
_BATCH_BYTES = 250_000
_TURNS = 6
"""At least so many batches for each process, that none waits long for another at the end."""
_TURN = 0.01
"""Seconds between two looks of the pool at its processes; at its usual tenth of one, each run ends so much later."""
_GRACE = 2.0
"""A worker is ended so many seconds after its own alarm should have rung."""


class Task(msgspec.Struct, frozen=True):
    """A file for a worker: as Work, but with the number of its settings, which the worker has already; its bytes, and the
    seconds it may take there."""

    name: str
    path: Path | None
    limit: int
    data: bytes
    settings: int
    size: int
    seconds: float

    def work(self) -> Work:
        """The work again, with the settings that this process was given."""
        return Work(self.name, self.path, _settings[self.settings], self.limit, LinksSection(), self.data)


_settings: tuple[Settings, ...] = ()
_parent = 0


def useful(work: Sequence[Work]) -> int:
    """How many processes are worth starting for ``work``; 1 where the current one is enough."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if cores < 2 or len(work) < 2 or sum(map(_prose, work)) < SMALL:
        return 1
    return min(cores, len(work))


def _prose(item: Work) -> int:
    return item.size // _MARKUP if format_of(item.name) == HTML else item.size


def check_all(work: Sequence[Work], jobs: int) -> Iterator[FileReport]:
    """Check ``work`` on ``jobs`` processes; the reports come in no particular order.

    Raises ConfigError where the system does not start so many.
    """
    import multiprocessing
    from concurrent.futures import BrokenExecutor

    from pebble import CONSTS, ProcessPool

    CONSTS.sleep_unit = _TURN

    shared = tuple({id(item.settings): item.settings for item in work}.values())
    by_name = {item.name: item for item in work}
    numbers = {id(settings): number for number, settings in enumerate(shared)}
    tasks = [
        Task(item.name, item.path, item.limit, item.data, numbers[id(item.settings)], item.size, item.seconds + _GRACE)
        for item in work
    ]
    # Fork shares what is loaded, but is only safe while there is one thread, and only exists on some systems.
    method = "fork" if sys.platform == "linux" and _single_threaded() else "spawn"
    pool = ProcessPool(
        max_workers=jobs, initializer=_start, initargs=(shared,), context=multiprocessing.get_context(method)
    )
    try:
        try:
            futures = [
                (batch, pool.schedule(_check, args=(batch,), timeout=sum(task.seconds for task in batch)))
                for batch in _batches(tasks, jobs)
            ]
        except (OSError, BrokenExecutor) as error:
            why = getattr(error.__cause__ or error, "strerror", "") or type(error).__name__
            remedy = "Allow fewer with --jobs, or more open files and processes with ulimit."
            raise ConfigError("--jobs", f"{jobs} processes cannot be started: {why}", remedy=remedy) from None
        again: list[Task] = []
        for batch, future in futures:
            try:
                yield from future.result()
            except Exception:
                again += batch
        for task in again:
            try:
                yield from pool.schedule(_check, args=((task,),), timeout=task.seconds).result()
            except Exception as error:
                yield unfinished(by_name[task.name], error)
    finally:
        # Nothing is waited for: what is still to be done here, nobody wants any more.
        pool.stop()  # type: ignore[no-untyped-call]
        pool.join()


def _start(settings: tuple[Settings, ...]) -> None:
    global _settings, _parent
    _settings, _parent = settings, os.getppid()
    # Nothing here needs an orderly end, and a handler would wait for the end of what is written in C.
    for number in {getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)}:
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, signal.SIG_DFL)


def _check(batch: tuple[Task, ...]) -> list[FileReport]:
    try:
        return [check_file(task.work()) for task in batch if not _left_alone()]
    except Exception:
        raise
    except BaseException as error:  # of a rule: in the parent it would be taken for the user's wish to end
        raise RuntimeError(type(error).__name__) from None


def _left_alone() -> bool:
    """Whether the process that wants the results is gone: nobody will end this one then."""
    return os.getppid() != _parent


def _batches(tasks: Sequence[Task], jobs: int) -> Iterator[tuple[Task, ...]]:
    """Files dealt out largest first, small ones together, so that no core waits long for another at the end."""
    batch: list[Task] = []
    size, most = 0, min(_BATCH_BYTES, sum(task.size for task in tasks) // (jobs * _TURNS))
    for task in sorted(tasks, key=lambda task: -task.size):
        batch.append(task)
        size += task.size
        if size >= most or len(batch) >= 32:
            yield tuple(batch)
            batch, size = [], 0
    if batch:
        yield tuple(batch)


def _single_threaded() -> bool:
    import threading

    return threading.active_count() == 1
