"""Links that cannot work for a reader, as their address alone shows: placeholders, private hosts, lost anchors."""

import ipaddress
import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import NamedTuple
from urllib.parse import parse_qs, unquote, urlsplit

import msgspec

from medlint import data
from medlint.document import Document, Kind, Link, Zone
from medlint.facts import Facts, hosts
from medlint.finding import Edit, Fix, Hit, Safety
from medlint.rule import Rule

_CONTROL = re.compile(
    r"(?:^|[\s_-])(?:btn|button|toggle|accordion|collapse|tab|dropdown|share|print|modal|menu|carousel|slide|back-?to-?top)(?:$|[\s_-])",
    re.I,
)
_HOOKS = ("data-", "aria-", "on", "role", "ng-", "v-", "@", ":", "x-", "tabindex")
_TO_TOP = re.compile(
    r"\b(?:top|up|print|share|close|expand|collapse|show|hide|menu|next|previous|more|less|copy|play|listen)\b|^\W*$",
    re.IGNORECASE,
)
_PLACEHOLDER = re.compile(
    r"(?:https?://)?(?:url|link|insert[-_ ]?(?:url|link)(?:[-_ ]?here)?|your[-_ ]?(?:url|link)(?:[-_ ]?here)?|(?:url|link)[-_ ]?here|add[-_ ]?(?:url|link)|"
    r"todo|tbd|tbc|tba|xxx+|placeholder|#?todo|lorem|null|undefined|none|nan|\[?link\]?|\.{3}|\?+)/?|https?:/{0,3}",
    re.IGNORECASE,
)
_EDITORS_ONLY = re.compile(
    r"/wp-(?:admin|login)\b|[?&]preview(?:=true|_id=|_nonce=)|/node/(?:add\b|\d+/edit\b)", re.IGNORECASE
)
_UNREACHABLE = ("reserved", "placeholder", "private")
_TARGETS = ("u", "q", "url", "a", "target", "to", "dest")
_MOST_LOST = 5
_SLUG = re.compile(r"[^\w\s-]")
_ENDING = re.compile(r"\.[A-Za-z0-9]{2,5}$")
_PROGRAMS = frozenset((".php", ".asp", ".aspx", ".jsp", ".cfm", ".cgi", ".do"))


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab", omit_defaults=True):
    """``allow``: hosts that are fine although they look private, subdomains included. ``public-labels``: labels of
    preview sites that are often public ones."""

    allow: tuple[str, ...] = ()
    public_labels: tuple[str, ...] = ()


class _Hosts(msgspec.Struct, frozen=True):
    kind: str
    names: tuple[str, ...]


class _Table(msgspec.Struct, frozen=True):
    hosts: tuple[_Hosts, ...]
    staging_labels: tuple[str, ...]
    personal_mail: frozenset[str]


class _Known(NamedTuple):
    """``rules/data/placeholders.yaml`` made ready: the kind of each host, labels of preview sites, private mail hosts."""

    kinds: Mapping[str, str]
    staging: frozenset[str]
    mail: frozenset[str]


@cache
def _known() -> _Known:
    table = data.table("placeholders", _Table)
    kinds = {name: group.kind for group in table.hosts for name in group.names}
    return _Known(kinds, frozenset(table.staging_labels), table.personal_mail)


def run(facts: Facts, rule: Rule, options: Options) -> Iterable[Hit]:
    """Yield each link of the article that leads nowhere; the variant says why."""
    document = facts.document
    slugs = frozenset() if document.format == "html" else _slugs(document)
    lost: set[str] = set()
    for link in document.links:
        zone = link.block.zone if link.block else link.element.zone
        if zone not in rule.zones or link.element.hidden or (link.block and link.block.kind in (Kind.LABEL, Kind.ALT)):
            continue
        problem = _problem(link, facts, options, slugs)
        if not problem or link.url in lost:
            continue
        if problem == "anchor":
            if len(lost) == _MOST_LOST:
                continue
            lost.add(link.url)  # once is enough: one id mends them all
        span = link.block.span(link.start, link.end) if link.block and link.end > link.start else link.span
        fields = {"url": link.url.strip()[:120], "words": link.text[:80]}
        target = _target(link.url) if problem == "redirector" else ""
        written = hosts.written(document, link.element, link.url, target) if target else None
        fix = Fix((Edit(*written),), Safety.UNSAFE) if written else None
        yield Hit(span, fields, variant="" if problem == "placeholder" else problem, fix=fix)


