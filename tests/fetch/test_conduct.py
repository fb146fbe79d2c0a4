"""Manners: how often, how fast, and as whom medlint asks."""

from __future__ import annotations

import threading
import time
from collections import Counter
from email.utils import formatdate
from itertools import pairwise
from pathlib import Path

import pytest

from medlint.fetch import INTERRUPTED, Outcome, check_links, network_seems_down
from medlint.fetch.sweep import Task, sweep
from tests.fetch.conftest import Check, Names
from tests.fetch.server import Handler, Site


def test_a_url_is_asked_for_once_however_often_it_is_cited(site: Site, check: Check) -> None:
    url = site.page("/a")
    spellings = [url, url, url + "#x", url.replace("http", "HTTP", 1), f" {url} ", url.replace("/a", "\\a")]
    results = check(spellings)
    assert list(results) == list(dict.fromkeys(spellings))
    assert site.asked("/a") == ["HEAD", "GET"]


def test_it_says_who_it_is_and_asks_for_little(site: Site, check: Check) -> None:
    check([site.page("/a")])
    headers = site.log[-1].headers
    assert headers["User-Agent"].startswith("medlint/")
    assert "+https://" in headers["User-Agent"]
    assert headers["Range"] == "bytes=0-65535"
    assert headers["Accept-Encoding"] == "identity"
    assert headers["Host"] == site.place


def test_it_carries_nothing_from_one_page_to_another(site: Site, check: Check) -> None:
    first = site.page("/a", Set_Cookie="session=1; Path=/")
    second = site.page("/b", "", status=302, Location="/a", Set_Cookie="other=2")
    check([first, second])
    assert not any({"Cookie", "Authorization", "Referer"} & set(asked.headers) for asked in site.log)


