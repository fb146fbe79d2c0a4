"""The dated tables of ``rules/data``: lexicons, crisis lines, credentials. Each is read once, when first asked for."""

from functools import cache
from typing import Any, TypeVar

import msgspec

from medlint.bundle import load as _bundle

T = TypeVar("T")


@cache
def table(name: str, shape: type[T]) -> T:
    """The table ``name`` (a file of ``rules/data`` without its ending) decoded as ``shape``, a msgspec Struct.

    Keys that the shape does not name are ignored. Raises msgspec.ValidationError if the table does not fit.
    """
    return msgspec.msgpack.decode(_bundle().data[name], type=shape)


@cache
def raw(name: str) -> Any:
    """The table ``name`` as plain dictionaries and lists."""
    return msgspec.msgpack.decode(_bundle().data[name])


def names() -> tuple[str, ...]:
    """The tables there are."""
    return tuple(sorted(_bundle().data))
