"""A URL as browsers read it, in one canonical spelling.

Parsers that disagree about a URL are how a request ends up somewhere else than the place that was checked. So a URL is
read once, here, by the rules of the WHATWG URL standard for ``http`` and ``https`` (percent-decoding and mapping of the
host, numbers such as ``0x7f.1`` as IPv4 addresses, backslashes as slashes), and only the canonical spelling travels on.
"""

import ipaddress
import re
from urllib.parse import quote, unquote_to_bytes, urljoin

import msgspec

from medlint.fetch.address import as_address, is_public
from medlint.fetch.policy import LinkPolicy
from medlint.fetch.result import Outcome, plain

_DEFAULT_PORTS = {"http": 80, "https": 443}
_LONGEST = 8192

# Names that never belong to a public host: RFC 6761, 6762, 7686, 8375, and ICANN's ".internal".
_PRIVATE_NAMES = re.compile(r"\.(?:localhost|localdomain|local|internal|intranet|lan|onion|home\.arpa)$")

_EDGES = "".join(map(chr, range(0x21)))
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_FORBIDDEN_IN_HOST = re.compile(r"[\x00-\x20#%*/:<>?@\[\\\]^`{|}\x7f]")
_NUMBER = re.compile(r"(?:0[xX][0-9a-fA-F]*|[0-9]+)$")


class Refusal(Exception):
    """A URL that is not going to be asked for: ``outcome`` is ``invalid`` or ``refused``, ``reason`` a sentence."""

    def __init__(self, outcome: Outcome, reason: str) -> None:
        super().__init__(reason)
        self.outcome = outcome
        self.reason = reason


def invalid(reason: str) -> Refusal:
    """The URL is not one."""
    return Refusal(Outcome.invalid, reason)


def refused(reason: str) -> Refusal:
    """The URL may be one, but medlint keeps away from it."""
    return Refusal(Outcome.refused, reason)


class Target(msgspec.Struct, frozen=True):
    """A canonical URL. ``url`` is ASCII and has no fragment; ``host`` is a name in its ASCII form or an address."""

    url: str
    fragment: str
    scheme: str
    host: str
    """IPv6 addresses in brackets."""
    port: int
    path: str

    @property
    def origin(self) -> str:
        """Whose turn a request takes: the host, or host:port where a port of its own marks a server of its own."""
        return self.host if self.port in _DEFAULT_PORTS.values() else f"{self.host}:{self.port}"

    def with_fragment(self, fragment: str) -> str:
        """The whole URL: with its own fragment, from a redirect, or else with ``fragment``."""
        mark = quote(self.fragment or fragment, safe="/?%:@!$&'()*+,;=~", errors="replace")
        return f"{self.url}#{mark}" if mark else self.url


def parse(text: str, policy: LinkPolicy) -> Target:
    """The target that ``text`` names. Raises ``Refusal`` if it is none, or one that ``policy`` keeps away from."""
    scheme, rest = _split_scheme(text)
    rest, _, fragment = rest.partition("#")
    rest, asked, query = rest.partition("?")
    rest = rest.replace("\\", "/")
    if not rest.startswith("//"):
        raise invalid(f"The URL has no host: write {scheme}:// and the host.")
    authority, _, path = rest[2:].partition("/")
    if "@" in authority:
        raise refused("The URL carries a user name or password.")
    host, port = _split_port(authority)
    host = canonical_host(host)
    number = _DEFAULT_PORTS[scheme] if port is None else port
    _refuse_host(host, number, scheme, policy)
    place = host if number == _DEFAULT_PORTS[scheme] else f"{host}:{number}"
    path = "/" + quote(path, safe="/%:@!$&'()*+,;=~", errors="replace")
    query = asked + quote(query, safe="/?%:@!$&'()*+,;=~", errors="replace")
    return Target(f"{scheme}://{place}{path}{query}", fragment, scheme, host, number, path)


def join(base: Target, location: str, policy: LinkPolicy) -> Target:
    """Where a redirect leads. Raises ``Refusal`` as ``parse`` does."""
    try:
        joined = urljoin(base.url, location.strip(_EDGES).replace("\\", "/"))
    except ValueError as error:
        raise invalid("The redirect is not a URL.") from error
    return parse(joined, policy)