def test_the_environment_adds_neither_proxy_nor_password(
    site: Site, check: Check, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("default login me password secret\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    with Site() as proxy:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, proxy.url("/"))
        url = site.page("/a")
        assert check([url])[url].outcome is Outcome.ok
        assert not proxy.log
        proxy.close()
    assert not any("Authorization" in asked.headers for asked in site.log)


def test_a_host_gets_one_request_at_a_time_even_through_redirects(check: Check) -> None:
    busy: Counter[str] = Counter()
    most: Counter[str] = Counter()
    lock = threading.Lock()

    def page(handler: Handler) -> None:
        place = handler.server.place
        with lock:
            busy[place] += 1
            most[place] = max(most[place], busy[place])
        time.sleep(0.01)
        with lock:
            busy[place] -= 1
        # Half of the links of each host end at the next one.
        number = int(handler.path.rpartition("/")[2])
        if handler.path.startswith("/to/"):
            handler.answer(302, Location=sites[(sites.index(handler.server) + 1) % 3].url(f"/at/{number}"))
        else:
            handler.answer(200, Content_Type="text/plain")

    sites = [Site() for _ in range(3)]
    for site in sites:
        site.routes = {f"/{kind}/{number}": page for kind in ("to", "at") for number in range(6)}
    links = [site.url(path) for site in sites for path in site.routes]
    results = check(links, allow_hosts=tuple(site.place for site in sites), max_total=8, timeout_link=5)
    for site in sites:
        site.close()
    assert {result.outcome for result in results.values()} == {Outcome.ok}
    assert set(most.values()) == {1}


def test_no_more_hosts_are_visited_at_once_than_allowed(check: Check) -> None:
    busy: list[int] = [0, 0]
    lock = threading.Lock()

    def page(handler: Handler) -> None:
        with lock:
            busy[0] += 1
            busy[1] = max(busy)
        time.sleep(0.03)
        with lock:
            busy[0] -= 1
        handler.answer(200, Content_Type="text/plain")

    sites = [Site() for _ in range(6)]
    links = [site.route("/a", page) for site in sites]
    check(links, allow_hosts=("127.0.0.1",), max_total=3, timeout_link=5)
    for site in sites:
        site.close()
    assert busy[1] == 3


def test_links_of_an_allowed_host_are_not_paced(site: Site, check: Check) -> None:
    links = [site.page(f"/{number}", Content_Type="text/plain") for number in range(4)]
    check(links, host_interval=5)
    assert site.log[-1].at - site.log[0].at < 2


def test_links_of_a_host_that_is_not_there_do_not_wait_for_each_other(check: Check) -> None:
    began = time.monotonic()
    found = check([f"https://nowhere.example/{number}" for number in range(4)], host_interval=5)
    assert time.monotonic() - began < 4
    assert {result.outcome for result in found.values()} == {Outcome.unreachable}


def test_links_of_a_stranger_are_paced() -> None:
    starts: dict[str, list[float]] = {"a": [], "b": []}

    def task(host: str, number: int) -> Task[None]:
        return Task(host, f"{host}{number}", lambda: starts[host].append(time.monotonic()))

    tasks = [task(host, number) for host in starts for number in range(4)]
    end = time.monotonic() + 5
    done = sweep(tasks, workers=4, interval=lambda host, result: 0.1, stop=threading.Event(), end=end)
    assert sorted(key for key, _ in done) == [task.key for task in tasks]
    for times in starts.values():
        assert min(later - earlier for earlier, later in pairwise(times)) >= 0.1
    # The hosts take turns at the same time.
    assert max(map(max, starts.values())) - min(map(min, starts.values())) < 0.6


@pytest.mark.parametrize("status", [429, 503])
def test_a_wait_that_a_host_asks_for_is_kept_and_does_not_count(site: Site, check: Check, status: int) -> None:
    times: list[float] = []

    def page(handler: Handler) -> None:
        times.append(time.monotonic())
        handler.answer(200 if len(times) > 1 else status, Retry_After="1", Content_Type="text/plain")

    url = site.route("/a", page)
    result = check([url], timeout_link=0.5)[url]
    assert result.outcome is Outcome.ok
    assert times[1] - times[0] >= 1


def test_a_wait_that_is_too_long_or_nonsense_is_not_kept(check: Check) -> None:
    later = formatdate(time.time() + 9e5, usegmt=True)
    waits = ["86400", "1000000000", "9" * 5000, later, "soon", "-1", "1.5", "0"]
    sites = [Site() for _ in waits]
    links = [site.page("/a", "", status=429, Retry_After=wait) for site, wait in zip(sites, waits, strict=True)]
    began = time.monotonic()
    results = check(links, allow_hosts=("127.0.0.1",), max_total=len(links))
    assert time.monotonic() - began < 4
    assert {result.outcome for result in results.values()} == {Outcome.blocked}
    for site in sites:
        site.close()


def test_ten_runs_tell_the_same(site: Site, check: Check) -> None:
    site.page("/new/page")
    links = [
        site.page("/ok"),
        site.url("/dead"),
        site.page("/soft", "<title>Page not found</title>"),
        site.page("/denied", "", status=403),
        site.page("/broken", "", status=500),
        site.page("/old/page", "", status=301, Location="/new/page"),
        site.page("/circle", "", status=302, Location="/circle"),
        site.route("/garbage", lambda handler: handler.raw(b"\0\1")),
        site.route("/cut", lambda handler: handler.raw(b"HTTP/1.1 200 OK\r\nContent-")),
        site.page("/x", '<p id="a">a</p>') + "#b",
        "http://10.0.0.1/",
        "doi:10",
        *(site.page(f"/{number}") for number in range(20)),
    ]
    runs = [check(links, max_total=8, timeout_link=10) for _ in range(10)]
    different = [{url: (runs[0][url], run[url]) for url in run if run[url] != runs[0][url]} for run in runs]
    assert not any(different)
    assert {result.outcome for result in runs[0].values()} == set(Outcome) - {Outcome.skipped}


def test_progress_is_told_to_the_end(site: Site, check: Check) -> None:
    told: list[tuple[int, int]] = []
    check([site.page("/a"), site.url("/dead"), "http://10.0.0.1/"], progress=lambda *step: told.append(step))
    assert told[-1] == (2, 2)
    assert told == sorted(told)


def test_ctrl_c_leaves_what_is_known(site: Site, check: Check) -> None:
    links = [site.page("/a"), site.url("/dead"), *(site.page(f"/{number}") for number in range(50))]

    def stop(done: int, total: int) -> None:
        if done == 3:
            raise KeyboardInterrupt

    results = check(links, progress=stop)
    assert list(results) == links
    assert results[links[0]].outcome is Outcome.ok
    # It failed once, which is not enough to call it broken.
    assert (results[links[1]].outcome, results[links[1]].reason) == (Outcome.skipped, INTERRUPTED)
    assert results[links[-1]].reason == INTERRUPTED


def test_a_run_ends_when_its_time_is_up(site: Site, check: Check) -> None:
    slow = [site.route(f"/{number}", lambda handler: handler.hold()) for number in range(20)]
    quick = site.page("/quick")
    began = time.monotonic()
    results = check([quick, *slow], timeout_link=5, timeout_run=0.7)
    assert time.monotonic() - began < 2
    assert results[quick].outcome is Outcome.ok
    assert {results[link].outcome for link in slow} == {Outcome.skipped}
    assert "0.7 seconds" in results[slow[-1]].reason


def test_offline_asks_nobody_and_still_knows_nonsense(site: Site, check: Check) -> None:
    url = site.page("/a")
    results = check([url, "http:///", "http://10.0.0.1/", "doi:10.1000/x", "doi:x"], offline=True)
    outcomes = [result.outcome for result in results.values()]
    assert outcomes == [Outcome.skipped, Outcome.invalid, Outcome.refused, Outcome.skipped, Outcome.invalid]
    assert not site.log


@pytest.mark.parametrize(
    ("pattern", "path", "skipped"),
    [
        ("127.0.0.1*", "/a", True),
        ("*/a", "/a", True),
        ("http://127.0.0.1:*/private", "/private/x", True),
        ("http://127.0.0.1:*/private/*", "/private/x", True),
        ("*.pdf", "/a.pdf", True),
        ("*.pdf", "/a", False),
        ("example.org", "/a", False),
    ],
)
def test_patterns_exclude(site: Site, check: Check, pattern: str, path: str, skipped: bool) -> None:
    url = site.page(path)
    assert (check([url], exclude=(pattern,))[url].outcome is Outcome.skipped) == skipped
    assert bool(site.log) != skipped


def test_a_run_has_a_most(site: Site, check: Check) -> None:
    links = [site.page(f"/{number}") for number in range(5)]
    outcomes = [result.outcome for result in check([*links, links[0] + "#x"], max_links=3).values()]
    assert outcomes == [Outcome.ok] * 3 + [Outcome.skipped] * 2 + [Outcome.ok]


def test_without_a_network_nothing_is_broken_and_it_shows(check: Check) -> None:
    links = [f"https://clinic{number}.test/" for number in range(30)]
    names = Names()
    results = check(links, resolver=names)
    assert {result.outcome for result in results.values()} == {Outcome.unreachable}
    assert network_seems_down(results)
    assert len(names.asked) <= 33  # each once, and the names that always exist


def test_without_name_servers_the_wait_is_short(check: Check) -> None:
    asked = []

    def hang(host: str, port: int) -> list[str]:
        asked.append((host, port))
        time.sleep(3)
        return []

    began = time.monotonic()
    results = check([f"https://clinic{number}.test/" for number in range(60)], resolver=hang, timeout_link=0.3)
    assert time.monotonic() - began < 8
    assert network_seems_down(results)
    assert len(asked) < 30


def test_one_answer_shows_that_the_network_is_there(site: Site, check: Check) -> None:
    assert not network_seems_down(check([site.url("/dead"), "https://clinic.test/"]))
    assert not network_seems_down({})
    assert not network_seems_down(check(["http://10.0.0.1/", "doi:x"]))


def test_without_a_policy_strangers_are_asked_politely(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("MEDLINT_CACHE_DIR", str(tmp_path))
    result = check_links(["http://127.0.0.1:9/"])["http://127.0.0.1:9/"]
    assert result.outcome is Outcome.refused
