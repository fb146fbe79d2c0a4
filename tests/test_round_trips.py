"""There and back: fixes applied twice, texts reflowed under a baseline, hostile articles through everything."""

from __future__ import annotations

import io
import json
import re
import shutil
import textwrap
import xml.etree.ElementTree as ElementTree
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from medlint import catalog
from medlint.cli import invoke
from medlint.finding import Safety
from medlint.fix import fix
from medlint.pipeline import Settings, check_source
from medlint.profile import Profile
from medlint.report import FORMATS
from medlint.rule import Rule
from medlint.source import Source
from tests.cli.test_check import folder as house  # noqa: F401
from tests.report.hostile import PAYLOADS
from tests.report.test_formats import commands

TODAY = date(2026, 11, 23)
ALL = catalog.select(catalog.builtin(), preview=True)
EVERYTHING = (Safety.SAFE, Safety.UNSAFE)
EXAMPLES = Path(__file__).parents[1] / "examples"


@pytest.mark.parametrize(
    "rule", [rule for rule in ALL.rules if rule.check != catalog.ENGINE], ids=lambda rule: rule.name
)
def test_fixing_twice_gives_the_same_and_nothing_offered_is_refused(rule: Rule) -> None:
    for item in map(catalog.example, rule.examples.bad):
        name = "a.html" if item.text.lstrip().startswith("<") else "a.md"
        settings = Settings(ALL, Profile(region=item.region or "us", health=True), TODAY)
        once = fix(Source(item.text.replace("**", ""), name), settings, EVERYTHING)
        assert not once.refused
        assert fix(Source(once.text, name), settings, EVERYTHING).text == once.text


SNIPPETS = {
    "disclaimer": "This article is for information only. It does not replace advice from your own doctor.",
    "crisis-line": "If you are thinking about suicide, call or text 988, or chat at 988lifeline.org.",
    "medication-safety": "Do not stop or change a medicine without talking to your doctor or pharmacist first.",
}
MARKDOWN = f"""# Low mood: what helps

By Ada Lim

When low mood stays for weeks, some people begin to think about suicide. Talk to someone you trust.

Many people take sertraline. If it makes them dull, some change to another medicine, and some stop taking it.

{"Go to bed at the same hour each night, and leave the screens in another room. " * 20}
"""
HTML = f"""<!doctype html>
<html lang="en"><body><main>
  <h1>Low mood: what helps</h1>
  <p>By Ada Lim</p>
  {"".join(f"<p>{text}</p>{chr(10)}  " for text in MARKDOWN.split(chr(10) * 2)[2:])}
</main></body></html>
"""


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize(("name", "text"), [("a.md", MARKDOWN), ("a.html", HTML)])
def test_configured_snippets_are_offered_and_inserted_once(name: str, text: str, newline: str) -> None:
    source = Source(text.replace("\n", newline), name)
    wanted = ("disclaimer-missing", "crisis-line-missing", "medication-safety-statement-missing")
    rules = catalog.select(catalog.builtin(), select=wanted)
    bare = Settings(rules, Profile(region="us", health=True), TODAY)
    assert {finding.rule for finding in check_source(source, bare).findings} == set(wanted)
    assert fix(source, bare, EVERYTHING).text == source.text
    settings = replace(bare, profile=replace(bare.profile, snippets=SNIPPETS))
    assert all(
        finding.fix and finding.fix.safety is Safety.UNSAFE for finding in check_source(source, settings).findings
    )
    assert fix(source, settings).text == source.text
    mended = fix(source, settings, EVERYTHING).text
    start = "<p>{}</p>" if name == "a.html" else "{}"
    places = [mended.index(start.format(snippet)) for snippet in SNIPPETS.values()]
    assert mended.index("By Ada Lim") < min(places) < max(places) < mended.index("When low mood")
    assert not check_source(Source(mended, name), settings).findings
    assert fix(Source(mended, name), settings, EVERYTHING).text == mended
    assert mended.count("\n") == mended.count(newline)
    for snippet in SNIPPETS.values():
        mended = re.sub(rf"\s*{re.escape(start.format(snippet))}", "", mended)
    assert mended.split() == source.text.split()


def test_a_snippet_with_tags_is_inserted_as_it_is_and_plain_text_is_escaped() -> None:
    rules = catalog.select(catalog.builtin(), select=["disclaimer-missing"])
    for snippet, expected in (
        ("<aside><p>For information only; ask your doctor.</p></aside>", "<aside><p>For information only; ask your doctor.</p></aside>"),
        ("Doctors & nurses know <you>: for information only; ask your doctor.", "<p>Doctors &amp; nurses know &lt;you&gt;: for information only; ask your doctor.</p>"),
    ):  # fmt: skip
        settings = Settings(rules, Profile(health=True, snippets={"disclaimer": snippet}), TODAY)
        assert expected in fix(Source(HTML, "a.html"), settings, EVERYTHING).text


