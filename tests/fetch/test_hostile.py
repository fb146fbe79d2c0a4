"""Servers that mean harm: none may hold medlint up, fill its memory, or pass for a page that is there."""

from __future__ import annotations

import gzip
import time
import tracemalloc
import zlib
from collections.abc import Callable

import pytest

from medlint.fetch import Failure, Outcome
from tests.fetch.conftest import Check
from tests.fetch.server import Handler, Site

pytestmark = [pytest.mark.hostile, pytest.mark.timeout(20)]

_HTML = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


def _pour(handler: Handler, chunk: bytes) -> None:
    """Without end, as fast as it goes."""
    handler.close_connection = True
    while not handler.server.closing.is_set():
        handler.wfile.write(chunk)


def _bomb(handler: Handler) -> None:
    body = gzip.compress(bytes(40_000_000), 9)
    handler.answer(200, body, Content_Encoding="gzip")


HOSTILE: dict[str, tuple[Callable[[Handler], None], Failure]] = {
    "slow header": (lambda handler: handler.drip(_HTML + b"X: " + b"a" * 9999), Failure.timeout),
    "slow status line": (lambda handler: handler.drip(b"HTTP/1.1 200 " + b"O" * 9999), Failure.timeout),
    "slow body": (
        lambda handler: (handler.wfile.write(_HTML + b"\r\n"), handler.drip(b"<p>" * 9999))[1],
        Failure.timeout,
    ),
    "slow chunks": (
        lambda handler: (
            handler.wfile.write(_HTML + b"Transfer-Encoding: chunked\r\n\r\n"),
            handler.drip(b"1\r\na\r\n" * 9999),
        )[1],
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
    "endless headers": (lambda handler: (handler.wfile.write(_HTML), _pour(handler, b"X: y\r\n"))[1], Failure.garbled),
    "body shorter than it says": (
        lambda handler: handler.raw(_HTML + b"Content-Length: 5000\r\n\r\n<p>Hello"),
        Failure.garbled,
    ),
    "damaged gzip": (
        lambda handler: handler.answer(200, b"\x1f\x8bnonsense", Content_Encoding="gzip"),
        Failure.garbled,
    ),
    "gzip bomb": (_bomb, Failure.garbled),
    "endless zeros": (
        lambda handler: (handler.wfile.write(_HTML + b"\r\n"), _pour(handler, bytes(65536)))[1],
        Failure.garbled,
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_it_is_no_verdict_and_costs_little(site: Site, check: Check, name: str) -> None:
    page, failure = HOSTILE[name]
    url = site.route("/a", lambda handler: handler.answer(405) if handler.command == "HEAD" else page(handler))
    tracemalloc.start()
    began = time.monotonic()
    result = check([url], timeout_link=0.4)[url]
    seconds, (_, peak) = time.monotonic() - began, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (result.outcome, result.failure, result.status) == (Outcome.unreachable, failure, None)
    assert seconds < 1.5
    if name != "gzip bomb":  # There the server is what needs memory.
        assert peak < 8_000_000


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

    url = site.route("/a", lambda handler: handler.answer(405) if handler.command == "HEAD" else pour(handler))
    assert check([url])[url].outcome is Outcome.ok
    assert poured < 8_000_000  # what fits into the buffers between the two


def test_a_refusal_with_an_endless_body_is_not_read(site: Site, check: Check) -> None:
    head = b"HTTP/1.1 503 Busy\r\nContent-Type: text/html\r\n\r\n"
    busy = site.route("/a", lambda handler: (handler.wfile.write(head), _pour(handler, b"x" * 65536))[1])
    head_on = b"HTTP/1.1 302 Found\r\nLocation: /c\r\n\r\n"
    on = site.route(
        "/b",
        lambda handler: (
            handler.answer(405)
            if handler.command == "HEAD"
            else (handler.wfile.write(head_on), _pour(handler, b"x" * 65536))[1]
        ),
    )
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
    began = time.monotonic()
    assert check([url], timeout_link=5)[url].outcome is Outcome.ok
    assert time.monotonic() - began < 3


def test_nothing_unprintable_leaves_a_page(site: Site, check: Check) -> None:
    url = site.page("/a", "<title>Page not found | \x1b[31mred\x1b]8;;x\x07 \u202egnp\u2028</title>")
    there = site.route(
        "/b", lambda handler: handler.raw(b"HTTP/1.1 302 \x1b\r\nLocation: ftp://x/\x1b[2J\xc2\x9b\r\n\r\n")
    )
    for result in check([url, there, "http://a\x1b[31m.test/\x07", f"{site.url('/c')}#\x1b"]).values():
        texts = (result.reason, result.final_url or "", *result.chain, *result.tried)
        assert all(text.isprintable() for text in texts), texts
