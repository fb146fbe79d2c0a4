"""HTML: turbohtml's WHATWG tokens, each placed by its line and column."""

import re
import sys
from importlib.machinery import PathFinder
from importlib.util import module_from_spec
from itertools import chain
from typing import Any

import msgspec

from medlint.readers.builder import Sink
from medlint.source import line_starts

_REFERENCE = re.compile(r"&#?[0-9A-Za-z]+;?")
_CORE = "turbohtml._html"


class _End(msgspec.Struct, frozen=True):
    """Stands after the last token, where the text ends: on line 0, which no token is on."""

    line: int = 0
    col: int = 0


def _tokenizer() -> Any:
    """turbohtml's tokenizer alone: to import all of turbohtml takes longer than to check most articles."""
    loaded = sys.modules.get("turbohtml") or sys.modules.get(_CORE)
    if loaded is not None:
        return loaded
    package = PathFinder.find_spec("turbohtml")
    found = PathFinder.find_spec(_CORE, package.submodule_search_locations) if package else None
    if found is not None and found.loader is not None:
        core = sys.modules[_CORE] = module_from_spec(found)
        try:
            found.loader.exec_module(core)
            if core.tokenize and core.TokenType:
                return core
        except (ImportError, AttributeError):
            del sys.modules[_CORE]
    import turbohtml  # whose parts another version may keep elsewhere

    return turbohtml


def feed(text: str, sink: Sink, start: int = 0, end: int | None = None) -> None:
    """Feed ``text[start:end]`` to ``sink``; the calls partition that range.

    turbohtml reads text with its newlines normalised, so places come from line and column, never from its offsets.
    """
    turbohtml = _tokenizer()
    kinds = turbohtml.TokenType
    text_kind, open_kind, close_kind = kinds.TEXT, kinds.START_TAG, kinds.END_TAG
    sink_open, sink_close, sink_text = sink.open, sink.close, sink.text
    part = text if not start and end is None else text[start:end]
    lines = [start + len(part), *line_starts(part, start)]
    tokens: Any = chain(turbohtml.tokenize(part, resolve_references=False), (_End(),))
    token = next(tokens)
    position = lines[token.line] + token.col
    if position > start:
        sink.markup(start, position)
    for following in tokens:
        limit = lines[following.line] + following.col
        kind = token.type
        if kind is text_kind:
            if len(token.data) == limit - position:
                sink_text(position, limit)
            else:
                _aligned(text, token.data, sink, position, limit)
        elif kind is open_kind:
            sink_open(token.tag, dict(token.attrs), position, limit)
        elif kind is close_kind:
            sink_close(token.tag, position, limit)
        elif kind is kinds.CHARACTER_REFERENCE:
            # What may follow it without a token of its own is ``</>``, or a tag that the end of the file cuts off.
            whole = _REFERENCE.match(text, position, limit)
            cut = whole.end() if whole else limit
            sink.reference(token.data, position, cut)
            if cut < limit:
                sink.markup(cut, limit)
        elif kind is kinds.COMMENT:
            sink.comment(token.data or "", position, limit)
        else:
            sink.markup(position, limit)
        token, position = following, limit


def _aligned(text: str, data: str, sink: Sink, start: int, end: int) -> None:
    """Feed the parts of ``text[start:end]`` that ``data`` holds: CR LF is one character there, ``</>`` and a tag that
    the end of the file cuts off are none."""
    if text[start:end].replace("\r\n", "\n").replace("\r", "\n") == data:
        sink.text(start, end)
        return
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
