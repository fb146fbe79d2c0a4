"""The editors' report: what it says, where it says it, and that nothing of an article comes alive in it."""

from __future__ import annotations

import base64
import csv
import hashlib
import io
import json
import re
import time
from datetime import date
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from medlint.cli import invoke
from medlint.document import Segment
from medlint.engine import Doubt
from medlint.errors import ReadError
from medlint.finding import Severity, State
from medlint.pipeline import Settings, check_source
from medlint.profile import Profile
from medlint.report import Report, reporter
from medlint.report.html import article, checklist, coded, history, names, notes, overview, visible, words, write_folder
from medlint.report.passage import Oddity, Passage, Stretch
from medlint.source import Source, Span
from tests.report import hostile, pages
from tests.report.pages import ARTICLE, at, check, finding, report

VOID = {"meta", "link", "br", "input", "path", "circle", "rect", "use"}


class Page(HTMLParser):
    """The elements of a page, and the text in each that has an id or a class."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.open: list[tuple[str, dict[str, str], list[str]]] = []
        self.texts: list[tuple[str, dict[str, str], str]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.elements.append((tag, found))
        if tag not in VOID:
            self.open.append((tag, found, []))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        opened, attrs, pieces = self.open.pop()
        assert opened == tag, f"<{opened}> is closed by </{tag}>"
        self.texts.append((tag, attrs, "".join(pieces)))

    def handle_data(self, data: str) -> None:
        for _, _, pieces in self.open:
            pieces.append(data)

    def text(self, **wanted: str) -> str:
        """The text of the first element that has all the ``wanted`` attributes."""
        for _, attrs, text in self.texts:
            if all(attrs.get(name.rstrip("_")) == value for name, value in wanted.items()):
                return " ".join(text.split())
        raise AssertionError(f"there is no element with {wanted}")

    def marks(self) -> list[tuple[str, str]]:
        """The highlighted texts and the numbers of their notes."""
        return [(text, attrs["data-n"]) for tag, attrs, text in self.texts if tag == "mark"]


def written(made: Report) -> str:
    out = io.StringIO()
    reporter("html")(made, out)
    return out.getvalue()


def page(*args: Any, **fields: Any) -> Page:
    return Page(written(report(check(*args, **fields))))


# What it says


@pytest.mark.parametrize(
    ("text", "gate", "state", "headline"),
    [
        ("<p>A zyzzyva and a beetle.</p>", "error", "fail", "Not ready to publish"),
        ("<p>A beetle.</p>", "error", "pass", "Nothing stands in the way of publishing"),
        ("<p>A beetle.</p>", "warning", "fail", "Not ready to publish"),
        ("<p>A zyzzyva.</p>", "never", "pass", "Nothing stands in the way of publishing"),
        ("<p>A bee.</p>", "info", "pass", "Nothing stands in the way of publishing"),
    ],
)
def test_the_verdict_is_that_of_the_gate(text: str, gate: str, state: str, headline: str) -> None:
    file = check(text)
    found = words.verdict(file, report(file, gate=gate))
    assert (found.state, found.headline) == (state, headline)


def test_the_verdict_counts_in_words() -> None:
    found = words.verdict(file := check(), report(file))
    assert found.detail == "1 thing to fix first. Then 2 to improve and 2 to consider."


def test_a_file_that_was_not_checked_in_full_is_never_called_ready() -> None:
    for fields in ({"failed": True}, {"status": "unreadable"}):
        file = check("<p>A bee.</p>", **fields)
        assert words.verdict(file, report(file)).state == "unknown"


@pytest.mark.parametrize(
    ("iso", "said", "age"),
    [("2024-10-04", "4 October 2024", "2.1 years ago"), ("2026-10", "October 2026", "53 days ago"),
     ("2019", "2019", "7.9 years ago"), ("2026-01-01", "1 January 2026", "10 months ago"), ("soon", "soon", ""), ("", "", "")],
)  # fmt: skip
def test_dates_are_written_for_people(iso: str, said: str, age: str) -> None:
    assert words.day(iso) == said
    assert words.ago(iso, "2026-11-23") == age


FACTS: dict[str, Any] = {
    "health_topic": True, "language": "en", "reviewers": [], "review_date": None, "published": None, "updated": None,
    "disclaimer": False, "crisis_topic": False, "crisis_lines": [], "sources": {"kind": "none", "count": 0},
    "medication_safety": {"needed": False, "present": False, "medicines": []},
    "readability": {"words": 60, "sentences": 4, "adjusted_grade": None, "flesch_kincaid_grade": None, "smog_index": None},
}  # fmt: skip


def status(title: str, facts: dict[str, Any], *found: str, **fields: Any) -> tuple[str, str]:
    """The status and reason of one line of the checklist, for findings of rules ``category/name``."""
    more = [
        finding(name.split("/")[1], at("Every"), "Every", category=name.split("/")[0], severity=Severity.WARNING)
        for name in found
    ]
    file = check("<p>A bee.</p>", facts={**FACTS, **facts}, **fields)
    file = replace(file, findings=tuple(more), source=Source(ARTICLE).excerpt([found.span for found in more]))
    rules = {rule.name: rule for rule in pages.RULES.rules}
    items = checklist.checklist(file, notes.annotate(file, rules), rules, checklist.Context("2026-11-23", 8))
    item = next(item for item in items if item.title == title)
    return item.status, item.why


def test_the_checklist_tells_four_answers_apart() -> None:
    person = {"name": "Ana Sousa", "credentials": ["MD", "PhD"], "origin": "byline"}
    named = {"reviewers": [person], "authors": [{"name": "Omar Haddad", "origin": "byline"}]}
    assert status("Medical reviewer", named) == (
        "met",
        "Ana Sousa, MD, PhD, named in the byline. Written by Omar Haddad.",
    )
    assert status("Medical reviewer", {}, "review/medical-reviewer-missing")[0] == "not-met"
    assert status("Medical reviewer", {})[0] == "unknown"
    assert status("Medical reviewer", {"health_topic": False})[0] == "not-needed"


@pytest.mark.parametrize(
    ("title", "facts", "found", "wanted"),
    [
        ("Reviewer’s credential", {"reviewers": [{"name": "Ana", "credentials": [], "origin": "byline"}]}, (), "unknown"),
        ("Reviewer’s credential", {}, ("review/reviewer-credential-missing",), "not-met"),
        ("Dates", {"review_date": "2026-01"}, (), "met"),
        ("Dates", {"review_date": "2020-01"}, ("dates/review-overdue",), "not-met"),
        ("Disclaimer", {"disclaimer": True}, (), "met"),
        ("Crisis line", {}, (), "not-needed"),
        ("Crisis line", {"crisis_topic": True, "crisis_lines": ["988"]}, ("crisis/crisis-line-buried",), "met"),
        ("Crisis line", {"crisis_topic": True}, ("crisis/crisis-line-missing",), "not-met"),
        ("Sources", {"sources": {"kind": "list", "count": 4}}, ("sources/vague-research-claim",), "met"),
        ("Sources", {}, ("sources/sources-missing",), "not-met"),
        ("Medication wording", {"medication_safety": {"needed": True, "present": True, "medicines": ["SSRI"]}}, (), "met"),
        ("Readability", {}, (), "unknown"),
        ("Readability", {"readability": {"words": 900, "adjusted_grade": 7.1, "flesch_kincaid_grade": 7}}, (), "met"),
        ("Readability", {"readability": {"words": 900, "adjusted_grade": 12.0, "flesch_kincaid_grade": 12}}, (), "unknown"),
        ("Typos", {}, ("typos/misspelling",), "not-met"),
        ("Typos", {"language": "de"}, (), "unknown"),
    ],
)  # fmt: skip
def test_each_line_of_the_checklist_is_judged(
    title: str, facts: dict[str, Any], found: tuple[str, ...], wanted: str
) -> None:
    assert status(title, facts, *found)[0] == wanted


def test_a_fact_that_could_not_be_found_out_is_never_met() -> None:
    for item in checklist.checklist(check("<p>A bee.</p>", facts={}), (), {}, checklist.Context("2026-11-23", 8)):
        assert item.status == "unknown" or item.title == "Typos"


def test_a_doubt_is_the_reason_why_something_is_not_determined() -> None:
    doubt = Doubt("odd-tea", "Only 12 sentences are too few.")
    assert status("Readability", {}, undetermined=(doubt,)) == ("unknown", "Only 12 sentences are too few.")


def test_link_outcomes_are_told_with_the_sources() -> None:
    links = [{"outcome": outcome} for outcome in ("ok", "ok", "broken", "blocked")]
    why = status("Sources", {"sources": {"kind": "list", "count": 4}, "links": links})[1]
    assert why == "4 sources in a list. Of 4 links, 2 work, 1 do not and 1 could not be asked."


# Where it says it


def test_the_words_of_a_finding_are_marked_through_markup() -> None:
    marks = page().marks()
    assert "".join(text for text, numbers in marks if numbers == "1") == "zyzzyva"
    assert [text for text, _ in marks].count("beetle") == 2


def test_every_note_is_linked_both_ways() -> None:
    html = written(pages.rich())
    found = Page(html)
    ids = [attrs["id"] for _, attrs in found.elements if "id" in attrs]
    assert len(ids) == len(set(ids))
    targets = {attrs["href"][1:] for _, attrs in found.elements if attrs.get("href", "").startswith("#")}
    assert targets <= set(ids)
    for number in range(1, 10):
        assert f"n{number}" in ids
        if f"r{number}" in ids:
            assert {f"n{number}", f"r{number}"} <= targets


def test_what_is_missing_stands_where_it_belongs_with_the_text_to_paste() -> None:
    html = written(pages.rich())
    box = html.index("Something about disclaimer-missing.", html.index('id="text"'))
    assert html.index("Omar Haddad</a></mark>") < box < html.index("Every morning", box)
    assert "&lt;p&gt;This page does not replace advice.&lt;/p&gt;" in html


@pytest.mark.parametrize(
    ("source", "before", "after"),
    [
        ("Omar Haddad</a></p>", "By Omar Haddad", "Every morning"),
        ("in the cup.", "in the cup.", "A second"),
        ("<h2>When to stop</h2>", "When to stop", "in the cup."),
        ("<td>Small</td>", "Small", "Drink it"),
    ],
)
def test_an_insertion_point_is_shown_after_what_precedes_it(source: str, before: str, after: str) -> None:
    point = ARTICLE.index(source) + len(source)
    text = page(more=[finding("lacks", Span(point, point))]).text(id="text")
    box = text.index("Something about lacks.")
    assert text.index(before) < box < text.index(after)


def test_a_note_on_data_that_are_no_text_says_so() -> None:
    text = page("---\ndate: soon\n---\n\nA bee.\n", "a.md", more=[finding("odd-date", Span(4, 14), "date: soon")]).text(
        id="text"
    )
    assert text.startswith("1 Fix In the page’s data · House · sure Something about odd-date.")


def test_a_gap_that_a_snippet_would_fill_says_how_to_set_one() -> None:
    text = page(more=[finding("disclaimer-missing", Span(0, 0))]).text(id="n1")
    assert "Set your own wording as disclaimer under [snippets] in medlint.toml" in text


def test_code_in_a_message_is_code_and_nothing_else_is() -> None:
    assert (
        coded("Give `reviewedBy` & `<b>`, not ``.")
        == "Give <code>reviewedBy</code> &amp; <code>&lt;b&gt;</code>, not ``."
    )


def test_a_rule_explains_itself_once_and_is_referred_to_after() -> None:
    html = written(report(check()))
    assert html.count("Because.") == 3  # one a rule
    assert len(re.findall(r"[Ww]hy: <a[^>]*>note (\d+)", html)) == 2  # the second beetle and the second tea


def test_the_mended_words_are_shown() -> None:
    html = written(report(check("<p>A beetle.</p>")))
    assert "<del>beetle</del> <code>bug</code>" in html


def test_set_aside_findings_are_in_the_sign_off_and_not_in_the_margin() -> None:
    html = written(pages.rich())
    margin, _, sign_off = html.partition('<section class="sign-off"')
    assert "The cup is a joke." in sign_off
    assert "Accepted before" in sign_off
    assert "old-news" not in margin.partition("</style>")[2]
    assert "Nobody knows how warm." in sign_off
    assert "sha256:0123" in sign_off


def test_the_article_keeps_its_shape() -> None:
    found = page()
    tags = [tag for tag, _ in found.elements]
    assert tags.count("blockquote") == 1
    assert ("th", {}) in found.elements
    levels = [int(tag[1]) for tag in tags if re.fullmatch("h[1-6]", tag)]
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert found.text(class_="unseen-label") == "Hidden from readers"


def test_a_table_that_lays_out_a_page_is_shown_as_paragraphs() -> None:
    found = page("<table><tr><td>A bee.</td></tr><tr><td>A fly.</td></tr></table>")
    assert not [attrs for tag, attrs in found.elements if tag == "td"]


def test_links_of_the_article_lead_only_to_the_web() -> None:
    for url in ("https://example.org/a?b=1&c", "http://example.org", "mailto:a@example.org"):
        assert article.outside(url) == url
    for url in ("javascript:alert(1)", " JaVaScRiPt:alert(1)", "java\nscript:alert(1)", "data:text/html,x", "/relative", "//evil.example",
                "file:///etc/passwd", "vbscript:x", "https://", "http://[::1", "mailto:", "https://a\u202eb.example"):  # fmt: skip
        assert article.outside(url) == ""


texts = st.text(st.sampled_from("ab é\u202e\n<&"), min_size=1, max_size=30)
cuts = st.tuples(st.integers(0, 30), st.integers(0, 30)).map(lambda pair: (min(pair), max(pair)))


@settings(max_examples=60)
@given(texts, st.lists(cuts, max_size=5), st.lists(cuts, max_size=5), st.lists(st.integers(0, 30), max_size=3))
def test_pieces_are_the_text_and_marks_are_the_findings(
    text: str, links: list[tuple[int, int]], found: list[tuple[int, int]], odd: list[int]
) -> None:
    passage = Passage(
        "paragraph", "body", text, (Segment(0, len(text), 0, len(text), True),),
        stretches=tuple(Stretch(start, min(end, len(text)), "a", "https://example.org") for start, end in links if start < len(text)),
        oddities=tuple(Oddity(at, "U+202E") for at in sorted(odd) if at < len(text)),
    )  # fmt: skip
    spans = [Span(start, min(end, len(text))) for start, end in found if start < min(end, len(text))]
    file = replace(
        check("<p>A bee.</p>"),
        passages=(passage,),
        findings=tuple(finding(f"r{i}", span, text[slice(*span)]) for i, span in enumerate(spans)),
        source=Source(text).excerpt(spans),
    )
    made = notes.annotate(file, {})
    pieces = list(article.pieces(passage, made))
    assert "".join(piece.text for piece in pieces) == text
    for note in made:
        assert "".join(piece.text for piece in pieces if note in piece.notes) == note.finding.text
        assert sum(note in piece.ends for piece in pieces) == 1


# That nothing comes alive


PAYLOADS = (
    "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "<svg onload=alert(1)><script>alert(1)</script></svg>",
    "<a href='javascript:alert(1)'>zyzzyva</a>", "<a href='data:text/html,<script>alert(1)</script>'>zyzzyva</a>",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>", "<object data=x></object><embed src=x>",
    "<style>body{display:none}</style>", "<p style='position:fixed;inset:0' onclick=alert(1)>zyzzyva</p>",
    "</p></div></main></body></html><script>alert(1)</script>", "<p>zyzzyva \"'><script>alert(1)</script></p>",
    "<form action=https://evil.example><input name=p autofocus onfocus=alert(1)></form>", "<base href=https://evil.example>",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>", "<p>zyzzyva {{ 7*7 }} {% raw %} ${7*7}</p>",
    "<p>zyzzyva \u202e\u2066&#8238; <!-- --></p>", "<link rel=stylesheet href=https://evil.example/x.css>",
    "<math><mtext></table><mglyph><style><img src onerror=alert(1)>", "<template><script>alert(1)</script></template>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>zyzzyva</p>", "<audio src=x onerror=alert(1)>", "<p>zyzzyva &lt;script&gt;alert(1)&lt;/script&gt;</p>",
)  # fmt: skip


def harmless(html: str) -> Page:
    """The page, once it is sure that it holds the report's own elements and nothing that acts."""
    found = Page(html)
    ours = {
        "html", "head", "meta", "title", "link", "style", "body", "svg", "symbol", "path", "circle", "rect", "use", "text", "a",
        "header", "main", "section", "footer", "div", "p", "span", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd",
        "details", "summary", "table", "caption", "thead", "tbody", "tr", "th", "td", "blockquote", "mark", "strong", "em", "s",
        "sub", "sup", "del", "code", "kbd", "button", "input", "select", "option", "label", "output", "script",
    }  # fmt: skip
    tags = [tag for tag, _ in found.elements]
    assert set(tags) <= ours
    assert tags.count("script") == tags.count("style") == tags.count("link") == 1
    for tag, attrs in found.elements:
        assert not [
            name
            for name in attrs
            if name.startswith("on") or name in ("style", "src", "srcset", "action", "formaction")
        ], tag
        assert re.match(r"#|https?://|mailto:|data:,$|[\w-]+\.(?:html|csv)$", attrs.get("href", "#")), attrs
    assert not re.search("[\u202a-\u202e\u2066-\u2069\x00\x1b]", html)
    return found


