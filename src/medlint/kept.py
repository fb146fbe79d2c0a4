"""What follows from the rules, the word lists and the code alone is worked out once a machine, and kept in a file.

An article is checked in a hundredth of the time that it takes to compile the patterns and index the tables it is
checked with, and an editor starts medlint anew at each save. The file is like Python's own ``.pyc`` files: read only by
the same build of Python and the same rules and code, checked against damage, and never missed where it cannot be. In
CI it is neither read nor written: a cache that branches share could be made to say that a pattern never matches, and
a gate must not believe it.
"""

from __future__ import annotations

import os
import sys
import time
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache as once
from pathlib import Path
from typing import Any, Generic, TypeVar

import msgspec

from medlint import cache

_MOST = 6000
"""Entries; an article's own patterns must not fill the disk."""
_WORTH_WRITING = 0.01
"""Seconds of new work from which on the file is written again; an article's own few patterns are not worth it."""

_CHECKSUM = 4
"""Bytes."""

T = TypeVar("T")


class Store:
    """The file at ``path`` and what this run adds to it. ``mark`` stands at its head: another one is another file.

    What is kept is packed, and its checksum is looked at when it is asked for: nobody pays for what he does not use.
    """

    def __init__(self, path: Path, mark: str) -> None:
        self._path = path
        self._mark = mark.encode()
        self._known = self._read()
        self._used: dict[bytes, memoryview] = {}
        self._new: dict[bytes, bytes] = {}
        self._seconds = 0.0

    def find(self, key: bytes) -> memoryview | None:
        """What is kept under ``key``, packed."""
        entry = self._known.get(key)
        if entry is None:
            return None
        packed = entry[_CHECKSUM:]
        if entry[:_CHECKSUM] != _checksum(key, packed):
            return None
        self._used[key] = entry
        return packed

    def learn(self, key: bytes, value: Any, seconds: float) -> None:
        """Keep ``value``, which took ``seconds`` to make."""
        packed = msgspec.msgpack.encode(value)
        self._new[key] = _checksum(key, packed) + packed
        self._seconds += seconds

    def save(self) -> None:
        """Write the file again if that will pay."""
        if self._seconds < _WORTH_WRITING:
            return
        from medlint.files import write_atomically

        old = self._known if len(self._known) + len(self._new) <= _MOST else self._used
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(self._path, self._mark + msgspec.msgpack.encode({**old, **self._new}))
        except OSError:
            return

    def _read(self) -> dict[bytes, memoryview]:
        try:
            data = self._path.read_bytes()
            if data.startswith(self._mark):
                return msgspec.msgpack.decode(memoryview(data)[len(self._mark) :], type=dict[bytes, memoryview])
        except (OSError, msgspec.DecodeError):
            pass
        return {}


def _checksum(key: bytes, packed: bytes | memoryview) -> bytes:
    return zlib.crc32(packed, zlib.crc32(key)).to_bytes(_CHECKSUM, "big")


_store: Store | None = None


@contextmanager
def between_runs() -> Iterator[Store | None]:
    """While this lasts, ``value`` and ``table`` are taken from the user's cache folder, and at its end it learns."""
    global _store
    if os.environ.get("CI"):
        yield None
        return
    try:
        path = cache.folder() / f"kept-{sys.implementation.cache_tag}-{cache.INSTALLATION}"
    except RuntimeError:  # a user without a home
        yield None
        return
    _store = Store(path, f"medlint {sys.version}\n")
    try:
        yield _store
    finally:
        _store.save()
        _store = None


def value(name: str, shape: type[T], make: Callable[[], T], *files: str) -> T:
    """What ``make`` gives, of type ``shape``; kept under ``name`` while the rules and what is in ``files`` stay the same:
    the code that makes it, and lists that it is made of."""
    if _store is None:
        return make()
    found: T = _kept(_store, name, shape, make, files)
    return found


def table(name: str, shape: type[T], make: Callable[[], Mapping[str, T]], *files: str) -> Mapping[str, T]:
    """As ``value``, for a mapping whose values are of type ``shape``: each is unpacked when it is first asked for."""
    if _store is None:
        return make()

    def packed() -> dict[str, bytes]:
        return {key: msgspec.msgpack.encode(each) for key, each in make().items()}

    return Packed(_kept(_store, name, dict[str, memoryview], packed, files), shape)


def _kept(store: Store, name: str, shape: Any, make: Callable[[], Any], files: tuple[str, ...]) -> Any:
    key = name.encode("utf-8", "surrogatepass")
    state = _state(files)
    if kept := store.find(key):
        try:
            of, found = _decoder(shape).decode(kept)
        except msgspec.ValidationError:  # it had another shape
            of = ""
        if of == state:
            return found
    started = time.perf_counter()
    made = make()
    store.learn(key, (state, made), time.perf_counter() - started)
    return made


@once
def _decoder(shape: Any) -> Any:
    return msgspec.msgpack.Decoder(tuple[str, shape])


@once
def _state(files: tuple[str, ...]) -> str:
    """The rules and tables there are, and the state of ``files``."""
    from medlint import bundle

    stats = [os.stat(file) for file in files]  # noqa: PTH116 (asked for a hundred patterns)
    return " ".join([bundle.load().digest, *(f"{stat.st_mtime_ns} {stat.st_size}" for stat in stats)])


class Packed(Mapping[str, T], Generic[T]):
    """A mapping whose values are unpacked one by one, as they are asked for."""

    def __init__(self, packed: Mapping[str, bytes | memoryview], shape: type[T]) -> None:
        self._packed = packed
        self._values: dict[str, T] = {}
        self._decode = msgspec.msgpack.Decoder(shape).decode

    def __getitem__(self, key: str) -> T:
        found = self._values.get(key)
        if found is None:
            found = self._values[key] = self._decode(self._packed[key])
        return found

    def get(self, key: str, default: Any = None) -> Any:
        """As the mapping's own, which would raise and catch an error for every key that is not there."""
        return self[key] if key in self._packed else default

    def __contains__(self, key: object) -> bool:
        return key in self._packed

    def keys(self) -> Any:
        """The keys as those of a dictionary, whose operations take no time."""
        return self._packed.keys()

    def __iter__(self) -> Iterator[str]:
        return iter(self._packed)

    def __len__(self) -> int:
        return len(self._packed)
