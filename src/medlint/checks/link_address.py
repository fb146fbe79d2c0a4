"""Links that cannot work for a reader, as their address alone shows: placeholders, private hosts, lost anchors."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import parse_qs, unquote, urlsplit

import msgspec

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
_RESERVED = re.compile(
    r"(?:^|\.)(?:example\.(?:com|org|net|edu)|(?:[\w-]+\.)?(?:test|example|invalid|localhost|local|internal|intranet|lan|corp|home))$"
)
_STAGING = re.compile(
    r"^(?:staging|stage|stg|preview|uat|preprod|pre-prod|dev|develop|development|qa|sandbox)(?:\d|-[\w-]+)?\.|"
    r"^[\w-]+[.-](?:staging|stage|uat|preprod)\.|^deploy-preview-\d+--|\.(?:wpengine|wpenginepowered|pantheonsite|ngrok|ngrok-free|trycloudflare|stackblitz)\.\w+$|\.staging\.\w+$"
)
_STAGING_PATH = re.compile(
    r"/wp-admin/|[?&](?:preview=true|preview_id=|preview_nonce=)|/node/\d+/edit\b|/(?:edit|draft)s?/preview\b",
    re.IGNORECASE,
)
_REDIRECTORS = {
    "l.facebook.com": ("u",), "lm.facebook.com": ("u",), "google.com": ("q", "url"), "urldefense.com": (), "urldefense.proofpoint.com": ("u",),
    "safelinks.protection.outlook.com": ("url",), "out.reddit.com": ("url",), "href.li": (), "t.co": (), "lnks.gd": (), "linkprotect.cudasvc.com": ("a",),
    "clicks.aweber.com": (), "mailchi.mp": (), "list-manage.com": (),
}  # fmt: skip
_PERSONAL = re.compile(
    r"mailto:[^?@\s]+@(?:gmail|googlemail|yahoo|hotmail|outlook|live|icloud|me|aol|protonmail|proton|gmx)\.[\w.]+",
    re.IGNORECASE,
)
_MOST_LOST = 5
_SLUG = re.compile(r"[^\w\s-]")
_ENDING = re.compile(r"\.[A-Za-z0-9]{2,5}$")


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab", omit_defaults=True):
    """``allow``: hosts that are fine although they look private, subdomains included."""

    allow: tuple[str, ...] = ()


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
    if url.lower().startswith("file:") or re.match(r"[A-Za-z]:[\\/]|\\\\", url):
        return "private"
    if url.lower().startswith("mailto:"):
        in_sources = link.block is not None and link.block.zone is Zone.SOURCES
        return "personal" if in_sources and _PERSONAL.match(url) else ""
    host = hosts.host_of(url)
    if host:
        return _of_host(host, url, options)
    if facts.files_exist is not None and _is_file(url) and not facts.files_exist(unquote(re.split(r"[?#]", url)[0])):
        return "file"
    return ""


def _of_host(host: str, url: str, options: Options) -> str:
    if any(host == allowed or host.endswith(f".{allowed}") for allowed in options.allow):
        return ""
    if _is_private(host):
        return "private"
    if _STAGING.search(host) or _STAGING_PATH.search(url):
        return "staging"
    names = [name for name in _REDIRECTORS if host == name or host.endswith(f".{name}")]
    if names and (not _REDIRECTORS[names[0]] or _target(url)):
        return "redirector"
    return ""


@lru_cache(maxsize=1024)
def _is_private(host: str) -> bool:
    """Whether ``host`` is a name or address that only its own network knows (RFC 1918, 2606, 6761, 6762)."""
    try:
        return not ipaddress.ip_address(host.strip("[]")).is_global
    except ValueError:
        return "." not in host.strip(".") or bool(_RESERVED.search(host))


def _target(url: str) -> str:
    """Where a redirecting link says it leads; empty if it does not say."""
    query = parse_qs(urlsplit(url).query)
    return next(
        (
            query[name][0]
            for names in _REDIRECTORS.values()
            for name in names
            if name in query and "://" in query[name][0]
        ),
        "",
    )


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
    """Whether ``url`` is a relative path to a file, not to a page that a site generator makes."""
    path = re.split(r"[?#]", url)[0]
    return bool(path) and not path.startswith("/") and ":" not in path and bool(_ENDING.search(path))
