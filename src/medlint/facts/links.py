"""Which links of an article are worth asking the network for, and where their words stand."""

from typing import TYPE_CHECKING

import msgspec

from medlint.document import Element, Link
from medlint.facts import hosts, identifiers
from medlint.source import Span

if TYPE_CHECKING:
    from medlint.facts import Facts

_SCHEMES = {"DOI": "doi:", "PMID": "pmid:", "NCT number": ""}


class Asked(msgspec.Struct, frozen=True):
    """A URL to ask for (or ``doi:...``, ``pmid:...``, ``NCT...``), where its words stand, and its link if it is one."""

    url: str
    span: Span
    element: Element | None


def wanted(facts: "Facts") -> tuple[str, ...]:
    """The URLs to ask for, the most important first."""
    return tuple(asked.url for asked in find(facts))


def find(facts: "Facts") -> tuple[Asked, ...]:
    """The links of the article to ask for, each URL once: sources first, then citations, then other outside links.

    Navigation, sharing, related posts and template addresses are left out. Identifiers printed without a link are
    asked for by name.
    """
    document, cited = facts.document, facts.citations
    found: dict[str, Asked] = {}

    def add(link: Link) -> None:
        url = link.url.strip()
        if hosts.host_of(url) and not hosts.is_template(url) and not link.element.hidden:
            place = link.block.span(link.start, link.end) if link.block and link.end > link.start else link.span
            found.setdefault(url, Asked(url, place, link.element))

    for entry in cited.entries:
        for link in entry.links:
            add(link)
    linked = " ".join(found).lower()
    for identifier in identifiers.find({entry.block: None for entry in cited.entries}):
        scheme = _SCHEMES.get(identifier.kind)
        if scheme is None or identifier.problem or identifier.value.lower() in linked:
            continue
        url = f"{scheme}{identifier.value}"
        found.setdefault(url, Asked(url, identifier.block.span(identifier.start, identifier.end), None))
    marked = {mark.keys[0] for mark in cited.marks if mark.kind == "link"}
    ordinary = [link for link in document.links if link.block and link.block.zone in hosts.CONTENT]
    for link in sorted(ordinary, key=lambda link: link.url not in marked):
        if hosts.kind_of(hosts.host_of(link.url)) not in ("service", "user"):
            add(link)
    return tuple(found.values())
