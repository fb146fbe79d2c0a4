"""Servers that mean harm: none may hold medlint up, fill its memory, or pass for a page that is there."""

from __future__ import annotations

import gzip
import time
import tracemalloc
import zlib
from typing import NamedTuple

import pytest

from medlint.fetch import Failure, LinkPolicy, LinkResult, Outcome, check_links
from tests.fetch.conftest import Check
from tests.fetch.server import Handler, Page, Site

pytestmark = [pytest.mark.hostile, pytest.mark.timeout(20)]

_BOMB = gzip.compress(bytes(40_000_000), 9)
_HTML = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


def _pour(handler: Handler, chunk: bytes) -> None:
    """Without end, as fast as it goes."""
    handler.close_connection = True
    while not handler.server.closing.is_set():
        handler.wfile.write(chunk)


def _after(head: bytes, then: Page) -> Page:
    """Send ``head``, and then behave like ``then``."""

    def page(handler: Handler) -> None:
        handler.wfile.write(head)
        then(handler)

    return page


def _only_get(page: Page) -> Page:
    return lambda handler: handler.answer(405) if handler.command == "HEAD" else page(handler)


HOSTILE: dict[str, tuple[Page, Failure]] = {
    "slow header": (lambda handler: handler.drip(_HTML + b"X: " + b"a" * 9999), Failure.timeout),
    "slow status line": (lambda handler: handler.drip(b"HTTP/1.1 200 " + b"O" * 9999), Failure.timeout),
    "slow body": (_after(_HTML + b"\r\n", lambda handler: handler.drip(b"<p>" * 9999)), Failure.timeout),
    "slow chunks": (
        _after(_HTML + b"Transfer-Encoding: chunked\r\n\r\n", lambda handler: handler.drip(b"1\r\na\r\n" * 9999)),
        Failure.timeout,
    ),
    "silence": (lambda handler: handler.hold(), Failure.timeout),
    "endless interim answers": (lambda handler: _pour(handler, b"HTTP/1.1 100 Continue\r\n\r\n"), Failure.timeout),
    "hang up": (lambda handler: handler.raw(b""), Failure.garbled),
    "header cut off": (lambda handler: handler.raw(_HTML + b"X-Frame: a"), Failure.garbled),
    "header cut off after a line": (lambda handler: handler.raw(_HTML), Failure.garbled),
    "status line only": (lambda handler: handler.raw(b"HTTP/1.1 200 OK\r\n"), Failure.garbled),
    "garbage": (lambda handler: handler.raw(bytes(range(256))), Failure.garbled),
    "not HTTP": (lambda handler: handler.raw(b"220 mail.test ESMTP\r\n"), Failure.garbled),
    "two hundred headers": (lambda handler: handler.raw(_HTML + b"X: y\r\n" * 200 + b"\r\n"), Failure.garbled),
    "a header of 100 KB": (lambda handler: handler.raw(_HTML + b"X: " + b"y" * 100_000 + b"\r\n\r\n"), Failure.garbled),
    "endless headers": (_after(_HTML, lambda handler: _pour(handler, b"X: y\r\n")), Failure.garbled),
    "body shorter than it says": (
        lambda handler: handler.raw(_HTML + b"Content-Length: 5000\r\n\r\n<p>Hello"),
        Failure.garbled,
    ),
    "damaged gzip": (
        lambda handler: handler.answer(200, b"\x1f\x8bnonsense", Content_Encoding="gzip"),
        Failure.garbled,
    ),
    "gzip bomb": (lambda handler: handler.answer(200, _BOMB, Content_Encoding="gzip"), Failure.garbled),
    "endless zeros": (_after(_HTML + b"\r\n", lambda handler: _pour(handler, bytes(65536))), Failure.garbled),
}


class Met(NamedTuple):
    """One run that met them all, each on a server of its own."""

    results: dict[str, LinkResult]
    seconds: float
    peak: int
    """Bytes, the servers' own included."""


@pytest.fixture(scope="module")
def met() -> Met:
    sites = {name: Site() for name in HOSTILE}
    links = {sites[name].route("/a", _only_get(page)): name for name, (page, _) in HOSTILE.items()}
    policy = LinkPolicy(
        allow_hosts=("127.0.0.1",),
        timeout_link=1.5,
        retry_pause=0,
        max_total=len(sites),
        cache=False,
        suggest_archive=False,
    )
    tracemalloc.start()
    began = time.monotonic()
    results = check_links(links, policy)
    seconds, (_, peak) = time.monotonic() - began, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    for site in sites.values():
        site.close()
    return Met({links[link]: result for link, result in results.items()}, seconds, peak)