@pytest.mark.hostile
@pytest.mark.parametrize("payload", PAYLOADS)
def test_a_hostile_article_stays_text(payload: str) -> None:
    text = ARTICLE.replace("Every morning", f"Every {payload} morning").replace("<title>", f"<title>{payload}")
    harmless(written(report(check(text, name=f"{payload}.html"))))


@pytest.mark.hostile
def test_hostile_findings_facts_and_paths_stay_text() -> None:
    harmless(written(hostile.report()))
    for payload in (*PAYLOADS, *hostile.PAYLOADS):
        more = [
            finding("odd", at("Every"), payload, message=payload, advice=payload, category=payload),
            finding("lacks", Span(5, 5), message=payload),
            finding("old", at("Every"), payload, reason=payload, state=State.SUPPRESSED),
        ]
        facts = {
            **FACTS, "language": payload, "review_date": payload, "crisis_lines": [payload],
            "reviewers": [{"name": payload, "credentials": [payload], "origin": payload}],
            "links": [{"url": "javascript:alert(1)", "outcome": "broken", "reason": payload,
                       "final_url": "javascript:alert(1)", "archive": "javascript:alert(1)"}],
        }  # fmt: skip
        harmless(written(report(check(more=more, facts=facts, undetermined=(Doubt("odd", payload),)), notes=[payload])))


