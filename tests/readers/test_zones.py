"""Which part of a page each block is, on invented pages of many makes."""

from __future__ import annotations

import pytest

from medlint.document import Document, Zone
from medlint.readers import read
from medlint.source import Source

PROSE = "Heartburn is a burning feeling behind the breastbone, and it is often worse when you lie down after a large meal in the evening."


def zones(text: str, name: str = "a.html") -> dict[str, str]:
    """The zone of each block, by its first words."""
    document: Document = read(Source(text, name))
    return {" ".join(block.text.split()[:3]): str(block.zone) for block in document.blocks}


PAGE = f"""
<html><head><title>T | Site</title><meta name="description" content="About heartburn"></head><body class="search-open nav-open">
<header><nav><a href="/">Home page link</a></nav></header>
<div class="layout social-share-on"><main><article>
<h1>Heartburn at night</h1>
<div class="byline"><span>By Noor Haddad</span></div>
<p>Medically reviewed by Ada Lim, MD</p><p>3 May 2026</p>
<aside class="key-takeaways"><h2>Key takeaways</h2><ul><li>Raise the bed.</li></ul></aside>
<p>{PROSE}</p>
<div class="toc"><p>In this article</p></div>
<h2>What helps you</h2><p>{PROSE} Eat early.</p>
<h3><button aria-expanded="false">More about food</button></h3><p>Smaller meals help most people who have it.</p>
<div class="cta"><p>Talk to our doctors.</p><a href="/x">Get started</a></div>
<p>This page is not a substitute for professional medical advice.</p>
<h2>Sources</h2><ol><li>First source here.</li></ol>
<h2>Related articles</h2><div class="card"><a href="/y">Another heartburn story</a></div>
</article></main></div>
<div><h2>About the reviewer</h2><p>Ada Lim has worked in Larkfield.</p></div>
<footer><p>Copyright Larkfield Health</p></footer></body></html>
"""


@pytest.mark.parametrize(
    ("words", "zone"),
    [
        ("T | Site", "meta"), ("About heartburn", "meta"), ("Home page link", "nav"), ("Heartburn at night", "title"), ("By Noor Haddad", "byline"),
        ("Medically reviewed by", "byline"), ("3 May 2026", "byline"), ("Key takeaways", "callout"), ("Raise the bed.", "callout"),
        ("Heartburn is a", "body"), ("In this article", "ui"), ("What helps you", "body"), ("More about food", "body"), ("Smaller meals help", "body"),
        ("Talk to our", "promo"), ("This page is", "disclaimer"), ("Sources", "sources"), ("First source here.", "sources"),
        ("Related articles", "related"), ("Another heartburn story", "related"), ("About the reviewer", "bio"), ("Ada Lim has", "bio"),
        ("Copyright Larkfield Health", "footer"),
    ],
)  # fmt: skip
def test_the_parts_of_a_page(words: str, zone: str) -> None:
    assert zones(PAGE)[words] == zone


def test_without_main_or_article_the_prose_decides() -> None:
    menu = "".join(
        f"<li><a href='/{n}'>Menu entry number {n} of the site, which is long enough to look like prose</a></li>"
        for n in range(60)
    )
    text = f"<body><div><ul>{menu}</ul></div><div><div><h1>Heartburn</h1>{f'<p>{PROSE}</p>' * 5}</div></div><div><p>Call our clinic today.</p></div>"
    found = zones(text)
    assert found["Menu entry number"] == "nav"
    assert found["Heartburn is a"] == "body"
    assert found["Call our clinic"] == "promo"


@pytest.mark.parametrize(
    "name", ["page-with-sidebar", "has-related-posts", "promo-enabled", "author-page", "references-on", "alert-site"]
)
def test_a_class_on_the_wrapper_of_everything_says_nothing(name: str) -> None:
    found = zones(f"<body><div class='{name}' id='{name}'><h1>Heartburn</h1>{f'<p>{PROSE}</p>' * 3}</div>")
    assert found["Heartburn is a"] == "body"


def test_an_id_made_of_a_heading_is_not_believed() -> None:
    text = f"<main><h1>T</h1><p>{PROSE}</p><section id='how-popular-is-it'><p>{PROSE} Twice.</p></section><h2 id='related-symptoms'>Signs</h2>"
    assert set(zones(text).values()) == {"title", "body"}


def test_sources_after_the_article_are_sources() -> None:
    text = f"<main><h1>T</h1><p>{PROSE}</p><p>{PROSE}</p></main><section><h2>Article sources</h2><p>One source.</p></section><div><h2>Blog</h2><p>Other.</p></div>"
    found = zones(text)
    assert (found["Article sources"], found["One source."], found["Other."]) == ("sources", "sources", "promo")


