"""Work for many hosts, a few at a time, one piece per host, with a pause between the pieces of a host."""

import heapq
import queue
import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator
from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")


class OutOfTime(Exception):
    """The run has lasted as long as it may."""


class Task(NamedTuple, Generic[T]):
    """A piece of work for ``host``; ``work`` must not raise."""

    host: str
    key: str
    work: Callable[[], T]


def sweep(
    tasks: Iterable[Task[T]], *, workers: int, interval: Callable[[str, T], float], stop: threading.Event, end: float
) -> Iterator[tuple[str, T]]:
    """Do ``tasks``, those of a host in their order; yields each key and result as it is done.

    ``interval``: seconds between the starts of two tasks of a host, the first of which had that result. Raises
    ``OutOfTime`` when the monotonic clock reaches ``end``. Workers are daemons that stop with ``stop``, so an interrupted
    run does not wait for slow servers.
    """
    waiting: defaultdict[str, deque[Task[T]]] = defaultdict(deque)
    for task in tasks:
        waiting[task.host].append(task)
    left = sum(map(len, waiting.values()))
    ready = [(0.0, place, host) for place, host in enumerate(waiting)]
    changed = threading.Condition()
    done: queue.SimpleQueue[tuple[str, T]] = queue.SimpleQueue()

    def next_task() -> tuple[int, Task[T]] | None:
        with changed:
            while any(waiting.values()) and not stop.is_set():
                pause = ready[0][0] - time.monotonic() if ready else 0.5
                if pause <= 0:
                    _, place, host = heapq.heappop(ready)
                    return place, waiting[host].popleft()
                changed.wait(pause)
        return None

    def work() -> None:
        while found := next_task():
            place, task = found
            began = time.monotonic()
            result = task.work()
            done.put((task.key, result))
            with changed:
                if waiting[task.host]:
                    heapq.heappush(ready, (began + interval(task.host, result), place, task.host))
                changed.notify_all()

    for _ in range(min(workers, len(waiting))):
        threading.Thread(target=work, daemon=True, name="medlint links").start()
    while left:
        # In short waits, so that Ctrl-C is noticed on every system.
        try:
            yield done.get(timeout=max(0.0, min(0.2, end - time.monotonic())))
            left -= 1
        except queue.Empty:
            if time.monotonic() >= end:
                raise OutOfTime from None
