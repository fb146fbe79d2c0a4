"""What a page says of itself to machines: every origin, each value at its place, and nothing that breaks the article."""

from __future__ import annotations

import codecs
import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medlint.document import Document, Kind, Zone
from medlint.readers import read
from medlint.source import Source


def markdown(front: str, body: str = "Rest and drink.\n") -> Document:
    return read(Source(f"{front}\n{body}", "a.md"))


def ld(data: object) -> Document:
    text = data if isinstance(data, str) else json.dumps(data)
    return read(
        Source(
            f'<html><head><script type="application/ld+json">{text}</script></head><body><h1>Flu</h1></body></html>',
            "a.html",
        )
    )


YAML = """---
title: "It\\u2019s only a cold"
author:
  - Jon Falk
  - name: Ann Bee
    url: /ann
medical_reviewer: {name: 'Siân O''Neill', credentials: [MB BS, MRCGP], date: 2026-05-03}
date: 2024-10-04
lastmod: 2026-05-02T08:00:00+02:00
next-review: May 2028
sources: [https://example.org/a, {title: Flu, url: https://example.org/b}]
draft: true
medlint:
  ignore:
    author-missing: The desk signs for it.
---
"""


def test_yaml_front_matter() -> None:
    metadata = markdown(YAML).metadata
    assert metadata.title == "It’s only a cold"
    assert [person.name for person in metadata.authors] == ["Jon Falk", "Ann Bee"]
    assert metadata.authors[1].url == "/ann"
    assert [(p.name, p.credentials) for p in metadata.reviewers] == [("Siân O'Neill", ("MB BS", "MRCGP"))]
    dates = (metadata.published, metadata.updated, metadata.reviewed, metadata.due)
    assert [[date.stated for date in of_role] for of_role in dates] == [
        ["2024-10-04"],
        ["2026-05-02"],
        ["2026-05-03"],
        ["2028-05"],
    ]
    assert metadata.citations == ("https://example.org/a", "Flu")
    assert metadata.states == {"draft"}
    assert metadata.suppressions == {"author-missing": "The desk signs for it."}
    assert metadata.problems == ()


def test_values_of_front_matter_are_where_they_stand() -> None:
    document = markdown(YAML)
    source = document.source
    assert [source.slice(person.span) for person in document.metadata.authors] == ["Jon Falk", "Ann Bee"]
    assert source.slice(document.metadata.reviewers[0].span) == "Siân O''Neill"
    assert source.slice(document.metadata.updated[0].span) == "2026-05-02T08:00:00+02:00"


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_places_hold_with_every_newline(newline: str) -> None:
    text = "---\n# \U0001f600 note\ntitle: Flu\nreviewer: Ada Lim\n---\n\nRest.\n".replace("\n", newline)
    document = read(Source(text, "a.md"))
    assert [document.source.slice(p.span) for p in document.metadata.reviewers] == ["Ada Lim"]


def test_title_of_front_matter_is_a_block_where_there_is_no_h1() -> None:
    document = markdown(YAML)
    title = document.title
    assert title is not None
    assert (title.zone, title.kind, title.text) == (Zone.TITLE, Kind.HEADING, "It’s only a cold")
    assert document.source.slice(title.span(5, 9)) == "only"
    assert document.source.slice(title.span(0, 4)) == "It\\u2019s"


def test_title_of_front_matter_gives_way_to_an_h1() -> None:
    title = markdown(YAML, "# Colds\n\nRest.\n").title
    assert title is not None
    assert title.text == "Colds"


def test_toml_front_matter() -> None:
    text = '+++\ntitle = "Flu"\ndate = 2024-10-04\n[[reviewers]]\nname = "Ada Lim"\ncredentials = "MD"\n[[reviewers]]\nname = "Ben Oduya"\n+++\n'
    document = markdown(text)
    assert [person.name for person in document.metadata.reviewers] == ["Ada Lim", "Ben Oduya"]
    assert [document.source.slice(p.span) for p in document.metadata.reviewers] == ["Ada Lim", "Ben Oduya"]
    assert document.source.slice(document.metadata.published[0].span) == "2024-10-04"


