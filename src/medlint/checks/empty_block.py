"""Headings, labels and lists of contents with nothing under them, and words of the page's controls in the text."""

import re
from collections.abc import Iterable
from itertools import zip_longest

import msgspec

from medlint.document import Block, Document, Kind, Zone
from medlint.facts import Facts
from medlint.finding import Hit
from medlint.rule import Rule

_CONTENTS = re.compile(r"(?:in this (?:article|guide|page|section)|on this page|table of contents)\s*:?", re.IGNORECASE)
_CONTROL = re.compile(
    r"(?:close icon|view bio|view profile|read more|read less|show (?:more|less|all)|see (?:more|all)|expand all|collapse all|"
    r"back to top|skip to (?:main )?content|copy link|click here|share this(?: article| page)?|print this page|toggle (?:menu|navigation)|"
    r"loading\.*)\s*[›»>→]?",
    re.IGNORECASE,
)
# What shows something, or is filled by the site: where one stands between a heading and the next, it is not empty.
_SHOWN = re.compile(
    r"<(?:img|picture|video|audio|iframe|object|embed|svg|canvas|table|form|input|select|button|script|template|noscript|figure|"
    r"details|math|map|pre|code|a|i|time|ul|ol|nav|hr|[a-z]+-[a-z-]+)\b|\bid=|\bdata-",
    re.IGNORECASE,
)
_TAG = re.compile(r"<!--.*?-->|<[^>]*>", re.DOTALL)
_SIGNS_ONLY = re.compile(r"[\s#*=_>|\\&;-]*(?:nbsp)?[\s#*=_>|\\&;-]*")
_FILLED_LATER = re.compile(
    r"\b(?:comments?|repl(?:y|ies)|discussion|related|newsletter|share|rate|feedback|search|loading|subscribe|advertisement)\b",
    re.IGNORECASE,
)
# Prose that is only set large announces nothing.
_SENTENCE = re.compile(r"(?:\S+\s+){12}\S|.*\w[.!]\W*$", re.DOTALL)
_CONTROLS = frozenset(("a", "button", "label", "form", "nav", "footer", "header"))
_TABS = ("tab", "tablist", "presentation")
_OUTSIDE = (Zone.FOOTER, Zone.NAV)
_LONGEST_LABEL = 40
_PROSE = 120
"""Characters from which a block is a paragraph of its own and no label's value."""


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab", omit_defaults=True):
    """``controls``: whether words of the page's controls that stand as paragraphs are found too."""

    controls: bool = True


def run(facts: Facts, rule: Rule, options: Options) -> Iterable[Hit]:  # noqa: ARG001
    """Yield every empty heading, label and list of contents, and every control that leaked into the text."""
    document = facts.document
    blocks = [b for b in document.blocks if b.segments and b.zone is not Zone.META and b.kind is not Kind.ALT]
    levels: set[int] = set()
    for block, following in zip_longest(blocks, blocks[1:]):
        nested = block.level - 1 in levels
        if block.kind is Kind.HEADING:
            levels = {level for level in levels if level < block.level} | {block.level}
        elif len(block.text) > _LONGEST_LABEL:
            continue
        if block.hidden:
            continue
        if variant := _empty(document, block, following, nested):
            yield Hit(block.span(), {"text": block.plain.strip()}, variant=variant)
        elif options.controls and _is_leaked(block):
            yield Hit(block.span(), {"text": block.plain.strip()}, variant="control")


def _empty(document: Document, block: Block, following: Block | None, nested: bool) -> str:
    """Which kind of emptiness follows ``block``, if any."""
    text = block.plain.strip()
    if following is not None and following.hidden:
        return ""
    if _CONTENTS.fullmatch(text) and block.zone not in _OUTSIDE:
        return "contents" if _no_contents(following) and _bare(document, block, following) else ""
    if block.kind is Kind.HEADING:
        titled = block.zone in (Zone.BODY, Zone.CALLOUT) and 1 < block.level < 7 and not _SENTENCE.match(text)
        found = titled and _no_text(block, following, nested)
        return "heading" if found and not _filled_later(block) and _bare(document, block, following) else ""
    if _is_label(block, text) and _no_value(block, following) and _bare(document, block, following):
        return "label"
    return ""


def _no_contents(following: Block | None) -> bool:
    return following is None or (
        following.kind in (Kind.PARAGRAPH, Kind.HEADING)
        and following.zone in (Zone.BODY, Zone.CALLOUT)
        and not any(following.links)
    )


def _no_text(block: Block, following: Block | None, nested: bool) -> bool:
    """Whether a heading has no text: the next block is a heading no deeper, or the article ends.

    A small heading right before a larger one is an eyebrow, not a section, unless it stands below one of its own.
    """
    if following is None or following.zone in _OUTSIDE:
        return following is None and block.element.closest("h1", "h2", "h3", "h4", "h5", "h6") is not None
    if following.kind is not Kind.HEADING or not 0 < following.level < 7:
        return False
    if following.zone not in (Zone.BODY, Zone.CALLOUT, Zone.SOURCES):
        return False
    return following.level == block.level or (following.level < block.level and nested)


def _filled_later(block: Block) -> bool:
    """Whether the page itself fills the part: a tab, a card that is all link, what a script loads."""
    if any(block.links) or _FILLED_LATER.search(block.plain):
        return True
    return any(
        element.attrs.get("role") in _TABS or "tab" in element.attrs.get("class", "").lower()
        for element in block.element.ancestors
        if element.attrs
    )


def _is_label(block: Block, text: str) -> bool:
    return (
        text.endswith(":")
        and len(text) <= _LONGEST_LABEL
        and len(block.spelt) <= 4
        and block.kind in (Kind.PARAGRAPH, Kind.TERM)
        and block.zone in (Zone.BYLINE, Zone.BODY, Zone.CALLOUT)
        and not any(block.links)
    )


def _no_value(block: Block, following: Block | None) -> bool:
    """Whether no value follows a label: a heading does, a long paragraph after a byline, or nothing."""
    if following is None:
        return True
    if block.zone is Zone.BYLINE:
        return following.zone is not Zone.BYLINE and (
            following.kind is Kind.HEADING or (following.kind is Kind.PARAGRAPH and len(following.text) >= _PROSE)
        )
    # A deeper heading is what a lead-in such as "There are two types:" leads to.
    return following.kind is Kind.HEADING and following.level <= 2 and following.zone is not Zone.TITLE


def _bare(document: Document, block: Block, following: Block | None) -> bool:
    """Whether nothing that shows stands in the source between the two blocks."""
    start = block.segments[-1].source_end
    end = following.segments[0].source if following is not None else len(document.source.text)
    gap = document.source.text[start:end]
    if following is None and document.format == "html":
        gap = gap.partition("</article")[0].partition("</main")[0]
    if len(gap) > 2000 or _SHOWN.search(gap):
        return False
    return bool(_SIGNS_ONLY.fullmatch(_TAG.sub(" ", gap)))


def _is_leaked(block: Block) -> bool:
    """Whether the words of a control stand as a paragraph, in no control."""
    if block.zone not in (Zone.UI, Zone.BODY) or block.kind not in (Kind.PARAGRAPH, Kind.ITEM, Kind.HEADING):
        return False
    if block.inlines or not _CONTROL.fullmatch(block.plain.strip()):
        return False
    return block.element.tag in ("p", "li", "h2", "h3", "h4") and not any(
        element.tag in _CONTROLS or "onclick" in element.attrs or "role" in element.attrs
        for element in block.element.ancestors
    )