def test_marks_of_writing_direction_are_shown_as_what_they_are() -> None:
    found = page("<p>A \u202egip&#8294; zyzzyva.</p>")
    assert [text for _, attrs, text in found.texts if attrs.get("class") == "control"] == ["U+202E", "U+2066"]
    assert visible("a\u202eb\x1bc\nd") == "a⟨U+202E⟩b⟨U+001B⟩c\nd"


def test_the_policy_allows_our_own_style_and_script_and_nothing_else() -> None:
    html = written(pages.rich())
    found = Page(html)
    policy = next(
        attrs["content"] for _, attrs in found.elements if attrs.get("http-equiv") == "Content-Security-Policy"
    )
    assert "default-src 'none'" in policy
    for tag in ("style", "script"):
        text = re.search(rf"<{tag}>(.*?)</{tag}>", html, re.DOTALL)[1]  # type: ignore[index]
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy
    assert not re.search(r"url\(|@import|fetch\(|XMLHttp|eval\(|innerHTML", html)


@pytest.mark.hostile
def test_a_hundred_thousand_nested_tags_cost_no_more_than_their_length() -> None:
    text = f"{'<div><b>' * 50_000}<p>A zyzzyva.</p>"
    file = check(text)
    started = time.perf_counter()
    html = written(report(file))
    assert time.perf_counter() - started < 2
    assert "zyzzyva" in html