def test_json_front_matter_is_read_and_never_linted() -> None:
    document = markdown('{\n  "title": "Flu",\n  "reviewer": "Ada Lim, MD"\n}\n')
    assert document.source.slice(document.metadata.reviewers[0].span) == "Ada Lim, MD"
    assert [block.text for block in document.blocks] == ["Flu", "Rest and drink."]


@pytest.mark.parametrize(
    "front",
    [
        "---\ntitle: [unclosed\n---\n",
        "---\ntitle: a: b\n---\n",
        "---\na: &x [1]\nb: *x\n---\n",
        "---\ntitle: x\n\ttab: y\n---\n",
        "+++\ntitle = \n+++\n",
        "---\n" + "a: " + "[" * 5000 + "\n---\n",
    ],
)
def test_bad_front_matter_is_a_problem_with_a_place_and_loses_no_body(front: str) -> None:
    document = markdown(front)
    assert [problem.kind for problem in document.metadata.problems] == ["front-matter"]
    assert document.metadata.problems[0].span.start < len(front)
    assert [block.text for block in document.blocks] == ["Rest and drink."]


@pytest.mark.parametrize(
    "front", ["---\n- a\n- b: c\n---\n", "---\ntitle:\nreviewer: ~\ndate: soon\n---\n", "---\n# nothing\n---\n"]
)
def test_odd_front_matter_is_no_problem(front: str) -> None:
    metadata = markdown(front).metadata
    assert (metadata.problems, metadata.authors, metadata.published) == ((), (), ())


@pytest.mark.parametrize(
    "front",
    ["---\ntitle: x\n", "+++\ntitle = 'x'\n", '{"title": "x",\n', "---\nJust words.\n---\n", "---\n- a\n---\n", "---\n7\n---\n", "---\n---\n",
     "---\na: 1\na: 2\n---\n", "+++\na = 1\na = 2\n+++\n", "---\ndate: 2026-13-45\n---\n", "---\ndate: 99999-01-01\n---\n",
     "---\ndate: 2026-01-01T25:61:00+99:00\n---\n", "---\ntitle: x\n...\n", "---\ntitle: x\n+++\n", "----\ntitle: x\n----\n", "--- \ntitle: x\n--- \n",
     "---\ntitle: \x07\0\n---\n", "---\ntitle: !!python/object:os.system x\n---\n", "---\n? [a]\n: b\n---\n", "---\n<<: {a: b}\n---\n",
     "---\nn: " + "9" * 5000 + "\n---\n", "---\ntitle: 'x\n---\n", "---\nreviewer: [[[Ann]]]\n---\n", "{}\n", "[1]\n", '{"a": NaN}\n'],
)  # fmt: skip
def test_no_front_matter_loses_the_body(front: str) -> None:
    for newline in ("\n", "\r\n", "\r"):
        data = codecs.BOM_UTF8 + (front + "\nRest and drink.\n").replace("\n", newline).encode()
        blocks = read(Source.decode(data, "a.md")).blocks
        assert any("Rest and drink." in block.text for block in blocks), newline


