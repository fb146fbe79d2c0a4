"""Lists of sources, citations in the text, identifiers, and which links are worth asking for."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medlint.facts import Facts, hosts, identifiers
from medlint.facts.citations import Citations
from medlint.facts.links import wanted
from medlint.profile import Profile
from medlint.readers import read
from medlint.source import Source

REFERENCES = """- Lee J, Chan P. Sleep and the heart. Journal of Examples. 2022;14:101-9.
- Ortiz M. Sleep and the mind. Annals of Examples. 2021;3(2):55-60. doi:10.1234/ae.2021.55
- National Institute of Examples. (2023). Sleep. Retrieved from https://sleep.example.gov/
"""


def facts(text: str, name: str = "a.md") -> Facts:
    return Facts(read(Source(text, name)), Profile(health=True), date(2026, 11, 23))


def cited(text: str, name: str = "a.md") -> Citations:
    return facts(text, name).citations


@pytest.mark.parametrize(
    "heading",
    [
        "Sources",
        "Key References",
        "Article sources:",
        "Works cited",
        "Citations",
        "References (3)",
        "15 Sources",
        "Hide references",
        "References[edit]",
        "Sources & further reading",
    ],
)
def test_a_list_under_its_heading(heading: str) -> None:
    found = cited(f"# Sleep\n\nSleep well.\n\n## {heading}\n\n{REFERENCES}\n## Contact\n\nWrite to us at any time.\n")
    assert (found.kind, found.count) == ("list", 3)


@pytest.mark.parametrize(
    "panel",
    [
        "<details><summary>Sources</summary><ul>{}</ul></details>",
        '<button aria-controls="refs">References</button><div id="refs" hidden><ul>{}</ul></div>',
        '<h3><a href="#refs" data-toggle="collapse">References</a></h3><div id="refs"><ul>{}</ul></div>',
        "<h3><button>Sources</button></h3><div><ul>{}</ul></div>",
        '<section role="doc-bibliography"><h2>References</h2><ol>{}</ol></section>',
    ],
)
def test_accordions_are_opened(panel: str) -> None:
    items = "".join(f"<li>{line[2:]}</li>" for line in REFERENCES.strip().splitlines())
    found = cited(f"<main><h1>Sleep</h1><p>Sleep well.</p>{panel.format(items)}</main>", "a.html")
    assert (found.kind, found.count) == ("list", 3)


def test_lines_under_a_label_in_one_paragraph() -> None:
    lines = "<br>".join(("<b>Sources</b>", "Academy of Sleep, How sleep works", "Example Clinic, Sleep and its stages"))
    assert cited(f"<main><h1>Sleep</h1><p>Sleep well.</p><p>{lines}</p></main>", "a.html").count == 2
    alone = "<b>Source</b><br>Sleep Agency, who publish this page for us all"
    assert cited(f"<main><h1>Sleep</h1><p>Sleep well.</p><p>{alone}</p></main>", "a.html").kind == "none"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Image source: [Pictures](https://pictures.org/1)", "none"),
        ("The image is blurred, [a study of eyes](https://eyes.org/1) says", "inline"),
        ("Find a line at [Samaritans](https://www.samaritans.org/).", "none"),
        ("Calls rose, [says Samaritans](https://www.samaritans.org/about/calls-in-2024).", "inline"),
    ],
)
def test_credits_of_pictures_and_places_of_help_are_no_citations(text: str, kind: str) -> None:
    assert cited(f"# Sleep\n\nSleep well.\n\n{text}\n").kind == kind


SOURCES = "<li>Sleep Agency. <a href='https://a.org/s'>Sleep</a>.</li><li>Lee A. Naps. J Sleep. 2013;36:25-63.</li>"


@pytest.mark.parametrize(
    ("box", "kind"),
    [
        (f"<div><button>2 Sources</button><div><p>We use studies.</p><ol>{SOURCES}</ol></div></div>", "list"),
        (f"<div><button>2 Sources</button><div><ol>{SOURCES}<li>Sleep in a cool room.</li></ol></div></div>", "inline"),
        (f"<button>2 Sources</button><p>Sleep well.</p><ol>{SOURCES}</ol>", "inline"),
    ],
)
def test_a_button_that_names_no_panel_opens_the_list_in_its_box(box: str, kind: str) -> None:
    assert cited(f"<main><h1>Sleep</h1><p>Sleep well.</p>{box}</main>", "a.html").kind == kind


def test_a_toolbar_button_is_no_section_and_menus_are_none_either() -> None:
    page = "<nav><h2>Sources</h2><ul><li><a href='/a'>A long menu entry of the site</a></li></ul></nav><main><p>Sleep.</p><button>Sources</button></main>"
    assert cited(page, "a.html").lists == ()


def test_references_without_a_heading() -> None:
    found = cited(f"# Sleep\n\nSleep well each night.\n\n{REFERENCES}")
    assert [len(found_list.entries) for found_list in found.lists] == [3]
    assert found.lists[0].heading is None


def test_titles_with_their_publishers() -> None:
    items = "- How sleep works (National Library of Examples)\n- Sleep and you (Example Foundation)\n- Naps (Academy of Rest) Also in Spanish\n"
    assert cited(f"# Sleep\n\nSleep well.\n\n{items}").count == 3


def test_ordinary_lists_are_no_references() -> None:
    assert (
        cited("# Sleep\n\n- Sleep in a cool room in 2024\n- Rise early (before 7)\n- Read https://clinic.org\n").kind
        != "list"
    )


def test_an_empty_section_and_a_lone_source_line_are_no_list() -> None:
    assert cited("# Sleep\n\nSleep well.\n\n## Sources\n\n## More\n").kind == "none"
    assert cited("# Sleep\n\n**Source:** Sleep Agency, who publish this page for us all\n\nSleep well.").kind == "none"


@pytest.mark.parametrize(
    ("text", "kind", "keys"),
    [
        ("It helps [1, 3-5].", "number", ("1", "3", "5")),
        ("It helps (Lee & Chan, 2019).", "author-year", ("Lee & Chan", "2019")),
        ("It helps (American Sleep Board, 2021).", "author-year", ("American Sleep Board", "2021")),
        ("It helps (see Lee et al., 2020).", "author-year", ("Lee et al.", "2020")),
        ("Lee et al. (2020) found that it helps.", "author-year", ("Lee et al.", "2020")),
        ("It helps.¹", "number", ("1",)),
        ("It helps ([trial](https://www.bmj.com/x)).", "link", ("https://www.bmj.com/x",)),
        ("It helps (PMID: 12345678).", "identifier", ("pmid: 12345678",)),
        ("It helps.[^a]", "footnote", ("a",)),
    ],
)
def test_citations_in_the_text(text: str, kind: str, keys: tuple[str, ...]) -> None:
    assert [(mark.kind, mark.keys) for mark in cited(text).marks] == [(kind, keys)]


@pytest.mark.parametrize(
    "text",
    [
        "The group was small (n = 12) and old (March 2024).",
        "The law (Mental Health Act, 2007) helps, since it began (In force since 2008).",
        "A room of 12 m² and a BMI in kg/m².",
        "[Find a clinic](https://www.clinics.org/find) or [share](https://www.facebook.com/share).",
        "See [our page](/sleep), [the list]({{ url }}) and [the part](#part).",
    ],
)
def test_what_is_no_citation(text: str) -> None:
    assert cited(text).marks == ()


def test_support_is_told_by_its_distance() -> None:
    text = "Naps help. Sleep helps [1]. Walks help. Baths help. The CDC says rest helps."
    found, block = cited(text), read(Source(text, "a.md")).blocks[0]
    told = [found.support(block, sentence.start) for sentence in block.sentences]
    assert told == ["near", "cited", "near", "", "cited"]


def test_hosts() -> None:
    assert hosts.owner("gut.bmj.com") == "bmj.com"
    assert hosts.owner("digital.health.gov.uk") == "health.gov.uk"
    assert [hosts.kind_of(name) for name in ("pubmed.ncbi.nlm.nih.gov", "en.wikipedia.org", "nhs.uk", "clinic.org")] == [
        "authority", "tertiary", "authority", "",
    ]  # fmt: skip
    assert hosts.host_of("https://[::1") == hosts.host_of("mailto:a@b.org") == hosts.host_of("/a") == ""


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("ISBN 978-0-306-40615-7", ""),
        ("ISBN 978-0-306-40615-8", "digit"),
        ("ISBN 0-8044-2957-X", ""),
        ("ORCID: 0000-0002-1694-233X", ""),
        ("ORCID: 0000-0002-1694-2331", "digit"),
        ("NCT 01234567", "form"),
        ("doi:10.1016/S0140-6736(22)01234-5.", ""),
        ("doi:10.1001/jama", "cut"),
        ("PMCID: PMC9902068", ""),
    ],
)
def test_identifiers(text: str, problem: str) -> None:
    assert [found.problem for found in identifiers.find(read(Source(text, "a.md")).blocks)] == [problem]


def test_links_to_ask_for_come_sources_first_and_once() -> None:
    page = """<nav><a href="https://menu.org/">Menu</a></nav><main><p>Sleep <a href="https://clinic.org/a">well</a>, and
    <a href="https://clinic.org/a">again</a>. <a href="https://www.facebook.com/x">Share</a> <a href="{{ url }}">here</a>
    <a href="/own">own</a></p><h2>Sources</h2><ul><li><a href="https://www.nih.gov/s">Sleep, by those who know it</a></li>
    <li>Lee J. Sleep and the heart. 2022. doi:10.1234/ae.2021.55.</li></ul></main>
    <aside class="related"><h2>Related posts</h2><a href="https://other.org/">Other</a></aside>"""
    assert wanted(facts(page, "a.html")) == (
        "https://www.nih.gov/s",
        "doi:10.1234/ae.2021.55",
        "https://clinic.org/a",
    )


@given(
    st.text(
        alphabet=st.sampled_from("ab1 .,;:()[]^¹²-–#*\n<>/'\"Aé‐https://doi.org/10.1234SourcesISBN(Lee, 2020)"),
        max_size=200,
    )
)
@settings(max_examples=80)
def test_any_text_can_be_searched(text: str) -> None:
    for name in ("a.md", "a.html"):
        found = facts(text, name)
        wanted(found)
        list(identifiers.find(found.document.blocks))
        assert found.citations.count >= 0


def test_a_class_or_a_count_is_enough_for_a_list() -> None:
    page = "<main><h1>Sleep</h1><p>Sleep well.</p><div class='x-sources'><div>2 Sources</div><ol>{}</ol></div></main>"
    items = "".join(f"<li>{line[2:]}</li>" for line in REFERENCES.splitlines()[:2])
    assert (cited(page.format(items), "a.html").kind, cited(page.format(items), "a.html").count) == ("list", 2)


def test_a_lone_reference_is_no_list_but_answers_a_citation() -> None:
    found = cited(
        "# Sleep\n\nMany sleep badly (BES, 2016).\n\nBureau of Example Statistics. (2016). Nights of the nation.\n"
    )
    assert (found.kind, [block.plain[:6] for block in found.lone]) == ("inline", ["Bureau"])


@pytest.mark.parametrize(
    "heading",
    ["<h2>Where we got our facts</h2>", "<h4>Resources and references</h4>", "<div><button>Read our sources</button></div>", "<div><button>View sources</button></div>", "<h2>Evidence</h2>"],
)  # fmt: skip
def test_a_heading_that_alludes_to_sources_is_believed_over_references_only(heading: str) -> None:
    items = "".join(f"<li>{line[2:]}</li>" for line in REFERENCES.splitlines()[:2])
    foods = (
        "<ul><li>Beans, lentils and peas</li><li>Liver and <a href='https://example.org/meat'>other meat</a></li></ul>"
    )
    assert cited(f"<main><h1>Sleep</h1><p>Sleep well.</p>{heading}<ul>{items}</ul></main>", "a.html").kind == "list"
    assert (
        cited(f"<main><h1>Iron</h1><p>Eat well.</p><h2>Food sources of iron</h2>{foods}</main>", "a.html").kind
        != "list"
    )
