"""Regular expressions compiled once a machine, as ``.pyc`` files are for modules.

Python compiles a pattern anew in every process, and for the several hundred of a run that takes far longer than
checking an article. The standard library keeps no compiled form, so the code that ``re`` made of each pattern is kept
for it.
"""

import re
import time
from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import msgspec

from medlint.kept import Store


class Compiled(msgspec.Struct, frozen=True, array_like=True):
    """What ``re`` made of a pattern: all flags, code words, number of groups, their numbers by name."""

    flags: int
    code: bytes
    groups: int
    names: dict[str, int]


@contextmanager
def kept(store: Store | None) -> Iterator[None]:
    """While this lasts, ``re`` takes the code of patterns from ``store``, and leaves that of new ones there."""
    try:
        import _sre  # type: ignore[import-not-found]
        from re import _compiler, _parser  # type: ignore[attr-defined]

        original, compiled, most = re._compile, re._cache, re._MAXCACHE  # type: ignore[attr-defined]
        build = f"{_sre.MAGIC} {_sre.CODESIZE}"
        word = {4: "I", 2: "H"}[_sre.CODESIZE]
    except (ImportError, AttributeError, KeyError):  # another Python
        store = None
    if store is None:
        yield
        return
    unpack = msgspec.msgpack.Decoder(Compiled).decode
    debug = int(re.DEBUG)

    def compile(pattern: Any, flags: int) -> Any:
        flags = int(flags)
        if type(pattern) is not str or flags & debug:
            return original(pattern, flags)
        if (found := compiled.get((str, pattern, flags))) is not None:
            return found
        key = f"re {build} {flags} {pattern}".encode("utf-8", "surrogatepass")
        try:
            made = unpack(store.find(key) or b"")
            code = array(word, made.code).tolist()
        except msgspec.DecodeError:
            started = time.perf_counter()
            tree = _parser.parse(pattern, flags)
            code = _compiler._code(tree, flags)
            names = {str(name): int(number) for name, number in tree.state.groupdict.items()}
            made = Compiled(int(flags | tree.state.flags), array(word, code).tobytes(), tree.state.groups - 1, names)
            store.learn(key, made, time.perf_counter() - started)
        by_number: list[str | None] = [None] * (made.groups + 1)
        for name, number in made.names.items():
            by_number[number] = name
        found = _sre.compile(pattern, made.flags, code, made.groups, made.names, tuple(by_number))
        if len(compiled) >= most:
            compiled.clear()
        compiled[str, pattern, flags] = found
        return found

    re._compile = compile  # type: ignore[attr-defined]
    try:
        yield
    finally:
        re._compile = original  # type: ignore[attr-defined]