def test_json_ld_graph_with_references() -> None:
    document = ld(
        {
            "@context": "https://schema.org",
            "@graph": [
                {"@type": "WebSite", "name": "Northgate"},
                {"@type": ["MedicalWebPage"], "@id": "#page", "reviewedBy": {"@id": "#ada"}, "lastReviewed": "2026-05-02", "mainEntity": {"@id": "#a"}},
                {"@type": "Article", "@id": "#a", "headline": "Flu", "author": [{"@id": "#jon"}, "Ann Bee"], "datePublished": "Thu, 09/25/2025 - 11:38"},
                {"@type": "Person", "@id": "#ada", "name": "Ada Lim", "honorificPrefix": "Dr", "honorificSuffix": "MD", "jobTitle": "Cardiologist", "sameAs": ["https://orcid.org/1"]},
                {"@type": "Person", "@id": "#jon", "givenName": "Jon", "familyName": "Falk"},
                {"@type": "ItemList", "itemListElement": [{"@type": "Article", "author": "Somebody Else"}]},
            ],
        }
    )  # fmt: skip
    metadata = document.metadata
    reviewer = metadata.reviewers[0]
    assert (reviewer.name, reviewer.credentials, reviewer.url, reviewer.text) == (
        "Ada Lim",
        ("MD", "Cardiologist"),
        "https://orcid.org/1",
        "Dr Ada Lim",
    )
    assert [person.name for person in metadata.authors] == ["Jon Falk", "Ann Bee"]
    assert (metadata.published[0].stated, metadata.reviewed[0].stated) == ("2025-09-25", "2026-05-02")
    assert (metadata.title, metadata.site, metadata.types) == ("Flu", "Northgate", ("MedicalWebPage", "Article"))
    assert document.source.slice(reviewer.span) == "Ada Lim"
    assert metadata.problems == ()


def test_references_resolve_between_blocks() -> None:
    text = (
        '<script type="application/ld+json">{"@type": "WebPage", "reviewedBy": {"@id": "#x"}}</script>'
        '<script type="application/ld+json">{"@type": "Person", "@id": "#x", "name": "Ada Lim"}</script>'
    )
    assert [person.name for person in read(Source(text, "a.html")).metadata.reviewers] == ["Ada Lim"]


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        ('{"@type": "Article",}', "json-ld"),
        ('{"@type": "Article"', "json-ld"),
        ("[" * 3000, "json-ld"),
        ('{"a":' * 3000, "json-ld"),
        ("{'@type': 'Article'}", "json-ld"),
        ('{"n": ' + "9" * 5000 + "}", "json-ld"),
        ('{"@type": "WebPage", "reviewedBy": {"@id": "#gone"}}', "reference"),
        ('{"@type": "WebPage", "lastReviewed": "YYYY-MM-DD"}', "date"),
        ('{"@type": "Article", "reviewedBy": "Ada Lim"}', "reviewed-by-misplaced"),
    ],
)
def test_unusable_data_is_reported(data: str, kind: str) -> None:
    document = ld(data)
    assert [problem.kind for problem in document.metadata.problems] == [kind]
    start = document.source.text.find("<script")
    assert start < document.metadata.problems[0].span.start < len(document.source.text)


@pytest.mark.parametrize(
    "data",
    [
        '<!-- {"@type": "WebPage", "reviewedBy": "Ada Lim"} -->',
        '//<![CDATA[\n{"@type": "WebPage", "reviewedBy": "Ada Lim"}\n//]]>',
        '\n\ufeff{"@type": "WebPage", "reviewedBy": "Ada\tLim"}',
    ],
)
def test_wrappings_and_control_characters_are_let_pass(data: str) -> None:
    metadata = ld(data).metadata
    assert metadata.problems == ()
    assert metadata.reviewers[0].name.split() == ["Ada", "Lim"]


def test_other_json_in_scripts_is_no_structured_data() -> None:
    metadata = read(
        Source('<script type="application/json">{"reviewedBy": broken</script><p>Rest.</p>', "a.html")
    ).metadata
    assert (metadata.problems, metadata.reviewers) == ((), ())


def test_graph_that_refers_to_itself() -> None:
    metadata = ld(
        {
            "@graph": [
                {
                    "@id": "#a",
                    "@type": "WebPage",
                    "mainEntity": {"@id": "#a"},
                    "reviewedBy": {"@id": "#a"},
                    "name": "Flu",
                }
            ]
        }
    ).metadata
    assert [person.name for person in metadata.reviewers] == ["Flu"]


def test_large_data_is_read_in_time() -> None:
    entries = [{"@type": "Comment", "text": "word " * 20, "author": {"name": f"N{i}"}} for i in range(8000)]
    started = time.perf_counter()
    metadata = ld({"@type": "WebPage", "comment": entries, "reviewedBy": "Ada Lim"}).metadata
    assert time.perf_counter() - started < 3
    assert [person.name for person in metadata.reviewers] == ["Ada Lim"]


