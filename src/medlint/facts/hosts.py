"""Whose a URL is, and what kind of source its host makes (``rules/data/source-domains.yaml``)."""

import html
import re
from collections.abc import Mapping
from functools import cache, lru_cache
from urllib.parse import urlsplit

import msgspec

from medlint import data
from medlint.document import Document, Element, Zone
from medlint.readers.builder import attribute_span
from medlint.source import Span

KINDS = ("authority", "tertiary", "user", "ai", "shop", "release", "preprint", "service")
_TEMPLATE = re.compile(r"\{\{|\{%|\{!|<%|\$\{|\{[\w.]+\}|%7B|\[\[|\ufffc", re.IGNORECASE)


class _Table(msgspec.Struct, frozen=True):
    suffixes: tuple[str, ...]
    second_level: tuple[str, ...]
    authority: tuple[str, ...]
    tertiary: tuple[str, ...]
    user: tuple[str, ...]
    ai: tuple[str, ...]
    shop: tuple[str, ...]
    release: tuple[str, ...]
    preprint: tuple[str, ...]
    service: tuple[str, ...]


@cache
def _table() -> tuple[Mapping[str, str], frozenset[str]]:
    """The kind of each name, public suffixes of authorities among them, and the labels that make no owner."""
    table = data.table("source-domains", _Table)
    kinds = dict.fromkeys(table.suffixes, "authority")
    kinds.update((name, kind) for kind in KINDS for name in getattr(table, kind))
    return kinds, frozenset(table.second_level)


@lru_cache(maxsize=4096)
def host_of(url: str) -> str:
    """The host of an absolute http or https URL, lower case without ``www.``; empty for anything else."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    if parts.scheme.lower() not in ("http", "https", "") or not (parts.scheme or url.strip().startswith("//")):
        return ""
    try:
        host = parts.hostname or ""
    except ValueError:
        return ""
    return host.lower().removeprefix("www.").rstrip(".")


@lru_cache(maxsize=4096)
def owner(host: str) -> str:
    """The name under which ``host`` is registered: ``nhs.uk`` for ``digital.nhs.uk``, ``bmj.com`` for ``gut.bmj.com``."""
    labels = host.split(".")
    if len(labels) <= 2:
        return host
    return ".".join(labels[-3:] if len(labels[-1]) == 2 and labels[-2] in _table()[1] else labels[-2:])


@lru_cache(maxsize=4096)
def kind_of(host: str) -> str:
    """One of ``KINDS``, or empty where the table does not know the host."""
    kinds = _table()[0]
    name = host
    while name:
        if name in kinds:
            return kinds[name]
        _, _, name = name.partition(".")
    return ""


def own(document: Document) -> str:
    """The owner of the site the page is on, as the page itself says; empty if it does not."""
    return owner(host_of(document.metadata.url)) if document.metadata.url else ""


def is_template(url: str) -> bool:
    """Whether ``url`` holds template syntax, so that only the page's generator knows where it leads."""
    return bool(_TEMPLATE.search(url))


CONTENT = (Zone.BODY, Zone.CALLOUT, Zone.SOURCES, Zone.DISCLAIMER)
"""The zones whose links an author wrote for the reader."""


def written(document: Document, element: Element, url: str, new: str) -> tuple[Span, str] | None:
    """Where the source of the link ``element`` writes ``url``, and ``new`` as it must be written there; None if unsure."""
    text = document.source.text
    tag = element.span
    if text.startswith("<", tag.start):
        place = attribute_span(text, tag, "href")
        return (
            (place, html.escape(new)) if html.unescape(text[place.start : place.end]).strip() == url.strip() else None
        )
    at = text.rfind(url, tag.start, tag.end)
    if at < 0 or any(char in new for char in " ()<>"):
        return None
    return Span(at, at + len(url)), new
