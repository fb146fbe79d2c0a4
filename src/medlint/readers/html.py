"""HTML: turbohtml's WHATWG tokens, each placed by its line and column."""

from __future__ import annotations

import re
from itertools import accumulate, pairwise
from typing import Any, NamedTuple

from medlint.readers.builder import Sink

_LINE_END = re.compile(r"\r\n|\r|\n")
_REFERENCE = re.compile(r"&#?[0-9A-Za-z]+;?")


class _End(NamedTuple):
    """Stands after the last token, where the text ends."""

    line: int
    col: int
    type: int = -1


def feed(text: str, sink: Sink, start: int = 0, end: int | None = None) -> None:
    """Feed ``text[start:end]`` to ``sink``; the calls partition that range.

    turbohtml reads text with its newlines normalised, so places come from line and column, never from its offsets.
    """
    import turbohtml

    kinds = turbohtml.TokenType
    text_kind, open_kind, close_kind = int(kinds.TEXT), int(kinds.START_TAG), int(kinds.END_TAG)
    reference_kind, comment_kind = int(kinds.CHARACTER_REFERENCE), int(kinds.COMMENT)
    part = text if not start and end is None else text[start:end]
    stop = start + len(part)
    if "\r" in part:
        lines = [start, *(start + match.end() for match in _LINE_END.finditer(part))]
    else:
        lines = list(accumulate((len(line) + 1 for line in part.split("\n")), initial=start))[:-1]
    tokens: list[Any] = list(turbohtml.tokenize(part, resolve_references=False))
    tokens.append(_End(len(lines), stop - lines[-1]))
    first = tokens[0]
    position = lines[first.line - 1] + first.col
    if position > start:
        sink.markup(start, position)
    for token, following in pairwise(tokens):
        limit = lines[following.line - 1] + following.col
        kind = token.type
        if kind == text_kind:
            if len(token.data) == limit - position:
                sink.text(position, limit)
            else:
                _aligned(text, token.data, sink, position, limit)
        elif kind == open_kind:
            attrs = token.attrs
            named = {name: value or "" for name, value in reversed(attrs)} if attrs else {}
            sink.open(token.tag, named, position, limit)
        elif kind == close_kind:
            sink.close(token.tag, position, limit)
        elif kind == reference_kind:
            # What may follow it without a token of its own is ``</>``, or a tag that the end of the file cuts off.
            whole = _REFERENCE.match(text, position, limit)
            cut = whole.end() if whole else limit
            sink.reference(token.data, position, cut)
            if cut < limit:
                sink.markup(cut, limit)
        elif kind == comment_kind:
            sink.comment(token.data or "", position, limit)
        else:
            sink.markup(position, limit)
        position = limit


def _aligned(text: str, data: str, sink: Sink, start: int, end: int) -> None:
    """Feed the parts of ``text[start:end]`` that ``data`` holds: CR LF is one character there, ``</>`` and a tag that
    the end of the file cuts off are none."""
    position = begin = start
    index = 0
    while position < end:
        char = text[position]
        wanted = data[index] if index < len(data) else ""
        if char == wanted:
            position, index = position + 1, index + 1
        elif char == "\r" and wanted == "\n":
            position, index = position + (2 if text[position + 1 : position + 2] == "\n" else 1), index + 1
        else:
            if position > begin:
                sink.text(begin, position)
            begin = min(position + 3, end) if text.startswith("</>", position) else end
            sink.markup(position, begin)
            position = begin
    if position > begin:
        sink.text(begin, position)
