"""What is said of a link: the outcome, in one word, and the reason, in one sentence."""

from enum import StrEnum

import msgspec


class Outcome(StrEnum):
    """The verdict on a link. Only ``broken`` and ``invalid`` are certain enough to be errors."""

    ok = "ok"
    broken = "broken"
    """404, 410, a name that does not exist, or a connection refused twice."""
    invalid = "invalid"
    """Not a URL, DOI, PMID or trial number at all."""
    soft_404 = "soft-404"
    """The server says 200, but the page says "not found", is the front page, or lacks the part the link names."""
    moved = "moved"
    """Moved for good; ``LinkResult.final_url`` is the address to write."""
    blocked = "blocked"
    """The host turns programs away (401, 403, 405, 429, 451, 999, a bot check): nobody knows but a reader."""
    unreachable = "unreachable"
    """Time-out, 5xx, TLS, endless redirects: could not be determined."""
    refused = "refused"
    """medlint will not ask: private address, other scheme or port, a password in the URL."""
    skipped = "skipped"
    """Not asked: offline, excluded, or out of time."""


class Failure(StrEnum):
    """Why a visit ended without an HTTP answer."""

    no_such_name = "no-such-name"
    lookup_failed = "lookup-failed"
    refused = "connection-refused"
    no_route = "no-route"
    no_connection = "no-connection"
    """Connecting took too long."""
    timeout = "timeout"
    """Connected, but the answer took too long."""
    tls = "tls"
    garbled = "garbled"
    """The answer is not HTTP, was cut off, or is not what its headers say."""
    redirects = "redirects"


class LinkResult(msgspec.Struct, frozen=True):
    """The verdict on one URL.

    ``url`` is the URL as it was given; everything else is safe to print (no control characters).
    """

    url: str
    outcome: Outcome
    reason: str
    status: int | None = None
    """The last HTTP status; None when no server answered."""
    final_url: str | None = None
    """Where the answer came from; for ``moved``, the URL to write instead."""
    chain: tuple[str, ...] = ()
    """The redirects that were followed, or refused, in order; without the URL itself."""
    tried: tuple[str, ...] = ()
    """What was asked and what came back: ``"HEAD 405"``, ``"GET 200"``, ``"GET timeout"``."""
    archive: str | None = None
    """An archived copy, for broken links."""
    failure: Failure | None = None
    """Set when no server answered."""
    cached: bool = False
    """The verdict is that of an earlier run."""


def plain(text: str, limit: int = 120) -> str:
    """``text`` for a person's terminal: one line, at most ``limit`` characters, nothing that is not printable.

    Control and direction characters become escapes such as ``\\x1b``: titles and headers are written by strangers.
    """
    line = " ".join(text[: 4 * limit].split())
    shown = "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in line)
    return shown if len(shown) <= limit else shown[: limit - 1] + "…"
