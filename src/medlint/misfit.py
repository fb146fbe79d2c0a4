"""A value that does not fit its setting: msgspec's errors in the words of people who write TOML and YAML."""

import re
from collections.abc import Iterable
from typing import Any, NamedTuple

import msgspec

_WORDS = {
    "bool": "true or false",
    "int": "a whole number",
    "float": "a number",
    "str": "text",
    "array": "a list",
    "object": "a table",
    "null": "nothing",
}
_SYNTAX = {"str": " in quotes", "array": " in [ ]"}


class Misfit(NamedTuple):
    """Which setting (a dotted place), what is wrong with it, and what to write instead."""

    place: str
    problem: str
    remedy: str


def misfit(error: msgspec.ValidationError, shape: Any) -> Misfit:
    """What ``error`` says of a value that should have had the type ``shape``."""
    message, _, place = str(error).partition(" - at `")
    place = place.rstrip("`").removeprefix("$").removeprefix(".")
    named = place or "the whole"
    quoted = re.search(r"(?:field|value) [`'](.*)[`']$|(?:field|value) (\d+)$", message)
    value = (quoted[1] or quoted[2]) if quoted else ""
    if "unknown field" in message:
        inside = f" in [{place}]" if place else ""
        problem = f"there is no setting {value!r}{inside}"
        return Misfit(f"{place}.{value}".lstrip("."), problem, nearest(value, _choices(shape, place)))
    if "missing required field" in message:
        return Misfit(place, f"{named} lacks {value!r}", "Add it.")
    if "Invalid enum value" in message:
        choices = [str(choice) for choice in _choices(shape, place) if choice != ""]
        return Misfit(place, f"{named} {value!r} is none of {', '.join(choices)}", nearest(value, choices, ""))
    expected, _, got = message.removeprefix("Expected ").partition(", got ")
    kinds = re.findall(r"\w+", expected.partition("` ")[0])
    wanted = " or ".join(_WORDS.get(kind, kind) + _SYNTAX.get(kind, "") for kind in kinds)
    limit = expected.partition("` ")[2]
    wrong = f"cannot be {_WORDS.get(got.strip('`'), got)}" if got else "is out of range"
    return Misfit(place, f"{named} {wrong}", f"Write {wanted}{f' {limit}' if limit else ''}.")


def nearest(name: str, known: Iterable[str], otherwise: str | None = None) -> str:
    """The remedy for a ``name`` that is none of ``known``: the nearest one, else all of them (or ``otherwise``)."""
    from difflib import get_close_matches

    known = list(known)
    near = get_close_matches(name, known, n=1, cutoff=0.7) if name else []  # difflib fails on an empty word
    if near:
        return f"Did you mean {near[0]!r}?"
    return f"There are: {', '.join(known)}." if otherwise is None else otherwise or "Write one of these."


def _choices(shape: Any, place: str) -> list[str]:
    """The keys or values that can stand at ``place``."""
    kind: Any = msgspec.inspect.type_info(shape)
    for step in re.findall(r"[^.\[\]]+|\[.*?\]", place):
        kind = _plain(kind)
        if step.startswith("["):
            kind = getattr(kind, "item_type", None) or getattr(kind, "value_type", None)
        else:
            kind = next((field.type for field in getattr(kind, "fields", ()) if field.encode_name == step), None)
    kind = _plain(kind)
    if isinstance(kind, msgspec.inspect.StructType):
        return [field.encode_name for field in kind.fields]
    return [str(value) for value in getattr(kind, "values", ())]


def _plain(kind: Any) -> Any:
    """``kind`` without its annotations, and of a choice of types the one that has parts."""
    if isinstance(kind, msgspec.inspect.Metadata):
        return _plain(kind.type)
    if isinstance(kind, msgspec.inspect.UnionType):
        parts = [_plain(part) for part in kind.types]
        return max(parts, key=lambda part: any(hasattr(part, name) for name in ("fields", "values", "item_type")))
    if isinstance(kind, msgspec.inspect.EnumType):
        return msgspec.inspect.LiteralType(tuple(member.value for member in kind.cls))
    return kind