def test_the_page_is_small() -> None:
    text = ARTICLE.replace("<blockquote>", "<p>A beetle, a zyzzyva, and tea is warm.</p>" * 100 + "<blockquote>")
    file = check(text)
    assert len(file.findings) == 305
    assert len(written(report(file)).encode()) - len(text) < 300_000
    assert len(written(pages.rich()).encode()) < 75_000


# Many articles


def many() -> Report:
    files = [
        check("<h1>Bees</h1><p>A zyzzyva and a beetle.</p>", "b/bees.html", facts={**FACTS, "review_date": "2019-05-01"},
              more=[finding("review-overdue", Span(5, 5), category="dates", message="Last reviewed in 2019.")]),
        check("<h1>Ants</h1><p>An ant.</p>", "a/ants.html", facts={**FACTS, "review_date": "2026-05-01"}),
        check("<h1>Moths</h1><p>A beetle.</p>", "c/moths.html", failed=True, facts={}),
        check("", "d/gone.html", status="unreadable", failed=True, facts={}),
    ]  # fmt: skip
    return report(*files)


def test_the_index_puts_the_worst_first_and_lists_what_is_due() -> None:
    found = overview.overview(many(), pages=True)
    assert [line.title for line in found.lines] == ["Bees", "Moths", "d/gone.html", "Ants"]
    assert found.verdict.headline == "1 of 4 articles can be published"
    assert [(line.title, said) for line, said in found.reviews] == [("Bees", "Last reviewed in 2019.")]
    assert [(count.rule, count.findings, count.articles) for count in found.rules if count.rule == "odd-beetle"] == [
        ("odd-beetle", 2, 2)
    ]
    assert [topic.label for _, topic in found.topics] == ["Dates", "Medication", "Typos"]


