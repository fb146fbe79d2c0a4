"""What fuzzing begins with: the example articles, the examples in rule files, and the words of each format."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from medlint import bundle, catalog

_ROOT = Path(__file__).parents[2]

_HTML = [
    "<p>", "</p>", "<b>", "</b>", "<i class='x'>", "<div hidden>", "</div>", "<br>", "<li>", "<ul>", "</ul>", "</>", "<!--", "-->", "<!-->", "<!--x--!>", "<!DOCTYPE html>", "<script>",
    "</script>", "<style>", "</style>", "<a href=x>", "</a>", "<img src=a alt='a &amp; b'>", "<table><tr><td>", "</table>", "<h1>", "<h2>", "</h2>", "<code>", "</code>", "<svg><text>", "</svg>",
    "<template>", "<noscript>", "<details><summary>", "</details>", "<textarea>", "</textarea>", "<title>", "</title>", "<?php", "<![CDATA[", "]]>", "&amp;", "&nbsp;", "&notit;", "&#x41;", "&#0;",
    "&#128;", "&amp", "&shy;", "&", "<", ">", "<plaintext>", "<select><option>", "<frameset>", "<meta name=author content=x>", "<html lang=en>", "<main>", "<article>", "<nav>", "<footer>",
    '<script type="application/ld+json">', '{"@type":"MedicalWebPage","reviewedBy":{"name":"A"}}', " style='display:none'", "\r\n", "\r", "\n", "\0", "\u00ad", "\u200b", "\ufb01", "😀", "é",
    "<span itemprop=author itemscope itemtype='https://schema.org/Person'>", "<meta charset=shift_jis>", "words", "Two words. ", "<p", "=", "'", '"',
]  # fmt: skip
_MARKDOWN = [
    "# ", "- ", "1. ", "> ", "\n", "\n\n", "\r\n", "\r", "  \n", "\\\n", "*a*", "**", "`", "```\n", "[l](u)", "![i](s)", "[^1]", "[^1]: note\n",
    "| a | b |\n|---|---|\n| c | d |\n", "<b>", "</b>", "<div>\n", "<!-- c -->", "&amp;", "&nbsp;", "{{< x >}}", "{% y %}", "<Box a={1} />", "---\n",
    "+++\n", "\t", "\n: def\n", "~~s~~", "<http://a.b>", "\0", "\u00ad", "_", "[", "](", "<", "&", "import x\n", ":::note\n", "$x$", "$$", "^a^",
]  # fmt: skip
_YAML = [
    "title: ", "author: ", "reviewed-by: ", "date: 2024-02-30", "- ", "\n", "  ", "|\n", ">-\n", "&a ", "*a", "<<: ", "!!int ", "!x ", "{a: b}", "[a, b]",
    "'", '"', "\\x41", "\\u00e9", "''", "# c\n", "%YAML 1.1\n", "...\n", "---\n", "? ", ": ", "\t", "null", "~", "1_000", "0o7", "1e400", "medlint:\n  ignore:\n",
]  # fmt: skip
_TOML = [
    "[a.b]\n", "[[a]]\n", "a = 1\n", "a.b.c = ", "'''", '"""', "2024-01-02", "07:32:00", "{a = 1, ", "}", "[", "]", "inf", "nan", "0x_", "1e999", "\\u0041", "# c\n",
    "title = ", "'", '"', "\n", "=", ".", "9" * 40,
]  # fmt: skip
_DIRECTIVES = [
    "<!-- medlint-ignore odd-word -- a reason -->", "<!-- medlint-disable odd-word until 2027-03 -- x -->", "<!-- medlint-enable odd-word -->", "-->",
    "<!-- medlint-ignore-file odd-word, odd-beetle -- y -->", "<!-- medlint-", "ignore", " until ", "2026-02-30", " -- ", ", ", "odd-word", "odd-beetle", "\n\n",
    "A zyzzyva.", "A beetle.", "\n", "---\nmedlint:\n  ignore:\n    odd-word: Because.\n---\n", "<p>", "</p>", "{/* medlint-ignore odd-word -- z */}",
]  # fmt: skip
_RULE = [
    "name: odd-word\n", "severity: ", "error", "warning", "confidence: high\n", "summary: S.\n", "message: “{text}” {0} {\n", "advice: A.\n", "why: W.\n",
    "sources:\n- title: T\n  publisher: P\n  accessed: 2026-11-01\n", "check: ", "pattern", "doses", "disclaimer", "crisis-line", "spelling", "frames", "options:\n",
    "  match: ['zyzzyva']\n", "  match: ['(a+)+$']\n", "  within: block\n", "  replace: {a: b}\n", "examples:\n  bad: [a **zyzzyva**, b **zyzzyva**]\n  good: [a, b]\n",
    "variants:\n", "notes:\n", "zones: [body]\n", "  ", "- ", "\n", "[", "]", "{", "}", "''", "\\b", "*", "+", "?", "|", "(?:", ")", "(?<=", "(?P<x>", "\\w", "[^\\n]", "{1,60}",
]  # fmt: skip
_CONFIG = [
    "select = ['typos']\n", "ignore = ['misspelling']\n", "preview = true\n", "rules-version = '0.1'\n", "words = ['a']\n", "exclude = ['a/**', '!b', '[z-a]']\n",
    "extends = 'medlint.toml'\n", "[profile]\nregion = 'uk'\n", "audience = 'clinician'\n", "[links]\noffline = true\n", "timeout = 0\n", "accept = {'*' = [403]}\n",
    "[[override]]\npaths = ['posts/*']\n", "profile = {region = 'us'}\n", "rules = {misspelling = {severity = 'off'}}\n", "[rules.reading-grade-too-high]\n",
    "severity = 'info'\n", "target = 8\n", "[snippets]\ndisclaimer = 'D'\n", "fail-on = 'never'\n", "baseline = 'b.json'\n",
]  # fmt: skip
_HTTP = [
    "HTTP/1.1 200 OK\r\n", "HTTP/1.1 301 Moved\r\n", "HTTP/1.1 404 Not Found\r\n", "HTTP/1.1 206 Partial\r\n", "HTTP/1.1 429 Slow\r\n", "HTTP/1.1 100 C\r\n\r\n", "HTTP/0.9",
    "HTTP/1.1 999 X\r\n", "Location: ", "http://example.org/a/b", "//[::1]/", "https://", "/login", "\r\n", "\r\n\r\n", "\n", "\n----\n", "Content-Type: text/html; charset=utf-8\r\n",
    "Content-Length: 5\r\n", "Content-Length: -1\r\n", "Transfer-Encoding: chunked\r\n", "5\r\nhello\r\n0\r\n\r\n", "Content-Encoding: gzip\r\n", "Content-Range: bytes 0-1/2\r\n",
    "Retry-After: 1\r\n", "Retry-After: Fri, 31 Dec 1999 23:59:59 GMT\r\n", "Connection: close\r\n", "Set-Cookie: a=b\r\n", "<title>Page not found</title>", "<h1 id=part>",
    "cf-mitigated: challenge\r\n", " folded\r\n", ": ", "\0", "\xff",
]  # fmt: skip
_URL = [
    "https://", "http://", "//", "/", "\\", "?", "#", "@", ":", "[::1]", "[", "]", "127.1", "0x7f.1", "0177.0.0.1", "%31", "%2e", "。", "ß", "xn--", "ａ", "example.org", "..",
    ":80", ":65536", "javascript:", "\t", "\n", " ", "doi:10.1000/xyz", "https://doi.org/10.1000/", "pmid: 123", "NCT01234567", "PMC123", "localhost", ".local", "\u200d", "%", "%ff",
]  # fmt: skip
_JSON = [
    '{"responseCode":1}', '{"esearchresult":{"count":"1"}}', '{"archived_snapshots":{"closest":{"available":true,"status":"200","url":"', "http://web.archive.org/web/2020/", '"}}}',
    "{", "}", "[", "]", '"', ":", ",", "1", "null", "true", "1e999", "NaN", "\\ud800", '{"version":1,"files":{"a.md":[{"fingerprint":"f","rule":"r","text":"t"}]}}', '"files"', '"version"',
]  # fmt: skip
_SHOWN = [
    "a.md\n", "::error::", "##[group]", "<script>", "<img src=x onerror=alert(1)>", "javascript:alert(1)", "](", "`", "```", "|", "]]>", "&#0;", "\x1b[31m", "\u202e", "\u2028", "=cmd|", "@x", "\n",
    "\n\n", "{rule}", "%s", "\x85", "\x9b", "\u200b", "'", '"', "--", "::set-output name=x::", "\r", "<!--", "-->", "</script>", "\ufffe", "😀", "#1", "- ", "# ",
]  # fmt: skip

