"""Which hidden parts of a page a reader can open: an accordion or a dialog that a visible control names."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from functools import lru_cache

from medlint.document import Block, Document, Element, Zone

OUTSIDE = frozenset((Zone.NAV, Zone.FOOTER, Zone.PROMO, Zone.RELATED, Zone.UI, Zone.META))
"""Zones that are the page's and not the article's."""


class Sight(StrEnum):
    """How a block meets the eye: at once, after a click (``closed``), or not at all (``hidden``)."""

    OPEN = "open"
    CLOSED = "closed"
    HIDDEN = "hidden"


@lru_cache(maxsize=8)
def opened_by_controls(document: Document) -> frozenset[str]:
    """The ids that a visible link or button of the page opens (``aria-controls``, or ``href="#id"``)."""
    ids: set[str] = set()
    for block in document.blocks:
        if not block.hidden:
            for element in _own_elements(block):
                if controls := element.attrs.get("aria-controls"):
                    ids.update(controls.split())
                if element.tag == "a" and element.attrs.get("href", "").startswith("#"):
                    ids.add(element.attrs["href"][1:])
    return frozenset(ids - {""})


def _own_elements(block: Block) -> Iterator[Element]:
    yield from (inline.element for inline in block.inlines)
    yield block.element
    if block.element.parent is not None:
        yield block.element.parent


def sight(document: Document, block: Block) -> Sight:
    """How ``block`` meets the eye."""
    closed = False
    for element in block.element.ancestors:
        if element.tag == "details" and "open" not in element.attrs and _summarised(block, element):
            closed = True
        if block.hidden and element.attrs.get("id", "") in opened_by_controls(document):
            return Sight.CLOSED
    if block.hidden:
        return Sight.HIDDEN
    return Sight.CLOSED if closed else Sight.OPEN


def _summarised(block: Block, details: Element) -> bool:
    """Whether ``block`` is the content of ``details`` and not the summary that stays in view."""
    summary = block.element.closest("summary")
    return summary is None or details not in summary.ancestors


def in_article(block: Block) -> bool:
    """Whether the block stands with the article: not in the page's menus, footer, cards or promotion.

    What merely follows the article, in no element that says it is the page's footer, still stands with it.
    """
    if block.zone is Zone.FOOTER:
        return block.element.zone is not Zone.FOOTER
    return block.zone not in OUTSIDE
