"""A sink that records what a reader accounts for, and how each piece of text decodes."""

from __future__ import annotations

from collections.abc import Mapping

from medlint.readers import feed
from medlint.source import Span


class Recorder:
    """Keeps the range of every call, in order."""

    def __init__(self) -> None:
        self.ranges: list[tuple[int, int]] = []

    def open(self, tag: str, attrs: Mapping[str, str], start: int, end: int, extent: Span | None = None) -> None:
        self.ranges.append((start, end))

    def close(self, tag: str, start: int, end: int) -> None:
        self.ranges.append((start, end))

    def text(self, start: int, end: int) -> None:
        self.ranges.append((start, end))

    def reference(self, decoded: str, start: int, end: int) -> None:
        self.ranges.append((start, end))

    def comment(self, text: str, start: int, end: int) -> None:
        self.ranges.append((start, end))

    def opaque(self, start: int, end: int) -> None:
        self.ranges.append((start, end))

    def markup(self, start: int, end: int) -> None:
        self.ranges.append((start, end))


def ranges(text: str, format: str) -> list[tuple[int, int]]:
    """The ranges that reading ``text`` accounts for."""
    recorder = Recorder()
    feed(text, recorder, format)
    return recorder.ranges
