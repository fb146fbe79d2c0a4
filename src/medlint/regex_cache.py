"""Regular expressions compiled once a machine, as ``.pyc`` files are for modules.

Python compiles a pattern anew in every process, and for the several hundred of a run that takes far longer than
checking an article. The standard library keeps no compiled form, so the code that ``re`` made of each pattern is kept
for it.
"""

import time
from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

import msgspec

from medlint.kept import Store


class Compiled(NamedTuple):
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

        original = _compiler.compile
        build = f"{_sre.MAGIC} {_sre.CODESIZE}"
        word = {4: "I", 2: "H"}[_sre.CODESIZE]
    except (ImportError, AttributeError, KeyError):  # another Python
        store = None
    if store is None:
        yield
        return
    unpack = msgspec.msgpack.Decoder(Compiled).decode

    def compile(pattern: Any, flags: int = 0) -> Any:
        if type(pattern) is not str or flags & _compiler.SRE_FLAG_DEBUG:
            return original(pattern, flags)
        key = f"re {build} {int(flags)} {pattern}".encode("utf-8", "surrogatepass")
        if raw := store.find(key):
            made = unpack(raw)
            code = array(word, made.code).tolist()
        else:
            started = time.perf_counter()
            tree = _parser.parse(pattern, flags)
            code = _compiler._code(tree, flags)
            names = {str(name): int(number) for name, number in tree.state.groupdict.items()}
            made = Compiled(int(flags | tree.state.flags), array(word, code).tobytes(), tree.state.groups - 1, names)
            store.learn(key, made, time.perf_counter() - started)
        by_number: list[str | None] = [None] * (made.groups + 1)
        for name, number in made.names.items():
            by_number[number] = name
        return _sre.compile(pattern, made.flags, code, made.groups, made.names, tuple(by_number))

    _compiler.compile = compile
    try:
        yield
    finally:
        _compiler.compile = original
