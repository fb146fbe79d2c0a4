"""The three laws of positions, on documents that nobody would write and on whatever real pages are at hand."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medlint.readers import HTML, MARKDOWN, format_of, read
from medlint.source import Source
from tests.laws import laws

_HTML_PIECES = st.sampled_from(
    [
        "<p>", "</p>", "<b>", "</b>", "<i class='x'>", "</i>", "<div>", "</div>", "<br>", "<br/>", "<li>", "<ul>", "</ul>", "</>",
        "<!-- note -->", "<!-->", "<!--->", "<!DOCTYPE html>", "<script>if(a<b)</script>", "<style>p{}</style>", "<a href=x>", "</a>",
        "<img src=a alt='a &amp; b'>", "<img alt=x", "<table><tr><td>", "</table>", "<h2>", "</h2>", "<code>", "</code>", "<svg><text>",
        "</svg>", "<template>", "</template>", "<noscript>", "</noscript>", "<details><summary>", "</summary>", "</details>", "<textarea>",
        "</textarea>", "<title>", "</title>", "<?php x ?>", "<![CDATA[x]]>", "&amp;", "&nbsp;", "&notit;", "&NotEqualTilde;", "&#x41;", "&#0;",
        "&#128;", "&amp", "&shy;", "&", "<", ">", "\r\n", "\r", "\n", "\t", "  ", "\0", "\u00ad", "\u200b", "\ufb01", "\U0001f600", "é", "“",
        "word", "two words", "Dose 2.5 mg.", "</ x>", "<p", "\ufeff", "\u2028", "<dl><dt>t<dd>d</dl>", "<select><option>o",
    ]
)  # fmt: skip
_MARKDOWN_PIECES = st.sampled_from(
    [
        "# ", "## ", "- ", "1. ", "> ", "\n", "\n\n", "\r\n", "\r", "  \n", "\\\n", "*a*", "**b**", "`code`", "```\nx\n```\n", "[l](u)", "![i](s)",
        "[^1]", "[^1]: note\n", "| a | b |\n|---|---|\n| c | d |\n", "<b>", "</b>", "<div>\n", "</div>\n", "<!-- c -->", "&amp;", "&nbsp;", "\\*",
        "\\_", "{{< x >}}", "{% y %}", "{{ z }}", "<Box a={1} />", "---\n", "+++\n", "title: x\n", "\t", "word", "two words", "é", "\U0001f600",
        "Term\n: def\n", "    indented", "~~s~~", "<http://a.b>", "\0", "\u00ad", "2.5 mg", "*", "_", "[", "](", "<", "&", "-", ": ",
    ]
)  # fmt: skip
_EXAMPLES = int(os.environ.get("MEDLINT_LAW_EXAMPLES", "300"))


def _violations(text: str, format: str, seed: int = 0) -> list[str]:
    source = Source(text, f"x.{'html' if format == HTML else 'md'}")
    found = list(laws.tiling(text, format))
    for block in read(source, format).blocks:
        found += laws.decode(source, block, format)
    return found + list(laws.round_trip(source, format, random.Random(seed)))


@settings(max_examples=_EXAMPLES)
@given(st.lists(_HTML_PIECES, max_size=30).map("".join))
def test_html_keeps_its_place(text: str) -> None:
    source = Source(text, "x.html")
    assert not list(laws.tiling(text, HTML))
    for block in read(source).blocks:
        assert not list(laws.decode(source, block, HTML))


@settings(max_examples=_EXAMPLES)
@given(st.lists(_MARKDOWN_PIECES, max_size=30).map("".join))
def test_markdown_keeps_its_place(text: str) -> None:
    source = Source(text, "x.md")
    assert not list(laws.tiling(text, MARKDOWN))
    for block in read(source).blocks:
        assert not list(laws.decode(source, block, MARKDOWN))


@settings(max_examples=_EXAMPLES)
@given(st.text(max_size=120), st.sampled_from([HTML, MARKDOWN]))
def test_any_text_keeps_its_place(text: str, format: str) -> None:
    source = Source(text, "x.html" if format == HTML else "x.md")
    assert not list(laws.tiling(text, format))
    for block in read(source, format).blocks:
        assert not list(laws.decode(source, block, format))


def _pages() -> list[Path]:
    """The project's own articles, and folders of real pages named in MEDLINT_PAGES."""
    folders = [
        Path(__file__).parents[2] / "examples",
        *map(Path, os.environ.get("MEDLINT_PAGES", "").split(os.pathsep)),
    ]
    return sorted(p for f in folders if str(f) != "." for p in f.rglob("*") if p.suffix in (".html", ".md"))


@pytest.mark.parametrize("page", _pages(), ids=lambda page: page.name)
def test_pages_keep_their_place(page: Path) -> None:
    source = Source.decode(page.read_bytes(), page.name)
    format = format_of(page.name)
    assert not _violations(source.text, format)
