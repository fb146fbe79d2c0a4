"""Regular expressions compiled once a machine, as ``.pyc`` files are for modules.

Python compiles a pattern anew in every process, and for the few hundred of a run that takes longer than checking an
article. The standard library keeps no compiled form, so this one is kept for it: the code that ``re`` made of each
pattern, in a file of the cache folder that only the same build of Python reads. A file that is missing or damaged
costs time, never a result. In CI the file is neither read nor written: a cache that branches share could be made to
say that a pattern never matches, and a gate must not believe it.
"""

from __future__ import annotations

import os
import sys
import zlib
from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from medlint import cache

_MOST = 4000
_WORTH_WRITING = 20
"""New patterns from which on the file is written again; an article's own few are not worth it."""


class Compiled(NamedTuple):
    """What ``re`` made of a pattern: all flags, code words, number of groups, their numbers by name."""

    flags: int
    code: bytes
    groups: int
    names: dict[str, int]


@contextmanager
def kept() -> Iterator[None]:
    """While this lasts, patterns are taken from the file, and at its end the file learns the new ones."""
    if os.environ.get("CI"):
        yield
        return
    try:
        import _sre  # type: ignore[import-not-found]
        from re import _compiler, _parser  # type: ignore[attr-defined]

        original = _compiler.compile
        mark = f"{sys.version}\n{_sre.MAGIC} {_sre.CODESIZE} {sys.byteorder}\n".encode()
        word = {4: "I", 2: "H"}[_sre.CODESIZE]
        path = cache.folder() / f"patterns-{sys.implementation.cache_tag}"
    except (ImportError, AttributeError, KeyError, RuntimeError):  # another Python, or a user without a home
        yield
        return
    known = _read(path, mark)
    used: dict[bytes, msgspec.Raw] = {}
    new: dict[bytes, Compiled] = {}

    def compile(pattern: Any, flags: int = 0) -> Any:
        if type(pattern) is not str or flags & _compiler.SRE_FLAG_DEBUG:
            return original(pattern, flags)
        key = f"{int(flags)} {pattern}".encode("utf-8", "surrogatepass")
        if raw := known.get(key):
            used[key] = raw
            made = msgspec.msgpack.decode(raw, type=Compiled)
            code = array(word, made.code).tolist()
        else:
            tree = _parser.parse(pattern, flags)
            code = _compiler._code(tree, flags)
            names = {str(name): int(number) for name, number in tree.state.groupdict.items()}
            made = Compiled(int(flags | tree.state.flags), array(word, code).tobytes(), tree.state.groups - 1, names)
            new[key] = made
        by_number = [None, *[None] * made.groups]
        for name, number in made.names.items():
            by_number[number] = name  # type: ignore[call-overload]
        return _sre.compile(pattern, made.flags, code, made.groups, made.names, tuple(by_number))

    _compiler.compile = compile
    try:
        yield
    finally:
        _compiler.compile = original
        if len(new) >= _WORTH_WRITING:
            old = known if len(known) + len(new) <= _MOST else used
            _write(path, mark, {**old, **new})


def _read(path: Path, mark: bytes) -> dict[bytes, msgspec.Raw]:
    try:
        data = path.read_bytes()
        check, body = data[len(mark) : len(mark) + 4], memoryview(data)[len(mark) + 4 :]
        if data.startswith(mark) and zlib.crc32(body) == int.from_bytes(check, "big"):
            return msgspec.msgpack.decode(body, type=dict[bytes, msgspec.Raw])
    except (OSError, msgspec.DecodeError):
        pass
    return {}


def _write(path: Path, mark: bytes, patterns: dict[bytes, msgspec.Raw | Compiled]) -> None:
    from medlint.files import write_atomically

    body = msgspec.msgpack.encode(patterns)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, mark + zlib.crc32(body).to_bytes(4, "big") + body)
    except OSError:
        return
