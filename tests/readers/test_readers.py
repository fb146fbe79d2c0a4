"""What readers make of markup: blocks, links, images, comments and the place of every word."""

from __future__ import annotations

import re
import subprocess
import sys
import time

import pytest

import medlint
from medlint.document import OPAQUE, Block, Document, Kind
from medlint.readers import read
from medlint.source import Source


def html(text: str) -> Document:
    return read(Source(text, "a.html"))


def markdown(text: str) -> Document:
    return read(Source(text, "a.md"))


def texts(document: Document) -> list[str]:
    return [block.text for block in document.blocks]


def found(document: Document, words: str) -> tuple[Block, str]:
    """The block that holds ``words``, and the source characters they came from."""
    block = next(block for block in document.blocks if words in block.text)
    start = block.text.index(words)
    return block, document.source.slice(block.span(start, start + len(words)))


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<p>one<p>two", ["one", "two"]),
        ("<b><p>a</b>b</p>c", ["ab", "c"]),
        ("<p>a<!-->CURES<!-- --></p>", ["aCURES"]),
        ("<p>CU<b>RE</b>S&shy;it</p>", ["CURESit"]),
        ("<p>un<wbr>broken</p>", ["unbroken"]),
        ("a<br>b", ["a\nb"]),
        ("<ul><li>one<li>two<ul><li>deep</ul></ul>", ["one", "two", "deep"]),
        ("<dl><dt>term<dd>meaning</dl>", ["term", "meaning"]),
        ("<table><tr><th>h<td>c</table>", ["h", "c"]),
        ("<details><summary>q</summary>a</details>", ["q", "a"]),
        ("<template><p>t</template><noscript>n</noscript><p>v", ["t", "n", "v"]),
        ("<svg><text>label</text><title>icon</title></svg>", ["label", "icon"]),
        ("<p>x <code>rm -rf</code> y</p>", [f"x {OPAQUE} y"]),
        ("<script>no</script><style>no</style><p>yes", ["yes"]),
        ("<p>&notit; &ampx &lt;b&gt;</p>", ["¬it; &x <b>"]),
        ("<p>  spaced \n\t out  </p>", ["spaced out"]),
        ("<p>a<b>\x1f</b>b</p>", ["a\x1fb"]),
        ("<img alt='x&amp;&amp;'>", ["x&&"]),
        ("<p>a&nbsp;b</p>", ["a\u00a0b"]),
        ("<title>T &amp; U</title><h1>H", ["T & U", "H"]),
        ("text <p", ["text"]),
        ("<p>ﬁnd the oﬃce", ["find the office"]),
    ],
)
def test_html_blocks(markup: str, expected: list[str]) -> None:
    assert texts(html(markup)) == expected


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("# H\n\npara\nwrapped  \nbroken\\\nline", ["H", "para wrapped\nbroken\nline"]),
        ("- one\n- two\n  - deep\n", ["one", "two", "deep"]),
        ("| a | b |\n|---|---|\n| c | d |\n", ["a", "b", "c", "d"]),
        ("text[^1]\n\n[^1]: note\n", ["text[1]", "note"]),
        ("a *b* **c** ~~d~~ `e` &amp; \\*", [f"a b c d {OPAQUE} & *"]),
        ("x <b>raw</b> y\n\n<div>\n<p>block</p>\n</div>\n", ["x raw y", "block"]),
        ("Term\n: def\n", ["Term", "def"]),
        ("> quoted", ["quoted"]),
        ("```\ncode\n```\n\nprose", ["prose"]),
        ("a {{< tip >}} b {% x %} c {{ y }} d", [f"a {OPAQUE} b {OPAQUE} c {OPAQUE} d"]),
        ("{{< figure src=x >}}\n\nprose", ["prose"]),
        ("import X from 'y'\n\n<Box a={1} />\n\nprose", ["prose"]),
        ("---\ntitle: t\n---\nbody", ["body"]),
        ("+++\ntitle = 't'\n+++\nbody", ["body"]),
        ("---\nJust prose between rules.\n---\n\nmore", ["Just prose between rules.", "more"]),
    ],
)
def test_markdown_blocks(markup: str, expected: list[str]) -> None:
    assert [text for text in texts(markdown(markup)) if text != "t"] == expected