def _problem(link: Link, facts: Facts, options: Options, slugs: frozenset[str]) -> str:
    url = link.url.strip()
    if hosts.is_template(url):
        return ""
    if url.lower().startswith(("#", "javascript:")) and _is_control(link):
        return ""
    if url in ("", "#", "#!") or url.lower().startswith(("javascript:", "about:blank")):
        return "" if _TO_TOP.search(link.text) or len(link.text.strip()) < 3 else "placeholder"
    if _PLACEHOLDER.fullmatch(url):
        return "placeholder"
    if url.startswith("#"):
        return "" if _has_anchor(facts.document, url[1:], slugs) else "anchor"
    if url.lower().startswith(("file:", "blob:")) or re.match(r"[A-Za-z]:[\\/]|\\\\", url):
        return "private"
    in_sources = link.block is not None and link.block.zone is Zone.SOURCES
    if url.lower().startswith("mailto:"):
        return "personal" if in_sources and url.partition("?")[0].rpartition("@")[2].lower() in _known().mail else ""
    host = hosts.host_of(url)
    if host:
        return _of_host(host, url, options, in_sources)
    if facts.files_exist is not None and _is_file(url) and not facts.files_exist(unquote(re.split(r"[?#]", url)[0])):
        return "file"
    return ""


def _of_host(host: str, url: str, options: Options, in_sources: bool) -> str:
    if any(host == allowed or host.endswith(f".{allowed}") for allowed in options.allow):
        return ""
    kind = _kind(host)
    if kind in _UNREACHABLE or _is_private(host):
        return "private"
    labels = host.removesuffix(hosts.owner(host)).rstrip(".").split(".")
    names = {part for label in labels for part in (label, label.rpartition("-")[2], label.partition("-")[0])}
    if names & (_known().staging - set(options.public_labels)) or _EDITORS_ONLY.search(url):
        return "staging"
    if kind == "documents":
        return "document" if in_sources else ""
    if kind in ("redirectors", "shorteners") or (host == "google.com" and _target(url)):
        return "redirector"
    return ""


@lru_cache(maxsize=1024)
def _kind(host: str) -> str:
    kinds = _known().kinds
    name = host
    while name:
        if name in kinds:
            return kinds[name]
        _, _, name = name.partition(".")
    return ""


@lru_cache(maxsize=1024)
def _is_private(host: str) -> bool:
    """Whether ``host`` is an address that only its own network knows (RFC 1918 and the like), or a name without a dot."""
    try:
        return not ipaddress.ip_address(host.strip("[]")).is_global
    except ValueError:
        return "." not in host


def _target(url: str) -> str:
    """Where a redirecting link says it leads; empty if it does not say."""
    query = parse_qs(urlsplit(url).query)
    return next((query[name][0] for name in _TARGETS if name in query and query[name][0].startswith("http")), "")


def _is_control(link: Link) -> bool:
    """Whether ``link`` is a button of the page in the shape of a link."""
    attrs = link.element.attrs
    hooked = "id" in attrs and len(link.url) < 3
    return hooked or any(name.startswith(_HOOKS) for name in attrs) or bool(_CONTROL.search(attrs.get("class", "")))


def _has_anchor(document: Document, name: str, slugs: frozenset[str]) -> bool:
    """Whether the page has a place called ``name``: an id, or in Markdown one of the headings' ``slugs``."""
    if name == "" or name.lower() == "top" or name.startswith((":~:", "/", "!")) or "=" in name:
        return True
    name = unquote(name)
    if name in document.ids:
        return True
    if document.format == "html":
        return False
    wanted = name.lower().strip("-")
    return wanted.startswith("fn") or wanted in slugs or _NUMBERED.sub("", wanted) in slugs


_NUMBERED = re.compile(r"-\d+$")


def _slugs(document: Document) -> frozenset[str]:
    """The anchors that a Markdown renderer gives the headings; a repeated one gets a number."""
    return frozenset(_slug(block.plain) for block in document.blocks if block.kind is Kind.HEADING)


def _slug(text: str) -> str:
    """A heading's anchor as Markdown renderers make it."""
    return re.sub(r"[\s-]+", "-", _SLUG.sub("", text.lower())).strip("-")


def _is_file(url: str) -> bool:
    """Whether ``url`` is a relative path to a file, not to a page that a generator or a program makes."""
    path = re.split(r"[?#]", url)[0]
    ending = _ENDING.search(path)
    return ending is not None and not path.startswith("/") and ":" not in path and ending[0].lower() not in _PROGRAMS