def test_the_index_says_what_it_shows() -> None:
    found = harmless(written(many()))
    assert "1 of 4 articles can be published" in found.text(id="verdict")
    assert not [attrs for _, attrs in found.elements if "download" in attrs]


def test_a_folder_holds_the_index_the_pages_and_the_table(tmp_path: Path) -> None:
    made = many()
    assert write_folder(made, tmp_path / "deep" / "report").name == "index.html"
    folder = tmp_path / "deep" / "report"
    assert {path.name for path in folder.iterdir()} == {
        ".gitignore",
        "index.html",
        "findings.csv",
        *(names.page(file.path) for file in made.files),
    }
    index = Page((folder / "index.html").read_text("utf-8"))
    linked = {attrs["href"] for _, attrs in index.elements if tag_is_page(attrs.get("href", ""))}
    assert linked == {path.name for path in folder.glob("*.html")} - {"index.html"}
    for path in folder.glob("*.html"):
        harmless(path.read_text("utf-8"))


def tag_is_page(href: str) -> bool:
    return href.endswith(".html") and not href.startswith("#")


def test_a_page_that_would_be_the_same_is_left_alone(tmp_path: Path) -> None:
    write_folder(many(), tmp_path)
    before = {path.name: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    write_folder(many(), tmp_path)
    assert {path.name: path.stat().st_mtime_ns for path in tmp_path.iterdir()} == before


def test_names_are_stable_safe_and_never_the_same() -> None:
    paths = [
        *hostile.NAMES,
        "a/b.html",
        "a-b.html",
        "A/b.html",
        "../../etc/passwd",
        "con",
        "x" * 400,
        "",
        "日本.md",
        "a\\b.html",
    ]
    made = [names.page(path) for path in paths]
    assert len(set(made)) == len(paths)
    assert all(re.fullmatch(r"[a-z0-9-]{1,80}\.html", name) for name in made)
    assert names.page("docs/Tea.html") == "docs-tea-html-7edc43bb.html"


def test_no_cell_of_the_table_is_a_formula(tmp_path: Path) -> None:
    nasty = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "plain", 'quo"te, comma\nline']
    more = [finding(f"r{i}", at("Every"), text, message=text, reason=text) for i, text in enumerate(nasty)]
    write_folder(
        report(replace(check("<p>A bee.</p>"), findings=tuple(more), source=Source(ARTICLE).excerpt([at("Every")]))),
        tmp_path,
    )
    rows = list(csv.reader(io.StringIO((tmp_path / "findings.csv").read_bytes().decode("utf-8-sig"), newline="")))
    assert len(rows) == len(nasty) + 1
    for row in rows[1:]:
        assert len(row) == len(rows[0])
        assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert rows[1][5] == "'=1+1"


