"""YAML from people we do not know: bombs are refused by what the parser would do, before any object is made.

PyYAML's safe loader still expands aliases and merge keys (456 bytes can burn 20 seconds), its C loader overflows the
stack on deep nesting, and its numbers to the base of 60 take quadratic time, so the event stream is counted first and
only the numbers of JSON are numbers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

import yaml

from medlint.errors import RuleError

MAX_DEPTH = 40
OURS = 400_000
"""The most events of a file that comes with medlint."""
THEIRS = 20_000
"""The most events of a file from elsewhere; the rules and tables of people have a few hundred."""
_CHARACTERS = 10
"""How many characters there may be to an event, on average."""

T = TypeVar("T")

_Parser: Any
_BaseLoader: Any
try:
    from yaml import cyaml
except ImportError:  # a PyYAML built without libyaml
    _Parser = _BaseLoader = yaml.SafeLoader
else:
    # The package itself does not export the parser.
    _Parser, _BaseLoader = cyaml.CParser, cyaml.CSafeLoader  # type: ignore[attr-defined]


class _Loader(_BaseLoader):  # type: ignore[misc]
    """Safe loading in which dates, times and the words of other lands (``no``, ``on``) stay the text that was written."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        mapping: dict[Any, Any] = super().construct_mapping(node, deep=deep)
        if len(mapping) < len(node.value):
            # Not compared as written: a key can be null in more than one way.
            keys = [self.construct_object(key) for key, _ in node.value]
            second, _ = next(pair for index, pair in enumerate(node.value) if keys[index] in keys[:index])
            raise yaml.MarkedYAMLError(
                problem=f"the key {second.value!r} is there twice", problem_mark=second.start_mark
            )
        return mapping


_RESOLVED = (
    ("bool", r"true|false|True|False", "tfTF"),
    ("int", r"[-+]?(?:0|[1-9][0-9]{0,18})", "-+0123456789"),
    ("float", r"[-+]?[0-9]{1,19}\.[0-9]{1,19}(?:[eE][-+]?[0-9]{1,3})?", "-+0123456789"),
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
)
_Loader.yaml_implicit_resolvers = {}
for _tag, _pattern, _first in _RESOLVED:
    _Loader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(f"^(?:{_pattern})$"), list(_first))


def read(
    text: str, where: str, error: type[RuleError] | Any = RuleError, first_line: int = 1, most: int = THEIRS
) -> Any:
    """The one document in ``text``, of at most so many events, as plain data. Raises ``error`` naming ``where`` and the
    line; a key that is there twice is an error too."""
    return _guarded(lambda: yaml.load(text, Loader=_Loader), text, where, error, first_line, most, tags=False)


def nodes(
    text: str, where: str, error: type[RuleError] | Any = RuleError, first_line: int = 1, most: int = THEIRS
) -> yaml.Node | None:
    """The one document in ``text`` as a tree of nodes that know their places. Raises ``error`` as ``read`` does."""
    return _guarded(lambda: yaml.compose(text, Loader=_Loader), text, where, error, first_line, most)


def _guarded(
    load: Callable[[], T], text: str, where: str, error: Any, first_line: int, most: int, tags: bool = True
) -> T:
    if len(text) > most * _CHARACTERS:
        raise error(where, f"the file is longer than {most * _CHARACTERS:,} characters", remedy="Split it.")
    try:
        _scan(text, where, error, first_line, most, tags)
        return load()
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark or problem.context_mark
        line = mark.line + first_line if mark else None
        raise error(
            where, f"not valid YAML: {problem.problem}", line=line, remedy="Check indentation and quotes."
        ) from None
    except (yaml.YAMLError, ValueError, RecursionError) as problem:
        words = str(problem).partition("\n")[0]
        raise error(where, f"not valid YAML: {words}", remedy="Check the values.") from None


def _scan(text: str, where: str, error: Any, first_line: int, most: int, tags: bool) -> None:
    depth = 0
    for count, event in enumerate(_events(text)):
        line = event.start_mark.line + first_line
        if isinstance(event, yaml.AliasEvent):
            raise error(
                where,
                "YAML aliases are not allowed",
                line=line,
                remedy="Write the value out.",
            )
        if not tags and getattr(event, "tag", None):
            # What the loader makes of them is not only what can be written plainly: sets, bytes, and crashes.
            raise error(where, f"the YAML tag {event.tag!r} is not allowed", line=line, remedy="Write a plain value.")
        if isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            depth += 1
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            depth -= 1
        if depth > MAX_DEPTH or count > most:
            raise error(
                where,
                "the YAML is nested too deeply" if depth > MAX_DEPTH else "the YAML has too many values",
                line=line,
                remedy="Split it.",
            )


def _events(text: str) -> Iterator[Any]:
    parser = _Parser(text)
    try:
        while parser.check_event():
            yield parser.get_event()
    finally:
        parser.dispose()


def lines(text: str) -> dict[str, int]:
    """The line (from 1) of every key and item of ``text``, by its path (``sources[0].url``), for error messages."""
    found: dict[str, int] = {}

    def walk(node: yaml.Node, path: str) -> None:
        found[path] = node.start_mark.line + 1
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                walk(value, f"{path}.{key.value}" if path else str(key.value))
                found[f"{path}.{key.value}" if path else str(key.value)] = key.start_mark.line + 1
        elif isinstance(node, yaml.SequenceNode):
            for index, item in enumerate(node.value):
                walk(item, f"{path}[{index}]")

    node = yaml.compose(text, Loader=_Loader)
    if node is not None:
        walk(node, "")
    return found
