"""Every outcome, as real servers cause it."""

from __future__ import annotations

import socket

import pytest

from medlint.fetch import Failure, Outcome
from tests.fetch.conftest import Check, Names
from tests.fetch.server import Handler, Site


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (200, Outcome.ok),
        (204, Outcome.ok),
        (206, Outcome.ok),
        (304, Outcome.ok),
        (416, Outcome.ok),
        *((status, Outcome.broken) for status in (404, 410)),
        *((status, Outcome.blocked) for status in (401, 403, 405, 406, 429, 451, 999)),
        *((status, Outcome.unreachable) for status in (302, 400, 408, 500, 501, 520, 599)),
    ],
)
def test_a_status_has_its_outcome(site: Site, check: Check, status: int, outcome: Outcome) -> None:
    url = site.page("/a", "", status=status)
    result = check([url])[url]
    assert (result.outcome, result.status) == (outcome, status)
    assert result.reason.endswith(".")


def test_only_what_was_seen_twice_is_broken(site: Site, check: Check) -> None:
    answers = [404, 404, 200]
    url = site.route("/a", lambda handler: handler.answer(answers.pop(0)))
    result = check([url])[url]
    assert result.outcome is Outcome.ok
    assert result.tried == ("HEAD 404", "GET 404", "GET 200")


def test_a_dead_link_tells_what_was_tried(site: Site, check: Check) -> None:
    result = check([site.url("/gone")])[site.url("/gone")]
    assert result.tried == ("HEAD 404", "GET 404", "GET 404")
    assert result.reason == "The page is not there: the site answers 404 (not found)."


@pytest.mark.parametrize("status", [403, 404, 405, 500, 501])
def test_what_head_is_told_is_not_believed(site: Site, check: Check, status: int) -> None:
    url = site.route("/a", lambda handler: handler.answer(status if handler.command == "HEAD" else 200))
    result = check([url])[url]
    assert result.outcome is Outcome.ok
    assert result.tried == (f"HEAD {status}", "GET 200")


def test_a_head_that_is_never_answered_leaves_time_for_get(site: Site, check: Check) -> None:
    url = site.route("/a", lambda handler: handler.hold() if handler.command == "HEAD" else handler.answer(200))
    assert check([url])[url].tried == ("HEAD timeout", "GET 200")


def test_a_file_is_not_fetched_when_head_says_that_it_is_there(site: Site, check: Check) -> None:
    url = site.page("/a.pdf", Content_Type="application/pdf")
    assert check([url])[url].outcome is Outcome.ok
    assert site.asked("/a.pdf") == ["HEAD"]


