"""A set of words that is loaded in no time and asked in a moment: a Bloom filter (Bloom 1970), as of the first spelling programs."""

from collections.abc import Iterable
from zlib import crc32

_BITS = 20
"""A filter has two to this power of bits."""
_LAST = (1 << _BITS) - 1
_SECOND = 32 - _BITS
"""The second place of a word is that of the upper bits of its checksum."""


class WordFilter:
    """The words that ``bits`` was made of, and one in seventy of all others, if they are sixty thousand."""

    def __init__(self, bits: bytes) -> None:
        self._bits = bits

    def may_hold(self, word: str) -> bool:
        """Whether ``word`` may be one of the words; False is sure."""
        bits, mark = self._bits, crc32(word.encode("utf-8", "surrogatepass"))
        first = mark & _LAST
        if not bits[first >> 3] >> (first & 7) & 1:
            return False
        second = mark >> _SECOND
        return bool(bits[second >> 3] >> (second & 7) & 1)


def make(words: Iterable[str]) -> bytes:
    """The bits for ``words``."""
    bits = bytearray(1 << (_BITS - 3))
    for word in words:
        mark = crc32(word.encode("utf-8", "surrogatepass"))
        for place in (mark & _LAST, mark >> _SECOND):
            bits[place >> 3] |= 1 << (place & 7)
    return bytes(bits)
