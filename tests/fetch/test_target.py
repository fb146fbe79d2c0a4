"""URLs as browsers read them."""

from __future__ import annotations

import string
from urllib.parse import urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from medlint.fetch import LinkPolicy, Outcome, check_links
from medlint.fetch.target import Refusal, join, parse
from tests.fetch.conftest import Names

POLICY = LinkPolicy(cache=False, retry_pause=0, suggest_archive=False, host_interval=0, timeout_link=2)


@pytest.mark.parametrize(
    ("text", "url", "fragment"),
    [
        ("https://Clinic.Test", "https://clinic.test/", ""),
        ("HTTPS://clinic.test:443/a", "https://clinic.test/a", ""),
        ("  http://clinic.test/a b?c d#e f ", "http://clinic.test/a%20b?c%20d", "e f"),
        ("https://clinic.test./a", "https://clinic.test/a", ""),
        ("//clinic.test/a", "https://clinic.test/a", ""),
        ("https:\\\\clinic.test\\a\\b?c\\d", "https://clinic.test/a/b?c%5Cd", ""),
        ("https://clinic.test?q", "https://clinic.test/?q", ""),
        ("https://clinic.test#x", "https://clinic.test/", "x"),
        ("https://klinik-köln.test/ä", "https://xn--klinik-kln-lcb.test/%C3%A4", ""),
        ("https://FAẞ.test/", "https://xn--fa-hia.test/", ""),
        ("https://i❤.test/", "https://xn--i-7iq.test/", ""),
        ("https://a_b.test/", "https://a_b.test/", ""),
        ("https://clinic%2Etest/", "https://clinic.test/", ""),
        ("http://134744072/", "http://8.8.8.8/", ""),
        ("http://[2606:4700:0:0::1111]/", "http://[2606:4700::1111]/", ""),
        ("https://clinic.test/\ta\nb", "https://clinic.test/ab", ""),
        ("https://clinic.test/%zz%41", "https://clinic.test/%zz%41", ""),
        ("https://clinic.test/?a[]=1|2", "https://clinic.test/?a%5B%5D=1%7C2", ""),
    ],
)
def test_a_url_has_one_spelling(text: str, url: str, fragment: str) -> None:
    target = parse(text, POLICY)
    assert (target.url, target.fragment) == (url, fragment)
    assert parse(target.url, POLICY).url == url


@pytest.mark.parametrize(
    "text",
    ["", " ", "clinic.test/a", "www.clinic.test", "page.html", "#part", "http://", "https:///a", "https:clinic.test",
     "http://a..b/", "http://.test/", f"http://{'a' * 64}.test/", f"http://{'a.' * 130}test/", "http://a b.test/",
     "http://%ff.test/", "http://\ud800.test/", "http://a<b>.test/", "http://*.test/", "http://[::g]/", "http://-1.0/", "http://1_0.1.1.1/", "http://clinic.test:http/"],
)  # fmt: skip
def test_what_is_no_url_is_invalid(text: str) -> None:
    with pytest.raises(Refusal) as error:
        parse(text, POLICY)
    assert error.value.outcome is Outcome.invalid
    assert error.value.reason.isprintable()
    assert error.value.reason.endswith(".")


def test_a_huge_url_is_not_sent() -> None:
    with pytest.raises(Refusal) as error:
        parse("https://clinic.test/" + "a" * 9000, POLICY)
    assert error.value.outcome is Outcome.refused


def test_hosts_share_a_turn_whatever_the_scheme_but_not_servers_on_other_ports() -> None:
    policy = LinkPolicy(allow_hosts=("clinic.test",))
    origins = [
        parse(url, policy).origin for url in ("http://clinic.test", "https://clinic.test", "http://clinic.test:81")
    ]
    assert origins == ["clinic.test", "clinic.test", "clinic.test:81"]


_PIECES = st.sampled_from(
    ["http", "https", ":", "/", "//", "\\", "?", "#", "@", "[", "]", "%", "%00", "%2e", ".", "..", ":80", ":99999", "::1",
     "127.0.0.1", "0x7f", "localhost", "clinic.test", "xn--", "xn--a", "é", "。", "\u202e", "\ud800", "\x00", "\t", " ",
     "doi:", "10.1000/", "pmid:", "nct", "NCT12345678", "https://doi.org/10.", "https://pubmed.ncbi.nlm.nih.gov/1",
     "a" * 70, "*", "^", "javascript:", "mailto:", "ß", "\u200d", "9" * 50]
)  # fmt: skip
_ANYTHING = (
    st.text() | st.lists(_PIECES, max_size=12).map("".join) | st.lists(_PIECES).map(lambda p: "http://" + "".join(p))
)


@settings(max_examples=400)
@given(_ANYTHING)
def test_parsing_refuses_or_yields_a_canonical_url(text: str) -> None:
    try:
        target = parse(text, POLICY)
    except Refusal as refusal:
        assert refusal.outcome in (Outcome.invalid, Outcome.refused)
        assert refusal.reason.isprintable()
        return
    assert set(target.url) <= set(string.printable) - set(string.whitespace)
    assert replace(parse(target.url, POLICY), fragment=target.fragment) == target
    # An independent reader sees the same host, and nobody else.
    seen = urlsplit(target.url)
    assert (seen.hostname, seen.username, seen.port) == (target.host.strip("[]"), None, None)


@settings(max_examples=200)
@given(_ANYTHING)
def test_joining_a_redirect_refuses_or_yields_a_target(location: str) -> None:
    base = parse("https://clinic.test/a/b?c", POLICY)
    try:
        join(base, location, POLICY)
    except Refusal as refusal:
        assert refusal.reason.isprintable()


@settings(max_examples=30)
@given(st.lists(_ANYTHING, max_size=30))
def test_no_string_raises(links: list[str]) -> None:
    results = check_links(links, POLICY, resolver=Names())
    assert list(results) == list(dict.fromkeys(links))
    assert not any(result.outcome in (Outcome.ok, Outcome.broken, Outcome.moved) for result in results.values())
    assert not any(result.failure == "garbled" for result in results.values())
