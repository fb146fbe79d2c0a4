"""Pages that say "not found", and those that only look like it."""

from __future__ import annotations

import time

import pytest

from medlint.fetch.page import Page, read_page


@pytest.mark.parametrize(
    "title",
    [
        "404",
        "404 Not Found",
        "404 - Not Found",
        "404: Page Not Found",
        "Error 404 (Not Found)!!1",
        "HTTP Status 404 – Not Found",
        "410 Gone",
        "Not Found",
        "Page not found | City Clinic",
        "City Clinic: page not found",
        "Sorry, page not found",
        "Oops! That page can’t be found. – City Clinic",
        "We can’t find the page you’re looking for",
        "Sorry, we can't seem to find the page you're looking for",
        "This page isn't available",
        "The page you requested could not be found",
        "The page you are looking for no longer exists.",
        "Content not found",
        "Article no longer available",
        "Page removed",
        "Seite nicht gefunden",
        "Page introuvable",
        "Página no encontrada",
    ],
)
def test_these_are_not_found(title: str) -> None:
    assert Page(title, "", None).not_found_words == title
    assert Page("City Clinic", title, None).not_found_words == title


@pytest.mark.parametrize(
    "title",
    [
        "",
        "When no cause can be found",
        "Vitamin D not found to help with depression",
        "Not found in breast milk: a list of medicines",
        "Lost and found: what people leave in clinics",
        "404 ways to sleep better",
        "Error rates in 410 hospitals",
        "Missing teeth",
        "Unavailable medicines: what to do",
        "Removed wisdom teeth | City Clinic",
        "How to find a page turner",
        "What if the article of faith is missing",
        "No evidence was found",
        "Content warning",
    ],
)
def test_these_are_about_something_else(title: str) -> None:
    page = Page(title, title, None)
    assert page.not_found_words is None
    assert not page.is_bot_check


@pytest.mark.parametrize(
    "title", ["Just a moment...", "Attention Required! | Cloudflare", "Access Denied", "Are you a robot?"]
)
def test_these_are_bot_checks(title: str) -> None:
    assert Page(title, "", None).is_bot_check


@pytest.mark.parametrize(
    "piece", ["the ", "a", "error ", "oops, ", "the page you ", "a page ", " - ", "404 ", "the page is "]
)
def test_no_title_is_slow_to_judge(piece: str) -> None:
    page = Page(piece * 300, piece * 300, None)
    began = time.perf_counter()
    assert page.not_found_words is None or "404" in piece
    assert time.perf_counter() - began < 0.1


@pytest.mark.parametrize(
    ("body", "charset"),
    [
        ("<title>Fièvre</title>".encode(), "utf-8"),
        ("<title>Fièvre</title>".encode("latin-1"), "ISO-8859-1"),
        (b'<meta charset="windows-1252"><title>Fi\xe8vre</title>', None),
        ("<title>Fièvre</title>".encode("utf-16"), None),
        ("<title>Fièvre</title>".encode(), "no-such-charset"),
    ],
)
def test_the_charset_is_what_it_is_said_to_be(body: bytes, charset: str | None) -> None:
    assert read_page(body, charset, anchors=False, cut=False).title == "Fièvre"