_PROSE = [
    "Stop taking your ", "sertraline", " without your doctor", "Call 988", "Do not ", "suicide", "This article is not medical advice.", "Talk to your doctor before ", "5.0 mg", "Reviewed by Dr Ana Sousa, MD",
    "Last reviewed: 3 May 2024", "\n\n", "## Sources\n\n1. ", "https://doi.org/10.1000/x", ". ", "If you ", "overdose", "116 123", "reccomend", "(", ")", "“", "”", "Nine reasons", "\u00ad", "СURES",
    " cures cancer", "Studies show ", "50%", "aged 12 ", "pregnant", "warfarin and ibuprofen", "U", "qd", ".5 mg",
]  # fmt: skip
WORDS: dict[str, list[str]] = {
    "html": _HTML,
    "markdown": _MARKDOWN,
    "front-matter": ["\0", "\1", "\2", *_YAML, *_TOML, *_JSON],
    "article": ["\0", "\1", "\2", "\3", *_PROSE, *_MARKDOWN, *_HTML],
    "suppressions": ["\0", "\1", *_DIRECTIVES],
    "rule-file": [*_RULE, *_YAML],
    "configuration": [*_CONFIG, *_TOML],
    "accepted": _JSON,
    "response": _HTTP,
    "page": [*"\0\1\2\3\4\5\6\7\x10\x20\x30", *_HTML, "Page not found", "Just a moment...", "404"],
    "address": _URL,
    "registry": ["\0", "\1", "\2", *_JSON],
    "reports": _SHOWN,
}
"""The words of what each target reads."""


