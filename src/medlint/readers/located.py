"""JSON, YAML and TOML as plain data whose strings know the source range they were read from."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from medlint.document import Segment
from medlint.source import Span

MAX_JSON = 2_000_000
"""The longest JSON, in characters, that is decoded; a page's own data is a thousandth of it."""


class Located(str):
    """A string value and the range of the source that holds it, quotes left out."""

    __slots__ = ("span",)
    span: Span

    def __new__(cls, value: str, span: Span) -> Located:
        self = super().__new__(cls, value)
        self.span = span
        return self


class Unreadable(Exception):
    """Data that cannot be decoded: the place, and a parser's words for what is wrong there."""

    def __init__(self, span: Span, words: str) -> None:
        super().__init__(words)
        self.span = span
        self.words = words


def json(text: str, span: Span) -> Any:
    """The JSON value in ``text[span]``; control characters in strings are let pass, as browsers do. Raises Unreadable.

    The decoder is the standard library's own in Python, because the one in C does not say where a string was.
    """
    from json import JSONDecodeError, JSONDecoder
    from json.decoder import scanstring  # type: ignore[attr-defined]
    from json.scanner import py_make_scanner  # type: ignore[attr-defined]

    if span.end - span.start > MAX_JSON:
        raise Unreadable(Span(span.start, span.start), f"it is longer than {MAX_JSON} characters")

    def string(raw: str, begin: int, strict: bool) -> tuple[Located, int]:
        value, end = scanstring(raw, begin, strict)
        return Located(value, Span(span.start + begin, span.start + end - 1)), end

    decoder: Any = JSONDecoder(strict=False)
    decoder.parse_string = string
    decoder.scan_once = py_make_scanner(decoder)
    try:
        return decoder.decode(text[span.start : span.end])
    except JSONDecodeError as error:
        place = min(span.start + error.pos, span.end)
        raise Unreadable(Span(place, place), error.msg) from None
    except RecursionError:
        raise Unreadable(Span(span.start, span.start), "it is nested too deeply") from None
    except ValueError as error:  # a number of more digits than Python converts
        raise Unreadable(Span(span.start, span.start), str(error)) from None


def yaml_tree(text: str, span: Span, first_line: int) -> Any:
    """The YAML document in ``text[span]``, every scalar a string as written and null an empty one. Raises Unreadable."""
    if (plain := _plain_tree(text, span)) is not None:
        return plain
    from medlint import safe_yaml
    from medlint.errors import RuleError

    try:
        node = safe_yaml.nodes(text[span.start : span.end], "", RuleError, first_line)
    except RuleError as error:
        words = error.problem.removeprefix("not valid YAML: ")
        place = _line_start(text, span, (error.line or first_line) - first_line)
        raise Unreadable(Span(place, place), words) from None
    return _of_node(node, span.start) if node is not None else {}


_MOST_PLAIN = 20_000
_IN_LIST = r"[^\W_](?:[\w .'’-]*\w)?"
_LINE = re.compile(
    r"(?P<key>[A-Za-z][A-Za-z0-9_-]*): +(?:"
    r"(?P<quote>[\"'])(?P<quoted>[\w ,.;:()/&+’“”–—?!%#@|=*$\[\]{}<>-]*)(?P=quote)"
    rf"|\[(?P<list>{_IN_LIST}(?:, *{_IN_LIST})*)\]"
    r"|(?P<plain>[^\W_](?:[\w ,.;()/&+'’“”–—?!%-]*[\w.;)/’”?!%])?)) *(?:\r?\n|\Z)"
)
_ITEM = re.compile(_IN_LIST)
_NULLS = ("null", "Null", "NULL")


def _plain_tree(text: str, span: Span) -> dict[str, Any] | None:
    """The document where it is nothing but lines of a key with a plain value or list, as most front matter is, else None.

    That much YAML is read at a glance, and to import the parser takes as long as to read the article.
    """
    found: dict[str, Any] = {}
    position = span.start
    while position < span.end and span.end - span.start <= _MOST_PLAIN:
        line = _LINE.match(text, position, span.end)
        if line is None:
            return None
        kind = line.lastgroup or ""
        if kind == "list":
            items = _ITEM.finditer(text, *line.span("list"))
            found[line["key"]] = [_scalar(item[0], *item.span()) for item in items]
        elif kind == "plain":
            found[line["key"]] = _scalar(line["plain"], *line.span("plain"))
        else:
            found[line["key"]] = Located(line["quoted"].strip(), Span(*line.span("quoted")))
        position = line.end()
    return found or None


