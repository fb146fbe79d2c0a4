"""Blocks out of a stream of tags and text: the part of reading that HTML and Markdown share.

A reader walks its source from front to back and calls the methods of a Sink so that the ranges of the calls partition
the source. ``Builder`` is the sink that makes a document; the property tests use one that only records.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Protocol

import msgspec

from medlint.document import OPAQUE, Block, Comment, Element, Image, Inline, Kind, Link, Zone
from medlint.readers.prose import Prose
from medlint.source import Source, Span


class Sink(Protocol):
    """What a reader feeds. Every method takes the source range that the call accounts for."""

    def open(self, tag: str, attrs: Mapping[str, str], start: int, end: int, extent: Span | None = None) -> None: ...
    def close(self, tag: str, start: int, end: int) -> None: ...
    def text(self, start: int, end: int) -> None: ...
    def reference(self, decoded: str, start: int, end: int) -> None: ...
    def comment(self, text: str, start: int, end: int) -> None: ...
    def opaque(self, start: int, end: int) -> None: ...
    def markup(self, start: int, end: int) -> None: ...


class Marked(msgspec.Struct, frozen=True):
    """An element that carries data (microdata, RDFa, rel) and the range of blocks it covers."""

    element: Element
    first: int
    start: int
    last: int
    end: int


_BLOCK_TAGS = frozenset(
    (
        "address article aside blockquote body caption center col colgroup dd details dialog dir div dl dt "
        "fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li main menu "
        "nav noscript ol optgroup option p pre search section select summary table tbody td template textarea "
        "tfoot th thead title tr ul button svg text label xmp plaintext listing"
    ).split()
)
_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"]
)
_SKIPPED = frozenset("script style code kbd samp iframe video audio canvas math noembed noframes".split())
_CODE = frozenset(("code", "kbd", "samp", "math", "script"))
"""Skipped elements that browsers show, the code blocks of Markdown among them; one that holds prose is read."""
_KINDS = {
    **{f"h{level}": Kind.HEADING for level in range(1, 7)},
    "summary": Kind.HEADING,
    "li": Kind.ITEM,
    "dt": Kind.TERM,
    "td": Kind.CELL,
    "th": Kind.CELL,
    "caption": Kind.CAPTION,
    "figcaption": Kind.CAPTION,
    "svg": Kind.CAPTION,
    "blockquote": Kind.QUOTE,
    "button": Kind.LABEL,
    "label": Kind.LABEL,
    "legend": Kind.LABEL,
    "option": Kind.LABEL,
    "select": Kind.LABEL,
    "textarea": Kind.LABEL,
    "title": Kind.TITLE,
    **dict.fromkeys(("article", "body", "dd", "main", "nav", "ol", "section", "table", "ul", "dl"), Kind.PARAGRAPH),
}
_KINDS_BY_PLACE = ("button", "title")
_LEVELS = {**{f"h{level}": level for level in range(1, 7)}, "summary": 7}
_KEPT_INLINES = frozenset("a abbr b cite del dfn em i ins q s small strong sub sup time u".split())
_CLOSES_P = _BLOCK_TAGS - {
    "button",
    "label",
    "svg",
    "text",
    "option",
    "select",
    "textarea",
    "noscript",
    "template",
    "title",
}
_SCOPE = frozenset(["table", "td", "th", "caption", "button", "object", "html", "template", "svg"])
_IMPLIED_END = {
    "li": (("li",), ("ul", "ol", "menu")),
    "dt": (("dt", "dd"), ("dl",)),
    "dd": (("dt", "dd"), ("dl",)),
    "td": (("td", "th"), ("table",)),
    "th": (("td", "th"), ("table",)),
    "tr": (("tr",), ("table",)),
    "option": (("option",), ("select",)),
}
_MISNESTED = 64
"""How many inline elements are kept open at a time, and how far an end tag looks for its own past blocks."""
_STYLE_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_NOTHING = re.compile(r"0(?:\.0*)?(?:%|[a-z]+)?")
_NO_WORDS = OPAQUE + " \n\u00a0"
_NOTED = frozenset(("id", "name", "lang", "itemprop", "property", "rel"))
"""The attributes that an element is noted for."""
_PROSE_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


CODE_BLOCK = "text/x-code"
"""The type of the ``script`` that a code block of Markdown stands for."""


class Builder(Prose):
    """Collects the calls of a reader into blocks, links, images, comments and the elements that carry metadata.

    As prose, it is the block that is being built.
    """

    def __init__(self, source: Source) -> None:
        super().__init__(source.text)
        self.root = Element("#root", {}, None, Span(0, 0))
        self.elements = [self.root]
        self._stack = [self.root]
        self._open: defaultdict[str, int] = defaultdict(int)
        self._skipping: str = ""
        self._skipped: Counter[str] = Counter()
        self._code: list[tuple[str | None, int, int]] = []
        self._veiled: set[int] = set()
        self._muted: set[int] = set()
        self._inlines: list[tuple[int, int, Element]] = []
        self._pending: list[tuple[Element, int]] = []
        self._marking: list[tuple[Element, int, int]] = []
        self._linked: set[int] = set()
        self._alts: list[Block] = []
        self.blocks: list[Block] = []
        self.links: list[Link] = []
        self.images: list[Image] = []
        self.comments: list[Comment] = []
        self.metas: list[Element] = []
        self.marked: list[Marked] = []
        self.json_ld: list[Span] = []
        self.ids: set[str] = set()
        self.language = ""

    # The calls of a reader

    def open(self, tag: str, attrs: Mapping[str, str], start: int, end: int, extent: Span | None = None) -> None:
        """A start tag, or the beginning of the Markdown construct that ``tag`` names.

        ``extent`` is what the construct covers; for an image, where its words stand.
        """
        if self._skipping:
            if tag not in _BLOCK_TAGS or self._skipping not in _CODE:
                if tag not in _VOID:
                    self._skipped[tag] += 1
                return
            self._end_skipping()
        if tag in _BLOCK_TAGS:
            self._open_block(tag)
        parent = self._stack[-1]
        if tag in _VOID:
            self._void(tag, attrs, parent, Span(start, end), extent)
            return
        kind = _KINDS.get(tag, parent.kind)
        if tag in _KINDS_BY_PLACE:
            kind = self._kind(tag, parent)
        element = Element(tag, attrs, parent, extent or Span(start, end), kind)
        if parent.hidden or tag in _HIDDEN_TAGS or "style" in attrs or "hidden" in attrs:
            self._sight(element, parent)
        self.elements.append(element)
        self._stack.append(element)
        self._open[tag] += 1
        if attrs and not _NOTED.isdisjoint(attrs):
            self._note(element)
        if tag in _KEPT_INLINES:
            if len(self._pending) < _MISNESTED:
                self._pending.append((element, self._length))
        elif tag in _SKIPPED:
            self._skipping = tag
            if tag not in ("script", "style"):
                self._placeholder(start, end)

    def close(self, tag: str, start: int, end: int) -> None:
        """An end tag. One that closes nothing is ignored; one that closes outer elements closes the inner ones too."""
        if self._skipping:
            if self._skipped[tag]:
                self._skipped[tag] -= 1
                return
            if tag == self._skipping:
                self._end_skipping()
                return
            if tag not in _BLOCK_TAGS or not self._open[tag]:
                return
            self._end_skipping()  # what closes around it closes it
        if tag == "br":
            self._append("\n", start, end, False)
        elif self._open[tag]:
            if self._stack[-1].tag == tag or tag in _BLOCK_TAGS:
                self._pop_to(tag)
            else:
                self._close_misnested(tag)

    def text(self, start: int, end: int) -> None:
        """Source characters that mean themselves, but for white space."""
        if self._skipping:
            if self._skipping == "script" and "json" in self._stack[-1].attrs.get("type", ""):
                self.json_ld.append(Span(start, end))
            elif self._skipping in _CODE:
                self._code.append((None, start, end))
            return
        if self._muted and id(self._stack[-1]) in self._muted:
            return
        self.words(start, end)

    def reference(self, decoded: str, start: int, end: int) -> None:
        """A character reference or escape: ``decoded`` is what a reader sees."""
        if self._skipping:
            if self._skipping in _CODE:
                self._code.append((decoded, start, end))
            return
        if self._muted and id(self._stack[-1]) in self._muted:
            return
        self.decoded(decoded, start, end)

    def comment(self, text: str, start: int, end: int) -> None:
        """A comment; directives to medlint are among them."""
        # What precedes a comment inside a paragraph belongs to the block still being built.
        self.comments.append(Comment(text, Span(start, end), len(self.blocks)))

    def opaque(self, start: int, end: int) -> None:
        """Inline code or template syntax: a placeholder that nothing matches."""
        if not self._skipping:
            self._placeholder(start, end)

    def markup(self, start: int, end: int) -> None:
        """Source that is neither text nor a tag of its own."""

    def finish(self) -> None:
        """Close whatever is still open."""
        if self._skipping:
            self._end_skipping()
        while len(self._stack) > 1:
            self._pop()
        self._flush()

    # Elements

    def _sight(self, element: Element, parent: Element) -> None:
        """Whether ``element`` is hidden: by itself, or by its parent and no style of its own that undoes that.

        Text of a hidden element inside a line is left out, since the words around it stand side by side.
        """
        own = _hiding(element.tag, element.attrs)
        if not own and not parent.hidden:
            return
        veiled = id(parent) in self._veiled
        element.hidden = own in (_GONE, _VEILED) or (parent.hidden and not (veiled and own == _SHOWN))
        if element.hidden and own != _GONE and (veiled or not parent.hidden):
            self._veiled.add(id(element))
        if element.hidden and element.tag not in _BLOCK_TAGS and (not parent.hidden or id(parent) in self._muted):
            self._muted.add(id(element))

    def _end_skipping(self) -> None:
        """End the element whose content is skipped. Code that reads like prose is prose, whatever its tag."""
        code, self._code = self._code, []
        element = self._stack[-1]
        shown = self._skipping != "script" or element.attrs.get("type") == CODE_BLOCK
        self._skipping = ""
        self._skipped.clear()
        if (
            code
            and shown
            and _reads_like_prose("".join(decoded or self._raw[start:end] for decoded, start, end in code))
        ):
            if self._pieces and self._pieces[-1] == OPAQUE:
                self._pieces.pop()
                self._segments.pop()
                self._length -= 1
            for decoded, start, end in code:
                if decoded is None:
                    self.text(start, end)
                else:
                    self.reference(decoded, start, end)
        self._pop()

    def _kind(self, tag: str, parent: Element) -> Kind:
        if tag == "button" and parent.kind is Kind.HEADING:
            return Kind.HEADING  # an accordion
        if tag == "title" and self._open["svg"]:
            return Kind.ALT
        return _KINDS[tag]

    def _open_block(self, tag: str) -> None:
        if self._pieces or self._inlines or self._alts:
            self._flush()
        if tag in _CLOSES_P and self._open["p"]:
            self._imply_end(("p",), _SCOPE)
        if tag in _IMPLIED_END:
            tags, barriers = _IMPLIED_END[tag]
            if self._open[tags[0]] or self._open[tags[-1]]:
                self._imply_end(tags, barriers)

    def _imply_end(self, tags: tuple[str, ...], barriers: frozenset[str] | tuple[str, ...]) -> None:
        for element in reversed(self._stack):
            if element.tag in tags:
                self._pop_to(element.tag)
                return
            if element.tag in barriers:
                return

    def _pop_to(self, tag: str) -> None:
        while self._pop() != tag:
            pass

    def _close_misnested(self, tag: str) -> None:
        """End an inline element without ending the blocks opened inside it, as in ``<b><p>a</b>b</p>``."""
        for index in range(len(self._stack) - 1, max(len(self._stack) - _MISNESTED, 0), -1):
            element = self._stack[index]
            if element.tag == tag:
                del self._stack[index]
                self._open[tag] -= 1
                self._ended(element)
                return

    def _pop(self) -> str:
        element = self._stack[-1]
        tag = element.tag
        if tag in _BLOCK_TAGS and (self._pieces or self._inlines or self._alts):
            self._flush()
        self._stack.pop()
        self._open[tag] -= 1
        self._ended(element)
        return tag

    def _ended(self, element: Element) -> None:
        if element.tag in _KEPT_INLINES:
            self._close_inline(element)
        if self._marking and self._marking[-1][0] is element:
            _, first, offset = self._marking.pop()
            self.marked.append(Marked(element, first, offset, len(self.blocks), self._length))

    def _close_inline(self, element: Element) -> None:
        pending = self._pending
        for index in range(len(pending) - 1, -1, -1):
            if pending[index][0] is element:
                _, start = pending.pop(index)
                if self._length > start or element.tag == "a":
                    self._inlines.append((start, self._length, element))
                return

    def _note(self, element: Element) -> None:
        attrs = element.attrs
        if "id" in attrs:
            self.ids.add(attrs["id"])
        if "name" in attrs and element.tag == "a":
            self.ids.add(attrs["name"])
        if element.tag == "html" and "lang" in attrs:
            self.language = attrs["lang"]
        if "itemprop" in attrs or "property" in attrs or attrs.get("rel") == "author":
            self._marking.append((element, len(self.blocks), self._length))

    def _void(self, tag: str, attrs: Mapping[str, str], parent: Element, span: Span, words: Span | None) -> None:
        if tag == "br":
            self._append("\n", *span, False)
            return
        if tag not in ("img", "meta", "link", "input", "hr"):
            return
        element = Element(tag, attrs, parent, span, Kind.ALT)
        self._sight(element, parent)
        self.elements.append(element)
        if "id" in attrs:
            self.ids.add(attrs["id"])
        if tag == "img":
            self._image(element, words)
        elif tag in ("meta", "link"):
            self.metas.append(element)
            if attrs.get("name", "").lower() == "description" and attrs.get("content"):
                element.zone, element.why = Zone.META, "meta description"
                value = attribute_span(self._raw, element.span, "content")
                self.blocks.append(self._value_block(Kind.DESCRIPTION, element, value))

    def _image(self, element: Element, words: Span | None) -> None:
        """An image: a placeholder in the text, and its alternative text, at ``words``, as a block of its own."""
        alt = element.attrs.get("alt")
        self.images.append(Image(element.attrs.get("src", ""), alt, element.span, element))
        if not _takes_no_room(element):
            self._placeholder(*element.span)
        if alt and alt.strip():
            value = words or attribute_span(self._raw, element.span, "alt")
            self._alts.append(self._value_block(Kind.ALT, element, value))

    def _value_block(self, kind: Kind, element: Element, value: Span) -> Block:
        inner = Prose(self._raw)
        inner.value(*value)
        text = inner.shown()
        return Block(kind, text, inner.map_of(len(text)), element, hidden=element.hidden)

    # Text

    def _placeholder(self, start: int, end: int) -> None:
        if not (self._muted and id(self._stack[-1]) in self._muted):
            self._append(OPAQUE, start, end, False)

    def _flush(self) -> None:
        """End the block being built; white space and placeholders alone make none."""
        if self._pieces:
            text = self.shown()
            if text.strip(_NO_WORDS):
                self._emit(text)
            elif self._pending or self._inlines:
                self._record_links(None)
        if self._alts:
            self.blocks.extend(self._alts)
            self._alts = []
        self._pieces, self._segments, self._length, self._inlines = [], [], 0, []
        if self._pending:
            self._pending = [(element, 0) for element, _ in self._pending]

    def _emit(self, text: str) -> None:
        for element in reversed(self._stack):
            if element.tag not in _KEPT_INLINES:
                break
        length = len(text)
        inlines = self._inlines_within(length) if self._inlines or self._pending else ()
        level = 0
        if element.kind is Kind.HEADING:
            heading = element.closest(*_LEVELS)
            level = _LEVELS[heading.tag] if heading else 0
        block = Block(
            element.kind, text, self.map_of(length), element, level=level, inlines=inlines, hidden=element.hidden
        )
        self.blocks.append(block)
        if inlines:
            self._record_links(block)

    def _inlines_within(self, length: int) -> tuple[Inline, ...]:
        """The inline elements of the block being built, the outer of those that begin together first."""
        inlines = [Inline(start, min(end, length), element) for start, end, element in self._inlines if start < length]
        inlines += [Inline(start, length, element) for element, start in self._pending if start < length]
        if len(inlines) > 1:
            inlines.sort(key=_outer_first)
        return tuple(inlines)

    def _record_links(self, block: Block | None) -> None:
        inlines: Iterable[tuple[int, int, Element]] = (
            block.inlines
            if block
            else (*self._inlines, *((start, self._length, element) for element, start in self._pending))
        )
        for start, end, element in inlines:
            if element.tag == "a" and "href" in element.attrs and id(element) not in self._linked:
                self._linked.add(id(element))
                text = block.text[start:end].strip() if block else ""
                words = text.replace(OPAQUE, " ").strip() or (self.images[-1].alt or "" if self.images else "")
                self.links.append(Link(element.attrs["href"], words, element.span, block, start, end, element))


def _outer_first(inline: Inline) -> tuple[int, int]:
    return inline.start, -inline.end


def attribute_span(raw: str, tag: Span, name: str) -> Span:
    """The source range of the value of attribute ``name`` in the start tag at ``tag``; empty at its end if absent."""
    pattern = re.compile(rf"[\s\"'/]{re.escape(name)}\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))", re.IGNORECASE)
    match = pattern.search(raw, tag.start, tag.end)
    if match is None:
        return Span(tag.end, tag.end)
    group = match.lastindex or 0
    return Span(*match.span(group))


_GONE, _VEILED, _SHOWN = "gone", "veiled", "shown"
_HIDDEN_TAGS = frozenset(("template", "noscript", "rp", "datalist", "dialog"))


def _hiding(tag: str, attrs: Mapping[str, str]) -> str:
    """What an element says of its own sight: gone, veiled (what is in it can be shown again), shown, or nothing."""
    if tag in _HIDDEN_TAGS and not (tag == "dialog" and "open" in attrs):
        return _GONE
    if "style" not in attrs and "hidden" not in attrs:
        return ""
    style = _style(attrs["style"]) if "style" in attrs else {}
    display = style.get("display", "none" if "hidden" in attrs and attrs["hidden"] != "until-found" else "")
    if display == "none" or _NOTHING.fullmatch(style.get("opacity", "")):
        return _GONE
    visibility, size = style.get("visibility", ""), style.get("font-size", "")
    if visibility in ("hidden", "collapse") or _NOTHING.fullmatch(size):
        return _VEILED
    return _SHOWN if visibility or size else ""


def _style(text: str) -> Mapping[str, str]:
    """The declarations of a ``style`` attribute: of equal names the last counts, or the last important one."""
    found: dict[str, str] = {}
    important: dict[str, str] = {}
    for declaration in _STYLE_COMMENT.sub(" ", text).lower().split(";"):
        name, _, value = declaration.partition(":")
        value, bang, _ = value.partition("!")
        (important if bang else found)[name.strip()] = value.strip()
    return found | important


def _takes_no_room(image: Element) -> bool:
    """Whether an image is none to the eye, so that what stands around it stands side by side."""
    attrs = image.attrs
    nothing = not (attrs.get("src") or attrs.get("srcset") or attrs.get("alt"))
    hidden = image.hidden and not (image.parent and image.parent.hidden)
    return nothing or hidden or bool({attrs.get("width", ""), attrs.get("height", "")} & {"0", "1"})


def _reads_like_prose(text: str) -> bool:
    """Whether ``text`` is words in a row, with little else."""
    words = _PROSE_WORD.findall(text)
    return len(words) >= 5 and sum(map(len, words)) + text.count(" ") > len(text) * 0.9