def test_a_match_keeps_its_place_through_markup_and_entities() -> None:
    document = html("<p>more than <em>4,000</em>&nbsp;mg&#8212;ever 😀 today</p>")
    block, source = found(document, "more than 4,000\u00a0mg—ever")
    assert source == "more than <em>4,000</em>&nbsp;mg&#8212;ever"
    assert not block.editable(0, 18)
    start = block.text.index("today")
    assert block.editable(start, start + 5)
    assert document.source.slice(block.span(start, start + 5)) == "today"


DIALECTS = {
    "Hugo": (
        '{{< figure src="a.png" title="A {cup} of tea" >}}\n\n{{% notice warning %}}\nDrink water.\n{{% /notice %}}\n\nRest {{< x >}} helps.\n',
        [f"{OPAQUE} Drink water. {OPAQUE}", f"Rest {OPAQUE} helps."],
    ),
    "Jekyll": (
        "{% include note.html\n   content=1 %}\n\n{% if page.x %}\nRest helps.\n{% endif %}\n\nDrink water.\n{: .note }\n",
        [f"{OPAQUE} Rest helps. {OPAQUE}", "Drink water."],
    ),
    "Liquid": ("Rest helps {{ site.name | upcase }}.\n\n{%- assign x = 1 -%}\n", [f"Rest helps {OPAQUE}."]),
    "Jinja": ("{% block body %}\n{# a\ncomment #}\nRest {{ user.name|default('x') }} helps.\n", [f"{OPAQUE} Rest {OPAQUE} helps."]),
    "MDX": (
        "import Box from './box'\nimport './x.css';\nexport const meta = {\n  title: 'T'\n}\n\n<Box kind='warn' on={1}>\n\nDrink water.\n\n</Box>\n\n"
        "{/* a comment */}\n\nRest <Tip text='now' /> helps.\n",
        ["Drink water.", f"Rest {OPAQUE} helps."],
    ),
    "colons": (
        ':::note\nDrink water.\n:::\n\n::: {.callout title="x"}\nRest helps.\n:::\n\n:::tip[Good to know]\nSleep.\n:::\n\n::: warning Take care\n\nWalk.\n\n:::\n',
        ["Drink water.", "Rest helps.", "[Good to know] Sleep.", "Take care", "Walk."],
    ),
    "exclamation marks": (
        '!!! note "Take care"\n    Drink water.\n\n??? tip\n    Rest helps.\n\n=== "Tab"\n\n    Sleep as long as you can.\n\nHead\n===\n',
        ['"Take care" Drink water.', "Rest helps.", '"Tab"', "Sleep as long as you can.", "Head"],
    ),
    "footnotes": ("Rest helps.[^1]\n\n[^1]: A note.\n    With more.\n", ["Rest helps.[1]", "A note. With more."]),
    "definitions": ("Fever\n: A high temperature.\n: Another.\n", ["Fever", "A high temperature.", "Another."]),
    "HTML": (
        '<div class="note">\nDrink <b>water</b>.\n</div>\n\n<details>\n<summary>More</summary>\n\nRest helps.\n\n</details>\n',
        ["Drink water.", "More", "Rest helps."],
    ),
    "mathematics": ("It costs $5 or $10.\n\n$$\na = b\n$$\n", ["It costs $5 or $10.", "$$ a = b $$"]),
    "wiki": (
        "See [[Sleep]], [[sleep-page|how to sleep]] and ![[image.png]]. Rest helps [[1]](#a).\n",
        [f"See Sleep, how to sleep and {OPAQUE}. Rest helps [1]."],
    ),
    "attributes": (
        "# Head {#id .class}\n\nA [link](x){.btn target=_blank} and *word*{.red}.\n\n![](b.png){width=50%} Rest helps.\n",
        ["Head", "A link and word.", f"{OPAQUE} Rest helps."],
    ),
    "comments": ("%% shown %%\n\n[//]: # (A comment)\n[comment]: <> (Another)\n\n<!-- third -->\n\nRest helps.\n", ["%% shown %%", "Rest helps."]),
    "tables": ("| Tea | Dose |\n|:----|----:|\n| With \\| milk | 5 |\n", ["Tea", "Dose", "With | milk", "5"]),
    "tasks": ("- [ ] Drink water\n- [x] Sleep\n", ["Drink water", "Sleep"]),
    "quotes": ("> [!WARNING]\n> Drink water.\n\n> [!tip]- Take care\n> Rest helps.\n", ["Drink water.", "Take care Rest helps."]),
}  # fmt: skip


