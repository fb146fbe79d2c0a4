"""Whether a page is the kind that standards of medical review speak of: an article about health, for the public."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from medlint.document import Block, Kind, Zone

if TYPE_CHECKING:
    from medlint.facts import Facts

_POLICY = re.compile(
    r"^(?:\W*)(?:(?:our|the|website|site|patient|medical|general|full|legal|hipaa|customer|online)\s+)*"
    r"(?:(?:privacy|cookies?|editorial|advertising|refund|returns?|cancellation|content|corrections?|accessibility|complaints?|data protection|copyright|"
    r"review|medical review|fact[- ]checking|linking|no[- ]show) (?:policy|policies|statement|notice|process|guidelines?|standards?|practices)"
    r"|terms(?: and conditions| & conditions)?(?: (?:of|for) (?:use|service|sale))?|disclaimers?|legal notices?|imprint|impressum|"
    r"about(?: us| the site)?|contact(?: us)?|site ?map|careers?|jobs|press(?: releases?| room)?|page not found|404\b.*|search results.*|"
    r"meet (?:our|the) (?:team|editors|experts)|our (?:team|editors|experts|reviewers)|notice of privacy practices)(?:\W|$)(?!.*\b(?:symptom|treat|caus))",
    re.IGNORECASE,
)
_JOURNAL = re.compile(r"(?i)(?:medical)?scholarlyarticle$")


def owes_review(facts: Facts, words: int) -> bool:
    """Whether the page owes its readers a medical review: it is about health, written for patients or those who care
    for them, no paper in a journal and no policy, and an article rather than an index of other pages.

    A page is an article if it says who wrote or checked it or when, or has at least ``words`` words of running text.
    """
    document = facts.document
    if not facts.topic.health or facts.profile.audience == "clinician":
        return False
    if any(_JOURNAL.search(kind) for kind in document.metadata.types) or is_policy(facts):
        return False
    if any(statement.people for statement in facts.people.byline.statements):
        return True
    blocks = [b for b in document.prose(_TEXT) if b.kind is not Kind.HEADING]
    pointers = sum(_is_pointer(block) for block in blocks)
    if pointers >= _INDEX and pointers * 2 >= len(blocks):
        return False
    length = sum(len(block.spelt) for block in blocks)
    return length >= words or (length > 0 and _says_who_or_when(facts))


_TEXT = (Zone.BODY, Zone.CALLOUT, Zone.BYLINE)
_INDEX = 8


def _is_pointer(block: Block) -> bool:
    """Whether a block is no more than a link to another page."""
    linked = sum(link.end - link.start for link in block.links)
    return linked * 10 >= len(block.text.rstrip(" .:")) * 8


def _says_who_or_when(facts: Facts) -> bool:
    """Whether the page has any part of a byline, in its text or in data of its own (a ``<meta>`` is its system's)."""
    line, metadata = facts.people.byline, facts.document.metadata
    if line.statements or line.unlabelled:
        return True
    said = (metadata.authors, metadata.reviewers, metadata.published, metadata.updated, metadata.reviewed)
    return any(item.origin != "meta" for items in said for item in items)


def is_policy(facts: Facts) -> bool:
    """Whether the page is about the site itself: its policies, its people, how to reach it."""
    title = facts.document.title
    return bool(_POLICY.match(title.plain if title else facts.document.metadata.title))


def readable_language(facts: Facts) -> bool:
    """Whether the page is in English, the language whose bylines medlint reads, or does not say what it is in."""
    return facts.topic.language in ("", "en")


def text_of_page(facts: Facts) -> str:
    """The visible words of the article and its notices, in lower case, for looking up a name or a phrase."""
    blocks = facts.document.blocks
    return "\n".join(block.lower for block in blocks if not block.hidden and block.zone not in (Zone.META, Zone.NAV))
