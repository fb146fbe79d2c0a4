"""What something leaves behind on a page: phrases in the text, words in alternative texts, addresses of links."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

import msgspec

from medlint.checks import pattern
from medlint.document import Zone
from medlint.facts import Facts
from medlint.finding import Hit
from medlint.matching import Scanner
from medlint.rule import Rule
from medlint.source import Span


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab", omit_defaults=True):
    """``match``, ``unless`` and ``skip`` as for the check ``pattern``; ``links``: patterns of the addresses of links, in
    any case, of which a link that nothing in its sentence excuses is found as variant ``link``."""

    match: tuple[str, ...]
    unless: tuple[str, ...] = ()
    skip: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    within: str = "sentence"


def run(facts: Facts, rule: Rule, options: Options) -> Iterable[Hit]:
    """Yield the phrases, then the links whose words are not found already."""
    phrases = pattern.Options(options.match, options.unless, options.skip, within=options.within)
    # The rule runs for its links even where no phrase occurs, so it has no triggers for the engine to look for.
    held = _scanner(pattern.triggers(phrases)).holding(facts.document)
    blocks = [block for block in held if not block.hidden and (not rule.zones or block.zone in rule.zones)]
    found = list(pattern.search(blocks, phrases))
    yield from found
    addresses = re.compile("|".join(options.links), re.IGNORECASE) if options.links else None
    if addresses is None:
        return
    excuses = [re.compile(excuse, re.IGNORECASE) for excuse in options.unless]
    for link in facts.document.links:
        if not addresses.search(link.url) or link.element.hidden:
            continue
        block = link.block
        if block is not None:
            start, end = block.sentence_at(link.start)
            if block.hidden or block.zone is Zone.NAV or any(e.search(block.plain[start:end]) for e in excuses):
                continue
        span = block.span(link.start, link.end) if block is not None and link.end > link.start else link.span
        if not any(_same(hit, span, link.text) for hit in found):
            yield Hit(span, {"url": link.url, "text": link.text or link.url}, variant="link")


@lru_cache(maxsize=64)
def _scanner(literals: frozenset[str]) -> Scanner:
    return Scanner(literals)


def _same(hit: Hit, span: Span, text: str) -> bool:
    """Whether a phrase found is the words of a link, or the alternative text of its image."""
    return (hit.span.start < span.end and span.start < hit.span.end) or bool(text and hit.fields["text"] in text)


def check_options(options: Options) -> Iterator[str]:
    """What is wrong with a rule's patterns, for rule authors."""
    yield from pattern.check_options(pattern.Options(options.match, options.unless, options.skip))
    for address in options.links:
        try:
            re.compile(address)
        except re.error as error:
            yield f"{address!r} is not a regular expression: {error}"