@pytest.mark.parametrize("name", DIALECTS)
def test_prose_is_read_in_every_dialect_and_syntax_is_not(name: str) -> None:
    text, expected = DIALECTS[name]
    for newline in ("\n", "\r\n"):
        document = markdown(text.replace("\n", newline))
        assert texts(document) == expected
    for words in ("Rest helps", "Drink water", "Take care"):
        if words in text:
            assert found(document, words)[1] == words


@pytest.mark.parametrize(
    "text",
    [
        "Countries that\nimport tea stop taking it from others.\n",
        "import tea and stop taking it\n",
        "export it, stop taking it\n",
        "::: stop taking it\n",
        "!!! stop taking it\n",
        "??? stop taking it\n",
        "=== stop taking it\n",
        "[[stop taking it]]\n",
        "Stop{.a} taking{.b} it.\n",
        "Stop{# x #} taking{/* y */} it.\n",
        "> [!stop] taking it, stop taking it\n",
        '!!! note "Stop taking it"\n',
        ":::note[Stop taking it]\n",
    ],
)
def test_no_syntax_hides_what_readers_may_see(text: str) -> None:
    assert any("stop taking it" in block.lower for block in markdown(text).blocks)


def test_an_entity_is_never_cut() -> None:
    document = html("<p>a&NotEqualTilde;b</p>")
    block = document.blocks[0]
    assert document.source.slice(block.span(1, 2)) == "&NotEqualTilde;"
    assert document.source.slice(block.span(2, 3)) == "&NotEqualTilde;"


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("read_", [html, markdown])
def test_places_hold_with_every_line_end(newline: str, read_: object) -> None:
    document = read_(f"one{newline}{newline}two{newline}three and target word{newline}")  # type: ignore[operator]
    _, source = found(document, "target word")
    assert source == "target word"


def test_links_know_their_words_and_address() -> None:
    document = html('<p>See <a href="https://a.b/c?d=1&amp;e=2">the <b>study</b></a>.</p>')
    link = document.links[0]
    assert (link.url, link.text) == ("https://a.b/c?d=1&e=2", "the study")
    assert link.block is not None
    assert link.block.text[link.start : link.end] == "the study"
    linked = markdown("See [the study](https://a.b) and <https://c.d>.").links
    assert [(link.url, link.text) for link in linked] == [("https://a.b", "the study"), ("https://c.d", "https://c.d")]


def test_a_template_in_an_address_stays_one() -> None:
    assert markdown("[x]({{ base }}/y)").links[0].url == "{{ base }}"


def test_alternative_text_is_a_block_with_its_place() -> None:
    document = html('<p>x<img src="a.png" alt="A &amp; B"></p>')
    block, source = found(document, "A & B")
    assert block.kind is Kind.ALT
    assert source == "A &amp; B"
    assert document.images[0].alt == "A & B"


def test_alternative_text_in_markdown_has_its_place_too() -> None:
    block, source = found(markdown("Text ![A &amp; [B] drawing](a.png 'title') more."), "A & [B] drawing")
    assert (block.kind, source) == (Kind.ALT, "A &amp; [B] drawing")


def test_hidden_text_is_marked() -> None:
    document = html('<p hidden>a<p style="display: none">b<p aria-hidden=true>c<p>d')
    assert [block.hidden for block in document.blocks] == [True, True, False, False]


def test_look_alikes_are_plain_in_the_shadow_text() -> None:
    block = html("<p>Ѕtор taking “it”\u00a0now</p>").blocks[0]
    assert block.plain == 'Stop taking "it" now'
    assert len(block.plain) == len(block.text)


