"""Attempts to make medlint speak to somebody it must not: each is refused before a single connection is made."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import textwrap
from collections.abc import Iterator, Sequence

import pytest

from medlint.fetch import Failure, Outcome
from tests.fetch.conftest import Check, Names
from tests.fetch.server import Site

pytestmark = pytest.mark.hostile


@pytest.fixture
def connects(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[tuple[str, int]]]:
    """Every address that a socket was told to connect to."""
    seen: list[tuple[str, int]] = []
    original = socket.socket.connect

    def connect(self: socket.socket, address: tuple[str, int]) -> None:
        seen.append(address[:2])
        original(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect)
    monkeypatch.setattr(socket.socket, "connect_ex", connect)
    yield seen


ADDRESSES = """
http://127.0.0.1/                       http://127.8.9.10/                      http://0.0.0.0/
http://10.0.0.1/                        http://172.16.0.1/                      http://172.31.255.254/
http://192.168.1.1/admin                http://169.254.169.254/latest/meta-data http://100.64.0.1/
http://100.100.100.200/latest           http://168.63.129.16/machine            http://192.0.0.192/
http://198.18.0.1/                      http://192.0.2.7/                       http://203.0.113.9/
http://224.0.0.1/                       http://239.255.255.250/                 http://240.0.0.1/
http://255.255.255.255/                 http://192.88.99.1/                     http://2130706433/
http://0x7f000001/                      http://0x7F.1/                          http://017700000001/
http://0177.0.0.1/                      http://127.1/                           http://127.0.1/
http://0/                               http://127.0.0.1./                      http://0xa9.0xfe.0xa9.0xfe/
http://2852039166/                      http://127.0.0.%31/                     http://%31%32%37.0.0.1/
http://１２７.0.0.1/                     http://127。0。0。1/                      http://①②⑦.⓪.⓪.①/
http://[::1]/                           http://[::]/                            http://[0:0:0:0:0:0:0:1]/
http://[::ffff:127.0.0.1]/              http://[::ffff:7f00:1]/                 http://[::127.0.0.1]/
http://[64:ff9b::127.0.0.1]/            http://[64:ff9b::a9fe:a9fe]/            http://[64:ff9b:1::1]/
http://[2002:7f00:1::]/                 http://[2001:0:53aa:64c::1]/            http://[fe80::1]/
http://[fe80::1%25eth0]/                http://[fc00::1]/                       http://[fd00:ec2::254]/latest
http://[fec0::1]/                       http://[ff02::1]/                       http://[2001:db8::1]/
http://[100::1]/                        http://[::ffff:0:127.0.0.1]/            http://[3fff::1]/
http://localhost/                       http://LOCALHOST/                       http://localhost./
http://localhost%2e/                    http://a.localhost/                     http://ｌｏｃａｌｈｏｓｔ/
http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ/                     http://localhost.localdomain/           http://ip6-localhost/
http://metadata.google.internal/        http://metadata/computeMetadata/        http://printer.local/
http://router.lan/                      http://nas.home.arpa/                   http://intranet/
""".split()

SPELLINGS = """
http://user:password@clinic.test/       http://user@clinic.test/                http://@clinic.test/
http://clinic.test@127.0.0.1/           http://clinic.test:80@127.0.0.1/        http://clinic.test#@127.0.0.1:0/
http://127.0.0.1\\@clinic.test/          http://127.0.0.1:80\\@clinic.test/       http:\\\\127.0.0.1\\
http:/\\127.0.0.1/                      http:127.0.0.1                          http:/127.0.0.1/
http:///127.0.0.1/                      //127.0.0.1/                            //localhost/
http://clinic.test:22/                  http://clinic.test:8080/                https://clinic.test:80/
http://clinic.test:0/                   http://clinic.test:65536/               http://clinic.test:-1/
http://clinic.test:80:80/               http://127.0.0.1%2f@clinic.test/        http://127.0.0.1%23.clinic.test/
http://127.0.0.1%00.clinic.test/        http://[::1/                            http://[::1]x/
http://[127.0.0.1]/                     http://::1/                             http://127.0.0.256/
http://1.2.3.4.5/                       http://0x100000000/                     http://4294967296/
ftp://clinic.test/                      file:///etc/passwd                      gopher://127.0.0.1:6379/_INFO
dict://127.0.0.1:11211/                 javascript:alert(1)                     data:text/html,x
ldap://clinic.test/                     jar:http://127.0.0.1!/                  unix:///var/run/docker.sock
view-source:http://127.0.0.1/           HTTP://127.0.0.1/                       hTTp://LocalHost/
""".split()


@pytest.mark.parametrize(
    "link", [*ADDRESSES, *SPELLINGS, "http://127.0.\t0.1/", "\x01http://127.0.0.1/", "http://loc\nalhost/"]
)
def test_it_is_refused_without_a_connection(check: Check, connects: list[tuple[str, int]], link: str) -> None:
    # Whatever name it may smuggle in stands for a private address.
    names = Names(clinic_test="127.0.0.1", localhost="127.0.0.1", metadata="169.254.169.254")
    result = check([link], resolver=names)[link]
    assert result.outcome in (Outcome.refused, Outcome.invalid), result
    assert connects == []


@pytest.mark.parametrize(
    "answer",
    [
        "127.0.0.1",
        "10.1.2.3",
        "169.254.169.254",
        "100.64.1.1",
        "0.0.0.0",
        "::1",
        "::ffff:127.0.0.1",
        "fe80::1%1",
        "fd00:ec2::254",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        ["8.8.8.8", "127.0.0.1"],
        ["2606:4700::1111", "10.0.0.1"],
    ],
    ids=str,
)
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_name_that_stands_for_a_private_address_is_refused(
    check: Check, connects: list[tuple[str, int]], scheme: str, answer: str | Sequence[str]
) -> None:
    link = f"{scheme}://clinic.test/"
    result = check([link], resolver=Names(clinic_test=answer))[link]
    assert result.outcome is Outcome.refused
    assert "not a public address" in result.reason
    assert connects == []


def test_a_name_is_looked_up_once_so_it_cannot_change_its_mind(check: Check, connects: list[tuple[str, int]]) -> None:
    answers = iter([["127.0.0.1"], ["127.0.0.2"], ["127.0.0.3"]])
    asked = []

    def rebinding(host: str, port: int) -> Sequence[str]:
        asked.append(host)
        return next(answers)

    with Site() as site:
        site.page("/a", "", status=404)
        link = site.url("/a", host="clinic.test")
        result = check([link, site.url("/b", host="clinic.test")], allow_hosts=("clinic.test",), resolver=rebinding)[
            link
        ]
        site.close()
    assert result.outcome is Outcome.broken
    assert asked == ["clinic.test"]
    assert {host for host, _ in connects} == {"127.0.0.1"}


@pytest.mark.parametrize(
    "location",
    [
        "http://127.0.0.2/",
        "//127.0.0.2/",
        "//localhost/",
        "http://169.254.169.254/latest/meta-data/",
        "http://[::ffff:169.254.169.254]/",
        "http://0x7f.1/",
        "https://clinic.test/",
        "http://user:pw@clinic.test/",
        "http://127.0.0.1:1/",
        "\\\\127.0.0.2\\",
        "file:///etc/passwd",
        "ftp://clinic.test/",
        "gopher://127.0.0.1:6379/_FLUSHALL",
        "javascript:alert(1)",
        "data:text/html,<h1>ok",
        "http:/\\127.0.0.2/",
    ],
)
def test_a_redirect_is_checked_like_a_link(
    site: Site, check: Check, connects: list[tuple[str, int]], location: str
) -> None:
    link = site.page("/a", "", status=302, Location=location)
    result = check([link], resolver=Names(clinic_test="192.168.0.1"))[link]
    assert result.outcome in (Outcome.refused, Outcome.invalid)
    assert len(result.chain) == 1
    assert set(connects) == {("127.0.0.1", site.port)}


def test_the_chain_up_to_a_refusal_is_told(site: Site, check: Check) -> None:
    site.page("/b", "", status=302, Location="http://10.0.0.1/x")
    link = site.page("/a", "", status=302, Location="/b")
    result = check([link])[link]
    assert result.chain == (site.url("/b"), "http://10.0.0.1/x")
    assert result.reason.startswith("It redirects to where medlint does not go.")


def test_an_allowed_name_opens_private_addresses_but_not_metadata(
    check: Check, connects: list[tuple[str, int]]
) -> None:
    link = "http://staging.clinic.test/"
    for answer in ("169.254.169.254", "224.0.0.1", "0.0.0.0", "64:ff9b::1", "168.63.129.16"):
        names = Names(staging_clinic_test=answer)
        assert check([link], allow_hosts=("staging.clinic.test",), resolver=names)[link].outcome is Outcome.refused
    assert connects == []


def test_an_allowed_port_is_the_only_one(site: Site, check: Check) -> None:
    with Site() as other:
        other.page("/a")
        assert check([other.url("/a")])[other.url("/a")].outcome is Outcome.refused
        assert check([other.url("/a")], allow_hosts=("127.0.0.1",))[other.url("/a")].outcome is Outcome.ok
        assert other.log
        other.close()


def test_an_allowed_localhost_is_reached_by_name(site: Site, check: Check) -> None:
    site.page("/a")
    link = site.url("/a", host="localhost")
    results = check([link], allow_hosts=(f"LocalHost:{site.port}",), resolver=Names(localhost="127.0.0.1"))
    assert results[link].outcome is Outcome.ok


def test_an_ipv6_host_can_be_allowed(check: Check) -> None:
    try:
        site = Site(address="::1")
    except OSError:
        pytest.skip("no IPv6 loopback here")
    site.page("/a")
    link = f"http://[0:0::1]:{site.port}/a"
    assert check([link], allow_hosts=(f"[::1]:{site.port}",))[link].outcome is Outcome.ok
    site.close()


def test_the_other_addresses_of_a_host_are_tried(site: Site, check: Check) -> None:
    site.page("/a")
    link = site.url("/a", host="clinic.test")
    names = Names(clinic_test=("127.0.0.99", "127.0.0.1"))
    assert check([link], allow_hosts=("clinic.test",), resolver=names)[link].outcome is Outcome.ok


@pytest.mark.parametrize(
    "answer", [[], ["not an address"], ["127.0.0.1", ""], ValueError("x"), UnicodeError("y")], ids=repr
)
def test_a_resolver_that_answers_nonsense_reaches_nobody(
    check: Check, connects: list[tuple[str, int]], answer: Sequence[str] | Exception
) -> None:
    result = check(["http://clinic.test/"], resolver=Names(clinic_test=answer))["http://clinic.test/"]
    assert (result.outcome, result.failure) == (Outcome.unreachable, Failure.lookup_failed)
    assert connects == []


def test_a_real_metadata_server_is_never_asked() -> None:
    """In a network of its own, with a server at the metadata address: it is there, and medlint does not speak to it."""
    if not (shutil.which("unshare") and shutil.which("ip")):
        pytest.skip("needs unshare and ip")
    script = textwrap.dedent(
        """
        import http.server, subprocess, threading, urllib.request
        from medlint.fetch import LinkPolicy, check_links
        for command in ("ip link set lo up", "ip address add 169.254.169.254/32 dev lo"):
            subprocess.run(command.split(), check=True)
        asked = []
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                asked.append(self.path)
                self.send_response(200)
                self.end_headers()
            do_HEAD = do_GET
            def log_message(self, *args): pass
        server = http.server.HTTPServer(("169.254.169.254", 80), Handler)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        urllib.request.urlopen("http://169.254.169.254/control")
        links = ["http://169.254.169.254/", "http://0xa9fea9fe/", "http://[::ffff:a9fe:a9fe]/", "http://meta.test/"]
        policy = LinkPolicy(cache=False, retry_pause=0, suggest_archive=False, allow_hosts=("meta.test",))
        results = check_links(links, policy, resolver=lambda host, port: ["169.254.169.254"])
        print(asked, sorted({str(result.outcome) for result in results.values()}))
        """
    )
    run = subprocess.run(
        ["unshare", "-n", sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=False
    )
    if "unshare" in run.stderr or "Operation not permitted" in run.stderr:
        pytest.skip("no network namespaces here")
    assert run.stdout.strip() == "['/control'] ['refused']", run.stderr
