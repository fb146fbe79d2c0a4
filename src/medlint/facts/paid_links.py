"""Links whose click or sale is paid for, and where the page tells its readers so (``rules/data/affiliate-links.yaml``)."""

import re
from collections.abc import Iterator
from functools import cache
from urllib.parse import parse_qsl, urlsplit

import msgspec

from medlint import data
from medlint.document import Block, Document, Link, Zone
from medlint.facts import hosts

DISCLOSES = re.compile(
    r"\baffiliate\b|\b(?:earn|receive|get|make|paid|pays?)\b[^.]{0,30}\b(?:commissions?|compensation|fee|percentage)\b|\bcommissions?\b"
    r"|\bsponsor(?:ed|s|ship)\b|\bpaid (?:partnership|content|promotion|links?|ad|for by)\b|\badvert(?:isement|orial|ising)\b"
    r"|\bin (?:paid )?partnership with\b|\bwe may (?:be paid|be compensated|earn|receive)\b|#ad\b|^\W{0,3}ad\W{0,3}$",
)
"""How a page tells that it is paid, in lower case."""


class _Shop(msgspec.Struct, frozen=True):
    host: str
    parameter: str
    pattern: str


class _Table(msgspec.Struct, frozen=True):
    hosts: tuple[str, ...]
    shops: tuple[_Shop, ...]
    parameters: frozenset[str]


class PaidLink(msgspec.Struct, frozen=True):
    """A link that pays, and how it shows: ``marked`` (``rel="sponsored"``), ``network``, ``shop`` or ``parameter``."""

    link: Link
    sign: str


def find(document: Document) -> Iterator[PaidLink]:
    """The paid links of the article's own text, in order."""
    for link in document.links:
        if link.block is None or link.block.hidden or link.block.zone not in (Zone.BODY, Zone.CALLOUT, Zone.TITLE):
            continue
        if "sponsored" in link.element.attrs.get("rel", "").lower().split():
            yield PaidLink(link, "marked")
        elif sign := _sign(link.url):
            yield PaidLink(link, sign)


def disclosures(document: Document) -> Iterator[Block]:
    """The visible blocks that tell of payment."""
    return (
        block
        for block in document.blocks
        if not block.hidden and block.zone is not Zone.META and DISCLOSES.search(block.lower)
    )


def _sign(url: str) -> str:
    host = hosts.host_of(url)
    if not host:
        return ""
    table = _table()
    if any(host == name or host.endswith(f".{name}") for name in table.hosts):
        return "network"
    if "=" not in url:
        return ""
    try:
        parameters = {name.lower(): value for name, value in parse_qsl(urlsplit(url).query, max_num_fields=100)}
    except ValueError:
        return ""
    for shop in table.shops:
        value = parameters.get(shop.parameter, "")
        if value and shop.host in (*host.split("."), host) and re.fullmatch(shop.pattern, value):
            return "shop"
    if parameters.get("utm_medium", "").lower() in ("affiliate", "affiliates"):
        return "parameter"
    return "parameter" if table.parameters.intersection(parameters) else ""


@cache
def _table() -> _Table:
    table: _Table = data.table("affiliate-links", _Table)
    return table
