"""Readers turn a source into a document; ``read`` picks one by the name's ending."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import PurePath

from msgspec.structs import replace

from medlint.document import Block, Document, Element, Kind, Metadata, Section, Segment, Zone
from medlint.readers import zones
from medlint.readers.builder import Builder
from medlint.source import Source, Span

HTML = "html"
MARKDOWN = "markdown"
SUFFIXES = {
    ".html": HTML, ".htm": HTML, ".xhtml": HTML,
    ".md": MARKDOWN, ".markdown": MARKDOWN, ".mdx": MARKDOWN, ".mdown": MARKDOWN, ".mkd": MARKDOWN, ".txt": MARKDOWN,
}  # fmt: skip


def format_of(name: str, text: str = "") -> str:
    """``html`` or ``markdown``, by the ending of ``name``, else by whether ``text`` begins with a tag."""
    known = SUFFIXES.get(PurePath(name).suffix.lower())
    if known:
        return known
    return HTML if text.lstrip("\ufeff \t\r\n")[:1] == "<" else MARKDOWN


def read(source: Source, format: str = "") -> Document:
    """Read ``source`` as ``format`` (by default what its name says). Never raises for any text."""
    format = format or format_of(source.name, source.text)
    builder = Builder(source)
    feed(source.text, builder, format)
    builder.finish()
    from medlint.readers import metadata

    zones.assign(builder.elements, builder.blocks)
    found, title = metadata.read(source, format, builder)
    blocks, comments = list(builder.blocks), builder.comments
    if title is not None and not any(block.zone is Zone.TITLE for block in blocks):
        blocks.insert(0, title)
        comments = [replace(comment, before=comment.before + 1) for comment in comments]
    for index, block in enumerate(blocks):
        block.index = index
    return Document(
        source,
        format,
        blocks=tuple(blocks),
        sections=_sections(blocks),
        links=tuple(builder.links),
        images=tuple(builder.images),
        comments=tuple(comments),
        ids=frozenset(builder.ids),
        language=builder.language,
        metadata=found,
        markup=partial(as_html, source, format),
    )


def feed(text: str, sink: object, format: str) -> None:
    """Feed ``text`` to a Sink with the reader for ``format``."""
    if format == HTML:
        from medlint.readers import html

        html.feed(text, sink)  # type: ignore[arg-type]
    else:
        from medlint.readers import markdown

        markdown.feed(text, sink)  # type: ignore[arg-type]


def as_html(source: Source, format: str) -> str:
    """The article as well-formed HTML, for readers that cannot take it as written."""
    import turbohtml

    text = source.text.encode("utf-8", "replace").decode("utf-8")
    if format == MARKDOWN:
        from medlint.readers.markdown import render

        text = render(text)
    return str(turbohtml.parse(text).html)


def _sections(blocks: Sequence[Block]) -> tuple[Section, ...]:
    """The runs of blocks between headings, in order; each block learns the number of its section."""
    sections: list[Section] = []
    start = 0
    heading: Block | None = None
    for index, block in enumerate(blocks):
        if block.kind is Kind.HEADING:
            if index > start or heading is not None:
                sections.append(Section(heading, heading.level if heading else 0, start, index))
            start, heading = index, block
        block.section = len(sections)
    sections.append(Section(heading, heading.level if heading else 0, start, len(blocks)))
    return tuple(sections)


__all__ = ["HTML", "MARKDOWN", "Element", "Metadata", "Segment", "Span", "as_html", "feed", "format_of", "read"]
