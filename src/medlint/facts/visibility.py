"""Which hidden parts of a page a reader can open: an accordion or a dialog that a visible control names."""

from __future__ import annotations

from enum import StrEnum
from functools import cached_property

from medlint.document import Block, Document, Element, Within, Zone

OUTSIDE = frozenset((Zone.NAV, Zone.FOOTER, Zone.PROMO, Zone.RELATED, Zone.UI, Zone.META))
"""Zones that are the page's and not the article's."""


class Sight(StrEnum):
    """How a block meets the eye: at once, after a click (``closed``), or not at all (``hidden``)."""

    OPEN = "open"
    CLOSED = "closed"
    HIDDEN = "hidden"


class Visibility:
    """What of ``document`` is in view."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._special = Within(lambda element: element.tag == "details" or "aria-hidden" in element.attrs)

    def of(self, block: Block) -> Sight:
        """How ``block`` meets the eye. What a screen reader is told to pass over does not meet every reader: hidden."""
        if not block.hidden and not self._special(block.element):
            return Sight.OPEN
        closed = silent = False
        for element in block.element.ancestors:
            if element.tag == "details" and "open" not in element.attrs and _is_content(block, element):
                closed = True
            silent = silent or element.attrs.get("aria-hidden") == "true"
            if (block.hidden or silent) and element.attrs.get("id", "") in self._opened:
                return Sight.CLOSED
        if block.hidden or silent:
            return Sight.HIDDEN
        return Sight.CLOSED if closed else Sight.OPEN

    @cached_property
    def _opened(self) -> frozenset[str]:
        """The ids that a visible link or button opens (``aria-controls``, or ``href="#id"``)."""
        ids: set[str] = set()
        for block in self._document.blocks:
            if not block.hidden:
                own = block.element
                for element in (own, own.parent, *[inline.element for inline in block.inlines]):
                    if element is None:
                        continue
                    if "aria-controls" in element.attrs:
                        ids.update(element.attrs["aria-controls"].split())
                    if element.tag == "a" and element.attrs.get("href", "").startswith("#"):
                        ids.add(element.attrs["href"][1:])
        return frozenset(ids - {""})


def _is_content(block: Block, details: Element) -> bool:
    """Whether ``block`` is the content of ``details`` and not the summary that stays in view."""
    summary = block.element.closest("summary")
    return summary is None or details not in summary.ancestors


def in_article(block: Block) -> bool:
    """Whether the block stands with the article: not in the page's menus, footer, cards or promotion.

    What merely follows the article, in no element that says it is the page's footer, still stands with it.
    """
    if block.zone not in OUTSIDE:
        return True
    return block.zone is Zone.FOOTER and block.element.zone is not Zone.FOOTER
