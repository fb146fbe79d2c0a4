"""Word lists that are searched where they lie: opening one costs next to nothing, however long it is."""

from __future__ import annotations

import mmap
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from pathlib import Path

from medlint import kept

FOLDER = Path(__file__).parent

Signposts = tuple[Sequence[str], Sequence[int]]
"""The words of some lines of a list, and where those lines begin."""


class WordFile:
    """A file of lines that begin with a word, sorted by their UTF-8 bytes; what follows the word is its note.

    A look-up takes two microseconds, by the nearest of its ``signposts`` before the word, and is remembered.
    """

    def __init__(self, data: bytes | mmap.mmap, signposts: Signposts = ((), ())) -> None:
        self._data = data
        self._words, self._starts = signposts
        self._remembered = lru_cache(maxsize=1 << 16)(self._find)

    def note(self, word: str) -> str | None:
        """What the file says of ``word``: the rest of its line, empty for a bare list, None if it is not there."""
        return self._remembered(word)

    def __contains__(self, word: str) -> bool:
        return self.note(word) is not None

    def lines(self, prefix: str) -> str:
        """The lines of the words that begin with ``prefix``."""
        return self._data[self._place(prefix) : self._place(prefix + "\U0010ffff")].decode("utf-8")

    def starting(self, prefix: str) -> Iterator[tuple[str, str]]:
        """Every word that begins with ``prefix``, and its note, in order."""
        for line in self.lines(prefix).splitlines():
            word, _, note = line.partition(" ")
            yield word, note

    def _around(self, word: str) -> tuple[int, int]:
        """The lines among which that of ``word`` would stand: from where the first begins to where the last ends."""
        after = bisect_right(self._words, word)
        low = self._starts[after - 1] if after else 0
        return low, self._starts[after] if after < len(self._starts) else len(self._data)

    def _place(self, word: str) -> int:
        """Where the first line that is not before ``word`` starts."""
        data, key = self._data, word.encode("utf-8", "surrogatepass")
        low, high = self._around(word)
        while low < high:
            end = data.find(b"\n", low, high)
            end = high if end < 0 else end
            if data[low:end].partition(b" ")[0] >= key:
                return low
            low = end + 1
        return min(low, len(data))

    def _find(self, word: str) -> str | None:
        if not word or " " in word or "\n" in word:
            return None  # a word and its note are no word
        low, high = self._around(word)
        lines = b"\n" + self._data[low:high]
        # The word itself comes before all that begin with it.
        _, line, rest = lines.partition(b"\n" + word.encode("utf-8", "surrogatepass"))
        if not line or rest[:1] not in (b"", b"\n", b" "):
            return None
        return rest[1:].partition(b"\n")[0].decode("utf-8") if rest[:1] == b" " else ""


def signposts(data: bytes | mmap.mmap, apart: int = 1024) -> Signposts:
    """Lines of ``data`` to find others by, about ``apart`` bytes from one to the next."""
    words: list[str] = []
    starts: list[int] = []
    for place in range(0, len(data), apart):
        start = data.rfind(b"\n", 0, place) + 1
        if not starts or starts[-1] != start:
            end = data.find(b"\n", start)
            words.append(data[start : end if end >= 0 else len(data)].partition(b" ")[0].decode("utf-8"))
            starts.append(start)
    return words, starts


@cache
def open_list(name: str) -> WordFile:
    """The list ``name`` of this folder. Raises OSError if there is none."""
    path = FOLDER / name
    with path.open("rb") as file:
        data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    found: Signposts = kept.value(f"signposts {name}", tuple, lambda: signposts(data), __file__, str(path))
    return WordFile(data, found)
