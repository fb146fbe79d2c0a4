"""Where a text that an article lacks belongs, and the fix that puts the project's own text there."""

from __future__ import annotations

from collections.abc import Iterable

from medlint.document import Block, Document, Kind
from medlint.finding import Edit, Fix, Safety
from medlint.profile import Profile
from medlint.source import Source, Span

_OPENERS = frozenset(("p", "h2", "h3", "h4", "ul", "ol"))
_LEAST_WORDS = 12
"""A first line of fewer words that is no sentence is a byline or a date."""


def opening(document: Document) -> Span:
    """The point before the article's first paragraph, where a notice is seen; the start of the file if there is none."""
    return _before(document, _candidates(document))


def insert(document: Document, profile: Profile, snippet: str) -> Fix | None:
    """The fix that inserts the project's own ``snippet`` at the opening; None where it has none.

    Nothing medical is ever written for a project: the text is its own. Snippets go one below the other.
    """
    text = written(profile.snippets.get(snippet, ""), document.format)
    if not text:
        return None
    own = _words(profile, document.format)
    place = _before(document, (block for block in _candidates(document) if block.text not in own))
    newline = "\r\n" if "\r\n" in document.source.text else "\n"
    line = document.source.text.rfind("\n", 0, place.start) + 1
    indent = document.source.text[line : place.start]
    gap = newline + (indent if indent.isspace() else "") if document.format == "html" else newline * 2
    return Fix((Edit(place, newline.join(text.splitlines()) + gap),), Safety.UNSAFE)


def written(snippet: str, format: str) -> str:
    """A configured ``snippet`` as it is inserted: plain text becomes a paragraph in HTML."""
    text = snippet.strip()
    if format != "html" or not text or text.startswith("<"):
        return text
    from html import escape

    return f"<p>{escape(text, quote=False)}</p>"


def _candidates(document: Document) -> list[Block]:
    """The blocks before which a notice can stand, in order; a byline and a date go before it."""
    blocks = [
        block
        for block in document.prose()
        if block.kind in (Kind.PARAGRAPH, Kind.HEADING)
        and block.element.tag in _OPENERS
        # In Markdown a paragraph that does not begin its line is inside of something.
        and (document.format == "html" or document.source.position(block.element.span.start).column == 1)
    ]
    first = next((n for n, block in enumerate(blocks) if block.kind is Kind.HEADING or _is_prose(block)), 0)
    return blocks[first:]


def _is_prose(block: Block) -> bool:
    return block.text.rstrip().endswith((".", "!", "?", ":")) or block.text.count(" ") >= _LEAST_WORDS


def _words(profile: Profile, format: str) -> frozenset[str]:
    """The blocks of the project's snippets, as a reader of an article has them."""
    from medlint.readers import read

    sources = (Source(written(text, format), f"snippet.{format}") for text in profile.snippets.values())
    return frozenset(block.text for source in sources for block in read(source, format).blocks)


def _before(document: Document, blocks: Iterable[Block]) -> Span:
    for block in blocks:
        return Span(block.element.span.start, block.element.span.start)
    first = next(iter(document.prose()), None)
    return first.span(0, 0) if first else Span(0, 0)