@pytest.mark.parametrize(
    "words",
    ["S\u200bt\u200bo\u200bp ta\u200bking", "St\u200dop\u200c taking", "St\u2060op taking", "St\u00adop taking", "St\ufeffop taking",
     "St\u200eop\u200f taking", "\u202aStop\u202c \u2066taking\u2069", "St\u180eop taking", "St\u3164op taking", "St\ufff9op taking",
     "St\u2062op taking", "St\u034fop taking", "St\U000e0041op taking", "St\ufe0fop taking", "S\u0336t\u0336o\u0336p\u0336 taking",
     "Stop\u00a0taking", "Stop\u2009taking", "Stop\u3000taking", "Stop\u2800taking", "Ｓｔｏｐ ｔａｋｉｎｇ", "𝐒𝐭𝐨𝐩 𝐭𝐚𝐤𝐢𝐧𝐠", "𝒮𝓉ℴ𝓅 𝓉𝒶𝓀𝒾𝓃ℊ",
     "Ⓢⓣⓞⓟ ⓣⓐⓚⓘⓝⓖ", "🅂🅃🄾🄿 taking", "Ѕtор tаkіng", "Stοp takιng", "&#83;&#x74;op taking", "St&#8203;op tak&zwj;ing", "St&shy;op taking"],
)  # fmt: skip
def test_no_spelling_of_a_phrase_hides_it(words: str) -> None:
    for document in (html(f"<p>{words} it</p>"), markdown(f"{words} it\n")):
        (block,) = document.blocks
        assert re.sub(r"\s", " ", block.lower) == "stop taking it"
        assert [block.lower[start:end] for start, end in block.words] == ["stop", "taking", "it"]


@pytest.mark.parametrize(
    "words", ["Stóp taking", "St0p taking", "ˢᵗᵒᵖ taking", "Sᴛᴏᴘ taking", "Stօp taking", "Ꮪtop taking", "⒮⒯⒪⒫ taking", "\u202egnikat potS\u202c"]
)  # fmt: skip
def test_spellings_that_are_not_undone_are_known(words: str) -> None:
    assert "stop taking" not in html(f"<p>{words} it</p>").blocks[0].lower


def test_nothing_is_lost_in_deep_nesting() -> None:
    depth = 100_000
    assert texts(html("<div>" * depth + "deep words")) == ["deep words"]
    assert texts(html("<b>" * depth + "deep words" + "</b>" * depth)) == ["deep words"]
    for deep in (
        "> " * 1000 + "deep words",
        "".join(f"{'  ' * level}- x\n" for level in range(300)) + "  " * 300 + "deep words",
    ):
        assert any("deep words" in text for text in texts(markdown(deep)))
    assert found(html("<ul><li>" * 2000 + "deep words"), "deep words")[1] == "deep words"


@pytest.mark.parametrize("name", ["a.html", "a.md"])
def test_every_rule_runs_on_an_article_of_depth_5000(name: str) -> None:
    words = "Simply stop taking your sertraline."
    text = "<div><b>" * 2500 + words if name == "a.html" else "> " * 5000 + words
    file = medlint.check(text, name).files[0]
    assert not file.failed
    assert "stop-medication-directive" in {finding.rule for finding in file.findings}


def test_the_soup_is_safe_where_html_parser_hangs() -> None:
    started = time.process_time()
    document = html("<p>seen</p>" + "<a " * 20_000)
    assert document.soup.p is not None
    assert time.process_time() - started < 5
    assert document.soup.p.text == "seen"
    assert markdown("# H\n\n*x*").soup.em is not None


@pytest.mark.parametrize("found", ["None", "PathFinder.find_spec('_elementtree')"])
def test_html_is_read_where_the_tokenizer_cannot_be_had_alone(found: str) -> None:
    code = f"""
from importlib.machinery import PathFinder
from types import SimpleNamespace
from medlint.readers import html, read
from medlint.source import Source
html.PathFinder = SimpleNamespace(find_spec=lambda *_: {found})
print([block.text for block in read(Source("<p>One &amp; two</p>", "a.html")).blocks])
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['One & two']"
