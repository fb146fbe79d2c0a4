"""A deadline that holds.

A time-out of requests or of a socket starts anew with every byte, so a server that sends one byte a second is waited
for without end. Here every read first asks the clock how much is left, so the sum is bounded, in the TLS handshake, the
header and the body alike; and because the read itself fails, half a header can never pass for an answer.
"""

from __future__ import annotations

import socket
import ssl
import threading
import time
from contextvars import ContextVar
from typing import Any


class Clock:
    """The time one link may take. Reading raises ``TimeoutError`` when it is up, or when ``stop`` is set."""

    def __init__(self, seconds: float, stop: threading.Event, whole: Clock | None = None) -> None:
        self._end = time.monotonic() + seconds
        self._stop = stop
        self._whole = whole

    def remaining(self) -> float:
        """Seconds left, more than 0."""
        left = self._end - time.monotonic()
        if left <= 0 or self._stop.is_set():
            raise TimeoutError("out of time")
        return left

    @property
    def up(self) -> bool:
        """Is there no time left?"""
        return time.monotonic() >= self._end or self._stop.is_set()

    def extend(self, seconds: float) -> None:
        """Do not count ``seconds`` spent waiting on purpose."""
        self._end += seconds
        if self._whole:
            self._whole.extend(seconds)

    def pause(self, seconds: float) -> None:
        """Wait ``seconds`` (not counted) or until the run stops."""
        self._stop.wait(seconds)
        self.extend(seconds)

    def part(self, share: float) -> Clock:
        """A clock with ``share`` (0 to 1) of what is left."""
        return Clock(max(0.0, self._end - time.monotonic()) * share, self._stop, self)


current_clock: ContextVar[Clock] = ContextVar("current_clock")
"""The clock of the link that this thread is visiting."""


class TimedSocket(socket.socket):
    """A socket whose reads keep to ``current_clock``."""

    def recv_into(self, *args: Any, **options: Any) -> int:
        self.settimeout(current_clock.get().remaining())
        return super().recv_into(*args, **options)


class TimedTLSSocket(ssl.SSLSocket):
    """A TLS socket whose reads keep to ``current_clock``; the handshake has one time-out as a whole."""

    def recv_into(self, *args: Any, **options: Any) -> int:
        self.settimeout(current_clock.get().remaining())
        return super().recv_into(*args, **options)
