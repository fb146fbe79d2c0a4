"""Where a text that an article lacks belongs, and the fix that puts the project's own text there."""

from __future__ import annotations

from medlint.document import Document, Kind, Zone
from medlint.finding import Edit, Fix, Safety
from medlint.profile import Profile
from medlint.source import Span

_OPENERS = frozenset(("p", "h2", "h3", "h4", "ul", "ol"))


def opening(document: Document) -> Span:
    """The point before the article's first paragraph, where a notice is seen; the start of the file if there is none."""
    for block in document.prose((Zone.BODY, Zone.CALLOUT)):
        if block.kind in (Kind.PARAGRAPH, Kind.HEADING) and block.element.tag in _OPENERS:
            return Span(block.element.span.start, block.element.span.start)
    first = next(document.prose((Zone.BODY, Zone.CALLOUT)), None)
    return first.span(0, 0) if first else Span(0, 0)


def insert(document: Document, profile: Profile, snippet: str) -> Fix | None:
    """The fix that inserts the project's own ``snippet`` at the opening; None where it has none that fits the format.

    Nothing medical is ever written for a project: the text is its own, and in HTML it must bring its own tags.
    """
    text = profile.snippets.get(snippet, "").strip()
    if not text or (document.format == "html" and not text.startswith("<")):
        return None
    return Fix((Edit(opening(document), f"{text}\n\n"),), Safety.UNSAFE)