def reflowed(text: str) -> str:
    """Markdown with every paragraph wrapped anew, and HTML with every run of spaces changed."""
    if text.lstrip().startswith("<"):
        return re.sub(r"(?<=[a-z.,]) (?=[a-z])", "\n    ", text)
    head, fence, body = text.rpartition("\n---\n")
    blocks = body.split("\n\n")
    wrapped = [block if block.lstrip()[:1] in "#-*|<>" else textwrap.fill(block, 34) for block in blocks]
    return head + fence + "\n\n".join(wrapped)


@pytest.mark.skipif(not EXAMPLES.is_dir(), reason="the example articles are not here")
def test_a_baseline_accepts_a_site_however_it_is_reflowed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "site").mkdir()
    monkeypatch.chdir(tmp_path / "site")
    Path("medlint.toml").touch()
    shutil.copytree(EXAMPLES / "bad", "bad")
    clock = ("--today", "2026-11-23")
    assert invoke(["baseline", "write", "bad", "--include-safety", *clock]) == 0
    capsys.readouterr()
    before = {}
    for path in Path("bad").iterdir():
        before[path.name] = path.read_text("utf-8")
        path.write_text(reflowed(before[path.name]), "utf-8")
        assert path.read_text("utf-8") != before[path.name]
    options = ["--offline", "--baseline", "medlint-baseline.json", "--format", "json", "--fail-on", "info", *clock]
    assert invoke(["check", "bad", *options]) == 0
    report = json.loads(capsys.readouterr().out)
    states = {finding["state"] for file in report["files"] for finding in file["findings"]}
    assert states == {"baselined"}
    article = Path("bad/low-mood-tips.md")
    article.write_text(article.read_text("utf-8").replace("## 4. Talk", "Just stop taking your lithium.\n\n## 4. Talk"))
    assert invoke(["check", "bad", *options]) == 1
    report = json.loads(capsys.readouterr().out)
    new = [finding for file in report["files"] for finding in file["findings"] if finding["state"] == "open"]
    assert "stop-medication-directive" in {finding["rule"] for finding in new}
    assert all("lithium" in finding["text"] or "lithium" in finding["message"] for finding in new)


READERS = {
    "json": json.loads,
    "sarif": json.loads,
    "gitlab": json.loads,
    "rdjson": json.loads,
    "junit": ElementTree.fromstring,
}


@pytest.mark.parametrize("suffix", ["md", "html"])
def test_hostile_articles_go_through_fixes_and_every_format_as_text(
    suffix: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", "summary.md")
    rule = Path("house/odd-word.yaml")
    text = rule.read_text("utf-8")
    rule.write_text(
        text.replace("match: ['zyzzyva']", "match: ['zyzzyva'], replace: {zyzzyva: weevil}, fix: safe"), "utf-8"
    )
    articles = {}
    for number, payload in enumerate(PAYLOADS):
        path = Path(f"site/{number:02}.{suffix}")
        path.parent.mkdir(exist_ok=True)
        words = f"A beetle {payload} met a zyzzyva; {payload}"
        page = f"# T\n\n{words}\n" if suffix == "md" else f"<!doctype html><h1>T</h1>\n<p>{words}</p>\n"
        path.write_bytes(page.encode("utf-8", "replace"))
        articles[path] = path.read_bytes()
    reports = [
        option
        for name in FORMATS
        for option in ("--report", f"{name}=out/{name}.html" if name == "html" else f"{name}=out/{name}")
    ]
    Path("out").mkdir()
    code = invoke(["check", "site", "--fix", "--format", "github", *reports])
    captured = capsys.readouterr()
    assert code in (0, 1, 2)
    for path, before in articles.items():
        assert path.read_bytes() in (before, before.replace(b"zyzzyva", b"weevil"))
    assert sum(path.read_bytes() != before for path, before in articles.items()) >= 8
    once = {path: path.read_bytes() for path in articles}
    invoke(["check", "site", "--fix", "-q"])
    assert {path: path.read_bytes() for path in articles} == once
    capsys.readouterr()
    for name in FORMATS:
        written = Path(f"out/{name}.html" if name == "html" else f"out/{name}").read_text("utf-8")
        assert "beetle" in written
        if name in READERS:
            READERS[name](written)
        if name == "html":
            assert not re.search(r"<script>alert|onerror=alert\(1\)>|<img src=x", written)
        else:
            assert not re.search("[\x00-\x08\x0b-\x1f\x7f\x80-\x9f\u202e]", written)
    for log in (captured.out, captured.err):
        assert "\x1b" not in log
        for line in commands(log):
            assert re.match(r"::(?:error|warning|notice) file=site/\d\d\.\w+,", line)
    assert io.StringIO(Path("summary.md").read_text("utf-8")).readline() == "## medlint\n"