@pytest.mark.parametrize("name", HOSTILE)
def test_it_is_no_verdict(met: Met, name: str) -> None:
    result = met.results[name]
    assert (result.outcome, result.failure, result.status) == (Outcome.unreachable, HOSTILE[name][1], None)


def test_together_they_cost_two_deadlines_and_little_memory(met: Met) -> None:
    assert met.seconds < 2 * 1.5 + 1
    assert met.peak < 30_000_000


@pytest.mark.parametrize("name", ["slow header", "header cut off", "silence", "garbage"])
def test_a_harmful_answer_to_head_is_not_believed_either(site: Site, check: Check, name: str) -> None:
    page, failure = HOSTILE[name]
    url = site.route("/a", page)
    result = check([url], timeout_link=0.4)[url]
    assert (result.outcome, result.failure) == (Outcome.unreachable, failure)


def test_an_endless_page_is_read_as_far_as_64_kb(site: Site, check: Check) -> None:
    poured = 0

    def pour(handler: Handler) -> None:
        nonlocal poured
        handler.close_connection = True
        handler.wfile.write(_HTML + b"\r\n<title>Sleep</title>")
        while not handler.server.closing.is_set():
            poured += handler.wfile.write(b"<p>Word. " * 1000)

    url = site.route("/a", _only_get(pour))
    assert check([url])[url].outcome is Outcome.ok
    assert poured < 8_000_000  # what fits into the buffers between the two


def test_a_refusal_with_an_endless_body_is_not_read(site: Site, check: Check) -> None:
    endless: Page = lambda handler: _pour(handler, b"x" * 65536)  # noqa: E731
    busy = site.route("/a", _after(b"HTTP/1.1 503 Busy\r\nContent-Type: text/html\r\n\r\n", endless))
    on = site.route("/b", _only_get(_after(b"HTTP/1.1 302 Found\r\nLocation: /c\r\n\r\n", endless)))
    site.page("/c")
    began = time.monotonic()
    results = check([busy, on], timeout_link=5)
    assert time.monotonic() - began < 3
    assert [result.outcome for result in results.values()] == [Outcome.unreachable, Outcome.ok]


@pytest.mark.parametrize("encoding", ["gzip", "x-gzip", "deflate"])
def test_a_compressed_page_is_read_though_none_was_asked_for(site: Site, check: Check, encoding: str) -> None:
    text = b"<title>Page not found</title>"
    body = zlib.compress(text) if encoding == "deflate" else gzip.compress(text)
    url = site.route("/a", lambda handler: handler.answer(200, body, Content_Encoding=encoding))
    assert check([url])[url].outcome is Outcome.soft_404


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, gzip", "whatever"])
def test_an_encoding_that_nobody_asked_for_leaves_the_status(site: Site, check: Check, encoding: str) -> None:
    url = site.route("/a", lambda handler: handler.answer(200, b"\x00\x01\x02", Content_Encoding=encoding))
    assert check([url])[url].outcome is Outcome.ok


@pytest.mark.parametrize("piece", ["<a ", "<!--x", "<a x='", "<b><p>", "<![CDATA[", "<svg><title>", "<", "&", "</a "])
def test_markup_that_hangs_parsers_is_read_at_once(site: Site, check: Check, piece: str) -> None:
    url = site.page("/a", piece * 20_000) + "#part"
    began = time.process_time()
    assert check([url], timeout_link=5)[url].outcome is Outcome.ok
    assert time.process_time() - began < 3


def test_nothing_unprintable_leaves_a_page(site: Site, check: Check) -> None:
    url = site.page("/a", "<title>Page not found | \x1b[31mred\x1b]8;;x\x07 \u202egnp\u2028</title>")
    there = site.route(
        "/b", lambda handler: handler.raw(b"HTTP/1.1 302 \x1b\r\nLocation: ftp://x/\x1b[2J\xc2\x9b\r\n\r\n")
    )
    for result in check([url, there, "http://a\x1b[31m.test/\x07", f"{site.url('/c')}#\x1b"]).values():
        texts = (result.reason, result.final_url or "", *result.chain, *result.tried)
        assert all(text.isprintable() for text in texts), texts
