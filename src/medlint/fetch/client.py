"""One link visited, politely: HEAD, then GET if need be; redirects by hand, so that every hop is checked."""

import http.client
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import msgspec
import requests
import urllib3
from msgspec.structs import replace

from medlint.fetch.clock import Clock, current_clock
from medlint.fetch.guard import Dialer, Unreached
from medlint.fetch.page import BODY_LIMIT, Page, Unreadable, read_page, unfold
from medlint.fetch.policy import LinkPolicy
from medlint.fetch.result import Failure, plain
from medlint.fetch.session import open_session
from medlint.fetch.target import Refusal, Target, join

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PERMANENT = frozenset({301, 308})
_HTML = frozenset({"text/html", "application/xhtml+xml"})
_HEAD_SHARE = 1 / 3
"""Of a link's time: a server that never answers HEAD must leave some for GET."""
_GET_WILL_NOT_HELP = frozenset(Failure) - {Failure.timeout, Failure.garbled}
_NO_ANSWER = (
    requests.RequestException,
    urllib3.exceptions.HTTPError,
    http.client.HTTPException,
    OSError,
    ValueError,
    Unreadable,
)


class Answer(msgspec.Struct, frozen=True):
    """What came back for one request: a status, or a failure, or a refusal to ask."""

    status: int | None = None
    failure: Failure | None = None
    refusal: Refusal | None = None
    detail: str = ""
    """What is known of the failure; safe to print."""
    location: str | None = None
    html: bool | None = None
    """Is it a web page? None if the server does not say what it is."""
    challenged: bool = False
    """The server wants to see a person first."""
    page: Page | None = None
    body: bytes = b""
    """The body, where it was asked for as it is."""

    @property
    def success(self) -> bool:
        """Did the server say that all is well?"""
        return self.status is not None and 200 <= self.status < 300


class Visit(msgspec.Struct, frozen=True):
    """What was seen at a link, before anyone judges it."""

    target: Target
    """Where the redirects ended."""
    answer: Answer = Answer()
    chain: tuple[str, ...] = ()
    tried: tuple[str, ...] = ()
    permanent: bool = False
    """There were redirects, and all of them are for good."""


class Client:
    """Visits links for one run. Safe to use from several threads; a host never gets two requests at once."""

    def __init__(self, policy: LinkPolicy, dialer: Dialer, stop: threading.Event) -> None:
        self._policy = policy
        self._stop = stop
        self._turns: dict[str, threading.Lock] = {}
        self._session = open_session(policy, dialer)

    def close(self) -> None:
        """Close every connection."""
        self._session.close()

    def visit(self, target: Target, *, head: bool = True, anchors: bool = False) -> Visit:
        """Go to ``target``: HEAD, then GET unless HEAD settles it. Never raises for what a server does.

        ``anchors``: read the ids of the page, too.
        """
        clock = Clock(self._policy.timeout_link, self._stop)
        start = Visit(replace(target, fragment=""))
        if head:
            seen = self._follow("HEAD", start, clock.part(_HEAD_SHARE))
            answer = seen.answer
            if answer.refusal or answer.failure in _GET_WILL_NOT_HELP or (answer.success and answer.html is False):
                return seen
            # What HEAD is told, that a page is gone included, is often not what readers are: then start afresh.
            start = seen if answer.success else replace(start, tried=seen.tried)
        return self._follow("GET", start, clock, anchors=anchors)

    def look_up(self, target: Target) -> Visit:
        """Ask a service: a GET whose answer keeps its body."""
        return self._follow("GET", Visit(target), Clock(self._policy.timeout_link, self._stop), whole=True)

    def _follow(self, method: str, seen: Visit, clock: Clock, *, anchors: bool = False, whole: bool = False) -> Visit:
        been = {seen.target.url}
        while True:
            answer = self._ask(method, seen.target, clock, anchors=anchors, whole=whole)
            seen = replace(seen, answer=answer, tried=(*seen.tried, f"{method} {_label(answer)}"))
            if answer.location is None:
                return seen
            try:
                target = join(seen.target, answer.location, self._policy)
            except Refusal as refusal:
                chain = (*seen.chain, plain(answer.location))
                return replace(seen, answer=replace(answer, refusal=refusal), chain=chain)
            seen = replace(
                seen,
                target=replace(target, fragment=target.fragment or seen.target.fragment),
                chain=(*seen.chain, target.url),
                permanent=answer.status in _PERMANENT and (seen.permanent or not seen.chain),
            )
            if target.url in been or len(seen.chain) > self._policy.max_redirects:
                return replace(seen, answer=Answer(failure=Failure.redirects))
            been.add(target.url)

    def _ask(self, method: str, target: Target, clock: Clock, *, anchors: bool, whole: bool) -> Answer:
        token = current_clock.set(clock)
        headers = {"Range": f"bytes=0-{BODY_LIMIT - 1}"} if method == "GET" and not whole else {}
        try:
            with self._turn(target.origin, clock):
                response = self._session.request(
                    method, target.url, headers=headers, stream=True, allow_redirects=False, timeout=clock.remaining()
                )
                try:
                    return _read(response, anchors=anchors, whole=whole)
                finally:
                    response.close()
        except Refusal as refusal:
            return Answer(refusal=refusal)
        except Unreached as error:
            return Answer(failure=error.failure)
        except _NO_ANSWER as error:
            return _failed(error)
        finally:
            current_clock.reset(token)

    @contextmanager
    def _turn(self, origin: str, clock: Clock) -> Iterator[None]:
        """Wait until no other request to this host is under way; the wait is not the link's fault."""
        began = time.monotonic()
        with self._turns.setdefault(origin, threading.Lock()):
            clock.extend(time.monotonic() - began)
            yield