def test_a_page_whose_kind_head_does_not_tell_is_read(site: Site, check: Check) -> None:
    def page(handler: Handler) -> None:
        if handler.command == "HEAD":
            handler.raw(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n")
        else:
            handler.answer(200, "<title>Page not found</title>")

    url = site.route("/a", page)
    assert check([url])[url].outcome is Outcome.soft_404


def test_a_body_after_head_does_not_spoil_the_next_answer(site: Site, check: Check) -> None:
    def page(handler: Handler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 9\r\n\r\n<p>Hello.")

    url = site.route("/a", page)
    assert check([url])[url].tried == ("HEAD 200", "GET 200")


def test_a_permanent_redirect_offers_the_new_address(site: Site, check: Check) -> None:
    site.page("/new/page")
    site.page("/mid", "", status=308, Location="/new/page")
    url = site.page("/old/page", "", status=301, Location="/mid")
    result = check([url])[url]
    assert result.outcome is Outcome.moved
    assert result.final_url == site.url("/new/page")
    assert result.chain == (site.url("/mid"), site.url("/new/page"))


def test_a_new_address_keeps_the_part_that_the_link_names(site: Site, check: Check) -> None:
    site.page("/new/page", '<h1 id="dose">Dose</h1>')
    url = site.page("/old/page", "", status=301, Location="/new/page") + "#dose"
    assert check([url])[url].final_url == site.url("/new/page#dose")


@pytest.mark.parametrize("status", [302, 303, 307])
def test_a_temporary_redirect_is_fine(site: Site, check: Check, status: int) -> None:
    site.page("/here/now")
    url = site.page("/there/then", "", status=status, Location="now", X="")
    site.routes["/there/now"] = site.routes["/here/now"]
    result = check([url])[url]
    assert result.outcome is Outcome.ok
    assert result.chain == (site.url("/there/now"),)


def test_a_temporary_hop_spoils_a_permanent_one(site: Site, check: Check) -> None:
    site.page("/c/page")
    site.page("/b/page", "", status=302, Location="/c/page")
    url = site.page("/a/page", "", status=301, Location="/b/page")
    assert check([url])[url].outcome is Outcome.ok


def test_endless_redirects_are_no_verdict(site: Site, check: Check) -> None:
    circle = site.page("/circle", "", status=302, Location="/circle")
    site.routes["/on"] = lambda handler: handler.answer(302, Location=f"/on?{len(handler.server.log)}")
    on_and_on = site.url("/on")
    results = check([circle, on_and_on])
    assert {result.outcome for result in results.values()} == {Outcome.unreachable}
    assert {result.failure for result in results.values()} == {Failure.redirects}
    assert len(results[on_and_on].chain) == 11


@pytest.mark.parametrize("location", ["http://[::1", "https://", "http://a..b/", "http://x:99999/"])
def test_a_redirect_to_no_url_is_reported(site: Site, check: Check, location: str) -> None:
    url = site.page("/a", "", status=302, Location=location)
    result = check([url])[url]
    assert result.outcome is Outcome.invalid
    assert result.chain == (location,)


def test_a_redirect_in_utf8_is_followed(site: Site, check: Check) -> None:
    site.page("/caf%C3%A9")
    url = site.route("/a", lambda handler: handler.raw("HTTP/1.1 302 Found\r\nLocation: /café\r\n\r\n".encode()))
    assert check([url])[url].final_url == site.url("/caf%C3%A9")


@pytest.mark.parametrize("asked", ["/guide/sleep", "/guide"])
def test_a_page_that_became_the_front_page_is_a_soft_404(site: Site, check: Check, asked: str) -> None:
    site.page("/")
    url = site.page(asked, "", status=301, Location="/")
    assert check([url])[url].outcome is Outcome.soft_404


def test_the_front_page_itself_may_be_anywhere(site: Site, check: Check) -> None:
    site.page("/en/")
    url = site.page("/", "", status=302, Location="/en/")
    assert check([url])[url].outcome is Outcome.ok


def test_a_short_link_to_a_front_page_is_fine(site: Site, check: Check) -> None:
    site.page("/")
    url = site.page("/x1", "", status=302, Location=site.url("/", host="clinic.test"))
    results = check([url], allow_hosts=(site.place, "clinic.test"), resolver=Names(clinic_test="127.0.0.1"))
    assert results[url].outcome is Outcome.ok


def test_a_link_that_asks_to_sign_in_is_for_people(site: Site, check: Check) -> None:
    site.page("/login")
    url = site.page("/paper/7", "", status=301, Location="/login?next=/paper/7")
    assert check([url])[url].outcome is Outcome.blocked


def test_a_page_that_says_not_found_is_a_soft_404(site: Site, check: Check) -> None:
    url = site.page("/a", "<title>Page not found | Clinic</title><h1>Sorry</h1>")
    result = check([url])[url]
    assert result.outcome is Outcome.soft_404
    assert "Page not found | Clinic" in result.reason


def test_a_bot_check_is_not_the_page(site: Site, check: Check) -> None:
    said = site.page("/a", "<title>Just a moment...</title>")
    marked = site.page("/b", "", status=503, cf_mitigated="challenge")
    assert {result.outcome for result in check([said, marked]).values()} == {Outcome.blocked}


def test_fragments_share_a_fetch_and_are_looked_for_in_it(site: Site, check: Check) -> None:
    url = site.page("/a", '<h1 id="dose">Dose</h1><a name="old way"></a><p id="user-content-git">x</p>')
    fragments = {
        "#dose": Outcome.ok,
        "#old%20way": Outcome.ok,
        "#git": Outcome.ok,
        "#": Outcome.ok,
        "#top": Outcome.ok,
        "#:~:text=some%20words": Outcome.ok,
        "#dose:~:text=some%20words": Outcome.ok,
        "#dosage:~:text=some%20words": Outcome.soft_404,
        "#!/route": Outcome.ok,
        "#page=3": Outcome.ok,
        "#dosage": Outcome.soft_404,
    }
    results = check([url + fragment for fragment in fragments])
    assert {link.removeprefix(url): result.outcome for link, result in results.items()} == fragments
    assert site.asked("/a") == ["HEAD", "GET"]


def test_a_fragment_below_the_part_that_is_read_proves_nothing(site: Site, check: Check) -> None:
    url = site.page("/a", '<h1 id="dose">Dose</h1>' + "<p>word</p>" * 10_000) + "#end"
    part = site.page("/b", '<h1 id="dose">Dose</h1>', 206, Content_Range="bytes 0-22/99999") + "#end"
    assert {result.outcome for result in check([url, part]).values()} == {Outcome.ok}


def test_a_name_that_does_not_exist_is_broken_only_where_names_do(site: Site, check: Check) -> None:
    url = "https://nowhere.test/a"
    assert check([url], resolver=Names(doi_org="192.0.2.1"))[url].outcome is Outcome.broken
    assert check([url], resolver=Names())[url].outcome is Outcome.unreachable
    known = site.url("/", host="clinic.test")
    results = check([url, known], allow_hosts=("clinic.test",), resolver=Names(clinic_test="127.0.0.1"))
    assert results[url].outcome is Outcome.broken
    assert results[url].failure is Failure.no_such_name


def test_a_name_server_that_fails_is_no_verdict(check: Check) -> None:
    names = Names(clinic_test=socket.gaierror(socket.EAI_AGAIN, "later"), doi_org="192.0.2.1")
    result = check(["https://clinic.test/"], resolver=names)["https://clinic.test/"]
    assert (result.outcome, result.failure) == (Outcome.unreachable, Failure.lookup_failed)


def test_a_closed_port_is_broken_after_two_refusals(check: Check) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        place = f"127.0.0.1:{free.getsockname()[1]}"
    result = check([f"http://{place}/a"], allow_hosts=(place,))[f"http://{place}/a"]
    assert (result.outcome, result.failure) == (Outcome.broken, Failure.refused)
    assert result.tried == ("HEAD connection-refused", "GET connection-refused")


def test_codes_can_be_accepted_for_a_host(site: Site, check: Check) -> None:
    url = site.page("/a", "", status=403)
    assert check([url], accept={"127.0.0.*": (403,)})[url].outcome is Outcome.ok
    assert check([url], accept={"example.org": (403,)})[url].outcome is Outcome.blocked