def test_other_reports_do_not_carry_the_article() -> None:
    file = check_source(Source(ARTICLE, "a.html"), Settings(pages.RULES, Profile(), date(2026, 11, 23)))
    assert file.passages == ()


def test_earlier_runs_are_shown_beside_this_one(tmp_path: Path) -> None:
    out = io.StringIO()
    reporter("json")(report(check(), today="2026-10-01"), out)
    earlier = history.read(out.getvalue().encode(), "october.json")
    assert earlier == history.Run("2026-10-01", 1, (1, 2, 2))
    assert [run.day for run in history.runs([earlier], many())] == ["2026-10-01", "2026-11-23"]
    page = harmless(write_folder(many(), tmp_path, [earlier]).read_text("utf-8"))
    assert any("1 October 2026" in text for tag, _, text in page.texts if tag == "th")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b'{"version": 1}',
        b"\xff",
        b'{"version":1,"today":"x","summary":{"files":1,"findings":{"error":"1"}}}',
    ],
)
def test_what_is_no_report_is_refused_as_history(data: bytes) -> None:
    with pytest.raises(ReadError, match="not a JSON report"):
        history.read(data, "x.json")


# The command line


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with two articles, as the working directory."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "tea.html").write_text(ARTICLE, "utf-8")
    (tmp_path / "bee.md").write_text("# Bees\n\nA bee.\n", "utf-8")
    (tmp_path / "medlint.toml").write_text("select = ['typos']\n[links]\noffline = true\n")
    return tmp_path