def canonical_host(text: str) -> str:
    """The host that a browser would ask for: lower case, ASCII, addresses in their one usual form."""
    if text.startswith("["):
        try:
            return f"[{ipaddress.IPv6Address(text.removeprefix('[').removesuffix(']').partition('%')[0]).compressed}]"
        except ValueError as error:
            raise invalid("The address in brackets is not an IPv6 address.") from error
    try:
        host = unquote_to_bytes(text).decode()
        if not host.isascii():
            host = _to_ascii(host)
    except UnicodeError as error:
        raise invalid("The host name has characters that no host name can have.") from error
    host = host.lower().removesuffix(".")
    if not host:
        raise invalid("The URL has no host.")
    if _FORBIDDEN_IN_HOST.search(host):
        raise invalid(f'The host name "{plain(host, 60)}" has characters that no host name can have.')
    labels = host.split(".")
    if _NUMBER.match(labels[-1]):
        return _ipv4(labels)
    if len(host) > 253 or not all(0 < len(label) < 64 for label in labels):
        raise invalid("The host name is too long, or has an empty part.")
    return host


def _split_scheme(text: str) -> tuple[str, str]:
    text = re.sub(r"[\t\r\n]", "", text.strip(_EDGES))
    if len(text) > _LONGEST:
        raise refused(f"The URL is longer than {_LONGEST} characters.")
    if text.startswith("//"):
        text = "https:" + text
    match = _SCHEME.match(text)
    if not match or "." in match[1]:
        raise invalid("The URL has no scheme: write https:// in front." if text else "The URL is empty.")
    scheme = match[1].lower()
    if scheme not in _DEFAULT_PORTS:
        raise refused(f"Only http and https links are checked, not {plain(scheme, 20)}.")
    return scheme, text[match.end() :]


def _split_port(authority: str) -> tuple[str, int | None]:
    host, colon, port = authority, "", ""
    if ":" in authority.rpartition("]")[2]:
        host, colon, port = authority.rpartition(":")
    if not colon or not port:
        return host, None
    if not (port.isascii() and port.isdigit()) or len(port) > 5 or int(port) > 65535:
        raise invalid(f'"{plain(port, 20)}" is not a port.')
    return host, int(port)


def _to_ascii(host: str) -> str:
    """Unicode to ASCII as UTS 46 maps it; whether the name may be registered is for the name servers to say."""
    import idna

    mapped = idna.uts46_remap(host, std3_rules=False, transitional=False)
    return ".".join(
        label if label.isascii() else "xn--" + label.encode("punycode").decode("ascii") for label in mapped.split(".")
    )


def _ipv4(labels: list[str]) -> str:
    """An IPv4 address in any of the forms that browsers and ``inet_aton`` take: ``127.1``, ``0x7f000001``, ``0177.1``."""
    try:
        if len(labels) > 4:
            raise ValueError
        *leading, last = (_integer(label) for label in labels)
        if any(number > 255 for number in leading) or last >= 256 ** (5 - len(labels)):
            raise ValueError
    except ValueError as error:
        raise invalid(f'The host "{plain(".".join(labels), 60)}" is not an IPv4 address.') from error
    return str(ipaddress.IPv4Address(last + sum(number << 8 * (3 - place) for place, number in enumerate(leading))))


def _integer(label: str) -> int:
    if not _NUMBER.match(label):  # Python's own reading takes signs and underscores, too
        raise ValueError
    if label[:2] in ("0x", "0X"):
        return int(label[2:] or "0", 16)
    if len(label) > 20:
        raise ValueError
    return int(label, 8) if label.startswith("0") else int(label)


def _refuse_host(host: str, port: int, scheme: str, policy: LinkPolicy) -> None:
    """Refuse what can be refused without asking a name server."""
    if policy.allows(host, port):
        return
    if port != _DEFAULT_PORTS[scheme]:
        raise refused(f"Port {port} is not the usual port for {scheme}; allow-hosts can permit it.")
    address = as_address(host)
    if address is None and ("." not in host or _PRIVATE_NAMES.search(host)):
        raise refused(f'"{host}" is a private name, not one that readers can reach.')
    if address is not None and not is_public(address):
        raise refused(f"{address} is not a public address, so readers cannot reach it.")