def seeds(target: str) -> Iterator[bytes]:
    """Whole inputs for ``target``, some of which it takes."""
    yield b""
    yield "".join(WORDS[target]).encode("utf-8", "surrogateescape")
    if target in ("html", "markdown", "article", "suppressions", "page", "reports"):
        prefix = b"\0" if target in ("article", "suppressions", "page") else b"a.md\n" if target == "reports" else b""
        yield from (prefix + text.encode() for text in _articles())
    elif target == "rule-file":
        for path in sorted(bundle.folder().glob("*/*.yaml")):
            if path.parent.name != "data":
                yield path.read_bytes()
    elif target == "front-matter":
        for text in _articles():
            if text.startswith(("---\n", "+++\n")):
                mark, _, rest = text.partition("\n")
                yield (b"\0" if mark == "---" else b"\1") + rest.partition(f"\n{mark}\n")[0].encode()
    elif target == "response":
        for text in _articles()[:40]:
            yield b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + text.encode()
        yield b"HTTP/1.1 200 OK\r\n\r\n\n----\nHTTP/1.1 302 Found\r\nLocation: /x\r\n\r\n\n----\nHTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<h1>x"
    elif target == "configuration":
        yield from (text.encode() for text in _CONFIG)
        yield "".join(_CONFIG).replace("extends = 'medlint.toml'\n", "").encode()
    else:
        yield from (word.encode("utf-8", "surrogateescape") for word in WORDS[target])


@cache
def _articles() -> tuple[str, ...]:
    """The example articles, and the examples of every rule, each once."""
    pages = [
        path.read_text("utf-8") for path in sorted((_ROOT / "examples").rglob("*")) if path.suffix in (".md", ".html")
    ]
    examples = [
        catalog.example(item).text.replace("**", "")
        for rule in catalog.builtin()
        for item in (*rule.examples.bad, *rule.examples.good)
    ]
    return tuple(dict.fromkeys([*pages, *examples]))
