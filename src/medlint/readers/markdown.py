"""Markdown: pyromark's events with their byte ranges, retold as the tags that the same text would have in HTML."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping
from typing import Any

from medlint.readers import html
from medlint.readers.builder import CODE_BLOCK, Sink
from medlint.source import Span

_FRONT_MATTER = re.compile(
    r"(?P<mark>---|\+\+\+)[ \t]*(?:\r\n|\r|\n)(?P<body>(?:.*?(?:\r\n|\r|\n))??)(?P=mark)[ \t]*(?=\r|\n|\Z)", re.DOTALL
)
# A line that begins like data: a key, a comment or a mapping in braces.
_KEYED = re.compile(r"^[ \t]*(?:[\w\"'-][^:\n]*:|#|\{)", re.MULTILINE)
_LINE_ENDS = re.compile(r"[ \t]*(?:[\r\n]|\Z)")
_TEMPLATE = re.compile(
    r"\{\{[<%](?:\"[^\"]{0,500}\"|[^{}\"]){0,1000}[%>]\}\}|\{\{[^{}]{0,1000}\}\}|\{%[^{}]{0,1000}%\}|\{!\{[^{}]{0,1000}\}!\}|!\[\[[^\[\]\n]{1,200}\]\]"
    r"|^import (?:(?:[\w$*, ]|\{[\w$, ]*\}){1,200}(?<= )from )?(?:'[^'\s]+'|\"[^\"\s]+\");?[ \t\r]*$"
    r"|^export (?:default |const |let |var |async |function )+[\w$]+[ \t\r]*(?:$|[=(;](?:[^{}\n]*\{[^{}]{0,1000}\}|[^\n]*);?[ \t\r]*$)",
    re.MULTILINE,
)
"""What shows something else in its place, or nothing: calls of templates, and what MDX imports and exports."""
_KIND = (
    "note|info|tip|hint|important|warning|caution|danger|success|question|failure|bug|example|quote|abstract|details"
)
_UNSHOWN = re.compile(
    r"\{#[^{}]{0,1000}#\}|\{/\*[^{}]{0,1000}?\*/\}|\{:? ?[.#][^{}\n]{0,200}\}|(?<=\S)\{[a-z-]{1,30}=[^{}\n]{1,200}\}"
    rf"|^ {{0,3}}(?::{{3,}}|!!!|\?\?\?\+?)(?: ?(?:(?:{_KIND})\b|[\w-]+(?=[ \t\r]*(?:$|[\[{{\"]))))?|^ {{0,3}}===(?= \")"
    r"|(?<=> )\[![A-Za-z]{2,20}\][+-]?",
    re.MULTILINE,
)
"""What shows nothing and parts no words: comments, attributes, and the marks of asides, whose titles are read."""
_WIKI = re.compile(r"(?<!!)\[\[(?:[^\[\]|\n]{1,200}\|)?([^\[\]|\n]{1,200})\]\](?![(\[])")
_OF_TEMPLATES = ("{", ":::", "!!!", "???", "===", "import ", "export ", "[[", "[!")
"""Of which one is in everything that the patterns above find."""
_REFERENCE = re.compile(r"&#?[0-9A-Za-z]+;")
# Half a character that no encoding can hold; the parser refuses it.
_LONE = re.compile("[\ud800-\udfff]")
_WIDE = re.compile(r"[^\x00-\x7f]")
_ALT = re.compile(r"!\[((?:[^\[\]\\]|\\.|\[[^\[\]]*\])*)\]")
_JSX = re.compile(r"</?[A-Z][\w.]*(?:\s[^<>]*?)?/?>", re.DOTALL)
_TAGS = {
    "Paragraph": "p",
    "Item": "li",
    "TableHead": "tr",
    "TableRow": "tr",
    "TableCell": "td",
    "Table": "table",
    "Emphasis": "em",
    "Strong": "strong",
    "Strikethrough": "del",
    "Superscript": "sup",
    "Subscript": "sub",
    "DefinitionList": "dl",
    "DefinitionListTitle": "dt",
    "DefinitionListDefinition": "dd",
    "BlockQuote": "blockquote",
}
_ENDS_EXACTLY = frozenset(("a", "del", "em", "script", "strong", "sub", "sup", "td"))


def front_matter(text: str) -> tuple[Span, Span, str] | None:
    """The whole front matter, its body, and its mark (``---`` YAML, ``+++`` TOML, ``{`` JSON), if ``text`` begins with one.

    A block between ``---`` lines that holds no ``key:`` is prose between two rules, and is left to the article.
    """
    if text.startswith("{"):
        return _json_front_matter(text)
    if not text.startswith(("---", "+++")):
        return None
    match = _FRONT_MATTER.match(text)
    if match is None:
        return None
    body = match["body"]
    if match["mark"] == "---" and body.strip() and not _KEYED.search(body):
        return None
    return Span(*match.span()), Span(*match.span("body")), match["mark"]


def _json_front_matter(text: str) -> tuple[Span, Span, str] | None:
    """The JSON object that ``text`` begins with, if it ends its line."""
    if not re.match(r'\{\s*"', text):
        return None
    import json

    try:
        end = json.JSONDecoder(strict=False).raw_decode(text)[1]
    except (ValueError, RecursionError):
        return None
    return (Span(0, end), Span(0, end), "{") if _LINE_ENDS.match(text, end) else None


def feed(text: str, sink: Sink) -> None:
    """Feed ``text`` to ``sink``; the calls partition it. Front matter and template syntax are masked, never read."""
    import pyromark

    head = front_matter(text)
    begin = head[0].end if head else 0
    if begin:
        sink.markup(0, begin)
    sink.open("main", {}, begin, begin)
    if begin < len(text):
        _Teller(text, begin, sink).run(_parser(pyromark))
    sink.close("main", len(text), len(text))


_parsers: list[Any] = []


def _parser(pyromark: Any) -> Any:
    if not _parsers:
        options = pyromark.Options
        _parsers.append(
            pyromark.Markdown(
                options=options.ENABLE_TABLES
                | options.ENABLE_FOOTNOTES
                | options.ENABLE_STRIKETHROUGH
                | options.ENABLE_DEFINITION_LIST
                | options.ENABLE_HEADING_ATTRIBUTES
                | options.ENABLE_TASKLISTS
            )
        )
    return _parsers[0]


class _Teller:
    """Walks the events and keeps the place up to which the source is told."""

    def __init__(self, text: str, begin: int, sink: Sink) -> None:
        self._text = text
        self._sink = sink
        self._told = begin
        # Template syntax becomes letters of the same length: the parser neither sees its marks nor loses its place.
        masks: list[tuple[int, int]] = []
        unshown: list[tuple[int, int]] = []
        if any(mark in text for mark in _OF_TEMPLATES):
            masks += [match.span() for match in _TEMPLATE.finditer(text, begin)]
            unshown += [match.span() for match in _UNSHOWN.finditer(text, begin)]
            for match in _WIKI.finditer(text, begin):
                unshown += (match.start(), match.start(1)), (match.end(1), match.end())
        if "{" in text or "/>" in text:
            masks += [
                match.span() for match in _JSX.finditer(text, begin) if "{" in match[0] or match[0].endswith("/>")
            ]
        self._unshown = frozenset(unshown).difference(masks)
        self._masks = sorted({*masks, *unshown})
        self._next_mask = 0
        masked = _LONE.sub("\ufffd", _masked(text, self._masks, begin) if self._masks else text[begin:])
        self._masked = masked
        self._in_image = 0
        self._html: list[tuple[int, int]] = []
        self._place = _places(masked, begin)

    def run(self, parser: Any) -> None:
        place = self._place
        for event, span in parser.events_with_range(self._masked):
            start, end = place(span["start"]), place(span["end"])
            if isinstance(event, str):
                self._leaf(event, "", start, end)
                continue
            name, value = event.popitem()
            if name in ("Html", "InlineHtml"):
                self._html_piece(start, end)
                continue
            if self._html:
                self._flush_html()
            if name == "Start":
                self._start(value, start, end)
            elif name == "End":
                self._end(value, end)
            else:
                self._leaf(name, value, start, end)
        self._flush_html()
        self._tell(len(self._text))

    def _tell(self, position: int) -> None:
        """Account for the markup between what is told and ``position``."""
        if position > self._told:
            self._sink.markup(self._told, position)
            self._told = position

    def _html_piece(self, start: int, end: int) -> None:
        if self._html and self._html[-1][1] == start:
            self._html[-1] = (self._html[-1][0], end)
        else:
            self._flush_html()
            self._html.append((start, end))

    def _flush_html(self) -> None:
        for start, end in self._html:
            start = max(start, self._told)
            if end > start:
                self._tell(start)
                html.feed(self._text, self._sink, start, end)
                self._told = end
        self._html.clear()

    def _start(self, value: Any, start: int, end: int) -> None:
        name, data = (value, {}) if isinstance(value, str) else value.popitem()
        if name == "HtmlBlock":
            return
        if name == "Image":
            self._in_image += 1
            if self._in_image == 1:
                self._tell(start)
                self._image(data, start, end)
            return
        if self._in_image:
            return
        tag, attrs = _tag(name, data)
        if tag == "a" and self._masks and (template := self._template_in(start, end)):
            attrs["href"] = template
        self._tell(start)
        # The opening mark's own length is not told apart: what lies before the first text is markup of this tag.
        self._sink.open(tag, attrs, start, start, Span(start, end))

    def _template_in(self, start: int, end: int) -> str:
        """The first template expression between ``start`` and ``end``, which is what a link there leads to."""
        return next((self._text[low:high] for low, high in self._masks if start <= low and high <= end), "")

    def _end(self, value: Any, end: int) -> None:
        name, data = (value, {}) if isinstance(value, str) else value.popitem()
        if name == "HtmlBlock":
            return
        if name == "Image":
            self._in_image -= 1
            if not self._in_image:
                self._tell(end)
            return
        if self._in_image:
            return
        tag, _ = _tag(name, data)
        if tag in _ENDS_EXACTLY:
            self._tell(end)
        self._sink.close(tag, self._told, self._told)

    def _image(self, data: Mapping[str, Any], start: int, end: int) -> None:
        words = _ALT.match(self._text, start, end)
        place = Span(*words.span(1)) if words else Span(start, start)
        alt = self._text[place.start : place.end]
        self._sink.open("img", {"src": data.get("dest_url", ""), "alt": alt}, start, end, place)
        self._told = end

    def _leaf(self, name: str, value: Any, start: int, end: int) -> None:
        if self._in_image or end <= self._told:
            return
        start = max(start, self._told)
        if end == start:
            return
        self._tell(start)
        sink = self._sink
        if name == "Text":
            self._words(value, start, end)
        elif name == "SoftBreak":
            sink.text(start, end)
        elif name == "HardBreak":
            sink.open("br", {}, start, end)
        elif name == "Code":
            self._code(start, end)
        elif name in ("InlineMath", "DisplayMath"):
            sink.opaque(start, end)
        elif name == "FootnoteReference":
            sink.open("sup", {"class": "footnote-reference", "id": f"fnref-{value}"}, start, start)
            sink.reference(f"[{value}]", start, end)
            sink.close("sup", end, end)
        else:
            sink.markup(start, end)
        self._told = end

    def _code(self, start: int, end: int) -> None:
        """Code within a line, between backticks."""
        raw = self._text[start:end]
        marks = len(raw) - len(raw.lstrip("`"))
        inner, outer = start + marks, max(start + marks, end - marks)
        self._sink.open("code", {}, start, inner)
        if outer > inner:
            self._sink.text(inner, outer)
        self._sink.close("code", outer, end)

    def _words(self, value: str, start: int, end: int) -> None:
        """Text, with masked template syntax cut out of it."""
        position = start
        masks = self._masks
        while self._next_mask < len(masks) and masks[self._next_mask][1] <= start:
            self._next_mask += 1
        index = self._next_mask
        if index >= len(masks) or masks[index][0] >= end:
            self._same(value, start, end)
            return
        while index < len(masks) and masks[index][0] < end:
            mask_start, mask_end = max(masks[index][0], position), min(masks[index][1], end)
            if mask_start > position:
                self._sink.text(position, mask_start)
            if mask_end > mask_start:
                (self._sink.markup if masks[index] in self._unshown else self._sink.opaque)(mask_start, mask_end)
            position = max(position, mask_end)
            index += 1
        if position < end:
            self._sink.text(position, end)

    def _same(self, value: str, start: int, end: int) -> None:
        raw = self._text[start:end]
        if raw == value:
            self._sink.text(start, end)
        elif reference := _REFERENCE.match(raw):
            cut = start + reference.end()
            self._sink.reference(value, start, cut)
            if cut < end:
                self._sink.markup(cut, end)  # blanks that end the block
        elif raw.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd") == value:
            self._sink.text(start, end)
        else:
            self._sink.reference(value, start, end)


def _tag(name: str, data: Any) -> tuple[str, dict[str, str]]:
    if name in _TAGS:
        return _TAGS[name], {}
    if name == "Heading":
        level = data if isinstance(data, str) else data["level"]
        attrs = {}
        if not isinstance(data, str):
            attrs = {"id": data["id"]} if data.get("id") else {}
            if data.get("classes"):
                attrs["class"] = " ".join(data["classes"])
        return level.lower(), attrs
    if name == "Link":
        return "a", {"href": data["dest_url"], "title": data["title"]} if data else {}
    if name == "List":
        # A start carries the first number or None, an end whether the list was ordered.
        return ("ul" if data is None or data is False else "ol"), {}
    if name == "FootnoteDefinition":
        return "aside", {"role": "doc-footnote", "class": "footnote", "id": str(data)}
    if name == "CodeBlock":
        return "script", {"type": CODE_BLOCK}
    return "div", {}


def _masked(text: str, spans: list[tuple[int, int]], begin: int) -> str:
    """``text`` from ``begin`` with each of ``spans`` overwritten by letters, line ends kept."""
    pieces: list[str] = []
    position = begin
    for start, end in spans:
        start = max(start, position)
        if end > start:
            pieces += text[position:start], re.sub(r"[^\r\n]", "x", text[start:end])
            position = end
    pieces.append(text[position:])
    return "".join(pieces)


def _places(text: str, begin: int) -> Callable[[int], int]:
    """A function from a UTF-8 byte offset in ``text`` to a code-point offset in the source, ``begin`` further on."""
    if text.isascii():
        return begin.__add__
    # After each character of more than one byte: the byte offset, and how many bytes more than characters precede it.
    places, extra = [-1], [0]
    for match in _WIDE.finditer(text):
        char = match[0]
        before = match.start() + extra[-1]
        width = 2 if char < "\u0800" else 3 if char < "\U00010000" else 4
        places.append(before + width)
        extra.append(extra[-1] + width - 1)
    return lambda offset: begin + offset - extra[bisect_right(places, offset) - 1]


def render(text: str) -> str:
    """``text`` without its front matter as HTML."""
    import pyromark

    head = front_matter(text)
    return str(_parser(pyromark).html(_LONE.sub("\ufffd", text[head[0].end :] if head else text)))
