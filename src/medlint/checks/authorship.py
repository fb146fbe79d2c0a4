"""Whether the page says who wrote it."""

import re
from collections.abc import Iterable

import msgspec

from medlint.document import Zone
from medlint.facts import Facts, hosts, scope
from medlint.finding import Hit, Undetermined
from medlint.rule import Rule


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab", omit_defaults=True):
    """``words``: pages with fewer words and no byline owe no author. ``authorities``: a page of a government or other
    authority owes none, because readers know its source."""

    words: int = 100
    authorities: bool = True


_SOURCE = re.compile(
    r"\b(?i:produced|prepared|developed|created|compiled|issued|provided|published|written|content (?:created|provided)) by\W+(?:the |our )?([A-Z][\w&'.-]+(?: (?:of|for|and|the|on)\b| [A-Z][\w&'.-]+)+)"
    r"|\b(?i:content )?[Ss]ource:\s*(?:the )?([A-Z][\w&'.-]+(?: [\w&'.-]+){0,8})"
)
_STAND_IN = re.compile(
    r"^\W*(?:by|author|written by|posted by)\W+(?P<name>(?:the )?(?:admin|administrator|webmaster|guest|guest author|staff|staff writer|editor|editors|editorial (?:team|staff)|"
    r"(?:\w+ ){0,2}(?:team|staff|desk|editors|contributors?|writers?)|user|anonymous|super ?user|root|marketing))\b",
    re.IGNORECASE,
)


def run(facts: Facts, rule: Rule, options: Options) -> Iterable[Hit | Undetermined]:  # noqa: ARG001
    """Yield one hit where the author belongs, or at the login or desk that stands there instead."""
    if facts.people.authors or not scope.owes_review(facts, options.words):
        return
    if options.authorities and (
        facts.profile.publisher == "government"
        or hosts.kind_of(hosts.host_of(facts.document.metadata.url)) == "authority"
    ):
        return
    if not scope.readable_language(facts):
        yield Undetermined(f"bylines in the language {facts.topic.language!r} are not read")
        return
    for block in facts.document.blocks:
        if (
            block.hidden
            or block.zone in (Zone.NAV, Zone.RELATED, Zone.PROMO, Zone.UI, Zone.SOURCES)
            or len(block.text) > 300
        ):
            continue
        if (found := _STAND_IN.match(block.plain)) and block.zone in (Zone.BYLINE, Zone.BODY, Zone.BIO):
            yield Hit(block.span(*found.span("name")), {"words": found["name"]}, "stand-in")
            return
        if _SOURCE.search(block.plain) and not re.search(r"(?i)^\W*original source", block.plain):
            return
    yield Hit(facts.people.place, {})