def test_takeaways_end_where_prose_follows_their_list() -> None:
    found = zones(f"# T\n\n## Key takeaways\n\n- Raise the bed.\n\n{PROSE}\n\n## Next part here\n\nMore.\n", "a.md")
    assert (found["Raise the bed."], found["Heartburn is a"], found["More."]) == ("callout", "body", "body")


@pytest.mark.parametrize("label", ["12 Sources", "View all references (6)", "Show sources"])
def test_a_label_that_counts_or_opens_the_sources_begins_them(label: str) -> None:
    found = zones(
        f"<main><h1>T</h1><p>{PROSE}</p><p>{PROSE}</p><div>{label}</div><ol><li>One source here.</li></ol></main>"
    )
    assert found["One source here."] == "sources"


def test_a_class_says_sources_and_an_id_made_of_a_heading_does_not() -> None:
    text = (
        f"<main><h1>T</h1><p>{PROSE}</p><section id='sources-of-fibre'><p>Beans have much.</p></section><p>{PROSE}</p>"
        "<div class='article-sources'><p>We read good studies.</p></div></main>"
    )
    found = zones(text)
    assert (found["Beans have much."], found["We read good"]) == ("body", "sources")


def test_a_name_on_a_button_in_the_byline_is_part_of_it() -> None:
    text = (
        "<main><h1>T</h1><div class='article-byline'><span>Medically reviewed by</span> <button>Ada Lim</button></div>"
        f"<p>{PROSE}</p><button>Open menu</button></main>"
    )
    found = zones(text)
    assert (found["Ada Lim"], found["Open menu"]) == ("byline", "ui")


@pytest.mark.parametrize(
    "more", ["<h2>Related coverage</h2><div>{}</div>", "<div class='suggested_reading'><div>{}</div></div>"]
)
def test_other_coverage_is_related(more: str) -> None:
    text = f"<main><h1>T</h1><p>{PROSE}</p><p>{PROSE}</p>{more.format('Pets and mood. Reviewed by Bo Ek, MD')}</main>"
    assert zones(text)["Pets and mood."] == "related"


def test_the_next_article_is_a_related_one() -> None:
    text = f"<main><h1>T</h1><p>{PROSE}</p><p>{PROSE}</p><p>Next article</p><p><a href='/b'>Sleep, medically reviewed by Bo Ek</a></p></main>"
    assert zones(text)["Sleep, medically reviewed"] == "related"


@pytest.mark.parametrize("heading", ["Related articles", "References", "About the author"])
def test_a_disclaimer_at_the_end_of_the_page_belongs_to_no_list(heading: str) -> None:
    text = (
        f"<main><h1>T</h1><p>{PROSE}</p><p>{PROSE}</p><h2>{heading}</h2><ul><li>Something here.</li></ul>"
        "<p>This article is not a substitute for professional medical advice.</p></main>"
    )
    assert zones(text)["This article is"] == "disclaimer"


@pytest.mark.parametrize("listed", ["", "- [Causes](#causes)\n- [When to see a doctor](#doctor)\n\n"])
def test_a_list_of_contents_ends_where_prose_follows_it(listed: str) -> None:
    found = zones(f"# T\n\n**In this article**\n\n{listed}{PROSE}\n\nA short line.\n\n## Causes\n\nThe end.\n", "a.md")
    assert found["In this article"] == "ui"
    assert found["Heartburn is a"] == found["A short line."] == "body"
    assert not listed or found["When to see"] == "ui"


def test_cards_that_ask_for_trust_are_about_people() -> None:
    text = f"<main><h1>T</h1><p>{PROSE}</p><p>{PROSE}</p><h3>Why trust our experts?</h3><p>Ada Lim has worked in Larkfield.</p></main>"
    assert zones(text)["Ada Lim has"] == "bio"


def test_readers_comments_are_no_part_of_the_article() -> None:
    text = f"<main><article><h1>T</h1><p>{PROSE}</p><p>{PROSE}</p><section id='c' class='comments-area'><ol><li>It helped me.</li></ol></section></article></main>"
    assert zones(text)["It helped me."] == "related"


def test_markdown_sources_and_footnotes() -> None:
    found = zones(
        f"# T\n\n{PROSE}[^1]\n\n**References:**\n\n1. A reference here.\n\n## More to read\n\nThe end.\n\n[^1]: A footnote here.\n",
        "a.md",
    )
    assert found["A reference here."] == "sources"
    assert found["A footnote here."] == "sources"
    assert found["The end."] == "body"


def test_every_block_says_why() -> None:
    assert all(block.why and isinstance(block.zone, Zone) for block in read(Source(PAGE, "a.html")).blocks)
