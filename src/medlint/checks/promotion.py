"""Promotion of the publisher's own service inside an article, without a label or a word about the interest."""

import re
from collections.abc import Iterable, Iterator

import msgspec

from medlint.document import Block, Document, Kind, Zone
from medlint.facts import Facts
from medlint.finding import Hit
from medlint.rule import Rule

_SELLS = re.compile(
    r"\b(?:care|psychiatr\w+|therap\w+|doctors?|providers?|specialists?|appointments?|clinics?|consult\w*|insurance|prescri\w+|visits?|"
    r"assessments?|get started|book|shop|buy|orders?|supplements?|treatments?|plans?|pricing|free trial|add to (?:cart|basket))\b"
)
_OTHERS = re.compile(
    r"\b(?:newsletter|subscribe|e?mails?|inbox|donat\w+|volunteer|share|follow|advertisement|advertorial|sponsored|promoted|ads?|"
    r"crisis|lifeline|helpline|hotline|988|911|999|emergency|samaritans|read|related)\b"
)


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab", omit_defaults=True):
    """``boxes``: whether calls to action that stand between the article's paragraphs are found too."""

    boxes: bool = True


def run(facts: Facts, rule: Rule, options: Options) -> Iterable[Hit]:  # noqa: ARG001
    """Yield each promotional sentence, and each box that sells between two paragraphs."""
    publisher = facts.publisher
    if not facts.topic.health or publisher.public or publisher.disclosed or publisher.storefront:
        return
    for found in publisher.promotions:
        yield Hit(found.block.span(found.start, found.end), {"name": found.name}, variant="" if found.name else "offer")
    if options.boxes:
        yield from (Hit(block.span(), variant="box") for block in _boxes(facts.document))


def _boxes(document: Document) -> Iterator[Block]:
    """The first block of each run of promotion that has the article's own paragraphs on both sides."""
    run: list[Block] = []
    inside = False
    for block in document.blocks:
        if block.hidden or block.kind is Kind.ALT:
            continue
        if block.zone is Zone.PROMO:
            run.append(block)
        elif block.zone in (Zone.BODY, Zone.CALLOUT):
            if inside and run and _sells(run):
                yield run[0]
            run, inside = [], True
        elif block.zone in (Zone.SOURCES, Zone.RELATED, Zone.FOOTER):
            run, inside = [], False


def _sells(run: list[Block]) -> bool:
    words = " ".join(block.lower for block in run)
    return len(words) < 400 and bool(_SELLS.search(words)) and not _OTHERS.search(words)
