"""Identifiers are asked for where they are registered, and copies where pages are archived."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from medlint.fetch import Endpoints, Outcome
from medlint.fetch.archive import copy_in
from medlint.fetch.identifiers import Identifier, Registry, recognise
from medlint.fetch.target import Refusal
from tests.fetch.conftest import Check
from tests.fetch.server import Handler, Site


@pytest.mark.parametrize(
    ("text", "registry", "value"),
    [
        ("https://doi.org/10.1000/xyz.123", Registry.doi, "10.1000/xyz.123"),
        ("http://dx.doi.org/10.1000/XYZ", Registry.doi, "10.1000/xyz"),
        ("https://doi.org/10.1000%2Fxyz#part", Registry.doi, "10.1000/xyz"),
        ("doi:10.1000/a(b)<c>;2-d", Registry.doi, "10.1000/a(b)<c>;2-d"),
        ("DOI: 10.1000.10/1", Registry.doi, "10.1000.10/1"),
        ("https://pubmed.ncbi.nlm.nih.gov/12345678/", Registry.pubmed, "12345678"),
        ("https://pubmed.ncbi.nlm.nih.gov/123/#abstract", Registry.pubmed, "123"),
        ("http://www.ncbi.nlm.nih.gov/pubmed/123?dopt=Abstract", Registry.pubmed, "123"),
        ("pmid:123", Registry.pubmed, "123"),
        ("https://www.ncbi.nlm.nih.gov/pmc/articles/PMC123456/", Registry.pmc, "123456"),
        ("https://pmc.ncbi.nlm.nih.gov/articles/PMC1/pdf/x.pdf", Registry.pmc, "1"),
        ("https://clinicaltrials.gov/study/NCT01234567", Registry.trials, "NCT01234567"),
        ("https://clinicaltrials.gov/ct2/show/nct01234567?term=x", Registry.trials, "NCT01234567"),
        ("NCT01234567", Registry.trials, "NCT01234567"),
    ],
)
def test_an_identifier_is_recognised(text: str, registry: Registry, value: str) -> None:
    assert recognise(text) == Identifier(registry, value)


@pytest.mark.parametrize(
    "text",
    ["doi:", "doi:10.1000", "doi:10.1/x", "doi:11.1000/x", "https://doi.org/10.1000/", "https://doi.org/10.1000/a b",
     "https://pubmed.ncbi.nlm.nih.gov/123456789/", "https://pubmed.ncbi.nlm.nih.gov/0123/", "pmid:abc", "pmid:12a",
     "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC12x/", "NCT123", "https://clinicaltrials.gov/study/NCT012345678"],
)  # fmt: skip
def test_one_that_cannot_exist_is_invalid(check: Check, text: str) -> None:
    with pytest.raises(Refusal):
        recognise(text)
    assert check([text])[text].outcome is Outcome.invalid


@pytest.mark.parametrize(
    "text",
    ["https://doi.org/", "https://www.doi.org/the-identifier/what-is-a-doi/", "https://pubmed.ncbi.nlm.nih.gov/?term=sleep",
     "https://pubmed.ncbi.nlm.nih.gov/advanced/", "https://clinicaltrials.gov/search?cond=sleep", "https://example.org/10.1000/x",
     "https://www.ncbi.nlm.nih.gov/books/NBK1/", "https://evil.test/https://doi.org/10.1000/x", "", "x" * 10_000],
)  # fmt: skip
def test_other_pages_are_just_pages(text: str) -> None:
    assert recognise(text) is None


HANDLES = {"10.1000/here": 1, "10.1000/bare": 200, "10.1000/none": 100, "10.1000/odd": 2}


@pytest.fixture
def registries(site: Site) -> Endpoints:
    """The registries, in small."""

    def say(handler: Handler, answer: Any, status: int = 200) -> None:
        handler.answer(status, json.dumps(answer), Content_Type="application/json")

    def search(handler: Handler) -> None:
        query = parse_qs(urlsplit(handler.path).query)
        number = query["term"][0].removesuffix("[uid]")
        found = (query["db"][0], number) in {("pubmed", "123"), ("pmc", "77")}
        say(handler, {"esearchresult": {"count": str(int(found)), "idlist": [number] * found}})

    def handle(handler: Handler) -> None:
        code = HANDLES[handler.path.partition("?")[0].removeprefix("/api/handles/")]
        say(handler, {"responseCode": code}, 404 if code == 100 else 200)

    site.routes |= {f"/api/handles/{doi}": handle for doi in HANDLES}
    site.routes["/entrez/eutils/esearch.fcgi"] = search
    site.routes["/api/v2/studies/NCT01234567"] = lambda handler: say(handler, {"protocolSection": {}})
    return Endpoints(*[f"http://{site.place}"] * 4)


@pytest.mark.parametrize(
    ("link", "outcome"),
    [
        ("https://doi.org/10.1000/here", Outcome.ok),
        ("doi:10.1000/HERE", Outcome.ok),
        ("doi:10.1000/bare", Outcome.ok),
        ("https://doi.org/10.1000/none", Outcome.broken),
        ("doi:10.1000/odd", Outcome.unreachable),
        ("doi:10.1000/html-instead", Outcome.unreachable),
        ("https://pubmed.ncbi.nlm.nih.gov/123/", Outcome.ok),
        ("pmid:999", Outcome.broken),
        ("https://pmc.ncbi.nlm.nih.gov/articles/PMC77/", Outcome.ok),
        ("https://pmc.ncbi.nlm.nih.gov/articles/PMC123/", Outcome.broken),
        ("https://clinicaltrials.gov/study/NCT01234567", Outcome.ok),
        ("NCT99999999", Outcome.broken),
    ],
)
def test_the_registry_decides(check: Check, registries: Endpoints, link: str, outcome: Outcome) -> None:
    result = check([link], endpoints=registries)[link]
    assert result.outcome is outcome, result


def test_a_registry_that_is_busy_or_silent_is_no_verdict(site: Site, check: Check, registries: Endpoints) -> None:
    site.page("/api/handles/10.1000/busy", "", status=429, Retry_After="999")
    site.page("/api/handles/10.1000/sick", "", status=500)
    site.page("/api/handles/10.1000/text", "[" * 30_000)
    site.page("/api/handles/10.1000/list", "[1]")
    outcomes = [result.outcome for result in check([f"doi:10.1000/{name}" for name in ("busy", "sick", "text", "list")],
                                                   endpoints=registries).values()]  # fmt: skip
    assert outcomes == [Outcome.blocked] + [Outcome.unreachable] * 3


def test_spellings_of_an_identifier_share_one_question(site: Site, check: Check, registries: Endpoints) -> None:
    check(["doi:10.1000/here", "https://doi.org/10.1000/HERE", "http://dx.doi.org/10.1000/here"], endpoints=registries)
    assert len(site.log) == 1


def _copies(address: str, available: bool = True, status: str = "200") -> bytes:
    closest = {"available": available, "url": address, "timestamp": "20200102030405", "status": status}
    return json.dumps({"url": "x", "archived_snapshots": {"closest": closest}}).encode()


COPY = "http://web.archive.org/web/20200102030405/https://clinic.test/a"


def test_a_broken_link_gets_an_archived_copy_and_only_a_broken_one(site: Site, check: Check) -> None:
    site.routes["/wayback/available"] = lambda handler: handler.answer(200, _copies(COPY), Content_Type="text/json")
    dead, soft = site.url("/dead?x=1&y=2"), site.page("/soft", "<title>Not found</title>")
    endpoints = Endpoints(archive=f"http://{site.place}")
    results = check([dead, soft, site.page("/ok")], suggest_archive=True, endpoints=endpoints)
    assert [result.archive for result in results.values()] == [COPY.replace("http:", "https:", 1), None, None]
    asked = [parse_qs(urlsplit(asked.path).query)["url"] for asked in site.log if "wayback" in asked.path]
    assert asked == [[dead]]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[]",
        b'{"archived_snapshots": {}}',
        b"[" * 65_000,
        _copies(COPY, available=False),
        _copies(COPY, status="404"),
        _copies("javascript:alert(1)"),
        _copies("https://web.archive.org.evil.test/web/2020/https://a"),
        _copies("https://web.archive.org/web/2020/https://a\x1b[31m"),
        _copies("https://web.archive.org/web/2020/"),
    ],
)
def test_an_answer_without_a_usable_copy_suggests_none(body: bytes) -> None:
    assert copy_in(body) is None