def _scalar(written: str, start: int, end: int) -> Located:
    return Located("" if written in _NULLS else written, Span(start, end))


def _line_start(text: str, span: Span, lines: int) -> int:
    position = span.start
    for _ in range(lines):
        following = re.compile(r"\r\n|\r|\n").search(text, position, span.end)
        if following is None:
            break
        position = following.end()
    return position


def _of_node(node: Any, base: int) -> Any:
    kind = node.id
    if kind == "mapping":
        return {str(key.value): _of_node(value, base) for key, value in node.value if key.id == "scalar"}
    if kind == "sequence":
        return [_of_node(item, base) for item in node.value]
    start, end = base + node.start_mark.index, base + node.end_mark.index
    quotes = node.style in ('"', "'")
    value = "" if node.tag.endswith(":null") else node.value
    return Located(value.strip(), Span(start + quotes, end - quotes))


# A key at the beginning of a line, with or without quotes.
_ASSIGNED = re.compile(r"^[ \t]*(?:\"([^\"\n]*)\"|'([^'\n]*)'|([\w-]+))[ \t]*=[ \t]*", re.MULTILINE)
_NEAR = 50
"""In how many places a value is looked for, from where its key was last met."""


def toml_tree(text: str, span: Span) -> Any:
    """The TOML document in ``text[span]``. Raises Unreadable.

    The standard library does not say where a value was: it is looked for on the line of a key of that name, and where
    it is not written there, its place is after the last such key.
    """
    from medlint.safe_toml import TomlError, loads

    body = text[span.start : span.end]
    try:
        data = loads(body)
    except TomlError as error:
        place = _line_start(text, span, error.line - 1)
        raise Unreadable(Span(place, place), str(error)) from None
    places: dict[str, list[int]] = {}
    for found in _ASSIGNED.finditer(body):
        places.setdefault(found[found.lastindex or 0], []).append(found.end())
    try:
        return _placed(data, "", _Keys(body, places), span.start)
    except ValueError:
        raise Unreadable(Span(span.start, span.start), "it has a number of too many digits") from None


class _Keys:
    """Where each key of a TOML text is given its values, taken in order."""

    def __init__(self, body: str, places: Mapping[str, list[int]]) -> None:
        self._body = body
        self._places = places
        self._met: dict[str, int] = {}

    def place(self, key: str, shown: str) -> Span:
        """Where ``shown`` is written as the value of ``key``."""
        places, first = self._places.get(key, ()), self._met.get(key, 0)
        for index in range(first, min(first + _NEAR, len(places))):
            line = self._body.find("\n", places[index])
            start = self._body.find(shown, places[index], line if line >= 0 else len(self._body))
            if start >= 0:
                self._met[key] = index
                return Span(start, start + len(shown))
        end = places[-1] if places else 0
        return Span(end, end)


def _placed(value: Any, key: str, keys: _Keys, base: int) -> Any:
    if isinstance(value, Mapping):
        return {name: _placed(item, name, keys, base) for name, item in value.items()}
    if isinstance(value, list):
        return [_placed(item, key, keys, base) for item in value]
    shown = value if isinstance(value, str) else str(value).lower() if isinstance(value, bool) else str(value)
    start, end = keys.place(key, shown)
    return Located(shown, Span(base + start, base + end))


_ESCAPE = re.compile(r"\\(?:u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|x[0-9a-fA-F]{2}|\r?\n\s*|.)|''", re.DOTALL)
_SPACE = re.compile(r"[ \t\r\n]+")


def segments(text: str, value: Located) -> tuple[Segment, ...]:
    """The map from ``value`` to its source: escapes and folded lines are replaced, everything else is literal."""
    found: list[Segment] = []
    position, end = value.span
    index = 0
    while index < len(value):
        begin, at = index, position
        while (
            index < len(value) and position < end and value[index] == text[position] and text[position] not in "\\'\n"
        ):
            index, position = index + 1, position + 1
        if index > begin:
            found.append(Segment(begin, index, at, position, True))
        if index == len(value):
            break
        replaced = (_SPACE if value[index] == " " else _ESCAPE).match(text, position, end)
        length = replaced.end() - position if replaced else 1 if text[position : position + 1] == value[index] else 0
        if not length:
            return (Segment(0, len(value), *value.span, False),)
        found.append(
            Segment(index, index + 1, position, position + length, text[position : position + length] == value[index])
        )
        index, position = index + 1, position + length
    return tuple(found)
