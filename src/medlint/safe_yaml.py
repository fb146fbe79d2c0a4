"""YAML from people we do not know: bombs are refused by what the parser would do, before any object is made.

PyYAML's safe loader still expands aliases and merge keys (456 bytes can burn 20 seconds) and its C loader overflows the
stack on deep nesting, so the event stream is counted first.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import yaml

from medlint.errors import RuleError

MAX_BYTES = 4_000_000
MAX_DEPTH = 40
MAX_EVENTS = 400_000

# A PyYAML built without libyaml has the slow loader only, which is also its own parser.
_BaseLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_Parser: Any = getattr(yaml, "CParser", yaml.SafeLoader)


class _Loader(_BaseLoader):  # type: ignore[misc]
    """Safe loading in which dates and the words of other lands (``no``, ``on``) stay the text that was written."""


_Loader.yaml_implicit_resolvers = {
    first: [
        (tag, pattern)
        for tag, pattern in resolvers
        if tag not in ("tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:bool")
    ]
    for first, resolvers in _BaseLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:bool", __import__("re").compile("^(?:true|false|True|False)$"), list("tfTF")
)


def read(text: str, where: str, error: type[RuleError] | Any = RuleError, first_line: int = 1) -> Any:
    """The one document in ``text`` as plain data. Raises ``error`` naming ``where`` and the line."""
    if len(text) > MAX_BYTES:
        raise error(where, f"the file is larger than {MAX_BYTES} characters", remedy="Split it.")
    try:
        _scan(text, where, error, first_line)
        return yaml.load(text, Loader=_Loader)
    except yaml.MarkedYAMLError as problem:
        mark = problem.problem_mark or problem.context_mark
        line = mark.line + first_line if mark else None
        raise error(
            where, f"not valid YAML: {problem.problem}", line=line, remedy="Check indentation and quotes."
        ) from None
    except (yaml.YAMLError, ValueError, RecursionError) as problem:
        raise error(where, f"not valid YAML: {problem}", remedy="Check the values.") from None


def nodes(text: str, where: str, error: type[RuleError] | Any = RuleError, first_line: int = 1) -> yaml.Node | None:
    """The one document in ``text`` as a tree of nodes that know their places. Raises ``error`` as ``read`` does."""
    read(text, where, error, first_line)
    return yaml.compose(text, Loader=_Loader)  # type: ignore[no-any-return,unused-ignore]


def _scan(text: str, where: str, error: Any, first_line: int) -> None:
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
        if isinstance(event, (yaml.MappingStartEvent, yaml.SequenceStartEvent)):
            depth += 1
        elif isinstance(event, (yaml.MappingEndEvent, yaml.SequenceEndEvent)):
            depth -= 1
        if depth > MAX_DEPTH or count > MAX_EVENTS:
            raise error(
                where,
                "the YAML is nested too deeply or too long",
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
