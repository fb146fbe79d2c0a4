"""Word lists that are searched where they lie: opening one costs nothing, however long it is."""

from __future__ import annotations

import mmap
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

FOLDER = Path(__file__).parent


class WordFile:
    """A file of lines that begin with a word, sorted by their UTF-8 bytes; what follows the word is its note.

    A look-up is a binary search of about ten microseconds and is remembered, so a page pays only for the words that
    no earlier page had.
    """

    def __init__(self, data: bytes | mmap.mmap) -> None:
        self._data = data
        self._remembered = lru_cache(maxsize=1 << 16)(self._find)

    def note(self, word: str) -> str | None:
        """What the file says of ``word``: the rest of its line, empty for a bare list, None if it is not there."""
        return self._remembered(word)

    def __contains__(self, word: str) -> bool:
        return self.note(word) is not None

    def lines(self, prefix: str) -> str:
        """The lines of the words that begin with ``prefix``."""
        key = prefix.encode("utf-8", "surrogatepass")
        return self._data[self._place(key) : self._place(key + b"\xff")].decode("utf-8")

    def starting(self, prefix: str) -> Iterator[tuple[str, str]]:
        """Every word that begins with ``prefix``, and its note, in order."""
        for line in self.lines(prefix).splitlines():
            word, _, note = line.partition(" ")
            yield word, note

    def _place(self, key: bytes) -> int:
        """Where the first line that is not before ``key`` starts."""
        data = self._data
        low, high = 0, len(data)
        while low < high:
            middle = (low + high) // 2
            start = data.rfind(b"\n", low, middle) + 1 or low
            end = data.find(b"\n", middle, high)
            end = high if end < 0 else end
            if data[start:end].partition(b" ")[0] < key:
                low = end + 1
            else:
                high = start
        return low

    def _find(self, word: str) -> str | None:
        data = self._data
        key = word.encode("utf-8", "surrogatepass")
        start = self._place(key)
        end = data.find(b"\n", start)
        here, _, note = data[start : end if end >= 0 else len(data)].partition(b" ")
        return note.decode("utf-8") if here == key and key else None


@cache
def open_list(name: str) -> WordFile:
    """The list ``name`` of this folder. Raises OSError if there is none."""
    with (FOLDER / name).open("rb") as file:
        return WordFile(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