def test_report_writes_a_folder_and_says_where(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    monkeypatch.setattr("webbrowser.open", seen.append)
    invoke(["report", ".", "-o", "out", "--open", "--today", "2026-11-23"])
    assert capsys.readouterr().out == "out/index.html\n"
    assert seen == [(folder / "out" / "index.html").as_uri()]
    assert len(list((folder / "out").glob("*.*"))) == 5


def test_a_report_is_not_checked_as_articles_and_hides_nothing_that_was_there(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def checked() -> list[str]:
        capsys.readouterr()
        invoke(["check", ".", "--format", "json", "--today", "2026-11-23"])
        return [file["path"] for file in json.loads(capsys.readouterr().out)["files"]]

    before = checked()
    invoke(["report", ".", "-o", "out", "--today", "2026-11-23"])
    assert checked() == before
    invoke(["report", ".", "-o", ".", "--today", "2026-11-23"])
    assert not (folder / ".gitignore").exists()


def test_check_writes_html_to_a_folder_a_file_or_standard_output(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    invoke(["check", ".", "--format", "concise", "--report", "html=out", "--report", "html=one.html"])
    assert (folder / "out" / "index.html").is_file()
    assert "2 articles" in (folder / "one.html").read_text("utf-8")
    capsys.readouterr()
    invoke(["check", "tea.html", "--format", "html"])
    assert "Every morning" in capsys.readouterr().out