def test_microdata() -> None:
    text = """<main itemscope itemtype="https://schema.org/MedicalWebPage"><h1 itemprop="headline">Flu</h1>
    <meta itemprop="lastReviewed" content="2026-05-02"><div>By <span itemprop="author">Jon &amp; Co Falk</span></div>
    <div itemprop="reviewedBy" itemscope itemtype="https://schema.org/Person"><a itemprop="url" href="/ada"><b itemprop="name">Ada Lim</b></a>,
    <i itemprop="honorificSuffix">MD</i></div><time itemprop="datePublished" datetime="2024-10-04">last autumn</time></main>"""
    document = read(Source(text, "a.html"))
    metadata = document.metadata
    reviewer = metadata.reviewers[0]
    assert (reviewer.name, reviewer.credentials, reviewer.url, reviewer.origin) == (
        "Ada Lim",
        ("MD",),
        "/ada",
        "microdata",
    )
    assert document.source.slice(reviewer.span) == "Ada Lim"
    assert document.source.slice(metadata.authors[0].span) == "Jon &amp; Co Falk"
    assert (metadata.published[0].stated, metadata.reviewed[0].stated) == ("2024-10-04", "2026-05-02")
    assert document.source.slice(metadata.published[0].span) == "2024-10-04"


def test_rdfa_and_open_graph_share_an_attribute() -> None:
    text = """<head><meta property="og:title" content="Colds"><meta property="article:modified_time" content="2026-05-02T00:00:00Z"></head>
    <body vocab="https://schema.org/" typeof="WebPage"><p property="reviewedBy" typeof="Person"><span property="name">Ada Lim</span></p></body>"""
    metadata = read(Source(text, "a.html")).metadata
    assert [(person.name, person.origin) for person in metadata.reviewers] == [("Ada Lim", "rdfa")]
    assert (metadata.title, metadata.updated[0].stated) == ("Colds", "2026-05-02")


def test_meta_tags_in_order_of_trust() -> None:
    text = """<head><meta name="DC.date" content="20240705"><meta property="og:updated_time" content="2024-07-05T14:20:08-04:00">
    <meta property="cdc:last_updated" content="February 6, 2024"><meta property="cdc:last_reviewed" content="March 1, 2024">
    <meta name="author" content="Jon Falk"><meta name="robots" content="index, follow"><meta property="og:url" content="https://a.example/x">
    <link rel="canonical" href="https://a.example/y"><meta property="og:site_name" content="Northgate"><title>Flu | Northgate</title></head>"""
    metadata = read(Source(text, "a.html")).metadata
    assert [date.stated for date in metadata.updated] == ["2024-02-06", "2024-07-05"]
    assert (metadata.reviewed[0].stated, metadata.published[0].stated) == ("2024-03-01", "2024-07-05")
    assert (metadata.url, metadata.site, metadata.robots, metadata.title) == (
        "https://a.example/y",
        "Northgate",
        "index, follow",
        "Flu | Northgate",
    )
    assert [person.origin for person in metadata.authors] == ["meta"]


def test_journal_is_told_by_its_tags() -> None:
    assert (
        "ScholarlyArticle" in read(Source('<meta name="citation_journal_title" content="J">', "a.html")).metadata.types
    )


PIECES = [
    '{"@type": "WebPage", ', '"reviewedBy": ', '{"@id": "#a"}', '{"name": "Ann Lee"}', "[", "]", "{", "}", '"', ",", "null", "1e999", "\\u00e9", "\\",
    '"@graph": ', '"author": ', "</script>", "<p itemprop=author itemscope>", "<meta itemprop=lastReviewed content=x>", "</p>", "---\n", "title: ", "- ", "\n", "+++\n",
]  # fmt: skip


@settings(max_examples=80)
@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_never_raises(text: str) -> None:
    ld(text)
    read(Source(f"---\n{text}\n---\n\nRest.", "a.md"))
    read(Source(text, "a.html"))