def _read(response: requests.Response, *, anchors: bool, whole: bool) -> Answer:
    """What there is to know from a response whose body has not been read yet."""
    media, _, parameters = response.headers.get("Content-Type", "").partition(";")
    answer = Answer(
        status=response.status_code,
        html=media.strip().lower() in _HTML if media else None,
        challenged="cf-mitigated" in response.headers,
    )
    location = response.headers.get("Location")
    if location and answer.status in _REDIRECTS:
        # Header bytes arrive as Latin-1; what servers mean is UTF-8.
        return replace(answer, location=location.encode("latin-1", "replace").decode("utf-8", "replace"))
    if response.request.method == "HEAD":
        response.raw.read(1)  # Nothing is there, but this is how the connection goes back to the pool.
        return answer
    if not whole and not (answer.success and answer.html):
        return answer
    sent = _sent(response)
    body = unfold(sent[:BODY_LIMIT], response.headers.get("Content-Encoding", "").strip().lower())
    if body is None:
        return answer
    if whole:
        return replace(answer, body=body)
    cut = len(sent) > BODY_LIMIT or len(body) >= BODY_LIMIT or _is_part(response, len(sent))
    charset = parameters.lower().partition("charset=")[2].partition(";")[0].strip("\"' ") or None
    return replace(answer, page=read_page(body, charset, anchors=anchors, cut=cut))


def _sent(response: requests.Response) -> bytes:
    """The body as it was sent, up to one byte past the limit. Reads to the end, where a body cut short shows."""
    sent = b""
    while len(sent) <= BODY_LIMIT and (more := response.raw.read(BODY_LIMIT + 1 - len(sent), decode_content=False)):
        sent += more
    return sent


def _is_part(response: requests.Response, length: int) -> bool:
    total = response.headers.get("Content-Range", "").rpartition("/")[2]
    return response.status_code == 206 and total != str(length)


def _label(answer: Answer) -> str:
    if answer.refusal:
        return "refused"
    return str(answer.failure or answer.status)


def _failed(error: Exception) -> Answer:
    """What kind of failure ``error`` is, however many libraries have wrapped it."""
    causes = list(_causes(error))
    for cause in causes:
        if isinstance(cause, ssl.SSLError):
            return Answer(failure=Failure.tls, detail=plain(getattr(cause, "verify_message", "") or cause.reason or ""))
    if any(isinstance(cause, TimeoutError | urllib3.exceptions.TimeoutError) for cause in causes):
        return Answer(failure=Failure.timeout)
    return Answer(failure=Failure.garbled, detail=str(error) if isinstance(error, Unreadable) else "")


def _causes(error: BaseException) -> Iterator[BaseException]:
    """``error`` and all that led to it."""
    seen: set[int] = set()
    todo: list[object] = [error]
    while todo:
        found = todo.pop()
        if isinstance(found, BaseException) and id(found) not in seen:
            seen.add(id(found))
            yield found
            todo += [*found.args, getattr(found, "reason", None), found.__cause__, found.__context__]
