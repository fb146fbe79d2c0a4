"""Limits of time, raised in the code that runs: for a file by the clock, for a rule on it by the processor.

A limit by the processor does not depend on what else the machine does, and stops a regular expression in the middle: no
pattern of a rule, whoever wrote it, can hold up a run. Interval timers do both, where the system has them and in the main
thread; elsewhere a file is checked in a worker process, whose end is the limit.
"""

from __future__ import annotations

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import TypeVar

T = TypeVar("T")
FILE_SECONDS = 10.0
"""What one file may take for each megabyte begun, by the clock: several times what an honest article takes."""
RULE_SECONDS = 1.0
"""What one rule may take on each megabyte of text, by the processor."""
TIMERS = hasattr(signal, "setitimer")
"""Whether the system has interval timers."""
_AGAIN = 1.0
_TICK = 0.1
"""Seconds of processor time between looks at a budget: to set a timer for each rule takes longer than most rules do."""


def rule_seconds(text: str) -> float:
    """What a rule may take on ``text``, by the processor."""
    return RULE_SECONDS * (1 + len(text) // 1_000_000)


def file_seconds(size: int) -> float:
    """What a file of ``size`` bytes may take, by the clock."""
    return FILE_SECONDS * (1 + size // 1_000_000)


class Overrun(Exception):
    """A rule, or a part of the facts, took longer than it may; the others can go on."""


class Expired(BaseException):
    """A file took longer than it may. No handler of a rule's own errors takes it for one."""


@contextmanager
def clock(seconds: float) -> Iterator[None]:
    """Raise Expired in the running code after ``seconds`` by the clock, and again for whatever goes on regardless."""

    def ring(*_: object) -> None:
        raise Expired(f"{seconds:g} seconds")

    with _timer("ITIMER_REAL", "SIGALRM", ring) as start:
        start(seconds, _AGAIN)
        yield


Budget = Callable[[float], None]
"""Allows so many seconds from now on; 0 calls the limit off."""


@contextmanager
def processor() -> Iterator[Budget]:
    """A budget of processor time: what runs longer than it was last allowed has Overrun raised in it, again and again."""
    allowed, ticks = 0.0, 0

    def ring(*_: object) -> None:
        nonlocal ticks
        ticks += 1
        late = ticks - round(allowed / _TICK)
        if allowed and late >= 0 and late % round(_AGAIN / _TICK) == 0:
            raise Overrun(f"{allowed:g} seconds of processor time")

    def allow(seconds: float) -> None:
        nonlocal allowed, ticks
        allowed, ticks = seconds, 0

    with _timer("ITIMER_PROF", "SIGPROF", ring) as start:
        start(_TICK, _TICK)
        yield allow


def bounded(call: Callable[..., T], *arguments: object) -> T:
    """``call(*arguments)`` within the time of one rule. Raises Overrun."""
    with processor() as allow:
        allow(RULE_SECONDS)
        return call(*arguments)


@contextmanager
def _timer(timer: str, signal_name: str, ring: Callable[..., None]) -> Iterator[Callable[[float, float], object]]:
    if not TIMERS:
        yield _idle
        return
    which, number = getattr(signal, timer), getattr(signal, signal_name)
    try:
        previous = signal.signal(number, ring)
    except ValueError:  # not the main thread
        yield _idle
        return
    try:
        yield partial(signal.setitimer, which)
    finally:
        signal.setitimer(which, 0)
        signal.signal(number, signal.SIG_IGN)  # one that is still on its way would end the process
        signal.signal(number, previous)


def _idle(_first: float, _then: float) -> None:
    """In place of a timer where there is none."""
